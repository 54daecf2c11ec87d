"""A TPM 2.0 in software (swtpm): its state lies in a folder, as a chip's lies in the chip. Power on and off as of a board."""
import pathlib
import shutil
import socket
import subprocess
import time

import pytest


NEEDED = ("swtpm", "tpm2_pcrextend", "systemd-creds")


def needs_swtpm():
    missing = [program for program in NEEDED if not shutil.which(program)]
    return pytest.mark.skipif(bool(missing), reason=f"not here: {', '.join(missing)} (make deps)")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Swtpm:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.process = None

    def __enter__(self):
        return self.power_on()

    def __exit__(self, *_):
        self.power_off()

    def power_on(self):
        """PCRs begin anew."""
        for _ in range(20):  # tpm2-tss looks for the second port right behind the first
            self.port = free_port()
            if self.port >= 65000:
                continue
            self.process = subprocess.Popen(
                ["swtpm", "socket", "--tpm2", "--tpmstate", f"dir={self.folder}", "--flags", "not-need-init,startup-clear", "--server",
                 f"type=tcp,port={self.port},bindaddr=127.0.0.1", "--ctrl", f"type=tcp,port={self.port + 1},bindaddr=127.0.0.1"],
                stderr=subprocess.DEVNULL)
            if self._answers():
                return self
        raise AssertionError("swtpm does not start")

    def _answers(self):
        deadline = time.monotonic() + 10
        while self.process.poll() is None and time.monotonic() < deadline:
            with socket.socket() as s:
                if not s.connect_ex(("127.0.0.1", self.port + 1)):
                    return True
            time.sleep(0.02)
        return False

    def power_off(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)

    @property
    def tcti(self):
        return f"swtpm:host=127.0.0.1,port={self.port}"

    def extend(self, *pcrs):
        """As a start measures other things into these."""
        for pcr in pcrs:
            subprocess.run(["tpm2_pcrextend", "-T", self.tcti, f"{pcr}:sha256={'1' * 64}"], check=True, capture_output=True)

    def creds(self):
        """systemd-creds, and behind it what the kernel does for whoever opens /dev/tpmrm0: it lets go of what was left inside."""
        wrapper = self.folder / "systemd-creds"
        forget = "".join(f"tpm2_flushcontext -T {self.tcti} -{what} > /dev/null 2>&1\n" for what in "tls")
        wrapper.write_text(f'#!/bin/sh\n{shutil.which("systemd-creds")} "$@"\nr=$?\n{forget}exit $r\n')
        wrapper.chmod(0o755)
        return wrapper
