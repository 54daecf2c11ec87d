#!/usr/bin/env python3
"""How often the pinyin helper offers what was meant: tests/data/pinyin/everyday.tsv, all letters typed.

Items that stand in assets/input/words.tsv or in the catalogue are counted apart: only the rest shows what the helper
makes of words it was not given. libpinyin alone stands beside it, from the same run. `--least N` exits 1 when less
than N percent of the rest is among the first five."""
import argparse
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FAR = 99


def rows(path):
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def known_words():
    words = {row[1] for row in rows("assets/input/words.tsv")}

    def collect(value):
        if isinstance(value, dict):
            if isinstance(value.get("zh"), str):
                words.add(value["zh"])
            for member in value.values():
                collect(member)
        elif isinstance(value, list):
            for member in value:
                collect(member)

    collect(json.loads((ROOT / "assets/catalogue/catalogue.json").read_text(encoding="utf-8")))
    return words


def ranks(program, pairs, *options):
    """The place of each text among ten candidates for its letters, FAR when it is not there."""
    done = subprocess.run([program, "--candidates", "10", *options], input="".join(p[0] + "\n" for p in pairs),
                          text=True, capture_output=True, check=True)
    answers = [json.loads(line)["candidates"] for line in done.stdout.splitlines()]
    if len(answers) != len(pairs):
        sys.exit(f"{len(pairs)} lines asked, {len(answers)} answered")
    return [a.index(text) + 1 if text in a else FAR for a, (_, text) in zip(answers, pairs)]


def share(places, most):
    return 100 * sum(p <= most for p in places) / len(places) if places else 0.0


def show(name, ours, plain):
    cells = "".join(f"{share(ours, k):8.1f}" for k in (1, 5, 10)) + "   " + "".join(f"{share(plain, k):8.1f}" for k in (1, 5, 10))
    print(f"{name:<34}{len(ours):>5} {cells}")


def readings():
    """The letters of each character, by the words of the list and of surnames: for names, one after the other."""
    return {text: letters for letters, text in rows("assets/input/surnames.tsv")}


def split_name(letters, text):
    """A name's letters by character; test names are of whole syllables that the helper's lists know."""
    given = {c: row[0] for row in rows("assets/input/given.tsv") for c in row[1]}
    surname = next(s for s in sorted(readings(), key=len, reverse=True) if text.startswith(s) and letters.startswith(
        readings()[s].replace("'", "")))
    parts, rest = [(readings()[surname].replace("'", ""), surname)], letters[len(readings()[surname].replace("'", "")):]
    for at, c in enumerate(text[len(surname):]):
        last = at == len(text) - len(surname) - 1
        take = rest if last else next(rest[:n] for n in range(len(rest) - 1, 0, -1) if rest[:n] in set(given.values()))
        parts.append((take, c))
        rest = rest[len(take):]
    return parts


def names(program, items):
    print(f"\n{'names':<34}{'items':>5} {'top 1':>8}{'top 5':>8}{'top 10':>8}   {'top 1':>8}{'top 5':>8}{'top 10':>8}")
    whole = [(i[0], i[1]) for i in items]
    show("whole name, --name", ranks(program, whole, "--name"), ranks(program, whole, "--plain"))
    parts = [split_name(*pair) for pair in whole]
    first, later = [p[0] for p in parts], [q for p in parts for q in p[1:]]
    show("surname, --name", ranks(program, first, "--name"), ranks(program, first, "--plain"))
    show("further characters, --given", ranks(program, later, "--given"), ranks(program, later, "--plain"))
    every = [(letters.replace("'", ""), text) for letters, text in rows("assets/input/surnames.tsv")]
    ours = ranks(program, every, "--name")
    show("every surname of the list", ours, ranks(program, every, "--plain"))
    far = [text for (_, text), place in zip(every, ours) if place > 5]
    print(f"  not among the first five (their sound has more surnames): {' '.join(far)}")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program")
    options.add_argument("--least", type=float, default=0)
    options.add_argument("--misses", action="store_true", help="list what was not among the first five")
    args = options.parse_args()
    known, items = known_words(), rows("tests/data/pinyin/everyday.tsv")
    everyday = [i for i in items if i[2] != "name"]
    fresh = [i for i in everyday if i[1] not in known]
    print(f"{'everyday items':<34}{'items':>5} {'with the words of this place':>24}   {'libpinyin alone':>24}")
    print(f"{'':<34}{'':>5} {'top 1':>8}{'top 5':>8}{'top 10':>8}   {'top 1':>8}{'top 5':>8}{'top 10':>8}")
    groups = [(f"not in any list: {kind}", [i for i in fresh if i[2] == kind]) for kind in ("service", "place", "paper", "daily")]
    groups += [("not in any list", fresh), ("in a list", [i for i in everyday if i[1] in known]), ("all", everyday)]
    for name, group in groups:
        pairs = [(i[0], i[1]) for i in group]
        ours = ranks(args.program, pairs)
        show(name, ours, ranks(args.program, pairs, "--plain"))
        if args.misses and group is fresh:
            print("  " + " ".join(i[1] for i, place in zip(fresh, ours) if place > 5))
        if group is fresh:
            result = share(ours, 5)
    names(args.program, [i for i in items if i[2] == "name"])
    if len(fresh) < 300 or result < args.least:
        sys.exit(f"too little: {len(fresh)} fresh items, {result:.1f} % among the first five")


main()
