"""A browser without a window, by the WebDriver protocol (W3C) and nothing else: chromedriver, HTTP, JSON."""
import base64
import http.client
import json
import os
import select
import shutil
import subprocess
import time

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser:
    def __init__(self, width=1440, height=1000):
        driver = shutil.which("chromedriver") or "/usr/bin/chromedriver"
        self.process = subprocess.Popen([driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.port = self._port()
        flags = ["--headless=new", f"--window-size={width},{height}", "--disable-dev-shm-usage", "--force-device-scale-factor=1",
                 "--no-first-run", "--disable-background-networking"]
        if os.geteuid() == 0:
            flags.append("--no-sandbox")  # chromium's sandbox refuses to run as root
        options = {"goog:chromeOptions": {"args": flags}, "goog:loggingPrefs": {"browser": "ALL"}}
        self.session = self.call("POST", "/session", {"capabilities": {"alwaysMatch": options}})["sessionId"]

    def _port(self, limit=20):
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline:
            ready, _, _ = select.select([self.process.stdout], [], [], 0.5)
            line = self.process.stdout.readline() if ready else ""
            if "started successfully on port" in line:
                return int(line.rstrip().rstrip(".").rsplit(" ", 1)[1])
        raise AssertionError("chromedriver did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.do("DELETE", "")
        finally:
            self.process.terminate()
            self.process.wait(10)
            self.process.stdout.close()

    def call(self, method, path, body=None):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            c.request(method, path, None if body is None else json.dumps(body), {"Content-Type": "application/json"})
            r = c.getresponse()
            value = json.loads(r.read())["value"]
        finally:
            c.close()
        if r.status != 200:
            raise AssertionError(f"{method} {path}: {value.get('error')}: {value.get('message', '').splitlines()[0]}")
        return value

    def do(self, method, path, body=None):
        return self.call(method, f"/session/{self.session}{path}", body)

    # -- as a person
    def go(self, url):
        self.do("POST", "/url", {"url": url})

    def find(self, css):
        found = self.do("POST", "/elements", {"using": "css selector", "value": css})
        return [e[ELEMENT] for e in found]

    def until(self, css, text="", limit=15):
        """The first element that fits and shows the text."""
        deadline = time.monotonic() + limit
        while True:
            for e in self.find(css):
                try:
                    if text in self.text(e) and self.is_shown(e):
                        return e
                except AssertionError:
                    pass  # gone meanwhile: the list is made anew all the time
            if time.monotonic() > deadline:
                raise AssertionError(f"{css} never showed {text!r}; the page says:\n{self.js('return document.body.innerText')}")
            time.sleep(0.05)

    def text(self, element):
        return self.do("GET", f"/element/{element}/text")

    def is_shown(self, element):
        return self.do("GET", f"/element/{element}/displayed")

    def click(self, css, text=""):
        deadline = time.monotonic() + 15
        while True:
            try:
                return self.do("POST", f"/element/{self.until(css, text)}/click", {})
            except AssertionError:
                if time.monotonic() > deadline:
                    raise

    def type(self, css, text):
        self.do("POST", f"/element/{self.until(css)}/value", {"text": text})

    def js(self, script, *arguments):
        return self.do("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def complaints(self):
        """What the console says beyond the ordinary (errors of scripts, blocked content)."""
        return [e["message"] for e in self.do("POST", "/se/log", {"type": "browser"}) if e["level"] in ("SEVERE", "WARNING")]

    def screenshot(self, path):
        with open(path, "wb") as f:
            f.write(base64.b64decode(self.do("GET", "/screenshot")))
