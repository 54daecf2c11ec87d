"""Every matter of the catalogue, walked by somebody who has never seen the kiosk: found, read, filled in, signed, printed;
opened by the county, answered, and the answer read. In Chinese, with ordinary and with large letters."""
import pytest

import matters
from matter_walk import walk_and_answer

CODES = [s["code"] for s in matters.items()]


@pytest.mark.parametrize("code", CODES)
def test_matter_from_the_search_to_the_answer(town, robot, report, code):
    walk_and_answer(town, report, code, "zh", is_elder=False, turn=0)


@pytest.mark.parametrize("code", CODES)
def test_matter_with_large_letters_one_question_at_a_time(town, robot, report, code):
    walk_and_answer(town, report, code, "zh", is_elder=True, turn=1)
