"""Other evidence in place of a paper, accepted at the kiosk (SS-72). Regulation Art. 9: if other evidence proves the fact, the paper may
be waived, and that is recorded. A window clerk's stick and PIN, what proves it, and the resident's word; it reaches the county with the
application, stands on the slip, on the clerk's page and under progress, and among the events without a word about a person."""
import pathlib
import shutil

import pytest

import matters
from browser import Browser
from county import receipt as number_of  # noqa: F401
from matter_walk import answer_is_seen
from test_desk import choose
from test_staff import notes
from walker import Walk, arrived, decide, desk_item

PIN, SERIAL, PAPER, WHICH = "480913", "S-2026-0009", "diagnosis", "人民医院住院登记第12号"


@pytest.fixture
def sticks(town):
    shutil.rmtree(town.dir / "pocket", ignore_errors=True)
    yield town
    for at in pathlib.Path(town.facts["sticks_dir"]).iterdir():
        town.pull_stick(at)
    town.sim.link(True)


def plug_clerk(town):
    """At night too: the way is offered to whoever has a clerk's stick in."""
    return town.plug_stick(town.make_stick("clerk", PIN, serial=SERIAL, name="clerk"))


def enter(robot, pin):
    for digit in pin:
        robot.tap(f"key:{digit}")
    robot.tap("primary")


class Waived(Walk):
    """H03, by somebody who has everything along but the diagnosis."""

    def answer_paper(self, id, options):
        if id != PAPER:
            return super().answer_paper(id, options)
        self.papers[id] = "waived"
        self.robot.tap(f"paper:{id}:not")
        at = plug_clerk(self.town)
        self.robot.wait("papers", id=f"waive:{id}", ms=8000)
        self.robot.tap(f"waive:{id}")
        self.robot.wait("waive", id="field:pin")
        self.accept(at)
        self.robot.wait("papers")

    def accept(self, at):
        town, robot = self.town, self.robot
        at = town.pull_stick(at)
        robot.wait("waive", text="请插上工作U盘", ms=8000)
        technician = town.plug_stick(town.make_stick("technician", PIN, name="other"))
        robot.wait("waive", text="不是窗口人员的", ms=8000)
        town.pull_stick(technician)
        at = town.plug_stick(at)
        robot.wait("waive", id="field:pin", ms=8000)
        enter(robot, "739105")
        robot.wait("waive", text="密码不对", ms=15000)
        assert not robot.widget("evidence:archive"), "without its PIN a stick opens nothing"
        enter(robot, PIN)
        robot.wait("waive", id="evidence:archive", ms=15000)
        robot.tap("evidence:archive")
        robot.tap("words")
        robot.wait("waive-text")
        robot.type(WHICH)
        robot.tap("primary")
        robot.wait("waive")
        robot.tap("primary")
        robot.wait("waive", text="现在请本人来看")
        words = robot.words()
        assert SERIAL in words and WHICH in words and matters_name() in words, "the resident reads all of it"
        town.pull_stick(at)
        robot.tap("primary")  # the resident's finger; nobody's stick is in any more


def matters_name():
    return next(m["name"]["zh"] for m in matters.item("H03")["materials"] if m["id"] == PAPER)


@pytest.mark.parametrize("is_offline", [False, True], ids=["online", "offline"])
def test_art_9_a_clerk_at_the_kiosk_accepts_other_evidence(sticks, robot, is_offline, tmp_path):
    town = sticks
    if is_offline:
        town.sim.link(False)
    walk = Waived(town, "H03", turn=1 if is_offline else 0).to_the_guide().to_the_number()
    town.until(lambda: robot.do("state")["paper"] == "done", "the slip is out")
    walk.leave()
    said = [n for n in notes(town) if " waive " in n]
    assert f"{SERIAL} waive h03 {PAPER} archive" in said[-1] and WHICH not in str(notes(town))
    assert walk.person["name"] not in str(notes(town)) and walk.person["number"] not in str(notes(town))
    if is_offline:
        town.sim.link(True)
    opened = arrived(town, walk.receipt)
    waiver, = opened["item"]["waivers"]
    assert waiver["material"] == PAPER and waiver["evidence"] == {"kind": "archive", "words": WHICH}
    assert waiver["approver"] == {"stick": SERIAL, "role": "clerk"} and waiver["article"] == "Art. 9"
    assert {m["id"]: m["state"] for m in opened["item"]["materials"]}[PAPER] == "waived" and "notice" not in opened["item"]
    record = desk_item(town, opened["id"])["case"]
    assert [w["paper"] for w in record["waived"]] == [PAPER] and SERIAL in record["waived"][0]["by"]
    assert [s["article"] for s in record["record"] if s["what"] == "waive"] == ["Art. 9"], "once, however often it is opened"
    with Browser() as b:
        b.go(town.facts["desk_url"])
        choose(b, walk.receipt)
        shown = b.text(b.until("#papers .waiver", WHICH))
        b.screenshot(tmp_path / "desk.png")
    assert SERIAL in shown and "Art. 9" in shown
    decide(town, opened, "accepted", "请带存折")
    answer_is_seen(town, walk, "accepted", note="档案馆的记载")


def test_art_9_what_the_catalogue_forbids_nobody_waives(sticks, robot):
    """An original receipt counts once: neither here, where the way is not offered, nor by a clerk at the county."""
    town = sticks
    plug_clerk(town)
    walk = Walk(town, "H03", turn=1)
    robot.wait("staff", ms=8000)  # nobody is here yet: it is the shift's stick, until it is dismissed
    robot.tap("dismiss") if robot.widget("dismiss") else robot.advance(190000)
    walk.to_the_guide()
    for _ in range(12):
        if walk.look() == "papers":
            break
        walk.answer_page()
        robot.tap("primary")
    robot.wait("papers")
    robot.tap("paper:medical-receipts:not")
    robot.tap("paper:cost-list:not")
    assert robot.widget("waive:cost-list") and not robot.widget("waive:medical-receipts")
    robot.tap("paper:medical-receipts:here")
    robot.tap("paper:cost-list:here")
    walk.to_the_number()
    walk.leave()
    opened = arrived(town, walk.receipt)
    good = {"id": opened["id"], "evidence": "医院证明", "reason": "票据丢了", "by": "综合窗口 李敏"}
    with pytest.raises(Exception, match="409|no other evidence"):
        town.desk("waive", {**good, "paper": "medical-receipts"})
    assert town.desk("waive", {**good, "paper": "cost-list"})["waived"]
