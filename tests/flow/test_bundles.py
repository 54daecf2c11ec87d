"""A one-thing bundle from the card to the slip and to the county; papers that follow or are missing; promises read aloud."""
from journeys import arrives, begin_with_card, hand_in, leave, open_service
from test_story import slip_of
from test_without_eyes import Blind, headphones

PERSON = "lin-xiuying.json"


def fill_page(robot, choices, texts):
    """Answer what is asked on this page and go on; choices hide while keys are shown."""
    if any(w["state"]["focused"] and w["id"].startswith("field:") for w in robot.widgets()):
        robot.tap("other")
    for name, value in choices.items():
        question = robot.field(name)
        if question and question["kind"] in ("choice", "yes_no") and question["value"] != value:
            robot.choose(name, value)
    for name, value in texts.items():
        w = robot.field(name)
        if w and w["state"]["touchable"] and not w.get("value"):
            robot.fill(name, value)
    robot.next()


def funeral(town, inheritance):
    """F03, up to what comes after the form."""
    robot = town.robot
    begin_with_card(town, PERSON)
    open_service(robot, "family", "F03")
    assert "户口注销" in robot.words() and "公安局" in robot.words()
    robot.next()
    robot.wait("form")
    choices = {"benefits": "both", "relation": "child", "inheritance": inheritance}
    texts = {"deceased_name": "测试甲", "deceased_number": "339999199001010013", "death_day": "20261101", "phone": "13800000000",
             "account": "12345678"}
    for _ in range(30):
        if robot.screen() != "form":
            return
        fill_page(robot, choices, texts)
    raise AssertionError(robot.words())


def test_bundle_comes_to_the_county_as_one_parent_with_its_children(town, robot):
    funeral(town, "no")
    robot.wait("review")
    for _ in range(8):
        if "要办的这几件" in robot.words():
            break
        robot.tap("down")
    assert "要办的这几件" in robot.words()
    receipt = hand_in(town)
    slip_of(town, receipt)
    item = arrives(town, receipt)["item"]
    assert [c["id"] for c in item["children"]] == ["household", "pension", "medical", "allowance"]
    assert item["gaps"] == [] and len(item["promise"]["version"]) == 8
    assert "account" not in item["children"][3]["answers"]
    leave(town)


def test_paper_that_follows_is_promised_by_a_day_and_the_county_knows_it(town, robot):
    funeral(town, "yes")
    robot.wait("papers")
    robot.next()
    assert robot.screen() == "papers" and "请在两项里选一项" in robot.words()
    robot.tap("paper:inheritance-statement:later")
    assert "我承诺补交" in robot.words()
    robot.next()
    robot.wait("review")
    assert "我承诺补交" in robot.words()
    receipt = hand_in(town)
    slip_of(town, receipt)
    item = arrives(town, receipt)["item"]
    paper = next(m for m in item["materials"] if m["id"] == "inheritance-statement")
    assert paper["state"] == "owed" and len(paper["due"]) == 8
    assert item["gaps"][0]["due"] == paper["due"] and "我承诺补交" in item["gaps"][0]["promise"]["text"]
    leave(town)


def test_promises_are_read_aloud_before_they_are_signed(town, robot):
    town.until(lambda: "keypad:" in "".join(f.read_text(errors="replace") for f in town.dir.glob("log/kiosk.log")),
               "the kiosk has found its keypad")
    headphones(town, True)
    try:
        blind = Blind(town)
        funeral(town, "yes")
        robot.wait("papers")
        robot.tap("paper:inheritance-statement:later")
        blind.find("我承诺补交")
        robot.next()
        robot.wait("review")
        blind.find("我承诺补交")
        blind.find("我是逝者的亲属")
    finally:
        headphones(town, False)
