"""The month as a report: a scripted month with a known answer, for a point and for the county; small counts stay untold; on paper."""
import base64
import datetime
import re
import subprocess

import pytest

from browser import Browser
from county import County, Kiosk, uuid7
from test_issues import beat, figure, hand_in

MONTH = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8)).strftime("%Y%m")


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    with County(tmp_path_factory.mktemp("county"), "--practice") as c:
        c.serve_opener()
        script(c, tmp_path_factory)
        yield c


def apply(kiosk, times, code="D01", **inside):
    for _ in range(times):
        hand_in(kiosk, "application", code=code, form={}, materials=[{"id": "a", "how": "fetched"}, {"id": "b", "how": "to-show"}], **inside)


def decide(county, kiosk, first, last):
    for seq in range(first, last + 1):
        county.desk(f"item?id={uuid7(seq)}")
        assert county.desk("step", {"id": uuid7(seq), "event": "accept"}).status == 200
        assert county.desk("step", {"id": uuid7(seq), "event": "grant"}).status == 200


def script(county, folders):
    """K0012: 30 matters and what goes with them. K0077: three, which nobody may tell from the county's report."""
    one = Kiosk(county, folders.mktemp("one"), code="11112222")
    apply(one, 12, village="changshou")
    apply(one, 6, help_mode="assist", help_service="form", village="shuangxi")
    apply(one, 5, agency={"agent": {"name": "测试乙"}}, help_mode="act")
    apply(one, 7, code="F01", children=[{"no": 1}, {"no": 2}, {"no": 3}])
    hand_in(one, "application", code="D01", ago_s=40 * 86400)  # of an earlier month
    for _ in range(5):
        hand_in(one, "appointment", code="Q02", booking={"calendar": "home", "day": "20261130", "half": "am"})
    hand_in(one, "appointment", code="Q01", booking={"calendar": "window", "day": "20261130", "half": "am"})
    for level in (5, 5, 5, 5, 5, 4, 4, 4, 4, 4):
        hand_in(one, "rating", rating={"level": level, "tags": []})
    for _ in range(5):
        hand_in(one, "repeat", reason="papers", trips=2)
        hand_in(one, "escalation", reason="offices", weight="simple", answer_by="20991231")
    decide(county, one, 1, 5)
    for e in county.desk("escalations").json["escalations"]:
        assert county.desk("escalations/answer", {"id": e["id"], "answer": "可以办"}).status == 200
    assert beat(one, figure("again", "D01", "", 6, MONTH), figure("fault", "", "paper", 2, MONTH), figure("left", "D01", "page-2", 5, MONTH),
                figure("left", "D01", "page-3", 4, MONTH)).status == 200
    apply_few(county, folders)


def apply_few(county, folders):
    few = Kiosk(county, folders.mktemp("few"), code="33334444", kiosk_id="K0077")
    few.seq = 1000  # ids of a kiosk of its own
    apply(few, 3, help_mode="guide")


def report(county, kiosk="K0012", month=MONTH):
    answer = county.desk(f"report?month={month}&kiosk={kiosk}")
    assert answer.status == 200, answer.body
    return answer.json


def test_scripted_month_has_its_known_answer(county):
    o = report(county)
    ways = {m["code"]: m["ways"] for m in o["matters"]["list"]}
    assert ways["D01"] == {"alone": 12, "guide": 0, "assist": 6, "do": 0, "act": 5, "visit": 0, "all": 23}
    assert ways["F01"] == {"alone": 7, "guide": 0, "assist": 0, "do": 0, "act": 0, "visit": 0, "all": 7}
    assert ways["Q02"]["visit"] == 5 and "Q01" not in ways
    assert o["matters"]["all"] == {"alone": 19, "guide": 0, "assist": 6, "do": 0, "act": 5, "visit": 5, "all": 35}
    assert o["matters"]["services"]["list"] == [{"service": "form", "count": 6}]
    assert {v["village"]: v["count"] for v in o["villages"]["list"]} == {"": 12, "changshou": 12, "shuangxi": 6}
    trips = o["trips"]
    assert (trips["handed_in"], trips["second"], trips["saved"], trips["papers_not_asked"], trips["forms_spared"]) == (30, 6, 24, 30, 14)
    assert trips["reasons"]["list"] == [{"cause": "papers", "count": 5}]
    assert o["ratings"] == {"count": 10, "grades": [0, 0, 0, 5, 5], "mean_tenths": 45}
    assert o["unsettled"]["list"] == [{"cause": "offices", "count": 5}]
    assert [o["unsettled"][k] for k in ("registered", "in_time", "late", "waiting")] == [5, 5, 0, 0]
    assert [o["times"][k] for k in ("decided", "in_promise", "in_law_only", "past_law")] == [5, 5, 0, 0]
    assert [o["times"][k] for k in ("taken_tenths", "promised_tenths", "by_law_tenths")] == [0, 100, None]
    assert o["faults"] == [{"kiosk": "K0012", "part": "paper", "count": 2}]
    assert [(x["code"], x["page"], x["count"]) for x in o["left"]] == [("D01", "page-2", 5)]


def test_few_people_are_not_told_nor_to_be_reckoned_from_the_sums(county):
    few = report(county, "K0077")
    assert few["matters"]["list"][0]["ways"]["guide"] is None and few["matters"]["all"]["all"] is None
    assert few["trips"]["handed_in"] is None and few["trips"]["saved"] is None and few["villages"]["count"] is None
    whole = report(county, "")
    d01 = next(m["ways"] for m in whole["matters"]["list"] if m["code"] == "D01")
    assert d01["guide"] is None and sum(v is None for v in d01.values()) >= 2
    assert "测试" not in county.desk(f"report?month={MONTH}").body.decode()


def test_another_month_and_a_month_that_is_none(county):
    empty = report(county, month="201911")
    assert empty["matters"]["list"] == [] and empty["trips"]["handed_in"] == 0 and empty["ratings"]["mean_tenths"] is None
    for bad in ("2026", "202613", "20261a", "2026110"):
        assert county.desk(f"report?month={bad}").status == 400
    assert county.desk("report", token="0" * 32).status == 403


def test_nothing_is_told_of_half_a_month(tmp_path):
    with County(tmp_path) as c:
        hand_in(Kiosk(c, tmp_path / "kiosk", code="11112222"), "mismatch", differs=["fee"])
        assert c.desk("report").status == 503  # county-open is not there: figures would be incomplete


def test_report_on_the_screen_and_as_two_sheets_of_paper(county, tmp_path):
    with Browser() as b:
        b.go(county.facts["desk_url"].replace("/?", "/report.html?"))
        b.until("#title", MONTH[:4])
        b.js("const k=document.getElementById('kiosk'); k.value='K0012'; k.dispatchEvent(new Event('change',{bubbles:true}))")
        b.until("#title", "K0012")
        assert "24" in b.text(b.until("#trips div", "Trips saved")) and "23" in b.text(b.until("#matters tr", "D01"))
        sheet = base64.b64decode(b.do("POST", "/print", {"page": {"width": 21.0, "height": 29.7}}))
        assert b.complaints() == []
    (tmp_path / "report.pdf").write_bytes(sheet)
    assert sheet.startswith(b"%PDF") and 1 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", sheet)) <= 2
