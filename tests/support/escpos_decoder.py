"""A receipt printer on paper: what a stream of bytes prints, dot for dot, by the receipt-printer document alone
(sections 2.1 to 2.8, 4). Knows the commands a kiosk may send and refuses all others, so a stray command is found, and
checks the rules of section 2.2 on the way."""
import dataclasses

STRIP_BYTES_MAX = 8192
STRIP_ROWS_MAX = 255
BAD_ROWS = 48


class Violation(Exception):
    """The stream holds something a real printer would turn to garbage, or a rule of the document is broken."""


@dataclasses.dataclass
class Printed:
    width_bytes: int = 0
    rows: list = dataclasses.field(default_factory=list)  # bytes each
    strips: list = dataclasses.field(default_factory=list)  # rows of each raster command
    ids: list = dataclasses.field(default_factory=list)
    cuts: int = 0
    ejects: list = dataclasses.field(default_factory=list)
    fed_lines: int = 0
    starts: int = 0
    watched: bool = False
    rasters: set = dataclasses.field(default_factory=set)

    def pbm(self):
        return b"P4\n%d %d\n" % (self.width_bytes * 8, len(self.rows)) + b"".join(self.rows)


class Decoder:
    def __init__(self, stream, paper_bytes):
        self.stream, self.at, self.paper_bytes = stream, 0, paper_bytes
        self.out = Printed()
        self.stored = None

    def take(self, count):
        if self.at + count > len(self.stream):
            raise Violation(f"the stream ends inside a command at {self.at}")
        piece = self.stream[self.at:self.at + count]
        self.at += count
        return piece

    def number(self, count=2):
        return int.from_bytes(self.take(count), "little")

    # ---- raster ------------------------------------------------------------------------

    def print_rows(self, width_bytes, count, data, command_bytes, kind):
        if not 1 <= count <= STRIP_ROWS_MAX:
            raise Violation(f"a strip of {count} rows")
        if count % BAD_ROWS == 0:
            raise Violation(f"a strip of {count} rows, a multiple of {BAD_ROWS}")
        if command_bytes > STRIP_BYTES_MAX:
            raise Violation(f"a raster command of {command_bytes} bytes")
        if width_bytes > self.paper_bytes:
            raise Violation(f"{width_bytes * 8} dots on {self.paper_bytes * 8}")
        if self.out.rows and width_bytes != self.out.width_bytes:
            raise Violation("the page changes its width")
        self.out.width_bytes = width_bytes
        self.out.rasters.add(kind)
        self.out.strips.append(count)
        self.out.rows += [data[i * width_bytes:(i + 1) * width_bytes] for i in range(count)]

    def gs_v0(self):
        start = self.at - 2
        if self.take(1) != b"0":
            raise Violation("GS v with another function")
        if self.take(1) != b"\x00":
            raise Violation("a raster in another size than its own")
        width, count = self.number(), self.number()
        data = self.take(width * count)
        self.print_rows(width, count, data, self.at - start, "GS v 0")

    def gs_parenthesis(self):
        start = self.at - 2
        family, length = self.take(1), self.number()
        body = self.take(length)
        if family == b"H":
            if len(body) != 6 or body[:2] != b"00" or not all(0x20 <= b <= 0x7E for b in body[2:]):
                raise Violation("GS ( H that is no process id")
            self.out.ids.append(body[2:].decode())
        elif family == b"L" and body[:2] == b"0p":
            if body[2:6] != b"0\x01\x011":
                raise Violation("graphics that are scaled or coloured")
            dots, count = int.from_bytes(body[6:8], "little"), int.from_bytes(body[8:10], "little")
            width = (dots + 7) // 8
            if len(body) - 10 != width * count or dots > 2047 or count > 1662:
                raise Violation("graphics whose length does not agree with their size")
            self.stored = (width, count, body[10:], self.at - start)
        elif family == b"L" and body == b"02":
            if not self.stored:
                raise Violation("graphics printed that were not stored")
            width, count, data, size = self.stored
            self.stored = None
            self.print_rows(width, count, data, size, "GS ( L")
        else:
            raise Violation(f"GS ( {family!r} {body[:2]!r}")

    # ---- everything else ---------------------------------------------------------------

    def gs_cut(self):
        mode = self.take(1)[0]
        if mode in (0x41, 0x42):
            self.take(1)
        elif mode not in (0, 1, 48, 49):
            raise Violation(f"GS V {mode}")
        self.out.cuts += 1

    def gs_eject(self):
        n = self.take(1)[0]
        if n not in (2, 3, 5):
            raise Violation(f"GS e {n}")
        if n == 3:
            self.take(1)
        self.out.ejects.append(n)

    def gs_watch(self):
        self.out.watched = self.take(1) == b"\xff"

    def gs_ask(self):
        if self.take(1) != b"\x01":
            raise Violation("GS r of something else than paper")

    def escape(self):
        command = self.take(1)
        if command == b"@":
            self.out.starts += 1
            self.out.watched = False  # ends with every initialise (2.8)
        elif command == b"a":
            if self.take(1) != b"\x00":
                raise Violation("aligned other than left")
        elif command == b"d":
            self.out.fed_lines += self.take(1)[0]
        else:
            raise Violation(f"ESC {command!r}")

    def step(self):
        lead = self.take(1)
        if lead == b"\x1b":
            return self.escape()
        if lead == b"\x1c":
            if self.take(1) != b".":
                raise Violation("FS that is not 'leave Chinese mode'")
            return None
        if lead != b"\x1d":
            raise Violation(f"{lead!r} at {self.at - 1} is printed as text, or acts at once")
        commands = {b"v": self.gs_v0, b"(": self.gs_parenthesis, b"V": self.gs_cut, b"e": self.gs_eject,
                    b"a": self.gs_watch, b"r": self.gs_ask}
        command = self.take(1)
        if command not in commands:
            raise Violation(f"GS {command!r}")
        return commands[command]()

    def run(self):
        check_real_time(self.stream)
        while self.at < len(self.stream):
            self.step()
        if self.stored:
            raise Violation("graphics stored and never printed")
        return self.out


def check_real_time(stream):
    """10 followed by 04, 05 or 14 acts on reception, wherever it stands (2.6, 2.7)."""
    for i in range(len(stream) - 1):
        if stream[i] == 0x10 and stream[i + 1] in (0x04, 0x05, 0x14):
            raise Violation(f"a real-time command inside the page at {i}")


def decode(stream, width_dots):
    """What `stream` prints on paper `width_dots` wide."""
    return Decoder(stream, width_dots // 8).run()
