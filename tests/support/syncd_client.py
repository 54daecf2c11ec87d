"""A client of kiosk-syncd's local socket (sync/api/local-socket.md), for tests."""
import hashlib
import json
import socket
import struct


class SyncdError(AssertionError):
    def __init__(self, reply):
        super().__init__(f"{reply.get('error')}: {reply.get('message')}")
        self.word = reply.get("error")


class Syncd:
    def __init__(self, path, limit=20):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(limit)
        self.socket.connect(str(path))
        self.file = self.socket.makefile("rwb")
        self.n = 0
        self.body = b""

    def close(self):
        self.file.close()
        self.socket.close()

    def send_raw(self, data):
        self.file.write(data)
        self.file.flush()

    def frame(self, op, body=b"", **fields):
        """A request's bytes, to be sent with send_raw()."""
        self.n += 1
        head = json.dumps(dict(fields, op=op, n=self.n)).encode()
        return struct.pack(">II", len(head), len(body)) + head + body

    def send(self, op, body=b"", **fields):
        self.send_raw(self.frame(op, body, **fields))
        return self.n

    def receive(self):
        head = self.file.read(8)
        if len(head) < 8:
            raise ConnectionError("kiosk-syncd has hung up")
        length, body = struct.unpack(">II", head)
        reply = json.loads(self.file.read(length))
        self.body = self.file.read(body)
        return reply

    def request(self, op, body=b"", **fields):
        self.send(op, body, **fields)
        reply = self.receive()
        if not reply["ok"]:
            raise SyncdError(reply)
        return reply

    def submission(self, token, id_, key_id, sealed, kind="application"):
        return dict(token=token, id=id_, kind=kind, suite=1, key_id=key_id, sha256=hashlib.sha256(sealed).hexdigest())

    def submit(self, token, id_, key_id, sealed, kind="application"):
        return self.request("submit", sealed, **self.submission(token, id_, key_id, sealed, kind))
