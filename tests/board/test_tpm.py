"""A board with a TPM: its medium is of no use without it. The board's TPM is a swtpm of the host (tests/board/bench/tpm.h), whose folder
is the chip; the medium is the disk's file, searched as a thief would. In this order; each test begins where the one before ended."""
import mmap
import re
import socket
import subprocess
import time

import pytest

from county import County
from daemon import queue, submit
from machine import Fail, Machine
from power_cuts import Line
from swtpm import Swtpm, needs_swtpm

pytestmark = needs_swtpm()

FIRST, SECOND, AGAIN = "33334444", "44445555", "55556666"  # for K0077, K0078, and K0078 again
START_S = 600


class Board:
    """One disk, and whatever board it is put into."""

    def __init__(self, image, folder, county):
        self.image, self.folder, self.county, self.machine = image, folder, county, None

    def start(self, tpm=None, code=None):
        """A line to kiosk-syncd, once it takes applications. With a code the medium is new."""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(1)
        words = [("county", str(self.county.port)), ("syncd", str(self.listener.getsockname()[1])), ("journal", "yes"),
                 *([("enrol", code)] if code else [])]
        if tpm:
            words.append(("tpm", str(tpm.power_on().port)))
        self.tpm = tpm
        self.machine = Machine(self.image / "disk.img", self.folder, fw_cfg=words, keep_disk=not code)
        return self.line()

    def line(self):
        end = time.monotonic() + START_S
        while time.monotonic() < end and self.machine.process.poll() is None:
            try:
                line = Line(self.listener.accept()[0])
                while not line.request("status")["accepting"] and time.monotonic() < end:
                    time.sleep(0.5)
                return line
            except (TimeoutError, ConnectionError, AssertionError):
                continue
        raise Fail(f"kiosk-syncd never took anything:\n{self.machine.text[-1500:]}")

    def off(self):
        if self.machine:
            self.machine.cut()
            self.listener.close()
            self.machine = None
            if self.tpm:
                self.tpm.power_off()

    def on_the_medium(self, *words):
        """Which of these lie anywhere on the data partition, in files or where files were."""
        table = subprocess.run(["sfdisk", "--dump", self.folder / "disk.img"], capture_output=True, text=True, check=True).stdout
        start, size = map(int, re.search(r'start= *(\d+), size= *(\d+).*name="onetrip-data"', table).groups())
        with open(self.folder / "disk.img", "rb") as f, mmap.mmap(f.fileno(), 0, prot=mmap.PROT_READ) as disk:
            return [w for w in words if disk.find(w, start * 512, (start + size) * 512) >= 0]


CLEAR, LOCKED, SEALED = b"-----BEGIN PRIVATE KEY-----", b"-----BEGIN ENCRYPTED PRIVATE KEY-----", b"secret.cred"


@pytest.fixture(scope="module")
def office(image, place):
    (place / "tpm-county").mkdir()
    c = County(place / "tpm-county", keys=image / "keys")
    c.codes = [f"{FIRST}=K0077", f"{SECOND}=K0078", f"{AGAIN}=K0078"]
    with c:
        yield c


@pytest.fixture(scope="module")
def board(image, place, office):
    b = Board(image, place / "tpm-machine", office)
    yield b
    b.off()


@pytest.fixture(scope="module")
def tpm(place):
    with Swtpm(place / "tpm-chip") as t:
        t.power_off()
        yield t


@pytest.fixture(scope="module")
def other_tpm(place):
    with Swtpm(place / "tpm-other-chip") as t:
        t.power_off()
        yield t


def reaches(line, what="accepted", limit=180):
    """An application goes all the way to the county."""
    number = submit(line)[0]
    end = time.monotonic() + limit
    while queue(line).get(number) != what:
        assert time.monotonic() < end, (queue(line), line.request("status"))
        time.sleep(0.5)
    return number


def test_without_a_tpm_the_key_can_be_found_on_the_medium(board):
    """As ever; and the search finds what there is to find."""
    line = board.start(code=FIRST)
    print(f"  without a TPM it takes applications {board.machine.seconds():.1f} s after power on")
    reaches(line)
    board.off()
    assert board.on_the_medium(CLEAR, LOCKED, SEALED) == [CLEAR]


def test_once_there_is_a_tpm_the_same_medium_holds_no_key_in_clear(board, tpm):
    line = board.start(tpm)
    print(f"  its first start with a TPM takes applications after {board.machine.seconds():.1f} s")
    reaches(line)
    board.off()
    assert board.on_the_medium(CLEAR, LOCKED, SEALED) == [LOCKED, SEALED]


def test_a_board_that_has_one_from_the_beginning_never_writes_it_in_clear(board, tpm):
    line = board.start(tpm, code=SECOND)
    reaches(line)
    board.off()
    assert board.on_the_medium(CLEAR, LOCKED, SEALED) == [LOCKED, SEALED]


def test_with_its_own_tpm_it_reaches_the_county_after_every_start(board, tpm):
    line = board.start(tpm)
    print(f"  with its TPM it takes applications {board.machine.seconds():.1f} s after power on")
    status = line.request("status")
    assert status["enrolled"] and status["kiosk_id"] == "K0078"
    reaches(line)
    board.off()


def test_with_another_tpm_it_says_to_enrol_again_and_takes_applications(board, other_tpm, office):
    line = board.start(other_tpm)
    status = line.request("status")
    assert (status["enrolled"], status["link"], status["accepting"]) == (False, "unenrolled", True)
    board.machine.wait_text(r"does not unseal this device's secret any more", 120)
    board.machine.wait_text(r"key.pem cannot be opened.*enrol this kiosk again", 120)
    numbers = submit(line, 2)
    time.sleep(5)
    assert {queue(line)[n] for n in numbers} == {"queued"}
    line.request("enrol", code=AGAIN)
    end = time.monotonic() + 180
    while {queue(line)[n] for n in numbers} != {"accepted"}:
        assert time.monotonic() < end, queue(line)
        time.sleep(0.5)
    reaches(line)
    board.off()
    assert board.on_the_medium(CLEAR) == []


def test_out_of_its_board_it_takes_applications_and_joins_nothing(board):
    line = board.start()
    status = line.request("status")
    assert (status["enrolled"], status["accepting"]) == (False, True)
    board.machine.wait_text(r"there should be a TPM, and there is none", 120)
    submit(line)
    board.off()
