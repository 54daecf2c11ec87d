"""Journeys that several tests walk: from the card to the number, as a resident would."""


def begin_with_card(town, person):
    town.sim.card(person)
    town.robot.wait("home")


def open_service(robot, theme, code):
    robot.tap(f"theme:{theme}")
    robot.wait("theme")
    robot.tap(f"service:{code}")
    robot.wait("guide")


def care_subsidy(town, person, phone="13800000000"):
    """D01 for oneself, up to the review."""
    robot = town.robot
    begin_with_card(town, person)
    open_service(robot, "disability", "D01")
    robot.next()
    robot.wait("form")
    robot.choose("kind", "limb")
    robot.choose("grade", "1")
    robot.next()
    robot.choose("care", "family")
    robot.next()
    robot.fill("phone", phone)
    robot.next()
    robot.wait("review")


def hand_in(town):
    """Consent, signature, the primary button. Returns the number shown."""
    robot = town.robot
    if robot.raw(do="tap", id="consent").get("ok"):  # wherever it is on the page; not every matter has one
        robot.touches += 1
    robot.sign()
    robot.next()
    robot.wait("done", ms=12000)
    return robot.widget("receipt")["label"]


def leave(town):
    town.sim.lift()
    town.robot.tap("exit")
    town.robot.wait("attract")


def manifest(item):
    return item["item"]["manifest"]


def by_receipt(town, receipt):
    return [i for i in town.opened() if manifest(i)["receipt"] == receipt]


def arrives(town, receipt, limit=30):
    """The opened item once the county has it."""
    return town.until(lambda: by_receipt(town, receipt), f"{receipt} reaches the county", limit)[0]


