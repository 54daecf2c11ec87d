"""A kiosk that has not joined a county yet: whoever sets it up types the code of the county's page, and it goes into service."""
from hands import Town
from journeys import arrives, care_subsidy, hand_in, leave


def type_code(robot, code):
    for digit in code:
        robot.tap(f"key:{digit}")


def says(town, words):
    return town.until(lambda: words in town.robot.words(), words)


def test_a_kiosk_without_an_identity_joins_by_its_page_and_serves_without_a_restart(tmp_path):
    with Town(tmp_path / "town", "--unenrolled") as town:
        robot, pid = town.robot, town.pid("kiosk")
        assert robot.screen() == "enrol"
        town.sim.card("lin-xiuying.json")  # nobody can begin anything
        assert robot.screen() == "enrol"
        town.sim.lift()

        type_code(robot, "99999999")
        robot.tap("primary")
        says(town, "入网码不对")
        assert robot.screen() == "enrol" and not robot.field("code").get("value")

        town.sim.link(False)  # the cable is out: the code stays for the next try
        code = town.desk("codes", {"kiosk": "K0099"})["code"]
        type_code(robot, code)
        robot.tap("primary")
        says(town, "没有应答")
        town.sim.link(True)
        robot.tap("primary")
        robot.wait("attract", ms=30000)
        town.until(lambda: robot.do("state")["impaired"] == [], "full service")

        care_subsidy(town, "lin-xiuying.json")
        receipt = hand_in(town)
        assert receipt.startswith("K0099-")
        arrives(town, receipt)
        leave(town)
        assert town.pid("kiosk") == pid
