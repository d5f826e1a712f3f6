"""Does a condition of a rule hold? True, False, or None where it turns on a side that is not known."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from app.analysis.assess_context import View
from app.analysis.features import is_heading
from app.analysis.playbooks_patterns import pattern
from app.domain.clauses import Clause
from app.domain.playbook import Condition, Test
from app.domain.word_index import index_of, starts_of


def holds(condition: Condition, clause: Clause | None, view: View) -> bool | None:
    """One condition, of a clause or (None) of the whole contract."""
    match condition.test:
        case Test.SAYS | Test.LACKS:
            said = first_match(condition, clause, view) is not None
            return said if condition.test is Test.SAYS else not said
        case Test.PARTY:
            return _party(condition.operand, clause, view)
        case Test.DEAL:
            return view.context.matter.deal_structure.value in condition.operand
        case Test.LAW:
            foreign = view.foreign()
            return False if foreign is None else foreign == (condition.operand == "foreign")
        case Test.HAS:
            return all(view.standing(name) for name in condition.operand)
        case Test.HAS_NOT:
            return not view.standing(*condition.operand)
        case Test.UNFAIR:
            return bool(told_spans((condition,), view))
        case Test.RUN_OUT:
            return not _goes_on(clause, view) and _run_out(
                value_at(clause, condition.subject), view.context.matter.reference_date
            )
        case Test.ANY:
            results = [holds(inner, clause, view) for inner in condition.operand]
            return True if any(r is True for r in results) else None if None in results else False
    return _compare(condition, value_at(clause, condition.subject))


def first_match(condition: Condition, clause: Clause | None, view: View) -> tuple[int, int] | None:
    """The first place in the condition's scope where one of its patterns matches."""
    text = view.text.text
    whole = clause is None or condition.subject == "contract"
    start, end = 0, len(text)
    if clause is not None and not whole:
        start, end = (clause.start, clause.end) if condition.subject == "clause" else view.section(clause.start)
    for words in condition.operand:
        starts = starts_of(words) if whole else None
        match = index_of(text).search(pattern(words), starts) if starts else pattern(words).search(text, start, end)
        if match:
            return match.span()
    return None


def matched_span(conditions: Sequence[Condition], view: View) -> tuple[int, int] | None:
    """The sentence around the first match of a rule over the whole contract, no bare heading where there is another."""
    text = view.text.text
    for condition in [inner for c in conditions for inner in (c.operand if c.test is Test.ANY else (c,))]:
        if condition.test is Test.SAYS:
            found = sorted(m.span() for words in condition.operand for m in pattern(words).finditer(text))
            spans = [_sentence(text, *span) for span in found]
            if spans:
                return next((span for span in spans if not is_bare_heading(text[slice(*span)])), spans[0])
    return None


def is_bare_heading(words: str) -> bool:
    """Whether words name a clause but say nothing."""
    words = words.strip()
    return len(words) < 80 and (not words.endswith((".", ";", ":")) or (bool(words) and is_heading(words)))


def told_spans(conditions: Sequence[Condition], view: View) -> list[tuple[int, int, bool]]:
    """The passages that the playbook's detector tells for a rule, and whether it takes each for clearly unfair.

    In the order of the text; [] without a detector.
    """
    flat = [inner for c in conditions for inner in (c.operand if c.test is Test.ANY else (c,))]
    wanted = {name for condition in flat if condition.test is Test.UNFAIR for name in condition.operand}
    if not wanted or view.playbook.detector is None:
        return []
    return [(p.start, p.end, p.clear) for p in view.playbook.detector.passages(view.text.text) if p.category in wanted]


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a span, 500 characters at most on either side."""
    ends = list(re.finditer(r"(?:[.;]\s+(?=[A-Z(\"“])|\n\s*\n)", text[max(0, start - 500) : start]))
    begin = max(0, start - 500) + ends[-1].end() if ends else max(0, start - 500)
    stop = re.search(r"[.;](?=\s)|\n\s*\n", text[end : end + 500])
    last = end + (stop.start() + (0 if "\n" in stop.group() else 1) if stop else 0)
    while begin < start and text[begin].isspace():
        begin += 1
    return begin, max(last, end)


def value_at(clause: Clause | None, path: str) -> Any:
    """The value at a dotted path, None where there is none."""
    found: Any = clause.value if clause is not None else None
    for key in path.split("."):
        if not hasattr(found, "get"):
            return None
        found = found.get(key)
    return found


def _compare(condition: Condition, value: Any) -> bool:
    """A test of a value; an unknown value passes none but `known: false`."""
    operand = condition.operand
    if condition.test is Test.KNOWN:
        return (value is not None) == bool(operand)
    if value is None:
        return False
    match condition.test:
        case Test.IS:
            return bool(value == operand)
        case Test.IS_NOT:
            return bool(value != operand)
        case Test.ONE_OF:
            return bool(value in operand)
        case Test.NONE_OF:
            return bool(value not in operand)
    limit = float(operand) if isinstance(operand, (int, float)) else 0.0
    try:
        number = float(value)
    except (TypeError, ValueError):
        return False
    match condition.test:
        case Test.ABOVE:
            return number > limit
        case Test.AT_LEAST:
            return number >= limit
        case Test.BELOW:
            return number < limit
    return number <= limit


def _party(wanted: str, clause: Clause | None, view: View) -> bool | None:
    """Whether the clause concerns us, them, one side or both; None where the side cannot be told."""
    who = value_at(clause, "who")
    if wanted == "mutual":
        return bool(who == "mutual")
    if wanted == "one side":
        return who is not None and who != "mutual"
    if who == "mutual":
        return False
    side = view.side_of(who)
    return None if side is None else side == wanted


def _goes_on(clause: Clause | None, view: View) -> bool:
    """Whether a surer clause of the same type says that the contract goes on until somebody ends it."""
    others = view.standing(clause.type) if clause is not None else []
    return any(
        other.value and other.value.get("perpetual") and other.score > (clause.score if clause else 0)
        for other in others
    )


def _run_out(value: Any, reference: dt.date | None) -> bool:
    """Whether a date lies before the reference date; False where either is unknown."""
    if reference is None or not isinstance(value, str) or len(value) != 10:
        return False
    return dt.date.fromisoformat(value) < reference
