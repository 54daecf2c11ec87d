"""The county's kiosks from the desk: how each is, who may come, and firmware stage by stage. Kiosks that are nothing but requests,
one kiosk-syncd that is real, pages in a real browser."""
import hashlib
import json
import os
import sqlite3
import subprocess
import time

import pytest

from browser import Browser
from county import BOOT, INSTALL, County, Kiosk, build_dir, make_keys, uuid7
from daemon import Daemon, submit


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return make_keys(tmp_path_factory.mktemp("county") / "keys")


@pytest.fixture
def bundles(tmp_path):
    folder = tmp_path / "bundles"
    folder.mkdir()
    (folder / "onetrip-1.4.0.raucb").write_bytes(os.urandom(900_001))
    return folder


@pytest.fixture
def county(tmp_path, keys, bundles):
    with County(tmp_path, "--updates", bundles, keys=keys) as c:
        yield c


def beat(kiosk, events=(), **health):
    body = {"install_id": INSTALL, "boot_id": BOOT, "boot_ms": 1000, "firmware": "1.3.0", "board": "rpi4",
            "queue": {"queued": 0, "held": 0, "dead": 0, "last_seq": 0}, "kiosk": "running", "devices": {"reader": "ok", "printer": "ok"},
            "paper_mm": 40000, "disk_free_percent": 80, "events": list(events), **health}
    answer = kiosk.post("/v1/heartbeats", body)
    assert answer.status == 200, answer.body
    return answer.json


def row(county, kiosk_id):
    return next(k for k in county.desk("fleet").json["kiosks"] if k["id"] == kiosk_id)


def begin(county, **more):
    wish = {"file": "onetrip-1.4.0.raucb", "version": "1.4.0", "board": "rpi4", "first": "K0012", "hold_s": 0, **more}
    return county.desk("rollouts", wish)


def rollout(county):
    return county.desk("rollouts").json["rollouts"][0]


def fleet_of(county, tmp_path, count):
    """Enrolled kiosks K1000..., each with a certificate of its own."""
    kiosks = []
    for n in range(count):
        code = county.desk("codes", {"kiosk": f"K{1000 + n}"}).json["code"]
        kiosks.append(Kiosk(county, tmp_path / f"k{n}", code=code, kiosk_id=f"K{1000 + n}"))
    return kiosks


# ---- how they are ---------------------------------------------------------------------------


def test_a_kiosk_is_shown_with_its_colour_and_its_reasons(county, tmp_path):
    kiosk = Kiosk(county, tmp_path / "k", code="11112222")
    assert row(county, "K0012")["colour"] == "grey"
    beat(kiosk)
    assert row(county, "K0012")["colour"] == "green" and row(county, "K0012")["reasons"] == []
    beat(kiosk, devices={"reader": "failed", "printer": "ok"}, causes={"reader": "reader.silent"}, paper_mm=8000)
    k = row(county, "K0012")
    assert k["colour"] == "red" and [r["colour"] for r in k["reasons"]] == ["red", "amber"]
    assert "card reader does not work" in k["reasons"][0]["en"] and "8 metres" in k["reasons"][1]["en"]


def test_names_and_history_are_kept_with_the_kiosk(county, tmp_path):
    kiosk = Kiosk(county, tmp_path / "k", code="11112222")
    beat(kiosk, events=[{"n": 1, "what": "started", "detail": "", "at_ms": 1795500000000},
                        {"n": 2, "what": "disk-low", "detail": "18 percent free", "at_ms": 1795500060000}])
    assert county.desk("fleet/name", {"id": "K0012", "name": "乌镇便民中心", "place": "乌镇子夜路 18 号"}).status == 200
    county.restart()
    one = county.desk("fleet/kiosk?id=K0012").json
    assert one["name"] == "乌镇便民中心" and one["place"] == "乌镇子夜路 18 号" and one["health"]["paper_mm"] == 40000
    assert [(e["what"], e["at_ms"]) for e in one["events"]] == [("disk-low", 1795500060000), ("started", 1795500000000)]
    assert county.desk("fleet/kiosk?id=K9999").status == 404
    assert county.desk("fleet/name", {"id": "K9999", "name": "x"}).status == 404


def test_nobody_reads_or_changes_anything_without_the_token(county):
    for path in ("fleet", "fleet/kiosk?id=K0012", "codes", "rollouts"):
        assert county.desk(path, token="0" * 32).status == 403
    for path in ("fleet/name", "fleet/revoke", "codes", "rollouts", "rollouts/move"):
        assert county.desk(path, {"id": "K0012", "kiosk": "K0012"}, token="0" * 32).status == 403


# ---- who may come ---------------------------------------------------------------------------


def test_a_code_made_at_the_desk_enrols_once_and_is_then_not_shown(county, tmp_path):
    code = county.desk("codes", {"kiosk": "K0500"}).json["code"]
    assert [c["code"] for c in county.desk("codes").json["codes"] if c["kiosk"] == "K0500"] == [code]
    Kiosk(county, tmp_path / "k", code=code, kiosk_id="K0500")
    assert [(c["code"], c["state"]) for c in county.desk("codes").json["codes"] if c["kiosk"] == "K0500"] == [("", "used")]
    assert Kiosk(county, tmp_path / "thief").enrol(code).status in (403, 409)
    for bad in ("", "K1", "k0012", "K0012 ", "X" * 17, "CODE"):
        assert county.desk("codes", {"kiosk": bad}).status == 400


def test_a_revoked_kiosk_is_refused_everywhere_and_its_replacement_is_not(county, tmp_path):
    stolen = Kiosk(county, tmp_path / "stolen", code="11112222")
    beat(stolen)
    unused = county.desk("codes", {"kiosk": "K0012"}).json["code"]
    assert county.desk("fleet/revoke", {"id": "K0012"}).status == 200
    assert row(county, "K0012")["colour"] == "grey" and "revoked" in row(county, "K0012")["reasons"][0]["en"]
    for method, path in (("GET", "/v1/keys"), ("GET", "/v1/status-feed"), ("GET", "/v1/point"), ("GET", "/v1/updates")):
        answer = stolen.request(method, path)
        assert answer.status == 403 and answer.word == "revoked", path
    assert stolen.upload(stolen.item()).status == 403 and county.count() == 0
    assert stolen.post("/v1/enrolments/renewals", {"csr": stolen.csr(), "install_id": INSTALL}).status == 403
    assert Kiosk(county, tmp_path / "thief").enrol(unused).status == 403  # a code that lay about
    assert stolen.enrol("11112222").status == 201 and stolen.request("GET", "/v1/keys").status == 403  # the old answer again: the old certificate
    county.restart()
    assert stolen.request("GET", "/v1/keys").status == 403
    code = county.desk("codes", {"kiosk": "K0012"}).json["code"]
    fresh = Kiosk(county, tmp_path / "fresh", code=code)
    beat(fresh)
    assert row(county, "K0012")["colour"] == "green"
    assert stolen.request("GET", "/v1/keys").status == 403
    assert county.desk("fleet/revoke", {"id": "K9999"}).status == 404


def test_a_certificate_that_never_came_is_revoked_with_the_others(county, tmp_path):
    """Issued, kept, and first used after the theft was noticed."""
    first = Kiosk(county, tmp_path / "k", code="11112222")
    answer = first.post("/v1/enrolments/renewals", {"csr": first.csr(), "install_id": INSTALL})
    assert answer.status == 201
    assert county.desk("fleet/revoke", {"id": "K0012"}).status == 200
    first.certificate.write_text(answer.json["certificate"])
    assert first.request("GET", "/v1/keys").status == 403


def test_a_real_kiosk_that_is_revoked_keeps_its_queue_and_says_blocked(county, tmp_path):
    d = Daemon(tmp_path, county).start()
    try:
        client = d.enrol()
        assert county.desk("fleet/revoke", {"id": "K0012"}).status == 200
        submit(client, 3)
        d.until(lambda: client.request("status")["link"] == "blocked", "it is told that it is refused")
        assert client.request("status")["queue"]["queued"] == 3 and county.count() == 0
    finally:
        d.end()


# ---- firmware -------------------------------------------------------------------------------


def test_a_bundle_comes_in_pieces_and_only_while_it_is_rolled_out(county, tmp_path, bundles):
    kiosk = Kiosk(county, tmp_path / "k", code="11112222")
    assert kiosk.request("GET", "/v1/updates").status == 404
    assert begin(county).status == 200
    answer = kiosk.request("GET", "/v1/updates")
    entry = answer.json["updates"][0]
    assert answer.headers["Document-Signature"] and entry["percent"] == 0 and entry["kiosks"] == ["K0012"]
    assert kiosk.request("GET", "/v1/updates", headers={"If-None-Match": answer.headers["ETag"]}).status == 304
    whole, path = (bundles / "onetrip-1.4.0.raucb").read_bytes(), "/v1/updates/" + entry["sha256"]
    assert entry["size"] == len(whole) and entry["sha256"] == hashlib.sha256(whole).hexdigest()
    got = b""
    while len(got) < len(whole):
        piece = kiosk.request("GET", path, headers={"Range": f"bytes={len(got)}-{len(got) + 262143}"})
        assert piece.status == 206
        assert piece.headers["Content-Range"] == f"bytes {len(got)}-{len(got) + len(piece.body) - 1}/{len(whole)}"
        got += piece.body
    assert got == whole
    for bad in ("", "bytes=0-", "bytes=-5", "bytes=9-3", "bytes=0-1,4-5", f"bytes={len(whole)}-{len(whole) + 9}", "lines=0-1"):
        assert kiosk.request("GET", path, headers={"Range": bad} if bad else {}).status == 416, bad
    assert kiosk.request("GET", "/v1/updates/" + "0" * 64, headers={"Range": "bytes=0-9"}).status == 404
    assert kiosk.request("GET", path, headers={"Range": "bytes=0-9"}, anonymous=True).status == 401
    assert county.desk("rollouts/move", {"id": rollout(county)["id"], "move": "stop"}).status == 200
    assert kiosk.request("GET", path, headers={"Range": "bytes=0-9"}).status == 404
    assert kiosk.request("GET", "/v1/updates").json["updates"] == []


def test_a_roll_out_goes_from_one_to_ten_percent_to_all(county, tmp_path):
    first, *others = [Kiosk(county, tmp_path / "k", code="11112222"), *fleet_of(county, tmp_path, 12)]
    for kiosk in (first, *others):
        beat(kiosk)
    begin(county)
    version = beat(others[0])["updates_version"]
    assert rollout(county)["stage"] == 1 and rollout(county)["offered"] == 1
    done = {"state": "none", "version": "", "percent": 0, "trouble": "", "last": {"version": "1.4.0", "outcome": "installed", "reason": ""}}
    assert beat(first, firmware="1.4.0", update=done)["updates_version"] > version
    assert rollout(county)["stage"] == 2 and first.request("GET", "/v1/updates").json["updates"][0]["percent"] == 10
    in_ten = [k for k in others if int.from_bytes(hashlib.sha256(f"{k.id} 1.4.0".encode()).digest()[:4], "big") % 100 < 10]
    assert rollout(county)["offered"] == 1 + len(in_ten)
    for kiosk in in_ten:
        beat(kiosk, firmware="1.4.0", update=done)
    if not in_ten:  # nobody of twelve: its time alone counts
        county.desk("rollouts/move", {"id": rollout(county)["id"], "move": "next"})
    assert rollout(county)["stage"] == 3 and rollout(county)["offered"] == 13
    for kiosk in others:
        beat(kiosk, firmware="1.4.0", update=done)
    assert rollout(county)["state"] == "done" and rollout(county)["installed"] == 13


def test_a_roll_out_stops_by_itself_and_goes_on_when_somebody_says_so(county, tmp_path):
    first, a, b, c = [Kiosk(county, tmp_path / "k", code="11112222"), *fleet_of(county, tmp_path, 3)]
    for kiosk in (first, a, b, c):
        beat(kiosk)
    begin(county, limit=2)
    county.desk("rollouts/move", {"id": 1, "move": "next"})
    county.desk("rollouts/move", {"id": 1, "move": "next"})

    def fails(kiosk, outcome="fell-back"):
        beat(kiosk, update={"state": "none", "version": "", "percent": 0, "trouble": "",
                            "last": {"version": "1.4.0", "outcome": outcome, "reason": "the reader was not found"}})

    fails(a)
    fails(a)  # said again with every heartbeat: one kiosk
    assert rollout(county)["state"] == "running"
    fails(b, "refused")
    stopped = rollout(county)
    assert stopped["state"] == "stopped" and "2 kiosks" in stopped["reason"]
    assert [f["kiosk"] for f in stopped["failures"]] == [a.id, b.id]
    assert first.request("GET", "/v1/updates").json["updates"] == []
    county.restart()
    assert rollout(county)["state"] == "stopped" and first.request("GET", "/v1/updates").json["updates"] == []
    assert county.desk("rollouts/move", {"id": 1, "move": "next"}).status == 409
    assert county.desk("rollouts/move", {"id": 1, "move": "go"}).status == 200
    fails(c)
    assert rollout(county)["state"] == "running"  # two more may


def test_a_roll_out_that_makes_no_sense_is_not_begun(county, tmp_path):
    Kiosk(county, tmp_path / "k", code="11112222")
    for bad in (dict(file="../keys/platform/signer.key"), dict(file="nothing.raucb"), dict(file=".."), dict(version="newest"),
                dict(first="K9999"), dict(board=""), dict(limit=0), dict(replaces=["next"]), dict(from_hour=24)):
        assert begin(county, **bad).status == 400, bad
    assert county.desk("rollouts").json["rollouts"] == []


def test_a_real_kiosk_fetches_what_is_offered_and_reports_what_became_of_it(county, tmp_path, bundles):
    """kiosk-syncd over TLS, with the platform dying in the middle and answers lost."""
    release = tmp_path / "release"
    release.write_text('ID=onetrip\nVERSION_ID="1.3.0"\nVARIANT_ID=rpi4\n')
    d = Daemon(tmp_path, county).start("--release", release)
    try:
        client = d.enrol()
        county.faults(cut=0.3, seed=4)
        assert begin(county, from_hour=0, to_hour=0).status == 200
        client.request("sync-now")
        d.until(lambda: client.request("sync-now") and client.request("status")["update"]["version"] == "1.4.0", "it is offered")
        county.restart()
        d.url = county.facts["platform_url"]  # another port: kiosk-syncd must be told
        d.kill()
        d.start("--release", release)
        client = d.client()
        d.until(lambda: client.request("status")["update"]["state"] == "ready", "it is here", limit=90)
        updates = d.data / "updates"
        ready = json.loads((updates / "ready.json").read_text())
        assert ready["version"] == "1.4.0" and not ready["downgrade"]
        assert (updates / ready["file"]).read_bytes() == (bundles / "onetrip-1.4.0.raucb").read_bytes()
        assert not (updates / "part").exists()
        (updates / "result.tmp").write_text('{"version":"1.4.0","outcome":"fell-back","reason":"the screen stayed dark"}')
        (updates / "result.tmp").rename(updates / "result.json")
        d.kill()  # whoever starts next reads it
        d.start("--release", release)
        client = d.client()
        d.until(lambda: not (updates / "result.json").exists() and not (updates / "ready.json").exists(), "the answer is taken")
        d.until(lambda: rollout(county)["failures"], "the county hears of it", limit=60)
        assert rollout(county)["failures"][0]["reason"] == "the screen stayed dark"
        events = [e["what"] for e in client.request("events", **{"from": 0})["events"]]
        assert events.count("update-fell-back") == 1 and events.count("update-ready") == 1
    finally:
        d.end()


# ---- the pages ------------------------------------------------------------------------------


def fill(county, count):
    """Hundreds of kiosks as they are in a county: most well, some not."""
    now = int(time.time() * 1000)
    with sqlite3.connect(county.data / "county.db", timeout=10) as db:
        for n in range(count):
            kiosk = f"T{n:04d}"
            health = {"firmware": "1.3.0", "board": "rpi4", "kiosk": "running", "devices": {"reader": "ok", "printer": "ok"},
                      "paper_mm": 40000, "disk_free_percent": 80, "key_days": 200, "certificate_days": 60, "clock_skew_s": 0,
                      "queue": {"queued": n % 4, "held": 0, "dead": 0, "oldest_s": 60}}
            if n % 25 == 3:
                health["devices"]["reader"] = "failed"
            if n % 10 == 1:
                health["paper_mm"] = 6000
            silent = 5 * 3600 if n % 50 == 7 else 60
            db.execute("INSERT INTO kiosk(id, install_id) VALUES(?,?)", (kiosk, uuid7(n)))
            db.execute("INSERT INTO fleet_health VALUES(?,?,?)", (kiosk, now - silent * 1000, json.dumps(health)))
            db.execute("INSERT INTO fleet_card(kiosk, name, place) VALUES(?,?,?)", (kiosk, f"便民服务点 {n}", f"第 {n % 40} 村"))


def page(county, name):
    return county.facts["desk_url"].replace("/?", f"/{name}?")


def test_page_of_500_kiosks_is_there_at_once_and_shows_the_worst_first(county, tmp_path):
    fill(county, 500)
    with Browser() as b:
        b.go(page(county, "fleet.html"))
        b.until("#rows tr:nth-child(500)")
        # however many kiosks there are, they are asked for at once, not one by one
        asked = b.js("return performance.getEntriesByType('resource').map(e => new URL(e.name).pathname).filter(p => p.startsWith('/fleet') && !p.includes('.'))")
        assert asked == ["/fleet"], asked
        assert "token" not in b.js("return location.href")
        assert b.js("return [...document.querySelectorAll('#colours b')].map(e => e.textContent)") == ["500", "30", "50", "420", "0"]
        assert b.js("return [...document.querySelectorAll('#rows .lamp')].slice(0, 31).map(e => e.className.split(' ')[1]).join()") == "red," * 30 + "amber"
        # a filter and a search answer within a frame or two
        spent = b.js("const t = performance.now(); document.querySelector('[data-colour=red]').click(); return performance.now() - t")
        assert spent < 200, spent
        assert len(b.find("#rows tr")) == 30
        b.type("#find", "T0103")
        assert [b.text(e) for e in b.find("#rows tr:first-child button")] == ["便民服务点 103"] and len(b.find("#rows tr")) == 1
        # nothing is wider than its window, and rows are made once
        assert b.js("return document.documentElement.scrollWidth <= window.innerWidth")
        b.js("document.querySelector('[data-colour=\"\"]').click(); document.getElementById('find').value = ''; show(); document.querySelector('#rows tr').dataset.mark = '1'")
        b.js("return refresh()")
        assert b.find("#rows tr[data-mark='1']")
        assert b.complaints() == []
        if os.environ.get("ONETRIP_SHOTS"):
            b.click("#rows button")
            b.until("#one h2")
            b.screenshot(os.environ["ONETRIP_SHOTS"] + "/fleet.png")


def test_page_of_one_kiosk_names_it_and_revokes_it(county, tmp_path):
    kiosk = Kiosk(county, tmp_path / "k", code="11112222")
    beat(kiosk, devices={"reader": "ok", "printer": "failed"}, causes={"printer": "printer-cutter"}, key_days=5,
         events=[{"n": 1, "what": "disk-low", "detail": "<b>18</b> percent free", "at_ms": 1795500060000}])
    with Browser() as b:
        b.go(page(county, "fleet.html"))
        b.click("#rows button", "K0012")
        b.until("#title", "K0012")
        assert "the printer does not work (printer-cutter)" in b.text(b.until("#reasons li.red"))
        assert "5 天" in b.text(b.until("#facts"))
        assert "<b>18</b> percent free" in b.text(b.until("#events li"))  # words, never markup
        b.type("#name", "乌镇便民中心")
        b.type("#place", "子夜路 18 号")
        b.click("#naming button")
        b.until("#rows button", "乌镇便民中心")
        b.type("#again", "K0013")
        b.click("#revoking button")
        b.until("#summary", "not that of this kiosk")
        assert kiosk.request("GET", "/v1/keys").status == 200
        b.js("document.getElementById('again').value = ''")
        b.type("#again", "K0012")
        b.click("#revoking button")
        b.until("#rows .lamp.grey")
        assert kiosk.request("GET", "/v1/keys").status == 403
        assert b.complaints() == []
        if os.environ.get("ONETRIP_SHOTS"):
            b.screenshot(os.environ["ONETRIP_SHOTS"] + "/one.png")


def test_pages_of_enrolment_and_updates_do_what_they_say(county, tmp_path):
    kiosk = Kiosk(county, tmp_path / "k", code="11112222")
    beat(kiosk)
    with Browser() as b:
        b.go(page(county, "enrol.html"))
        b.type("#kiosk", "K0600")
        b.click("#making button")
        code = b.js("return document.getElementById('code').textContent") if b.until("#made .code") else ""
        assert len(code) == 12 and code.isdigit()
        b.until("#rows tr", "K0600")
        if os.environ.get("ONETRIP_SHOTS"):
            b.screenshot(os.environ["ONETRIP_SHOTS"] + "/enrol.png")
        assert Kiosk(county, tmp_path / "n", kiosk_id="K0600").enrol(code).status == 201
        b.click("#pages a", "升级")
        b.until("#empty", "Nothing was rolled out yet")
        for field, text in (("file", "onetrip-1.4.0.raucb"), ("version", "1.4.0"), ("board", "rpi4"), ("first", "K0012")):
            b.type("#" + field, text)
        b.click("#making button")
        b.until("#rows tr", "one kiosk")
        b.click("#rows button", "Next stage")
        b.until("#rows tr", "ten percent")
        beat(kiosk, update={"state": "none", "version": "", "percent": 0, "trouble": "",
                            "last": {"version": "1.4.0", "outcome": "fell-back", "reason": "the screen stayed dark"}})
        b.until("#rows tr", "fell back: the screen stayed dark")
        if os.environ.get("ONETRIP_SHOTS"):
            b.screenshot(os.environ["ONETRIP_SHOTS"] + "/updates.png")
        b.click("#rows button", "Stop")
        b.until("#rows .lamp.red", "stopped")
        b.click("#rows button", "Go on")
        b.until("#rows .lamp.amber", "running")
        assert b.complaints() == []


# ---- a whole kiosk --------------------------------------------------------------------------


def test_a_kiosk_tells_the_county_how_its_devices_are(town, robot):
    def told():
        robot.advance(61000)  # the kiosk's minute
        town.sync_now()
        time.sleep(1)  # a heartbeat's way; the machine's own disk may be short, so colours are not asked for
        return town.desk("fleet/kiosk?id=K0012")

    def health(word):
        return town.until(lambda: (k := told())["health"]["devices"]["printer"] == word and k, f"the printer is {word}", limit=60)

    k = health("ok")
    assert k["health"]["kiosk"] == "running" and k["health"]["paper_mm"] > 10000 and k["health"]["devices"]["reader"] == "ok"
    town.sim.do("unplug", device="printer")
    k = health("absent")
    assert k["colour"] == "red" and "the printer is not found (printer-off)" in [r["en"] for r in k["reasons"]]
    town.sim.do("plug", device="printer")
    assert "printer" not in str(health("ok")["reasons"])


# ---- what sticks bring home

def stick_tool(county, mount):
    run = subprocess.run([build_dir() / "stick-tool", "--data", county.data, "--keys", county.keys / "platform", mount], capture_output=True, text=True, timeout=60)
    return run.returncode, json.loads(run.stdout)


def test_a_sealed_log_comes_home_once_and_stands_on_the_page_of_its_kiosk(county, daemon, tmp_path):
    client = daemon.enrol()
    folder = tmp_path / "stick/ONETRIP"
    folder.mkdir(parents=True)
    client.request("staff-note", serial="S-2026-0007", action="paper", detail="new roll")
    for name, op, more in (("log-K0012-1a", "log", {"from": 0}), ("log-K0012-1b", "readiness", {"report": {"may_open": True, "checks": []}})):
        client.request(op, **more)
        cut = int.from_bytes(client.body[:4], "big")
        (folder / f"{name}.sig").write_bytes(client.body[4:4 + cut])
        (folder / f"{name}.json").write_bytes(client.body[4 + cut:])
    copies = {f.name: f.read_bytes() for f in folder.iterdir()}
    status, said = stick_tool(county, folder.parent)
    assert (status, said["logs"], said["logs_known"], said["bad"]) == (0, 2, 0, 0)
    assert not list(folder.glob("log-*"))
    kept = {hashlib.sha256(data).hexdigest(): data for name, data in copies.items() if name.endswith(".json")}
    rows = county.desk("fleet/kiosk?id=K0012").json["logs"]
    assert {r["sha256"] for r in rows} == set(kept)
    for sha256, data in kept.items():
        at = f"fleet/log?id=K0012&sha256={sha256}"
        assert county.desk(at).body == data and county.desk(at + "&part=signature").status == 200
    for name, data in copies.items():  # the same stick, or a copy of it, comes again
        (folder / name).write_bytes(data)
    (folder / "log-K0012-1c.json").write_bytes(copies["log-K0012-1a.json"].replace(b"K0012", b"K0013"))  # and one that nobody signed
    (folder / "log-K0012-1c.sig").write_bytes(copies["log-K0012-1a.sig"])
    (folder / "log-K0012-1d.json").write_bytes(copies["log-K0012-1a.json"])  # and one without a signature
    status, said = stick_tool(county, folder.parent)
    assert (status, said["logs"], said["logs_known"], said["bad"]) == (1, 0, 2, 2)
    assert {f.name for f in folder.glob("log-*.json")} == {"log-K0012-1c.json", "log-K0012-1d.json"}
    with Browser() as b:
        b.go(page(county, "fleet.html"))
        b.click("#rows button", "K0012")
        b.until("#title", "K0012")
        rows = [b.text(e) for e in b.find("#logs li")]
        assert len(rows) == 2 and sum("密封记录" in r for r in rows) == 1 and sum("可以开放" in r for r in rows) == 1
        got = b.js("return readLog('K0012', arguments[0])", hashlib.sha256(copies["log-K0012-1a.json"]).hexdigest())
        assert got.encode() == copies["log-K0012-1a.json"]
        assert b.complaints() == []
        if os.environ.get("ONETRIP_SHOTS"):
            b.js("document.getElementById('logs').scrollIntoView()")
            b.screenshot(os.environ["ONETRIP_SHOTS"] + "/fleet-logs.png")
    sealed, opened = tmp_path / "log-K0012-1a.json", tmp_path / "opened"
    sealed.write_text(got)
    opened.mkdir()
    run = subprocess.run([build_dir() / "county-open", "--dir", opened, "--keys", county.keys / "opener", "--log", sealed], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert any(e["what"] == "staff-action" for e in json.loads((opened / sealed.name).read_text())["events"])
