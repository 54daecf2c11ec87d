"""The clerk's page of what could not be done, in a real browser."""
import datetime

import pytest

from browser import Browser
from county import County, Kiosk, receipt, uuid7


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    with County(tmp_path_factory.mktemp("county")) as c:
        c.serve_opener()
        yield c


@pytest.fixture(scope="module")
def kiosk(county, tmp_path_factory):
    return Kiosk(county, tmp_path_factory.mktemp("kiosk"), code="11112222")


def register(county, kiosk, weight="simple", days_ago=0):
    seq = kiosk.seq + 1
    wall = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")
    item = {"schema": 1, "manifest": {"id": uuid7(seq), "kiosk_id": kiosk.id, "install_id": "01900000-0000-7000-8000-0000000000aa",
                                      "seq": seq, "receipt": receipt(kiosk.id, seq), "kind": "escalation", "item_code": "D01",
                                      "clock": {"wall": wall}},
            "resident": None, "reason": "papers", "weight": weight, "answer_by": "20261130"}
    key_id, sealed = county.seal(item)
    assert kiosk.verdicts(kiosk.item(sealed=sealed, seq=seq, key_id=key_id, kind="escalation")) == ["accepted"]
    return receipt(kiosk.id, seq)


def facts(kiosk):
    return kiosk.feed().json["entries"][-1]["facts"]


def test_page_shows_who_answers_and_takes_the_answer(county, kiosk):
    number = register(county, kiosk)
    with Browser() as b:
        b.go(county.facts["desk_url"].replace("/?", "/escalations.html?"))
        row = b.until("#rows tr", number)
        assert "王敏" in b.text(row) and "1 / 4" in b.text(row)
        assert "token" not in b.js("return location.href")
        b.type("#rows td:last-child input", "明天带身份证来就行")
        b.click("#rows td:last-child button", "Answer")
        b.until("#rows td", "明天带身份证来就行")
        assert b.complaints() == []
    assert facts(kiosk)["answer"] == "明天带身份证来就行" and kiosk.feed().json["entries"][-1]["state"] == "answered"


def test_silence_takes_it_up_level_by_level_to_the_province(county, kiosk):
    number = register(county, kiosk, days_ago=60)
    row = next(e for e in county.desk("escalations").json["escalations"] if e["receipt"] == number)
    assert row["level"] == 4 and row["late"] and row["owner"] == "省级部门"
    assert facts(kiosk)["level"] == "4"


def test_answers_that_make_no_sense_change_nothing(county, kiosk):
    register(county, kiosk)
    one = uuid7(kiosk.seq)
    for body, status in (({"id": one, "answer": ""}, 400), ({"id": one, "answer": "x" * 67}, 400), ({"id": one}, 400),
                         ({"id": uuid7(9999), "answer": "x"}, 404)):
        assert county.desk("escalations/answer", body).status == status
    assert county.desk("escalations/answer", {"id": one, "answer": "x"}).status == 200
    assert county.desk("escalations/answer", {"id": one, "answer": "y"}).status == 409


def test_nobody_reads_the_list_without_the_token(county, kiosk):
    assert county.desk("escalations", token="0" * 32).status == 403
    assert county.desk("escalations/answer", {"id": uuid7(1), "answer": "x"}, token="").status == 403


def test_page_accepts_other_evidence_before_the_answer(county, kiosk):
    number = register(county, kiosk)
    given = {"paper": "出生年份", "evidence": "知青下乡登记表", "reason": "登记时写错", "by": "章师傅"}
    with Browser() as b:
        b.go(county.facts["desk_url"].replace("/?", "/escalations.html?"))
        b.until("#rows tr", number)
        b.js("[...document.querySelectorAll('#rows tr')].find(r => r.innerText.includes(arguments[0])).id = 'it'", number)
        b.click("#it summary", "Other evidence")
        for name, words in given.items():
            b.type(f"#it input[name={name}]", words)
        b.click("#it details button", "Accept")
        b.until("#rows td", "出生年份：知青下乡登记表（章师傅）")
        assert b.complaints() == []
    assert facts(kiosk)["waived"] == "出生年份" and facts(kiosk)["evidence"] == "知青下乡登记表" and "章师傅" not in str(facts(kiosk))
