"""Residents who do not exist, each with words of their own, and what they come for."""
import random

import matters
import walker

SURNAMES = "欧阳 司马 诸葛 上官 皇甫 尉迟 公孙 慕容 令狐 宇文".split()
FIRST, SECOND = "沐霁昱骞翊珩琮璟瑄瑾", "禾芃苒茉荇莜菀葭蓁蕤"
VILLAGES = "长寿村 桥头村 样东村 样西村 样南村 样北村".split()
SAID = "ludeng huaile xiaoqu menkou yeli taihei zoulu shuaijiao laoren haizi xiayu jishui".split()
LIVES = "yangli zhendong jiedao qiaotou cun beiban nanban shangfang".split()
CALLED = "ouyang sima zhuge shangguan huangfu weichi gongsun murong".split()


def resident(n):
    birth = f"{1941 + n * 7 % 60}{n * 5 % 12 + 1:02d}{n * 11 % 28 + 1:02d}"
    name = SURNAMES[n % 10] + FIRST[n // 10 % 10] + SECOND[(n + n // 100) % 10]
    return {"layout": "C", "name": name, "sex": "2" if n % 2 else "1", "nation": "01", "birth": birth,
            "address": f"浙江省测试市样例县样例镇{VILLAGES[n % 6]}{n + 11}号{n * 37 % 900 + 100}室", "number": matters.id_number(birth, 300 + n),
            "authority": "测试市公安局", "valid_from": "20200101", "valid_to": "长期"}


class Journey(walker.Walk):
    """A matter with what somebody types by hand: `typed`, as it stands in the fields. Kinds of it by turns."""

    def __init__(self, town, n):
        self.n, self.luck = n, random.Random(n)
        self.phone = f"138{(n * 7919 + 12345671) % 10**8:08d}"
        code, wishes = (("D01", {"kind": "limb", "grade": "1", "care": "family", "pay_to": "card", "applicant": "self", "home": LIVES}),
                        ("L03", {"kind": "complaint", "reply": "call", "words": SAID}), ("H01", {}),
                        ("D01", {"kind": "limb", "grade": "2", "care": "family", "pay_to": "card", "applicant": "guardian", "proxy_name": CALLED,
                                 "proxy_relation": "child"}))[n % 4]
        super().__init__(town, code, turn=1, person=resident(n), wishes=wishes, has_card=True)
        self.by_hand, self.stops_at = [], None

    def lay_card(self):
        self.town.sim.card(self.person)
        self.robot.wait("home")

    def pieces(self, name, kind):
        """What is typed: digits, or the pinyin of a few words that nobody else puts in this order."""
        if kind == "phone":
            return self.phone if name == "phone" else f"139{self.phone[3:]}"
        if kind == "number":
            return matters.id_number("19630404", 600 + self.n)
        words = self.wishes.get(name) or SAID
        return self.luck.sample(words, 3 if words is CALLED else 5)

    def type_one(self):
        for w in self.questions():
            name, kind = w["id"].removeprefix("field:"), w["kind"]
            if w.get("error"):
                self.lost(f"{name} is refused: {w['error']}")
            if kind in ("choice", "yes_no", "signature") or name in self.typed or w["value"] or not (w["required"] or name in self.wishes):
                continue
            if not w["state"]["focused"]:
                self.robot.tap(w["id"])
            text = self.pieces(name, kind)
            (self.robot.type if isinstance(text, str) else self.robot.type_pinyin)(text)
            self.typed[name] = self.answers[name] = self.robot.field(name)["value"]
            self.by_hand.append(text if isinstance(text, str) else self.typed[name])
            if name == self.stops_at:
                raise Left(name)
            return True
        return False


class Left(Exception):
    """Somebody goes in the middle of it."""
