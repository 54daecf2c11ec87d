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
                assert "障がい者福祉" in robot.words(), "a theme of the county's, by its English"
                assert "Insurance" in robot.words(), "what it has no words for is English"
        assert offered == ["English", "日本語", "中文"], "a file that is none is no language"
        assert "全部服务" in robot.words()


def choose(robot, code):
    """Round by the button until that language is there."""
    for _ in range(4):
        if robot.tree()["language"] == code:
            return
        robot.tap("language")
    raise AssertionError(f"{code} is not offered")


def test_a_matter_is_found_in_it_and_read_out_in_it(tmp_path, locale):
    with Town(tmp_path, "--locale", locale) as town:
        robot = town.robot
        robot.tap("begin")
        robot.wait("home")
        choose(robot, "ja")
        robot.tap("speech")
        assert robot.tree()["language"] == "ja" and robot.widget("exit")["label"] == "終了"
        town.until(lambda: any("何をなさいますか" in w["words"] for w in robot.do("speech")["said"]), "the page is read out in it")
        robot.tap("service:D01")
        robot.wait("guide")
        assert "重度障がい者介護手当" in robot.words()


def test_a_language_without_a_voice_is_read_out_in_english(tmp_path, locale):
    mute = (ROOT / "tests/data/ja.po").read_text().replace("voice of the speech engine", "no voice at all")
    (tmp_path / "mute.po").write_text(mute)
    subprocess.run(["msgfmt", "-o", locale / "ja/LC_MESSAGES/onetrip.mo", tmp_path / "mute.po"], check=True)
    with Town(tmp_path, "--locale", locale) as town:
        robot = town.robot
        robot.tap("begin")
        robot.wait("home")
        choose(robot, "ja")
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
