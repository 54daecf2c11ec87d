#!/usr/bin/env python3
"""Is every vector of the two device documents held by a test that names it, or said why not? Checks tests/unit/vectors.md;
--self-test checks the check."""
import re
import sys

import proof

TABLE = proof.TESTS / "unit/vectors.md"
NUMBERS = ["339999199001010013", "339999199001010021", "33999919900101003X", "339999200002290032", "810000190001010018",
           "820000190001010028", "830000190001010038", "933999190001010019", "339999199001010010", "33999919900101001",
           "33999919000229001X", "339999199013010010", "339999 19900101001"]
STATUSES = [f"status {s:02X}" for s in (0x10, 0x11, 0x21, 0x23, 0x24, 0x31, 0x32, 0x33, 0x40, 0x41, 0x47, 0x60, 0x66, 0x80, 0x81)]
ROWS = ([f"V{n}" for n in range(1, 12)] + STATUSES + list("CJIY") +
        ["C without fingerprints", "C with two fingerprints", "C with a lone surrogate", "C's first bytes", "new address", "management numbers"] +
        [f"M{n}" for n in range(1, 15)] + [f"number {n}" for n in NUMBERS] + [f"printer {n}" for n in range(1, 28)] +
        [f"output {o}" for o in ("start", "strip", "process id", "cut", "text", "names", "QR", "CODE128")] +
        [f"device {d}" for d in ("takes k bytes", "unplugged at each", "silent", "floods", "stalls once", "short writes", "paper out, reloaded",
                                 "crash between states")])
SENTENCE = re.compile(r"not held: (\S.{19,})")


def read(text):
    """{row: (as it is written in the test, tests or reason)}, and complaints."""
    rows, complaints = {}, []
    for line in text.partition("\n## Sections that")[0].splitlines():
        cells = proof.cells(line)
        if not line.startswith("| ") or cells[0] == "row":
            continue
        if len(cells) != 3:
            complaints.append(f"{cells[0]}: a row has three cells, this one {len(cells)}")
        elif cells[0] in rows:
            complaints.append(f"{cells[0]}: stands twice")
        else:
            rows[cells[0]] = cells[1:]
    return rows, complaints


def judge(text, tests_of, source_of):
    """Complaints, and how many rows are held and not held. `source_of` gives a file's text."""
    rows, complaints = read(text)
    held = 0
    complaints += [f"{r}: is missing" for r in ROWS if r not in rows] + [f"{r}: is no vector" for r in rows if r not in ROWS]
    for row, (written, shown) in rows.items():
        names = proof.NAMED.findall(shown)
        wrong = [t for t in (proof.trouble(n, tests_of) for n in names) if t]
        complaints += [f"{row}: {t}" for t in wrong]
        if not names and not SENTENCE.search(shown):
            complaints.append(f"{row}: has neither a test nor a sentence that begins with not held:")
        held += bool(names)
        literal = written.strip("`").replace("\\|", "|")
        for file in sorted({n.split("::")[0] for n in names}) if not wrong else ():
            if not literal or literal not in source_of(file):
                complaints.append(f"{row}: {file} does not say {written}")
    return complaints, held, len(rows) - held


def self_test():
    """Each fault that could be planted is found, and a whole table is not complained of."""
    good = {r: f"| {r} | `x` | `unit/a.c::test_a` |" for r in ROWS}
    faults = {
        "V7: is missing": {"V7": ""},
        "M3: unit/a.c::test_b: there is no such test": {"M3": "| M3 | `x` | `unit/a.c::test_b` |"},
        "M3: unit/b.c::test_a: there is no such file": {"M3": "| M3 | `x` | `unit/b.c::test_a` |"},
        "J: unit/a.c does not say `y`": {"J": "| J | `y` | `unit/a.c::test_a` |"},
        "printer 27: has neither a test": {"printer 27": "| printer 27 | | soon |"},
        "printer 9: has neither a test": {"printer 9": "| printer 9 | | not held: no |"},
        "C: stands twice": {"more": good["C"]},
        "V12: is no vector": {"more": "| V12 | `x` | `unit/a.c::test_a` |"},
        "V1: a row has three cells": {"V1": "| V1 | `unit/a.c::test_a` |"},
    }

    def run(rows):
        return judge("\n".join(rows.values()), lambda f: {"test_a"} if f == "unit/a.c" else None, lambda f: "x")

    missed = [f"a whole table: {c}" for c in run(good)[0]]
    for wanted, planted in faults.items():
        found = run({**good, **planted})[0]
        missed += [] if any(c.startswith(wanted) for c in found) else [f"not noticed: {wanted} (but {found})"]
    _, held, left = run({**good, "V4": "| V4 | | not held: for a reason that is long enough |"})
    missed += [] if (held, left) == (len(ROWS) - 1, 1) else [f"counted {held} and {left}"]
    return missed


def main():
    if sys.argv[1:] == ["--self-test"]:
        complaints, said = self_test(), "vectors: the check finds what is planted"
    else:
        complaints, held, left = judge(TABLE.read_text(), proof.tests_of, lambda file: (proof.TESTS / file).read_text())
        said = f"vectors: {held} rows are held by tests that name them, {left} are not and say why"
    print("\n".join(complaints) or said, file=sys.stderr if complaints else sys.stdout)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
