"""A kiosk without a network joins its county by stick: the request goes out, the certificate comes back, the key stays."""
import json
import pathlib
import shutil
import subprocess

import pytest

from hands import Town
from journeys import arrives, care_subsidy, hand_in, leave
from test_staff import enter, page, pull_and_wait, sign


def plug(town, mount):
    at = town.plug_stick(mount)
    page(town.robot, "pin", ms=20000)
    enter(town.robot)
    page(town.robot, "menu")
    town.robot.tap("open:join")
    page(town.robot, "join")
    return at


def county(town, mount, *more):
    """The county's desk."""
    keys = pathlib.Path(town.facts["keys_dir"]) / "platform"
    return subprocess.run([town.build_dir() / "stick-tool", "--data", town.facts["county_dir"], "--keys", keys,
                           "--catalogue", pathlib.Path(__file__).parents[2] / "assets/catalogue/catalogue.json", *more, mount],
                          capture_output=True, text=True)


def files(mount, pattern):
    return sorted((mount / "ONETRIP").glob(pattern))


def status(town):
    from syncd_client import Syncd
    return Syncd(town.facts["socket"]).request("status")


@pytest.fixture
def new_kiosk(tmp_path):
    with Town(tmp_path / "town", "--unenrolled") as town:
        town.sim.link(False)
        yield town


def request(town, **more):
    """The stick with this kiosk's request on it, pulled again."""
    mount = town.make_stick("technician", kiosks="K0*", **more)
    at = plug(town, mount)
    town.robot.tap("primary")
    town.robot.wait("staff", id="requested", ms=15000)
    return pull_and_wait(town, at)


def test_a_kiosk_without_a_network_joins_by_stick_and_serves(new_kiosk):
    town, robot = new_kiosk, new_kiosk.robot
    assert robot.screen() == "enrol" and "插服务盘入网" in robot.words()
    at = town.plug_stick(town.make_stick("technician", kiosks="K0*"))
    page(robot, "pin", ms=20000)
    enter(robot)
    page(robot, "menu")
    assert {i for i in robot.ids() if i.startswith("open:")} == {"open:join", "open:paper", "open:clean", "open:devices", "open:network"}
    robot.tap("open:join")
    page(robot, "join")
    robot.tap("primary")
    robot.wait("staff", id="requested", ms=15000)
    code = next(w["value"] for w in robot.widgets() if w["label"] == "核对码")
    mount = pull_and_wait(town, at)
    assert robot.screen() == "enrol"

    assert not any("PRIVATE" in f.read_text(errors="replace") for f in files(mount, "*"))  # the key stays where it is
    assert county(town, mount, "--join", "K0099", "--code", "0000-0000").returncode == 1
    made = county(town, mount, "--join", "K0099")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["joined"] == code and not files(mount, "request-*")

    at = plug(town, mount)
    robot.tap("primary")
    robot.wait("staff", id="joined", ms=15000)
    assert "K0099" in robot.words() and not files(at, "join-*")
    robot.tap("end")
    robot.wait("attract", ms=20000)
    town.until(lambda: status(town)["accepting"], "keys and catalogue came along")
    pull_and_wait(town, at)
    care_subsidy(town, "lin-xiuying.json")
    receipt = hand_in(town)
    assert receipt.startswith("K0099-")
    leave(town)
    town.sim.link(True)
    arrives(town, receipt)


def test_a_certificate_that_is_not_for_this_kiosk_now_is_refused_with_a_sentence(new_kiosk):
    from syncd_client import Syncd
    town, robot = new_kiosk, new_kiosk.robot
    mount = request(town)
    assert county(town, mount, "--join", "K0099").returncode == 0
    good = {f.name: f.read_bytes() for f in files(mount, "join-*")}
    (document,) = files(mount, "join-*.json")

    def put(**changes):
        for name, data in good.items():
            (mount / "ONETRIP" / name).write_bytes(data)
        if changes:
            document.write_text(json.dumps({**json.loads(good[document.name]), **changes}))
            sign(town, document)

    def refuses(sentence):
        at = plug(town, mount)
        robot.tap("primary")
        robot.wait("staff", text=sentence, ms=15000)
        assert not status(town)["enrolled"] and files(at, "join-*.json")
        pull_and_wait(town, at)

    put(install_id="0195e2a0-0000-7000-8000-000000000001")
    refuses("给别的终端用的")
    put(not_after="2026-01-01T00:00:00Z")
    refuses("放得太久")
    put(type="join-request")
    refuses("看不懂")
    put(kiosk_id="K0012")
    document.with_suffix(".sig").write_bytes(good[document.with_suffix(".sig").name])  # signed for what it said before
    refuses("签名不对")
    put()
    document.with_suffix(".sig").unlink()
    refuses("缺少这个文件")

    shutil.move(pathlib.Path(town.facts["data_dir"]) / "key.pem", town.dir / "key.pem")  # another key has been made since
    put()
    refuses("以前的申请")
    shutil.move(town.dir / "key.pem", pathlib.Path(town.facts["data_dir"]) / "key.pem")

    put()
    at = plug(town, mount)
    robot.tap("primary")
    robot.wait("staff", id="joined", ms=15000)
    pull_and_wait(town, at)
    body = lambda doc, sig: len(sig).to_bytes(4, "big") + sig + doc  # noqa: E731
    again = body(good[document.name], good[document.with_suffix(".sig").name])
    assert Syncd(town.facts["socket"]).request("join-in", body=again)["said"] == "same"  # replayed, it changes nothing
    put(kiosk_id="K0088")
    other = body(document.read_bytes(), document.with_suffix(".sig").read_bytes())
    assert Syncd(town.facts["socket"]).request("join-in", body=other)["said"] == "joined"
    assert status(town)["kiosk_id"] == "K0099"


def test_of_several_requests_the_county_takes_none_unless_its_code_is_named(new_kiosk):
    town = new_kiosk
    mount = request(town)
    (own,) = files(mount, "request-*.json")
    other = own.with_name("request-0195e2a0-0000-7000-8000-000000000001.json")
    shutil.copy(own, other)
    assert county(town, mount, "--join", "K0099").returncode == 1
    assert own.exists() and other.exists() and not files(mount, "join-*")
    own.write_text("{}")
    other.unlink()
    refused = county(town, mount, "--join", "K0099")
    assert refused.returncode == 1 and "no request of a kiosk" in refused.stderr
    assert county(town, mount, "--join", "k-99").returncode == 1


def test_whoever_changes_paper_joins_nothing(new_kiosk):
    town, robot = new_kiosk, new_kiosk.robot
    at = town.plug_stick(town.make_stick("paper", kiosks="K0*"))
    page(robot, "pin", ms=20000)
    enter(robot)
    page(robot, "menu")
    assert "open:join" not in robot.ids()
    pull_and_wait(town, at)


def test_a_kiosk_whose_key_is_of_no_use_serves_on_and_joins_again_by_stick(tmp_path):
    """Its medium came from another board (kiosk-syncd(1), --secret): residents see nothing of it, staff do."""
    from syncd_client import SyncdError
    with Town(tmp_path / "town") as town:
        key = pathlib.Path(town.facts["data_dir"]) / "key.pem"
        elsewhere = subprocess.run(["openssl", "pkcs8", "-topk8", "-v2", "aes-256-cbc", "-in", key, "-passout", "pass:of another board"],
                                   capture_output=True, check=True).stdout
        key.write_bytes(elsewhere)
        town.kill("kiosk-syncd")

        def is_back():
            try:
                return not status(town)["enrolled"]
            except (OSError, SyncdError):
                return False
        town.until(is_back, "kiosk-syncd is up again and knows that it is not who it was")
        town.robot.wait("attract", ms=20000)
        care_subsidy(town, "lin-xiuying.json")
        receipt = hand_in(town)
        assert receipt.startswith("K0012-")
        leave(town)

        mount = request(town)
        made = county(town, mount, "--join", "K0012")
        assert made.returncode == 0, made.stderr
        at = plug(town, mount)
        town.robot.tap("primary")
        town.robot.wait("staff", id="joined", ms=15000)
        pull_and_wait(town, at)
        arrives(town, receipt)
