#!/usr/bin/env python3
"""Turn npm's hanzi-writer-data (the packed file) into the table that make-model reads.

usage: prepare.py PACKAGE.tgz OUT.tsv
A line of OUT.tsv: code point TAB level TAB x,y x,y ...;x,y ...   in ascending order; a box of 1024, y downwards.
Level 1 and 2 are those of GB 2312; 2 is also what names need besides; 3 is all else, mostly traditional forms;
4 is parts of characters."""
import hashlib
import json
import pathlib
import sys
import tarfile

SHA256 = "72baf3d82b114e60d6e40ea05f24d2262a05cd39d544e2f322ba2fceb7beff15"
# Of names, and in use beside the simplified forms, though GB 2312 lacks them.
NAMES = "倞劼卬喆垚堃奭嫚彧忞昇昉昫湉炆烜珮瑄瓅甦甪祎禕禛筼镕鹍"
# Parts of characters that have a code of their own: hardly anybody writes them alone, and 囗 would stand before 口.
PARTS = "丨丶丿亅亠亻冂冖冫凵刂勹匚卩厶囗夂宀尢屮巛廴廾彐彡彳忄扌攴攵氵灬爿犭疒癶礻纟罒肀艹虍衤讠辶钅阝饣髟"
COMPOSED = pathlib.Path(__file__).with_name("composed.txt")


def level_of(ch):
    if ch in PARTS:
        return 4
    try:
        return 1 if ch.encode("gb2312")[0] <= 0xD7 else 2
    except UnicodeEncodeError:
        return 3


def is_character(ch):
    return len(ch) == 1 and ("\u3400" <= ch <= "\u4dbf" or "\u4e00" <= ch <= "\u9fff")


def medians(package):
    """Character -> strokes -> points, y downwards."""
    found = {}
    with tarfile.open(package) as tar:
        for member in tar:
            ch = pathlib.PurePosixPath(member.name).name.removesuffix(".json")
            if member.name.endswith(".json") and is_character(ch):
                strokes = json.load(tar.extractfile(member))["medians"]
                found[ch] = [[(round(x), 900 - round(y)) for x, y in s] for s in strokes]
    return found


def box(strokes):
    xs, ys = [x for s in strokes for x, _ in s], [y for s in strokes for _, y in s]
    return min(xs), min(ys), max(xs), max(ys)


def part(found, words):
    """CHAR FIRST LAST [X0 Y0 X1 Y1]: strokes FIRST to LAST (from 1) of a character, as they stand or fitted into a box of percents."""
    ch, first, last, *to = words
    strokes = found[ch][int(first) - 1:int(last)]
    if len(strokes) != int(last) - int(first) + 1 or len(to) not in (0, 4):
        sys.exit(f"composed.txt: {' '.join(words)}: no such part")
    if not to:
        return strokes
    left, top, right, bottom = box(strokes)
    x0, y0, x1, y1 = (round(int(v) * 10.24) for v in to)
    return [[(x0 + (x - left) * (x1 - x0) // max(right - left, 1), y0 + (y - top) * (y1 - y0) // max(bottom - top, 1))
             for x, y in s] for s in strokes]


def compose(found):
    """Names that the package lacks, put together from parts of others: a line is CHAR = PART + PART ..."""
    names = {}
    for line in COMPOSED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            ch, parts = (x.strip() for x in line.split("=", 1))
            names[ch] = [s for p in parts.split("+") for s in part(found, p.split())]
    return names


def main():
    package, out = sys.argv[1:]
    if hashlib.sha256(pathlib.Path(package).read_bytes()).hexdigest() != SHA256:
        sys.exit(f"{package}: not the file that this recipe was written for")
    found = medians(package)
    names = compose(found)
    with open(out, "w", encoding="utf-8") as f:
        for ch, strokes in sorted({**found, **names}.items()):
            level = 2 if ch in names or ch in NAMES else level_of(ch)
            f.write(f"{ord(ch)}\t{level}\t" + ";".join(" ".join(f"{x},{y}" for x, y in s) for s in strokes) + "\n")


main()
