"""Predictions on labelled contracts, by the very screening and reading that analyze uses."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from app.analysis.fold_screener import FoldScreeners
from app.analysis.reading import read_contract
from app.analysis.screener import Screener
from app.domain.clauses import Clause
from app.domain.progress import CancelToken
from app.domain.sections import find_sections
from app.errors import UserError
from app.paths import screener_weights
from app.services.analysing import as_clauses
from app.services.language_models import Reader, open_reader
from app.storage.app_database import AppDatabase


def predict_clauses(
    contracts: Path, out: Path, data_dir: Path, model: str, reading: str, folds: Path | None
) -> Iterator[int]:
    """Yields the number of contracts, then their counter as each is done; `out` is written whole at the end.

    Only each line's "text" is looked at; its "title" is copied so that the scorer can match the lines.
    """
    rows = _rows(contracts)
    yield len(rows)
    screener_of = _screeners(folds)
    reader = open_reader(model, AppDatabase(data_dir)) if model != "none" else None
    temporary = out.with_name(out.name + ".part")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            for number, row in enumerate(rows, 1):
                clauses = _clauses(row["text"], screener_of(row["text"]), reader, reading)
                line = {"title": row.get("title", str(number)), "findings": [_finding(clause) for clause in clauses]}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                yield number
        os.replace(temporary, out)
    finally:
        temporary.unlink(missing_ok=True)
        if reader is not None:
            reader.model.close()


def _rows(contracts: Path) -> list[dict[str, Any]]:
    try:
        with contracts.open(encoding="utf-8") as file:
            rows = [json.loads(line) for line in file if line.strip()]
    except OSError as error:
        raise UserError(f"{contracts} cannot be opened: {error.strerror}.") from None
    except ValueError:
        raise UserError(f"{contracts} is not JSON, one object a line.") from None
    if not all(isinstance(row, dict) and isinstance(row.get("text"), str) for row in rows):
        raise UserError(f'{contracts}: every line needs a "text".')
    return rows


def _screeners(folds: Path | None) -> Callable[[str], Screener]:
    if folds is None:
        screener = Screener.load(screener_weights())
        return lambda text: screener
    return FoldScreeners.load(folds).for_contract


def _clauses(text: str, screener: Screener, reader: Reader | None, reading: str) -> tuple[Clause, ...]:
    candidates = screener.screen(text)
    if reader is None or reading == "off":
        return as_clauses(candidates)
    sections = find_sections(text)
    return read_contract(
        text, candidates, reader.model, reader.fusion, reading, CancelToken(), sections=sections
    ).clauses


def _finding(clause: Clause) -> dict[str, Any]:
    return {
        "category": clause.type, "start": clause.start, "end": clause.end, "score": round(clause.score, 6),
        "answer": clause.reported,
    }  # fmt: skip
