"""The check after a decision that rests on a promise in place of a proof (告知承诺; regulation Art. 14, services.md SS-22), over
HTTP as the desk's page drives it; each test names what the article asks."""
import pytest

from bundles import Bundle, children
from county import uuid7
from practice import county, kiosk  # noqa: F401
from test_case import Case, add_working, today, turn

PROMISED = {"form": {"premises": "promise"}, "rests_on_promise": True}


class Licence(Case):
    """A sole trader's licence, granted on the promise about the premises."""

    def __init__(self, county, kiosk, **inside):
        self.county, self.kiosk = county, kiosk
        assert kiosk.verdicts(kiosk.application(service="B01", **inside)) == ["accepted"]
        self.id = uuid7(kiosk.seq)
        self.desk()

    def row(self):
        return next((c for c in self.county.desk("checks").json["checks"] if c["id"] == self.id), None)

    def find(self, event, **more):
        return self.county.desk("checks", {"id": self.id, "event": event, **more})

    def check(self):
        return self.told()["timeline"].get("check")


@pytest.fixture
def granted(county, kiosk):
    licence = Licence(county, kiosk, **PROMISED)
    licence.step("accept")
    licence.step("grant")
    return licence


def test_article_14_only_what_rests_on_a_promise_is_checked_and_only_once_it_is_granted(county, kiosk):
    paper = Licence(county, kiosk, form={"premises": "paper"})
    paper.step("accept")
    paper.step("grant")
    assert paper.row() is None and paper.check() is None
    promised = Licence(county, kiosk, **PROMISED)
    promised.step("accept")
    assert promised.row() is None and promised.check() is None
    assert promised.find("kept").status == 409
    promised.step("deny", reason="名称不合规定")
    assert promised.row() is None


def test_article_14_the_check_is_due_60_working_days_after_the_decision(granted, county):
    due = add_working(today(county), 60).isoformat()
    assert granted.row()["check_by"] == due and granted.row()["days_left"] == 60
    assert granted.check() == {"what": {"zh": "场地真实、合法", "en": "the premises are real and lawful"}, "state": "open", "by": due}
    turn(county, 100)
    assert granted.row()["is_late"] and granted.row()["state"] == "open", "an office that is late takes nothing from anybody"
    assert granted.told()["state"] == "granted"
    assert {"check_soon", "check_late"} <= {r["what"] for r in granted.desk()["record"]}


def test_article_14_what_was_kept_is_recorded_and_told(granted, county):
    assert granted.find("kept", note="现场看过").status == 200
    assert granted.check()["state"] == "kept" and granted.told()["note"] == "现场看过" and granted.told()["state"] == "granted"
    assert granted.desk()["record"][-1]["what"] == "promise_kept" and granted.desk()["record"][-1]["article"] == "Art. 14"
    assert granted.find("demand", days=10, reason="x").status == 409


def test_article_14_a_broken_promise_is_demanded_in_writing_and_revoked_only_when_its_day_went_by(granted, county):
    assert granted.find("break", reason="场地是车库").status == 409, "no demand yet"
    assert granted.find("demand", days=10).status == granted.find("demand", days=10, reason="").status == 400, "in writing"
    assert granted.find("demand", reason="场地是车库").status == 400, "by a day"
    assert granted.find("demand", days=10, reason="场地是车库").status == 200
    due = add_working(today(county), 10).isoformat()
    told = granted.told()
    assert told["timeline"]["check"]["state"] == "demanded" and told["timeline"]["check"]["by"] == due
    assert told["timeline"]["reason"] == "场地是车库" and told["state"] == "granted"
    assert granted.find("break", reason="没有改").word == "step" and granted.told()["state"] == "granted"
    turn(county, 30)
    whats = [s["what"] for s in granted.told()["timeline"]["steps"]]
    assert "promise_reminded" in whats and granted.told()["state"] == "granted", "no clock revokes a decision"
    assert granted.find("break").status == 400, "the reason in writing"
    assert granted.find("break", reason="逾期没有整改").status == 200
    told = granted.told()
    assert (told["state"], told["timeline"]["check"]["state"]) == ("annulled", "broken")
    assert told["timeline"]["reason"] == "逾期没有整改" and told["timeline"]["article"] == "Art. 14"
    assert granted.desk()["allowed"] == [] and granted.row()["state"] == "broken"


def test_article_14_what_is_put_right_in_time_is_kept(granted, county):
    granted.find("demand", days=10, reason="没有挂牌")
    turn(county, 3)
    assert granted.find("kept").status == 200 and granted.check()["state"] == "kept"
    turn(county, 30)
    assert granted.told()["state"] == "granted"


def test_article_14_in_a_bundle_the_licence_is_checked_and_its_siblings_stand(county, kiosk):
    parts = children("B02")[:2]
    parts[0]["rests_on_promise"] = True
    parts[0]["item_code"] = "B01"
    shop = Bundle(county, kiosk, "B02", parts=parts)
    shop.step("accept")
    shop.step("grant")
    assert shop.part(1)["check"]["state"] == "open" and "check" not in shop.part(2)

    def find(event, **more):
        return county.desk("checks", {"id": shop.id, "part": 1, "event": event, **more})

    assert county.desk("checks", {"id": shop.id, "part": 3, "event": "kept"}).status == 404
    assert find("demand", days=5, reason="场地是车库").status == 200
    turn(county, 14)
    assert find("break", reason="逾期没有整改").status == 200
    assert shop.states() == ["annulled", "granted"] and shop.told()["state"] == "granted"


def test_a_restart_keeps_what_is_to_be_checked(granted, county):
    granted.find("demand", days=10, reason="没有挂牌")
    before = granted.row()
    county.restart()
    county.serve_opener()
    assert granted.row() == before


def test_foreign_words_change_nothing(granted, county):
    before = granted.row()
    for body in ({}, {"id": granted.id}, {"id": granted.id, "event": "forget"}, {"id": granted.id, "event": "kept", "part": 99},
                 {"id": uuid7(999999), "event": "kept"}, {"id": granted.id, "event": "demand", "days": 1, "reason": "长" * 201}):
        assert county.desk("checks", body).status >= 400
    assert granted.row() == before
