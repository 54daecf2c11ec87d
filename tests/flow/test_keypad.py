"""Keypad and scanner on a running kiosk: found, lost, found again, and never a way in for anybody else."""
import pytest

from journeys import care_subsidy


def log(town):
    return "".join(f.read_text(errors="replace") for f in town.dir.glob("log/kiosk.log"))


@pytest.fixture(autouse=True)
def listens(town):
    try:
        town.until(lambda: "keypad:" in log(town), "a keypad is found", 3)
    except AssertionError:
        pytest.skip("this kiosk does not listen to a keypad")
    yield
    for device in ("keypad", "scanner"):
        town.sim.do("fault", device=device, name="none")
        town.sim.do("plug", device=device)


def reports(town, device):
    return town.sim.do("state")[f"{device}_reports"]


def hears(town, device, act):
    before = reports(town, device)
    town.until(lambda: act() and reports(town, device) > before, f"the kiosk hears the {device}", 20)


def press(town, key="help"):
    if not town.sim.do("state")["keys_down"]:
        town.sim.do("keypad", act="press", key=key, ms=5)
    return True


def scan(town, text):
    if town.sim.do("state")["scanner_idle"]:
        town.sim.do("scan", text=text)
    return True


def test_keypad_and_scanner_are_heard(town, robot):
    hears(town, "keypad", lambda: press(town))
    hears(town, "scanner", lambda: scan(town, "123456"))


@pytest.mark.parametrize("device, act", [("keypad", press), ("scanner", lambda town: scan(town, "123456"))])
def test_pulled_out_and_pushed_in_again_it_is_heard_again(town, robot, device, act):
    for _ in range(3):
        town.sim.do("unplug", device=device)
        town.sim.do("plug", device=device)
    hears(town, device, lambda: act(town))


@pytest.mark.parametrize("fault", ["stall-once", "silence", "babble", "short", "rollover", "bounce"])
def test_keypad_that_is_broken_leaves_the_kiosk_well(town, robot, fault):
    town.sim.do("fault", device="keypad", name=fault)
    for key in ("up", "down", "select", "back"):
        press(town, key)
    assert robot.do("state")["ok"]
    town.sim.do("fault", device="keypad", name="none")
    town.sim.do("unplug", device="keypad")
    town.sim.do("plug", device="keypad")
    hears(town, "keypad", lambda: press(town))


def test_stuck_key_is_noticed_once(town, robot):
    hears(town, "keypad", lambda: press(town))
    before = log(town).count("a key is stuck")
    town.sim.do("keypad", act="hold", key="down")
    town.until(lambda: "down" in town.sim.do("state")["keys_down"], "the key is down")
    town.until(lambda: robot.advance(10000) and log(town).count("a key is stuck") > before, "it is noticed")
    for _ in range(6):
        robot.advance(60000)
    assert log(town).count("a key is stuck") == before + 1
    town.sim.do("keypad", act="let-go", key="down")


def test_scanned_text_is_in_no_log_and_no_file(town, robot):
    secret = "https://somebody.example/?id=339999194603150045&name=LIN"
    hears(town, "scanner", lambda: scan(town, secret))
    hears(town, "scanner", lambda: scan(town, "again"))
    for file in town.dir.rglob("*"):
        if file.is_file() and file.stat().st_size < 10_000_000:
            assert b"somebody.example" not in file.read_bytes(), file


def test_strangers_keyboard_types_into_no_form(town, robot):
    care_subsidy(town, "lin-xiuying.json")
    before = robot.words()
    town.sim.do("plug", device="keyboard")
    town.sim.do("type", text="1234567890\n")
    town.sim.do("unplug", device="keypad")  # makes the kiosk look at every device of the bus
    town.sim.do("plug", device="keypad")
    hears(town, "keypad", lambda: press(town, "repeat"))
    assert reports(town, "keyboard") == 0
    assert robot.screen() == "review" and robot.words() == before
    town.sim.do("unplug", device="keyboard")


def test_bench_can_be_photographed(town, robot, tmp_path):
    town.sim.do("picture", file=str(tmp_path / "bench.png"))
    head = (tmp_path / "bench.png").read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n" and (int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")) == (1880, 1240)
