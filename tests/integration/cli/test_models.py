"""`privity models`, walked as a lawyer's IT would: good files, bad ones, and names typed by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from app.cli import main
from app.domain.ports import ModelFailed
from app.paths import builtin_model
from app.services import language_models
from tests import gguf_files

SMALL = gguf_files.Tensor("token_embd.weight", (576, 49152), gguf_files.Q4_0)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def models(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str | Path) -> tuple[int, str, str]:
        code = main(["models", *map(str, words), "--data-dir", str(tmp_path / "data")])
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


@pytest.fixture
def builtin() -> Path:
    if not builtin_model().is_file():
        pytest.skip("the built-in model is not set up")
    return builtin_model()


def _gguf(path: Path, builtin: Path, architecture: str, name: str) -> Path:
    """A small GGUF with the built-in model's header under another name and architecture, most tensors missing."""
    values = gguf_files.metadata(builtin)
    values = {key.replace("llama.", f"{architecture}.", 1): value for key, value in values.items()}
    values |= {"general.architecture": gguf_files.text(architecture), "general.name": gguf_files.text(name)}
    gguf_files.write(path, values, [SMALL])
    return path


def _bad_file(kind: str, folder: Path, builtin: Path) -> Path:
    file = folder / f"{kind}.gguf"
    if kind == "text":
        file.write_text("This Agreement is made as of January 1, 2020. " * 20)
    elif kind == "truncated":
        with builtin.open("rb") as stream:
            file.write_bytes(stream.read(9_000_000))
    elif kind == "beheaded":
        with builtin.open("rb") as stream:
            file.write_bytes(stream.read(300))
    elif kind == "pictures":
        _gguf(file, builtin, "clip", "A vision tower")
    elif kind == "folder":
        file.mkdir()
    return file


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("missing", "There is no model file at"), ("folder", "There is no model file at"),
        ("text", "The model file is no GGUF file."), ("truncated", "The model file is cut short: copy"),
        ("beheaded", "The model file is cut short."), ("pictures", "The file is not a text model"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_in_one_sentence(
    kind: str, said: str, models: Run, tmp_path: Path, builtin: Path
) -> None:
    file = _bad_file(kind, tmp_path, builtin)
    for command in ("add", "exam"):
        code, out, err = models(command, file)
        assert code == 2
        assert out == ""
        assert err.startswith(said)
        assert err.count("\n") == 1
    assert str(file) not in models("list")[1]


def test_an_unknown_kind_of_model_is_accepted_with_a_warning_and_its_exam_says_that_it_cannot_be_loaded(
    models: Run, tmp_path: Path, builtin: Path
) -> None:
    file = _gguf(tmp_path / "quux.gguf", builtin, "quuxformer", "Quux 1B")
    code, out, _ = models("add", file)
    assert code == 0
    assert out.startswith("Added: Quux 1B. This model is not in Privity's catalogue")
    code, _, err = models("exam", "quux")
    assert code == 2
    assert "cannot load this model (architecture quuxformer)" in err


def test_what_does_not_fit_the_memory_is_said_before_it_is_loaded(
    models: Run, builtin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=100 << 20))
    assert "0.1 GB are free: it cannot be loaded now" in models("list")[1]
    code, _, err = models("exam", "builtin")
    assert code == 2
    assert err.startswith("The model needs about")
    assert "close other programs or choose a smaller model" in err


def test_a_model_that_loads_and_cannot_answer_is_one_sentence(
    models: Run, builtin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stops(*_: object, **__: object) -> None:
        raise ModelFailed("The model stopped 3 times at the same passage, which it therefore did not read.")

    monkeypatch.setattr(language_models, "autotune", stops)  # as where the weights are damaged and every answer is NaN
    code, out, told = models("exam", "builtin")
    assert (code, out) == (2, "")
    assert "could not be examined" in told
    assert "Traceback" not in told


def test_a_model_is_chosen_by_path_file_name_or_title(models: Run, tmp_path: Path, builtin: Path) -> None:
    file = _gguf(tmp_path / "quux.gguf", builtin, "quuxformer", "Quux 1B")
    code, _, err = models("use", file)
    assert code == 2
    assert f"add it first, privity models add {file}" in err
    models("add", file)
    for name in (file, "quux.gguf", "QUUX", "quux 1b"):
        assert models("use", "none")[0] == 0
        code, out, _ = models("use", name)
        assert code == 0
        assert f"analyze now uses {file}." in out
        assert "was not examined" in out
    listed = json.loads(models("list", "--json")[1])
    assert [entry["key"] for entry in listed if entry["used"]] == [str(file)]
    assert models("use", "nobody")[2].startswith("No model is known as nobody: use one of ")
    file.unlink()
    assert "There is no model file at" in models("list")[1]
    code, _, err = models("use", "quux")
    assert code == 2
    assert "cannot be used" in err


@pytest.mark.parametrize("command", ["exam", "cost"])
def test_there_is_nothing_to_examine_behind_none(command: str, models: Run) -> None:
    code, _, err = models(command, "none")
    assert code == 2
    assert err == "There is no model behind none: name builtin or a GGUF file.\n"
