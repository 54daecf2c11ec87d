"""Nothing lost, nothing doubled: 1,000 applications entered offline, then everything goes wrong on the way."""
import base64
import json
import random
import subprocess
import uuid

from hands import Town
from syncd_client import Syncd

COUNT, KILLS, DROPPED = 1000, 20, 0.25


def seal(town, texts):
    """Sealed by the product's own code, one line in, one line out (base64)."""
    run = subprocess.run([str(town.build_dir() / "seal-tool"), "--trust", town.facts["keys_dir"] + "/trust",
                          "--keys", town.facts["keys_dir"] + "/platform/keys.json"],
                         input="\n".join(texts) + "\n", capture_output=True, text=True, check=True)
    return [(line.split()[0], base64.b64decode(line.split()[1])) for line in run.stdout.splitlines()]


def enter(town, syncd, count):
    """Reserve, seal, submit: as kiosk does, in rounds of open forms. Returns the numbers given out."""
    numbers = []
    while len(numbers) < count:
        forms = []
        for _ in range(min(200, count - len(numbers))):
            token = uuid.uuid4().hex
            r = syncd.request("reserve", token=token)
            item = {"schema": 1, "manifest": {k: r[k] for k in ("id", "kiosk_id", "install_id", "seq", "receipt")} |
                    {"kind": "application", "item_code": "D01"}, "form": {"phone": "13800000000"}}
            forms.append((token, r, json.dumps(item)))
        for (token, r, _), (key_id, sealed) in zip(forms, seal(town, [f[2] for f in forms])):
            numbers.append(syncd.submit(token, r["id"], key_id, sealed)["receipt"])
    return numbers


def test_a_thousand_offline_then_drops_and_kills_each_arrives_once(tmp_path):
    random.seed(7)
    with Town(tmp_path) as town:
        town.sim.link(False)
        syncd = Syncd(town.facts["socket"])
        numbers = enter(town, syncd, COUNT)
        assert len(set(numbers)) == COUNT
        town.faults(drop_answers=DROPPED, seed=7)
        town.sim.link(True)
        for i in range(KILLS):
            stored = town.until(lambda: town.arrived(), "the county counts")
            goal = min(COUNT - 1, (i + 1) * COUNT // (KILLS + 4))
            town.until(lambda: town.arrived() >= goal or stored >= COUNT, f"{goal} items", limit=60)
            town.kill("kiosk-syncd")
            town.kill("county-platform")
            town.faults(drop_answers=DROPPED, seed=random.randrange(1000))
        town.faults(drop_answers=0)
        town.until(lambda: town.arrived() >= COUNT, "all arrive", limit=120)
        got = [i["item"]["manifest"]["receipt"] for i in town.opened()]
        assert len(got) == COUNT and sorted(got) == sorted(numbers)
        syncd = town.until(lambda: Syncd(town.facts["socket"]), "kiosk-syncd answers")
        town.until(lambda: syncd.request("status")["queue"]["queued"] == 0, "the kiosk knows it", limit=60)
        assert syncd.request("status")["queue"]["dead"] == 0
