"""What is written into annotated copies: a note for every live finding that quotes. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.matter import Document
from app.domain.review import Review
from app.domain.text import ContractText
from app.report.names import severity_name
from app.report.outline import Flag
from app.report.outline_build import build_outline
from app.report.quotes import clean


@dataclass(frozen=True, slots=True)
class CopyNote:
    """A remark on [start, end) of the accepted text; `quote` is the source's own words, unfolded."""

    start: int
    end: int
    quote: str
    author: str
    body: str
    severity: str
    occurrence: int = 0  # how many equal quotes stand before this one


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """One copy to make: of which document, under which file name, with which notes."""

    document: Document
    text: ContractText
    file_name: str
    notes: tuple[CopyNote, ...]


def plan_copies(review: Review) -> Iterator[CopyPlan]:
    """A plan for each analysed contract that has notes and is PDF or Word; file names are unique and safe."""
    outline = build_outline(review)
    for detail in outline.contracts:
        text = detail.review.text
        if text is None or text.format not in ("pdf", "docx"):
            continue
        notes = tuple(note for flag in detail.flags if (note := _note(flag, text)) is not None)
        if notes:
            stem = detail.file.name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
            safe = "".join(c if c.isalnum() or c in " -_.()" else "_" for c in stem).strip(" .")[:100] or "contract"
            yield CopyPlan(
                detail.review.document, text, f"{detail.file.number:03} {safe} (annotated).{text.format}", notes
            )


def _note(flag: Flag, text: ContractText) -> CopyNote | None:
    finding = flag.state.finding
    if finding.start is None or finding.end is None or not finding.start < finding.end <= len(text.text):
        return None
    quote = text.text[finding.start : finding.end]
    lines = [f"{severity_name(flag.severity)}: {flag.issue} (finding {flag.number})", flag.why]
    if flag.recommendation:
        lines.append(f"Recommendation: {flag.recommendation}")
    if flag.fallback:
        lines.append(f"Fallback: {flag.fallback}")
    lines += flag.decision
    if flag.note:
        lines.append(f"Note: {flag.note}")
    return CopyNote(
        finding.start, finding.end, quote, clean(flag.state.user or "Privity"), "\n".join(lines), flag.severity.value,
        text.text.count(quote, 0, finding.start),
    )  # fmt: skip
