"""A form that is begun in one place and finished in another: by code and QR, in a real browser and at a real kiosk (SS-48)."""
import http.client
import json
import pathlib
import subprocess
import urllib.parse

import pytest

from browser import Browser
from journeys import arrives, begin_with_card, hand_in, leave, open_service
from syncd_client import SyncdError
from test_privacy import findings, secrets_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
PERSON, OTHER = "lin-xiuying.json", "huang-zhiming.json"
PHONE = "13877776666"
ENTER = "\ue007"  # WebDriver, 17.4.2
LABEL, TAKER = "a" * 32, "b" * 32


def person(name=PERSON):
    return json.loads((ROOT / "tests/data/persons" / name).read_text())


def phone_url(town):
    return town.facts["desk_url"].split("/?")[0] + "/phone"


@pytest.fixture(scope="module")
def phone():
    with Browser(width=480, height=900) as b:
        yield b


def half_a_form(town):
    """D01 with two answers, then "exit"."""
    robot = town.robot
    begin_with_card(town, PERSON)
    open_service(robot, "disability", "D01")
    robot.next()
    robot.wait("form")
    robot.choose("kind", "limb")
    robot.choose("grade", "1")
    robot.tap("exit")
    robot.wait("leave")


def shown_code(town):
    robot = town.robot
    robot.wait("to-phone")
    town.until(lambda: robot.widget("code"), "the county has it")
    return robot.widget("code")["label"].replace(" ", "")


def fill_at_home(b, town, number, code="D01"):
    """On the phone page, up to its QR. Returns the code."""
    b.go("about:blank")
    b.go(phone_url(town))
    b.until("#matter option")
    b.js("document.querySelector('#matter').value = arguments[0]", code)
    b.click("#fill")
    b.click("input[name=kind][value=limb]")
    b.click("input[name=grade][value='1']")
    b.click("input[name=care][value=family]")
    b.type("[data-name=phone]", PHONE)
    b.type("#owner", number)
    b.click("#hand")
    return b.text(b.until("#shown", " ")).replace(" ", "")


def to_fetching(town, who=PERSON):
    begin_with_card(town, who)
    town.robot.tap("point")
    town.robot.wait("point")
    town.robot.tap("from-phone")
    town.robot.wait("from-phone")


def fetch(town, code, says):
    robot = town.robot
    while robot.widget("field:code").get("value"):
        robot.tap("key:erase")
    robot.type(code)
    robot.next()
    town.until(lambda: says in robot.words(), says)


def home(town):
    town.sim.lift()
    town.robot.tap("exit")
    town.robot.wait("attract")


# ---- from a phone


def test_each_trouble_has_its_sentence(town, robot, phone):
    code = fill_at_home(phone, town, person()["number"])
    to_fetching(town, OTHER)
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    fetch(town, wrong, "号码不对")
    fetch(town, "1234567890123450", "没有找到")
    fetch(town, code, "另一张身份证")
    town.sim.link(False)
    fetch(town, code, "联系不上")
    town.sim.link(True)
    town.sync_now()
    home(town)
    to_fetching(town)  # the right card still gets it: nobody has used it up
    robot.type(code)
    robot.next()
    robot.wait("form", ms=15000)
    robot.tap("exit")
    robot.tap("end")
    robot.wait("attract")
    town.sim.lift()
    to_fetching(town)
    fetch(town, code, "已经用过")
    home(town)


def test_a_form_filled_in_at_home_is_scanned_reviewed_and_handed_in(town, robot, phone):
    code = fill_at_home(phone, town, person()["number"])
    picture = town.dir / "phone.png"
    phone.screenshot(picture)
    read = subprocess.run(["zbarimg", "-q", "--raw", str(picture)], capture_output=True, text=True).stdout.strip()
    assert read == code
    assert phone.complaints() == []
    town.sim.do("scan", text=read)
    robot.wait("from-phone")  # before the card: it waits for it
    assert "身份证" in robot.words()
    town.sim.card(PERSON)
    robot.wait("form", ms=15000)
    assert "手机" in robot.widget("band")["label"]
    pages = 0
    while robot.screen() == "form":
        pages += 1
        robot.next()
    assert pages == 3  # page by page, nothing left to type
    robot.wait("review")
    receipt = hand_in(town)
    leave(town)
    item = arrives(town, receipt)["item"]
    assert item["form"]["phone"] == PHONE and item["form"]["kind"] == "limb" and item["resident"]["number"] == person()["number"]


# ---- to a phone


def test_half_a_form_goes_on_at_home_and_comes_back(town, robot, phone):
    half_a_form(town)
    robot.tap("to-phone")
    code = shown_code(town)
    before = len(town.sim.slips())
    robot.tap("print")
    slip = town.until(lambda: len(town.sim.slips()) > before and town.sim.slips()[-1], "a slip")
    qr = robot.widget("qr")
    assert qr["label"] == phone_url(town) + "#" + code
    assert slip
    home(town)
    phone.go("about:blank")
    phone.go(qr["label"])
    phone.type("#opener", person(OTHER)["number"] + ENTER)
    phone.until("#trouble", "不一样")
    phone.js("document.querySelector('#opener').value = ''")
    phone.type("#opener", person()["number"] + ENTER)
    phone.until("#name", "重度残疾人护理补贴")
    assert code not in phone.js("return location.href")
    assert phone.js("return document.querySelector('input[name=kind][value=limb]').checked")
    phone.click("input[name=care][value=family]")
    phone.type("[data-name=phone]", PHONE)
    phone.click("#hand")
    back = phone.text(phone.until("#shown", " ")).replace(" ", "")
    assert back != code
    phone.go("about:blank")
    phone.go(qr["label"])
    phone.until("#trouble", "用过")  # each works once
    to_fetching(town)
    robot.type(back)
    robot.next()
    robot.wait("form", ms=15000)
    robot.tap("exit")
    robot.tap("end")
    robot.wait("attract")
    town.sim.lift()


def test_nothing_readable_lies_at_the_county_or_on_the_disk(town, robot, phone):
    half_a_form(town)
    robot.tap("to-phone")
    code = shown_code(town)
    home(town)
    fill_at_home(phone, town, person()["number"])
    needles = secrets_of(person(), [PHONE, code])
    assert findings(needles, town.facts["data_dir"], town.facts["log_dir"], town.facts["county_dir"]) == []


def test_offline_the_form_stays_and_goes_over_later(town, robot):
    town.sim.link(False)
    half_a_form(town)
    robot.tap("to-phone")
    robot.wait("to-phone")
    town.until(lambda: "联系不上" in robot.words(), "it says so", limit=40)
    robot.tap("other")
    robot.wait("form")
    town.sim.link(True)
    town.sync_now()
    robot.tap("exit")
    robot.wait("leave")
    robot.tap("to-phone")

    def is_over():
        if robot.widget("primary") and "再试" in robot.widget("primary")["label"]:
            robot.next()
        return robot.widget("code")

    town.until(is_over, "it goes over", limit=40)
    home(town)


# ---- kiosk-syncd moves the bytes


def refused(client, op, body=b"", **fields):
    with pytest.raises(SyncdError) as e:
        client.request(op, body, **fields)
    return e.value.word


def test_syncd_moves_parcels_and_says_what_became_of_them(daemon):
    client = daemon.client()
    assert refused(client, "parcel-get", label=LABEL) == "unreachable"  # not enrolled
    client = daemon.enrol()
    for op, body, fields in (("parcel-put", b"x", dict(label=LABEL)), ("parcel-put", b"x", dict(label=LABEL, hours=73)),
                             ("parcel-put", b"", dict(label=LABEL, hours=1)), ("parcel-put", b"x" * 16385, dict(label=LABEL, hours=1)),
                             ("parcel-put", b"x", dict(label="../feed", hours=1)), ("parcel-get", b"", dict(label="A" * 32)),
                             ("parcel-end", b"", dict(label=LABEL)), ("parcel-end", b"", dict(label=LABEL, taker="x\r\ny"))):
        assert refused(client, op, body, **fields) == "bad-request"
    assert refused(client, "parcel-get", label=LABEL) == "not-found"
    client.request("parcel-put", b"sealed\0bytes", label=LABEL, hours=24)
    assert refused(client, "parcel-put", b"others", label=LABEL, hours=24) == "refused"
    client.request("parcel-get", label=LABEL)
    assert client.body == b"sealed\0bytes"
    client.request("parcel-end", label=LABEL, taker=TAKER)
    client.request("parcel-end", label=LABEL, taker=TAKER)
    assert refused(client, "parcel-end", label=LABEL, taker="c" * 32) == "used"
    assert refused(client, "parcel-get", label=LABEL) == "used"
    daemon.county.stop()
    assert refused(client, "parcel-get", label=LABEL) == "unreachable"


def test_syncd_carries_one_parcel_at_a_time_and_goes_on_meanwhile(daemon):
    client, other = daemon.enrol(), daemon.client()
    daemon.county.desk("faults", {"delay_ms": 1500})
    n = client.send("parcel-put", b"sealed", label=LABEL, hours=1)
    asked = client.send("status")
    assert client.receive()["re"] == asked  # nothing waits behind it
    assert refused(other, "parcel-get", label=LABEL) == "busy"
    assert client.receive()["re"] == n


# ---- the county's relay


def request(county, method, label, body=None, **headers):
    c = http.client.HTTPConnection("127.0.0.1", urllib.parse.urlsplit(county.facts["desk_url"]).port, timeout=20)
    c.request(method, "/phone/parcels/" + label, body, {k.replace("_", "-"): v for k, v in headers.items()})
    r = c.getresponse()
    data = r.read()
    c.close()
    return r.status, data


def digest(body):
    import base64
    import hashlib
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def put(county, label, body, hours="24", **headers):
    return request(county, "PUT", label, body, **{"Parcel_Hours": hours, "Content_Digest": digest(body), **headers})[0]


def test_relay_refuses_what_is_no_parcel(county):
    for label, body, hours, more, status in (
            ("a" * 31, b"x", "24", {}, 400), ("A" * 32, b"x", "24", {}, 400), (LABEL, b"", "24", {}, 413),
            (LABEL, b"x" * 16385, "24", {}, 413), (LABEL, b"x", "0", {}, 400), (LABEL, b"x", "73", {}, 400),
            (LABEL, b"x", "soon", {}, 400), (LABEL, b"x", "24", {"Content_Digest": digest(b"y")}, 400)):
        assert put(county, label, body, hours, **more) == status
    assert request(county, "GET", LABEL)[0] == 404
    assert request(county, "DELETE", LABEL, Parcel_Taker=TAKER)[0] == 404
    assert request(county, "DELETE", LABEL)[0] == 400
    assert request(county, "POST", LABEL)[0] == 405


def test_relay_gives_until_one_says_it_is_opened(county):
    assert put(county, LABEL, b"sealed") == 201
    assert put(county, LABEL, b"sealed") == 200  # the answer was lost, it is sent again
    assert put(county, LABEL, b"others") == 409
    assert request(county, "GET", LABEL) == (200, b"sealed")
    assert request(county, "GET", LABEL) == (200, b"sealed")
    assert request(county, "DELETE", LABEL, Parcel_Taker=TAKER)[0] == 200
    assert request(county, "DELETE", LABEL, Parcel_Taker=TAKER)[0] == 200  # the same, once more
    status, body = request(county, "DELETE", LABEL, Parcel_Taker="c" * 32)
    assert (status, json.loads(body)["type"].rsplit("/", 1)[-1]) == (410, "used")
    assert request(county, "GET", LABEL)[0] == 410
    assert put(county, LABEL, b"sealed") == 409


def test_relay_forgets_the_bytes_when_the_time_is_over(tmp_path):
    from county import County
    with County(tmp_path, "--practice") as county:
        assert put(county, LABEL, b"sealed", "72") == 201
        assert county.desk("day", {"days": 2}).status == 200
        assert request(county, "GET", LABEL)[0] == 200
        assert county.desk("day", {"days": 1}).status == 200
        status, body = request(county, "GET", LABEL)
        assert (status, json.loads(body)["type"].rsplit("/", 1)[-1]) == (410, "expired")
        assert county.desk("day", {"days": 8}).status == 200
        assert request(county, "GET", LABEL)[0] == 404
        assert b"sealed" not in b"".join(f.read_bytes() for f in county.data.glob("*.db"))
