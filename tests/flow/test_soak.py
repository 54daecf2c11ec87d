"""A short round of the soak; `make soak EVENTS=20000` is the long one."""
import pytest

import soak


@pytest.mark.parametrize("seed", [11, 12])
def test_a_short_round_of_random_events_holds(tmp_path, seed):
    round, seconds = soak.play(tmp_path, 150, seed)
    print(soak.report(round, 150, seed, seconds))
    assert round.counts["applications"] and round.counts["cards"] and round.counts["print jobs"]


def slip(number, rows, out_us=150):
    return {"png": str(number), "rows": rows, "out_us": out_us}


def judge(monkeypatch, slips, receipts, visits=(0, 100), unplugged_us=0):
    """What the soak says of these slips."""
    s = soak.Soak.__new__(soak.Soak)
    s.counts, s.printed, s.seen = soak.collections.Counter(), {}, 0
    s.receipts, s.visits, s.unplugged_us = receipts, list(visits), unplugged_us
    s.sim = type("Sim", (), {"do": lambda self, what, **a: {"slips": slips}})()
    monkeypatch.setattr(soak, "decode", lambda png: png.split(":")[0])
    s.slips()
    return s.counts


def test_soak_finds_a_slip_that_was_printed_twice_without_a_mark(monkeypatch):
    with pytest.raises(soak.Broken, match="bears no mark"):
        judge(monkeypatch, [slip("R1:a", 900), slip("R1:b", 900)], {"R1": 100})
    assert judge(monkeypatch, [slip("R1:a", 900), slip("R1:b", 980)], {"R1": 100})["marked reprints"] == 1


def test_soak_finds_a_slip_in_somebody_elses_visit(monkeypatch):
    with pytest.raises(soak.Broken, match="of the visit of 100 came out in that of 200"):
        judge(monkeypatch, [slip("R1:a", 900, 201)], {"R1": 100}, visits=(0, 100, 200))
    judge(monkeypatch, [slip("R1:a", 900, 199)], {"R1": 100}, visits=(0, 100, 200))  # nobody had come yet
    with pytest.raises(soak.Broken, match="came out in that of 200"):
        judge(monkeypatch, [slip("R1:a", 900, 201)], {"R1": 100}, visits=(0, 100, 200), unplugged_us=99)
    behind = judge(monkeypatch, [slip("R1:a", 900, 201)], {"R1": 100}, visits=(0, 100, 200), unplugged_us=150)
    assert behind["slips behind a pulled cable"] == 1


def judge_jobs(tmp_path, jobs, printed):
    """What it says of the rows that kiosk-syncd has kept."""
    with soak.sqlite3.connect(tmp_path / "kiosk.db") as db:
        db.execute("CREATE TABLE print_attempt (receipt, is_reprint, state)")
        db.executemany("INSERT INTO print_attempt VALUES (?, ?, ?)", jobs)
    s = soak.Soak.__new__(soak.Soak)
    s.counts, s.printed = soak.collections.Counter(), printed
    s.town = type("Town", (), {"facts": {"data_dir": tmp_path}})
    s.judge_jobs()


@pytest.mark.parametrize("jobs, printed, words", [
    ([("R1", 0, 1)], {}, "without an end"),
    ([("R1", 0, soak.CONFIRMED)], {}, "1 slips of R1 are said to be printed, 0 came out"),
    ([("R1", 0, soak.FAILED_CLEAN)], {"R1": [900]}, "1 slips of R1 came out, 0 are known"),
    ([("R1", 0, soak.UNCERTAIN), ("R1", 0, soak.CONFIRMED)], {"R1": [900]}, "2 times without a mark")])
def test_soak_finds_a_job_in_an_untrue_state(tmp_path, jobs, printed, words):
    with pytest.raises(soak.Broken, match=words):
        judge_jobs(tmp_path, jobs, printed)


def test_soak_believes_jobs_that_are_true(tmp_path):
    judge_jobs(tmp_path, [("R1", 0, soak.UNCERTAIN), ("R1", 1, soak.CONFIRMED), ("R2", 0, soak.FAILED_CLEAN)], {"R1": [900, 980]})


def test_soak_finds_a_kiosk_that_grows():
    s = soak.Soak.__new__(soak.Soak)
    s.memory = [50000] * 100
    s.grown()
    s.memory = [50000 + 200 * n for n in range(100)]
    with pytest.raises(soak.Broken, match="has grown"):
        s.grown()
