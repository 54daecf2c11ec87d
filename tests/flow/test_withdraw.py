"""An application is taken back at the kiosk by whoever made it (services.md 1.0 and 1.9, case.withdraw): with the card that made it, as
long as nothing is decided, offline too; the answer stands under the withdrawal's own number."""
import pytest

from browser import Browser
from bundles import Bundle
from county import INSTALL, receipt, receipt_hash, uuid7
from journeys import arrives, begin_with_card, by_receipt, care_subsidy, hand_in, leave, manifest
from practice import county, kiosk  # noqa: F401
from test_case import LATE, Case
from test_desk import choose
from test_story import slip_of

PERSON, OTHER = "lin-xiuying.json", "huang-zhiming.json"


# ---- at the kiosk ----------------------------------------------------------------------

def ask(robot, number):
    """Wherever on the page of progress: the list of the card, an answer (once it is there), or the field."""
    while robot.do("state")["case"] == "asking":
        pass
    if not robot.widget("field:receipt"):
        robot.next()
    if not robot.widget("field:receipt"):
        robot.next()
    return robot.ask_case(number)


def look_up(town, number):
    town.robot.tap("progress")
    town.robot.wait("progress")
    return ask(town.robot, number)


def withdraw(town):
    """From the page of progress to the number of the withdrawal."""
    robot = town.robot
    robot.tap("withdraw")
    robot.wait("withdraw")
    robot.next()
    return town.until(lambda: robot.widget("receipt"), "the withdrawal is kept")["label"]


def case_of(town, number):
    return town.desk(f"item?id={by_receipt(town, number)[0]['id']}")["case"]


def test_an_application_is_withdrawn_with_its_card_and_the_county_confirms_it(town, robot):
    care_subsidy(town, PERSON)
    number = hand_in(town)
    arrives(town, number)
    leave(town)
    begin_with_card(town, PERSON)
    robot.tap("progress")
    robot.wait("progress")
    row = next(w for w in town.until(lambda: [w for w in robot.widgets() if w["id"].startswith("matter:")], "its list")
               if number in w["detail"])
    robot.tap(row["id"])
    town.until(lambda: robot.widget("withdraw"), "it may be taken back")
    touches = robot.touches
    taken_back = withdraw(town)
    assert robot.touches - touches == 2 and taken_back != number
    assert number in robot.words() and "护理补贴" in robot.words()
    slip_of(town, taken_back)
    item = arrives(town, taken_back)
    assert manifest(item)["kind"] == "withdrawal" and item["item"]["withdraw"] == {"receipt": number}
    town.until(lambda: case_of(town, number)["state"] == "withdrawn", "the county takes it back")
    assert case_of(town, number)["record"][-1]["what"] == "withdraw"
    robot.next()
    robot.wait("progress")
    town.until(lambda: ask(robot, number)["case_state"] == "withdrawn", "the kiosk hears of it")
    assert not robot.widget("withdraw")
    town.until(lambda: ask(robot, taken_back)["case_state"] == "withdrawn", "and under its own number")
    assert number in robot.words() and "申请已经撤回" in robot.words()
    leave(town)


def test_another_persons_card_withdraws_nothing_and_says_why(town, robot):
    care_subsidy(town, PERSON)
    number = hand_in(town)
    arrives(town, number)
    leave(town)
    robot.tap("begin")
    robot.wait("home", ms=20000)  # the slip before it comes out first
    look_up(town, number)
    robot.tap("withdraw")
    robot.wait("withdraw")
    assert "只有申请人本人" in robot.words()
    town.sim.card(OTHER)
    town.until(lambda: "不撤回" in robot.words(), "it is asked for once more")
    robot.next()
    taken_back = town.until(lambda: robot.widget("receipt"), "the withdrawal is kept")["label"]
    robot.next()
    robot.wait("progress")
    town.until(lambda: ask(robot, taken_back)["case_state"] == "not_accepted", "the county has compared")
    assert "身份证不是申请人本人的" in robot.words() and "行政复议" not in robot.words()
    assert case_of(town, number)["state"] == "received"
    leave(town)


def test_withdrawn_while_offline_before_the_county_ever_had_it(town, robot):
    town.sim.link(False)
    care_subsidy(town, PERSON)
    number = hand_in(town)
    leave(town)
    begin_with_card(town, PERSON)
    assert look_up(town, number)["case"] == "here"
    taken_back = withdraw(town)
    assert "网络通了会自动送到县里" in robot.words()
    leave(town)
    town.sim.link(True)
    arrives(town, taken_back)
    town.until(lambda: case_of(town, number)["state"] == "withdrawn", "both have come, and in their order")


# ---- the county's side -----------------------------------------------------------------

LIN, WANG = {"name": "林秀英", "number": "330621195203079024"}, {"name": "王燕", "number": "330621198807011246"}


def takes_back(kiosk, about, person):
    """A withdrawal as a kiosk seals it; returns its own seq."""
    seq = kiosk.seq + 1
    item = {"schema": 1, "manifest": {"id": uuid7(seq), "kiosk_id": kiosk.id, "install_id": INSTALL, "seq": seq,
                                      "receipt": receipt(kiosk.id, seq), "kind": "withdrawal", "item_code": ""},
            "resident": person, "withdraw": {"receipt": about}}
    key_id, sealed = kiosk.county.seal(item)
    assert kiosk.verdicts(kiosk.item(sealed=sealed, seq=seq, key_id=key_id, kind="withdrawal")) == ["accepted"]
    return seq


def answers(kiosk, seq):
    """All that was said under this number, as state and why."""
    wanted, found, cursor = receipt_hash(kiosk.id, seq), [], ""
    while True:
        page = kiosk.feed(cursor).json
        found += [(e["state"], e.get("facts", {}).get("why")) for e in page["entries"] if e["receipt_hash"] == wanted]
        cursor = page["cursor"]
        if not page["more"]:
            return found


class Applied(Case):
    def __init__(self, county, kiosk, person=LIN, **inside):
        self.county, self.kiosk = county, kiosk
        assert kiosk.verdicts(kiosk.application(resident=person, **inside)) == ["accepted"]
        self.id, self.number = uuid7(kiosk.seq), receipt(kiosk.id, kiosk.seq)


@pytest.fixture
def case(county, kiosk):
    return Applied(county, kiosk)


@pytest.mark.parametrize("before", [[], ["accept"], ["accept", "pause"], ["notify"], ["accept_gap"]])
def test_every_state_from_which_the_statute_leads_to_a_withdrawal(county, kiosk, before):
    case = Applied(county, kiosk)
    for event in before:
        case.step(event, **{"notify": {"materials": [LATE["id"]], "days": 2}, "accept_gap": {"materials": [LATE["id"]]},
                            "pause": {"reason": "等鉴定"}}.get(event, {}))
    seq = takes_back(kiosk, case.number, LIN)
    assert answers(kiosk, seq) == [("received", None), ("withdrawn", None)]
    assert case.told()["state"] == "withdrawn" and case.told()["timeline"]["article"] == "the applicant's own will"


def test_it_is_answered_at_once_and_no_page_need_be_opened(case, kiosk):
    takes_back(kiosk, case.number, LIN)
    assert case.whats()[-1] == "withdraw"


@pytest.mark.parametrize("person", [WANG, {**LIN, "name": "林秀瑛"}, {**LIN, "number": WANG["number"]}, None])
def test_whoever_is_not_the_applicant_withdraws_nothing(case, kiosk, person):
    seq = takes_back(kiosk, case.number, person)
    assert answers(kiosk, seq)[-1] == ("not_accepted", "person") and case.told()["state"] == "received"


def test_what_was_said_without_a_name_is_nobodys_to_withdraw(county, kiosk):
    nameless = Applied(county, kiosk, person=None, claim="0" * 64)
    seq = takes_back(kiosk, nameless.number, None)
    assert answers(kiosk, seq)[-1] == ("not_accepted", "person") and nameless.told()["state"] == "received"


def test_what_is_decided_stays_decided(case, kiosk):
    case.step("accept")
    case.step("grant")
    seq = takes_back(kiosk, case.number, LIN)
    assert answers(kiosk, seq)[-1] == ("not_accepted", "over") and case.told()["state"] == "granted"


def test_said_twice_it_is_withdrawn_once_and_answered_twice(case, kiosk):
    first, second = takes_back(kiosk, case.number, LIN), takes_back(kiosk, case.number, LIN)
    assert answers(kiosk, first)[-1] == answers(kiosk, second)[-1] == ("withdrawn", None)
    assert case.whats().count("withdraw") == 1


def test_one_that_comes_before_its_application_waits_for_it(county, kiosk):
    later = kiosk.seq + 2
    seq = takes_back(kiosk, receipt(kiosk.id, later), LIN)
    assert answers(kiosk, seq) == [("received", None)]
    case = Applied(county, kiosk)
    assert kiosk.seq == later and answers(kiosk, seq)[-1] == ("withdrawn", None) and case.told()["state"] == "withdrawn"


def test_of_a_number_that_nobody_has_nothing_is_said(kiosk):
    seq = takes_back(kiosk, "K0099-000001-0", LIN)
    assert answers(kiosk, seq) == [("received", None)]


def test_a_bundle_is_withdrawn_with_every_part_that_is_still_open(county, kiosk):
    bundle = Bundle(county, kiosk, "F01", resident=LIN)
    bundle.step("accept")
    bundle.step("grant", part=1)
    seq = takes_back(kiosk, receipt(kiosk.id, bundle.seq), LIN)
    assert answers(kiosk, seq)[-1] == ("withdrawn", None)
    states = bundle.states()
    assert states[0] == "granted" and set(states[1:]) == {"withdrawn"}


def test_while_nobody_can_open_it_it_waits_and_is_answered_later(county, kiosk):
    case = Applied(county, kiosk)
    county.opener.terminate()
    county.opener.wait(10)
    seq = takes_back(kiosk, case.number, LIN)
    assert answers(kiosk, seq) == [("received", None)]
    county.serve_opener()
    county.desk("items")
    assert answers(kiosk, seq)[-1] == ("withdrawn", None) and case.told()["state"] == "withdrawn"


def test_a_clerk_sees_which_application_it_takes_back(case, county, kiosk):
    seq = takes_back(kiosk, case.number, LIN)
    with Browser() as b:
        b.go(county.facts["desk_url"])
        b.click("#filters button", "已办结")
        choose(b, receipt(kiosk.id, seq))
        assert case.number in b.text(b.until("#answers", "撤回的申请"))
        assert not b.complaints()
