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
from scipy.ndimage import gaussian_filter

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
    if noisy and scanned_at is not None:
        pixels = _own_pixels(page, _render(page, scanned_at))
        native = _image(pixels, 0.0)
        image, dpi = _larger(_image(_smooth(pixels), 0.0), 2), 2 * scanned_at
    else:
        image, dpi = _image(grey, 0.0), DPI
    best = _read(image, 0, dpi)
    if best.confidence is None or best.confidence < 55:  # sideways or upside down?
        for turn in (90, 270, 180):
            other = _read(image.rotate(turn, expand=True, fillcolor=255), turn, dpi)
            if (other.confidence or 0) * len(other.words) > 1.2 * (best.confidence or 0) * len(best.words):
                best = other
    elif noisy and best.words and scanned_at is not None:
        one_block = _one_column(best)
        readings = [best, *_other_readings(native, scanned_at, one_block)]
        if one_block:  # all in the same order: the surest leads
            readings.sort(key=lambda reading: -(reading.confidence or 0.0))
        best = vote(readings)
    return best


def _smooth(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Noise between neighbouring pixels evened out."""
    smooth: NDArray[np.float32] = gaussian_filter(grey.astype(np.float32), 0.7)
    return np.clip(smooth, 0, 255).astype(np.uint8)


def _larger(image: Image.Image, factor: int) -> Image.Image:
    return image.resize((image.width * factor, image.height * factor), Image.Resampling.BICUBIC)


def _one_column(page: Recognised) -> bool:
    """Whether words stand at every place across the middle of the page, so that it can be read as one block."""
    left, right = min(word.x0 for word in page.words), max(word.x1 for word in page.words)
    cover = np.zeros(20)
    for word in page.words:
        first, last = ((x - left) / max(1.0, right - left) * 19.99 for x in (word.x0, word.x1))
        cover[int(first) : int(last) + 1] += 1
    return bool(cover[5:13].min() > 0.2 * cover.max())


def _other_readings(native: Image.Image, scanned_at: int, one_block: bool) -> list[Recognised]:
    """A noisy scan enlarged in two other ways: their errors differ."""
    mode = tesserocr.PSM.SINGLE_BLOCK if one_block else tesserocr.PSM.AUTO
    return [
        _read(_larger(native, factor).filter(ImageFilter.GaussianBlur(0.6 * factor)), 0, factor * scanned_at, mode)
        for factor in (2, 3)
    ]


def _render(page: pymupdf.Page, dpi: int) -> NDArray[np.uint8]:
    """The page in grey, at most MAX_PIXELS large."""
    wide, high = page.rect.width / 72 * dpi, page.rect.height / 72 * dpi
    if wide * high > MAX_PIXELS:
        raise ValueError("page too large to be read as an image")
    pixmap = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY, alpha=False)
    return np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)[:, : pixmap.width]


def _own_pixels(page: pymupdf.Page, rendered: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The scan's pixels as they were stored, where the page is nothing else; drawing them anew blurs what is coarse."""
    images = page.get_image_info(xrefs=True)
    if len(images) != 1 or page.rotation or page.get_text("text").strip():
        return rendered
    a, b, c, d, _, _ = images[0]["transform"]
    box, xref = pymupdf.Rect(images[0]["bbox"]), images[0]["xref"]
    if not xref or b or c or a <= 0 or d <= 0 or max(abs(x - y) for x, y in zip(box, page.rect, strict=True)) > 3:
        return rendered
    pixmap = pymupdf.Pixmap(page.parent, xref)
    if pixmap.alpha or pixmap.colorspace is None or pixmap.width * pixmap.height > MAX_PIXELS:
        return rendered
    grey = pixmap if pixmap.n == 1 else pymupdf.Pixmap(pymupdf.csGRAY, pixmap)
    return np.frombuffer(grey.samples, np.uint8).reshape(grey.height, grey.stride)[:, : grey.width]


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
    rough, fine = _strokes(image, 450), _strokes(image, 900)
    coarse = max(np.arange(-10, 10.1, 1.0), key=lambda angle: _sharpness(rough, angle))
    found = max(np.arange(coarse - 0.8, coarse + 0.81, 0.2), key=lambda angle: _sharpness(fine, angle))
    return float(found) if _sharpness(fine, found) > 1.05 * _sharpness(fine, 0.0) else 0.0


def _strokes(image: Image.Image, size: int) -> Image.Image:
    """The ink alone, on an image of about this size."""
    small = image.reduce(max(1, max(image.size) // size))
    ink = 255 - np.asarray(small, np.float32)
    return Image.fromarray(np.where(ink > ink.mean() + ink.std(), ink, 0))


def _sharpness(ink: Image.Image, angle: float) -> float:
    """How much the rows differ when the image is turned: most where they are lines of text."""
    rows = np.asarray(ink.rotate(angle, resample=Image.Resampling.BILINEAR)).sum(axis=1)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())


def _read(image: Image.Image, turn: int, dpi: int, mode: int = tesserocr.PSM.AUTO) -> Recognised:
    angle = _skew(np.asarray(image))
    straight = image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255) if abs(angle) >= 0.2 else image
    engine = _engine()
    engine.SetPageSegMode(mode)
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
        sure, known = float(place.Confidence(level.WORD)), bool(place.WordIsFromDictionary())
        words.append(Word(length, length + len(token), x0, y0, x1, y1, sure, known))
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
