"""A resident who knows what he wants (matters.py) and for the rest goes by what is on the screen: he reads, answers what is
asked, ticks what is to be ticked, signs where there is a pad, and presses the primary button. He knows no page by heart, so
a page that is added is walked too."""
import time

import matters

SIGNATURE = [[120, 200], [200, 90], [280, 260], [380, 120], [470, 250], [600, 160], [760, 210]]
TOOLS = {"language", "elder", "contrast", "lower", "speech", "help", "other", "exit", "why"}
STEPS_MAX = 90
PASSING = ("submitting", "reading", "printing", "fetching")


class Lost(AssertionError):
    """A resident would stand here and not know how to go on."""


class Walk:
    """One matter, from the home screen to the number."""

    def __init__(self, town, code, language="zh", is_elder=False, turn=0, person=None, wishes=None, has_card=None):
        """`wishes`: answers that are known before; `turn`: which of the others are chosen."""
        self.town, self.robot, self.turn = town, town.robot, turn
        self.service, self.language, self.is_elder = matters.item(code), language, is_elder
        self.has_card = has_card if has_card is not None else self.service.get("needs_card", True) or not is_elder
        self.person, self.wishes = person or matters.resident_for(self.service), wishes or {}
        self.answers, self.facts, self.papers, self.typed, self.seen = {}, {}, {}, {}, set()
        self.words, self.pages, self.characters = set(), [], 0
        self.receipt, self.code, self.seconds, self.touches = None, None, 0.0, 0
        self.begun, self.touches_before = time.monotonic(), self.robot.touches

    # -- looking
    def look(self):
        self.tree = self.robot.tree()
        self.widgets = self.tree["widgets"]
        for w in self.widgets:
            self.words.update(t for t in (w["label"], str(w.get("detail", "")), str(w.get("value", ""))) if t)
        if not self.pages or self.pages[-1] != self.tree["screen"]:
            self.pages.append(self.tree["screen"])
        return self.tree["screen"]

    def by_id(self, id):
        return next((w for w in self.widgets if w["id"] == id), None)

    def reads(self, text):
        """Stands on a page of this walk, in one piece or within other words."""
        return any(text in w for w in self.words)

    def lost(self, why):
        lines = [f"{w['role']:9} {w['id']:28} {w['label'][:60]} {w.get('error', '')}" for w in self.widgets]
        raise Lost(f"{self.service['code']} {self.language} {'elder' if self.is_elder else 'normal'}: {why}; "
                   f"screen {self.tree['screen']}, so far {' > '.join(self.pages)}\n" + "\n".join(lines))

    def tap(self, w):
        self.robot.tap(w["id"])

    def read_on(self):
        """Further down the page; False: this is its end."""
        down = self.by_id("down")
        if not down or not down["state"]["enabled"]:
            return False
        self.tap(down)
        self.look()
        return True

    # -- finding it
    def arrive(self):
        if self.language == "en":
            self.robot.tap("language")
        if self.has_card:
            self.town.sim.card(self.person)
        else:
            self.robot.tap("begin")
        self.robot.wait("home")
        if self.is_elder:
            self.robot.tap("elder")
        self.look()

    def name(self, what="name"):
        return self.service[what][self.language]

    def find(self):
        """Those with large letters go by theme, the others search: by initials in Chinese, by a word in English."""
        self.find_by_theme() if self.is_elder else self.find_by_search()
        self.look()
        while not (row := next((w for w in self.widgets if w["role"] == "button" and w["label"] == self.name()), None)):
            if not self.read_on():
                self.lost(f"no row says {self.name()}")
        self.tap(row)
        self.robot.wait("guide")
        self.look()
        while self.read_on():
            pass

    def find_by_theme(self):
        theme = next(t for t in matters.catalogue()["themes"] if t["id"] == self.service["theme"])
        if not any(w["label"] == theme["name"][self.language] for w in self.widgets) and self.by_id("more"):
            self.robot.tap("more")
            self.look()
        tile = next((w for w in self.widgets if w["label"] == theme["name"][self.language] and w["role"] == "button"), None)
        if not tile:
            self.lost(f"no tile says {theme['name'][self.language]}")
        self.tap(tile)
        self.robot.wait("theme")

    def find_by_search(self):
        self.robot.tap("search")
        self.robot.wait("search")
        word = self.service["short_name"]["initials" if self.language == "zh" else "en"]
        self.robot.type(word)
        self.characters += len(word)

    # -- one page
    def questions(self):
        return [w for w in self.widgets if w["role"] == "field" and w.get("kind")]

    def choices(self):
        """Groups of options: {the part of the ids they share: [options]}."""
        groups = {}
        for w in self.widgets:
            if w["role"] == "choice" and w["id"].count(":") >= 2:
                groups.setdefault(w["id"].rpartition(":")[0], []).append(w)
        return groups

    def pick(self, group, options):
        """Each walk another one of those with which the matter can be had."""
        name = group.partition(":")[2]
        wish = next((w for w in options if w["id"] == f"{group}:{self.wishes.get(name)}"), None)
        if wish:
            return wish
        key = f"fact.{name}" if group.startswith("fact:") else name
        fit = [w for w in options if matters.is_eligible(self.service, self.person if self.has_card else None,
                                                         {**self.answers, **self.facts, key: w["id"].rpartition(":")[2]})]
        if not fit:
            self.lost(f"no answer to {name} goes with the answers before")
        return fit[self.turn % len(fit)]

    def answer_paper(self, id, options):
        """Here, or later where it may follow: each walk the other."""
        words = [w["id"].rpartition(":")[2] for w in options]
        self.papers[id] = "later" if "later" in words and self.turn % 2 == 0 else "here"
        self.tap(options[words.index(self.papers[id])])

    def choose_one(self):
        """Answers one question of this page that is chosen; False: there is none left."""
        for group, options in self.choices().items():
            name = group.partition(":")[2]
            if group.startswith("paper:"):
                if name not in self.papers:
                    self.answer_paper(name, options)
                    return True
                continue
            if group.startswith("fact:"):  # what a condition depends on; it stays in the kiosk
                if f"fact.{name}" not in self.facts:
                    w = self.pick(group, options)
                    self.facts[f"fact.{name}"] = w["id"].rpartition(":")[2]
                    self.tap(w)
                    return True
                continue
            if name in self.answers:
                continue
            chosen = next((q["value"] for q in self.questions() if q["id"] == f"field:{name}"), "")
            if not chosen or self.turn % 2 == 0 or name in self.wishes:
                w = self.pick(group, options)
                self.tap(w)
                chosen = w["id"].rpartition(":")[2]
            self.answers[name] = chosen
            return True
        return False

    def type_one(self):
        for w in self.questions():
            name = w["id"].removeprefix("field:")
            self.seen.add(name)
            if w.get("error"):
                self.lost(f"{name} is refused: {w['error']}")
            is_wanted = w["required"] or self.turn % 2 == 0 or name in self.wishes
            if w["kind"] in ("choice", "yes_no", "signature") or name in self.typed or not is_wanted:
                continue
            if w["value"] and name not in self.wishes:
                continue
            if not w["state"]["touchable"]:
                continue
            field = matters.fields(self.service).get(name, {"kind": w["kind"]})
            text = self.wishes.get(name) or matters.answer_for(field, len(self.typed) + 1, self.language)
            self.robot.fill(name, text)
            if w["kind"] == "date" and self.look() and not any(k["id"].startswith("pick:") for k in self.widgets):
                self.lost(f"{name}: no day can be picked")
            self.typed[name] = self.answers[name] = w["value"] + text  # behind what stands there already
            self.characters += len(text)
            return True
        return False

    def answer_page(self):
        """All that this page asks; what an answer brings up is asked too."""
        for _ in range(24):
            self.look()
            if self.choose_one():
                continue
            is_typing = any(w["state"]["focused"] for w in self.questions())
            if is_typing and any(w["kind"] in ("choice", "yes_no") and w["id"].removeprefix("field:") not in self.answers
                                 for w in self.questions()):
                self.robot.tap("other")  # the keys are where the choices were
                continue
            if not self.type_one() and not self.read_on():
                return
        self.lost("this page never stops asking")

    def tick_and_sign(self):
        for w in self.widgets:
            if w["role"] == "choice" and w["id"].count(":") < 2 and w["id"] and not w["state"]["selected"]:
                self.tap(w)
        pads = [w for w in self.widgets if w["role"] == "pad" and w["id"].endswith(".pad")]
        is_written = any(w["id"].endswith(".clear") for w in self.widgets)
        for w in pads if not is_written and not any(q["state"]["focused"] for q in self.questions()) else []:
            self.robot.stroke(w["id"], SIGNATURE)

    def print_of(self):
        """What would look other if the page were another."""
        return self.tree["screen"], tuple((w["id"], w["label"], str(w.get("value")), w["state"]["selected"]) for w in self.widgets
                                          if w["role"] not in ("key", "notice"))

    def step(self, screen):
        if screen in PASSING:
            self.town.until(lambda: self.look() not in PASSING, f"the page {screen} ends by itself", 60)
            return
        if screen == "need-card":
            self.town.sim.card(self.person)
            self.robot.wait("form")
            return
        self.answer_page()
        self.tick_and_sign()
        self.look()
        before = self.print_of()
        primary = self.by_id("primary")
        if self.tree["screen"] == "attract" or not primary or not primary["state"]["enabled"]:
            self.lost("there is nothing to press that leads on")
        self.robot.tap("primary")
        self.look()
        if self.print_of() == before and self.tree["screen"] not in PASSING:
            self.try_something()

    def try_something(self):
        """The primary button did nothing: what else a resident would touch, each thing once."""
        tried = self.__dict__.setdefault("tried", set())
        for w in self.widgets:
            is_free = w["role"] in ("button", "choice") and w["id"] not in TOOLS | {"primary"} and not w["state"]["selected"]
            if is_free and w["state"]["touchable"] and w["state"]["enabled"] and w["id"] not in tried and \
                    not w["id"].startswith(("edit:", "sign.", "field:", "reveal")):
                tried.add(w["id"])
                self.tap(w)
                return
        self.lost("the primary button does nothing")

    # -- the whole
    def can_begin(self):
        return self.by_id("primary") is not None

    def to_the_guide(self):
        self.arrive()
        self.find()
        return self.stop()

    def to_the_number(self):
        for _ in range(STEPS_MAX):
            screen = self.look()
            if screen == "done":
                break
            self.step(screen)
        else:
            self.lost("this never ends")
        self.receipt = self.by_id("receipt")["label"]
        claim = self.by_id("claim")
        self.code = claim["label"] if claim else self.receipt  # what the answer opens with, and the slip's code says
        return self.stop()

    def stop(self):
        self.seconds = time.monotonic() - self.begun
        self.touches = self.robot.touches - self.touches_before
        return self

    def leave(self):
        """By the way out that each page offers."""
        self.town.sim.lift()
        for _ in range(12):
            if self.look() in ("attract", "out-of-service"):
                return
            way = next((i for i in ("exit", "end", "exit-card", "primary", "other") if self.by_id(i)), None)
            if not way:
                self.lost("there is no way out")
            self.robot.tap(way)
        self.lost("the way out leads nowhere")


# ---- the county ----------------------------------------------------------------------------------------------

def arrived(town, receipt):
    """What the clerk sees once it has come: opened, with its envelope."""
    row = town.until(lambda: next((i for i in town.desk("items")["items"] if i["receipt"] == receipt), None),
                     f"{receipt} reaches the county")
    return town.until(lambda: (lambda o: o if "item" in o else None)(desk_item(town, row["id"])), f"{receipt} is opened")


def desk_item(town, id):
    import urllib.request
    import json
    base, _, token = town.facts["desk_url"].partition("?")
    with urllib.request.urlopen(f"{base.rstrip('/')}/item?id={id}&{token}", timeout=10) as answer:
        return json.loads(answer.read())


# From where a case stands to where it is to stand: the events of the statute's table that a clerk may raise.
STEPS = {"received": {"accepted": "accept", "accepted_gap": "accept_gap", "correction_requested": "notify"},
         "correction_requested": {"accepted": "corrected"},
         "accepted": {"granted": "grant", "denied": "deny", "suspended": "pause"},
         "accepted_gap": {"accepted": "gap_closed"}, "suspended": {"accepted": "resume"},
         "granted": {"delivered": "deliver"}}


def decide(town, opened, state, note="", missing=(), **more):
    """The clerk takes one step after the other until the case stands there; each must be among those the page offers."""
    for step in way_to(opened["state"], state):
        allowed = [a["event"] for a in desk_item(town, opened["id"])["case"]["allowed"]]
        assert step in allowed, f"no clerk may {step} now: {allowed}"
        said = {"note": note} if note else {}
        if step == "deny":
            said["reason"] = note or "材料与登记不符"
        if step in ("notify", "accept_gap"):
            said |= {"materials": list(missing), "days": 10}
        if step == "gap_closed":
            said |= {"material": list(missing)[0]}
        town.desk("step", {"id": opened["id"], "event": step, **said, **more})


def way_to(start, goal):
    """The events on the shortest way."""
    ways = [(start, [])]
    for now, events in ways:
        if now == goal:
            return events
        ways += [(n, events + [e]) for n, e in STEPS.get(now, {}).items()]
    raise AssertionError(f"no clerk can bring a case from {start} to {goal}")


def confirm_booking(town, opened):
    town.until(lambda: [b for b in town.desk("bookings")["bookings"] if b["id"] == opened["id"]], "the clerk sees the booking")
    town.desk("bookings/decide", {"id": opened["id"], "state": "confirmed"})
