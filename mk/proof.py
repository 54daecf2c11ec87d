"""Tests that a table names: `file::test`, with the file's path below tests/. Shared by the checks of such tables."""
import pathlib
import re

TESTS = pathlib.Path(__file__).resolve().parents[1] / "tests"
NAMED = re.compile(r"`([^`]+)`")


def defined_in(path):
    """Names of the tests of a file: Python functions, or what a cmocka program runs. None: there is no such file."""
    if not path.is_file():
        return None
    pattern = r"^\s*def (test_\w+)\(" if path.suffix == ".py" else r"\b(?:T|TEST|cmocka_unit_test\w*)\(\s*(test_\w+)"
    return set(re.findall(pattern, path.read_text(), re.M))


def tests_of(file):
    return defined_in(TESTS / file)


def trouble(name, tests_of):
    """What is wrong with a name, or None."""
    file, _, function = name.partition("::")
    known = tests_of(file)
    if known is None:
        return f"{name}: there is no such file"
    return None if function in known else f"{name}: there is no such test"


def cells(line):
    """The cells of a row of a table."""
    return [c.strip() for c in line.strip().strip("|").split("|")]
