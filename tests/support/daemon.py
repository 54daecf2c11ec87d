"""kiosk-syncd as a process of its own, with a county of its own, for tests."""
import os
import pathlib
import subprocess
import time
import uuid

from county import build_dir
from syncd_client import Syncd


class Daemon:
    """One kiosk-syncd on a folder; its log is kept."""

    def __init__(self, directory, county, url=None):
        self.dir = pathlib.Path(directory)
        self.county, self.url = county, url or county.facts["platform_url"]
        self.data, self.socket = self.dir / "kiosk", self.dir / "kiosk/syncd.sock"
        self.data.mkdir(exist_ok=True, parents=True)
        self.process = None

    def start(self, *options, **environment):
        self.log = open(self.dir / "log", "ab")
        trust = self.county.keys / "trust"
        self.process = subprocess.Popen([build_dir() / "kiosk-syncd", "--data", self.data, "--platform", self.url, "--ca",
                                         trust / "platform-ca.pem", "--trust", trust,
                                         *options], stderr=self.log,
                                        env=dict(os.environ, **environment))
        return self

    def client(self, limit=15):
        deadline = time.monotonic() + limit
        while True:
            try:
                return Syncd(self.socket)
            except OSError:
                assert self.process.poll() is None, self.said()
                assert time.monotonic() < deadline, self.said()
                time.sleep(0.02)

    def enrol(self, code="11112222"):
        client = self.client()
        if not client.request("status")["enrolled"]:
            client.request("enrol", code=code)
        self.until(lambda: client.request("status")["accepting"], "it accepts")
        return client

    def until(self, test, what, limit=30):
        deadline = time.monotonic() + limit
        while not test():
            assert time.monotonic() < deadline, f"never: {what}\n{self.said()}"
            time.sleep(0.02)

    def said(self):
        return (self.dir / "log").read_text(errors="replace")

    def kill(self):
        self.process.kill()
        self.process.wait(10)

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            assert self.process.wait(15) == 0
        self.log.close()


def submit(client, n=1, body=b"sealed bytes, as far as the queue can tell"):
    """Number(s) given for n submissions."""
    numbers = []
    for _ in range(n):
        token = uuid.uuid4().hex
        given = client.request("reserve", token=token)
        numbers.append(client.submit(token, given["id"], "county-1", body)["receipt"])
    return numbers


def queue(client):
    return {i["receipt"]: i["state"] for i in client.request("queue-list")["items"]}
