#!/usr/bin/env python3
"""From a root tree to a disk: squashfs, dm-verity, initramfs, both boot slots, a data partition. The same tree gives the same root
hash and the same slot, byte by byte (SOURCE_DATE_EPOCH)."""
import argparse
import gzip
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from root import lines, module_files  # noqa: E402

BLOCK, SECTOR, MIB = 4096, 512, 1 << 20
EPOCH = os.environ.get("SOURCE_DATE_EPOCH", "1764000000")
# Partitions of every board: label, MiB, type. What stands before the first belongs to the board's boot loader.
LINUX, FAT = "0FC63DAF-8483-4772-8E79-3D69D8477DE4", "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7"
PARTITIONS = (("onetrip-start", 16, FAT), ("onetrip-state", 1, LINUX), ("onetrip-boot-a", 96, FAT), ("onetrip-root-a", 320, LINUX),
              ("onetrip-boot-b", 96, FAT), ("onetrip-root-b", 320, LINUX), ("onetrip-data", 512, LINUX))
FIRST_MIB = 16


def run(*command, **how):
    return subprocess.run([str(c) for c in command], check=True, stdout=subprocess.PIPE, text=True,
                          env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "E2FSPROGS_FAKE_TIME": EPOCH}, **how).stdout


def make_root(tree, out, level):
    """squashfs with its hash tree behind it. Returns what `early` is told: blocks, start of the tree, root hash, salt."""
    out.unlink(missing_ok=True)
    run("mksquashfs", tree, out, "-comp", "zstd", "-Xcompression-level", str(level), "-b", "128K", "-all-root", "-no-xattrs", "-noappend", "-no-progress",
        "-quiet", "-processors", "2")
    size = out.stat().st_size
    os.truncate(out, (size + BLOCK - 1) // BLOCK * BLOCK)
    blocks = out.stat().st_size // BLOCK
    salt = hashlib.sha256(b"onetrip root " + EPOCH.encode()).hexdigest()
    said = run("veritysetup", "format", out, out, "--no-superblock", f"--hash-offset={blocks * BLOCK}", f"--data-blocks={blocks}",
               f"--salt={salt}", "--hash=sha256", "--data-block-size=4096", "--hash-block-size=4096")
    return blocks, blocks, re.search(r"Root hash:\s+(\w+)", said).group(1), salt


def make_initramfs(build, quarry, board, verity, out, work):
    """The way to the root with its modules and the root hash; what shows meanwhile that the board starts, with its own."""
    shutil.rmtree(work, ignore_errors=True)
    for name in ("early", "display", "root", "dev", "proc", "sys"):
        (work / name).mkdir(parents=True)
    version = sorted(p.name for p in (quarry / "usr/lib/modules").iterdir())[-1]
    for program, name in (("early", "init"), ("splash", "splash")):
        shutil.copyfile(build / program, work / name)
        run("aarch64-linux-gnu-strip", work / name)
        (work / name).chmod(0o755)
    shutil.copyfile(build / "start.runs", work / "display/start.runs")
    for table in ("early", "display"):  # one that both need is in both: they are loaded side by side
        order = []
        for path in module_files(quarry, version, lines(board / f"{table}.txt")):
            name = f"{table}/{pathlib.Path(path).name}"
            shutil.copyfile(quarry / "usr/lib/modules" / version / path, work / name)
            order.append(name)
        (work / table / "modules").write_text("".join(f"/{name}\n" for name in order))
    (work / "early/verity").write_text(" ".join(str(v) for v in verity) + "\n")
    for path in [work, *work.rglob("*")]:
        os.utime(path, (int(EPOCH), int(EPOCH)))
    names = sorted(str(p.relative_to(work)) for p in work.rglob("*"))
    archive = subprocess.run(["cpio", "--quiet", "-o", "-H", "newc", "-R", "0:0", "--reproducible"], cwd=work, input="\n".join(names).encode(),
                             stdout=subprocess.PIPE, check=True).stdout
    out.write_bytes(gzip.compress(archive, 9, mtime=0))


def make_fat(out, mib, label, files):
    out.unlink(missing_ok=True)
    run("mkfs.vfat", "--invariant", "-n", label, "-C", out, mib * 1024)
    for path, name in files:
        os.utime(path, (int(EPOCH), int(EPOCH)))
        run("mcopy", "-m", "-i", out, path, f"::{name}")


def make_data(out, mib):
    """Empty but for the folders that are needed before tmpfiles can make them."""
    tree = out.parent / "data-tree"
    shutil.rmtree(tree, ignore_errors=True)
    for name in ("systemd", "device/etc"):
        (tree / name).mkdir(parents=True)
    out.unlink(missing_ok=True)
    run("mkfs.ext4", "-q", "-b", "4096", "-U", "6f6e6574-7269-7000-8000-64617461000a", "-E", "hash_seed=6f6e6574-7269-7000-8000-64617461000b",
        "-O", "metadata_csum,64bit", "-d", tree, "-L", "onetrip-data", out, f"{mib}M")


def write_disk(out, contents, board_id):
    starts, at, table = {}, FIRST_MIB, [f"label: gpt\nlabel-id: {guid(board_id, 'disk')}\nunit: sectors\n"]
    for label, mib, kind in PARTITIONS:
        starts[label] = at * MIB
        table.append(f"start={at * MIB // SECTOR}, size={mib * MIB // SECTOR}, type={kind}, uuid={guid(board_id, label)}, name={label}\n")
        at += mib
    out.unlink(missing_ok=True)
    with open(out, "wb") as f:
        f.truncate((at + 1) * MIB)
    run("sfdisk", "--quiet", out, input="".join(table))
    for label, path in contents.items():
        if path.stat().st_size > dict((n, m) for n, m, _ in PARTITIONS)[label] * MIB:
            raise SystemExit(f"{path.name} does not fit into {label}")
        run("dd", f"if={path}", f"of={out}", "bs=1M", f"seek={starts[label] // MIB}", "conv=notrunc,sparse", "status=none")


def guid(*words):
    h = hashlib.sha256(" ".join(words).encode()).hexdigest()
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-8{h[17:20]}-{h[20:32]}".upper()


def board_facts(board):
    """boot.txt: which bus and device the medium is to U-Boot, where the device tree lies, and which is loaded there."""
    return dict(line.split(None, 1) for line in lines(board / "boot.txt"))


def make_script(out, command_line, facts):
    words = {"CMDLINE": command_line, "BUS": facts["bus"], "DEVICE": facts["device"], "TREE": facts["tree"],
             # QEMU has one medium; elsewhere it is chosen before it is read
             "SELECT": "" if facts["bus"] == "virtio" else f"{facts['bus']} dev {facts['device']}\n",
             "DTB": f"load {facts['bus']} {facts['device']}:${{part}} {facts['tree']} board.dtb\n" if "dtb" in facts else ""}
    text = re.sub("@([A-Z]+)@", lambda m: words[m.group(1)], (HERE / "boot.cmd").read_text())
    out.with_suffix(".cmd").write_text(text)
    run("mkimage", "-A", "arm64", "-T", "script", "-C", "none", "-n", "OneTrip", "-d", out.with_suffix(".cmd"), out)


def start_files(board, quarry):
    """What the board's own ROM or firmware looks for on the first partition (start.txt)."""
    found = []
    for line in lines(board / "start.txt") if (board / "start.txt").exists() else []:
        pattern, name = line.split()
        places = [board / pattern.removeprefix("board/")] if pattern.startswith("board/") else sorted(quarry.glob(pattern))
        if not places or not places[-1].exists():
            raise SystemExit(f"start.txt: nothing is called {pattern}")
        found.append((places[-1], name))
    return found


def device_tree(facts, quarry):
    if "dtb" not in facts:
        return []
    found = sorted(quarry.glob(f"usr/lib/linux-image-*/{facts['dtb']}"))
    if not found:
        raise SystemExit(f"boot.txt: no device tree {facts['dtb']}")
    return [(found[-1], "board.dtb")]


def write_loader(disk, loader):
    """Where Rockchip's ROM looks: sector 64 (32 KiB), before the first partition and behind the table."""
    if loader.stat().st_size > FIRST_MIB * MIB - 64 * SECTOR:
        raise SystemExit(f"{loader.name} does not fit before the first partition")
    run("dd", f"if={loader}", f"of={disk}", f"bs={SECTOR}", "seek=64", "conv=notrunc", "status=none")


def main():
    p = argparse.ArgumentParser(description=__doc__)
    for name in ("tree", "quarry", "build", "board", "out"):
        p.add_argument(f"--{name}", type=pathlib.Path, required=True)
    p.add_argument("--level", type=int, default=19, help="of compression; a low one is quick")
    p.add_argument("--loader", type=pathlib.Path, help="the maker's boot loader, for sector 64")
    o = p.parse_args()
    facts = board_facts(o.board)
    o.out.mkdir(parents=True, exist_ok=True)
    o.quarry = o.quarry.resolve()
    command_line = " ".join(lines(o.board / "cmdline.txt"))
    verity = make_root(o.tree, o.out / "root.img", o.level)
    make_initramfs(o.build, o.quarry, o.board, verity, o.out / "initrd.gz", o.out / "initramfs")
    kernel = sorted((o.quarry / "boot").glob("vmlinuz-*"))[-1]
    shutil.copyfile(kernel, o.out / "Image")
    make_script(o.out / "boot.scr", command_line, facts)
    sizes = {name: mib for name, mib, _ in PARTITIONS}
    make_fat(o.out / "start.fat", sizes["onetrip-start"], "START", [(o.out / "boot.scr", "boot.scr"), *start_files(o.board, o.quarry)])
    make_fat(o.out / "boot.fat", sizes["onetrip-boot-a"], "BOOT", [(o.out / "Image", "Image"), (o.out / "initrd.gz", "initrd.gz"), *device_tree(facts, o.quarry)])
    make_data(o.out / "data.ext4", sizes["onetrip-data"])
    write_disk(o.out / "disk.img", {"onetrip-start": o.out / "start.fat", "onetrip-boot-a": o.out / "boot.fat", "onetrip-root-a": o.out / "root.img",
                                    "onetrip-boot-b": o.out / "boot.fat", "onetrip-root-b": o.out / "root.img",
                                    "onetrip-data": o.out / "data.ext4"}, o.board.name)
    if o.loader:
        write_loader(o.out / "disk.img", o.loader)
    (o.out / "root-hash").write_text(verity[2] + "\n")
    for name in ("root.img", "initrd.gz", "Image", "disk.img"):
        path = o.out / name
        print(f"{path.stat().st_size / MIB:8.1f} MiB  {name}")
    print(f"root hash {verity[2]}")


if __name__ == "__main__":
    main()
