"""A contract of two clauses, candidates in it, and a language model that says what a script says."""

from __future__ import annotations

from collections.abc import Sequence

from app.analysis.fusion import Fusion
from app.domain.clauses import Candidate, Clause
from app.domain.ports import Completion, ModelFailed
from app.domain.progress import CancelToken

LAW = "This Agreement is governed by the laws of Ohio."
CAP = "Neither party is liable for more than the fees paid."
FILLER = "The parties met and talked about the weather at length. " * 40 + "\n"
TEXT = FILLER + LAW + "\n" + FILLER * 4 + CAP + "\n" + FILLER
EXAMINED = Fusion(weight=1.0, slope=2.0)


def spot(words: str, kind: str, score: float, reported: bool) -> Candidate:
    start = TEXT.index(words)
    return Candidate(kind, start, start + len(words), score, reported)


CANDIDATES = (
    spot(LAW, "Governing Law", 0.6, True),
    spot(CAP, "Cap On Liability", 0.4, False),
    spot(CAP, "Insurance", 0.002, False),
)


class Scripted:
    """A language model that says what the script says; keeps what it was asked."""

    name, sha256 = "scripted", "0" * 64

    def __init__(self, margin: float = 0.0, fail_on: str = "") -> None:
        self.margin = margin
        self.fail_on = fail_on
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.tokens_evaluated = 0

    def margins(self, passage: str, questions: Sequence[str], cancel: CancelToken) -> list[float]:
        cancel.check()
        if self.fail_on and self.fail_on in passage:
            raise ModelFailed("The model stopped.")
        self.asked.append((passage, tuple(questions)))
        self.tokens_evaluated += 100
        return [self.margin + 0.01 * index for index, _ in enumerate(questions)]

    def complete(
        self, passage: str, question: str, grammar: str | None, max_tokens: int, cancel: CancelToken
    ) -> Completion:
        raise AssertionError("reading asks for margins only")

    def close(self) -> None:
        pass


def by_type(clauses: Sequence[Clause]) -> dict[str, Clause]:
    return {clause.type: clause for clause in clauses}
