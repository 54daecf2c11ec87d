"""A stick as a board has it: in no tree, handed to the kiosk at a socket, writable while an order lasts (stick-mount.c). This
test is whoever mounted it."""
import array
import os
import pathlib
import shutil
import socket
import threading

import pytest

from test_staff import PIN, dismissed, enter, go, page


class Door:
    """One stick. `grants`: whether it can be made writable. What was asked for is in `asked`."""

    def __init__(self, town, mount, grants=True):
        self.place = pathlib.Path(town.facts["sticks_dir"]) / "sdb1"
        self.mount = os.open(mount, os.O_PATH | os.O_DIRECTORY)
        self.grants, self.asked, self.line = grants, [], None
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(self.place))
        self.listener.listen(1)
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        while True:
            try:
                self.line, _ = self.listener.accept()
                self.line.sendmsg([b"r"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [self.mount]))])
                while word := self.line.recv(1):
                    self.asked.append(word)
                    self.line.send(word if self.grants or word == b"r" else b"r")
            except OSError:
                return

    def pull(self):
        self.place.unlink(missing_ok=True)
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        if self.line:
            self.line.shutdown(socket.SHUT_RDWR)
            self.line.close()
        os.close(self.mount)
        self.thread.join(5)


@pytest.fixture
def door(town):
    made = []

    def make(**more):
        shutil.rmtree(town.dir / "pocket/door", ignore_errors=True)
        made.append(Door(town, town.make_stick(name="door"), **more))
        return made[-1]
    yield make
    for d in made:
        if d.place.exists():
            d.pull()
    town.until(lambda: dismissed(town.robot), "the kiosk is the residents' again")


def certify(town):
    page(town.robot, "pin")
    enter(town.robot, PIN)
    page(town.robot, "menu")
    go(town.robot, "readiness")
    town.robot.tap("primary")


def test_what_is_handed_over_opens_and_is_written_only_while_an_order_lasts(town, door):
    stick = door()
    page(town.robot, "pin")
    assert stick.asked == []
    certify(town)
    town.robot.wait("staff", text="已存到盘上", ms=15000)
    assert list((town.dir / "pocket/door/ONETRIP").glob("log-K0012-*.json"))
    town.until(lambda: stick.asked == [b"w", b"r"], "it is read-only again")
    stick.pull()
    town.robot.wait("attract")


def test_the_end_of_the_line_is_the_end_of_the_stick(town, door):
    """The folder is still there for whoever holds it; what counts is whoever mounted it."""
    stick = door()
    page(town.robot, "pin")
    stick.pull()
    town.robot.wait("attract")
    again = Door(town, town.dir / "pocket/door")
    page(town.robot, "pin")
    again.pull()
    town.robot.wait("attract")


def test_one_that_stays_read_only_is_asked_for_in_vain(town, door):
    stick = door(grants=False)
    certify(town)
    town.until(lambda: stick.asked == [b"w", b"r"], "it was asked for")
    town.robot.wait("staff", text="本机已签名", ms=15000)
    stick.pull()
    town.robot.wait("attract")
