"""The image boots into the kiosk, and a resident is served on it. In this order: each test begins where the one before ended."""
import subprocess
import time
import zlib

import pytest

IDLE_S = 300  # once the period of the heartbeat, which is what is written for
WRITTEN_BACK_S = 45  # what is written without haste lies on the medium by then (Linux: dirty_expire_centisecs)
STATE_AT = 32 << 20  # the state partition: board/image/disk.py


def until(test, what, limit=60):
    end = time.monotonic() + limit
    while not (result := test()):
        assert time.monotonic() < end, f"never happened: {what}"
        time.sleep(0.2)
    return result


@pytest.fixture(scope="module")
def told():
    """What one test found and a later one needs."""
    return {}


def test_the_glass_says_at_once_that_the_board_starts(start):
    """The very picture that was drawn when the image was made, and then the kiosk's, with no black in between."""
    print(f"  splash {start.shown_s:.1f} s after power on, the next picture after {start.next_s:.1f} s")
    assert start.shown_s < start.next_s and start.next_black < 0.5


def test_what_shows_it_may_nothing_else(start, machine):
    """As long as it waits; and it does not outlive its picture."""
    rights = machine.wait_text(r"BENCH splash (.*)\n", 120).group(1).split()
    assert rights == ["Uid=65534", "CapPrm=0000000000000000", "NoNewPrivs=1", "Seccomp=2"]
    assert "splash" not in facts(machine)


def test_the_image_boots_into_the_kiosk(visit, machine):
    """Enrolled by its own page, without a restart (the fixture `joined`)."""
    visit.same("attract", 240)


def test_a_card_opens_the_home_screen(visit):
    visit.card("lin-xiuying.json")
    visit.mirror.robot.wait("home")
    visit.same("home", 60)


def test_an_application_is_filled_in_by_touch(visit):
    robot = visit.mirror.robot
    for id, screen in (("theme:disability", "theme"), ("service:D01", "guide"), ("primary", "form")):
        visit.tap(id)
        robot.wait(screen)
        visit.same(screen)
    for step in (("choice:kind:limb", "choice:grade:1", "primary"), ("choice:care:family", "primary")):
        for id in step:
            visit.tap(id)
        visit.same(f"form-{step[0].split(':')[1]}")
    visit.tap("field:phone")
    visit.type("13800000000")
    visit.same("form-phone")
    visit.tap("primary")
    robot.wait("review")
    visit.same("review")


def test_it_is_signed_handed_in_and_printed(visit, sim, told):
    robot = visit.mirror.robot
    if robot.widget("consent"):
        visit.tap("consent")
    visit.sign()
    visit.same("signed")
    started = time.monotonic()
    told["before"] = facts(visit.machine)
    visit.tap("primary")
    robot.wait("done", ms=12000)
    slip = until(lambda: sim.slips(), "a slip comes out", 90)[0]
    print(f"  slip {time.monotonic() - started:.1f} s after the last touch")
    visit.same("done", like=0.06)
    assert not slip["has_error"] and sim.do("state")["violations"] == 0
    told["code"] = subprocess.run(["zbarimg", "-q", "--raw", slip["png"]], capture_output=True, text=True).stdout.strip()
    assert told["code"].startswith("https://county.example/case/K0077-")


def test_the_county_can_open_what_was_handed_in(county, told):
    receipt = told["code"].rsplit("/", 1)[1]
    mine = until(lambda: [i for i in county.open()[0] if i["item"]["manifest"]["receipt"] == receipt], "the item reaches the county")
    assert mine[0]["item"]["manifest"]["kiosk_id"] == "K0077"


def facts(machine):
    """What the bench says next of memory and flash (tests/board/bench/facts.h); what it said before is of another time."""
    machine.forget_text()
    return dict(w.split("=") for w in machine.wait_text(r"BENCH facts (.*)\n", 120).group(1).split())


def go_home(visit, sim, name):
    """The card is taken and the visit ended, unless the kiosk has ended it by itself meanwhile."""
    for s in (sim, visit.mirror.sim):
        s.do("lift-card")
    if visit.mirror.robot.widget("exit"):
        visit.tap("exit")
    visit.mirror.robot.wait("attract")
    visit.same(name)


@pytest.mark.full
def test_what_it_holds_in_memory_and_writes_to_its_medium(visit, machine, sim, told):
    """For one application with its slip and the county's answer, and for a day on which nobody comes."""
    held = facts(machine)
    go_home(visit, sim, "attract-again")
    quiet = time.monotonic() + WRITTEN_BACK_S
    while time.monotonic() < quiet:
        after = facts(machine)
    written = int(after["written"]) - int(told["before"]["written"])
    begin, started = after, time.monotonic()
    while time.monotonic() - started < IDLE_S:
        idle = facts(machine)
    a_day = (int(idle["written"]) - int(begin["written"])) * 86400 / (time.monotonic() - started)
    print(f"  written for one application {written / 1024:.0f} KiB, for an idle day {a_day / 1024 / 1024:.1f} MiB")
    print(f"  in memory after it: {', '.join(f'{k} {int(v) / 1024:.1f} MiB' for k, v in held.items() if k not in ('written', 'address'))}")
    assert 0 < written < 4 << 20 and a_day < 128 << 20
    assert int(held["kiosk"]) < 256 << 10 and int(held["kiosk-syncd"]) < 64 << 10


@pytest.mark.full
def test_a_reader_that_is_pulled_out_is_missed_and_found_again(visit, sim):
    for s in (sim, visit.mirror.sim):
        s.do("unplug", device="reader")
    until(lambda: "reader" in visit.mirror.robot.do("state")["impaired"], "the mirror misses its reader")
    visit.same("reader-out", 40)
    for s in (sim, visit.mirror.sim):
        s.do("plug", device="reader")
    until(lambda: "reader" not in visit.mirror.robot.do("state")["impaired"], "the mirror finds its reader")
    visit.same("reader-back", 40)
    visit.card("lin-xiuying.json")
    visit.mirror.robot.wait("home")
    visit.same("home-again")


def tries_of_a(machine):
    """As the newer copy on the disk has it (board/common/boot_state.h)."""
    with open(machine.disk, "rb") as f:
        f.seek(STATE_AT)
        copies = [f.read(512), f.read(512)]
    whole = [dict(w.split(b"=") for w in c[4:].rstrip(b"\0").split(b"\0")) for c in copies
             if zlib.crc32(c[4:]) == int.from_bytes(c[:4], "little")]
    newer = whole[-1] if len(whole) == 1 or int(whole[1][b"boot_turn"]) == (int(whole[0][b"boot_turn"]) + 1) % 3 else whole[0]
    return int(newer[b"boot_a"])


@pytest.mark.full
def test_the_slot_is_good_after_its_trial(visit, sim, machine):
    """Then a start finds all its tries again, and is timed: to the attract screen, and to a card that opens the home screen."""
    until(lambda: tries_of_a(machine) == 3, "the slot is good", 240)
    go_home(visit, sim, "attract-good")
    started = time.monotonic()
    machine.qmp("system_reset")
    machine.wait_text(r"OneTrip: slot A, tries left A 2 B 3", 60)
    visit.same("cold-attract", 600)
    print(f"  attract screen {time.monotonic() - started:.1f} s after a cold start")
    visit.card("lin-xiuying.json")
    visit.mirror.robot.wait("home")
    visit.same("cold-home", 120)
    print(f"  a card opens the home screen {time.monotonic() - started:.1f} s after a cold start")


@pytest.mark.full
def test_a_slot_that_never_becomes_good_gives_way_to_the_other(machine):
    """Started again and again before its trial is over."""
    until(lambda: tries_of_a(machine) == 3, "the slot is good again", 240)
    for slot, a, b in (("A", 2, 3), ("A", 1, 3), ("A", 0, 3), ("B", 0, 2)):
        machine.qmp("system_reset")
        machine.wait_text(rf"OneTrip: slot {slot}, tries left A {a} B {b}", 60)
    machine.wait_text(r"BENCH begins", 300)
