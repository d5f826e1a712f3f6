"""Import: dropped paths to stored documents, texts and contracts, several files at once."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue

from app.domain.matter import Document
from app.domain.ports import SourceReader
from app.domain.progress import CancelToken
from app.domain.text import FileStatus, ReadOutcome
from app.ingest.folder import walk
from app.ingest.version import INGEST_VERSION
from app.report.verify_check import CHECK_LINE
from app.services.passwords import password_for
from app.storage.database import MatterDatabase

MAX_FILE_BYTES = 512 * 1024 * 1024
# Bounds on what an archive or an e-mail may unfold to, over all its levels.
MAX_ATTACHMENTS = 2000
MAX_DEPTH = 3
_TOO_DEEP = "It lies deeper than three archives in one another and was not opened; unpack it and add the files."


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import: its path as shown, and where its bytes are (a file, or bytes out of an archive)."""

    path: str
    file: Path | None = None
    data: bytes | None = None
    depth: int = 0
    location: str = ""  # where the bytes are, for finding them again: Document.files
    reason: str | None = None  # why the folder walk could not reach it


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one source. `fresh` is False where this very reading was stored before."""

    source: Source
    document: Document
    outcome: ReadOutcome | None
    fresh: bool


def sources_of(paths: Sequence[Path], exclude: Sequence[Path] = ()) -> list[Source]:
    """Every file below the dropped paths, sorted, unreadable folders as sources with their reason."""
    return [
        Source(entry.path, entry.file, location=str(entry.file or ""), reason=entry.reason)
        for entry in walk(paths)
        if entry.file is None or not any(entry.file == path or entry.file.is_relative_to(path) for path in exclude)
    ]


def largest_first(sources: Iterable[Source]) -> list[Source]:
    """By bytes, which tell best without opening a file how long reading takes: pictures to recognise are large."""
    return sorted(sources, key=lambda source: -_bytes_of(source))


def _bytes_of(source: Source) -> int:
    if source.data is not None:
        return len(source.data)
    try:
        return source.file.stat().st_size if source.file else 0
    except OSError:
        return 0


def import_sources(
    sources: Iterable[Source], database: MatterDatabase, reader: SourceReader, *, workers: int,
    passwords: Mapping[str, str], cancel: CancelToken, stop: Callable[[], None],
) -> Iterator[Source | Imported]:  # fmt: skip
    """Read and store each source; yields in the order in which reading ends. Bad files are data, not exceptions.

    A source alone says that its reading has begun.
    The largest are begun first, so that no worker is left alone with one at the end; ties keep the given order.
    `stop` makes the reader drop what it is reading; it is called where the import ends before its time.
    """
    waiting = deque(largest_first(sources))
    known = {document.sha256: document for document in database.documents()}
    running: dict[Future[tuple[str, int, ReadOutcome | None]], Source] = {}
    begun: SimpleQueue[Source] = SimpleQueue()
    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="import") as pool:
        try:
            while waiting or running:
                cancel.check()
                while waiting and len(running) < workers * 2:
                    source = waiting.popleft()
                    running[pool.submit(_read, source, reader, known, passwords, cancel, begun)] = source
                done, _ = wait(running, timeout=0.2, return_when=FIRST_COMPLETED)
                while not begun.empty():
                    yield begun.get()
                for future in done:
                    source = running.pop(future)
                    sha256, size, outcome = future.result()
                    document = _store(source, sha256, size, outcome, database, known)
                    if outcome is not None:
                        waiting.extendleft(reversed(largest_first(_attached(source, outcome))))
                    yield Imported(source, document, outcome, outcome is not None)
        finally:
            for future in running:
                future.cancel()
            if running:  # stopped or failed: what is being read, perhaps for minutes yet, is read anew at the next run
                stop()


def _read(
    source: Source,
    reader: SourceReader,
    known: Mapping[str, Document],
    passwords: Mapping[str, str],
    cancel: CancelToken,
    begun: SimpleQueue[Source],
) -> tuple[str, int, ReadOutcome | None]:
    """(SHA-256, size, outcome); the outcome is None where the document was read before by this ingest version."""
    if source.reason is not None:
        return _failed(source, FileStatus.UNREADABLE, source.reason)
    try:
        if source.file is not None and source.file.stat().st_size > MAX_FILE_BYTES:
            return _failed(source, FileStatus.TOO_LARGE, "The file is larger than 512 MB; split it and add the parts.")
        data = source.data if source.data is not None else source.file.read_bytes() if source.file else b""
    except OSError as error:
        why = error.strerror or "the system gave no reason"
        return _failed(source, FileStatus.UNREADABLE, f"The file could not be opened: {why}.")
    sha256 = hashlib.sha256(data).hexdigest()
    before = known.get(sha256)
    password = password_for(source.path, data, passwords)
    if before is not None and _settled(before, password):
        return sha256, len(data), None
    cancel.check()
    begun.put(source)
    return sha256, len(data), _no_report_of_ours(reader.read(data, source.path, password))


def _no_report_of_ours(outcome: ReadOutcome) -> ReadOutcome:
    """A clause report that was put into the deal folder quotes every clause of the deal and is no contract of it."""
    text = outcome.accepted
    if text is None or text.format != "docx" or not CHECK_LINE.search(text.text, max(0, len(text.text) - 400)):
        return outcome
    return ReadOutcome(FileStatus.UNSUPPORTED, outcome.sha256, reason="A clause report that Privity made, no contract.")


def _settled(document: Document, password: str | None) -> bool:
    """Whether reading again could change nothing: same reader, and no password that was missing."""
    if document.ingest_version != INGEST_VERSION:
        return False
    if document.status == FileStatus.TIMED_OUT.value:
        return False
    return not (document.status == FileStatus.PASSWORD.value and password)


def _failed(source: Source, status: FileStatus, reason: str) -> tuple[str, int, ReadOutcome]:
    """An outcome for bytes that could not be had; identified by the path, as there is nothing else."""
    sha256 = hashlib.sha256(b"no bytes\x00" + source.path.encode("utf-8", "surrogateescape")).hexdigest()
    return sha256, 0, ReadOutcome(status, sha256, reason=reason)


def _store(
    source: Source,
    sha256: str,
    size: int,
    outcome: ReadOutcome | None,
    database: MatterDatabase,
    known: dict[str, Document],
) -> Document:
    """Store texts first, the document last: a document row says that its texts are there."""
    before = known.get(sha256)
    paths = tuple(dict.fromkeys([*(before.paths if before else ()), source.path]))
    files = tuple(dict.fromkeys([*([source.location] if source.location else []), *(before.files if before else ())]))
    if outcome is None and before is not None:
        document = replace(before, paths=paths, files=files)
    else:
        assert outcome is not None
        for text in (outcome.accepted, outcome.original):
            if text is not None:
                database.put_text(text)
        pages = len(outcome.accepted.pages) or None if outcome.accepted else None
        document = Document(
            sha256, size, paths, outcome.status.value, outcome.reason, pages, None, INGEST_VERSION, files
        )
    database.add_document(document)
    known[sha256] = document
    return document


def _attached(source: Source, outcome: ReadOutcome) -> list[Source]:
    """The files inside an archive or e-mail, as sources of their own, bounded in number and depth."""
    deep = _TOO_DEEP if source.depth >= MAX_DEPTH else None
    found = [
        Source(
            f"{source.path}/{name}",
            data=data,
            depth=source.depth + 1,
            location=f"{source.location}\0{name}",
            reason=deep,
        )
        for name, data in outcome.attachments[:MAX_ATTACHMENTS]
    ]
    left = len(outcome.attachments) - len(found)
    return found if left <= 0 else [*found, Source(f"{source.path}/\u2026", reason=f"{left} more files were left out.")]
