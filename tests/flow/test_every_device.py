"""The same journey, from the card to the slip, over every kind of reader and every model of printer."""
import subprocess

import pytest

from hands import Town
from journeys import arrives, care_subsidy, hand_in, leave

# As the simulator names it: the kiosk's row, what it can prove, dots across, cut or torn off
PRINTERS = {
    "80": ("80 mm", "P", 576, True), "58": ("58 mm with cutter", "P", 384, True),
    "xprinter-58": ("58 mm", "R", 384, False), "zj-58": ("58 mm", "N", 384, False),
    "gprinter-58": ("Gprinter, 58 mm", "S", 384, False),
    "epson-t81": ("Epson TM-T81, 180 dpi", "P", 512, True), "epson-t88iii": ("Epson TM-T88III, 180 dpi", "R", 512, True),
    "epson-m30iii": ("Epson TM-m30III", "P", 576, True), "hprt": ("HPRT", "S", 576, True),
    "star": ("Star, ESC/POS mode", "N", 576, True), "citizen-s4000": ("Citizen CT-S4000", "N", 832, True),
    "one-way": ("80 mm", "N", 576, True), "custom-kpm210": ("Custom KPM210", "R", 576, True),
    "custom-kpm300": ("Custom KPM", "R", 576, True), "custom-vkp80": ("Custom VKP80II", "R", 576, True),
}
STYLES = ["split", "single", "hid", "serial"]


def plug_in(town, model):
    """Another printer in the old one's place; returns what the kiosk says of it."""
    town.sim.do("unplug", device="printer")
    town.until(lambda: "printer" in town.robot.do("state")["impaired"], "the old one is missed")
    log = town.dir / "log/kiosk.log"
    before = log.read_text(errors="replace").count("paper: printer")
    town.sim.do("fault", device="printer", name=f"model-{model}")
    town.sim.do("plug", device="printer")
    town.until(lambda: log.read_text(errors="replace").count("paper: printer") > before, f"{model} is found")
    town.until(lambda: town.robot.do("state")["impaired"] == [], "the kiosk is in full service")
    return [line for line in log.read_text(errors="replace").splitlines() if "paper: printer" in line][-1]


def code_of(slip):
    run = subprocess.run(["zbarimg", "-q", "--raw", slip["png"]], capture_output=True, text=True)
    return run.stdout.strip()


@pytest.mark.parametrize("model", PRINTERS)
def test_journey_on_every_printer(town, robot, model):
    profile, proof, width, is_cut = PRINTERS[model]
    said = plug_in(town, model)
    assert f" {profile}, " in said and said.endswith(f"proof {proof}")
    before = town.sim.do("state")["slips"]
    care_subsidy(town, "lin-xiuying.json")
    receipt = hand_in(town)
    # A printer that says nothing is never believed: the resident is asked.
    wanted = "ask" if proof == "N" else "done"
    town.until(lambda: robot.do("state")["paper"] == wanted, f"it is {wanted}", limit=40)
    state = town.sim.do("state")
    assert state["violations"] == 0, state["violation"]
    if is_cut:
        town.until(lambda: town.sim.do("state")["slips"] > before, "the slip falls")
        slip = town.sim.do("printed", **{"from": before, "raw": False})["slips"][0]
        assert not slip["has_error"] and code_of(slip).endswith(receipt)
        with open(slip["png"], "rb") as f:
            assert int.from_bytes(f.read(24)[16:20], "big") == width
    else:
        assert town.sim.do("state")["uncut_rows"] > 500  # hangs over the tear bar
    arrives(town, receipt)
    leave(town)


def test_every_printer_of_the_simulator_is_tried(town):
    """A model that is added there has to be added here."""
    with pytest.raises(AssertionError):
        town.sim.do("fault", device="printer", name="model-none-such")
    for model in PRINTERS:
        town.sim.do("fault", device="printer", name=f"model-{model}")
    town.sim.do("fault", device="printer", name="model-80")


@pytest.mark.parametrize("style", STYLES)
def test_journey_on_every_reader(tmp_path, style):
    with Town(tmp_path, "--reader", style) as town:
        care_subsidy(town, "lin-xiuying.json")
        receipt = hand_in(town)
        reads = town.sim.do("state")["reader_reads"]
        town.until(lambda: town.robot.do("state")["paper"] == "done", "the slip is proven")
        assert town.sim.do("state")["reader_style"] == style and reads == 1  # however long it lay there
        arrives(town, receipt)
        leave(town)
