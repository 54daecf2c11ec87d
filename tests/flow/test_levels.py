"""A point of its level offers what it offers (SS-40, SS-41); a matter that needs no return says so everywhere (SS-49)."""
import json
import pathlib

from journeys import leave
from test_point import queue_at_kiosk
from walker import Walk, arrived

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


# ---- a point's own catalogue (SS-46) ------------------------------------------------------------------------------

GLOVE_PX = 100  # 25 mm on the glass as delivered, 4.03 px a millimetre: a finger in a working glove
DRIVER = {"reason": "stamp", "plate": "TEST123", "delivery": "electronic"}


class Driver(Walk):
    """Goes by what the port shows first, in gloves: whatever is to be touched on the way must be large enough."""

    def find(self):
        self.is_large = self.by_id("elder")["state"]["selected"]
        row = self.by_id("service:B03")
        assert row and self.name("short_name") in row["label"]
        tasks = [w["id"] for w in self.widgets if w["role"] == "button" and w["id"].startswith(("service:", "own", "theme:", "progress"))]
        assert tasks[:2] == ["service:B03", "own"], tasks
        self.tap(row)
        self.robot.wait("guide")
        self.look()

    def look(self):
        """Nothing of the way that is to be touched is smaller; keys to type with have their own size."""
        screen = super().look()
        for w in self.widgets:
            if w["role"] in ("button", "choice") and w["state"]["touchable"] and not w["id"].startswith(("key:", "pick:")):
                _, _, width, height = w["touch"]
                assert min(width, height) >= GLOVE_PX, (screen, w["id"], w["touch"])
        return screen


def port_is_known(town, robot):
    """The kiosk has the signed word about its point: a guest's home shows the port's own."""
    town.sync_now()
    if robot.screen() != "attract":
        return False
    robot.tap("begin")
    robot.wait("home")
    is_known = bool(robot.widget("own"))
    robot.tap("exit")
    robot.wait("attract")
    return is_known


def test_driver_at_a_port_sees_its_own_matters_first_online_and_offline(town, robot):
    """Down from the cab, gloves on: the transport card is the first thing on a screen of large keys; the line may be down."""
    set_level(town, "park")
    try:
        town.until(lambda: port_is_known(town, robot), "the kiosk knows that it stands at a port", 40)
        for is_up in (True, False):
            town.sim.link(is_up)
            walk = Driver(town, "B03", wishes=DRIVER).to_the_guide().to_the_number()
            assert walk.is_large and walk.touches <= 24, walk.touches
            assert walk.seconds < 300
            walk.leave()
            town.sim.link(True)
            opened = arrived(town, walk.receipt)
            assert opened["item"]["form"]["reason"] == "stamp" and opened["item"]["form"]["plate"] == "TEST123"
        town.sim.card("lin-xiuying.json")  # all else is found as anywhere
        robot.wait("home")
        robot.tap("own")
        robot.wait("own", text="道路运输")
        assert [w["id"] for w in robot.widgets() if w["id"].startswith("service:")][:2] == ["service:B03", "service:R01"]
        robot.tap("back")
        robot.tap("elder")
        robot.wait("home")
        assert robot.widget("service:B03")
        robot.tap("search")
        robot.wait("search")
        assert robot.widget("service:B03")  # before a letter is typed
        robot.type(SERVICES["P02"]["short_name"]["initials"])
        robot.tap("service:P02")
        robot.wait("guide")
        assert "本服务点不办这件事" not in robot.words()
        town.sim.lift()
        leave_by(robot)
    finally:
        town.sim.link(True)
        set_level(town, "")


def leave_by(robot):
    for way in ("exit", "end"):
        if robot.screen() != "attract" and robot.widget(way):
            robot.tap(way)
    robot.wait("attract")
