"""Staff at the machine, with a stick that is a folder: from the stick to the certificate, and all that is refused."""
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import uuid

import pytest

from journeys import care_subsidy, hand_in, leave

PIN = "480913"


@pytest.fixture
def sticks(town, tmp_path):
    """Sticks of this test; whatever happened, none stays in and nobody of the staff is left."""
    shutil.rmtree(town.dir / "pocket", ignore_errors=True)
    town.sim.link(True)
    yield town
    for at in pathlib.Path(town.facts["sticks_dir"]).iterdir():
        town.pull_stick(at)
    town.robot.do("state")
    town.until(lambda: dismissed(town.robot), "the kiosk is the residents' again")


def dismissed(robot):
    if robot.screen() != "staff":
        return True
    robot.advance(190000)
    return False


def page(robot, name, ms=10000):
    return robot.wait("staff", id=f"page:{name}", ms=ms)


def enter(robot, pin=PIN):
    for digit in pin:
        robot.tap(f"key:{digit}")
    robot.tap("key:enter")


def begin(town, role="technician", **more):
    at = town.plug_stick(town.make_stick(role, PIN, **more))
    page(town.robot, "pin")
    enter(town.robot)
    page(town.robot, "menu")
    town.robot.wait("staff", text="没有要处理", ms=8000) if not more.get("busy") else None
    return at


def pull_and_wait(town, at):
    """Pulled, and noticed: plugged in again at once it would be the same stick."""
    mount = town.pull_stick(at)
    town.until(lambda: town.robot.screen() != "staff", "the kiosk is the residents' again")
    return mount


def go(robot, name):
    robot.tap(f"open:{name}")
    page(robot, name)


def ask(town, **request):
    """One question to kiosk-syncd, beside the kiosk's own."""
    from syncd_client import Syncd
    return Syncd(town.facts["socket"]).request(request.pop("op"), **request)


def notes(town):
    return [e["detail"] for e in ask(town, op="events", **{"from": 0})["events"] if e["what"] == "staff-action"]


def noted(town, words):
    town.until(lambda: any(words in n for n in notes(town)), f"'{words}' is noted")


# ---- a morning

def test_a_morning_from_the_stick_to_a_certificate_that_holds(sticks):
    town, robot = sticks, sticks.robot
    slips = len(town.sim.slips())
    at = begin(town, "paper")
    go(robot, "readiness")
    states = {w["id"]: w["label"] for w in robot.widgets() if w["id"].startswith("check:")}
    assert "今天还没有试过" in states["check:reader"] and "还有" in robot.widget("open:devices")["label"]
    assert "齐全，含生僻字" in states["check:fonts"] and "剩天数" in states["check:keys"]
    robot.tap("open:devices")
    page(robot, "devices")
    go(robot, "reader")
    town.sim.card("lin-xiuying.json")
    robot.wait("staff", text="已读出", ms=10000)
    town.sim.lift()
    robot.tap("back")
    go(robot, "printer")
    robot.tap("primary")
    robot.wait("staff", id="bad", ms=20000)
    robot.tap("bad")
    robot.wait("staff", text="已记下：不好用")
    robot.tap("back")
    robot.tap("back")
    go(robot, "readiness")
    states = {w["id"]: w["label"] for w in robot.widgets() if w["id"].startswith("check:")}
    assert "试过，不好用" in states["check:printer"]
    assert {"check:reader", "check:printer", "check:county", "check:keys"} <= set(states)  # the rest is further down
    assert "正常" in states["check:reader"] and "正常" in states["check:county"]
    robot.tap("primary")
    robot.wait("staff", text="本机已签名", ms=15000)
    robot.wait("staff", text="已存到盘上")
    town.until(lambda: len(town.sim.slips()) > slips, "the slip comes out")
    robot.wait("staff", text="检查单", ms=15000)
    signed = sorted((at / "ONETRIP").glob("log-K0012-*.json"))
    assert len(signed) == 1
    check = subprocess.run(["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", signed[0].with_suffix(".sig"),
                            "-content", signed[0], "-CAfile", pathlib.Path(town.facts["keys_dir"]) / "platform/kiosk-ca.pem",
                            "-purpose", "any", "-out", "/dev/null"], capture_output=True, text=True)
    assert check.returncode == 0, check.stderr
    said = json.loads(signed[0].read_text())
    assert said["type"] == "readiness" and said["kiosk_id"] == "K0012" and said["report"]["stick"] == "S-2026-0007"
    checks = {c["id"]: c for c in said["report"]["checks"]}
    assert (checks["reader"]["state"], checks["reader"]["tried"]) == ("well", True)
    assert {"paper", "fonts", "medium", "disk", "clock", "county", "certificate", "holidays", "queue"} <= set(checks)
    assert (checks["printer"]["state"], checks["printer"]["tried"]) == ("failed", False) and "tried" not in checks["screen"]
    robot.tap("end")
    robot.wait("attract")
    noted(town, "S-2026-0007 readiness open=1")
    noted(town, "S-2026-0007 end by hand")


def test_one_shift_leaves_a_note_the_next_settles_it_and_the_county_sees_it(sticks):
    town, robot = sticks, sticks.robot
    at = begin(town, "paper")
    go(robot, "handover")
    assert "不会带出任何群众的信息" in robot.words()
    robot.tap("leave:paper-low")
    robot.wait("staff", text="已记下", ms=20000)
    robot.wait("staff", text="给下一班")
    noted(town, "S-2026-0007 handover left paper-low")
    town.pull_stick(at)
    town.until(lambda: dismissed(robot), "the first shift is over")

    def county_sees():
        town.sync_now()
        return [n["what"] for n in town.desk("fleet/kiosk?id=K0012").get("health", {}).get("handover", [])] == ["paper-low"]
    town.until(county_sees, "the county sees the open note")
    town.plug_stick(town.make_stick("technician", PIN, serial="S-2026-0008", name="second"))
    page(robot, "pin")
    enter(robot)
    page(robot, "menu")
    robot.wait("staff", text="上一班留了 1 条提醒", ms=20000)
    go(robot, "handover")
    done = next(w["id"] for w in robot.widgets() if w["id"].startswith("done:"))
    robot.tap(done)
    town.until(lambda: not [w for w in robot.widgets() if w["id"].startswith("done:")], "nothing is open any more")
    noted(town, "S-2026-0008 handover done paper-low")
    assert ask(town, op="handover-list")["notes"] == []


# ---- what is refused

def test_a_wrong_pin_costs_tries_then_time_then_the_stick(sticks):
    town, robot = sticks, sticks.robot
    town.plug_stick(town.make_stick(serial="S-2026-0099"))
    page(robot, "pin")
    for left in (9, 8, 7):
        enter(robot, "135792")
        robot.wait("staff", text=f"还可以试 {left} 次", ms=10000)
    assert "请等" in robot.words() and "再试" in robot.words()
    with pytest.raises(AssertionError):
        robot.tap("key:4")  # the keys are shut while one must wait
    assert ask(town, op="staff-begin", serial="S-2026-0099")["wait_ms"] > 0


def change_store(town, statement, *values):
    """What would take days of waiting is written into the store while kiosk-syncd is down."""
    old = town.pid("kiosk-syncd")
    os.kill(town.process.pid, signal.SIGSTOP)  # whoever would start it again at once
    try:
        os.kill(old, signal.SIGKILL)
        db = sqlite3.connect(pathlib.Path(town.facts["data_dir"]) / "queue.db", timeout=10)
        with db:
            changed = db.execute(statement, values).rowcount
        db.close()
    finally:
        os.kill(town.process.pid, signal.SIGCONT)
    town.until(lambda: town.pid("kiosk-syncd") != old and ask(town, op="status")["ok"], "kiosk-syncd is up again")
    return changed


def test_the_tenth_wrong_pin_blocks_the_stick_at_this_kiosk(sticks):
    town, robot = sticks, sticks.robot
    at = town.plug_stick(town.make_stick(serial="S-2026-0098"))
    page(robot, "pin")
    enter(robot, "135792")
    robot.wait("staff", text="还可以试 9 次", ms=10000)
    assert change_store(town, "UPDATE meta SET v='9 0 0 ' || substr(v, -32) WHERE k=?", "gate:S-2026-0098") == 1
    enter(robot, "135792")
    robot.wait("staff", text="这个盘在本机已停用", ms=10000)
    town.pull_stick(at)
    robot.wait("attract")
    town.plug_stick(town.dir / "pocket/stick")
    page(robot, "pin")
    enter(robot)  # the right one does not help any more
    robot.wait("staff", text="这个盘在本机已停用", ms=10000)
    assert ask(town, op="staff-begin", serial="S-2026-0098")["blocked"]


def edit_token(mount, **changes):
    token = mount / "ONETRIP/stick.json"
    token.write_text(json.dumps({**json.loads(token.read_text()), **changes}))


def sign(town, token):
    signer = pathlib.Path(town.facts["keys_dir"]) / "platform"
    subprocess.run(["openssl", "cms", "-sign", "-binary", "-outform", "DER", "-in", token, "-signer", signer / "signer.pem",
                    "-inkey", signer / "signer.key", "-out", token.with_suffix(".sig")], check=True)


@pytest.mark.parametrize("kind, sentence", [("expired", "已过有效期"), ("other", "给别的终端用的"), ("edited", "签名不对"),
                                            ("cut", "签名不对"), ("unsigned", "缺少这个文件")])
def test_a_stick_that_is_not_good_opens_nothing_and_says_why(sticks, kind, sentence):
    town, robot = sticks, sticks.robot
    mount = town.make_stick(kiosks="K0077" if kind == "other" else "K0012")
    token = mount / "ONETRIP/stick.json"
    if kind == "edited":
        edit_token(mount, role="inspector")
    elif kind == "cut":
        token.write_bytes(token.read_bytes()[:-40])
    elif kind == "unsigned":
        (mount / "ONETRIP/stick.sig").unlink()
    elif kind == "expired":
        edit_token(mount, issued="2020-01-01T00:00:00Z", not_before="2020-01-01T00:00:00Z", not_after="2021-01-01T00:00:00Z")
        sign(town, token)
    at = town.plug_stick(mount)
    page(robot, "refused")
    assert sentence in robot.words()
    assert not [i for i in robot.ids() if i.startswith(("key:", "open:"))]
    town.pull_stick(at)
    robot.wait("attract")


def test_a_stick_with_other_files_changes_nothing(sticks):
    town, robot = sticks, sticks.robot
    music = town.dir / "pocket/music"
    music.mkdir(parents=True)
    (music / "song.mp3").write_bytes(b"la")
    town.plug_stick(music)
    town.sim.card("lin-xiuying.json")
    robot.wait("home")
    leave(town)


def test_whoever_changes_paper_sees_nothing_of_a_technician(sticks):
    town, robot = sticks, sticks.robot
    begin(town, "paper")
    assert {i for i in robot.ids() if i.startswith("open:")} == {"open:readiness", "open:paper", "open:clean", "open:settle", "open:carry", "open:handover", "open:practice", "open:devices", "open:figures"}
    go(robot, "paper")
    robot.tap("primary")
    robot.wait("staff", text="一整卷")
    noted(town, "paper new roll")


# ---- who is here

def test_a_resident_is_never_interrupted_and_a_card_begins_nothing_meanwhile(sticks):
    town, robot = sticks, sticks.robot
    town.sim.card("lin-xiuying.json")
    robot.wait("home")
    at = town.plug_stick(town.make_stick())
    town.until(lambda: "stick: well" in (town.dir / "log/kiosk.log").read_text(errors="replace"), "the stick is seen")
    assert robot.screen() == "home"
    town.sim.lift()
    robot.tap("exit")  # the visit is over, and theirs begins at once
    page(robot, "pin")
    enter(robot)
    page(robot, "menu")
    go(robot, "devices")
    go(robot, "reader")
    town.sim.card("lin-xiuying.json")
    robot.wait("staff", text="已读出", ms=10000)
    person = json.loads((pathlib.Path(__file__).parents[1] / "data/persons/lin-xiuying.json").read_text())
    for secret in (person["name"], person["name"][1:], person["number"], person["address"]):
        assert secret not in robot.words()
    town.sim.lift()
    town.pull_stick(at)
    robot.wait("attract", ms=10000)


def test_three_minutes_of_silence_end_it(sticks):
    town, robot = sticks, sticks.robot
    begin(town)
    robot.advance(170000)
    assert robot.screen() == "staff"
    robot.tap("open:counters")
    page(robot, "counters")
    robot.advance(181000)
    robot.wait("attract")
    noted(town, "end silence")


# ---- work

def test_the_queue_goes_out_on_the_stick_and_its_answers_come_in(sticks):
    town, robot = sticks, sticks.robot
    town.sim.link(False)
    care_subsidy(town, "lin-xiuying.json")
    receipt = hand_in(town)
    leave(town)
    at = town.plug_stick(town.make_stick())
    page(robot, "pin")
    enter(robot)
    page(robot, "menu")
    go(robot, "carry")
    robot.tap("primary")
    robot.wait("staff", text="可以拔盘了", ms=15000)
    assert list((at / "ONETRIP").glob("out-K0012-*.1tc"))
    mount = town.pull_stick(at)
    robot.wait("attract")
    taken = subprocess.run([town.build_dir() / "stick-tool", "--data", town.facts["county_dir"], "--keys",
                            pathlib.Path(town.facts["keys_dir"]) / "platform", mount], capture_output=True, text=True)
    assert json.loads(taken.stdout)["accepted"] == 1, taken.stderr
    assert not list((mount / "ONETRIP").glob("out-*"))
    at = town.plug_stick(mount)
    page(robot, "pin")
    enter(robot)
    page(robot, "menu")
    go(robot, "carry")
    robot.tap("primary")
    robot.wait("staff", text="可以拔盘了", ms=15000)
    assert ask(town, op="case", receipt=receipt)["where"] == "county"
    noted(town, "carry well out=0 settled=1")
    town.pull_stick(at)
    robot.wait("attract")
    town.sim.link(True)


def documents(town, at, config):
    """The county's desk puts catalogue, keys and configuration onto the stick."""
    keys, assets = pathlib.Path(town.facts["keys_dir"]) / "platform", pathlib.Path(__file__).parents[2] / "assets"
    put = subprocess.run([town.build_dir() / "stick-tool", "--data", town.facts["county_dir"], "--keys", keys, "--catalogue",
                          assets / "catalogue/catalogue.json", "--config", config, at], capture_output=True, text=True)
    assert put.returncode == 0, put.stderr


def test_configuration_and_catalogue_come_in_from_the_stick_and_each_is_told(sticks):
    town, robot = sticks, sticks.robot
    version = ask(town, op="status")["docs"]["config"]
    config = town.dir / "config.json"
    config.write_text(json.dumps({"version": version + 3, "revoked_sticks": ["S-2026-0666"]}))
    mount = town.make_stick("technician", PIN)
    documents(town, mount, config)

    def carries():
        town.plug_stick(mount) if mount.exists() else None
        page(robot, "pin")
        enter(robot)
        page(robot, "menu")
        assert "用盘摆渡和导入" in robot.words()
        go(robot, "carry")
        assert "办事目录和设置" in robot.words()
        robot.tap("primary")
        robot.wait("staff", text="可以拔盘了", ms=20000)
        facts = {w["label"]: w.get("value", "") for w in robot.widgets()}
        return facts["设置"], facts["办事目录"], pull_and_wait(town, next(pathlib.Path(town.facts["sticks_dir"]).iterdir()))

    config_says, catalogue_says, mount = carries()
    assert config_says == f"新的，第 {version + 3} 版，已经启用" and catalogue_says.startswith("和本机一样")
    assert ask(town, op="status")["docs"]["config"] == version + 3
    config_says, _, mount = carries()
    assert config_says == f"和本机一样，第 {version + 3} 版"
    (mount / "ONETRIP/config.json").write_text('{"version":900}')  # nobody has signed this
    (mount / "ONETRIP/catalogue.json").unlink()
    config_says, catalogue_says, mount = carries()
    assert "签名不对" in config_says and catalogue_says == "盘里没有"
    assert ask(town, op="status")["docs"]["config"] == version + 3


def test_a_stick_does_little_while_nobody_can_tell_which_are_revoked(sticks):
    """The list is there and not the county's: staff may still bring a new one, and change paper."""
    town, robot = sticks, sticks.robot
    assert change_store(town, "UPDATE doc SET body=CAST(body||x'20' AS BLOB) WHERE name=?", "config") == 1
    try:
        at = town.plug_stick(town.make_stick("technician", PIN))
        page(robot, "pin")
        assert "读不出作废服务盘的名单" in robot.words()
        enter(robot)
        page(robot, "menu")
        assert {"open:paper", "open:carry", "open:network"} <= set(robot.ids()) and "open:devices" not in robot.ids()
    finally:
        change_store(town, "UPDATE doc SET body=substr(body, 1, length(body)-1) WHERE name=?", "config")
    mount = pull_and_wait(town, at)
    town.plug_stick(mount)
    page(robot, "pin")
    enter(robot)
    page(robot, "menu")
    assert "open:devices" in robot.ids()


def test_pulled_in_the_middle_nothing_is_lost_and_the_screen_says_so(sticks):
    town, robot = sticks, sticks.robot
    town.sim.link(False)
    care_subsidy(town, "lin-xiuying.json")
    receipt = hand_in(town)
    leave(town)
    at = town.plug_stick(town.make_stick())
    page(robot, "pin")
    enter(robot)
    page(robot, "menu")
    go(robot, "carry")
    robot.wait("staff", text="待发送")
    syncd = town.pid("kiosk-syncd")
    os.kill(syncd, signal.SIGSTOP)  # an errand that takes its time
    try:
        robot.tap("primary")
        robot.wait("staff", text="请不要拔盘")
        assert not {"back", "primary"} & set(robot.ids())
        town.pull_stick(at)
    finally:
        os.kill(syncd, signal.SIGCONT)
    page(robot, "pulled")
    assert "不会丢" in robot.words()
    robot.tap("dismiss")
    robot.wait("attract")
    noted(town, "end pulled at work")
    assert ask(town, op="status")["queue"]["queued"] == 1
    town.sim.link(True)
    town.until(lambda: town.sync_now() and ask(town, op="case", receipt=receipt)["where"] != "here", "it goes by network")


def test_a_parked_item_is_said_in_a_sentence_and_sent_once_more(sticks):
    town, robot = sticks, sticks.robot
    town.sim.link(False)
    care_subsidy(town, "lin-xiuying.json")
    receipt = hand_in(town)
    leave(town)
    seq = next(i["seq"] for i in ask(town, op="queue-list")["items"] if i["receipt"] == receipt)
    assert change_store(town, "UPDATE item SET state=1, problem='refused alone with status 422' WHERE seq=?", seq) == 1
    town.plug_stick(town.make_stick())
    page(robot, "pin")
    enter(robot)
    page(robot, "menu")
    robot.wait("staff", text="搁置事项 1 件")
    go(robot, "queue")
    assert receipt in robot.words() and "县平台退回，可以重新发送一次" in robot.words()
    assert "秀英" not in robot.words()
    town.sim.link(True)
    robot.tap(f"release:{seq}")
    robot.wait("staff", text="已重新排队发送")
    town.until(lambda: ask(town, op="case", receipt=receipt)["where"] != "here", "it reaches the county")
    noted(town, f"release seq={seq}")


def test_an_uncertain_slip_is_settled_and_a_copy_printed(sticks):
    from syncd_client import Syncd
    town, robot = sticks, sticks.robot
    care_subsidy(town, "lin-xiuying.json")
    receipt = hand_in(town)
    leave(town)
    job = uuid.uuid4().hex
    attempt = ask(town, op="print-begin", job=job, receipt=receipt, is_reprint=False, kind="receipt")["attempt"]
    ask(town, op="print-state", attempt=attempt, state="sending", level="R", bytes_sent=900, detail="")
    Syncd(town.facts["socket"]).request("hello", client="kiosk", events=False)  # its owner has died and come again
    slips = len(town.sim.slips())
    town.plug_stick(town.make_stick())
    page(robot, "pin")
    enter(robot)
    page(robot, "menu")
    robot.wait("staff", text="待确认凭条 1 张")
    go(robot, "settle")
    assert receipt in robot.words()
    robot.tap(f"not-out:{attempt}")
    robot.wait("staff", text="已记下", ms=20000)
    robot.tap("copy")
    town.until(lambda: len(town.sim.slips()) > slips, "the copy comes out")
    assert not [a for a in ask(town, op="print-open")["attempts"] if a["attempt"] == attempt]
    noted(town, f"settle attempt={attempt} not out")
    assert "秀英" not in robot.words()


def test_device_tests_button_by_button(sticks):
    town, robot = sticks, sticks.robot
    slips = len(town.sim.slips())
    begin(town)
    go(robot, "devices")
    go(robot, "printer")
    robot.tap("primary")
    town.until(lambda: len(town.sim.slips()) > slips, "a test page comes out")
    robot.tap("back")
    go(robot, "touch")
    for i in range(15):
        robot.tap(f"cell:{i}")
    robot.wait("staff", text="整个屏幕都能感应")
    robot.tap("back")
    go(robot, "sound")
    robot.tap("primary")
    town.until(lambda: any("语音测试" in s["words"] for s in robot.do("speech")["said"]), "it is said")
    robot.tap("back")
    go(robot, "scanner")
    town.until(lambda: town.sim.do("state")["scanner_idle"], "the scanner is idle")
    town.sim.do("scan", text="SECRET-WORD-42")
    robot.wait("staff", text="14 个字符", ms=10000)
    assert "SECRET" not in robot.words()
    robot.tap("back")
    go(robot, "keypad")
    town.sim.do("keypad", act="press", key="down", ms=40)
    town.until(lambda: robot.widget("pressed:1")["state"]["selected"], "the key is ticked")
    for words in ("printer test page", "touch all cells", "sound", "scanner read"):
        noted(town, words)


def test_the_network_and_the_log(sticks):
    town, robot = sticks, sticks.robot
    at = begin(town)
    go(robot, "network")
    robot.wait("staff", id="link:up")
    robot.tap("primary")
    robot.wait("staff", text="已试过")
    robot.tap("back")
    go(robot, "logs")
    robot.tap("primary")
    robot.wait("staff", text="条记录已存到盘上", ms=15000)
    sealed = next((at / "ONETRIP").glob("log-*.json"))
    assert "staff-in" not in sealed.read_text()
    opened = town.dir / "opened"
    opened.mkdir()
    run = subprocess.run([town.build_dir() / "county-open", "--dir", opened, "--keys", town.facts["keys_dir"] + "/opener", "--log", sealed],
                         capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    log = json.loads((opened / sealed.name).read_text())
    assert log["type"] == "events" and any(e["what"] == "staff-in" for e in log["events"])
    assert not re.search("秀英|33060", json.dumps(log, ensure_ascii=False))
