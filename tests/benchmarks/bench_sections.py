"""Headings and section tree against twenty contracts marked up by hand (tests/samples/sections/README.md).

Heading F1: the section's start, number and heading are right. Tree F1: its start, number and parent are right, where
the parent is the nearest section above that bears a number. Both are counted over all sections of a half, so that a
contract weighs by its sections; the mean over contracts stands beside it. Sections marked `?` count neither way.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.sections import Section, find_sections
from app.services.reading_files import read_file

ROOT = Path(__file__).resolve().parents[2]
MARKS = ROOT / "tests" / "samples" / "sections"
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked section; `level` 0 where it may be found or not, heading `*` where any will do."""

    start: int
    level: int
    number: str
    heading: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked contract: where its text comes from and what it holds."""

    name: str
    kind: str
    source: str
    sha256: str
    half: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the marked and of the found sections are right."""

    right: int
    marked: int
    found: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where nothing is marked and nothing found."""
        return 2 * self.right / (self.marked + self.found) if self.marked + self.found else 1.0


def load(path: Path) -> Marked:
    """One file of marks."""
    head, marks = {}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if line.startswith("# "):
            head[cells[0][2:]] = cells[1]
        else:
            marks.append(Mark(int(cells[0]), 0 if cells[1] == "?" else int(cells[1]), *cells[2:5]))
    kind = "cuad" if "cuad" in head else "file"
    return Marked(path.stem, kind, head[kind], head["sha256"], head["half"], tuple(marks))


def text_of(marked: Marked, cuad: dict[str, str]) -> str | None:
    """The contract's text as the program reads it today; None where it is not there."""
    if marked.kind == "cuad":
        return cuad.get(marked.source)
    file = SHARED / marked.source
    outcome = read_file(file).accepted if file.exists() else None
    return outcome.text if outcome else None


def placed(marked: Marked, text: str) -> tuple[Mark, ...]:
    """The marks at their places in the text; found again by their first words where it differs from the one marked."""
    if hashlib.sha256(text.encode()).hexdigest() == marked.sha256:
        return marked.marks
    at, found = 0, []
    for mark in marked.marks:
        pattern = r"\s*".join(re.escape(word) for word in mark.anchor.split())
        match = re.compile(pattern).search(text, at)
        if match:
            at = match.start() + 1
            found.append(Mark(match.start(), mark.level, mark.number, mark.heading, mark.anchor))
        else:
            print(f"  {marked.name}: {mark.anchor!r} is no longer in the text")
    return tuple(found)


def fold(words: str) -> str:
    """Letters and digits in lower case."""
    return "".join(c for c in words.casefold() if c.isalnum())


def parents(levels: Sequence[int], numbers: Sequence[str], starts: Sequence[int]) -> list[int]:
    """Of every section the start of the nearest numbered one above it, -1 for none."""
    found, stack = [], list[tuple[int, int, str]]()
    for level, number, start in zip(levels, numbers, starts, strict=True):
        while stack and stack[-1][0] >= level:
            stack.pop()
        found.append(next((s for _, s, n in reversed(stack) if n), -1))
        stack.append((level, start, number))
    return found


def score(marks: Sequence[Mark], sections: Sequence[Section], wrong: list[str] | None = None) -> tuple[Count, Count]:
    """Counts of headings and of the tree; what is wrong is added to `wrong` in words."""
    sure = [m for m in marks if m.level]
    free = {m.start for m in marks if not m.level}
    wanted = {
        m.start: (fold(m.number), m.heading if m.heading == "*" else fold(m.heading), parent)
        for m, parent in zip(
            sure,
            parents([m.level for m in sure], [m.number for m in sure], [m.start for m in sure]),
            strict=True,
        )
    }
    above = parents([s.level for s in sections], [s.number for s in sections], [s.start for s in sections])
    headings = tree = found = 0
    seen = set()
    for section, parent in zip(sections, above, strict=True):
        if section.start in free:
            continue
        found += 1
        number, heading = fold(section.number), fold(section.heading)
        want = wanted.get(section.start)
        seen.add(section.start)
        if want is None or want[0] != number:
            note(wrong, f"extra    {section.start:6} {section.level} {section.number!r} {section.heading!r}")
            continue
        headings += (right := want[1] in ("*", heading))
        tree += (hangs := want[2] == parent)
        if not right or not hangs:
            why = "heading" if not right else f"parent {parent} for {want[2]}"
            note(wrong, f"{why:8} {section.start:6} {section.level} {section.number!r} {section.heading!r}")
    for start, want in wanted.items():
        if start not in seen:
            note(wrong, f"missing  {start:6} {want}")
    return Count(headings, len(wanted), found), Count(tree, len(wanted), found)


def note(wrong: list[str] | None, words: str) -> None:
    if wrong is not None:
        wrong.append(words)


def total(counts: Sequence[Count]) -> Count:
    return Count(sum(c.right for c in counts), sum(c.marked for c in counts), sum(c.found for c in counts))


def timed(text: str) -> tuple[tuple[Section, ...], float]:
    """The sections, and the milliseconds of processor time they take: the best of three."""
    times = []
    for _ in range(3):
        began = time.process_time()
        sections = find_sections(text)
        times.append(1000 * (time.process_time() - began))
    return sections, min(times)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("tune", "held"), help="only this half")
    parser.add_argument("--wrong", action="store_true", help="list what is wrong")
    parser.add_argument("names", nargs="*", help="only these")
    arguments = parser.parse_args()
    train = SHARED / "bench" / "cuad" / "train.jsonl"
    if not train.exists():
        print("The contracts of ../shared are not there; nothing was measured.")
        return 0
    with train.open(encoding="utf-8") as lines:
        cuad = {row["title"]: row["text"] for row in map(json.loads, lines)}
    results: dict[str, list[tuple[Count, Count]]] = {"tune": [], "held": []}
    for marked in (load(path) for path in sorted(MARKS.glob("*.tsv"))):
        if (arguments.half and marked.half != arguments.half) or (
            arguments.names and marked.name not in arguments.names
        ):
            continue
        text = text_of(marked, cuad)
        if text is None:
            print(f"{marked.name}: its contract is not there")
            continue
        sections, took = timed(text)
        wrong: list[str] = []
        counts = score(placed(marked, text), sections, wrong)
        results[marked.half].append(counts)
        print(f"{marked.half} {marked.name:12} sections {counts[0].marked:4}  found {counts[0].found:4}  "
              f"headings {counts[0].f1:.3f}  tree {counts[1].f1:.3f}  {took:5.1f} ms")  # fmt: skip
        if arguments.wrong:
            print("".join(f"      {line}\n" for line in wrong), end="")
    for half, counts in results.items():
        if counts:
            headings, tree = (total([pair[i] for pair in counts]) for i in (0, 1))
            means = [sum(pair[i].f1 for pair in counts) / len(counts) for i in (0, 1)]
            print(f"{half}: {len(counts)} contracts, {headings.marked} sections: heading F1 {headings.f1:.4f}, "
                  f"tree F1 {tree.f1:.4f}; means over contracts {means[0]:.4f}, {means[1]:.4f}")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
