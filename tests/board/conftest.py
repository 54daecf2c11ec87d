"""The virtual board for a test: image (make image BENCH=1), county, simulated devices, mirror."""
import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / p) for p in ("tests/board", "tests/flow", "tests/support", "board/host")]

from county import County  # noqa: E402
from hands import Sim, Town  # noqa: E402
from machine import Fail, Machine  # noqa: E402
from orders import Orders  # noqa: E402
from start import Start  # noqa: E402
from visit import Visit  # noqa: E402

CODE = "33334444"


def pytest_configure(config):
    config.addinivalue_line("markers", "full: for make board-check; make board-short leaves it out")
    os.environ.setdefault("ONETRIP_BUILD", str(ROOT / "build"))
    os.environ.setdefault("ONETRIP_IMAGE", str(ROOT / "build/virt-arm64/bench-image"))


@pytest.fixture(scope="session")
def image():
    """Folder of a test image: disk.img, and the county's keys that it believes."""
    folder = pathlib.Path(os.environ["ONETRIP_IMAGE"])
    if not (folder / "disk.img").exists():
        pytest.skip(f"no test image in {folder}: make image BOARD=virt-arm64 BENCH=1")
    if not shutil.which("qemu-system-aarch64"):
        pytest.skip("no qemu-system-aarch64 here: make image-deps")
    return folder


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    kept = os.environ.get("ONETRIP_BOARD_OUT")
    folder = pathlib.Path(kept) if kept else tmp_path_factory.mktemp("board")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def county(image, place):
    (place / "county").mkdir()
    with County(place / "county", keys=image / "keys") as c:
        yield c


@pytest.fixture(scope="session")
def sim(county, place):
    """The devices that are plugged into the board."""
    control = place / "sim.sock"
    process = subprocess.Popen([os.environ["ONETRIP_BUILD"] + "/kiosk-sim", "--control", str(control), "--persons",
                                str(ROOT / "tests/data/persons"), "--out", str(place)], stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    s = Sim(control)
    s.port = json.loads(line)["usbip"].rsplit(":", 1)[1]
    yield s
    s.close()
    process.terminate()
    process.wait(10)
    process.stdout.close()


@pytest.fixture(scope="session")
def without_current(sim, place):
    """A board that starts has had its USB devices without current: what the kernel before held of them is let go."""
    def let_go():
        hand = Sim(place / "sim.sock")
        state = hand.do("state")
        for device in ("reader", "printer", "keypad", "scanner"):
            if state[device]:
                hand.do("unplug", device=device)
                hand.do("plug", device=device)
        hand.close()
    return let_go


@pytest.fixture(scope="session")
def mirror(place):
    with Town(place / "mirror") as t:
        yield t


@pytest.fixture(scope="session")
def orders():
    """What the test does to the board's programs (tests/board/bench/orders.h)."""
    o = Orders()
    yield o
    o.close()


@pytest.fixture(scope="session")
def plug_in(image, county, sim, place, orders, without_current):
    """Gives the board current; keep_disk: once more."""
    words = (("usbip", sim.port), ("county", str(county.port)), ("facts", "yes"), ("journal", "yes"), ("orders", orders.port))
    return lambda **how: Machine(image / "disk.img", place / "machine", fw_cfg=words, on_start=without_current, **how)


@pytest.fixture(scope="session")
def machine(plug_in):
    with plug_in() as m:
        yield m


@pytest.fixture(scope="session")
def start(machine, image, place):
    """The board's first start, as whoever has switched it on sees it."""
    machine.wait_text(r"OneTrip: slot A, tries left A 2 B 3", 300)
    return Start(machine, image.parent / "start.png", place / "start")


@pytest.fixture(scope="session")
def joined(start, machine, sim, place):
    """The board's first start: its page of enrolment, beside that of a kiosk on the host, and the county's code by touch. What a
    town's own county says to that code is another matter: the board's takes it."""
    with Town(place / "newcomer", "--unenrolled") as town:
        first = Visit(machine, town, sim, place / "enrolment")
        first.same("enrol", 600)
        print(f"  first frame that can be used {machine.seconds():.1f} s after power on")
        for digit in CODE:
            first.tap(f"key:{digit}")
        first.same("code")
        for _ in range(10):  # the network may come later than the screen: then the page says so and keeps the code
            machine.tap(*first.middle("primary"))
            if first.left("code", 30):
                return
        raise Fail("the board never left its page of enrolment")


@pytest.fixture(scope="session")
def visit(joined, machine, mirror, sim, place):
    return Visit(machine, mirror, sim, place / "pictures")
