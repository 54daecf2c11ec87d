"""A matter of another county: taken in here, forwarded by the platform, decided there; record, answer and feedback keep one number
(收受分离, Guobanfa [2020] 35; SS-47)."""

import pytest

from county import receipt, uuid7
from practice import county, kiosk  # noqa: F401
from test_case import Case, add_working, today


class Forwarded(Case):
    def __init__(self, county, kiosk, belongs="yuecheng"):
        self.county, self.kiosk = county, kiosk
        inside = {"form": {"county": belongs, "case": "work", "place": "上海"}}
        if belongs != "here":
            inside["county"] = belongs
        assert kiosk.verdicts(kiosk.application(service="H02", **inside)) == ["accepted"]
        self.id = uuid7(kiosk.seq)


def there(county, path, body=None, at="yuecheng"):
    """As the other county's page asks, with the key that the home desk hands out."""
    doors = {d["county"]: d["path"] for d in county.desk("elsewhere/doors").json["doors"]}
    return county.desk("elsewhere/" + path, body, token="", headers={"Authorization": "Bearer " + doors[at].partition("token=")[2]})


@pytest.fixture
def case(county, kiosk):
    return Forwarded(county, kiosk)


def test_nobody_sees_or_decides_what_was_not_forwarded_to_them(county, kiosk, case):
    home = Forwarded(county, kiosk, "here")
    home.desk()
    assert there(county, f"item?id={case.id}", at="shangyu").status == 404
    assert there(county, "step", {"id": case.id, "event": "accept"}, at="shangyu").status == 404
    assert there(county, "step", {"id": home.id, "event": "accept"}).status == 404
    assert home.id not in [c["id"] for c in there(county, "cases").json["cases"]]
    assert county.desk("elsewhere/cases", token="", headers={"Authorization": "Bearer " + "0" * 32}).status == 403
    assert county.desk("items", token="", headers={"Authorization": "Bearer " + "0" * 32}).status == 403


def test_it_is_forwarded_as_it_comes_in_and_the_resident_sees_where_it_lies(county, case):
    told = case.told()
    place = told["timeline"]["elsewhere"]
    assert place["name"]["zh"] == "越城区行政服务中心" and place["phone"] == "0575-00000021" and place["address"]["en"]
    assert [s["what"] for s in told["timeline"]["steps"]] == ["received", "forward"]
    assert told["timeline"]["owner"]["name"] == "越城区行政服务中心"


def test_the_other_county_decides_under_the_same_number_and_its_days_are_longer(county, kiosk, case):
    row = next(c for c in there(county, "cases").json["cases"] if c["id"] == case.id)
    assert row["receipt"] == receipt("K0012", kiosk.seq) and row["state"] == "received"
    assert there(county, f"item?id={case.id}").json["item"]["form"]["place"] == "上海"
    assert there(county, "step", {"id": case.id, "ref": "YC-2026-17"}).status == 200
    assert case.told()["timeline"]["elsewhere"]["ref"] == "YC-2026-17" and case.whats()[-1] == "arrived"
    assert there(county, "step", {"id": case.id, "event": "accept"}).status == 200
    assert case.told()["timeline"]["promised_by"] == add_working(today(county), 3).isoformat()
    assert there(county, "step", {"id": case.id, "event": "grant", "note": "已经备案"}).status == 200
    told = case.told()
    assert (told["state"], told["note"]) == ("granted", "已经备案")


def test_what_the_other_county_refuses_has_its_reason_in_writing(county, case):
    there(county, "step", {"id": case.id, "event": "accept"})
    assert there(county, "step", {"id": case.id, "event": "deny"}).status == 400
    assert there(county, "step", {"id": case.id, "event": "deny", "reason": "没有参保记录"}).status == 200
    assert case.told()["state"] == "denied" and case.told()["timeline"]["reason"] == "没有参保记录"


def test_what_belongs_here_stays_here(county, kiosk):
    home = Forwarded(county, kiosk, "here")
    home.desk()
    assert "elsewhere" not in home.told()["timeline"] and home.step("accept")["state"] == "accepted"
