"""The places of the gallery (tests/golden/places.c) are what their names say: no two of them look the same where there is room to see it."""
import collections
import pathlib

import pytest

PICTURES = pathlib.Path(__file__).resolve().parents[1] / "golden/pictures.txt"


@pytest.mark.parametrize("variant", ["1080x1920/zh-light-normal", "1200x1920/zh-light-normal", "1200x1920/en-light-normal"])
def test_every_place_has_a_picture_of_its_own(variant):
    places = collections.defaultdict(list)
    for line in PICTURES.read_text().splitlines():
        name, figure = line.split()
        if name.rpartition("/")[0] == variant:
            places[figure].append(name.rpartition("/")[2])
    assert len(places) > 250
    assert not [same for same in places.values() if len(same) > 1]
