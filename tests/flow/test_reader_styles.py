"""Every kind of ID reader, by the technician's command and in a visit."""
import json
import os
import pathlib
import subprocess

import pytest

from hands import Sim

ROOT = pathlib.Path(__file__).resolve().parents[2]
PERSONS = ROOT / "tests/data/persons"
USB_STYLES = ["split", "single", "hid"]


@pytest.fixture
def bench(tmp_path, build):
    """kiosk-sim alone: its control socket and where its devices are."""
    process = subprocess.Popen([build / "kiosk-sim", "--control", tmp_path / "sim", "--persons", PERSONS], stdout=subprocess.PIPE)
    facts = json.loads(process.stdout.readline())
    sim = Sim(tmp_path / "sim")
    yield sim, facts["usbip"]
    sim.do("quit")
    process.wait(10)


def read_card(build, usbip, *more):
    return subprocess.run([build / "kioskctl", "card", "read", "--json", "--usbip", usbip, *more], capture_output=True, text=True,
                          cwd=ROOT)


@pytest.mark.parametrize("style", USB_STYLES)
def test_card_is_read_by_every_style_of_reader(bench, build, style):
    sim, usbip = bench
    sim.do("reader-style", style=style)
    sim.card("chen-xun.json")
    out = read_card(build, usbip)
    assert out.returncode == 0, out.stderr
    assert json.loads(out.stdout) == json.loads((PERSONS / "chen-xun.json").read_text())
    assert sim.do("state")["reader_style"] == style


def test_reader_that_becomes_another_kind_reads_on(bench, build):
    sim, usbip = bench
    sim.card("lin-xiuying.json")
    for style in USB_STYLES + USB_STYLES[::-1]:
        sim.do("reader-style", style=style)
        out = read_card(build, usbip)
        assert out.returncode == 0, (style, out.stderr)


def test_reader_on_a_serial_line_is_not_on_usb(bench, build):
    sim, usbip = bench
    sim.do("reader-style", style="serial", rate=9600)
    state = sim.do("state")
    assert os.path.exists(state["reader_line"]) and state["reader"] is True
    assert read_card(build, usbip, "--wait", "300").returncode == 1
    sim.do("unplug", device="reader")
    assert not os.path.exists(state["reader_line"]) and sim.do("state")["reader"] is False


@pytest.mark.parametrize("style", ["hid", "single"])
def test_visit_begins_and_ends_with_the_card_on_any_reader(town, robot, style):
    town.sim.do("reader-style", style=style)
    robot.wait("attract")
    town.sim.card("lin-xiuying.json")
    robot.wait("home", ms=15000)
    reads = town.sim.do("state")["reader_reads"]
    town.sim.lift()
    robot.tap("exit")
    robot.wait("attract")
    assert town.sim.do("state")["reader_reads"] == reads  # read once
