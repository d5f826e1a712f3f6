"""An open matter whose documents are read and assessed in a child process, so that the window's own stays free."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain.progress import CancelToken, ItemStatus, Progress
from app.errors import Cancelled, UserError
from app.services import session_frames
from app.services.api import AnalyzeOptions
from app.services.session import LocalSession
from app.services.session_link import ChildLine, Died, Line
from app.storage.app_database import AppDatabase
from app.storage.database import MatterDatabase

STOPPED = "The analysis stopped unexpectedly twice; what was finished is kept. Add the documents again to go on."
FAILED = "This stopped unexpectedly and nothing was written; try it once more."
_POLL = 0.1
_IN_HAND = (ItemStatus.SCREENING, ItemStatus.MODEL)
_MOST = 20  # contracts that may be left before the fault is not theirs


class ApartSession(LocalSession):
    """As LocalSession. A child that dies is started again; the contract it dies of twice is left, and said to be."""

    def __init__(
        self, database: MatterDatabase, settings: AppDatabase, start: Callable[[], Line] = ChildLine
    ) -> None:  # fmt: skip
        super().__init__(database, settings)
        self._start = start
        self._line: Line | None = None
        self._busy = threading.Lock()  # held while the line works for an import

    def analyze(self, paths: Sequence[Path], options: AnalyzeOptions, cancel: CancelToken) -> Iterator[Progress]:
        """Import and analyse; see services.api."""
        while not self._busy.acquire(timeout=_POLL):  # a report is being written
            cancel.check()
        try:
            yield from self._until_done(paths, options, cancel)
        finally:
            self._busy.release()

    def _until_done(self, paths: Sequence[Path], options: AnalyzeOptions, cancel: CancelToken) -> Iterator[Progress]:
        falls: Counter[str] = Counter()
        while True:
            hand = ""
            try:
                for step in self._once(paths, options, cancel):
                    hand = step.item if step.status in _IN_HAND else "" if step.item == hand else hand
                    yield step
            except Died:
                self._hang_up()
                falls[hand] += 1
                if falls[hand] < 2:
                    continue
                if not hand or len(options.left) >= _MOST:
                    raise UserError(STOPPED) from None
                options = replace(options, left=(*options.left, hand))
            else:
                return

    def _once(self, paths: Sequence[Path], options: AnalyzeOptions, cancel: CancelToken) -> Iterator[Progress]:
        given = replace(options, passwords=self.passwords | options.passwords)
        if self._line is None:
            self._line = self._start()
        line = self._line
        try:
            asked = {"paths": session_frames.paths_there(paths), "options": session_frames.options_there(given)}
            yield from line.ask(self._request("analyze") | asked, cancel)
        except Cancelled:
            if line.ended:  # it was deaf to being cancelled
                self._line = None
            raise
        except GeneratorExit:
            self._hang_up()  # nobody listens any more
            raise
        self.remember(line.passwords)

    def export(self, form: str, target: Path, *, final: bool = False, reviewer: str | None = None) -> Path:
        """Write one form of the review; whole or not at all."""
        asked = {"form": form, "target": str(target.absolute()), "final": final, "reviewer": reviewer}
        return Path(self._aside(self._request("export") | asked | {"passwords": self.passwords}))

    def correct_value(self, contract_id: str, clause_type: str, quote: str, typed: str, user: str) -> None:
        """The lawyer's own value for a clause; what follows from it is reckoned again at once."""
        self._aside(self._request("correct") | {"correction": [contract_id, clause_type, quote, typed, user]})

    def _aside(self, request: dict[str, Any]) -> str:
        """What a short request gives; beside an import that runs, from a child of its own."""
        free = self._busy.acquire(blocking=False)
        try:
            if free and (self._line is None or self._line.ended):
                self._line = self._start()
            line = self._line if free and self._line is not None else self._start()
            try:
                list(line.ask(request, CancelToken()))
                return line.result
            except Died:
                raise UserError(FAILED) from None
            finally:
                if not free:
                    line.close()
                elif line.ended:
                    self._line = None
        finally:
            if free:
                self._busy.release()

    def _request(self, op: str) -> dict[str, Any]:
        matter, key = self._database.handover
        folder = str(self._settings.folder)
        return {"op": op, "matter": str(matter), "key": key.hex() if key is not None else None, "data": folder}

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def close(self) -> None:
        """End the child first: who holds the matter's lock closes its file last."""
        self._hang_up()
        super().close()
