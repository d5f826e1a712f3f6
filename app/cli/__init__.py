"""The headless front end: parse the arguments, run one service, print what it gave."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from app.cli.parser import build_parser
from app.errors import Cancelled, UserError


def main(arguments: Sequence[str]) -> int:
    """Run one command. 0: done; 2: the user's problem, told in one sentence; 130: interrupted, resumable."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may not be UTF-8
            stream.reconfigure(encoding="utf-8", errors="replace")
    parsed = build_parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    except (Cancelled, KeyboardInterrupt):
        print("Stopped. What was finished is kept; the same command takes up where it was.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0  # the reader of our output has gone
