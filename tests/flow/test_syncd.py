"""kiosk-syncd by itself: what it is told, what it finds on its disk, what the county hands it. The queue stays whole."""
import json
import hashlib
import sqlite3
import struct
import subprocess
import uuid

import pytest

from county import County, build_dir
from daemon import Daemon, queue, submit
from syncd_client import SyncdError


# ---- promises --------------------------------------------------------------------------


def test_killed_right_after_the_reply_it_still_has_the_number(daemon, county):
    client = daemon.enrol()
    county.faults(cut=1.0)
    numbers = submit(client, 20)
    daemon.kill()
    daemon.start()
    assert set(queue(daemon.client())) >= set(numbers)


def test_the_same_token_is_stored_once_and_answered_twice(daemon):
    client = daemon.enrol()
    token = uuid.uuid4().hex
    given = client.request("reserve", token=token)
    assert client.request("reserve", token=token)["receipt"] == given["receipt"]
    first = client.submit(token, given["id"], "county-1", b"x")
    again = client.submit(token, given["id"], "county-1", b"x")
    assert again["receipt"] == first["receipt"] and again["again"] and not first["again"]


def test_numbers_are_never_given_twice_across_kills(daemon, county):
    county.faults(cut=1.0, seed=1)
    county.faults()
    seen = []
    client = daemon.enrol()
    for _ in range(5):
        seen += submit(client, 3) + [client.request("reserve", token=uuid.uuid4().hex)["receipt"]]
        daemon.kill()
        daemon.start()
        client = daemon.client()
        daemon.until(lambda: client.request("status")["accepting"], "it accepts again")
    assert len(set(seen)) == len(seen)


def test_two_on_one_folder_the_second_ends_and_says_so(daemon, county, tmp_path):
    daemon.enrol()
    second = subprocess.run([build_dir() / "kiosk-syncd", "--data", daemon.data, "--platform", daemon.url, "--ca",
                             county.keys / "trust/platform-ca.pem", "--trust", county.keys / "trust"], capture_output=True,
                            text=True, timeout=20)
    assert second.returncode == 1 and "another kiosk-syncd owns" in second.stderr
    daemon.client().request("status")


# ---- what it is told -------------------------------------------------------------------


@pytest.mark.parametrize("bad, word", [
    (dict(op="reserve", token="short"), "bad-request"),
    (dict(op="make-coffee"), "unknown-op"),
    (dict(op="doc", name="diary", have=0), "bad-request"),
    (dict(op="case", receipt="K0012-00000A-0"), "bad-request"),
    (dict(op="print-begin", job="x", receipt=""), "bad-request"),
    (dict(op="print-state", attempt=1, state="printed-ish"), "bad-request"),
    (dict(op="print-state", attempt=999, state="sent"), "not-found"),
    (dict(op="item-release", seq=999), "not-found"),
    (dict(op="enrol", code=""), "bad-request"),
    (dict(op="queue-list", state="lost"), "bad-request"),
])
def test_a_request_that_makes_no_sense_gets_a_word_and_a_sentence(daemon, bad, word):
    client = daemon.enrol()
    with pytest.raises(SyncdError) as refused:
        client.request(**bad)
    assert refused.value.word == word and len(str(refused.value)) > len(word) + 5
    client.request("status")


def test_submissions_that_do_not_fit_are_refused_and_nothing_is_stored(daemon):
    client = daemon.enrol()
    token = uuid.uuid4().hex
    given = client.request("reserve", token=token)
    good = dict(token=token, id=given["id"], kind="application", suite=1, key_id="k", sha256="00" * 32)
    for change, word in [({}, "hash-mismatch"), (dict(kind="poem"), "bad-request"), (dict(suite=9), "bad-request"),
                         (dict(id="x"), "bad-request"), (dict(token="11" * 16), "unknown-token")]:
        with pytest.raises(SyncdError) as refused:
            client.request("submit", b"other bytes", **dict(good, **change))
        assert refused.value.word == word
    with pytest.raises(SyncdError) as refused:
        client.submit("22" * 16, given["id"], "k", b"x")
    assert refused.value.word == "unknown-token"
    assert queue(client) == {}


def test_requests_that_come_all_at_once_are_answered_in_order(daemon):
    client = daemon.enrol()
    body, sent = b"x" * 100, []
    for n in range(100):
        token = uuid.uuid4().hex
        given = client.request("reserve", token=token)
        sent.append(dict(token=token, id=given["id"], suite=1, key_id="k", sha256=hashlib.sha256(body).hexdigest(),
                         kind="poem" if n % 7 == 3 else "rating"))
    numbers = [client.send("submit", body, **s) if n % 10 else client.send("status") for n, s in enumerate(sent)]
    replies = [client.receive() for _ in numbers]
    assert [r["re"] for r in replies] == numbers
    assert [r["ok"] for r in replies] == [n % 10 == 0 or n % 7 != 3 for n in range(100)]
    assert len(queue(client)) == sum(n % 10 != 0 and n % 7 != 3 for n in range(100))


def test_what_was_stored_is_never_denied_later(daemon, county):
    client = daemon.enrol()
    county.faults(cut=1.0)
    token = uuid.uuid4().hex
    given = client.request("reserve", token=token)
    number = client.submit(token, given["id"], "k", b"x")["receipt"]
    daemon.end()
    (daemon.data / "cert.pem").unlink()  # from now on nothing new can be taken
    daemon.start()
    client = daemon.client()
    assert client.request("status")["refusal"] == "unenrolled"
    again = client.submit(token, given["id"], "k", b"x")
    assert again["again"] and again["receipt"] == number
    with pytest.raises(SyncdError) as refused:
        client.submit("33" * 16, given["id"], "k", b"x")
    assert refused.value.word == "unenrolled"


@pytest.mark.parametrize("frame", [struct.pack(">II", 2**31, 0), struct.pack(">II", 2, 2**31) + b"{}",
                                   struct.pack(">II", 4, 0) + b"nope", struct.pack(">II", 2, 0) + b"[]", b"GET / HTTP/1.1\r\n\r\n"])
def test_bytes_that_are_no_message_end_that_connection_only(daemon, frame):
    other = daemon.enrol()
    client = daemon.client()
    client.send_raw(frame)
    with pytest.raises((ConnectionError, OSError)):
        client.receive()
    numbers = submit(other)
    assert set(queue(other)) == set(numbers)
    assert "no message" in daemon.said()


def test_enrolment_with_a_wrong_code_says_why(daemon):
    with pytest.raises(SyncdError) as refused:
        daemon.client().request("enrol", code="00000000")
    assert refused.value.word == "refused" and "code" in str(refused.value)


# ---- what it finds on its disk ----------------------------------------------------------


def offline_queue(daemon, county, n=5):
    client = daemon.enrol()
    county.faults(cut=1.0)
    return submit(client, n)


def damage(path, at, with_=b"\xa5" * 64):
    with open(path, "r+b") as f:
        f.seek(at)
        f.write(with_)


@pytest.mark.parametrize("at", [0, 100, 4096, 20000])
def test_broken_database_is_named_set_aside_and_rebuilt(daemon, county, at):
    numbers = offline_queue(daemon, county)
    daemon.end()
    damage(daemon.data / "queue.db", at)
    daemon.start()
    client = daemon.client()
    assert set(queue(client)) >= set(numbers)
    county.faults()
    client.request("sync-now")
    daemon.until(lambda: county.count() >= len(numbers), "all arrive")


def test_deleted_database_comes_back_from_the_spool(daemon, county):
    numbers = offline_queue(daemon, county)
    daemon.kill()
    for f in daemon.data.glob("queue.db*"):
        f.unlink()
    daemon.start()
    assert set(queue(daemon.client())) >= set(numbers)


@pytest.mark.parametrize("at", [0, 8, 600, 5000])
def test_broken_spool_segment_leaves_the_queue_whole(daemon, county, at):
    numbers = offline_queue(daemon, county)
    daemon.end()
    segment = sorted(daemon.data.glob("*.seg"))[0]
    damage(segment, at)
    daemon.start()
    client = daemon.client()
    assert set(queue(client)) >= set(numbers)
    assert submit(client)[0] not in numbers


def test_database_of_a_newer_firmware_is_left_alone(daemon, county):
    offline_queue(daemon, county)
    daemon.end()
    db = sqlite3.connect(daemon.data / "queue.db")
    db.execute("PRAGMA user_version=999")
    db.execute("INSERT OR REPLACE INTO meta(k, v) VALUES('min_reader', 999)")
    db.commit()
    db.close()
    daemon.start()
    assert daemon.process.wait(15) == 1
    assert "newer firmware" in daemon.said()
    db = sqlite3.connect(daemon.data / "queue.db")
    assert db.execute("SELECT count(*) FROM item").fetchone() == (5,)
    assert db.execute("PRAGMA user_version").fetchone() == (999,)
    db.close()


def test_damaged_identity_says_which_file(daemon):
    daemon.enrol()
    daemon.end()
    (daemon.data / "cert.pem").write_text("no certificate")
    daemon.start()
    assert daemon.client().request("status")["refusal"] == "unenrolled"
    assert "cert.pem" in daemon.said() and "enrol this kiosk again" in daemon.said()


def test_no_trust_means_no_document_is_believed(tmp_path, county):
    (tmp_path / "empty").mkdir()
    d = Daemon(tmp_path, county)
    d.log = open(d.dir / "log", "ab")
    d.process = subprocess.Popen([build_dir() / "kiosk-syncd", "--data", d.data, "--platform", d.url, "--ca",
                                  county.keys / "trust/platform-ca.pem", "--trust", tmp_path / "empty"], stderr=d.log)
    client = d.client()
    client.request("enrol", code="11112222")
    d.until(lambda: "refused" in d.said(), "the documents are refused")
    assert client.request("status")["refusal"] == "no-key"
    d.end()


@pytest.mark.parametrize("spoil, words", [
    (lambda k: k["keys"].pop(1), "escrow"),
    (lambda k: k["keys"][0].update(certificate="-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), "certificate"),
    (lambda k: k["keys"][0].update(suite="one"), "keys[0].suite"),
    (lambda k: k.pop("keys"), "keys"),
])
def test_a_broken_key_document_is_refused_and_nothing_is_accepted_in_clear(tmp_path, spoil, words):
    with County(tmp_path) as maker:
        keys = maker.keys
    file = keys / "platform/keys.json"
    document = json.loads(file.read_text())
    spoil(document)
    file.write_text(json.dumps(document))
    with County(tmp_path) as county:
        d = Daemon(tmp_path, county).start()
        client = d.client()
        client.request("enrol", code="11112222")
        d.until(lambda: "keys" in d.said() and ("refused" in d.said() or client.request("status")["docs"]["keys"]), "judged")
        assert client.request("status")["refusal"] == "no-key"
        with pytest.raises(SyncdError) as refused:
            client.request("reserve", token=uuid.uuid4().hex)
        assert refused.value.word == "no-key"
        if "refused" in d.said():
            assert words in d.said()
        d.end()


@pytest.mark.parametrize("url, words", [("http://127.0.0.1:1", "https"), ("", "https"), ("ftp://x", "https")])
def test_an_address_that_is_no_https_is_refused_at_the_start(tmp_path, url, words):
    run = subprocess.run([build_dir() / "kiosk-syncd", "--data", tmp_path / "k", "--platform", url, "--ca", "/none", "--trust",
                          tmp_path], capture_output=True, text=True, timeout=20)
    assert run.returncode == 1 and words in run.stderr


# ---- what the county hands it -----------------------------------------------------------


@pytest.mark.parametrize("faults", [dict(garbage=1.0), dict(status_5xx=1.0), dict(drop_answers=1.0), dict(cut=1.0)])
def test_a_platform_that_misbehaves_changes_nothing_in_the_queue(daemon, county, faults):
    client = daemon.enrol()
    county.faults(**faults)
    numbers = submit(client, 3)
    client.request("sync-now")
    tries = lambda: [i["tries"] for i in client.request("queue-list")["items"]]  # noqa: E731
    daemon.until(lambda: client.request("status")["queue"]["queued"] == 3 and tries() is not None, "still queued")
    county.faults()
    client.request("sync-now")
    daemon.until(lambda: set(queue(client).values()) == {"accepted"}, "all accepted")
    assert set(queue(client)) == set(numbers) and county.count() == 3


def test_a_server_of_another_ca_gets_nothing(tmp_path, county):
    (tmp_path / "other").mkdir()
    with County(tmp_path / "other") as stranger:
        d = Daemon(tmp_path, county, url=stranger.facts["platform_url"]).start()
        with pytest.raises(SyncdError) as refused:
            d.client().request("enrol", code="11112222")
        assert refused.value.word == "unreachable" and "CA" in str(refused.value)
        assert stranger.count() == 0
        d.end()


def test_print_attempts_of_a_killed_kiosk_are_uncertain(daemon):
    client = daemon.enrol()
    job = uuid.uuid4().hex
    receipt = submit(client)[0]
    attempt = client.request("print-begin", job=job, receipt=receipt, is_reprint=False, kind="receipt")["attempt"]
    client.request("print-state", attempt=attempt, state="sent", level="P", bytes_sent=10, detail="")
    client.close()
    again = daemon.client()
    again.request("hello", client="kiosk", events=False)
    left = again.request("print-open")["attempts"]
    assert [(a["attempt"], a["receipt"]) for a in left] == [(attempt, receipt)]
    with pytest.raises(SyncdError):  # unmarked, it may not go again
        again.request("print-begin", job=job, receipt=receipt, is_reprint=False, kind="receipt")
    again.request("print-begin", job=job, receipt=receipt, is_reprint=True, kind="receipt")
