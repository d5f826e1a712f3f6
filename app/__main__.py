"""`privity` or `python -m app`: with a command the command line, without one the window."""

from __future__ import annotations

import multiprocessing
import runpy
import sys

from app import pauses
from app.children import child_module


def main() -> int:
    """Run the front end that the arguments ask for; returns the exit code."""
    multiprocessing.freeze_support()
    if len(sys.argv) == 3 and sys.argv[1] == "--child":  # a packaged app starts its children through itself
        runpy.run_module(child_module(sys.argv[2]), run_name="__main__")
        return 0
    if len(sys.argv) > 1 and sys.argv[1] != "window":
        from app.cli import main as command_line

        return command_line(sys.argv[1:])
    pauses.hold()
    from app.desktop import run

    return run(None, sys.argv)


if __name__ == "__main__":
    sys.exit(main())
