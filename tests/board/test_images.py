"""Each image that was built here, as it lies on the medium: what U-Boot loads, what the initramfs believes, what the root holds. Without
starting it, so also for boards that are not at hand (make board-images)."""
import gzip
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "board/image"))
import disk  # noqa: E402
from root import lines  # noqa: E402

BUILT = sorted(p.parent for p in (ROOT / "build").glob("*/*image/disk.img"))
OURS = ("kiosk", "kiosk-syncd", "kioskctl", "pinyin", "speech", "boot-slot", "out-of-service", "stick-mount", "board-settings",
        "slot-update", "technician-console", "usb-gadget", "device-secret")
# All that can be run besides: no shell, no login, nothing that asks for a password.
THEIRS = ("bin/mount", "bin/umount", "bin/udevadm", "bin/systemd-creds", "bin/systemd-machine-id-setup", "bin/systemd-tmpfiles", "sbin/fsck", "sbin/e2fsck",
          "lib/aarch64-linux-gnu/ld-linux-aarch64.so.1", "lib/aarch64-linux-gnu/libc.so.6", *(f"lib/systemd/{n}" for n in (
              "systemd", "systemd-fsck", "systemd-journald", "systemd-networkd", "systemd-random-seed", "systemd-resolved",
              "systemd-shutdown", "systemd-sysctl", "systemd-timesyncd")))


@pytest.fixture(scope="module", params=BUILT or [None], ids=lambda p: f"{p.parent.name}-{p.name}" if p else "none")
def image(request):
    if not request.param:
        pytest.skip("no image was built here: make board-images")
    return request.param


@pytest.fixture(scope="module")
def board(image):
    return ROOT / "board" / image.parent.name


def initramfs(image, *arguments):
    """What cpio says of the one on the boot partition."""
    packed = subprocess.run(["mtype", "-i", image / "boot.fat", "::initrd.gz"], capture_output=True, check=True).stdout
    return subprocess.run(["cpio", "--quiet", *arguments], input=gzip.decompress(packed), capture_output=True, check=True).stdout


def verity(image, root):
    """As the initramfs on the boot partition has it."""
    blocks, start, root_hash, salt = initramfs(image, "-i", "--to-stdout", "early/verity").decode().split()
    return subprocess.run(["veritysetup", "verify", "--no-superblock", "--hash=sha256", "--data-block-size=4096", "--hash-block-size=4096",
                           f"--data-blocks={blocks}", f"--hash-offset={int(start) * 4096}", f"--salt={salt}", root, root, root_hash],
                          capture_output=True).returncode == 0


def test_the_root_is_the_one_that_the_initramfs_believes_and_no_other(image, tmp_path):
    assert verity(image, image / "root.img")
    other = tmp_path / "root.img"
    shutil.copyfile(image / "root.img", other)
    with open(other, "r+b") as f:
        f.seek(12345)
        byte = f.read(1)
        f.seek(12345)
        f.write(bytes([byte[0] ^ 1]))
    assert not verity(image, other)
    other.unlink()


def test_the_initramfs_has_all_that_it_loads_and_shows(image, board):
    there = {f"/{name}" for name in initramfs(image, "-t").decode().split()}
    assert {"/init", "/splash", "/display/start.runs"} <= there
    for table in ("early", "display"):
        listed = initramfs(image, "-i", "--to-stdout", f"{table}/modules").decode().split()
        assert set(listed) <= there and len(listed) == len(set(listed))
    named = {pathlib.Path(p).name.removesuffix(".ko").replace("-", "_") for p in listed}
    assert set(lines(board / "display.txt")) <= named, "no display of these boards is built in"


def test_each_partition_holds_its_part(image):
    table = subprocess.run(["sfdisk", "--dump", image / "disk.img"], capture_output=True, text=True, check=True).stdout
    parts = {n: (int(s) * 512, int(z) * 512) for s, z, n in re.findall(r'start= *(\d+), size= *(\d+).*name="([^"]+)"', table)}
    assert list(parts) == [label for label, _, _ in disk.PARTITIONS]
    for label, name in (("onetrip-start", "start.fat"), ("onetrip-boot-a", "boot.fat"), ("onetrip-root-a", "root.img"),
                        ("onetrip-boot-b", "boot.fat"), ("onetrip-root-b", "root.img"), ("onetrip-data", "data.ext4")):
        size = (image / name).stat().st_size
        assert size <= parts[label][1], label
        same = subprocess.run(["cmp", "--silent", f"--ignore-initial={parts[label][0]}:0", f"--bytes={size}", image / "disk.img", image / name])
        assert same.returncode == 0, label


def test_the_loader_finds_what_it_looks_for(image, board):
    def names(fat):
        said = subprocess.run(["mdir", "-/", "-b", "-i", image / fat, "::"], capture_output=True, text=True, check=True).stdout
        return {line.removeprefix("::/") for line in said.split()}
    start = lines(board / "start.txt") if (board / "start.txt").exists() else []
    assert names("start.fat") == {"boot.scr", *(line.split()[1] for line in start)}
    assert names("boot.fat") == {"Image", "initrd.gz", *(["board.dtb"] if "dtb" in disk.board_facts(board) else [])}


def test_the_data_partition_is_sound_and_empty(image):
    assert subprocess.run(["e2fsck", "-fn", image / "data.ext4"], capture_output=True).returncode == 0
    assert not [p for p in (image / "data-tree").rglob("*") if p.is_file()]


def test_the_root_holds_no_way_in(image):
    """Nothing that runs with more rights than who starts it, nothing that anybody may write to, no shell, no password."""
    said = subprocess.run(["unsquashfs", "-lln", image / "root.img"], capture_output=True, text=True, check=True).stdout
    found = re.findall(r"^(\S{10}) (\d+)/(\d+) .*? squashfs-root(\S*)(?: -> .*)?$", said, re.M)
    assert len(found) > 800
    assert not [f for f in found if f[1:3] != ("0", "0")]
    assert not [path for mode, _, _, path in found if mode[0] not in "-dl"]
    assert not [path for mode, _, _, path in found if set("sS") & set(mode)]
    assert {path for mode, _, _, path in found if mode[0] != "l" and mode[8] == "w"} == {"/tmp", "/var/tmp"}
    runs = {path for mode, _, _, path in found if mode[0] == "-" and "x" in mode}
    allowed = {f"/usr/lib/onetrip/bin/{n}" for n in OURS} | {f"/usr/{n}" for n in THEIRS}
    if image.name == "bench-image":  # never shipped
        allowed |= {"/usr/lib/onetrip/bin/bench", *(f"/{line}" for line in lines(ROOT / "tests/board/bench/keep.txt"))}
    assert not runs - allowed
    shadow = subprocess.run(["unsquashfs", "-cat", image / "root.img", "etc/shadow"], capture_output=True, text=True, check=True).stdout
    assert all(re.fullmatch(r"[^:]+:!?\*?:.*", line) for line in shadow.splitlines())
