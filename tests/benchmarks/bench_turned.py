"""What skew and quarter turns of a scan cost in word errors: `python -m tests.benchmarks.bench_turned`.

Pages of the clean synthetic scan are turned as a careless hand lays them on the glass, read, and held against their
born-digital originals. The pace is in processor time, so that a busy machine spoils it little.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pymupdf
from PIL import Image

from app.ingest.ocr import has_large
from app.ingest.pdf import read_pdf
from tests.benchmarks.bench_documents import SHARED, word_errors

PAGES = (1, 3)  # full pages of prose
TURNS = (0.0, 2.0, -5.0, 8.0, 90.0, 180.0, 270.0)
GOAL = 0.01


def images(scan: pymupdf.Document) -> Iterator[tuple[int, Image.Image]]:
    """The pages as pictures in grey."""
    for number in PAGES:
        xref = scan[number].get_images()[0][0]
        grey = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.Pixmap(scan, xref))
        yield number, Image.frombytes("L", (grey.width, grey.height), grey.samples)


def scanned(image: Image.Image, degrees: float) -> bytes:
    """A PDF of one page that shows the image turned, at the resolution it had."""
    turned = image.rotate(degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=245)
    stored = io.BytesIO()
    turned.save(stored, "JPEG", quality=80)
    document = pymupdf.open()
    page = document.new_page(width=turned.width / 150 * 72, height=turned.height / 150 * 72)
    page.insert_image(page.rect, stream=stored.getvalue())
    return document.tobytes()


def main() -> int:
    """Print word errors and pace by turn; exit status 1 where a turn costs more than the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    options = parser.parse_args()
    scan = next((options.shared / "documents/scans").glob("synthscan-150dpi-*.pdf"), None)
    if scan is None:
        print(f"No measuring data at {options.shared}.", file=sys.stderr)
        return 2
    original = next((options.shared / "deals/small").glob(f"*{scan.stem.split('dpi-', 1)[1]}*.pdf"))
    truth = read_pdf(original.read_bytes(), None, lambda _: None)[0].accepted
    assert truth is not None
    print(f"large model for noisy scans: {'there' if has_large() else 'not there'}")
    pages = list(images(pymupdf.open(scan)))
    rates: dict[float, float] = {}
    for degrees in TURNS:
        wrong = words = 0.0
        begin = time.process_time()
        for number, image in pages:
            read = read_pdf(scanned(image, degrees), None, lambda _: None)[0].accepted
            own = truth.text[truth.pages[number].start : truth.pages[number].end]
            wrong += word_errors(own, read.text if read else "") * len(own.split())
            words += len(own.split())
        rates[degrees] = wrong / words
        pace = len(pages) / (time.process_time() - begin)
        print(f"turned by {degrees:5.1f} degrees: word errors {rates[degrees]:.2%}, {pace:.2f} pages/s", flush=True)
    worst = max(rates.values()) - rates[0.0]
    print(f"turning costs at most              {worst:8.2%}  (goal 1 point)")
    return int(worst > GOAL)


if __name__ == "__main__":
    sys.exit(main())
