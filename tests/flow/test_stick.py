"""Service sticks as the county's desk makes them and a technician looks at them: kioskctl stick make and check."""
import json
import os
import shutil
import subprocess

import pytest

from county import build_dir, make_keys


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return make_keys(tmp_path_factory.mktemp("keys") / "keys")


@pytest.fixture
def mount(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def kioskctl(*words, pin=None):
    done = subprocess.run([build_dir() / "kioskctl", *map(str, words)], input=None if pin is None else pin + "\n",
                          capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def make(keys, mount, *more, pin="480913", **changes):
    values = {"serial": "S-2026-0007", "role": "technician", "kiosks": "K0012,K01*", "key": keys / "platform/signer.key",
              "certificate": keys / "platform/signer.pem", **changes}
    return kioskctl(*more, "stick", "make", mount, *(f"{k}={v}" for k, v in values.items() if v is not None), pin=pin)


def check(keys, mount, *more):
    status, out, err = kioskctl("--json", "stick", "check", mount, f"trust={keys / 'trust'}", *more)
    return status, json.loads(out) if out else None, err


def test_a_stick_is_made_and_found_good_for_its_kiosks_alone(keys, mount):
    status, out, err = make(keys, mount)
    assert status == 0, err
    assert "S-2026-0007" in out and "technician" in out
    for kiosk, state in (("K0012", "well"), ("K0199", "well"), ("K0013", "other-kiosk")):
        status, said, err = check(keys, mount, f"kiosk={kiosk}")
        assert said["files"][0]["state"] == state
        assert status == (0 if state == "well" else 1)


def test_the_pin_is_nowhere_on_the_stick(keys, mount):
    assert make(keys, mount)[0] == 0
    for file in (mount / "ONETRIP").iterdir():
        assert b"480913" not in file.read_bytes()
    token = json.loads((mount / "ONETRIP/stick.json").read_text())
    assert token["pin"]["kdf"] == "scrypt" and token["pin"]["n"] == 32768 and len(token["pin"]["hash"]) == 64


def test_openssl_agrees_with_the_signature(keys, mount):
    assert make(keys, mount)[0] == 0
    folder = mount / "ONETRIP"
    run = subprocess.run(["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", folder / "stick.sig", "-content",
                          folder / "stick.json", "-CAfile", keys / "trust/document-ca.pem", "-purpose", "any", "-out",
                          os.devnull], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("pin, word", [("12345", "6 to 12"), ("111111", "easy to guess"), ("654321", "easy to guess"),
                                       ("48091x", "6 to 12"), ("", "6 to 12")])
def test_bad_pins_are_refused_and_nothing_is_written(keys, mount, pin, word):
    status, out, err = make(keys, mount, pin=pin)
    assert status == 1 and word in err and not out
    assert not (mount / "ONETRIP/stick.json").exists()


@pytest.mark.parametrize("change, status, word", [
    ({"role": "mayor"}, 1, "role"), ({"serial": "lower-case"}, 1, "serial"), ({"kiosks": "K 1"}, 1, "kiosks"),
    ({"kiosks": None}, 2, "kiosks="), ({"days": "0"}, 2, "days="), ({"key": None}, 1, "key="),
    ({"colour": "red"}, 2, "colour=red"), ({"key": "/nowhere"}, 1, "/nowhere")])
def test_what_is_wrong_with_a_wish_is_named(keys, mount, change, status, word):
    got, out, err = make(keys, mount, **change)
    assert got == status and word in err and not out


def test_a_key_without_its_certificate_signs_nothing(keys, mount):
    status, _, err = make(keys, mount, certificate=keys / "platform/server.pem")
    assert status == 1 and "do not belong together" in err


def test_check_finds_a_token_that_somebody_edited(keys, mount):
    make(keys, mount)
    token = mount / "ONETRIP/stick.json"
    token.write_text(token.read_text().replace("technician", "inspector "))
    status, said, _ = check(keys, mount)
    assert status == 1 and said["files"][0]["state"] == "signature"
    assert "does not hold" in said["files"][0]["says"]


def test_check_tells_what_is_wrong_with_each_file(keys, mount):
    make(keys, mount)
    folder = mount / "ONETRIP"
    (folder / "config.json").write_text('{"version":1}')
    (folder / "config.sig").write_bytes((folder / "stick.sig").read_bytes())
    (folder / "catalogue.json").symlink_to("/etc/passwd")
    (folder / "holiday.jpg").write_bytes(b"x" * 10)
    (folder / "out-K0012-0000000001-0000000002-0011223344556677.1tc").write_bytes(b"x" * 10)
    status, said, _ = check(keys, mount)
    states = {f["name"]: f["state"] for f in said["files"]}
    assert status == 1
    assert states["stick.json"] == "well" and states["config.json"] == "signature" and states["catalogue.json"] == "link"
    assert "holiday.jpg" not in states
    assert said["findings"] == 2


def test_no_stick_and_another_stick_are_told_apart(keys, tmp_path):
    assert "no service stick" in check(keys, tmp_path / "nothing")[2]
    (tmp_path / "music").mkdir()
    assert "holds no service files" in check(keys, tmp_path / "music")[2]


@pytest.fixture
def real_stick(tmp_path):
    """A file system of its own, as a stick has one; only where mounting is allowed."""
    image, at = tmp_path / "image", tmp_path / "mnt"
    at.mkdir()
    image.write_bytes(bytes(4 * 1024 * 1024))
    if os.geteuid() or not shutil.which("mkfs.ext4") or \
            subprocess.run(["mkfs.ext4", "-q", "-F", image]).returncode or \
            subprocess.run(["mount", "-o", "loop,nodev,nosuid,noexec", image, at], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    yield at
    subprocess.run(["umount", "-l", at], check=True)


def test_a_real_file_system_full_and_read_only_says_so(keys, real_stick):
    assert make(keys, real_stick)[0] == 0
    assert check(keys, real_stick)[0] == 0
    with open(real_stick / "video", "wb") as f:
        try:
            while f.write(bytes(65536)):
                f.flush()
        except OSError:
            pass
    status, _, err = make(keys, real_stick, serial="S-2026-0008")
    assert status == 1 and "is full" in err
    assert check(keys, real_stick)[1]["files"][0]["detail"].startswith("S-2026-0007")
    subprocess.run(["mount", "-o", "remount,ro", real_stick], check=True)
    status, _, err = make(keys, real_stick, serial="S-2026-0008")
    assert status == 1 and "read-only" in err
    assert check(keys, real_stick)[0] == 0


def test_what_is_mounted_inside_a_stick_is_not_read(keys, real_stick):
    assert make(keys, real_stick)[0] == 0
    target = real_stick / "ONETRIP/config.json"
    target.write_text("{}")
    if subprocess.run(["mount", "--bind", "/etc/hostname", target], capture_output=True).returncode:
        pytest.skip("binding is not allowed here")
    try:
        status, said, _ = check(keys, real_stick)
    finally:
        subprocess.run(["umount", target], check=True)
    assert status == 1
    assert {f["name"]: f["state"] for f in said["files"]}["config.json"] == "link"


def test_wrong_words_get_the_usage():
    for words in ((), ("make",), ("burn", "/mnt"), ("check", "/mnt", "trust=a", "trust=b")):
        status, out, err = kioskctl("stick", *words)
        assert status == 2 and err and not out
