"""Findings as rows: numbered by issue, with quote, cite, decision and evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from app.domain.findings import Absence, FindingKind, FindingState
from app.domain.review import ContractReview
from app.domain.same_words import same_words
from app.domain.sections import clause_number
from app.domain.type_names import type_name
from app.report.names import decision_lines, issue_name
from app.report.outline import FileEntry, Flag, Passage, gone
from app.report.outline_files import page_list
from app.report.quotes import Cite, clean, shorten, spelled

FLAG_QUOTE = 900  # characters of a quote in the red flags
NEAREST_QUOTE = 300
GAPS = (FindingKind.MISSING, FindingKind.UNCLEAR, FindingKind.NOT_CHECKED)


def passage_of(
    item: ContractReview, file: FileEntry, start: int, end: int, limit: int, quote: str | None = None
) -> Passage | None:
    """The words [start, end) of the contract, shortened above `limit`; None where there are none."""
    if quote is None:
        if item.text is None:
            return None
        quote = item.text.text[start:end]
    whole = clean(quote)
    if not whole:
        return None
    short = shorten(whole, limit)
    page = item.text.page_at(start) if item.text is not None else None
    words = len(whole.split(" ")) if short != whole else None
    return Passage(short, Cite(file.number, page, clause_number(item.sections, start), words))


def rejected(state: FindingState) -> bool:
    """Whether the lawyer rejected it on the facts as they are now: then it is counted, not shown."""
    return state.decision == "reject" and state.settled


def split_findings(
    pairs: Iterable[tuple[ContractReview, FileEntry]],
) -> tuple[tuple[Flag, ...], tuple[Flag, ...], tuple[Flag, ...]]:
    """Red flags, gaps, and what is no longer raised; numbered through, gravest issue first."""
    held: list[tuple[ContractReview, FileEntry, FindingState]] = []
    for item, file in pairs:
        held += [(item, file, state) for state in item.findings if not rejected(state)]
    worst: dict[str, int] = {}
    for _, _, state in held:
        if not gone(state):
            issue = issue_name(state)
            worst[issue] = min(worst.get(issue, 9), state.effective_severity.rank)

    def order(entry: tuple[ContractReview, FileEntry, FindingState]) -> tuple[Any, ...]:
        _, file, state = entry
        issue = issue_name(state)
        rank = state.effective_severity.rank
        return worst.get(issue, 9), issue, rank, file.number, state.finding.start or 0, state.finding.finding_key

    flags: list[Flag] = []
    gaps: list[Flag] = []
    past: list[Flag] = []
    held.sort(key=order)
    groups = (
        (flags, [e for e in held if not gone(e[2]) and e[2].finding.kind not in GAPS]),
        (gaps, [e for e in held if not gone(e[2]) and e[2].finding.kind in GAPS]),
        (past, [e for e in held if gone(e[2])]),
    )
    number = 0
    for target, entries in groups:
        for item, file, state in entries:
            number += 1
            target.append(_flag(number, item, file, state))
    return _cross_referred(flags), tuple(gaps), tuple(past)


def _cross_referred(flags: list[Flag]) -> tuple[Flag, ...]:
    """The flags, each with the numbers of those on the same words: they may stand under other issues."""
    beside = same_words([flag.state.finding for flag in flags])
    named = {flag.state.finding.finding_key: f"no. {flag.number} ({flag.issue})" for flag in flags}
    return tuple(
        replace(flag, beside=tuple(named[other.finding_key] for other in beside[flag.state.finding.finding_key]))
        for flag in flags
    )


def _flag(number: int, item: ContractReview, file: FileEntry, state: FindingState) -> Flag:
    finding = state.finding
    passage = None
    if finding.quote and finding.start is not None:
        passage = passage_of(item, file, finding.start, finding.end or finding.start, FLAG_QUOTE, finding.quote)
    absence = next((a for a in item.absences if a.type == finding.clause_type), None)
    gap = finding.kind in GAPS
    return Flag(
        number=number,
        anchor=f"finding_{number}",
        contract=clean(item.contract.name),
        contract_anchor=f"contract_{file.number}",
        issue=issue_name(state),
        severity=state.effective_severity,
        passage=passage,
        where=f"{type_name(finding.clause_type) or issue_name(state)}: {finding.kind.value}",
        why=clean(state.explanation or spelled(finding.explanation)),
        recommendation=clean(state.recommendation or finding.recommendation),
        by_lawyer=state.explanation is not None or state.recommendation is not None,
        fallback=clean(finding.fallback) if finding.fallback else None,
        model_note=clean(finding.model_note) if finding.model_note else None,
        note=clean(state.note) if state.note else None,
        decision=tuple(clean(line) for line in decision_lines(state)),
        decided=state.settled,
        evidence=evidence_lines(absence) if gap and absence is not None else (),
        nearest=_nearest(item, file, absence) if gap and passage is None else None,
        pending=spelled(clean(finding.pending_sentence)) if finding.pending_sentence else None,
        state=state,
    )


def _nearest(item: ContractReview, file: FileEntry, absence: Absence | None) -> Passage | None:
    place = absence.evidence.get("nearest") if absence is not None else None
    if not isinstance(place, dict) or item.text is None:
        return None
    start, end = place.get("start"), place.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(item.text.text):
        return None
    start, end = _whole_words(item.text.text, start, end)
    return passage_of(item, file, start, end, NEAREST_QUOTE)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) widened to whole words: the search for absences cuts by length."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def evidence_lines(absence: Absence) -> tuple[str, ...]:
    """What an absence rests on, a sentence each: pages read, words searched, what stood in the way."""
    evidence = absence.evidence
    lines: list[str] = []
    if evidence.get("gap"):
        lines.append(clean(str(evidence["gap"])))
    for key, label in (("pages_read", "Read"), ("pages", "Read"), ("pages_unread", "Not read"), ("unread", "Not read")):
        pages = evidence.get(key)
        if isinstance(pages, int) and not isinstance(pages, bool):
            lines.append(f"{label}: {pages} page{'' if pages == 1 else 's'}.")
        elif isinstance(pages, (list, tuple)) and pages and all(isinstance(p, int) for p in pages):
            lines.append(f"{label}: {page_list(list(pages))}.")
    words = evidence.get("words_searched", evidence.get("words"))
    if isinstance(words, (list, tuple)) and words:
        hits = evidence.get("hits")
        found = ""
        if isinstance(hits, int):
            found = f"; found {hits} time{'' if hits == 1 else 's'}" if hits else "; found nowhere"
        lines.append(clean(f"Searched for: {', '.join(str(w) for w in words)}{found}."))
    nearest = evidence.get("nearest")
    if isinstance(nearest, dict) and isinstance(nearest.get("score"), (int, float)) and nearest["score"] > 0:
        lines.append(f"Screener's best passage: score {nearest['score']:.2f}.")
    return tuple(dict.fromkeys(lines))
