"""Firmware updates where they are installed: slot-update on partitions that are files, with a boot loader of the test's that goes by
board/image/boot.cmd. After every failure the old slot runs, untouched."""
import hashlib
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import zlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "board/image"))

import bundle  # noqa: E402
from county import build_dir, make_keys  # noqa: E402

MIB = 1 << 20
BOARD, RUNS = "virt-arm64", "1.2.0"


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    made = []
    for name in ("county", "stranger"):
        folder = tmp_path_factory.mktemp(name) / "keys"
        make_keys(folder)
        made.append(folder)
    return made


class Board:
    def __init__(self, folder, keys):
        self.dir, self.keys = folder, keys
        for name in ("partitions", "updates", "state"):
            (folder / name).mkdir()
        self.random = random.Random(7)
        for slot in "ab":
            self.part("boot", slot).write_bytes(self.random.randbytes(MIB // 2))
            self.part("root", slot).write_bytes(self.random.randbytes(4 * MIB))
        self.store({"turn": 0, "first": "A", "a": 3, "b": 3}, 0)
        self.releases = {"A": RUNS, "B": "1.1.0"}
        self.start()
        self.good()
        self.old = self.content(self.slot)

    # ---- the boot loader: board/image/boot.cmd

    def part(self, kind, slot):
        return self.dir / f"partitions/onetrip-{kind}-{slot.lower()}"

    def copies(self):
        data = (self.dir / "partitions/onetrip-state").read_bytes()
        found = []
        for at in (0, 512):
            c = data[at:at + 512]
            words = dict(w.split("=") for w in c[4:].rstrip(b"\0").decode("latin-1").split("\0") if "=" in w)
            if zlib.crc32(c[4:]) == int.from_bytes(c[:4], "little") and words:
                found.append((at // 512, {"turn": int(words["boot_turn"]), "first": words["boot_first"],
                                          "a": int(words["boot_a"]), "b": int(words["boot_b"])}))
        return found

    def state(self):
        found = self.copies()
        if len(found) == 2 and found[1][1]["turn"] == (found[0][1]["turn"] + 1) % 3:
            return found[1]
        return found[0]

    def store(self, s, copy):
        text = f"boot_a={s['a']}\0boot_b={s['b']}\0boot_first={s['first']}\0boot_turn={s['turn']}".encode().ljust(508, b"\0")
        path = self.dir / "partitions/onetrip-state"
        data = bytearray(path.read_bytes() if path.exists() else bytes(4096))
        data[copy * 512:copy * 512 + 512] = zlib.crc32(text).to_bytes(4, "little") + text
        path.write_bytes(data)

    def start(self):
        copy, s = self.state()
        order = [s["first"], "B" if s["first"] == "A" else "A"]
        self.slot = next((x for x in order if s[x.lower()] > 0), order[0])
        s[self.slot.lower()] = max(0, s[self.slot.lower()] - 1)
        s["turn"] = (s["turn"] + 1) % 3
        self.store(s, 1 - copy)
        (self.dir / "cmdline").write_text(f"quiet onetrip.slot={self.slot}\n")
        (self.dir / "os-release").write_text(f'ID=onetrip\nVERSION_ID="{self.releases[self.slot]}"\nVARIANT_ID={BOARD}\n')
        return self.slot

    def good(self):
        copy, s = self.state()
        first = s["first"] if s[s["first"].lower()] else self.slot
        s.update({"first": first, self.slot.lower(): 3, "turn": (s["turn"] + 1) % 3})
        self.store(s, 1 - copy)

    # ---- the update

    def content(self, slot):
        return [hashlib.sha256(self.part(kind, slot).read_bytes()).hexdigest() for kind in ("boot", "root")]

    def make(self, version="1.3.0", board=BOARD, signer=None, boot=None, root=None, **entry):
        """What kiosk-syncd leaves there. `entry` replaces members of the county's entry."""
        self.boot, self.root = boot or self.random.randbytes(MIB // 2 - 100), root or self.random.randbytes(3 * MIB + 5)
        for name, data in (("boot", self.boot), ("root", self.root)):
            (self.dir / name).write_bytes(data)
        updates = self.dir / "updates"
        size, digest = bundle.make(updates / "update.raucb", board, version, self.dir / "boot", self.dir / "root")
        self.sign({"version": 1, "updates": [{"kind": "firmware", "version": version, "board": board, "size": size, "sha256": digest,
                                              "from_hour": 1, "to_hour": 1, **entry}]}, signer)
        self.offer(version, digest, size)
        self.version = version

    def sign(self, document, signer=None):
        path, by = self.dir / "updates/manifest.json", (signer or self.keys) / "platform"
        path.write_text(json.dumps(document))
        subprocess.run(["openssl", "cms", "-sign", "-binary", "-outform", "DER", "-in", path, "-signer", by / "signer.pem",
                        "-inkey", by / "signer.key", "-out", path.with_suffix(".sig")], check=True, capture_output=True)

    def offer(self, version, digest, size):
        self.digest = digest
        (self.dir / "updates/ready.json").write_text(json.dumps({"version": version, "file": "update.raucb", "sha256": digest,
                                                                 "size": size, "downgrade": False}))

    def command(self, what, **paths):
        places = {"updates": self.dir / "updates", "state": self.dir / "state", "partitions": self.dir / "partitions",
                  "cmdline": self.dir / "cmdline", "release": self.dir / "os-release", "trust": self.keys / "trust",
                  "occupied": self.dir / "occupied", "socket": self.dir / "syncd.sock", "quiet": "0", **paths}
        return [build_dir() / "slot-update", *(f"--{k}={v}" for k, v in places.items()), what]

    def run(self, what="install", limit=None, **paths):
        def set_limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        return subprocess.run([str(c) for c in self.command(what, **paths)], capture_output=True, text=True, preexec_fn=set_limit if limit else None,
                              env={**os.environ, "ASAN_OPTIONS": "handle_abort=0"})

    def answer(self):
        """Taken as kiosk-syncd takes it. It says of which file it is."""
        path = self.dir / "updates/result.json"
        said = json.loads(path.read_text())
        assert said.pop("sha256") == self.digest
        for name in ("result.json", "ready.json", "update.raucb", "manifest.json", "manifest.sig"):
            (self.dir / "updates" / name).unlink(missing_ok=True)
        return said

    def stays_as_it_was(self):
        """Whatever happened: this start and the next are of the old slot, and nobody has touched it."""
        assert self.content("A") == self.old
        assert [self.start(), self.start()] == ["A", "A"]
        self.good()


@pytest.fixture
def board(tmp_path, keys):
    return Board(tmp_path, keys[0])


def refused(board, words):
    assert board.run().returncode == 3
    said = board.answer()
    assert said["outcome"] == "refused" and words in said["reason"], said
    assert not list((board.dir / "state").iterdir())
    board.stays_as_it_was()


# ---- what is refused

@pytest.mark.parametrize("seed", range(8))
def test_one_changed_byte_is_refused(board, seed):
    board.make()
    path = board.dir / "updates/update.raucb"
    data = bytearray(path.read_bytes())
    at = random.Random(seed).randrange(len(data))
    data[at] ^= 1 << seed
    path.write_bytes(data)
    refused(board, "does not list this file")


def test_another_countys_key_is_refused(board, keys):
    board.make(signer=keys[1])
    refused(board, "not signed by the county")


def test_a_changed_manifest_is_refused(board):
    board.make()
    path = board.dir / "updates/manifest.json"
    path.write_text(path.read_text().replace("1.3.0", "1.9.0"))
    refused(board, "not signed by the county")


@pytest.mark.parametrize("version", ["1.1.9", "1.2", "0.9"])
def test_an_older_or_the_same_version_is_refused(board, version):
    board.make(version)
    refused(board, "runs here already" if version == "1.2" else "older than what runs")


def test_a_bundle_of_another_board_is_refused(board):
    board.make(board="rpi4")
    refused(board, "for this board")


def test_a_bundle_that_says_another_version_than_the_county_is_refused(board):
    board.make()
    document = json.loads((board.dir / "updates/manifest.json").read_text())
    document["updates"][0]["version"] = "1.4.0"
    board.sign(document)
    refused(board, "no bundle for this board and version")


@pytest.mark.parametrize("kind", ["cut", "longer", "missing", "no-bundle", "link"])
def test_what_is_no_whole_bundle_is_refused(board, kind):
    board.make()
    path = board.dir / "updates/update.raucb"
    if kind == "cut":
        os.truncate(path, path.stat().st_size - 1)
    elif kind == "longer":
        path.write_bytes(path.read_bytes() + b"\0")
    elif kind == "missing":
        path.unlink()
    elif kind == "link":
        path.rename(board.dir / "elsewhere")
        path.symlink_to(board.dir / "elsewhere")
    else:  # signed, and still none
        data = b"{}" + bytes(5000)
        path.write_bytes(data)
        board.sign({"version": 1, "updates": [{"kind": "firmware", "version": "1.3.0", "board": BOARD, "size": len(data),
                                               "sha256": hashlib.sha256(data).hexdigest()}]})
    refused(board, {"missing": "cannot be read", "link": "cannot be read", "no-bundle": "no bundle for this board"}.get(kind, "does not list"))


# ---- what the medium does

def test_a_slot_that_is_too_small_is_refused(board):
    board.make(root=b"r" * (4 * MIB + 1))
    refused(board, "no room")


def test_a_medium_that_gives_up_in_the_middle_is_refused(board):
    board.make()
    done = board.run(limit=2 * MIB)
    assert done.returncode == 3, done.stderr
    said = board.answer()
    assert said["outcome"] == "refused" and said["reason"] == "the medium does not keep what is written"
    board.stays_as_it_was()


def test_what_is_on_trial_cannot_be_noted_then_nothing_is_tried(board):
    board.make()
    assert board.run(state=board.dir / "nowhere").returncode == 3
    assert board.answer()["outcome"] == "refused"
    board.stays_as_it_was()


FULL = """set -e
mount -t tmpfs -o size=8M full "$1"
cp -a "$2/updates" "$2/state" "$1"
cat /dev/zero > "$1/rest" 2> /dev/null || true
shift 2
exec "$@"
"""


def test_a_full_data_partition_leaves_the_old_system_and_it_is_installed_when_there_is_room(board):
    """Neither what is on trial nor the answer can be written: the bundle lies there for another time."""
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode:
        pytest.skip("nobody may mount anything here")
    board.make()
    full = board.dir / "full"
    full.mkdir()
    command = [str(c) for c in board.command("install", updates=full / "updates", state=full / "state")]
    done = subprocess.run(["unshare", "-rm", "sh", "-c", FULL, "sh", full, board.dir, *command], capture_output=True, text=True)
    assert done.returncode not in (0, 3), done.stderr
    assert "no room for it" in done.stderr, done.stderr
    board.stays_as_it_was()
    installed(board)


@pytest.mark.parametrize("seed", range(12))
def test_cut_while_it_is_installed_the_old_system_runs_and_it_can_be_installed_again(board, seed):
    """Killed at a moment that is spread over the time that it takes."""
    board.make()
    started = time.monotonic()
    probe = board.dir / "probe"
    shutil.copytree(board.dir / "partitions", probe)
    assert board.run(partitions=probe, state=board.dir / "updates").returncode == 0
    whole = time.monotonic() - started
    (board.dir / "updates/trial.json").unlink()
    process = subprocess.Popen([str(c) for c in board.command("install")], stderr=subprocess.DEVNULL)
    time.sleep(whole * (seed + 0.5) / 12)
    process.kill()
    is_done = process.wait() == 0
    assert board.content("A") == board.old
    if is_done or board.state()[1]["first"] == "B":  # all steps were done
        lies_in_b(board)
        assert board.start() == "B"
        return
    assert board.start() == "A"
    board.good()
    (board.dir / "state/trial.json").unlink(missing_ok=True)
    assert board.run().returncode == 0
    lies_in_b(board)
    assert board.start() == "B"


# ---- what is installed

def lies_in_b(board):
    assert board.part("boot", "B").read_bytes().startswith(board.boot) and board.part("root", "B").read_bytes().startswith(board.root)


def installed(board):
    assert board.run().returncode == 0
    lies_in_b(board)
    board.releases["B"] = board.version
    assert board.start() == "B"


def test_a_good_update_is_started_proves_itself_and_stays(board):
    board.make()
    installed(board)
    board.good()
    assert board.run("settle").returncode == 0
    assert board.answer() == {"version": "1.3.0", "outcome": "installed", "reason": ""}
    assert [board.start() for _ in range(3)] == ["B"] * 3
    assert board.run("settle").returncode == 0 and not (board.dir / "updates/result.json").exists()


def test_a_way_back_that_the_county_has_signed_is_installed(board):
    board.make("1.1.5", replaces=[RUNS])
    installed(board)


def test_until_the_board_starts_anew_an_update_waits_whatever_starts_meanwhile(board):
    """A kiosk that is started again has its slot judged good once more, and a verdict may be due: both are of the slot that runs."""
    board.make()
    assert board.run().returncode == 0
    board.good()
    assert board.run("settle").returncode == 0 and not (board.dir / "updates/result.json").exists()
    board.releases["B"] = board.version
    assert board.start() == "B"
    board.good()
    assert board.run("settle").returncode == 0 and board.answer()["outcome"] == "installed"


def test_another_version_in_the_slot_is_not_what_was_installed(board):
    """The slot on trial holds what nobody put there: it is not taken for the update."""
    board.make()
    installed(board)
    board.releases["B"] = "1.1.0"
    board.start()
    board.good()
    assert board.run("settle").returncode == 0
    said = board.answer()
    assert said["outcome"] == "fell-back" and said["reason"] == "another version runs in its slot"


def test_one_that_fails_its_self_test_falls_back_at_once(board):
    board.make()
    installed(board)
    assert board.run("settle").returncode == 4
    assert board.start() == "A"
    assert board.run("settle").returncode == 0
    said = board.answer()
    assert said["outcome"] == "fell-back" and said["version"] == "1.3.0"
    board.good()
    board.stays_as_it_was()


# ---- the self-test: how the devices were before the update is what they are held against after it

WELL = {"screen": "ok", "reader": "ok", "printer": "ok"}


class Syncd:
    """kiosk-syncd as far as the self-test asks it. `devices` None: the kiosk has told nothing."""

    def __init__(self, path):
        self.devices, self.contact_ms, self.cable, self.link = dict(WELL), 1764000000000, "in", "up"
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        self.listener.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            with line, line.makefile("rwb") as f:
                length, body = struct.unpack(">II", f.read(8))
                question = json.loads(f.read(length + body))
                assert question["op"] == "status"
                said = {"re": question["n"], "ok": True, "link": self.link if self.contact_ms else "down", "refusal": "",
                        "last_contact_ms": self.contact_ms, "cable": self.cable, "kiosk": "running" if self.devices else "silent"}
                if self.devices:
                    said |= {"devices": self.devices, "causes": {}}
                text = json.dumps(said).encode()
                f.write(struct.pack(">II", len(text), 0) + text)

    def close(self):
        self.listener.close()


@pytest.fixture
def syncd(board):
    s = Syncd(board.dir / "syncd.sock")
    yield s
    s.close()


def proves_itself(board):
    """As onetrip-boot-good goes by it, then the verdict."""
    is_good = board.run("test").returncode == 0
    if is_good:
        board.good()
    assert board.run("settle").returncode == (0 if is_good else 4)
    return is_good


def falls_back(board, why):
    assert not proves_itself(board)
    assert board.start() == "A" and board.run("settle").returncode == 0
    said = board.answer()
    assert said["outcome"] == "fell-back" and said["reason"] == f"it did not prove itself: {why}", said
    board.good()
    board.stays_as_it_was()


@pytest.mark.parametrize("device", ["reader", "printer"])
def test_a_device_that_was_there_before_the_update_and_is_not_after_it_fails_the_self_test(board, syncd, device):
    board.make()
    installed(board)
    syncd.devices[device] = "absent"
    falls_back(board, f"the {device} that was there before is missed")


def test_devices_that_were_out_before_the_update_are_not_held_against_it(board, syncd):
    board.make()
    syncd.devices.update({"reader": "absent", "printer": "failed"})
    installed(board)
    assert proves_itself(board)
    assert board.answer() == {"version": "1.3.0", "outcome": "installed", "reason": ""}


def test_a_county_that_was_away_already_is_not_held_against_the_update(board, syncd):
    """Reached days ago, and not since: staff may be there with a stick for that very reason."""
    board.make()
    syncd.link = "down"
    installed(board)
    syncd.contact_ms = 0
    assert proves_itself(board)
    assert board.answer()["outcome"] == "installed"


def test_a_reader_that_is_pulled_out_later_fails_no_slot_that_has_proved_itself(board, syncd):
    """Started anew with the cable out, a proven slot stays: it is not on trial."""
    board.make()
    installed(board)
    assert proves_itself(board)
    board.answer()
    syncd.devices["reader"] = "absent"
    for _ in range(4):
        assert board.start() == "B" and board.run("test").returncode == 0
        board.good()


def test_a_kiosk_without_a_picture_fails_the_self_test(board, syncd):
    board.make()
    installed(board)
    syncd.devices["screen"] = "failed"
    falls_back(board, "no picture is on the screen")


def test_a_kiosk_that_does_not_run_fails_the_self_test(board, syncd):
    board.make()
    installed(board)
    syncd.devices = None
    falls_back(board, "the kiosk does not run")


def test_an_update_that_loses_the_county_falls_back_and_one_whose_cable_is_out_does_not(board, syncd):
    board.make()
    installed(board)
    syncd.contact_ms = 0
    assert board.run("test").returncode == 5
    syncd.cable = "out"
    assert proves_itself(board)


def test_a_queue_that_does_not_answer_fails_the_self_test(board, syncd):
    board.make()
    installed(board)
    syncd.close()
    (board.dir / "syncd.sock").unlink()
    falls_back(board, "kiosk-syncd does not answer")


def test_one_that_never_comes_up_gives_way_after_three_starts(board):
    board.make()
    installed(board)
    assert [board.start() for _ in range(3)] == ["B", "B", "A"]
    assert board.run("settle").returncode == 0
    assert board.answer()["outcome"] == "fell-back"
    board.good()
    board.stays_as_it_was()


def test_nothing_is_installed_over_what_a_slot_on_trial_falls_back_to(board):
    board.make()
    installed(board)
    board.make("1.4.0")
    assert board.run().returncode == 3 and board.content("A") == board.old
    assert not (board.dir / "updates/result.json").exists()


def test_an_answer_that_is_not_taken_yet_is_not_given_twice(board):
    board.make("1.1.0")
    assert board.run().returncode == 3
    before = (board.dir / "updates/result.json").stat().st_ino
    assert board.run().returncode == 3
    assert (board.dir / "updates/result.json").stat().st_ino == before


def test_a_board_that_is_occupied_is_not_started_anew(board):
    """The lock that the kiosk holds while somebody is at the screen."""
    import fcntl
    board.make()
    occupied = board.dir / "occupied"
    occupied.touch()
    with open(occupied) as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        process = subprocess.Popen([str(c) for c in board.command("install", quiet="5")], stderr=subprocess.DEVNULL)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(12)
    assert process.wait(30) == 0
