"""USB sticks for the virtual board: images with a file system, plugged into the guest's own USB and pulled out of it."""
import os
import pathlib
import subprocess

MIB = 1 << 20
PIN = "480913"


def run(*command, **how):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True, **how).stdout


def make_token(folder, keys, kiosks="K0077", role="technician"):
    """The folder ONETRIP of a good stick, as the county's desk makes it."""
    folder.mkdir(parents=True)
    signer = pathlib.Path(keys) / "platform"
    values = {"serial": "S-2026-0007", "role": role, "kiosks": kiosks, "key": signer / "signer.key", "certificate": signer / "signer.pem"}
    run(os.environ["ONETRIP_BUILD"] + "/kioskctl", "stick", "make", folder, *(f"{k}={v}" for k, v in values.items()), input=PIN + "\n")
    return folder


def make_fat(path, tree=None, mib=48):
    path.unlink(missing_ok=True)
    run("mkfs.vfat", "-F", "32", "-n", "ONETRIP", "-C", path, mib * 1024)
    if tree:
        run("mcopy", "-s", "-i", path, tree / "ONETRIP", "::")
    return path


def make_ext4(path, tree, mib=48):
    path.unlink(missing_ok=True)
    run("mkfs.ext4", "-q", "-d", tree, path, f"{mib}M")
    return path


def make_partitioned(path, whole):
    """The same file system in the first partition of a table, as a shop's sticks have it."""
    size = whole.stat().st_size
    with open(path, "wb") as f:
        f.truncate(MIB + size + MIB)
    run("sfdisk", "--quiet", path, input=f"label: dos\nstart=2048, size={size // 512}, type=c\n")
    run("dd", f"if={whole}", f"of={path}", "bs=1M", "seek=1", "conv=notrunc", "status=none")
    return path


def claim_more(path):
    """A FAT that says it is as large as the world: total sectors of its boot sector."""
    with open(path, "r+b") as f:
        f.seek(32)
        f.write((0xfffffff0).to_bytes(4, "little"))
    return path


def names(path):
    """What lies in ONETRIP of a FAT image."""
    return [line.rsplit("/", 1)[-1] for line in run("mdir", "-b", "-i", path, "::ONETRIP").split()]


class Socket:
    """One USB socket of the board. Sticks are numbered, so that an old one's end is never taken for a new one's."""

    def __init__(self, machine):
        self.machine, self.count = machine, 0

    def plug(self, image, read_only=False):
        self.count += 1
        name = f"stick{self.count}"
        self.machine.qmp("blockdev-add", **{"node-name": name, "driver": "raw", "read-only": read_only,
                                            "file": {"driver": "file", "filename": str(image), "read-only": read_only}})
        self.machine.qmp("device_add", driver="usb-storage", id=name, drive=name, bus="xhci.0", removable=True)
        return name

    def pull(self, name, until):
        self.machine.qmp("device_del", id=name)
        until(lambda: not any(d.get("qdev") == name for d in self.machine.qmp("query-block")), f"{name} is out")
        until(lambda: self._drop(name), f"{name} is let go")

    def _drop(self, name):
        try:
            self.machine.qmp("blockdev-del", **{"node-name": name})
            return True
        except Exception as e:  # still held for a moment
            return "not find" in str(e)


