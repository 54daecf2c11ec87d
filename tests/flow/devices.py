"""Every printer that the simulator can be, and the journey that each of them must finish."""
import subprocess

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


def plug_in(town, model):
    """Another printer in the old one's place, and the kiosk knows what it is."""
    profile, proof, _, _ = PRINTERS[model]
    town.sim.do("unplug", device="printer")
    town.until(lambda: "printer" in town.robot.do("state")["impaired"], "the old one is missed")
    log = town.dir / "log/kiosk.log"
    before = log.read_text(errors="replace").count("paper: printer")
    town.sim.do("fault", device="printer", name=f"model-{model}")
    town.sim.do("plug", device="printer")
    town.until(lambda: log.read_text(errors="replace").count("paper: printer") > before, f"{model} is found")
    town.until(lambda: town.robot.do("state")["impaired"] == [], "the kiosk is in full service")
    said = [line for line in log.read_text(errors="replace").splitlines() if "paper: printer" in line][-1]
    assert f" {profile}, " in said and said.endswith(f"proof {proof}")


def code_of(slip):
    run = subprocess.run(["zbarimg", "-q", "--raw", slip["png"]], capture_output=True, text=True)
    return run.stdout.strip()


def prints_it(town, model):
    """From the card to the slip, on a printer that plug_in() has just plugged in."""
    robot = town.robot
    _, proof, width, is_cut = PRINTERS[model]
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
