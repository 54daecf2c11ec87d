"""A postal service on loopback, for tests and demonstrations: sync/api/carrier.yaml, with a switch for everything that goes wrong with one.
As a program: carrier.py [--port N]; prints its address, and takes a parcel on by `POST /parcels/NUMBER/state {"state"}`."""
import argparse
import http.server
import json
import threading

STATES = ("collected", "under_way", "delivered", "returned")
DIGITS = "0123456789"


class Parcel:
    def __init__(self, number, to):
        self.number, self.to, self.state, self.at = number, to, None, None

    def told(self):
        return {"number": self.number, "state": self.state, "at": self.at}


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass  # addresses stand in no log

    def answer(self, status, body, kind="application/json"):
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def is_well(self):
        """False: something else was answered, or nothing."""
        carrier, mode = self.server.carrier, self.server.carrier.mode
        carrier.asked += 1
        if mode == "down":
            self.close_connection = True
            return False
        if mode == "slow":
            carrier.released.wait(30)
        if mode in ("well", "slow"):
            return True
        status, body = mode
        self.answer(status, body)
        return False

    def do_GET(self):
        if not self.is_well():
            return
        parcel = self.server.carrier.parcels.get(self.path.removeprefix("/parcels/"))
        self.answer(200, parcel.told()) if parcel else self.answer(404, {})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path.endswith("/state"):
            self.server.carrier.move(self.path.split("/")[2], body["state"], body.get("at"))
            self.answer(200, {})
            return
        self.server.carrier.bodies.append(body)
        if self.is_well():
            self.answer(201, {"number": self.server.carrier.order(body["order"], body["to"])})


class Carrier:
    """`mode`: "well", "down", "slow" (until released is set), or (status, body) of a rubbish answer."""

    def __init__(self, port=0):
        self.parcels, self.orders, self.bodies, self.mode, self.asked = {}, {}, [], "well", 0
        self.released = threading.Event()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads, self.server.carrier = True, self
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    def order(self, name, to):
        """The same order, the same parcel: whoever asks again has not heard the answer."""
        if name not in self.orders:
            number = f"EX{len(self.orders) + 100000001}CN"
            self.orders[name], self.parcels[number] = number, Parcel(number, to)
            self.move(number, "collected")
        return self.orders[name]

    def move(self, number, state, at=None):
        import datetime
        assert state in STATES
        parcel = self.parcels[number]
        parcel.state, parcel.at = state, at or datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--port", type=int, default=0)
    carrier = Carrier(p.parse_args().port)
    print(carrier.url, flush=True)
    carrier.server.serve_forever()


if __name__ == "__main__":
    main()
