"""Tables of the shown string: where rows and cells begin and end, and how wide they are. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.text import ContractText, Mark, MarkKind
from app.ui.offsets import Utf16Map
from app.ui.shown_inserts import Insert

_BETWEEN = re.compile(r"\t*\n\t*")
_MOST_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class ShownCell:
    """Its words, in UTF-16 units of the string, and how many columns it covers."""

    start: int
    end: int
    span: int


@dataclass(frozen=True, slots=True)
class ShownTable:
    """Rows of cells, one character of the string between them; widths are shares of the whole, 0 to 100."""

    rows: tuple[tuple[ShownCell, ...], ...]
    columns: int
    widths: tuple[float, ...]

    @property
    def start(self) -> int:
        """Where its first cell begins."""
        return self.rows[0][0].start

    @property
    def end(self) -> int:
        """Where its last cell ends."""
        return self.rows[-1][-1].end


def tables(
    text: ContractText, to_string: Callable[..., int], string: str, put: Sequence[tuple[int, int, Insert]],
    units: Utf16Map,
) -> tuple[ShownTable, ...]:  # fmt: skip
    """The outermost tables that can be drawn; what else there is stays as lines with tabs.

    `put` is what the string holds besides the text, as (start, end, insert).
    """
    cells: dict[object, list[Mark]] = {}
    for mark in text.marks:
        if mark.kind is MarkKind.CELL:
            cells.setdefault(mark.note.get("table"), []).append(mark)
    outer, reached = [], -1
    for mark in sorted((m for m in text.marks if m.kind is MarkKind.TABLE), key=lambda m: (m.start, -m.end)):
        if mark.start >= reached:  # else a table in a cell
            outer.append(mark)
            reached = mark.end
    at = {place: [entry for entry in put if entry[2].place == place] for m in outer for place in (m.start, m.end)}
    rows_put = [(s, e, insert.place) for s, e, insert in put if insert.row and insert.words.strip("\n")]
    found = []
    for mark in outer:
        rows = _rows(text.text, sorted(cells.get(mark.note.get("table"), []), key=lambda m: m.start), mark)
        if not rows:
            continue
        begin = to_string(mark.start, True) + sum(
            e - s for s, e, i in at[mark.start] if i.style in {"aside", ""} and not i.row
        )
        stop = to_string(mark.end, True)
        for _, e, insert in at[mark.end]:
            if not insert.row and not insert.words.strip("\n"):
                break
            stop = e
        extra = [s for s, _, place in rows_put if mark.start <= place <= mark.end]
        made = _placed(rows, mark, to_string, string[: stop + 1], begin, extra, units)
        if made is not None:
            found.append(made)
    return tuple(found)


def _rows(text: str, cells: Sequence[Mark], table: Mark) -> list[list[tuple[int, int, int]]]:
    """Every row's cells as (start, end, column) of the text, empty ones too; nothing where separators are unclear."""
    rows: list[list[tuple[int, int, int]]] = []
    at, number = table.start, None
    for cell in cells:
        gap, row, column = text[at : cell.start], cell.note.get("row"), int(cell.note.get("column") or 1)
        if row != number:
            if rows:
                if not _BETWEEN.fullmatch(gap):
                    return []
                tail, gap = gap.split("\n")
                rows[-1] += [(at + n + 1, at + n + 1, rows[-1][-1][2] + n + 1) for n in range(len(tail))]
                at = cell.start - len(gap)
            number = row
            rows.append([])
        if gap.strip("\t") or (not rows[-1] and column <= len(gap)) or (rows[-1] and not gap):
            return []
        empty = len(gap) - bool(rows[-1])
        first = at + bool(rows[-1])
        rows[-1] += [(first + n, first + n, column - empty + n) for n in range(empty)]
        rows[-1].append((cell.start, cell.end, column))
        at = cell.end
    tail = text[at : table.end]
    if not rows or tail.strip("\t"):
        return []
    rows[-1] += [(at + n + 1, at + n + 1, rows[-1][-1][2] + n + 1) for n in range(len(tail))]
    return rows


def _placed(
    rows: list[list[tuple[int, int, int]]], table: Mark, to_string: Callable[..., int], string: str, begin: int,
    extra: Sequence[int], units: Utf16Map,
) -> ShownTable | None:  # fmt: skip
    """The rows in the string, those put in among them; `string` ends with the line end after the table."""
    widths = [int(w) for w in str(table.note.get("widths") or "").split()]
    columns = max([len(widths), *(row[-1][2] for row in rows)])
    if columns > _MOST_COLUMNS or string[begin - 1 : begin] != "\n" or string[-1] != "\n":
        return None
    starts = [to_string(rows[0][0][0]) if begin in extra else begin]
    starts += [to_string(row[0][0] - 1) + 1 for row in rows[1:]]  # after the line end before it
    lines: list[tuple[int, list[tuple[int, int, int]]]] = sorted(
        [*zip(starts, rows, strict=True), *((at, []) for at in extra)], key=lambda line: line[0]
    )
    made = []
    for (first, row), last in zip(lines, [*(at - 1 for at, _ in lines[1:]), len(string) - 1], strict=True):
        cells = _cells(string, first, last, row, to_string)
        begins = [max(1, column) for _, _, column in row] if row else list(range(1, len(cells) + 1))
        begins[0] = 1
        if len(cells) > columns or any(b <= a for a, b in zip(begins, begins[1:], strict=False)):
            return None
        spans = [b - a for a, b in zip(begins, [*begins[1:], columns + 1], strict=True)]
        made.append(
            tuple(ShownCell(units.to_utf16(s), units.to_utf16(e), n) for (s, e), n in zip(cells, spans, strict=True))
        )
    whole = sum(widths)
    shares = tuple(100 * w / whole for w in widths) if whole and len(widths) == columns else ()
    return ShownTable(tuple(made), columns, shares)


def _cells(
    string: str, first: int, last: int, row: Sequence[tuple[int, int, int]], to_string: Callable[..., int]
) -> list[tuple[int, int]]:
    """(start, end) of a row's cells in the string."""
    if not row:
        at, cells = first, []
        for words in string[first:last].split("\t"):
            cells.append((at, at + len(words)))
            at += len(words) + 1
        return cells
    starts = [first] + [to_string(start - 1) + 1 for start, _, _ in row[1:]]  # after the tab before it
    return list(zip(starts, [at - 1 for at in starts[1:]] + [last], strict=True))
