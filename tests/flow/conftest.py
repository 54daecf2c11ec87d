"""Whole sessions with the built programs. Everything runs in a folder of its own, on free ports of loopback."""
import json
import os
import pathlib
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "board/host"), str(ROOT / "tests/support")]

from contract import Contracts  # noqa: E402
from county import County  # noqa: E402
from daemon import Daemon  # noqa: E402
from hands import Town  # noqa: E402


def pytest_configure():
    County.contracts = Contracts()
    os.environ.setdefault("ONETRIP_BUILD", str(ROOT / "build"))


@pytest.fixture
def build():
    return pathlib.Path(os.environ["ONETRIP_BUILD"])


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A town in full service, shared by the tests of one file; each test leaves it at the attract screen."""
    with Town(tmp_path_factory.mktemp("town")) as t:
        yield t


@pytest.fixture
def robot(town):
    yield town.robot
    town.sim.do("lift-card")
    town.sim.link(True)
    for _ in range(6):  # however far a failed test got
        if town.robot.screen() in ("attract", "out-of-service"):
            break
        town.robot.advance(130000)
        town.robot.do("state")
    if town.robot.tree()["language"] != "zh":
        town.robot.tap("language")


@pytest.fixture
def county(tmp_path):
    """A county of this test's own."""
    with County(tmp_path) as c:
        yield c


@pytest.fixture
def daemon(tmp_path, county):
    """kiosk-syncd beside it, not enrolled yet."""
    d = Daemon(tmp_path, county).start()
    yield d
    if d.process.poll() is None:
        d.end()


@pytest.fixture(scope="session")
def matters_walked():
    """Rows of the table of `make matters`, written where ONETRIP_MATTERS says, one file for each worker."""
    rows = []
    yield rows
    folder = os.environ.get("ONETRIP_MATTERS")
    if folder and rows:
        pathlib.Path(folder, f"{os.getpid()}.json").write_text(json.dumps(rows))


@pytest.fixture
def report(matters_walked):
    def add(walk, outcome):
        matters_walked.append({"code": walk.service["code"], "language": walk.language, "elder": walk.is_elder,
                               "outcome": outcome, "touches": walk.touches, "characters": walk.characters,
                               "pages": len(walk.pages), "seconds": round(walk.seconds, 2)})

    return add
