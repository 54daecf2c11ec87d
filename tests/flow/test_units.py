"""The units of a board hold what the architecture promises of each process, and systemd's own measure of it."""
import pathlib
import re
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNITS = ROOT / "board/common/units"
SERVICES = sorted(UNITS.glob("*.service"))
MOST_EXPOSED = 2.0


def words(path, section, key):
    """All values of a key that may stand several times."""
    found, here = [], None
    for line in path.read_text().splitlines():
        if m := re.match(r"\[(.*)\]$", line):
            here = m.group(1)
        elif here == section and line.startswith(f"{key}="):
            found.append(line.split("=", 1)[1])
    return found


def test_there_are_units():
    assert {p.name for p in SERVICES} >= {"kiosk.service", "kiosk-syncd.service", "onetrip-out-of-service.service"}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
@pytest.mark.parametrize("path", SERVICES, ids=lambda p: p.name)
def test_exposure_stays_low(path):
    said = subprocess.run(["systemd-analyze", "security", "--offline=yes", str(path)], capture_output=True, text=True).stdout
    level = float(re.search(r"exposure level for .*: ([\d.]+)", said).group(1))
    assert level < MOST_EXPOSED, said


@pytest.mark.parametrize("path", SERVICES, ids=lambda p: p.name)
def test_no_unit_has_a_capability_or_leaves_a_core_file(path):
    """But one: mounting is the kernel's own privilege, and what it mounts is in no tree."""
    mounts = path.name == "onetrip-stick@.service"
    assert words(path, "Service", "CapabilityBoundingSet") == (["CAP_SYS_ADMIN"] if mounts else [""])
    assert words(path, "Service", "AmbientCapabilities") in ([["CAP_SYS_ADMIN"]] if mounts else [[""], []])
    assert words(path, "Service", "NoNewPrivileges") == ["yes"]
    assert words(path, "Service", "LimitCORE") == ["0"]


def test_the_kiosk_has_no_network_and_nothing_to_write_to():
    path = UNITS / "kiosk.service"
    assert words(path, "Service", "PrivateNetwork") == ["yes"]
    assert words(path, "Service", "ProtectSystem") == ["strict"]
    assert not words(path, "Service", "ReadWritePaths") and not words(path, "Service", "StateDirectory")
    assert "/var:ro" in words(path, "Service", "TemporaryFileSystem")


def test_the_kiosk_can_open_the_files_of_a_stick():
    """systemd answers openat2(2) with ENOSYS under RestrictSUIDSGID, and drivers/stick opens by nothing else."""
    path = UNITS / "kiosk.service"
    assert words(path, "Service", "RestrictSUIDSGID") == ["no"]
    assert "--sticks /run/onetrip-sticks" in words(path, "Service", "ExecStart")[0]


def test_what_staff_set_is_kept_by_one_that_can_do_nothing_else():
    """Two files; systemd starts its network anew with them, whatever becomes of the program that says so."""
    keeper, anew = UNITS / "onetrip-settings.service", UNITS / "onetrip-network.service"
    assert words(keeper, "Service", "StateDirectory") == ["onetrip/settings"] and not words(keeper, "Service", "ReadWritePaths")
    assert words(keeper, "Service", "PrivateNetwork") == words(keeper, "Service", "PrivateDevices") == ["yes"]
    assert words(UNITS / "onetrip-settings.socket", "Socket", "SocketGroup") == ["onetrip-kiosk"]
    assert words(UNITS / "onetrip-settings.socket", "Socket", "SocketMode") == ["0660"]
    place = words(UNITS / "onetrip-settings.socket", "Socket", "ListenStream")[0]
    assert f"--settings {place}" in words(UNITS / "kiosk.service", "Service", "ExecStart")[0]
    assert words(UNITS / "onetrip-network.path", "Path", "PathChanged") == ["/var/lib/onetrip/settings/wired.network"]
    for end in ("OnSuccess", "OnFailure", "Conflicts"):
        assert words(anew, "Unit", end) == ["systemd-networkd.service"]


def test_syncd_has_no_device_and_only_its_own_folder():
    path = UNITS / "kiosk-syncd.service"
    assert words(path, "Service", "PrivateDevices") == ["yes"]
    assert words(path, "Service", "StateDirectory") == ["onetrip/syncd"]
    assert not words(path, "Service", "ReadWritePaths")


def test_whatever_the_tpm_says_the_queue_starts_and_no_device_is_opened_for_it():
    """Another unit asks the TPM; systemd hands over what it said, and a word that is no secret when it said nothing."""
    syncd, asker = UNITS / "kiosk-syncd.service", UNITS / "onetrip-device-secret.service"
    assert asker.name in words(syncd, "Unit", "After")[0] and asker.name in words(syncd, "Unit", "Wants")[0]
    assert not any(asker.name in " ".join(words(syncd, "Unit", key)) for key in ("Requires", "BindsTo", "Requisite"))
    name, source = words(syncd, "Service", "LoadCredential")[0].split(":")
    assert f"--secret %d/{name}" in words(syncd, "Service", "ExecStart")[0]
    assert "--trial /var/lib/onetrip/update/trial.json" in words(syncd, "Service", "ExecStart")[0]
    assert words(UNITS / "onetrip-update.service", "Service", "StateDirectory") == ["onetrip/update"]
    assert words(UNITS / "onetrip-update.service", "Service", "StateDirectoryMode") == ["0755"]
    fallback = words(syncd, "Service", "SetCredential")[0].split(":")
    assert fallback[0] == name and 0 < len(fallback[1]) < 32
    folder = words(asker, "Service", "RuntimeDirectory")[0]
    assert source == f"/run/{folder}/secret" and words(asker, "Service", "RuntimeDirectoryMode") == ["0700"]
    assert words(asker, "Service", "RuntimeDirectoryPreserve") == ["yes"] and words(asker, "Service", "Type") == ["oneshot"]
    assert words(asker, "Service", "DevicePolicy") == ["closed"] and words(asker, "Service", "DeviceAllow") == ["char-tpm rw"]
    assert words(asker, "Service", "CapabilityBoundingSet") == [""] and words(asker, "Service", "PrivateNetwork") == ["yes"]
    assert words(asker, "Service", "ReadWritePaths") == ["/var/lib/onetrip/device"]


def test_the_two_run_as_different_users():
    users = [words(UNITS / name, "Service", "User") for name in ("kiosk.service", "kiosk-syncd.service")]
    assert users[0] and users[1] and users[0] != users[1]


def test_every_user_and_group_of_a_unit_is_made():
    made = set()
    for path in [ROOT / "board/common/conf/sysusers.conf", *sorted((ROOT / "board/host/udev").glob("*.sysusers"))]:
        made |= {line.split()[1] for line in path.read_text().splitlines() if line[:1] in "ug"}
    for path in SERVICES:
        for key in ("User", "Group", "SupplementaryGroups"):
            for value in words(path, "Service", key):
                assert set(value.split()) <= made, f"{path.name}: {key}={value}"


def test_udev_rules_name_only_groups_that_are_made():
    made = set()
    for path in [ROOT / "board/common/conf/sysusers.conf", *sorted((ROOT / "board/host/udev").glob("*.sysusers"))]:
        made |= {line.split()[1] for line in path.read_text().splitlines() if line[:1] in "ug"}
    for path in [*sorted((ROOT / "board").glob("*/udev/*.rules")), *sorted((ROOT / "board").glob("*/*.rules"))]:
        for group in re.findall(r'GROUP="([^"]+)"', path.read_text()):
            assert group in made | {"root"}, f"{path.name}: {group}"


def test_a_hung_kiosk_is_ended_and_one_that_always_dies_gives_way_to_a_notice():
    kiosk = UNITS / "kiosk.service"
    assert words(kiosk, "Service", "Type") == ["notify"] and words(kiosk, "Service", "WatchdogSec")
    assert words(kiosk, "Unit", "OnFailure") == ["onetrip-out-of-service.service"]
    assert int(words(kiosk, "Unit", "StartLimitBurst")[0]) > 1
    notice = UNITS / "onetrip-out-of-service.service"
    assert words(notice, "Unit", "OnSuccess") == ["kiosk.service"]
    seconds = int(re.search(r"--seconds (\d+)", words(notice, "Service", "ExecStart")[0]).group(1))
    assert seconds > int(words(kiosk, "Unit", "StartLimitIntervalSec")[0]), "the kiosk could not be started again"


def test_kiosk_syncd_is_started_again_after_its_data_partition_came_late():
    """Its start fails with that of the mount, and Restart= does not count that: whoever upholds it tries again, for ever."""
    assert words(UNITS / "kiosk.service", "Unit", "Upholds") == ["kiosk-syncd.service"]
    assert words(UNITS / "kiosk-syncd.service", "Unit", "StartLimitIntervalSec") == ["0"]
    assert words(UNITS / "kiosk-syncd.service", "Unit", "RequiresMountsFor") == ["/var/lib/onetrip"]
