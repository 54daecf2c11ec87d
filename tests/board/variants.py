"""Bundles that differ from a built test image: another version, and faults that a self-test must find."""
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "board/image"))

import bundle  # noqa: E402
import disk  # noqa: E402

BOARD = "virt-arm64"


def replace(path, data):
    """In a tree of links: the file of the image itself stays."""
    mode = path.stat().st_mode
    path.unlink()
    path.write_bytes(data)
    path.chmod(mode)


def dead_kiosk(tree, image):
    """A program that ends at once."""
    replace(tree / "usr/lib/onetrip/bin/kiosk", (tree / "usr/lib/onetrip/bin/boot-slot").read_bytes())


def blind(tree, image):
    """No rule lets the kiosk open a reader."""
    for rules in tree.glob("usr/lib/udev/rules.d/*-onetrip-readers.rules"):
        rules.unlink()


def deaf(tree, image):
    """It believes another authority than the county's."""
    replace(tree / "etc/onetrip/trust/platform-ca.pem", (tree / "etc/onetrip/trust/document-ca.pem").read_bytes())


FAULTS = {None: lambda tree, image: None, "dead-kiosk": dead_kiosk, "blind": blind, "deaf": deaf}


def make_bundle(image, out, release, folder, fault=None):
    """`image` is a folder that `make image BENCH=1` has filled; its tree stands beside it."""
    tree, build = pathlib.Path(f"{image}.root"), image.parent
    copy = folder / f"tree-{release}"
    shutil.rmtree(copy, ignore_errors=True)
    subprocess.run(["cp", "-al", tree, copy], check=True)
    words = (copy / "usr/lib/os-release").read_text().splitlines()
    text = "".join(f"VERSION_ID={release}\n" if w.startswith("VERSION_ID=") else f"{w}\n" for w in words)
    replace(copy / "usr/lib/os-release", text.encode())
    FAULTS[fault](copy, image)
    work = folder / f"image-{release}"
    work.mkdir(exist_ok=True)
    quarry = (build / "quarry").resolve()
    verity = disk.make_root(copy, work / "root.img", 1)
    disk.make_initramfs(build, quarry, ROOT / f"board/{BOARD}", verity, work / "initrd.gz", work / "initramfs")
    disk.make_fat(work / "boot.fat", 96, "BOOT", [(image / "Image", "Image"), (work / "initrd.gz", "initrd.gz")])
    boot = work / "boot.used"
    boot.write_bytes(bundle.used((work / "boot.fat").read_bytes()))
    bundle.make(out, BOARD, release, boot, work / "root.img")
    shutil.rmtree(copy)
    return out
