"""The county's interfaces are what sync/api describes: the same calls, and answers, good and bad, that its schemas allow. Every other
test's answers are held to them too (county.py); here each call is made, with each answer that its description names."""
import copy
import hashlib
import http.client
import json
import os
import subprocess
import urllib.parse

import pytest

from bundles import Bundle
from carrier import Carrier
from contract import Contracts
from county import INSTALL, ROOT, Answer, County, Kiosk, build_dir, content_digest, receipt, uuid7
from test_bell import call
from test_case import Case, turn
from test_elsewhere import Forwarded, there
from test_escalations_page import register
from test_fleet import beat, begin
from test_point import sealed
from test_questions import question
from test_ratings import deliver, rates

NOBODY = uuid7(999999)
BUNDLE = "onetrip-1.4.0.raucb"
# Needs a stick of a real kiosk, or a county-open that is dead at the right moment.
ELSEWHERE = {("GET", "/fleet/log", 200): "tests/flow/test_fleet.py", ("POST", "/waive", 503): "tests/flow/test_waivers.py",
             ("POST", "/carrier", 404): "tests/flow/test_carrier.py"}


def routes(to):
    told = json.loads(subprocess.run([build_dir() / "county-platform", "--routes"], capture_output=True, check=True).stdout)
    return [r for r in told if r["to"] == to]


@pytest.mark.parametrize("to, name", [("kiosks", "county-platform.yaml"), ("desk", "county-desk.yaml")])
def test_what_is_described_is_offered_and_what_is_offered_is_described(to, name):
    described = {k for k in getattr(Contracts(), to).operations}
    offered = {(r["method"], r["path"]) for r in routes(to)}
    assert described - offered == set(), "the description promises more than there is"
    assert offered - described == set(), "nobody described these"


def test_who_needs_no_token_is_described_so():
    desk = Contracts().desk
    for r in routes("desk"):
        operation = desk.operations[r["method"], r["path"]]
        is_open = operation.get("security", [{"deskToken": []}]) != [{"deskToken": []}]
        assert is_open == r["is_open"], r


# ---- one county in which everything happens ---------------------------------------------------

@pytest.fixture(scope="module")
def county(tmp_path_factory):
    folder = tmp_path_factory.mktemp("county")
    (folder / "bundles").mkdir()
    (folder / "bundles" / BUNDLE).write_bytes(os.urandom(300_001))
    with Carrier() as postal, County(folder, "--practice", "--updates", folder / "bundles", "--point",
                                     ROOT / "assets/point/point.json", "--carrier", postal.url) as c:
        c.contracts = Contracts()
        yield c


@pytest.fixture(scope="module")
def seen(county, tmp_path_factory):
    """Every call, and what it answered."""
    kiosk = Kiosk(county, tmp_path_factory.mktemp("kiosk"), code="11112222")
    case = Case(county, kiosk)
    register(county, kiosk)
    for url in (f"outlines?ids={case.id}", "report"):
        assert county.desk(url).status == 503  # county-open is not there yet
    county.serve_opener()
    forwarded = Forwarded(county, kiosk)
    for walk in (cases, bottom_line, hall, measures, fleet, practice, phone):
        walk(county, kiosk, case)
    other_county(county, forwarded)
    kiosk_calls(county, kiosk)
    refusals(county)
    return county.contracts


def cases(county, kiosk, case):
    bundle = Bundle(county, kiosk, "B02", parts=[
        {"no": 1, "id": "licence", "name": "营业执照", "promised_days": 1, "delivery": ["electronic"], "after": [],
         "department": {"id": "market", "role": "lead", "name": "市场监管局"}, "answers": {}},
        {"no": 2, "id": "permit", "name": "食品经营许可", "promised_days": 4, "delivery": ["electronic"], "after": [1],
         "department": {"id": "market", "role": "lead", "name": "市场监管局"}, "answers": {}}])
    assert county.desk(f"item?id={bundle.id}").json["parts"]
    county.desk("items")
    county.desk("items?before=x")
    county.desk(f"outlines?ids={case.id}")
    county.desk("outlines?ids=!")
    county.desk("catalogue")
    owner = {"id": case.id, "name": "王敏", "phone": "0575-00000013", "office": "区民政局"}
    call_made = {"id": case.id, "line": "notice", "outcome": "reached", "owner": "李明", "answer": "明天来签字"}
    waiver = {"id": case.id, "paper": "guardian-proof", "evidence": "村委会证明", "reason": "村里可证明", "by": "李敏"}
    assert county.desk("step", {"id": case.id, "event": "accept"}).status == 200
    assert county.desk("step", {"id": case.id, "event": "accept"}).status == 409
    assert county.desk("step", {"id": NOBODY, "event": "accept"}).status == 404
    assert county.desk("carrier").json["is_there"]
    assert county.desk("carrier", {}).json == {"asked": 0, "answered": 0}
    for path, body in (("owner", owner), ("call", call_made), ("waive", waiver)):
        assert county.desk(path, body).status == 200, path
        assert county.desk(path, {**body, "id": NOBODY}).status == 404, path
    assert county.desk("waive", waiver).status == 409
    deliver_and_rate(county, kiosk)
    licence = sealed_case(kiosk, "B01", form={"premises": "promise"}, rests_on_promise=True)
    for event in ("accept", "grant"):
        assert county.desk("step", {"id": licence, "event": event}).status == 200
    assert county.desk("checks").json["checks"]
    demand = {"id": licence, "event": "demand", "days": 5, "reason": "现场是车库"}
    assert county.desk("checks", demand).status == 200
    assert county.desk("checks", {"id": licence, "event": "break", "reason": "没有整改"}).status == 409  # its day is to come
    assert county.desk("checks", {**demand, "id": NOBODY}).status == 404
    assert county.desk(f"item?id={case.id}").json["case"]["waived"]


def sealed_case(kiosk, service, **inside):
    assert kiosk.verdicts(kiosk.application(service=service, **inside)) == ["accepted"]
    return uuid7(kiosk.seq)


def deliver_and_rate(county, kiosk):
    rated = Case(county, kiosk)
    deliver(rated)
    rates(rated, level=1, tags=("slow",))
    words = {"id": rated.id, "words": "已道歉", "by": "李敏"}
    assert county.desk(f"item?id={rated.id}").json["case"]["rating"]["level"] == 1
    assert [county.desk("revisit", words).status for _ in range(2)] == [200, 409]
    assert county.desk("revisit", {**words, "id": NOBODY}).status == 404


def bottom_line(county, kiosk, _):
    number = register(county, kiosk)
    row = next(e for e in county.desk("escalations").json["escalations"] if e["receipt"] == number)
    answer = {"id": row["id"], "answer": "可以办"}
    assert [county.desk("escalations/answer", answer).status for _ in range(2)] == [200, 409]
    assert county.desk("escalations/answer", {**answer, "id": NOBODY}).status == 404


def hall(county, kiosk, _):
    bell = {"id": call(kiosk), "by": "李明"}
    county.desk("called", token="")
    county.desk("bells")
    assert [county.desk("bells/answer", b).status for b in (bell, bell, {**bell, "id": NOBODY})] == [200, 409, 404]
    for number, more in (("A001", {}), ("A002", {"urgent": "death"})):
        sealed(kiosk, "ticket", ticket={"number": number, "theme": "elders", "day": "", "priority": "none", **more})
    assert len(county.desk("queue").json["waiting"]) == 2
    decision = {"number": "A002", "urgent": True, "by": "李明"}
    assert county.desk("queue/urgent", decision).status == 200
    assert county.desk("queue/urgent", {**decision, "number": "Z999"}).status == 404
    assert county.desk("queue/next", {"counter": "1"}).json["number"]
    county.desk("called", token="")
    halves = next(c for c in kiosk.request("GET", "/v1/point").json["calendars"] if c["name"] == "window")["halves"]
    half = {"calendar": "window", **{k: halves[0][k] for k in ("day", "half")}}
    booking = sealed(kiosk, "appointment", booking=half, form={"phone": "13800001234"})
    assert county.desk("bookings").json["bookings"]
    decided = [{"id": booking, "state": "cancelled"}, {"id": booking, "state": "confirmed"}, {"id": NOBODY, "state": "confirmed"}]
    assert [county.desk("bookings/decide", d).status for d in decided] == [200, 409, 404]


def measures(county, kiosk, _):
    assert county.desk("report").status == 200 and county.desk("report?month=2026").status == 400
    issues = county.desk("issues").json["issues"]
    assert issues
    for n, status in ((issues[0]["n"], 200), (987654, 404)):
        assert county.desk("issues/state", {"n": n, "state": "mending", "owner": "区民政局"}).status == status


def fleet(county, kiosk, _):
    beat(kiosk, events=[{"n": 1, "what": "started"}])
    county.desk("fleet")
    assert county.desk("fleet/kiosk?id=K0012").json["health"]
    assert county.desk("fleet/kiosk?id=K9999").status == 404
    assert county.desk("fleet/log?id=K0012&sha256=" + "0" * 64).status == 404
    for path, body in (("name", {"name": "乌镇便民中心", "place": "子夜路 18 号"}), ("level", {"level": "village"})):
        assert [county.desk("fleet/" + path, {"id": k, **body}).status for k in ("K0012", "K9999")] == [200, 404]
    code = county.desk("codes", {"kiosk": "K0500"}).json["code"]
    assert code in [c["code"] for c in county.desk("codes").json["codes"]]
    revoked = Kiosk(county, kiosk.dir / "revoked", code=code, kiosk_id="K0500")
    assert [county.desk("fleet/revoke", {"id": k}).status for k in ("K0500", "K9999")] == [200, 404]
    assert revoked.request("GET", "/v1/keys").status == 403
    assert begin(county).status == 200
    rollout = county.desk("rollouts").json["rollouts"][0]
    assert [county.desk("rollouts/move", {"id": rollout["id"], "move": m}).status for m in ("stop", "go", "back")] == [200, 200, 409]


def practice(county, _, __):
    county.desk("day")
    turn(county, 1)
    county.desk("count")
    county.faults()


def phone(county, kiosk, case):
    county.desk("phone/catalogue", token="")
    asked = [("rules", {"item_code": "D01", "answers": {}}, 200), ("rules", {"item_code": "Z99", "answers": {}}, 404), ("rules", {}, 400),
             ("progress", {"receipt": receipt("K0012", kiosk.seq)}, 200), ("progress", {"receipt": receipt("K0012", 999)}, 404), ("progress", {}, 400)]
    for path, body, status in asked:
        assert county.desk("phone/" + path, body, token="").status == status, (path, body)


def other_county(county, case):
    county.desk("elsewhere/doors")
    assert there(county, "cases").json["cases"]
    assert there(county, f"item?id={case.id}").status == 200
    assert there(county, f"item?id={NOBODY}").status == 404
    steps = [{"id": case.id, "ref": "YC-2026-17"}, {"id": case.id, "event": "accept"}, {"id": case.id, "event": "accept"},
             {"id": NOBODY, "event": "accept"}, {}]
    assert [there(county, "step", s).status for s in steps] == [200, 200, 409, 404, 400]
    for path in ("cases", f"item?id={case.id}"):
        assert county.desk("elsewhere/" + path, token="0" * 32).status == 403
    assert county.desk("elsewhere/step", {}, token="0" * 32).status == 403
    county.opener.terminate()
    county.opener.wait(10)
    assert there(county, f"item?id={case.id}").status == 503
    county.serve_opener()


def kiosk_calls(county, kiosk):
    renewed = kiosk.post("/v1/enrolments/renewals", {"csr": kiosk.csr(), "install_id": INSTALL})
    assert renewed.status == 201
    for path in ("time", "status-feed", "keys", "catalogue", "config", "point", "updates"):
        assert kiosk.request("GET", "/v1/" + path).status in (200, 404), path
    assert kiosk.request("GET", f"/v1/submissions/{uuid7(1)}").status == 200
    assert kiosk.request("GET", f"/v1/submissions/{NOBODY}").status == 404
    assert kiosk.request("GET", "/v1/status-feed?cursor=nonsense").status == 410
    data = os.urandom(1000)
    blob = f"/v1/blobs/{hashlib.sha256(data).hexdigest()}"
    assert kiosk.request("GET", blob).status == 404
    assert kiosk.put_part(blob.rsplit("/", 1)[1], 0, len(data), data).status == 200
    assert kiosk.request("GET", blob).status == 200
    assert kiosk.post("/v1/questions", question(county)).status == 200
    bundle = json.loads(kiosk.request("GET", "/v1/updates").body)["updates"][0]
    piece = kiosk.request("GET", f"/v1/updates/{bundle['sha256']}", headers={"Range": "bytes=0-99"})
    assert piece.status == 206 and len(piece.body) == 100
    assert kiosk.request("GET", f"/v1/updates/{bundle['sha256']}").status == 416
    etag = kiosk.request("GET", "/v1/keys").headers["ETag"]
    assert kiosk.request("GET", "/v1/keys", headers={"If-None-Match": etag}).status == 304
    parcels(county, kiosk)


def parcels(county, kiosk):
    """By a kiosk, and by the phone page, which has no token."""
    def at_phone(method, path, body=None, headers=None):
        c = http.client.HTTPConnection("127.0.0.1", urllib.parse.urlsplit(county.facts["desk_url"]).port, timeout=20)
        c.request(method, path.replace("/v1/", "/phone/"), body, headers or {})
        r = c.getresponse()
        answer = Answer(r.status, r.headers, r.read())
        c.close()
        county.contracts.desk.judge(method, path.replace("/v1/", "/phone/"), answer)
        return answer
    for n, ask in enumerate((kiosk.request, at_phone)):
        label, data = f"{n:032x}", b"sealed"
        put = {"Parcel-Hours": "2", "Content-Digest": content_digest(data)}
        assert [ask("PUT", f"/v1/parcels/{label}", data, put).status for _ in range(2)] == [201, 200]
        assert ask("PUT", f"/v1/parcels/{label}", b"others", {**put, "Content-Digest": content_digest(b"others")}).status == 409
        assert ask("PUT", f"/v1/parcels/{label}", b"x" * 16385, put).status == 413
        assert ask("GET", f"/v1/parcels/{label}").body == data
        assert [ask(m, "/v1/parcels/x", b"x" if m == "PUT" else None, put).status for m in ("PUT", "GET", "DELETE")] == [400] * 3
        takers = [{"Parcel-Taker": f"{k:032x}"} for k in (1, 2)]
        assert [ask("DELETE", f"/v1/parcels/{label}", headers=t).status for t in takers] == [200, 410]
        assert ask("GET", f"/v1/parcels/{label}").status == 410
        assert [ask(m, f"/v1/parcels/{'f' * 32}", headers=takers[0]).status for m in ("GET", "DELETE")] == [404, 404]


def refusals(county):
    """Without the token, and with a body that says nothing."""
    for r in routes("desk"):
        path = r["path"].strip("/")
        if r["is_open"]:
            continue
        assert county.desk(path, {} if r["method"] == "POST" else None, token="0" * 32).status == 403, path
        if r["method"] == "POST":
            assert county.desk(path, b"nonsense").status == 400, path
    assert county.desk(f"item?id={NOBODY}").status == 404


def promised(contract, at_most):
    return {(method, path, int(status)) for (method, path), o in contract.operations.items() for status in o["responses"]
            if status.isdigit() and int(status) < at_most}


def test_every_call_of_the_desk_gives_every_answer_that_is_described(seen):
    missing = promised(seen.desk, 600) - seen.desk.seen - set(ELSEWHERE)
    assert missing == set(), "no such answer came"


def test_every_call_of_the_kiosks_is_answered_as_described(seen):
    answered = {(method, path) for method, path, status in seen.kiosks.seen if status < 300}
    assert set(seen.kiosks.operations) - answered == set()


# ---- and the judge itself ----------------------------------------------------------------------

class Said:
    def __init__(self, status, body, kind="application/json"):
        self.status, self.headers, self.body = status, {"Content-Type": kind}, json.dumps(body).encode()


BELL = {"id": uuid7(1), "kiosk": "K0012", "receipt": receipt("K0012", 1), "seconds": 3, "state": "ringing", "by": "", "matter": "D01",
        "language": "zh"}


@pytest.mark.parametrize("change", [
    lambda b: b.update(state="gone"), lambda b: b.pop("by"), lambda b: b.update(name="周小桂"), lambda b: b.update(seconds="3"),
    lambda b: b.update(receipt="1")])
def test_an_answer_that_is_not_described_fails(change):
    desk = Contracts().desk
    desk.judge("GET", "bells", Said(200, {"bells": [BELL]}))
    other = copy.deepcopy(BELL)
    change(other)
    with pytest.raises(AssertionError, match="GET /bells 200"):
        desk.judge("GET", "bells", Said(200, {"bells": [other]}))
    with pytest.raises(AssertionError, match="knows no|where county-desk"):
        desk.judge("GET", "bells", Said(403, {"type": "x", "title": "y"}))
