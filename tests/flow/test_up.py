"""board/host/up itself: its options, its one line, and that nothing of it stays behind."""
import json
import os
import subprocess

from hands import ROOT, Town
from journeys import by_receipt, care_subsidy, hand_in, leave


def is_alive(pid):
    try:
        os.kill(pid, 0)
        return True
    except ProcessLookupError:
        return False


def test_offline_with_the_other_reader_and_faults_from_a_file(tmp_path):
    faults = tmp_path / "faults.json"
    faults.write_text(json.dumps({"delay_ms": 5, "seed": 3}))
    with Town(tmp_path / "town", "--offline", "--reader", "single", "--faults", faults) as town:
        status = json.loads(town.kioskctl("status", "--json", "--syncd", town.facts["socket"]).stdout)
        assert status["accepting"] and status["kiosk_id"] == "K0012"
        care_subsidy(town, "lin-xiuying.json")
        receipt = hand_in(town)
        leave(town)
        assert not by_receipt(town, receipt)
        listed = json.loads(town.kioskctl("queue", "list", "--json", "--syncd", town.facts["socket"]).stdout)["items"]
        assert [(i["receipt"], i["state"]) for i in listed] == [(receipt, "queued")]
        for name in ("robot", "sim", "usbip", "platform_url", "desk_url", "data_dir", "pids"):
            assert town.facts[name]
        pids = json.loads((tmp_path / "town/pids.json").read_text()).values()
    assert town.code == 0
    assert not any(is_alive(pid) for pid in pids)


def test_what_cannot_come_up_says_so_and_leaves_nothing_running(tmp_path):
    run = subprocess.run([ROOT / "board/host/up", "--headless", "--dir", tmp_path / "town", "--catalogue", tmp_path / "none.json"],
                         input=b"", capture_output=True, timeout=60)
    assert run.returncode == 1 and b"county-platform did not start" in run.stderr
    assert "none.json" in (tmp_path / "town/log/county-platform.log").read_text()
