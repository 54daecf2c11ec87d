"""The editors' command line for catalogues: every finding with item and field, and a status that scripts can use."""
import copy
import json
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ.get("ONETRIP_BUILD", ROOT / "build"))
SHIPPED = ROOT / "assets/catalogue/catalogue.json"
MISTAKES = sorted((ROOT / "tests/data/catalogue/mistakes").glob("*.json"))


def kioskctl(*words):
    done = subprocess.run([BUILD / "kioskctl", *map(str, words)], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def planted(mistake):
    catalogue = json.loads(SHIPPED.read_text())
    for change in mistake["change"]:
        home = next(s for s in catalogue["services"] if s["code"] == change["service"])
        *way, last = change["at"].split("/")
        for step in way:
            home = home[int(step)] if isinstance(home, list) else home[step]
        last = int(last) if isinstance(home, list) else last
        if "to" in change:
            home[last] = change["to"]
        else:
            del home[last]
    return catalogue


@pytest.mark.parametrize("file", MISTAKES, ids=lambda f: f.stem)
def test_check_refuses_each_planted_mistake(file, tmp_path):
    mistake = json.loads(file.read_text())
    (tmp_path / "c.json").write_text(json.dumps(planted(mistake), ensure_ascii=False))
    status, out, err = kioskctl("--json", "catalogue", "check", tmp_path / "c.json")
    said = json.loads(out)
    first = next(f for f in said["findings"] if f["weight"] == "mistake")
    assert status == 1 and not err
    assert said["mistakes"] == mistake["findings"]
    assert (first["item"], first["field"], first["sentence"]) == (mistake["item"], mistake["field"], mistake["sentence"])


def test_check_of_the_shipped_catalogue_finds_no_mistake():
    status, out, _ = kioskctl("--json", "catalogue", "check", SHIPPED)
    assert status == 0 and json.loads(out)["mistakes"] == 0


def test_check_of_no_file_and_of_no_catalogue_is_a_sentence(tmp_path):
    status, _, err = kioskctl("catalogue", "check", tmp_path / "absent.json")
    assert status == 1 and "No such file" in err
    (tmp_path / "c.json").write_text("[1, 2")
    status, out, _ = kioskctl("catalogue", "check", tmp_path / "c.json")
    assert status == 1 and "no JSON (it ends too early)" in out


@pytest.mark.parametrize("words", [[], ["check"], ["check", "a", "b"], ["show", "a"], ["mend", "a"]])
def test_wrong_usage_has_status_2(words):
    assert kioskctl("catalogue", *words)[0] == 2


def test_list_and_show_print_every_matter_and_its_guide():
    status, out, _ = kioskctl("catalogue", "list", SHIPPED)
    assert status == 0 and len(out.splitlines()) == 50
    status, out, _ = kioskctl("--json", "catalogue", "show", SHIPPED, "F01")
    lines = json.loads(out)
    assert status == 0 and [l["section"] for l in lines].count("part") == 5
    status, _, err = kioskctl("catalogue", "show", SHIPPED, "Z99")
    assert status == 1 and "no service Z99" in err


def test_list_and_show_tell_basis_conditions_hint_and_life_event():
    rows = {r["code"]: r for r in json.loads(kioskctl("--json", "catalogue", "list", SHIPPED)[1])}
    said = {s["code"]: s for s in json.loads(SHIPPED.read_text())["services"]}
    assert rows["F01"]["life_event"] == said["F01"]["life_event"] and rows["E02"]["life_event"] is None
    assert rows["E02"]["hint"] == said["E02"]["hint"]["words"] and rows["E02"]["rules"] == len(said["E02"]["rules"])
    lines = json.loads(kioskctl("--json", "catalogue", "show", SHIPPED, "E02")[1])
    rule = said["E02"]["rules"][0]
    assert {"section": "condition", "about": rule["id"], "if": rule["if"]} in lines
    assert {"section": "hint", "about": "E02", "if": said["E02"]["hint"]["if"]} in lines
    assert [l["zh"] for l in lines if l["section"] == "refusal"] == [r["refusal"]["zh"] for r in said["E02"]["rules"]]
    assert [l["en"] for l in lines if l["section"] == "rests on"][0] == rule.get("basis", said["E02"]["basis"])["en"]
    assert [l["zh"] for l in lines if l["section"] == "instead"][0] == said[rule["instead"]]["name"]["zh"]
    assert f"life event {said['F01']['life_event']['zh']}" in kioskctl("catalogue", "show", SHIPPED, "F01")[1]


def change(catalogue, code, at, to):
    home = next(s for s in catalogue["services"] if s["code"] == code)
    *way, last = at
    for step in way:
        home = home[step]
    home[last] = to


@pytest.mark.parametrize("code, at, to, line", [
    ("E02", ["basis", "zh"], "某条例", "E02 basis.zh: "),
    ("E02", ["rules", 0, "if"], "card.age >= 90", "E02 rules: age: card.age >= 80 -> card.age >= 90"),
    ("E02", ["rules", 0, "refusal", "en"], "Not yet.", "E02 rules: age refusal.en: "),
    ("E02", ["rules", 0, "instead"], "E06", "E02 rules: age instead: E01 -> E06"),
    ("E01", ["rules", 0, "basis", "en"], "Art. 3", "E01 rules: age basis.en: Law on the Rights of the Elderly, Art. 2 -> Art. 3"),
    ("E02", ["hint", "if"], "card.age >= 85", "E02 hint: card.age >= 80"),
    ("E02", ["hint", "words", "en"], "Yours.", "E02 hint.en: "),
    ("F01", ["life_event", "en"], "A baby came", "F01 life_event.en: A child was born -> A baby came"),
    ("E06", ["pages", 1, "fields", 2, "show_if"], "answer.assessed", "E06 form day show_if: none -> answer.assessed"),
    ("E06", ["pages", 1, "fields", 0, "visible", "values"], ["home"], "E06 form: rooms is shown on another condition"),
    ("A02", ["materials", 1, "no_waiver"], True, "A02 materials: other evidence may no longer stand for hardship-proof"),
    ("A02", ["no_waiver"], True, "A02 no_waiver: 0 -> 1"),
])
def test_diff_names_a_change_of_what_is_said_and_when(code, at, to, line, tmp_path):
    new = json.loads(SHIPPED.read_text())
    change(new, code, at, to)
    (tmp_path / "new.json").write_text(json.dumps(new, ensure_ascii=False))
    status, out, err = kioskctl("--json", "catalogue", "diff", SHIPPED, tmp_path / "new.json")
    changes = json.loads(out)["changes"]
    assert status == 1 and not err and len(changes) == 1 and changes[0].startswith(line), changes


EXERCISES = ROOT / "assets/practice/exercises.json"


def test_practice_names_each_exercise_that_a_changed_catalogue_spoils(tmp_path):
    """The county lowers an age and renames a question: the exercises that were about them are named, the others stay."""
    assert kioskctl("catalogue", "practice", SHIPPED, EXERCISES)[:2] == (0, "6 exercises fit\n")
    new = json.loads(SHIPPED.read_text())
    change(new, "E02", ["rules", 0, "if"], "card.age >= 70")
    next(f for s in new["services"] if s["code"] == "D01" for page in s["pages"] for f in page["fields"] if f["name"] == "care")["name"] = "carer"
    (tmp_path / "new.json").write_text(json.dumps(new, ensure_ascii=False))
    status, out, err = kioskctl("--json", "catalogue", "practice", tmp_path / "new.json", EXERCISES)
    assert status == 1 and not err
    assert json.loads(out) == {"exercises": 6, "findings": ["care-at-home: D01 asks no question care",
                                                            "not-yet-eighty: E02 does not refuse this person for age"]}
    (tmp_path / "half.json").write_text(EXERCISES.read_text()[:900])
    status, out, err = kioskctl("catalogue", "practice", SHIPPED, tmp_path / "half.json")
    assert status == 1 and not out and "line " in err


POINT = ROOT / "assets/point/point.json"


def test_point_names_what_a_profile_has_that_the_catalogue_has_not(tmp_path):
    """A port's own catalogue with four slips: each is named with the profile, the member and a sentence."""
    assert kioskctl("catalogue", "point", SHIPPED, POINT)[:2] == (0, "5 profiles fit\n")
    point = json.loads(POINT.read_text())
    point["profiles"]["park"]["own"]["matters"] += ["B99", "F02", "B03"]
    point["profiles"]["village"]["themes"].append("boats")
    (tmp_path / "point.json").write_text(json.dumps(point, ensure_ascii=False))
    status, out, err = kioskctl("--json", "catalogue", "point", SHIPPED, tmp_path / "point.json")
    assert status == 1 and not err
    assert sorted(json.loads(out)["findings"]) == ["park: own.matters: B03 stands twice",
                                                   "park: own.matters: F02 is not done at such a point",
                                                   "park: own.matters: the catalogue has no matter B99",
                                                   "village: themes: the catalogue has no theme boats"]
    (tmp_path / "none.json").write_text("{}")
    assert "no profiles" in kioskctl("catalogue", "point", SHIPPED, tmp_path / "none.json")[2]


def test_diff_names_changed_facts(tmp_path):
    new = json.loads(SHIPPED.read_text())
    fact = new["facts"][0]
    fact["question"]["en"] = "Is there one?"
    new["facts"].append({"name": "has_boat", "type": "yes_no", "label": {"zh": "有船", "en": "Has a boat"}})
    (tmp_path / "new.json").write_text(json.dumps(new, ensure_ascii=False))
    changes = json.loads(kioskctl("--json", "catalogue", "diff", SHIPPED, tmp_path / "new.json")[1])["changes"]
    assert len(changes) == 2 and changes[0].startswith(f"facts: {fact['name']} question.en: ") and changes[1] == "facts: has_boat came (yes_no)"


def test_diff_names_changes_and_refuses_an_equal_version(tmp_path):
    old = json.loads(SHIPPED.read_text())
    new = copy.deepcopy(old)
    next(s for s in new["services"] if s["code"] == "E02")["promised_days"] = 8
    (tmp_path / "new.json").write_text(json.dumps(new))
    status, out, _ = kioskctl("catalogue", "diff", SHIPPED, tmp_path / "new.json")
    assert status == 1 and "E02 promised_days: 10 -> 8" in out and "the version is the same" in out
    new["version"] += 1
    (tmp_path / "new.json").write_text(json.dumps(new))
    assert "would not take it" not in kioskctl("catalogue", "diff", SHIPPED, tmp_path / "new.json")[1]
    assert kioskctl("catalogue", "diff", SHIPPED, SHIPPED)[:2] == (0, "")


def test_the_bench_of_many_services_still_makes_catalogues_that_load():
    """What a new member of a service names may be cut away there: then nobody would know how fast five thousand load."""
    where = os.path.relpath(BUILD, ROOT)
    program = f"{where}/tests/bench/catalogue_bench"
    subprocess.run(["make", "--no-print-directory", f"O={where}", program], cwd=ROOT, check=True, capture_output=True, timeout=600)
    run = subprocess.run([ROOT / program, SHIPPED, "--trial"], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    assert [json.loads(line)["services"] for line in run.stdout.splitlines()] == [48, 625]
