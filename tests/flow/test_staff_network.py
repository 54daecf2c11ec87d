"""Staff set up the network: the way to the county part by part, and a fixed address that is kept."""
import os
import pathlib
import signal

import pytest

from test_staff import begin, go, noted, page, sticks  # noqa: F401


def kept(town):
    return pathlib.Path(town.facts["settings_dir"]) / "wired.network"


@pytest.fixture
def technician(sticks):  # noqa: F811
    kept(sticks).unlink(missing_ok=True)
    begin(sticks)
    go(sticks.robot, "network")
    yield sticks
    kept(sticks).unlink(missing_ok=True)


def way(robot, part):
    return robot.widget(f"way:{part}")["label"]


def type_into(robot, field, text):
    robot.tap(f"field:{field}")
    for key in text:
        robot.tap(f"key:{key}")


def test_the_way_is_told_part_by_part_and_tested_when_staff_say_so(technician):
    town, robot = technician, technician.robot
    robot.wait("staff", id="link:up")
    robot.tap("primary")
    robot.wait("staff", text="已试过", ms=20000)
    assert "县平台有应答" in way(robot, "county") and "数字地址" in way(robot, "name") and "127.0.0.1" in way(robot, "name")
    town.sim.link(False)
    robot.tap("primary")
    town.until(lambda: "没有应答" in way(robot, "county"), "the county is missed")
    town.sim.link(True)
    robot.tap("primary")
    town.until(lambda: "有应答" in way(robot, "county") and "没有" not in way(robot, "county"), "the county answers again")
    noted(town, "network try now")


def test_a_fixed_address_is_kept_and_shown_again_and_dhcp_takes_it_away(technician):
    town, robot = technician, technician.robot
    go(robot, "wired")
    robot.wait("staff", id="mode:dhcp")
    assert "127.0.0.1" in robot.words() and "不能在这里改" in robot.words()  # whose kiosk this is is not typed here
    robot.tap("mode:fixed")
    for field, text in enumerate(("10.33.7.20", "255.255.255.0", "10.33.8.1", "10.33.0.53")):
        type_into(robot, field, text)
    robot.tap("primary")
    robot.wait("staff", text="网关要和本机在同一个网里")
    assert not kept(town).exists()
    for _ in "8.1":
        robot.tap("key:erase")
    for key in "7.1":
        robot.tap(f"key:{key}")
    robot.tap("primary")
    page(robot, "network")
    robot.wait("staff", text="网络已重新设置")
    unit = kept(town).read_text()
    assert "\n[Network]\nAddress=10.33.7.20/24\nGateway=10.33.7.1\nDNS=10.33.0.53\nDHCP=no\n" in unit
    noted(town, "network set fixed 10.33.7.20")
    go(robot, "wired")
    town.until(lambda: (robot.field("0") or {}).get("value") == "10.33.7.20", "what is kept is shown")
    robot.tap("mode:dhcp")
    robot.tap("primary")
    page(robot, "network")
    assert not kept(town).exists()
    noted(town, "network set dhcp")


def test_what_cannot_be_kept_is_said(technician):
    town, robot = technician, technician.robot
    go(robot, "wired")
    robot.wait("staff", id="mode:fixed")
    os.kill(town.process.pid, signal.SIGSTOP)  # whoever would start it again
    try:
        os.kill(town.pid("board-settings"), signal.SIGKILL)
        robot.tap("mode:fixed")
        robot.tap("mode:dhcp")
        robot.tap("primary")
        robot.wait("staff", text="本机现在记不下设置", ms=15000)
    finally:
        os.kill(town.process.pid, signal.SIGCONT)
