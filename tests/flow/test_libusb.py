"""The same journey, from the card to the slip, over the machine's own libusb: the kiosk has no USB/IP here, its devices hang on
a mocked /dev/bus/usb (usbfs-bridge) as they do on the bus of a board."""
import os
import pathlib

import pytest

from devices import PRINTERS, code_of, plug_in, prints_it
from hands import Town
from journeys import arrives, begin_with_card, care_subsidy, hand_in, leave
from test_keypad import hears, press, scan

LIBUSB = "libusb-1.0.so"


def through_libusb(folder, build, *options):
    return Town(folder, "--usb-through", build / "usbfs-bridge", *options)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    with through_libusb(tmp_path_factory.mktemp("town"), pathlib.Path(os.environ["ONETRIP_BUILD"])) as t:
        yield t


@pytest.mark.parametrize("style", ["split", "single", "hid"])
def test_journey_over_libusb_with_every_reader_on_usb(tmp_path, build, style):
    with through_libusb(tmp_path, build, "--reader", style) as town:
        command = pathlib.Path(f"/proc/{town.pid('kiosk')}/cmdline").read_bytes()
        assert b"--usbip" not in command and LIBUSB in pathlib.Path(f"/proc/{town.pid('kiosk')}/maps").read_text()
        care_subsidy(town, "lin-xiuying.json")
        receipt = hand_in(town)
        reads = town.sim.do("state")["reader_reads"]
        town.until(lambda: town.robot.do("state")["paper"] == "done", "the slip is proven", limit=40)
        slip = town.until(town.sim.slips, "the slip falls")[-1]
        assert not slip["has_error"] and code_of(slip).endswith(receipt)
        assert town.sim.do("state")["reader_style"] == style and reads == 1  # however long it lay there
        arrives(town, receipt)
        leave(town)


@pytest.mark.parametrize("model", PRINTERS)
def test_journey_over_libusb_on_every_printer(town, robot, model):
    plug_in(town, model)
    prints_it(town, model)


def test_reader_pulled_out_over_libusb_is_missed_and_found_again(town, robot):
    robot.wait("attract")
    for _ in range(3):
        town.sim.do("unplug", device="reader")
        town.until(lambda: "reader" in robot.do("state")["impaired"], "the reader is missed")
        town.sim.do("plug", device="reader")
        town.until(lambda: robot.do("state")["impaired"] == [], "the reader is found")
    begin_with_card(town, "chen-xun.json")
    leave(town)


def test_keypad_and_scanner_are_heard_over_libusb(town, robot):
    hears(town, "keypad", lambda: press(town))
    hears(town, "scanner", lambda: scan(town, "123456"))
