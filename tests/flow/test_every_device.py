"""The same journey, from the card to the slip, over every kind of reader and every model of printer."""
import pytest

from devices import PRINTERS, plug_in, prints_it
from hands import Town
from journeys import arrives, care_subsidy, hand_in, leave

STYLES = ["split", "single", "hid", "serial"]


@pytest.mark.parametrize("model", PRINTERS)
def test_journey_on_every_printer(town, robot, model):
    plug_in(town, model)
    prints_it(town, model)


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
