"""Whether a page's text layer says what the page shows, or its image must be read. Runs in the sandboxed child."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pymupdf

from app.ingest.ocr_vote import Recognised
from app.ingest.pdf_lines import Line, image_share

FEW_CHARACTERS = 20  # fewer letters than this beside an image: a scanned page
STAMP_CHARACTERS = 200  # so few over a full-page image: a scan with a stamp, such as an envelope number
BROKEN_SHARE = 0.2
_DRAWINGS = 400  # so many strokes without a letter: words drawn as outlines
_PROSE = 200  # letters from which the usual words must turn up
_LEAST_USUAL = 0.04  # share of words that are among the usual ones; contracts have 0.3 and more
_PICTURE_SHARE = 0.15  # of the page that a picture covers which may hold words
_INK, _INK_SHARE = 60, 0.005  # grey levels darker than its ground, and part of it, that make a picture more than a tint
_SURE, _FEWEST_WORDS = 70, 20
_WORD = re.compile(r"[^\W\d_]+")
_BAD = re.compile(r"[\x00-\x1f\ue000-\uf8ff\ufffd]")  # no character, of a font's own, or a control
# What no page of prose goes without, in the languages that a deal folder may hold.
_USUAL_WORDS = """
the of and to in or a by for be is this that with any as on not shall agreement such party its no if it der die und das
den des von mit zu ist de la le les et du en un une el los las y del que por con il di che e per non i het een van dat o
da do os um uma og att det som av
"""
_USUAL = frozenset(_USUAL_WORDS.split())


def needs_ocr(page: pymupdf.Page, lines: Sequence[Line]) -> bool:
    """Whether the page is an image, or its text layer is broken beyond use."""
    letters = "".join("".join(line.text.split()) for line in lines)
    if len(letters) < FEW_CHARACTERS:
        return image_share(page) > 0.3 or len(page.get_drawings()) > _DRAWINGS
    if len(letters) < STAMP_CHARACTERS and image_share(page) > 0.6:
        return True
    return len(_BAD.findall(letters)) > BROKEN_SHARE * len(letters)


def doubtful(lines: Sequence[Line]) -> bool:
    """Whether a text layer has many words and hardly a usual one: a wrong encoding, or a poor scan's own layer."""
    words = _words(" ".join(line.text for line in lines))
    return sum(map(len, words)) >= _PROSE and _usual(words) < _LEAST_USUAL


def usual_share(text: str) -> float:
    """Part of the words that are among the usual ones, 0 to 1."""
    return _usual(_words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _usual(words: Sequence[str]) -> float:
    return sum(map(_USUAL.__contains__, words)) / max(1, len(words))


def garbled_share(text: str) -> float:
    """Part of the tokens that no writer would write: signs and digits amid letters, no vowel, odd capitals."""
    tokens = text.split()
    return sum(bool(_garbled(token)) for token in tokens) / max(1, len(tokens))


def _garbled(token: str) -> bool:
    core = token.strip(".,;:!?()[]{}\"'\u201c\u201d\u2018\u2019*-\u2013\u2014/_$\u00a3\u20ac%#&")
    if not core:
        return len(token) == 1 and token not in "-\u2013\u2014&*_$%/\u2022"
    if core.isascii() and core.isalpha():
        if len(core) == 1:
            return core not in "aAI" and not core.isupper()
        return (
            (len(core) > 3 and not re.search("[aeiouyAEIOUY]", core))
            or bool(re.search(r"[a-z][A-Z][a-z]", core) and not core[0].isupper())
            or bool(re.search(r"(.)\1\1", core))
        )
    return bool(re.search(r"[A-Za-z][0-9|\\~^<>={}]+[A-Za-z]|[|\\~^<>{}\ufffd]", core))


def poor_scan_layer(page: pymupdf.Page, lines: Sequence[Line]) -> bool:
    """Whether this is another program's recognition of a scan that went badly enough to try our own."""
    unseen = sum(line.layer for line in lines)
    if not unseen or unseen < 0.5 * len(lines):
        return False
    text = " ".join(line.text for line in lines)
    return len(text.split()) >= 20 and garbled_share(text) > 0.08


def picture_to_read(page: pymupdf.Page, lines: Sequence[Line]) -> pymupdf.Rect | None:
    """A large picture beside the page's own words that may hold words itself: an exhibit or a letter pasted in."""
    if not page.get_images() or any(line.layer for line in lines):
        return None
    boxes = [pymupdf.Rect(info["bbox"]) & page.rect for info in page.get_image_info()]
    box = max(boxes, key=lambda rect: float(rect.get_area()), default=None)
    if box is None or box.get_area() < _PICTURE_SHARE * page.rect.get_area():
        return None
    pixmap = page.get_pixmap(dpi=72, colorspace=pymupdf.csGRAY, alpha=False)
    grey = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)[:, : pixmap.width].copy()
    for line in lines:
        if line.way == 0:
            grey[max(0, int(line.y0) - 1) : int(line.y1) + 2, max(0, int(line.x0) - 1) : int(line.x1) + 2] = 255
    inside = grey[max(0, int(box.y0)) : int(box.y1), max(0, int(box.x0)) : int(box.x1)]
    return box if inside.size and (inside < np.median(inside) - _INK).mean() > _INK_SHARE else None


def has_words(picture: pymupdf.Rect, ours: Recognised, lines: Sequence[Line]) -> bool:
    """Whether the recognised page has prose in the picture, and hardly a word less than the text layer."""
    middles = [((w.x0 + w.x1) / 2, (w.y0 + w.y1) / 2) for w in ours.words if w.confidence >= _SURE]
    inside = [middle for middle in middles if picture.contains(pymupdf.Point(*middle))]
    known = sum(len(line.text.split()) for line in lines if _within(line, picture))
    words = sum(len(line.text.split()) for line in lines)
    return len(inside) - known >= _FEWEST_WORDS and len(ours.words) >= words


def _within(line: Line, box: pymupdf.Rect) -> bool:
    return bool(box.contains(pymupdf.Point((line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2)))


def reads_better(ours: str, theirs: str) -> bool:
    """Whether our recognition gives more sense than the text layer: more usual words, fewer garbled ones."""
    if len(ours.split()) < 0.3 * len(theirs.split()):
        return False
    return usual_share(ours) - garbled_share(ours) > usual_share(theirs) - garbled_share(theirs) + 0.02
