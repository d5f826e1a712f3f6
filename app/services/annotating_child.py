"""The child that puts highlights into copies of PDFs: restricted like the parser, since it opens the same bytes."""

from __future__ import annotations

import datetime as dt
import os
import sys
from typing import Any

from app import sandbox
from app.domain.text import PageRect
from app.ingest import frames
from app.report.annotate import CopyNote

MODULE = "app.services.annotating_child"


def pack(notes: list[tuple[CopyNote, list[PageRect]]], made: dt.datetime, password: str | None) -> dict[str, Any]:
    """The request's header; the PDF travels as its one blob."""
    rows = [
        {
            "author": note.author, "body": note.body, "severity": note.severity,
            "places": [[r.page, r.x0, r.y0, r.x1, r.y1] for r in places],
        }
        for note, places in notes
    ]  # fmt: skip
    return {"op": "annotate", "notes": rows, "made": made.isoformat(), "password": password}


def answer(request: dict[str, Any], data: bytes) -> bytes:
    """The copy with its highlights; ValueError where the PDF cannot be opened."""
    from app.report.annotate_pdf import annotate_pdf

    notes = [
        (
            CopyNote(0, 0, "", row["author"], row["body"], row["severity"]),
            [PageRect(int(page), x0, y0, x1, y1) for page, x0, y0, x1, y1 in row["places"]],
        )
        for row in request["notes"]
    ]
    return annotate_pdf(data, notes, dt.datetime.fromisoformat(request["made"]), request["password"])


def main() -> None:
    """Serve until the parent closes the pipe."""
    answers, requests = os.fdopen(os.dup(1), "wb"), sys.stdin.buffer
    os.dup2(2, 1)  # a library that prints must not speak into the frames
    import app.report.annotate_pdf  # noqa: F401  everything is imported while files may still be opened freely

    held = sandbox.restrict(sandbox.own_code())
    frames.send(answers, {"ready": held})
    while True:
        try:
            request, blobs = frames.receive(requests)
        except frames.BrokenFrame:
            return
        header: dict[str, Any]
        payload: list[bytes]
        try:
            header, payload = {"done": True}, [answer(request, blobs[0])]
        except MemoryError:
            header, payload = {"error": "memory"}, []
        except Exception as error:  # the parent turns it into a sentence; details could hold contract text
            header, payload = {"error": type(error).__name__}, []
        frames.send(answers, header, payload)


if __name__ == "__main__":
    main()
