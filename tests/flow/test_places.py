"""Pickers before keyboards: what the point knows need not be spelled."""
from hands import Town
from journeys import begin_with_card, open_service


def test_a_village_of_the_point_is_one_touch_instead_of_spelling(tmp_path):
    with Town(tmp_path) as town:
        robot = town.robot
        begin_with_card(town, "lin-xiuying.json")
        open_service(robot, "work", "J04")
        robot.next()
        robot.wait("form")
        robot.fill("arrival", "20261101")
        robot.tap("field:village")
        robot.tap("place:changshou")
        assert robot.field("village")["value"] == "样例镇长寿村"
        assert "place:changshou" not in robot.ids(), "a second touch cannot double it"
        robot.fill("village", "3组12号")
        assert robot.field("village")["value"].startswith("样例镇长寿村")
