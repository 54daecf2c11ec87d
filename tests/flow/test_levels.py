"""A point of its level offers what it offers (SS-40, SS-41); a matter that needs no return says so everywhere (SS-49)."""
import json
import pathlib

from journeys import leave
from test_point import queue_at_kiosk
from walker import Walk

ROOT = pathlib.Path(__file__).resolve().parents[2]
CATALOGUE = json.loads((ROOT / "assets/catalogue/catalogue.json").read_text())
SERVICES = {s["code"]: s for s in CATALOGUE["services"]}


def open_guide(robot, code):
    service = SERVICES[code]
    robot.tap(f"theme:{service['theme']}")
    robot.wait("theme")
    robot.tap(f"service:{code}")
    robot.wait("guide")


def set_level(town, level):
    kiosk = town.desk("fleet")["kiosks"][0]["id"]
    town.desk("fleet/level", {"id": kiosk, "level": level})


def test_a_village_point_names_where_the_rest_is_done(town, robot):
    set_level(town, "village")
    try:
        queue_at_kiosk(town, robot)

        def is_village():
            town.sync_now()
            return not robot.widget("ticket")
        town.until(is_village, "the kiosk follows its profile")
        assert robot.widget("book.home") and not robot.widget("book.window")
        robot.tap("back")
        robot.wait("home")
        open_guide(robot, "P02")
        words = robot.words()
        assert "本服务点不办这件事" in words and "电话" in words
        robot.tap("primary")
        robot.wait("places")  # where it is done, instead of a form
        robot.tap("back")
        robot.wait("guide")
        town.sim.link(False)  # what was signed holds without a network too
        assert "本服务点不办这件事" in robot.words()
        town.sim.link(True)
        robot.tap("exit")
        robot.wait("attract")
    finally:
        town.sim.link(True)
        set_level(town, "")


def test_a_matter_without_return_says_so_from_the_list_to_the_slip(town, robot):
    town.sim.card("lin-xiuying.json")
    robot.wait("home")
    robot.tap("theme:elders")
    robot.wait("theme")
    assert "不用再来" in robot.widget("service:E03")["detail"]
    assert "不用再来" not in robot.widget("service:E01")["detail"]
    leave(town)
    walk = Walk(town, "E03", "zh", False, 0).to_the_guide()
    assert walk.reads("不用补材料")
    walk.to_the_number()
    assert "不用补材料" in robot.words()
    walk.leave()
    walk = Walk(town, "E01", "zh", False, 0).to_the_guide()
    assert not walk.reads("不用补材料")
    walk.leave()
