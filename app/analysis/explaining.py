"""One sentence of the model's own beside a red flag: shown as "model, not checked", or dropped and counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.analysis.exam import ExamResult
from app.domain.ports import LanguageModel, ModelFailed
from app.domain.progress import CancelToken

SENTENCE = 'root ::= first [A-Za-z0-9 ,;:()\'"$%/.-]{20,240} "."\nfirst ::= [A-Z]\n'
MAX_TOKENS = 60
_PASS = 0.65  # AUC on the exam's risk questions from which a model's sentences are worth a look
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_SPELLED = frozenset(
    [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen",
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million",
        "billion", "january", "february", "march", "april", "june", "july", "august", "september", "october",
        "november", "december",
    ]
)  # fmt: skip


@dataclass(slots=True)
class Notes:
    """How many sentences were kept and dropped, for the report's method."""

    kept: int = 0
    dropped: int = 0
    tokens: int = 0


def may_explain(result: ExamResult | None) -> bool:
    """Whether the model passed the part of its exam on which its sentences rest."""
    return result is not None and result.complete and result.weight > 0 and result.kinds["risk"].auc >= _PASS


def explain(
    model: LanguageModel, result: ExamResult | None, passage: str, quote: str, reason: str, cancel: CancelToken,
    notes: Notes,
) -> str | None:  # fmt: skip
    """The model's sentence on why `quote` matters, None where it may not speak, failed, or said what is not there."""
    if not may_explain(result):
        return None
    question = (
        f'Words: "{" ".join(quote.split())[:600]}"\nIn one sentence, what does this mean for a reader? ({reason})'
    )
    try:
        said = model.complete(passage, question, SENTENCE, MAX_TOKENS, cancel)
    except ModelFailed:
        notes.dropped += 1
        return None
    notes.tokens += said.tokens
    sentence = " ".join(said.text.split())
    if not sentence.endswith(".") or not grounded(sentence, quote):
        notes.dropped += 1
        return None
    notes.kept += 1
    return sentence


def grounded(sentence: str, quote: str) -> bool:
    """Whether every number, date and name of the sentence stands in the quoted words."""
    numbers = {number.replace(",", "") for number in _NUMBER.findall(quote)}
    words = {word.casefold().removesuffix("'s") for word in _WORD.findall(quote)}
    if any(number.replace(",", "") not in numbers for number in _NUMBER.findall(sentence)):
        return False
    return all(word in words for word in _claims(sentence))


def _claims(sentence: str) -> Iterator[str]:
    """Folded words that state a number, a month or a name; the first word's capital says nothing."""
    for count, match in enumerate(_WORD.finditer(sentence)):
        word = match.group().casefold().removesuffix("'s")
        if word in _SPELLED or (count and match.group()[0].isupper()):
            yield word
