"""The speech program by itself: what it says, how soon it stops, what it may not do, and that it goes with its kiosk."""
import array
import os
import pathlib
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import wave

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LONG = "请将社会保障卡放在读卡区，您的申请已经受理，结果会在二十个工作日内告诉您。" * 3
SECRET = "李蕾的号码是 339999199001010021"


class Speech:
    def __init__(self, build, folder, *more, driver="dummy", assets=ROOT / "assets/speech"):
        self.here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.here.settimeout(10)
        self.log = folder / "log"
        self.out = folder / "out"
        with there, self.log.open("wb") as log, self.out.open("wb") as out:
            self.process = subprocess.Popen(
                [build / "speech", "--fd", str(there.fileno()), "--assets", assets, *more], pass_fds=[there.fileno()], cwd=folder,
                env={"SDL_AUDIODRIVER": driver, "HOME": str(folder)}, stdout=out, stderr=log)
        self.serial = 0

    def answer(self):
        return self.here.recv(100).decode().split()

    def until(self, word):
        heard = []
        while not heard or heard[-1][0] != word:
            heard.append(self.answer())
        return heard[-1]

    def say(self, text, language="zh", hush="public", volume=5, prompt="-"):
        self.serial += 1
        self.here.send(f"say {self.serial} {language} {hush} {volume} 160 {prompt}\n{text}".encode())
        return str(self.serial)

    def end(self):
        self.here.close()
        return self.process.wait(10)


@pytest.fixture
def start(build, tmp_path):
    running = []

    def begin(*more, **how):
        running.append(Speech(build, tmp_path, *more, **how))
        return running[-1]
    yield begin
    for s in running:
        if s.process.poll() is None:
            s.process.kill()
            s.process.wait(10)


def samples(path):
    with wave.open(str(path)) as w:
        assert (w.getnchannels(), w.getsampwidth(), w.getframerate()) == (1, 2, 22050)
        return array.array("h", w.readframes(w.getnframes()))


def test_requests_that_make_no_sense_are_dropped_and_their_words_not_logged(start):
    s = start()
    s.until("ready")
    for bad in (b"\0", b"say\n", f"say 1 zh public 99 160 -\n{SECRET}".encode(), f"shout {SECRET}\n".encode(), b"say 1 zh public 5 160 ../../x\ny"):
        s.here.send(bad)
    assert s.say("好") == s.until("end")[1]
    assert s.end() == 0
    log = s.log.read_text()
    assert "makes no sense" in log and "李蕾" not in log and "339999" not in log


def test_without_a_sound_device_it_says_so_once_and_takes_everything(start):
    s = start(driver="nothing-of-this-name")
    assert [s.answer(), s.answer()] == [["ready"], ["mute"]]
    for _ in range(3):
        number = s.say("请收好您的证件。")
        assert [s.answer(), s.answer()] == [["begin", number], ["end", number]]
    assert s.end() == 0
    assert s.log.read_text().count("no sound device") == 1


def test_a_new_utterance_stops_the_old_one_and_stop_is_quick(start):
    s = start()
    s.until("ready")
    begins, stops = [], []
    for _ in range(20):
        then = time.perf_counter()
        number = s.say(LONG)
        assert s.until("begin")[1] == number
        begins.append(time.perf_counter() - then)
        then = time.perf_counter()
        s.here.send(f"stop {number}\n".encode())
        assert s.answer() == ["stopped", number]
        stops.append(time.perf_counter() - then)
    assert statistics.median(begins) < 0.2
    assert statistics.median(stops) < 0.05  # the device's buffer of 23 ms is behind it
    first = s.say(LONG)
    s.until("begin")
    second = s.say("好。")
    assert s.answer() == ["stopped", first]
    assert s.answer() == ["begin", second]
    assert s.answer() == ["end", second]


def test_of_requests_that_wait_only_the_last_is_said(start):
    s = start()
    s.until("ready")
    s.process.send_signal(signal.SIGSTOP)
    numbers = [s.say("一。") for _ in range(5)]
    s.process.send_signal(signal.SIGCONT)
    assert s.answer() == ["begin", numbers[-1]]


def test_it_can_open_no_network_start_no_program_write_no_file(start):
    s = start()
    s.until("ready")
    s.say("好。")
    s.until("end")
    status = pathlib.Path(f"/proc/{s.process.pid}/status").read_text()
    limits = pathlib.Path(f"/proc/{s.process.pid}/limits").read_text()
    assert "NoNewPrivs:\t1" in status and "Seccomp:\t2" in status and "Seccomp_filters:\t2" in status
    core = next(row for row in limits.splitlines() if row.startswith("Max core file size"))
    assert core.split()[4] == "0"
    assert sorted(p.name for p in s.log.parent.iterdir()) == ["log", "out"]


def test_it_ends_when_the_kiosk_closes_the_socket(start):
    s = start()
    s.until("ready")
    s.say(LONG)
    s.until("begin")
    assert s.end() == 0


def test_it_dies_with_a_kiosk_that_is_killed(build, tmp_path):
    parent = subprocess.Popen([sys.executable, "-c", f"""
import socket, subprocess, time
a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
a.set_inheritable(True)  # the end that closing would tell of stays open in the child
p = subprocess.Popen([{str(build / 'speech')!r}, "--fd", str(b.fileno()), "--assets", {str(ROOT / 'assets/speech')!r}],
                     pass_fds=[a.fileno(), b.fileno()], env={{"SDL_AUDIODRIVER": "dummy"}})
a.recv(100)
print(p.pid, flush=True)
time.sleep(100)
"""], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    watch = os.pidfd_open(pid)
    parent.kill()
    parent.wait(10)
    import select
    assert select.select([watch], [], [], 10)[0], "it outlived its kiosk"
    os.close(watch)


def test_a_recording_is_played_instead_of_the_engine(start, tmp_path):
    assets = tmp_path / "assets"
    shutil.copytree(ROOT / "assets/speech", assets)
    (assets / "zh").mkdir(exist_ok=True)
    name, text = next(row.split("\t")[:2] for row in (assets / "prompts.tsv").read_text().splitlines() if row.startswith("reading-your-card\t"))
    with wave.open(str(assets / f"zh/{name}.wav"), "wb") as w:
        w.setnchannels(1)
        w.setsampwidth(2)
        w.setframerate(22050)
        w.writeframes(array.array("h", [3000, -3000] * 66150).tobytes())  # 6 s: far longer than the engine takes
    plain = (assets / f"zh/{name}.wav").read_bytes()  # as most programs save it: with their name in it
    (assets / f"zh/{name}.wav").write_bytes(plain[:12] + b"LIST\x04\0\0\0INFO" + plain[12:])
    s = start(assets=assets)
    s.until("ready")
    then = time.perf_counter()
    s.say(text)
    s.until("end")
    assert time.perf_counter() - then > 5.5
    (assets / f"zh/{name}.wav").write_bytes(b"RIFF no sound at all")
    then = time.perf_counter()
    s.say(text)
    s.until("end")
    assert time.perf_counter() - then < 5.5  # the engine spoke
    assert "no recording of the right kind" in s.log.read_text()


def test_the_transcript_shows_what_would_be_said_and_to_whom(start, build):
    s = start("--transcript")
    s.until("ready")
    s.say("银行卡尾号 3301", hush="private")
    s.until("end")
    s.say("2 choices", language="en")
    s.until("end")
    assert s.end() == 0
    assert s.out.read_text().splitlines() == ["private zh: yin2 hang2 ka3 尾号 三 三 零 一 ", "public en: 2 choices"]


def test_a_text_becomes_a_file_for_ears(build, tmp_path):
    quick, slow, english = tmp_path / "q.wav", tmp_path / "s.wav", tmp_path / "e.wav"
    run = [build / "speech", "--assets", ROOT / "assets/speech", "--say"]
    subprocess.run([*run, "请收好您的证件。", "--rate", "200", "--wav", quick], check=True)
    subprocess.run([*run, "请收好您的证件。", "--rate", "100", "--wav", slow], check=True)
    subprocess.run([*run, "Please take your card.", "--language", "en", "--wav", english], check=True)
    assert len(samples(slow)) > 1.3 * len(samples(quick)) > 13000
    assert max(samples(quick)) > 3000 and max(samples(english)) > 3000
    for wrong in (["--say", "x"], ["--fd", "x"], [], ["--say", "x", "--wav", "y", "--transcript"], ["--say", "x", "--language", "fr", "--wav", "y"]):
        assert subprocess.run([build / "speech", *wrong], capture_output=True).returncode == 2


def test_prompts_and_readings_are_well_formed():
    rows = [r.split("\t") for r in (ROOT / "assets/speech/prompts.tsv").read_text().splitlines() if not r.startswith("#")]
    assert len(rows) >= 80 and all(len(r) == 3 and all(r) for r in rows)
    assert len({r[0] for r in rows}) == len(rows)
    assert all(set(r[0]) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and len(r[0]) < 40 for r in rows)
