"""Read every hostile file: `python -m tests.benchmarks.bench_hostile`. Exit status 1 where one breaks a promise.

Each must end within 30 s and 1 GB with words or a sentence that says why not, and the next file must still be read.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

import psutil

from app.domain.text import FileStatus, ReadOutcome
from app.ingest.reader import SandboxedReader
from tests.hostile.files import everything

SECONDS, BYTES = 30.0, 1024**3


def complaint(outcome: ReadOutcome, seconds: float, memory: int) -> str | None:
    """Which promise was broken, or None."""
    if seconds > SECONDS:
        return f"took {seconds:.0f} s"
    if memory > BYTES:
        return f"took {memory / 2**20:.0f} MB"
    if outcome.status in (FileStatus.READ, FileStatus.PARTLY_READ):
        words = outcome.accepted is not None and outcome.accepted.text.strip()
        return None if words or outcome.attachments else "read, but silently empty"
    if not outcome.reason or not outcome.reason.endswith(".") or "Traceback" in outcome.reason:
        return f"no sentence: {outcome.reason!r}"
    return None


class Watch:
    """The peak memory of the reader's child processes, this far."""

    def __init__(self) -> None:
        self._me = psutil.Process()

    def peak(self) -> int:
        """Bytes resident at most, by the system's own count where it keeps one."""
        most = 0
        for child in self._me.children():
            try:
                status = Path(f"/proc/{child.pid}/status").read_text()
                most = max(most, next(int(row.split()[1]) for row in status.splitlines() if "VmHWM" in row) * 1024)
            except (OSError, StopIteration, psutil.Error):
                continue
        return most


def main() -> int:
    """Print what is broken and a summary."""
    reader, watch = SandboxedReader(1), Watch()
    ends: Counter[str] = Counter()
    broken = count = 0
    times: list[tuple[float, str]] = []
    largest = (0, "")
    for name, data in everything():
        begin = time.monotonic()
        outcome = reader.read(data, name)
        seconds, memory = time.monotonic() - begin, watch.peak()
        said = complaint(outcome, seconds, memory)
        count, broken = count + 1, broken + (said is not None)
        ends[outcome.status.value] += 1
        times.append((seconds, name))
        largest = max(largest, (memory, name))
        if said:
            print(f"{name}: {said}", flush=True)
    reader.close()
    print(f"{count} files: " + ", ".join(f"{number} {status}" for status, number in ends.most_common()))
    print("slowest: " + ", ".join(f"{seconds:.1f} s ({name})" for seconds, name in sorted(times, reverse=True)[:8]))
    print(f"largest: {largest[0] / 2**20:.0f} MB ({largest[1]})")
    print(f"broken promises: {broken}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
