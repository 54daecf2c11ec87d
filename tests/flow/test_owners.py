"""Who has a case, by name and telephone: from the desk to the feed, and on when it goes to the next department (首问责任, SS-12)."""
import pytest

from bundles import Bundle
from practice import county, kiosk  # noqa: F401
from test_case import Case

WANG = {"name": "王敏", "phone": "0575-00000013"}


@pytest.fixture
def case(county, kiosk):
    return Case(county, kiosk)


def test_a_hand_over_without_name_or_telephone_is_none(case, county):
    for body in ({"name": "王敏"}, {"phone": "0575-1"}, {**WANG, "phone": "ask me"}, {**WANG, "name": ""}, {**WANG, "name": "长" * 21},
                 {**WANG, "part": 3}):
        assert county.desk("owner", {"id": case.id, **body}).status in (400, 404)
    assert "owner" not in case.told()["timeline"]


def test_whoever_takes_a_step_has_the_case(case):
    told = case.step("accept", owner=WANG)
    assert {k: told["timeline"]["owner"][k] for k in WANG} == WANG and told["timeline"]["owner"]["since"]
    assert case.step("pause", reason="专家评审")["timeline"]["owner"]["name"] == "王敏", "a step that names nobody changes nothing"


def test_the_owner_changes_when_the_case_goes_to_the_next_department(case, county):
    case.step("accept", owner=WANG)
    answer = county.desk("owner", {"id": case.id, "name": "李强", "phone": "0575-00000014", "office": "区民政局社会救助科"})
    assert answer.status == 200
    told = case.told()
    assert told["timeline"]["owner"]["name"] == "李强" and told["timeline"]["owner"]["office"]["zh"] == "区民政局社会救助科"
    assert told["state"] == "accepted" and case.whats()[-1] == "hand_over"
    county.restart()
    county.serve_opener()
    assert case.desk()["timeline"]["owner"]["phone"] == "0575-00000014"


def test_each_part_of_a_bundle_has_an_owner_of_its_own(county, kiosk):
    newborn = Bundle(county, kiosk, "F01")
    newborn.step("accept", owner=WANG)
    assert newborn.told()["timeline"]["owner"]["name"] == "王敏"
    assert county.desk("owner", {"id": newborn.id, "part": 1, "name": "陈警官", "phone": "0575-00000015", "office": "公安局"}).status == 200
    assert newborn.part(1)["owner"] == {**newborn.part(1)["owner"], "name": "陈警官", "office": {"zh": "公安局", "en": "Police"}}
    assert newborn.part(2)["owner"]["name"] == "王敏"
