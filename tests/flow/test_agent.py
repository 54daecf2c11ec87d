"""A village agent acts for a resident (services.md SS-34 to SS-36, SS-42), practice (SS-26): story and privacy."""
import json
import pathlib

from hands import Town
from journeys import arrives, by_receipt, care_subsidy, hand_in, leave, manifest, open_service

AGENT, RESIDENT, OTHER = "zhou-jianguo.json", "lin-xiuying.json", "huang-zhiming.json"
ROOT = pathlib.Path(__file__).resolve().parents[2]


def person(name):
    return json.loads((ROOT / "tests/data/persons" / name).read_text())


def agree(robot):
    robot.wait("agent-consent")
    robot.sign()
    robot.next()
    robot.wait("home")


def two_cards(town, resident=RESIDENT):
    """From the attract screen to the resident's home, in the agent's hands."""
    robot = town.robot
    robot.tap("agent")
    robot.wait("agent-card")
    town.sim.card(AGENT)
    robot.wait("agent-home")
    town.sim.lift()
    robot.wait("agent-resident")
    town.sim.card(resident)
    agree(robot)


def fill_subsidy(robot, by_agent=True):
    open_service(robot, "disability", "D01")
    robot.next()
    if not by_agent:  # practice: made-up certificates, all of them right
        robot.wait("fetched")
        for paper in ("disability-certificate", "household", "aid-status", "citizen-card-account"):
            robot.tap(f"proof:{paper}:right")
        robot.next()
    robot.wait("form")
    robot.choose("kind", "limb")
    robot.choose("grade", "1")
    robot.next()
    robot.choose("care", "family")
    robot.next()
    robot.fill("phone", "13800000000")
    robot.next()
    if by_agent:
        robot.fill("proxy_phone", "13900000000")
        robot.next()
    robot.wait("review")


def test_ss35_no_need_to_leave_the_village(town, robot):
    """The subsidy of somebody who cannot come alone: two cards, one consent, and the town's clerk has it."""
    touches = robot.touches
    two_cards(town)
    assert "*建国" in robot.widget("band")["label"] and "*秀英" in robot.widget("band")["label"]
    fill_subsidy(robot)
    assert "*建国" in robot.widget("band")["label"]
    receipt = hand_in(town)
    town.until(lambda: len(town.sim.slips()) >= 2 and robot.do("state")["paper"] == "done", "two slips come out")
    assert robot.touches - touches <= 18
    item = arrives(town, receipt)["item"]
    assert item["resident"]["number"] == person(RESIDENT)["number"]
    assert item["agency"]["agent"]["number"] == person(AGENT)["number"]
    assert item["agency"]["principal"] == person(RESIDENT)["number"]
    assert item["agency"]["consent"]["signature"]["strokes"]
    assert item["help_mode"] == "act" and item["form"]["applicant"] == "agent"
    assert item["form"]["proxy_number"] == person(AGENT)["number"]
    assert item["village"] == "changshou"
    leave(town)

    # The county decides; the agent's list says so, in numbers and matters alone.
    for event in ("accept", "grant"):
        town.desk("step", {"id": by_receipt(town, receipt)[0]["id"], "event": event, "note": "给秀英"})

    def stands():
        robot.tap("agent")
        robot.wait("agent-card")
        town.sim.card(AGENT)
        robot.wait("agent-home", id="task:0")
        row = robot.widget("task:0")
        if row["value"] != "请来签字":
            town.sim.lift()
            robot.wait("agent-resident")
            robot.tap("exit")
            robot.wait("attract")
            return None
        return row

    row = town.until(stands, "the agent's list says it was granted")
    assert receipt in row["detail"]
    words = robot.words()
    assert "秀英" not in words and person(RESIDENT)["number"] not in words
    before = len(town.sim.slips())
    robot.tap("task:0")
    town.until(lambda: len(town.sim.slips()) > before, "the notice comes out")
    town.sim.lift()
    robot.wait("agent-resident")
    robot.tap("exit")
    robot.wait("attract")


def test_a_third_card_changes_nothing_and_the_right_one_goes_on(town, robot):
    two_cards(town)
    open_service(robot, "disability", "D01")
    robot.next()
    robot.wait("form")
    robot.choose("kind", "limb")
    town.sim.lift()
    robot.wait("card-removed")
    town.sim.card(OTHER)
    robot.wait("agent-wrong")
    assert person(OTHER)["name"][1:] not in robot.words()
    town.sim.lift()
    robot.wait("form")
    town.sim.card(RESIDENT)
    assert robot.widget("choice:kind:limb")["state"]["selected"]
    robot.tap("exit")
    robot.wait("leave")
    robot.tap("end")
    robot.wait("attract")
    town.sim.lift()


def test_a_card_that_is_on_no_list_gets_a_sentence(town, robot):
    robot.tap("agent")
    robot.wait("agent-card")
    town.sim.card(OTHER)
    robot.wait("agent-card", text="不在本服务点的代办员名单里")
    town.sim.lift()
    robot.tap("exit")
    robot.wait("attract")


def test_a_helper_takes_the_screen_and_gives_it_back(town, robot):
    town.sim.card(RESIDENT)
    robot.wait("home")
    open_service(robot, "disability", "D01")
    robot.next()
    robot.wait("form")
    robot.choose("kind", "limb")
    robot.tap("help")
    robot.wait("help")
    robot.tap("helper")
    robot.wait("helper")
    robot.tap("mode:assist")
    robot.wait("form")
    assert robot.widget("band") and robot.widget("choice:kind:limb")["state"]["selected"]
    robot.choose("grade", "1")
    robot.next()
    robot.choose("care", "family")
    robot.next()
    robot.fill("phone", "13800000000")
    robot.next()
    robot.wait("helper-back")
    robot.tap("with:whole")
    robot.tap("with:form")
    robot.wait("helper-back")
    assert robot.widget("with:form")["state"]["selected"] and not robot.widget("with:whole")["state"].get("selected")
    robot.next()
    robot.wait("review")
    assert not robot.widget("band")
    receipt = hand_in(town)
    item = arrives(town, receipt)["item"]
    assert item["help_mode"] == "assist" and item["help_service"] == "form"
    leave(town)


def test_practice_reaches_the_end_and_nobody_hears_of_it(town, robot):
    before, slips = town.arrived(), len(town.sim.slips())
    status = json.loads(town.kioskctl("--json", "status", "--syncd", town.facts["socket"]).stdout)["queue"]
    robot.do("practise")
    robot.wait("home")
    fill_subsidy(robot, by_agent=False)
    number = hand_in(town)
    assert number.startswith("DEMO0-") and "演示" in robot.widget("band")["label"]
    town.until(lambda: len(town.sim.slips()) > slips, "a marked slip comes out")
    robot.tap("exit")
    robot.wait("attract")
    after = json.loads(town.kioskctl("--json", "status", "--syncd", town.facts["socket"]).stdout)["queue"]
    assert after == status and town.arrived() == before
    assert not robot.widget("band")



def test_an_agents_visit_leaves_nobody_on_the_disk(tmp_path):
    """Neither the agent nor the resident, in no coding: not in the queue, not in the agent's own reminders."""
    with Town(tmp_path) as town:
        two_cards(town)
        fill_subsidy(town.robot)
        hand_in(town)
        leave(town)
        secrets = [t for p in (AGENT, RESIDENT) for t in (person(p)["number"], person(p)["name"])]
        needles = [t.encode(c) for t in secrets for c in ("utf-8", "utf-16-le", "gb18030")]
        for folder in (town.facts["data_dir"], town.facts["log_dir"], town.facts["county_dir"]):
            for f in pathlib.Path(folder).rglob("*"):
                if f.is_file():
                    data = f.read_bytes()
                    assert not any(n in data for n in needles), f
