"""One card (SS-01): the county is asked while the resident stands here; they have the last word; nobody waits long."""
import json
import os
import pathlib
import signal
import time

import pytest

from hands import ROOT
from journeys import arrives, begin_with_card, hand_in, leave, open_service

PERSON = "ceshi-jia.json"  # of whom the registers hold something (tests/data/certificates.json)
STRANGER = "lin-xiuying.json"
HELD = {c["paper"]: c for p in json.loads((ROOT / "tests/data/certificates.json").read_text())["persons"] for c in p["certificates"]}


def ask(town, person=PERSON):
    begin_with_card(town, person)
    open_service(town.robot, "disability", "D01")
    town.robot.next()


def say(robot, **words):
    for paper, word in words.items():
        robot.tap(f"proof:{paper.replace('_', '-')}:{word}")


def fill_rest(robot, kind=None, grade=None):
    """From the first page of the form to what comes after it."""
    robot.wait("form")
    if kind:
        robot.choose("kind", kind)
    if grade:
        robot.choose("grade", grade)
    robot.next()
    robot.choose("care", "family")
    robot.next()
    robot.fill("phone", "13800000000")
    robot.next()


def papers(item):
    return {m["id"]: m for m in item["item"]["materials"]}


def reads(robot, text):
    """Somewhere on this page, however far down."""
    while text not in robot.words():
        down = robot.widget("down")
        if not down or not down["state"]["enabled"]:
            return False
        robot.tap("down")
    return True


def test_confirmed_it_is_filled_in_and_need_not_be_handed_in(town, robot):
    ask(town)
    robot.wait("fetched")
    words = robot.words()
    assert "测试市残疾人联合会" in words and "肢体" in words and "2024年3月12日" in words
    assert "测试丁" not in words and "*试丁" in words  # whoever stands behind reads no name
    assert HELD["disability-certificate"]["id"] not in words and HELD["citizen-card-account"]["values"][1]["value"] not in words
    say(robot, disability_certificate="right", household="right", citizen_card_account="right")
    robot.next()
    robot.wait("form")
    assert {w["id"] for w in robot.widgets() if w["role"] == "choice" and w["state"]["selected"]} >= {"choice:kind:limb", "choice:grade:2"}
    fill_rest(robot)
    robot.wait("review")
    assert reads(robot, "免提交")
    receipt = hand_in(town)
    item = arrives(town, receipt)
    got = papers(item)
    assert got["disability-certificate"]["state"] == "confirmed"
    assert got["disability-certificate"]["certificate"] == {"id": HELD["disability-certificate"]["id"], "version": "2"}
    assert got["aid-status"]["state"] == "to-fetch"  # the registers hold none
    assert item["item"]["form"]["grade"] == "2"
    leave(town)


def test_disputed_the_paper_in_the_hand_prevails(town, robot):
    ask(town)
    robot.wait("fetched")
    say(robot, disability_certificate="wrong", household="right", citizen_card_account="right")
    say(robot, disability_certificate="value")
    robot.next()
    robot.wait("form")
    assert not any(w["state"]["selected"] for w in robot.widgets() if w["id"].startswith(("choice:kind:", "choice:grade:")))
    fill_rest(robot, "limb", "1")
    robot.wait("papers")
    robot.tap("paper:disability-certificate:here")
    robot.next()
    robot.wait("review")
    item = arrives(town, hand_in(town))
    paper = papers(item)["disability-certificate"]
    assert (paper["state"], paper["disputed"]["reason"]) == ("here", "wrong-value") and "certificate" not in paper
    assert item["item"]["form"]["grade"] == "1"
    leave(town)


def test_of_whom_nothing_is_held_the_form_comes_at_once(town, robot):
    ask(town, STRANGER)
    robot.wait("form", ms=3000)
    fill_rest(robot, "limb", "1")
    robot.wait("review")
    receipt = hand_in(town)
    assert {m["state"] for m in papers(arrives(town, receipt)).values()} == {"to-fetch"}
    leave(town)


def test_offline_nobody_waits_and_the_county_fetches_later(town, robot):
    town.sim.link(False)
    town.until(lambda: "network" in robot.do("state")["impaired"], "the kiosk knows that it is offline", 60)
    ask(town)
    robot.wait("form", ms=2000)
    fill_rest(robot, "limb", "1")
    robot.wait("review")
    assert reads(robot, "待调取")
    receipt = hand_in(town)
    town.sim.link(True)
    town.sync_now()
    assert papers(arrives(town, receipt))["household"]["state"] == "to-fetch"
    leave(town)


def test_a_slow_county_is_not_waited_for_and_its_late_answer_finds_nobody(town, robot):
    town.faults(delay_ms=4000)
    try:
        ask(town)
        robot.wait("fetching")
        robot.tap("primary")  # go on without waiting
        robot.wait("form", ms=2000)
        robot.tap("exit")
        robot.wait("attract")
        ask(town, STRANGER)  # while the county still works on the first question
        robot.wait("fetching")
        robot.wait("form", ms=9000)
        assert "测试市残疾人联合会" not in robot.words()
        robot.tap("exit")
    finally:
        town.faults()
    robot.wait("attract")


def test_a_county_that_never_answers_costs_seconds(town, robot):
    town.faults(delay_ms=12000)
    try:
        ask(town)
        begun = time.monotonic()
        robot.wait("fetching")
        robot.wait("form", ms=12000)
        assert time.monotonic() - begun < 10
    finally:
        town.faults()


def test_without_the_opener_the_form_comes_at_once(town, robot):
    """The server alone can answer nothing."""
    pid = town.pid("county-open")
    os.kill(pid, signal.SIGSTOP)
    try:
        ask(town)
        robot.wait("form", ms=9000)
    finally:
        os.kill(pid, signal.SIGCONT)


def test_what_was_asked_and_answered_is_nowhere_on_the_kiosks_disk_or_in_a_log(town, robot):
    ask(town)
    robot.wait("fetched")
    robot.tap("exit")
    robot.wait("attract")
    secrets = [HELD["disability-certificate"]["id"], HELD["household"]["id"], "测试市残疾人联合会", "339999199001010013"]
    files = [f for folder in ("data_dir", "log_dir", "county_dir") for f in files_below(town.facts[folder])]
    assert len(files) > 5
    for f in files:
        data = f.read_bytes()
        for secret in secrets:
            assert secret.encode() not in data, f"{f.name} holds {secret}"


def files_below(folder):
    return [f for f in pathlib.Path(folder).rglob("*") if f.is_file()]


@pytest.mark.parametrize("taps", [1, 5])
def test_taps_again_and_again_ask_once_and_end_where_they_should(town, robot, taps):
    ask(town)
    for _ in range(taps):
        robot.raw(do="tap", id="primary")
    town.until(lambda: robot.screen() in ("fetched", "form"), "the county's answer, or the form")
    robot.tap("exit")
    robot.raw(do="tap", id="leave")
    town.sim.lift()
