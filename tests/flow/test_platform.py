"""The county platform in a box, held to sync/api/county-platform.yaml, from outside: requests over TLS, nothing of the kiosk's
own code in between."""
import base64
import hashlib
import contextlib
import http.client
import json
import os
import re
import socket
import ssl
import subprocess
import threading
import time
import urllib.parse

import pytest

from county import BOOT, INSTALL, ROOT, County, Kiosk, content_digest, make_keys, openssl, receipt, receipt_hash, uuid7

PART = 256 * 1024


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return make_keys(tmp_path_factory.mktemp("county") / "keys")


@pytest.fixture
def county(tmp_path, keys):
    with County(tmp_path, keys=keys) as c:
        yield c


@pytest.fixture
def kiosk(county, tmp_path):
    return Kiosk(county, tmp_path / "k", code="11112222")


def outcomes(answer):
    return [r["outcome"] for r in answer.json["results"]]


# ---- identity ---------------------------------------------------------------------------------

def subject(pem):
    return subprocess.run(["openssl", "x509", "-noout", "-subject"], input=pem, capture_output=True, text=True).stdout


def test_enrolment_certifies_the_kiosk_of_the_code_whatever_the_request_says(county, tmp_path):
    k = Kiosk(county, tmp_path / "k")
    answer = k.enrol("11112222", csr=k.csr("K0077"))
    assert answer.status == 201
    assert answer.json["kiosk_id"] == "K0012" and subject(answer.json["certificate"]).strip().endswith("CN = K0012")
    assert answer.json["seq_floor"] == 0


def test_enrolment_again_with_the_same_key_gives_the_same_certificate(county, tmp_path):
    k = Kiosk(county, tmp_path / "k")
    first, second = k.enrol("11112222"), k.enrol("11112222")
    assert (first.status, second.status) == (201, 201)
    assert first.json["certificate"] == second.json["certificate"]


def test_enrolment_with_a_used_code_and_another_key_is_refused(county, kiosk, tmp_path):
    assert Kiosk(county, tmp_path / "thief").enrol("11112222").status in (403, 409)


def test_enrolment_with_an_unknown_code_is_refused(county, tmp_path):
    answer = Kiosk(county, tmp_path / "k").enrol("00000000")
    assert answer.status == 403 and answer.headers["Kiosk-Epoch"]


def test_enrolment_guessing_codes_is_slowed(county, tmp_path):
    k = Kiosk(county, tmp_path / "k")
    assert 429 in [k.enrol(f"{n:08d}").status for n in range(30)]


def test_enrolment_code_is_used_up_across_restarts(county, kiosk, tmp_path):
    county.restart()
    assert Kiosk(county, tmp_path / "thief").enrol("11112222").status in (403, 409)


@pytest.mark.parametrize("spoil", ["rsa", "p384", "not signed", "no pem"])
def test_enrolment_wants_a_request_signed_by_a_p256_key(county, tmp_path, spoil):
    k = Kiosk(county, tmp_path / "k")
    if spoil == "rsa":
        k.key.write_text(openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"))
    if spoil == "p384":
        k.key.write_text(openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"))
    csr = k.csr()
    if spoil == "not signed":
        der = bytearray(base64.b64decode("".join(csr.splitlines()[1:-1])))
        der[-1] ^= 1
        csr = "-----BEGIN CERTIFICATE REQUEST-----\n" + base64.encodebytes(bytes(der)).decode() + "-----END CERTIFICATE REQUEST-----\n"
    assert k.enrol("11112222", csr="hello" if spoil == "no pem" else csr).status == 400
    k.key.unlink()
    assert Kiosk(county, k.dir).enrol("11112222").status == 201  # the code is not used up by that


def test_enrolment_of_a_replaced_kiosk_counts_on_from_where_the_old_one_was(county, kiosk, tmp_path):
    assert kiosk.verdicts(kiosk.item(seq=41)) == ["accepted"]
    county.codes.append("55556666=K0012")
    county.restart()
    answer = Kiosk(county, tmp_path / "new").enrol("55556666", install=uuid7(99))
    assert answer.status == 201 and answer.json["seq_floor"] >= 41


def test_renewal_gives_a_certificate_of_the_same_kiosk(county, kiosk):
    answer = kiosk.post("/v1/enrolments/renewals", {"csr": kiosk.csr("K0077"), "install_id": INSTALL})
    assert answer.status == 201 and answer.json["kiosk_id"] == "K0012"
    kiosk.certificate.write_text(answer.json["certificate"])
    assert kiosk.feed().status == 200


def certify(county, kiosk, *dates, name="K0012", ca=None):
    """A certificate as the kiosk CA would give it, with dates of our own (openssl ca(1) can do that)."""
    home = kiosk.dir / "ca"
    home.mkdir(exist_ok=True)
    (home / "index.txt").write_text("")
    (home / "ca.cnf").write_text(f"[ca]\ndefault_ca=d\n[d]\ndatabase={home}/index.txt\nnew_certs_dir={home}\nrand_serial=yes\n"
                                 "default_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName=supplied\n")
    (home / "csr").write_text(kiosk.csr(name))
    keys = ca or (county.keys / "platform/kiosk-ca.key", county.keys / "platform/kiosk-ca.pem")
    openssl("ca", "-batch", "-notext", "-config", home / "ca.cnf", "-in", home / "csr", "-keyfile", keys[0], "-cert", keys[1],
            "-out", kiosk.certificate, *dates)


def utc(offset_s):
    return time.strftime("%Y%m%d%H%M%SZ", time.gmtime(time.time() + offset_s))


def test_expired_certificate_can_be_renewed_but_used_for_nothing_else(county, kiosk):
    certify(county, kiosk, "-startdate", utc(-90 * 86400), "-enddate", utc(-86400))
    assert kiosk.upload(kiosk.item()).status in (401, 403) and county.count() == 0
    answer = kiosk.post("/v1/enrolments/renewals", {"csr": kiosk.csr(), "install_id": INSTALL})
    assert answer.status == 201 and answer.json["kiosk_id"] == "K0012"


def test_certificate_that_expired_long_ago_is_not_renewed(county, kiosk):
    certify(county, kiosk, "-startdate", utc(-400 * 86400), "-enddate", utc(-200 * 86400))
    assert kiosk.post("/v1/enrolments/renewals", {"csr": kiosk.csr(), "install_id": INSTALL}).status in (401, 403)


def test_certificate_of_another_ca_is_refused(county, kiosk):
    key, certificate = kiosk.dir / "ca.key", kiosk.dir / "ca.pem"
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", certificate,
            "-subj", "/CN=Demo kiosk CA", "-days", "30")
    certify(county, kiosk, "-days", "30", ca=(key, certificate))
    answer = kiosk.upload(kiosk.item())
    assert answer.status in (401, 403) and answer.headers["Kiosk-Epoch"]
    assert county.count() == 0


def test_no_certificate_is_refused_everywhere_but_where_it_may_be_missing(county, kiosk):
    for method, path in (("POST", "/v1/submission-batches"), ("GET", "/v1/status-feed"), ("GET", "/v1/keys"), ("GET", "/v1/config"),
                         ("GET", "/v1/catalogue"), ("POST", "/v1/heartbeats"), ("POST", "/v1/enrolments/renewals")):
        assert kiosk.request(method, path, b"{}" if method == "POST" else None, anonymous=True).status == 401, path
    assert kiosk.request("GET", "/v1/time", anonymous=True).status == 200


def test_a_kiosk_that_never_enrolled_is_refused_even_with_a_certificate(county, kiosk):
    certify(county, kiosk, "-days", "30", name="K9999")
    assert kiosk.upload(kiosk.item()).status in (401, 403)


def test_old_tls_is_not_spoken(county):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    with socket.create_connection(("127.0.0.1", county.port)) as s, pytest.raises((ssl.SSLError, OSError)):
        context.wrap_socket(s)


# ---- items ------------------------------------------------------------------------------------

def test_batch_sent_twice_is_stored_once(county, kiosk):
    items = [kiosk.item() for _ in range(3)]
    assert kiosk.verdicts(*items) == ["accepted"] * 3
    first = kiosk.upload(*items)
    assert outcomes(first) == ["duplicate"] * 3 and county.count() == 3
    assert kiosk.upload(*items).body == first.body


def test_receipt_number_is_that_of_the_certificates_kiosk(county, kiosk):
    answer = kiosk.upload({**kiosk.item(), "kiosk_id": "K0077"})
    assert outcomes(answer) == ["accepted"]
    assert county.desk("items").json["items"][0]["receipt"] == receipt("K0012", 1)


def test_same_id_with_other_bytes_is_a_conflict_and_the_first_stays(county, kiosk):
    assert kiosk.verdicts(kiosk.item("first", n=5)) == ["accepted"]
    assert kiosk.verdicts(kiosk.item("second", n=5)) == ["conflict"]
    assert kiosk.verdicts(kiosk.item("first", n=5)) == ["duplicate"]


def test_same_id_twice_in_one_batch_is_judged_twice_and_stored_once(county, kiosk):
    one = kiosk.item("x", n=1)
    kiosk.upload(one, one)
    assert county.count() == 1


def test_id_of_another_kiosk_is_a_conflict(county, kiosk, tmp_path):
    other = Kiosk(county, tmp_path / "other", code="33334444", kiosk_id="K0077")
    assert kiosk.verdicts(kiosk.item(n=1)) == ["accepted"]
    assert other.verdicts(other.item(n=1)) == ["conflict"]
    assert other.request("GET", f"/v1/submissions/{uuid7(1)}").status == 404


def test_item_damaged_on_the_way_is_to_be_sent_again(county, kiosk):
    item = kiosk.item("whole")
    assert kiosk.verdicts({**item, "sealed": base64.b64encode(b"hole?").decode()}) == ["retry"]
    assert kiosk.verdicts({**item, "size": 4}) == ["retry"]
    assert kiosk.verdicts(item) == ["accepted"]


def test_batch_damaged_on_the_way_is_to_be_sent_again(county, kiosk):
    answer = kiosk.upload(kiosk.item(), digest=content_digest(b"something else"))
    assert answer.status == 408 and county.count() == 0


def test_successor_waits_for_its_predecessor(county, kiosk):
    first, second = kiosk.item(n=1), kiosk.item(n=2, after=uuid7(1), chain=uuid7(100))
    assert kiosk.verdicts(second) == ["wait"]
    assert kiosk.verdicts(first, second) == ["accepted", "accepted"]


def test_one_bad_item_leaves_the_others_alone(county, kiosk):
    bad = [{**kiosk.item(), "kind": "sonnet"}, {**kiosk.item(), "suite": 2}, {**kiosk.item(), "seq": 0}, {**kiosk.item(), "key_id": "../x"},
           {**kiosk.item(), "sha256": "zz"}, {**kiosk.item(), "sealed": "no base64!"}, {**kiosk.item(), "install_id": "me"}]
    good = [kiosk.item(), kiosk.item()]
    assert kiosk.verdicts(good[0], *bad, good[1]) == ["accepted"] + ["rejected"] * len(bad) + ["accepted"]
    assert county.count() == 2


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"items":[]}', b'{"items":{}}', b'{"items":[1]}', b'{"items":["x"]}',
                                  b'{"items":[{}]}', b'\xff\xfe', b'{"items":[],"items":[]}', b"[" * 100000])
def test_nonsense_gets_a_problem_and_no_item(county, kiosk, body):
    answer = kiosk.post("/v1/submission-batches", body, headers={"Content-Digest": content_digest(body)})
    assert answer.status in (200, 400) and answer.headers["Kiosk-Epoch"]
    if answer.status == 400:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json["status"] == 400 and answer.json["title"] and answer.word
    else:
        assert outcomes(answer) in (["rejected"], [])
    assert county.count() == 0


def test_more_than_fifty_items_are_too_many(county, kiosk):
    assert kiosk.upload(*[kiosk.item() for _ in range(51)]).status == 413
    assert kiosk.verdicts(*[kiosk.item() for _ in range(50)]) == ["accepted"] * 50


def test_batch_over_512_kib_is_too_large_and_its_halves_are_not(county, kiosk):
    items = [kiosk.item("x" * 60000) for _ in range(8)]
    assert kiosk.upload(*items).status == 413
    assert kiosk.verdicts(*items[:4]) == ["accepted"] * 4


def test_zstd_is_understood_and_a_bomb_is_not_unpacked(county, kiosk, tmp_path):
    def packed(data):
        return subprocess.run(["zstd", "-q", "-c"], input=data, capture_output=True, check=True).stdout

    # zstd(1) does not say the size when it reads a pipe, libzstd as the kiosk uses it does: both must be taken.
    body = packed(json.dumps({"items": [kiosk.item()]}).encode())
    headers = {"Content-Digest": content_digest(body), "Content-Encoding": "zstd"}
    assert outcomes(kiosk.post("/v1/submission-batches", body, headers=headers)) == ["accepted"]
    bomb = packed(b" " * 100_000_000)
    answer = kiosk.post("/v1/submission-batches", bomb, headers={**headers, "Content-Digest": content_digest(bomb)})
    assert answer.status == 413
    answer = kiosk.post("/v1/submission-batches", b"no zstd", headers={**headers, "Content-Digest": content_digest(b"no zstd")})
    assert answer.status == 400
    answer = kiosk.post("/v1/submission-batches", b"{}", headers={"Content-Encoding": "br", "Content-Digest": content_digest(b"{}")})
    assert answer.status == 415


def test_get_submission_tells_what_is_stored(county, kiosk):
    kiosk.verdicts(kiosk.item(n=7))
    answer = kiosk.request("GET", f"/v1/submissions/{uuid7(7)}")
    assert answer.status == 200 and answer.json["id"] == uuid7(7) and answer.json["server_ref"]
    assert kiosk.request("GET", f"/v1/submissions/{uuid7(8)}").status == 404
    assert kiosk.request("GET", "/v1/submissions/..%2f..%2fetc").status == 404


def test_time_of_submission_is_reckoned_from_the_same_boot(county, kiosk):
    """boot_ms 1000 at submission, 61000 when sent: a minute ago, whatever the kiosk's wall clock says."""
    kiosk.verdicts(kiosk.item(clock={"boot_id": BOOT, "boot_ms": 1000, "wall": "1970-01-01T00:00:00Z", "clock_quality": "unset"}))
    item = county.desk("items").json["items"][0]
    seconds = [time.mktime(time.strptime(item[k], "%Y-%m-%dT%H:%M:%SZ")) for k in ("submitted_at", "received_at")]
    assert 58 <= seconds[1] - seconds[0] <= 62


# ---- blobs ------------------------------------------------------------------------------------

def parts_of(data):
    return [data[i:i + PART] for i in range(0, len(data), PART)]


def large(kiosk, data, **more):
    return {k: v for k, v in kiosk.item(sealed=data, **more).items() if k != "sealed"}


def test_blob_comes_in_parts_in_any_order_and_its_item_takes_it(county, kiosk):
    data = os.urandom(2 * PART + 5)
    item, parts = large(kiosk, data), parts_of(data)
    assert kiosk.request("GET", f"/v1/blobs/{item['sha256']}").status == 404
    assert kiosk.verdicts(item) == ["missing_blobs"]
    for n in (2, 0, 0):
        answer = kiosk.put_part(item["sha256"], n, len(data), parts[n])
        assert answer.status == 200 and not answer.json["complete"]
    assert sorted(kiosk.request("GET", f"/v1/blobs/{item['sha256']}").json["parts"]) == [0, 2]
    assert kiosk.verdicts(item) == ["missing_blobs"]
    assert kiosk.put_part(item["sha256"], 1, len(data), parts[1]).json["complete"]
    assert kiosk.verdicts(item) == ["accepted"]
    assert kiosk.verdicts(item) == ["duplicate"]


def test_blob_of_a_stored_item_counts_as_there(county, kiosk):
    """The answer to the item was lost: megabytes need not go again."""
    data = os.urandom(PART)
    item = large(kiosk, data)
    kiosk.put_part(item["sha256"], 0, len(data), data)
    assert kiosk.verdicts(item) == ["accepted"]
    assert kiosk.request("GET", f"/v1/blobs/{item['sha256']}").json["complete"]


def test_blob_with_a_wrong_part_is_asked_for_again(county, kiosk):
    data = os.urandom(PART)
    item = large(kiosk, data)
    kiosk.put_part(item["sha256"], 0, len(data), os.urandom(PART))
    assert kiosk.verdicts(item) == ["missing_blobs"]
    assert kiosk.request("GET", f"/v1/blobs/{item['sha256']}").status == 404
    kiosk.put_part(item["sha256"], 0, len(data), data)
    assert kiosk.verdicts(item) == ["accepted"]


def test_blob_part_damaged_on_the_way_is_refused(county, kiosk):
    item = large(kiosk, b"x" * 10)
    assert kiosk.put_part(item["sha256"], 0, 10, b"x" * 10, digest=content_digest(b"y")).status == 422
    assert kiosk.put_part(item["sha256"], 0, 10, b"x" * 9).status == 422
    assert kiosk.request("GET", f"/v1/blobs/{item['sha256']}").status == 404


@pytest.mark.parametrize("path", ["zz/parts/0?size=1", "%s/parts/-1?size=1", "%s/parts/256?size=67108864", "%s/parts/1?size=10",
                                  "%s/parts/0?size=67108865", "%s/parts/0", "%s/parts/x?size=1", "%s/pieces/0?size=1", "%s"])
def test_blob_part_that_is_none_is_refused(county, kiosk, path):
    sha256 = hashlib.sha256(b"x").hexdigest()
    path = path % sha256 if "%s" in path else path
    answer = kiosk.request("PUT", f"/v1/blobs/{path}", b"x", {"Content-Digest": content_digest(b"x")})
    assert answer.status in (404, 422)


def test_blobs_of_two_kiosks_do_not_meet(county, kiosk, tmp_path):
    other = Kiosk(county, tmp_path / "other", code="33334444", kiosk_id="K0077")
    data = os.urandom(PART)
    item = large(kiosk, data)
    kiosk.put_part(item["sha256"], 0, len(data), data)
    assert other.put_part(item["sha256"], 0, len(data), os.urandom(PART)).status == 200
    assert kiosk.verdicts(item) == ["accepted"]


# ---- the way back -----------------------------------------------------------------------------

def test_feed_has_the_arrival_and_then_the_decision(county, kiosk):
    county.serve_opener()  # words for a resident are addressed by what stands inside the seal
    kiosk.verdicts(kiosk.item(n=1))
    page = kiosk.feed().json
    assert [(e["receipt_hash"], e["state"]) for e in page["entries"]] == [(receipt_hash("K0012", 1), "received")]
    county.desk("step", {"id": uuid7(1), "event": "accept"})
    county.desk("step", {"id": uuid7(1), "event": "grant", "note": "请带存折"})
    page = kiosk.feed(page["cursor"]).json
    assert [e["state"] for e in page["entries"]] == ["accepted", "granted"]
    assert page["entries"][0]["due"] == page["entries"][0]["timeline"]["promised_by"] + "T15:59:59Z"
    assert page["entries"][1]["note"] == "请带存折" and "due" not in page["entries"][1]
    assert page["entries"][1]["server_ref"]
    assert kiosk.feed(page["cursor"]).json["entries"] == []


def test_feed_names_what_is_missing(county, kiosk):
    kiosk.verdicts(kiosk.item(n=1))
    county.desk("step", {"id": uuid7(1), "event": "notify", "materials": ["guardian-proof"], "days": 10})
    assert kiosk.feed().json["entries"][-1]["missing"] == ["guardian-proof"]


def test_feed_is_of_this_kiosk_only(county, kiosk, tmp_path):
    other = Kiosk(county, tmp_path / "other", code="33334444", kiosk_id="K0077")
    kiosk.verdicts(kiosk.item())
    assert other.feed().json["entries"] == []


def test_feed_is_read_in_pages(county, kiosk):
    kiosk.verdicts(*[kiosk.item() for _ in range(7)])
    seen, cursor = [], ""
    while True:
        page = kiosk.feed(cursor, limit=3).json
        seen += [e["receipt_hash"] for e in page["entries"]]
        cursor = page["cursor"]
        if not page["more"]:
            break
    assert seen == [receipt_hash("K0012", n) for n in range(1, 8)]


def test_feed_held_open_answers_as_soon_as_there_is_news(county, kiosk):
    kiosk.verdicts(kiosk.item(n=1))
    cursor = kiosk.feed().json["cursor"]
    got = []
    thread = threading.Thread(target=lambda: got.append((kiosk.feed(cursor, wait=15).json, time.monotonic())))
    thread.start()
    started = time.monotonic()
    while not county.desk("count").json.get("waiting") and time.monotonic() - started < 10:
        pass
    county.desk("step", {"id": uuid7(1), "event": "accept"})
    decided = time.monotonic()
    thread.join(20)
    assert [e["state"] for e in got[0][0]["entries"]] == ["accepted"] and got[0][1] - decided < 3


def test_feed_held_open_does_not_hold_up_the_end(county, kiosk):
    def wait_for_feed():
        with contextlib.suppress(OSError, http.client.HTTPException):  # how it ends is the platform's business
            kiosk.feed("", 50)

    thread = threading.Thread(target=wait_for_feed, daemon=True)
    thread.start()
    started = time.monotonic()
    while not county.desk("count").json.get("waiting") and time.monotonic() - started < 10:
        pass
    county.platform.terminate()
    assert county.platform.wait(5) == 0


@pytest.mark.parametrize("cursor", ["01900000-0000-7000-8000-000000000000.1", "nonsense", "' OR 1=1 --"])
def test_feed_cursor_of_another_history_is_gone(county, kiosk, cursor):
    assert kiosk.feed(cursor).status == 410


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "limit=x", "wait=56", "wait=-1"])
def test_feed_arguments_have_limits(county, kiosk, query):
    assert kiosk.request("GET", f"/v1/status-feed?{query}").status == 400


@pytest.mark.parametrize("name", ["keys", "catalogue", "config"])
def test_document_is_signed_under_the_document_ca_and_known_by_its_etag(county, kiosk, tmp_path, name):
    answer = kiosk.request("GET", f"/v1/{name}")
    assert answer.status == 200 and answer.json["version"] >= 1
    (tmp_path / "doc").write_bytes(answer.body)
    (tmp_path / "sig").write_bytes(base64.b64decode(answer.headers["Document-Signature"]))
    openssl("cms", "-verify", "-binary", "-inform", "DER", "-in", tmp_path / "sig", "-content", tmp_path / "doc", "-CAfile",
            county.keys / "trust/document-ca.pem", "-purpose", "any", "-out", "/dev/null")
    again = kiosk.request("GET", f"/v1/{name}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status == 304 and again.body == b"" and again.headers["Kiosk-Epoch"]
    packed = kiosk.request("GET", f"/v1/{name}", headers={"Accept-Encoding": "zstd"})
    assert packed.headers["Content-Encoding"] == "zstd"
    assert subprocess.run(["zstd", "-dcq"], input=packed.body, capture_output=True, check=True).stdout == answer.body


def test_catalogue_is_the_file_byte_for_byte(county, kiosk):
    assert kiosk.request("GET", "/v1/catalogue").body == (ROOT / "assets/catalogue/catalogue.json").read_bytes()


def test_epoch_and_date_are_on_every_answer_and_the_epoch_stays(county, kiosk):
    answers = [kiosk.request("GET", "/v1/time"), kiosk.request("GET", "/nothing"), kiosk.request("DELETE", "/v1/keys"), kiosk.feed("x")]
    assert [a.status for a in answers] == [200, 404, 405, 410]
    epochs = {a.headers["Kiosk-Epoch"] for a in answers}
    assert len(epochs) == 1 and all(a.headers["Date"].endswith("GMT") for a in answers)
    county.restart()
    assert {kiosk.request("GET", "/v1/time").headers["Kiosk-Epoch"]} == epochs


# ---- heartbeats -------------------------------------------------------------------------------

def beat(boot=BOOT, install=INSTALL, **more):
    return {"install_id": install, "boot_id": boot, "boot_ms": 5, "firmware": "1", "queue": {"queued": 0, "held": 0, "dead": 0, "last_seq": 0}, **more}


def test_heartbeat_tells_versions_and_keeps_each_event_once(county, kiosk):
    events = [{"n": 1, "what": "boot", "detail": ""}, {"n": 2, "what": "link", "detail": "up"}]
    for _ in range(2):
        answer = kiosk.post("/v1/heartbeats", beat(events=events))
        assert answer.status == 200 and answer.json["events_stored_to"] == 2
    catalogue = json.loads((ROOT / "assets/catalogue/catalogue.json").read_text())
    assert answer.json["catalogue_version"] == catalogue["version"]
    assert answer.json["keys_version"] >= 1 and answer.json["config_version"] >= 1


def test_two_boards_with_one_identity_are_noticed_and_their_items_taken(county, kiosk):
    boots = [uuid7(201), uuid7(202), uuid7(201)]
    assert [kiosk.post("/v1/heartbeats", beat(b)).status for b in boots[:2]] == [200, 200]
    answer = kiosk.post("/v1/heartbeats", beat(boots[2]))
    assert answer.status == 409 and answer.word == "kiosk-identity-conflict"
    assert kiosk.verdicts(kiosk.item()) == ["accepted"]


def test_heartbeat_with_nonsense_is_refused(county, kiosk):
    for body in ({}, beat(boot="x"), beat(events=[{"n": i} for i in range(101)]), beat(events={})):
        assert kiosk.post("/v1/heartbeats", body).status == 400


# ---- size and shape of requests ---------------------------------------------------------------

def test_body_larger_than_its_place_allows_is_not_read(county, kiosk):
    for path, size in (("/v1/heartbeats", 1 << 20), ("/v1/enrolments", 1 << 20), ("/v1/submission-batches", 2 << 20)):
        try:
            assert kiosk.post(path, b"x" * size, headers={"Content-Digest": "x"}).status == 413, path
        except (OSError, http.client.HTTPException):
            pass  # hung up on: as good
    assert kiosk.verdicts(kiosk.item()) == ["accepted"]


# ---- the fault switch -------------------------------------------------------------------------

def hung_up(call, *arguments):
    with pytest.raises((OSError, http.client.HTTPException)):
        call(*arguments)


def test_fault_drop_commits_and_says_nothing(county, kiosk):
    item = kiosk.item()
    county.faults(drop_answers=1.0, seed=1)
    hung_up(kiosk.upload, item)
    assert county.count() == 1
    county.faults()
    assert kiosk.verdicts(item) == ["duplicate"]


def test_fault_cut_does_nothing_and_says_nothing(county, kiosk):
    county.faults(cut=1.0)
    hung_up(kiosk.upload, kiosk.item())
    assert county.count() == 0


def test_fault_status_is_an_answer_of_the_platform(county, kiosk):
    county.faults(status_5xx=1.0)
    answer = kiosk.upload(kiosk.item())
    assert answer.status >= 500 and answer.headers["Kiosk-Epoch"] and county.count() == 0


def test_fault_delay_and_seed(county, kiosk):
    county.faults(delay_ms=300)
    started = time.monotonic()
    kiosk.request("GET", "/v1/time")
    assert time.monotonic() - started >= 0.3
    runs = []
    for _ in range(2):
        county.faults(status_5xx=0.5, seed=9)
        runs.append([kiosk.request("GET", "/v1/time").status for _ in range(20)])
    assert runs[0] == runs[1] and len(set(runs[0])) == 2


def test_fault_crash_after_commit_keeps_what_was_committed(county, kiosk):
    items = [kiosk.item(), kiosk.item()]
    county.faults(crash_after_commit=2)
    assert kiosk.verdicts(items[0]) == ["accepted"]
    hung_up(kiosk.upload, items[1])
    assert county.platform.wait(10) != 0
    county.restart()
    assert kiosk.verdicts(*items) == ["duplicate", "duplicate"]


# ---- the opener -------------------------------------------------------------------------------

def test_opener_prints_what_was_sealed(county, kiosk):
    kiosk.verdicts(kiosk.application(form={"phone": "13800000000"}), kiosk.application(service="L03"))
    items, code = county.open()
    assert code == 0 and [i["seq"] for i in items] == [1, 2]
    assert items[0]["id"] == uuid7(1) and items[0]["state"] == "received"
    assert items[0]["item"]["form"] == {"phone": "13800000000"} and items[1]["item"]["manifest"]["item_code"] == "L03"


def test_opener_refuses_what_does_not_agree_with_its_envelope(county, kiosk):
    good, other = kiosk.application(n=1), kiosk.application(n=2)
    kiosk.verdicts(good, {**other, "id": uuid7(3)}, {**kiosk.application(n=4), "seq": 9}, {**kiosk.application(n=5), "kind": "rating"},
                   {**kiosk.application(n=6), "install_id": uuid7(77)})
    items, code = county.open()
    assert code != 0
    assert ["item" in i for i in items] == [True, False, False, False, False]
    assert all(i["error"] for i in items[1:])


def test_opener_refuses_what_was_never_sealed(county, kiosk):
    kiosk.verdicts(kiosk.item("hello"), kiosk.item(sealed=os.urandom(2000)))
    items, code = county.open()
    assert code != 0 and not any("item" in i for i in items)


def test_opener_refuses_an_item_that_another_kiosk_sends_as_its_own(county, kiosk, tmp_path):
    other = Kiosk(county, tmp_path / "other", code="33334444", kiosk_id="K0077")
    assert other.verdicts(kiosk.application()) == ["accepted"]
    items, code = county.open()
    assert code != 0 and "item" not in items[0]


def test_opener_without_its_key_says_so(county, kiosk, tmp_path):
    county.keys = tmp_path / "nowhere"
    assert county.open()[1] != 0


def test_server_never_holds_the_countys_private_key(county):
    key = (county.keys / "opener/county.key").read_text().splitlines()[1]
    for f in (county.keys / "platform").iterdir():
        assert key not in f.read_text()
    fds = [os.readlink(f"/proc/{county.platform.pid}/fd/{n}") for n in os.listdir(f"/proc/{county.platform.pid}/fd")]
    assert not [f for f in fds if "opener" in f]


def test_opener_that_serves_has_no_network_and_no_core(county, kiosk):
    county.serve_opener()
    wait_for(lambda: (county.data / "open.sock").exists())
    status = open(f"/proc/{county.opener.pid}/status").read()
    assert re.search(r"Seccomp:\s+2", status) and re.search(r"NoNewPrivs:\s+1", status)
    limits = open(f"/proc/{county.opener.pid}/limits").read()
    assert re.search(r"Max core file size\s+0\s+0", limits)
    assert oct((county.data / "open.sock").stat().st_mode & 0o777) == "0o600"


def wait_for(test, limit=10):
    started = time.monotonic()
    while not test():
        assert time.monotonic() - started < limit
        time.sleep(0.01)


# ---- keys -------------------------------------------------------------------------------------

def test_make_keys_writes_nothing_that_others_can_read_and_nothing_twice(county):
    for f in county.keys.rglob("*"):
        assert oct(f.stat().st_mode & 0o777) == ("0o700" if f.is_dir() else "0o600"), f
    again = subprocess.run([ROOT / "tests/platform/make-keys", county.keys], capture_output=True)
    assert again.returncode != 0


def test_facts_name_the_codes(county):
    assert county.facts["enrol_codes"] == {"11112222": "K0012", "33334444": "K0077"}
    assert urllib.parse.urlsplit(county.facts["desk_url"]).hostname == "127.0.0.1"
