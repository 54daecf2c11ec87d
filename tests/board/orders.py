"""Orders to the bench in the board (tests/board/bench/orders.h): it calls at a port of the host every two seconds."""
import socket
import threading
import time


class Orders:
    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = str(self.listener.getsockname()[1])
        self.line, self.change = None, threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        """The latest call alone counts."""
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            with self.change:
                if self.line:
                    self.line.close()
                self.line = line
                self.change.notify_all()

    def close(self):
        self.listener.close()

    def _next(self, end):
        """A call that comes from now on, or None."""
        with self.change:
            before = self.line
            while self.line is before:
                if not self.change.wait(max(0.0, end - time.monotonic())):
                    return None
            line, self.line = self.line, None
            return line

    def give(self, order, limit=120):
        end = time.monotonic() + limit
        while line := self._next(end):
            with line:
                line.settimeout(limit)
                try:
                    line.sendall(order.encode() + b"\n")
                    answer = line.recv(16)
                except OSError:
                    continue
            if answer:
                assert answer == b"done\n", order
                return
        raise AssertionError(f"the board took no order: {order}")
