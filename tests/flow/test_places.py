"""Pickers before keyboards: what the point knows need not be spelled."""
from hands import Town
from journeys import begin_with_card, open_service


def test_a_village_of_the_point_is_one_touch_instead_of_spelling(tmp_path):
    with Town(tmp_path) as town:
        robot = town.robot
        begin_with_card(town, "wang-yan.json")
        open_service(robot, "work", "J04")
        robot.next()
        robot.wait("form")
        robot.fill("arrival", "20261101")
        robot.tap("field:village")
        robot.tap("place:changshou")
        assert robot.field("village")["value"] == "样例镇长寿村"
        assert "place:changshou" not in robot.ids(), "a second touch cannot double it"
        robot.tap("road:1")
        assert robot.field("village")["value"] == "样例镇长寿村沿河路"
        assert "road:1" not in robot.ids()
        robot.fill("village", "12号")
        assert robot.field("village")["value"] == "样例镇长寿村沿河路12号"


def test_a_day_is_picked_by_ten_years_year_month_and_day(tmp_path):
    """No digit is typed; what the form does not allow says why, and what was chosen can be chosen anew."""
    with Town(tmp_path) as town:
        robot = town.robot
        begin_with_card(town, "wang-yan.json")
        open_service(robot, "work", "J04")
        robot.next()
        robot.wait("form")
        robot.tap("field:arrival")
        for pick in ("2020s", "2024", "202402"):
            robot.tap(f"pick:{pick}")
        assert "pick:20240229" in robot.ids() and "pick:20240230" not in robot.ids(), "a leap year"
        robot.tap("pick:20240229")
        assert robot.field("arrival")["value"] == "20240229" and not robot.field("arrival")["error"]
        robot.tap("pick:year")  # the wrong year: from there on again
        robot.tap("pick:2026")
        assert not robot.widget("pick:202612")["state"]["enabled"], "December is to come"
        robot.tap("pick:202601")
        robot.tap("pick:20260105")
        robot.next()
        assert robot.field("arrival") is None or not robot.field("arrival")["error"]
