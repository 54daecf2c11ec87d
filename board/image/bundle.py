#!/usr/bin/env python3
"""A firmware bundle (board/common/bundle.h) from an image: what goes into one boot slot, in one file. The same image gives the same
bytes. Prints the size and the SHA-256 that the county signs."""
import argparse
import hashlib
import json
import pathlib

BLOCK = 4096


def used(image):
    """Without the zeros at its end: the free space of a FAT file system need not travel."""
    return image[:max(BLOCK, -(-len(image.rstrip(b"\0")) // BLOCK) * BLOCK)]


def make(out, board, release, boot, root):
    """`boot` and `root` are files. Returns size and SHA-256 of the bundle."""
    parts = {name: pathlib.Path(path).read_bytes() for name, path in (("boot", boot), ("root", root))}
    head = {"type": "onetrip-bundle", "version": 1, "board": board, "release": release,
            **{name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in parts.items()}}
    text = json.dumps(head, sort_keys=True).encode()
    if len(text) > BLOCK:
        raise SystemExit("too much to say in a bundle's head")
    whole = text.ljust(BLOCK, b"\0") + parts["boot"].ljust(-(-len(parts["boot"]) // BLOCK) * BLOCK, b"\0") + parts["root"]
    pathlib.Path(out).write_bytes(whole)
    return len(whole), hashlib.sha256(whole).hexdigest()


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--image", type=pathlib.Path, required=True, help="folder with boot.fat and root.img")
    for name in ("board", "release", "out"):
        p.add_argument(f"--{name}", required=True)
    o = p.parse_args()
    boot = pathlib.Path(f"{o.out}.boot")
    boot.write_bytes(used((o.image / "boot.fat").read_bytes()))
    size, digest = make(o.out, o.board, o.release, boot, o.image / "root.img")
    boot.unlink()
    print(f"{size} bytes, sha256 {digest}")


if __name__ == "__main__":
    main()
