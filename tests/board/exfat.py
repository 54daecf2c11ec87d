"""Puts a folder with files onto an empty exFAT that mkfs.exfat has made, without mounting anything (exFAT file system specification,
Microsoft, 1.00). Everything lies in one piece, so that no chain is written into the FAT (7.6.2.2, NoFatChain)."""
import struct

BITMAP, FILE, STREAM, NAME = 0x81, 0x85, 0xC0, 0xC1
FOLDER, PLAIN = 0x10, 0x20
IN_ONE_PIECE = 0x03
STAMP = (2026 - 1980) << 25 | 1 << 21 | 1 << 16


class Volume:
    def __init__(self, data):
        self.data = data
        heap, count, self.root = struct.unpack_from("<III", data, 88)
        sector = 1 << data[108]
        self.heap, self.count, self.size = heap * sector, count, sector << data[109]
        entries = [data[i:i + 32] for i in range(self.at(self.root), self.at(self.root) + self.size, 32)]
        self.used = sum(1 for e in entries if e[0])
        bitmap = next(e for e in entries if e[0] == BITMAP)
        self.bitmap = self.at(struct.unpack_from("<I", bitmap, 20)[0])
        self.next = 2 + max(i for i in range(count) if data[self.bitmap + i // 8] >> i % 8 & 1) + 1

    def at(self, cluster):
        return self.heap + (cluster - 2) * self.size

    def store(self, content):
        """Into clusters of their own. Returns the first."""
        first = self.next
        self.next += -(-len(content) // self.size)
        assert self.next <= self.count + 2, "the volume is full"
        for i in range(first - 2, self.next - 2):
            self.data[self.bitmap + i // 8] |= 1 << i % 8
        self.data[self.at(first):self.at(first) + len(content)] = content
        return first


def checksum(entries):
    total = 0
    for i, byte in enumerate(entries):
        if i not in (2, 3):
            total = ((total & 1) << 15 | total >> 1) + byte & 0xffff
    return total


def name_hash(name):
    total = 0
    for byte in name.upper().encode("utf-16-le"):
        total = ((total & 1) << 15 | total >> 1) + byte & 0xffff
    return total


def entry_set(name, attributes, first, length):
    text = name.encode("utf-16-le")
    pieces = [text[i:i + 30] for i in range(0, len(text), 30)]
    entries = bytearray(struct.pack("<BBHHHIIIBBBBB7x", FILE, 1 + len(pieces), 0, attributes, 0, STAMP, STAMP, STAMP, 0, 0, 0, 0, 0))
    entries += struct.pack("<BBBBHHQIIQ", STREAM, IN_ONE_PIECE, 0, len(name), name_hash(name), 0, length, 0, first, length)
    for piece in pieces:
        entries += struct.pack("<BB30s", NAME, 0, piece)
    struct.pack_into("<H", entries, 2, checksum(entries))
    return entries


def put(path, folder):
    volume = Volume(bytearray(path.read_bytes()))
    inside = bytearray()
    for file in sorted(folder.iterdir()):
        content = file.read_bytes()
        inside += entry_set(file.name, PLAIN, volume.store(content), len(content))
    inside = inside.ljust(volume.size, b"\0")
    entries = entry_set(folder.name, FOLDER, volume.store(inside), len(inside))
    at = volume.at(volume.root) + 32 * volume.used
    volume.data[at:at + len(entries)] = entries
    path.write_bytes(volume.data)
