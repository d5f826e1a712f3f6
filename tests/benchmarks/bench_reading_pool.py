"""Reading many files through the sandboxed children: `python tests/benchmarks/bench_reading_pool.py [--files N]`.

Two workers against one, and memory after many files. Ratios mean something on a quiet machine only.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil

from app.ingest import pool
from app.ingest.reader import SandboxedReader
from app.services.importing import Source, largest_first

SHARED = Path(__file__).resolve().parents[3] / "shared"


def resident() -> tuple[float, float]:
    """MB of this process, and of its largest child."""
    me = psutil.Process()
    children = [child.memory_info().rss for child in me.children()]
    return me.memory_info().rss / 2**20, max(children, default=0) / 2**20


def measure_workers(files: list[tuple[str, bytes]]) -> None:
    """The same files by one and by two children, begun as an import does; of each the second run counts, when warm."""
    files = [(source.path, source.data or b"") for source in largest_first(Source(n, data=d) for n, d in files)]
    one, two = _seconds(1, files), _seconds(2, files)
    print(f"two workers against one            {one / two:8.2f}  times as fast, {len(files)} files (goal 1.7)")


def _seconds(workers: int, files: list[tuple[str, bytes]]) -> float:
    reader = SandboxedReader(workers)
    took = 0.0
    with ThreadPoolExecutor(workers) as threads:
        for _ in range(2):
            begin = time.perf_counter()
            list(threads.map(lambda file: reader.read(file[1], file[0]), files))
            took = time.perf_counter() - begin
    reader.close()
    return took


def measure_memory(files: list[tuple[str, bytes]], count: int) -> None:
    """Resident memory of one child that reads all files, after a tenth of them and after all."""
    pool.DOCUMENTS_PER_CHILD = 10**9  # otherwise a child is replaced before it could grow
    reader = SandboxedReader(1)
    seen = []
    for number in range(count):
        name, data = files[number % len(files)]
        reader.read(data, name)
        if number + 1 in (count // 10, count):
            seen.append(resident())
    reader.close()
    (before, child_before), (after, child_after) = seen
    print(f"memory after {count // 10} and {count} files, MB   {before:.0f} and {after:.0f}, "
          f"the child {child_before:.0f} and {child_after:.0f} (goal: flat)")  # fmt: skip


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--shared", type=Path, default=SHARED)
    options = parser.parse_args()
    paths = sorted(p for p in (options.shared / "deals").rglob("*") if p.suffix.lower() in {".pdf", ".docx"})
    if not paths:
        print(f"No measuring data at {options.shared}.", file=sys.stderr)
        return 2
    files = [(path.name, path.read_bytes()) for path in paths]
    measure_workers(files)
    measure_memory(sorted(files, key=lambda file: len(file[1]))[: len(files) // 2], options.files)
    return 0


if __name__ == "__main__":
    sys.exit(main())
