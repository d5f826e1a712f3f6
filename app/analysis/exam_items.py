"""The bundled passages and questions by which a model is examined."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.analysis.questions import gate_question, presence_question

GATES = ("gate", "near miss", "doubt")  # the very questions that the reader asks
DOUBT = "doubt"  # about candidates that the screener leaves uncertain: what the weight of the vote is fitted on
KINDS = (*GATES, "presence", "value", "risk")


@dataclass(frozen=True, slots=True)
class ExamQuestion:
    """One question whose answer is known. `kind` is one of KINDS.

    A doubt has the screener's score for a contract it was not trained on, and how many such candidates it stands for.
    """

    kind: str
    text: str
    answer: bool
    score: float | None = None
    stands_for: float = 1.0


@dataclass(frozen=True, slots=True)
class ExamPassage:
    """A passage of a contract that no screener weights were trained on, with questions about it."""

    id: str
    passage: str
    questions: tuple[ExamQuestion, ...]
    contract: str = ""  # what is fitted on one contract is judged on others


def load_exam(path: Path) -> tuple[ExamPassage, ...]:
    """The passages of exam.json, in the order in which they are asked."""
    stored = json.loads(path.read_text("utf-8"))
    return tuple(passage for entry in stored["passages"] for passage in _passages(entry))


def _passages(entry: dict[str, Any]) -> Iterator[ExamPassage]:
    """An entry as the reader would ask it: gate questions on the candidate's own words, the others on the passage."""
    asked: dict[str, list[ExamQuestion]] = {}
    for question in entry["questions"]:
        words = str(question["words"]).strip() if question["kind"] in GATES else str(entry["passage"])
        asked.setdefault(words, []).append(_question(question))
    for number, (words, questions) in enumerate(asked.items(), 1):
        yield ExamPassage(f"{entry['id']}-{number}", words, tuple(questions), str(entry["contract"]))


def _question(entry: dict[str, object]) -> ExamQuestion:
    kind, answer = str(entry["kind"]), entry["answer"] is True
    if kind in GATES:
        question = gate_question(str(entry["type"]))
        if kind != DOUBT:
            return ExamQuestion(kind, question, answer)
        return ExamQuestion(kind, question, answer, float(str(entry["score"])), float(str(entry["stands_for"])))
    if kind == "presence":
        return ExamQuestion(kind, presence_question(str(entry["type"])), answer)
    return ExamQuestion(kind, str(entry["text"]), answer)
