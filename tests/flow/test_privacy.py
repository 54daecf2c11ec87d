"""No person data outside the session: not on disk, not in logs, not after a killed kiosk."""
import json
import pathlib

from hands import Town
from journeys import care_subsidy, hand_in, leave

ROOT = pathlib.Path(__file__).resolve().parents[2]
JOURNEYS = 50


def secrets_of(person, phones):
    """What must not be found, in every coding it could be written in."""
    texts = [person["name"], person["number"], person["address"], *phones]
    return {(t, c): t.encode(c) for t in texts for c in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")}


def files_under(*folders):
    for folder in folders:
        yield from (f for f in pathlib.Path(folder).rglob("*") if f.is_file())


def findings(needles, *folders):
    found = []
    for f in files_under(*folders):
        data = f.read_bytes()
        found += [(str(f), text, coding) for (text, coding), bytes_ in needles.items() if bytes_ in data]
    return found


def where_data_could_be(town):
    """The kiosk's data, every log, the keys; not the county, whose own process opens nothing either, and not the
    simulator's slips, which are paper."""
    return town.facts["data_dir"], town.facts["log_dir"], town.facts["county_dir"]


def test_fifty_journeys_leave_nothing_on_disk(tmp_path):
    person = json.loads((ROOT / "tests/data/persons/lin-xiuying.json").read_text())
    phones = [f"138{i:08d}" for i in range(71000000, 71000000 + JOURNEYS)]
    with Town(tmp_path) as town:
        for i, phone in enumerate(phones):
            if i == JOURNEYS // 2:
                town.sim.link(False)
            care_subsidy(town, "lin-xiuying.json", phone)
            hand_in(town)
            leave(town)
        care_subsidy(town, "lin-xiuying.json", "13899999999")
        needles = secrets_of(person, [*phones, "13899999999"])
        assert findings(needles, *where_data_could_be(town)) == []
        town.kill("kiosk")
        town.reconnect()
        assert findings(needles, tmp_path / "kiosk", tmp_path / "log", tmp_path / "county") == []
        town.sim.link(True)
        town.sync_now()  # the kiosk would spread its return over a minute
        town.until(lambda: len(town.opened()) == JOURNEYS, "all of them arrive", limit=60)
        assert sorted(i["item"]["form"]["phone"] for i in town.opened()) == phones
    # The search itself works: the same needles in a file of our own are found.
    (tmp_path / "log" / "planted").write_bytes(person["name"].encode("gb18030"))
    assert len(findings(needles, tmp_path / "log")) == 1


def test_kiosk_makes_no_core_and_writes_no_file(tmp_path):
    with Town(tmp_path) as town:
        pid = town.pid("kiosk")
        limits = pathlib.Path(f"/proc/{pid}/limits").read_text()
        core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
        assert core.split()[4] == "0"
        town.sim.card("lin-xiuying.json")
        town.robot.wait("home")
        opened = [pathlib.Path(f).readlink() for f in pathlib.Path(f"/proc/{pid}/fd").iterdir()]
        writable = [f for f in opened if str(f).startswith(str(tmp_path)) and "log" not in str(f)]
        assert writable == []
        locked = next(line for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmLck"))
        assert int(locked.split()[1]) > 0


def test_one_touch_covers_the_page_and_one_more_brings_it_back(tmp_path):
    """Somebody comes near while a name and a number are shown in full."""
    with Town(tmp_path) as town:
        care_subsidy(town, "lin-xiuying.json")
        robot = town.robot
        robot.tap("reveal")
        assert "林秀英" in robot.words()
        robot.tap("cover")
        assert robot.screen() == "covered"
        assert not any(word in robot.words() for word in ("林秀英", "秀英", "残疾", "身份证号"))
        robot.next()
        robot.wait("review")
        assert "林秀英" not in robot.words(), "what was covered comes back masked"
        assert hand_in(town)
