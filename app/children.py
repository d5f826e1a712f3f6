"""How a child process of our own is started, from a checkout and from a packaged app."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

CHILDREN = (
    "app.ingest.child",
    "app.analysis.engine_child",
    "app.services.annotating_child",
    "app.services.session_child",
)


def child_module(name: str) -> str:
    """The name again if it is one of our children; ValueError for anything else."""
    if name not in CHILDREN:
        raise ValueError("no such child")
    return name


def child_command(module: str) -> list[str]:
    """The command that runs a module of ours in a process of its own."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--child", module]
    return [sys.executable, "-m", module]


def child_environment() -> dict[str, str]:
    """Our environment, with the code found wherever the current folder is."""
    root = str(Path(__file__).resolve().parent.parent)
    rest = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([root, rest] if rest else [root]), "PYTHONWARNINGS": "ignore"}


def step_back() -> None:
    """Let the window go first: this process gets what others leave of the processor."""
    import psutil

    process = psutil.Process()
    with contextlib.suppress(psutil.Error, OSError):  # some containers forbid it
        if os.name == "nt":
            process.nice(getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS"))  # noqa: B009  Windows has it only
        else:
            process.nice(min(19, int(process.nice()) + 10))  # below whoever started us, however low that is
