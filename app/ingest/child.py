"""The parser child: restricted before its first document, it answers requests until its input ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from app import sandbox
from app.ingest import codec, frames


class Worker:
    """Answers requests; keeps the last PDF open, so that pages and rectangles of one document come fast."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._key = ""
        self._document: Any = None
        self._layout: Any = None

    def answer(self, request: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        """One request: read, recognise, locate, render or sizes."""
        kind, data = request["op"], blobs[0]
        if kind == "read":
            return self._read(data, request)
        document = self._open(data, request)
        if kind == "recognise":
            return {"recognised": [self._recognise(document, int(number)) for number in request["pages"]]}, []
        if kind == "sizes":
            return {"sizes": [[page.rect.width, page.rect.height] for page in document]}, []
        if kind == "render":
            import pymupdf

            matrix = pymupdf.Matrix(request["scale"], request["scale"])
            pixmap = document[request["page"] - 1].get_pixmap(matrix=matrix, colorspace=pymupdf.csRGB, alpha=False)
            rows, width = pixmap.samples, pixmap.width * 3
            if pixmap.stride != width:
                rows = b"".join(rows[y * pixmap.stride : y * pixmap.stride + width] for y in range(pixmap.height))
            return {"width": pixmap.width, "height": pixmap.height}, [bytes(rows)]
        from app.ingest.pdf_places import rectangles

        boxes = codec.unpack_boxes(request["boxes"])
        found = rectangles(document, self._layout, boxes, request["start"], request["end"])
        return {"rectangles": [[r.page, r.x0, r.y0, r.x1, r.y1] for r in found]}, []

    def _read(self, data: bytes, request: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        from app.ingest.pdf import ManyScans, Scans

        given = codec.unpack_recognised(request.get("recognised", []))
        scans = Scans(given, frozenset(request.get("lost", [])), bool(request.get("defer")))
        try:
            return codec.pack_parsed(parse(data, request["name"], request.get("password"), self._progress, scans))
        except ManyScans as many:
            return {"recognise": list(many.pages)}, []

    def _recognise(self, document: Any, number: int) -> list[Any]:
        from app.ingest.ocr import recognise_page

        self._progress(True)
        return codec.pack_recognised(number, recognise_page(document[number], lambda: self._progress(True)))

    def _open(self, data: bytes, request: dict[str, Any]) -> Any:
        import hashlib

        from app.ingest.parsed import Parsed
        from app.ingest.pdf import layout_of, open_pdf

        key = hashlib.sha256(data).hexdigest()
        if key != self._key:
            document = open_pdf(data, request.get("password"))
            if isinstance(document, Parsed):
                raise ValueError("not a PDF that opens")
            self._key, self._document, self._layout = key, document, None
        if request["op"] == "locate" and self._layout is None:
            self._layout = layout_of(self._document, dict(request["ocr_lengths"]))
        return self._document

    def _progress(self, recognised: bool) -> None:
        """Tell the parent that a page is done, so that it waits on."""
        frames.send(self._out, {"progress": 1, "ocr": recognised})


def parse(data: bytes, name: str, password: str | None, progress: Callable[[bool], None], scans: Any = None) -> Any:
    """Read a document of any format, recognised by its content."""
    from app.ingest.formats import read_document

    return read_document(data, name, password, progress, scans)


def preload() -> None:
    """Import every parser while files may still be opened freely."""
    import encodings.idna  # noqa: F401
    import encodings.utf_16  # noqa: F401

    import lxml.etree  # noqa: F401

    from app.ingest import archives, docx, formats, odt, pdf, plain, rtf  # noqa: F401


def main() -> None:
    """Serve until the parent closes the pipe."""
    answers, requests = os.fdopen(os.dup(1), "wb"), sys.stdin.buffer
    os.dup2(2, 1)  # a library that prints must not speak into the frames
    os.environ["OMP_THREAD_LIMIT"] = "1"
    preload()
    from app.ingest.ocr import tessdata

    held = sandbox.restrict([*sandbox.own_code(), Path(tessdata())])
    frames.send(answers, {"ready": held})
    worker = Worker(answers)
    while True:
        try:
            request, blobs = frames.receive(requests)
        except frames.BrokenFrame:
            return
        try:
            header, payload = worker.answer(request, blobs)
        except MemoryError:
            header, payload = {"error": "memory"}, []
        except Exception as error:  # the parent turns it into a status; details could hold contract text
            header, payload = {"error": type(error).__name__}, []
        frames.send(answers, header, payload)


if __name__ == "__main__":
    main()
