"""A county of its own for a test: keys, county-platform, county-open; and a kiosk that is nothing but requests."""
import base64
import hashlib
import http.client
import json
import os
import pathlib
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
INSTALL, BOOT = "01900000-0000-7000-8000-0000000000aa", "01900000-0000-7000-8000-0000000000bb"


def build_dir():
    return pathlib.Path(os.environ.get("ONETRIP_BUILD", ROOT / "build"))


def uuid7(n):
    """Ids that sort by n and are the same in every run of a test."""
    return str(uuid.UUID(int=(0x019000000000 << 80) | (7 << 76) | (2 << 62) | n))


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def word(self):
        """The last word of a problem's type."""
        return self.json["type"].rsplit("/", 1)[-1]


class County:
    contracts = None  # contract.Contracts: every answer is held to it
    is_faulty = False  # by its own switch

    def __init__(self, directory, *options, keys=None):
        self.dir = pathlib.Path(directory)
        self.keys, self.data, self.options = keys or self.dir / "keys", self.dir / "county", options
        self.codes = ["11112222=K0012", "33334444=K0077"]
        self.platform = self.opener = None
        if not self.keys.exists():
            make_keys(self.keys)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def start(self, ports=()):
        command = [build_dir() / "county-platform", "--keys", self.keys / "platform", "--data", self.data,
                   "--catalogue", ROOT / "assets/catalogue/catalogue.json", *self.options, *ports]
        for code in self.codes:
            command += ["--enrol-code", code]
        self.platform = subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE, cwd=ROOT)
        self.facts = json.loads(self.platform.stdout.readline())
        self.port = urllib.parse.urlsplit(self.facts["platform_url"]).port
        return self

    def stop(self):
        for process in (self.opener, self.platform):
            if process and process.poll() is None:
                process.terminate()
                process.wait(10)
        if self.platform:
            self.platform.stdout.close()
        self.platform = self.opener = None

    def restart(self):
        self.stop()
        return self.start()

    def serve_opener(self, certificates=ROOT / "tests/data/certificates.json"):
        self.opener = subprocess.Popen([str(build_dir() / "county-open"), "--serve", "--dir", str(self.data), "--keys",
                                        str(self.keys / "opener"), "--certificates", str(certificates)])
        deadline = time.monotonic() + 10
        while True:
            try:
                with socket.socket(socket.AF_UNIX) as s:
                    return s.connect(str(self.data / "open.sock"))
            except OSError:
                assert time.monotonic() < deadline, "county-open does not answer"
                time.sleep(0.02)

    def open(self, *options):
        """What county-open prints, and its exit code."""
        run = subprocess.run([str(build_dir() / "county-open"), "--dir", str(self.data), "--keys",
                              str(self.keys / "opener"), *options], capture_output=True, text=True)
        return [json.loads(line) for line in run.stdout.splitlines()], run.returncode

    # -- the desk
    def desk_url(self, path, token=None):
        base, _, query = self.facts["desk_url"].partition("?")
        query = query if token is None else f"token={token}"
        return f"{base.rstrip('/')}/{path}{'&' if '?' in path else '?'}{query}"

    def desk(self, path, body=None, token=None, headers=None):
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(self.desk_url(path, token), data, {"Content-Type": "application/json", **(headers or {})})
        try:
            with urllib.request.urlopen(request, timeout=20) as a:
                answer = Answer(a.status, a.headers, a.read())
        except urllib.error.HTTPError as e:
            answer = Answer(e.code, e.headers, e.read())
        if path == "faults" and answer.status == 200:
            self.is_faulty = any(json.loads(data).values())
        if self.contracts:
            self.contracts.desk.judge("GET" if data is None else "POST", path, answer)
        return answer

    def faults(self, **faults):
        assert self.desk("faults", faults).status == 200

    def count(self):
        return self.desk("count").json["items"]

    def seal(self, item):
        run = subprocess.run([str(build_dir() / "seal-tool"), "--trust", str(self.keys / "trust"), "--keys",
                              str(self.keys / "platform/keys.json")], input=json.dumps(item) + "\n", capture_output=True,
                             text=True, check=True)
        key_id, text = run.stdout.split()
        return key_id, base64.b64decode(text)


class Kiosk:
    """Says what kiosk-syncd says, or what it should never say."""

    def __init__(self, county, directory, code=None, kiosk_id="K0012"):
        self.county, self.dir, self.id = county, pathlib.Path(directory), kiosk_id
        self.dir.mkdir(parents=True, exist_ok=True)
        self.key, self.certificate = self.dir / "key.pem", self.dir / "cert.pem"
        self.connection, self.seq = None, 0
        if not self.key.exists():
            openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", self.key)
        if code:
            answer = self.enrol(code)
            assert answer.status == 201, answer.body
            self.certificate.write_text(answer.json["certificate"])

    def request(self, method, path, body=None, headers=None, anonymous=False):
        """A new connection each time: a test may have cut or restarted anything."""
        context = ssl.create_default_context(cafile=self.county.keys / "trust/platform-ca.pem")
        if not anonymous:
            context.load_cert_chain(self.certificate, self.key)
        c = http.client.HTTPSConnection("127.0.0.1", self.county.port, timeout=20, context=context)
        try:
            c.request(method, path, body, headers or {})
            r = c.getresponse()
            answer = Answer(r.status, r.headers, r.read())
            if self.county.contracts and not self.county.is_faulty:
                self.county.contracts.kiosks.judge(method, path, answer)
            return answer
        finally:
            c.close()

    def post(self, path, document, **how):
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        headers = {"Content-Type": "application/json", **how.pop("headers", {})}
        return self.request("POST", path, body, headers, **how)

    def csr(self, name="anything"):
        """A new signature each time, as kiosk-syncd makes it."""
        return openssl("req", "-new", "-key", self.key, "-subj", f"/CN={name}")

    def enrol(self, code, csr=None, install=INSTALL):
        return self.post("/v1/enrolments", {"csr": csr or self.csr(), "install_id": install,
                                            "hardware": {"serial": "1", "model": "test"}},
                         headers={"Authorization": f"Bearer {code}"}, anonymous=True)

    # -- items
    def item(self, text="{}", n=None, seq=None, sealed=None, **more):
        """An item as it goes over the wire; `sealed` are the bytes, else the text stands for them."""
        self.seq = seq or self.seq + 1
        data = sealed if sealed is not None else text.encode()
        item = {"id": uuid7(n or self.seq), "kind": "application", "seq": self.seq, "install_id": INSTALL, "suite": 1,
                "key_id": "demo-county-1", "size": len(data), "sha256": hashlib.sha256(data).hexdigest(),
                "sealed": base64.b64encode(data).decode(),
                "clock": {"boot_id": BOOT, "boot_ms": 1000, "wall": "2026-11-24T08:30:00Z", "clock_quality": "rtc"}}
        return {**item, **more}

    def application(self, n=None, service="D01", **inside):
        """A sealed application, whole and in agreement with its envelope."""
        seq = self.seq + 1
        item = {"schema": 1, "manifest": {"id": uuid7(n or seq), "kiosk_id": self.id, "install_id": INSTALL, "seq": seq,
                                          "receipt": receipt(self.id, seq), "kind": "application", "item_code": service,
                                          "catalogue_version": 1, "language": "zh"},
                "resident": None, "form": {}, "materials": [], "consent": True, **inside}
        key_id, sealed = self.county.seal(item)
        return self.item(sealed=sealed, seq=seq, n=n, key_id=key_id)

    def upload(self, *items, coding=None, digest=None):
        body = json.dumps({"items": items, "sent_clock": {"boot_id": BOOT, "boot_ms": 61000, "clock_quality": "rtc"}}).encode()
        headers = {"Content-Digest": digest or content_digest(body), "Idempotency-Key": '"k"'}
        if coding:
            headers["Content-Encoding"] = coding
        return self.post("/v1/submission-batches", body, headers=headers)

    def verdicts(self, *items):
        answer = self.upload(*items)
        assert answer.status == 200, answer.body
        return [r["outcome"] for r in answer.json["results"]]

    def put_part(self, sha256, n, size, data, digest=None):
        return self.request("PUT", f"/v1/blobs/{sha256}/parts/{n}?size={size}", data,
                            {"Content-Type": "application/octet-stream", "Content-Digest": digest or content_digest(data)})

    def feed(self, cursor="", wait=0, limit=200):
        query = urllib.parse.urlencode({"limit": limit, "wait": wait, **({"cursor": cursor} if cursor else {})})
        return self.request("GET", f"/v1/status-feed?{query}")


def make_keys(directory):
    subprocess.run([ROOT / "tests/platform/make-keys", directory], check=True)
    return directory


def openssl(*arguments):
    return subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def content_digest(data):
    return "sha-256=:" + base64.b64encode(hashlib.sha256(data).digest()).decode() + ":"


def receipt(kiosk, seq):
    """The number on the slip (firmware/base/ident.h): Crockford base32, ISO 7064 MOD 37,36."""
    digits, alphabet = "", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    while seq or len(digits) < 6:
        digits, seq = alphabet[seq % 32] + digits, seq // 32
    p = 36
    for c in kiosk + digits:
        s = (p + int(c, 36)) % 36 or 36
        p = s * 2 % 37
    return f"{kiosk}-{digits}-{'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'[(37 - p) % 36]}"


def receipt_hash(kiosk, seq):
    return hashlib.sha256(receipt(kiosk, seq).encode()).hexdigest()
