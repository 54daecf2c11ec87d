"""What went wrong becomes an issue: counted by cause, owned, mended, and open again when it comes again. In a real browser too."""
import datetime
import subprocess

import pytest

from browser import ELEMENT, Browser
from county import BOOT, INSTALL, ROOT, County, Kiosk, build_dir, make_keys, receipt, uuid7

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


def turn_past(county, issue, more=1):
    """The county's days, on to those after the last one for an answer (0: to that one), whatever holidays come between."""
    today = datetime.date.fromisoformat(county.desk("day").json["today"])
    due = datetime.datetime.strptime(issue["due"], "%Y%m%d").date()
    assert county.desk("day", {"days": (due - today).days + more}).status == 200


def test_an_issue_gets_its_level_by_cause_reach_and_return(county, kiosk, tmp_path):
    hand_in(kiosk, "escalation", reason="offices", weight="simple")
    hand_in(kiosk, "escalation", reason="papers", weight="simple")
    hand_in(kiosk, "rating", rating={"level": 1, "tags": ["slow"]})
    beat(kiosk, figure("fault", "", "paper", 4), figure("left", "D01", "page-2", 1))
    found = issues(county)
    assert {k[0] + k[2]: (i["level"], i["answers_for"]["zh"]) for k, i in found.items()} == {
        "unsettledoffices": (3, "区政务服务办公室"), "unsettledpapers": (2, found["unsettled", "D01", "papers"]["owner"]),
        "ratingslow": (1, "便民服务中心"), "faultpaper": (1, "便民服务中心"), "leftpage-2": (1, "便民服务中心")}
    assert "民政局" in found["unsettled", "D01", "papers"]["answers_for"]["zh"]
    assert [i["level"] for i in county.desk("issues").json["issues"]] == [3, 2, 1, 1, 1]  # the gravest stand first
    beat(kiosk, figure("fault", "", "paper", 5))
    assert issues(county)["fault", "K0012", "paper"]["level"] == 2  # five times
    other = Kiosk(county, tmp_path / "other", code="33334444", kiosk_id="K0077")
    beat(other, figure("left", "D01", "page-2", 1))
    one = issues(county)["left", "D01", "page-2"]
    assert (one["kiosks"], one["level"]) == (2, 1)
    slow = issues(county)["rating", "D01", "slow"]
    assert set_state(county, slow, "mended", changed="多开一个窗口").status == 200
    hand_in(kiosk, "rating", ago_s=-2, rating={"level": 2, "tags": ["slow"]})
    assert issues(county)["rating", "D01", "slow"]["level"] == 2  # it came again


def test_an_issue_that_nobody_mends_climbs_and_says_who_let_its_time_pass(county, kiosk):
    hand_in(kiosk, "rating", rating={"level": 1, "tags": ["slow"]})
    one = issues(county)["rating", "D01", "slow"]
    first = one["due"]
    assert (one["level"], one["left"], one["missed"]) == (1, 1, [])
    turn_past(county, one, 0)
    assert issues(county)["rating", "D01", "slow"]["level"] == 1  # its last day is not over
    turn_past(county, one)
    one = issues(county)["rating", "D01", "slow"]
    assert one["level"] == 2 and 0 < one["left"] <= 5 and "民政局" in one["answers_for"]["zh"]
    assert one["missed"] == [{"level": 1, "who": {"zh": "便民服务中心", "en": "the service point"}, "due": first}]
    county.restart()
    county.serve_opener()
    assert issues(county)["rating", "D01", "slow"] == one
    assert county.desk("day", {"days": 60}).status == 200
    last = issues(county)["rating", "D01", "slow"]
    assert last["level"] == 4 and last["left"] < 0 and [m["level"] for m in last["missed"]] == [1, 2, 3]
    assert last["answers_for"]["zh"] == "省级部门"


def test_a_mended_issue_climbs_no_more_and_begins_anew_when_it_is_opened_again(county, kiosk):
    hand_in(kiosk, "rating", rating={"level": 1, "tags": ["slow"]})
    one = issues(county)["rating", "D01", "slow"]
    turn_past(county, one)
    assert set_state(county, one, "mended", changed="多开一个窗口").status == 200
    before = issues(county)["rating", "D01", "slow"]
    assert (before["level"], len(before["missed"])) == (2, 1)  # also when nobody looked in between
    assert county.desk("day", {"days": 60}).status == 200
    assert issues(county)["rating", "D01", "slow"]["level"] == 2
    assert set_state(county, one, "open").status == 200
    again = issues(county)["rating", "D01", "slow"]
    assert (again["level"], again["left"], again["missed"]) == (1, 1, [])


@pytest.mark.parametrize("text, says", [("{}", "levels"), ("nonsense", "line 1"), (None, "")])
def test_a_county_without_a_rule_for_levels_does_not_begin(tmp_path, text, says):
    rule, keys = tmp_path / "levels.json", tmp_path / "keys"
    if text is not None:
        rule.write_text(text)
    make_keys(keys)
    run = subprocess.run([build_dir() / "county-platform", "--keys", keys / "platform", "--data", tmp_path / "county", "--catalogue",
                          ROOT / "assets/catalogue/catalogue.json", "--issue-levels", rule], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 1 and str(rule) in run.stderr and says in run.stderr


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


def test_page_shows_the_level_who_answers_for_it_and_in_red_who_is_late(county, kiosk, tmp_path):
    hand_in(kiosk, "rating", rating={"level": 1, "tags": ["slow"]})
    hand_in(kiosk, "escalation", reason="rules", weight="simple")
    with Browser() as b:
        b.go(county.facts["desk_url"].replace("/?", "/issues.html?"))
        grade = '#rows tr[data-n="1"] .grade'
        b.until(f"{grade} .level-1", "一级")
        assert "便民服务中心" in b.text(b.until(f"{grade} .about")) and not b.find(f"{grade} .late")
        b.until('#rows tr:first-child[data-n="2"] .level-3', "Level 3")
        turn_past(county, issues(county)["rating", "D01", "slow"])
        b.until(f"{grade} .level-2", "二级")
        late = b.until(f"{grade} .late", "便民服务中心")
        assert "没有解决" in b.text(late) and "not mended: the service point" in b.text(late)
        red = b.js("return getComputedStyle(arguments[0]).color", {ELEMENT: late})
        assert red == b.js("const e = document.createElement('i'); e.style.color = 'var(--bad)'; document.body.append(e);"
                           " return getComputedStyle(e).color")
        assert county.desk("day", {"days": 60}).status == 200
        b.until(f"{grade} .late", "省级部门 超期")
        b.screenshot(tmp_path / "issues.png")
        assert b.complaints() == []
