"""The parts of a bundle on the clerk's page, in a real browser: each is chosen, decided and shown by itself."""
import pytest

from browser import Browser
from bundles import Bundle, children
from county import receipt
from practice import county, kiosk  # noqa: F401
from test_desk import choose, step


@pytest.fixture(scope="module")
def browser():
    with Browser() as b:
        yield b


@pytest.fixture
def bundle(county, kiosk):
    return Bundle(county, kiosk, "F01")


@pytest.fixture
def desk(browser, county, bundle):
    browser.go(county.facts["desk_url"])
    choose(browser, receipt("K0012", bundle.seq))
    yield browser
    assert browser.complaints() == []


def part(desk, name):
    desk.click("#children .part", name)
    desk.until("#for", name)


def shown(desk):
    return desk.js("return [...document.querySelectorAll('#children li')].map(l => l.querySelector('.state').className.split(' ')[1])")


def offered(desk):
    return desk.js("return [...document.querySelectorAll('#buttons button')].map(b => b.dataset.event)")


def test_desk_shows_the_parts_with_office_days_and_what_they_wait_for(desk, bundle, tmp_path):
    words = desk.text(desk.until("#children"))
    number = receipt("K0012", bundle.seq)
    assert all(f"{number}.{c['no']}" in words and c["name"] in words for c in children("F01"))
    assert "公安局 · 2 个工作日 · 邮寄" in words and "等第 1 件" in words and "Medical insurance" in words
    assert shown(desk) == ["received"] * 6
    desk.screenshot(tmp_path / "parts.png")


def test_desk_takes_one_part_through_and_leaves_the_others(desk, bundle):
    part(desk, "出生登记")
    step(desk, "受理")
    desk.until("#children", "剩 2 个工作日")
    assert shown(desk) == ["accepted", "accepted"] + ["received"] * 4
    desk.until("#for", "出生登记")  # it stays chosen
    step(desk, "准予")
    desk.until("#children", "准予")
    step(desk, "送达", confirm=False)
    desk.js("document.getElementById('kind').value = 'post'; document.getElementById('kind').onchange()")
    desk.type("#tracking", "EX123456789CN")
    desk.click("#confirm")
    desk.until("#children", "已送达")
    assert bundle.states() == ["delivered"] + ["received"] * 4 and bundle.part(1)["delivery"]["tracking"] == "EX123456789CN"
    assert "EX123456789CN" in desk.text(desk.until("#times")) and "准予" in desk.text(desk.until("#history"))
    desk.click("#children .part", "各件一起")
    desk.until("#for", "All parts")
    assert "准予" not in desk.text(desk.until("#history"))


def test_desk_grants_no_part_that_waits_and_refuses_one_with_reason_and_remedy(desk, bundle, tmp_path):
    step(desk, "受理")
    desk.until("#state", "已受理")
    part(desk, "居民医保参保")
    assert "grant" not in offered(desk) and "deny" in offered(desk)
    part(desk, "生育医疗费用报销")
    step(desk, "不予", confirm=False)
    assert "行政复议" in desk.text(desk.until("#remedy:not([hidden])"))
    desk.click("#confirm")
    desk.until("#trouble", "reason in writing")
    desk.type("#reason", "已经报销过")
    desk.screenshot(tmp_path / "refuse.png")
    desk.click("#confirm")
    desk.until("#children", "已经报销过")
    assert bundle.states() == ["accepted"] * 4 + ["denied"] and bundle.told()["state"] == "accepted"


def test_desk_takes_a_step_for_all_parts_that_may(desk, bundle):
    step(desk, "受理")
    desk.until("#state", "已受理")
    part(desk, "预防接种档案")
    step(desk, "特别程序", confirm=False)
    desk.type("#reason", "专家评审")
    desk.click("#confirm")
    desk.until("#children", "暂停计时")
    desk.click("#children .part", "各件一起")
    desk.until("#for", "All parts")
    step(desk, "准予")
    desk.until("#children", "准予")
    assert bundle.states() == ["granted"] * 3 + ["suspended", "granted"]


def test_desk_shows_no_parts_for_a_case_of_one_matter(desk, kiosk):
    kiosk.verdicts(kiosk.application(form={"kind": "limb"}))
    choose(desk, receipt("K0012", kiosk.seq))
    assert desk.find("#parts[hidden]") and desk.js("return document.getElementById('for').textContent") == ""
