"""Broken files and bytes from outside: the message says what and where, the service goes on or says why not."""
import json
import pathlib
import subprocess

import pytest


ROOT = pathlib.Path(__file__).resolve().parents[2]


def test_broken_catalogue_says_where_and_the_kiosk_is_out_of_service(tmp_path, build):
    catalogue = json.loads((ROOT / "assets/catalogue/catalogue.json").read_text())
    catalogue["services"][2]["pages"][0]["fields"][0]["kind"] = "telepathy"
    file = tmp_path / "broken.json"
    file.write_text(json.dumps(catalogue))
    log = (tmp_path / "log").open("wb")
    robot_socket = tmp_path / "robot"
    kiosk = subprocess.Popen([build / "kiosk", "--headless", "--catalogue", file, "--robot", robot_socket, "--assets",
                              ROOT / "assets", "--locale", build / "locale", "--usbip", "127.0.0.1:1", "--syncd", tmp_path / "none",
                              "--trust", tmp_path], stdout=log, stderr=log)
    try:
        from hands import Robot
        robot = Robot(robot_socket)
        assert robot.screen() == "out-of-service"
        assert "12345" in robot.words()
    finally:
        kiosk.terminate()
        kiosk.wait(10)
    said = (tmp_path / "log").read_text()
    assert "services[2] (E01).pages[0].fields[0].kind: must be one of text, han" in said


@pytest.mark.parametrize("name, words", [("unknown-type.json", "card-trouble"), ("expired.json", "card-trouble")])
def test_cards_that_cannot_be_used_get_a_sentence(town, robot, name, words):
    town.sim.card(name)
    robot.wait(words)
    assert robot.words()
    town.sim.lift()
    robot.wait("attract")


@pytest.mark.parametrize("fault", ["checksum", "truncated", "silence", "stall", "junk-before", "stale"])
def test_a_reader_that_stumbles_once_still_reads_the_card(town, robot, fault):
    town.sim.do("fault", device="reader", name=fault, at=1)
    town.sim.card("lin-xiuying.json")
    robot.wait("home", ms=20000)
    town.sim.lift()
    robot.tap("exit")
    robot.wait("attract")


def test_reader_pulled_and_back(town, robot):
    town.sim.do("unplug", device="reader")
    town.until(lambda: "reader" in robot.do("state")["impaired"], "the kiosk notices")
    town.sim.do("plug", device="reader")
    town.until(lambda: "reader" not in robot.do("state")["impaired"], "the reader is back")
    town.sim.card("lin-xiuying.json")
    robot.wait("home")
    town.sim.lift()
    robot.tap("exit")
    robot.wait("attract")


@pytest.mark.parametrize("faults", [{"status_5xx": 1.0}, {"cut": 1.0}, {"drop_answers": 1.0}, {"garbage": 1.0}])
def test_a_platform_that_misbehaves_delays_and_loses_nothing(town, robot, faults):
    from journeys import arrives, by_receipt, care_subsidy, hand_in, leave
    town.faults(**faults)
    try:
        care_subsidy(town, "lin-xiuying.json")
        receipt = hand_in(town)
        leave(town)
    finally:
        town.faults()
    town.sync_now()
    arrives(town, receipt, limit=60)
    assert len(by_receipt(town, receipt)) == 1
