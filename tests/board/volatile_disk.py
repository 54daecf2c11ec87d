"""A disk that loses what was not flushed: an NBD server (NBD protocol, newstyle fixed) over a file, whose writes stay in memory until
the guest flushes. `cut` throws the rest away, or keeps a random part of it, as a medium that reorders does. While it is not honest, it
takes flushes and does nothing: what fails then shows that the rig can see a loss."""
import os
import random
import socket
import struct
import threading

BLOCK = 4096
READ, WRITE, END, FLUSH = 0, 1, 2, 3
FUA = 1
HAS_FLAGS, SEND_FLUSH, SEND_FUA = 1, 4, 8


class VolatileDisk:
    def __init__(self, path, where, seed=0):
        self.file, self.place = os.open(path, os.O_RDWR), str(where)
        self.size = os.fstat(self.file).st_size
        self.is_honest, self.random = True, random.Random(seed)
        self.waiting, self.lock = {}, threading.Lock()  # number of a block -> its bytes
        self.flushes = self.lost = self.kept = 0
        self.last_flush, self.stopped = None, threading.Event()
        self.listener = socket.socket(socket.AF_UNIX)
        if os.path.exists(self.place):
            os.unlink(self.place)
        self.listener.bind(self.place)
        self.listener.listen(4)
        threading.Thread(target=self._accept, daemon=True).start()

    def stop_at_flush(self, number):
        """The current goes before that flush, counted from the first of this disk, until cut(). The event it returns tells."""
        self.last_flush = number
        return self.stopped

    @property
    def drive(self):
        return f"file=nbd+unix:///?socket={self.place},if=none,id=hd,format=raw"

    def cut(self, keeps=0.0):
        """After the machine has ended: what it had not flushed is gone, but for a share."""
        with self.lock:
            for number, data in self.waiting.items():
                if self.random.random() < keeps:
                    os.pwrite(self.file, data, number * BLOCK)
                    self.kept += 1
                else:
                    self.lost += 1
            self.waiting.clear()
        self.last_flush, self.is_honest = None, True
        self.stopped.clear()

    def close(self):
        self.listener.close()
        os.close(self.file)

    # ---- the medium

    def _read(self, at, length):
        data = bytearray(os.pread(self.file, length, at))
        with self.lock:
            for number in range(at // BLOCK, (at + length - 1) // BLOCK + 1) if self.waiting else ():
                if block := self.waiting.get(number):
                    start = max(at, number * BLOCK)
                    end = min(at + length, (number + 1) * BLOCK)
                    data[start - at:end - at] = block[start - number * BLOCK:end - number * BLOCK]
        return bytes(data)

    def _write(self, at, data):
        with self.lock:
            for number in range(at // BLOCK, (at + len(data) - 1) // BLOCK + 1):
                start, end = max(at, number * BLOCK), min(at + len(data), (number + 1) * BLOCK)
                piece = data[start - at:end - at]
                if end - start < BLOCK:
                    whole = bytearray(self.waiting.get(number) or os.pread(self.file, BLOCK, number * BLOCK))
                    whole[start - number * BLOCK:end - number * BLOCK] = piece
                    piece = bytes(whole)
                self.waiting[number] = piece

    def _flush(self):
        self.flushes += 1
        if self.last_flush and self.flushes >= self.last_flush:
            self.stopped.set()
            raise OSError("no current")
        if not self.is_honest:
            return
        with self.lock:
            for number, data in self.waiting.items():
                os.pwrite(self.file, data, number * BLOCK)
            self.waiting.clear()

    # ---- the protocol

    def _accept(self):
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line):
        try:
            with line, line.makefile("rb") as f:
                line.sendall(b"NBDMAGICIHAVEOPT" + struct.pack(">H", 3))
                f.read(4)
                if self._negotiate(line, f):
                    while self._carry_out(line, f):
                        pass
        except (OSError, struct.error, ValueError):
            return  # the machine was cut

    def _negotiate(self, line, f):
        flags = HAS_FLAGS | SEND_FLUSH | SEND_FUA
        while True:
            magic, option, length = struct.unpack(">8sII", f.read(16))
            f.read(length)

            def answer(kind, data=b""):
                line.sendall(struct.pack(">QIII", 0x3e889045565a9, option, kind, len(data)) + data)
            if option == 1:  # EXPORT_NAME
                line.sendall(struct.pack(">QH", self.size, flags) + bytes(124))
                return True
            if option in (6, 7):  # INFO, GO
                answer(3, struct.pack(">HQH", 0, self.size, flags))
                answer(1)
                if option == 7:
                    return True
            elif option == 2:  # ABORT
                answer(1)
                return False
            else:
                answer(0x80000001)

    def _carry_out(self, line, f):
        _, flags, kind, handle, at, length = struct.unpack(">IHHQQI", f.read(28))
        data = b""
        if kind == WRITE:
            self._write(at, f.read(length))
            if flags & FUA:
                self._flush()
        elif kind == READ:
            data = self._read(at, length)
        elif kind == FLUSH:
            self._flush()
        elif kind == END:
            return False
        line.sendall(struct.pack(">IIQ", 0x67446698, 0, handle) + data)
        return True
