"""A county whose time the desk can turn on, and a kiosk that is enrolled there: fixtures of one test file each."""
import pytest

from county import County, Kiosk


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    with County(tmp_path_factory.mktemp("county"), "--practice") as c:
        c.serve_opener()
        yield c


@pytest.fixture(scope="module")
def kiosk(county, tmp_path_factory):
    return Kiosk(county, tmp_path_factory.mktemp("kiosk"), code="11112222")
