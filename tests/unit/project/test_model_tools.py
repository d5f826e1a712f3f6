"""The tools for measuring models: what they write and what they refuse."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from app import paths
from app.analysis.exam import ExamResult, KindResult
from app.analysis.gguf_header import read_header
from app.paths import builtin_model, published_model
from tests.benchmarks import accept_model

ROOT = Path(__file__).resolve().parents[3]


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_that_accept_model_writes_has_the_lines_of_the_page() -> None:
    kinds = {kind: KindResult(10, 0.8, 0.75) for kind in ("presence", "value", "risk")}
    result = ExamResult(
        "mistral.gguf", "0" * 64, "2", "2", True, 340, kinds, 0.81, 0.74, 1.0, 0.0, 0.05, 0.5, "fair", 16000, 1600.0
    )
    made = accept_model.table(result, "0.8, 0.7, 0.7 / 0.9, 0.8, 0.8")
    assert "| tokens a second, minutes per 30 pages (gated / full) | 10.0, 15 / 54 |" in made
    page = accept_model.PAGE.read_text("utf-8")
    standing = page[page.index(accept_model.START) : page.index(accept_model.END)]
    labels = [re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE) for text in (standing, made)]
    assert labels[0] == labels[1]
    assert "not yet measured with Mistral's own weights" in page.replace("Not yet", "not yet")


def test_a_file_that_is_not_the_expected_one_is_not_kept(tmp_path: Path) -> None:
    fetch = _load(ROOT / "packaging" / "fetch_qwen.py")
    other = tmp_path / fetch.NAME
    other.write_bytes(b"something else")
    assert not fetch.good(other)
    assert not fetch.good(tmp_path / "missing.gguf")
    assert ROOT not in fetch.default_folder().parents  # outside the repository


@pytest.mark.parametrize("target", ["model-qwen", "accept-model", "bench-engine"])
def test_the_makefile_offers_it(target: str) -> None:
    assert re.search(rf"^{target}: ## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_what_is_no_model_is_not_written_anew_and_leaves_what_was_there(tmp_path: Path) -> None:
    tool = _load(ROOT / "packaging" / "requantise.py")
    source, target = tmp_path / "broken.gguf", tmp_path / "target.gguf"
    source.write_bytes(b"GGUF and then nothing")
    target.write_bytes(b"of before")
    with pytest.raises(OSError, match=r"broken\.gguf could not be written anew"):
        tool.requantise(source, target)
    assert target.read_bytes() == b"of before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.gguf", "target.gguf"]


def test_without_the_one_in_eight_bits_the_model_is_used_as_it_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "models", lambda: tmp_path)
    assert paths.builtin_model() == paths.published_model()
    (tmp_path / "SmolLM2-135M-Instruct.Q8_0.gguf").write_bytes(b"GGUF")
    assert paths.builtin_model().name == "SmolLM2-135M-Instruct.Q8_0.gguf"


def test_the_built_in_model_is_the_one_in_eight_bits_where_it_could_be_written() -> None:
    if not published_model().is_file():
        pytest.skip("the built-in model is fetched at set-up")
    header = read_header(builtin_model())
    assert header.quantisation == "Q8_0"
    assert header.layers == read_header(published_model()).layers
