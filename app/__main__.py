"""`privity` or `python -m app`: with a command the command line, without one the window."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Run the front end that the arguments ask for; returns the exit code."""
    multiprocessing.freeze_support()
    if len(sys.argv) > 1 and sys.argv[1] != "window":
        from app.cli import main as command_line

        return command_line(sys.argv[1:])
    from app.desktop import run

    return run(None, sys.argv)


if __name__ == "__main__":
    sys.exit(main())
