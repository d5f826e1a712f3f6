"""An open matter whose documents are read and assessed in a child process, so that the window's own stays free."""

from __future__ import annotations

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

    def analyze(self, paths: Sequence[Path], options: AnalyzeOptions, cancel: CancelToken) -> Iterator[Progress]:
        """Import and analyse; see services.api."""
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
            yield from line.ask(self._request(paths, given), cancel)
        except Cancelled:
            if line.ended:  # it was deaf to being cancelled
                self._line = None
            raise
        except GeneratorExit:
            self._hang_up()  # nobody listens any more
            raise
        if line.passwords:
            self._viewer.remember(line.passwords)

    def _request(self, paths: Sequence[Path], options: AnalyzeOptions) -> dict[str, Any]:
        matter, key = self._database.handover
        return {
            "op": "analyze", "matter": str(matter), "key": key.hex() if key is not None else None,
            "data": str(self._settings.folder), "paths": session_frames.paths_there(paths),
            "options": session_frames.options_there(options),
        }  # fmt: skip

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def close(self) -> None:
        """End the child first: who holds the matter's lock closes its file last."""
        self._hang_up()
        super().close()
