"""The secret of a device: made at its first start, sealed by its TPM, and of no use anywhere else. The TPM is swtpm's; what seals and
unseals is systemd-creds, as on a board."""
import base64
import subprocess
import time

import pytest

from county import build_dir
from daemon import queue, submit
from swtpm import Swtpm, needs_swtpm
from test_syncd_identity import check_all_goes_on

pytestmark = needs_swtpm()


class Board:
    """What of a board concerns it: the data partition, a folder in memory, the device tree."""

    def __init__(self, folder):
        self.data, self.run, self.tree = folder / "device", folder / "run", folder / "tree"
        for d in (self.data, self.run, self.tree):
            d.mkdir()
        self.sealed = self.data / "secret.cred"

    def start(self, tpm=None, *, device=None, creds=None, wait=5):
        """What it hands over, or None. `tpm` as it stands there, or the name of a device."""
        for f in self.run.iterdir():
            f.unlink()  # memory
        began = time.monotonic()
        done = subprocess.run([build_dir() / "device-secret", "--folder", self.data, "--hand", self.run, "--tree", self.tree, "--wait",
                               str(wait), "--tpm", device or (tpm.tcti if tpm else self.tree / "no-tpm"), "--creds",
                               creds or (tpm.creds() if tpm else "/bin/false")], capture_output=True, timeout=120)
        self.seconds, self.code, self.said = time.monotonic() - began, done.returncode, done.stderr.decode(errors="replace")
        handed = list(self.run.iterdir())
        assert not handed or (handed == [self.run / "secret"] and handed[0].stat().st_mode & 0o777 == 0o400)
        return handed[0].read_bytes() if handed else None

    def describe(self, compatible, status=None):
        node = self.tree / "spi@fe204000/tpm@1"
        node.mkdir(parents=True, exist_ok=True)
        (node / "compatible").write_bytes(compatible)
        if status:
            (node / "status").write_bytes(status)


@pytest.fixture
def board(tmp_path):
    return Board(tmp_path)


@pytest.fixture
def tpm(tmp_path):
    with Swtpm(tmp_path / "tpm") as t:
        yield t


@pytest.fixture
def other_tpm(tmp_path):
    with Swtpm(tmp_path / "other-tpm") as t:
        yield t


def test_the_first_start_makes_a_secret_and_every_later_one_has_it(board, tpm):
    secret = board.start(tpm)
    assert board.code == 0 and len(secret) == 32, board.said
    made = board.sealed.read_bytes()
    for _ in range(2):
        tpm.power_off()
        tpm.power_on()
        assert board.start(tpm) == secret and board.code == 0, board.said
    assert board.sealed.read_bytes() == made and sorted(f.name for f in board.data.iterdir()) == ["secret.cred"]
    print(f"  made and unsealed in {board.seconds:.2f} s by swtpm")


def test_what_lies_on_the_medium_is_not_the_secret(board, tpm):
    secret = board.start(tpm)
    for f in board.data.iterdir():
        text = f.read_bytes()
        assert secret not in text and secret not in base64.b64decode(text) and secret.hex().encode() not in text.lower()


def test_two_boards_have_two_secrets(tmp_path, tpm, other_tpm):
    secrets = set()
    for name, t in (("a", tpm), ("b", other_tpm)):
        (tmp_path / name).mkdir()
        secrets.add(Board(tmp_path / name).start(t))
    assert len(secrets) == 2 and None not in secrets


def test_another_firmware_opens_it_and_another_start_of_the_board_does_not(board, tpm):
    """PCR 7 says who may sign what is started; the others change with what is signed."""
    secret = board.start(tpm)
    tpm.extend(0, 4, 8, 9, 11)
    assert board.start(tpm) == secret
    tpm.extend(7)
    refused = subprocess.run([tpm.creds(), "decrypt", "--name=device-secret", f"--tpm2-device={tpm.tcti}", board.sealed, "-"],
                             capture_output=True)
    assert refused.returncode != 0 and not refused.stdout
    assert b"policy" in refused.stderr
    new = board.start(tpm)
    assert board.code == 0 and new not in (None, secret) and "there is a new one" in board.said
    assert (board.data / "secret.cred.lost").exists()
    assert board.start(tpm) == new and "there is a new one" not in board.said


def test_a_medium_on_another_board_gets_that_boards_secret(board, tpm, other_tpm):
    secret, sealed = board.start(tpm), board.sealed.read_bytes()
    new = board.start(other_tpm)
    assert board.code == 0 and new not in (None, secret)
    assert (board.data / "secret.cred.lost").read_bytes() == sealed


def test_a_board_without_a_tpm_is_not_kept_waiting(board):
    assert board.start() is None and board.code == 0
    assert board.seconds < 1 and not list(board.data.iterdir()) and not board.said


@pytest.mark.parametrize("compatible, status, waits", [
    (b"infineon,slb9670\0tcg,tpm_tis-spi\0", None, True), (b"tcg,tpm-tis-mmio\0", b"okay\0", True), (b"microsoft,ftpm\0", None, True),
    (b"tcg,tpm_tis-spi\0", b"disabled\0", False), (b"fsl,imx7ulp-tpm\0", None, False), (b"", None, False)])
def test_a_tpm_that_the_device_tree_names_is_waited_for(board, compatible, status, waits):
    board.describe(compatible, status)
    assert board.start(wait=1) is None
    assert (board.code, board.seconds >= 1, "should be a TPM" in board.said) == ((1, True, True) if waits else (0, False, False))


def test_a_tpm_that_is_gone_is_waited_for_and_its_secret_is_left_alone(board, tpm):
    secret, sealed = board.start(tpm), board.sealed.read_bytes()
    assert board.start(wait=1) is None and board.code == 1 and 1 <= board.seconds < 5
    assert board.sealed.read_bytes() == sealed and board.start(tpm) == secret


def test_a_tpm_that_does_nothing_costs_no_secret(board, tpm, tmp_path):
    """It opens nothing, but seals nothing either: that is no other TPM."""
    assert board.start(tpm, creds="/bin/false") is None and board.code == 1 and "seals nothing" in board.said
    assert not list(board.data.iterdir())
    secret, sealed = board.start(tpm), board.sealed.read_bytes()
    forgetful = tmp_path / "forgetful"  # what it seals does not open
    forgetful.write_text(f'#!/bin/sh\n[ "$1" = encrypt ] && exec {tpm.creds()} "$@"\nexit 1\n')
    forgetful.chmod(0o755)
    for program in ("/bin/false", "/bin/true", "/nowhere", forgetful):
        assert board.start(tpm, creds=program) is None and board.code == 1, program
        assert board.sealed.read_bytes() == sealed and sorted(f.name for f in board.data.iterdir()) == ["secret.cred"]
    assert board.start(tpm) == secret


def test_a_sealed_file_that_was_damaged_gives_way_to_a_new_one(board, tpm):
    secret = board.start(tpm)
    text = bytearray(board.sealed.read_bytes())
    text[len(text) // 2] ^= 1
    board.sealed.write_bytes(text)
    assert board.start(tpm) not in (None, secret) and board.code == 0


def test_the_key_for_the_county_goes_by_it_from_the_first_start_on(board, tpm, other_tpm, daemon, county):
    """All of it together, as the units of a board do it."""
    def power_on(with_tpm):
        if daemon.process.poll() is None:
            daemon.client().close()
            daemon.end()
        board.start(with_tpm)
        daemon.start("--secret", board.run / "secret")
        return daemon.client()

    power_on(tpm)
    daemon.enrol()
    check_all_goes_on(daemon, county)
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in (daemon.data / "key.pem").read_bytes()
    power_on(tpm)
    check_all_goes_on(daemon, county)
    daemon.end()
    county.codes.append("55556666=K0012")
    county.restart()
    daemon.url = county.facts["platform_url"]
    client = power_on(other_tpm)
    assert not client.request("status")["enrolled"] and "enrol this kiosk again" in daemon.said()
    number = submit(client)[0]
    client.request("enrol", code="55556666")
    daemon.until(lambda: queue(client).get(number) == "accepted", "the queue drains")
    power_on(other_tpm)
    check_all_goes_on(daemon, county)
