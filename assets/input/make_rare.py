#!/usr/bin/env python3
"""Builds rare.bin, the table of characters by radical, strokes and reading, from the Unihan database.

    make_rare.py [--unicode FOLDER] RADICALS.TSV OUT

The folder is that of Debian's package unicode-data (/usr/share/unicode). Taken from it: kRSUnicode (radical and further
strokes), kTotalStrokes, kTGH (Table of General Standard Chinese Characters, 2013), and the readings kMandarin,
kTGHZ2013 and kXHC1983. The form of the table is described in FORMAT.md."""
import argparse
import bz2
import pathlib
import re
import struct
import unicodedata

BLOCKS = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2A6DF), (0x2A700, 0x2EBE0), (0x30000, 0x323AF)]
WANTED = {"kRSUnicode", "kTotalStrokes", "kTGH", "kMandarin", "kTGHZ2013", "kXHC1983"}
FILES = ["IRGSources", "OtherMappings", "Readings"]


def crc32c(data):
    table = []
    for n in range(256):
        for _ in range(8):
            n = n >> 1 ^ 0x82F63B78 if n & 1 else n >> 1
        table.append(n)
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ table[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def unihan(folder):
    """code point -> {property: value} of the ideographs that have a block."""
    facts = {}
    for name in FILES:
        with bz2.open(folder / f"Unihan_{name}.txt.bz2", "rt", encoding="utf-8") as lines:
            for line in lines:
                if not line.startswith("U+"):
                    continue
                code, key, value = line.rstrip("\n").split("\t")
                cp = int(code[2:], 16)
                if key in WANTED and any(a <= cp <= b for a, b in BLOCKS):
                    facts.setdefault(cp, {})[key] = value
    return facts


def level(fact):
    """1 to 3: of the standard table; 0: not in it."""
    if "kTGH" not in fact:
        return 0
    index = int(fact["kTGH"].split()[0].split(":")[1])
    return 1 if index <= 3500 else 2 if index <= 6500 else 3


def letters(reading):
    """lǜ -> lv: the letters that are typed."""
    plain = unicodedata.normalize("NFD", reading)
    plain = "".join(c for c in plain if c not in "\u0300\u0301\u0304\u030c")  # tones; the diaeresis stays
    return unicodedata.normalize("NFC", plain).replace("ü", "v").replace("ê", "e")


def readings(fact):
    found = fact.get("kMandarin", "").split()
    for key in ("kTGHZ2013", "kXHC1983"):
        for part in fact.get(key, "").split():
            found += part.split(":")[1].split(",")
    return {r for r in map(letters, found) if re.fullmatch("[a-z]{1,7}", r)}


def build(facts, radicals):
    groups, sounds = {}, {}
    for cp, fact in facts.items():
        strokes = int(fact["kTotalStrokes"].split()[0])
        for rs in fact["kRSUnicode"].split():
            number, simplified, rest = re.fullmatch(r"(\d+)('*)\.(-?\d+)", rs).groups()
            key = (int(number), min(max(int(rest), 0), 127) | (0x80 if simplified else 0))
            groups.setdefault(key, []).append((cp, strokes, level(fact)))
        for sound in readings(fact):
            sounds.setdefault(sound, []).append((level(fact) or 4, cp))
    head, body = bytearray(), bytearray()
    for (number, rest), members in sorted(groups.items()):
        members.sort(key=lambda m: (m[2] or 4, m[0]))
        head += struct.pack("<BBH", number, rest, len(members))
        for cp, strokes, grade in members:
            body += struct.pack("<I", cp | strokes << 21 | grade << 28)
    index, items = bytearray(), bytearray()
    for sound in sorted(sounds):
        members = sorted(sounds[sound])
        index += struct.pack("<8sII", sound.encode(), len(items) // 3, len(members))
        for _, cp in members:
            items += struct.pack("<I", cp)[:3]
    table = bytes(head + body + index) + radicals + bytes(items)
    counts = (len(groups), len(body) // 4, len(sounds), len(radicals) // 40, len(items) // 3)
    return b"OTRARE01" + struct.pack("<6I", *counts, crc32c(table)) + table


def forms(path):
    """radicals.tsv as it stands in the table: 40 bytes each."""
    out = bytearray()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        strokes, form, number, name = line.split("\t")
        out += struct.pack("<BBBx4s32s", int(strokes), int(number.rstrip("'")), number.endswith("'"), form.encode(), name.encode())
    return bytes(out)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--unicode", type=pathlib.Path, default=pathlib.Path("/usr/share/unicode"))
    options.add_argument("radicals", type=pathlib.Path)
    options.add_argument("out", type=pathlib.Path)
    args = options.parse_args()
    facts = unihan(args.unicode)
    table = build(facts, forms(args.radicals))
    args.out.write_bytes(table)
    standard = sum(level(f) > 0 for f in facts.values())
    print(f"{len(facts)} characters, {standard} of them standard, {len(table)} bytes")


main()
