"""Every matter of the catalogue in English, as test_every_matter.py in Chinese; other answers are chosen."""
import pytest

import matters
from matter_walk import walk_and_answer

CODES = [s["code"] for s in matters.items()]


@pytest.mark.parametrize("code", CODES)
def test_matter_in_english(town, robot, report, code):
    walk_and_answer(town, report, code, "en", is_elder=False, turn=2)


@pytest.mark.parametrize("code", CODES)
def test_matter_in_english_with_large_letters(town, robot, report, code):
    walk_and_answer(town, report, code, "en", is_elder=True, turn=3)
