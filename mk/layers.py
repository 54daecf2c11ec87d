#!/usr/bin/env python3
"""Who may include whom: the table of ARCHITECTURE.md, held against the code.

Prints one line for each include that crosses a border it may not, and exits 1. `--self-test` plants one breach of each
rule and fails unless every one is found."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Folder (longest prefix wins) -> folders whose headers it may include. A folder may always include itself.
MAY = {
    "firmware/base": [],
    "firmware/card": ["firmware/base"],
    "firmware/slip": ["firmware/base"],
    "firmware/seal": ["firmware/base"],
    "firmware/catalogue": ["firmware/base", "firmware/card"],
    "firmware/calendar": ["firmware/base"],
    "firmware/practice": ["firmware/base", "firmware/card", "firmware/catalogue"],
    "firmware/case": ["firmware/base", "firmware/calendar"],
    "firmware/point": ["firmware/base"],
    "firmware/update": ["firmware/base", "firmware/seal"],
    "firmware/service": ["firmware/base", "firmware/point", "firmware/seal", "firmware/update", "drivers/stick"],
    "firmware/session": ["firmware/base", "firmware/calendar", "firmware/card", "firmware/case", "firmware/catalogue", "firmware/slip", "firmware/seal", "firmware/point", "firmware/practice"],
    "firmware/ctl": ["firmware/base", "firmware/card", "firmware/catalogue", "firmware/practice", "firmware/seal", "firmware/service", "firmware/slip", "firmware/update", "drivers", "ui/text", "ui/canvas", "board"],
    "firmware/worker": ["firmware/base", "firmware/card", "firmware/point", "firmware/seal", "firmware/service", "firmware/session", "firmware/update", "drivers", "ui/input/pinyin"],
    # The parts of kiosk's loop: they know everything, as kiosk.c does.
    "firmware/loop": ["firmware", "ui", "drivers", "board"],
    "firmware": ["firmware", "ui", "drivers", "board"],
    "drivers/usb": ["firmware/base"],
    "drivers/idcard": ["firmware/base", "firmware/card", "drivers/usb"],
    "drivers/printer": ["firmware/base", "firmware/slip", "drivers/usb"],
    "drivers/stick": ["firmware/base"],
    "drivers/hid": ["firmware/base", "drivers/usb"],
    "drivers/smartcard": ["firmware/base"],
    "drivers/keypad": ["firmware/base", "drivers/usb", "drivers/hid"],
    "drivers/scanner": ["firmware/base", "drivers/usb", "drivers/hid"],
    "ui/canvas": ["firmware/base"],
    "ui/text": ["firmware/base", "firmware/slip", "ui/canvas"],
    "ui/widget": ["firmware/base", "ui/canvas", "ui/text"],
    "ui/input": ["firmware/base", "ui/canvas", "ui/text", "ui/widget"],
    "ui/present": ["firmware/base", "ui/canvas"],
    # The session's public view, and the catalogue that the view points into; a shift of staff, its rules and its view.
    "ui/screen": ["firmware/base", "firmware/session/session.h", "firmware/session/view.h", "firmware/session/event.h",
                  "firmware/service", "firmware/catalogue", "firmware/point", "firmware/practice", "ui/canvas", "ui/text", "ui/widget", "ui/input"],
    # What a page says, from its widgets; texts by gettext. The program that speaks is its own process.
    "ui/speech": ["firmware/base", "firmware/slip", "firmware/session/view.h", "ui/text", "ui/widget"],
    "ui/speech/helper": ["firmware/base", "ui/speech"],
    "sync": ["firmware/base", "firmware/seal", "firmware/update", "sync"],
    "board": ["firmware/base", "ui/text", "ui/present", "board"],
    # A board has no robot and no simulated devices, and says so.
    "board/common": ["firmware/base", "firmware/seal", "firmware/update", "ui", "board", "drivers/usb"],
    "board/host": ["firmware/base", "firmware/session", "firmware/worker", "ui", "board"],
    "board/host/sim": ["firmware/base", "firmware/card", "ui"],
    # The generator of the handwriting model: what it writes, the recogniser reads.
    "assets/handwriting": ["firmware/base", "ui/input/handwriting"],
    "tests": ["firmware", "drivers", "ui", "sync", "board", "tests"],
}

# A library's header -> its homes. tests/platform is a county, not a kiosk.
HOME = {
    "openssl/": ["firmware/seal", "sync/uplink", "tests"],
    "sqlite3.h": ["sync/queue", "tests"],
    "curl/": ["sync/uplink", "tests"],
    "libusb.h": ["drivers/usb", "tests"],
    "libusb-1.0/": ["drivers/usb", "tests"],
    "pinyin.h": ["ui/input/pinyin/engine"],
    "winscard.h": ["drivers/smartcard", "tests"],
    "SDL_ttf.h": ["ui/text"],
    "SDL.h": ["ui/text", "ui/present", "ui/speech/helper", "board/host/sim"],
    "jansson.h": ["firmware/base", "firmware", "sync", "board/host", "tests"],
    "zstd.h": ["firmware/seal", "sync/uplink", "tests"],
    "qrencode.h": ["ui/text", "firmware/slip"],
    "xf86drm.h": ["ui/present"],
    "xf86drmMode.h": ["ui/present"],
    "png.h": ["ui/present", "board/host/sim", "tests"],
    "microhttpd.h": ["tests/platform"],
    "libintl.h": ["ui/text"],
    "espeak-ng/": ["ui/speech/helper"],
}


def room(path):
    """The longest prefix of the path that has a rule."""
    parts = str(path).split("/")
    for n in range(len(parts) - 1, 0, -1):
        name = "/".join(parts[:n])
        if name in MAY:
            return name
    return None


def is_within(path, places):
    return any(path == p or path.startswith(p.rstrip("/") + "/") for p in places)


def breaches(path, text):
    own = room(path)
    for number, line in enumerate(text.splitlines(), 1):
        m = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if not m:
            continue
        where, name = f"{path}:{number}", m.group(2)
        if own is None:
            yield f"{where}: the folder has no rule in mk/layers.py"
            return
        home = next((places for header, places in HOME.items() if name == header or (header.endswith("/") and name.startswith(header))), None)
        if home is not None and not is_within(str(path), home):
            yield f"{where}: <{name}> has its home in {', '.join(home)}"
        if m.group(1) == "<":
            continue
        if name.startswith("tests/") and not str(path).startswith("tests/"):
            yield f"{where}: nothing includes tests"
        elif name.split("/")[0] in ("firmware", "ui", "drivers", "sync", "board") and \
                not is_within(name, [own] if own not in ("firmware", "sync", "board") else []) and not is_within(name, MAY[own]):
            yield f"{where}: {own} may not include {name}"


def sources():
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "*.c", "*.h"], cwd=ROOT, capture_output=True, text=True, check=True)
    return sorted(set(out.stdout.split()))


def self_test():
    planted = [("firmware/base/x.c", '#include "firmware/card/person.h"'), ("ui/text/x.c", '#include "drivers/usb/usb.h"'),
               ("drivers/usb/x.c", '#include "ui/text/text.h"'), ("sync/queue/x.c", '#include "ui/text/text.h"'),
               ("firmware/session/x.c", '#include "ui/text/tr.h"'), ("ui/screen/x.c", '#include "firmware/session/internal.h"'),
               ("firmware/card/x.c", "#include <sqlite3.h>"), ("firmware/session/x.c", "#include <openssl/cms.h>"),
               ("firmware/kiosk.c", '#include "tests/support/check.h"'), ("drivers/idcard/x.c", "#include <libusb.h>"),
               ("firmware/kiosk.c", '#include "sync/queue/outbox.h"'), ("ui/widget/x.c", "#include <SDL.h>")]
    missed = [p for p in planted if not list(breaches(*p))]
    for path, line in missed:
        print(f"planted breach not found: {path}: {line}")
    return not missed


def main():
    if "--self-test" in sys.argv:
        sys.exit(0 if self_test() else 1)
    found = [b for path in sources() if (ROOT / path).exists() for b in breaches(path, (ROOT / path).read_text(errors="replace"))]
    print("\n".join(found))
    sys.exit(1 if found else 0)


main()
