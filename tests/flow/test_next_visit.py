"""A slip that hangs in the printer when its owner leaves never comes out before the next person."""
import pytest

from journeys import care_subsidy, hand_in, leave


def hand_in_with(town, trouble):
    """Handed in; the slip has begun and does not come out."""
    care_subsidy(town, "lin-xiuying.json")
    town.sim.do("fault", device="printer", name=trouble, at=100)
    receipt = hand_in(town)
    assert town.robot.do("state")["paper"] == "printing"
    return receipt


def rows_of(town):
    """Dots that were printed: cut slips, and what hangs out."""
    state = town.sim.do("state")
    return sum(s["rows"] for s in town.sim.slips()) + state["uncut_rows"]


def mend_and_look(town, robot):
    """Well again, and nothing of the slip comes out any more: at most the rest of one strip, white."""
    before = rows_of(town)
    town.sim.do("fault", device="printer", name="none")
    town.until(lambda: robot.do("state")["impaired"] == [], "the printer is well again")
    town.sim.do("advance", ms=30000)
    robot.do("state")
    assert rows_of(town) <= before + 64


@pytest.mark.parametrize("trouble", ["heat-after", "nak-after"])
def test_slip_that_hangs_is_dropped_before_the_next_visit_begins(town, robot, trouble):
    hand_in_with(town, trouble)
    leave(town)
    town.sim.card("wang-yan.json")
    robot.wait("home", ms=20000)
    mend_and_look(town, robot)
    leave(town)


def test_next_card_while_the_last_slip_hangs_ends_that_visit_at_once(town, robot):
    receipt = hand_in_with(town, "heat-after")
    town.sim.lift()
    town.sim.card("wang-yan.json")
    robot.wait("reading")
    assert receipt not in robot.words()
    robot.wait("home", ms=20000)
    mend_and_look(town, robot)
    leave(town)


def test_next_finger_waits_for_the_last_slip(town, robot):
    hand_in_with(town, "heat-after")
    leave(town)
    robot.tap("begin")
    assert robot.screen() == "attract"
    robot.wait("home", ms=20000)
    mend_and_look(town, robot)
    robot.tap("exit")


def test_next_card_lifted_while_it_waits_is_nobody(town, robot):
    hand_in_with(town, "heat-after")
    leave(town)
    reads = town.sim.do("state")["reader_reads"]
    town.sim.card("wang-yan.json")
    town.until(lambda: town.sim.do("state")["reader_reads"] > reads, "the card is read")
    robot.wait("reading")
    town.sim.lift()
    robot.wait("attract")
    town.sim.card("wang-yan.json")  # again: only now a visit, and only once the slip has an end
    robot.wait("home", ms=20000)
    mend_and_look(town, robot)
    leave(town)


def test_slip_of_a_visit_that_ends_early_still_comes_out(town, robot):
    before = len(town.sim.slips())
    care_subsidy(town, "lin-xiuying.json")
    hand_in(town)
    leave(town)
    town.until(lambda: len(town.sim.slips()) == before + 1, "the slip comes out")
