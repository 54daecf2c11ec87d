#!/usr/bin/env python3
"""Power cuts on the virtual board: the image, on a disk that really loses what was not flushed, cut at random moments: in the board's
first start; while items are handed in and slips begun; while the county acknowledges them; while an update is fetched, installed and on
trial; while the queue of an older firmware is migrated. Most cuts are aimed at a flush: the moment before, nothing new is safe. What a
cut left without an answer is handed in again after the start, under its token. At the end every item that was acknowledged must be at
the county, once, and nothing else. Prints: cuts, acknowledged, lost, doubled, slips forgotten, starts that did not come back.
`--control` serves a disk that takes flushes and does nothing from where items are handed in: then every start comes back and what was
acknowledged is lost, or the rig is blind. Ends with 0 when what should hold holds."""
import argparse
import collections
import json
import os
import pathlib
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / p) for p in ("tests/board", "tests/support")]

import old_queue  # noqa: E402
from county import County  # noqa: E402
from machine import Fail, Machine  # noqa: E402
from offers import Updates  # noqa: E402
from syncd_client import Syncd  # noqa: E402
from volatile_disk import VolatileDisk  # noqa: E402

CODE, START_S = "33334444", 400
# Shares of the cuts that do not belong to the first start; what is left of them is handing in.
SHARES = (("county acknowledges", 0.25), ("update", 0.15), ("migration", 0.15))
AIMED = 0.7             # of the others: at a flush, not just anywhere
MIGRATION_FLUSHES = 14  # what a start flushes from there on to where the queue is open, and some
UPDATE_S = 90           # an update takes about as long from where it is fetched to its proof
FETCHING_S = (60, 240)  # the slot becomes good first, some 90 s after its start
BODY = b"sealed bytes, as far as the queue can tell" * 30


class Line(Syncd):
    """kiosk-syncd of the board, on a line that its bench has called out on."""

    def __init__(self, accepted):
        self.socket = accepted
        self.socket.settimeout(60)
        self.file = self.socket.makefile("rwb")
        self.n, self.body = 0, b""


def plan(cycles, first, chance, is_control):
    """Which phase each cut falls into. Updates come one after the other: each goes on where the cut before left it."""
    rest = cycles - first
    names = [name for name, share in SHARES for _ in range(0 if is_control else round(rest * share))]
    names += ["handing in"] * (rest - len(names))
    updates = [n for n in names if n == "update"]
    others = [n for n in names[:-1] if n != "update"]
    chance.shuffle(others)
    at = chance.randint(0, len(others))
    return ["first start"] * first + names[-1:] + others[:at] + updates + others[at:]  # without a queue there is none to migrate


class Rig:
    def __init__(self, o, county):
        self.folder, self.random, self.county = o.out, random.Random(o.seed), county
        self.image, self.is_control = o.image, o.control
        self.listener = None
        self.acknowledged, self.begun = {}, {}  # id -> cut; attempt -> whether its end was acknowledged
        self.unanswered = {}  # token -> the id it was given, or None
        self.cuts = self.absent = self.forgotten = self.asked_again = self.stored_before = 0
        self.updates = None
        self.phases, self.moments = collections.Counter(), collections.Counter()
        path = self.folder / "disk.img"
        subprocess.run(["cp", "--sparse=always", self.image / "disk.img", path], check=True)
        self.disk = VolatileDisk(path, self.folder / "disk.sock", self.random.random())

    def start(self):
        if self.listener:
            self.listener.close()  # with what a board that is gone has called and nobody taken
        self.listener = socket.create_server(("127.0.0.1", 0))
        words = (("county", str(self.county.port)), ("enrol", CODE), ("syncd", str(self.listener.getsockname()[1])),
                 *((("journal", "yes"),) if self.updates else ()))
        return Machine(None, self.folder / "machine", fw_cfg=words, drive=self.disk.drive)

    def line(self, machine):
        """To kiosk-syncd, when it takes items."""
        self.listener.settimeout(1)
        end = time.monotonic() + START_S
        while time.monotonic() < end and machine.process.poll() is None:
            try:
                line = Line(self.listener.accept()[0])
                while not line.request("status")["accepting"] and time.monotonic() < end:
                    time.sleep(0.5)
                self.check_slips(line)
                self.ask_again(line)
                return line
            except (TimeoutError, ConnectionError, AssertionError):  # the board may start again by itself, for an update
                continue
        raise Fail(f"kiosk-syncd never took anything:\n{machine.text[-1500:]}")

    def cut(self, machine, phase):
        machine.cut()
        self.cuts += 1
        self.phases[phase] += 1
        self.disk.cut(keeps=0 if self.is_control else self.random.choice((0.0, 0.0, 0.5)))
        print(f"cut {self.cuts}, {phase}, after {machine.seconds():.0f} s: {len(self.acknowledged)} acknowledged, "
              f"{self.disk.lost} blocks lost, {self.disk.flushes} flushes", flush=True)

    def missed(self, e):
        self.absent += 1
        print(f"cut {self.cuts}: the board did not come back: {str(e)[:600]}", flush=True)

    # ---- what goes on when the plug is pulled

    def hand_in(self, line, token):
        """What is acknowledged is written down here. Returns what was reserved."""
        given = line.request("reserve", token=token)
        is_stored = self.unanswered.get(token) == given["id"]
        self.unanswered[token] = given["id"]
        line.submit(token, given["id"], "county-1", BODY)
        self.acknowledged[given["id"]] = self.cuts
        del self.unanswered[token]
        return given, is_stored

    def ask_again(self, line):
        """What the cut swallowed the answer of: stored or not, it is there once after it was asked again."""
        for token in [] if self.is_control else list(self.unanswered):
            self.stored_before += self.hand_in(line, token)[1]
            self.asked_again += 1

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

    def work(self, line, until, is_sending, pause=0):
        """Hand in, and begin slips, as fast as it goes. `is_sending`: the county takes it meanwhile, so the cut falls between its answer
        and what the board notes of it."""
        while time.monotonic() < until:
            time.sleep(self.random.uniform(0, pause))
            if is_sending:
                line.request("sync-now")
            token = uuid.uuid4().hex
            self.unanswered[token] = None
            given, _ = self.hand_in(line, token)
            if self.random.random() < 0.3:
                begun = line.request("print-begin", job=uuid.uuid4().hex, receipt=given["receipt"], is_reprint=False, kind="receipt")["attempt"]
                self.begun[begun] = False
                if self.random.random() < 0.5:
                    self.begun[begun] = True  # cut before the answer, it may be on the disk or not
                    line.request("print-state", attempt=begun, state="confirmed", level="P", bytes_sent=1000, detail="")

    def serve(self, machine, line, until, **how):
        """With an update on its way the board may start again by itself: then it is served on."""
        while time.monotonic() < until:
            try:
                self.work(line, until, **how)
            except (OSError, AssertionError):
                if not (self.updates and self.updates.offered):
                    raise
                line = self.line(machine)
        return line

    def work_until_flush(self, machine, line, **how):
        """What was written before one of the next flushes is lost with it: where a queue that asks for too few of them would lose."""
        stopped = self.disk.stop_at_flush(self.disk.flushes + self.random.randint(1, 12))

        def pull_plug():
            stopped.wait(30)
            machine.cut()
        hand = threading.Thread(target=pull_plug)
        hand.start()
        try:
            self.work(line, time.monotonic() + 60, **how)
        except (OSError, AssertionError):
            if not stopped.is_set() and not (self.updates and self.updates.offered):
                raise  # the line went before the current did
        finally:
            hand.join()

    # ---- one start, and one cut

    def first_start(self, phase):
        """Before anybody could be served."""
        machine = self.start()
        time.sleep(self.random.uniform(4, 40))
        self.cut(machine, phase)

    def visits(self, phase):
        is_sending = phase == "county acknowledges"
        if is_sending:
            self.county.restart()
        machine = self.start()
        try:
            line = self.line(machine)
            if not is_sending:
                self.county.stop()  # nothing leaves the board: what is acknowledged is there alone
            self.disk.is_honest = not self.is_control
            line = self.serve(machine, line, time.monotonic() + self.random.uniform(0.3, 6), is_sending=is_sending)
            if self.random.random() < AIMED:
                self.work_until_flush(machine, line, is_sending=is_sending)
        except (Fail, OSError, AssertionError) as e:
            self.missed(e)
        self.cut(machine, phase)

    def update(self, phase):
        """Residents are served meanwhile. When the slot is laid, the board starts again by itself, and they are served on. A third of
        the cuts fall into the fetching, the others anywhere between its end and the proof. A slot must be good before the next update
        is fetched."""
        self.county.restart()
        is_open = self.updates.go_on(self.county)
        machine = self.start()
        try:
            line = self.line(machine)
            while_fetching = time.monotonic() + self.random.uniform(*FETCHING_S)
            is_early = self.random.random() < 1 / 3
            while is_open and not self.updates.is_fetched(machine.text) and time.monotonic() < while_fetching:
                line = self.serve(machine, line, time.monotonic() + 2, is_sending=True, pause=2)
            if not is_early:
                line = self.serve(machine, line, time.monotonic() + self.random.uniform(0, UPDATE_S), is_sending=True, pause=4)
            if self.random.random() < AIMED:
                self.work_until_flush(machine, line, is_sending=True)
        except (Fail, OSError, AssertionError) as e:
            self.missed(e)
        self.cut(machine, phase)
        if is_open:
            stage = self.updates.stage(machine.text)
            self.moments[f"update {stage}"] += 1
            print(f"  {self.updates.offered} {stage}", flush=True)

    def start_alone(self):
        """A start that is not counted as a cut."""
        machine = self.start()
        try:
            self.line(machine)
        except Fail as e:
            self.missed(e)
        machine.cut()
        self.disk.cut()

    def migration(self, phase):
        """Cut by the count of flushes, since it takes but moments. A start that nobody cuts has told how many there are. The queue is
        made old on the host, which mends the disk for that: so the board comes back from the cut before by itself first."""
        path = self.folder / "disk.img"
        self.start_alone()
        rows = old_queue.make_old(path, self.folder)
        before = self.disk.flushes
        if not self.phases[phase]:
            self.start_alone()
            self.migration_flushes = self.disk.flushes - before
            print(f"a start with a migration of {rows} items flushes {self.migration_flushes} times", flush=True)
            old_queue.make_old(path, self.folder)
            before = self.disk.flushes
        least = max(1, self.migration_flushes - MIGRATION_FLUSHES)
        stopped = self.disk.stop_at_flush(before + self.random.randint(least, self.migration_flushes))
        machine = self.start()
        if not stopped.wait(START_S):
            self.missed("it flushed less than the start before")
        self.cut(machine, phase)
        schema = old_queue.version(path, self.folder)
        self.moments[f"migration at schema {schema}"] += 1
        print(f"  at schema {schema}", flush=True)

    def end(self):
        """The last start: all that waits goes to the county."""
        self.county.restart()
        machine = self.start()
        try:
            line = self.line(machine)
            end = time.monotonic() + 300
            while line.request("status")["queue"]["queued"] and time.monotonic() < end:
                line.request("sync-now")
                time.sleep(1)
        except (Fail, OSError, AssertionError) as e:
            self.missed(e)
        machine.cut()


def at_county(county):
    with sqlite3.connect(f"file:{county.data / 'county.db'}?mode=ro", uri=True) as db:
        return [r[0] for r in db.execute("SELECT id FROM item")]


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--image", type=pathlib.Path, required=True)
    p.add_argument("--out", type=pathlib.Path, required=True)
    p.add_argument("--cycles", type=int, default=20)
    p.add_argument("--first", type=int, help="cuts of the first start (a twentieth of all)")
    p.add_argument("--phases", nargs="+", help="a cut in each of these, instead of --cycles and --first")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--control", action="store_true")
    o = p.parse_args()
    shutil.rmtree(o.out, ignore_errors=True)
    for name in ("county", "bundles"):
        (o.out / name).mkdir(parents=True)
    first = o.first if o.first is not None else max(2, o.cycles // 20)
    phases = o.phases or plan(o.cycles, first, random.Random(o.seed), o.control)
    config = o.out / "config.json"
    config.write_text(json.dumps({"version": 1, "heartbeat_seconds": 10, "update_bytes_per_second": 1 << 30}))
    started = time.monotonic()
    with County(o.out / "county", "--updates", o.out / "bundles", "--config", config, keys=o.image / "keys") as county:
        rig = Rig(o, county)
        if "update" in phases:
            rig.updates = Updates(o.image, o.out / "bundles", phases.count("update"))
        acts = {"first start": rig.first_start, "update": rig.update, "migration": rig.migration}
        for phase in phases:
            acts.get(phase, rig.visits)(phase)
        rig.end()
        there = at_county(county)
    lost = rig.acknowledged.keys() - set(there)
    doubled = len(there) - (len(rig.acknowledged) - len(lost))
    print(f"{rig.cuts} cuts in {time.monotonic() - started:.0f} s: {len(rig.acknowledged)} acknowledged, {len(lost)} lost, {doubled} doubled, "
          f"{rig.forgotten} slips forgotten, {rig.absent} starts that did not come back; {rig.asked_again} asked again, "
          f"{rig.stored_before} of them were stored already")
    for counter in (rig.phases, rig.moments, rig.updates.results if rig.updates else {}):
        print(", ".join(f"{what} {n}" for what, n in counter.items()))
    if o.control:
        is_well = lost and not rig.absent
        print("control: the rig sees a loss" if is_well else "control: nothing was lost, or no board came back, so the rig is blind")
    else:
        is_well = not lost and not doubled and not rig.forgotten and not rig.absent
    return int(not is_well)


if __name__ == "__main__":
    os.environ.setdefault("ONETRIP_BUILD", str(ROOT / "build"))
    sys.exit(main())
