"""What the kiosk counts: from the touch to its own pages, to staff, onto paper, and to the county; and nobody in it."""
import datetime
import sqlite3

from journeys import begin_with_card, care_subsidy, hand_in, leave, open_service
from test_staff import begin, go, sticks  # noqa: F401

PERSON = "lin-xiuying.json"


def figures(town):
    from syncd_client import Syncd
    answer = Syncd(town.facts["socket"]).request("figures")
    return {(f["what"], f["detail"]): f["count"] for f in answer["figures"]}


def county_has(town, what):
    with sqlite3.connect(f"file:{town.facts['county_dir']}/county.db?mode=ro", uri=True) as db:
        return db.execute("SELECT sum(n) FROM figure WHERE what=?", (what,)).fetchone()[0]


def issues(town):
    return {(i["source"], i["about"], i["cause"]): i["count"] for i in town.desk("issues")["issues"]}


def test_a_form_that_was_left_and_paper_that_ran_out_become_issues_at_the_county(town, robot):
    begin_with_card(town, PERSON)
    open_service(robot, "disability", "D01")
    robot.next()
    robot.wait("form")
    robot.choose("kind", "limb")
    robot.tap("exit")
    robot.wait("leave")
    robot.tap("end")
    robot.wait("attract")
    town.sim.lift()
    town.sim.do("paper", state="end")
    town.until(lambda: figures(town).get(("fault", "paper")), "the paper is missed")
    town.sim.do("paper", state="ok")
    town.sync_now()
    town.until(lambda: issues(town).get(("fault", "K0012", "paper")) == 1, "the county hears of the paper")
    assert issues(town)["left", "D01", "page-1"] == 1
    town.sync_now()  # a heartbeat more is no form more
    begin_with_card(town, PERSON)
    leave(town)
    assert issues(town)["left", "D01", "page-1"] == 1
    events = str([e for e in town.desk("issues")["issues"]])
    assert "秀英" not in events


def test_the_month_stands_on_the_board_with_staff_on_paper_and_in_the_report(sticks):  # noqa: F811
    town, robot = sticks, sticks.robot
    before = figures(town).get(("done", "alone"), 0)
    for _ in range(5):
        care_subsidy(town, PERSON)
        hand_in(town)
        leave(town)
    counted = town.until(lambda: figures(town) if figures(town).get(("done", "alone"), 0) >= before + 5 else None, "five are counted")
    assert counted["done", "alone"] == before + 5 and counted["papers", ""] > 0
    again = counted["again", ""]
    assert again >= 4  # the same person, the same matter, five times

    robot.tap("point")
    robot.wait("point")
    robot.tap("figures")
    robot.wait("figures", text="这台机器")
    words = robot.words()
    assert f"{counted['done', 'alone']}" in words and "跑一次就办成" in words and str(counted["papers", ""]) in words
    robot.tap("exit")
    robot.wait("attract")

    town.until(lambda: len(town.sim.slips()) >= 5, "the last receipt is out of the printer")
    slips = len(town.sim.slips())
    begin(town, "paper")
    go(robot, "figures")
    robot.wait("staff", text="又跑一趟的")
    robot.tap("primary")
    robot.wait("staff", text="本月数字已打印", ms=15000)
    assert len(town.sim.slips()) == slips + 1
    robot.tap("end")
    robot.wait("attract")

    month = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8)).strftime("%Y%m")
    town.sync_now()
    town.until(lambda: county_has(town, "again") == again, "the county has the second trips that the kiosk saw")
    report = town.desk(f"report?month={month}&kiosk=K0012")
    d01 = next(m["ways"] for m in report["matters"]["list"] if m["code"] == "D01")
    assert d01["all"] == d01["alone"] == report["trips"]["handed_in"] >= 5
    assert report["trips"]["papers_not_asked"] == counted["papers", ""]
    assert report["trips"]["second"] is None and report["trips"]["saved"] is None  # so few would be somebody
