"""What a card alone finds: the matters that were handed in with it here, and nobody else's (SS-52, SS-53)."""
import json
import pathlib

import pytest

from county import County, Kiosk, receipt, uuid7
from hands import Town
from journeys import arrives, begin_with_card, care_subsidy, hand_in, leave
from matter_walk import ask
from test_privacy import findings, secrets_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
PERSON, OTHER = "lin-xiuying.json", "huang-zhiming.json"


def rows(robot):
    return [w for w in robot.widgets() if w["id"].startswith("matter:")]


def to_list(town, who):
    robot = town.robot
    begin_with_card(town, who)
    robot.tap("progress")
    robot.wait("progress")
    return robot


def test_the_card_finds_its_matters_online_and_offline_and_nobody_elses(town, robot):
    care_subsidy(town, PERSON)
    receipt = hand_in(town)
    leave(town)
    item = arrives(town, receipt)
    to_list(town, PERSON)
    row = town.until(lambda: rows(robot), "its list")[0]
    assert receipt in row["detail"] and "护理补贴" in row["label"]
    robot.tap(row["id"])
    town.until(lambda: robot.do("state")["case"] != "asking", "an answer")
    assert receipt in robot.words()
    robot.tap("back")
    town.until(lambda: rows(robot), "the list again")
    robot.next()  # or any other number
    assert robot.widget("field:receipt")
    leave(town)
    to_list(town, OTHER)
    assert robot.widget("field:receipt") and not rows(robot)
    leave(town)
    town.sim.link(False)
    to_list(town, PERSON)
    town.until(lambda: rows(robot), "kept here, with its age")
    assert "截至" in robot.words()
    leave(town)
    town.sim.link(True)
    assert "chip" not in json.dumps(item["item"]["resident"])


@pytest.fixture(scope="module")
def kiosk(town, tmp_path_factory):
    """Another kiosk of the same county."""
    county = County.__new__(County)
    county.keys, county.port = pathlib.Path(town.facts["keys_dir"]), int(town.facts["platform_url"].rsplit(":", 1)[1].strip("/"))
    return Kiosk(county, tmp_path_factory.mktemp("other"), code=town.desk("codes", {"kiosk": "K0044"})["code"], kiosk_id="K0044")


def handed_in_elsewhere(town, kiosk, who, service="E01", **more):
    person = json.loads((ROOT / "tests/data/persons" / who).read_text())
    resident = {k: person[k] for k in ("name", "number") if k in person}
    assert kiosk.verdicts(kiosk.application(n=7001 + kiosk.seq, service=service, resident=resident, **more)) == ["accepted"]
    return receipt(kiosk.id, kiosk.seq), uuid7(7000 + kiosk.seq)


def elsewhere(robot):
    return [w for w in robot.widgets() if w["id"].startswith("elsewhere:")]


def test_the_card_finds_what_was_handed_in_at_another_kiosk(town, robot, kiosk):
    number, id = handed_in_elsewhere(town, kiosk, PERSON)
    secret, _ = handed_in_elsewhere(town, kiosk, PERSON, "L03", claim="ab" * 32)
    other, _ = handed_in_elsewhere(town, kiosk, OTHER)
    for event, more in (("accept", {}), ("grant", {}), ("set_out", {"delivery": {"kind": "pickup", "counter": "3号窗口"}})):
        town.desk("step", {"id": id, "event": event, **more})
    town.until(lambda: "network" not in robot.do("state")["impaired"], "the network", 60)
    to_list(town, PERSON)
    rows = town.until(lambda: elsewhere(robot), "what the county has besides")
    listed = " ".join(r["detail"] for r in rows)
    assert number in listed and secret not in listed and other not in listed, "said in confidence, or somebody else's"
    assert "您在别处办的事" in robot.words()
    robot.tap(next(r["id"] for r in rows if number in r["detail"]))
    words = robot.words()
    assert number in words and "3号窗口" in words, "where it waits, and its code"
    robot.tap("back")
    town.until(lambda: elsewhere(robot), "the list again")
    leave(town)
    # Without a network only this kiosk is known, and the page says so.
    town.sim.link(False)
    town.until(lambda: "network" in robot.do("state")["impaired"], "the kiosk knows that it is offline", 60)
    to_list(town, PERSON)
    assert not elsewhere(robot)
    town.until(lambda: "只知道在这台机器上办的事" in robot.words(), "a word on what is not shown")
    leave(town)
    town.sim.link(True)
    person = json.loads((ROOT / "tests/data/persons" / PERSON).read_text())
    assert findings(secrets_of(person, [number]), town.facts["data_dir"], town.facts["log_dir"]) == [], "nothing of it is kept"


def test_a_number_from_another_kiosk_is_answered_to_its_card_alone(town, robot, kiosk):
    number, _ = handed_in_elsewhere(town, kiosk, PERSON)
    handed_in_elsewhere(town, kiosk, OTHER)
    town.until(lambda: "network" not in robot.do("state")["impaired"], "the network", 60)
    for who, is_theirs in ((PERSON, True), (OTHER, False)):
        to_list(town, who)
        town.until(lambda: elsewhere(robot), "the county's answer")
        robot.next()
        ask(robot, number)
        town.until(lambda: robot.do("state")["case"] in ("county", "not-found"), "an answer")
        assert ("没有查到" not in robot.words()) == is_theirs
        leave(town)


def test_neither_disk_nor_county_has_names_and_matters(tmp_path):
    person = json.loads((ROOT / "tests/data/persons" / PERSON).read_text())
    with Town(tmp_path) as town:
        care_subsidy(town, PERSON)
        receipt = hand_in(town)
        leave(town)
        arrives(town, receipt)
        to_list(town, PERSON)
        town.until(lambda: rows(town.robot), "its list")
        leave(town)
        assert findings(secrets_of(person, []), town.facts["data_dir"], town.facts["log_dir"], town.facts["county_dir"]) == []
