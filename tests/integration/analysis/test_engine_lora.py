from __future__ import annotations

from pathlib import Path

import pytest

from app.analysis.engine import open_model
from app.analysis.exam_items import ExamPassage, ExamQuestion
from app.domain.progress import CancelToken
from app.errors import UserError
from app.paths import builtin_model
from app.services import language_models
from app.services.language_models import examine
from app.services.model_files import digest_of, model_file, with_adapter
from app.storage.app_database import AppDatabase
from tests import gguf_files

PASSAGE = "This Agreement is governed by the laws of the State of New York."
QUESTIONS = ["Answer Yes or No: is it about the law?", "Answer Yes or No: is it about insurance?"]


@pytest.fixture
def builtin() -> Path:
    if not builtin_model().is_file():
        pytest.skip("the built-in model is not set up")
    return builtin_model()


def _margins(builtin: Path, adapter: Path | None) -> list[float]:
    model = open_model(builtin, sha256="0" * 64, threads=1, setup={"context": 512}, adapter=adapter)
    try:
        return model.margins(PASSAGE, QUESTIONS, CancelToken())
    finally:
        model.close()


def test_an_adapter_moves_the_answers_and_one_of_nothing_does_not(builtin: Path, tmp_path: Path) -> None:
    nothing, something = tmp_path / "nothing.gguf", tmp_path / "something.gguf"
    gguf_files.adapter(nothing, 576, 0.0)
    gguf_files.adapter(something, 576, 0.5)
    plain = _margins(builtin, None)
    assert _margins(builtin, nothing) == pytest.approx(plain, abs=1e-6)
    assert _margins(builtin, something) != pytest.approx(plain, abs=1e-3)


def test_an_adapter_for_another_kind_of_model_is_one_sentence(builtin: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.gguf"
    gguf_files.adapter(stranger, 576, 0.5, architecture="qwen2")
    with pytest.raises(UserError, match=r"another kind\.$"):
        open_model(builtin, sha256="0" * 64, adapter=stranger)
    with pytest.raises(UserError, match="no LoRA adapter"):
        open_model(builtin, sha256="0" * 64, adapter=builtin)


def test_a_model_with_an_adapter_is_another_model_to_the_exam(builtin: Path, tmp_path: Path) -> None:
    adapter = tmp_path / "adapter.gguf"
    gguf_files.adapter(adapter, 576, 0.5)
    database = AppDatabase(tmp_path / "data")
    alone, together = model_file("builtin", database), model_file(with_adapter("builtin", adapter), database)
    assert together.adapter == adapter
    assert together.sha256 != alone.sha256


def test_a_file_is_hashed_once_until_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.services import model_files

    hashed: list[Path] = []
    real = model_files.sha256_of
    monkeypatch.setattr(model_files, "sha256_of", lambda path: hashed.append(path) or real(path))
    file = tmp_path / "model.gguf"
    file.write_bytes(b"one")
    database = AppDatabase(tmp_path / "data")
    first = digest_of(file, database)
    assert digest_of(file, database) == first
    assert len(hashed) == 1
    file.write_bytes(b"other")
    assert digest_of(file, database) != first
    assert len(hashed) == 2
    database.close()


def test_cost_without_an_exam_is_one_sentence(
    builtin: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from app.cli import main

    assert main(["models", "cost", "builtin", "--data-dir", str(tmp_path)]) == 2
    assert "has not sat its exam" in capsys.readouterr().err
    assert main(["models", "cost", "builtin", "--data-dir", str(tmp_path), "--price-read", "2"]) == 2
    assert "--price-source" in capsys.readouterr().err


def test_a_model_with_an_adapter_sits_an_exam_of_its_own(
    builtin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = tuple(ExamQuestion("gate", text, answer) for text, answer in zip(QUESTIONS, (True, False), strict=True))
    passage = ExamPassage("p-1", PASSAGE, questions)
    monkeypatch.setattr(language_models, "load_exam", lambda _path: (passage,))
    monkeypatch.setattr(
        language_models, "autotune", lambda *_, **__: {"setup": {"threads": 1, "context": 512}, "tokens_per_second": 1}
    )
    adapter = tmp_path / "adapter.gguf"
    gguf_files.adapter(adapter, 576, 0.5)
    database = AppDatabase(tmp_path / "data")
    margins = []
    for key in ("builtin", with_adapter("builtin", adapter)):
        steps = list(examine(key, database, CancelToken()))
        assert steps[-1].result is not None
        assert steps[-1].result["complete"] is True
        sat = database.exam(model_file(key, database).sha256)
        assert sat is not None
        margins.append((sat["sha256"], sat["gate_auc"], sat["offset"], sat["slope"]))
    (plain, *_), (adapted, *_) = margins
    assert plain != adapted  # each has its own result
    assert margins[0][1:] != margins[1][1:]  # and the adapter was at work in the second
