"""The story this product exists for: a disabled resident, a village, one trip (services.md SS-01 and SS-35)."""
import json
import pathlib
import subprocess
import urllib.parse
import urllib.request

import pytest

from journeys import arrives, by_receipt, care_subsidy, hand_in, leave, manifest

PERSON = "lin-xiuying.json"
ROOT = pathlib.Path(__file__).resolve().parents[2]


def person(name):
    return json.loads((ROOT / "tests/data/persons" / name).read_text())


def slip_when_printed(town, count):
    """The slip after `count` earlier ones, once it is cut."""
    return town.until(lambda: len(town.sim.slips()) > count and town.sim.slips()[-1], "a slip comes out")


def decide(town, receipt, state, note="", missing=()):
    """What the clerk's page posts when a button is pressed."""
    base, _, query = town.facts["desk_url"].partition("?")
    token = urllib.parse.parse_qs(query)["token"][0]
    item = by_receipt(town, receipt)[0]
    body = json.dumps({"id": item["id"], "state": state, "note": note, "missing": list(missing)}).encode()
    request = urllib.request.Request(f"{base.rstrip('/')}/decide?token={token}", body, {"Content-Type": "application/json"})
    urllib.request.urlopen(request, timeout=10).close()


def test_one_trip_card_to_slip_in_twelve_touches(town, robot):
    before, touches = len(town.sim.slips()), robot.touches
    care_subsidy(town, PERSON)
    receipt = hand_in(town)
    slip_when_printed(town, before)
    assert robot.touches - touches <= 12
    item = arrives(town, receipt)
    assert item["item"]["resident"]["number"] == person(PERSON)["number"]
    assert item["item"]["form"]["kind"] == "limb" and item["item"]["form"]["phone"] == "13800000000"
    assert manifest(item)["item_code"] == "D01" and item["item"]["consent"] is True
    assert item["item"]["signature"]["strokes"]
    leave(town)


def test_one_trip_offline_the_slip_comes_and_the_county_gets_it_later(town, robot):
    town.sim.link(False)
    before, touches = len(town.sim.slips()), robot.touches
    care_subsidy(town, PERSON)
    receipt = hand_in(town)
    slip_when_printed(town, before)
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
    steps = {"accepted": ["accepted"], "granted": ["accepted", "granted"], "denied": ["accepted", "denied"]}[state]
    for step in steps:
        decide(town, receipt, step, note="请带存折" if step == state else "")
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
    decide(town, receipt, "correction_requested", missing=[material])
    robot.tap("progress")
    robot.wait("progress")
    town.until(lambda: robot.ask_case(receipt)["case_state"] == "correction_requested", "the correction is shown")
    assert material_name(material) in robot.words()
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
    before = len(town.sim.slips())
    care_subsidy(town, PERSON)
    receipt = hand_in(town)
    slip = slip_when_printed(town, before)
    out = subprocess.run(["zbarimg", "-q", "--raw", slip["png"]], capture_output=True, text=True, check=True)
    assert receipt in out.stdout
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
        leave(town)
    finally:
        town.sim.do(switch[0], **switch[2])
        town.until(lambda: "printer" not in robot.do("state")["impaired"], "the printer is back")


def test_unplugged_printer_mid_slip_asks_and_reprints_marked(town, robot):
    before = len(town.sim.slips())
    town.sim.do("fault", device="printer", name="nak-after", at=6000)
    care_subsidy(town, PERSON)
    receipt = hand_in(town)
    town.until(lambda: robot.do("state")["paper"] == "ask", "the resident is asked", limit=40)
    town.sim.do("fault", device="printer", name="none")
    robot.tap("slip.bad")
    slip = slip_when_printed(town, before)
    assert slip["png"]
    assert len(by_receipt(town, receipt)) <= 1
    leave(town)


def test_killed_kiosk_loses_the_form_and_nothing_else(town, robot):
    care_subsidy(town, PERSON)
    town.kill("kiosk")
    town.reconnect()
    town.until(lambda: town.robot.do("state")["impaired"] == [], "the kiosk is back")
    assert town.robot.screen() in ("attract", "home")  # the card still lies on the plate
