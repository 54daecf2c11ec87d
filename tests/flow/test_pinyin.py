"""The pinyin helper as it is built: what it offers, and that nothing of what is typed stays or leaves."""
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import struct
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAME, FIRST, FUZZY_NG = 1, 2, 4


class Helper:
    """build/pinyin at the other end of a socket pair, as the kiosk starts it."""

    def __init__(self, program, *wrap):
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        high = os.dup(theirs.fileno())
        theirs.close()
        words = [*map(str, wrap), str(program), "--socket"]
        self.pid = os.posix_spawn(words[0], words, {"LC_ALL": "C.UTF-8"}, file_actions=[
            (os.POSIX_SPAWN_DUP2, high, 3), (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0)])
        os.close(high)
        self.socket.settimeout(10)
        self.serial = 0

    def send(self, letters, flags=0, most=10):
        self.serial += 1
        self.socket.send(struct.pack(">2sBBIB", b"Q\1", flags, most, self.serial, len(letters)) + letters.encode())

    def receive(self):
        data = self.socket.recv(8192)
        if not data:
            return None
        kind, _, count, serial = struct.unpack(">2sBBI", data[:8])
        assert kind == b"A\1" and serial == self.serial
        at, answer = 8, []
        for _ in range(count):
            used, length = data[at], data[at + 1]
            answer.append((data[at + 2:at + 2 + length].decode(), used))
            at += 2 + length
        assert at == len(data)
        return answer

    def ask(self, letters, flags=0, most=10):
        self.send(letters, flags, most)
        return self.receive()

    def end(self):
        self.socket.close()
        return os.waitpid(self.pid, 0)[1]


@pytest.fixture
def program(build):
    return build / "pinyin"


@pytest.fixture
def helper(program):
    h = Helper(program)
    yield h
    h.end()


def by_hand(program, letters, *options, cwd=None):
    done = subprocess.run([program, *options], input=letters + "\n", capture_output=True, text=True, cwd=cwd, check=True)
    return json.loads(done.stdout)["candidates"]


# ---- what it offers -----------------------------------------------------------------------------------

@pytest.mark.parametrize("letters, text", [
    ("fuquanjiedao", "福全街道"), ("shengzhoushi", "嵊州市"), ("lizhuzhen", "漓渚镇"), ("canjirenzheng", "残疾人证"),
    ("zhongducanjirenhulibutie", "重度残疾人护理补贴"), ("sfz", "身份证"), ("jzz", "居住证"), ("shenfenzh", "身份证"),
    ("senfenzeng", "身份证"), ("laorenqian", "老人钱"), ("nvxu", "女婿")])
def test_words_of_this_place_come_first_wherever_it_is_started(program, letters, text):
    assert by_hand(program, letters, cwd="/")[0] == text


@pytest.mark.parametrize("letters, surname", [("yu", "俞"), ("ru", "茹"), ("zhang", "章"), ("ouyang", "欧阳"), ("shan", "单"),
                                              ("yuxinggen", "俞"), ("wangxiaoming", "王")])
def test_surnames_are_among_the_first_five(program, letters, surname):
    assert surname in by_hand(program, letters, "--name")[:5]


def test_further_characters_of_a_name_are_those_of_names(program):
    assert {"娟", "军", "君"} <= set(by_hand(program, "juan", "--given")[:5] + by_hand(program, "jun", "--given")[:5])


def test_more_words_may_be_given_in_a_file(program, tmp_path):
    words = tmp_path / "words"
    words.write_text("# local\nmo'mo'cun 磨磨村\n不是拼音 x\nhu'li'bu'tie'''' 坏\n", encoding="utf-8")
    assert by_hand(program, "momocun")[0] != "磨磨村"
    assert by_hand(program, "momocun", "--words", words)[0] == "磨磨村"


def test_southern_sounds_only_when_asked(program):
    assert "杭州" not in by_hand(program, "hanzhou")[:3]
    assert "杭州" in by_hand(program, "hanzhou", "--fuzzy-ng")[:5]


def test_chosen_candidates_lead_through_a_whole_address(helper):
    letters, text = "zhejiangshengshaoxingshi", ""
    while letters:
        best = max(helper.ask(letters), key=lambda c: ("浙江省绍兴市"[len(text):].startswith(c[0]), c[1]))
        text, letters = text + best[0], letters[best[1]:]
    assert text == "浙江省绍兴市"


@pytest.mark.parametrize("words", [["--candidates", "0"], ["--candidates", "41"], ["--unknown"], ["letters"]])
def test_senseless_options_are_refused(program, words):
    assert subprocess.run([program, *words], input="", capture_output=True, text=True).returncode == 2


# ---- what is typed goes nowhere ------------------------------------------------------------------------

def test_nothing_is_opened_for_writing_and_nothing_after_start(program, tmp_path):
    trace = tmp_path / "trace"
    h = Helper(program, shutil.which("strace"), "-f", "-o", trace, "-e",
               "trace=open,openat,creat,socket,connect,execve,unlink,rename,mkdir,seccomp,recvfrom,write,pwrite64,ftruncate")
    for letters in ("ni", "shaoxingshikeqiaoqu", "sfz", "zzzzzzzzzzzz", "wangxiaoming"):
        assert h.ask(letters)
    h.end()
    lines = trace.read_text().splitlines()
    opened = [line for line in lines if re.search(r"\bopen(at)?\(|creat\(", line) and "= -1" not in line]
    wrong = [line for line in opened if re.search(r"O_(WRONLY|RDWR|CREAT|TMPFILE)", line) and '"/dev/null"' not in line]
    assert len(opened) > 10 and not wrong
    assert not [line for line in lines if "= -1" not in line and re.search(r"\b(unlink|rename|mkdir|pwrite64|ftruncate|socket|connect)\(", line)]
    closed = next(i for i, line in enumerate(lines) if "seccomp(SECCOMP_SET_MODE_FILTER" in line and line.endswith("= 0"))
    after = [line for line in lines[closed + 1:] if "recvfrom(" not in line and "+++" not in line]
    assert not after, after


def test_the_helper_has_given_up_its_rights(helper):
    assert helper.ask("ni")
    status = pathlib.Path(f"/proc/{helper.pid}/status").read_text()
    assert re.search(r"^Seccomp:\t2$", status, re.M) and re.search(r"^NoNewPrivs:\t1$", status, re.M)
    limits = pathlib.Path(f"/proc/{helper.pid}/limits").read_text()
    for name in ("Max core file size", "Max file size", "Max open files"):
        assert re.search(rf"^{name}\s+0\s+0\b", limits, re.M), name


def test_the_helper_is_small_at_rest(helper):
    assert helper.ask("ni")
    try:
        rollup = pathlib.Path(f"/proc/{helper.pid}/smaps_rollup").read_text()
    except PermissionError:
        pytest.skip("only root may read the memory of a process that keeps secrets")
    assert int(re.search(r"^Pss:\s+(\d+) kB", rollup, re.M).group(1)) <= 10 * 1024


def test_candidates_are_the_same_after_any_session(program):
    asked = [("wangxiaoming", NAME | FIRST), ("xiaoming", NAME), ("shiye", 0), ("sfz", 0), ("shaoxing", FUZZY_NG), ("shi", 0)]
    h = Helper(program)
    before = [h.ask(*a) for a in asked]
    for _ in range(20):  # a resident who takes the last candidate each time
        for letters, flags in asked:
            rest = letters
            while rest:
                rest = rest[h.ask(rest, flags)[-1][1]:].lstrip("'")
    assert [h.ask(*a) for a in asked] == before
    h.end()
    h = Helper(program)
    assert [h.ask(*a) for a in reversed(asked)] == before[::-1]
    h.end()


def test_two_thousand_random_inputs_are_answered(helper):
    dice = random.Random(20261126)
    for _ in range(2000):
        alphabet = dice.choice(["abcdefghijklmnopqrstuvwxyz", "zcsh", "aeiouv", "ng'", "xianluve'"])
        letters = re.sub("''+", "'", "".join(dice.choices(alphabet, k=dice.randint(1, 32)))).lstrip("'") or "a"
        answer = helper.ask(letters, dice.randrange(8), dice.randint(1, 40))
        assert answer is not None
        assert all(1 <= used <= len(letters) and text for text, used in answer)
        assert len({text for text, _ in answer}) == len(answer)


def test_a_helper_that_is_killed_in_mid_word_leaves_the_next_one_whole(program):
    h = Helper(program)
    assert h.ask("wangx", NAME | FIRST)
    h.send("wangxi", NAME | FIRST)
    os.kill(h.pid, signal.SIGKILL)
    h.end()
    h = Helper(program)
    assert h.ask("wangxi", NAME | FIRST)[0][0] == "王"
    h.end()


@pytest.mark.parametrize("nonsense", [b"Q", b"Q\1\0\n\0\0\0\1\2n", b"A\1\0\0\0\0\0\1", b"Q\1\0\0\0\0\0\1\1n", b"x" * 4000])
def test_a_question_that_is_none_ends_the_helper(program, nonsense):
    h = Helper(program)
    h.socket.send(nonsense)
    assert not h.socket.recv(100)
    assert os.WEXITSTATUS(h.end()) == 1


def test_the_helper_ends_when_the_kiosk_is_gone(program):
    h = Helper(program)
    assert h.ask("ni")
    assert h.end() == 0
