"""The virtual board as a machine that a test holds: starts an image in QEMU without a display, looks at its screen, touches it,
pulls its plug. Everything is waited for by what is seen, never by a time alone."""
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import threading
import time

UBOOT = "/usr/lib/u-boot/qemu_arm64/u-boot.bin"
WIDTH, HEIGHT, RANGE = 1080, 1920, 32767
BEGINS = b"OneTrip: slot "
TOUCH_S = 0.12  # a finger stays that long


class Fail(Exception):
    pass


class Machine:
    """`disk` is copied, so that an image stays as it was built; keep_disk goes on with what an earlier machine left. `drive` is
    QEMU's for a disk that somebody else serves; then `disk` is not looked at. on_start() is called, by the thread that
    listens to the serial line, whenever the boot loader has chosen a slot."""

    def __init__(self, disk, folder, fw_cfg=(), keep_disk=False, drive=None, extra=(), on_start=None):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.disk = self.folder / "disk.img"
        if not keep_disk and not drive:
            subprocess.run(["cp", "--sparse=always", disk, self.disk], check=True)
        shutil.copyfile(UBOOT, self.folder / "u-boot.bin")
        qmp = self.folder / f"qmp.{os.getpid()}"
        qmp.unlink(missing_ok=True)
        command = ["qemu-system-aarch64", "-accel", "tcg,thread=multi", "-M", "virt", "-cpu", "cortex-a53", "-smp", "2", "-m", "1024",
                   "-bios", str(self.folder / "u-boot.bin"), "-drive", drive or f"file={self.disk},if=none,id=hd,format=raw",
                   "-device", "virtio-blk-pci,drive=hd", "-netdev", "user,id=n0", "-device", "virtio-net-pci,netdev=n0,romfile=",
                   "-device", "virtio-rng-pci", "-device", f"virtio-gpu-pci,xres={WIDTH},yres={HEIGHT}", "-device", "virtio-tablet-pci",
                   "-device", "qemu-xhci,id=xhci", "-device", "i6300esb", "-action", "watchdog=reset", "-display", "none", "-monitor", "none", "-serial", "stdio",
                   "-qmp", f"unix:{qmp},server=on,wait=off", *extra]
        for name, text in fw_cfg:
            command += ["-fw_cfg", f"name=opt/onetrip/{name},string={text}"]
        self.on_start, self.started = on_start, time.monotonic()
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.text, self.lock = "", threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()
        self.control = self._connect(qmp)
        self.qmp("qmp_capabilities")

    # ---- the serial line ----

    def _listen(self):
        begun = b""
        with open(self.folder / "serial.log", "ab") as log:
            while data := self.process.stdout.read1(65536):
                log.write(data)
                log.flush()
                begun = begun[-len(BEGINS):] + data
                if self.on_start and BEGINS in begun:
                    begun = b""
                    self.on_start()
                with self.lock:
                    self.text += data.decode("utf-8", "replace").replace("\r", "")
                    self.lock.notify_all()
        with self.lock:
            self.lock.notify_all()

    def wait_text(self, pattern, limit=180):
        """Until the serial line has said it; what came before is forgotten."""
        end = time.monotonic() + limit
        with self.lock:
            while not (m := re.search(pattern, self.text)):
                left = end - time.monotonic()
                if left <= 0 or self.process.poll() is not None:
                    raise Fail(f"the board did not say {pattern!r}; its last words:\n{self.text[-3000:]}")
                self.lock.wait(min(left, 1))
            self.text = self.text[m.end():]
        return m

    def forget_text(self):
        with self.lock:
            self.text = ""

    # ---- QMP ----

    def _connect(self, path):
        for _ in range(500):
            s = socket.socket(socket.AF_UNIX)
            try:
                s.connect(str(path))
                f = s.makefile("rw", encoding="utf-8")
                f.readline()
                return f
            except OSError:
                s.close()
                if self.process.poll() is not None:
                    break
                time.sleep(0.02)
        raise Fail(f"QEMU did not start: {self.text}")

    def qmp(self, execute, **arguments):
        self.control.write(json.dumps({"execute": execute, "arguments": arguments}) + "\n")
        self.control.flush()
        while line := self.control.readline():
            answer = json.loads(line)
            if "error" in answer:
                raise Fail(f"{execute}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]
        raise Fail("QEMU has ended")

    def shot(self, path):
        """PNG, or PPM, which costs the board next to nothing."""
        path = pathlib.Path(path).resolve()
        self.qmp("screendump", filename=str(path), format=path.suffix[1:])
        return path

    def _move(self, x, y):
        # Rounded up, so that the guest lands on the pixel.
        axes = (("x", x, WIDTH), ("y", y, HEIGHT))
        self.qmp("input-send-event", events=[
            {"type": "abs", "data": {"axis": a, "value": -(-(2 * v + 1) * (RANGE + 1) // (2 * size))}} for a, v, size in axes])

    def _press(self, down):
        self.qmp("input-send-event", events=[{"type": "btn", "data": {"button": "left", "down": down}}])

    def tap(self, x, y):
        self._move(x, y)
        self._press(True)
        time.sleep(TOUCH_S)
        self._press(False)

    def stroke(self, points):
        self._move(*points[0])
        self._press(True)
        for point in points[1:]:
            time.sleep(0.03)
            self._move(*point)
        time.sleep(0.03)
        self._press(False)

    # ---- ends ----

    def seconds(self):
        return time.monotonic() - self.started

    def wait_end(self, limit=60):
        self.process.wait(limit)

    def cut(self):
        """As if somebody pulled the plug."""
        self.process.kill()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.cut()
