"""Every screen in every state, through the linter and against the figures kept of the pictures; and touches by chance."""
import collections
import os
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("ONETRIP_BUILD", ROOT / "build"))
KEPT = ROOT / "tests/golden/pictures.txt"


def built(name):
    """The program, made now: it is no part of a kiosk, so `make all` does not make it."""
    where = os.path.relpath(BUILD, ROOT)
    subprocess.run(["make", "--no-print-directory", f"O={where}", f"{where}/tests/golden/{name}"], cwd=ROOT, check=True,
                   capture_output=True, timeout=600)
    return [str(BUILD / "tests/golden" / name), "--root", str(ROOT), "--locale", str(BUILD / "locale")]


@pytest.fixture(scope="module")
def gallery():
    program = built("gallery")

    def run(*arguments):
        return subprocess.run(program + list(arguments), capture_output=True, text=True, timeout=600)

    return run


@pytest.mark.parametrize("panel", ["1080x1920", "1280x800"])
def test_screens_of_a_panel_pass_the_linter(gallery, panel):
    """The wish with the longest lines; `make golden` lints all of them."""
    run = gallery("--lint", "--panel", panel, "--only", "en-light-elder/")
    assert run.returncode == 0, run.stdout


def test_pictures_are_those_that_were_looked_at(gallery):
    run = gallery("--check", str(KEPT), "--panel", "1080x1920", "--only", "zh-light-normal/")
    assert run.returncode == 0, run.stdout
    assert int(re.search(r"(\d+) pictures", run.stdout)[1]) > 50


def test_the_same_pictures_come_again(gallery, tmp_path):
    for name in ("one", "two"):
        assert gallery("--accept", str(tmp_path / name), "--panel", "1920x1080", "--only", "en-contrast-normal/").returncode == 0
    assert (tmp_path / "one").read_text() == (tmp_path / "two").read_text() != ""


def test_another_picture_is_noticed_and_marked(gallery, tmp_path):
    only = ["--panel", "1080x1920", "--only", "1080x1920/zh-light-normal/help", "--out", str(tmp_path / "out")]
    (tmp_path / "out").mkdir()
    assert gallery("--pictures", *only).returncode == 0
    key = "1080x1920/zh-light-normal/help"
    wrong = re.sub(rf"^{key} .*$", f"{key} {'0' * 64}", KEPT.read_text(), flags=re.M)
    (tmp_path / "kept").write_text(wrong)
    run = gallery("--check", str(tmp_path / "kept"), *only)
    assert run.returncode == 1 and f"{key}: differs" in run.stdout
    assert (tmp_path / "out" / f"{key}.diff.png").stat().st_size > 1000


@pytest.mark.parametrize("variant", ["1080x1920/zh-light-normal", "1200x1920/zh-light-normal", "1200x1920/en-light-normal"])
def test_every_place_has_a_picture_of_its_own(variant):
    """A place is what its name says: no two look the same where there is room to see it."""
    places = collections.defaultdict(list)
    for line in KEPT.read_text().splitlines():
        name, figure = line.split()
        if name.rpartition("/")[0] == variant:
            places[figure].append(name.rpartition("/")[2])
    assert len(places) > 250
    assert not [same for same in places.values() if len(same) > 1]


@pytest.mark.parametrize("place", ["review-shown", "agent-consent"])
def test_nothing_of_a_visit_can_be_seen_after_any_end(gallery, place):
    """Left by hand or alone, covered, card lifted, somebody else's card, without printer or county, staff, out of service. `make ends`
    goes to all places."""
    run = gallery("--ends", "--only", place)
    assert run.returncode == 0, run.stdout
    assert int(re.search(r"(\d+) ends of visits", run.stdout)[1]) >= 13


def test_touches_by_chance_neither_crash_nor_leak_nor_trap():
    run = subprocess.run(built("monkey") + ["--count", "1500", "--seed", "5"], capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, run.stdout
    assert int(re.search(r"(\d+) visits ended", run.stdout)[1]) > 20
