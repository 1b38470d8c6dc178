"""A process that writes claims and says after each that it is saved: to be killed, cut off, let down by its disk.

`python writing.py DATABASE ACKNOWLEDGED log COUNT [SYNCHRONOUS]` writes COUNT claims;
`python writing.py DATABASE ACKNOWLEDGED faults KIND STEP` lets every STEP-th call fail, each in a run of two writes.
"""

import ctypes
import errno
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from bot.errors import FactbotError
from bot.model import Claim
from bot.store import Change, Store, Trace

BY = Trace("discord:1", "discord", name="Ann")
KINDS = {"EIO": (errno.EIO, 0), "ENOSPC": (errno.ENOSPC, 1), "KILL": (0, 0)}
"""What becomes of the k-th call: it fails once; it and all later ones fail until there is room; it is the last."""


def add(store: Store, name: str) -> None:
    text = f"The town {name} is dry. " + "It has been so for years. " * 40
    store.save_many([Change(None, Claim(text, name))], BY)


def write_on(database: Path, acknowledged: Path, count: int, synchronous: str = "") -> None:
    handle = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with Store.open(database) as store:
        if synchronous:
            store.db.execute(f"PRAGMA synchronous = {synchronous}")
        for number in range(count):
            add(store, f"c{number}")
            os.write(handle, f"c{number}\n".encode())


def each_fault(database: Path, kind: str, step: int) -> None:
    """Print one line for each k: what was acknowledged, what was refused, and whether it works again afterwards."""
    shim, number = ctypes.CDLL(os.environ["LD_PRELOAD"].split(":")[0]), 1 - step
    error, stick = KINDS[kind]
    while True:
        number += step
        copy = database.parent / "copy.db"
        for old in database.parent.glob("copy.db*"):
            old.unlink()
        shutil.copy(database, copy)
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os.close(read)
            _one_fault(shim, copy, number, error, stick, write)
        os.close(write)
        said = b"".join(iter(lambda: os.read(read, 65_536), b""))  # noqa: B023 - read at once
        os.close(read)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        lines = said.decode().split()
        print(json.dumps({"k": number, "status": status, "said": lines, **_found(copy)}), flush=True)  # noqa: T201
        if "untouched" in lines:
            return


def _one_fault(shim: Any, copy: Path, number: int, error: int, stick: int, write: int) -> None:
    with Store.open(copy) as store:
        shim.shim_arm(number, error, stick)
        for name in ("first", "second"):
            try:
                add(store, name)
            except FactbotError:
                os.write(write, f"refused:{name} ".encode())
            else:
                os.write(write, f"saved:{name} ".encode())
        if shim.shim_count() < number:
            os.write(write, b"untouched ")
        shim.shim_arm(-1, 0, 0)
        add(store, "after")
        os.write(write, b"saved:after ")
    os._exit(0)


def _found(copy: Path) -> dict[str, Any]:
    with Store.open(copy) as store:
        return {
            "stored": [claim.id for claim in store.claims() if claim.id in ("first", "second", "after")],
            "problems": [*store.damage(), *store.check_chain()],
        }


if __name__ == "__main__":
    database, acknowledged, what, *more = sys.argv[1:]
    if what == "log":
        write_on(Path(database), Path(acknowledged), int(more[0]), *more[1:])
    else:
        each_fault(Path(database), more[0], int(more[1]))
