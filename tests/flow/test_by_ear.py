"""More journeys by the keys of the tactile keypad, with what is spoken as the only output (test_without_eyes.py has the first): dates
and places, a bundle, papers, conditions, what could not be done, progress by number."""
import pytest

from journeys import arrives, by_receipt, care_subsidy, hand_in, leave, manifest
from test_conditions import YOUNG
from test_unsettled import escalation
from test_without_eyes import Blind, headphones


@pytest.fixture
def ear(town, robot):
    town.until(lambda: "keypad:" in "".join(f.read_text(errors="replace") for f in town.dir.glob("log/kiosk.log")),
               "the kiosk has found its keypad")
    headphones(town, True)
    yield Ear(town)
    headphones(town, False)


class Ear(Blind):
    def begin(self, person, theme, matter):
        """From the card to the matter's guide."""
        self.town.sim.card(person)
        self.town.robot.wait("home")
        self.press("down")
        self.choose(f"{theme}，按钮。")
        self.town.robot.wait("theme")
        self.choose(matter)
        self.town.robot.wait("guide")

    def home_without_card(self):
        self.town.robot.wait("attract")
        self.press("down")
        self.choose("不带证件也能办")
        self.town.robot.wait("home")

    def spell(self, text):
        for letter in text:
            self.find_key(letter)
            self.press("select")

    def find_key(self, letter, most=60):
        """One key alone: "1" is not the "1" of "第 1 步"."""
        names = {f"{letter}。", f"大写 {letter}。"}
        for _ in range(most):
            if self.last() in names:
                return
            self.press("right")
        raise AssertionError(f"no key {letter}: {self.heard[-most:]}")

    def number(self, id):
        """The number on the page, which must have been told or be found by going on."""
        label = self.town.until(lambda: self.town.robot.widget(id), "there is a number")["label"]
        self.town.until(lambda: any(label.replace(" ", "")[:5] in w["words"].replace(" ", "") for w in self.said()["said"])
                        or self.press("right"), "the number is told")
        return label


def pick_day(ear, decade, year, month, day):
    """Each choice says what is asked next, and begins at the first of what can be chosen."""
    assert "哪十年" in ear.last()
    for choice, asked in ((decade, "哪一年？"), (year, "哪个月？"), (month, "哪一天？")):
        said = ear.choose(choice)
        assert asked in said and not said.endswith(asked), said
    assert "月1日 星期" in said and "一，二" not in said, "the first day, and no names of columns"
    said = ear.choose(f"{month}{day} 星期")
    assert f"{year}{month}{day}，选好了" in said, "the day as a day, not by its digits"


def test_a_bundle_with_a_day_a_village_and_a_paper_that_follows(ear, robot, town):
    """一件事: one form for eleven offices, filled in by picking, a paper promised for later, up to the consent."""
    ear.begin("wang-yan.json", "就业创业", "青年入乡")
    ear.press("up")
    for part in ("社会保险参保登记", "租赁合同", "开始办理"):
        ear.find(part)
    ear.press("select")
    robot.wait("form")
    pick_day(ear, "2020", "2026年", "10月", "8日")
    ear.choose("下一步")
    said = ear.last()
    assert "是这些村的" in said and said.endswith("长寿村，按钮。"), "a village before the keyboard"
    ear.press("select")
    town.until(lambda: ear.last().endswith("路，按钮。"), "now its roads")
    ear.choose("沿河路")
    assert robot.field("village")["value"] == "样例镇长寿村沿河路"
    for answers in (["灵活就业", "种地"], ["市民卡"], ["租房，选项", "居住登记，选项"]):
        ear.choose("下一步")
        for answer in answers:
            ear.choose(answer)
    ear.choose("从哪天开始租，填写框")
    pick_day(ear, "2020", "2026年", "10月", "9日")
    for _ in range(3):  # the landlord's telephone may stay empty
        if "想学什么" in ear.choose("下一步"):
            break
    for answer in ("先不学，选项", "已经有了，选项"):
        ear.choose(answer)
    ear.choose("联系电话，填写框")
    for digit in "13800000000":
        ear.find_key(digit)
        ear.press("select")
    ear.choose("下一步")
    while robot.screen() == "papers":
        ear.choose("以后再补")
        ear.choose(robot.widget("primary")["label"] + "，按钮")
    robot.wait("review")
    ear.find("要办的这几件")
    ear.find("社会保险参保登记")
    ear.choose("我同意。勾选框，未选")
    ear.find("改为按键确认")
    robot.tap("exit")
    robot.tap("end")
    robot.wait("attract")
    town.sim.lift()


def test_what_a_condition_says_and_leads_to_is_heard(ear, robot, town):
    ear.begin(YOUNG, "养老服务", "高龄津贴")
    ear.choose("开始办理")
    robot.wait("condition")
    said = ear.last()
    assert "还没满 80 周岁" in said and "也可以照样申请" in said, "why, and that nobody is refused"
    ear.find("我还是要申请")
    assert "书面答复" in ear.last()
    ear.choose("老年优待证申领，按钮")
    robot.wait("guide")
    assert "老年优待证" in ear.last()
    leave(town)


def test_what_could_not_be_done_gets_a_number_by_ear(ear, robot, town):
    ear.home_without_card()
    ear.choose("帮助")
    robot.wait("help")
    ear.choose("事情没办成")
    robot.wait("aside")
    ear.choose("缺材料")
    assert "已选" in ear.last()
    ear.choose("提交")
    robot.wait("aside-kept", ms=12000)
    receipt = ear.number("receipt")
    town.until(lambda: escalation(town, receipt), "it has an owner")
    assert manifest(by_receipt(town, receipt)[0])["kind"] == "escalation"
    robot.tap("exit")
    robot.wait("attract")


def test_progress_by_number_by_ear(ear, robot, town):
    care_subsidy(town, "lin-xiuying.json")
    receipt = hand_in(town)
    arrives(town, receipt)
    leave(town)
    ear.home_without_card()
    ear.choose("办件进度查询，按钮")
    robot.wait("progress")
    assert "凭条上的编号" in ear.last()
    ear.spell(receipt.removeprefix("K0012-").replace("-", ""))
    ear.choose("查询")
    town.until(lambda: robot.do("state")["case"] != "asking", "the queue answers")
    ear.find("已收件")
    robot.tap("exit")
    robot.wait("attract")
