"""The queue on a board's disk as an older firmware would have left it: what the later steps of sync/queue/statements.c brought is taken
back, so that the next start has to migrate. The board is off meanwhile. Nothing is mounted: e2fsck and debugfs work on the image."""
import contextlib
import sqlite3
import subprocess

from variants import disk as layout

DATA_AT = (layout.FIRST_MIB + sum(mib for label, mib, _ in layout.PARTITIONS if label != "onetrip-data")) << 20
QUEUE = "/syncd/queue.db"
# From 8 to 5. The records of staff are made anew; nothing of a resident is in them.
OLD = 5
BACK = """DROP TABLE IF EXISTS handover; DROP TABLE IF EXISTS audit;
INSERT OR IGNORE INTO note SELECT label, receipt, sealed, at_ms FROM reminder; DROP TABLE reminder; PRAGMA user_version=5;"""


def shell(disk, *requests, is_writing=False):
    script = "".join(f"{r}\n" for r in requests)
    subprocess.run(["debugfs", *(["-w"] if is_writing else []), "-f", "-", f"{disk}?offset={DATA_AT}"], input=script, check=True,
                   text=True, capture_output=True)


def take_out(disk, folder):
    """The queue with its log, as a start would find them."""
    subprocess.run(["e2fsck", "-p", f"{disk}?offset={DATA_AT}"], capture_output=True)  # what the cut left in the journal
    for end in ("", "-wal", "-shm"):
        (folder / f"queue.db{end}").unlink(missing_ok=True)
    shell(disk, *(f'dump "{QUEUE}{end}" "{folder}/queue.db{end}"' for end in ("", "-wal")))
    return folder / "queue.db"


def version(disk, folder):
    """Looked at in a copy: the board is to mend its disk by itself."""
    copy = folder / "looked-at.img"
    subprocess.run(["cp", "--sparse=always", disk, copy], check=True)
    with contextlib.closing(sqlite3.connect(take_out(copy, folder))) as db:
        copy.unlink()
        return db.execute("PRAGMA user_version").fetchone()[0]


def make_old(disk, folder):
    queue = take_out(disk, folder)
    with contextlib.closing(sqlite3.connect(queue)) as db:
        if db.execute("PRAGMA user_version").fetchone()[0] > OLD:
            db.executescript(BACK)
        rows = db.execute("SELECT count(*) FROM item").fetchone()[0]
    user = subprocess.run(["debugfs", "-R", f"stat {QUEUE}", f"{disk}?offset={DATA_AT}"], capture_output=True, text=True, check=True).stdout
    owner, group = user.split("User:")[1].split()[0], user.split("Group:")[1].split()[0]
    shell(disk, f"rm {QUEUE}-wal", f"rm {QUEUE}-shm", f"rm {QUEUE}.before-migration", f"rm {QUEUE}", f'write "{queue}" {QUEUE}',
          f"sif {QUEUE} uid {owner}", f"sif {QUEUE} gid {group}", f"sif {QUEUE} mode 0100600", is_writing=True)
    return rows
