"""What the newspapers told of the reform, as visits to the kiosk: the resident, the county, the answer. Each story goes as far
as the kiosk goes today; what is missing stands in services.md."""
import matters
from matter_walk import answer_is_seen, slip_comes_out
from test_unsettled import escalation, look_up, register
from walker import Walk, arrived, decide

CONDITIONS, OFFICES = 1, 2  # as the reasons stand on the page
VILLAGE = "浙江省测试市样例县样例镇长寿村8号"


def files(town, code, wishes=None, **who):
    """Somebody files a matter, takes slip and card and leaves."""
    walk = Walk(town, code, wishes=wishes, **who).to_the_guide().to_the_number()
    slip_comes_out(walk)
    walk.leave()
    return walk


def county_answers(town, walk, *steps, **last):
    """The clerk opens it and decides; what was typed is what he reads. Returns what he opened."""
    opened = arrived(town, walk.receipt)
    for name, said in walk.answers.items():
        assert opened["item"]["form"][name] == said
    state = opened["state"]
    for step in steps:
        decide(town, {**opened, "state": state}, step, **(last if step == steps[-1] else {}))
        state = step
    return opened["item"]


def hands_on_what_could_not_be_done(town, walk, reason):
    """From the matter in which it came to nothing: help, why, and a number for it (SS-13). What the county opens."""
    receipt = register(town, reason)
    walk.leave()
    return arrived(town, receipt)


def desk_answers(town, opened, words):
    """The bottom-line desk answers; it is read under the number."""
    receipt = opened["envelope"]["receipt"]
    town.until(lambda: escalation(town, receipt), "it is on the clerk's page")
    town.desk("escalations/answer", {"id": opened["id"], "answer": words})
    assert words in look_up(town, receipt, "answered", says=words)
    town.robot.tap("exit")
    town.robot.wait("attract")


def test_nursing_subsidy_without_leaving_the_village(town, robot):
    """The village officer fills it in with the resident's card, though the line is down; the town checks it the same day."""
    town.sim.link(False)
    wishes = {"kind": "limb", "grade": "1", "applicant": "agent", "proxy_relation": "committee"}
    walk = files(town, "D01", wishes, person=matters.person_aged(78))
    assert not [i for i in town.desk("items")["items"] if i["receipt"] == walk.receipt]
    town.sim.link(True)
    inside = county_answers(town, walk, "accepted", "granted", note="护理补贴本月起发放")
    assert inside["resident"]["number"] == walk.person["number"] and inside["resident"]["address"] == VILLAGE
    assert {m["how"] for m in inside["materials"]} <= {"fetched", "later"}  # nothing had to be brought
    answer_is_seen(town, walk, "granted", note="护理补贴本月起发放")


def test_dessert_shop_in_one_trip(town, robot):
    """Registration, seal, account, tax device and permit in one form, though the line is down; the licence comes the same day, one
    part is refused with its reason, and the others go on."""
    town.sim.link(False)
    shop = files(town, "B02", {"has_licence": "no", "food": "snack", "business": "小满甜品店", "seal": "yes", "tax_device": "yes",
                               "insures": "yes", "bank": "rural", "delivery": "pickup"})
    town.sim.link(True)
    opened = arrived(town, shop.receipt)
    children = {c["id"]: c for c in opened["item"]["children"]}
    assert list(children) == ["licence", "seal", "account", "tax", "social", "permit", "city"]
    assert children["licence"]["item_code"] == "B01" and children["licence"]["answers"]["premises"] == "promise"
    assert [children[c]["after"] for c in ("seal", "account", "tax", "permit", "city")] == [[1], [2], [1], [1], []]

    def desk(event, part, **more):
        town.desk("step", {"id": opened["id"], "event": event, "part": part, **more})

    desk("accept", 0)
    desk("grant", 1)
    desk("set_out", 1, delivery={"kind": "pickup", "counter": "1号窗口"})
    words = look_up(town, shop.receipt, "accepted", says="已办好 1 件，一共 7 件")
    assert "1号窗口" in words and "等第 2 件办好再办" in words  # the account waits for the seal
    town.robot.tap("exit")
    town.robot.wait("attract")
    desk("deny", 7, reason="招牌占了盲道")
    for part in (2, 3, 4, 5, 6):
        desk("grant", part)
    words = look_up(town, shop.receipt, "granted", says="部分办成")
    assert "办成 6 件，没有办成 1 件" in words and "招牌占了盲道" in words
    town.robot.tap("exit")
    town.robot.wait("attract")


def test_newborn_in_four_days(town, robot):
    """Birth, household, insurance, card and costs: one form by one parent, one signature, papers by post."""
    walk = files(town, "F01", {"child_name": "测试宝", "married": "yes", "claim_costs": "yes", "delivery": "post"})
    inside = county_answers(town, walk, "accepted", "granted", note="证件已寄出")
    assert inside["form"]["child_name"] == "测试宝" and inside["form"]["post_to"]
    assert [m["how"] for m in inside["materials"]] == ["fetched"] * len(inside["materials"])
    assert walk.service["promised_days"] <= 4
    answer_is_seen(town, walk, "granted", note="证件已寄出")


def test_retiree_who_only_signs(town, robot):
    """What the offices ran for him he reads under his number: when to come, to sign."""
    walk = files(town, "E05", {"file_complete": "yes"}, is_elder=True, turn=1)
    assert len(walk.typed) <= 2  # the month and his telephone
    county_answers(town, walk, "accepted", note="材料都办好了，来签个字就行")
    answer_is_seen(town, walk, "accepted", note="材料都办好了，来签个字就行")


def test_accountant_who_forgot_a_paper_need_not_come_back(town, robot):
    """It is accepted without the lease; the paper and its day stand under the number, then the answer."""
    walk = files(town, "J03")
    late = next(m for m in walk.service["materials"] if m["how"] == "later")
    assert walk.reads(late["name"]["zh"])
    inside = county_answers(town, walk, "accepted_gap", note="先办，合同后补", missing=[late["id"]])
    paper = next(m for m in inside["materials"] if m["id"] == late["id"])
    assert (paper["how"], paper["state"], paper["within_days"]) == ("later", "owed", late["late_days"]) and paper["due"]
    answer_is_seen(town, walk, "accepted_gap", [late["id"]], note="先办，合同后补")
    opened = arrived(town, walk.receipt)
    decide(town, opened, "granted", note="合同收到了", missing=[late["id"]])
    answer_is_seen(town, walk, "granted", note="合同收到了")


def test_son_whose_household_move_was_blocked_gets_a_number(town, robot):
    """No land certificate, so no move: the bottom-line desk takes it on, and the certificate is issued early."""
    move = Walk(town, "F05").to_the_guide()
    robot.next()
    opened = hands_on_what_could_not_be_done(town, move, OFFICES)
    assert opened["item"]["reason"] == "offices" and opened["item"]["manifest"]["item_code"] == "F05"
    desk_answers(town, opened, "土地证提前办好了，可以来迁户口")


def test_old_man_whose_card_says_the_wrong_year(town, robot):
    """By his card he is too young for the allowance; other evidence proves his age, and the answer says so."""
    man = matters.person_aged(77)
    allowance = Walk(town, "E02", person=man, is_elder=True).to_the_guide()
    assert allowance.reads("80 周岁")
    opened = hands_on_what_could_not_be_done(town, allowance, CONDITIONS)
    assert opened["item"]["reason"] == "conditions" and opened["item"]["resident"]["number"] == man["number"]
    town.until(lambda: escalation(town, opened["envelope"]["receipt"]), "it is on the clerk's page")
    town.desk("waive", {"id": opened["id"], "paper": "身份证上的出生年份", "evidence": "县档案馆知青下乡登记表",
                        "reason": "登记时写错五年，档案为证", "by": "兜底窗口 章师傅"})
    words = look_up(town, opened["envelope"]["receipt"], "open", says="县档案馆知青下乡登记表")
    assert "不用再交证明：身份证上的出生年份" in words and "章师傅" not in words.split("县档案馆")[0]
    robot.tap("exit")
    robot.wait("attract")
    desk_answers(town, opened, "凭知青档案核实，津贴照发")


def test_driver_at_the_logistics_port_in_five_minutes(town, robot):
    """A card for the lorry, between unloading and the road: few touches, answered while he has his tea."""
    walk = files(town, "B03", {"reason": "change", "plate": "TEST123", "delivery": "electronic"})
    assert walk.touches <= 20
    assert county_answers(town, walk, "granted", note="新证已发到手机")["form"]["plate"] == "TEST123"
    answer_is_seen(town, walk, "granted", note="新证已发到手机")


def test_foreigner_at_the_desk_reads_everything_in_english(town, robot):
    """A passport has no chip that the reader knows: without a card the guide is read, and a question gets a number."""
    desk = Walk(town, "L04", "en", has_card=False).to_the_guide()
    assert all(desk.reads(desk.name(m)) for m in ("name", "gives", "who", "fee"))
    assert all(desk.reads(m["name"]["en"]) for m in desk.service["materials"])
    desk.leave()
    asked = files(town, "L03", {"kind": "question", "words": "Where is my residence permit?", "reply": "call"}, language="en", has_card=False)
    inside = county_answers(town, asked, "granted", note="It is ready at Window 3")
    assert inside["resident"] is None and inside["form"]["words"] == "Where is my residence permit?"
    answer_is_seen(town, asked, "granted", note="It is ready at Window 3")


def test_complaint_without_a_name(town, robot):
    """Neither card, name nor signature goes along; the number says how far it is, the answer opens with the code alone."""
    wishes = {"kind": "complaint", "words": "窗口没有人", "reply": "anonymous"}
    walk = Walk(town, "L03", wishes=wishes, person=matters.person_aged(45)).to_the_guide().to_the_number()
    walk.leave()
    opened = arrived(town, walk.receipt)
    inside = opened["item"]
    assert inside["resident"] is None and "signature" not in inside and "phone" not in inside["form"]
    assert walk.person["number"] not in str(inside) and walk.person["name"] not in str(inside)
    town.desk("step", {"id": opened["id"], "event": "accept"})
    town.desk("step", {"id": opened["id"], "event": "grant", "note": "已经改正"})
    assert "已经改正" not in look_up(town, walk.receipt, "granted")
    robot.tap("exit")
    robot.wait("attract")
