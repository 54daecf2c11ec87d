"""kiosk-syncd on a board with a TPM: its key lies under a secret of that board alone, so the medium by itself joins no county. Whoever
carries it elsewhere has a kiosk that must be enrolled again, and a queue that loses nothing by it."""
import base64
import json
import subprocess

import pytest

from county import openssl
from daemon import queue, submit
from syncd_client import SyncdError
from test_carry import carry, visit
from test_syncd_identity import DAY, certify, check_all_goes_on

# Letters, so that openssl(1) can be given them.
OURS, OTHERS = b"the secret of this device ......", b"the secret of another device ..."


class Device:
    """kiosk-syncd with the secret that its board has for it."""

    def __init__(self, daemon):
        self.daemon, self.file = daemon, daemon.dir / "device-secret"

    def start(self, secret, *more):
        if self.daemon.process.poll() is None:
            self.daemon.client().close()  # up, so that it ends well
            self.daemon.end()
        self.file.unlink(missing_ok=True)
        if secret is not None:
            self.file.write_bytes(secret)
        self.daemon.start("--secret", self.file, *more)
        return self.daemon.client()

    def events(self):
        return [(e["what"], e["detail"]) for e in self.daemon.client().request("events")["events"]]


@pytest.fixture
def device(daemon):
    return Device(daemon)


def key(daemon, secret=None):
    """The key in clear, as its owner has it."""
    return openssl("pkey", "-in", daemon.data / "key.pem", *(("-passin", f"pass:{secret.decode()}") if secret else ()))


def forms(pem):
    """What a private key can be found by on a medium: its number, its DER, each line of its PEM."""
    lines = pem.strip().splitlines()[1:-1]
    der = base64.b64decode("".join(lines))
    number = der[der.index(b"\x04\x20") + 2:][:32]
    return [number, der, b"BEGIN PRIVATE KEY", b"BEGIN EC PRIVATE KEY", number.hex().encode(), *(line.encode() for line in lines[:2])]


def places(folder, pem):
    """Files that the key is in, in whatever form."""
    return sorted(f.name for f in folder.rglob("*") if f.is_file() and any(form in f.read_bytes() for form in forms(pem)))


def test_a_key_that_is_made_where_there_is_a_secret_is_nowhere_in_clear(device, daemon, county):
    device.start(OURS)
    client = daemon.enrol()
    pem = key(daemon, OURS)
    assert places(daemon.data, pem) == []
    assert (daemon.data / "key.pem").stat().st_mode & 0o777 == 0o600
    check_all_goes_on(daemon, county)
    submit(client, 3)
    device.start(OURS)
    check_all_goes_on(daemon, county)
    assert places(daemon.data, pem) == [] and key(daemon, OURS) == pem


def test_without_a_secret_everything_stays_as_it_was(device, daemon, county):
    for nothing in (None, b"", b"none", OURS[:-1], OURS + b"x"):
        device.start(nothing)
        daemon.enrol()
        assert places(daemon.data, key(daemon)) == ["key.pem"]
    check_all_goes_on(daemon, county)


def test_a_key_in_clear_is_kept_under_the_secret_once_there_is_one(device, daemon, county):
    daemon.enrol()
    pem = key(daemon)
    assert places(daemon.data, pem) == ["key.pem"]
    (daemon.dir / "as-it-was").hardlink_to(daemon.data / "key.pem")  # the old file's bytes, wherever they are
    device.start(OURS)
    check_all_goes_on(daemon, county)
    assert places(daemon.data, pem) == [] and key(daemon, OURS) == pem
    assert not (daemon.dir / "as-it-was").read_bytes().strip(b"\0")
    assert "is kept under this device's secret now" in daemon.said()


def test_firmware_on_trial_leaves_a_key_in_clear_for_the_one_before_it(device, daemon, county):
    """That one may have to read it, and knows of no secret. Once the trial is over nobody starts kiosk-syncd anew for this."""
    daemon.enrol()
    pem, trial = key(daemon), daemon.dir / "trial.json"
    trial.write_text("{}")
    device.start(OURS, "--trial", trial)
    check_all_goes_on(daemon, county)
    assert places(daemon.data, pem) == ["key.pem"]
    device.start(None)  # it fell back
    check_all_goes_on(daemon, county)
    client = device.start(OURS, "--trial", trial)
    trial.unlink()
    daemon.until(lambda: client.request("status") and places(daemon.data, pem) == [], "it is replaced", limit=30)
    check_all_goes_on(daemon, county)


@pytest.mark.parametrize("elsewhere", [OTHERS, None], ids=["another TPM", "no TPM"])
def test_a_medium_on_another_board_joins_nothing_keeps_its_queue_and_is_enrolled_again(device, daemon, county, elsewhere):
    device.start(OURS)
    client = daemon.enrol()
    county.faults(cut=1.0)
    before = submit(client, 3)
    pem = key(daemon, OURS)
    county.faults()
    daemon.end()
    county.codes.append("55556666=K0012")
    county.restart()
    daemon.url = county.facts["platform_url"]

    client = device.start(elsewhere)
    status = client.request("status")
    assert (status["enrolled"], status["link"], status["kiosk_id"]) == (False, "unenrolled", "K0012")
    assert "key.pem cannot be opened" in daemon.said() and "enrol this kiosk again" in daemon.said()
    assert [e for e in device.events() if e[0] == "identity-lost"]
    assert status["accepting"] and not status["refusal"]
    numbers = before + submit(client, 2)
    client.request("sync-now")
    assert queue(client) == dict.fromkeys(numbers, "queued") and county.count() == 0
    assert len(set(numbers)) == 5

    client.request("enrol", code="55556666")
    daemon.until(lambda: set(queue(client).values()) == {"accepted"}, "the queue drains")
    assert set(queue(client)) == set(numbers) and county.count() == 5
    new = key(daemon, elsewhere)
    assert new != pem and places(daemon.data, new) == ([] if elsewhere else ["key.pem"])
    client = device.start(elsewhere)
    check_all_goes_on(daemon, county)


def test_a_medium_that_comes_back_to_its_board_is_what_it_was(device, daemon, county):
    device.start(OURS)
    daemon.enrol()
    assert not device.start(OTHERS).request("status")["enrolled"]
    device.start(OURS)
    check_all_goes_on(daemon, county)


def test_a_key_that_was_made_anew_waits_for_its_certificate_over_a_restart(device, daemon, county):
    device.start(OURS)
    daemon.enrol()
    client = device.start(OTHERS)
    with pytest.raises(SyncdError):
        client.request("enrol", code="00000000")  # refused, and the key for it is there
    assert "does not belong" not in daemon.said()
    client = device.start(OTHERS)
    assert not client.request("status")["enrolled"] and "key.pem does not belong to the certificate" in daemon.said()
    submit(client)


def test_a_certificate_is_renewed_for_a_key_under_a_secret(device, daemon, county):
    daemon.enrol()
    daemon.end()
    old = certify(daemon, -80 * DAY, 10 * DAY)
    device.start(OURS)
    daemon.until(lambda: (daemon.data / "cert.pem").read_bytes() != old, "a new certificate")
    check_all_goes_on(daemon, county)
    assert places(daemon.data, key(daemon, OURS)) == []


def test_it_joins_by_stick_and_signs_what_goes_out_with_a_key_under_a_secret(device, daemon, county, tmp_path):
    mount = tmp_path / "stick"
    (mount / "ONETRIP").mkdir(parents=True)
    client = device.start(OURS)
    asked = client.request("join-request")
    (mount / f"ONETRIP/request-{asked['install_id']}.json").write_bytes(client.body)
    made = visit(county, mount, "--catalogue", "assets/catalogue/catalogue.json", "--join", "K0099")
    assert made[0] == 0 and made[1]["joined"].replace("-", "").lower() == asked["code"], made
    document = next((mount / "ONETRIP").glob("join-*.json"))
    signature = document.with_suffix(".sig").read_bytes()
    said = client.request("join-in", len(signature).to_bytes(4, "big") + signature + document.read_bytes())
    assert said["said"] == "well" and said["kiosk_id"] == "K0099"
    pem = key(daemon, OURS)
    assert places(daemon.data, pem) == places(mount, pem) == []
    daemon.until(lambda: client.request("status")["accepting"], "keys and catalogue come")
    check_all_goes_on(daemon, county)
    county.faults(cut=1.0)
    submit(client, 2)
    status, out, err = carry(daemon, mount)
    assert status == 0 and json.dumps(out), err
    assert places(mount, pem) == []


def test_the_secret_itself_is_written_nowhere(device, daemon, county):
    device.start(OURS)
    daemon.enrol()
    check_all_goes_on(daemon, county)
    daemon.end()
    assert not [f for f in daemon.data.rglob("*") if f.is_file() and OURS in f.read_bytes()] and OURS.decode() not in daemon.said()
    help_text = subprocess.run([str(p) for p in (daemon.process.args[0], "--help")], capture_output=True, text=True).stdout
    assert "--secret FILE" in help_text
