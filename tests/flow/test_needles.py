"""The search for persons on a medium (tests/board/needles.py) finds each shape at each place, and nothing in noise."""
import base64
import pathlib
import random
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/board"))
from needles import Needles, PHOTO, of_person  # noqa: E402
from residents import resident  # noqa: E402

PHONE, WORDS = "13812345671", "小区路灯夜里太黑老人"


@pytest.fixture
def needles(build):
    n = Needles()
    n.add(of_person(resident(3), (PHONE, WORDS)))
    return n


def noise(count):
    return random.Random(5).randbytes(count)


def found(needles, tmp_path, data, before=1001):
    medium = tmp_path / "medium"
    medium.write_bytes(noise(before) + data + noise(500))
    return [(at, label) for at, label in needles.search(medium)]


def test_noise_holds_nobody(needles, tmp_path):
    assert not found(needles, tmp_path, noise(4 << 20))


@pytest.mark.parametrize("coding", ("utf-8", "utf-16-le", "utf-16-be", "gbk"))
def test_a_name_in_each_coding_at_the_end_of_what_is_read(needles, tmp_path, coding):
    medium = tmp_path / "medium"
    medium.write_bytes(noise(77) + resident(3)["name"].encode(coding))
    assert (77, f"name {resident(3)['name']} as {coding}") in needles.search(medium)


@pytest.mark.parametrize("before", range(3))
@pytest.mark.parametrize("coding", ("utf-8", "utf-16-le", "gbk"))
def test_words_within_a_longer_text_in_base64(needles, tmp_path, before, coding):
    text = b"x" * before + WORDS.encode(coding) + b"and so on"
    for coded in (base64.b64encode(text), base64.urlsafe_b64encode(text)):
        assert any(label.startswith(f"typed {WORDS} as {coding}, base64") for _, label in found(needles, tmp_path, coded))


@pytest.mark.parametrize("lead", ("", "0"))
def test_a_phone_number_packed_into_half_bytes(needles, tmp_path, lead):
    digits = lead + PHONE + ("" if lead else "f")
    assert any(label.startswith(f"typed {PHONE} as BCD") for _, label in found(needles, tmp_path, bytes.fromhex(digits)))


def test_a_birthday_and_a_photo(needles, tmp_path):
    birth = resident(3)["birth"]
    for text in (birth, f"{birth[:4]}-{birth[4:6]}-{birth[6:]}", f"{birth[:4]}年{int(birth[4:6])}月{int(birth[6:])}日"):
        assert any(label.startswith("birth") for _, label in found(needles, tmp_path, text.encode()))
    whole = bytes(i & 0xff for i in range(1024))
    assert any(label == "photo" for _, label in found(needles, tmp_path, whole))
    assert any(label.startswith("photo, base64") for _, label in found(needles, tmp_path, base64.b64encode(b"{" + whole)))
    assert len(PHOTO) > 512  # longer than any table that counts to 255
