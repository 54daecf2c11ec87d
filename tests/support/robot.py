"""The robot's side of kiosk --robot: taps, types and looks as a resident does."""
import json
import socket
import time


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
