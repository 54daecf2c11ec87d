"""The handwriting program as a whole: lines in, lines out, whatever the lines are."""
import json
import pathlib
import select
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODEL = ROOT / "assets/handwriting/handwriting.model"

DA = [[[10, 38, 0], [90, 34, 90]], [[52, 8, 300], [48, 45, 350], [12, 92, 410]], [[50, 42, 600], [66, 70, 650], [92, 92, 700]]]
WANG = [[[18, 18], [82, 16]], [[22, 50], [78, 48]], [[50, 18], [50, 86]], [[8, 88], [92, 86]]]


def line(strokes, **more):
    return json.dumps({"width": 100, "height": 100, "strokes": strokes, **more})


def ask(build, *lines, options=(), cwd=ROOT):
    text = "".join(x + "\n" for x in lines)
    out = subprocess.run([build / "handwriting", *options], input=text, capture_output=True, text=True, cwd=cwd, timeout=60)
    assert out.returncode == 0, out.stderr
    answers = [json.loads(x) for x in out.stdout.splitlines()]
    assert len(answers) == len(lines)
    return answers


BAD = ["", "{", "[]", "null", '"大"', "{}", '{"strokes":5}', '{"strokes":{"0":[]}}', '{"strokes":[5]}', '{"strokes":[[5]]}',
       '{"strokes":[[[1]]]}', '{"strokes":[[["1",2]]]}', '{"strokes":[[[1,null]]]}', '{"strokes":[[[1,NaN]]]}',
       '{"strokes":' + "[" * 5000 + "]" * 5000 + "}", '{"strokes":[]} {"strokes":[]}', '{"strokes":[[[1,2]]'
       ]


def test_a_bad_line_is_told_and_the_next_one_is_read(build):
    lines = [x for bad in BAD for x in (bad, line(DA))]
    answers = ask(build, *lines)
    for bad, answer in zip(BAD, answers[::2]):
        assert answer["candidates"] == [] and answer["error"], bad
    assert all(a["candidates"][0] == "大" and "error" not in a for a in answers[1::2])


def test_bytes_that_are_no_text_do_not_end_it(build):
    out = subprocess.run([build / "handwriting"], input=b"\xff\xfe\x00\n\x00\n" + line(WANG).encode(), capture_output=True, timeout=60)
    answers = [json.loads(x) for x in out.stdout.splitlines()]
    assert [a["candidates"][:1] for a in answers] == [[], [], ["王"]]  # the last line had no end


@pytest.mark.parametrize("strokes", [
    [[[float(x), float(y)] for x, y, *_ in s] for s in DA],  # no times, fractions
    [[], *DA, []],  # strokes without a point
    [[[x * 1e6, y * 1e6, 5, "pressure"] for x, y, *_ in s] for s in DA],  # a large pad, more in a point
    [[[x / 1000, y / 1000, 9e9 - t] for x, y, t in s] for s in DA],  # a small one, times running backwards
    [[p for p in s for _ in range(50)] for s in DA],  # the finger rests
])
def test_every_pad_is_understood(build, strokes):
    assert ask(build, line(strokes, writer={"age": 80}))[0]["candidates"][0] == "大"


def test_nothing_drawn_is_no_error(build):
    assert ask(build, line([]), line([[], []])) == [{"candidates": []}] * 2


def test_as_many_candidates_as_were_asked_for(build):
    for count in (1, 10, 64):
        candidates = ask(build, line(WANG), options=["--candidates", str(count)])[0]["candidates"]
        assert len(candidates) == len(set(candidates)) == count and candidates[0] == "王"
    assert len(ask(build, line(WANG))[0]["candidates"]) == 10


@pytest.mark.parametrize("options", [["--candidates", "0"], ["--candidates", "65"], ["--candidates", "x"], ["--other"], ["word"]])
def test_wrong_options_are_explained(build, options):
    out = subprocess.run([build / "handwriting", *options], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert out.returncode == 2 and "usage" in out.stderr


def test_the_model_is_found_from_anywhere_and_named_when_it_is_not(build, tmp_path):
    assert ask(build, line(DA), cwd=tmp_path)[0]["candidates"][0] == "大"
    (tmp_path / "bin").mkdir()
    (tmp_path / "share/onetrip").mkdir(parents=True)
    shutil.copy(build / "handwriting", tmp_path / "bin")
    out = subprocess.run([tmp_path / "bin/handwriting"], input=line(DA), capture_output=True, text=True, cwd=tmp_path)
    assert out.returncode == 1 and "not found" in out.stderr and out.stdout == ""
    shutil.copy(MODEL, tmp_path / "share/onetrip")
    assert ask(tmp_path / "bin", line(DA), cwd=tmp_path)[0]["candidates"][0] == "大"


def test_a_damaged_model_is_refused(build, tmp_path):
    damaged = bytearray(MODEL.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (tmp_path / "a.model").write_bytes(damaged)
    out = subprocess.run([build / "handwriting", "--model", tmp_path / "a.model"], input=line(DA), capture_output=True, text=True)
    assert out.returncode == 1 and "cannot be used" in out.stderr and "checksum" in out.stderr


def test_each_answer_comes_before_the_next_line_is_asked_for(build):
    with subprocess.Popen([build / "handwriting"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, cwd=ROOT) as p:
        for strokes, ch in ((DA, "大"), (WANG, "王"), (DA, "大")):
            p.stdin.write(line(strokes) + "\n")
            p.stdin.flush()
            assert select.select([p.stdout], [], [], 30)[0]
            assert json.loads(p.stdout.readline())["candidates"][0] == ch
        p.stdin.close()
        assert p.wait(30) == 0
