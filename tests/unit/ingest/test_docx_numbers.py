"""Clause numbers as Word shows them; expected values written by hand from ECMA-376 part 1, 17.9."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from app.domain.text import MarkKind
from app.ingest.docx import read_docx
from app.ingest.docx_formats import formatted

_spec = importlib.util.spec_from_file_location("docx_builder", Path(__file__).with_name("docx_builder.py"))
assert _spec is not None
assert _spec.loader is not None
b = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(b)

LEGAL = (
    b.level(0, text="%1.")
    + b.level(1, text="%1.%2")
    + b.level(2, "lowerLetter", "(%3)")
    + b.level(3, "lowerRoman", "(%4)")
)


def labels(
    body: str, abstract: str = LEGAL, nums: str | None = None, styles: str = "", view: str = "accepted"
) -> list[str]:
    xml = b.numbering(abstract) if nums is None else b.numbering(abstract, nums)
    parts = {"numbering": xml} | ({"styles": f"<w:styles {b.NS}>{styles}</w:styles>"} if styles else {})
    parsed = read_docx(b.docx(body, **parts))
    text = getattr(parsed, view) or parsed.accepted
    return [text.text[m.start : m.end] for m in text.marks if m.kind is MarkKind.LIST_LABEL]


def paragraphs(*levels: int, num: int = 1) -> str:
    return "".join(b.para(f"Words {i}", num, level) for i, level in enumerate(levels))


def style(name: str, based: str = "", num: int | None = None, ilvl: int | None = None) -> str:
    inner = (f'<w:ilvl w:val="{ilvl}"/>' if ilvl is not None else "") + (
        f'<w:numId w:val="{num}"/>' if num is not None else ""
    )
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{base}'
        f"<w:pPr><w:numPr>{inner}</w:numPr></w:pPr></w:style>"
    )


def test_levels_count_restart_and_show_their_parents() -> None:
    assert labels(paragraphs(0, 1, 1, 2, 2, 3, 2, 1, 2, 0, 1)) == [
        "1.", "1.1", "1.2", "(a)", "(b)", "(i)", "(c)", "1.3", "(a)", "2.", "2.1",
    ]  # fmt: skip


def test_each_place_is_shown_in_its_own_levels_format() -> None:
    abstract = (
        b.level(0, "upperRoman", "Article %1")
        + b.level(1, "decimalZero", "%1.%2")
        + b.level(2, "lowerLetter", "%1.%2(%3)")
    )
    assert labels(paragraphs(0, 0, 1, 2), abstract) == ["Article I", "Article II", "II.01", "II.01(a)"]


def test_legal_numbering_shows_every_place_as_decimal() -> None:
    abstract = b.level(0, "upperRoman", "Article %1") + b.level(1, "decimal", "Section %1.%2", "<w:isLgl/>")
    assert labels(paragraphs(0, 0, 0, 0, 1), abstract)[-1] == "Section 4.1"
    off = b.level(0, "upperRoman", "%1") + b.level(1, "decimal", "%1.%2", '<w:isLgl w:val="0"/>')
    assert labels(paragraphs(0, 1), off)[-1] == "I.1"


def test_a_skipped_level_is_shown_at_its_start() -> None:
    assert labels(paragraphs(0, 2), b.level(0) + b.level(1) + b.level(2, text="%1.%2.%3")) == ["1.", "1.1.1"]


def test_number_zero_takes_the_number_away() -> None:
    body = b.para("one", 1, 0) + b.para("none", 0, 0) + b.para("two", 1, 0)
    assert labels(body) == ["1.", "2."]


def test_number_and_level_are_inherited_each_by_itself() -> None:
    styles = style("Base", num=1) + style("Second", "Base", ilvl=1) + style("Third", "Second")
    body = b.para("one", style="Base") + b.para("two", style="Second") + b.para("three", style="Third")
    body += b.para("direct level", ilvl=2, style="Base") + b.para("switched off", num_id=0, style="Second")
    assert labels(body, styles=styles) == ["1.", "1.1", "1.2", "(a)"]


def test_a_level_that_names_a_style_is_that_styles_level() -> None:
    abstract = b.level(0) + b.level(1, text="%1.%2", more='<w:pStyle w:val="Clause"/>')
    assert labels(b.para("a", 1, 0) + b.para("b", style="Clause"), abstract, styles=style("Clause", num=1)) == [
        "1.",
        "1.1",
    ]


def test_start_values_and_overrides() -> None:
    assert labels(paragraphs(0, 0), b.level(0, start=7)) == ["7.", "8."]
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = paragraphs(0, 0) + paragraphs(0, 0, num=2) + paragraphs(0)
    assert labels(body, nums=b.num(1) + b.num(2, overrides=override)) == ["1.", "2.", "5.", "6.", "7."]
    whole = f'<w:lvlOverride w:ilvl="0">{b.level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    assert labels(paragraphs(0) + paragraphs(0, num=2), nums=b.num(1) + b.num(2, overrides=whole)) == ["1.", "B)"]


def test_numbers_of_one_abstract_list_count_together() -> None:
    body = paragraphs(0, 0) + paragraphs(0, num=2)
    assert labels(body, nums=b.num(1) + b.num(2)) == ["1.", "2.", "3."]


@pytest.mark.parametrize(
    ("restart", "expected"),
    [("0", ["1.", "(a)", "2.", "(b)"]), ("1", ["1.", "(a)", "2.", "(a)"])],
)
def test_level_restart(restart: str, expected: list[str]) -> None:
    abstract = b.level(0) + b.level(1, "lowerLetter", "(%2)", f'<w:lvlRestart w:val="{restart}"/>')
    assert labels(paragraphs(0, 1, 0, 1), abstract) == expected


def test_restart_after_an_outer_level_only() -> None:
    third = b.level(2, "lowerLetter", "(%3)", '<w:lvlRestart w:val="1"/>')
    assert labels(paragraphs(0, 1, 2, 1, 2, 0, 2), b.level(0) + b.level(1, text="%1.%2") + third) == [
        "1.", "1.1", "(a)", "1.2", "(b)", "2.", "(a)",
    ]  # fmt: skip


def test_linked_list_styles() -> None:
    real = (
        f'<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="Outline"/>{b.level(0, "upperRoman")}</w:abstractNum>'
    )
    link = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Outline"/></w:abstractNum>'
    assert labels(paragraphs(0, 0), real + link, b.num(9, 0) + b.num(1, 1)) == ["I.", "II."]


def test_paragraphs_in_tables_count_on() -> None:
    table = f"<w:tbl><w:tr><w:tc>{b.para('in a cell', 1, 0)}</w:tc></w:tr></w:tbl>"
    assert labels(b.para("before", 1, 0) + table + b.para("after", 1, 0)) == ["1.", "2.", "3."]


def test_a_deleted_paragraph_mark_does_not_count() -> None:
    gone = b.para(b.change("del", b.run("gone", tag="delText")), 1, 0, mark=b.change("del"))
    body = b.para("one", 1, 0) + gone + b.para("two", 1, 0)
    assert labels(body) == ["1.", "2."]
    assert labels(body, view="original") == ["1.", "2.", "3."]


def test_an_inserted_paragraph_counts_in_the_accepted_view_only() -> None:
    new = b.para(b.change("ins", b.run("new")), 1, 0, mark=b.change("ins"))
    body = b.para("one", 1, 0) + new + b.para("two", 1, 0)
    assert labels(body) == ["1.", "2.", "3."]
    assert labels(body, view="original") == ["1.", "2."]


def test_an_empty_numbered_paragraph_counts_but_a_section_break_does_not() -> None:
    empty = b.para("", 1, 0)
    assert labels(b.para("one", 1, 0) + empty + b.para("three", 1, 0)) == ["1.", "3."]
    broken = empty.replace("</w:pPr>", "<w:sectPr/></w:pPr>")
    assert labels(b.para("one", 1, 0) + broken + b.para("two", 1, 0)) == ["1.", "2."]


@pytest.mark.parametrize(("suffix", "gap"), [("tab", "\t"), ("space", " "), ("nothing", "")])
def test_what_follows_the_number(suffix: str, gap: str) -> None:
    xml = b.numbering(b.level(0, more=f'<w:suff w:val="{suffix}"/>'))
    parsed = read_docx(b.docx(b.para("Words", 1, 0), numbering=xml))
    assert parsed.accepted is not None
    assert parsed.accepted.text == f"1.{gap}Words"


def test_a_level_without_format_shows_its_text() -> None:
    assert labels(paragraphs(0), b.level(0, "none", "Schedule")) == ["Schedule"]
    assert labels(paragraphs(0), b.level(0, "decimal", "\u00a7 %1")) == ["\u00a7 1"]
    assert labels(paragraphs(0), b.level(0, "bullet", "\uf0b7")) == ["\u2022"]


@pytest.mark.parametrize(
    ("form", "number", "shown"),
    [
        ("decimal", 12, "12"), ("decimalZero", 3, "03"), ("decimalZero", 12, "12"), ("lowerLetter", 27, "aa"),
        ("upperLetter", 52, "ZZ"), ("upperLetter", 53, "AAA"), ("lowerRoman", 49, "xlix"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("ordinal", 1, "1st"), ("ordinal", 12, "12th"), ("ordinal", 23, "23rd"), ("cardinalText", 21, "Twenty-one"),
        ("ordinalText", 12, "Twelfth"), ("ordinalText", 40, "Fortieth"), ("hex", 27, "1B"),
        ("chicago", 6, "\u2020\u2020"),
        ("decimalEnclosedParen", 4, "(4)"), ("decimalEnclosedFullstop", 4, "4."),
        ("decimalEnclosedCircle", 2, "\u2461"),
        ("numberInDash", 7, "- 7 -"), ("zeros:3", 7, "007"), ("none", 4, ""), ("unheardOf", 4, "4"),
    ],
)  # fmt: skip
def test_every_format(form: str, number: int, shown: str) -> None:
    assert formatted(number, form) == shown
