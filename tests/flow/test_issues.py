"""What went wrong becomes an issue: counted by cause, owned, mended, and open again when it comes again. In a real browser too."""
import datetime

import pytest

from browser import Browser
from county import BOOT, INSTALL, County, Kiosk, receipt, uuid7

HOUR = 3600


@pytest.fixture
def county(tmp_path):
    with County(tmp_path, "--practice") as c:
        c.serve_opener()
        yield c


@pytest.fixture
def kiosk(county, tmp_path):
    return Kiosk(county, tmp_path / "kiosk", code="11112222")


def wall(ago_s=0):
    then = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=ago_s)
    return then.strftime("%Y-%m-%dT%H:%M:%SZ")


def hand_in(kiosk, kind, code="D01", ago_s=0, **inside):
    """A sealed item of that kind, as handed in that long ago."""
    seq = kiosk.seq + 1
    item = {"schema": 1, "manifest": {"id": uuid7(seq), "kiosk_id": kiosk.id, "install_id": INSTALL, "seq": seq,
                                      "receipt": receipt(kiosk.id, seq), "kind": kind, "item_code": code}, "resident": None, **inside}
    key_id, sealed = kiosk.county.seal(item)
    clock = {"boot_id": "01900000-0000-7000-8000-0000000000cc", "boot_ms": 1, "wall": wall(ago_s), "clock_quality": "rtc"}
    assert kiosk.verdicts(kiosk.item(sealed=sealed, seq=seq, key_id=key_id, kind=kind, clock=clock)) == ["accepted"]


def beat(kiosk, *figures):
    return kiosk.post("/v1/heartbeats", {"install_id": INSTALL, "boot_id": BOOT, "boot_ms": 1, "firmware": "0.1.0",
                                         "queue": {"queued": 0, "held": 0, "dead": 0, "last_seq": kiosk.seq}, "figures": list(figures)})


def figure(what, about, detail, count, month="202611"):
    o = {"month": month, "what": what, "about": about, "detail": detail, "count": count}
    return {k: v for k, v in o.items() if v != ""}


def issues(county):
    answer = county.desk("issues").json
    assert answer["known"]
    return {(i["source"], i["about"], i["cause"]): i for i in answer["issues"]}


def set_state(county, issue, state, **more):
    return county.desk("issues/state", {"n": issue["n"], "state": state, **more})


def test_each_cause_is_one_issue_however_often_it_is_looked_at(county, kiosk):
    for reason in ("offices", "offices", "papers"):
        hand_in(kiosk, "escalation", reason=reason, weight="simple", phone="13800000000", words="KUAYULINXIUYING")
    hand_in(kiosk, "mismatch", differs=["fee", "days"])
    hand_in(kiosk, "repeat", code="E02", reason="papers", trips=2)
    hand_in(kiosk, "repeat", code="E02", reason="first-time", trips=2)
    hand_in(kiosk, "repeat", code="E02", reason="papers", trips=1)
    hand_in(kiosk, "rating", rating={"level": 5, "tags": []})
    hand_in(kiosk, "rating", rating={"level": 1, "tags": ["slow", "attitude"]})
    hand_in(kiosk, "rating", rating={"level": 2, "tags": []})
    issues(county)
    found = issues(county)
    assert {k: i["count"] for k, i in found.items()} == {
        ("unsettled", "D01", "offices"): 2, ("unsettled", "D01", "papers"): 1, ("guide", "D01", "fee"): 1, ("guide", "D01", "days"): 1,
        ("again", "E02", "papers"): 1, ("rating", "D01", "slow"): 1, ("rating", "D01", "attitude"): 1, ("rating", "D01", "other"): 1}
    one = found["unsettled", "D01", "offices"]
    assert one["name"] == "重度残疾人护理补贴申领" and "民政局" in one["owner"] and one["state"] == "open" and one["returned"] == 0
    body = county.desk("issues").body.decode()
    assert "13800000000" not in body and "KUAYULINXIUYING" not in body and receipt(kiosk.id, 1) not in body


def test_what_cannot_be_opened_is_said_to_be_missing_and_counted_later(county, kiosk):
    county.opener.terminate()
    county.opener.wait(10)
    hand_in(kiosk, "escalation", reason="papers", weight="simple")
    assert county.desk("issues").json == {"known": False, "issues": []}
    county.serve_opener()
    assert issues(county)["unsettled", "D01", "papers"]["count"] == 1


def test_nonsense_under_the_seal_makes_no_issue_of_its_own_words(county, kiosk):
    hand_in(kiosk, "escalation", reason="330602199001010018", weight="simple")
    hand_in(kiosk, "mismatch", differs=["测试甲", {"a": 1}, "fee"])
    kiosk.verdicts(kiosk.item("not sealed at all", kind="escalation"))
    assert set(issues(county)) == {("unsettled", "D01", "other"), ("guide", "D01", "fee"), ("unsettled", "", "other")}


def test_a_mended_issue_opens_again_by_itself_but_not_for_what_was_before(county, kiosk):
    hand_in(kiosk, "mismatch", differs=["fee"])
    one = issues(county)["guide", "D01", "fee"]
    assert set_state(county, one, "mended").status == 400  # nothing mends by itself
    assert set_state(county, one, "mending", owner="区民政局").status == 200
    assert set_state(county, one, "mended", changed="指南改为不收费").status == 200
    hand_in(kiosk, "mismatch", ago_s=3 * HOUR, differs=["fee"])  # a kiosk that was offline
    one = issues(county)["guide", "D01", "fee"]
    assert (one["state"], one["count"], one["returned"], one["owner"], one["changed"]) == ("mended", 2, 0, "区民政局", "指南改为不收费")
    hand_in(kiosk, "mismatch", ago_s=-2, differs=["fee"])
    one = issues(county)["guide", "D01", "fee"]
    assert (one["state"], one["count"], one["returned"]) == ("open", 3, 1)
    county.restart()
    county.serve_opener()
    assert issues(county)["guide", "D01", "fee"] == one


def test_an_overdue_case_becomes_an_issue_once(county, kiosk):
    assert kiosk.verdicts(kiosk.application(service="E03")) == ["accepted"]
    county.desk(f"item?id={uuid7(kiosk.seq)}")
    assert county.desk("step", {"id": uuid7(kiosk.seq), "event": "accept"}).status == 200
    assert county.desk("day", {"days": 60}).status == 200
    found = issues(county)
    assert found["late", "E03", "promise"]["count"] == 1
    assert issues(county) == found


def test_what_kiosks_count_comes_once_however_often_the_heartbeat_says_it(county, kiosk):
    for _ in range(2):
        assert beat(kiosk, figure("fault", "", "paper", 2), figure("left", "D01", "page-2", 3), figure("again", "D01", "", 4)).status == 200
    assert beat(kiosk, figure("fault", "", "paper", 3), figure("left", "D01", "page-2", 1)).status == 200
    assert {k: i["count"] for k, i in issues(county).items()} == {("fault", "K0012", "paper"): 3, ("left", "D01", "page-2"): 3}


@pytest.mark.parametrize("bad", [figure("", "", "", 1), figure("x y", "", "paper", 1), figure("fault", "测试甲", "paper", 1),
                                 figure("fault", "", "paper", 0), figure("fault", "", "paper", "3"), figure("fault", "", "p" * 25, 1),
                                 figure("fault", "", "paper", 1, month="2026-11"), {}, 7])
def test_figures_that_are_none_are_refused_whole(county, kiosk, bad):
    assert beat(kiosk, figure("fault", "", "paper", 1), bad).status == 400
    assert issues(county) == {}


def test_states_that_make_no_sense_change_nothing(county, kiosk):
    hand_in(kiosk, "mismatch", differs=["fee"])
    one = issues(county)["guide", "D01", "fee"]
    for more, status in (({"state": "gone"}, 400), ({"state": "mending", "owner": "x" * 31}, 400), ({"state": "mending", "owner": 7}, 400),
                         ({"state": "mended", "changed": "x" * 101}, 400), ({"state": "open", "n": 99}, 404), ({"n": one["n"]}, 400)):
        assert county.desk("issues/state", {"n": one["n"], **more}).status == status, more
    assert issues(county)["guide", "D01", "fee"] == one
    assert county.desk("issues", token="0" * 32).status == 403
    assert county.desk("issues/state", {"n": 1, "state": "open"}, token="").status == 403


def test_page_takes_an_issue_from_open_to_mended_and_shows_that_it_came_again(county, kiosk):
    hand_in(kiosk, "escalation", reason="offices", weight="simple")
    beat(kiosk, figure("fault", "", "printer", 12))
    with Browser() as b:
        b.go(county.facts["desk_url"].replace("/?", "/issues.html?"))
        row = '#rows tr[data-n="2"]'
        b.until(row, "几个部门说法不一")
        assert "12" in b.text(b.until("#rows tr", "打印机")) and "token" not in b.js("return location.href")
        b.click(f"{row} button", "Being mended")
        b.until(f"{row} .state", "Being mended")
        b.type(f"{row} input", "三个部门定了一张单子")
        b.click(f"{row} button", "Mended")
        b.until(f"{row} .changed", "三个部门定了一张单子")
        hand_in(kiosk, "escalation", reason="offices", weight="simple", ago_s=-2)
        b.js("document.activeElement.blur()")
        b.until(f"{row} .late", "came again 1")
        assert b.complaints() == []
