"""Who was not helped: registered, owned, answered; said in confidence and answered in confidence; a guide that is wrong."""
import json
import pathlib

from journeys import begin_with_card, by_receipt, arrives, care_subsidy, hand_in, leave, manifest, open_service
from test_privacy import findings, secrets_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
PERSON = "lin-xiuying.json"
WORDS = "KUAYULINXIUYING"


def person():
    return json.loads((ROOT / "tests/data/persons" / PERSON).read_text())


def register(town, reason):
    """From wherever help can be asked for, up to the number."""
    robot = town.robot
    robot.tap("help")
    robot.wait("help")
    robot.tap("unsettled")
    robot.wait("aside")
    robot.tap(f"why:{reason}")
    robot.next()
    robot.wait("aside-kept", ms=12000)
    return robot.widget("receipt")["label"]


def escalation(town, receipt):
    found = [e for e in town.desk("escalations")["escalations"] if e["receipt"] == receipt]
    return found[0] if found else None


def look_up(town, receipt, wanted, says=""):
    """The progress screen, once the county's word for the case is the wanted one and the page says so."""
    robot = town.robot
    robot.tap("progress")
    robot.wait("progress")

    def is_there():
        if not robot.widget("field:receipt"):
            robot.next()
        while robot.widget("field:receipt").get("value"):
            robot.tap("key:erase")
        robot.type(receipt)
        robot.next()
        town.until(lambda: robot.do("state")["case"] != "asking", "the queue answers")
        return robot.do("state")["case_state"] == wanted and says in robot.all_words()

    town.until(is_there, f"{receipt} is {wanted}")
    return robot.all_words()


def test_what_could_not_be_done_is_owned_overdue_by_the_calendar_and_answered(town, robot):
    begin_with_card(town, PERSON)
    open_service(robot, "disability", "D01")
    touches = robot.touches
    receipt = register(town, 2)
    assert robot.touches - touches <= 4
    words = robot.words()
    assert "王敏" in words and "12345" in words
    item = arrives(town, receipt)["item"]
    assert manifest({"item": item})["kind"] == "escalation" and item["manifest"]["item_code"] == "D01"
    assert item["reason"] == "offices" and item["resident"]["number"] == person()["number"]
    robot.next()
    robot.wait("guide")  # back where it was asked
    leave(town)

    e = town.until(lambda: escalation(town, receipt), "it is on the clerk's page")
    assert e["answer_by"] == item["answer_by"] and e["level"] == 1 and "王敏" in e["owner"]
    words = look_up(town, receipt, "open", says="答复期限")
    assert "王敏" in words and "第 1 级" in words
    robot.tap("exit")
    robot.wait("attract")

    robot.advance(30 * 86400000)  # the kiosk's own clock: nobody has to tell it that the day went by
    robot.do("state")
    words = look_up(town, receipt, "open")
    assert "还没有答复" in words and "答复晚了" in words and robot.widget("unsettled")
    robot.tap("exit")
    robot.wait("attract")

    town.desk("escalations/answer", {"id": e["id"], "answer": "三个部门会商过了，明天就能办"})
    words = look_up(town, receipt, "answered")
    assert "三个部门会商过了，明天就能办" in words and "答复晚了" not in words
    robot.tap("exit")
    robot.wait("attract")


def test_a_complaint_is_answered_under_its_code_and_not_under_its_number(town, robot):
    robot.tap("begin")
    robot.wait("home")
    open_service(robot, "hotline", "L03")
    robot.next()
    robot.wait("form")
    robot.choose("kind", "complaint")
    robot.fill("words", WORDS)
    robot.next()
    robot.choose("reply", "anonymous")
    robot.next()
    robot.wait("review")
    robot.next()
    robot.wait("done", ms=12000)
    claim, receipt = robot.widget("claim")["label"], robot.widget("receipt")["label"]
    assert claim.startswith("CODE-")
    item = arrives(town, receipt)
    assert item["item"]["resident"] is None and claim not in json.dumps(item)
    leave(town)
    town.desk("step", {"id": item["id"], "event": "accept"})
    town.desk("step", {"id": item["id"], "event": "grant", "note": "已经安排专人在窗口"})
    assert "已经安排专人在窗口" in look_up(town, claim, "granted")
    robot.tap("exit")
    robot.wait("attract")
    assert "已经安排专人在窗口" not in look_up(town, receipt, "granted")
    robot.tap("exit")
    robot.wait("attract")
    needles = {(claim, "utf-8"): claim.encode(), (WORDS, "utf-8"): WORDS.encode(), **secrets_of(person(), [])}
    assert findings(needles, town.facts["data_dir"], town.facts["log_dir"], town.facts["county_dir"]) == []


def test_a_guide_that_is_wrong_is_reported_by_nobody(town, robot):
    begin_with_card(town, PERSON)
    open_service(robot, "disability", "D01")
    robot.tap("mismatch")
    robot.wait("aside")
    robot.tap("why:2")
    robot.next()
    robot.wait("aside-kept", ms=12000)
    robot.next()
    robot.wait("guide")
    leave(town)
    found = town.until(lambda: [i for i in town.opened() if manifest(i)["kind"] == "mismatch"], "it reaches the county")
    assert found[0]["item"]["differs"] == ["fee"] and found[0]["item"]["resident"] is None


def test_a_second_trip_is_asked_about_after_the_receipt(town, robot):
    care_subsidy(town, PERSON)
    hand_in(town)
    leave(town)
    care_subsidy(town, PERSON)
    receipt = hand_in(town)
    robot.tap("again")
    robot.wait("aside")
    robot.tap("why:0")
    robot.next()
    robot.wait("aside-kept", ms=12000)
    robot.next()
    robot.wait("done")
    assert not robot.widget("again")
    leave(town)
    found = town.until(lambda: [i for i in town.opened() if manifest(i)["kind"] == "repeat"], "it reaches the county")
    assert found[-1]["item"]["case"] == receipt and found[-1]["item"]["trips"] >= 2 and found[-1]["item"]["reason"] == "papers"
    assert by_receipt(town, receipt)
