"""What somebody plugs into a board: the table of USB classes, the rules for keys and networks, and that no driver for anything else is
in an image. What a guest's kernel makes of them is shown on the virtual board (tests/board)."""
import fnmatch
import os
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULES = ROOT / "board/common/udev/72-onetrip-board.rules"
BOARDS = ("virt-arm64", "rpi4", "rk3568")
# interface classes of usb.org, and whether a visitor's may work
CLASSES = {"01": True, "02": False, "03": True, "06": False, "07": True, "08": True, "09": True, "0a": False, "0b": True, "0d": False, "0e": False,
           "10": False, "11": False, "12": False, "dc": False, "e0": False, "ef": False, "fe": False, "ff": True}


def rules():
    text = RULES.read_text().replace("\\\n", " ")
    return [re.findall(r'([A-Z]+(?:\{[^}]*\})?)(==|!=|\+=|=)"([^"]*)"', line) for line in text.splitlines() if line and not line.startswith("#")]


def fits(value, pattern):
    return any(fnmatch.fnmatchcase(value, p) for p in pattern.split("|"))


def assigned(device, key):
    """What the rules do to a device with these properties: the last value of `key`. Only what is said of it is matched."""
    found, device = None, dict(device)
    for rule in rules():
        matches = [(k, op, v) for k, op, v in rule if op in ("==", "!=") and k not in ("TEST", "ATTRS{idVendor}")]
        if all(fits(device.get(k, ""), v) == (op == "==") for k, op, v in matches):
            device |= {k: v for k, op, v in rule if op == "=" and k.startswith("ENV{")}
            found = next((v for k, op, v in rule if k == key and op == "="), found)
    return found


@pytest.mark.parametrize("number, may", CLASSES.items())
def test_an_interface_works_by_the_table_alone(number, may):
    device = {"ACTION": "add", "SUBSYSTEM": "usb", "ENV{DEVTYPE}": "usb_interface", "ATTR{bInterfaceClass}": number}
    assert assigned(device, "ATTR{authorized}") == (None if may else "0")
    assert assigned({**device, "ENV{ONETRIP_USB_OK}": "1"}, "ATTR{authorized}") is None, "a board may need it"
    assert assigned({**device, "ENV{DEVTYPE}": "usb_device"}, "ATTR{authorized}") is None, "a device is judged by its interfaces"


@pytest.mark.parametrize("name", ["event7", "mouse0", "js0"])
def test_keys_of_a_visitor_are_dead_and_belong_to_root(name):
    visitor = {"SUBSYSTEM": "input", "KERNEL": name}
    assert (assigned(visitor, "GROUP"), assigned(visitor, "MODE")) == ("root", "0600")
    assert assigned({"SUBSYSTEM": "input", "KERNEL": "input7"}, "ATTR{inhibited}") == "1"
    panel = {"SUBSYSTEM": "input", "KERNEL": "event7", "ENV{ONETRIP_TOUCH}": "1"}
    assert assigned(panel, "GROUP") == "onetrip-touch" and assigned({**panel, "KERNEL": "input7"}, "ATTR{inhibited}") is None


@pytest.mark.parametrize("label, group", [("onetrip-state", "onetrip-boot"), ("onetrip-root-b", "onetrip-slots"), ("onetrip-data", None)])
def test_a_medium_that_calls_its_partitions_as_the_boards_own_is_a_visitors_all_the_same(label, group):
    """Neither a group nor a link by label: whoever looks for the board's partition finds the board's."""
    own = {"SUBSYSTEM": "block", "KERNEL": "mmcblk0p2", "ENV{ID_PART_ENTRY_NAME}": label, "ENV{onetrip.slot}": "A"}
    assert (assigned(own, "GROUP"), assigned(own, "SYMLINK")) == (group, None)
    for bus in ("usb", "ata"):  # what it says of itself
        visitor = {**own, "SUBSYSTEMS": "usb", "KERNEL": "sda2", "ENV{ID_BUS}": bus, "ENV{ID_FS_TYPE}": "ext4"}
        assert (assigned(visitor, "GROUP"), assigned(visitor, "SYMLINK")) == (None, "")
    stick = {**visitor, "ENV{ID_PART_ENTRY_NAME}": "Basic data partition"}
    assert assigned(stick, "GROUP") == "onetrip-stick"


def test_a_network_on_usb_is_nobodys():
    net = {"SUBSYSTEM": "net", "ENV{ID_BUS}": "usb"}
    assert assigned(net, "ENV{ID_NET_MANAGED_BY}") == "unmanaged"
    assert assigned({**net, "ENV{ONETRIP_USB_OK}": "1"}, "ENV{ID_NET_MANAGED_BY}") is None


def test_only_a_sticks_file_systems_are_mounted_and_no_partition_of_the_boards():
    stick = {"SUBSYSTEM": "block", "SUBSYSTEMS": "usb", "KERNEL": "sda1", "ENV{ID_FS_TYPE}": "vfat"}
    assert assigned(stick, "GROUP") == "onetrip-stick"
    for other in ({"ENV{ID_FS_TYPE}": "ntfs"}, {"ENV{ID_FS_TYPE}": "squashfs"}, {"ENV{ID_FS_TYPE}": "LVM2_member"}, {"SUBSYSTEMS": "scsi"},
                  {"KERNEL": "mmcblk1p1"}, {"ENV{ID_PART_ENTRY_NAME}": "onetrip-data"}):
        assert assigned({**stick, **other}, "GROUP") != "onetrip-stick", other


@pytest.mark.parametrize("name", BOARDS)
def test_no_driver_for_a_visitors_network_radio_camera_or_serial_line_is_in_an_image(name):
    modules = {m.strip().replace("-", "_") for list_ in ("early.txt", "display.txt", "modules.txt") for m in (ROOT / "board" / name / list_).read_text().splitlines()
               if m and not m.startswith("#")}
    strange = ("cdc_*", "rndis*", "usbnet", "asix", "r815*", "ax88*", "smsc*", "btusb", "bluetooth", "uvcvideo", "usbserial", "ftdi*", "cp210*", "ch341",
               "pl2303", "hid_apple", "joydev", "mousedev", "thunderbolt", "usbip*", "vhci*", "ntfs*", "loop", "firewire*")
    assert not [m for m in modules if any(fnmatch.fnmatchcase(m, s) for s in strange)]


def test_no_key_reaches_the_kernel_and_no_other_terminal_is_there():
    sysctl = (ROOT / "board/common/conf/sysctl.conf").read_text()
    for line in ("kernel.sysrq = 0", "dev.tty.ldisc_autoload = 0", "kernel.kexec_load_disabled = 1", "kernel.core_pattern = |/nonexistent"):
        assert line in sysctl
    assert "CtrlAltDelBurstAction=none" in (ROOT / "board/common/conf/system.conf").read_text()
    kept = (ROOT / "board/image/keep.txt").read_text()
    for program in ("bash", "dash", "busybox", "agetty", "login", "su", "sshd", "getty@"):
        assert not re.search(rf"(^|/){re.escape(program)}(\.service)?$", kept, re.M), program
    enabled = (ROOT / "board/image/root.py").read_text()
    assert "getty" not in enabled and os.path.exists(RULES)
