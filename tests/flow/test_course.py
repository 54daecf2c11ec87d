"""Practice with scores (services.md SS-43): staff become trainees, do what people who do not exist came for, get a score
for each and a certificate for all; offline, and nobody hears of it."""
import json
import pathlib
import shutil

import matters
import pytest
from syncd_client import Syncd
from test_staff import begin, go, noted, sticks  # noqa: F401
from walker import Walk

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXERCISES = json.loads((ROOT / "assets/practice/exercises.json").read_text())["exercises"]


class Trainee(Walk):
    """Finds the matter by its words, answers as the story says, and says of each paper what is true."""

    def __init__(self, town, exercise, language="zh", papers=None):
        who = exercise["person"]
        person = matters.person_aged(who["age"]) | {"address": who["address"]}
        super().__init__(town, exercise["matter"], language, person=person, has_card=True,
                         wishes={a["field"]: a["value"] for a in exercise.get("answers", [])})
        self.exercise = exercise
        self.held = {p["material"]: p["held"] for p in exercise.get("papers", [])} | (papers or {})

    def arrive(self):
        self.robot.tap(f"task:{self.exercise['id']}")
        self.robot.wait("task", text=self.exercise["story"][self.language])
        self.robot.tap("primary")
        self.robot.wait("home")
        self.look()

    def answer_paper(self, id, options):
        self.papers[id] = self.held.get(id, "here")
        self.tap(next(w for w in options if w["id"].endswith(f":{self.papers[id]}")))

    def to_the_end(self):
        """The number, the notice, or the reason why not."""
        self.to_the_guide()
        if self.exercise["end"] == "receipt":
            self.to_the_number()
        elif self.exercise["end"] == "refused":
            self.robot.tap("primary")
            self.robot.wait("condition")
            self.robot.tap("leaflet")
            self.look()
        else:
            while self.look() != "notice":
                self.step(self.tree["screen"])
        return self

    def to_the_score(self):
        self.robot.tap("exit")
        if self.robot.screen() == "leave":
            self.robot.tap("end")
        self.robot.wait("score")
        return self.robot.widget("points")["label"]


def queue_and_figures(town):
    queue = json.loads(town.kioskctl("--json", "status", "--syncd", town.facts["socket"]).stdout)["queue"]
    return queue, Syncd(town.facts["socket"]).request("figures")["figures"], town.arrived()


def to_the_course(town):
    begin(town, "paper")
    go(town.robot, "practice")
    town.robot.tap("primary")
    town.robot.wait("course")


def test_course_from_the_stick_to_the_certificate_offline_and_nobody_hears_of_it(sticks):  # noqa: F811
    town, robot = sticks, sticks.robot
    to_the_course(town)
    noted(town, "S-2026-0007 practice begin")
    town.sim.link(False)
    before, slips = queue_and_figures(town), len(town.sim.slips())
    for exercise in EXERCISES:
        assert not robot.widget("primary")  # no certificate yet
        trainee = Trainee(town, exercise).to_the_end()
        assert "演示" in robot.widget("band")["label"]
        if trainee.receipt:
            assert trainee.receipt.startswith("DEMO0-")
        assert trainee.to_the_score() == "100 分", robot.words()
        assert exercise["lesson"]["zh"] in robot.words()
        robot.tap("primary")
        robot.wait("course")
    robot.tap("primary")
    robot.wait("course", text="请写上自己的名字", ms=20000)
    assert len(town.sim.slips()) == slips + len(EXERCISES) + 1  # one for each person, and the certificate
    robot.tap("exit")
    robot.wait("attract")
    assert queue_and_figures(town) == before
    town.sim.link(True)
    words = "".join(p.read_text(errors="replace") for p in (town.dir / "log").glob("*.log"))
    assert "练习甲" not in words and "339999" not in words


def test_course_says_what_was_wrong_and_in_english_too(sticks):  # noqa: F811
    """A paper that was left at home is marked as brought: the score names it, and what would have been right."""
    town, robot = sticks, sticks.robot
    begin(town, "inspector")
    robot.tap("language")
    go(robot, "practice")
    robot.tap("primary")
    robot.wait("course")
    exercise = next(e for e in EXERCISES if e["id"] == "photo-at-home")
    trainee = Trainee(town, exercise, "en", papers={"photo": "here"}).to_the_end()
    assert trainee.to_the_score() == "87 points"
    words = robot.words()
    assert "Right is: it follows by a day that is promised" in words and "Passed" in words
    robot.tap("other")  # try it again
    robot.wait("task")
    town.sim.card("lin-xiuying.json")  # a resident comes: practice is over at once
    robot.wait("home")
    assert not robot.widget("band") and "Lian" not in robot.words()
    town.sim.lift()
    robot.tap("exit")
    robot.wait("attract")
