"""The clerk's page in a real browser: an application arrives, is read, is decided, and the kiosk hears of it."""
import json

import pytest

from browser import Browser
from county import ROOT, County, Kiosk, receipt, uuid7

PERSON = json.loads((ROOT / "tests/data/persons/lin-xiuying.json").read_text())
CATALOGUE = json.loads((ROOT / "assets/catalogue/catalogue.json").read_text())
SERVICE = next(s for s in CATALOGUE["services"] if s["code"] == "D01")
LATE = next(m for m in SERVICE["materials"] if m["how"] == "later")
SIGNATURE = {"width": 920, "height": 360, "strokes": [[[40, 200, 0], [300, 90, 60], [600, 260, 120]], [[700, 100, 300]]]}


@pytest.fixture(scope="module")
def browser():
    with Browser() as b:
        yield b


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    with County(tmp_path_factory.mktemp("county")) as c:
        c.serve_opener()
        yield c


@pytest.fixture(scope="module")
def kiosk(county, tmp_path_factory):
    return Kiosk(county, tmp_path_factory.mktemp("kiosk"), code="11112222")


@pytest.fixture
def desk(browser, county):
    browser.go(county.facts["desk_url"])
    yield browser
    assert browser.complaints() == []


def arrives(kiosk, **inside):
    whole = {"resident": PERSON, "form": {"kind": "limb", "grade": "1", "phone": "13800000000"}, "signature": SIGNATURE,
             "materials": [{"id": SERVICE["materials"][0]["id"], "how": "fetched"}, {"id": LATE["id"], "how": "later", "within_days": 10}],
             "promise": {"language": "zh", "text": "以上情况属实"}}
    assert kiosk.verdicts(kiosk.application(**{**whole, **inside})) == ["accepted"]
    return receipt("K0012", kiosk.seq)


def choose(desk, number):
    desk.click("#rows tr", number)
    desk.until("#envelope", number)


def step(desk, words, confirm=True):
    """A step of the table is chosen, what it asks for is filled in by the test, and it is confirmed."""
    desk.click("#buttons button", words)
    if confirm:
        desk.click("#confirm", "确认")


def last_entry(kiosk):
    return kiosk.feed().json["entries"][-1]


def test_desk_shows_an_application_that_arrives_while_it_is_open(desk, kiosk):
    number = arrives(kiosk)
    row = desk.until("#rows tr", number)
    assert SERVICE["short_name"]["zh"] in desk.text(row) and SERVICE["short_name"]["en"] in desk.text(row)
    assert "已收件" in desk.text(row)


def test_desk_shows_what_was_filled_in_in_the_words_of_the_catalogue(desk, kiosk, tmp_path):
    choose(desk, arrives(kiosk))
    answers = desk.text(desk.until("#answers"))
    assert "残疾类别" in answers and "肢体" in answers and "Kind of disability" in answers and "13800000000" in answers
    assert PERSON["name"] in desk.text(desk.until("#resident"))
    assert LATE["name"]["zh"] in desk.text(desk.until("#papers"))
    assert "以上情况属实" in desk.text(desk.until("#promise"))
    strokes = desk.js("return [...document.querySelectorAll('#signed polyline')].map(l => l.getAttribute('points'))")
    assert strokes == ["40,200 300,90 600,260", "700,100 700,100"]
    desk.screenshot(tmp_path / "desk.png")


def test_desk_shows_which_papers_the_resident_confirmed_and_which_they_dispute(desk, kiosk):
    papers = [{"id": "disability-certificate", "how": "fetched", "state": "confirmed",
               "certificate": {"id": "33-44", "version": "2", "changed": ["grade"]}},
              {"id": "household", "how": "fetched", "state": "here", "disputed": {"id": "HJ-7", "version": "3", "reason": "out-of-date"}},
              {"id": "aid-status", "how": "fetched", "state": "to-fetch"}]
    choose(desk, arrives(kiosk, materials=papers))
    shown = desk.text(desk.until("#papers", "免提交"))
    assert "33-44 · v2" in shown and "表中另填：残疾等级" in shown
    assert "本人说不对（已过时）：HJ-7 · v3" in shown and "以本人材料为准" in shown
    assert "待调取" in shown and "免提交 1 份" in shown


def test_desk_says_in_words_which_conditions_were_pointed_out_and_insisted_on(desk, kiosk, tmp_path):
    rule = SERVICE["rules"][0]
    choose(desk, arrives(kiosk, insisted=[{"rule": rule["id"], "told": rule["refusal"]["en"]}, {"rule": "of-last-year", "told": "<b>太远了</b>"}]))
    shown = desk.text(desk.until("#insisted", "本人坚持申请"))
    assert rule["asks"]["zh"] in shown and rule["asks"]["en"] in shown and "终端说过：" + rule["refusal"]["en"] in shown
    assert SERVICE["basis"]["zh"] in shown
    assert "能办的：" + next(s for s in CATALOGUE["services"] if s["code"] == rule["instead"])["name"]["zh"] in shown
    assert "of-last-year" in shown and "<b>太远了</b>" in shown, "a rule that the catalogue no longer has, in the words that were said"
    assert "请核对后书面答复" in shown
    desk.screenshot(tmp_path / "insisted.png")
    choose(desk, arrives(kiosk))
    assert desk.find("#insisted[hidden]")


def test_desk_shows_a_bundle_as_a_parent_with_its_children(desk, kiosk):
    children = [{"no": 1, "id": "household", "name": "出生登记", "department": {"id": "police", "role": "support", "name": "公安局"},
                 "promised_days": 2, "delivery": ["post"], "after": [], "answers": {}},
                {"no": 2, "id": "insurance", "name": "居民医保参保", "department": {"id": "healthcare", "role": "support", "name": "医保局"},
                 "promised_days": 1, "delivery": ["electronic"], "after": [1], "answers": {}}]
    number = arrives(kiosk, children=children)
    choose(desk, number)
    rows = desk.text(desk.until("#children"))
    assert f"{number}.2" in rows and "医保局 · 1 个工作日 · 第 1 件办好后 · 电子" in rows and "公安局 · 2 个工作日 · 邮寄" in rows
    choose(desk, arrives(kiosk))
    assert desk.find("#parts[hidden]")


def test_desk_accepts_then_grants_and_the_feed_says_so(desk, kiosk):
    choose(desk, arrives(kiosk))
    step(desk, "受理")
    desk.until("#state", "已受理")
    entry = last_entry(kiosk)
    assert entry["state"] == "accepted" and entry["timeline"]["promised_by"] and entry["due"].startswith(entry["timeline"]["promised_by"])
    step(desk, "准予", confirm=False)
    desk.type("#note", "请带存折")
    desk.click("#confirm", "Art. 13")
    desk.until("#state", "准予")
    entry = last_entry(kiosk)
    assert (entry["state"], entry["note"]) == ("granted", "请带存折") and "due" not in entry
    assert "请带存折" in desk.text(desk.until("#history")) and "Art. 13" in desk.text(desk.until("#history"))


def test_desk_denies_only_with_a_reason_in_writing(desk, kiosk):
    choose(desk, arrives(kiosk))
    step(desk, "受理")
    desk.until("#state", "已受理")
    step(desk, "不予")
    desk.until("#trouble", "reason in writing")  # the server asks for it too: test_case.py
    assert last_entry(kiosk)["state"] == "accepted"
    step(desk, "不予", confirm=False)
    desk.type("#reason", "残疾等级不符合条件")
    desk.click("#confirm")
    desk.until("#state", "不予")
    assert last_entry(kiosk)["state"] == "denied" and last_entry(kiosk)["timeline"]["reason"] == "残疾等级不符合条件"


def test_desk_notifies_once_and_a_second_notice_raises_the_alarm(desk, kiosk):
    choose(desk, arrives(kiosk))
    step(desk, "一次性告知", confirm=False)
    desk.click("#missing label", LATE["name"]["zh"])
    desk.click("#confirm")
    desk.until("#state", "待补正")
    entry = last_entry(kiosk)
    assert entry["state"] == "correction_requested" and entry["missing"] == [LATE["id"]]
    assert entry["timeline"]["owed"][0]["material"] == LATE["id"] and entry["timeline"]["owed"][0]["due"]
    step(desk, "一次性告知", confirm=False)
    desk.click("#missing label", SERVICE["materials"][0]["name"]["zh"])
    desk.click("#confirm")
    desk.until("#alarm", "警报")
    desk.until("#trouble", "not lawful")
    assert last_entry(kiosk) == entry, "the kiosk hears nothing of it"
    assert ["409" in c for c in desk.complaints()] == [True]


def test_desk_offers_exactly_the_steps_of_the_table(desk, kiosk):
    choose(desk, arrives(kiosk))
    offered = lambda: desk.js("return [...document.querySelectorAll('#buttons button')].map(b => b.dataset.event)")
    assert offered() == ["accept", "accept_gap", "notify", "refuse", "withdraw"]
    step(desk, "容缺受理", confirm=False)
    shown = desk.js("return [...document.querySelectorAll('#missing label:not([hidden]) input')].map(b => b.value)")
    assert shown == [m["id"] for m in SERVICE["materials"] if m["how"] == "later"], "no main paper may follow"
    desk.click("#missing label", LATE["name"]["zh"])
    desk.click("#confirm")
    desk.until("#state", "容缺受理")
    assert offered() == ["gap_closed", "pause", "gap_failed", "withdraw"]


def test_desk_sets_out_for_pickup_and_shows_the_code(desk, kiosk, tmp_path):
    choose(desk, arrives(kiosk))
    for words, state in (("受理", "已受理"), ("准予", "准予")):
        step(desk, words)
        desk.until("#state", state)
    step(desk, "放到窗口待取", confirm=False)
    desk.type("#counter", "3号窗口")
    desk.click("#confirm")
    desk.until("#times", "3号窗口")
    delivery = last_entry(kiosk)["timeline"]["delivery"]
    assert delivery["counter"] == "3号窗口" and len(delivery["code"]) == 6 and delivery["code"] in desk.text(desk.until("#times"))
    desk.screenshot(tmp_path / "pickup.png")
    step(desk, "送达")
    desk.until("#state", "已送达")


def test_desk_a_call_rests_on_no_article_and_its_row_shows_no_empty_mark(desk, county, kiosk):
    number = arrives(kiosk)
    choose(desk, number)
    for id, text in {"owner": "代办员 李明", "answer": "明天来签字"}.items():
        desk.type(f"#call-{id}", text)
    desk.click("#call button")
    desk.until("#history li", "电话")
    rows = desk.js("return [...document.querySelectorAll('#history .how')].map(e => e.textContent)")
    assert len(rows) >= 2 and all(r == r.strip() and not r.endswith("·") and not r.startswith("·") for r in rows), rows
    assert any("Art. 12" in r for r in rows), "an article still stands where there is one"


def test_desk_takes_what_was_written_for_text_and_not_for_markup(desk, kiosk):
    evil = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    choose(desk, arrives(kiosk, resident={**PERSON, "name": evil}, form={"phone": evil, evil: evil}, promise={"text": evil}))
    assert evil in desk.text(desk.until("#resident"))
    assert desk.js("return [document.title, document.querySelectorAll('main img, main script').length]") == ["收件台 · Desk", 0]


def test_desk_says_when_an_item_cannot_be_opened(desk, kiosk):
    assert kiosk.verdicts(kiosk.item("never sealed")) == ["accepted"]
    choose(desk, receipt("K0012", kiosk.seq))
    assert "cannot be opened" in desk.text(desk.until("#trouble"))
    assert desk.find("#inside[hidden]")


def test_desk_filters_by_what_is_to_do(desk, kiosk):
    number = arrives(kiosk)
    choose(desk, number)
    step(desk, "不予受理", confirm=False)
    desk.type("#reason", "不属于本机关职权范围")
    desk.click("#confirm")
    desk.until("#state", "不予受理")
    desk.click("#filters button", "已办结")
    desk.until("#rows tr", number)
    desk.click("#filters button", "待处理")
    other = arrives(kiosk)
    desk.until("#rows tr", other)
    assert number not in desk.text(desk.until("#rows"))


def test_desk_survives_a_reload_and_leaves_no_token_in_the_address(desk, kiosk):
    number = arrives(kiosk)
    desk.until("#rows tr", number)
    assert "token" not in desk.js("return location.href")
    desk.do("POST", "/refresh", {})
    desk.until("#rows tr", number)


def test_desk_can_be_worked_by_keyboard(desk, kiosk):
    number = arrives(kiosk)
    desk.until("#rows tr", number)
    desk.js("[...document.querySelectorAll('#rows tr')].find(r => r.innerText.includes(arguments[0])).querySelector('button').focus()", number)
    desk.do("POST", "/actions", {"actions": [{"type": "key", "id": "k", "actions": [{"type": "keyDown", "value": "\ue007"},
                                                                                    {"type": "keyUp", "value": "\ue007"}]}]})
    desk.until("#envelope", number)


# ---- its server ---------------------------------------------------------------------------------

def test_desk_without_its_token_tells_nothing(county, kiosk):
    for path in ("items", f"item?id={uuid7(1)}", f"outlines?ids={uuid7(1)}", "catalogue", "count", "day"):
        assert county.desk(path, token="0" * 32).status == 403, path
    for path in ("step", "day", "faults"):
        assert county.desk(path, {}, token="").status == 403, path
    assert b"K0012" not in county.desk("", token="").body


def test_desk_forbids_scripts_of_others_and_keeps_nothing_in_caches(county):
    answer = county.desk("")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "no-store" and answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("wish, status", [
    ({"event": "received"}, 409), ({"event": "dream"}, 409), ({"event": "grant"}, 409), ({}, 400),
    ({"event": "accept", "note": "x" * 201}, 400), ({"event": "accept", "note": "two\nlines"}, 400), ({"event": "refuse"}, 400),
    ({"event": "notify", "materials": ["guardian-proof"]}, 400), ({"event": "notify", "days": 5}, 400),
    ({"event": "notify", "days": 61, "materials": ["guardian-proof"]}, 400), ({"event": "notify", "materials": ["<b>"], "days": 5}, 400),
    ({"event": "notify", "materials": [1], "days": 5}, 400), ({"event": "notify", "materials": ["a"] * 25, "days": 5}, 400),
    ({"event": "accept_gap", "materials": [SERVICE["materials"][0]["id"]]}, 400), ({"event": "accept_gap"}, 400),
    ({"event": "accept", "id": uuid7(999)}, 404)])
def test_step_that_makes_no_sense_is_refused_and_nothing_goes_out(county, kiosk, wish, status):
    arrives(kiosk)
    before = kiosk.feed().json["cursor"]
    answer = county.desk("step", {"id": uuid7(kiosk.seq), **wish})
    assert answer.status == status and answer.json["title"]
    assert kiosk.feed(before).json["entries"] == []


def test_days_are_turned_on_only_at_a_desk_for_practice(county):
    assert county.desk("day").json["is_practice"] is False
    assert county.desk("day", {"days": 1}).status == 403


def test_desk_without_county_open_still_lists(county, kiosk, tmp_path):
    number = arrives(kiosk)
    county.opener.terminate()
    county.opener.wait(10)
    try:
        assert number in [i["receipt"] for i in county.desk("items").json["items"]]
        opened = county.desk(f"item?id={uuid7(kiosk.seq)}").json
        assert "item" not in opened and "county-open" in opened["error"]
        assert county.desk(f"outlines?ids={uuid7(1)}").status == 503
    finally:
        county.serve_opener()


def test_opener_answers_nothing_to_nonsense(county):
    import socket
    for question in (b"open nothing\n", b"outline \n", b"\n", b"x" * 9000 + b"\n", b"drop table item\n", b"open"):
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(10)
            s.connect(str(county.data / "open.sock"))
            try:
                s.sendall(question)
                s.shutdown(socket.SHUT_WR)
                assert b"".join(iter(lambda: s.recv(4096), b"")) in (b"", b"{}")
            except OSError:
                pass
    assert county.desk("items").status == 200
