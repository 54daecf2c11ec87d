"""The technician's console on a pseudo-terminal: commands of kioskctl from its table, each noted, and no way out of it."""
import os
import pty
import random
import select
import signal
import stat
import subprocess
import time

import pytest

from county import build_dir

PROMPT = b"onetrip> "


class Laptop:
    """Somebody's, at the other end of the line."""

    def __init__(self, kioskctl, socket):
        self.fd, inner = pty.openpty()
        self.process = subprocess.Popen([build_dir() / "technician-console", "--kioskctl", kioskctl, "--syncd", socket], stdin=inner,
                                        stdout=inner, stderr=subprocess.PIPE, start_new_session=True, env={"PATH": "/nonexistent"})
        os.close(inner)
        self.read()

    def read(self, prompts=1, limit=30):
        """Until that many prompts have come."""
        said, deadline = b"", time.monotonic() + limit
        while said.count(PROMPT) < prompts:
            ready, _, _ = select.select([self.fd], [], [], max(0, deadline - time.monotonic()))
            assert ready, f"no prompt: {said[-300:]!r}"
            said += os.read(self.fd, 65536)
        return said

    def type(self, line, end=b"\r"):
        data = line if isinstance(line, bytes) else line.encode()
        os.write(self.fd, data + end)
        return self.read().decode(errors="replace")

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.fd)


@pytest.fixture
def recorder(tmp_path):
    """A kioskctl that writes down what it was called with."""
    program, calls = tmp_path / "kioskctl", tmp_path / "calls"
    calls.write_text("")
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> {calls}\nprintf "\\033[2Jheld \\302\\2331m 3\\n"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program, calls


@pytest.fixture
def laptop(daemon, recorder):
    daemon.enrol()
    at = Laptop(recorder[0], daemon.socket)
    at.calls = lambda: [c.split(" ", 2)[2] for c in recorder[1].read_text().splitlines()]
    yield at
    at.close()


def notes(daemon):
    return [e["detail"] for e in daemon.client().request("events", **{"from": 0})["events"] if e["what"] == "staff-action"]


def test_it_asks_what_kioskctl_asks_and_each_is_noted(daemon):
    daemon.enrol()
    laptop = Laptop(build_dir() / "kioskctl", daemon.socket)
    try:
        assert "K0012" in laptop.type("status")
        assert "queue release SEQ" in laptop.type("help")
        laptop.type("queue list held")
        assert "staff-action" in laptop.type("events")
        assert "CONSOLE console status" in notes(daemon) and "CONSOLE console queue list held" in notes(daemon)
        os.write(laptop.fd, b"exit\r")
        assert laptop.process.wait(10) == 0
    finally:
        laptop.close()


def test_commands_reach_kioskctl_as_words_of_the_table(laptop, daemon):
    for line in ("status", "  queue   list  dead ", "queue sync", "queue release 17", "events 5", "enrol 11112222"):
        laptop.type(line)
    assert laptop.calls() == ["status", "queue list dead", "queue sync", "queue release 17", "events 5", "enrol 11112222"]
    assert "CONSOLE console enrol" in notes(daemon) and not any("11112222" in n for n in notes(daemon))


ESCAPES = ["status; sh", "status && sh", "status | sh", "status > /tmp/x", "$(sh)", "`sh`", "status $(id)", "sh", "/bin/sh", "!sh", "bash -i", "status\tsh",
           "queue list ../../etc/passwd", "queue release -1", "queue release 1 2", "queue list 'held'", "queue release 0x10", "events /etc/shadow",
           "--syncd=/tmp/x status", "status --json", "status --syncd /tmp/x", "-- status", "stick check /", "stick make / key=/x", "audit verify ca=/etc/shadow /x",
           "catalogue check /etc/shadow", "update check /", "card read", "print --test", "enrol ../x", "enrol $(id)", "enrol 1111 2222", "STATUS", "exit now",
           "queue", "queue list queued held", "help status", "env", "%s%n%s", "status\\", "\"status\"", "status #", "status 1"]


def test_no_line_gets_out(laptop, daemon):
    for line in ESCAPES:
        assert "not understood" in laptop.type(line), line
    assert laptop.calls() == []
    assert sum("CONSOLE console refused length=" in n for n in notes(daemon)) == len(ESCAPES)
    assert not any("shadow" in n or "sh" in n.split() for n in notes(daemon))
    assert "held" in laptop.type("status")


def test_no_byte_gets_out(laptop):
    pid = laptop.process.pid
    for junk in (b"\x03", b"\x1a", b"\x1c", b"\x04", b"\x1b[A", b"\x1b]0;x\x07", b"\x00", b"\xff" * 40, "状态".encode(), b"\x1b[200~status\x1b[201~"):
        os.write(laptop.fd, junk + b"\r")
        laptop.read(2 if junk == b"\x03" else 1)
    assert laptop.calls() == []
    os.write(laptop.fd, b"statuz\x7fs\r")
    laptop.read()
    assert laptop.calls() == ["status"] and laptop.process.pid == pid and laptop.process.poll() is None


def test_long_lines_and_junk_are_refused_whole(laptop):
    for start in range(0, 200000, 2000):  # a terminal's buffer at a time
        os.write(laptop.fd, b"a" * 2000)
        while select.select([laptop.fd], [], [], 0)[0]:
            os.read(laptop.fd, 65536)
    assert "not understood" in laptop.type(" status")
    assert "not understood" in laptop.type("status" + " " * 100)
    junk = random.Random(7).randbytes(20000).replace(b"\r", b"").replace(b"\n", b"").replace(b"\x03", b"").replace(b"\x15", b"")
    for start in range(0, len(junk), 1000):
        os.write(laptop.fd, junk[start:start + 1000])
        while select.select([laptop.fd], [], [], 0)[0]:
            os.read(laptop.fd, 65536)
    laptop.type("")
    assert laptop.calls() == []
    laptop.type("status")
    assert laptop.calls() == ["status"]


def test_what_is_printed_steers_no_terminal(laptop):
    said = laptop.type("status")
    assert "held ?1m 3" in said.replace("??", "?") and "\x1b" not in said and "\x9b" not in said


def test_what_cannot_be_noted_is_not_done(laptop, daemon):
    daemon.process.send_signal(signal.SIGKILL)
    daemon.process.wait()
    assert "cannot be noted, so it is not done" in laptop.type("queue sync")
    assert laptop.calls() == []


def test_one_that_says_too_much_is_ended(daemon, tmp_path):
    daemon.enrol()
    program = tmp_path / "kioskctl"
    program.write_text("#!/bin/sh\nexec yes\n".replace("exec yes", "while :; do echo yes; done"))
    program.chmod(0o755)
    laptop = Laptop(program, daemon.socket)
    try:
        os.write(laptop.fd, b"status\r")
        assert b"... and more" in laptop.read(limit=60)
        assert not subprocess.run(["pgrep", "-P", str(laptop.process.pid)], capture_output=True, text=True).stdout
    finally:
        laptop.close()


def test_the_device_port_offers_a_serial_line_and_nothing_else(tmp_path):
    config, ports = tmp_path / "usb_gadget", tmp_path / "udc"
    for made_by_the_kernel in ("strings", "functions", "configs/c.1/strings"):
        (config / "onetrip" / made_by_the_kernel).mkdir(parents=True)
    (ports / "fe980000.usb").mkdir(parents=True)
    made = []
    for _ in range(2):
        made.append(subprocess.run([build_dir() / "usb-gadget", config, ports], capture_output=True, text=True))
    assert [m.returncode for m in made] == [0, 0], made[0].stderr
    g = config / "onetrip"
    assert [f.name for f in (g / "functions").iterdir()] == ["acm.console"] and (g / "configs/c.1/acm.console").is_symlink()
    assert (g / "UDC").read_text() == "fe980000.usb" and (g / "idVendor").read_text() == "0x1d6b"
    none = subprocess.run([build_dir() / "usb-gadget", config, tmp_path / "absent"], capture_output=True, text=True)
    assert none.returncode == 1 and "absent" in none.stderr
