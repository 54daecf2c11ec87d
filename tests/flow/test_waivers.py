"""Other evidence in place of a paper (Art. 9, SS-72): accepted by a clerk for a reason, recorded with who and why, told to the
resident; nothing is waived that the matter does not ask for, nor once it is decided."""
import pytest

from browser import Browser
from bundles import Bundle
from county import receipt, uuid7
from practice import county, kiosk  # noqa: F401
from test_case import LATE, SERVICE, Case
from test_desk import choose

GOOD = {"paper": LATE["id"], "evidence": "村委会监护情况证明", "reason": "监护关系可由村委会证明", "by": "综合窗口 李敏"}


@pytest.fixture
def case(county, kiosk):
    return Case(county, kiosk)


def waive(case, **more):
    return case.county.desk("waive", {"id": case.id, **GOOD, **more})


@pytest.mark.parametrize("wrong", [{"paper": ""}, {"paper": "moon-stone"}, {"evidence": ""}, {"reason": ""}, {"by": ""},
                                   {"evidence": "证" * 61}, {"by": 7}, {"id": "x"}, {"id": uuid7(9999)}])
def test_waiver_without_what_by_what_why_and_who_is_none(case, wrong):
    before = case.told()
    assert waive(case, **wrong).status in (400, 404)
    assert case.told() == before and case.desk()["waived"] == []


def test_waiver_needs_the_token_of_the_desk(county, case):
    assert county.desk("waive", {"id": case.id, **GOOD}, token="0" * 32).status == 403


def test_waiver_is_recorded_with_who_and_why_and_told_without(case):
    case.step("accept_gap", materials=[LATE["id"]])
    assert waive(case).status == 200
    told = case.told()
    assert told["state"] == "accepted" and "owed" not in told["timeline"], "an owed paper counts as come"
    assert told["timeline"]["waived"] == [{"paper": LATE["id"], "evidence": GOOD["evidence"], "day": case.desk()["today"]}]
    assert "李敏" not in str(told)
    assert case.desk()["waived"][0]["by"] == GOOD["by"] and case.desk()["waived"][0]["reason"] == GOOD["reason"]
    last = case.desk()["record"][-1]
    assert (last["what"], last["article"], last["note"]) == ("waive", "Art. 9", GOOD["evidence"])
    assert case.whats()[-1] == "waive"


def test_waived_paper_is_not_missing_any_more(case):
    case.step("notify", materials=[LATE["id"]], days=5)
    assert waive(case).status == 200
    assert case.told()["state"] == "correction_requested" and case.told().get("missing") is None
    assert case.step("corrected")["state"] == "accepted"


def test_waiver_comes_once_and_not_after_the_decision(case):
    assert waive(case).status == 200 and waive(case).status == 409
    case.step("accept")
    case.step("grant")
    assert waive(case, paper=SERVICE["materials"][0]["id"]).status == 409
    assert len(case.told()["timeline"]["waived"]) == 1


def test_waiver_of_a_bundle_frees_every_part_that_waited_for_the_paper(county, kiosk):
    bundle = Bundle(county, kiosk, "F01")
    for no in (1, 3):
        bundle.step("accept_gap", no, materials=["birth-statement"])
    bundle.step("notify", 4, materials=["birth-statement"], days=5)
    answer = county.desk("waive", {"id": bundle.id, **GOOD, "paper": "birth-statement"})
    assert answer.status == 200, answer.body
    told = bundle.told()
    assert bundle.states() == ["accepted", "received", "accepted", "correction_requested", "received"]
    assert "owed" not in told["timeline"] and told["timeline"]["waived"][0]["paper"] == "birth-statement"


def test_waiver_survives_a_restart(county, case):
    assert waive(case).status == 200
    before = case.desk()
    county.restart()
    county.serve_opener()
    assert case.desk() == before and waive(case).status == 409


def test_desk_accepts_other_evidence_on_the_page(county, kiosk, case, tmp_path):
    with Browser() as b:
        b.go(county.facts["desk_url"])
        choose(b, receipt("K0012", kiosk.seq))
        b.js("document.getElementById('waive-paper').value = arguments[0]", LATE["id"])
        for name in ("evidence", "reason", "by"):
            b.type(f"#waive-{name}", GOOD[name])
        b.screenshot(tmp_path / "waive.png")
        b.click("#waive button", "Accept and record")
        shown = b.text(b.until("#waived li", GOOD["evidence"]))
        assert LATE["name"]["zh"] in shown and GOOD["by"] in shown and GOOD["reason"] in shown
        assert b.complaints() == []
    assert case.told()["timeline"]["waived"][0]["evidence"] == GOOD["evidence"]
