"""A value that the rules left empty, from the exam that allows a model to choose it to the record that says so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.analysis.engine import open_model
from app.analysis.exam import ExamResult, KindResult
from app.analysis.exam_figures import auc
from app.analysis.exam_items import load_exam
from app.analysis.fusion import Fusion
from app.analysis.values_model import NOTE, may_read_values
from app.domain.ports import Completion
from app.domain.progress import CancelToken
from app.paths import builtin_model, models
from tests.model_runs import passed, run

CONTRACT = """SUPPLY AGREEMENT

This Supply Agreement is made as of March 1, 2024 between Acme Corporation ("Supplier") and Beta LLC ("Buyer").

1. Supply. Supplier sells the Products to Buyer at the prices of Schedule 1, and Buyer pays each invoice in thirty days.

2. Governing Law. This Agreement shall be governed by and construed in accordance with the laws of the Named State.

3. Named State. The Named State of the parties is Ohio, in which the Supplier has its factory.
"""


class OhioPicker:
    """A model that says yes where it is asked about Ohio, and no to all else."""

    name, sha256, tokens_evaluated, tokens_generated = "picker.gguf", "ef" * 32, 0, 0

    def margins(self, passage: str, questions: Sequence[str], cancel: CancelToken) -> list[float]:
        self.tokens_evaluated += 10
        return [2.0 if '"Ohio"' in question else -2.0 for question in questions]

    def complete(
        self, passage: str, question: str, grammar: str | None, max_tokens: int, cancel: CancelToken
    ) -> Completion:
        raise AssertionError("values are pointed at")

    def close(self) -> None:
        """Nothing to close."""


def exam_with(value: KindResult) -> ExamResult:
    return replace(passed(), kinds={"risk": KindResult(1, 0.5, 0.5), "value": value}, weight=0.0)


@pytest.mark.parametrize(("passed_on_values", "told"), [(0.97, True), (0.6, False)])
def test_a_law_that_rules_could_not_read_is_chosen_by_a_model_that_passed(
    passed_on_values: float, told: bool, tmp_path: Path
) -> None:
    file = tmp_path / "supply.txt"
    file.write_text(CONTRACT, "utf-8")
    exam = exam_with(KindResult(60, 0.9, passed_on_values))
    review, record, _ = run([file], tmp_path / "data", OhioPicker(), Fusion(), exam)
    laws = [c.value for c in review.contracts[0].clauses if c.type == "Governing Law" and c.reported]
    assert laws
    assert [value for value in laws if value] == [
        {
            "country": "United States", "region": "Ohio", "law": "Ohio", "display": f"Ohio ({NOTE})", "by_model": True,
            "read_from": [CONTRACT.index("Ohio"), CONTRACT.index("Ohio") + 4],
        }
    ] * told  # fmt: skip
    assert (NOTE in json.dumps(json.loads(record))) is told


def test_the_built_in_model_s_exam_does_not_allow_it_to_choose_values() -> None:
    if not builtin_model().is_file():
        pytest.skip("the built-in model is not set up")
    margins: list[float] = []
    truth: list[bool] = []
    model = open_model(builtin_model(), sha256="0" * 64)
    try:
        for passage in load_exam(models() / "exam" / "exam.json"):
            asked = [question for question in passage.questions if question.kind == "value"]
            if asked and len(truth) < 30:
                margins += model.margins(passage.passage, [question.text for question in asked], CancelToken())
                truth += [question.answer for question in asked]
    finally:
        model.close()
    assert not may_read_values(exam_with(KindResult(len(truth), 0.5, auc(np.array(margins), np.array(truth)))))
    assert may_read_values(exam_with(KindResult(len(truth), 0.9, 1.0)))
