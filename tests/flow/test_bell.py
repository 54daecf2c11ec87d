"""The bell: a person is called at the kiosk, sees who comes, and no call is lost (SS-11)."""
import datetime
import re

import pytest

from browser import Browser
from county import BOOT, County, Kiosk, receipt
from journeys import begin_with_card, leave, manifest, open_service
from test_point import held, ticket, waiting


def ring(town):
    robot = town.robot
    robot.tap("help")
    robot.wait("help")
    robot.tap("ring")


def bells(town):
    return town.desk("bells")["bells"]


def ringing(town, matter):
    return town.until(lambda: [b for b in bells(town) if b["state"] == "ringing" and b["matter"] == matter],
                      "the call is on the desk")[0]


def test_a_person_is_called_answers_by_name_and_the_resident_sees_it_on_any_page(town, robot):
    begin_with_card(town, "lin-xiuying.json")
    open_service(robot, "disability", "D01")
    touches = robot.touches
    ring(town)
    assert robot.touches - touches == 2
    assert "正在叫工作人员" in robot.words()
    bell = ringing(town, "D01")
    assert bell["kiosk"] in [b["kiosk"] for b in town.desk("called")["bells"]]
    robot.tap("back")
    robot.wait("guide")
    assert robot.widget("band")["label"] == "正在叫工作人员"
    town.desk("bells/answer", {"id": bell["id"], "by": "李明"})
    town.until(lambda: robot.widget("band")["label"] == "李明 马上过来", "the resident sees who comes")
    assert not [b for b in town.desk("called")["bells"] if b["kiosk"] == bell["kiosk"]]
    item = next(i for i in town.opened() if manifest(i)["kind"] == "bell")["item"]
    assert item["resident"] is None and set(item) == {"schema", "manifest", "resident"}
    leave(town)
    assert not robot.widget("band")


def test_offline_the_room_is_called_the_telephone_is_shown_and_the_call_is_told_later(town, robot):
    town.sim.link(False)
    robot.tap("begin")
    robot.wait("home")
    ring(town)
    robot.advance(3 * 60000)
    robot.do("state")
    town.until(lambda: "K0012-" in robot.words(), "the call is kept and has its number")
    words = robot.words()
    assert "没有人答复" in words and "0575" in words
    number = re.search(r"K0012-[0-9A-Z]+-[0-9A-Z]", words)[0]
    robot.tap("back")
    robot.tap("exit")
    robot.wait("attract")
    town.sim.link(True)
    town.sync_now()
    bell = town.until(lambda: [b for b in bells(town) if b["receipt"] == number], "it is told as soon as there is a way")[0]
    assert bell["state"] == "ringing"  # by the kiosk's real clock it is fresh; what is late: see the county's side
    town.desk("bells/answer", {"id": bell["id"], "by": "李明"})


def test_who_cannot_wait_says_why_and_is_called_from_the_urgent_lane(town, robot):
    first = ticket(town)
    robot.tap("exit")
    robot.wait("attract")
    robot.tap("point")
    robot.wait("point")
    robot.tap("ticket")
    robot.wait("ticket")
    robot.tap("urgent")
    robot.tap("why:death")
    robot.tap("theme:elders")
    urgent = held(town)
    assert "急事" in robot.words()
    robot.tap("exit")
    robot.wait("attract")
    row = town.until(lambda: [t for t in waiting(town) if t["number"] == urgent], "the clerk sees it")[0]
    assert row["urgent"] == "said" and row["why"] == "death"
    town.desk("queue/urgent", {"number": urgent, "urgent": True, "by": "李明"})
    called = [town.desk("queue/next", {"counter": "1", "themes": [], "lane": "urgent"})["number"] for _ in range(2)]
    assert called == [urgent, first]
    town.desk("queue/next", {"counter": "1", "themes": []})


# ---- the county's side ---------------------------------------------------------------------------

@pytest.fixture
def county(tmp_path):
    with County(tmp_path, "--practice") as c:
        c.serve_opener()
        yield c


@pytest.fixture
def kiosk(county, tmp_path):
    return Kiosk(county, tmp_path / "kiosk", code="11112222")


def call(kiosk, seconds_ago=0, **more):
    """One that was rung so long ago, by the clocks that the kiosk sends along."""
    seq = kiosk.seq + 1
    whole = {"schema": 1, "resident": None,
             "manifest": {"kiosk_id": kiosk.id, "seq": seq, "receipt": receipt(kiosk.id, seq), "kind": "bell",
                          "item_code": "D01", "language": "en"}}
    made = kiosk.item(seq=seq, kind="bell", **more)
    whole["manifest"].update(id=made["id"], install_id=made["install_id"])
    key_id, data = kiosk.county.seal(whole)
    made = kiosk.item(seq=seq, sealed=data, key_id=key_id, kind="bell",
                      clock={"boot_id": BOOT, "boot_ms": 61000 - 1000 * seconds_ago if seconds_ago < 61 else 1000,
                             "clock_quality": "rtc",
                             "wall": (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=seconds_ago))
                             .strftime("%Y-%m-%dT%H:%M:%SZ")})
    if seconds_ago >= 61:
        made["clock"]["boot_id"] = "01900000-0000-4000-8000-00000000dead"
    assert kiosk.verdicts(made) == ["accepted"]
    return made["id"]


def test_a_call_that_nobody_answers_is_registered_once_and_cannot_be_answered_as_a_call(county, kiosk):
    late = call(kiosk, seconds_ago=400)
    assert kiosk.feed().json["entries"][-1]["state"] == "open"
    fresh = call(kiosk, seconds_ago=5)
    states = {b["id"]: b["state"] for b in county.desk("bells").json["bells"]}
    assert states == {late: "unanswered", fresh: "ringing"}
    county.desk("day", {"days": 1})  # and so the minutes pass
    for _ in range(2):
        states = {b["id"]: b["state"] for b in county.desk("bells").json["bells"]}
    assert states == {late: "unanswered", fresh: "unanswered"}
    assert len(county.desk("escalations").json["escalations"]) == 2
    refused = county.desk("bells/answer", {"id": fresh, "by": "李明"})
    assert refused.status == 409 and refused.json["type"].endswith("unanswered")


def test_answers_need_the_token_a_name_and_a_call(county, kiosk):
    bell = call(kiosk)
    assert county.desk("bells", token="0" * 32).status == 403
    assert county.desk("bells/answer", {"id": bell, "by": "李"}, token="0" * 32).status == 403
    assert county.desk("bells/answer", {"id": bell, "by": ""}).status == 400
    assert county.desk("bells/answer", {"id": "x", "by": "李"}).status == 404
    assert county.desk("bells/answer", {"id": bell, "by": "李明"}).status == 200
    assert county.desk("bells/answer", {"id": bell, "by": "王敏"}).status == 409
    entry = kiosk.feed().json["entries"][-1]
    assert entry["state"] == "coming" and entry["facts"] == {"by": "李明"}
    assert county.desk("called", token="").json["bells"] == []


def test_page_shows_the_call_and_takes_the_name_and_the_hall_shows_the_kiosk_alone(county, kiosk):
    call(kiosk)
    with Browser() as b:
        b.go(county.facts["desk_url"].split("?")[0] + "screen.html")
        assert kiosk.id in b.text(b.until("#bells", kiosk.id))
        b.go(county.facts["desk_url"].replace("/?", "/queue.html?"))
        assert "English" in b.text(b.until("#bells tr", kiosk.id))
        b.type("#bells input", "李明")
        b.click("#bells button", "我来")
        b.until("#bells td", "李明 已答复")
        assert b.complaints() == []
    assert kiosk.feed().json["entries"][-1]["facts"] == {"by": "李明"}
