"""The glass of the virtual board from power on to the kiosk's first picture."""
import subprocess
import time

from machine import Fail, HEIGHT, WIDTH
from visit import PATIENCE, difference

POLL_S = 0.5


class Start:
    """`shown_s` after power on the glass shows `picture`, pixel by pixel; `next_s`: another one, with that share of black. Keeps both."""

    def __init__(self, machine, picture, folder, limit=600):
        self.machine, self.folder = machine, folder
        folder.mkdir(parents=True, exist_ok=True)
        shown = self._until(lambda shot: difference(picture, shot) == 0, "start", limit)
        self.shown_s = machine.seconds()
        kept = shown.read_bytes()
        other = self._until(lambda shot: shot.read_bytes() != kept, "next", limit)
        self.next_s = machine.seconds()
        black = folder / "black.ppm"
        black.write_bytes(b"P6 %d %d 255\n" % (WIDTH, HEIGHT) + bytes(WIDTH * HEIGHT * 3))
        self.next_black = 1 - difference(black, other)
        for shot in (shown, other):
            subprocess.run(["convert", str(shot), str(shot.with_suffix(".png"))], check=True)

    def _until(self, test, name, limit):
        end = time.monotonic() + limit * PATIENCE
        while not test(shot := self.machine.shot(self.folder / f"{name}.ppm")):
            if time.monotonic() > end:
                raise Fail(f"never on the glass: {name} ({shot})")
            time.sleep(POLL_S)
        return shot
