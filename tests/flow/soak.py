#!/usr/bin/python3
"""Thousands of random events against a running kiosk with a visitor in front of it, in simulated time.

Every event is drawn from a seed, so that a round can be played again. What must hold: the kiosk answers, does not grow, is
never started again; no receipt is printed twice without a mark; no slip comes out in somebody else's visit; when all is over
every print job is in a true state and every application has reached the county once. Prints its figures; exits 1 when
something did not hold."""
import argparse
import collections
import json
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "board/host"), str(ROOT / "tests/support")]

from hands import RobotError, Town  # noqa: E402

PERSONS = ["lin-xiuying.json", "wang-yan.json", "li-ling.json", "chen-xun.json", "huang-zhiming.json"]
READER_FAULTS = ["silence", "checksum", "truncated", "stall", "read-fail", "auth-fail", "wrong-card", "bytewise", "junk-before"]
PRINTER_FAULTS = [("nak-after", 4000), ("mute", 0), ("stall-once", 3000), ("short-writes", 0), ("cutter", 0), ("head-hot", 0),
                  ("paper-out-after", 300), ("unplug-after", 5000)]
KEYPAD_FAULTS = ["stall-once", "silence", "rollover", "bounce", "short"]
KEYS = ["up", "down", "left", "right", "select", "back", "repeat", "help", "louder", "softer"]
CODES = ["123456", "https://c.example/p#9999999999999990", "K0012-000001-0", "https://nowhere.example/?q=1", ";--", "x" * 400]
CONFIRMED, UNCERTAIN, FAILED_CLEAN = 2, 3, 4


class Broken(AssertionError):
    """Something that must hold does not."""


def rss_kb(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    raise Broken(f"process {pid} is gone")


def decode(png):
    """The code on a slip; "" when there is none, as on half a slip."""
    run = subprocess.run(["zbarimg", "-q", "--raw", png], capture_output=True, text=True)
    return run.stdout.strip().rsplit("/", 1)[-1]


class Visitor:
    """Somebody who wants one thing, mostly: the care subsidy. One step at a time, whatever is on the screen."""

    def __init__(self, town, dice, counts):
        self.town, self.robot, self.dice, self.counts = town, town.robot, dice, counts
        self.stuck = 0

    def tap(self, id):
        """What was there a moment ago may have gone: then the tap hits nothing, as a finger would."""
        reply = self.robot.raw(do="tap", id=id)
        self.counts["taps"] += 1
        return reply.get("ok", False)

    def step(self, screen):
        getattr(self, "on_" + screen.replace("-", "_"), self.on_other)()

    def on_attract(self):
        """A card that lies there and is not read is lifted; where there is no reader, nobody waits for it."""
        state = self.town.sim.do("state")
        impaired = self.robot.do("state")["impaired"]
        if "printer" in impaired and self.dice.random() < 0.3:
            self.mend_printer()
        if "reader" in impaired:
            self.staff()
            return
        if state["has_card"]:
            self.town.sim.lift()
            return
        self.town.sim.card(self.dice.choice(PERSONS))
        self.counts["cards"] += 1
        self.robot.raw(do="wait", screen="home", ms=700)

    def mend_printer(self):
        for what, how in (("plug", {"device": "printer"}), ("power", {"on": True}), ("paper", {"state": "ok"}),
                          ("cover", {"open": False}), ("fault", {"device": "printer", "name": "none"})):
            self.town.sim.do(what, **how)

    def staff(self):
        """Somebody looks after the reader. It is looked for in real time: the one place where the round waits."""
        self.town.sim.do("fault", device="reader", name="none")
        self.town.sim.do("plug", device="reader")
        end = time.monotonic() + 3
        while "reader" in self.robot.do("state")["impaired"] and time.monotonic() < end:
            self.robot.raw(do="wait", screen="home", ms=20)
        self.counts["times staff mended the reader"] += 1

    def on_reading(self):
        self.robot.raw(do="wait", screen="home", ms=700)

    def on_card_trouble(self):
        self.town.sim.lift()
        self.tap(self.dice.choice(["exit", "back", "primary"]))

    def on_home(self):
        self.stuck = 0
        self.tap(self.dice.choice(["theme:disability"] * 7 + ["progress", "language", "exit"]))

    def on_theme(self):
        self.tap(self.dice.choice(["service:D01"] * 8 + ["back"]))

    def on_guide(self):
        self.tap(self.dice.choice(["primary"] * 9 + ["back"]))

    def on_form(self):
        widgets = self.robot.widgets()
        ids = [w["id"] for w in widgets if w["id"]]
        for name in {i.split(":")[1] for i in ids if i.startswith("choice:")}:
            self.tap(self.dice.choice([i for i in ids if i.startswith(f"choice:{name}:")]))
        for w in widgets:
            if w["id"] == "field:phone" and not w.get("value"):
                if not w["state"]["focused"]:
                    self.tap("field:phone")
                self.robot.raw(do="type", text="13800000000")
        self.stuck += 1
        self.tap("primary" if self.stuck < 12 else "exit")

    def on_review(self):
        if self.robot.widget("consent"):
            self.tap("consent")
        try:
            self.robot.sign()
        except RobotError:
            return
        self.tap("primary")
        self.robot.raw(do="wait", screen="done", ms=1500)

    def on_done(self):
        ids = self.robot.ids()
        answers = [i for i in ids if i in ("slip.good", "slip.bad")]
        if answers and self.dice.random() < 0.7:
            self.tap(self.dice.choice(answers))
        elif self.robot.do("state")["paper"] != "printing" or self.dice.random() < 0.2:
            self.town.sim.lift()
            self.tap("exit")

    def on_submitting(self):
        self.robot.raw(do="wait", screen="done", ms=1500)

    def on_out_of_service(self):
        pass

    def on_other(self):
        ids = [i for i in self.robot.ids() if i in ("exit", "back", "continue", "end", "primary", "home")]
        if ids:
            self.tap(self.dice.choice(ids))


class Soak:
    def __init__(self, town, seed):
        self.town, self.robot, self.sim = town, town.robot, town.sim
        self.dice = random.Random(seed)
        self.counts = collections.Counter()
        self.visitor = Visitor(town, self.dice, self.counts)
        self.pid = town.pid("kiosk")
        self.visits = [0]           # when each visit began: CLOCK_MONOTONIC, us
        self.receipts = {}          # receipt -> when its visit began
        self.printed = {}           # receipt -> rows of its slips, in order
        self.seen = 0               # slips looked at
        self.screen = "attract"
        self.unplugged_us = 0       # when the printer was last without its cable
        self.memory = []
        self.last = collections.deque(maxlen=150)  # what was done lately, to be told when something did not hold
        self.spent = collections.Counter()
        self.events = [(70, self.visitor_step), (3, self.card), (2, self.unplug), (7, self.plug), (3, self.fault),
                       (7, self.mend), (3, self.paper), (2, self.cover), (2, self.power), (2, self.link),
                       (4, self.keypad), (2, self.scan), (5, self.pass_time)]

    # -- events
    def visitor_step(self):
        self.visitor.step(self.screen)

    def card(self):
        if self.dice.random() < 0.6:
            self.sim.lift()
        else:
            self.sim.card(self.dice.choice(PERSONS))

    def device(self):
        return self.dice.choice(["reader", "printer", "keypad", "scanner"])

    def unplug(self):
        self.sim.do("unplug", device=self.device())

    def plug(self):
        self.sim.do("plug", device=self.device())

    def fault(self):
        device = self.device()
        if device == "printer":
            name, at = self.dice.choice(PRINTER_FAULTS)
            self.note(name)
            self.sim.do("fault", device=device, name=name, at=at)
        else:
            names = {"reader": READER_FAULTS, "keypad": KEYPAD_FAULTS, "scanner": ["half", "binary", "stall-once"]}[device]
            self.sim.do("fault", device=device, name=self.dice.choice(names))

    def mend(self):
        device = self.device()
        self.sim.do("fault", device=device, name="none")
        self.sim.do("plug", device=device)

    def paper(self):
        self.sim.do("paper", state=self.dice.choice(["ok", "ok", "near-end", "end"]))

    def cover(self):
        self.sim.do("cover", open=self.dice.random() < 0.3)

    def power(self):
        self.sim.do("power", on=self.dice.random() < 0.7)

    def link(self):
        self.sim.link(self.dice.random() < 0.7)

    def keypad(self):
        if self.dice.random() < 0.2:
            self.sim.do("headphones", **{"in": self.dice.random() < 0.5})
        else:
            self.sim.do("keypad", act="press", key=self.dice.choice(KEYS))

    def scan(self):
        if self.sim.do("state")["scanner_idle"]:
            self.sim.do("scan", text=self.dice.choice(CODES))

    def pass_time(self):
        ms = self.dice.choice([1000, 3000, 10000, 30000, 70000, 130000])
        self.sim.do("advance", ms=ms)
        self.robot.advance(ms)

    # -- what must hold
    def look(self):
        """The screen now; notes whose visit it is."""
        state = self.robot.do("state")
        self.screen = state["screen"]
        if state["visit_us"] != self.visits[-1]:
            self.visits.append(state["visit_us"])
            self.counts["visits"] += 1
        if self.screen == "done":
            label = (self.robot.widget("receipt") or {}).get("label", "")
            if label and label not in self.receipts:
                self.receipts[label] = state["visit_us"]
                self.counts["applications"] += 1
        self.counts["asked about the slip"] += state["paper"] == "ask" and self.screen == "done"

    def slips(self):
        for slip in self.sim.do("printed", **{"from": self.seen, "raw": False})["slips"]:
            self.seen += 1
            self.counts["sheets"] += 1
            receipt = decode(slip["png"])
            if not receipt:
                self.counts["sheets without a code"] += 1
                continue
            rows = self.printed.setdefault(receipt, [])
            if rows and slip["rows"] <= rows[0]:
                raise Broken(f"{receipt} was printed twice and the second slip bears no mark ({slip['png']})")
            rows.append(slip["rows"])
            self.counts["slips" if len(rows) == 1 else "marked reprints"] += 1
            self.judge_owner(receipt, slip)

    def judge_owner(self, receipt, slip):
        """Each slip is out before the next visit begins, however long its printer hung. Only a printer whose cable was pulled
        in between goes on by itself with what it has: nobody can stop it, nor know."""
        begun = self.receipts.get(receipt)
        if begun is None:
            self.counts["slips of a number that was never seen"] += 1
            return
        last = max(v for v in self.visits if v <= slip["out_us"])
        if last != begun and self.unplugged_us > begun:
            self.counts["slips behind a pulled cable"] += 1
        elif last != begun:
            raise Broken(f"the slip {receipt} of the visit of {begun} came out in that of {last} ({slip['png']})")

    def one(self):
        weights, events = zip(*self.events)
        event = self.dice.choices(events, weights)[0]
        self.counts[event.__name__] += 1
        screen = self.screen
        start = time.monotonic()
        self.note(event.__name__)
        event()
        self.look()
        self.spent[event.__name__ if event != self.visitor_step else screen] += time.monotonic() - start
        if self.sim.do("state")["slips"] > self.seen:
            self.slips()

    def note(self, what):
        """With the simulator's commands and what the printer has in hand."""
        sim = self.sim.do("state")
        if not sim["printer"]:
            self.unplugged_us = time.monotonic_ns() // 1000
        self.last.append(f"{time.monotonic():.3f} {self.screen:14} {what:13} rows {sim['uncut_rows']}, slips {sim['slips']}, "
                         f"taken {sim['printer_taken']}, paper {sim['paper']}{'' if sim['printer'] else ', unplugged'}")

    def first_application(self):
        """One visit that goes through before anything is broken: a short round has its slip whatever its dice say."""
        for _ in range(300):
            self.visitor_step()
            self.look()
            if self.receipts:
                return
        raise Broken(f"nobody could hand anything in: {dict(self.counts)}")

    def run(self, events):
        self.first_application()
        for n in range(events):
            self.one()
            if n % 50 == 0:
                self.memory.append(rss_kb(self.pid))
                if self.town.pid("kiosk") != self.pid:
                    raise Broken("the kiosk was started again: it had ended")
        self.settle()
        self.judge()

    # -- the end
    def settle(self):
        """Everything is mended and everybody goes home; what is on its way arrives."""
        for device in ("reader", "printer", "keypad", "scanner"):
            self.sim.do("fault", device=device, name="none")
            self.sim.do("plug", device=device)
        self.sim.do("power", on=True)
        self.sim.do("paper", state="ok")
        self.sim.do("cover", open=False)
        self.sim.link(True)
        self.sim.lift()

        def is_quiet():
            self.sim.do("advance", ms=5000)
            self.robot.advance(130000 if self.screen not in ("attract", "out-of-service") else 2000)
            self.look()
            self.slips()
            return self.screen == "attract" and self.robot.do("state")["impaired"] == []

        self.town.until(is_quiet, "the kiosk is back in full service", 60)
        self.town.until(self.is_printer_quiet, "nothing is printed any more", 60)
        self.slips()
        self.town.sync_now()

    def is_printer_quiet(self):
        """No byte for a second of real time, whatever the printer's own clock says."""
        before = self.sim.do("state")["printer_taken"]
        end = time.monotonic() + 1
        while time.monotonic() < end:
            self.sim.do("advance", ms=1000)
            self.robot.raw(do="wait", screen="home", ms=50)
            if self.sim.do("state")["printer_taken"] > before + 64:  # more than a question about paper
                return False
        return True

    def judge(self):
        arrived = lambda: collections.Counter(i["item"]["manifest"]["receipt"] for i in self.town.opened())  # noqa: E731
        self.town.until(lambda: set(self.receipts) <= set(arrived()), "every application reaches the county", 60)
        twice = [r for r, n in arrived().items() if n > 1]
        if twice:
            raise Broken(f"stored twice at the county: {twice}")
        self.grown()

    def judge_jobs(self):
        """Once kiosk-syncd has ended: it shares its database with nobody."""
        path = next(p for p in pathlib.Path(self.town.facts["data_dir"]).glob("*.db"))
        with sqlite3.connect(path) as db:
            jobs = list(db.execute("SELECT receipt, is_reprint, state FROM print_attempt"))
        self.counts["print jobs"] = len(jobs)
        open_ones = [j for j in jobs if j[2] not in (CONFIRMED, UNCERTAIN, FAILED_CLEAN)]
        if open_ones:
            raise Broken(f"print jobs without an end: {open_ones}")
        states = {s: collections.Counter(j[0] for j in jobs if j[2] == s) for s in (CONFIRMED, UNCERTAIN)}
        for receipt, sure in states[CONFIRMED].items():
            out = len(self.printed.get(receipt, []))
            if out < sure:
                raise Broken(f"{sure} slips of {receipt} are said to be printed, {out} came out")
        for receipt, rows in self.printed.items():
            most = states[CONFIRMED][receipt] + states[UNCERTAIN][receipt]
            if len(rows) > most:
                raise Broken(f"{len(rows)} slips of {receipt} came out, {most} are known")
        unmarked = collections.Counter(j[0] for j in jobs if not j[1] and j[2] != FAILED_CLEAN)
        for receipt, count in unmarked.items():
            if count > 1:
                raise Broken(f"{receipt} went to the printer {count} times without a mark")

    def grown(self):
        """The second half against the end of the first fifth, when every cache has been filled."""
        if len(self.memory) < 20:
            return
        fifth = len(self.memory) // 5
        warm = sorted(self.memory[fifth:2 * fifth])[fifth // 2]
        last = sorted(self.memory[-fifth:])[fifth // 2]
        if last > warm * 1.08 + 2048:
            raise Broken(f"the kiosk has grown from {warm} to {last} kB")


def report(soak, events, seed, seconds):
    memory = soak.memory
    lines = [f"events {events}, seed {seed}: {seconds:.1f} s, {events / seconds:.0f} events/s",
             "memory of the kiosk: " + (f"{memory[0]} kB first, {max(memory)} kB most, {memory[-1]} kB last" if memory else "-")]
    lines.append("seconds by event or screen: " + ", ".join(f"{what} {t:.1f}" for what, t in soak.spent.most_common(8)))
    lines += [f"{n:8} {what}" for what, n in sorted(soak.counts.items())]
    return "\n".join(lines)


def play(directory, events, seed, build=None):
    """One round in a town of its own; returns (soak, seconds). Raises Broken or RobotError."""
    with Town(directory, build=build) as town:
        town.robot.socket.settimeout(20)  # a kiosk that takes longer hangs
        soak = Soak(town, seed)
        start = time.monotonic()
        try:
            soak.run(events)
        except Exception:
            print("\n".join([*soak.last, report(soak, events, seed, time.monotonic() - start)]), file=sys.stderr)
            raise
        seconds = time.monotonic() - start
    soak.judge_jobs()
    return soak, seconds


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--events", type=int, default=20000)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--dir", required=True, help="everything is kept here")
    o = p.parse_args()
    directory = pathlib.Path(o.dir) / f"{o.seed}-{os.getpid()}"
    try:
        soak, seconds = play(directory, o.events, o.seed)
    except (Broken, RobotError) as e:
        print(f"soak: {e}", file=sys.stderr)
        return 1
    print(report(soak, o.events, o.seed, seconds))
    (directory / "figures.json").write_text(json.dumps({"events": o.events, "seed": o.seed, "seconds": seconds,
                                                        "counts": soak.counts, "memory_kb": soak.memory}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
