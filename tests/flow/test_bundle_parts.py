"""A bundle from the form to the answer about each of its parts: staff take every part through by itself, and whoever asks under
the number reads what became of each, in both languages, on the page and on the slip."""
from matter_walk import slip_comes_out
from test_unsettled import look_up
from walker import Walk, arrived

HOUSEHOLD, INSURANCE, CARD = 1, 2, 3


def files(town, code, wishes=None):
    walk = Walk(town, code, wishes=wishes).to_the_guide().to_the_number()
    slip_comes_out(walk)
    walk.leave()
    return walk


def desk(town, opened, event, part=0, **more):
    return town.desk("step", {"id": opened["id"], "event": event, "part": part, **more})


def row(words, name):
    """What stands under a part's name, up to the next one."""
    lines = [line.strip() for line in words.split("\n")]
    at = next(i for i, line in enumerate(lines) if line.endswith(name))
    return lines[at + 1]


def test_newborn_parts_are_done_and_one_is_refused_and_the_page_says_so_in_both_languages(town, robot):
    walk = files(town, "F01", {"child_name": "测试宝", "married": "yes", "claim_costs": "no", "delivery": "post"})
    opened = arrived(town, walk.receipt)
    assert [p["name"][0] for p in opened["parts"]] == ["出生登记（报户口）", "居民医保参保", "社会保障卡", "预防接种档案"]
    desk(town, opened, "accept")
    desk(town, opened, "grant", HOUSEHOLD)
    words = look_up(town, walk.receipt, "accepted", says="已办好 1 件，一共 4 件")
    assert row(words, "社会保障卡").startswith("正在办理 · 人社局 · 还剩 2 个工作日")
    assert "1  出生登记（报户口）" in words and "部分办成" not in words
    robot.tap("exit")
    robot.wait("attract")
    desk(town, opened, "deliver", HOUSEHOLD, delivery={"kind": "post", "tracking": "EX123456789CN"})
    desk(town, opened, "grant", INSURANCE)
    desk(town, opened, "grant", 4)
    desk(town, opened, "deny", CARD, reason="照片不合格")
    words = look_up(town, walk.receipt, "granted", says="部分办成")
    assert "办成 3 件，没有办成 1 件" in words
    assert row(words, "出生登记（报户口）") == "办好了，已经送出 · 公安局 · 邮寄，快递单号 EX123456789CN"
    assert row(words, "社会保障卡") == "没有批准 · 人社局" and "理由：照片不合格" in words
    assert "60 天内申请行政复议" in words
    before = len(town.sim.slips())
    robot.tap("print-case")
    town.until(lambda: len(town.sim.slips()) > before, "the slip about it comes out")
    robot.tap("exit")
    robot.wait("attract")
    robot.tap("language")
    words = look_up(town, walk.receipt, "granted", says="Partly done")
    assert "Done: 3. Not done: 1. Each says why." in words
    assert row(words, "Household registration") == "It is done and handed over · Police · By post, number EX123456789CN"
    assert row(words, "Social security card") == "Not approved · Social security" and "The reason: 照片不合格" in words
    robot.tap("exit")
    robot.wait("attract")


def test_water_and_power_wait_for_the_visit_and_fall_with_it(town, robot):
    walk = files(town, "P04", {"water": "yes", "power": "yes", "gas": "no", "net": "no"})
    opened = arrived(town, walk.receipt)
    assert [p["name"][0] for p in opened["parts"]] == ["联合踏勘", "破路、占绿许可", "接水", "接电", "联合验收"]
    desk(town, opened, "accept")
    words = look_up(town, walk.receipt, "accepted", says="等第 1 件办好再办")
    assert row(words, "接水").endswith("等第 2 件办好再办")
    robot.tap("exit")
    robot.wait("attract")
    desk(town, opened, "deny", 1, reason="场地还没有交付")
    words = look_up(town, walk.receipt, "denied", says="场地还没有交付")
    assert "要先办好的“联合踏勘”没有办成" in words and "部分办成" not in words
    robot.tap("exit")
    robot.wait("attract")
