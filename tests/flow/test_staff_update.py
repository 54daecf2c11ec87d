"""Firmware from the service stick: what staff are told of it, what is refused before a byte is written, and what pulling it does."""
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys

import pytest

from county import build_dir, make_keys
from test_staff import begin, enter, go, noted, page, sticks  # noqa: F401

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "board/image"))
import bundle  # noqa: E402

RUNS, SIZE = "0.1.0", 6 << 20


def put_firmware(town, mount, tmp_path, release="0.2.0", board="host", replaces=None, keys=None):
    """As the county's desk does."""
    parts = {}
    for name, size in (("boot", 1 << 20), ("root", SIZE)):
        parts[name] = tmp_path / name
        parts[name].write_bytes(random.Random(release + name).randbytes(size))
    bundle.make(tmp_path / "made.raucb", board, release, parts["boot"], parts["root"])
    signer = pathlib.Path(keys or town.facts["keys_dir"]) / "platform"
    words = [f"bundle={tmp_path / 'made.raucb'}", f"key={signer / 'signer.key'}", f"certificate={signer / 'signer.pem'}"]
    done = subprocess.run([build_dir() / "kioskctl", "stick", "update", mount, *words, *([f"replaces={replaces}"] if replaces else [])],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return mount / "ONETRIP/update.raucb"


def updates(town):
    return pathlib.Path(town.facts["data_dir"]) / "updates"


@pytest.fixture
def service(sticks):  # noqa: F811
    yield sticks
    syncd = sticks.pid("kiosk-syncd")  # whatever was copied is not there for the next test
    os.kill(sticks.process.pid, signal.SIGSTOP)
    try:
        os.kill(syncd, signal.SIGKILL)
        shutil.rmtree(updates(sticks), ignore_errors=True)
    finally:
        os.kill(sticks.process.pid, signal.SIGCONT)
    sticks.until(lambda: sticks.pid("kiosk-syncd") != syncd and status(sticks), "kiosk-syncd is up again")


def status(town):
    from syncd_client import Syncd
    return Syncd(town.facts["socket"]).request("status")["update"]


def come_in(town, mount):
    at = town.plug_stick(mount)
    page(town.robot, "pin")
    enter(town.robot)
    page(town.robot, "menu")
    go(town.robot, "update")
    return at


def test_firmware_goes_from_the_stick_to_the_installer(service, tmp_path):
    town, robot = service, service.robot
    mount = town.make_stick()
    put_firmware(town, mount, tmp_path)
    at = come_in(town, mount)
    robot.wait("staff", text="可以装：是给这种机型的", ms=20000)
    words = robot.words()
    assert "0.2.0" in words and RUNS in words and "县里签名，内容完整，没有改动" in words
    assert not (updates(town) / "part").exists()
    robot.tap("primary")
    robot.wait("staff", text="已拷到本机，可以拔盘了", ms=30000)
    ready = json.loads((updates(town) / "ready.json").read_text())
    assert ready["version"] == "0.2.0" and ready["by_hand"] and not ready["downgrade"]
    assert (updates(town) / "update.raucb").read_bytes() == (at / "ONETRIP/update.raucb").read_bytes()
    judged = subprocess.run([build_dir() / "kioskctl", "update", "check", updates(town), f"trust={town.facts['keys_dir']}/trust", "board=host",
                             f"running={RUNS}"], capture_output=True, text=True)
    assert judged.returncode == 0, judged.stderr
    noted(town, "update copy version=0.2.0")
    noted(town, "update well copied")


@pytest.mark.parametrize("how, sentence", [
    ("nothing", "盘里没有本机软件"), ("byte", "清单里没有这个文件"), ("stranger", "签名不对"), ("list", "签名不对"),
    ("older", "比本机的旧"), ("same", "已经是这个版本"), ("board", "清单里没有这个文件"), ("cut", "清单里没有这个文件"), ("link", "指向别处")])
def test_what_is_not_right_is_said_and_nothing_is_written(service, tmp_path, how, sentence):
    town, robot = service, service.robot
    mount = town.make_stick()
    if how != "nothing":
        keys = make_keys(tmp_path / "strange") if how == "stranger" else None
        file = put_firmware(town, mount, tmp_path, {"older": "0.0.9", "same": RUNS}.get(how, "0.2.0"),
                            "rpi4" if how == "board" else "host", keys=keys)
    if how == "byte":
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        file.write_bytes(data)
    elif how == "cut":
        file.write_bytes(file.read_bytes()[:-4096])
    elif how == "link":
        file.rename(mount / "elsewhere")
        file.symlink_to("../elsewhere")
    elif how == "list":
        listed = mount / "ONETRIP/updates.json"
        listed.write_text(listed.read_text().replace("0.2.0", "0.3.0"))
    come_in(town, mount)
    robot.wait("staff", text=sentence, ms=20000)
    assert "primary" not in robot.ids()
    assert not [f.name for f in updates(town).iterdir()] if updates(town).exists() else True
    assert status(town)["state"] == "none"


def test_a_way_back_is_taken_when_the_county_has_signed_it_as_one(service, tmp_path):
    town, robot = service, service.robot
    mount = town.make_stick()
    put_firmware(town, mount, tmp_path, "0.0.9", replaces=RUNS)
    come_in(town, mount)
    robot.wait("staff", text="县里已签名允许退回", ms=20000)
    robot.tap("primary")
    robot.wait("staff", text="已拷到本机", ms=30000)
    assert json.loads((updates(town) / "ready.json").read_text())["downgrade"]
    noted(town, "update copy version=0.0.9 way back")


def test_pulled_while_it_is_copied_nothing_is_changed_and_the_next_time_goes_on(service, tmp_path):
    town, robot = service, service.robot
    mount = town.make_stick()
    put_firmware(town, mount, tmp_path)
    at = come_in(town, mount)
    robot.wait("staff", text="可以装", ms=20000)
    syncd = town.pid("kiosk-syncd")
    os.kill(syncd, signal.SIGSTOP)
    try:
        robot.tap("primary")
        robot.wait("staff", text="正在拷贝")
        assert not {"back", "primary"} & set(robot.ids())
        mount = town.pull_stick(at)
    finally:
        os.kill(syncd, signal.SIGCONT)
    page(robot, "pulled")
    assert not (updates(town) / "ready.json").exists()
    robot.tap("dismiss")
    robot.wait("attract")
    noted(town, "end pulled at work")
    come_in(town, mount)
    robot.wait("staff", text="可以装", ms=20000)
    robot.tap("primary")
    robot.wait("staff", text="已拷到本机", ms=30000)


def test_whoever_changes_paper_or_inspects_puts_no_firmware_in(service):
    for role in ("paper", "inspector"):
        at = begin(service, role, name=role)
        assert "open:update" not in service.robot.ids()
        service.pull_stick(at)
        service.robot.wait("attract")


def test_the_county_looks_at_the_stick_it_made(service, tmp_path):
    mount = service.make_stick()
    file = put_firmware(service, mount, tmp_path)
    look = [build_dir() / "kioskctl", "--json", "stick", "check", mount, f"trust={service.facts['keys_dir']}/trust"]
    said = json.loads(subprocess.run(look, capture_output=True, text=True).stdout)
    bundle_of = next(f for f in said["files"] if f["name"] == "update.raucb")
    assert (bundle_of["detail"], bundle_of["state"]) == ("0.2.0 for host", "well") and not said["findings"]
    file.write_bytes(file.read_bytes() + b"x")
    said = json.loads(subprocess.run(look, capture_output=True, text=True).stdout)
    assert next(f for f in said["files"] if f["name"] == "update.raucb")["state"] == "not-listed"
