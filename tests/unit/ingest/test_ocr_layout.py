"""Recognised words become paragraphs, columns, tables and furniture as the words of a text layer do."""

from __future__ import annotations

import math
from dataclasses import replace

from app.ingest.ocr_layout import set_in_paragraphs
from app.ingest.ocr_vote import Recognised, Word

SIZE = (600.0, 800.0)
Placed = tuple[float, float, str]


def page(*lines: Placed, turn: int = 0, angle: float = 0.0) -> Recognised:
    """A page whose lines begin at (x, y), words 6 points a letter wide and 8 high."""
    text, words = "", []
    for number, (x, y, line) in enumerate(lines, 1):
        for token in line.split():
            text += " " if text else ""
            words.append(Word(len(text), len(text) + len(token), x, y, x + 6 * len(token), y + 8, 90.0, line=number))
            text += token
            x += 6 * len(token) + 6
    return Recognised(text, tuple(words), 90.0, turn, angle)


def laid(*pages: Recognised) -> list[Recognised]:
    found, _ = set_in_paragraphs(dict(enumerate(pages)), dict.fromkeys(range(len(pages)), SIZE))
    return [found[number] for number in range(len(pages))]


FULL = "The Customer shall pay every invoice of the Supplier within thirty days of its date and"
TERM = (
    (72.0, 100.0, "1. Term. This Agreement runs for three years."),
    (72.0, 114.0, "2. Fees. " + FULL),
    (72.0, 128.0, "shall bear interest on late pay-"),
    (72.0, 142.0, "ments. Each payment counts."),
    (72.0, 180.0, "3. Law. English law governs."),
)


def test_clauses_begin_paragraphs_and_hyphens_go() -> None:
    (read,) = laid(page(*TERM, (72.0, 194.0, "The payments end.")))
    assert read.text.split("\n\n")[:3] == [
        "1. Term. This Agreement runs for three years.",
        f"2. Fees. {FULL} shall bear interest on late payments. Each payment counts.",
        "3. Law. English law governs.",
    ]
    assert [read.text[w.start : w.end] for w in read.words][:3] == ["1.", "Term.", "This"]
    assert "".join(read.text[w.start : w.end] for w in read.words).count("payments") == 2


def test_a_skewed_page_is_read_as_a_level_one() -> None:
    level = page(*TERM)
    sine, cosine = math.sin(math.radians(6)), math.cos(math.radians(6))

    def turned(word: Word) -> Word:
        x, y = (word.x0 + word.x1) / 2 - 300, (word.y0 + word.y1) / 2 - 400
        x, y = x * cosine - y * sine + 300, x * sine + y * cosine + 400
        half, high = (word.x1 - word.x0) / 2, 4
        return Word(word.start, word.end, x - half, y - high, x + half, y + high, 90.0, line=word.line)

    skewed = Recognised(level.text, tuple(map(turned, level.words)), 90.0, 0, 6.0)
    assert laid(skewed)[0].text == laid(level)[0].text


def test_numbers_in_a_column_of_their_own_stand_before_their_clauses() -> None:
    numbers = [(72.0, 100.0 + 20 * n, f"({'abc'[n]})") for n in range(3)]
    clauses = [
        (110.0, 100.0 + 20 * n, f"the {word} of the goods;") for n, word in enumerate(("price", "place", "date"))
    ]
    (read,) = laid(page(*numbers, *clauses))
    assert " ".join(read.text.split()) == (
        "(a) the price of the goods; (b) the place of the goods; (c) the date of the goods;"
    )


def test_two_pages_on_one_sheet_are_read_one_after_the_other() -> None:
    rows = [
        (40.0, 100.0 + 14 * n, f"left line {n} has its words here right line {n} has its words here") for n in range(14)
    ]
    one = page(*rows)
    words = [w if at % 14 < 7 else replace(w, x0=w.x0 + 66, x1=w.x1 + 66) for at, w in enumerate(one.words)]
    (read,) = laid(replace(one, words=tuple(words)))
    assert read.text.index("left line 13") < read.text.index("right line 0 ")


def test_running_heads_and_page_numbers_are_kept_apart() -> None:
    pages = [page((250.0, 20.0, "Confidential draft"), *TERM, (300.0, 780.0, f"Page {n}")) for n in range(1, 5)]
    found, aside = set_in_paragraphs(dict(enumerate(pages)), dict.fromkeys(range(4), SIZE))
    assert all("draft" not in read.text and "Page" not in read.text for read in found.values())
    assert {line.text for line in aside[2]} == {"Confidential draft", "Page 3"}


def test_a_table_keeps_its_cells() -> None:
    rows = [("Service", "Fee", "Term"), ("Hosting", "$1,000", "12 months"), ("Support", "$500", "24 months")]
    cells = [(72.0 + 150 * j, 100.0 + 20 * i, words) for i, row in enumerate(rows) for j, words in enumerate(row)]
    (read,) = laid(page(*cells))
    assert read.text == "Service\tFee\tTerm\nHosting\t$1,000\t12 months\nSupport\t$500\t24 months"


def test_a_lone_sign_before_a_line_is_a_bullet() -> None:
    rows = [(72.0, 100.0, "\u00b0"), (102.0, 100.0, "services;"), (72.0, 120.0, ":"), (102.0, 120.0, "services;")]
    (read,) = laid(page(*rows))
    assert read.text == "\u2022 services;\n\n\u2022 services;"


def test_a_blank_page_stays_blank() -> None:
    assert laid(Recognised("", (), None))[0].text == ""
