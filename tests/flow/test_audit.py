"""What staff did, held against what the kiosk signed: kiosk-syncd writes the chain, kioskctl verifies what came home by stick."""
import contextlib
import json
import sqlite3
import subprocess

import pytest

from county import build_dir, make_keys


def note(client, *rolls):
    for roll in rolls:
        client.request("staff-note", serial="S-2026-0007", action="paper", detail=f"roll {roll}")


def save(client, folder, name, **request):
    client.request(**request)
    length = int.from_bytes(client.body[:4], "big")
    (folder / f"{name}.sig").write_bytes(client.body[4:4 + length])
    (folder / f"{name}.json").write_bytes(client.body[4 + length:])
    return folder / f"{name}.json"


def certificate(client, folder, name):
    return save(client, folder, name, op="readiness", report={"checks": []})


def log(county, client, folder, name):
    """As it leaves the kiosk: sealed. And what county-open makes of it."""
    sealed = save(client, folder, f"{name}", op="log", **{"from": 0})
    assert "staff-action" not in sealed.read_text() and json.loads(sealed.read_text())["type"] == "events-sealed"
    opened = folder / f"opened-{name}"
    opened.mkdir()
    run = subprocess.run([build_dir() / "county-open", "--dir", opened, "--keys", county.keys / "opener", "--log", sealed],
                         capture_output=True, text=True, timeout=30)
    assert run.returncode == 0, run.stderr
    return opened / f"{name}.json"


def verify(county, *files):
    run = subprocess.run([build_dir() / "kioskctl", "--json", "audit", "verify", f"ca={county.keys / 'platform/kiosk-ca.pem'}", *files],
                         capture_output=True, text=True, timeout=60)
    return run.returncode, json.loads(run.stdout) if run.stdout else None


def says(answer):
    return " | ".join(f["says"] for f in answer["findings"])


def change(daemon, sql):
    """As whoever has the disk can."""
    with contextlib.closing(sqlite3.connect(daemon.data / "queue.db")) as db:
        db.execute(sql)
        db.commit()


@pytest.fixture
def papers(daemon, county, tmp_path):
    """A morning's certificate, work, a log, more work, another log."""
    client = daemon.enrol()
    note(client, 1, 2)
    morning = certificate(client, tmp_path, "morning")
    note(client, 3, 4)
    first = log(county, client, tmp_path, "first")
    note(client, 5)
    evening = certificate(client, tmp_path, "evening")
    return client, [morning, first, evening, log(county, client, tmp_path, "second")]


def test_what_came_home_is_one_history(papers, county, tmp_path):
    _, files = papers
    envelopes = [tmp_path / "first.json", tmp_path / "second.json"]
    assert verify(county, files[0], *envelopes)[0] == 0  # heads alone, from the outside
    code, answer = verify(county, *files)
    assert code == 0 and answer["findings"] == []
    assert (answer["kiosk"], answer["first"], answer["last"], answer["heads"]) == ("K0012", 1, 5, 4)
    assert json.loads(files[0].read_text())["audit"]["n"] == 2


def test_a_file_that_was_changed_on_the_way_is_found(papers, county):
    _, files = papers
    files[1].write_text(files[1].read_text().replace("roll 3", "roll 9"))
    code, answer = verify(county, *files)
    assert code == 1 and "not signed by a kiosk" in says(answer)
    assert verify(county, files[1].with_suffix(".txt"))[0] == 1


def test_a_record_that_the_disk_no_longer_has_as_it_was_is_found(papers, county, daemon, tmp_path):
    _, files = papers
    daemon.end()
    change(daemon, "UPDATE audit SET detail='S-2026-0007 paper roll 9' WHERE n=3")
    daemon.start()
    later = log(county, daemon.client(), tmp_path, "later")
    code, answer = verify(county, later)
    assert code == 1 and "record 3 does not fit" in says(answer)


def test_another_history_under_the_same_key_does_not_fit_what_was_signed(papers, county, daemon, tmp_path):
    """Whoever owns the disk begins the chain anew: its own links fit, the morning's certificate does not."""
    _, files = papers
    daemon.end()
    change(daemon, "DELETE FROM audit")
    daemon.start()
    client = daemon.client()
    note(client, 7, 8, 9, 10, 11)
    forged = log(county, client, tmp_path, "forged")
    assert verify(county, forged)[0] == 0
    code, answer = verify(county, files[0], forged)
    assert code == 1 and "one of them was changed" in says(answer)
    code, answer = verify(county, files[1], forged)
    assert code == 1 and "is another than that of" in says(answer)


def test_records_that_are_missing_at_the_end_are_missed(papers, county):
    _, files = papers
    code, answer = verify(county, files[1], files[2])
    assert code == 1 and "some are missing at the end" in says(answer)


def test_wrong_usage_is_said(county):
    for words in (["verify"], ["look"], ["verify", "x.json"], ["verify", "ca=nowhere", "x.json"]):
        run = subprocess.run([build_dir() / "kioskctl", "audit", *words], capture_output=True, text=True, timeout=20)
        assert run.returncode in (1, 2) and run.stderr


def test_files_of_two_kiosks_are_not_mixed(papers, county, tmp_path_factory):
    from daemon import Daemon
    other = Daemon(tmp_path_factory.mktemp("other"), county).start()
    try:
        client = other.enrol("33334444")
        note(client, 1)
        theirs = log(county, client, other.dir, "theirs")
        code, answer = verify(county, papers[1][1], theirs)
        assert code == 1 and "of kiosk K0077" in says(answer)
    finally:
        other.end()


def test_a_log_is_opened_by_the_county_alone(papers, county, tmp_path):
    other = make_keys(tmp_path / "other")
    (tmp_path / "out").mkdir()
    for keys, file in ((other / "opener", tmp_path / "first.json"), (county.keys / "opener", tmp_path / "morning.json")):
        run = subprocess.run([build_dir() / "county-open", "--dir", tmp_path / "out", "--keys", keys, "--log", file],
                             capture_output=True, text=True, timeout=30)
        assert run.returncode == 1 and ("cannot be opened" in run.stderr or "no sealed log" in run.stderr)
    assert not list((tmp_path / "out").iterdir())
