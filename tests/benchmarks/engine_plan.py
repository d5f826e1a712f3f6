"""Tokens that reading evaluates per contract token, counted with a model's own tokenizer; nothing is decoded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import llama_cpp

from app.analysis.engine_vocab import Vocabulary
from app.analysis.engine_weave import BRANCHES, LANES, weave
from app.analysis.fusion import Fusion
from app.analysis.prompts import layout
from app.analysis.questions import OPENINGS
from app.analysis.reading import read_contract
from app.analysis.screener import Screener
from app.domain.ports import Completion
from app.domain.progress import CancelToken
from app.domain.sections import find_sections
from app.paths import screener_weights
from tests.benchmarks.engine_scripts import held_out


class Counter:
    """A LanguageModel that answers nothing and counts what the engine's tree would evaluate."""

    name, sha256 = "counter", "0" * 64

    def __init__(self, path: Path) -> None:
        parameters = llama_cpp.llama_model_default_params()
        parameters.vocab_only = True
        self._model = llama_cpp.llama_model_load_from_file(str(path).encode(), parameters)
        self.vocabulary = Vocabulary(self._model)
        words = self.vocabulary
        template = llama_cpp.llama_model_chat_template(self._model, None).decode()
        made = layout(template, words.text_of(words.bos), words.text_of(words.eos))
        self._head = len(words.head(made.head))
        self._middle, self._tail = words.trusted(made.middle), words.trusted(made.tail)
        self.tokens_evaluated = self._head
        self.questions = 0

    def margins(self, passage: str, questions: Sequence[str], cancel: CancelToken) -> list[float]:
        tokens = self.vocabulary.document(passage) + self._middle
        rest = tokens[len(tokens) - (self._head + len(tokens)) % LANES :]
        asked = [self.vocabulary.document(question, line=False) for question in questions]
        suffixes = [rest + question + self._tail for question in asked]
        openings = [self._opening(question, len(rest)) for question in asked]
        self.tokens_evaluated += len(tokens) - len(rest)
        for first in range(0, len(suffixes), BRANCHES):
            group = slice(first, first + BRANCHES)
            self.tokens_evaluated += len(weave(suffixes[group], openings[group])[0])
        self.questions += len(questions)
        return [0.0] * len(questions)

    def _opening(self, question: list[int], rest: int) -> int:
        openings = [self.vocabulary.document(opening, line=False) for opening in OPENINGS]
        return next((rest + len(opening) for opening in openings if question[: len(opening)] == opening), 0)

    def complete(
        self, passage: str, question: str, grammar: str | None, max_tokens: int, cancel: CancelToken
    ) -> Completion:
        raise AssertionError("reading asks for margins only")

    def close(self) -> None:
        llama_cpp.llama_model_free(self._model)


def tokens_per_token(path: Path, data: Path, count: int) -> dict[str, Any]:
    """Evaluated tokens per contract token, gated and full, over `count` held-out contracts."""
    counter, screener = Counter(path), Screener.load(screener_weights())
    whole, found = 0, {"gated": 0, "full": 0}
    asked = {"gated": 0, "full": 0}
    texts = [contract.text for contract in held_out(data)[:count]]
    for text in texts:
        whole += len(counter.vocabulary.document(text))
        candidates, sections = screener.screen(text), find_sections(text)
        for depth in found:
            tokens, questions = counter.tokens_evaluated, counter.questions
            read_contract(text, candidates, counter, Fusion(), depth, CancelToken(), sections=sections)
            found[depth] += counter.tokens_evaluated - tokens
            asked[depth] += counter.questions - questions
    counter.close()
    return {
        "contracts": len(texts),
        "gated, tokens per contract token (reach .5)": found["gated"] / whole,
        "full, tokens per contract token (reach 1.8)": found["full"] / whole,
        "gated, questions per contract": asked["gated"] / max(1, len(texts)),
        "full, questions per contract": asked["full"] / max(1, len(texts)),
    }
