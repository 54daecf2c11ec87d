"""Live questions (sync/api/live-question.md): what the county answers, what kiosk-syncd carries, and that neither keeps it."""
import base64
import uuid

import pytest

from county import Kiosk
from syncd_client import SyncdError

PERSON = {"name": "测试甲", "number": "339999199001010013"}
SECRET = "33999919900101001344"  # number of a certificate that the registers hold


@pytest.fixture
def kiosk(county, tmp_path):
    return Kiosk(county, tmp_path / "k", code="11112222")


def question(county, kiosk_id="K0012", **more):
    """An id, and the sealed question of that kiosk."""
    id = uuid.uuid4().hex
    inside = {"schema": 1, "question": {"id": id, "kiosk_id": kiosk_id, "item_code": "D01", "catalogue_version": 5},
              "person": PERSON, "papers": ["disability-certificate", "household"], "reply_key": "00" * 32, **more}
    key_id, sealed = county.seal(inside)
    return {"id": id, "suite": 1, "key_id": key_id, "sealed": base64.b64encode(sealed).decode()}


def ask(kiosk, body):
    return kiosk.post("/v1/questions", body)


# ---- the county -----------------------------------------------------------------------------------

def test_county_answers_under_the_key_that_the_question_brought(county, kiosk):
    county.serve_opener()
    body = question(county)
    one, two = ask(kiosk, body), ask(kiosk, body)
    assert one.status == two.status == 200 and one.headers["Content-Type"] == "application/octet-stream"
    assert one.headers["Kiosk-Epoch"]
    assert one.body[:4] == b"OTR1" and one.body != two.body  # never twice under one nonce
    assert SECRET.encode() not in one.body


def test_county_answers_a_stranger_as_long_as_one_it_knows(county, kiosk):
    """Whoever watches the line does not learn of whom something is held."""
    county.serve_opener()
    known = ask(kiosk, question(county))
    stranger = ask(kiosk, question(county, person={"name": "谁", "number": "339999199001010021"}))
    wrong_name = ask(kiosk, question(county, person={**PERSON, "name": "谁"}))
    assert len(known.body) == len(stranger.body) == len(wrong_name.body)


@pytest.mark.parametrize("change", [
    {"id": "short"}, {"id": "G" * 32}, {"suite": 2}, {"key_id": ""}, {"sealed": "not base64!"}, {"sealed": ""},
    {"sealed": "A" * 20000}, {"colour": "red"}, {"id": None}])
def test_county_refuses_what_is_no_question(county, kiosk, change):
    county.serve_opener()
    body = {k: v for k, v in {**question(county), **change}.items() if v is not None}
    assert (ask(kiosk, body).status, ask(kiosk, body).word) == (400, "bad-question")


def test_county_opens_the_question_of_that_kiosk_and_id_alone(county, kiosk, tmp_path):
    county.serve_opener()
    other = Kiosk(county, tmp_path / "other", code="33334444", kiosk_id="K0077")
    mine = question(county)
    assert (ask(other, mine).status, ask(other, mine).word) == (422, "unreadable-question")
    assert ask(kiosk, {**mine, "id": uuid.uuid4().hex}).status == 422
    assert ask(kiosk, {**mine, "sealed": base64.b64encode(b"x" * 1500).decode()}).status == 422
    assert ask(kiosk, question(county, reply_key="short")).status == 422
    assert ask(kiosk, mine).status == 200


def test_county_without_its_opener_says_so(county, kiosk):
    answer = ask(kiosk, question(county))
    assert (answer.status, answer.word) == (503, "opener")


def test_county_wants_a_certificate(county, kiosk):
    assert kiosk.post("/v1/questions", question(county), anonymous=True).status == 401


def test_county_keeps_nothing_of_it(county, kiosk):
    county.serve_opener()
    body = question(county)
    assert ask(kiosk, body).status == 200
    assert county.count() == 0
    for f in (f for f in county.data.rglob("*") if f.is_file()):
        data = f.read_bytes()
        assert PERSON["number"].encode() not in data and SECRET.encode() not in data and body["id"].encode() not in data


# ---- kiosk-syncd ----------------------------------------------------------------------------------

def live(daemon):
    client = daemon.enrol()
    daemon.until(lambda: client.request("status")["link"] == "up", "the county is reached")
    return client


def carry(client, body, **more):
    """The request, and the bytes of its answer; None: it came without."""
    client.request("ask", base64.b64decode(body["sealed"]), **{"id": body["id"], "suite": 1, "key_id": body["key_id"], **more})
    while (said := client.receive()).get("ev") != "reply":
        pass
    assert said["id"] == body["id"]
    return client.body if said["answered"] else None


def test_syncd_carries_question_and_answer_and_keeps_neither(daemon, county):
    county.serve_opener()
    body = question(county)
    reply = carry(live(daemon), body)
    assert reply[:4] == b"OTR1"
    for f in (f for f in daemon.dir.rglob("*") if f.is_file() and county.data not in f.parents and county.keys not in f.parents):
        data = f.read_bytes()
        assert body["id"].encode() not in data and reply not in data and base64.b64decode(body["sealed"]) not in data, f


def test_syncd_says_that_there_is_no_answer(daemon, county):
    client = live(daemon)  # without county-open
    assert carry(client, question(county)) is None
    assert client.request("status")["link"] == "up"


def test_syncd_before_enrolment_asks_nobody(daemon, county):
    client = daemon.client()
    body = question(county)
    with pytest.raises(SyncdError) as refused:
        client.request("ask", base64.b64decode(body["sealed"]), id=body["id"], suite=1, key_id=body["key_id"])
    assert refused.value.word == "unreachable"


@pytest.mark.parametrize("bad", [{"id": "x"}, {"id": "A" * 32}, {"suite": 3}, {"key_id": ""}, {"key_id": "k" * 65}])
def test_syncd_refuses_what_makes_no_sense(daemon, county, bad):
    client = daemon.enrol()
    body = question(county)
    with pytest.raises(SyncdError) as refused:
        client.request("ask", b"sealed", **{"id": body["id"], "suite": 1, "key_id": "k", **bad})
    assert refused.value.word == "bad-request"
    for size in (0, 9000):
        with pytest.raises(SyncdError) as refused:
            client.request("ask", b"x" * size, id=body["id"], suite=1, key_id="k")
        assert refused.value.word == "bad-request"


def test_syncd_answers_the_newest_question_alone_and_none_that_was_dropped(daemon, county):
    county.serve_opener()
    client = live(daemon)
    county.faults(delay_ms=700)
    first, second, third = question(county), question(county), question(county)
    for body in (first, second):
        client.request("ask", base64.b64decode(body["sealed"]), id=body["id"], suite=1, key_id=body["key_id"])
    client.request("ask-drop", id=second["id"])
    client.request("ask-drop", id=second["id"])  # twice is no mistake
    assert carry(client, third)  # receives only "reply" of the third


def test_syncd_reserves_and_stores_while_a_question_is_under_way(daemon, county):
    """What is asked at leisure never stands before what must be safe."""
    county.serve_opener()
    client = live(daemon)
    county.faults(delay_ms=1500)
    body = question(county)
    client.request("ask", base64.b64decode(body["sealed"]), id=body["id"], suite=1, key_id=body["key_id"])
    token = uuid.uuid4().hex
    given = client.request("reserve", token=token)
    assert client.submit(token, given["id"], "county-1", b"x")["receipt"] == given["receipt"]


def test_syncd_forgets_the_question_of_who_hung_up(daemon, county):
    county.serve_opener()
    client = live(daemon)
    county.faults(delay_ms=700)
    body = question(county)
    client.request("ask", base64.b64decode(body["sealed"]), id=body["id"], suite=1, key_id=body["key_id"])
    client.close()
    again = daemon.client()
    assert carry(again, question(county))  # and the next one is answered
