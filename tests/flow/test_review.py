"""The page on which a resident reads what was said and signs it: it can be read, and it says what is missing."""
import pytest

from walker import Walk

TICK = {"zh": "同意的，请在这里打勾", "en": "If you agree, please tick here"}
SIGN = {"zh": "还没有签名", "en": "Your signature is missing"}
WAYS = pytest.mark.parametrize("language, is_elder", [("zh", False), ("zh", True), ("en", False), ("en", True)])


def to_the_review(town, code, language, is_elder):
    walk = Walk(town, code, language, is_elder).to_the_guide()
    while (screen := walk.look()) != "review":
        walk.step(screen)
    return walk


@WAYS
def test_confirming_too_early_shows_what_is_missing_and_says_so(town, robot, language, is_elder):
    walk = to_the_review(town, "D01", language, is_elder)
    robot.next()
    assert robot.widget("consent") and TICK[language] in robot.words()  # what is out of sight is not in the tree
    robot.tap("consent")
    robot.next()
    assert robot.widget("sign.pad") and SIGN[language] in robot.words()
    robot.sign()
    assert TICK[language] not in robot.words() and SIGN[language] not in robot.words()
    robot.next()
    robot.wait("done", ms=12000)
    walk.leave()


@WAYS
@pytest.mark.parametrize("code", ["D01", "J04", "F01"])
def test_answers_are_read_in_few_touches_before_they_are_signed(town, robot, code, language, is_elder):
    walk = to_the_review(town, code, language, is_elder)
    touches = 0
    while walk.read_on():
        touches += 1
    assert touches <= 8
    walk.leave()


def test_whoever_reads_again_is_not_led_away_from_it(town, robot):
    walk = to_the_review(town, "D01", "zh", True)
    robot.next()
    robot.tap("reveal")
    assert robot.widget("reveal") and not robot.widget("consent")
    walk.leave()
