"""What a card alone finds: the matters that were handed in with it here, and nobody else's (SS-52, SS-53)."""
import json
import pathlib

from hands import Town
from journeys import arrives, begin_with_card, care_subsidy, hand_in, leave
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
