"""Words of pictures and diagrams in a Word file: scanned pages, pasted clauses, SmartArt. In the sandboxed child."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.domain.text import MarkKind
from app.ingest.docx_drawings import Picture
from app.ingest.docx_output import Output
from app.ingest.docx_runs import Asides
from app.ingest.ocr_vote import Recognised
from app.ingest.pdf_trust import usual_share

LOW_CONFIDENCE = 60  # of a word
_MOST = 300  # pictures of one file
_SURE = 45.0  # mean confidence from which a picture is taken to hold words
_LETTERS = 20
_PROSE = 0.08  # share of usual words


class Pictures:
    """Recognises each picture once, however many views of the document ask for it."""

    def __init__(self, data: Mapping[str, bytes], progress: Callable[[bool], None]) -> None:
        self._data = data
        self._progress = progress
        self._known: dict[str, Recognised | None] = {}

    def words(self, picture: Picture) -> Recognised | None:
        """What it says; None where it holds no words, or could not be read."""
        key = picture.identity
        if key not in self._known:
            data = self._data.get(key)
            few = len(self._known) < _MOST
            self._known[key] = self._recognised(data, picture) if data and few else None
        return self._known[key]

    @property
    def read(self) -> int:
        """How many gave words."""
        return sum(words is not None for words in self._known.values())

    def _recognised(self, data: bytes, picture: Picture) -> Recognised | None:
        import pymupdf

        from app.ingest.ocr import recognise_page

        self._progress(True)
        try:
            document = pymupdf.open()
            page = document.new_page(width=picture.width, height=picture.height)
            page.insert_image(page.rect, stream=data)
            found = recognise_page(page)
        except Exception:  # MuPDF and Tesseract raise what they like over a damaged picture
            return None
        letters = sum(c.isalpha() for c in found.text)
        sure = found.confidence is not None and found.confidence >= _SURE
        return found if sure and letters >= _LETTERS and usual_share(found.text) >= _PROSE else None


class Drawn:
    """Puts the words of diagrams and those recognised in pictures after the paragraph, each like a text box."""

    def __init__(self, pictures: Pictures, diagrams: Mapping[str, str]) -> None:
        self._pictures = pictures
        self._diagrams = diagrams

    def write(self, out: Output, asides: Asides, separate: Callable[[], None]) -> None:
        """All that a paragraph holds."""
        for identity in asides.diagrams:
            if words := self._diagrams.get(identity, ""):
                separate()
                start = out.length
                out.put(words)
                out.mark(MarkKind.TEXT_BOX, start, out.length, {"diagram": True})
        for picture in asides.pictures:
            found = self._pictures.words(picture)
            if found is not None:
                separate()
                _put(out, found)


def _put(out: Output, found: Recognised) -> None:
    start = out.length
    out.put(found.text)
    for word in found.words:
        if word.confidence < LOW_CONFIDENCE:
            note = {"confidence": round(word.confidence)}
            out.mark(MarkKind.LOW_CONFIDENCE, start + word.start, start + word.end, dict(note))
    out.mark(MarkKind.TEXT_BOX, start, out.length, {"picture": True})
