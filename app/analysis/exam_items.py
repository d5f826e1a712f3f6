"""The bundled passages and questions by which a model is examined."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from app.analysis.questions import gate_question, presence_question

GATES = ("gate", "near miss")  # what the fusion weight rests on: the very questions that the reader asks
KINDS = (*GATES, "presence", "value", "risk")


@dataclass(frozen=True, slots=True)
class ExamQuestion:
    """One question whose answer is known. `kind` is one of KINDS."""

    kind: str
    text: str
    answer: bool


@dataclass(frozen=True, slots=True)
class ExamPassage:
    """A passage of a contract that no screener weights were trained on, with questions about it."""

    id: str
    passage: str
    questions: tuple[ExamQuestion, ...]


def load_exam(path: Path) -> tuple[ExamPassage, ...]:
    """The passages of exam.json, in the order in which they are asked."""
    stored = json.loads(path.read_text("utf-8"))
    return tuple(
        ExamPassage(entry["id"], entry["passage"], tuple(_question(question) for question in entry["questions"]))
        for entry in stored["passages"]
    )


def _question(entry: dict[str, object]) -> ExamQuestion:
    kind, answer = str(entry["kind"]), entry["answer"] is True
    if kind in GATES:
        return ExamQuestion(kind, gate_question(str(entry["type"]), str(entry["words"])), answer)
    if kind == "presence":
        return ExamQuestion(kind, presence_question(str(entry["type"])), answer)
    return ExamQuestion(kind, str(entry["text"]), answer)
