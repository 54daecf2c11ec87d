"""The desk's pages about who has a case, promises that are checked and cases of other counties, in a real browser; and what they tell
the kiosk, which every answer's judge holds to sync/api (tests/support/contract.py)."""
import pytest

from browser import Browser
from bundles import Bundle
from county import receipt, uuid7
from practice import county, kiosk  # noqa: F401
from test_case import Case, turn
from test_desk import choose, step

@pytest.fixture(scope="module")
def browser():
    with Browser() as b:
        yield b


class Filed(Case):
    def __init__(self, at, kiosk, service, **inside):
        self.county, self.kiosk = at, kiosk
        assert kiosk.verdicts(kiosk.application(service=service, **inside)) == ["accepted"]
        self.id, self.number = uuid7(kiosk.seq), receipt("K0012", kiosk.seq)


@pytest.fixture
def desk(browser, county):
    browser.go(county.facts["desk_url"])
    yield browser
    assert browser.complaints() == []


def test_desk_says_who_has_it_and_hands_it_over(desk, county, kiosk, tmp_path):
    case = Filed(county, kiosk, "D01", form={"kind": "limb"})
    choose(desk, case.number)
    desk.until("#owner", "还没有人接")
    step(desk, "受理", confirm=False)
    desk.type("#mine-name", "王敏")
    desk.type("#mine-phone", "0575-00000013")
    desk.click("#confirm")
    desk.until("#owner", "王敏 · 0575-00000013")
    desk.click("#has-it summary")
    for field, text in (("name", "李强"), ("phone", "0575-00000014"), ("office", "区民政局")):
        desk.type(f"#to-{field}", text)
    desk.click("#hand-over button")
    desk.until("#owner", "区民政局 · 李强 · 0575-00000014")
    desk.until("#history", "移交")
    desk.screenshot(tmp_path / "owner.png")
    assert case.told()["timeline"]["owner"]["name"] == "李强"


def test_article_14_page_demands_and_revokes_only_when_the_day_went_by(desk, county, kiosk, tmp_path):
    case = Filed(county, kiosk, "B01", form={"premises": "promise"}, rests_on_promise=True)
    case.desk()
    case.step("accept")
    case.step("grant")
    desk.click("nav.pages a", "承诺核查")
    row = f"tr[data-id='{case.id}']"
    assert "场地真实、合法" in desk.text(desk.until(row, "待核查")) and not desk.find(f"{row} [data-event=break]")
    desk.type(f"{row} input[type=text]", "现场是车库")
    desk.screenshot(tmp_path / "checks.png")
    desk.click(f"{row} [data-event=demand]")
    desk.until(row, "限期整改中")
    assert not desk.find(f"{row} [data-event=break]")
    turn(county, 30)
    desk.until(row, "超期")
    desk.type(f"{row} input[type=text]", "逾期没有整改")
    desk.screenshot(tmp_path / "late.png")
    desk.click(f"{row} [data-event=break]")
    desk.until(row, "已撤销决定")
    assert case.told()["state"] == "annulled"


def test_another_countys_page_takes_over_and_decides_what_was_forwarded(desk, county, kiosk, tmp_path):
    case = Filed(county, kiosk, "H02", form={"county": "yuecheng", "place": "上海"}, county="yuecheng")
    door = next(d for d in county.desk("elsewhere/doors").json["doors"] if d["county"] == "yuecheng")
    desk.go(county.facts["desk_url"].partition("?")[0].rstrip("/") + "/" + door["path"])
    row = f"tr[data-id='{case.id}']"
    desk.click(f"{row} [data-event=open]")
    desk.until(row, "上海")
    desk.type(f"{row} td:last-child input", "YC-2026-17")
    desk.screenshot(tmp_path / "elsewhere.png")
    desk.click(f"{row} [data-event=ref]")
    desk.until(row)
    desk.click(f"{row} [data-event=accept]")
    desk.until(row, "已受理")
    desk.click(f"{row} [data-event=grant]")
    desk.until(row, "准予")
    told = case.told()
    assert told["state"] == "granted" and told["timeline"]["elsewhere"]["ref"] == "YC-2026-17"
    desk.go(county.facts["desk_url"])
    desk.click("#filters button", "全部")
    choose(desk, case.number)
    assert "由外县办：越城区行政服务中心" in desk.text(desk.until("#lies"))


def test_part_on_the_page_says_which_paper_it_waits_for(desk, county, kiosk, tmp_path):
    shop = Bundle(county, kiosk, "B02", parts=[
        {"no": 1, "id": "licence", "name": "营业执照", "promised_days": 1, "delivery": ["electronic"], "after": [],
         "department": {"id": "market", "role": "lead", "name": "市场监管局"}, "answers": {}},
        {"no": 2, "id": "permit", "name": "食品经营许可", "promised_days": 4, "delivery": ["electronic"], "after": [1], "papers": ["floor-plan"],
         "department": {"id": "market", "role": "lead", "name": "市场监管局"}, "answers": {}}])
    number = receipt("K0012", shop.seq)
    desk.click("#filters button", "全部")
    choose(desk, number)
    desk.until("#children", "材料：店里的布局图")
    desk.click("#children .part", "食品经营许可")
    desk.until("#for", "食品经营许可")
    step(desk, "容缺受理", confirm=False)
    desk.click("#missing label:not([hidden]) input")
    desk.click("#confirm")
    desk.until("#children", "待补：店里的布局图")
    desk.screenshot(tmp_path / "papers.png")
    assert shop.part(2)["owed"][0]["material"] == "floor-plan" and "owed" not in shop.part(1)
