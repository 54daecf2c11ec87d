"""What a resident knows before he comes: which matter he wants, how it is called, and what to answer. From the catalogue."""
import datetime
import functools
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
AGES = (34, 66, 24, 81, 52, 45, 18, 15)


@functools.cache
def catalogue():
    return json.loads((ROOT / "assets/catalogue/catalogue.json").read_text())


def items():
    return catalogue()["services"]


def item(code):
    return next(s for s in items() if s["code"] == code)


def fields(service):
    return {f["name"]: f for page in service["pages"] for f in page["fields"]}


def holds(condition, answers):
    return not condition or answers.get(condition["field"]) in condition["values"]


# ---- rules, read in the resident's favour ------------------------------------------------------------------

def in_python(rule):
    """A rule of assets/catalogue/FORMAT.md as an expression over name(...)."""
    rule = re.sub(r"\b(?:card|answer|fact)\.[a-z_0-9]+", r"name('\g<0>')", rule).replace("known(name(", "(known(")
    rule = re.sub(r"begins ('[^']*')", r".startswith(\1)", rule)
    rule = re.sub(r"in \(([^)]*)\)", r"in (\1,)", rule)
    rule = re.sub(r"(?<![!<>=])=", "==", rule)
    return re.sub(r"\byes\b", "True", re.sub(r"\bno\b", "False", rule)).replace(" .starts", ".starts")


class NotKnown(Exception):
    pass


def is_eligible(service, person, answers):
    """No rule of the service speaks against these answers, facts among them as "fact.name". What nobody has said does not."""
    def value(name):
        kind, _, what = name.partition(".")
        if kind == "card" and person:
            return {"age": age_of(person), "sex": person["sex"], "address": person.get("address", ""),
                    "birth": person["birth"], "division": person["number"][:6]}[what]
        said = answers.get(what) if kind == "answer" else answers.get(name) if kind == "fact" else None
        if said:
            return {"yes": True, "no": False}.get(said, said)
        raise NotKnown(name)

    def is_known(name):
        return bool(answers.get(name.partition(".")[2] if name.startswith("answer.") else name))

    def allows(rule):
        try:
            return eval(in_python(rule["if"]), {"name": value, "known": is_known})  # noqa: S307 (our own catalogue)
        except NotKnown:
            return True

    return all(allows(rule) for rule in service.get("rules", []))


# ---- synthetic residents -----------------------------------------------------------------------------------

def id_number(birth, n):
    """A number of the division that does not exist (339999), with its check character."""
    digits = f"339999{birth}{n:03d}"
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS)) % 11]


def age_of(person):
    birth, today = person["birth"], datetime.date.today().strftime("%Y%m%d")
    return int(today[:4]) - int(birth[:4]) - (today[4:] < birth[4:])


def person_aged(age, n=1):
    birth = f"{datetime.date.today().year - age - 1}1231"
    return {"layout": "C", "name": "测试样", "sex": "2", "nation": "01", "birth": birth,
            "address": "浙江省测试市样例县样例镇长寿村8号", "number": id_number(birth, 2 * n), "authority": "测试市公安局",
            "valid_from": "20200101", "valid_to": "长期"}


def resident_for(service, n=1):
    """Somebody whom this matter is meant for."""
    for age in AGES:
        person = person_aged(age, n)
        if service.get("age_from", 0) <= age <= service.get("age_to", 200) and is_eligible(service, person, {}):
            return person
    raise AssertionError(f"{service['code']}: nobody may have this")


# ---- answers -----------------------------------------------------------------------------------------------

def day_for(field):
    today = datetime.date.today()
    earliest, latest = (day_of(field.get(k), today) for k in ("min_date", "max_date"))
    if earliest and earliest >= today:
        day = earliest + datetime.timedelta(days=7 - earliest.weekday())  # a Monday: somebody is there
    else:
        day = today - datetime.timedelta(days=40)
    return min(day, latest or day).strftime("%Y%m%d")


def day_of(text, today):
    return text and (today if text == "today" else datetime.datetime.strptime(text, "%Y%m%d").date())


def account(n):
    """A card number as bank cards have: 62..., 16 digits, the last one checks."""
    digits = f"622202{n:09d}"
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(digits))
    return digits + str(-total % 10)


def words_of(field, n, language):
    is_name = field.get("mask") == "name" or field.get("prefill") == "name"
    text = "测试乙" if is_name else {"zh": f"样例文字第{n}号", "en": f"Sample words {n}"}[language]
    return (text + "样例" * 50)[:max(field.get("min_length", 1), min(len(text), field.get("max_length", 60)))]


def answer_for(field, n, language):
    """What is typed into a field of this kind; never twice the same in one form (`n`)."""
    kind = field["kind"]
    if kind == "amount":
        return f"{max(field.get('min_fen', 0) // 100, 1200 + n)}.50"
    made = {"han": lambda: words_of(field, n, language), "text": lambda: ("SAMPLE" if field.get("mask") == "name" else f"SAMPLE{n}")[:field.get("max_length", 60)],
            "number": lambda: id_number("19880608", 100 + n), "phone": lambda: f"138{n:08d}", "date": lambda: day_for(field),
            "account": lambda: account(n), "address": lambda: f"浙江省测试市样例县样例镇桥头村{n}号"}
    return made[kind]()
