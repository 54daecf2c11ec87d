"""The queue by stick, with the programs themselves: kiosk-syncd that never reaches its county, kioskctl stick carry,
stick-tool at the county. Items arrive once, answers come home, documents travel."""
import json
import shutil
import subprocess
import uuid

import pytest

from county import ROOT, County, build_dir
from syncd_client import SyncdError


@pytest.fixture
def mount(tmp_path):
    (tmp_path / "stick/ONETRIP").mkdir(parents=True)
    return tmp_path / "stick"


def carry(daemon, mount):
    run = subprocess.run([build_dir() / "kioskctl", "--json", "--syncd", daemon.socket, "stick", "carry", mount],
                         capture_output=True, text=True, timeout=60)
    return run.returncode, json.loads(run.stdout) if run.stdout else None, run.stderr


def visit(county, mount, *more):
    run = subprocess.run([build_dir() / "stick-tool", "--data", county.data, "--keys", county.keys / "platform", *map(str, more),
                          mount], capture_output=True, text=True, timeout=60, cwd=ROOT)
    return run.returncode, json.loads(run.stdout) if run.stdout else None, run.stderr


def submit(daemon, county, count=1):
    """Sealed applications, as kiosk hands them over."""
    client, given = daemon.client(), []
    for _ in range(count):
        token = uuid.uuid4().hex
        r = client.request("reserve", token=token)
        key_id, sealed = county.seal({"schema": 1, "manifest": {"id": r["id"], "kiosk_id": "K0012", "seq": r["seq"],
                                                                "receipt": r["receipt"], "kind": "application"}})
        given.append(client.submit(token, r["id"], key_id, sealed)["receipt"])
    return given


def offline(daemon, county):
    """Joined once, and since then without a network."""
    daemon.enrol()
    daemon.end()
    daemon.url = "https://127.0.0.1:9"
    daemon.start()
    daemon.until(lambda: daemon.client().request("status")["accepting"], "it accepts offline")


def queue(daemon):
    return daemon.client().request("status")["queue"]


def test_a_queue_goes_out_and_answers_come_home_without_a_network(daemon, county, mount):
    offline(daemon, county)
    receipts = submit(daemon, county, 5)
    status, out, err = carry(daemon, mount)
    assert status == 0, err
    assert out["items"] == 5 and out["loads"] == 1 and queue(daemon)["queued"] == 5
    status, taken, err = visit(county, mount)
    assert status == 0 and taken["accepted"] == 5, err
    assert not list((mount / "ONETRIP").glob("out-*"))
    status, home, _ = carry(daemon, mount)
    assert status == 0 and home["settled"] == 5 and home["items"] == 0
    assert queue(daemon)["accepted"] == 5 and queue(daemon)["queued"] == 0
    case = daemon.client().request("case", receipt=receipts[0])
    assert case["where"] == "county" and case["state"] == "received"
    assert county.count() == 5


def test_an_item_that_went_both_ways_counts_once(daemon, county, mount):
    offline(daemon, county)
    submit(daemon, county, 3)
    assert carry(daemon, mount)[1]["items"] == 3
    daemon.end()
    daemon.url = county.facts["platform_url"]
    daemon.start()
    daemon.until(lambda: queue(daemon)["accepted"] == 3, "all went by network")
    status, taken, _ = visit(county, mount)
    assert taken["duplicate"] == 3 and taken["accepted"] == 0
    assert carry(daemon, mount)[1]["known"] == 3
    assert county.count() == 3


def test_a_stick_that_comes_again_changes_nothing(daemon, county, mount, tmp_path):
    offline(daemon, county)
    submit(daemon, county, 4)
    carry(daemon, mount)
    shutil.copytree(mount, tmp_path / "copy")
    assert visit(county, mount)[1]["accepted"] == 4
    assert visit(county, tmp_path / "copy")[1]["duplicate"] == 4
    assert carry(daemon, tmp_path / "copy")[1]["settled"] == 4
    assert carry(daemon, mount)[1]["known"] == 4
    assert county.count() == 4 and queue(daemon)["accepted"] == 4


def test_a_load_cut_short_is_set_aside_and_written_anew(daemon, county, mount):
    offline(daemon, county)
    submit(daemon, county, 3)
    carry(daemon, mount)
    load = next((mount / "ONETRIP").glob("out-*"))
    load.write_bytes(load.read_bytes()[:-5000])
    status, taken, err = visit(county, mount)
    assert status == 1 and taken["bad"] == 1 and "damaged" in err
    assert county.count() == 0
    assert carry(daemon, mount)[1]["loads"] == 1
    assert visit(county, mount)[1]["accepted"] == 3


def test_documents_travel_by_stick_and_never_backwards(daemon, county, mount, tmp_path):
    offline(daemon, county)
    newer, older = tmp_path / "newer.json", tmp_path / "older.json"
    catalogue = json.loads((ROOT / "assets/catalogue/catalogue.json").read_text())
    before = daemon.client().request("status")["docs"]["catalogue"]
    newer.write_text(json.dumps({**catalogue, "version": before + 3}, ensure_ascii=False))
    older.write_text(json.dumps({**catalogue, "version": before + 1, "rollback": True}, ensure_ascii=False))
    assert visit(county, mount, "--catalogue", newer)[1]["documents"] == 3
    status, said, _ = carry(daemon, mount)
    assert status == 0 and said["documents"] >= 1
    assert daemon.client().request("status")["docs"]["catalogue"] == before + 3
    visit(county, mount, "--catalogue", older)
    status, said, _ = carry(daemon, mount)
    assert status == 1 and said["trouble"] == "older" and said["trouble_file"] == "catalogue.json"
    assert daemon.client().request("status")["docs"]["catalogue"] == before + 3
    assert any(e["what"] == "document-refused" for e in daemon.client().request("events", **{"from": 0})["events"])


def test_the_load_of_a_kiosk_of_another_county_is_refused(daemon, county, mount, tmp_path):
    offline(daemon, county)
    submit(daemon, county, 2)
    carry(daemon, mount)
    (tmp_path / "elsewhere").mkdir()
    with County(tmp_path / "elsewhere") as other:
        status, taken, err = visit(other, mount)
        assert status == 1 and taken["bad"] == 1 and "not signed by the kiosk" in err
        assert other.count() == 0


def test_the_desk_sees_an_item_under_the_number_on_the_slip(daemon, county, mount):
    offline(daemon, county)
    receipts = submit(daemon, county, 1)
    carry(daemon, mount)
    visit(county, mount)
    item = county.desk("items").json["items"][0]
    assert item["receipt"] == receipts[0] and item["kiosk"] == "K0012" and item["submitted_at"] <= item["received_at"]


def test_tries_of_a_pin_are_counted_across_restarts(daemon, county):
    daemon.enrol()
    client = daemon.client()
    for left in (9, 8, 7):
        said = client.request("staff-begin", serial="S-2026-0007")
        assert said["may"] and said["left"] == left
        client.request("staff-end", serial="S-2026-0007", right=False)
    daemon.kill()
    daemon.start()
    said = daemon.client().request("staff-begin", serial="S-2026-0007")
    assert not said["may"] and not said["blocked"] and 0 < said["wait_ms"] <= 60000
    events = [e["what"] for e in daemon.client().request("events", **{"from": 0})["events"]]
    assert events.count("staff-try") == 3 and events.count("staff-wrong-pin") == 3 and "staff-locked" in events


def test_notes_take_words_and_figures_only(daemon, county):
    daemon.enrol()
    client = daemon.client()
    client.request("staff-note", serial="S-2026-0007", action="paper", detail="roll 80")
    for bad in ({"action": "测试甲", "detail": ""}, {"action": "paper", "detail": "Zhang San"}, {"action": "", "detail": ""}):
        with pytest.raises(SyncdError):
            client.request("staff-note", serial="S-2026-0007", **bad)
    assert any(e["what"] == "staff-action" and "paper" in e["detail"]
               for e in client.request("events", **{"from": 0})["events"])


def test_a_readiness_certificate_is_signed_by_the_kiosk(daemon, county, tmp_path):
    daemon.enrol()
    client = daemon.client()
    client.request("readiness", report={"checks": [{"id": "reader", "state": "ok"}]})
    body = client.body
    length = int.from_bytes(body[:4], "big")
    (tmp_path / "r.sig").write_bytes(body[4:4 + length])
    (tmp_path / "r.json").write_bytes(body[4 + length:])
    run = subprocess.run(["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", tmp_path / "r.sig", "-content",
                          tmp_path / "r.json", "-CAfile", county.keys / "platform/kiosk-ca.pem", "-purpose", "any", "-out",
                          "/dev/null"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    said = json.loads((tmp_path / "r.json").read_text())
    assert said["type"] == "readiness" and said["kiosk_id"] == "K0012" and said["report"]["checks"][0]["state"] == "ok"
