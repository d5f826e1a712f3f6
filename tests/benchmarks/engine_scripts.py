"""What usual scripts do with a model: a chat completion per question through `Llama`, timed on samples and scaled."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from llama_cpp import Llama

from app.analysis.engine_tree import Tree
from app.analysis.questions import presence_question
from app.analysis.reading_plan import plan
from app.domain.clauses import CUAD_TYPES
from app.domain.sections import find_sections

ANSWER = 24  # tokens of a short answer as JSON
PIECE = 800  # characters of a passage that a search returns


def compare(path: Path, tree: Tree, text: str, threads: int, sample: int) -> dict[str, float]:
    """Seconds per contract of three usual scripts (41 questions), against full reading of the same text by the tree."""
    questions = [presence_question(kind) for kind in CUAD_TYPES]
    ours = _timed(lambda: _read(tree, text))
    llama = Llama(str(path), n_ctx=8192, n_threads=threads, n_threads_batch=threads, verbose=False)

    def ask(content: str) -> None:
        llama.create_chat_completion([{"role": "user", "content": content}], max_tokens=ANSWER, temperature=0)

    few = questions[:sample]
    first = _timed(lambda: [ask(f"{q}\n\n{text}") for q in few]) / sample * len(questions)
    llama.reset()
    once = _timed(lambda: ask(f"{text}\n\n{questions[-1]}"))
    cached = once + _timed(lambda: [ask(f"{text}\n\n{q}") for q in few]) / sample * (len(questions) - 1)
    llama.reset()
    top = _timed(lambda: [ask(_top(text, n) + q) for n, q in enumerate(few)]) / sample * len(questions)
    llama.close()
    return {
        "full reading, s": ours, "question first, s": first, "contract first, prefix cached, s": cached,
        "top-4 passages, s": top, "question first / full (reach 30)": first / ours,
        "contract first / full (report)": cached / ours, "top-4 passages / full (reach 4)": top / ours,
    }  # fmt: skip


def _read(tree: Tree, text: str) -> None:
    tree.forget()
    for chunk in plan(text, (), find_sections(text), "full"):
        tree.margins(chunk.passage, [question.text for question in chunk.questions], lambda _n: None)


def _top(text: str, number: int) -> str:
    """Four passages from places that differ with the question, as a search would give them."""
    starts = [(number * 331 + n * len(text) // 4) % max(1, len(text) - PIECE) for n in range(4)]
    return "\n\n".join(text[start : start + PIECE] for start in starts) + "\n\n"


def _timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
