"""USB sticks for the virtual board: images with a file system, plugged into the guest's own USB and pulled out of it."""
import os
import pathlib
import subprocess

import exfat

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


def make_exfat(path, tree, mib=48):
    path.unlink(missing_ok=True)
    with open(path, "wb") as f:
        f.truncate(mib * MIB)
    run("mkfs.exfat", path)
    exfat.put(path, tree / "ONETRIP")
    return path


def make_partitioned(path, whole):
    """The same file system in the first partition of a table, as a shop's sticks have it."""
    size = whole.stat().st_size
    with open(path, "wb") as f:
        f.truncate(MIB + size + MIB)
    run("sfdisk", "--quiet", path, input=f"label: dos\nstart=2048, size={size // 512}, type=c\n")
    run("dd", f"if={whole}", f"of={path}", "bs=1M", "seek=1", "conv=notrunc", "status=none")
    return path


def make_impostor(path, labels, mib=8):
    """A medium whose partitions are called so."""
    with open(path, "wb") as f:
        f.truncate((len(labels) * mib + 2) * MIB)
    run("sfdisk", "--quiet", path, input="label: gpt\n" + "".join(f"size={mib}MiB, name={label}\n" for label in labels))
    for i in range(len(labels)):
        part = path.with_suffix(f".{i}")
        part.unlink(missing_ok=True)
        run("mkfs.ext4", "-q", part, f"{mib}M")
        run("dd", f"if={part}", f"of={path}", "bs=1M", f"seek={1 + i * mib}", "conv=notrunc", "status=none")
    return path


FAT_SECTORS_AT, EXT4_BLOCKS_AT = 32, 1024 + 4


def claim(path, at, count):
    """A file system that says it is larger: sectors of a FAT's boot sector, or blocks of an ext4's superblock."""
    with open(path, "r+b") as f:
        f.seek(at)
        f.write(count.to_bytes(4, "little"))
    return path


def mend_fat(path):
    """As the next computer would. What it said."""
    said = subprocess.run(["fsck.vfat", "-a", str(path)], capture_output=True, text=True)
    assert said.returncode in (0, 1), said.stdout  # 1: something was mended
    run("fsck.vfat", "-n", path)
    return said.stdout


def names(path):
    """What lies in ONETRIP of a FAT image."""
    return [line.rsplit("/", 1)[-1] for line in run("mdir", "-b", "-i", path, "::ONETRIP").split()]


class Socket:
    """One USB socket of the board. Sticks are numbered, so that an old one's end is never taken for a new one's."""

    def __init__(self, machine):
        self.machine, self.count = machine, 0

    def plug(self, image, writes_a_second=0):
        """`writes_a_second`: a slow stick takes no more."""
        self.count += 1
        name = f"stick{self.count}"
        file = {"driver": "raw", "file": {"driver": "file", "filename": str(image)}}
        if writes_a_second:
            self.machine.qmp("object-add", **{"qom-type": "throttle-group", "id": f"{name}-rate", "limits": {"iops-write": writes_a_second}})
            file = {"driver": "throttle", "throttle-group": f"{name}-rate", "file": file}
        self.machine.qmp("blockdev-add", **{"node-name": name, **file})
        self.machine.qmp("device_add", driver="usb-storage", id=name, drive=name, bus="xhci.0", removable=True)
        return name

    def writes(self, name):
        """How many the board has asked it for."""
        stats = self.machine.qmp("query-blockstats")
        return sum(s["stats"]["wr_operations"] for s in stats if name in (s.get("node-name"), s.get("qdev", "").split("/")[-1]))

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


