"""A page as an image, and what can be told from the image alone. Runs in the sandboxed child only."""

from __future__ import annotations

import numpy as np
import pymupdf
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import gaussian_filter

DPI = 300
MAX_PIXELS = 40_000_000


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


def skew(grey: NDArray[np.uint8]) -> float:
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
