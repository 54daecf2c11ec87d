"""The parts of a bundle at the county: each is a case of its own by the statute's table, with office, clock, way out and end;
the whole follows them and is never set (services.md SS-27 to SS-33, firmware/case/children.h)."""
import datetime
import random

import pytest

from bundles import BUNDLES, SERVICES, Bundle, children
from practice import county, kiosk  # noqa: F401
from test_case import add_working, today, turn

HOUSEHOLD, INSURANCE, CARD, VACCINATION, COSTS = 1, 2, 3, 4, 5
ENDS = {"granted", "denied", "delivered", "not_accepted", "revoked", "withdrawn", "terminated", "rated"}


@pytest.fixture
def newborn(county, kiosk):
    return Bundle(county, kiosk, "F01")


# ---- what may not be ---------------------------------------------------------------------------------

def test_a_part_that_waits_is_not_granted_before_its_time(newborn):
    newborn.step("accept")
    assert newborn.refused("grant", INSURANCE).status == 409
    assert "grant" not in newborn.allowed(INSURANCE) and "grant" in newborn.allowed(HOUSEHOLD)
    assert newborn.part(INSURANCE)["waits_for"] == [HOUSEHOLD] and "promised_by" not in newborn.part(INSURANCE)
    newborn.step("grant", HOUSEHOLD)
    newborn.step("grant", INSURANCE)


def test_no_such_part_and_no_step_that_the_table_has_not(newborn):
    assert newborn.ask("accept", 6).status == 404 and newborn.ask("accept", 17).status == 400
    assert newborn.refused("grant", HOUSEHOLD).status == 409
    assert newborn.refused("deny", HOUSEHOLD, reason="x").status == 409, "not before it is accepted"
    assert newborn.refused("refuse", HOUSEHOLD).status == 400, "a reason in writing"
    assert newborn.refused("notify", HOUSEHOLD, days=5).status == 400, "all that is missing, by name"
    assert newborn.refused("accept_gap", HOUSEHOLD, materials=["birth-certificate"]).status == 400, "no main paper may follow"
    assert newborn.states() == ["received"] * 5


def test_a_second_notice_for_one_part_raises_an_alarm_and_its_siblings_may_still_have_theirs(newborn):
    newborn.step("notify", CARD, materials=["birth-statement"], days=5)
    assert newborn.told()["state"] == "correction_requested" and newborn.told()["missing"] == ["birth-statement"]
    assert newborn.refused("notify", CARD, materials=["household"], days=5).word == "second-notice"
    assert newborn.desk()["parts"][CARD - 1]["case"]["has_alarm"] and newborn.desk()["case"]["has_alarm"]
    newborn.step("notify", materials=["birth-statement"], days=5)
    assert newborn.states() == ["correction_requested"] * 5


def test_a_case_of_one_matter_has_no_parts(county, kiosk):
    assert kiosk.verdicts(kiosk.application(form={"kind": "limb"})) == ["accepted"]
    from county import uuid7
    assert county.desk("step", {"id": uuid7(kiosk.seq), "event": "accept", "part": 1}).status == 404
    assert "parts" not in county.desk(f"item?id={uuid7(kiosk.seq)}").json


# ---- what each part has of its own --------------------------------------------------------------------

def test_parts_have_office_clock_and_way_out_of_their_own(newborn, county):
    newborn.step("accept")
    parts = newborn.told()["timeline"]["parts"]
    assert [p["office"]["zh"] for p in parts] == ["公安局", "医保局", "人社局", "卫健局", "医保局"]
    assert [p["name"]["en"] for p in parts] == [p["name"]["en"] for p in SERVICES["F01"]["parts"]]
    assert parts[0]["promised_by"] == add_working(today(county), 2).isoformat()
    assert parts[4]["promised_by"] == add_working(today(county), 4).isoformat()
    assert newborn.told()["timeline"]["promised_by"] == parts[4]["promised_by"], "the whole: as long as the slowest"
    newborn.step("grant", HOUSEHOLD)
    newborn.step("deliver", HOUSEHOLD, delivery={"kind": "post", "tracking": "EX123456789CN"})
    assert newborn.part(HOUSEHOLD)["delivery"] == {"kind": "post", "tracking": "EX123456789CN"}
    newborn.step("grant", CARD)
    newborn.step("set_out", CARD, delivery={"kind": "pickup", "counter": "3号窗口"})
    assert newborn.part(CARD)["delivery"]["counter"] == "3号窗口" and newborn.part(CARD)["state"] == "granted"
    assert "delivery" not in newborn.part(VACCINATION)


def test_time_of_a_part_begins_when_the_part_before_it_is_done(newborn, county):
    newborn.step("accept")
    turn(county, 14)
    newborn.step("grant", HOUSEHOLD)
    assert newborn.part(INSURANCE)["promised_by"] == add_working(today(county), 1).isoformat()
    whats = [r["what"] for r in newborn.desk()["parts"][INSURANCE - 1]["case"]["record"]]
    assert "late" not in whats, "it waited"
    assert "late" in [r["what"] for r in newborn.desk()["parts"][COSTS - 1]["case"]["record"]]


def test_clock_of_a_part_stands_while_it_is_paused_and_the_others_go_on(newborn, county):
    newborn.step("accept")
    newborn.step("pause", COSTS, reason="专家评审")
    turn(county, 3)
    assert newborn.told()["state"] == "accepted" and newborn.part(COSTS)["state"] == "suspended"
    newborn.step("resume", COSTS)
    assert "paused_since" not in newborn.part(COSTS)
    assert newborn.part(COSTS)["promised_by"] > newborn.told()["timeline"]["promised_by"]


def test_gap_of_a_part_is_owed_by_the_whole_once_and_runs_out_for_it_alone(newborn, county):
    newborn.step("accept_gap", HOUSEHOLD, materials=["birth-statement"])
    newborn.step("accept_gap", CARD, materials=["birth-statement"])
    newborn.step("accept", VACCINATION)
    told = newborn.told()
    due = add_working(today(county), 5).isoformat()
    assert told["timeline"]["owed"] == [{"material": "birth-statement", "due": due}] and told["missing"] == ["birth-statement"]
    newborn.step("gap_closed", CARD, material="birth-statement")
    assert newborn.part(CARD)["state"] == "accepted"
    turn(county, 14)
    assert newborn.states()[:2] == ["revoked", "terminated"] and newborn.part(VACCINATION)["state"] == "accepted"
    assert "没有在" in newborn.part(HOUSEHOLD)["reason"] and "出生登记" in newborn.part(INSURANCE)["reason"]


def test_silence_accepts_each_part(newborn, county):
    newborn.step("refuse", COSTS, reason="不属于本机关职权范围")
    turn(county, 9)
    assert newborn.states() == ["accepted"] * 4 + ["not_accepted"] and newborn.told()["state"] == "accepted"


# ---- partial success -----------------------------------------------------------------------------------

def test_a_part_that_is_refused_takes_down_those_after_it_and_no_sibling(newborn):
    newborn.step("accept")
    newborn.step("deny", HOUSEHOLD, reason="出生证明与登记不符")
    assert newborn.states() == ["denied", "terminated", "terminated", "accepted", "accepted"]
    assert newborn.told()["state"] == "accepted", "two are still open"
    newborn.step("grant", VACCINATION)
    newborn.step("deny", COSTS, reason="已经报销过")
    told = newborn.told()
    assert told["state"] == "granted" and newborn.states() == ["denied", "terminated", "terminated", "granted", "denied"]
    assert "出生登记（报户口）：出生证明与登记不符" in told["timeline"]["reason"], "kiosks that know no parts read it too"


def test_a_denial_that_was_handed_over_stays_a_denial(newborn):
    newborn.step("accept")
    newborn.step("deny", COSTS, reason="已经报销过")
    newborn.step("deliver", COSTS, delivery={"kind": "post", "tracking": "EX1"})
    assert newborn.part(COSTS)["state"] == "denied" and newborn.allowed(COSTS) == []
    newborn.step("grant")
    newborn.step("deliver", delivery={"kind": "electronic"})
    assert newborn.told()["state"] == "delivered" and newborn.states() == ["delivered"] * 4 + ["denied"]


def test_a_bundle_of_which_nothing_came_is_no_success(newborn):
    newborn.step("refuse", reason="不属于本机关职权范围")
    assert newborn.told()["state"] == "not_accepted" and set(newborn.states()) == {"not_accepted", "terminated"}


def test_words_about_one_part_say_which(newborn):
    newborn.step("accept")
    assert newborn.step("grant", VACCINATION, note="本子在社区医院")["note"] == "预防接种档案：本子在社区医院"
    assert newborn.step("grant", HOUSEHOLD)["timeline"]["parts"][0]["state"] == "granted"
    assert newborn.step("grant", note="都办好了")["note"] == "都办好了"


# ---- all of them -----------------------------------------------------------------------------------------

@pytest.mark.parametrize("code", BUNDLES)
def test_every_bundle_is_taken_through_by_its_parts(county, kiosk, code):
    """Part by part, each as soon as it may; the whole is done with the last and not before."""
    bundle = Bundle(county, kiosk, code)
    count = len(SERVICES[code]["parts"])
    for no in range(1, count + 1):
        bundle.step("accept", no)
    left = list(range(count, 0, -1))
    while left:
        assert bundle.told()["state"] == "accepted"
        ready = [no for no in left if "grant" in bundle.allowed(no)]
        assert ready, left
        bundle.step("grant", ready[0])
        left.remove(ready[0])
    assert bundle.told()["state"] == "granted" and bundle.allowed() == ["set_out", "deliver"]
    bundle.step("deliver", delivery={"kind": "electronic"})
    assert bundle.states() == ["delivered"] * count and bundle.told()["state"] == "delivered"


@pytest.mark.parametrize("code", BUNDLES)
def test_a_step_for_all_is_taken_by_every_part_that_may(county, kiosk, code):
    bundle = Bundle(county, kiosk, code)
    assert bundle.allowed() == ["accept", "accept_gap", "notify", "refuse", "withdraw"]
    bundle.step("accept")
    bundle.step("grant")
    assert set(bundle.states()) == {"granted"} and [s["what"] for s in bundle.told()["timeline"]["steps"]] == [
        "received", "accept", "grant"]


@pytest.mark.parametrize("seed", range(len(BUNDLES)))
def test_whatever_clerks_do_the_whole_follows_its_parts(county, kiosk, seed):
    """Never over before all are; never a success when none was; a failure takes down nobody but who waited for it."""
    chance = random.Random(seed)
    code = BUNDLES[seed]
    bundle, after = Bundle(county, kiosk, code), [c["after"] for c in children(code)]
    for _ in range(60):
        whole = bundle.desk()
        open_parts = [p for p in whole["parts"] if p["case"]["allowed"]]
        if not open_parts:
            break
        part = chance.choice(open_parts)
        event = chance.choice(part["case"]["allowed"])["event"]
        more = {"reason": "测试理由", "delivery": {"kind": "electronic", "counter": "1"}}
        if event == "accept_gap":
            event = "accept"
        if event == "notify":
            more |= {"materials": [SERVICES[code]["materials"][0]["id"]], "days": 5}
        if bundle.ask(event, part["no"], **more).status != 200:
            continue
        told, states = bundle.told(), bundle.states()
        assert (told["state"] in ENDS) == all(s in ENDS for s in states), states
        assert told["state"] not in ("granted", "delivered") or {"granted", "delivered"} & set(states)
        for no, state in enumerate(states, 1):
            failed = {"denied", "not_accepted", "withdrawn", "terminated", "revoked"}
            if state == "terminated" and "要先办好的" in told["timeline"]["parts"][no - 1].get("reason", ""):
                assert {states[a - 1] for a in after[no - 1]} & failed
            if state in ("granted", "delivered"):
                assert {states[a - 1] for a in after[no - 1]} <= {"granted", "delivered"}


# ---- what is kept, what is not known --------------------------------------------------------------------

def test_a_restart_keeps_the_parts(newborn, county):
    newborn.step("accept_gap", HOUSEHOLD, materials=["birth-statement"])
    newborn.step("refuse", COSTS, reason="已经报销过")
    before, desk = newborn.told(), newborn.desk()
    county.restart()
    county.serve_opener()
    assert newborn.told() == before and newborn.desk() == desk


def test_until_county_open_answers_a_bundle_is_one_case_and_then_its_parts_stand_where_it_stood(county, kiosk):
    county.opener.terminate()
    county.opener.wait(10)
    try:
        bundle = Bundle(county, kiosk)
        assert "parts" not in bundle.step("accept")["timeline"]
    finally:
        county.serve_opener()
    bundle.desk()
    assert bundle.states() == ["accepted"] * 5 and bundle.told()["state"] == "accepted"


def test_answers_of_the_resident_are_never_with_the_server(newborn, county):
    assert b"13800000000" not in (county.data / "county.db").read_bytes()
    assert "answers" not in newborn.desk()["parts"][0]
