"""A rating finds its case at the county (SS-56): one for each, the first, never before the application; a delivered case is rated
by it, and a bad grade obliges somebody to call back by a day."""
import pytest

from browser import Browser
from bundles import Bundle
from county import receipt, uuid7
from practice import county, kiosk  # noqa: F401
from test_case import Case, add_working, today, turn
from test_desk import choose


@pytest.fixture
def case(county, kiosk):
    return Case(county, kiosk)


def rates(case, level=5, tags=(), about=None):
    kiosk, seq = case.kiosk, case.kiosk.seq + 1
    about = about or receipt(kiosk.id, int(case.id[-4:], 16))
    item = {"schema": 1, "manifest": {"id": uuid7(seq), "kiosk_id": kiosk.id, "install_id": "01900000-0000-7000-8000-0000000000aa",
                                      "seq": seq, "receipt": receipt(kiosk.id, seq), "kind": "rating", "item_code": "D01"},
            "resident": None, "rating": {"case": about, "level": level, "tags": list(tags), "channel": "kiosk"}}
    key_id, sealed = case.county.seal(item)
    assert kiosk.verdicts(kiosk.item(sealed=sealed, seq=seq, key_id=key_id, kind="rating")) == ["accepted"]


def deliver(case):
    for event, more in (("accept", {}), ("grant", {}), ("deliver", {"delivery": {"kind": "account"}})):
        case.step(event, **more)


@pytest.mark.parametrize("level", [0, 6, -1, "5", None])
def test_a_grade_that_is_none_is_no_rating(case, level):
    rates(case, level)
    assert "rating" not in case.desk()


def test_a_rating_of_no_case_counts_for_nothing(case):
    rates(case, about="K0099-000001-0")
    rates(case, about=receipt("K0012", case.kiosk.seq + 2))  # what is yet to come
    assert "rating" not in case.desk()
    other = Case(case.county, case.kiosk)
    assert "rating" not in other.desk(), "no rating comes before its case"


def test_the_first_rating_of_a_case_counts_and_no_other(case):
    rates(case, 4)
    rates(case, 1)
    assert case.desk()["rating"]["level"] == 4 and case.desk()["rating"]["due"] == ""


def test_a_delivered_case_is_rated_and_one_under_way_when_it_is_delivered(case, county, kiosk):
    deliver(case)
    rates(case, 5)
    assert case.desk()["state"] == "rated" and case.told()["state"] == "rated" and case.whats()[-1] == "rate"
    early = Case(county, kiosk)
    rates(early, 5)
    assert early.desk()["state"] == "received", "its state is the county's"
    deliver(early)
    assert early.told()["state"] == "rated"


def test_a_bundle_is_rated_as_one(county, kiosk):
    bundle = Bundle(county, kiosk, "F01")
    rates(bundle, 5)
    bundle.desk()
    bundle.step("accept")
    bundle.step("grant")
    assert bundle.step("deliver", delivery={"kind": "electronic"})["state"] == "rated"
    assert bundle.states() == ["delivered"] * 5


def test_a_bad_grade_obliges_to_call_back_by_a_day(case, county):
    rates(case, 2, ["slow", "trips"])
    rating = case.desk()["rating"]
    assert rating["due"] == add_working(today(county), 5).isoformat() and rating["tags"] == ["slow", "trips"]
    row = county.desk("items").json["items"]
    assert next(i for i in row if i["id"] == case.id)["revisit_by"] == rating["due"]
    turn(county, 14)
    assert case.desk()["rating"]["late"] is True
    assert county.desk("revisit", {"id": case.id, "words": "已道歉，当天补办", "by": "李敏"}).status == 200
    rating = case.desk()["rating"]
    assert (rating["words"], rating["by"], rating["late"]) == ("已道歉，当天补办", "李敏", False)
    assert "道歉" not in str(case.told()) and case.whats()[-1] == "revisit"
    assert county.desk("revisit", {"id": case.id, "words": "x", "by": "y"}).status == 409


@pytest.mark.parametrize("wrong", [{"words": ""}, {"by": ""}, {"words": "字" * 61}, {"words": 7}, {"by": None}])
def test_calling_back_needs_words_and_a_name(case, county, wrong):
    rates(case, 1)
    case.desk()
    assert county.desk("revisit", {"id": case.id, "words": "x", "by": "y", **wrong}).status == 400
    assert case.desk()["rating"]["revisited"] == ""


def test_a_good_grade_obliges_to_nothing(case, county):
    rates(case, 3)
    case.desk()
    assert county.desk("revisit", {"id": case.id, "words": "x", "by": "y"}).status == 404


def test_desk_shows_the_grade_and_takes_what_came_of_calling_back(county, kiosk, case, tmp_path):
    rates(case, 1, ["attitude"])
    with Browser() as b:
        b.go(county.facts["desk_url"])
        choose(b, receipt("K0012", int(case.id[-4:], 16)))
        shown = b.text(b.until("#rating-facts", "非常不满意"))
        assert "态度" in shown and case.desk()["rating"]["due"] in shown
        b.screenshot(tmp_path / "rating.png")
        b.type("#revisit-words", "当面解释清楚了")
        b.type("#revisit-by", "李敏")
        b.click("#revisit button", "Called back")
        b.until("#rating-facts", "当面解释清楚了")
        assert b.complaints() == []
