"""Values that the rules left empty: the model says which words are meant, and code reads and cuts them.

Only a date, period, amount or place that code can read is ever asked about, and only in its own sentence, so a model
can choose wrongly but invent nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.analysis.addresses import addresses
from app.analysis.exam import ExamResult
from app.analysis.meta_talk import meta_talk
from app.analysis.questions import MEANINGS
from app.analysis.segments import split_segments
from app.analysis.values_corrected import DATES, value_of_words
from app.analysis.values_dates import find_dates
from app.analysis.values_money import find_amounts
from app.analysis.values_periods import find_periods
from app.analysis.values_places import find_places
from app.domain.clauses import Clause
from app.domain.ports import LanguageModel, ModelFailed
from app.domain.progress import CancelToken

BAR = 0.9  # AUC on the exam's questions about values from which a model is asked for them
_FEWEST = 30  # of such questions; fewer show nothing
_AROUND = 600  # characters before and after the clause in which the words may stand
_MOST = 8  # readings that are asked about, the nearest to the clause first
NOTE = "chosen by the model, not checked"
Span = tuple[int, int]


def may_read_values(result: ExamResult | None) -> bool:
    """Whether the model passed the part of its exam that is about values; its vote on clauses is another matter."""
    told = result.kinds.get("value") if result is not None and result.complete else None
    return told is not None and told.questions >= _FEWEST and told.auc >= BAR


def without_value(clauses: Sequence[Clause]) -> list[int]:
    """Of each type of which no standing clause has a value, the index of the likeliest clause."""
    best: dict[str, int] = {}
    valued = {clause.type for clause in clauses if clause.reported and clause.value}
    for index, clause in enumerate(clauses):
        if clause.reported and clause.type in _FIND and clause.type not in valued:
            before = best.get(clause.type)
            if before is None or clause.score > clauses[before].score:
                best[clause.type] = index
    return sorted(best.values())


def ask_value(
    model: LanguageModel, text: str, clause: Clause, cancel: CancelToken
) -> tuple[dict[str, Any] | None, int]:
    """The value that the model points at, None where it means none of the words; and how many questions that took.

    Raises ModelFailed, Cancelled.
    """
    best: tuple[float, Span] | None = None
    asked = 0
    for sentence, spans in _readings(text, clause).items():
        questions = [_question(clause.type, text[start:end]) for start, end in spans]
        margins = model.margins(text[slice(*sentence)], questions, cancel)
        if len(margins) != len(spans):
            raise ModelFailed("The model gave an answer that cannot be used.")
        asked += len(spans)
        for margin, span in zip(margins, spans, strict=True):
            if margin > 0 and (best is None or margin > best[0]):
                best = (margin, span)
    return (_value(text, clause.type, best[1]) if best else None), asked


def _question(clause_type: str, words: str) -> str:
    return f'Answer Yes or No: do the words "{" ".join(words.split())}" {MEANINGS[clause_type]}?'


def _readings(text: str, clause: Clause) -> Mapping[Span, list[Span]]:
    """What code can read near the clause, by the sentence that it stands in; nothing that speaks to a model."""
    begin, stop = max(0, clause.start - _AROUND), min(len(text), clause.end + _AROUND)
    found = _FIND[clause.type](text, begin, stop)
    near = sorted(found, key=lambda span: (max(clause.start - span[1], span[0] - clause.end, 0), span))[:_MOST]
    told = addresses(text[begin:stop])
    sentences: dict[Span, list[Span]] = {}
    for start, end in split_segments(text[begin:stop]):
        if any(first < end and start < last for first, last in told):
            continue
        inside = [span for span in near if begin + start <= span[0] and span[1] <= begin + end]
        if inside and not meta_talk(text[begin + start : begin + end]):
            sentences[begin + start, begin + end] = inside
    return sentences


def _value(text: str, clause_type: str, span: Span) -> dict[str, Any] | None:
    """The words as rules read them, None where they cannot."""
    words = text[slice(*span)]
    if clause_type in _AMOUNTS:
        amount = find_amounts(words)[0]
        sum_of = {"amount": str(amount.amount), "currency": amount.currency, "read_from": list(span)}
        read: dict[str, Any] | None = {"amount": sum_of, "amounts": [sum_of], "display": amount.words}
    else:
        read = value_of_words(clause_type, words)
    if read is None:
        return None
    return read | {"read_from": list(span), "by_model": True, "display": f"{read['display']} ({NOTE})"}


def _spans(find: Callable[[str, int, int], Sequence[Any]]) -> Callable[[str, int, int], list[Span]]:
    return lambda text, start, end: [(item.start, item.end) for item in find(text, start, end)]


def _days(text: str, start: int, end: int) -> list[Span]:
    """Dates of which the year is known; blanks are none."""
    return [(date.start, date.end) for date in find_dates(text, start, end) if date.iso[:1].isdigit()]


_AMOUNTS = ("Cap On Liability", "Liquidated Damages", "Minimum Commitment")
_FIND: Mapping[str, Callable[[str, int, int], list[Span]]] = {
    **dict.fromkeys(DATES, _days),
    **dict.fromkeys(("Renewal Term", "Notice Period To Terminate Renewal"), _spans(find_periods)),
    **dict.fromkeys(_AMOUNTS, _spans(find_amounts)),
    "Governing Law": _spans(find_places),
}
