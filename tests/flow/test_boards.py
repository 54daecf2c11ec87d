"""What each board's image is made of, as far as it can be told without the board: its start script, its partitions, and, where Debian's
packages have been unpacked (make image, or ONETRIP_QUARRY), that every module, device tree and boot file it names is there."""
import os
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

BOARDS = ("virt-arm64", "rpi4", "rk3568")


def board(name):
    return ROOT / "board" / name


def quarry(name):
    found = pathlib.Path(os.environ.get("ONETRIP_QUARRY", ROOT / "build" / name / "quarry"))
    if not (found / "usr/lib/modules").exists():
        pytest.skip(f"Debian's packages for {name} are not unpacked here")
    return found


@pytest.mark.parametrize("name", BOARDS)
def test_a_board_says_all_that_an_image_needs(name):
    for file in ("board.c", "boot.txt", "cmdline.txt", "early.txt", "display.txt", "modules.txt", "packages.txt"):
        assert (board(name) / file).exists(), file
    facts = disk.board_facts(board(name))
    assert facts["bus"] in ("virtio", "mmc") and facts["device"].isdigit() and facts["tree"].startswith("${fdt")
    line = " ".join(lines(board(name) / "cmdline.txt"))
    assert "panic=10" in line and "oops=panic" in line and line.startswith("console=tty") and "init=" not in line and "onetrip.slot" not in line
    early = lines(board(name) / "early.txt")
    assert early[-4:] == ["dm_mod", "dm_verity", "squashfs", "ext4"]
    assert set(lines(board(name) / "display.txt")) <= set(lines(board(name) / "modules.txt")), "the display works without its start picture, too"
    if name != "virt-arm64":  # a technician's laptop; a watchdog
        modules = lines(board(name) / "modules.txt")
        assert {"libcomposite", "usb_f_acm", "usb_storage", "usbhid"} <= set(modules) and any(m.endswith("wdt") for m in modules)


@pytest.mark.parametrize("name", BOARDS)
@pytest.mark.skipif(not shutil.which("mkimage"), reason="no mkimage here")
def test_the_start_script_reads_this_boards_medium_alone(name, tmp_path):
    facts = disk.board_facts(board(name))
    disk.make_script(tmp_path / "boot.scr", "console=x", facts)
    text = (tmp_path / "boot.cmd").read_text()
    assert "@" not in text.replace("@CMDLINE@", "") and "console=x onetrip.slot=${slot}" in text
    other = "mmc" if facts["bus"] == "virtio" else "virtio"
    code = [line for line in text.splitlines() if not line.startswith("#")]
    assert not any(re.search(rf"\b{other}\b", line) for line in code)
    assert len([line for line in code if re.search(rf"\b{facts['bus']} (read|write) ", line)]) == 4
    assert code.index(f"load {facts['bus']} {facts['device']}:${{part}} ${{ramdisk_addr_r}} initrd.gz") + 1 == code.index(
        f"booti ${{kernel_addr_r}} ${{ramdisk_addr_r}}:${{filesize}} {facts['tree']}"), "filesize is that of the initramfs"
    assert ("board.dtb" in text) == ("dtb" in facts)
    assert b"OneTrip" in (tmp_path / "boot.scr").read_bytes()[:64]  # mkimage's head


@pytest.mark.skipif(not shutil.which("sfdisk"), reason="no sfdisk here")
def test_partitions_leave_the_boot_loader_its_room(tmp_path):
    small = tmp_path / "some"
    small.write_bytes(b"x" * 4096)
    disk.write_disk(tmp_path / "disk.img", {"onetrip-boot-a": small}, "rk3568")
    loader = tmp_path / "u-boot.bin"
    loader.write_bytes(b"L" * (1 << 20))
    disk.write_loader(tmp_path / "disk.img", loader)
    table = subprocess.run(["sfdisk", "--dump", tmp_path / "disk.img"], capture_output=True, text=True, check=True).stdout
    names = re.findall(r'start= *(\d+).*name="([^"]+)"', table)
    assert [n for _, n in names] == [label for label, _, _ in disk.PARTITIONS] and int(names[0][0]) * 512 == 16 << 20
    with open(tmp_path / "disk.img", "rb") as f:
        f.seek(64 * 512)
        assert f.read(4) == b"LLLL"
    loader.write_bytes(b"L" * (17 << 20))
    with pytest.raises(SystemExit):
        disk.write_loader(tmp_path / "disk.img", loader)


@pytest.mark.parametrize("name", BOARDS)
def test_debian_has_every_module_and_device_tree_it_names(name):
    root = quarry(name)
    version = sorted(p.name for p in (root / "usr/lib/modules").iterdir())[-1]
    there = (root / "usr/lib/modules" / version / "modules.dep").read_text() + (root / "usr/lib/modules" / version / "modules.builtin").read_text()
    known = {pathlib.Path(p).name.split(".")[0].replace("-", "_") for p in re.findall(r"^(\S+?\.ko)\S*", there, re.M)}
    wanted = {m.replace("-", "_") for list_ in ("early.txt", "display.txt", "modules.txt") for m in lines(board(name) / list_)}
    assert not wanted - known
    facts = disk.board_facts(board(name))
    assert bool(disk.device_tree(facts, root)) == ("dtb" in facts)
    if name == "rpi4" and not list(root.glob("usr/lib/raspi-firmware/start4.elf")):
        pytest.skip("the firmware of the Raspberry Pi is not unpacked here")
    assert all(path.exists() for path, _ in disk.start_files(board(name), root))
