#!/usr/bin/env python3
"""The read-only root of a board: what keep.txt takes from the quarry, the libraries those files need, our programs, units and
tables. Deterministic: the same inputs give the same tree."""
import argparse
import collections
import os
import pathlib
import re
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent
LIBRARIES = ("usr/lib/aarch64-linux-gnu", "usr/lib/aarch64-linux-gnu/systemd", "usr/lib/aarch64-linux-gnu/pulseaudio")
ASSETS = ("catalogue/catalogue.json", "calendar/*.json", "practice/*.json", "handwriting/handwriting.model", "handwriting/ARPHICPL.TXT",
          "input/*.tsv", "input/rare.bin", "speech/*.tsv")
FOLDERS = ("dev", "proc", "sys", "run", "tmp", "etc", "mnt", "var/lib/onetrip", "var/log", "var/tmp", "root")
ENABLED = ("kiosk.service", "kiosk-syncd.service", "onetrip-first-boot.service", "onetrip-boot-good.timer", "onetrip-update.path",
           "onetrip-update-settle.timer", "onetrip-settings.socket", "onetrip-network.path", "var-lib-onetrip.mount",
           "tmp.mount", "etc-machine\\x2did.mount", "systemd-networkd.service", "systemd-resolved.service", "systemd-timesyncd.service")
WORDS = {
    "etc/nsswitch.conf": "passwd: files\ngroup: files\nshadow: files\nhosts: files dns\n",
    "etc/hosts": "127.0.0.1 localhost\n::1 localhost\n",
    "etc/hostname": "onetrip\n",
    "etc/machine-id": "",
    "etc/passwd": "root:x:0:0:root:/root:/usr/sbin/nologin\n",
    "etc/group": "root:x:0:\n",
    "etc/shadow": "root:*:1::::::\n",
}


def lines(path):
    return [line.strip() for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]


class Root:
    def __init__(self, quarry, out):
        self.quarry, self.out, self.taken = quarry, out, set()

    def take(self, name):
        """One file of the quarry, with what it links to."""
        name = re.sub(r"^(lib|bin|sbin)/", r"usr/\1/", os.path.normpath(name))
        if name in self.taken:
            return
        source, to = self.quarry / name, self.out / name
        self.taken.add(name)
        to.parent.mkdir(parents=True, exist_ok=True)
        if source.is_symlink():
            target = os.readlink(source)
            os.symlink(target, to)
            self.take(target.lstrip("/") if target.startswith("/") else os.path.join(os.path.dirname(name), target))
        elif source.is_dir():
            for child in sorted(source.iterdir()):
                self.take(f"{name}/{child.name}")
        else:
            shutil.copy2(source, to)
            to.chmod(to.stat().st_mode & 0o777)  # nobody here gets more rights by starting a program

    def keep(self, patterns):
        for pattern in patterns:
            # A link with an absolute target is there, wherever it would lead on the machine that builds.
            found = [self.quarry / pattern] if os.path.lexists(self.quarry / pattern) else sorted(self.quarry.glob(pattern))
            if not found:
                raise SystemExit(f"keep.txt: nothing is called {pattern}")
            for path in found:
                self.take(str(path.relative_to(self.quarry)))

    def needed(self, path):
        with open(path, "rb") as f:
            if f.read(4) != b"\x7fELF":
                return []
        said = subprocess.run(["aarch64-linux-gnu-readelf", "-dl", path], capture_output=True, text=True, check=True).stdout
        return re.findall(r"\(NEEDED\).*\[(.*)\]", said) + [os.path.basename(i) for i in re.findall(r"interpreter: (.*)\]", said)]

    def libraries(self):
        """Until no file needs what is not there."""
        seen, waiting = set(), [p for p in sorted(self.out.rglob("*")) if p.is_file() and not p.is_symlink()]
        while waiting:
            for name in self.needed(waiting.pop()):
                if name in seen:
                    continue
                seen.add(name)
                place = next((f"{d}/{name}" for d in LIBRARIES if (self.quarry / d / name).exists()), None)
                if not place:
                    raise SystemExit(f"no library {name}")
                self.take(place)
                waiting.append((self.quarry / place).resolve())
        loader = self.out / "usr/lib/ld-linux-aarch64.so.1"
        if not loader.is_symlink():
            loader.symlink_to("aarch64-linux-gnu/ld-linux-aarch64.so.1")

    def put(self, source, name, mode=0o644):
        to = self.out / name
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, to)
        to.chmod(mode)

    def write(self, name, text, mode=0o644):
        to = self.out / name
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(text)
        to.chmod(mode)


def skeleton(root):
    for name in ("bin", "sbin", "lib"):
        (root.out / "usr" / name).mkdir(parents=True)
        (root.out / name).symlink_to(f"usr/{name}")
    for name in FOLDERS:
        (root.out / name).mkdir(parents=True, exist_ok=True)
    (root.out / "tmp").chmod(0o1777)
    (root.out / "var/tmp").chmod(0o1777)
    (root.out / "var/run").symlink_to("/run")
    (root.out / "var/lib/systemd").symlink_to("onetrip/systemd")
    (root.out / "etc/resolv.conf").symlink_to("/run/systemd/resolve/resolv.conf")
    (root.out / "etc/mtab").symlink_to("/proc/self/mounts")
    for name, text in WORDS.items():
        root.write(name, text, 0o600 if name == "etc/shadow" else 0o644)


def programs(root, build, names):
    for name in names:
        root.put(build / name, f"usr/lib/onetrip/bin/{name}", 0o755)
        subprocess.run(["aarch64-linux-gnu-strip", root.out / f"usr/lib/onetrip/bin/{name}"], check=True)
    for pattern in ASSETS:
        for path in sorted((TOP / "assets").glob(pattern)):
            root.put(path, f"usr/lib/onetrip/assets/{path.relative_to(TOP / 'assets')}")
    for path in sorted((build / "locale").rglob("*.mo")):
        root.put(path, f"usr/lib/onetrip/locale/{path.relative_to(build / 'locale')}")


def settings(root, board):
    common = TOP / "board/common"
    for path in sorted((common / "units").iterdir()):
        root.put(path, f"usr/lib/systemd/system/{path.name}")
    for path in sorted((common / "udev").iterdir()) + sorted((TOP / "board/host/udev").glob("*.rules")) + sorted(board.glob("*.rules")):
        root.put(path, f"usr/lib/udev/rules.d/{path.name}")
    for path in sorted((TOP / "board/host/udev").glob("*.sysusers")):
        root.put(path, f"usr/lib/sysusers.d/{path.stem}.conf")
    for name, to in (("sysusers.conf", "usr/lib/sysusers.d/onetrip.conf"), ("tmpfiles.conf", "usr/lib/tmpfiles.d/onetrip.conf"),
                     ("sysctl.conf", "usr/lib/sysctl.d/50-onetrip.conf"), ("system.conf", "etc/systemd/system.conf"),
                     ("journald.conf", "etc/systemd/journald.conf"), ("wired.network", "etc/systemd/network/20-wired.network")):
        root.put(common / "conf" / name, to)
    # What staff have set goes before what was delivered; none is there until then.
    (root.out / "etc/systemd/network/10-wired.network").symlink_to("/var/lib/onetrip/settings/wired.network")
    root.write("usr/lib/systemd/system/systemd-networkd.service.d/data.conf", "[Unit]\nAfter=var-lib-onetrip.mount\n")
    # What is on the data partition waits for it: the link /var/lib/systemd does not say so.
    for unit in ("systemd-random-seed", "systemd-timesyncd"):
        root.write(f"usr/lib/systemd/system/{unit}.service.d/data.conf",
                   "[Unit]\nRequiresMountsFor=/var/lib/onetrip\nAfter=systemd-tmpfiles-setup.service\n")
    root.put(root.quarry / "usr/share/systemd/tmp.mount", "usr/lib/systemd/system/tmp.mount")
    for path in sorted((board / "units").glob("*")):
        root.put(path, f"usr/lib/systemd/system/{path.name}")


def enable(root):
    """What Debian's units want of each other, as far as it is here, and our own."""
    units = root.out / "usr/lib/systemd/system"
    for link in sorted((root.quarry / "usr/lib/systemd/system").glob("*.wants/*")):
        if (units / link.name).exists():
            to = units / link.parent.name / link.name
            to.parent.mkdir(exist_ok=True)
            to.symlink_to(f"../{link.name}")
    (units / "default.target").symlink_to("multi-user.target")
    for unit in ENABLED:
        for m in re.finditer(r"^WantedBy=(.*)$", (units / unit).read_text(), re.M):
            for target in m.group(1).split():
                to = units / f"{target}.wants" / unit
                to.parent.mkdir(exist_ok=True)
                if not to.is_symlink():
                    to.symlink_to(f"../{unit}")


def users(root):
    for path in sorted((root.quarry / "usr/lib/sysusers.d").glob("*.conf")):
        if path.stem in ("basic", "systemd-journal", "systemd-network", "systemd-resolve", "systemd-timesync"):
            root.put(path, f"usr/lib/sysusers.d/{path.name}")
    subprocess.run(["systemd-sysusers", f"--root={root.out}"], check=True, env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"})
    for name in ("passwd-", "group-", "shadow-", "gshadow-", ".pwd.lock"):
        (root.out / "etc" / name).unlink(missing_ok=True)


def modules(root, names):
    """Kernel modules by name, with those they need. Returns the kernel's version."""
    folder = root.quarry / "usr/lib/modules"
    version = sorted(p.name for p in folder.iterdir())[-1]
    to = root.out / "usr/lib/modules" / version
    to.mkdir(parents=True)
    if not (folder / version / "modules.dep").exists():
        subprocess.run(["depmod", "-b", root.quarry / "usr", version], check=True)
    for name in ("modules.builtin", "modules.builtin.modinfo", "modules.order"):
        shutil.copyfile(folder / version / name, to / name)
    for path in module_files(root.quarry, version, names):
        root.put(folder / version / path, f"usr/lib/modules/{version}/{path}")
    subprocess.run(["depmod", "-b", root.out / "usr", version], check=True)
    return version


def module_files(quarry, version, names):
    found = []
    for name in names:
        said = subprocess.run(["modprobe", "-S", version, "-d", quarry / "usr", "--show-depends", name], capture_output=True, text=True)
        if said.returncode:
            raise SystemExit(f"no module {name}: {said.stderr.strip()}")
        for m in re.finditer(r"^insmod \S*?/modules/[^/]+/(\S+)", said.stdout, re.M):
            if m.group(1) not in found:
                found.append(m.group(1))
    return found


def report(root, to):
    """Which package how many bytes are of; ours are called onetrip."""
    owner = {}
    for deb in sorted((root.quarry / "var/cache/apt/archives").glob("*.deb")):
        package = "_".join(deb.name.split("_")[:2]).replace("%3a", ":")
        for line in subprocess.run(["dpkg-deb", "-c", deb], capture_output=True, text=True, check=True).stdout.splitlines():
            name = re.sub(r"^(lib|bin|sbin)/", r"usr/\1/", line.split(None, 5)[5].split(" -> ")[0].removeprefix("./"))
            owner[name] = package
    sizes = collections.Counter()
    for path in root.out.rglob("*"):
        if path.is_file() and not path.is_symlink():
            name = str(path.relative_to(root.out))
            package = "linux modules" if name.startswith("usr/lib/modules") else owner.get(name, "onetrip")
            sizes[package] += path.stat().st_size
    text = "".join(f"{size / 1024:10.0f} KiB  {package}\n" for package, size in sorted(sizes.items(), key=lambda s: (-s[1], s[0])))
    text += f"{sum(sizes.values()) / 1024:10.0f} KiB  in {len(sizes)} packages\n"
    to.write_text(text)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    for name in ("quarry", "build", "board", "county", "out", "report"):
        p.add_argument(f"--{name}", type=pathlib.Path, required=True)
    p.add_argument("--version", required=True, help="of the firmware, as 1.4.0")
    p.add_argument("--bench", type=pathlib.Path, help="what only a test image has: a tree that is laid over the root")
    o = p.parse_args()
    os.umask(0o022)
    shutil.rmtree(o.out, ignore_errors=True)
    o.out.mkdir(parents=True)
    o.out.chmod(0o755)
    root = Root(o.quarry.resolve(), o.out.resolve())
    skeleton(root)
    root.keep(lines(HERE / "keep.txt") + (lines(o.bench / "keep.txt") if o.bench else []))
    programs(root, o.build, ("kiosk", "kiosk-syncd", "kioskctl", "pinyin", "speech", "boot-slot", "out-of-service", "stick-mount", "board-settings", "slot-update", "technician-console", "usb-gadget", "device-secret"))
    settings(root, o.board)
    if o.bench:
        shutil.copytree(o.bench / "root", root.out, dirs_exist_ok=True, symlinks=True)
        root.put(o.build / "bench", "usr/lib/onetrip/bin/bench", 0o755)
    root.libraries()
    enable(root)
    users(root)
    root.put(o.county / "county.conf", "etc/onetrip/county.conf")
    for path in sorted((o.county / "trust").glob("*.pem")):
        root.put(path, f"etc/onetrip/trust/{path.name}")
    version = modules(root, lines(o.board / "modules.txt") + (lines(o.bench / "modules.txt") if o.bench else []))
    root.write("usr/lib/os-release", f'ID=onetrip\nNAME=OneTrip\nPRETTY_NAME="OneTrip for {o.board.name}"\nVERSION_ID={o.version}\nVARIANT_ID={o.board.name}\n')
    (root.out / "etc/os-release").symlink_to("../usr/lib/os-release")
    report(root, o.report)
    print(version)


if __name__ == "__main__":
    main()
