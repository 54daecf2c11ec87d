"""What of a person could be found on a medium, in the shapes in which a program may have left it; and the search for all of it at once."""
import base64
import os
import subprocess

LEAST = 6  # a shorter string stands anywhere by chance
PHOTO = bytes(i & 0xff for i in range(600))  # of every simulated card (board/host/sim/reader_answer.c), which holds 1024 of them


def packed(digits):
    """Two decimal digits a byte (BCD), beginning with either half; an odd one filled up as is usual."""
    for filled in (digits + "f", "0" + digits) if len(digits) % 2 else (digits, digits[1:-1]):
        yield "BCD", bytes.fromhex(filled)


def based(data):
    """Base64 of whatever text these bytes are part of: what of it does not depend on its neighbours, at each of three places."""
    for before, skip in enumerate((0, 2, 3)):
        coded = base64.b64encode(bytes(before) + data)
        whole = coded[skip:(before + len(data)) // 3 * 4]
        yield f"base64 +{before}", whole
        other = whole.translate(bytes.maketrans(b"+/", b"-_"))
        if other != whole:
            yield f"base64url +{before}", other


def shapes(text):
    for name in ("utf-8", "utf-16-le", "utf-16-be", "gbk"):
        plain = text.encode(name)
        if name == "gbk" and text.isascii():
            continue
        yield name, plain
        yield f"{name}, hex", plain.hex().encode()
        yield f"{name}, HEX", plain.hex().upper().encode()
        for how, coded in based(plain):
            yield f"{name}, {how}", coded
    digits = text.rstrip("Xx")
    if digits.isdecimal() and digits.isascii() and len(digits) >= 11:
        yield from packed(digits)


def birth_forms(birth):
    y, m, d = birth[:4], birth[4:6], birth[6:]
    yield from (birth, f"{y}-{m}-{d}", f"{y}/{m}/{d}", f"{y}.{m}.{d}", f"{y}年{int(m)}月{int(d)}日", f"{y}年{m}月{d}日")


def of_person(person, typed=()):
    """(what it is, bytes). The words of a person that are nobody else's: whole names, numbers, addresses."""
    words = [("name", person["name"]), ("number", person["number"]), ("address", person["address"]),
             *(("birth", b) for b in birth_forms(person["birth"])), *(("typed", t) for t in typed)]
    for what, text in words:
        for how, data in shapes(text):
            if len(data) >= LEAST:
                yield f"{what} {text} as {how}", data


def of_photo():
    yield "photo", PHOTO
    yield "photo, hex", PHOTO[:256].hex().encode()
    for how, coded in based(PHOTO):
        yield f"photo, {how}", coded


class Needles:
    def __init__(self):
        self.lines = {}
        self.add(of_photo())

    def add(self, pairs):
        for label, data in pairs:
            self.lines[data.hex()] = label

    def __len__(self):
        return len(self.lines)

    def search(self, path):
        """[(offset, label)] of every place."""
        said = subprocess.run([os.environ["ONETRIP_BUILD"] + "/find-needles", str(path)], input="".join(f"{h} {t}\n" for h, t in self.lines.items()),
                              capture_output=True, text=True, check=True).stdout
        return [(int(line.split(" ", 1)[0]), line.split(" ", 1)[1]) for line in said.splitlines()]
