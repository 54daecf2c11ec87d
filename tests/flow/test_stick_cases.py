"""The list of what can happen to a service stick, held against the tests that make it happen."""
import pathlib
import re

TESTS = pathlib.Path(__file__).resolve().parents[1]
LIST = (TESTS / "flow/stick_cases.md").read_text()


def rows():
    return [[c.strip() for c in line.strip("|").split("|")] for line in LIST.splitlines() if re.match(r"\| \d+ \|", line)]


def played(file):
    """The table of a test: what happens, and the saying it must end in."""
    text = (TESTS / file).read_text()
    table = text[text.index("static const struct stage_case cases[]"):]
    found = re.findall(r'\{ "([^"]+)", (SAY_\w+), (\w+) \}', table[:table.index("};")])
    for _, _, function in found:  # and it is a function of that file
        assert re.search(rf"^static enum saying {function}\(void\)", text, re.M), function
    return [(what, say) for what, say, _ in found if what != "nothing wrong"]


def test_every_case_of_the_tests_is_in_the_list_and_no_other():
    listed = [(what, say.strip("`")) for _, what, say in rows() if "SAY_" in say]
    assert listed == played("unit/test_stick_attacks.c") + played("unit/test_stick_accidents.c")


def test_there_are_enough_of_them_and_they_are_numbered():
    assert [int(r[0]) for r in rows()] == list(range(1, len(rows()) + 1)) and len(rows()) >= 25


def test_cases_of_whole_programs_name_tests_that_are_there():
    for _, what, test in (r for r in rows() if "::" in r[2]):
        file, _, name = test.strip("`").partition("::")
        assert re.search(rf"\b{name}\b", (TESTS / file).read_text()), (what, test)


def test_every_saying_has_a_sentence_in_both_languages():
    words = (TESTS.parent / "firmware/service/words.c").read_text()
    for say in {r[2].strip("`") for r in rows() if "SAY_" in r[2]}:
        assert re.search(rf"\b{say}\b", words), say
