"""What a case has besides its state, from the kiosk's form to the page, the slip and back to the desk: who has it, how the check of a
promise stands, which county it lies with, which part waits for which paper; and what can be done here, by count."""
import subprocess

import pytest

from hands import Town

import matters
from matter_walk import slip_comes_out
from test_unsettled import look_up
from walker import Walk, arrived

WANG = {"name": "王敏", "phone": "0575-00000013"}


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A county whose desk may turn days on: a demand runs out."""
    with Town(tmp_path_factory.mktemp("town"), "--practice") as t:
        yield t


def files(town, code, wishes=None, **who):
    walk = Walk(town, code, wishes=wishes, **who).to_the_guide().to_the_number()
    slip_comes_out(walk)
    walk.leave()
    return walk


def desk(town, opened, event, part=0, **more):
    return town.desk("step", {"id": opened["id"], "event": event, "part": part, **more})


def away(town):
    town.robot.tap("exit")
    town.robot.wait("attract")


def slip_about_it(town):
    """What stands on the page, on paper."""
    before = len(town.sim.slips())
    for _ in range(8):
        if town.robot.widget("print-case") and town.robot.widget("print-case")["state"]["touchable"]:
            break
        town.robot.tap("down")
    town.robot.tap("print-case")
    town.until(lambda: len(town.sim.slips()) > before, "the slip about it comes out")
    return town.sim.slips()[-1]


def test_who_has_a_case_stands_on_the_page_and_changes_with_the_department(town, robot):
    walk = files(town, "D02")
    opened = arrived(town, walk.receipt)
    desk(town, opened, "accept", owner=WANG)
    words = look_up(town, walk.receipt, "accepted", says="王敏 0575-00000013")
    assert "现在谁在办" in words
    slip_about_it(town)
    away(town)
    town.desk("owner", {"id": opened["id"], "name": "李强", "phone": "0575-00000014", "office": "区民政局"})
    words = look_up(town, walk.receipt, "accepted", says="区民政局 · 李强 0575-00000014")
    assert "王敏" not in words and "已交给现在的经办人" in words
    away(town)
    robot.tap("language")
    words = look_up(town, walk.receipt, "accepted", says="Who has it now")
    assert "李强 0575-00000014" in words
    away(town)


def test_article_14_the_resident_hears_what_to_put_right_and_why_it_was_revoked(town, robot):
    """Filed without a network, granted on the promise about the premises; the check finds a garage."""
    town.sim.link(False)
    walk = files(town, "B01", {"premises": "promise"})
    town.sim.link(True)
    opened = arrived(town, walk.receipt)
    assert opened["item"]["rests_on_promise"] is True and opened["item"]["promise"]["version"]
    desk(town, opened, "accept")
    desk(town, opened, "grant")
    words = look_up(town, walk.receipt, "granted", says="场地真实、合法")
    assert "前核查，您不用做什么" in words
    away(town)
    row = next(c for c in town.desk("checks")["checks"] if c["id"] == opened["id"])
    assert row["state"] == "open" and row["receipt"] == walk.receipt
    town.desk("checks", {"id": opened["id"], "event": "demand", "days": 10, "reason": "现场是车库，不能住人"})
    words = look_up(town, walk.receipt, "granted", says="请您整改")
    assert "现场是车库，不能住人" in words and "不改的，会撤销决定" in words
    slip_about_it(town)
    away(town)
    town.desk("day", {"days": 30})
    town.desk("checks", {"id": opened["id"], "event": "break", "reason": "逾期没有整改"})
    words = look_up(town, walk.receipt, "annulled", says="决定撤销了")
    assert "逾期没有整改" in words and "带上证明重新申请" in words and "60 天内申请行政复议" in words
    away(town)
    robot.tap("language")
    words = look_up(town, walk.receipt, "annulled", says="The decision was revoked")
    assert "the premises are real and lawful" in words and "apply again" in words
    away(town)


def test_a_matter_of_another_county_keeps_its_number_and_says_where_it_lies(town, robot):
    walk = Walk(town, "H02", wishes={"county": "yuecheng", "case": "work"}).to_the_guide()
    assert walk.reads("越城区、上虞区") and walk.reads("上海市松江区的这里不收"), "said before the form"
    town.sim.link(False)
    walk.to_the_number()
    slip_comes_out(walk)
    walk.leave()
    town.sim.link(True)
    opened = arrived(town, walk.receipt)
    assert opened["item"]["county"] == "yuecheng"
    words = look_up(town, walk.receipt, "received", says="办理单位：越城区行政服务中心")
    assert "0575-00000021" in words and "不用过去" in words
    away(town)
    door = next(d for d in town.desk("elsewhere/doors")["doors"] if d["county"] == "yuecheng")
    there = town.facts["desk_url"].partition("?")[0].rstrip("/") + "/elsewhere/step"
    key = "Authorization: Bearer " + door["path"].partition("token=")[2]
    for body in ('{"id": "%s", "ref": "YC-17"}', '{"id": "%s", "event": "accept"}', '{"id": "%s", "event": "grant", "note": "已经备案"}'):
        subprocess.run(["curl", "-sf", "-H", key, "-H", "Content-Type: application/json", "-d", body % opened["id"], there], check=True,
                       capture_output=True)
    words = look_up(town, walk.receipt, "granted", says="已经备案")
    assert "那边的编号 YC-17" in words and "已转到要办的那个县区" in words
    slip_about_it(town)
    away(town)
    robot.tap("language")
    words = look_up(town, walk.receipt, "granted", says="It lies with: Yuecheng Service Centre")
    assert "You need not go there" in words
    away(town)


def test_the_part_that_waits_for_a_paper_says_so_and_is_finished_by_itself(town, robot):
    walk = Walk(town, "B02", wishes={"has_licence": "no", "food": "snack", "business": "小满甜品店", "seal": "no", "tax_device": "no",
                                     "insures": "no", "bank": "none"})
    walk.to_the_guide()
    assert walk.reads("要的材料：店里的布局图")
    walk.to_the_number()
    assert walk.papers == {"floor-plan": "later"} and walk.reads("用于第 2 食品经营许可")
    slip_comes_out(walk)
    walk.leave()
    opened = arrived(town, walk.receipt)
    papers = {c["id"]: c.get("papers") for c in opened["item"]["children"]}
    assert papers == {"licence": None, "permit": ["health-certificate", "floor-plan"], "city": None}
    desk(town, opened, "accept", 1)
    desk(town, opened, "accept_gap", 2, materials=["floor-plan"])
    desk(town, opened, "accept", 3)
    desk(town, opened, "grant", 1)
    desk(town, opened, "grant", 3)
    words = look_up(town, walk.receipt, "accepted_gap", says="已办好 2 件，一共 3 件")
    lines = [line.strip() for line in words.split("\n")]
    at = next(i for i, line in enumerate(lines) if line.endswith("2  食品经营许可"))
    assert any("前要补：店里的布局图" in line for line in lines[at:at + 4])
    away(town)
    desk(town, opened, "gap_closed", 2, material="floor-plan")
    desk(town, opened, "deny", 2, reason="布局不合要求")
    words = look_up(town, walk.receipt, "granted", says="部分办成")
    assert "办成 2 件，没有办成 1 件" in words and "前要补" not in words
    away(town)


def test_what_can_be_done_here_is_counted_on_the_screen(town, robot):
    services = matters.items()
    here = [s for s in services if s["reach"] == "kiosk"]
    spot = [s for s in here if not s["promised_days"]]
    robot.tap("point")
    robot.wait("point")
    words = robot.words()
    while robot.widget("down") and robot.widget("down")["state"]["enabled"]:
        robot.tap("down")
        words += robot.words()
    assert "这里能办什么" in words
    assert f"{len(services)} 件，全程在这里办的 {len(here)} 件，其中当场办好的 {len(spot)} 件" in words
    for theme in matters.catalogue()["themes"]:
        of = [s for s in services if s["theme"] == theme["id"]]
        assert theme["name"]["zh"] in words and f"{len(of)} 件，全程在这里办的" in words
    away(town)
    robot.tap("language")
    robot.tap("point")
    robot.wait("point")
    robot.tap("down")
    assert f"{len(services)} matters, {len(here)} done here from end to end, {len(spot)} on the spot" in robot.words()
    away(town)
