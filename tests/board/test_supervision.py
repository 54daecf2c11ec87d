"""Programs that hang or die on the board, the manager itself among them: the board helps itself, and says what is the matter meanwhile."""
import os
import subprocess
import time

import pytest

from machine import Fail
from test_board import until
from visit import difference

WATCHDOG_S = 120  # of the bench's image: an emulated kiosk may stand still for longer than the 20 s of a real one
NOTICE_S = 300  # board/common/units/onetrip-out-of-service.service
ALIKE = 0.0005  # another reason is a line of some thousand pixels


def test_a_kiosk_that_hangs_in_a_visit_is_killed_and_the_next_finds_nothing_of_it(visit, orders):
    visit.same("hang-before", 300)
    visit.card("lin-xiuying.json")
    visit.mirror.robot.wait("home")
    visit.same("hang-home", 60)
    visit.machine.forget_text()
    started = time.monotonic()
    orders.give("stop kiosk")
    visit.leave()
    visit.machine.wait_text(r"kiosk\.service: Watchdog timeout", WATCHDOG_S + 60)
    print(f"  killed {time.monotonic() - started:.0f} s after it stood still")
    visit.same("hang-attract", 180)
    visit.card("lin-xiuying.json")
    visit.mirror.robot.wait("home")
    visit.same("hang-home-again", 60)
    visit.leave()
    visit.same("hang-attract-again", 60)


def kill_until_it_is_given_up(machine, orders):
    """Returns how often it died."""
    machine.forget_text()
    for deaths in range(1, 8):
        orders.give("crash kiosk")
        said = machine.wait_text(r"Started kiosk\.service|kiosk\.service: Start request repeated too quickly", 120)
        if "repeated" in said.group(0):
            return deaths
    raise Fail("it is tried again and again")


@pytest.fixture(scope="module")
def notice(place):
    path = place / "notice.png"
    subprocess.run([os.environ["ONETRIP_BUILD"] + "/start-picture", "--out-of-service", "signal", path], check=True)
    return path


def test_one_that_dies_again_and_again_gives_way_to_a_notice_and_is_tried_again(visit, orders, notice, place):
    deaths = kill_until_it_is_given_up(visit.machine, orders)
    shot = place / "notice-board.png"
    until(lambda: difference(notice, visit.machine.shot(shot)) < ALIKE, "the notice with its reason", 60)
    print(f"  the notice after {deaths} deaths")
    assert 3 <= deaths <= 6
    started = time.monotonic()
    visit.same("notice-over", NOTICE_S + 120)
    assert time.monotonic() - started > NOTICE_S / 2


def test_a_manager_that_hangs_is_the_watchdogs(visit, orders):
    visit.machine.forget_text()
    started = time.monotonic()
    orders.give("freeze")
    visit.machine.wait_text(r"OneTrip: slot ., tries left", 120)
    print(f"  started anew {time.monotonic() - started:.0f} s after systemd stood still")
    visit.same("watchdog-attract", 600)
