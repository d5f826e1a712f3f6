"""Word reading against LibreOffice: clause numbers and tracked-change views. Development only.

Usage: python tests/benchmarks/bench_word.py ORACLE.jsonl FOLDER...  (ORACLE.jsonl as oracle_word.py prints it)
"""

from __future__ import annotations

import difflib
import json
import re
import sys
from collections import Counter
from pathlib import Path

from app.domain.text import MarkKind
from app.ingest.docx import read_docx
from app.ingest.parsed import ParsedText


def _key(text: str) -> str:
    return "".join(c for c in text if c.isalnum())[:40]


def _label(label: str) -> str:
    folded = re.sub(r"\s+", " ", label).strip()
    return folded if any(c.isalnum() for c in folded) else "\u2022"


def _aside(text: ParsedText) -> list[tuple[int, int]]:
    """What LibreOffice's body does not list: text boxes, notes, note numbers, bullets (its labels are empty)."""
    kinds = {MarkKind.TEXT_BOX, MarkKind.FOOTNOTE}
    bullets = (m for m in text.marks if m.kind is MarkKind.LIST_LABEL and text.text[m.start : m.end] == "\u2022")
    return sorted([*((m.start, m.end) for m in text.marks if m.kind in kinds), *((m.start, m.end) for m in bullets)])


def _body(text: ParsedText) -> str:
    parts, at = [], 0
    for start, end in _aside(text):
        parts.append(text.text[at : max(at, start)])
        at = max(at, end)
    return "".join(parts) + text.text[at:]


def _ours(text: ParsedText) -> list[tuple[str, str]]:
    aside = _aside(text)
    marks = [
        mark
        for mark in text.marks
        if mark.kind is MarkKind.LIST_LABEL and not any(a <= mark.start < b for a, b in aside)
    ]
    return [
        (_label(text.text[m.start : m.end]), _key(text.text[m.end : m.end + 200].partition("\n")[0])) for m in marks
    ]


def _theirs(paragraphs: list[list[str]]) -> list[tuple[str, str]]:
    labelled = ((label, words.partition("\n")[0]) for label, words in paragraphs)
    return [(_label(label), _key(words[:200])) for label, words in labelled if label.strip() and words.strip()]


def numbers(text: ParsedText, paragraphs: list[list[str]]) -> tuple[int, list[str]]:
    """How many labelled paragraphs agree, and a line for every one that does not."""
    ours, theirs = _ours(text), _theirs(paragraphs)
    matcher = difflib.SequenceMatcher(
        None, [words for _, words in ours], [words for _, words in theirs], autojunk=False
    )
    same, differ = 0, []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            for mine, other in zip(ours[a:b], theirs[c:d], strict=True):
                if mine[0] == other[0]:
                    same += 1
                else:
                    differ.append(f"{mine[0]!r} here, {other[0]!r} there: {mine[1][:30]}")
        else:
            differ += [f"{label!r} only here: {words[:30]}" for label, words in ours[a:b]]
            differ += [f"{label!r} only there: {words[:30]}" for label, words in theirs[c:d]]
    return same, differ


def _pieces(text: str) -> list[str]:
    text = re.sub(r"[\ue000-\uf8ff]", "\u2022", text)
    return [folded for piece in re.split(r"[\n\t]", text) if (folded := " ".join(piece.split()))]


def view(text: ParsedText | None, paragraphs: list[list[str]]) -> list[str]:
    """Lines that stand in one of the two only, white space folded."""
    ours = Counter(_pieces(_body(text) if text else ""))
    theirs: Counter[str] = Counter()
    for label, words in paragraphs:
        theirs.update(_pieces(f"{label}\t{words}" if words.strip() else ""))
    only = [f"here:  {piece[:110]}" for piece in (ours - theirs).elements()]
    return only + [f"there: {piece[:110]}" for piece in (theirs - ours).elements()]


def main() -> None:
    """Print a table and every difference."""
    folders = [Path(name) for name in sys.argv[2:]]
    total, agree = 0, 0
    for line in Path(sys.argv[1]).read_text().splitlines():
        oracle = json.loads(line)
        path = next((f / oracle["file"] for f in folders if (f / oracle["file"]).is_file()), None)
        if path is None or "Accept" not in oracle or "Reject" not in oracle:
            print(f"{oracle['file']:60} not compared: {oracle.get('error', 'file not found')}")
            continue
        parsed = read_docx(path.read_bytes())
        if parsed.accepted is None:
            print(f"{oracle['file']:60} {parsed.status.value}: {parsed.reason}")
            continue
        same, differ = numbers(parsed.accepted, oracle["Accept"])
        total, agree = total + same + len(differ), agree + same
        views = {
            "accepted": view(parsed.accepted, oracle["Accept"]),
            "original": view(parsed.original or parsed.accepted, oracle["Reject"]),
        }
        print(
            f"{path.name:60} numbers {same}/{same + len(differ)}  "
            + "  ".join(f"{k} {len(v)}" for k, v in views.items())
        )
        for difference in [*differ, *(f"{name} {d}" for name, found in views.items() for d in found)]:
            print(f"    {difference}")
    print(f"clause numbers: {agree} of {total} agree ({agree / max(1, total):.2%})")


main()
