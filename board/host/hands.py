"""Hands for scripts: a robot that taps, types and looks as a resident does, the simulated devices' switches, and a whole
town (board/host/up) as a context manager."""
import json
import os
import pathlib
import signal
import socket
import subprocess
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]


class RobotError(AssertionError):
    pass


class Robot:
    """One connection. Every call carries out one command and returns its reply; a refusal is a RobotError."""

    def __init__(self, path, limit=10):
        deadline = time.monotonic() + limit
        while True:
            self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                self.socket.connect(str(path))
                break
            except OSError:
                self.socket.close()
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
        self.socket.settimeout(60)
        self.file = self.socket.makefile("rw", encoding="utf-8")
        self.touches = 0

    def close(self):
        self.file.close()
        self.socket.close()

    def raw(self, **command):
        self.file.write(json.dumps(command, ensure_ascii=False) + "\n")
        self.file.flush()
        line = self.file.readline()
        if not line:
            raise RobotError("the kiosk has hung up")
        return json.loads(line)

    def do(self, what, **arguments):
        reply = self.raw(do=what, **arguments)
        if not reply.get("ok"):
            raise RobotError(f"{what} {arguments}: {reply.get('error')} (screen {reply.get('screen')})")
        return reply

    # -- looking
    def tree(self):
        return self.do("tree")

    def screen(self):
        return self.do("state")["screen"]

    def widgets(self):
        return self.tree()["widgets"]

    def widget(self, id):
        return next((w for w in self.widgets() if w["id"] == id), None)

    def ids(self):
        return [w["id"] for w in self.widgets() if w["id"]]

    def words(self):
        """Everything that can be read on the screen."""
        return "\n".join(w["label"] + " " + str(w.get("detail", "")) + " " + str(w.get("value", "")) for w in self.widgets())

    def all_words(self):
        """What the screen says from here down to its end, turned page by page and back."""
        words, turned = self.words(), 0
        while (self.widget("down") or {"state": {"enabled": False}})["state"]["enabled"]:
            self.tap("down")
            words += "\n" + self.words()
            turned += 1
        for _ in range(turned):
            self.tap("up")
        return words

    def screenshot(self, path):
        return self.do("screenshot", file=str(path))

    def wait(self, screen=None, ms=8000, **what):
        arguments = dict(what, ms=ms)
        if screen:
            arguments["screen"] = screen
        return self.do("wait", **arguments)

    # -- touching
    def tap(self, id=None, label=None, **arguments):
        self.touches += 1
        if id:
            arguments["id"] = id
        if label:
            arguments["label"] = label
        return self.do("tap", **arguments)

    def type(self, text):
        return self.do("type", text=text)

    def stroke(self, id, points):
        self.touches += 1
        return self.do("stroke", id=id, points=points)

    def sign(self):
        """A signature of one stroke."""
        return self.stroke("sign.pad", [[120, 200], [200, 90], [280, 260], [380, 120], [470, 250], [600, 160], [760, 210]])

    def advance(self, ms):
        return self.do("clock", advance_ms=ms)

    # -- forms
    def field(self, name):
        return self.widget(f"field:{name}")

    def fill(self, name, text):
        """Type into a field; taps it first unless it has the focus already."""
        w = self.field(name)
        if w is None:
            raise RobotError(f"no field {name} here: {self.ids()}")
        if not w["state"]["focused"]:
            self.tap(f"field:{name}")
        return self.type(text)

    def choose(self, name, value):
        return self.tap(f"choice:{name}:{value}")

    def next(self):
        return self.tap("primary")

    def ask_case(self, receipt):
        """On the progress screen: what the kiosk knows of a number (case, case_state)."""
        if not self.widget("field:receipt"):
            self.next()  # another number
        typed = self.widget("field:receipt").get("value", "")
        self.type(receipt.removeprefix(typed))
        self.next()
        while self.do("state")["case"] == "asking":
            time.sleep(0.01)
        return self.do("state")


class Sim:
    """kiosk-sim's control socket: the hand with the card, the paper, the cables."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(30)
        self.socket.connect(str(path))
        self.file = self.socket.makefile("rw", encoding="utf-8")

    def close(self):
        self.file.close()
        self.socket.close()

    def do(self, what, **arguments):
        self.file.write(json.dumps(dict(arguments, do=what), ensure_ascii=False) + "\n")
        self.file.flush()
        line = self.file.readline()
        if not line:
            raise RobotError("the simulator has hung up")
        reply = json.loads(line)
        if not reply.get("ok"):
            raise RobotError(f"simulator: {what} {arguments}: {reply.get('error')}")
        return reply

    def card(self, person):
        """Lay a card on the plate: the name of a person file, or the person itself."""
        if isinstance(person, dict):
            return self.do("tap-card", card=person)
        return self.do("tap-card", person=str(person))

    def lift(self):
        return self.do("lift-card")

    def link(self, up):
        return self.do("link", up=up)

    def slips(self, raw=False):
        return self.do("printed", raw=raw)["slips"]


class Town:
    """board/host/up from start to end. `with Town(dir) as town: town.robot.tap(...)`"""

    def __init__(self, directory, *options, build=None):
        self.dir = pathlib.Path(directory)
        self.command = [ROOT / "board/host/up", "--headless", "--dir", self.dir, *options]
        build = build or os.environ.get("ONETRIP_BUILD")
        if build:
            self.command += ["--build", build]
        self.process = None

    def __enter__(self):
        self.process = subprocess.Popen([str(c) for c in self.command], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        line = self.process.stdout.readline()
        if not line:
            self.process.wait(10)
            logs = "".join(f"--- {f.name}\n{f.read_text(errors='replace')[-2000:]}" for f in sorted(self.dir.glob("log/*")))
            raise RobotError(f"the town did not come up\n{logs}")
        self.facts = json.loads(line)
        self.robot = Robot(self.facts["robot"])
        self.sim = Sim(self.facts["sim"])
        return self

    def __exit__(self, *_):
        self.robot.close()
        self.sim.close()
        self.process.stdin.close()
        self.code = self.process.wait(40)
        self.process.stdout.close()

    # -- a service stick: a folder that is moved to where sticks are mounted, and away again
    def make_stick(self, role="technician", pin="480913", serial="S-2026-0007", kiosks="K0012", name="stick", **more):
        mount = self.dir / "pocket" / name
        mount.mkdir(parents=True)
        signer = pathlib.Path(self.facts["keys_dir"]) / "platform"
        values = {"serial": serial, "role": role, "kiosks": kiosks, "key": signer / "signer.key",
                  "certificate": signer / "signer.pem", **more}
        run = subprocess.run([str(self.build_dir() / "kioskctl"), "stick", "make", str(mount),
                              *(f"{k}={v}" for k, v in values.items())], input=pin + "\n", capture_output=True, text=True)
        if run.returncode:
            raise RobotError(f"no stick: {run.stderr}")
        return mount

    def plug_stick(self, mount):
        """Mounted: what the kiosk sees from now on. Returns where."""
        at = pathlib.Path(self.facts["sticks_dir"]) / mount.name
        mount.rename(at)
        return at

    def pull_stick(self, at):
        at = pathlib.Path(at)
        return at.rename(self.dir / "pocket" / at.name)

    def reconnect(self):
        """After the kiosk was started again."""
        self.robot.close()
        touches = self.robot.touches
        self.robot = Robot(self.facts["robot"])
        self.robot.touches = touches

    def pid(self, name):
        return json.loads((self.dir / "pids.json").read_text())[name]

    def kill(self, name):
        """SIGKILL; `up` starts it again, as its unit would. Returns once it has a new process."""
        old = self.pid(name)
        os.kill(old, signal.SIGKILL)
        self.until(lambda: self.pid(name) != old, f"{name} starts again")

    @staticmethod
    def until(test, what, limit=30):
        deadline = time.monotonic() + limit
        while True:
            try:
                result = test()
                if result:
                    return result
            except (OSError, ValueError, KeyError):
                pass
            if time.monotonic() > deadline:
                raise RobotError(f"never happened: {what}")
            time.sleep(0.02)

    def opened(self):
        """What the county can read: county-open's lines."""
        out = subprocess.run([str(self.build_dir() / "county-open"), "--dir", self.facts["county_dir"], "--keys",
                              self.facts["keys_dir"] + "/opener"], capture_output=True, text=True, check=True)
        return [json.loads(line) for line in out.stdout.splitlines()]

    def desk(self, path, body=None):
        """The clerk's server: GET, or POST of a JSON body."""
        base, _, query = self.facts["desk_url"].partition("?")
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{base.rstrip('/')}/{path}{'&' if '?' in path else '?'}{query}", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"{}")

    def faults(self, **faults):
        """The platform's fault switch; without arguments everything is well again."""
        return self.desk("faults", faults)

    def arrived(self):
        """How many applications the county has stored."""
        return self.desk("count")["items"]

    def sync_now(self):
        return self.kioskctl("queue", "sync", "--syncd", self.facts["socket"])

    def build_dir(self):
        return pathlib.Path(os.environ.get("ONETRIP_BUILD", ROOT / "build"))

    def kioskctl(self, *arguments):
        return subprocess.run([str(self.build_dir() / "kioskctl"), *map(str, arguments)], capture_output=True, text=True)
