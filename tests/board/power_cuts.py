#!/usr/bin/env python3
"""Power cuts on the virtual board: the image, on a disk that really loses what was not flushed, cut at random moments while items are
handed in and slips begun, and while the county acknowledges them; the first cuts fall into the board's first start. At the end every
item that was acknowledged must be at the county, once. Prints: cuts, acknowledged, lost, doubled, slips forgotten, starts that did not come back.

`--control` serves a disk that takes flushes and does nothing: then something must be lost, or the rig is blind. Ends with 0 when what
should hold holds."""
import argparse
import os
import pathlib
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / p) for p in ("tests/board", "tests/support")]

from county import County  # noqa: E402
from machine import Fail, Machine  # noqa: E402
from syncd_client import Syncd  # noqa: E402
from volatile_disk import VolatileDisk  # noqa: E402

CODE, START_S = "33334444", 400
BODY = b"sealed bytes, as far as the queue can tell" * 30


class Line(Syncd):
    """kiosk-syncd of the board, on a line that its bench has called out on."""

    def __init__(self, accepted):
        self.socket = accepted
        self.socket.settimeout(60)
        self.file = self.socket.makefile("rwb")
        self.n, self.body = 0, b""


class Rig:
    def __init__(self, image, folder, is_control, seed):
        self.folder, self.random = folder, random.Random(seed)
        self.image, self.is_control = image, is_control
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.acknowledged, self.begun = {}, {}  # receipt -> cut; attempt -> whether its end was acknowledged
        self.cuts = self.absent = self.forgotten = 0
        self.phases = {"first start": 0, "handing in": 0, "county acknowledges": 0}

    def begin_disk(self, is_new):
        path = self.folder / "disk.img"
        if is_new:
            subprocess.run(["cp", "--sparse=always", self.image / "disk.img", path], check=True)
        self.disk = VolatileDisk(path, self.folder / "disk.sock", self.is_control, self.random.random())

    def start(self, county):
        words = (("county", str(county.port)), ("enrol", CODE), ("syncd", str(self.listener.getsockname()[1])))
        return Machine(None, self.folder / "machine", fw_cfg=words, drive=self.disk.drive)

    def line(self, machine, limit):
        self.listener.settimeout(1)
        end = time.monotonic() + limit
        while time.monotonic() < end and machine.process.poll() is None:
            try:
                return Line(self.listener.accept()[0])
            except TimeoutError:
                continue
        raise Fail(f"kiosk-syncd never answered:\n{machine.text[-1500:]}")

    def cut(self, machine, phase):
        machine.cut()
        self.cuts += 1
        self.phases[phase] += 1
        self.disk.cut(keeps=self.random.choice((0.0, 0.0, 0.5)))

    # ---- what goes on when the plug is pulled

    def check_slips(self, line):
        """A slip that was begun and not ended is asked about after the start, never forgotten."""
        line.request("hello", client="kiosk", events=False)  # what was begun before is asked about from here on
        open_now = {a["attempt"] for a in line.request("print-open")["attempts"]}
        for attempt in [a for a, is_ended in self.begun.items() if not is_ended and a not in open_now]:
            self.forgotten += 1
            self.begun[attempt] = True
        for attempt in open_now:
            line.request("print-state", attempt=attempt, state="confirmed", level="N", bytes_sent=0, detail="")
            self.begun[attempt] = True

    def work(self, line, until, is_sending):
        """Hand in, and begin slips, as fast as it goes. What is acknowledged is written down here. `is_sending`: the county takes it
        meanwhile, so the cut falls between its answer and what the board notes of it."""
        while time.monotonic() < until:
            if is_sending:
                line.request("sync-now")
            token = uuid.uuid4().hex
            given = line.request("reserve", token=token)
            self.acknowledged[line.submit(token, given["id"], "county-1", BODY)["receipt"]] = self.cuts
            if self.random.random() < 0.3:
                begun = line.request("print-begin", job=uuid.uuid4().hex, receipt=given["receipt"], is_reprint=False, kind="receipt")["attempt"]
                self.begun[begun] = False
                if self.random.random() < 0.5:
                    self.begun[begun] = True  # cut before the answer, it may be on the disk or not
                    line.request("print-state", attempt=begun, state="confirmed", level="P", bytes_sent=1000, detail="")

    def cycle(self, county):
        """One start, some work, one cut."""
        is_sending = self.random.random() < 0.35
        if is_sending:
            county.restart()
        machine = self.start(county)
        try:
            line = self.line(machine, START_S)
            end = time.monotonic() + 120
            while not line.request("status")["accepting"]:
                if time.monotonic() > end:
                    raise Fail("it accepts nothing")
                time.sleep(0.5)
            if not is_sending:
                county.stop()  # nothing leaves the board: what is acknowledged is there alone
            self.check_slips(line)
            self.work(line, time.monotonic() + self.random.uniform(0.3, 6), is_sending)
        except (Fail, OSError, ConnectionError, AssertionError) as e:
            self.absent += 1
            print(f"cut {self.cuts}: the board did not come back: {str(e)[:600]}", flush=True)
        self.cut(machine, "county acknowledges" if is_sending else "handing in")
        print(f"cut {self.cuts} after {machine.seconds():.0f} s: {len(self.acknowledged)} acknowledged, {self.disk.lost} blocks lost, {self.disk.flushes} flushes", flush=True)

    def first_start(self, county):
        """Cut somewhere in the very first start, before anybody could be served."""
        machine = self.start(county)
        time.sleep(self.random.uniform(4, 40))
        self.cut(machine, "first start")

    def end(self, county):
        """The last start: all that waits goes to the county."""
        county.restart()
        machine = self.start(county)
        try:
            line = self.line(machine, START_S)
            self.check_slips(line)
            end = time.monotonic() + 300
            while line.request("status")["queue"]["queued"] and time.monotonic() < end:
                line.request("sync-now")
                time.sleep(1)
        except (Fail, OSError, ConnectionError, AssertionError) as e:
            self.absent += 1
            print(f"the last start: {str(e)[:600]}", flush=True)
        machine.cut()


def at_county(county):
    with sqlite3.connect(f"file:{county.data / 'county.db'}?mode=ro", uri=True) as db:
        return [r[0] for r in db.execute("SELECT receipt FROM item")]


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--image", type=pathlib.Path, required=True)
    p.add_argument("--out", type=pathlib.Path, required=True)
    p.add_argument("--cycles", type=int, default=20)
    p.add_argument("--first", type=int, default=2, help="cuts of the first start")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--control", action="store_true")
    o = p.parse_args()
    shutil.rmtree(o.out, ignore_errors=True)
    (o.out / "county").mkdir(parents=True)
    rig = Rig(o.image, o.out, o.control, o.seed)
    started = time.monotonic()
    with County(o.out / "county", keys=o.image / "keys") as county:
        rig.begin_disk(is_new=True)
        for _ in range(o.first):
            rig.first_start(county)
        for _ in range(o.cycles - o.first):
            rig.cycle(county)
        rig.end(county)
        there = at_county(county)
    lost = [r for r in rig.acknowledged if r not in there]
    doubled = len(there) - len(set(there))
    print(f"{rig.cuts} cuts in {time.monotonic() - started:.0f} s: {len(rig.acknowledged)} acknowledged, {len(lost)} lost, {doubled} doubled, "
          f"{rig.forgotten} slips forgotten, {rig.absent} starts that did not come back")
    print(", ".join(f"{n} while {phase}" for phase, n in rig.phases.items()))
    is_well = not lost and not doubled and not rig.forgotten and not rig.absent
    if o.control:
        print("control: the rig sees a loss" if not is_well else "control: nothing was lost, so the rig is blind")
        return int(is_well)
    return int(not is_well)


if __name__ == "__main__":
    os.environ.setdefault("ONETRIP_BUILD", str(ROOT / "build"))
    sys.exit(main())
