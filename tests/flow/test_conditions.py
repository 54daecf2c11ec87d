"""Conditions before the form, what works instead, all the same; what one seems entitled to; guides to take home."""
import subprocess

import matters
from journeys import arrives, begin_with_card, leave
from walker import Walk


class Insisting(Walk):
    """Somebody for whom the rules do not hold: says what is wished, else what stands first."""

    def pick(self, group, options):
        wish = self.wishes.get(group.partition(":")[2])
        return next((w for w in options if w["id"] == f"{group}:{wish}"), options[0])


YOUNG = matters.person_aged(66)
OLD = matters.person_aged(85)


def to_guide(town, person, code):
    robot = town.robot
    town.sim.card(person)
    robot.wait("home")
    robot.tap("search")
    robot.wait("search")
    robot.type(matters.item(code)["short_name"]["initials"])
    robot.tap(f"service:{code}")
    robot.wait("guide")


def printed(town, slips):
    return town.until(lambda: town.sim.slips()[slips:], "a slip comes out")[-1]


def test_who_is_too_young_hears_it_before_the_form_and_takes_the_way_along(town, robot):
    to_guide(town, YOUNG, "E02")
    robot.tap("primary")
    robot.wait("condition")
    words = robot.words()
    rule = matters.item("E02")["rules"][0]
    assert rule["refusal"]["zh"] in words and rule["asks"]["zh"] in words
    assert "老年优待证申领" in words and "1 号窗口" in words
    slips = len(town.sim.slips())
    robot.tap("leaflet")
    town.until(lambda: "打印好了" in robot.words() or robot.widget("slip.good"), "the slip is out")
    printed(town, slips)
    robot.tap("route")
    robot.wait("guide")
    assert "老年优待证" in robot.words()
    leave(town)


def test_whoever_reads_english_is_told_in_english(town, robot):
    town.sim.card(YOUNG)
    robot.wait("home")
    robot.tap("language")
    robot.tap("theme:elders")
    robot.wait("theme")
    robot.tap("service:E02")
    robot.wait("guide")
    robot.tap("primary")
    robot.wait("condition")
    assert matters.item("E02")["rules"][0]["refusal"]["en"] in robot.words()
    robot.tap("down")
    assert "staff look at it and answer in writing" in robot.words()
    leave(town)


def test_nobody_is_refused_and_the_clerk_reads_what_the_kiosk_said(town, robot):
    to_guide(town, YOUNG, "E02")
    robot.tap("primary")
    robot.wait("condition")
    robot.tap("insist")
    robot.wait("form")
    walk = Insisting(town, "E02", person=YOUNG).to_the_number()
    assert "condition" not in walk.pages
    item = arrives(town, walk.receipt)["item"]
    assert [i["rule"] for i in item["insisted"]] == ["age"] and "没满 80 周岁" in item["insisted"][0]["told"]
    leave(town)


def test_an_answer_that_fails_a_condition_is_met_at_once_and_can_be_changed(town, robot):
    to_guide(town, matters.person_aged(36), "A01")
    walk = Insisting(town, "A01", person=matters.person_aged(36), wishes={"car": "yes"})
    for _ in range(30):
        if walk.look() == "condition":
            break
        walk.step(robot.screen())
    assert robot.screen() == "condition" and "汽车" in robot.words()
    robot.tap("other")
    robot.wait("form")
    robot.tap("choice:car:no")
    robot.tap("primary")
    assert robot.screen() != "condition"
    robot.tap("exit")
    robot.tap("end")
    robot.wait("attract")


def test_what_the_guide_asks_leads_to_the_certificate_first(town, robot):
    to_guide(town, matters.person_aged(36), "D02")
    robot.tap("fact:has_disability_certificate:no")
    robot.wait("condition")
    assert robot.widget("route")["label"] == matters.item("D03")["name"]["zh"]
    assert matters.item("D02")["rules"][0]["refusal"]["zh"] in robot.words()
    robot.tap("other")
    robot.wait("guide")
    robot.tap("fact:has_disability_certificate:yes")
    robot.tap("primary")
    robot.wait("form")
    robot.tap("exit")
    robot.wait("attract")


def test_what_one_seems_entitled_to_leaves_only_when_it_is_claimed(town, robot):
    log = town.dir / "log/kiosk.log"
    before, items = log.stat().st_size, len(town.opened())
    town.sim.card(OLD)
    robot.wait("home")
    assert robot.widget("hint")["detail"] == matters.item("E02")["short_name"]["zh"]
    robot.tap("hint.away")
    assert not robot.widget("hint")
    leave(town)
    town.sim.card(OLD)
    robot.wait("home")
    robot.tap("hint")
    robot.wait("guide")
    assert matters.item("E02")["hint"]["words"]["zh"] in robot.words()
    robot.tap("other")
    robot.wait("home")
    leave(town)
    written = log.read_bytes()[before:].decode(errors="replace")
    assert "hint" not in written and "E02" not in written and "津贴" not in written
    assert len(town.opened()) == items
    town.sim.card(OLD)
    robot.wait("home")
    robot.tap("hint")
    robot.wait("guide")
    walk = Walk(town, "E02", person=OLD).to_the_number()
    assert arrives(town, walk.receipt)["item"]["hinted"] is True
    leave(town)


def test_a_guide_is_taken_home_on_one_slip(town, robot):
    begin_with_card(town, "lin-xiuying.json")
    robot.tap("exit")
    robot.wait("attract")
    to_guide(town, OLD, "E02")
    slips = len(town.sim.slips())
    robot.tap("leaflet")
    slip = printed(town, slips)
    town.until(lambda: "打印好了" in robot.words() or robot.widget("slip.good"), "the slip is out")
    size = subprocess.run(["identify", "-format", "%w %h", slip["png"]], capture_output=True, text=True).stdout.split()
    assert int(size[1]) < 8 * 400, "a guide is a page, not a roll"
    leave(town)


def test_what_has_happened_leads_to_its_bundle(town, robot):
    town.sim.card(matters.person_aged(36))
    robot.wait("home")
    robot.tap("theme:family")
    robot.wait("theme")
    assert "家里添了孩子" in robot.words()
    robot.tap("exit")
    robot.wait("attract")
    to_guide(town, matters.person_aged(36), "B01")
    assert "想开一家店" in robot.words()
    robot.tap("bundle")
    robot.wait("guide")
    assert "开店一件事" in robot.words()
    leave(town)
