"""The model exam: what a model's word is worth in contract review, measured on passages with known answers."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from app.analysis.exam_figures import (
    CHANCE,
    TRUST,
    Doubts,
    Vote,
    auc,
    auc_lower,
    calibrate,
    calibration_error,
    fit_vote,
    presence_weight,
    weight_of,
)
from app.analysis.exam_items import DOUBT, GATES, KINDS, ExamPassage
from app.analysis.fusion import Fusion
from app.analysis.prompts import PROMPT_VERSION
from app.domain.ports import LanguageModel, ModelFailed
from app.domain.progress import CancelToken

EXAM_VERSION = "4"
QUICK = 60  # questions after which a first mark is given
_PAGES, _TOKENS_PER_PAGE = 30, 600
_GATED, _FULL = 0.5, 1.8  # tokens evaluated per contract token, at most


@dataclass(frozen=True, slots=True)
class KindResult:
    """How a model did on one kind of question. `accuracy` at margin nought after calibration; 0.5 AUC is chance."""

    questions: int
    accuracy: float
    auc: float


@dataclass(frozen=True, slots=True)
class ExamResult:
    """The exam of one file, by its SHA-256. `mark` is "unfit", "weak", "fair" or "good"; the pace is measured."""

    name: str
    sha256: str
    exam_version: str
    prompt_version: str
    complete: bool  # False: the quick mark after the first questions, or some passages failed
    questions: int
    kinds: dict[str, KindResult]
    gate_auc: float
    gate_auc_lower: float
    slope: float
    offset: float
    calibration_error: float
    weight: float
    mark: str
    tokens: int
    seconds: float
    cpu_seconds: float = 0.0
    vote_slope: float = 1.0  # what the margin adds to the screener's log-odds, fitted on doubts it never trained on
    vote_offset: float = 0.0
    gain: float = 0.0  # log-loss that the vote saves on contracts on which it was not fitted, nats a candidate
    failed: tuple[str, ...] = field(default=())
    presence_weight: float = 0.0  # of a yes about a type of which the screener has no candidate in a passage
    presence_slope: float = 1.0
    presence_offset: float = 0.0

    @property
    def tokens_per_second(self) -> float:
        """Prompt tokens a second on this machine, as busy as it was."""
        return self.tokens / self.seconds if self.seconds > 0 else 0.0

    @property
    def minutes_gated(self) -> float | None:
        """Predicted minutes for a contract of 30 pages in gated reading, at most; None without a pace."""
        return self._minutes(_GATED)

    @property
    def minutes_full(self) -> float | None:
        """The same in full reading."""
        return self._minutes(_FULL)

    def _minutes(self, share: float) -> float | None:
        pace = self.tokens_per_second
        return share * _PAGES * _TOKENS_PER_PAGE / pace / 60 if pace else None

    @property
    def sentence(self) -> str:
        """The mark in words, for lists and reports."""
        if self.weight == 0.0:
            doubted = self.gate_auc_lower <= CHANCE
            why = "are not shown to rank better than chance" if doubted else "add nothing to the screener's"
            figures = f"AUC {self.gate_auc:.2f}, at worst {self.gate_auc_lower:.2f}"
            return f"unfit for this purpose: its answers {why} ({figures}), so they do not count"
        return f"{self.mark}: AUC {self.gate_auc:.2f} on gate questions, weight {self.weight:.2f}"

    @property
    def fusion(self) -> Fusion:
        """What the reader weighs this model's votes by; of exams sat when the whole could be had, a half."""
        return Fusion(
            min(self.weight, TRUST), self.vote_slope, self.vote_offset, f"the model is {self.sentence}",
            self.presence_weight, self.presence_slope, self.presence_offset,
        )  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """JSON-like, for storage; with the predictions, for readers."""
        return {
            **asdict(self), "failed": list(self.failed), "sentence": self.sentence,
            "tokens_per_second": self.tokens_per_second, "minutes_gated": self.minutes_gated,
            "minutes_full": self.minutes_full,
        }  # fmt: skip

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> ExamResult:
        """What to_json() gave. Raises KeyError or TypeError where it is no such thing."""
        values = {name: stored[name] for name in cls.__dataclass_fields__}
        values["kinds"] = {kind: KindResult(**result) for kind, result in stored["kinds"].items()}
        values["failed"] = tuple(stored["failed"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class PassageAnswers:
    """A passage's margins, tokens and seconds: what is kept so that an exam can be resumed."""

    id: str
    margins: tuple[float, ...]
    tokens: int
    seconds: float
    cpu_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class ExamStep:
    """Progress of an exam. `answers` is what was asked just now; `result` the quick mark once, then the full result."""

    done: int  # questions
    total: int
    seconds_left: float | None
    answers: PassageAnswers | None = None
    result: ExamResult | None = None


def run_exam(
    model: LanguageModel, passages: Sequence[ExamPassage], cancel: CancelToken, done: Sequence[PassageAnswers] = ()
) -> Iterator[ExamStep]:
    """Ask everything that `done` does not answer; the last step has the full result. Raises Cancelled, ModelFailed.

    A passage that fails is named in the result and left out; ModelFailed only where nothing could be answered.
    """
    known = {answers.id: answers for answers in done}
    total = sum(len(passage.questions) for passage in passages)
    got: list[tuple[ExamPassage, PassageAnswers]] = []
    failed: list[str] = []
    asked, spent, quick = 0, 0.0, False
    for passage in passages:
        cancel.check()
        try:
            fresh = None if passage.id in known else _ask(model, passage, cancel)
        except ModelFailed:
            failed.append(passage.id)
            if len(failed) >= 3 and not got:
                raise
            continue
        answers = fresh or known[passage.id]
        got.append((passage, answers))
        asked += len(passage.questions)
        spent += answers.seconds
        left = spent / asked * (total - asked)
        first_mark = not quick and asked >= QUICK and asked < total
        quick = quick or first_mark
        result = mark(model.name, model.sha256, got, False, failed) if first_mark else None
        yield ExamStep(asked, total, left, fresh, result)
    if not got:
        raise ModelFailed("The model answered none of the exam's questions.")
    yield ExamStep(total, total, 0.0, None, mark(model.name, model.sha256, got, not failed, failed))


def _ask(model: LanguageModel, passage: ExamPassage, cancel: CancelToken) -> PassageAnswers:
    tokens, begun, busy = model.tokens_evaluated, time.perf_counter(), _cpu_seconds(model)
    margins = model.margins(passage.passage, [question.text for question in passage.questions], cancel)
    seconds = time.perf_counter() - begun
    spent = _cpu_seconds(model) - busy
    return PassageAnswers(passage.id, tuple(margins), model.tokens_evaluated - tokens, seconds, spent)


def _cpu_seconds(model: LanguageModel) -> float:
    """What the model's process took so far; 0 where it does not count."""
    return float(getattr(model, "cpu_seconds", 0.0))


def mark(
    name: str,
    sha256: str,
    got: Sequence[tuple[ExamPassage, PassageAnswers]],
    complete: bool,
    failed: Sequence[str] = (),
) -> ExamResult:
    """The result of what was answered so far."""
    kinds = np.array([q.kind for passage, _ in got for q in passage.questions])
    truth = np.array([q.answer for passage, _ in got for q in passage.questions], dtype=bool)
    margins = np.array([m for _, answers in got for m in answers.margins], dtype=np.float64)
    gates = np.isin(kinds, GATES)
    slope, offset = calibrate(margins[gates], truth[gates])
    lower = auc_lower(margins[gates], truth[gates])
    vote = _vote(got) or Vote(weight_of(lower), slope, offset, 0.0)
    weight = vote.weight if weight_of(lower) else 0.0
    asked = kinds == "presence"
    presence_slope, presence_offset = calibrate(margins[asked], truth[asked])
    by_kind = {kind: _kind_result(margins[kinds == kind], truth[kinds == kind], slope, offset) for kind in KINDS}
    return ExamResult(
        name, sha256, EXAM_VERSION, PROMPT_VERSION, complete, len(truth), by_kind,
        gate_auc=auc(margins[gates], truth[gates]), gate_auc_lower=lower, slope=slope, offset=offset,
        calibration_error=calibration_error(margins[gates], truth[gates], slope, offset),
        weight=weight, vote_slope=vote.slope, vote_offset=vote.offset, gain=vote.gain if weight else 0.0,
        mark="unfit" if weight == 0 else _word(lower),
        tokens=sum(a.tokens for _, a in got), seconds=sum(a.seconds for _, a in got),
        cpu_seconds=sum(a.cpu_seconds for _, a in got), failed=tuple(failed),
        presence_weight=presence_weight(margins[asked], truth[asked]) if weight else 0.0,
        presence_slope=presence_slope, presence_offset=presence_offset,
    )  # fmt: skip


def _word(lower: float) -> str:
    """The mark of a model whose vote counts, by the lower end of its AUC."""
    return "weak" if lower < 0.7 else "fair" if lower < 0.85 else "good"


def _vote(got: Sequence[tuple[ExamPassage, PassageAnswers]]) -> Vote | None:
    """The vote as the doubtful candidates have it, None where too few were answered."""
    rows = [
        (question.score, margin, question.answer, question.stands_for, passage.contract)
        for passage, answers in got
        for question, margin in zip(passage.questions, answers.margins, strict=True)
        if question.kind == DOUBT and question.score is not None
    ]
    if not rows:
        return None
    scores, margins, truth, mass, contracts = zip(*rows, strict=True)
    return fit_vote(Doubts(np.array(scores), np.array(margins), np.array(truth, bool), np.array(mass), list(contracts)))


def _kind_result(margins: Any, truth: Any, slope: float, offset: float) -> KindResult:
    says = slope * margins + offset > 0
    return KindResult(len(truth), float((says == truth).mean()) if len(truth) else 0.0, auc(margins, truth))
