"""A whole journey by the keys of the tactile keypad, with what is spoken as the only output: no test here looks at a picture or at a
widget to find its way."""
import pytest


class Blind:
    """Presses keys and listens."""

    def __init__(self, town):
        self.town, self.heard, self.pressed = town, [], 0

    def said(self):
        return self.town.robot.do("speech")

    def press(self, key):
        """One key; returns what it made the kiosk say, "" when it stayed silent."""
        self.town.robot.advance(600)  # nobody strikes the same key twice within half a second on purpose
        before = self.said()["count"]
        self.pressed += 1
        self.town.sim.do("keypad", act="press", key=key, ms=30)
        self.town.until(lambda: not self.town.sim.do("state")["keys_down"], "the key comes up again")
        try:
            self.town.until(lambda: self.said()["count"] > before, "it says something", 3)
        except AssertionError:
            return ""
        return self.last()

    def last(self):
        said = self.said()["said"]
        words = said[0]["words"] if said else ""
        self.heard.append(words)
        return words

    def find(self, text, key="right", most=90):
        """Goes on until it hears `text`."""
        for _ in range(most):
            if text in self.last():
                return
            self.press(key)
        raise AssertionError(f"never heard {text!r}; heard at last: {self.heard[-12:]}")

    def choose(self, text):
        self.find(text)
        return self.press("select")


@pytest.fixture
def blind(town, robot):
    town.until(lambda: "keypad:" in "".join(f.read_text(errors="replace") for f in town.dir.glob("log/kiosk.log")),
               "the kiosk has found its keypad")
    yield Blind(town)
    headphones(town, False)


def headphones(town, is_in):
    town.sim.do("headphones", **{"in": is_in})


def to_review(town, blind):
    headphones(town, True)
    town.sim.card("lin-xiuying.json")
    town.robot.wait("home")
    blind.press("down")
    blind.choose("重度残疾人护理补贴")
    town.robot.wait("guide")
    blind.choose("开始办理")
    town.robot.wait("form")
    blind.choose("肢体")
    blind.choose("一级")
    blind.choose("下一步")
    blind.choose("家人")
    blind.choose("下一步")
    for digit in "13800000000":
        blind.choose(digit)
    blind.choose("核对")
    town.robot.wait("review")


def test_from_the_card_to_the_slip_by_keys_and_ears(town, blind):
    to_review(town, blind)
    if town.robot.widget("consent"):
        blind.choose("同意")
    blind.find("签名")
    blind.press("select")
    blind.choose("确认提交")
    town.robot.wait("done", ms=12000)
    receipt = town.robot.widget("receipt")["label"].replace(" ", "")
    town.until(lambda: any(receipt[:5] in w["words"].replace(" ", "") for w in blind.said()["said"]) or blind.press("right"),
               "the number is told")
    town.until(lambda: town.robot.do("state").get("paper") in ("done", "ask"), "the slip is out")
    slip = blind.choose("读出凭条")
    assert "补贴" in slip and "0575" in slip.replace(" ", "")
    town.until(lambda: town.arrived(), "the county has it")
    item = next(i for i in town.opened() if i["item"]["manifest"]["receipt"].replace(" ", "") == receipt)
    assert item["item"]["affirmed"] == "keypad" and "signature" not in item["item"]


def test_nothing_private_is_spoken_into_the_room(town, blind):
    headphones(town, False)
    town.sim.card("lin-xiuying.json")
    town.robot.wait("home")
    for _ in range(40):
        blind.press("right")
    spoken = [w["words"] for w in blind.said()["said"] if not w["private"]]
    assert spoken
    for words in spoken:
        assert "秀英" not in words and "3399" not in words


def test_what_one_may_be_entitled_to_is_told_into_headphones_alone(town, blind):
    headphones(town, False)
    town.sim.card("lin-xiuying.json")
    town.robot.wait("home")
    count = blind.said()["count"]
    for _ in range(12):
        blind.press("right")
    heard = blind.said()["said"][:blind.said()["count"] - count]
    assert any("请插上耳机" in w["words"] for w in heard)
    assert all("高龄津贴" not in w["words"] and "可能可以办" not in w["words"] for w in heard if not w["private"])
    headphones(town, True)
    blind.find("高龄津贴")
    headphones(town, False)


def test_a_delicate_matter_is_not_named_to_the_room(town, blind):
    headphones(town, False)
    town.sim.card("lin-xiuying.json")
    town.robot.wait("home")
    blind.press("right")
    town.robot.tap("service:D01")
    town.robot.wait("guide")
    for _ in range(12):
        blind.press("right")
    told = [w for w in blind.said()["said"] if w["words"]]
    assert any(w["held_back"] for w in told), "what is private was there to be told"
    spoken_in_the_guide = told[:12]
    assert all(w["held_back"] or "残疾" not in w["words"] for w in spoken_in_the_guide)
