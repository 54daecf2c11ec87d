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
def idle(visit):
    """Both are the residents' again, whatever came before."""
    visit.leave()
    visit.same("attract", 300)
    return visit


class Both:
    """The same stick in both machines, each in its own way."""

    def __init__(self, visit, socket, image, writes_a_second=0):
        self.visit, self.socket = visit, socket
        self.name = socket.plug(image, writes_a_second)
        self.at = visit.mirror.plug_stick(visit.mirror.make_stick())

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


def open_readiness(visit, name):
    visit.tap("open:readiness")
    visit.mirror.robot.wait("staff", id="page:readiness")
    visit.same(f"{name}-readiness", 60, like=STAFF)


def write_certificate(visit):
    visit.tap("primary")
    visit.mirror.robot.wait("staff", text="已存到盘上", ms=15000)


@pytest.mark.parametrize("kind", ["whole", "partition"])
def test_a_good_stick_opens_the_staff_pages_and_takes_what_is_written(idle, socket, good, folder, kind):
    image = make.make_fat(folder / "good.img", good)
    if kind == "partition":
        image = make.make_partitioned(folder / "parts.img", image)
    stick = Both(idle, socket, image)
    enter(idle)
    open_readiness(idle, "stick")
    write_certificate(idle)
    at = f"{image}@@1M" if kind == "partition" else image
    signed = until(lambda: [n for n in names(at) if n.startswith("log-K0077-") and n.endswith(".json")], "the certificate is on the stick")
    assert [n for n in names(at) if n == signed[0].replace(".json", ".sig")] and not [n for n in names(at) if n.endswith(".part")]
    idle.same("stick-certificate", 60, like=STAFF)
    stick.pull()
    idle.mirror.robot.wait("attract")
    idle.same("stick-out", 60)


def test_exfat_is_read_and_written(idle, socket, good, folder):
    image = make.make_exfat(folder / "exfat.img", good)
    stick = Both(idle, socket, image)
    enter(idle)
    open_readiness(idle, "exfat")
    write_certificate(idle)
    idle.same("exfat-certificate", 60, like=STAFF)
    stick.pull()
    idle.mirror.robot.wait("attract")
    idle.same("exfat-out", 60)
    make.run("fsck.exfat", "-n", image)
    assert "log-K0077-".encode("utf-16-le") in image.read_bytes()


def test_ext4_is_read_and_nothing_is_written_to_it(idle, socket, good, folder):
    stick = Both(idle, socket, make.make_ext4(folder / "ext4.img", good))
    enter(idle)
    stick.pull()
    idle.mirror.robot.wait("attract")
    idle.same("ext4-out", 60)


def damaged(folder, good, kind):
    image = folder / f"{kind}.img"
    if kind == "claims-more":
        return make.claim(make.make_fat(image, good), make.FAT_SECTORS_AT, 50 * 2048)
    if kind == "claims-the-world":
        return make.claim(make.make_fat(image, good), make.FAT_SECTORS_AT, 0xfffffff0)
    if kind == "ext4-claims-more":
        return make.claim(make.make_ext4(image, good), make.EXT4_BLOCKS_AT, 0x7fffffff)
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


def looked_at(machine):
    """What the board says from where its kernel has a stick to some seconds later."""
    machine.wait_text(r"\[sd[a-z]\] Attached SCSI", 60)
    return machine.wait_text(r"(?s)(.*?BENCH facts .*?BENCH facts .*?)\n", 120).group(1)


@pytest.mark.parametrize("kind, is_asked", [("claims-more", True), ("ext4-claims-more", True), ("claims-the-world", False),
                                            ("no-file-system", False), ("tiny", False), ("only-journal", False)])
def test_a_stick_that_lies_is_not_mounted_and_changes_nothing(idle, socket, good, folder, kind, is_asked):
    """One that looks like a stick of ours is refused with its reason, one that does not is not even asked. The next one opens."""
    image = damaged(folder, good, kind)
    idle.machine.forget_text()
    name = socket.plug(image)
    said = looked_at(idle.machine)
    assert ("is refused: " in said) == is_asked and " is there" not in said, said
    idle.same(f"{kind}-in", 30)
    socket.pull(name, until)
    stick = Both(idle, socket, make.make_fat(folder / "next.img", good))
    idle.machine.wait_text(r"stick: .* is there", 60)
    idle.mirror.robot.wait("staff", id="page:pin")
    idle.same(f"{kind}-next", 60, like=STAFF)
    stick.pull()
    idle.mirror.robot.wait("attract")
    idle.same(f"{kind}-out", 60)


def test_a_medium_with_the_boards_own_labels_takes_nothing_over(idle, socket, folder):
    """The board goes on with its own partitions: what it has written to its data partition is counted on, and nothing is mounted."""
    before = int(facts(idle.machine)["written"])
    assert before > 1 << 20
    name = socket.plug(make.make_impostor(folder / "impostor.img", ("onetrip-state", "onetrip-boot-b", "onetrip-root-b", "onetrip-data")))
    said = looked_at(idle.machine)
    assert " is there" not in said and int(facts(idle.machine)["written"]) >= before
    assert socket.writes(name) == 0
    socket.pull(name, until)
    idle.same("impostor-out", 60)


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
    """A slow stick goes with the certificate half on it. Nothing on it has a name before it is whole, it is mended by any computer, and it
    opens again."""
    image = make.make_fat(folder / "pulled.img", good)
    stick = Both(idle, socket, image, writes_a_second=1)
    enter(idle)
    open_readiness(idle, "pulled")
    idle.machine.tap(*idle.middle("primary"))
    until(lambda: socket.writes(stick.name) >= 2, "it is being written")
    stick.pull()
    idle.mirror.robot.wait("attract")
    idle.same("pulled-out", 60)
    mended = make.mend_fat(image)
    print(f"  after it was pulled: {', '.join(names(image))}")
    assert not [n for n in names(image) if n.endswith((".json", ".sig")) and n.startswith("log-")], mended
    stick = Both(idle, socket, image)
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
