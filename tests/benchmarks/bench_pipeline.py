"""Pages per second of import, screen, assess and store, and its ratio to PyMuPDF's bare text on the same files.

    python -m tests.benchmarks.bench_pipeline [FOLDER]        (default: the shared large deal, else the sample deal)

Both are timed in the same run on the same machine; quote the ratio, not the seconds.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import pymupdf

from app.domain.progress import CancelToken
from app.paths import resources
from app.services.api import AnalyzeOptions
from app.services.workspace import open_workspace

LARGE = Path(__file__).resolve().parents[3] / "shared" / "deals" / "large"


def bare_text(files: list[Path]) -> tuple[int, float]:
    """Pages and seconds of get_text("text") over all pages."""
    began, pages = time.perf_counter(), 0
    for file in files:
        with pymupdf.open(file) as document:
            for page in document:
                page.get_text("text")
                pages += 1
    return pages, time.perf_counter() - began


def whole_way(files: list[Path], workers: int) -> float:
    """Seconds from the dropped files to the stored findings, a fresh matter."""
    with tempfile.TemporaryDirectory() as folder:
        session = open_workspace(Path(folder)).create("bench", [], "commercial")
        began = time.perf_counter()
        for _ in session.analyze(files, AnalyzeOptions(workers=workers), CancelToken()):
            pass
        seconds = time.perf_counter() - began
        session.close()
    return seconds


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else LARGE if LARGE.is_dir() else resources() / "sample_deal"
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf" and "scan" not in path.name)
    pages, bare = bare_text(files)
    print(f"{len(files)} born-digital PDFs, {pages} pages")
    print(f"bare get_text('text'), 1 process: {bare:.2f} s, {pages / bare:.0f} pages/s")
    for workers in (1, 2):
        seconds = whole_way(files, workers)
        print(
            f"import-screen-assess-store, {workers} import worker(s): {seconds:.2f} s, {pages / seconds:.1f} pages/s, "
            f"{seconds / bare:.1f} times bare"
        )


if __name__ == "__main__":
    main()
