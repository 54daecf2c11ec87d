"""Every slip through every printer profile: the bytes that would go to the printer, decoded by the printer document alone,
are the drawn slip dot for dot, and a phone reads its code. And a whole town in which paper is short or a slip is left."""
import base64
import pathlib
import subprocess

import pytest

from escpos_decoder import Decoder, Violation, decode
from journeys import care_subsidy, hand_in, leave

CODES = {"receipt": "https://county.example/case/K0012-000042-7", "guest": "CODE-9WDVSQ5ZMMZ0N-2",
         "gap": "https://county.example/case/K0012-000042-7", "notice": "https://county.example/case/K0012-000042-7",
         "escalation": "https://county.example/case/K0012-000043-5", "short": "https://county.example/case/K0012-000042-7",
         "reprint": "https://county.example/case/K0012-000042-7"}


@pytest.fixture(scope="module")
def streams(tmp_path_factory):
    """(picture, width, strip rows, profile) of every kind and size for every profile."""
    import os
    build = pathlib.Path(os.environ["ONETRIP_BUILD"])
    gallery = build / "slip_gallery"
    if not gallery.exists():
        subprocess.run(["make", "-s", f"O={build}", str(gallery)], check=True, cwd=pathlib.Path(__file__).parents[2])
    out = tmp_path_factory.mktemp("streams")
    run = subprocess.run([gallery, "streams", out], capture_output=True, text=True, check=True,
                         cwd=pathlib.Path(__file__).parents[2])
    rows = [line.split(" ", 3) for line in run.stdout.splitlines()]
    return [(pathlib.Path(path), int(width), int(strip), profile) for path, width, strip, profile in rows]


def picture_of(path):
    head, size, rest = path.read_bytes().split(b"\n", 2)
    assert head == b"P4"
    width, rows = map(int, size.split())
    return width, rows, rest


def check_dots(recovered, dots, path):
    """Equal, but for one dot more where 10 would stand before 04, 05 or 14 and act as a command (section 2.2)."""
    if recovered[:len(dots)] == dots:
        return
    for i, (got, drawn) in enumerate(zip(recovered, dots)):
        is_defused = drawn == 0x10 and got == 0x18 and dots[i + 1] in (0x04, 0x05, 0x14)
        assert got == drawn or is_defused, (path, i)


def test_every_slip_is_recovered_dot_for_dot_for_every_profile(streams):
    profiles = set()
    for path, width, strip_rows, profile in streams:
        drawn_width, rows, dots = picture_of(path)
        page = decode(path.with_suffix(".bin").read_bytes(), width)
        assert page.width_bytes * 8 == drawn_width == width, path
        recovered = b"".join(page.rows)
        check_dots(recovered, dots, path)
        assert not any(recovered[len(dots):]), path  # at most the white of one padded strip
        assert len(page.rows) - rows in (0, 8), path
        assert max(page.strips) <= strip_rows, path
        assert page.starts == 1 and page.watched, path
        assert page.cuts == 1 or page.fed_lines >= 4, path  # cut, or lifted over the tear bar
        profiles.add(profile)
    assert len(profiles) >= 20


def test_presenter_profiles_present_and_others_do_not(streams):
    seen = {}
    for path, width, _, profile in streams:
        seen[profile] = tuple(decode(path.with_suffix(".bin").read_bytes(), width).ejects)
    assert seen["Custom KPM210"] == (3,)
    assert seen["Custom VKP80II"] == seen["Custom KPM"] == (5,)
    assert all(not e for p, e in seen.items() if not p.startswith("Custom"))


def test_both_kinds_of_raster_are_used(streams):
    kinds = {}
    for path, width, _, profile in streams:
        kinds.setdefault(profile, set()).update(decode(path.with_suffix(".bin").read_bytes(), width).rasters)
    assert kinds["Epson TM-m30III"] == {"GS ( L"}
    assert kinds["80 mm"] == {"GS v 0"}


def test_a_phone_reads_the_code_of_every_slip(streams, tmp_path):
    read = set()
    for path, width, _, _ in streams:
        number, kind, size = path.stem.split("-")
        paper = (kind, size, width, int(number) % 2)  # odd profiles print English slips
        if kind not in CODES or paper in read:
            continue
        page = decode(path.with_suffix(".bin").read_bytes(), width)
        picture = tmp_path / "page.pbm"
        picture.write_bytes(page.pbm())
        run = subprocess.run(["zbarimg", "-q", "--raw", "-Sbinary", picture], capture_output=True, text=True)
        assert run.stdout.strip() == CODES[kind], path
        read.add(paper)
    assert len(read) >= len(CODES) * 2 * 2 * 3


@pytest.mark.parametrize("stream, words", [
    (b"\x1dv0\x00\x48\x00\x30\x00" + bytes(72 * 48), "multiple of 48"),
    (b"\x1dv0\x00\x01\x00\x00\x01" + bytes(256), "strip of 256"),
    (b"\x1dv0\x00\x48\x00\x80\x00" + bytes(72 * 128), "raster command of"),
    (b"\x1dv0\x00\x49\x00\x01\x00" + bytes(73), "dots on"),
    (b"\x1dv0\x00\x48\x00\x02\x00" + bytes(143), "ends inside"),
    (b"\x1dv0\x00\x02\x00\x01\x00\x10\x14", "real-time"),
    (b"\x1d(L\x0b\x000p0\x01\x011\x10\x00\x01\x00\x00", "length does not agree"),
    (b"\x1d(L\x02\x0002", "not stored"),
    (b"\x1d(k\x03\x001A2", "GS ("),
    (b"\x1bp\x00\x19\xfa", "ESC"),
    (b"hello", "printed as text"),
])
def test_the_decoder_refuses_what_a_printer_would_spoil(stream, words):
    with pytest.raises(Violation, match=words.replace("(", r"\(")):
        decode(stream, 576)


# ---- in a town -------------------------------------------------------------------------


def printed(town, receipt):
    def look():
        for slip in town.sim.slips():
            run = subprocess.run(["zbarimg", "-q", "--raw", slip["png"]], capture_output=True, text=True)
            if receipt in run.stdout:
                return slip
        return None

    return town.until(look, f"the slip of {receipt} comes out")


def test_the_bytes_of_a_visit_obey_the_document_too(town, robot):
    care_subsidy(town, "lin-xiuying.json")
    slip = printed(town, hand_in(town))
    raw = town.sim.do("printed", **{"from": slip["index"]}, raw=True)["slips"][0]["raw"]
    page = decode(without_questions(base64.b64decode(raw)), 576)
    assert page.cuts == 1 and page.ids and page.watched and max(page.strips) <= 64
    leave(town)


def without_questions(raw):
    """The driver asks between pages (DLE EOT); a page begins with its last initialise before the first strip."""
    strip = raw.index(b"\x1dv0")
    return raw[raw.rindex(b"\x1b@", 0, strip):]


def test_paper_end_in_mid_slip_then_a_new_roll_prints_it_whole(town, robot):
    town.sim.do("fault", device="printer", name="paper-out-after", at=300)
    care_subsidy(town, "lin-xiuying.json")
    receipt = hand_in(town)
    town.until(lambda: robot.do("state")["paper"] == "ask", "the resident is asked", limit=40)
    town.sim.do("paper", state="ok")
    town.until(lambda: "printer" not in robot.do("state")["impaired"], "the printer is well again")
    robot.tap("slip.bad")
    slip = printed(town, receipt)
    assert not slip["has_error"] and town.sim.do("state")["violations"] == 0
    leave(town)


def test_the_head_cools_and_the_slip_comes_out_whole(town, robot):
    town.sim.do("fault", device="printer", name="heat-after", at=200)
    care_subsidy(town, "lin-xiuying.json")
    receipt = hand_in(town)
    assert not printed(town, receipt)["has_error"]
    town.until(lambda: robot.do("state")["paper"] == "done", "it is proven", limit=40)
    leave(town)


def test_decoder_is_its_own(streams):
    """It shares nothing with the encoder: no import of ours, no constant from C."""
    source = pathlib.Path(__import__("escpos_decoder").__file__).read_text()
    assert [line for line in source.splitlines() if line.startswith(("import", "from"))] == ["import dataclasses"]
    assert Decoder(b"", 72).run().rows == []
