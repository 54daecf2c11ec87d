"""The joint visit of a bundle (SS-30): a half-day of the office's calendar, chosen at the kiosk or set by the county, moved, given
back, and free again when it is not wanted any more. From the touch to the county and back, and in a real browser."""
import pytest

from browser import Browser
from bundles import Bundle, children
from county import ROOT, County, Kiosk, receipt
from matter_walk import slip_comes_out
from test_desk import choose
from test_point import free, point, queue_at_kiosk, sealed
from test_unsettled import look_up
from walker import Walk, arrived

SURVEY, ROAD, WATER, ACCEPTANCE = 1, 2, 3, 7
PHONE = "13800001234"


@pytest.fixture
def county(tmp_path):
    with County(tmp_path, "--point", ROOT / "assets/point/point.json") as c:
        c.serve_opener()
        yield c


@pytest.fixture
def kiosk(county, tmp_path):
    return Kiosk(county, tmp_path / "kiosk", code="11112222")


def halves(kiosk):
    return next(c for c in point(kiosk).json["calendars"] if c["name"] == "joint")["halves"]


def left(kiosk, half):
    return free(kiosk, "joint", half["day"], half["half"])


def connection(county, kiosk, half=None, is_chosen=True):
    """An application for water and power; the half-day chosen from the calendar, or wished."""
    form = {"phone": PHONE, **({"day": half["day"], "half": half["half"]} if half else {})}
    booking = {"booking": {"calendar": "joint", "day": half["day"], "half": half["half"]}} if half and is_chosen else {}
    return Bundle(county, kiosk, "P04", form=form, **booking)


def visit(bundle, no=SURVEY):
    return bundle.part(no).get("visit")


def row_of(county, bundle, no=SURVEY):
    return next(b for b in county.desk("bookings").json["bookings"] if b["id"] == f"{bundle.id}.{no}")


def decide(county, bundle, half=None, state="confirmed", no=SURVEY):
    more = {"day": half["day"], "half": half["half"]} if half else {}
    return county.desk("bookings/decide", {"id": row_of(county, bundle, no)["id"], "state": state, **more})


def dashed(half):
    return f"{half['day'][:4]}-{half['day'][4:6]}-{half['day'][6:]}"


def told(half, state):
    return {"state": state, "day": dashed(half), "half": half["half"], "hours": f"{half['from']}–{half['to']}"}


# ---- the county's side ---------------------------------------------------------------------------

def test_a_chosen_half_day_is_held_confirmed_and_told_without_touching_the_case(county, kiosk):
    half = halves(kiosk)[0]
    b = connection(county, kiosk, half)
    assert left(kiosk, half) == half["free"] - 1
    assert visit(b) == told(half, "held") and "visit" not in b.part(ROAD) and b.told()["state"] == "received"
    one = row_of(county, b)
    assert (one["service"], one["part"][0], one["calendar"], one["state"]) == ("P04", "联合踏勘", "joint", "received")
    assert decide(county, b, state="cancelled").status == 409  # it ends with its part, and not before
    assert decide(county, b).status == 200
    assert visit(b) == told(half, "confirmed") and b.told()["state"] == "received"
    assert left(kiosk, half) == half["free"] - 1 and PHONE not in county.desk("bookings").body.decode()


def test_what_is_asked_for_without_a_calendar_is_set_by_the_county(county, kiosk):
    wish, other = halves(kiosk)[0], halves(kiosk)[3]
    wished, nothing = connection(county, kiosk, wish, is_chosen=False), connection(county, kiosk)
    assert left(kiosk, wish) == wish["free"]  # a wish holds no place
    assert visit(wished) == told(wish, "asked") and visit(nothing) == {"state": "asked"}
    assert decide(county, nothing).status == 409  # there is no time to confirm
    assert [b["receipt"] for b in county.desk("bookings").json["bookings"]][:2]  # they stand first
    assert decide(county, wished, wish).status == 200 and decide(county, nothing, other).status == 200
    assert visit(wished) == told(wish, "confirmed") and visit(nothing) == told(other, "confirmed")
    assert left(kiosk, other) == other["free"] - 1


def test_a_half_day_that_is_full_by_then_is_promised_to_nobody_and_another_is_set(county, kiosk):
    half, other = halves(kiosk)[:2]
    held = [connection(county, kiosk, half) for _ in range(half["free"])]
    late = connection(county, kiosk, half)
    assert left(kiosk, half) == 0
    assert visit(held[-1])["state"] == "held" and visit(late) == told(half, "full")
    assert decide(county, late, half).word == "full"
    assert decide(county, late, {"day": "20200101", "half": "am"}).word == "not-offered"
    assert decide(county, late, {"day": "soon", "half": "am"}).status == 400
    assert visit(late)["state"] == "full"
    assert decide(county, late, other).status == 200
    assert visit(late) == told(other, "moved")
    assert left(kiosk, other) == other["free"] - 1


def test_a_visit_is_moved_and_its_place_goes_to_somebody_else(county, kiosk):
    half, other = halves(kiosk)[:2]
    b = connection(county, kiosk, half)
    assert decide(county, b).status == 200 and decide(county, b).status == 409
    assert decide(county, b, other).status == 200
    assert visit(b) == told(other, "moved")
    assert left(kiosk, half) == half["free"] and left(kiosk, other) == other["free"] - 1
    county.restart()
    county.serve_opener()
    assert row_of(county, b)["day"] == other["day"]


@pytest.mark.parametrize("event, part, more", [("withdraw", 0, {}), ("deny", SURVEY, {"reason": "场地还没有交付"}), ("end", SURVEY, {"reason": "没有人在"})])
def test_what_is_not_wanted_any_more_frees_the_place(county, kiosk, event, part, more):
    half = halves(kiosk)[0]
    b = connection(county, kiosk, half)
    assert decide(county, b).status == 200 and left(kiosk, half) == half["free"] - 1
    if event != "withdraw":
        b.step("accept")
    b.step(event, part, **more)
    assert left(kiosk, half) == half["free"] and visit(b) is None
    assert row_of(county, b)["state"] == "cancelled" and decide(county, b, half).status == 409


def test_a_visit_that_was_made_holds_its_place_no_more(county, kiosk):
    half = halves(kiosk)[0]
    b = connection(county, kiosk, half)
    b.step("accept")
    b.step("grant", SURVEY)
    assert row_of(county, b)["state"] == "kept" and visit(b) is None and b.states()[0] == "granted"


def test_the_joint_acceptance_is_asked_for_when_it_begins_and_set_by_the_county(county, kiosk):
    """装好以后各家再一起来一次：轮到它时才定时间，群众一样看得到，也一样退得掉。"""
    half, other = halves(kiosk)[:2]
    b = connection(county, kiosk, half)
    b.step("accept")
    b.step("grant", SURVEY)
    assert [x["part"][0] for x in county.desk("bookings").json["bookings"]] == ["联合踏勘"] and visit(b, ACCEPTANCE) is None
    b.step("grant", ROAD)
    assert visit(b, ACCEPTANCE) == {"state": "asked"} and row_of(county, b, ACCEPTANCE)["part"][0] == "联合验收"
    assert decide(county, b, other, no=ACCEPTANCE).status == 200
    assert visit(b, ACCEPTANCE) == told(other, "confirmed") and left(kiosk, other) == other["free"] - 1
    sealed(kiosk, "appointment", cancel={"receipt": receipt("K0012", b.seq), "phone_tail": "1234"})
    assert left(kiosk, other) == other["free"] and visit(b, ACCEPTANCE) == {"state": "returned"}
    b.step("deny", WATER, reason="水表井不合格")  # one supplier less: the others are taken over all the same
    assert decide(county, b, half, no=ACCEPTANCE).status == 200
    b.step("grant", ACCEPTANCE)
    assert visit(b, ACCEPTANCE) is None and left(kiosk, half) == half["free"]


def test_a_time_is_given_back_by_number_and_telephone_and_the_application_goes_on(county, kiosk):
    half, other = halves(kiosk)[:2]
    b = connection(county, kiosk, half)
    number = receipt("K0012", b.seq)
    sealed(kiosk, "appointment", cancel={"receipt": number, "phone_tail": "9999"})
    assert left(kiosk, half) == half["free"] - 1
    sealed(kiosk, "appointment", cancel={"receipt": number, "phone_tail": "1234"})
    assert left(kiosk, half) == half["free"]
    assert visit(b) == {"state": "returned"} and b.told()["state"] == "received"
    assert decide(county, b, other).status == 200
    assert visit(b) == told(other, "confirmed")  # nothing else was chosen since


def test_what_comes_back_in_one_batch_with_its_application_finds_it(county, kiosk):
    """A kiosk that was offline hands both in at once: the application is known before its time is given back."""
    half = halves(kiosk)[0]
    item = kiosk.application(service="P04", form={"phone": PHONE, "day": half["day"], "half": half["half"]}, children=children("P04"),
                             booking={"calendar": "joint", "day": half["day"], "half": half["half"]})
    assert kiosk.verdicts(item) == ["accepted"]
    number = receipt("K0012", kiosk.seq)
    sealed(kiosk, "appointment", cancel={"receipt": number, "phone_tail": "1234"})
    assert left(kiosk, half) == half["free"]
    assert next(b for b in county.desk("bookings").json["bookings"] if b["receipt"] == number)["state"] == "returned"


def test_each_word_about_a_visit_comes_in_its_turn(county, kiosk):
    half, other = halves(kiosk)[:2]
    held, asked = connection(county, kiosk, half), connection(county, kiosk)
    seen = [visit(held), visit(asked)]
    assert decide(county, held, other).status == 200
    seen.append(visit(held))
    sealed(kiosk, "appointment", cancel={"receipt": receipt("K0012", held.seq), "phone_tail": "1234"})
    point(kiosk)
    seen.append(visit(held))
    assert [v["state"] for v in seen] == ["held", "asked", "moved", "returned"]


def test_page_sets_moves_and_confirms_visits(county, kiosk, tmp_path):
    half, other = halves(kiosk)[:2]
    asked, held = connection(county, kiosk), connection(county, kiosk, half)
    with Browser() as b:
        b.go(county.facts["desk_url"].replace("/?", "/queue.html?"))
        mine, theirs = (f'#bookings tr[data-receipt="{receipt("K0012", x.seq)}"]' for x in (asked, held))
        assert "联合踏勘" in b.text(b.until(mine, "等县里定时间"))
        b.until(f"{mine}.waiting-for-day:first-child select")
        b.click(f"{theirs} button", "确认")
        b.until(theirs, "已确认")
        b.js("const s = document.querySelector(arguments[0] + ' select'); s.value = arguments[1];", mine, f"{other['day']}:{other['half']}")
        b.click(f"{mine} button", "定这个时间")
        b.until(mine, "已确认")
        b.screenshot(tmp_path / "bookings.png")
        assert visit(asked) == told(other, "confirmed") and visit(held) == told(half, "confirmed")
        b.go(county.facts["desk_url"])
        choose(b, receipt("K0012", held.seq))
        assert half["from"] in b.text(b.until("#children .visit", "已约定"))
        assert b.complaints() == []


# ---- from the kiosk ------------------------------------------------------------------------------

def to_the_calendar(town, robot):
    queue_at_kiosk(town, robot)
    robot.tap("exit")
    robot.wait("attract")
    walk = Walk(town, "P04", wishes={"water": "yes", "power": "yes", "gas": "no", "net": "no"})
    walk.to_the_guide()
    robot.next()
    robot.wait("calendar")
    return walk


def test_half_day_is_chosen_on_the_slip_seen_moved_and_given_back(town, robot):
    walk = to_the_calendar(town, robot)
    assert "联合踏勘" in robot.all_words() and "也可以不预约" not in robot.all_words()
    half = next(w for w in robot.widgets() if w["id"].startswith("half:") and not w.get("disabled"))["id"]
    day, noon = half.split(":")[1:]
    robot.tap(half)
    walk.to_the_number()
    slip_comes_out(walk)
    assert walk.reads(f"{day[:4]}-{day[4:6]}-{day[6:]}") and walk.reads("县里确认后为准")
    walk.leave()
    opened = arrived(town, walk.receipt)
    assert opened["item"]["booking"] == {"calendar": "joint", "day": day, "half": noon} and opened["item"]["form"]["day"] == day
    booking = town.until(lambda: next((b for b in town.desk("bookings")["bookings"] if b["receipt"] == walk.receipt), None), "it holds a place")
    words = look_up(town, walk.receipt, "received", says="县里确认后为准")
    assert "上门时间：" in words and "09:00" in words or "14:00" in words
    robot.tap("exit")
    robot.wait("attract")
    other = next(h for c in town.desk("bookings")["calendars"] if c["name"] == "joint" for h in c["halves"]
                 if h["free"] and (h["day"], h["half"]) != (day, noon))
    town.desk("bookings/decide", {"id": booking["id"], "state": "confirmed", "day": other["day"], "half": other["half"]})
    look_up(town, walk.receipt, "received", says="上门时间改到")
    robot.tap("cancel-booking")
    robot.wait("cancel")
    assert "照样办" in robot.words()
    for digit in opened["item"]["form"]["phone"][-4:]:
        robot.tap(f"key:{digit}")
    robot.next()
    town.until(lambda: not robot.widget("field:tail"), "it is stored")
    robot.tap("exit")
    robot.wait("attract")
    town.until(lambda: next(b for b in town.desk("bookings")["bookings"] if b["receipt"] == walk.receipt)["state"] == "returned",
               "the county has it back")
    words = look_up(town, walk.receipt, "received", says="上门时间您已经退掉")
    assert "受理" in words or "收件" in words or "已收" in words
    robot.tap("exit")
    robot.wait("attract")


def test_offline_the_visit_is_asked_for_and_the_day_comes_back(town, robot):
    town.sim.link(False)
    walk = Walk(town, "P04", wishes={"water": "yes", "power": "no", "gas": "no", "net": "no"}).to_the_guide()
    robot.next()
    if robot.screen() == "calendar":  # what was known before still stands, with its age; another day is a wish
        robot.next()
    walk.to_the_number()
    slip_comes_out(walk)
    assert walk.reads("时间由县里定")
    walk.leave()
    town.sim.link(True)
    town.sync_now()
    arrived(town, walk.receipt)
    booking = town.until(lambda: next((b for b in town.desk("bookings")["bookings"] if b["receipt"] == walk.receipt), None), "the clerk sees it")
    assert booking["state"] == "asked"
    look_up(town, walk.receipt, "received", says="由县里定")
    robot.tap("exit")
    robot.wait("attract")
    half = next(h for c in town.desk("bookings")["calendars"] if c["name"] == "joint" for h in c["halves"] if h["free"])
    town.desk("bookings/decide", {"id": booking["id"], "state": "confirmed", "day": half["day"], "half": half["half"]})
    words = look_up(town, walk.receipt, "received", says=half["from"])
    assert "上门时间" in row_below(words)
    robot.tap("exit")
    robot.wait("attract")


def row_below(words):
    """What stands under the visit's name."""
    lines = [line.strip() for line in words.split("\n")]
    at = next(i for i, line in enumerate(lines) if line.endswith("联合踏勘"))
    return " ".join(lines[at + 1:at + 3])
