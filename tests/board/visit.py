"""A visit on the virtual board. A kiosk on the host (the mirror) goes the same way beside it: it says where its widgets are, the
board is touched at the same pixels, and what the board then shows must be what the mirror shows."""
import os
import pathlib
import subprocess
import time

from machine import Fail, HEIGHT, WIDTH

# Share of pixels that may differ: clocks, numbers, small blending differences between the architectures.
LIKE, LEFT, POLL_S = 0.02, 0.2, 0.4
WAKE_AFTER_S, WAKE_EVERY_S = 5, 30  # seldom: a page that goes by itself goes only while nobody touches it
# How much longer than on a machine of one's own everything may take.
PATIENCE = float(os.environ.get("ONETRIP_PATIENCE", "1"))


def difference(a, b):
    """Share of pixels that differ by more than an eye sees."""
    run = subprocess.run(["compare", "-metric", "AE", "-fuzz", "8%", str(a), str(b), "null:"], capture_output=True, text=True)
    if run.returncode > 1:
        return 1.0
    return float(run.stderr.split()[0]) / (WIDTH * HEIGHT)


class Visit:
    def __init__(self, machine, mirror, sim, folder):
        self.machine, self.mirror, self.sim, self.folder = machine, mirror, sim, pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.steps, self.count = [], 0

    def same(self, name, limit=60, like=LIKE):
        """Until the board shows what the mirror shows. Keeps both pictures; returns the seconds it took."""
        self.count += 1
        stem = self.folder / f"{self.count:02d}-{name}"
        want, got = stem.with_suffix(".mirror.png"), stem.with_suffix(".png")
        started, wakes_s = time.monotonic(), WAKE_AFTER_S
        while True:
            self.mirror.robot.screenshot(want)
            self.machine.shot(got)
            off = difference(want, got)
            took = time.monotonic() - started
            if off <= like:
                break
            if took >= wakes_s:
                self.wake()
                wakes_s += WAKE_EVERY_S
            if took > limit * PATIENCE:
                raise Fail(f"{name}: {off:.1%} of the board's picture differs from the mirror's ({got})")
            time.sleep(POLL_S)
        self.steps.append((name, took, off))
        print(f"  {self.machine.seconds():6.1f} s  {name:16s} after {took:5.1f} s, {off:.2%} differs", flush=True)
        return took

    def wake(self):
        """Two that were left alone at other times rest at other times. A touch where nothing is wakes both."""
        if self.mirror.robot.do("state")["screen"] == "attract":
            self.mirror.robot.tap(x=1, y=1)
            self.machine.tap(1, 1)

    def left(self, name, limit):
        """Within the limit: does the board show anything else than the kept picture of that name?"""
        kept, now = max(self.folder.glob(f"*-{name}.png")), self.folder / "now.png"
        end = time.monotonic() + limit * PATIENCE
        while time.monotonic() < end:
            if difference(kept, self.machine.shot(now)) > LEFT:
                return True
            time.sleep(POLL_S)
        return False

    def middle(self, id):
        w = self.mirror.robot.widget(id)
        if not w:
            raise Fail(f"the mirror has no {id}: {self.mirror.robot.ids()}")
        x, y, width, height = w.get("touch") or w["rect"]
        return x + width // 2, y + height // 2

    def tap(self, id):
        at = self.middle(id)
        self.mirror.robot.tap(id)
        self.machine.tap(*at)

    def type(self, text):
        for letter in text:
            self.tap(f"key:{letter}")

    def sign(self):
        x, y, _, _ = self.mirror.robot.widget("sign.pad")["rect"]
        self.mirror.robot.sign()
        points = [[120, 200], [200, 90], [280, 260], [380, 120], [470, 250], [600, 160], [760, 210]]
        self.machine.stroke([(x + a, y + b) for a, b in points])

    def leave(self):
        """The card is taken, and the mirror's visit is over. The board's is by itself, or was."""
        for s in (self.sim, self.mirror.sim):
            s.do("lift-card")
        robot = self.mirror.robot
        if robot.screen() != "attract" and robot.widget("exit"):  # else it asks whether anybody is there, and goes by itself
            robot.tap("exit")
        robot.wait("attract", ms=120000)

    def card(self, person):
        self.mirror.sim.card(person)
        self.sim.card(person)
