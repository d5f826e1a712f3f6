"""What the model's child may do once it is restricted, tried in a child of the same making; and that it still reads."""

from __future__ import annotations

import multiprocessing
import os
import platform
import socket
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from app.analysis import engine_child, engine_state
from app.paths import builtin_model

LINUX = sys.platform == "linux" and platform.machine() == "x86_64"
pytestmark = pytest.mark.skipif(not LINUX, reason="this sandbox is that of Linux on x86-64")


def _probe(connection: Connection, opening: dict[str, Any], secret: str) -> None:
    """In the child: restrict, try everything that is forbidden, then load the model and read."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    part = engine_state.open_part(opening["cache"])
    held = engine_child._confine(opening)
    folder = Path(opening["cache"])
    tries: dict[str, Callable[[], Any]] = {
        "internet": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
        "datagrams": lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM),
        "unix": lambda: socket.socket(socket.AF_UNIX),
        "pair": socket.socketpair,
        "program": lambda: subprocess.run(["/bin/true"], check=True),
        "fork": os.fork,
        "signal": lambda: os.kill(os.getppid(), 0),
        "other file": lambda: Path(secret).read_bytes(),
        "folder": lambda: os.listdir("/"),
        "new file": lambda: (folder / "new").write_bytes(b"x"),
        "the model's file": lambda: os.open(opening["path"], os.O_RDWR),
        "removal": lambda: Path(secret).unlink(),
    }
    outcome = {name: _denied(work) for name, work in tries.items()}
    margins = _read(opening["path"])
    kept = part is not None and engine_state.write(part, b"evaluated instructions")
    connection.send((held, outcome, margins, kept))


def _denied(work: Callable[[], Any]) -> bool:
    try:
        work()
    except OSError:
        return True
    return False


def _read(path: str) -> list[float]:
    from app.analysis.engine_load import Setup, quiet
    from app.analysis.engine_tree import Tree

    quiet()
    tree = Tree(Path(path), Setup(threads=2, context=512), lambda: False)
    return tree.margins("The law of Ohio governs.", ["Is it about law?"], lambda _n: None)


def test_the_restricted_child_reads_and_can_do_nothing_else(tmp_path: Path) -> None:
    if not builtin_model().is_file():
        pytest.skip("the built-in model is not set up")
    secret = tmp_path / "another contract.txt"
    secret.write_text("secret")
    cache = tmp_path / "states"
    cache.mkdir()
    opening = {"setup": {"gpu_layers": 0}, "path": str(builtin_model().resolve()), "cache": str(cache),
               "memory": 4 << 30}  # fmt: skip
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_probe, args=(theirs, opening, str(secret)))
    child.start()
    theirs.close()
    held, outcome, margins, kept = ours.recv()
    child.join(30)
    if "seccomp" not in held or "landlock" not in held:
        pytest.skip("this kernel has no Landlock or no filter")
    assert [name for name, denied in outcome.items() if not denied] == []
    assert len(margins) == 1
    assert kept
    assert sorted(path.name for path in cache.iterdir()) == [f"{child.pid}.part"]
    assert secret.read_text() == "secret"
