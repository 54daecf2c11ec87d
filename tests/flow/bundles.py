"""Bundles as a kiosk hands them in, and their parts at the county."""
import json

from county import ROOT, receipt_hash, uuid7

CATALOGUE = json.loads((ROOT / "assets/catalogue/catalogue.json").read_text())
SERVICES = {s["code"]: s for s in CATALOGUE["services"]}
BUNDLES = ["B02", "E05", "F01", "F03", "F07", "J04", "P04"]  # those that a kiosk files whole


def children(code):
    """Every part applied for, as sealed-item.md has it."""
    service = SERVICES[code]
    offices = {d["id"]: d for d in service["departments"]}
    places = {p["id"]: n for n, p in enumerate(service["parts"], 1)}
    return [{"no": places[p["id"]], "id": p["id"], "name": p["name"]["zh"], "promised_days": p["promised_days"],
             **({"legal_days": p["legal_days"]} if p["legal_days"] is not None else {}), "delivery": p["delivery"][:1],
             "department": {"id": p["department"], "role": offices[p["department"]]["role"], "name": offices[p["department"]]["name"]["zh"]},
             "after": [places[a] for a in p.get("after", [])], "answers": {"phone": "13800000000"}} for p in service["parts"]]


class Bundle:
    """One bundle, and what the desk and the kiosk see of it."""

    def __init__(self, county, kiosk, code="F01", parts=None, **inside):
        self.county, self.kiosk, self.code = county, kiosk, code
        item = {"form": {}, "children": parts or children(code), **inside}
        assert kiosk.verdicts(kiosk.application(service=code, **item)) == ["accepted"]
        self.id, self.seq = uuid7(kiosk.seq), kiosk.seq
        self.desk()  # somebody looks at it: its parts are known from now on

    def desk(self):
        return self.county.desk(f"item?id={self.id}").json

    def ask(self, event, part=0, **more):
        return self.county.desk("step", {"id": self.id, "event": event, "part": part, **more})

    def step(self, event, part=0, **more):
        answer = self.ask(event, part, **more)
        assert answer.status == 200, answer.body
        return self.told()

    def refused(self, event, part=0, **more):
        before = self.told()
        answer = self.ask(event, part, **more)
        assert answer.status >= 400 and self.told() == before, answer.body
        return answer

    def entries(self):
        wanted, found, cursor = receipt_hash("K0012", self.seq), [], ""
        while True:
            page = self.kiosk.feed(cursor).json
            found += [e for e in page["entries"] if e["receipt_hash"] == wanted]
            cursor = page["cursor"]
            if not page["more"]:
                return found

    def told(self):
        """The last word to the kiosk."""
        return self.entries()[-1]

    def part(self, no):
        return self.told()["timeline"]["parts"][no - 1]

    def states(self):
        return [p["state"] for p in self.told()["timeline"]["parts"]]

    def allowed(self, part=0):
        case = self.desk()["parts"][part - 1]["case"] if part else self.desk()["case"]
        return [a["event"] for a in case["allowed"]]
