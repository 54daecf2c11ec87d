"""Firmware updates from end to end: the county offers a bundle, the board fetches it by TLS, installs it into the other slot, starts
it and proves it, or falls back by itself. In this order; each test begins where the one before ended."""
import json
import random
import shutil
import time

import pytest

import variants
from conftest import CODE
from county import County
from machine import Machine
from test_board import until

SLOT = r"OneTrip: slot {0}, tries left"
RELEASES = {"0.2.0": None, "0.3.0": "dead-kiosk", "0.4.0": "blind", "0.5.0": "deaf", "0.6.0": None, "0.7.0": None}


@pytest.fixture(scope="module")
def folder(place):
    folder = place / "updates"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "bundles").mkdir(parents=True)
    return folder


@pytest.fixture(scope="module")
def bundles(image, folder):
    for release, fault in RELEASES.items():
        variants.make_bundle(image, folder / f"bundles/onetrip-{release}.raucb", release, folder, fault)
    return folder / "bundles"


@pytest.fixture(scope="module")
def office(image, folder, bundles):
    """The county, in a hurry."""
    (folder / "county").mkdir()
    config = folder / "config.json"
    config.write_text(json.dumps({"version": 1, "heartbeat_seconds": 10, "update_bytes_per_second": 1 << 30}))
    with County(folder / "county", "--updates", bundles, "--config", config, keys=image / "keys") as c:
        yield c


class Board:
    def __init__(self, image, folder, office, sim, without_current):
        self.words = (("county", str(office.port)), ("enrol", CODE), ("journal", "yes"), ("usbip", sim.port))
        self.folder, self.disk, self.machine = folder / "machine", image / "disk.img", None
        self.without_current = without_current

    def start(self, keep=True):
        self.machine = Machine(self.disk, self.folder, fw_cfg=self.words, keep_disk=keep, on_start=self.without_current)
        return self.machine

    def says(self, pattern, limit=600):
        return self.machine.wait_text(pattern, limit)


@pytest.fixture(scope="module")
def board(image, folder, office, sim, without_current):
    b = Board(image, folder, office, sim, without_current)
    b.start(keep=False)
    yield b
    b.machine.cut()


def offer(office, version):
    wish = {"file": f"onetrip-{version}.raucb", "version": version, "board": "virt-arm64", "first": "K0077", "hold_s": 0,
            "from_hour": 0, "to_hour": 0}
    answer = office.desk("rollouts", wish)
    assert answer.status == 200, answer.body
    return time.monotonic()


def rollout(office, version):
    return next(r for r in office.desk("rollouts").json["rollouts"] if r["version"] == version)


def met(office, device, words):
    """As the county last heard of it from the board."""
    def is_told():
        answer = office.desk("fleet/kiosk?id=K0077")
        return answer.status == 200 and answer.json.get("health", {}).get("devices", {}).get(device) in words
    until(is_told, f"the {device} is {words}", 300)


def failure(office, version):
    until(lambda: rollout(office, version)["failures"], "the county hears that it fell back", 900)
    return rollout(office, version)["failures"][0]["reason"]


def test_an_update_is_fetched_installed_started_and_proves_itself(board, office):
    board.says(SLOT.format("A"))
    board.says("BENCH joined")
    started = offer(office, "0.2.0")
    board.says(r"0\.2\.0 lies in the other slot")
    print(f"  in the other slot {time.monotonic() - started:.0f} s after it was offered")
    board.says(r"OneTrip: slot B, tries left A 3 B 2")
    print(f"  started {time.monotonic() - started:.0f} s after it was offered")
    until(lambda: rollout(office, "0.2.0")["installed"] == 1, "the county hears that it is installed", 600)
    print(f"  proved {time.monotonic() - started:.0f} s after it was offered")


@pytest.mark.parametrize("version, why", [("0.3.0", "the kiosk does not run"),
                                          ("0.4.0", "the reader that was there before is missed"),
                                          ("0.5.0", "the county that was reached before is not")])
def test_one_that_fails_its_self_test_falls_back_by_itself(board, office, version, why):
    """A kiosk that does not start; firmware that may not open the reader; one that does not know the county's certificate."""
    met(office, "reader", ("ok",))
    started = offer(office, version)
    board.says(SLOT.format("A"))
    board.says(SLOT.format("B"))
    print(f"  back {time.monotonic() - started:.0f} s after it was offered")
    assert failure(office, version) == f"it did not prove itself: {why}"


def test_a_reader_that_was_out_before_is_not_held_against_an_update(board, office, sim):
    sim.do("unplug", device="reader")
    met(office, "reader", ("absent", "failed"))
    offer(office, "0.6.0")
    board.says(SLOT.format("A"))
    until(lambda: rollout(office, "0.6.0")["installed"] == 1, "the county hears that it is installed", 900)
    sim.do("plug", device="reader")


def test_cut_while_it_is_installed_the_board_comes_back_and_installs_it(board, office):
    offer(office, "0.7.0")
    board.says(r"update-ready")
    time.sleep(random.Random().uniform(0.5, 8))
    board.machine.cut()
    board.start()
    slot = board.says(r"OneTrip: slot (.), tries left").group(1)
    print(f"  after the cut slot {slot}")
    until(lambda: rollout(office, "0.7.0")["installed"] == 1, "the county hears that it is installed", 900)
