"""Rendered pages: asked for as they come into sight, kept while there is room."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.services.api import MatterSession, PageImage
from app.ui.jobs import PAGES, Job, Jobs

ROOM = 96 * 1024 * 1024  # bytes of images kept


def as_image(page: PageImage) -> QImage:
    """The page's pixels as a QImage of its own, in the form that is drawn without converting it each time."""
    raw = QImage(page.rgb, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888)
    return raw.convertToFormat(QImage.Format.Format_RGB32)


class PageCache(QObject):
    """Images of one contract's pages."""

    arrived = Signal(int)
    refused = Signal(str)

    def __init__(self, session: MatterSession, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._contract = ""
        self._images: OrderedDict[int, tuple[float, QImage]] = OrderedDict()
        self._waiting: dict[int, tuple[float, Job]] = {}

    def show_contract(self, contract_id: str) -> None:
        """Forget the pages of the one before."""
        self._contract = contract_id
        self._images.clear()
        self.keep_waiting(set())

    def sharp(self, page: int, scale: float) -> bool:
        """Whether a page is there at this very scale."""
        held = self._images.get(page)
        return held is not None and held[0] == scale

    def image(self, page: int) -> QImage | None:
        """What there is of a page, perhaps at another scale."""
        held = self._images.get(page)
        if held is None:
            return None
        self._images.move_to_end(page)
        return held[1]

    def want(self, page: int, scale: float) -> None:
        """Have a page rendered at a scale unless it is there or on its way."""
        held, waiting = self._images.get(page), self._waiting.get(page)
        if (held is not None and held[0] == scale) or (waiting is not None and waiting[0] == scale):
            return
        if waiting is not None:
            waiting[1].cancel()
        contract, session = self._contract, self._session
        job = self._jobs.run(
            PAGES, lambda: as_image(session.page_image(contract, page, scale)),
            lambda image: self._take(contract, page, scale, image),
            failed=lambda sentence, bug: self._refuse(contract, page, sentence), priority=1,
        )  # fmt: skip
        self._waiting[page] = (scale, job)

    def keep_waiting(self, pages: set[int]) -> None:
        """Drop what was asked for and has gone out of sight."""
        for page in [p for p in self._waiting if p not in pages]:
            self._waiting.pop(page)[1].cancel()

    def _take(self, contract: str, page: int, scale: float, image: QImage) -> None:
        if contract != self._contract:
            return
        self._waiting.pop(page, None)
        self._images[page] = (scale, image)
        self._images.move_to_end(page)
        while len(self._images) > 2 and sum(i.sizeInBytes() for _, i in self._images.values()) > ROOM:
            self._images.popitem(last=False)
        self.arrived.emit(page)

    def _refuse(self, contract: str, page: int, sentence: str) -> None:
        if contract == self._contract:
            self._waiting.pop(page, None)
            self.refused.emit(sentence)
