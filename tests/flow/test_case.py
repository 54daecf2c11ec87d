"""A case at the county over its days: each article of the statute that firmware/case holds, driven over HTTP as the clerk's page
drives it, with the days turned on at a desk for practice (services.md 1.0)."""
import datetime
import json

import pytest

from county import ROOT, uuid7
from practice import county, kiosk  # noqa: F401

CATALOGUE = json.loads((ROOT / "assets/catalogue/catalogue.json").read_text())
SERVICE = next(s for s in CATALOGUE["services"] if s["code"] == "D01")
LATE = next(m for m in SERVICE["materials"] if m["how"] == "later")
HOLIDAYS = {}
for pack in (ROOT / "assets/calendar").glob("*.json"):
    HOLIDAYS[pack.stem] = json.loads(pack.read_text())


class Case:
    """One application and what the desk and the kiosk see of it."""

    def __init__(self, county, kiosk):
        self.county, self.kiosk = county, kiosk
        assert kiosk.verdicts(kiosk.application(form={"kind": "limb"})) == ["accepted"]
        self.id = uuid7(kiosk.seq)

    def step(self, event, **more):
        answer = self.county.desk("step", {"id": self.id, "event": event, **more})
        assert answer.status == 200, answer.body
        return self.told()

    def refused(self, event, **more):
        answer = self.county.desk("step", {"id": self.id, "event": event, **more})
        assert answer.status >= 400
        return answer

    def desk(self):
        return self.county.desk(f"item?id={self.id}").json["case"]

    def told(self):
        """The last word to the kiosk."""
        from county import receipt_hash
        wanted = receipt_hash("K0012", int(self.id[-4:], 16))
        entries, cursor = [], ""
        while True:
            page = self.kiosk.feed(cursor).json
            entries += [e for e in page["entries"] if e["receipt_hash"] == wanted]
            cursor = page["cursor"]
            if not page["more"]:
                return entries[-1]

    def whats(self):
        return [s["what"] for s in self.told()["timeline"]["steps"]]


@pytest.fixture
def case(county, kiosk):
    return Case(county, kiosk)


def today(county):
    return datetime.date.fromisoformat(county.desk("day").json["today"])


def turn(county, days=1):
    answer = county.desk("day", {"days": days})
    assert answer.status == 200, answer.body
    return answer.json["happened"]


def is_working(d):
    pack = HOLIDAYS.get(str(d.year), {"holidays": [], "working": []})
    text = d.strftime("%Y%m%d")
    if text in pack["working"]:
        return True
    return d.weekday() < 5 and not any(h["from"] <= text <= h["to"] for h in pack["holidays"])


def add_working(d, count):
    while count:
        d += datetime.timedelta(days=1)
        count -= is_working(d)
    return d


def turn_to(county, d):
    left = (d - today(county)).days
    return turn(county, left) if left else 0


# ---- the articles -------------------------------------------------------------------------------

def test_article_10_and_12_an_application_is_signed_received_and_has_a_record(case):
    assert case.desk()["state"] == "received"
    assert [(r["what"], r["article"]) for r in case.desk()["record"]] == [("received", "Art. 12")]
    assert case.whats() == ["received"]


def test_article_11_1_accepted_runs_by_the_days_of_the_published_catalogue(case, county):
    told = case.step("accept")
    assert told["state"] == "accepted" and told["timeline"]["article"] == "Art. 11 par. 1"
    assert told["timeline"]["promised_by"] == add_working(today(county), SERVICE["promised_days"]).isoformat()
    assert told["timeline"]["days_left"] == SERVICE["promised_days"] and "legal_by" not in told["timeline"]
    assert told["timeline"]["office"] == SERVICE["department"]
    assert told["timeline"]["no_return"] is True, "nothing to bring, nothing to fetch"


def test_article_11_2_a_gap_is_reminded_three_days_before_and_on_the_day_then_revoked_with_its_reason(case, county):
    turn_to(county, add_working(today(county), 1))
    told = case.step("accept_gap", materials=[LATE["id"]])
    due = add_working(today(county), LATE["late_days"])
    assert told["state"] == "accepted_gap" and told["timeline"]["owed"] == [{"material": LATE["id"], "due": due.isoformat()}]
    assert told["missing"] == [LATE["id"]] and told["due"] == due.isoformat() + "T15:59:59Z"
    turn_to(county, due - datetime.timedelta(days=1))
    assert case.whats()[-1] == "reminded_soon"
    assert [s["day"] for s in case.told()["timeline"]["steps"]][-1] == [
        d for d in (due - datetime.timedelta(days=n) for n in range(30)) if add_working(d, 3) == due and is_working(d)][0].isoformat()
    turn_to(county, due)
    assert case.whats()[-1] == "reminded_today"
    turn(county)
    told = case.told()
    assert told["state"] == "revoked" and LATE["name"]["zh"] in told["timeline"]["reason"] and due.isoformat() in told["timeline"]["reason"]
    assert case.desk()["allowed"] == []


def test_article_11_2_a_paper_in_time_closes_the_gap_and_the_clock_has_run_on(case):
    promised = case.step("accept_gap", materials=[LATE["id"]])["timeline"]["promised_by"]
    told = case.step("gap_closed", material=LATE["id"])
    assert told["state"] == "accepted" and "owed" not in told["timeline"] and told["timeline"]["promised_by"] == promised


def test_article_11_2_a_main_paper_can_never_follow_later(case):
    main = next(m for m in SERVICE["materials"] if m["how"] != "later")
    answer = case.refused("accept_gap", materials=[main["id"]])
    assert answer.status == 400 and "does not let this paper follow" in answer.json["title"]
    assert case.desk()["state"] == "received"


def test_article_11_3_one_notice_names_everything_and_correction_leads_to_acceptance(case, county):
    told = case.step("notify", materials=[LATE["id"], "disability-certificate"], days=5)
    due = add_working(today(county), 5).isoformat()
    assert told["state"] == "correction_requested" and {p["due"] for p in told["timeline"]["owed"]} == {due}
    told = case.step("corrected")
    assert told["state"] == "accepted" and "owed" not in told["timeline"] and told["timeline"]["promised_by"]


def test_article_11_3_not_corrected_in_time_counts_as_withdrawn(case, county):
    due = case.step("notify", materials=[LATE["id"]], days=2)["timeline"]["owed"][0]["due"]
    turn_to(county, datetime.date.fromisoformat(due))
    assert case.told()["state"] == "correction_requested"
    turn(county)
    assert case.told()["state"] == "withdrawn" and case.whats()[-1] == "lapsed"


def test_article_11_3_corrected_but_unlawful_is_refused_in_writing(case):
    case.step("notify", materials=[LATE["id"]], days=2)
    assert "reason in writing" in case.refused("unlawful").json["title"]
    assert case.step("unlawful", reason="材料不真实")["state"] == "not_accepted"


def test_article_11_and_licensing_law_32_a_second_notice_raises_an_alarm_and_changes_nothing(case):
    before = case.step("notify", materials=[LATE["id"]], days=5)
    answer = case.refused("notify", materials=["disability-certificate"], days=5)
    assert answer.status == 409 and answer.word == "second-notice"
    assert case.told() == before and case.desk()["has_alarm"] is True
    assert case.desk()["record"][-1]["what"] == "alarm"
    assert any(i["has_alarm"] for i in case.county.desk("items").json["items"] if i["id"] == case.id)
    # Unless the applicant has changed the facts.
    assert case.step("notify", materials=["disability-certificate"], days=5, has_changed=True)["missing"] == ["disability-certificate"]


def test_licensing_law_32_1_refusal_needs_a_written_reason(case):
    assert case.refused("refuse").status == 400
    told = case.step("refuse", reason="请到区人社局办理")
    assert told["state"] == "not_accepted" and told["timeline"]["reason"] == "请到区人社局办理"
    assert told["timeline"]["article"].startswith("Licensing Law 32")


def test_licensing_law_32_4_silence_for_five_days_is_acceptance_from_the_day_of_receipt(case, county):
    received = today(county)
    turn_to(county, add_working(received, 5))
    assert case.told()["state"] == "received"
    turn_to(county, add_working(received, 6))
    told = case.told()
    assert told["state"] == "accepted" and told["timeline"]["steps"][-1]["what"] == "deemed_accepted"
    assert told["timeline"]["promised_by"] == add_working(received, SERVICE["promised_days"]).isoformat()


def test_licensing_law_45_a_pause_does_not_shorten_what_is_left(case, county):
    before = case.step("accept")["timeline"]
    told = case.step("pause", reason="需要专家评审")["timeline"]
    assert told["paused_since"] == today(county).isoformat() and told["days_left"] == before["days_left"]
    turn_to(county, add_working(today(county), 4))
    told = case.step("resume")["timeline"]
    assert told["days_left"] == before["days_left"] and "paused_since" not in told
    assert told["promised_by"] == add_working(today(county), before["days_left"]).isoformat() > before["promised_by"]


def test_article_13_a_denial_has_its_reason_and_can_be_delivered_too(case):
    case.step("accept")
    assert case.refused("deny").status == 400
    assert case.step("deny", reason="不符合条件")["timeline"]["reason"] == "不符合条件"
    assert case.step("deliver", delivery={"kind": "electronic"})["state"] == "delivered"


def test_article_13_an_end_has_its_reason(case):
    case.step("accept")
    assert case.refused("end").status == 400
    assert case.step("end", reason="申请人死亡")["state"] == "terminated"


def test_the_applicants_own_will_withdraws(case):
    assert case.step("withdraw")["state"] == "withdrawn"
    assert case.refused("accept").status == 409


@pytest.mark.parametrize("delivery, seen", [
    ({"kind": "post", "tracking": "EX123456789CN"}, {"tracking": "EX123456789CN"}),
    ({"kind": "electronic"}, {}), ({"kind": "account"}, {}), ({"kind": "pickup", "counter": "3号窗口"}, {"counter": "3号窗口"})])
def test_licensing_law_44_what_is_decided_is_delivered(case, delivery, seen):
    case.step("accept")
    case.step("grant")
    told = case.step("deliver", delivery=delivery)
    assert told["state"] == "delivered" and {**told["timeline"]["delivery"], **seen} == told["timeline"]["delivery"]
    assert told["timeline"]["steps"][-1]["lane"] == "hand-out"
    assert told["timeline"].get("no_return", False) is (delivery["kind"] != "pickup")


@pytest.mark.parametrize("delivery", [{}, {"kind": "pigeon"}, {"kind": "post"}, {"kind": "pickup"}])
def test_a_delivery_says_how_and_where(case, delivery):
    case.step("accept")
    case.step("grant")
    assert case.refused("deliver", **({"delivery": delivery} if delivery else {})).status == 400
    assert case.told()["state"] == "granted"


def test_what_waits_at_a_counter_has_a_code_until_it_is_handed_over(case):
    case.step("accept")
    case.step("grant")
    told = case.step("set_out", delivery={"kind": "pickup", "counter": "3号窗口"})
    code = told["timeline"]["delivery"]["code"]
    assert told["state"] == "granted" and len(code) == 6 and code.isdigit()
    assert case.refused("set_out", delivery={"kind": "pickup", "counter": "4号窗口"}).status == 409
    assert case.step("deliver")["timeline"]["delivery"]["code"] == code


def test_a_late_case_is_said_once_and_shown_in_the_list(case, county):
    promised = datetime.date.fromisoformat(case.step("accept")["timeline"]["promised_by"])
    turn_to(county, promised)
    assert case.whats()[-1] == "accept"
    turn(county)
    assert case.whats()[-1] == "late" and case.told()["timeline"]["steps"][-1]["lane"] == "departments"
    turn(county, 7)
    assert case.whats().count("late") == 1
    assert case.county.desk("items").json["items"][0]["days_left"] < 0
    case.step("grant")
    assert case.told()["timeline"]["days_left"] < 0, "frozen as it was when it was done"


def test_front_departments_and_hand_out_are_told_apart(case):
    case.step("accept")
    case.step("grant")
    case.step("deliver", delivery={"kind": "account"})
    assert [(s["what"], s["lane"]) for s in case.told()["timeline"]["steps"]] == [
        ("received", "front"), ("accept", "front"), ("grant", "departments"), ("deliver", "hand-out")]


# ---- days and restarts ---------------------------------------------------------------------------

def test_a_restart_keeps_the_day_the_cases_and_what_was_said(case, county):
    case.step("accept_gap", materials=[LATE["id"]])
    turn(county, 1)
    before, day, desk = case.told(), today(county), case.desk()
    county.restart()
    county.serve_opener()
    assert today(county) == day and case.told() == before and case.desk() == desk
    told = case.step("gap_closed", material=LATE["id"])
    assert told["state"] == "accepted" and [s["what"] for s in told["timeline"]["steps"]] == ["received", "accept_gap", "gap_closed"]


def test_days_that_went_by_while_the_platform_was_away_are_made_up_in_order(case, county):
    """Turned on at once or one by one, the same comes of it."""
    other = Case(county, case.kiosk)
    case.step("accept_gap", materials=[LATE["id"]])
    other.step("accept_gap", materials=[LATE["id"]])
    turn(county, 60)
    assert case.whats() == other.whats() == ["received", "accept_gap", "reminded_soon", "reminded_today", "revoked"]


def test_a_case_of_before_the_statute_was_kept_here_is_opened_when_it_is_looked_at(case, county):
    import sqlite3
    db = sqlite3.connect(county.data / "county.db", timeout=10)
    db.execute("DELETE FROM matter WHERE item=?", (case.id,))
    db.commit()
    db.close()
    assert case.desk()["state"] == "received"
    assert case.step("accept")["state"] == "accepted"


def test_without_county_open_the_general_limit_of_the_licensing_law_counts(case, county):
    county.opener.terminate()
    county.opener.wait(10)
    try:
        # Nobody has looked into it yet, so nobody knows which matter it is (Licensing Law 42: 20 working days).
        told = case.step("accept")["timeline"]
        assert told["promised_by"] == told["legal_by"] == add_working(today(county), 20).isoformat() and "office" not in told
    finally:
        county.serve_opener()
    assert case.desk()["timeline"]["promised_by"] == add_working(today(county), SERVICE["promised_days"]).isoformat()


def test_a_rating_is_no_case(county, kiosk):
    item = {**kiosk.item("{}"), "kind": "rating"}
    assert kiosk.verdicts(item) == ["accepted"]
    assert "case" not in county.desk(f"item?id={item['id']}").json
    assert county.desk("step", {"id": item["id"], "event": "accept"}).status == 404


def test_a_call_about_a_case_has_a_number_an_owner_and_what_came_of_it(county, kiosk):
    case = Case(county, kiosk)
    wrong = ({"outcome": "maybe"}, {"line": "fax"}, {"owner": ""}, {"answer": ""})
    good = {"id": case.id, "line": "notice", "outcome": "reached", "owner": "代办员 李明", "answer": "明天来签字"}
    for change in wrong:
        assert county.desk("call", {**good, **change}).status == 400, change
    assert county.desk("call", good, token="0" * 32).status == 403
    assert county.desk("call", {**good, "id": "01900000-0000-7000-8000-000000000abc"}).status == 404
    first = county.desk("call", {**good, "outcome": "no-answer", "answer": ""}).json["number"]
    second = county.desk("call", {**good, "line": "12345"}).json["number"]
    assert first != second and first.startswith("T") and first[:-3] == second[:-3]
    told = case.told()
    assert [s["what"] for s in told["timeline"]["steps"]][-2:] == ["phoned_in_vain", "phoned"]
    assert "明天来签字" not in json.dumps(told, ensure_ascii=False)  # what was said stays between the two
    calls = county.desk("item?id=" + case.id).json["case"]["calls"]
    assert [(c["number"], c["outcome"], c["answer"]) for c in calls] == [(first, "no-answer", ""), (second, "reached", "明天来签字")]
