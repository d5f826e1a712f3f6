"""A page as an image, and what can be told from the image alone. Runs in the sandboxed child only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pymupdf
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import gaussian_filter

DPI = 280  # the engine reads lines 36 pixels high: more only takes longer
MAX_PIXELS = 40_000_000
Ink = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float32]]  # x, y, darkness of each dark pixel


def render(page: pymupdf.Page, dpi: int) -> NDArray[np.uint8]:
    """The page in grey, at most MAX_PIXELS large."""
    wide, high = page.rect.width / 72 * dpi, page.rect.height / 72 * dpi
    if wide * high > MAX_PIXELS:
        raise ValueError("page too large to be read as an image")
    pixmap = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY, alpha=False)
    return np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)[:, : pixmap.width]


def own_pixels(page: pymupdf.Page, rendered: NDArray[np.uint8]) -> NDArray[np.uint8]:
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


def scan_dpi(page: pymupdf.Page) -> int | None:
    """The resolution of the image that fills the page; None where there is none of a scanner's kind."""
    for info in page.get_image_info():
        width = info["bbox"][2] - info["bbox"][0]
        if width > 0.8 * page.rect.width:
            dpi = round(info["width"] / width * 72)
            return dpi if 60 <= dpi <= DPI else None
    return None


def is_blank(grey: NDArray[np.uint8]) -> bool:
    """No ink but noise: after averaging over small squares nothing is dark."""
    height, width = (grey.shape[0] // 6) * 6, (grey.shape[1] // 6) * 6
    if not height or not width:
        return True
    small = grey[:height, :width].reshape(height // 6, 6, width // 6, 6).mean(axis=(1, 3))
    dark = small < np.median(small) - 40
    return bool(dark.mean() < 0.0004)


def noise_of(grey: NDArray[np.uint8]) -> float:
    """Median difference of neighbouring pixels on the paper, in grey levels: nought on a clean page."""
    paper = grey[:, ::3].astype(np.int16)
    steps = np.abs(np.diff(paper, axis=0))
    return float(np.median(steps))


def smooth(grey: NDArray[np.uint8], width: float) -> NDArray[np.uint8]:
    """Noise between neighbouring pixels evened out over a bell `width` pixels wide."""
    even: NDArray[np.float32] = gaussian_filter(grey.astype(np.float32), width)
    return np.clip(even, 0, 255).astype(np.uint8)


def larger(image: Image.Image, factor: float) -> Image.Image:
    """The image enlarged, its edges kept smooth."""
    size = (round(image.width * factor), round(image.height * factor))
    return image.resize(size, Image.Resampling.BICUBIC)


def as_image(grey: NDArray[np.uint8]) -> Image.Image:
    """The same pixels for the engine."""
    return Image.fromarray(np.ascontiguousarray(grey))


@dataclass(frozen=True, slots=True)
class Lie:
    """How the lines of text lie: `steep` above 1 says up or down the page; by `askew` degrees, once they run across."""

    steep: float
    askew: float


def lie(image: Image.Image) -> Lie:
    """Told by the sharpest profile of ink, row by row and column by column; within 10 degrees either way."""
    rough, fine = _ink(image, 450), _ink(image, 900)
    across, along = _sharpest(rough), _sharpest(_on_end(rough))
    steep = along[1] / max(1.0, across[1])
    coarse, ink = (across[0], fine) if steep <= 1 else (along[0], _on_end(fine))
    angles = np.arange(coarse - 0.8, coarse + 0.81, 0.2)
    found = max(angles, key=lambda angle: _sharpness(ink, angle))
    sure = _sharpness(ink, found) > 1.05 * _sharpness(ink, 0.0)
    return Lie(steep, float(found) if sure and abs(found) >= 0.2 else 0.0)


def some_lines(image: Image.Image, share: float) -> Image.Image:
    """From the middle of a level page the band, about `share` of its height, in which rows differ most; cut in gaps."""
    ink = 255 - np.asarray(image.reduce(max(1, max(image.size) // 900)), np.float32)
    rows = ink[:, ink.shape[1] // 4 : 3 * ink.shape[1] // 4].sum(axis=1)
    high = round(share * len(rows))
    if high < 2 or len(rows) <= 2 * high:
        return image
    steps = np.concatenate(([0.0], np.diff(rows) ** 2)).cumsum()
    start = int(np.argmax(steps[high:] - steps[:-high]))
    top, foot = (max(0, at - high // 2) + int(np.argmin(rows[max(0, at - high // 2) : at + high // 2 + 1]))
                 for at in (start, start + high))  # fmt: skip
    unit = image.height / len(rows)
    return image.crop((image.width // 4, round(top * unit), 3 * image.width // 4, round((max(foot, top) + 1) * unit)))


def _ink(image: Image.Image, size: int) -> Ink:
    """Where the ink stands on an image of about this size, from its middle, and how much of it."""
    ink = 255 - np.asarray(image.reduce(max(1, max(image.size) // size)), np.float32)
    y, x = np.nonzero(ink > ink.mean() + ink.std())
    return x - ink.shape[1] / 2, y - ink.shape[0] / 2, ink[y, x]


def _on_end(ink: Ink) -> Ink:
    """The same, turned by 90 degrees against the clock."""
    x, y, weight = ink
    return y, -x, weight


def _sharpest(ink: Ink) -> tuple[float, float]:
    """The angle at which rows differ most, and how much."""
    angles = np.arange(-10, 10.1, 1.0)
    sharp = [_sharpness(ink, angle) for angle in angles]
    best = int(np.argmax(sharp))
    return float(angles[best]), sharp[best]


def _sharpness(ink: Ink, angle: float) -> float:
    """How much the rows differ when the image is turned: most where they are lines of text."""
    x, y, weight = ink
    if not len(x):
        return 0.0
    radians = np.deg2rad(angle)
    level = y * np.cos(radians) - x * np.sin(radians)
    level -= level.min()
    whole = level.astype(np.intp)
    part = level - whole
    rows = np.bincount(whole, weight * (1 - part), int(whole.max()) + 2)
    rows[1:] += np.bincount(whole, weight * part, len(rows) - 1)[: len(rows) - 1]
    return float(((rows[1:] - rows[:-1]) ** 2).sum())
