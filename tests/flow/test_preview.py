"""An editor writes an item and looks at it on the desktop kiosk: the page follows the file, the band says what the checker finds."""
import contextlib
import json
import os
import pathlib
import subprocess
import time

from hands import Robot

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "assets/catalogue/catalogue.json"


@contextlib.contextmanager
def preview(build, folder, file, item):
    socket = folder / "robot"
    command = [build / "kiosk", "--headless", "--mute", "--preview", file, item, "--robot", socket, "--assets", ROOT / "assets",
               "--locale", build / "locale", "--usbip", "127.0.0.1:1", "--trust", folder]
    with (folder / "log").open("wb") as log:
        kiosk = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        yield Robot(socket)
    finally:
        kiosk.terminate()
        kiosk.wait(20)


def until(claim, limit=20):
    end = time.monotonic() + limit
    while not claim():
        assert time.monotonic() < end
        time.sleep(0.05)


def write(file, catalogue):
    """As editors write: beside it, then in its place."""
    beside = file.with_suffix(".new")
    beside.write_text(json.dumps(catalogue, ensure_ascii=False))
    os.replace(beside, file)


def test_the_page_follows_the_file_and_a_mistake_is_said_in_the_band(build, tmp_path):
    catalogue = json.loads(SHIPPED.read_text())
    item = next(s for s in catalogue["services"] if s["code"] == "E02")
    file = tmp_path / "draft.json"
    write(file, catalogue)
    with preview(build, tmp_path, file, "E02") as robot:
        until(lambda: robot.screen() == "guide" and item["name"]["zh"] in robot.words())
        assert "E02: 0 mistakes" in robot.widget("band")["label"]
        item["gives"]["zh"] = "每月一笔津贴，每季度到账"
        write(file, catalogue)
        until(lambda: "每季度到账" in robot.words())
        # A mistake that a kiosk can live with is shown, and named.
        item["life_event"], item["hint"]["words"]["zh"] = None, "You seem entitled"
        del item["life_event"]
        write(file, catalogue)
        until(lambda: "1 mistake: E02 hint.words.zh: the Chinese text has no Chinese character in it" in robot.widget("band")["label"])
        # One that it cannot: what was there before stays.
        item["basis"].pop("en")
        write(file, catalogue)
        until(lambda: "E02 basis.en: is missing" in robot.widget("band")["label"])
        assert robot.screen() == "guide" and "每季度到账" in robot.words()
        file.unlink()
        until(lambda: str(file) in robot.widget("band")["label"])  # and why, in the words of the system
        assert robot.screen() == "guide"


def test_a_preview_that_is_left_begins_again_and_hands_nothing_in(build, tmp_path):
    with preview(build, tmp_path, SHIPPED, "D01") as robot:
        until(lambda: robot.screen() == "guide")
        robot.tap("exit")
        until(lambda: robot.screen() == "guide")
        robot.next()
        until(lambda: robot.screen() != "guide")
        assert "预览" in robot.widget("band")["label"]


def test_preview_wants_a_file_and_an_item(build, tmp_path):
    assert subprocess.run([build / "kiosk", "--headless", "--preview", SHIPPED], capture_output=True, timeout=30).returncode == 2
    with preview(build, tmp_path, SHIPPED, "Z99") as robot:
        until(lambda: robot.widget("band") and "no service Z99" in robot.widget("band")["label"])
