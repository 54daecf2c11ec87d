"""A technician's laptop at the device port of a board (tests/board/bench/laptop.h): one serial line, a table of commands, and nothing else.
The board is its own laptop, so it is a visitor too: a serial adapter, which it refuses until the bench lets it in."""
import re
import socket
import time

import pytest

from machine import Fail, Machine

PROMPT = b"onetrip> "
START_S = 600


class Laptop:
    def __init__(self, line):
        self.line, self.said = line, b""
        line.settimeout(5)

    def until(self, what, limit=60):
        end = time.monotonic() + limit
        while what not in self.said:
            if time.monotonic() > end:
                raise Fail(f"the console never said {what!r}: {self.said[-500:]!r}")
            try:
                piece = self.line.recv(65536)
            except TimeoutError:
                continue
            if not piece:
                raise Fail(f"the line was closed: {self.said[-500:]!r}")
            self.said += piece
        said, self.said = self.said.split(what, 1)
        return said.decode(errors="replace")

    def type(self, words):
        self.line.sendall(words.encode() + b"\r")
        return self.until(PROMPT)


@pytest.fixture(scope="module")
def machine(image, county, place):
    listener = socket.create_server(("127.0.0.1", 0))
    words = (("county", str(county.port)), ("enrol", "33334444"), ("laptop", str(listener.getsockname()[1])), ("journal", "yes"))
    with listener, Machine(image / "disk.img", place / "laptop-machine", fw_cfg=words) as m:
        m.listener = listener
        yield m


@pytest.fixture(scope="module")
def laptop(machine):
    machine.listener.settimeout(START_S)
    line = Laptop(machine.listener.accept()[0])
    line.line.sendall(b"\r")
    line.until(PROMPT)
    yield line
    line.line.close()


def test_a_serial_adapter_that_somebody_plugs_in_is_refused(machine):
    """By the kernel, upon the board's own rules: each of its interfaces, before anybody has a line."""
    m = machine.wait_text(r"BENCH laptop ([^\n]*)\n", START_S)
    print(f"  {m.group(1)}")
    assert re.fullmatch(r"OneTrip technician's console, 02 0a, refused 2 of 2", m.group(1))  # CDC ACM, and no other function


def test_the_console_answers_at_the_device_port(laptop):
    assert "status" in laptop.type("help")
    said = laptop.type("status")
    assert "accepting" in said, said


@pytest.mark.parametrize("words", ("sh", "status; sh", "/bin/sh", "status --syncd /etc/passwd", "queue list ../../etc", "$(reboot)", "\x1b[A"))
def test_it_gives_nothing_else(laptop, words):
    said = laptop.type(words)
    assert "root" not in said and "passwd:" not in said and "accepting" not in said, said


def test_what_was_typed_is_in_the_log_and_what_was_refused_by_its_length_alone(laptop):
    said = laptop.type("events")
    assert "console" in said and "passwd" not in said and "reboot" not in said, said
