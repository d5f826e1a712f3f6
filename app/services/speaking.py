"""What a model adds to an assessment, where its exam lets it: a sentence beside a red flag, a value left empty.

Neither touches a finding: what the rules raised stands, whatever the model says.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.analysis.explaining import Notes, explain, may_explain
from app.analysis.meta_talk import spoken_to
from app.analysis.values_model import ask_value, may_read_values, without_value
from app.domain.clauses import ModelUse
from app.domain.findings import Assessment, Finding, FindingKind
from app.domain.ports import ModelFailed
from app.domain.progress import CancelToken
from app.services.language_models import Reader

VERSION = "3"  # part of the key of an assess run: raise it when the same model would be asked otherwise
MOST = 12  # findings of one contract, the gravest first


@dataclass(frozen=True, slots=True)
class Spoken:
    """The assessment with the sentences that were kept; `left` findings were not asked about, for want of time."""

    assessment: Assessment
    left: int


class Speaker:
    """Asks an open model about the red flags of one contract after another."""

    def __init__(self, reader: Reader, cancel: CancelToken, deadline: float | None) -> None:
        self._reader = reader
        self._cancel = cancel
        self._deadline = deadline

    @property
    def digest(self) -> str:
        """What goes into the key of an assess run; "" where the model may not speak."""
        allowed = "".join(
            letter
            for letter, may in (("s", may_explain(self._reader.exam)), ("v", may_read_values(self._reader.exam)))
            if may
        )
        return f"{self._reader.model.sha256}:{VERSION}{allowed}" if allowed else ""

    def speak(self, found: Assessment, text: str, done: Mapping[str, str], keep: Callable[[str, str], None]) -> Spoken:
        """`done` has what an interrupted run was told already, `keep` is told each answer (finding key, JSON)."""
        notes = Notes()
        said: dict[str, str | None] = {}
        before = self._reader.model.tokens_evaluated
        found, left, valued = self._values(found, text, done, keep)
        for finding in _grave(found, text) if may_explain(self._reader.exam) else ():
            if finding.finding_key in done:
                said[finding.finding_key] = json.loads(done[finding.finding_key])["sentence"]
                notes.kept, notes.dropped = _counted(notes, said[finding.finding_key])
                continue
            self._cancel.check()
            dropped = notes.dropped
            sentence = None if self._over() else self._sentence(finding, text, notes)
            if sentence is None and self._over():  # not asked, or stopped in the middle of the answer
                left += 1
                notes.dropped = dropped
                continue
            said[finding.finding_key] = sentence
            keep(finding.finding_key, json.dumps({"sentence": sentence}))
        findings = tuple(replace(f, model_note=said.get(f.finding_key) or f.model_note) for f in found.findings)
        tokens = self._reader.model.tokens_evaluated - before
        model = _told(found.model, len(said) + valued, tokens, notes, left)
        return Spoken(replace(found, findings=findings, model=model), left)

    def _values(
        self, found: Assessment, text: str, done: Mapping[str, str], keep: Callable[[str, str], None]
    ) -> tuple[Assessment, int, int]:
        """With values that rules left empty; how many types were not asked about, and how many questions it took."""
        clauses, left, questions = list(found.clauses), 0, 0
        for index in without_value(clauses) if may_read_values(self._reader.exam) else ():
            clause = clauses[index]
            key = f"value:{clause.type}:{clause.start}"
            if key in done:
                value = json.loads(done[key])["value"]
            else:
                self._cancel.check()
                try:
                    value, asked = ask_value(self._reader.model, text, clause, self._cancel)
                except ModelFailed:
                    left += 1
                    continue
                questions += asked
                keep(key, json.dumps({"value": value}))
            clauses[index] = replace(clause, value=value)
        return replace(found, clauses=tuple(clauses)), left, questions

    def _over(self) -> bool:
        return self._deadline is not None and time.monotonic() >= self._deadline

    def _sentence(self, finding: Finding, text: str, notes: Notes) -> str | None:
        assert finding.start is not None
        assert finding.end is not None
        passage = text[finding.start : finding.end]  # its own words: nothing else in a contract puts words in
        return explain(
            self._reader.model,
            self._reader.exam,
            passage,
            finding.quote or "",
            finding.explanation,
            self._cancel,
            notes,
        )


def _grave(found: Assessment, text: str) -> list[Finding]:
    """The findings to speak about, the gravest first."""
    asked = [finding for finding in found.findings if _asked(finding, text)]
    return sorted(asked, key=lambda f: (f.severity.rank, f.start or 0))[:MOST]


def _asked(finding: Finding, text: str) -> bool:
    """Grave risks whose clause stands, and whose words do not speak to a model."""
    if finding.kind is not FindingKind.RISK or finding.severity.rank > 2 or not finding.quote or not finding.end:
        return False
    return not finding.values.get("disputed") and not spoken_to(text[finding.start : finding.end])


def _counted(notes: Notes, sentence: str | None) -> tuple[int, int]:
    return (notes.kept + 1, notes.dropped) if sentence else (notes.kept, notes.dropped + 1)


def _told(use: ModelUse | None, questions: int, tokens: int, notes: Notes, left: int) -> ModelUse | None:
    """What the model did, with the sentences counted: those dropped said what does not stand in the words."""
    if use is None:
        return None
    return replace(
        use, questions=use.questions + questions, tokens_evaluated=use.tokens_evaluated + tokens,
        unread=use.unread + left, kept=notes.kept, dropped=notes.dropped,
    )  # fmt: skip
