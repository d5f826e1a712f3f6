"""What usual scripts do with a model: a chat completion per question through `Llama`, timed on samples and scaled."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llama_cpp import Llama

from app.analysis.engine_tree import Tree
from app.analysis.questions import presence_question
from app.analysis.reading_plan import Chunk, plan
from app.analysis.screener import Screener
from app.domain.clauses import CUAD_TYPES
from app.domain.sections import find_sections
from app.paths import models, screener_weights

PIECES = (250, 512, 1024)  # tokens of a passage that a search returns: from a tutorial's 1,000 characters to what a
# well-known library cuts where nothing is said
TOP = 4
CONTEXT = 8192


@dataclass(frozen=True, slots=True)
class Labelled:
    """A contract with its annotators' spans by clause type."""

    text: str
    labels: dict[str, list[list[int]]]

    def answers(self) -> list[str]:
        """What a script asks the model to write for each type: whether there is one, and its first passage."""
        found = []
        for kind in CUAD_TYPES:
            spans = self.labels.get(kind)
            quote = self.text[slice(*spans[0])] if spans else ""
            found.append(json.dumps({"present": bool(spans), "quote": quote}))
        return found


def held_out(data: Path) -> list[Labelled]:
    """The contracts that the committed screener never trained on."""
    titles = set((models() / "screener" / "held_out.txt").read_text("utf-8").splitlines())
    rows = map(json.loads, data.open(encoding="utf-8"))
    return [Labelled(row["text"], row["labels"]) for row in rows if row["title"] in titles]


def nearest(data: Path, characters: int) -> Labelled:
    """The held-out contract whose length is nearest to so many characters."""
    return min(held_out(data), key=lambda contract: abs(len(contract.text) - characters))


def compare(path: Path, tree: Tree, contract: Labelled, threads: int, sample: int) -> dict[str, float]:
    """Seconds per contract of usual scripts (41 questions), against reading the same text by the tree.

    Reading is timed whole. Each script is timed on `sample` questions and scaled to all; answers are as long as the
    annotators' own would be on the average, written as JSON, or shorter where the model stops first.
    """
    size = tree.vocabulary.document
    long = round(sum(len(size(answer)) for answer in contract.answers()) / len(CUAD_TYPES))
    found = {"contract, tokens": float(len(size(contract.text))), "answer, tokens": float(long)}
    found |= _reading(tree, contract.text)
    ours, per_token = found["full reading, s"], len(contract.text) / found["contract, tokens"]
    ask = _Script(path, threads, contract.text, long, sample)
    found["questions timed of each script"] = float(sample)
    found["question first, s"] = ask.question_first()
    found["contract first, prefix cached, s"] = ask.contract_first()
    for tokens in PIECES:
        found[f"top-4 passages of {tokens} tokens, s"] = ask.top(round(tokens * per_token))
    ask.close()
    found["question first / full (reach 30)"] = found["question first, s"] / ours
    found["contract first / full (report)"] = found["contract first, prefix cached, s"] / ours
    for tokens in PIECES:
        seconds = found[f"top-4 passages of {tokens} tokens, s"]
        found[f"top-4 of {tokens} / full (reach 4)"] = seconds / ours
        found[f"top-4 of {tokens} / gated (report)"] = seconds / found["gated reading, s"]
    return found


class _Script:
    """Chat completions about one contract; seconds are scaled to all questions."""

    def __init__(self, path: Path, threads: int, text: str, answer: int, sample: int) -> None:
        self._llama = Llama(str(path), n_ctx=CONTEXT, n_threads=threads, n_threads_batch=threads, verbose=False)
        self._text = text
        self._answer = answer
        questions = [presence_question(kind) for kind in CUAD_TYPES]
        self._all = len(questions)
        self._few = questions[:: max(1, self._all // sample)][:sample]
        self._last = questions[-1]

    def question_first(self) -> float:
        """The contract is read anew for every question."""
        self._llama.reset()
        return self._scaled(lambda: [self._ask(f"{question}\n\n{self._text}") for question in self._few])

    def contract_first(self) -> float:
        """The contract is read once and kept by the library's prefix cache."""
        self._llama.reset()
        once = _timed(lambda: self._ask(f"{self._text}\n\n{self._last}"))
        rest = _timed(lambda: [self._ask(f"{self._text}\n\n{question}") for question in self._few])
        return once + rest / len(self._few) * (self._all - 1)

    def top(self, characters: int) -> float:
        """Four passages for each question."""
        self._llama.reset()
        return self._scaled(
            lambda: [self._ask(_top(self._text, n, characters) + question) for n, question in enumerate(self._few)]
        )

    def close(self) -> None:
        self._llama.close()

    def _ask(self, content: str) -> None:
        request: Any = [{"role": "user", "content": content}]
        self._llama.create_chat_completion(request, max_tokens=self._answer, temperature=0)

    def _scaled(self, work: Callable[[], Any]) -> float:
        return _timed(work) / len(self._few) * self._all


def _reading(tree: Tree, text: str) -> dict[str, float]:
    """Seconds and tokens of gated and of full reading as `read_contract` plans them, every chunk timed."""
    screener = Screener.load(screener_weights())
    candidates, sections = screener.screen(text), find_sections(text)
    gated = plan(text, candidates, sections, "gated")
    whole = [chunk for chunk in plan(text, candidates, sections, "full") if chunk not in gated]
    tree.forget()
    tree.read_head()
    before = tree.evaluated
    gates = _timed(lambda: _read(tree, gated))
    between = tree.evaluated
    parts = _timed(lambda: _read(tree, whole))
    return {
        "gated reading, s": gates, "gated reading, tokens": float(between - before),
        "full reading, s": gates + parts, "full reading, tokens": float(tree.evaluated - before),
        "full reading, parts of the contract": float(len(whole)),
    }  # fmt: skip


def _read(tree: Tree, chunks: Sequence[Chunk]) -> None:
    for chunk in chunks:
        tree.margins(chunk.passage, [question.text for question in chunk.questions], lambda _n: None)


def _top(text: str, number: int, characters: int) -> str:
    """Four passages from places that differ with the question, as a search would give them."""
    starts = [(number * 331 + n * len(text) // TOP) % max(1, len(text) - characters) for n in range(TOP)]
    return "\n\n".join(text[start : start + characters] for start in starts) + "\n\n"


def _timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
