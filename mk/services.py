#!/usr/bin/env python3
"""Is every service of the list walked, explained, or owned up to? Checks tests/flow/services.md; --self-test checks the check."""
import pathlib
import re
import sys

import proof

ROOT = pathlib.Path(__file__).resolve().parents[1]
TABLE = ROOT / "tests/flow/services.md"
SERVICES = [f"SS-{n:02d}" for n in range(1, 73)]
PLACES = {"kiosk", "county", "offline", "catalogue", "technician", "information", "none"}
SENTENCE = re.compile(r"(not yet|information): (\S.{9,})")


def read(text):
    """{service: (what, where, shown)} in the table's order; a row that stands twice is a complaint."""
    rows, complaints = {}, []
    for line in text.splitlines():
        cells = proof.cells(line)
        if not line.startswith("| SS-"):
            continue
        if len(cells) != 4:
            complaints.append(f"{cells[0]}: a row has four cells, this one {len(cells)}")
        elif cells[0] in rows:
            complaints.append(f"{cells[0]}: stands twice")
        else:
            rows[cells[0]] = cells[1:]
    return rows, complaints


def judge(text, tests_of):
    """Complaints, and how many rows are whole, partly there, not there and information only."""
    rows, complaints = read(text)
    counts = {"walked": 0, "partly": 0, "not yet": 0, "information": 0}
    complaints += [f"{s}: is missing" for s in SERVICES if s not in rows] + [f"{s}: is no service" for s in rows if s not in SERVICES]
    for service, (what, where, shown) in rows.items():
        tests, said = proof.NAMED.findall(shown), SENTENCE.search(shown)
        complaints += [f"{service}: {t}" for t in (proof.trouble(n, tests_of) for n in tests) if t]
        if not what or not where or set(where.split(", ")) - PLACES:
            complaints.append(f"{service}: says not what is done and where ({', '.join(sorted(PLACES))})")
        if not tests and not said:
            complaints.append(f"{service}: has neither a test nor a sentence that begins with not yet: or information:")
            continue
        counts[("partly" if said else "walked") if tests else said[1]] += 1
    return complaints, counts


def self_test():
    """Each fault that could be planted is found, and a whole table is not complained of."""
    def tests_of(file):
        return {"test_a"} if file == "flow/a.py" else None

    good = {s: f"| {s} | it is done | kiosk | `flow/a.py::test_a` |" for s in SERVICES}
    faults = {
        "SS-07: is missing": {"SS-07": ""},
        "SS-03: flow/a.py::test_b: there is no such test": {"SS-03": "| SS-03 | it | kiosk | `flow/a.py::test_b` |"},
        "SS-03: flow/b.py::test_a: there is no such file": {"SS-03": "| SS-03 | it | kiosk | `flow/b.py::test_a` |"},
        "SS-72: has neither a test": {"SS-72": "| SS-72 | it | kiosk | soon |"},
        "SS-09: has neither a test": {"SS-09": "| SS-09 | it | kiosk | not yet: |"},
        "SS-05: stands twice": {"SS-06": good["SS-05"]},
        "SS-73: is no service": {"more": "| SS-73 | it | kiosk | `flow/a.py::test_a` |"},
        "SS-10: says not": {"SS-10": "| SS-10 | it | moon | `flow/a.py::test_a` |"},
        "SS-11: a row has four cells": {"SS-11": "| SS-11 | it | `flow/a.py::test_a` |"},
    }
    missed = [f"a whole table: {c}" for c in judge("\n".join(good.values()), tests_of)[0]]
    for wanted, planted in faults.items():
        found = judge("\n".join({**good, **planted}.values()), tests_of)[0]
        missed += [] if any(c.startswith(wanted) for c in found) else [f"not noticed: {wanted} (but {found})"]
    partly = {**good, "SS-01": good["SS-01"].replace("` |", "`; not yet: the other half |"), "SS-02": "| SS-02 | it | none | not yet: anything at all |"}
    counts = judge("\n".join(partly.values()), tests_of)[1]
    missed += [] if counts == {"walked": 70, "partly": 1, "not yet": 1, "information": 0} else [f"counted {counts}"]
    return missed


def main():
    if sys.argv[1:] == ["--self-test"]:
        complaints, said = self_test(), "services: the check finds what is planted"
    else:
        complaints, counts = judge(TABLE.read_text(), proof.tests_of)
        said = "services: " + ", ".join(f"{n} {kind}" for kind, n in counts.items())
    print("\n".join(complaints) or said, file=sys.stderr if complaints else sys.stdout)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
