"""Whether every quote of a report stands in the source it cites. Offline, from the report's visible text alone."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from app.domain.ports import SourceReader
from app.domain.sections import Section, clause_number, find_sections
from app.domain.text import ContractText
from app.errors import UserError
from app.report.quotes import Cite, clean, fold, fold_with_origin, fragments
from app.report.verify_check import QuoteRow, digest, visible

_MAX_XML = 200_000_000  # bytes of word/document.xml


@dataclass(frozen=True, slots=True)
class Problem:
    """What fails: which row, and why, in a sentence."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """How checking went. `good` means: every quote was found where the report says, and none was altered or removed."""

    quotes: int
    verified: int
    files: int
    problems: tuple[Problem, ...]

    @property
    def good(self) -> bool:
        """Whether nothing failed."""
        return not self.problems and self.verified == self.quotes


class _Source:
    """A source's text folded for searching, with the way back to its offsets."""

    def __init__(self, text: ContractText) -> None:
        self.text = text
        self._folded, self._origin = fold_with_origin(text.text)

    @cached_property
    def _sections(self) -> tuple[Section, ...]:
        return find_sections(self.text.text)

    def starts(self, quote: str, words: int | None) -> list[int]:
        """Offsets at which the quote begins; a shortened one must span as many words as its cite says."""
        found = self._whole(fold(quote))
        if found:
            return found
        parts = [fold(part) for part in fragments(quote)]
        if len(parts) != 2 or words is None:
            return []
        return [self._origin[at] for at in self._each(parts[0]) if self._spans(at, parts[0], parts[1], words)]

    def _whole(self, quote: str) -> list[int]:
        return [self._origin[at] for at in self._each(quote)]

    def _each(self, part: str) -> Iterable[int]:
        at = self._folded.find(part) if part else -1
        while at >= 0:
            yield at
            at = self._folded.find(part, at + 1)

    def _spans(self, at: int, head: str, tail: str, words: int) -> bool:
        """Whether the tail ends the passage of so many words that the head begins at `at`."""
        found = self._folded.find(tail, at + len(head))
        while found >= 0:
            counted = len(self._folded[at : found + len(tail)].split())
            if counted >= words:
                return counted == words
            found = self._folded.find(tail, found + 1)
        return False

    def misplaced(self, starts: list[int], cite: Cite) -> str | None:
        """Why no place of the quote is the cited one, or None where one is."""
        places = [(self.text.page_at(s), clause_number(self._sections, s)) for s in starts]
        pages = [page for page, _ in places]
        if cite.page not in pages:
            held = ", ".join(sorted({f"p. {page}" if page else "no page" for page in pages}))
            return f"the words stand on {held}, not on {f'p. {cite.page}' if cite.page else 'no page'}"
        clauses = [clean(clause) if clause else None for page, clause in places if page == cite.page]
        if cite.clause not in clauses:
            held = ", ".join(sorted({f"cl. {clause}" if clause else "no numbered clause" for clause in clauses}))
            return f"the words stand in {held}, not in {f'cl. {cite.clause}' if cite.clause else 'no numbered clause'}"
        return None


def verify(report: bytes, sources: Mapping[str, ContractText | bytes], reader: SourceReader) -> VerifyResult:
    """Check a .docx report against its sources (name -> bytes, or a text that was read); UserError where it is none."""
    seen = visible(_document(report))
    if not seen.files:
        raise UserError("This is not a Privity report, or its appendix of files was removed.")
    cited = {row.cite.file for row in seen.rows if row.cite is not None}
    wanted = {sha for number, (_, sha) in seen.files.items() if number in cited}
    texts = _read(sources, wanted, reader)
    problems: list[Problem] = []
    for number, (name, sha) in sorted(seen.files.items()):
        if sha not in texts:
            quoted = "quotes cite it" if number in cited else "no quote cites it"
            problems.append(Problem(f"File {number}, {name}", f"not in the folder with these bytes; {quoted}"))
        elif texts[sha] is None and number in cited:
            problems.append(Problem(f"File {number}, {name}", "could not be read again"))
    verified = 0
    for index, row in enumerate(seen.rows, 1):
        why = _check(row, seen.files, texts)
        if why is None:
            verified += 1
        else:
            cite = f" ({row.cite.text()})" if row.cite else ""
            problems.append(Problem(f"Quote {index}{cite}, row “{row.shown}”", why))
    problems += _altered(seen.rows, seen.check)
    return VerifyResult(len(seen.rows), verified, len(seen.files), tuple(problems))


def _document(report: bytes) -> bytes:
    """The main part of the .docx."""
    try:
        with zipfile.ZipFile(io.BytesIO(report)) as archive:
            info = archive.getinfo("word/document.xml")
            if info.file_size > _MAX_XML:
                raise UserError("The report is too large to be checked.")
            return archive.read(info)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError):
        raise UserError("This is not a Word report (.docx), or it is damaged.") from None


def _read(
    sources: Mapping[str, ContractText | bytes], wanted: set[str], reader: SourceReader
) -> dict[str, _Source | None]:
    """The sources by SHA-256; None where one is there and was not read: not cited, or not readable."""
    held: dict[str, _Source | None] = {}
    for name, source in sources.items():
        if isinstance(source, ContractText):
            held[source.source_sha256] = _Source(source)
            continue
        sha = hashlib.sha256(source).hexdigest()
        if held.get(sha) is None:
            accepted = reader.read(source, name).accepted if sha in wanted else None
            held[sha] = _Source(accepted) if accepted is not None else None
    return held


def _check(row: QuoteRow, files: dict[int, tuple[str, str]], texts: dict[str, _Source | None]) -> str | None:
    """Why the quote of a row does not hold, or None."""
    if row.quote is None:
        return "the quote is gone or lost its quotation marks"
    if row.cite is None:
        return "the quote has no cite"
    if row.cite.file not in files:
        return f"file {row.cite.file} is not in the appendix"
    source = texts.get(files[row.cite.file][1])
    if source is None:
        return "its file cannot be checked"
    starts = source.starts(row.quote, row.cite.words)
    if not starts:
        return "these words do not stand in the file: edited, or misquoted"
    return source.misplaced(starts, row.cite)


def _altered(rows: tuple[QuoteRow, ...], check: tuple[int, str] | None) -> list[Problem]:
    """Quotes taken out, added or moved since the report was written."""
    if check is None:
        return [Problem("Appendix", "the check line is gone: removed quotes cannot be noticed")]
    count, said = check
    if count != len(rows):
        return [Problem("Check line", f"the report was written with {count} quotes and now holds {len(rows)}")]
    if said != digest(rows):
        return [Problem("Check line", "a quote or a cite was altered after the report was written")]
    return []
