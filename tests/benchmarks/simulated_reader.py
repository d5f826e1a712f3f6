"""A reader of stated skill: its margins are drawn, by seed, about the annotators' labels. It reads nothing.

A yes has a margin from a normal distribution about +d/2, a no from one about -d/2, d chosen for the AUC; a share of the
variance is common to all questions about one type in one contract: who mistakes a definition mistakes it again.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import NormalDist
from typing import Any

from app.analysis.exam import PassageAnswers, mark
from app.analysis.exam_items import ExamPassage
from app.analysis.fusion import Fusion
from app.analysis.questions import MEANINGS, gate_question, presence_question
from app.domain.clauses import Candidate
from app.domain.ports import Completion
from app.domain.progress import CancelToken

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "models" / "exam"))

from make_exam import is_clause  # noqa: E402

ASKED = {gate_question(kind): (kind, False) for kind in MEANINGS} | {
    presence_question(kind): (kind, True) for kind in MEANINGS
}
_FLAWLESS = 6.0  # distance of the two means, in standard deviations, that stands for an AUC of one


@dataclass(frozen=True, slots=True)
class Skill:
    """AUC of gate and of presence questions, the share of noise that one type's questions have in common, a seed."""

    gate: float
    presence: float
    common: float = 0.3
    seed: int = 0

    def margin(self, answer: bool, presence: bool, about: str, passage: str) -> float:
        """The margin of one question; the same for the same question of the same reader, whatever was asked before."""
        distance = distance_of(self.presence if presence else self.gate)
        noise = self.common**0.5 * self._normal(about) + (1 - self.common) ** 0.5 * self._normal(
            about + "\x1f" + passage
        )
        return distance * ((distance if answer else -distance) / 2 + noise)

    def _normal(self, what: str) -> float:
        digest = hashlib.sha256(f"{self.seed}\x1f{what}".encode("utf-8", "replace")).digest()
        return NormalDist().inv_cdf((int.from_bytes(digest[:6], "big") + 0.5) / 2**48)


def distance_of(auc: float) -> float:
    """Between the means of two normal distributions that one ranks by so much better than chance."""
    return min(_FLAWLESS, 2**0.5 * NormalDist().inv_cdf(auc)) if auc < 1 else _FLAWLESS


@dataclass(slots=True)
class Truth:
    """A labelled contract and what is true of its passages, looked up once."""

    title: str
    text: str
    labels: dict[str, list[list[int]]]
    _known: dict[tuple[str, str, bool], bool] = field(default_factory=dict)

    def holds(self, passage: str, kind: str, presence: bool) -> bool:
        """Whether the passage, wherever it stands, is a clause of the type, or holds half of one."""
        key = (passage, kind, presence)
        if key not in self._known:
            self._known[key] = kind in self.labels and any(
                self._at(start, start + len(passage), kind, presence) for start in _places(self.text, passage)
            )
        return self._known[key]

    def _at(self, start: int, end: int, kind: str, presence: bool) -> bool:
        if presence:
            return any(2 * (min(b, end) - max(a, start)) >= b - a for a, b in self.labels[kind])
        row: dict[str, Any] = {"labels": self.labels}
        return bool(is_clause(row, Candidate(kind, start, end, 0.0, False)))


def _places(text: str, passage: str) -> list[int]:
    found, at = [], text.find(passage)
    while at >= 0 and passage:
        found.append(at)
        at = text.find(passage, at + 1)
    return found


class SimulatedReader:
    """A LanguageModel of stated skill for one contract."""

    name, sha256 = "simulated", "0" * 64

    def __init__(self, truth: Truth, skill: Skill) -> None:
        self.truth, self.skill = truth, skill
        self.tokens_evaluated = 0
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def margins(self, passage: str, questions: Sequence[str], cancel: CancelToken) -> list[float]:
        self.asked.append((passage, tuple(questions)))
        found = []
        for question in questions:
            kind, presence = ASKED[question]
            answer = self.truth.holds(passage, kind, presence)
            found.append(self.skill.margin(answer, presence, f"{self.truth.title}\x1f{kind}", passage))
        return found

    def complete(
        self, passage: str, question: str, grammar: str | None, max_tokens: int, cancel: CancelToken
    ) -> Completion:
        raise AssertionError("reading asks for margins only")

    def close(self) -> None:
        """Nothing is open."""


def examined(skill: Skill, passages: Sequence[ExamPassage]) -> Fusion:
    """What the product's own exam, on its own questions, makes of such a reader."""
    got = []
    for passage in passages:
        margins = tuple(
            skill.margin(q.answer, q.kind == "presence", f"{passage.id}\x1f{q.text}", passage.passage)
            for q in passage.questions
        )
        got.append((passage, PassageAnswers(passage.id, margins, 0, 0.0)))
    return mark("simulated", "0" * 64, got, True).fusion
