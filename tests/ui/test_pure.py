"""What needs no window: offsets, the shown text, colours, sums."""

from __future__ import annotations

import dataclasses
import itertools
import re
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from app.domain.text import ContractText, Mark, MarkKind, View
from app.paths import resources
from app.ui import shown_text
from app.ui.figures import coverage, figures
from app.ui.offsets import Utf16Map
from app.ui.theme import DARK, LIGHT, contrast, qt_palette
from app.ui.widgets.grid_delegate import LOOKS
from app.ui.widgets.rich_delegate import HTML, RichDelegate

INKS = ("ink", "ink_soft", "ink_faint", "accent", "critical", "high", "medium", "low", "info", "positive")
GROUNDS = ("canvas", "surface", "raised", "paper")


def text_of(text: str, *marks: Mark) -> ContractText:
    return ContractText("a" * 64, "1", View.ACCEPTED, "", text, "docx", marks=marks)


@pytest.mark.parametrize("text", ["plain", "\U0001f600 a \U0001f600\U0001f600 b", "caf\u00e9 \U00010348", ""])
def test_offsets_go_both_ways(text: Any) -> None:
    table = Utf16Map(text)
    for offset in range(len(text) + 1):
        units = len(text[:offset].encode("utf-16-le")) // 2
        assert table.to_utf16(offset) == units
        assert table.to_points(units) == offset


def test_a_unit_inside_a_pair_is_the_characters_start() -> None:
    assert Utf16Map("a\U0001f600b").to_points(2) == 1


def test_an_emoji_before_a_quote_does_not_shift_it() -> None:
    text = "\U0001f600 Clause: the Fees."
    shown = shown_text.build(text_of(text))
    start, end = text.index("the"), text.index(".")
    raw = shown.string.encode("utf-16-le")
    assert raw[2 * shown.to_shown(start) : 2 * shown.to_shown(end, end=True)].decode("utf-16-le") == "the Fees"
    assert shown.to_text(shown.to_shown(start)) == start


def test_deletions_and_comments_stand_in_the_string_and_offsets_hold() -> None:
    text = "The fee is \U0001f600 ten pounds. It is due."
    fee, due = text.index("ten"), text.index("It is")
    shown = shown_text.build(
        text_of(
            text,
            Mark(MarkKind.DELETED, fee, fee, {"text": "five or ", "author": "B"}),
            Mark(MarkKind.INSERTED, fee, fee + 3, {"author": "B"}),
            Mark(MarkKind.COMMENT, 4, 7, {"text": "Agreed?", "author": "C"}),
        )
    )
    assert shown.string.startswith("The fee [C: Agreed?]  is")
    assert "five or ten pounds" in shown.string
    raw = shown.string.encode("utf-16-le")

    def cut(start: int, end: int) -> str:
        return raw[2 * start : 2 * end].decode("utf-16-le")

    assert cut(shown.to_shown(fee), shown.to_shown(fee + 3, end=True)) == "ten"
    assert cut(shown.to_shown(due), shown.to_shown(len(text), end=True)) == "It is due."
    styles = {part.style: cut(part.start, part.end) for part in shown.styled}
    assert styles["deleted"] == "five or "
    assert styles["inserted"] == "ten"
    assert styles["commented"] == "fee"
    for offset in range(len(text)):
        assert shown.to_text(shown.to_shown(offset)) == offset


def test_only_the_first_sentence_of_a_paragraph_in_a_heading_style_is_bold() -> None:
    long = "8.1 Liability Caps.  " + "Each party's total liability will not be more than the cap. " * 3
    texts = ("9. Indemnification", long.strip(), "without any full stop " * 8)
    whole, starts = "\n".join(texts), [0]
    for text in texts[:-1]:
        starts.append(starts[-1] + len(text) + 1)
    marks = [Mark(MarkKind.HEADING, s, s + len(t), {"level": 2}) for s, t in zip(starts, texts, strict=True)]
    bold = [whole[part.start : part.end] for part in shown_text.build(text_of(whole, *marks)).styled]
    assert [b for b in bold if b] == ["9. Indemnification", "8.1 Liability Caps."]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_reaches_wcag_aa(colours: Any) -> None:
    for ink, ground in itertools.product(INKS, GROUNDS):
        assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5, (ink, ground)
    for name in ("critical", "high", "medium", "low", "info", "positive", "accent"):
        assert contrast(getattr(colours, name), getattr(colours, f"{name}_wash")) >= 4.5, name
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.on_accent, colours.accent_hover) >= 4.5
    assert contrast(colours.ink, colours.mark) >= 4.5
    assert contrast(colours.ink, colours.accent_wash) >= 4.5
    for ground in ("surface", "raised"):
        assert contrast(colours.control, getattr(colours, ground)) >= 3, ground


def pairs_of_the_style_sheet() -> list[tuple[str, str]]:
    """Ink and ground of every rule that states both."""
    sheet = re.sub(r"\$\{(\w+)\}", r"$\1", (resources() / "style" / "privity.qss").read_text("utf-8"))
    found = []
    for block in re.findall(r"\{([^{}]*)\}", sheet):
        ink = re.search(r"(?<![\w-])color: \$(\w+)", block)
        ground = re.search(r"(?<![\w-])background: \$(\w+)", block)
        if ink and ground:
            found.append((ink.group(1), ground.group(1)))
    return found


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_rule_of_the_style_sheet_reaches_wcag_aa(colours: Any) -> None:
    found = pairs_of_the_style_sheet()
    assert len(found) > 15
    for ink, ground in found:
        assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5, (ink, ground)


# What the delegates and Qt's palette put on what: rows chosen and passed over, disabled text, selections, placeholders.
DRAWN = tuple(
    itertools.product(
        ("ink", "ink_soft", "ink_faint", "high", "medium", "low", "critical", "info", "positive"),
        ("accent_wash", "hover"),
    )
) + (("ink_faint", "line"), ("on_accent", "critical"), ("ink", "line"), ("ink_faint", "info_wash"))


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_chosen_rows_selections_and_disabled_text_reach_wcag_aa(colours: Any) -> None:
    for ink, ground in DRAWN:
        assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5, (ink, ground)
    made = qt_palette(colours)
    for group in QPalette.ColorGroup.Active, QPalette.ColorGroup.Disabled:
        for ink, ground in (
            ("Text", "Base"),
            ("WindowText", "Window"),
            ("ButtonText", "Button"),
            ("PlaceholderText", "Base"),
        ):
            said = [made.color(group, getattr(QPalette.ColorRole, role)).name() for role in (ink, ground)]
            assert contrast(*said) >= 4.5, (group, ink, ground)
    highlight = [made.color(QPalette.ColorRole.HighlightedText).name(), made.color(QPalette.ColorRole.Highlight).name()]
    assert contrast(*highlight) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_changes_and_marks_can_be_read(colours: Any) -> None:
    for name in ("inserted", "deleted", "high", "accent"):
        assert contrast(getattr(colours, name), colours.paper) >= 4.5, name
    for name in ("critical", "high", "medium", "low", "info"):
        assert contrast(colours.ink, getattr(colours, f"{name}_wash")) >= 4.5, name
        assert contrast(getattr(LIGHT, name), getattr(LIGHT, f"{name}_wash")) >= 4.5, name
    for ground, ink in LOOKS.values():
        assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5, (ink, ground)


def test_every_colour_is_written_in_full() -> None:
    for colours in (LIGHT, DARK):
        for name, value in dataclasses.asdict(colours).items():
            assert len(value) == 7, name
            assert value.startswith("#"), name


def test_sums(workspace: Any) -> None:
    session = workspace.add("Project Harbour")
    made = figures(session.findings())
    assert sum(count for _, count in made.severities) == 48
    assert sum(bar.total for bar in made.by_document) == 48
    assert made.by_document[0].parts[0][0] == "critical"
    assert coverage(session.documents()) == (6, 1, 18)


def test_words_that_do_not_fit_a_row_end_in_three_dots(themed: Any) -> None:
    rows = QStandardItemModel()
    rows.appendRow(QStandardItem())
    rows.item(0).setData(("Place", "M" * 200), HTML)
    view = QListView()
    view.setModel(rows)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 300, 62)
    image = QImage(300, 62, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    RichDelegate(view).paint(painter, option, rows.index(0, 0))
    painter.end()
    strip = [image.pixelColor(x, y).lightness() < 128 for x in range(270, 284) for y in range(31, 41)]
    assert not any(strip)  # the upper half of the last letter's place: dots stand on the line
    assert any(image.pixelColor(x, y).lightness() < 160 for x in range(268, 284) for y in range(41, 56))
    assert any(image.pixelColor(x, y).lightness() < 128 for x in range(240, 262) for y in range(31, 41))
