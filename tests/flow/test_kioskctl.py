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


@pytest.mark.parametrize("switch, words", [(("paper", {"state": "end"}), "paper end"), (("cover", {"open": True}), "cover open"),
                                           (("unplug", {"device": "printer"}), "no printer")])
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
