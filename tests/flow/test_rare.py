"""A name that no keyboard writes: its radical and strokes lead to it, however few places the sheet has."""
import pytest


def to_words(robot, is_elder):
    """The field of a matter in one's own words, open."""
    if is_elder:
        robot.tap("elder")
    robot.tap("begin")
    robot.wait("home")
    if is_elder:
        robot.tap("more")
    robot.tap("theme:hotline")
    robot.wait("theme")
    robot.tap("service:L03")
    robot.wait("guide")
    robot.next()
    robot.wait("form")
    robot.choose("kind", "praise")
    if is_elder:
        robot.next()
    if not robot.field("words")["state"]["focused"]:
        robot.tap("field:words")
    robot.tap("way:rare")


def shown(robot, what):
    return {i.split(":", 1)[1] for i in robot.ids() if i.startswith(what)}


def pages(robot, what, most=60):
    """Everything that "more" leads to."""
    found = shown(robot, what)
    for _ in range(most):
        if not robot.widget("rare.more"):
            return found
        robot.tap("rare.more")
        found |= shown(robot, what)
    raise AssertionError("it never ends")


@pytest.mark.parametrize("is_elder", [False, True])
def test_every_radical_is_reached_and_leads_to_a_rare_character(town, robot, is_elder):
    to_words(robot, is_elder)
    found = set()
    for strokes in range(1, 10):
        robot.tap(f"strokes:{strokes}")
        found |= pages(robot, "radical:")
    assert len(found) > 214 and {"氵", "钅", "女", "王", "龠"} <= found
    robot.tap("strokes:3")
    while not robot.widget("radical:氵"):
        robot.tap("rare.more")
    robot.tap("radical:氵")
    robot.tap("strokes:9")
    while not robot.widget("key:漈"):
        robot.tap("rare.more")
    robot.tap("key:漈")
    assert robot.field("words")["value"].endswith("漈")
    robot.tap("exit")
    if robot.screen() == "leave":
        robot.tap("end")
    robot.wait("attract")
