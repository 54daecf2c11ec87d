"""A resident with two kiosks before him: what he does to the mirror he does to the board, at the same pixels, once the board shows the same page.
For walks of tests/flow/walker.py, which go by what is on the screen."""
import time

from hands import Robot
from machine import Fail
from visit import PATIENCE, difference

LIKE_PAGE = 0.004     # a row of candidates is more; two kiosks that show the same differ by less than 0.001
LIKE_NUMBER = 0.06    # where each kiosk has a number of its own
TRIES, PAUSE_S, ANSWER_S = 3, 1, 4
LOST_S = 15           # what the board does not show by then it has not been told
AGAIN_S = 0.8         # a kiosk takes a second touch at the same place within half a second for the first
SAME = 0.0005         # of one kiosk's own picture, with its clock
NUMBERED = ("done", "submitting", "reading")


class Twin(Robot):
    """The mirror's robot, with the board behind it. Without a machine (`visit.machine` is None) the mirror goes alone."""

    def __init__(self, visit):
        self.visit, own = visit, visit.mirror.robot
        self.socket, self.file, self.touches = own.socket, own.file, 0
        self.place, self.free_at = None, 0.0
        self.forget()

    def _layout(self, is_key=False):
        """What a touch depends on: which page it is, what is on it, and where; for a key, where the keys are."""
        tree = self.tree()
        seen = [w for w in tree["widgets"] if w["role"] == "key" or not is_key]
        return tree["screen"], tuple((w["id"], tuple(w["rect"]), "" if is_key else w["label"] + str(w.get("value", ""))) for w in seen)

    def sync(self, name=None, is_key=False, **how):
        """Until the board shows what the mirror shows, where that has changed."""
        layout = self._layout(is_key)
        if self.visit.machine and layout != self.laid_out.get(is_key):
            how.setdefault("like", LIKE_NUMBER if layout[0] in NUMBERED else LIKE_PAGE)
            self._await(name or layout[0], **how)
            self.laid_out = {False: self._layout(), True: self._layout(True)}
            self.seen, self.last = self.visit.machine.shot(self.visit.folder / "seen.ppm").read_bytes(), []

    def _await(self, name, limit=60, **how):
        """Where the board still shows what it did before the one touch since then, that touch was lost on it, and is made once more."""
        if len(self.last) != 1 or limit * PATIENCE <= LOST_S:
            self.visit.same(name, limit, **how)
            return
        try:
            self.visit.same(name, LOST_S / PATIENCE, **how)
        except Fail:
            before = self.visit.folder / "before.ppm"
            before.write_bytes(self.seen)
            if difference(before, self.visit.machine.shot(self.visit.folder / "now.ppm")) < SAME:
                print(f"  {self.visit.machine.seconds():6.1f} s  a touch was lost at {self.last[0]}", flush=True)
                self.visit.machine.tap(*self.last[0])
            self.visit.same(name, limit, **how)

    def forget(self):
        """What the board shows is not known any more."""
        self.laid_out, self.seen, self.last = {}, b"", []

    def _bring_into_sight(self, id):
        for way in ("up", "down"):
            while not (w := self.widget(id)) or not w["state"]["touchable"]:
                turn = self.widget(way)
                if not turn or not turn["state"]["enabled"]:
                    break
                self.tap(way)
            else:
                return w
        raise Fail(f"the mirror shows no {id}: {self.ids()}")

    def tap(self, id=None, label=None, is_awaited=True, **arguments):
        """`is_awaited` False: on a page that goes by itself soon, wherever the board may be with it."""
        w = self.widget(id)
        if not w or not w["state"]["touchable"]:
            w = self._bring_into_sight(id)
        if is_awaited:
            self.sync(is_key=w["role"] == "key")
        x, y, width, height = w.get("touch") or w["rect"]
        reply = super().tap(id)
        if self.visit.machine:
            at = (x + width // 2, y + height // 2)
            if at == self.place and w["role"] != "key":
                time.sleep(max(0, self.free_at - time.monotonic()))
            self.last.append(at)
            self.visit.machine.tap(*at)
            self.place, self.free_at = at, time.monotonic() + AGAIN_S
        return reply

    def type(self, text):
        """By the keys that are there; into an empty field, once more where the board has missed a key."""
        for _ in range(TRIES):
            self._keys(text)
            if not self.visit.machine or self._agrees(LOST_S / PATIENCE):
                return
            self.tap("key:clear", is_awaited=False)
            time.sleep(PAUSE_S)
        raise Fail(f"the board does not take {text}")

    def _keys(self, text):
        for letter in text:
            self.tap(f"key:{letter}")

    def type_pinyin(self, syllables):
        """A word for each, the first that is offered. All of it in letters, where the board's engine does not answer in its time: an
        emulated processor that others share may stand still longer than any real one."""
        for word in syllables:
            self._keys(word)
            if not self._has_candidates() or not self._agrees():
                self._type_letters("".join(syllables))
                return
            self.tap("candidate:0")

    def _type_letters(self, text):
        """From the beginning; until the field is empty the two kiosks may show different things."""
        for key in ("key:clear", "key:clear", "way:latin", "key:clear"):
            self.tap(key, is_awaited=False)
            time.sleep(PAUSE_S)
        self.type(text)

    def _has_candidates(self):
        end = time.monotonic() + ANSWER_S
        while not self.widget("candidate:0") and time.monotonic() < end:
            time.sleep(0.02)
        return self.widget("candidate:0")

    def _agrees(self, limit=ANSWER_S):
        try:
            self.sync("typed", limit=limit)
            return True
        except Fail:
            return False

    def stroke(self, id, points):
        self.sync()
        x, y, _, _ = self.widget(id)["rect"]
        reply = super().stroke(id, points)
        if self.visit.machine:
            self.visit.machine.stroke([(x + a, y + b) for a, b in points])
        return reply


class TwinTown:
    """What a walk needs of a town, for both."""

    def __init__(self, visit):
        self.visit, self.robot, self.sim = visit, Twin(visit), self
        self.until = visit.mirror.until

    def card(self, person):
        self.visit.mirror.sim.card(person)
        if self.visit.machine:
            self.visit.sim.card(person)

    def lift(self):
        self.visit.mirror.sim.lift()
        if self.visit.machine:
            self.visit.sim.lift()
