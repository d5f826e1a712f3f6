"""Words from page images, by Tesseract. Runs in the sandboxed child only."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path

import numpy as np
import pymupdf
import tesserocr
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from app.ingest.ocr_vote import Recognised, Word, vote

DPI = 300
NOISY = 3.0  # grey levels between neighbouring pixels of the scan itself, from which a page is read in several ways
COARSE_DPI = 140  # finer scans are read better as they are: cleaning harms them
MAX_PIXELS = 40_000_000
SURE = 30.0  # words below this confidence on a page without sure words are noise


def tessdata() -> Path:
    """The folder of the language data that the wheel brings."""
    return Path(sys.prefix) / "share" / "tessdata"


@lru_cache(maxsize=1)
def _engine() -> tesserocr.PyTessBaseAPI:
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    return tesserocr.PyTessBaseAPI(path=str(tessdata()), lang="eng", psm=tesserocr.PSM.AUTO)


def recognise_page(page: pymupdf.Page) -> Recognised:
    """The words of a page, straightened and turned upright; nothing where there is only noise."""
    grey = _render(page, DPI)
    if _blank(grey):
        return Recognised("", (), None)
    scanned_at = _scan_dpi(page)
    noisy = scanned_at is not None and scanned_at < COARSE_DPI and _noise(_render(page, scanned_at)) >= NOISY
    image, dpi = (_image(_render(page, 200), 0.9), 200) if noisy else (_image(grey, 0.0), DPI)
    best = _read(image, 0, dpi)
    if best.confidence is None or best.confidence < 55:  # sideways or upside down?
        for turn in (90, 270, 180):
            other = _read(image.rotate(turn, expand=True, fillcolor=255), turn, dpi)
            if (other.confidence or 0) * len(other.words) > 1.2 * (best.confidence or 0) * len(best.words):
                best = other
    elif noisy and best.words and scanned_at is not None:
        best = vote([best, *_other_readings(page, scanned_at)])
    return best


def _other_readings(page: pymupdf.Page, scanned_at: int) -> list[Recognised]:
    """A noisy scan cleaned in two other ways: their errors differ."""
    native = _image(_render(page, scanned_at), 0.7)
    factor = 2.5
    large = native.resize((int(native.width * factor), int(native.height * factor)), Image.Resampling.BICUBIC)
    median = _image(_render(page, 2 * scanned_at), 0.0).filter(ImageFilter.MedianFilter(3))
    return [
        _read(large, 0, int(scanned_at * factor)),
        _read(median.filter(ImageFilter.GaussianBlur(0.8)), 0, 2 * scanned_at),
    ]


def _render(page: pymupdf.Page, dpi: int) -> NDArray[np.uint8]:
    """The page in grey, at most MAX_PIXELS large."""
    wide, high = page.rect.width / 72 * dpi, page.rect.height / 72 * dpi
    if wide * high > MAX_PIXELS:
        raise ValueError("page too large to be read as an image")
    pixmap = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY, alpha=False)
    return np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)[:, : pixmap.width]


def _image(grey: NDArray[np.uint8], blur: float) -> Image.Image:
    image = Image.fromarray(np.ascontiguousarray(grey))
    return image.filter(ImageFilter.GaussianBlur(blur)) if blur else image


def _scan_dpi(page: pymupdf.Page) -> int | None:
    """The resolution of the image that fills the page; None where there is none of a scanner's kind."""
    for info in page.get_image_info():
        width = info["bbox"][2] - info["bbox"][0]
        if width > 0.8 * page.rect.width:
            dpi = round(info["width"] / width * 72)
            return dpi if 60 <= dpi <= DPI else None
    return None


def _blank(grey: NDArray[np.uint8]) -> bool:
    """No ink but noise: after averaging over small squares nothing is dark."""
    height, width = (grey.shape[0] // 6) * 6, (grey.shape[1] // 6) * 6
    if not height or not width:
        return True
    small = grey[:height, :width].reshape(height // 6, 6, width // 6, 6).mean(axis=(1, 3))
    dark = small < np.median(small) - 40
    return bool(dark.mean() < 0.0004)


def _noise(grey: NDArray[np.uint8]) -> float:
    """Median difference of neighbouring pixels on the paper, in grey levels: nought on a clean page."""
    paper = grey[:, ::3].astype(np.int16)
    steps = np.abs(np.diff(paper, axis=0))
    return float(np.median(steps))


def _skew(grey: NDArray[np.uint8]) -> float:
    """Degrees by which the lines of text rise, found by the sharpest row profile; within 10 either way."""
    image = Image.fromarray(grey)
    image.thumbnail((900, 900))
    ink = 255 - np.asarray(image, np.float32)
    ink = np.where(ink > ink.mean() + ink.std(), ink, 0)
    thin = Image.fromarray(ink)

    def sharpness(angle: float) -> float:
        rows = np.asarray(thin.rotate(angle, resample=Image.Resampling.BILINEAR)).sum(axis=1)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    coarse = max(np.arange(-10, 10.1, 1.0), key=sharpness)
    fine = max(np.arange(coarse - 0.8, coarse + 0.81, 0.2), key=sharpness)
    return float(fine) if sharpness(fine) > 1.05 * sharpness(0.0) else 0.0


def _read(image: Image.Image, turn: int, dpi: int) -> Recognised:
    angle = _skew(np.asarray(image))
    straight = image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255) if abs(angle) >= 0.2 else image
    engine = _engine()
    engine.SetImage(straight)
    engine.SetSourceResolution(dpi)
    engine.Recognize()
    parts: list[str] = []
    words: list[Word] = []
    length = 0
    iterator = engine.GetIterator()
    level = tesserocr.RIL
    if iterator is None:
        return Recognised("", (), None)
    for place in tesserocr.iterate_level(iterator, level.WORD):
        try:
            token = place.GetUTF8Text(level.WORD)
        except RuntimeError:
            continue
        box = place.BoundingBox(level.WORD)
        if not token or not token.strip() or box is None:
            continue
        if parts:
            gap = "\n\n" if place.IsAtBeginningOf(level.PARA) else " "
            parts.append(gap)
            length += len(gap)
        x0, y0, x1, y1 = _back(box, straight.size, angle, turn, 72 / dpi)
        words.append(Word(length, length + len(token), x0, y0, x1, y1, float(place.Confidence(level.WORD))))
        parts.append(token)
        length += len(token)
    confidence = float(np.mean([word.confidence for word in words])) if words else None
    if confidence is not None and (confidence < SURE or (len(words) < 4 and confidence < 60)):
        return Recognised("", (), confidence)
    return Recognised("".join(parts), tuple(words), confidence)


def _back(
    box: tuple[int, int, int, int], size: tuple[int, int], angle: float, turn: int, scale: float
) -> tuple[float, float, float, float]:
    """A box of the straightened image as one of the page, in points."""
    width, height = size
    radians = np.deg2rad(angle)
    corners = np.array([(box[0], box[1]), (box[2], box[1]), (box[0], box[3]), (box[2], box[3])], float)
    corners -= (width / 2, height / 2)
    turned = corners @ np.array([[np.cos(radians), np.sin(radians)], [-np.sin(radians), np.cos(radians)]])
    x, y = turned[:, 0] + width / 2, turned[:, 1] + height / 2
    if turn == 90:
        x, y = height - y, x
    elif turn == 270:
        x, y = y, width - x
    elif turn == 180:
        x, y = width - x, height - y
    return float(x.min() * scale), float(y.min() * scale), float(x.max() * scale), float(y.max() * scale)
