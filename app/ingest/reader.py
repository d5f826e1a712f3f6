"""The reader that services use: bytes to ContractText in sandboxed children, and spans back to rectangles."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, replace
from typing import Any

from app.domain.text import ContractText, FileStatus, PageRect, ReadOutcome, View
from app.errors import UserError
from app.ingest.codec import unpack_parsed
from app.ingest.frames import BrokenFrame
from app.ingest.office import office, to_docx
from app.ingest.parsed import ParsedText
from app.ingest.pool import ChildFailed, Pool, cores
from app.ingest.version import INGEST_VERSION, OCR_SETTINGS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_CONVERTED = (
    "LibreOffice on this machine could not read this old Word file, which may be damaged or locked: "
    "save it in Word as .docx, then add it again."
)
_FAILURES = {
    "time": (
        FileStatus.TIMED_OUT,
        "Reading the file took too long and was stopped; save it anew as PDF and add it again.",
    ),
    "memory": (FileStatus.TOO_LARGE, "The file needs more memory than one file may have; split it and add the parts."),
    "stopped": (FileStatus.TIMED_OUT, "Reading the file was stopped; it is taken up at the next run."),
    "crash": (FileStatus.DAMAGED, "The file is damaged and could not be read; ask for another copy."),
}


class SandboxedReader:
    """A SourceReader whose parsing happens in children without rights. Safe to call from several threads."""

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or cores()
        self._pool = Pool(self._workers)
        self._passwords: dict[str, str] = {}  # of files opened in this session, by SHA-256; never stored

    def read(self, data: bytes, name: str, password: str | None = None) -> ReadOutcome:
        """Read one file. Bad input is a status with a sentence, never an exception."""
        sha256 = hashlib.sha256(data).hexdigest()
        password = password or self._passwords.get(sha256)
        if not data:
            return ReadOutcome(FileStatus.EMPTY, sha256, reason="The file is empty.")
        if data.startswith(OLE) and name.lower().endswith((".doc", ".dot")) and office() is not None:
            converted = to_docx(data)
            if converted is None:
                return ReadOutcome(FileStatus.DAMAGED, sha256, reason=_NOT_CONVERTED)
            return self._from_office(converted, sha256, name)
        request: dict[str, Any] = {"op": "read", "name": name.rsplit("/", 1)[-1][-200:], "password": password}
        try:
            header, blobs = self._pool.ask(request | {"defer": self._workers > 1}, [data])
            if "recognise" in header:
                header, blobs = self._pool.ask(request | self._recognise(data, password, header["recognise"]), [data])
            parsed = unpack_parsed(header, blobs)
        except ChildFailed as failure:
            status, reason = _FAILURES[failure.why]
            return ReadOutcome(status, sha256, reason=reason)
        except BrokenFrame:
            status, reason = _FAILURES["crash"]
            return ReadOutcome(status, sha256, reason=reason)
        if password and parsed.status in (FileStatus.READ, FileStatus.PARTLY_READ):
            self._passwords[sha256] = password
        form = _format(data, name)
        return ReadOutcome(
            parsed.status, sha256,
            _text(parsed.accepted, sha256, View.ACCEPTED, form), _text(parsed.original, sha256, View.ORIGINAL, form),
            parsed.reason, parsed.attachments,
        )  # fmt: skip

    def _from_office(self, converted: bytes, sha256: str, name: str) -> ReadOutcome:
        """What LibreOffice made of an old Word file, as the text of the old one."""
        outcome = self.read(converted, f"{name}.docx")

        def of_source(text: ContractText | None) -> ContractText | None:
            if text is None:
                return None
            said = ("An old Word file, read through LibreOffice on this machine.", *text.warnings)
            return replace(text, source_sha256=sha256, format="doc", warnings=said, text_id="")

        return replace(
            outcome, sha256=sha256, accepted=of_source(outcome.accepted), original=of_source(outcome.original)
        )

    def _recognise(self, data: bytes, password: str | None, wanted: Any) -> dict[str, Any]:
        """Pages that are images, read by several children; a page that could not be read is lost, not the file."""
        if not isinstance(wanted, list) or not all(isinstance(number, int) for number in wanted):
            raise BrokenFrame
        size = max(1, -(-len(wanted) // (2 * self._workers)))  # two turns each: pages take unequal time
        parts = [wanted[at : at + size] for at in range(0, len(wanted), size)]
        recognised: list[Any] = []
        lost: list[int] = []

        def read(pages: list[int]) -> None:
            try:
                answer, _ = self._pool.ask({"op": "recognise", "pages": pages, "password": password}, [data])
                recognised.extend(answer["recognised"])
            except (ChildFailed, KeyError, TypeError):
                lost.extend(pages)

        with ThreadPoolExecutor(self._workers, thread_name_prefix="recognise") as threads:
            list(threads.map(read, parts))
        return {"recognised": recognised, "lost": lost}

    def locate(self, data: bytes, text: ContractText, start: int, end: int) -> list[PageRect]:
        """One rectangle per line under [start, end); [] where the format has no pages of its own."""
        if text.page_source != "pdf":
            return []
        lengths = [[page.number, page.end - page.start] for page in text.pages if page.ocr]
        request: dict[str, Any] = {
            "op": "locate", "start": start, "end": end, "ocr_lengths": lengths,
            "boxes": [astuple(box) for box in text.boxes if box.start < end and box.end > start],
        }  # fmt: skip
        answer, _ = self._ask(request, data)
        try:
            return [PageRect(int(p), float(a), float(b), float(c), float(d)) for p, a, b, c, d in answer["rectangles"]]
        except (KeyError, TypeError, ValueError):
            raise UserError("The place could not be found on the page; the file may be damaged.") from None

    def page_sizes(self, data: bytes) -> list[tuple[float, float]]:
        """Width and height of every page in points."""
        answer, _ = self._ask({"op": "sizes"}, data)
        return [(float(width), float(height)) for width, height in answer["sizes"]]

    def render(self, data: bytes, page: int, scale: float) -> tuple[int, int, bytes]:
        """Width, height and RGB rows of a page (from 1) at `scale` pixels per point."""
        answer, blobs = self._ask({"op": "render", "page": page, "scale": scale}, data)
        width, height = int(answer["width"]), int(answer["height"])
        if len(blobs) != 1 or len(blobs[0]) != width * height * 3:
            raise UserError("The page could not be shown.")
        return width, height, blobs[0]

    def _ask(self, request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
        password = self._passwords.get(hashlib.sha256(data).hexdigest())
        try:
            return self._pool.ask(request | {"password": password}, [data])
        except ChildFailed:
            raise UserError("The page could not be shown; the file may be damaged.") from None

    @property
    def passwords(self) -> dict[str, str]:
        """The passwords that opened files here, by the files' SHA-256."""
        return dict(self._passwords)

    def remember(self, passwords: Mapping[str, str]) -> None:
        """Use these passwords, by SHA-256, for files that need one."""
        self._passwords.update(passwords)

    def unlock(self, data: bytes, password: str) -> bool:
        """Whether the password opens this PDF; if so it is used for it from now on."""
        sha256 = hashlib.sha256(data).hexdigest()
        before = self._passwords.get(sha256)
        self._passwords[sha256] = password
        try:
            self.page_sizes(data)
        except UserError:
            self._passwords.pop(sha256)
            if before is not None:
                self._passwords[sha256] = before
            return False
        return True

    def stop(self) -> None:
        """End what is being read now; what is then returned is no outcome of the file."""
        self._pool.stop()

    def close(self) -> None:
        """End the children."""
        self._pool.close()


def _format(data: bytes, name: str) -> str:
    if b"%PDF-" in data[:1024] and data[:4] != b"PK\x03\x04":
        return "pdf"
    return name.rsplit(".", 1)[-1].lower() if "." in name else "txt"


def _text(parsed: ParsedText | None, sha256: str, view: View, form: str) -> ContractText | None:
    if parsed is None:
        return None
    return ContractText(
        source_sha256=sha256, ingest_version=INGEST_VERSION, view=view, ocr_settings=OCR_SETTINGS, text=parsed.text,
        format=form, pages=parsed.pages, page_source=parsed.page_source, marks=parsed.marks, warnings=parsed.warnings,
        boxes=parsed.boxes,
    )  # fmt: skip
