"""Firmware from a technician's stick all the way: taken by the kiosk's page, installed by slot-update into partitions that are files,
started by the test's boot loader, settled, and told to staff."""
import json
import os
import pathlib

import pytest

from syncd_client import Syncd
from test_slot_update import MIB, Board
from test_staff import go, noted, page, pull_and_wait, sticks  # noqa: F401
from test_staff_update import RUNS, come_in, put_firmware, service, status, updates  # noqa: F401


class Host(Board):
    """The desktop as a board: the same partitions, the firmware that the town says it runs."""

    def __init__(self, folder, town):
        self.town = town
        super().__init__(folder, pathlib.Path(town.facts["keys_dir"]))
        os.truncate(self.part("boot", "B"), 2 * MIB)
        os.truncate(self.part("root", "B"), 8 * MIB)

    def start(self):
        slot = super().start()
        release = RUNS if slot == "A" else "0.2.0"
        (self.dir / "os-release").write_text(f'ID=onetrip\nVERSION_ID="{release}"\nVARIANT_ID=host\n')
        return slot

    def run(self, what="install", limit=None, **paths):
        return super().run(what, limit, updates=updates(self.town), socket=self.town.facts["socket"], **paths)


@pytest.fixture
def brought(service, tmp_path):  # noqa: F811
    """The bundle is at this kiosk, brought by hand; the stick is out again."""
    town, robot = service, service.robot
    mount = town.make_stick()
    put_firmware(town, mount, tmp_path)
    parts = {name: (tmp_path / name).read_bytes() for name in ("boot", "root")}
    (tmp_path / "board").mkdir()
    host = Host(tmp_path / "board", town)
    at = come_in(town, mount)
    robot.wait("staff", text="可以装：是给这种机型的", ms=20000)
    robot.tap("primary")
    robot.wait("staff", text="已拷到本机，可以拔盘了", ms=30000)
    pull_and_wait(town, at)
    assert json.loads((updates(town) / "ready.json").read_text())["by_hand"]
    yield town, host, mount, parts


def installed(host, parts):
    ran = host.run()
    assert ran.returncode == 0, ran.stderr
    assert host.content("A") == host.old  # what runs is untouched
    for name, data in parts.items():
        assert host.part(name, "B").read_bytes().startswith(data)
    assert host.start() == "B"


def kiosk_tells(town):
    """How its devices are: the self-test goes by that."""
    def does():
        town.robot.advance(60000)
        return Syncd(town.facts["socket"]).request("status")["kiosk"] == "running"
    town.until(does, "the kiosk tells of itself")


def told(town, outcome):
    """kiosk-syncd takes the installer's answer, and clears up behind it."""
    town.until(lambda: status(town).get("last", {}).get("outcome") == outcome, f"the kiosk knows: {outcome}")
    assert not (updates(town) / "update.raucb").exists() and not (updates(town) / "ready.json").exists()


def test_a_bundle_from_the_stick_is_installed_started_and_proves_itself(brought):
    town, host, mount, parts = brought
    installed(host, parts)
    kiosk_tells(town)
    tested = host.run("test")  # against the living kiosk-syncd and kiosk
    assert tested.returncode == 0, tested.stderr
    host.good()
    assert host.run("settle").returncode == 0
    told(town, "installed")
    assert [host.start(), host.start()] == ["B", "B"]
    come_in(town, mount)
    town.robot.wait("staff", text="已装好，自检通过", ms=20000)
    noted(town, "update copy version=0.2.0")


def test_one_that_does_not_prove_itself_falls_back_and_staff_are_told(brought):
    town, host, mount, parts = brought
    installed(host, parts)
    assert host.run("settle").returncode == 4  # nobody said that it is good: void, and started anew
    assert host.start() == "A"
    assert host.run("settle").returncode == 0
    told(town, "fell-back")
    assert host.content("A") == host.old
    come_in(town, mount)
    town.robot.wait("staff", text="已自己退回原来的版本", ms=20000)


def test_a_bundle_that_is_changed_after_it_was_copied_is_refused_by_the_installer(brought):
    """kiosk-syncd is believed in nothing: the installer judges what lies there by the county's signature."""
    town, host, _, _ = brought
    bundle = updates(town) / "update.raucb"
    data = bytearray(bundle.read_bytes())
    data[len(data) // 2] ^= 1
    bundle.write_bytes(data)
    assert host.run().returncode == 3
    assert host.content("A") == host.old and [host.start(), host.start()] == ["A", "A"]
    told(town, "refused")
