"""Precision over recall of the screener's ranked passages, with the published systems' points, as an SVG drawing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

Point = tuple[float, float]  # recall, precision
SIZE, EDGE = 420, 46
# Published on CUAD's test split by ContractEval (arXiv 2508.03080): strict F1 and F2 give precision and recall.
PUBLISHED = {"GPT-4.1": (0.641, 0.672), "Claude Sonnet 4": (0.523, 0.578), "Gemini 2.5 Pro": (0.497, 0.604),
             "Qwen3-8B": (0.540, 0.512), "Llama-3.1-8B": (0.392, 0.370)}  # fmt: skip


def points(rows: list[dict[str, Any]], predictions: dict[str, list[dict[str, Any]]], measure: Any) -> list[Point]:
    """Recall and precision of strict answers as the bound on a pair's best score falls, counted as the anchors count:

    precision is hits over hits and answers to pairs without the clause, recall hits over pairs with it. A pair's answer
    is what the screener reports for it (or would, were the type there): only whether it speaks varies.
    """
    pairs = []
    for row in rows:
        by_type: dict[str, list[dict[str, Any]]] = {}
        for finding in predictions[row["title"]]:
            by_type.setdefault(finding["category"], []).append(finding)
        for name in measure.CATEGORIES:
            mine = by_type.get(name, [])
            said = [f for f in mine if f["answer"]] or sorted(mine, key=lambda f: -f["score"])[:1]
            verdict = measure.judge(row, name, [dict(f, answer=True) for f in said])
            if said:
                pairs.append((max(f["score"] for f in said), verdict["strict"], not verdict["labels"]))
    labelled = sum(bool(row["labels"].get(name)) for row in rows for name in measure.CATEGORIES)
    right = alarms = 0
    curve = []
    for _, hit, alarm in sorted(pairs, key=lambda pair: -pair[0]):
        right, alarms = right + hit, alarms + alarm
        if right:
            curve.append((right / labelled, right / (right + alarms)))
    return curve


def from_scores(f1: float, f2: float) -> Point:
    """Recall and precision that have both an F1 and an F2."""
    # 1/F1 = (1/P + 1/R) / 2 and 1/F2 = (1/P + 4/R) / 5 are linear in 1/P and 1/R.
    inverse_recall = (5 / f2 - 2 / f1) / 3
    return 1 / inverse_recall, 1 / (2 / f1 - inverse_recall)


def draw(path: Path, curve: list[Point]) -> None:
    """Write the drawing."""

    def place(point: Point) -> str:
        return f"{EDGE + point[0] * SIZE:.1f},{EDGE + (1 - point[1]) * SIZE:.1f}"

    marks = []
    for name, figures in PUBLISHED.items():
        x, y = place(from_scores(*figures)).split(",")
        marks.append(
            f'<circle cx="{x}" cy="{y}" r="4" fill="#b4552d"/><text x="{float(x) + 7:.1f}" y="{y}">{name}</text>'
        )
    ticks = "".join(
        f'<text x="{EDGE + t * SIZE / 5}" y="{EDGE + SIZE + 18}" text-anchor="middle">{t / 5:.1f}</text>'
        f'<text x="{EDGE - 8}" y="{EDGE + SIZE - t * SIZE / 5 + 4}" text-anchor="end">{t / 5:.1f}</text>'
        for t in range(6)
    )
    step = max(1, len(curve) // 400)
    whole = SIZE + 2 * EDGE
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" font-size="12">'
        f'<rect width="100%" height="100%" fill="#fff"/><rect x="{EDGE}" y="{EDGE}" width="{SIZE}" '
        f'height="{SIZE}" fill="none" stroke="#999"/>{ticks}'
        f'<polyline points="{" ".join(map(place, curve[::step]))}" fill="none" stroke="#1f5a7a" stroke-width="2"/>'
        f'{"".join(marks)}<text x="{EDGE + SIZE / 2}" y="{EDGE + SIZE + 38}" text-anchor="middle">recall (strict, over '
        f'contract and type)</text><text x="{EDGE}" y="{EDGE - 12}">precision: Privity, cross-validation (line); '
        f"as published, test split (points)</text></svg>\n",
        encoding="utf-8",
    )
