"""A short round of the soak; `make soak EVENTS=20000` is the long one."""
import pytest

import soak


@pytest.mark.parametrize("seed", [11, 12])
def test_a_short_round_of_random_events_holds(tmp_path, seed):
    round, seconds = soak.play(tmp_path, 150, seed)
    print(soak.report(round, 150, seed, seconds))
    assert round.counts["applications"] and round.counts["cards"]


def slip(number, rows):
    return {"png": str(number), "rows": rows}


def judge(monkeypatch, slips, receipts, visit=0, screen="home"):
    """What the soak says of these slips."""
    s = soak.Soak.__new__(soak.Soak)
    s.counts, s.printed, s.seen, s.was_printing = soak.collections.Counter(), {}, 0, set()
    s.receipts, s.visit, s.screen = receipts, visit, screen
    s.sim = type("Sim", (), {"do": lambda self, what, **a: {"slips": slips}})()
    monkeypatch.setattr(soak, "decode", lambda png: png.split(":")[0])
    s.slips()
    return s.counts


def test_soak_finds_a_slip_that_was_printed_twice_without_a_mark(monkeypatch):
    with pytest.raises(soak.Broken, match="bears no mark"):
        judge(monkeypatch, [slip("R1:a", 900), slip("R1:b", 900)], {"R1": 0})
    assert judge(monkeypatch, [slip("R1:a", 900), slip("R1:b", 980)], {"R1": 0})["marked reprints"] == 1


def test_soak_finds_a_slip_in_somebody_elses_visit(monkeypatch):
    with pytest.raises(soak.Broken, match="of visit 0 came out in visit 1"):
        judge(monkeypatch, [slip("R1:a", 900)], {"R1": 0}, visit=1)
    judge(monkeypatch, [slip("R1:a", 900)], {"R1": 0}, visit=1, screen="attract")
