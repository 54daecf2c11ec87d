"""Matters that the county decides as they come in (SS-16): the answer is on the page and on the slip, or they are under progress."""
import os
import signal

from journeys import arrives, hand_in, leave
from walker import Walk, desk_item

PERSON = "chen-xun.json"


def to_review(town, code="J06"):
    """A walk that has answered everything and signed."""
    walk = Walk(town, code, person=PERSON)
    walk.arrive()
    walk.find()
    for _ in range(30):
        screen = walk.look()
        if screen == "review":
            return walk
        walk.step(screen)
    raise AssertionError("never comes to the review")


def state_at_county(town, receipt):
    item = arrives(town, receipt)
    return desk_item(town, item["id"])


def test_granted_while_the_resident_is_here(town, robot):
    slips = len(town.sim.slips())
    to_review(town)
    receipt = hand_in(town)
    number = f"ZM-{receipt}"
    town.until(lambda: number in robot.words(), "the county's answer stands on the page")
    assert "不用再来" in robot.words()
    town.until(lambda: len(town.sim.slips()) == slips + 1, "one slip comes out")
    case = state_at_county(town, receipt)
    assert case["state"] == "granted"
    assert [s["what"] for s in case["case"]["timeline"]["steps"]] == ["received", "accept", "grant"]
    leave(town)


def test_offline_it_is_under_progress_and_granted_later(town, robot):
    town.sim.link(False)
    town.until(lambda: "network" in robot.do("state")["impaired"], "the kiosk knows that it is offline", 60)
    slips = len(town.sim.slips())
    to_review(town)
    receipt = hand_in(town)
    assert "还没有出结果" in robot.words()
    town.until(lambda: len(town.sim.slips()) == slips + 1, "the slip waits for nobody")
    town.sim.link(True)
    town.sync_now()
    town.until(lambda: state_at_county(town, receipt)["state"] == "granted", "it is granted once it has come in")
    leave(town)


def test_without_the_opener_a_clerk_decides(town, robot):
    """The server alone cannot know which matter it is."""
    os.kill(town.pid("county-open"), signal.SIGSTOP)
    try:
        to_review(town)
        hand_in(town)
        town.until(lambda: "还没有出结果" in robot.words(), "the slip waits no longer", 12)
    finally:
        os.kill(town.pid("county-open"), signal.SIGCONT)
    leave(town)
