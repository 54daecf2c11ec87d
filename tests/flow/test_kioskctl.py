"""The technician's command line, on simulated devices."""
import json
import pathlib
import subprocess

import pytest

from hands import Sim

ROOT = pathlib.Path(__file__).resolve().parents[2]
PERSONS = ROOT / "tests/data/persons"


@pytest.fixture
def bench(tmp_path, build):
    """kiosk-sim alone: its control socket and where its devices are."""
    process = subprocess.Popen([build / "kiosk-sim", "--control", tmp_path / "sim", "--persons", PERSONS, "--out", tmp_path],
                               stdout=subprocess.PIPE)
    facts = json.loads(process.stdout.readline())
    sim = Sim(tmp_path / "sim")
    yield sim, facts["usbip"]
    sim.do("quit")
    process.wait(10)


def ctl(build, usbip, *words):
    return subprocess.run([build / "kioskctl", *words, "--usbip", usbip], capture_output=True, text=True, cwd=ROOT)


@pytest.mark.parametrize("file", ["ceshi-jia.json", "ceshi-yi.json", "ceshi-bing.json", "ceshi-ding.json", "wang-yan.json",
                                  "li-ling.json", "chen-xun.json"])
def test_card_read_prints_the_person_file_again(bench, build, file):
    sim, usbip = bench
    sim.card(file)
    out = ctl(build, usbip, "card", "read", "--json")
    assert out.returncode == 0, out.stderr
    assert json.loads(out.stdout) == json.loads((PERSONS / file).read_text())


@pytest.mark.parametrize("file, words", [("unknown-type.json", "not known"), (None, "no card")])
def test_card_read_says_why_not(bench, build, file, words):
    sim, usbip = bench
    if file:
        sim.card(file)
    out = ctl(build, usbip, "card", "read", "--wait", "400")
    assert out.returncode == 1 and words in out.stderr


@pytest.mark.parametrize("words, device, cause", [
    (["card", "read"], "reader", "reader.not-found"), (["card", "read", "--wait", "300"], None, "card.none"),
    (["print", "--test"], "printer", "printer-off"), (["printer"], "printer", "printer-off"),
    (["keypad"], "keypad", "not-found"), (["scanner"], "scanner", "not-found"), (["scanner", "--wait", "200"], None, "no-code")])
def test_failure_is_an_object_for_scripts_and_a_sentence_for_people(bench, build, words, device, cause):
    sim, usbip = bench
    if device:
        sim.do("unplug", device=device)
    out = ctl(build, usbip, *words, "--json")
    said = json.loads(out.stdout)
    assert out.returncode == 1 and said["cause"] == cause and said["says"] in out.stderr
    assert ctl(build, usbip, *words).stdout == ""


def test_devices_tells_reader_and_printer(bench, build):
    sim, usbip = bench
    sim.do("paper", state="end")
    devices = {d["kind"]: d for d in json.loads(ctl(build, usbip, "devices", "--json").stdout)["devices"]}
    assert devices["id-reader"]["security_module"] == "05.01-20200101-0000000042-0123456789"
    assert "paper end" in devices["printer"]["state"]


def test_print_test_page_is_confirmed_and_has_no_boxes(bench, build):
    sim, usbip = bench
    out = ctl(build, usbip, "print", "--test")
    assert out.returncode == 0 and "proof P" in out.stdout
    assert len(sim.slips()) == 1 and sim.do("state")["violations"] == 0


def test_print_test_page_tells_machines_what_became_of_it(bench, build):
    sim, usbip = bench
    out = ctl(build, usbip, "print", "--test", "--json")
    said = json.loads(out.stdout)
    assert out.returncode == 0 and said["result"] == "confirmed" and said["proof"] == "P" and said["cause"] == "works" and said["bytes"] > 10000
    sim.do("paper", state="end")
    out = ctl(build, usbip, "print", "--test", "--json")
    said = json.loads(out.stdout)
    assert out.returncode == 1 and said["result"] == "nothing-printed" and said["bytes"] == 0 and said["cause"] != "works"


@pytest.mark.parametrize("switch, words", [(("paper", {"state": "end"}), "Load a new roll"), (("cover", {"open": True}), "cover is open"),
                                           (("unplug", {"device": "printer"}), "No printer is found")])
def test_print_test_page_says_why_not(bench, build, switch, words):
    sim, usbip = bench
    sim.do(switch[0], **switch[1])
    out = ctl(build, usbip, "print", "--test")
    assert out.returncode == 1 and words in out.stderr
    assert sim.slips() == []


def test_wrong_words_show_the_usage(build):
    out = subprocess.run([build / "kioskctl", "make", "coffee"], capture_output=True, text=True)
    assert out.returncode == 2 and "usage:" in out.stderr


def test_without_syncd_it_says_where_it_looked(build, tmp_path):
    out = subprocess.run([build / "kioskctl", "status", "--syncd", tmp_path / "none"], capture_output=True, text=True)
    assert out.returncode == 1 and str(tmp_path / "none") in out.stderr


# ---- why does it not work -----------------------------------------------------------------------

def listed(build, usbip):
    all = json.loads(ctl(build, usbip, "devices", "--json").stdout)
    return {d["kind"]: d for d in all["devices"]}, all["missing"]


def test_devices_says_of_each_that_it_works(bench, build):
    devices, missing = listed(build, bench[1])
    assert set(devices) == {"id-reader", "printer", "keypad", "scanner"} and missing == {}
    assert all("works" in d["cause"] and d["says"] == "" for d in devices.values()), devices


@pytest.mark.parametrize("line, kind, words", [
    ("paper end", "printer", "paper"), ("cover open", "printer", "cover"),
    ("fault reader sam-sick", "id-reader", "security module"), ("fault reader silence", "id-reader", "answer")])
def test_devices_says_what_to_do(bench, build, line, kind, words):
    sim, usbip = bench
    sim.do("line", line=line)
    device = listed(build, usbip)[0][kind]
    assert "works" not in device["cause"] and words in device["says"].lower() and device["says"].endswith(".")
    plain = ctl(build, usbip, "devices").stdout
    assert device["says"] in plain


@pytest.mark.parametrize("device, kind", [("reader", "id-reader"), ("printer", "printer"), ("keypad", "keypad"), ("scanner", "scanner")])
def test_devices_names_what_is_missing(bench, build, device, kind):
    sim, usbip = bench
    sim.do("unplug", device=device)
    devices, missing = listed(build, usbip)
    assert kind not in devices and list(missing) == [kind] and missing[kind].endswith(".")
    assert "missing" in ctl(build, usbip, "devices").stdout


def test_devices_leaves_a_strangers_keyboard_alone(bench, build):
    sim, usbip = bench
    sim.do("plug", device="keyboard")
    sim.do("type", text="hello")
    devices, _ = listed(build, usbip)
    assert devices["other"]["id"] == "046d:c31c" and sim.do("state")["keyboard_reports"] == 0


def test_devices_watch_shows_changes_and_only_changes(bench, build):
    sim, usbip = bench
    watch = subprocess.Popen([build / "kioskctl", "devices", "--watch", "--json", "--usbip", usbip], stdout=subprocess.PIPE, text=True)
    try:
        kinds = lambda: {d["kind"] for d in json.loads(watch.stdout.readline())["devices"]}  # noqa: E731
        assert "scanner" in kinds()
        sim.do("unplug", device="scanner")
        assert "scanner" not in kinds()
        sim.do("plug", device="scanner")
        assert "scanner" in kinds()
    finally:
        watch.terminate()
        watch.wait(10)


def test_devices_watch_shows_the_state_of_reader_and_printer(bench, build):
    sim, usbip = bench
    watch = subprocess.Popen([build / "kioskctl", "devices", "--watch", "--json", "--usbip", usbip], stdout=subprocess.PIPE, text=True)
    try:
        def cause(kind):
            return next(d["cause"] for d in json.loads(watch.stdout.readline())["devices"] if d["kind"] == kind)
        assert "works" in cause("printer")
        sim.do("paper", state="end")
        assert "works" not in cause("printer")
        sim.do("fault", device="reader", name="sam-sick")
        assert "works" not in cause("id-reader")
        sim.do("paper", state="ok")
        assert "works" in cause("printer")
    finally:
        watch.terminate()
        watch.wait(10)


def test_card_read_from_a_chip_card_says_what_is_missing(build):
    """No service for chip cards runs here, or none was built in: one sentence, no number."""
    out = subprocess.run([build / "kioskctl", "card", "read", "--contact", "--wait", "0"], capture_output=True, text=True, cwd=ROOT)
    assert out.returncode == 1 and out.stdout == "" and ("pcscd" in out.stderr or "WITH_PCSC" in out.stderr or "card" in out.stderr)


# ---- trying things ------------------------------------------------------------------------------

def test_printer_tells_what_it_is_and_can_prove(bench, build):
    out = ctl(build, bench[1], "printer", "--json")
    facts = json.loads(out.stdout)
    assert out.returncode == 0 and facts["proof"] == "P" and facts["width_dots"] == 576


def test_printer_without_paper_fails_with_the_reason(bench, build):
    bench[0].do("paper", state="end")
    out = ctl(build, bench[1], "printer")
    assert out.returncode == 1 and "paper" in out.stdout


def start(build, usbip, *words):
    return subprocess.Popen([build / "kioskctl", *words, "--usbip", usbip], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_keypad_shows_the_keys(bench, build):
    sim, usbip = bench
    run = start(build, usbip, "keypad", "--wait", "20000")
    assert "press its keys" in run.stdout.readline()
    for key in ("up", "select", "louder"):
        sim.do("keypad", act="press", key=key)
        assert run.stdout.readline().strip() == key
    sim.do("unplug", device="keypad")
    assert run.wait(10) == 1 and "keypad" in run.stderr.read()


@pytest.mark.parametrize("fault, text, code, words", [
    (None, "https://c.example/p#1234567890123450", 0, "hand-off: 1234567890123450"), (None, "K-nothing", 0, "other: K-nothing"),
    ("binary", "abcd", 1, "no text"), ("half", "abcd", 1, "broke off")])
def test_scanner_shows_one_code_or_says_why_not(bench, build, fault, text, code, words):
    sim, usbip = bench
    if fault:
        sim.do("fault", device="scanner", name=fault)
    run = start(build, usbip, "scanner", "--wait", "20000")
    assert "hold a code" in run.stderr.readline()
    sim.do("scan", text=text)
    assert run.wait(10) == code
    assert words in run.stdout.read() + run.stderr.read()


def test_scanner_that_is_shown_nothing_says_so(bench, build):
    out = ctl(build, bench[1], "scanner", "--wait", "50")
    assert out.returncode == 1 and "in time" in out.stderr
