"""Staff wipe the glass: a hundred touches that nobody means, and not one of them does anything."""
from test_staff import begin, go, noted, page, sticks  # noqa: F401


def test_a_cloth_presses_nothing_and_the_menu_comes_back(sticks):  # noqa: F811
    robot = sticks.robot
    begin(sticks)
    go(robot, "clean")
    for y in range(40, 1920, 160):
        robot.stroke("", [[30, y], [540, y + 30], [1050, y]])
        robot.tap(x=900, y=y)
    assert robot.widget("page:clean") and not [w for w in robot.widgets() if w["state"].get("enabled") and w["role"] == "button"]
    robot.advance(59000)
    assert robot.widget("page:clean")
    robot.advance(1500)
    page(robot, "menu")
    noted(sticks, "clean the glass")
