"""Staff at the board with a stick in its socket: what is good opens their pages and can be written, what is not changes nothing."""
import pathlib
import shutil

import pytest

import sticks as make
from sticks import PIN, Socket, names
from test_board import facts, until

STAFF = 0.04  # the mirror is another kiosk, with another name and other figures


@pytest.fixture(scope="module")
def folder(place):
    folder = place / "sticks"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def good(image, folder):
    return make.make_token(folder / "good", image / "keys")


@pytest.fixture(scope="module")
def socket(machine):
    return Socket(machine)


@pytest.fixture(scope="module")
def idle(visit, sim):
    """Both are the residents' again, whatever came before."""
    for s in (sim, visit.mirror.sim):
        s.do("lift-card")
    robot = visit.mirror.robot
    if robot.screen() != "attract" and robot.widget("exit"):  # else it asks whether anybody is there, and goes by itself
        robot.tap("exit")
    robot.wait("attract", ms=120000)
    visit.same("attract", 300)
    return visit


class Both:
    """The same stick in both machines, each in its own way."""

    def __init__(self, visit, socket, image, **token):
        self.visit, self.socket = visit, socket
        self.name = socket.plug(image)
        self.at = visit.mirror.plug_stick(visit.mirror.make_stick(**token))

    def pull(self):
        self.socket.pull(self.name, until)
        shutil.rmtree(self.visit.mirror.pull_stick(self.at))


def enter(visit):
    robot = visit.mirror.robot
    robot.wait("staff", id="page:pin")
    visit.same("stick-pin", 60, like=STAFF)
    visit.type(PIN)
    visit.tap("key:enter")
    robot.wait("staff", id="page:menu")
    visit.same("stick-menu", 60, like=STAFF)


@pytest.mark.parametrize("kind", ["whole", "partition"])
def test_a_good_stick_opens_the_staff_pages_and_takes_what_is_written(idle, socket, good, folder, kind):
    image = make.make_fat(folder / "good.img", good)
    if kind == "partition":
        image = make.make_partitioned(folder / "parts.img", image)
    stick = Both(idle, socket, image)
    enter(idle)
    idle.tap("open:readiness")
    idle.mirror.robot.wait("staff", id="page:readiness")
    idle.same("stick-readiness", 60, like=STAFF)
    idle.tap("primary")
    idle.mirror.robot.wait("staff", text="已存到盘上", ms=15000)
    at = f"{image}@@1M" if kind == "partition" else image
    signed = until(lambda: [n for n in names(at) if n.startswith("log-K0077-") and n.endswith(".json")], "the certificate is on the stick")
    assert [n for n in names(at) if n == signed[0].replace(".json", ".sig")] and not [n for n in names(at) if n.endswith(".part")]
    idle.same("stick-certificate", 60, like=STAFF)
    stick.pull()
    idle.mirror.robot.wait("attract")
    idle.same("stick-out", 60)


def test_ext4_is_read_and_nothing_is_written_to_it(idle, socket, good, folder):
    stick = Both(idle, socket, make.make_ext4(folder / "ext4.img", good))
    enter(idle)
    stick.pull()
    idle.mirror.robot.wait("attract")
    idle.same("ext4-out", 60)


def damaged(folder, good, kind):
    image = folder / f"{kind}.img"
    if kind == "claims-more":
        return make.claim_more(make.make_fat(image, good))
    if kind == "no-file-system":
        image.write_bytes(bytes(range(256)) * 4096 * 16)
    elif kind == "link":
        tree = folder / "link-tree"
        tree.mkdir()
        (tree / "ONETRIP").symlink_to("/var/lib/onetrip/syncd")
        return make.make_ext4(image, tree)
    elif kind == "tiny":
        image.write_bytes(b"\0" * 1024)
    elif kind == "only-journal":
        return journal_device(image)
    return image


def journal_device(image):
    make.run("mkfs.ext4", "-q", "-O", "journal_dev", image, "8M")
    return image


@pytest.mark.parametrize("kind", ["claims-more", "no-file-system", "tiny", "only-journal"])
def test_a_stick_that_lies_is_not_mounted_and_changes_nothing(idle, socket, good, folder, kind):
    """What it would do is to be seen from the next stick: that one is good, and opens."""
    name = socket.plug(damaged(folder, good, kind))
    idle.same(f"{kind}-in", 30)
    socket.pull(name, until)
    stick = Both(idle, socket, make.make_fat(folder / "next.img", good))
    idle.mirror.robot.wait("staff", id="page:pin")
    idle.same(f"{kind}-next", 60, like=STAFF)
    stick.pull()
    idle.mirror.robot.wait("attract")
    idle.same(f"{kind}-out", 60)


def test_a_link_out_of_the_stick_is_refused_with_a_sentence(idle, socket, good, folder):
    image = damaged(folder, good, "link")
    name = socket.plug(image)
    pocket = idle.mirror.dir / "pocket/link"
    pocket.mkdir(parents=True)
    (pocket / "ONETRIP").symlink_to("/")
    at = idle.mirror.plug_stick(pocket)
    idle.mirror.robot.wait("staff", id="page:refused")
    idle.same("link-refused", 60, like=STAFF)
    socket.pull(name, until)
    pathlib.Path(idle.mirror.pull_stick(at) / "ONETRIP").unlink()
    idle.mirror.robot.wait("attract")
    idle.same("link-out", 60)


def test_a_stick_pulled_while_it_is_written_harms_nothing(idle, socket, good, folder):
    """The certificate is asked for and the stick is gone at once; the kiosk is the residents' again, and the next stick opens."""
    stick = Both(idle, socket, make.make_fat(folder / "pulled.img", good))
    enter(idle)
    idle.tap("open:readiness")
    idle.mirror.robot.wait("staff", id="page:readiness")
    idle.same("pulled-readiness", 60, like=STAFF)
    idle.machine.tap(*idle.middle("primary"))
    stick.pull()
    idle.mirror.robot.wait("attract")
    idle.same("pulled-out", 60)
    stick = Both(idle, socket, make.make_fat(folder / "again.img", good))
    enter(idle)
    stick.pull()
    idle.mirror.robot.wait("attract")
    idle.same("again-out", 60)


DHCP, FIXED = "10.0.2.15", "10.0.2.77"  # QEMU's own network


def has_address(visit, address):
    until(lambda: facts(visit.machine)["address"] == address, f"the board is {address}", 120)


def test_a_fixed_address_is_the_boards_at_once_and_dhcp_comes_back(idle, socket, good, folder):
    """systemd-networkd takes what staff typed, without a restart of the board."""
    robot = idle.mirror.robot
    has_address(idle, DHCP)
    stick = Both(idle, socket, make.make_fat(folder / "network.img", good))
    enter(idle)
    idle.tap("open:network")
    robot.wait("staff", id="page:network")
    idle.same("network", 60, like=STAFF)
    idle.tap("open:wired")
    robot.wait("staff", id="mode:fixed")
    idle.same("wired", 60, like=STAFF)
    idle.tap("mode:fixed")
    for field, text in enumerate((FIXED, "255.255.255.0", "10.0.2.2", "10.0.2.3")):
        idle.tap(f"field:{field}")
        idle.type(text)
    idle.same("wired-typed", 60, like=STAFF)
    idle.tap("primary")
    robot.wait("staff", id="page:network")
    has_address(idle, FIXED)
    idle.same("network-fixed", 60, like=STAFF)
    idle.tap("open:wired")
    robot.wait("staff", id="mode:dhcp")
    idle.same("wired-fixed", 60, like=STAFF)
    idle.tap("mode:dhcp")
    idle.tap("primary")
    robot.wait("staff", id="page:network")
    has_address(idle, DHCP)
    stick.pull()
    robot.wait("attract")
    idle.same("network-out", 60)
