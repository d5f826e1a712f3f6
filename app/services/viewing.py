"""Pages as they look: the original file's bytes, found again and checked, rendered in the viewer child."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.matter import Document
from app.domain.ports import SourceReader
from app.domain.text import ContractText, PageRect
from app.errors import UserError
from app.services.api import PageImage

if TYPE_CHECKING:
    from app.ingest.reader import SandboxedReader

KEPT_DOCUMENTS = 4  # bytes of the documents looked at last
INSIDE = "\x00"  # in a stored location, between an archive's path and a name inside it


def source_bytes(document: Document, reader: SourceReader) -> bytes:
    """The document's own bytes, from wherever it was imported; raises UserError where they are gone or changed."""
    for location in document.files:
        path, *inside = location.split(INSIDE)
        try:
            data = Path(path).read_bytes()
        except OSError:
            continue
        for name in inside:
            found = dict(reader.read(data, path).attachments).get(name)
            if found is None:
                break
            data, path = found, name
        if hashlib.sha256(data).hexdigest() == document.sha256:
            return data
    raise UserError(
        "The original file has moved or was changed since it was imported; import it again to see its pages."
    )


class Viewer:
    """Renders pages and finds rectangles in a child of its own, warm, one document at a time."""

    def __init__(self) -> None:
        self._reader: SandboxedReader | None = None
        self._bytes: OrderedDict[str, bytes] = OrderedDict()

    def _child(self) -> SandboxedReader:
        if self._reader is None:
            from app.ingest.reader import SandboxedReader

            self._reader = SandboxedReader(workers=1)
        return self._reader

    def _data(self, document: Document) -> bytes:
        if document.sha256 not in self._bytes:
            self._bytes[document.sha256] = source_bytes(document, self._child())
            while len(self._bytes) > KEPT_DOCUMENTS:
                self._bytes.popitem(last=False)
        self._bytes.move_to_end(document.sha256)
        return self._bytes[document.sha256]

    def remember(self, passwords: Mapping[str, str]) -> None:
        """Use these passwords, by SHA-256, for documents that need one."""
        self._child().remember(passwords)

    def unlock(self, document: Document, password: str) -> bool:
        """Whether the password opens the document; if so it is used for it from now on."""
        return self._child().unlock(self._data(document), password)

    @property
    def passwords(self) -> dict[str, str]:
        """The passwords that opened documents here, by SHA-256."""
        return self._reader.passwords if self._reader is not None else {}

    def page_image(self, document: Document, page: int, scale: float) -> PageImage:
        """A page (from 1) at `scale` pixels per point."""
        width, height, rgb = self._child().render(self._data(document), page, scale)
        return PageImage(page, width, height, scale, rgb)

    def page_sizes(self, document: Document) -> list[tuple[float, float]]:
        """Width and height of every page in points."""
        return self._child().page_sizes(self._data(document))

    def rectangles(self, document: Document, text: ContractText, start: int, end: int) -> list[PageRect]:
        """Where [start, end) of the text stands."""
        return self._child().locate(self._data(document), text, start, end)

    def close(self) -> None:
        """End the child."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
