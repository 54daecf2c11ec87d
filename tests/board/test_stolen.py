"""A board that is stolen yields no person: residents go through whole journeys on it, some go away in the middle of typing, for some the county is
not to be reached, so that what they handed in waits on the board; twice the plug is pulled in the middle of a visit. Then every byte of the
medium is searched for all that a card, a keyboard and a form said. In this order: each test begins where the one before ended."""
import base64
import contextlib
import os
import sqlite3
import subprocess
import time

import pytest
import walker
from machine import Fail
from needles import Needles, of_person, packed
from old_queue import DATA_AT, shell
from residents import Journey, Left
from test_board import until
from twin import TwinTown

pytestmark = pytest.mark.full

JOURNEYS = int(os.environ.get("JOURNEYS", "100"))
LEFT_EVERY = 6                # one in so many goes in the middle of typing
OFFLINE = (JOURNEYS + 2) // 3  # the last so many find the county away
FORSAKEN = 1 + JOURNEYS // 20  # so many may fail for reasons of their own: two kiosks do not ask everybody "why again?" alike
SLIP_S = 90
MIB = 1 << 20


class Days:
    """What happens at the kiosk, and what is known of whom."""

    def __init__(self, visit, county, sim, plug_in):
        self.visit, self.county, self.sim, self.plug_in = visit, county, sim, plug_in
        self.town = TwinTown(visit)
        self.known, self.handed_in, self.left, self.forsaken, self.seconds = [], [], 0, [], 0.0

    # -- one visit

    def come(self, n, stops_at=None):
        """From the card to the slip; or to where somebody goes (`Left`)."""
        j = Journey(self.town, n)
        j.stops_at = stops_at
        started, slips = time.monotonic(), len(self.sim.slips())
        try:
            j.lay_card()
            j.find()
            j.to_the_number()
            self.town.robot.sync("done")
            until(lambda: len(self.sim.slips()) > slips, "a slip comes out", SLIP_S)
            self.handed_in.append(j)
        finally:
            self.known.append((j.person, j.by_hand))
            self.seconds += time.monotonic() - started
            print(f"  {n:3d} {j.service['code']} {time.monotonic() - started:5.1f} s, typed {', '.join(j.by_hand)}", flush=True)

    def go(self):
        """The card is taken; whoever went earlier is asked, and goes."""
        self.town.lift()
        robot = self.town.robot
        for _ in range(6):
            if robot.screen() == "attract":
                break
            way = next((w for w in ("exit", "exit-card", "end", "primary") if robot.widget(w)), None)
            if way:
                robot.tap(way, is_awaited=False)
        robot.wait("attract", ms=20000)
        robot.forget()
        robot.sync(limit=150)

    def visit_of(self, n):
        """Whole; or left while something is typed."""
        stops_at = ("phone", "words", "phone", "proxy_number")[n % 4] if n % LEFT_EVERY == LEFT_EVERY - 1 else None
        try:
            self.come(n, stops_at)
        except Left:
            self.left += 1
        except (Fail, walker.Lost, AssertionError) as e:
            self.forsaken.append(n)
            print(f"  {n:3d} went wrong: {str(e)[:400]}", flush=True)
        self.go()

    # -- the county and the plug

    def cut_the_county_off(self):
        self.port = ("--port", str(self.county.port))
        self.county.stop()
        self.visit.mirror.sim.link(False)

    def pull_the_plug_in_the_middle(self, n):
        with contextlib.suppress(Left):
            self.come(n, ("phone", "words", "phone", "proxy_number")[n % 4])
        self.visit.machine.cut()
        self.visit.sim.lift()  # whoever stands there takes the card along: a board that starts with one on its reader opens the visit again
        self.visit.machine = None
        self.go()  # the mirror's visit, alone

    def start_again(self):
        self.visit.machine = self.plug_in(keep_disk=True)
        self.town.robot.forget()
        self.town.robot.sync("attract-again", limit=600)


@pytest.fixture(scope="module")
def days(visit, county, sim, plug_in):
    visit.same("attract", 240)
    d = Days(visit, county, sim, plug_in)
    yield d
    if d.visit.machine:
        d.visit.machine.cut()


@pytest.fixture(scope="module")
def needles(days):
    n = Needles()
    for person, typed in days.known:
        n.add(of_person(person, typed))
    return n


def test_residents_come_and_go_and_the_plug_is_pulled(days):
    for n in range(JOURNEYS):
        if n == JOURNEYS // 2:
            days.pull_the_plug_in_the_middle(JOURNEYS)
            days.start_again()
        if n == JOURNEYS - OFFLINE:
            days.cut_the_county_off()
        days.visit_of(n)
    days.pull_the_plug_in_the_middle(JOURNEYS + 1)
    print(f"  {JOURNEYS} journeys in {days.seconds:.0f} s, {days.seconds / JOURNEYS:.1f} s each: {len(days.handed_in)} handed in, "
          f"{days.left} left while typing, {len(days.forsaken)} went wrong; 2 cut in the middle")
    assert len(days.forsaken) <= FORSAKEN
    assert len(days.known) == JOURNEYS + 2 and len({p["number"] for p, _ in days.known}) == JOURNEYS + 2


def test_nothing_of_them_is_on_the_medium(days, needles, place):
    disk = place / "machine/disk.img"
    started = time.monotonic()
    found = needles.search(disk)
    print(f"  {len(needles)} strings of {len(days.known)} persons searched in {disk.stat().st_size} bytes, {time.monotonic() - started:.1f} s: "
          f"{len(found)} found")
    assert not found


def test_the_search_finds_what_is_planted_and_nothing_in_the_image_itself(days, needles, image, place):
    """In a table of SQLite, in files, and on the bare medium: in the shapes in which a program may leave it."""
    assert not needles.search(image / "disk.img")
    person, phone = days.known[0][0], next(t for _, typed in days.known for t in typed if t.startswith("138"))
    copy, queue, sheet = place / "planted.img", place / "planted.db", place / "planted.json"
    subprocess.run(["cp", "--sparse=always", image / "disk.img", copy], check=True)
    queue.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(queue)) as db:
        db.execute("CREATE TABLE item(name TEXT)")
        db.execute("INSERT INTO item VALUES(?)", (person["name"],))
        db.commit()
    sheet.write_bytes(b'{"sealed":"' + base64.b64encode(b"x" + f'number={person["number"]};'.encode()) + b'"}')
    shell(copy, f'write "{queue}" planted.db', f'write "{sheet}" planted.json', is_writing=True)
    bare = {DATA_AT + 300 * MIB + 7: person["address"].encode("utf-16-le"), copy.stat().st_size - 100: next(packed(phone))[1]}
    with open(copy, "r+b") as f:
        for at, data in bare.items():
            f.seek(at)
            f.write(data)
    found = needles.search(copy)
    copy.unlink()
    assert set(bare) <= {at for at, _ in found}
    for what in (f"name {person['name']} as utf-8", f"number {person['number']} as utf-8, base64", f"address {person['address']} as utf-16-le",
                 f"typed {phone} as BCD"):
        assert any(label.startswith(what) for _, label in found), what


def test_it_was_all_there_and_reaches_the_county(days, county):
    """What waited on the board comes to the county once it is there, and the county opens of each what was typed at the glass."""
    waiting = len(days.handed_in) - county_has(county)
    assert waiting >= 1, "nothing waited on the medium that was searched"
    county.start(days.port)
    days.visit.mirror.sim.link(True)
    days.visit.machine = days.plug_in(keep_disk=True)
    until(lambda: county_has(county) >= len(days.handed_in), "all that was handed in reaches the county", 900)
    texts = [str(line) for line in county.open()[0]]
    for j in days.handed_in:
        for text in (j.person["number"], *j.by_hand):
            assert any(text in t for t in texts), f"{j.n}: {text}"
    print(f"  {len(days.handed_in)} at the county, {waiting} of them waited on the board when it was stolen")


def county_has(county):
    """Applications, told by its own database, whether it runs or not."""
    with contextlib.closing(sqlite3.connect(f"file:{county.data / 'county.db'}?mode=ro", uri=True)) as db:
        return db.execute("SELECT count(*) FROM item WHERE kind = 'application'").fetchone()[0]
