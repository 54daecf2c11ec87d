#!/usr/bin/python3
"""The table of `make matters`: what each matter took, by language and size of letters. Reads the rows that the walks left."""
import json
import pathlib
import statistics
import sys

import matters

WAYS = [("zh", False), ("zh", True), ("en", False), ("en", True)]


def rows_of(folder):
    rows = [r for f in sorted(pathlib.Path(folder).glob("*.json")) for r in json.loads(f.read_text())]
    return {(r["code"], r["language"], r["elder"]): r for r in rows}


def table(rows):
    lines = ["| item | name | language | letters | ends at | pages | touches | characters | seconds |", "|---|---|---|---|---|---|---|---|---|"]
    for service in matters.items():
        for language, is_elder in WAYS:
            r = rows.get((service["code"], language, is_elder))
            name = service["short_name"][language]
            what = [r["outcome"], r["pages"], r["touches"], r["characters"], f"{r['seconds']:.2f}"] if r else ["not walked"] + [""] * 4
            lines.append("| " + " | ".join(map(str, [service["code"], name, language, "large" if is_elder else "usual", *what])) + " |")
    return lines


def summary(rows):
    whole = [r for r in rows.values() if r["outcome"] != "guide"]
    explained = sorted({r["code"] for r in rows.values() if r["outcome"] == "guide"})
    wanted = len(matters.items()) * len(WAYS)
    yield f"{len(rows)} of {wanted} walks; {len(whole)} to the slip and the answer; only explained: {' '.join(explained) or 'none'}"
    for language, is_elder in WAYS:
        some = [r for r in whole if (r["language"], r["elder"]) == (language, is_elder)]
        if some:
            most = max(some, key=lambda r: r["touches"])
            yield (f"{language} {'large' if is_elder else 'usual'}: touches median {statistics.median(r['touches'] for r in some):.0f}, "
                   f"most {most['touches']} ({most['code']})")


def main():
    folder, out = map(pathlib.Path, sys.argv[1:])
    rows = rows_of(folder)
    out.write_text("\n".join([*table(rows), "", *summary(rows)]) + "\n")
    print("\n".join([*table(rows), "", *summary(rows)]))
    return 0 if len(rows) == len(matters.items()) * len(WAYS) else 1


if __name__ == "__main__":
    sys.exit(main())
