"""At this point: a number in the queue, a booking, places and figures, from the touch to the county and back."""
import datetime
import json

import pytest

from county import ROOT, County, Kiosk, receipt
from journeys import arrives, by_receipt, leave, manifest


def ticket(town, theme="elders", priority="none"):
    """Two touches behind "Take a number". Returns the number shown."""
    robot = town.robot
    if robot.screen() == "attract":
        robot.tap("point")
        robot.wait("point")
    robot.tap("ticket")
    robot.wait("ticket")
    robot.tap(f"theme:{theme}")
    robot.tap(f"priority:{priority}")
    return held(town)


def held(town):
    """The number, once it is shown."""
    return town.until(lambda: town.robot.widget("ticket"), "a number is shown")["label"]


def waiting(town):
    return town.desk("queue")["waiting"]


def item_of(town, kind, member, **parts):
    def look():
        return [i for i in town.opened() if manifest(i)["kind"] == kind and
                all(i["item"].get(member, {}).get(k) == v for k, v in parts.items())]
    return town.until(look, f"{kind} with {parts} reaches the county")[-1]


def queue_at_kiosk(town, robot):
    """Waits until the kiosk has the county's word."""
    def look():
        town.sync_now()
        if robot.screen() == "attract":
            robot.tap("point")
            robot.wait("point")
        return "县里的数据" in robot.all_words()
    town.until(look, "the kiosk knows the point")


def test_ticket_reaches_the_county_and_is_called(town, robot):
    queue_at_kiosk(town, robot)
    number = ticket(town)
    assert number.startswith("A") and number[1:].isdigit()
    item = item_of(town, "ticket", "ticket", number=number)
    assert item["item"]["resident"] is None and item["item"]["ticket"]["theme"] == "elders"
    town.until(lambda: [t for t in waiting(town) if t["number"] == number], "the clerk sees the number")
    robot.tap("exit")
    robot.wait("attract")
    called = town.desk("queue/next", {"counter": "3", "themes": ["elders"]})["number"]
    assert called == number and {"number": number, "counter": "3"} in town.desk("called")["called"]
    robot.tap("progress")
    robot.wait("progress")
    town.until(lambda: robot.ask_case(manifest(item)["receipt"])["case_state"] == "called", "the kiosk hears of the call")
    assert "3" in robot.words()
    town.desk("queue/next", {"counter": "3", "themes": []})


def test_ticket_offline_has_its_own_number_and_its_turn_by_when_it_was_taken(town, robot):
    town.sim.link(False)
    first = ticket(town)
    robot.tap("exit")
    robot.wait("attract")
    second = ticket(town, priority="pregnant")
    robot.tap("exit")
    robot.wait("attract")
    assert first != second and int(second[-3:]) == int(first[-3:]) + 1
    assert not [t for t in waiting(town) if t["number"] in (first, second)]
    town.sim.link(True)
    town.sync_now()
    town.until(lambda: {first, second} <= {t["number"] for t in waiting(town)}, "both come later")
    order = [town.desk("queue/next", {"counter": "1", "themes": ["elders"]})["number"] for _ in range(2)]
    assert order == [second, first]
    town.desk("queue/next", {"counter": "1", "themes": []})


def book(town, robot):
    queue_at_kiosk(town, robot)
    robot.tap("book.window")
    robot.wait("guide")
    robot.next()
    robot.wait("calendar")
    half = next(w for w in robot.widgets() if w["id"].startswith("half:") and not w.get("disabled"))["id"]
    robot.tap(half)
    robot.wait("form")
    robot.choose("matter", "elders")
    robot.next()
    return half.split(":")[1:]


def test_booking_is_confirmed_seen_and_given_back(town, robot):
    town.sim.card("lin-xiuying.json")
    robot.wait("home")
    robot.tap("point")
    robot.wait("point")
    queue_at_kiosk(town, robot)
    day, half = book(town, robot)
    robot.fill("phone", "13800000000")
    robot.next()
    robot.wait("review")
    assert not robot.widget("sign.pad")
    robot.next()
    robot.wait("done", ms=12000)
    number = robot.widget("receipt")["label"]
    item = arrives(town, number)
    assert manifest(item)["kind"] == "appointment" and item["item"]["booking"] == {"calendar": "window", "day": day, "half": half}
    town.until(lambda: [b for b in town.desk("bookings")["bookings"] if b["receipt"] == number], "the clerk sees the booking")
    booking = next(b for b in town.desk("bookings")["bookings"] if b["receipt"] == number)
    town.desk("bookings/decide", {"id": booking["id"], "state": "confirmed"})
    leave(town)
    robot.tap("progress")
    robot.wait("progress")
    town.until(lambda: robot.ask_case(number)["case_state"] == "confirmed", "the kiosk hears of the confirmation")
    assert f"{day[:4]}-{day[4:6]}-{day[6:]}" in robot.words()
    robot.tap("cancel-booking")
    robot.wait("cancel")
    for digit in "0000":
        robot.tap(f"key:{digit}")
    robot.next()
    town.until(lambda: not robot.widget("field:tail"), "the cancellation is stored")
    robot.next()
    robot.wait("progress")
    town.until(lambda: town.desk("bookings")["bookings"][0] and
               next(b for b in town.desk("bookings")["bookings"] if b["receipt"] == number)["state"] == "cancelled",
               "the county has cancelled it")


# ---- the county's side ---------------------------------------------------------------------------

@pytest.fixture
def county(tmp_path):
    with County(tmp_path, "--point", ROOT / "assets/point/point.json") as c:
        c.serve_opener()
        yield c


@pytest.fixture
def kiosk(county, tmp_path):
    return Kiosk(county, tmp_path / "kiosk", code="11112222")


def sealed(kiosk, kind, **inside):
    item = kiosk.application(**inside)
    seq = kiosk.seq
    whole = {"schema": 1, "manifest": {"id": item["id"], "kiosk_id": kiosk.id, "install_id": item["install_id"], "seq": seq,
                                       "receipt": receipt(kiosk.id, seq), "kind": kind, "item_code": inside.pop("code", "Q01"),
                                       "catalogue_version": 1, "language": "zh"}, "resident": None, **inside}
    key_id, data = kiosk.county.seal(whole)
    made = kiosk.item(sealed=data, seq=seq, key_id=key_id, kind=kind)
    assert kiosk.verdicts(made) == ["accepted"]
    return made["id"]


def point(kiosk, etag=None):
    return kiosk.request("GET", "/v1/point", headers={"If-None-Match": etag} if etag else {})


def pack_of(folder, holiday, worked):
    """A year whose only holiday and whose only worked weekend day are these."""
    folder.mkdir()
    year = {"format": 1, "year": holiday.year, "document": "x", "published": f"{holiday.year - 1}1101", "source": "x",
            "holidays": [{"name": {"zh": "某节", "en": "Some day"}, "from": f"{holiday:%Y%m%d}", "to": f"{holiday:%Y%m%d}"}],
            "working": [f"{worked:%Y%m%d}"] if worked.year == holiday.year else []}
    (folder / f"{holiday.year}.json").write_text(json.dumps(year))
    return folder


def test_no_half_day_is_offered_on_a_holiday_and_some_on_a_weekend_that_is_worked(tmp_path):
    today = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8)).date()
    ahead = [today + datetime.timedelta(days=n) for n in range(1, 11)]
    holiday = next(d for d in ahead[1:] if d.weekday() < 5)
    worked = next(d for d in ahead if d.weekday() == 6)
    usual = next(d for d in ahead if d.weekday() < 5 and d != holiday)
    with County(tmp_path / "county", "--point", ROOT / "assets/point/point.json", "--calendar",
                pack_of(tmp_path / "calendar", holiday, worked)) as c:
        c.serve_opener()
        offered = json.loads(point(Kiosk(c, tmp_path / "kiosk", code="11112222")).body)["calendars"]
    days = {h["day"] for c in offered if c["name"] == "window" for h in c["halves"]}
    assert f"{usual:%Y%m%d}" in days and f"{holiday:%Y%m%d}" not in days
    assert (f"{worked:%Y%m%d}" in days) == (worked.year == holiday.year)


def test_point_document_is_signed_versioned_and_not_sent_twice(county, kiosk):
    answer = point(kiosk)
    assert answer.status == 200 and answer.headers["Document-Signature"]
    assert answer.json["type"] == "point" and answer.json["kiosk_id"] == "K0012" and answer.json["prefix"] == "A"
    assert all(q["waiting"] == 0 for q in answer.json["queues"]) and len(answer.json["points"]) == 3
    assert point(kiosk, answer.headers["ETag"]).status == 304
    sealed(kiosk, "ticket", ticket={"number": "A001", "theme": "elders", "day": "", "priority": "none"})
    later = point(kiosk, answer.headers["ETag"])
    assert later.status == 200 and later.json["version"] > answer.json["version"]
    assert next(q for q in later.json["queues"] if q["theme"] == "elders")["waiting"] == 1


def test_point_without_county_open_says_nothing_of_who_waits(county, kiosk):
    county.opener.terminate()
    county.opener.wait(10)
    sealed(kiosk, "ticket", ticket={"number": "A001", "theme": "elders", "day": "", "priority": "none"})
    answer = point(kiosk)
    assert answer.status == 200 and "queues" not in answer.json and "calendars" not in answer.json
    assert county.desk("queue").json["known"] is False


def test_point_that_the_county_does_not_tell_is_not_found(tmp_path):
    with County(tmp_path) as c:
        assert point(Kiosk(c, tmp_path / "kiosk", code="11112222")).status == 404


def free(kiosk, calendar, day, half):
    halves = next(c for c in point(kiosk).json["calendars"] if c["name"] == calendar)["halves"]
    return next(h["free"] for h in halves if h["day"] == day and h["half"] == half)


def test_level_of_a_point_is_said_by_the_officer_and_signed_for_its_kiosk_alone(county, kiosk):
    assert "profile" not in point(kiosk).json
    assert county.desk("fleet/level", {"id": "K0012", "level": "moon"}).status == 400
    assert county.desk("fleet/level", {"id": "K9999", "level": "village"}).status == 404
    assert county.desk("fleet/level", {"id": "K0012", "level": "village"}, token="0" * 32).status == 403
    assert county.desk("fleet/level", {"id": "K0012", "level": "village"}).status == 200
    answer = point(kiosk)
    assert answer.json["profile"]["level"] == "village" and "F02" in answer.json["profile"]["away"]
    assert answer.headers["Document-Signature"]
    assert county.desk("fleet/level", {"id": "K0012", "level": ""}).status == 200
    assert "profile" not in point(kiosk).json


def test_what_is_urgent_has_a_lane_and_staff_confirm_it(county, kiosk):
    for number, more in (("A001", {}), ("A002", {"urgent": "death"}), ("A003", {"urgent": "nonsense"})):
        sealed(kiosk, "ticket", ticket={"number": number, "theme": "elders", "day": "", "priority": "none", **more})
    rows = {t["number"]: t for t in county.desk("queue").json["waiting"]}
    assert rows["A002"]["urgent"] == "said" and rows["A002"]["why"] == "death" and rows["A003"]["urgent"] == ""
    assert county.desk("queue/urgent", {"number": "A001", "urgent": True, "by": "1"}).status == 404
    assert county.desk("queue/urgent", {"number": "A002", "urgent": "yes", "by": "1"}).status == 400
    assert county.desk("queue/urgent", {"number": "A002", "urgent": True, "by": "1"}, token="0" * 32).status == 403
    assert county.desk("queue/urgent", {"number": "A002", "urgent": True, "by": "李明"}).status == 200
    assert county.desk("queue/urgent", {"number": "A002", "urgent": False, "by": "李明"}).status == 404
    called = [county.desk("queue/next", {"counter": "1", "lane": "urgent"}).json["number"] for _ in range(4)]
    assert called == ["A002", "A001", "A003", ""]


def test_full_half_day_is_full_and_free_again_when_one_is_given_back(county, kiosk):
    first = next(c for c in point(kiosk).json["calendars"] if c["name"] == "F02")["halves"][0]
    where = {"calendar": "F02", "day": first["day"], "half": first["half"]}
    form = {"day": first["day"], "half": first["half"], "phone": "13800001234"}
    for _ in range(first["free"]):
        sealed(kiosk, "appointment", booking=where, form=form)
    number = receipt("K0012", kiosk.seq)
    assert free(kiosk, "F02", first["day"], first["half"]) == 0
    sealed(kiosk, "appointment", cancel={"receipt": number, "phone_tail": "9999"})
    assert free(kiosk, "F02", first["day"], first["half"]) == 0
    sealed(kiosk, "appointment", cancel={"receipt": number, "phone_tail": "1234"})
    assert free(kiosk, "F02", first["day"], first["half"]) == 1
    states = [e["state"] for e in kiosk.feed().json["entries"]]
    assert "cancelled" in states


def test_a_booking_is_moved_at_the_desk_and_what_is_past_is_listed_no_more(county, kiosk):
    first, second = next(c for c in point(kiosk).json["calendars"] if c["name"] == "F02")["halves"][:2]
    sealed(kiosk, "appointment", booking={"calendar": "F02", **first}, form={"day": first["day"], "half": first["half"], "phone": "13800001234"})
    sealed(kiosk, "appointment", booking={"calendar": "F02"}, form={"day": "20200101", "half": "am", "phone": "13800001234"})
    sealed(kiosk, "appointment", booking={"calendar": "F02"}, form={"phone": "13800001234"})  # which day, somebody has to ask
    unread, one = county.desk("bookings").json["bookings"]
    assert unread["day"] == "" and one["day"] == first["day"]
    moved = {"id": one["id"], "state": "confirmed", "day": second["day"], "half": second["half"]}
    assert county.desk("bookings/decide", {**moved, "state": "cancelled"}).status == 400
    assert county.desk("bookings/decide", moved).status == 200
    assert free(kiosk, "F02", first["day"], first["half"]) == first["free"]
    assert free(kiosk, "F02", second["day"], second["half"]) == second["free"] - 1
    told = kiosk.feed().json["entries"][-1]
    assert told["state"] == "confirmed" and told["facts"]["when"].endswith(f"{second['from']}–{second['to']}")


def test_clerks_calls_and_decisions_need_the_token_and_the_hall_screen_tells_numbers_alone(county, kiosk):
    sealed(kiosk, "ticket", ticket={"number": "A001", "theme": "disability", "day": "", "priority": "disabled"})
    for path, body in (("queue", None), ("bookings", None), ("queue/next", {"counter": "1"}), ("bookings/decide", {})):
        assert county.desk(path, body, token="0" * 32).status == 403, path
    assert county.desk("queue/next", {"counter": "1", "themes": []}).json["number"] == "A001"
    assert county.desk("called", token="").json == {"called": [{"number": "A001", "counter": "1"}], "bells": []}
    assert county.desk("queue/next", {"counter": "<b>"}).status == 400
    entry = kiosk.feed().json["entries"][-1]
    assert entry["state"] == "called" and entry["facts"] == {"counter": "1", "number": "A001"}
    assert county.desk("bookings/decide", {"id": "x", "state": "confirmed"}).status == 404
    for page in ("queue.html", "queue.js", "bookings.js", "queue.css", "screen.html", "screen.js"):
        assert county.desk(page, token="").status == 200
