"""Tables of contents and page numbers: they are no sections."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain.headings import heading_after
from app.domain.numbering import OUTER, Label

_GAP = 140  # characters from one line of a table of contents to the next, at most, on average
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*[\divx]+[ \t]*\Z")
_COLUMN = re.compile(r"(?:\t[ \t]*|[ ]{3,})\d{1,3}[ \t]*\Z")
_CLAUSES = frozenset({"1", "section", "clause", "article"})
_RUN = 3  # so many lines in a row that end in a column of numbers are contents


def without_contents(text: str, found: Sequence[Label]) -> list[Label]:
    """The labels that are not in a table of contents: known by its page numbers, or because its headings come again."""
    kinds = [_kind(text, label) for label in found]
    kept: list[Label] = []
    index = 0
    while index < len(found):
        run = index
        while run < len(found) and kinds[run]:
            run += 1
        if run - index < _RUN:
            kept += [found[i] for i in range(index, run) if kinds[i] == "column"]
        if run < len(found):
            kept.append(found[run])
        index = run + 1
    return _without_repeated(text, kept)


def without_pages(found: Sequence[Label]) -> list[Label]:
    """Leave out numbers without a stop: page numbers, streets, cells; unless a contract numbers its clauses so."""
    dotted = sum(label.style == "1" and not label.bare and label.place == 0 for label in found)
    bare = [label.path[0] for label in found if label.bare]
    counts = all(number in bare for number in (1, 2, 3)) and dotted < _RUN
    return [label for label in found if counts or not label.bare]


def without_torn(text: str, found: Sequence[Label]) -> list[Label]:
    """Leave out runs of numbers with nothing between them: a column of numbers that was read apart from its clauses."""
    ends = [label.end for label in found]
    alone = [not text[end : after.start].strip() for end, after in zip(ends, found[1:], strict=False)] + [False]
    kept: list[Label] = []
    for index, label in enumerate(found):
        kept.append(label)
        if not alone[index] and index and alone[index - 1]:
            size = 1
            while size <= index and alone[index - size]:
                size += 1
            if size > _RUN:
                del kept[-size:]
    return kept


def without_lists(found: Sequence[Label]) -> list[Label]:
    """Leave out a list of exhibits before or amid the clauses: names close together, after which the clauses go on."""
    kept: list[Label] = []
    index = 0
    while index < len(found):
        stop = index
        while (
            stop < len(found)
            and found[stop].style in OUTER
            and (stop == index or found[stop].start - found[stop - 1].start < _GAP)
        ):
            stop += 1
        after = found[stop] if stop < len(found) else None
        first = after is not None and after.readings[0][1] == 1 and not kept
        goes_on = after is not None and after.style in _CLAUSES and (after.readings[0][1] > 1 or first)
        if stop - index < _RUN or not goes_on:
            kept += found[index : max(stop, index + 1)]
        index = max(stop, index + 1)
    return kept


def _kind(text: str, label: Label) -> str:
    """How the label's line ends: in leaders and a page number, in a column with one, or otherwise ("")."""
    stop = text.find("\n", label.end)
    stop = len(text) if stop < 0 else stop
    if stop - label.start >= 200 or not text[label.end : stop].rstrip()[-1:].isalnum():
        return ""
    if _LEADERS.search(text, label.end, stop):
        return "leaders"
    return "column" if label.place < 2 and _COLUMN.search(text, label.end, stop) else ""


def _without_repeated(text: str, found: list[Label]) -> list[Label]:
    """Leave out numbers close together, the first of which stands again further on with the same heading."""
    places: dict[tuple[object, object], list[int]] = {}
    for index, label in enumerate(found[:440]):
        places.setdefault((label.readings[0], label.path), []).append(index)
    for first, label in enumerate(found[:40]):
        later = [i for i in places[label.readings[0], label.path] if i >= first + 4]
        heading = _folded(text, label) if later else ""
        if len(heading) < 4:
            continue
        for again in later:
            if found[again].start - label.start > _GAP * (again - first):
                break
            if _folded(text, found[again])[:12] == heading[:12]:
                return found[:first] + found[again:]
    return found


def _folded(text: str, label: Label) -> str:
    """The words after a number, folded, to compare the contents' with the clause's."""
    return "".join(c for c in heading_after(text, label.end).casefold() if c.isalpha())
