"""Words from page images, by Tesseract. Runs in the sandboxed child only."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np
import pymupdf
import tesserocr
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from app.ingest.ocr_image import (
    DPI,
    as_image,
    is_blank,
    larger,
    lie,
    noise_of,
    own_pixels,
    render,
    scan_dpi,
    smooth,
    some_lines,
)
from app.ingest.ocr_vote import Recognised, Word, vote

NOISY = 3.0  # grey levels between neighbouring pixels of the scan itself, from which a page is read in several ways
COARSE_DPI = 140  # finer scans are read better as they are: cleaning harms them
SURE = 30.0  # words below this confidence on a page without sure words are noise
UPRIGHT = 55.0  # mean confidence below which a page may stand sideways or upside down
SURELY = 75.0  # mean confidence of a level reading from which no other turn is tried
STRIP = 1 / 32  # of the page's height: two lines or three, enough to tell whether they stand on their heads
_FEW_WORDS = 6  # with fewer the lines do not tell
FAST, LARGE = "eng", "eng_large"  # Tesseract's two English models: they err on different words


def tessdata() -> Path:
    """The folder of the language data: the fast model from its wheel, the large one where set-up put it."""
    return Path(sys.prefix) / "share" / "tessdata"


def has_large() -> bool:
    """Whether set-up fetched the large model, which reads noisy scans together with the fast one."""
    return (tessdata() / f"{LARGE}.traineddata").is_file()


@lru_cache(maxsize=2)
def _engine(model: str = FAST) -> tesserocr.PyTessBaseAPI:
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    kind = tesserocr.OEM.LSTM_ONLY
    return tesserocr.PyTessBaseAPI(path=str(tessdata()), lang=model, psm=tesserocr.PSM.AUTO, oem=kind)


def recognise_page(
    page: pymupdf.Page, again: Callable[[], None] = lambda: None, *, likely_upright: bool = False
) -> Recognised:
    """The words of a page, straightened and turned upright; nothing where there is only noise.

    Which way up it lies is looked for first unless it is `likely_upright`, as a page with text of its own is; a reading
    that makes no sense is tried the other ways in any case. `again` is called before each reading but the first, so
    that who waits gives it time of its own.
    """
    grey = render(page, DPI)
    if is_blank(grey):
        return Recognised("", (), None)
    scanned_at = scan_dpi(page)
    noisy = scanned_at is not None and scanned_at < COARSE_DPI and noise_of(render(page, scanned_at)) >= NOISY
    if not noisy or scanned_at is None:
        return _upright(as_image(grey), DPI, FAST, again, likely_upright)
    pixels = own_pixels(page, render(page, scanned_at))
    model = LARGE if has_large() else FAST
    best = _upright(larger(as_image(smooth(pixels, 0.6)), 1.5), round(1.5 * scanned_at), model, again, likely_upright)
    if not best.words or best.turn:
        return best
    return _elected(best, pixels, scanned_at, again)


def _upright(image: Image.Image, dpi: int, model: str, again: Callable[[], None], likely: bool) -> Recognised:
    """The reading of the image as it stands, or turned where that makes more sense."""
    given = lie(image)
    first = 90 if given.steep > 1 else 0
    straight = _level(image, first, given.askew)
    over = not likely and _on_its_head(straight, dpi)
    if over:
        straight = straight.rotate(180)
    best = _recognised(straight, first + 180 * bool(over), dpi, model, tesserocr.PSM.AUTO, given.askew)
    if best.confidence is None or best.confidence < UPRIGHT or _sideways(best):
        for turn in (0, 90, 270, 180):
            if turn == best.turn:
                continue
            again()
            other = _read(image, turn, dpi, model=model)
            if _sense(other) > 1.2 * _sense(best):
                best = other
            if (best.confidence or 0.0) >= SURELY and not _sideways(best):
                break
    return best


def _on_its_head(level: Image.Image, dpi: int) -> bool:
    """Whether a few lines of the page make more sense the other way up."""
    band = some_lines(level, STRIP)
    seen = _recognised(band, 0, dpi, FAST, tesserocr.PSM.SINGLE_BLOCK)
    if (seen.confidence or 0.0) >= SURELY and len(seen.words) >= _FEW_WORDS:
        return False
    other = _recognised(band.rotate(180), 0, dpi, FAST, tesserocr.PSM.SINGLE_BLOCK)
    return (
        len(other.words) >= _FEW_WORDS and (other.confidence or 0.0) >= UPRIGHT and _sense(other) > 1.2 * _sense(seen)
    )


def _sense(reading: Recognised) -> float:
    """How much was read, how surely; half of that where the lines are not level, so that no order can be trusted."""
    return (reading.confidence or 0.0) * len(reading.words) * (0.5 if _sideways(reading) else 1.0)


def _sideways(reading: Recognised) -> bool:
    """Whether most words are higher than wide: the engine reads lines that run up or down the page too."""
    long = [word for word in reading.words if word.end - word.start >= 4]
    high = sum(word.y1 - word.y0 > word.x1 - word.x0 for word in long)
    return 2 * (high if reading.turn in (0, 180) else len(long) - high) > len(long)


def _elected(best: Recognised, pixels: NDArray[np.uint8], scanned_at: int, again: Callable[[], None]) -> Recognised:
    """A noisy scan read in other ways too, and each word voted on: their errors differ."""
    if has_large():
        sharp = larger(as_image(smooth(pixels, 0.8)), 2).filter(ImageFilter.UnsharpMask(2.4, 80, 2))
        again()
        readings = [best, _read(sharp, 0, 2 * scanned_at, askew=best.angle)]
        one_block = True
    else:
        one_block = _one_column(best)
        mode = tesserocr.PSM.SINGLE_BLOCK if one_block else tesserocr.PSM.AUTO
        plain = as_image(pixels)
        blurred = {n: larger(plain, n).filter(ImageFilter.GaussianBlur(0.6 * n)) for n in (2, 3)}
        readings = [best]
        for n, image in blurred.items():
            again()
            readings.append(_read(image, 0, n * scanned_at, mode, askew=best.angle))
    if one_block:  # all in the same order: the one with the most sure words leads
        readings.sort(key=lambda reading: -sum(word.confidence for word in reading.words))
    return vote(readings)


def _one_column(page: Recognised) -> bool:
    """Whether words stand at every place across the middle of the page, so that it can be read as one block."""
    left, right = min(word.x0 for word in page.words), max(word.x1 for word in page.words)
    cover = np.zeros(20)
    for word in page.words:
        first, last = ((x - left) / max(1.0, right - left) * 19.99 for x in (word.x0, word.x1))
        cover[int(first) : int(last) + 1] += 1
    return bool(cover[5:13].min() > 0.2 * cover.max())


def _read(
    image: Image.Image, turn: int, dpi: int, mode: int = tesserocr.PSM.AUTO, model: str = FAST,
    askew: float | None = None,
) -> Recognised:  # fmt: skip
    """What the engine sees in the image once it is turned and straightened; words in points of the page as it was."""
    angle = askew if askew is not None else lie(image.rotate(turn, expand=True)).askew
    return _recognised(_level(image, turn, angle), turn, dpi, model, mode, angle)


def _level(image: Image.Image, turn: int, angle: float) -> Image.Image:
    turned = image.rotate(turn, expand=True) if turn else image
    return turned.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255) if angle else turned


def _recognised(straight: Image.Image, turn: int, dpi: int, model: str, mode: int, angle: float = 0.0) -> Recognised:
    """The engine's words of a level image."""
    engine = _engine(model)
    engine.SetPageSegMode(mode)
    engine.SetImage(straight)
    engine.SetSourceResolution(dpi)
    engine.Recognize()
    parts: list[str] = []
    words: list[Word] = []
    length = line = block = 0
    iterator = engine.GetIterator()
    level = tesserocr.RIL
    if iterator is None:
        return Recognised("", (), None)
    for place in tesserocr.iterate_level(iterator, level.WORD):
        line += bool(place.IsAtBeginningOf(level.TEXTLINE))
        block += bool(place.IsAtBeginningOf(level.BLOCK))
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
        words.append(Word(length, length + len(token), x0, y0, x1, y1, sure, known, line, block))
        parts.append(token)
        length += len(token)
    confidence = float(np.mean([word.confidence for word in words])) if words else None
    if confidence is not None and (confidence < SURE or (len(words) < 4 and confidence < 60)):
        return Recognised("", (), confidence)
    return Recognised("".join(parts), tuple(words), confidence, turn, angle)


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
