"""Staff calibrate the glass: crosses, a trial that goes by itself, what is kept for this panel and holds after a start."""
import json
import pathlib

import pytest

from test_staff import begin, go, noted, page, sticks  # noqa: F401

OFF_X, OFF_Y = 70, -60  # the panel feels every finger there


def kept(town):
    return pathlib.Path(town.facts["settings_dir"]) / "touch.json"


def middle(rect):
    x, y, w, h = rect
    return x + w // 2, y + h // 2


def finger(robot, id):
    """A finger on a thing that is seen, as that panel feels it."""
    x, y = middle(robot.widget(id)["rect"])
    robot.tap(x=x + OFF_X, y=y + OFF_Y)


def crosses(town, count=5):
    for i in range(count):
        town.robot.wait("staff", id=f"cross:{i}")
        town.robot.advance(600)
        finger(town.robot, f"cross:{i}")


@pytest.fixture
def technician(sticks):  # noqa: F811
    begin(sticks)
    go(sticks.robot, "devices")
    go(sticks.robot, "calibrate")
    yield sticks
    kept(sticks).unlink(missing_ok=True)
    restart(sticks)


def restart(town):
    """The kiosk starts anew, and what is kept holds once it was told."""
    town.kill("kiosk")
    town.reconnect()


def test_a_calibration_is_tried_confirmed_kept_and_holds_after_a_start(technician):
    town, robot = technician, technician.robot
    crosses(town)
    robot.wait("staff", id="trial")
    finger(robot, "primary")  # by the new calibration it meets its button
    robot.wait("staff", text="触摸屏校准好了")
    rows = json.loads(kept(town).read_text())
    assert [r["panel"] for r in rows] == ["nowhere"] and rows[0]["map"] == pytest.approx([1, 0, -OFF_X, 0, 1, -OFF_Y], abs=1e-6)
    noted(town, "devices touch calibrated")
    restart(town)
    robot = town.robot
    page(robot, "pin", ms=20000)  # the stick is still in
    x, y, w, _ = robot.widget("key:5")["rect"]
    robot.tap(x=x + w + OFF_X - 4, y=y + 4 + OFF_Y)  # beside the key, as the panel has it
    town.until(lambda: robot.widget("pin")["label"] == "●", "the finger met the key")


def test_one_that_nobody_confirms_goes_after_half_a_minute(technician):
    town, robot = technician, technician.robot
    crosses(town)
    robot.wait("staff", id="trial")
    robot.advance(29000)
    assert robot.widget("trial")
    robot.advance(1500)
    robot.wait("staff", text="没有人确认")
    assert not kept(town).exists()
    robot.tap("primary")  # fingers are where they were before
    robot.wait("staff", id="cross:0")
    noted(town, "devices touch fell back")


def test_a_missed_cross_is_said_and_begins_it_anew(technician):
    town, robot = technician, technician.robot
    crosses(town, 3)
    robot.advance(600)
    robot.tap(x=540, y=1400)
    robot.wait("staff", text="有一下没有点在十字上")
    assert robot.widget("cross:0")
    for _ in range(4):
        robot.advance(600)
        robot.tap(x=500, y=900)
    robot.wait("staff", text="点的不是四个角")
    assert not kept(town).exists()


def ring(robot):
    return [w["id"] for w in robot.widgets() if w["state"]["ringed"]]


def press(town, key):
    town.robot.advance(600)  # nobody strikes a key twice within half a second on purpose
    town.sim.do("keypad", act="press", key=key, ms=30)
    town.until(lambda: not town.sim.do("state")["keys_down"], "the key comes up again")


def test_whoever_has_a_keypad_confirms_by_it(technician):
    town, robot = technician, technician.robot
    town.until(lambda: "keypad:" in (town.dir / "log/kiosk.log").read_text(errors="replace").rsplit("started", 1)[-1], "it has its keypad")
    crosses(town)
    robot.wait("staff", id="trial")
    for _ in range(12):
        if robot.widget("primary")["state"]["ringed"]:
            break
        before = ring(robot)
        press(town, "down")
        town.until(lambda: ring(robot) != before, "the ring goes on")
    press(town, "select")
    robot.wait("staff", text="触摸屏校准好了", ms=10000)
    assert kept(town).exists()


def test_pulling_the_stick_takes_a_trial_with_it(technician):
    town, robot = technician, technician.robot
    crosses(town)
    robot.wait("staff", id="trial")
    at = next(pathlib.Path(town.facts["sticks_dir"]).iterdir())
    town.pull_stick(at)
    robot.wait("attract")
    assert not kept(town).exists()
    robot.tap("language")  # met where it is seen
