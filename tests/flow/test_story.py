"""The story this product exists for: a disabled resident, a village, one trip (services.md SS-01 and SS-35)."""
import json
import os
import pathlib
import signal
import subprocess

import pytest

from journeys import arrives, by_receipt, care_subsidy, hand_in, leave, manifest

PERSON = "lin-xiuying.json"
ROOT = pathlib.Path(__file__).resolve().parents[2]


def person(name):
    return json.loads((ROOT / "tests/data/persons" / name).read_text())


def decode(png):
    run = subprocess.run(["zbarimg", "-q", "--raw", png], capture_output=True, text=True)
    return run.stdout


def slip_of(town, receipt):
    """The slip with this number in its code, once it is cut."""
    read = set()

    def look():
        for slip in town.sim.slips():
            if slip["png"] not in read and receipt in decode(slip["png"]):
                return slip
            read.add(slip["png"])
        return None

    return town.until(look, f"the slip of {receipt} comes out")


def clerk(town, receipt, event, **more):
    """What the clerk's page posts when a step is confirmed."""
    item = by_receipt(town, receipt)[0]
    town.desk("step", {"id": item["id"], "event": event, **more})


def test_one_trip_card_to_slip_in_twelve_touches(town, robot):
    touches = robot.touches
    care_subsidy(town, PERSON)
    receipt = hand_in(town)
    slip_of(town, receipt)
    assert robot.touches - touches <= 12
    item = arrives(town, receipt)
    assert item["item"]["resident"]["number"] == person(PERSON)["number"]
    assert item["item"]["form"]["kind"] == "limb" and item["item"]["form"]["phone"] == "13800000000"
    assert manifest(item)["item_code"] == "D01" and item["item"]["consent"] is True
    assert item["item"]["signature"]["strokes"]
    leave(town)


def test_a_wait_that_lasts_is_shown_and_ends_in_one_number(town, robot):
    """What keeps it is slow: the page before stays for a moment, then the screen says what is waited for."""
    care_subsidy(town, PERSON)
    robot.tap("consent")
    robot.sign()
    pid = town.pid("kiosk-syncd")
    os.kill(pid, signal.SIGSTOP)
    try:
        robot.next()
        town.until(lambda: "正在加密保存" in robot.words(), "the screen says that it is being kept")
        assert not robot.widget("primary")
    finally:
        os.kill(pid, signal.SIGCONT)
    robot.wait("done", ms=12000)
    receipt = robot.widget("receipt")["label"]
    arrives(town, receipt)
    assert len(by_receipt(town, receipt)) == 1


def test_one_trip_offline_the_slip_comes_and_the_county_gets_it_later(town, robot):
    town.sim.link(False)
    touches = robot.touches
    care_subsidy(town, PERSON)
    receipt = hand_in(town)
    slip_of(town, receipt)
    assert robot.touches - touches <= 12
    assert not by_receipt(town, receipt)
    leave(town)
    town.sim.link(True)
    arrives(town, receipt)
    assert len(by_receipt(town, receipt)) == 1


@pytest.mark.parametrize("state", ["accepted", "granted", "denied"])
def test_the_clerks_answer_reaches_the_progress_screen(town, robot, state):
    care_subsidy(town, PERSON)
    receipt = hand_in(town)
    arrives(town, receipt)
    leave(town)
    for event in {"accepted": ["accept"], "granted": ["accept", "grant"], "denied": ["accept", "deny"]}[state]:
        clerk(town, receipt, event, note="请带存折", **({"reason": "不符合条件"} if event == "deny" else {}))
    robot.tap("progress")
    robot.wait("progress")
    town.until(lambda: robot.ask_case(receipt)["case_state"] == state, f"{state} is shown")
    assert "请带存折" in robot.words()
    robot.tap("exit")
    robot.wait("attract")


def test_a_correction_names_what_is_missing(town, robot):
    care_subsidy(town, PERSON)
    receipt = hand_in(town)
    item = arrives(town, receipt)
    leave(town)
    material = item["item"]["materials"][0]["id"]
    clerk(town, receipt, "notify", materials=[material], days=10)
    robot.tap("progress")
    robot.wait("progress")
    town.until(lambda: robot.ask_case(receipt)["case_state"] == "correction_requested", "the correction is shown")
    assert material_name(material) in robot.words()
    robot.tap("exit")
    robot.wait("attract")


def looked_up(town, robot, receipt, state):
    """The progress screen about this number, once it says so."""
    robot.tap("progress")
    robot.wait("progress")
    town.until(lambda: robot.ask_case(receipt)["case_state"] == state, f"{state} is shown")
    return robot.words()


def test_notice_correction_acceptance_grant_and_the_pickup_code_is_seen_at_the_kiosk(town, robot):
    """SS-06, SS-21, SS-52, SS-53: each step as the resident sees it, and the slips about it."""
    care_subsidy(town, PERSON)
    receipt = hand_in(town)
    item = arrives(town, receipt)
    slip_of(town, receipt)
    leave(town)
    material = item["item"]["materials"][0]["id"]
    clerk(town, receipt, "notify", materials=[material], days=10)
    assert material_name(material) in looked_up(town, robot, receipt, "correction_requested")
    before = len(town.sim.slips())
    robot.tap("print-case")
    town.until(lambda: len(town.sim.slips()) > before, "the notice is printed")
    robot.tap("exit")
    robot.wait("attract")
    clerk(town, receipt, "corrected")
    words = looked_up(town, robot, receipt, "accepted")
    assert "个工作日" in words and "民政局" in words
    robot.tap("exit")
    robot.wait("attract")
    clerk(town, receipt, "grant")
    clerk(town, receipt, "set_out", delivery={"kind": "pickup", "counter": "3号窗口"})
    code = town.desk(f"item?id={by_receipt(town, receipt)[0]['id']}")["case"]["timeline"]["delivery"]["code"]
    robot.tap("progress")
    robot.wait("progress")
    town.until(lambda: robot.ask_case(receipt) and robot.widget("pickup"), "the code is shown")
    assert robot.widget("pickup")["label"] == code and "3号窗口" in robot.words()
    robot.tap("exit")
    robot.wait("attract")


def material_name(wanted):
    """The Chinese name of a material, wherever the catalogue gives it."""
    def walk(node):
        if isinstance(node, dict):
            if node.get("id") == wanted and "name" in node:
                yield node["name"]["zh"]
            for child in node.values():
                yield from walk(child)
        elif isinstance(node, list):
            for child in node:
                yield from walk(child)

    return next(walk(json.loads((ROOT / "assets/catalogue/catalogue.json").read_text())))


def test_slip_code_leads_to_the_number(town, robot, tmp_path):
    care_subsidy(town, PERSON)
    receipt = hand_in(town)
    slip = slip_of(town, receipt)
    assert decode(slip["png"]).strip() == f"https://county.example/case/{receipt}"
    assert not slip.get("has_error") and town.sim.do("state")["violations"] == 0
    leave(town)


@pytest.mark.parametrize("file", ["wang-yan.json", "li-ling.json", "chen-xun.json"])
def test_a_rare_name_is_printed_and_reaches_the_county_as_it_is(town, robot, file):
    care_subsidy(town, file)
    receipt = hand_in(town)
    slip_of(town, receipt)
    assert town.sim.do("state")["violations"] == 0
    assert arrives(town, receipt)["item"]["resident"]["name"] == person(file)["name"]
    leave(town)


@pytest.mark.parametrize("paper", ["end", "cover"])
def test_without_paper_the_number_on_the_screen_is_enough(town, robot, paper):
    switch = {"end": ("paper", {"state": "end"}, {"state": "ok"}), "cover": ("cover", {"open": True}, {"open": False})}[paper]
    town.sim.do(switch[0], **switch[1])
    try:
        town.until(lambda: "printer" in robot.do("state")["impaired"], "the kiosk notices")
        care_subsidy(town, PERSON)
        receipt = hand_in(town)
        town.until(lambda: robot.do("state")["paper"] == "failed", "the screen says there is no slip")
        arrives(town, receipt)
        assert not robot.widget("slip.bad")
    finally:
        town.sim.do(switch[0], **switch[2])
        town.until(lambda: "printer" not in robot.do("state")["impaired"], "the printer is back")
    robot.tap("slip.bad")  # now it can be printed after all
    slip_of(town, receipt)
    leave(town)


def test_unplugged_printer_mid_slip_asks_and_reprints_marked(town, robot):
    town.sim.do("fault", device="printer", name="nak-after", at=6000)
    care_subsidy(town, PERSON)
    receipt = hand_in(town)
    town.until(lambda: robot.do("state")["paper"] == "ask", "the resident is asked", limit=40)
    town.sim.do("fault", device="printer", name="none")
    town.until(lambda: "printer" not in robot.do("state")["impaired"], "the printer has dropped what was left")
    robot.tap("slip.bad")
    slip = slip_of(town, receipt)
    assert slip["png"]
    assert len(by_receipt(town, receipt)) <= 1
    leave(town)


def test_killed_kiosk_loses_the_form_and_nothing_else(town, robot):
    care_subsidy(town, PERSON)
    town.kill("kiosk")
    town.reconnect()
    town.until(lambda: town.robot.do("state")["impaired"] == [], "the kiosk is back")
    assert town.robot.screen() in ("attract", "home")  # the card still lies on the plate
