"""The carrier (SS-51): it is asked for a parcel's number and for its states, which come back under progress. One that is down, slow, or
answers rubbish costs the freshness of what is told and nothing else (sync/api/carrier.yaml)."""
import json
import re
import urllib.error
import urllib.request

import pytest

from browser import Browser
from carrier import STATES, Carrier
from county import ROOT, County, Kiosk, receipt, receipt_hash, uuid7
from hands import Town
from matter_walk import ask as look_up
from test_case import turn
from walker import Walk, arrived, decide

RUBBISH = [(200, b"<html>"), (200, b"{}"), (200, b"\xff" * 100), (200, b"x" * 100000), (200, [1, 2]), (500, {}), (404, {}), (302, {}),
           (200, {"number": "EX000000000CN", "state": "delivered", "at": "2026-11-27T01:00:00Z"}),  # somebody else's
           (200, lambda n: {"number": n, "state": "eaten", "at": "2026-11-27T01:00:00Z"}),
           (200, lambda n: {"number": n, "state": "delivered", "at": "yesterday"}),
           (200, lambda n: {"number": n, "state": ["delivered"], "at": None})]


@pytest.fixture(scope="module")
def carrier():
    with Carrier() as c:
        yield c


@pytest.fixture(scope="module")
def county(tmp_path_factory, carrier):
    with County(tmp_path_factory.mktemp("county"), "--practice", "--carrier", carrier.url, "--carrier-every", "86400") as c:
        c.serve_opener()
        yield c


@pytest.fixture(scope="module")
def kiosk(county, tmp_path_factory):
    return Kiosk(county, tmp_path_factory.mktemp("kiosk"), code="11112222")


@pytest.fixture(autouse=True)
def well(carrier):
    carrier.mode = "well"
    carrier.released.clear()
    yield
    carrier.mode = "well"


FORM = {"kind": "60-69", "delivery": "post", "post_to": "样例县样例镇长寿村8号", "name": "林秀英", "phone": "13800000000"}


class Posted:
    """A case that is granted, and is to go by post."""

    def __init__(self, county, kiosk, form=FORM, **inside):
        self.county, self.kiosk = county, kiosk
        assert kiosk.verdicts(kiosk.application(form=form, **inside)) == ["accepted"]
        self.id, self.seq = uuid7(kiosk.seq), kiosk.seq
        for event in ("accept", "grant"):
            assert self.step(event).status == 200

    def step(self, event, **more):
        return self.county.desk("step", {"id": self.id, "event": event, **more})

    def deliver(self, **more):
        return self.step("deliver", delivery={"kind": "post", **more})

    def told(self):
        entries, cursor = [], ""
        while True:
            page = self.kiosk.feed(cursor).json
            entries += [e for e in page["entries"] if e["receipt_hash"] == receipt_hash("K0012", self.seq)]
            cursor = page["cursor"]
            if not page["more"]:
                return entries[-1]

    def parcel(self):
        return self.told()["timeline"]["delivery"].get("parcel")


def ask(county):
    answer = county.desk("carrier", {})
    assert answer.status == 200, answer.body
    return answer.json


def test_a_parcel_is_ordered_with_the_address_and_goes_its_way(county, kiosk, carrier):
    case = Posted(county, kiosk)
    assert case.deliver().status == 200
    delivery = case.told()["timeline"]["delivery"]
    number = delivery["tracking"]
    assert carrier.parcels[number].to == {"name": FORM["name"], "address": FORM["post_to"], "phone": FORM["phone"]}
    assert delivery["parcel"] == {"state": "unknown"}, "it has not been asked after yet"
    for state in ("collected", "under_way", "delivered"):
        carrier.move(number, state, "2026-11-27T01:00:00Z")
        assert ask(county)["answered"] >= 1
        told = case.told()["timeline"]
        assert told["delivery"]["parcel"]["state"] == state and told["delivery"]["parcel"]["at"] == "2026-11-27T01:00:00Z"
        assert told["steps"][-1]["what"] == f"parcel_{state}" and told["steps"][-1]["lane"] == "hand-out"
    asked = carrier.asked
    ask(county)
    assert carrier.asked == asked, "what has arrived is not asked after any more"
    data = b"".join(f.read_bytes() for f in county.data.glob("*") if f.is_file())
    assert FORM["post_to"].encode() not in data and FORM["phone"].encode() not in data, "the address is kept nowhere at the county's"


def test_without_an_address_of_its_own_it_goes_where_the_card_says(county, kiosk, carrier):
    from test_desk import PERSON
    case = Posted(county, kiosk, form={"delivery": "post", "phone": "13900000000"}, resident=PERSON)
    assert case.deliver().status == 200
    to = carrier.parcels[case.told()["timeline"]["delivery"]["tracking"]].to
    assert to == {"name": PERSON["name"], "address": PERSON["address"], "phone": "13900000000"}
    nowhere = Posted(county, kiosk, form={"delivery": "post"})
    assert nowhere.deliver().status == 400 and nowhere.told()["state"] == "granted"


def test_an_order_asked_again_is_one_parcel_and_a_step_that_may_not_be_orders_none(county, kiosk, carrier):
    case = Posted(county, kiosk)
    before = len(carrier.parcels)
    carrier.mode = (200, b"lost on the way")
    assert case.deliver().status == 503
    carrier.mode = "well"
    assert case.deliver().status == 200 and case.deliver().status == 409
    assert len(carrier.parcels) == before + 1


def test_what_is_collected_needs_no_carrier(county, kiosk, carrier):
    case, before = Posted(county, kiosk, form={**FORM, "delivery": "pickup"}), len(carrier.parcels)
    assert case.step("set_out", delivery={"kind": "pickup", "counter": "3号窗口"}).status == 200
    told = case.told()["timeline"]["delivery"]
    assert told["kind"] == "pickup" and len(told["code"]) == 6 and "parcel" not in told
    assert case.step("deliver").status == 200 and len(carrier.parcels) == before


@pytest.mark.parametrize("mode", ["down", *RUBBISH], ids=["down", *(f"rubbish {i}" for i in range(len(RUBBISH)))])
def test_a_carrier_that_is_away_or_answers_rubbish_costs_only_the_freshness(county, kiosk, carrier, mode):
    case = Posted(county, kiosk)
    assert case.deliver().status == 200
    number = case.told()["timeline"]["delivery"]["tracking"]
    carrier.move(number, "under_way", "2026-11-27T01:00:00Z")
    ask(county)
    before = case.told()
    assert before["timeline"]["delivery"]["parcel"]["state"] == "under_way"
    carrier.move(number, "delivered")
    carrier.mode = (mode[0], mode[1](number)) if mode != "down" and callable(mode[1]) else mode
    assert ask(county)["answered"] == 0
    assert case.told() == before, "what was known stays, with the age that it had"
    typed = Posted(county, kiosk)
    if not (isinstance(carrier.mode[1], dict) and "number" in carrier.mode[1]):
        refused = typed.deliver()
        assert refused.status == 503 and typed.told()["state"] == "granted", "nothing is half done"
    assert typed.deliver(tracking="SF1234567890").status == 200, "a number can always be typed"
    carrier.mode = "well"
    ask(county)
    assert case.parcel()["state"] == "delivered"


def test_a_slow_carrier_holds_nobody_up(county, kiosk, carrier):
    import threading
    import time
    case = Posted(county, kiosk)
    assert case.deliver().status == 200
    carrier.mode = "slow"
    asking = threading.Thread(target=ask, args=(county,))
    asked = carrier.asked
    asking.start()
    while carrier.asked == asked:
        pass
    begun = time.monotonic()
    other = Posted(county, kiosk)
    assert other.deliver(tracking="SF1234567891").status == 200 and other.told()["state"] == "delivered"
    assert time.monotonic() - begun < 3, "clerks and kiosks do not wait for the post"
    carrier.released.set()
    asking.join(30)
    assert not asking.is_alive()


def test_a_parcel_that_comes_back_is_told_and_its_age_grows_while_the_carrier_is_silent(county, kiosk, carrier):
    case = Posted(county, kiosk)
    assert case.step("deliver", delivery={"kind": "post"}, note="请注意查收").status == 200
    number = case.told()["timeline"]["delivery"]["tracking"]
    ask(county)
    first = case.parcel()["as_of"]
    turn(county, 2)
    carrier.mode = "down"
    ask(county)
    assert case.parcel()["as_of"] == first
    carrier.mode = "well"
    ask(county)  # nothing new happened, but it was heard anew, and the kiosk learns that much
    assert case.parcel()["as_of"] > first and case.parcel()["state"] == "collected"
    carrier.move(number, "returned")
    ask(county)
    told = case.told()
    assert told["timeline"]["delivery"]["parcel"]["state"] == "returned" and told["note"] == "请注意查收", "the clerk's words stay"
    assert told["timeline"]["steps"][-1]["what"] == "parcel_returned"


def test_a_county_without_a_carrier_types_the_number_as_before(tmp_path):
    with County(tmp_path, "--practice") as alone:
        alone.serve_opener()
        kiosk = Kiosk(alone, tmp_path / "kiosk", code="11112222")
        case = Posted(alone, kiosk)
        assert case.deliver().status == 400
        assert case.deliver(tracking="EX1234567").status == 200
        assert "parcel" not in case.told()["timeline"]["delivery"]
        assert alone.desk("carrier", {}).status == 404 and json.loads(alone.desk("carrier").body)["is_there"] is False


def test_what_is_under_way_survives_a_restart(county, kiosk, carrier):
    case = Posted(county, kiosk)
    assert case.deliver().status == 200
    number = case.told()["timeline"]["delivery"]["tracking"]
    ports = ("--port", str(county.port))
    county.stop()
    county.start(ports)
    county.serve_opener()
    carrier.move(number, "under_way")
    ask(county)
    assert case.parcel()["state"] == "under_way"


# ---- at the kiosk

@pytest.fixture(scope="module")
def town(tmp_path_factory, carrier):
    with Town(tmp_path_factory.mktemp("town"), "--carrier", carrier.url) as t:
        yield t


def granted(town, **wishes):
    walk = Walk(town, "E01", wishes=wishes).to_the_guide().to_the_number()
    walk.leave()
    opened = arrived(town, walk.receipt)
    decide(town, opened, "granted")
    return walk, opened


def sees(town, walk, state, *words):
    town.robot.tap("progress")
    town.robot.wait("progress")
    town.until(lambda: look_up(town.robot, walk.code)["case_state"] == state, f"{state} is shown")
    said = town.robot.words()
    assert all(w in said for w in words), said
    return said


def leaves(town):
    town.robot.tap("exit")
    town.robot.wait("attract")


def test_the_resident_sees_how_far_the_parcel_is_and_that_it_came_back(town, carrier):
    walk, opened = granted(town, delivery="post", post_to="2幢301室")
    address = opened["item"]["form"]["post_to"]
    assert address != walk.person["address"] and address.endswith("2幢301室"), "the card's address may be written on"
    town.desk("step", {"id": opened["id"], "event": "deliver", "delivery": {"kind": "post"}})
    number, parcel = list(carrier.parcels.items())[-1]
    assert parcel.to["address"] == address and parcel.to["phone"] == opened["item"]["form"]["phone"]
    town.desk("carrier", {})
    sees(town, walk, "delivered", number, "快递员已取件", "已寄出")
    leaves(town)
    carrier.move(number, "returned")
    carrier.mode = "down"
    town.desk("carrier", {})
    sees(town, walk, "delivered", "快递员已取件", "快递公司的消息")  # what was known, and as of when
    leaves(town)
    carrier.mode = "well"
    town.desk("carrier", {})
    town.until(lambda: "退回来了" in sees_again(town, walk), "that it came back")
    leaves(town)


def sees_again(town, walk):
    if town.robot.screen() != "progress":
        return sees(town, walk, "delivered")
    look_up(town.robot, walk.code)
    return town.robot.words()


def test_who_would_rather_fetch_it_gets_a_code_and_no_parcel(town, carrier):
    before = len(carrier.parcels)
    walk, opened = granted(town, delivery="pickup")
    assert "post_to" not in opened["item"]["form"]
    town.desk("step", {"id": opened["id"], "event": "set_out", "delivery": {"kind": "pickup", "counter": "3号窗口"}})
    town.robot.tap("progress")
    town.robot.wait("progress")
    town.until(lambda: look_up(town.robot, walk.code) and town.robot.widget("pickup"), "the code is shown")
    assert re.fullmatch(r"\d{6}", town.robot.widget("pickup")["label"]) and "3号窗口" in town.robot.words()
    leaves(town)
    assert len(carrier.parcels) == before


# ---- on the phone

@pytest.fixture(scope="module")
def phone():
    with Browser(width=480, height=900) as b:
        yield b


def phone_url(county):
    return county.facts["desk_url"].split("/?")[0] + "/phone"


def test_the_phone_tells_how_far_it_is_by_the_slips_number_and_nothing_more(county, kiosk, carrier, phone, tmp_path):
    case = Posted(county, kiosk)
    number = receipt("K0012", case.seq)
    assert case.step("deliver", delivery={"kind": "post"}, note="请林秀英查收").status == 200
    parcel = case.told()["timeline"]["delivery"]["tracking"]
    carrier.move(parcel, "under_way", "2026-11-27T01:00:00Z")
    ask(county)
    phone.go("about:blank")
    phone.go(phone_url(county) + "#" + number)  # as the slip's code leads there
    shown = phone.text(phone.until("#progress", "正在路上"))
    assert number in shown and "已寄出" in shown and "承诺" not in shown and "快递公司的消息" in shown
    phone.screenshot(tmp_path / "phone.png")
    phone.click("#language")
    assert "On its way" in phone.text(phone.until("#progress", "The carrier said so"))
    assert phone.js("return location.hash") == "", "the number does not stay in the address bar"
    told = phone_says(county, number)
    assert "林秀英" not in json.dumps(told, ensure_ascii=False) and parcel not in json.dumps(told) and set(told) <= {
        "receipt", "state", "changed_at", "promised_by", "days_left", "kind", "parcel"}
    phone.js("document.getElementById('number').value = arguments[0]", number[:-1] + ("0" if number[-1] != "0" else "1"))
    phone.click("#look")
    phone.until("#trouble", "not right")
    assert phone_says(county, receipt("K0012", 99999)) == 404 and phone_says(county, "x") == 400
    assert [c for c in phone.complaints() if "400" not in c and "404" not in c] == []


def phone_says(county, number):
    request = urllib.request.Request(phone_url(county) + "/progress", json.dumps({"receipt": number}).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as a:
            return json.loads(a.read())
    except urllib.error.HTTPError as e:
        return e.code


def test_the_phone_never_tells_the_code_by_which_a_result_is_collected(county, kiosk):
    case = Posted(county, kiosk, form={**FORM, "delivery": "pickup"})
    assert case.step("set_out", delivery={"kind": "pickup", "counter": "3号窗口"}).status == 200
    code = case.told()["timeline"]["delivery"]["code"]
    told = phone_says(county, receipt("K0012", case.seq))
    assert told["state"] == "granted" and told["kind"] == "pickup" and code not in json.dumps(told)


# ---- the interface

def test_the_interface_says_what_is_asked_and_answered():
    text = (ROOT / "sync/api/carrier.yaml").read_text()
    assert re.findall(r"enum: \[(.*)\]", text) == [", ".join(STATES)]
    assert re.findall(r"^  (/\S+):\n    (\w+):", text, re.M) == [("/parcels", "post"), ("/parcels/{number}", "get")]
    number = re.search(r"pattern: '(.*)'", text)[1]
    assert re.match(number, "EX100000001CN") and not re.match(number, "../x")
    told = re.search(r"        parcel:\n(.*?)\n    \S", (ROOT / "sync/api/county-platform.yaml").read_text(), re.S)[1]
    assert f"[unknown, {', '.join(STATES)}]" in told


def test_what_the_carrier_is_asked_is_what_its_interface_names(county, kiosk, carrier):
    case = Posted(county, kiosk)
    assert case.deliver().status == 200
    text = (ROOT / "sync/api/carrier.yaml").read_text()
    for member in carrier.bodies[-1]:
        assert re.search(rf"^ +{member}:", text, re.M), member
    assert set(carrier.bodies[-1]) == {"order", "to"} and set(carrier.bodies[-1]["to"]) == {"name", "address", "phone"}
    assert carrier.bodies[-1]["order"] == case.id
