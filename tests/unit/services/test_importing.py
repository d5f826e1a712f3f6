"""Stop is heard while a file is being read, and what was being read is stored nowhere."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest

from app.domain.progress import CancelToken
from app.domain.text import ContractText, FileStatus, PageRect, ReadOutcome
from app.errors import Cancelled
from app.services.importing import Source, import_sources, largest_first


class SlowReader:
    """Reads until it is stopped, as a long scan would."""

    def __init__(self) -> None:
        self.began, self.stopped = threading.Event(), threading.Event()

    def read(self, data: bytes, name: str, password: str | None = None) -> ReadOutcome:
        self.began.set()
        assert self.stopped.wait(30)
        return ReadOutcome(FileStatus.TIMED_OUT, "ab" * 32, reason="Stopped.")

    def locate(self, data: bytes, text: ContractText, start: int, end: int) -> list[PageRect]:
        return []

    def stop(self) -> None:
        self.stopped.set()


class EmptyMatter:
    """A database that must not be written to."""

    def documents(self) -> list[Any]:
        return []


def test_stop_ends_what_is_being_read_and_stores_nothing_of_it() -> None:
    reader, token = SlowReader(), CancelToken()
    steps = import_sources(
        [Source("long scan.pdf", data=b"%PDF")], EmptyMatter(), reader, workers=1, passwords={}, cancel=token,
        stop=reader.stop,
    )  # fmt: skip
    threading.Thread(target=lambda: reader.began.wait(30) and token.cancel(), daemon=True).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        list(steps)
    assert reader.stopped.is_set()
    assert time.monotonic() - began < 20  # far less than reading would take; the machine may be busy


def test_a_file_is_told_of_when_its_reading_begins() -> None:
    reader, token = SlowReader(), CancelToken()
    given = Source("long scan.pdf", data=b"%PDF")
    steps = import_sources(
        [given], EmptyMatter(), reader, workers=1, passwords={}, cancel=token, stop=reader.stop
    )  # fmt: skip
    assert next(steps) is given
    steps.close()
    assert reader.stopped.is_set()


def test_the_largest_file_is_begun_first_and_equal_ones_keep_their_order() -> None:
    sizes = {"a.pdf": 10, "b.pdf": 500, "c.pdf": 10, "d.pdf": 20}
    given = [Source(name, data=b"x" * size) for name, size in sizes.items()]
    assert [source.path for source in largest_first(given)] == ["b.pdf", "d.pdf", "a.pdf", "c.pdf"]


def test_a_file_that_is_gone_or_a_folder_that_could_not_be_opened_comes_last(tmp_path: Path) -> None:
    there = tmp_path / "there.txt"
    there.write_bytes(b"words")
    given = [Source("gone", tmp_path / "gone"), Source("closed/", reason="Closed."), Source("there.txt", there)]
    assert [source.path for source in largest_first(given)] == ["there.txt", "gone", "closed/"]
