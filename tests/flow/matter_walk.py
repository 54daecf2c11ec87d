"""One matter from the kiosk's door to the county's answer, and what must be true on the way."""
import subprocess

import matters
from walker import Walk, arrived, confirm_booking, decide, desk_item

NOTE = {"zh": "请带存折", "en": "Please bring your bank book"}
ANSWERS = ("granted", "accepted", "correction_requested", "denied")
GUIDE_ENDS = ("info",)


def walk_and_answer(town, report, code, language, is_elder, turn):
    town.sim.do("speed", mm_per_s=0)  # paper takes its time elsewhere (test_story.py)
    walk = Walk(town, code, language, is_elder, turn).to_the_guide()
    guide_says_all(walk)
    if not walk.can_begin():
        assert walk.service["reach"] in GUIDE_ENDS, f"{code}: its guide leads nowhere"
        walk.leave()
        report(walk, "guide")
        return
    walk.to_the_number()
    opened = arrived(town, walk.receipt)
    is_what_was_said(walk, opened)
    papers_were_named(walk)
    is_booking = walk.service["reach"] == "book"
    state = "confirmed" if is_booking else ANSWERS[turn]
    missing = [m["id"] for m in opened["item"]["materials"][:1]] if state == "correction_requested" else []
    state = "accepted" if state == "correction_requested" and not missing else state
    is_instant = walk.service.get("instant", False)
    if is_instant:
        state, missing = "granted", []
        town.until(lambda: desk_item(town, opened["id"])["state"] == "granted", "it is granted as it comes in")
    elif is_booking:
        confirm_booking(town, opened)
    else:
        decide(town, opened, state, NOTE[language], missing=missing)
    slip_comes_out(walk)
    walk.leave()
    answer_is_seen(town, walk, state, missing, note="" if is_instant else None)
    report(walk, state)


def guide_says_all(walk):
    for member in ("name", "who", "fee", "department", "gives"):
        assert walk.reads(walk.name(member)), f"{walk.service['code']}: the guide does not say {member}"


def is_what_was_said(walk, opened):
    inside, service = opened["item"], walk.service
    manifest, form = inside["manifest"], inside["form"]
    assert (manifest["item_code"], manifest["language"]) == (service["code"], walk.language)
    for name, said in walk.answers.items():
        assert form.get(name) == said, f"{service['code']}: {name} arrives as {form.get(name)!r}, said was {said!r}"
    known = walk.seen | set(walk.answers) | {n for n, f in matters.fields(service).items() if f.get("prefill")}
    assert set(form) <= known, f"{service['code']}: nobody was asked for {set(form) - known}"
    is_anonymous = "anonymous" in service and matters.holds(service["anonymous"], form)
    if walk.has_card and not is_anonymous:
        assert inside["resident"]["number"] == walk.person["number"]
    else:
        assert inside["resident"] is None
    assert is_anonymous or service["reach"] == "book" or inside["signature"]["strokes"]  # a booking is not signed
    assert not service.get("needs_consent") or inside["consent"] is True
    wanted = {m["id"] for m in service["materials"] if matters.holds(m.get("when"), form)}
    assert {m["id"] for m in inside["materials"]} == wanted
    states = {m["id"]: m["state"] for m in inside["materials"] if m["how"] != "fetched"}
    if service["reach"] == "book":
        assert set(states.values()) <= {"unsaid"}  # shown at the desk, not asked about here
        return
    assert states == {id: {"here": "here", "later": "owed"}[said] for id, said in walk.papers.items()}


def papers_were_named(walk):
    form = walk.answers
    for m in walk.service["materials"]:
        if matters.holds(m.get("when"), form):
            assert walk.reads(m["name"][walk.language]), f"{walk.service['code']}: {m['id']} is handed in and was never named"


def slip_comes_out(walk):
    walk.town.until(lambda: walk.robot.do("state")["paper"] == "done", f"the slip of {walk.code} is out")
    if walk.turn:
        return
    slip = walk.town.sim.slips()[-1]
    read = subprocess.run(["zbarimg", "-q", "--raw", slip["png"]], capture_output=True, text=True).stdout
    assert walk.code in read


def ask(robot, code):
    """What the kiosk knows under a number or a code, typed anew."""
    if robot.widget("field:receipt"):
        while robot.widget("field:receipt").get("value"):
            robot.tap("key:erase")
    return robot.ask_case(code)


def answer_is_seen(town, walk, state, missing=(), note=None):
    """Later, with the slip in hand: the state, what the clerk wrote, what is still owed, in the resident's language."""
    robot = town.robot
    if walk.language == "en":
        robot.tap("language")
    robot.tap("progress")
    robot.wait("progress")
    town.until(lambda: ask(robot, walk.code)["case_state"] == state, f"{state} is shown")
    words = robot.words()
    assert walk.code in words and (state == "confirmed" or (NOTE[walk.language] if note is None else note) in words)
    for m in walk.service["materials"]:
        assert m["id"] not in missing or m["name"][walk.language] in words
    robot.tap("exit")
    robot.wait("attract")
