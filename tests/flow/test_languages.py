"""A language of the screens is a file, not a line of code."""
import pathlib
import subprocess

import pytest
from hands import Town

ROOT = pathlib.Path(__file__).resolve().parents[2]


def install(locale, code, po):
    """A translation as the kiosk's image would have it."""
    folder = locale / code / "LC_MESSAGES"
    folder.mkdir(parents=True)
    subprocess.run(["msgfmt", "-o", folder / "onetrip.mo", po], check=True)


@pytest.fixture
def locale(tmp_path):
    folder = tmp_path / "locale"
    install(folder, "zh_CN", ROOT / "assets/po/zh_CN.po")
    install(folder, "ja", ROOT / "tests/data/ja.po")
    (folder / "xx" / "LC_MESSAGES").mkdir(parents=True)
    (folder / "xx/LC_MESSAGES/onetrip.mo").write_bytes(b"no translation at all")
    return folder


def test_a_third_language_is_chosen_read_and_left_again(tmp_path, locale):
    with Town(tmp_path, "--locale", locale) as town:
        robot = town.robot
        robot.tap("begin")
        robot.wait("home")
        offered = []
        for _ in range(3):
            offered.append(robot.widget("language")["label"])
            robot.tap("language")
            if offered[-1] == "日本語":
                assert robot.tree()["language"] == "ja"
                assert "すべての手続き" in robot.words() and robot.widget("exit")["label"] == "終了"
                assert "Disability" in robot.words(), "what the county answers for is English there"
        assert offered == ["English", "日本語", "中文"], "a file that is none is no language"
        assert "全部服务" in robot.words()


def test_speech_has_no_voice_for_it_and_says_so_by_english(tmp_path, locale):
    with Town(tmp_path, "--locale", locale) as town:
        robot = town.robot
        robot.tap("begin")
        robot.wait("home")
        robot.tap("language")
        robot.tap("language")
        assert robot.tree()["language"] == "ja"
        robot.tap("speech")
        assert robot.tree()["language"] == "en" and robot.widget("exit")["label"] == "Exit"


def test_the_next_visitor_begins_in_chinese(tmp_path, locale):
    with Town(tmp_path, "--locale", locale) as town:
        robot = town.robot
        robot.tap("begin")
        robot.wait("home")
        robot.tap("language")
        robot.tap("language")
        robot.tap("exit")
        robot.wait("attract")
        assert robot.tree()["language"] == "zh"
