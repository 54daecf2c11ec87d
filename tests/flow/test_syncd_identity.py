"""kiosk-syncd and who it is: certificates that age, run out or are refused while the queue goes on."""
import time
import uuid

import pytest

from county import openssl
from daemon import queue, submit
from syncd_client import SyncdError

DAY = 86400


def utc(offset_s):
    return time.strftime("%Y%m%d%H%M%SZ", time.gmtime(time.time() + offset_s))


def certify(daemon, starts_s, ends_s, name="K0012"):
    """Another certificate for this kiosk's own key, with dates of our own, as its kiosk CA would give it."""
    home, keys = daemon.dir / "ca", daemon.county.keys / "platform"
    home.mkdir(exist_ok=True)
    (home / "index.txt").write_text("")
    (home / "ca.cnf").write_text(f"[ca]\ndefault_ca=d\n[d]\ndatabase={home}/index.txt\nnew_certs_dir={home}\nrand_serial=yes\n"
                                 "default_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName=supplied\n")
    (home / "csr").write_text(openssl("req", "-new", "-key", daemon.data / "key.pem", "-subj", f"/CN={name}"))
    openssl("ca", "-batch", "-notext", "-config", home / "ca.cnf", "-in", home / "csr", "-keyfile", keys / "kiosk-ca.key",
            "-cert", keys / "kiosk-ca.pem", "-out", daemon.data / "cert.pem", "-startdate", utc(starts_s), "-enddate", utc(ends_s))
    return (daemon.data / "cert.pem").read_bytes()


def county_item(county, number):
    return next((i for i in county.desk("items").json["items"] if i["receipt"] == number), None)


def check_all_goes_on(daemon, county):
    """Submissions go up and the county's word comes down."""
    client = daemon.client()
    daemon.until(lambda: client.request("status")["accepting"], "it accepts")
    number = submit(client)[0]
    client.request("sync-now")
    daemon.until(lambda: county_item(county, number), "it arrives")
    assert county.desk("step", {"id": county_item(county, number)["id"], "event": "accept"}).status == 200
    daemon.until(lambda: client.request("case", receipt=number).get("state") == "accepted", "the answer comes back", limit=15)


def test_certificate_in_its_last_third_is_renewed_and_everything_goes_on(daemon, county):
    daemon.enrol()
    daemon.end()
    old = certify(daemon, -80 * DAY, 10 * DAY)
    daemon.start()
    daemon.until(lambda: (daemon.data / "cert.pem").read_bytes() != old, "a new certificate")
    assert (daemon.data / "cert.pem").stat().st_mode & 0o777 == 0o600
    check_all_goes_on(daemon, county)
    check_all_goes_on(daemon, county)


def test_fresh_certificate_is_left_alone(daemon, county):
    daemon.enrol()
    daemon.end()
    old = certify(daemon, -10 * DAY, 80 * DAY)
    daemon.start()
    check_all_goes_on(daemon, county)
    assert (daemon.data / "cert.pem").read_bytes() == old


def test_certificate_that_ran_out_while_offline_is_renewed_and_the_queue_drains(daemon, county):
    client = daemon.enrol()
    county.faults(cut=1.0)
    numbers = submit(client, 5)
    daemon.end()
    old = certify(daemon, -100 * DAY, -10 * DAY)
    county.faults()
    daemon.start()
    daemon.until(lambda: (daemon.data / "cert.pem").read_bytes() != old, "a new certificate")
    client = daemon.client()
    daemon.until(lambda: set(queue(client).values()) == {"accepted"}, "the queue drains")
    assert set(queue(client)) == set(numbers) and county.count() == 5


def test_certificate_beyond_grace_keeps_the_queue_and_says_blocked(daemon, county):
    client = daemon.enrol()
    county.faults(cut=1.0)
    numbers = submit(client, 2)
    daemon.end()
    certify(daemon, -400 * DAY, -200 * DAY)
    county.faults()
    daemon.start()
    client = daemon.client()
    daemon.until(lambda: client.request("status")["link"] == "blocked", "it is refused")
    assert queue(client) == dict.fromkeys(numbers, "queued") and county.count() == 0
    # Staff enrol it again: the same kiosk with the same key and queue.
    county.codes.append("55556666=K0012")
    daemon.end()
    county.restart()
    daemon.url = county.facts["platform_url"]
    daemon.start()
    client = daemon.client()
    client.request("enrol", code="55556666")
    daemon.until(lambda: set(queue(client).values()) == {"accepted"}, "the queue drains")


def test_key_that_does_not_fit_is_said_with_its_file(daemon):
    daemon.enrol()
    daemon.end()
    (daemon.data / "key.pem").write_text(openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"))
    daemon.start()
    daemon.until(lambda: "key.pem" in daemon.said(), "it is said", limit=15)
    status = daemon.client().request("status")
    assert "enrol this kiosk again" in daemon.said() and (status["link"], status["enrolled"]) == ("unenrolled", False)


def test_enrolling_with_wrong_codes_leaves_it_unenrolled(daemon):
    client = daemon.client()
    for code in ("no spaces", "../../x", "密码", "x" * 200, "99999999"):
        with pytest.raises(SyncdError) as refused:
            client.request("enrol", code=code)
        assert refused.value.word == "refused", code
    status = client.request("status")
    assert status["refusal"] == "unenrolled" and not (daemon.data / "cert.pem").exists()
    assert (daemon.data / "key.pem").stat().st_mode & 0o777 == 0o600
    with pytest.raises(SyncdError) as refused:
        client.request("reserve", token=uuid.uuid4().hex)
    assert refused.value.word == "unenrolled"
