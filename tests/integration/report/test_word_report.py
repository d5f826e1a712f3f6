from __future__ import annotations

import io
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
import report_samples as samples

from app.domain.findings import Action, FindingKind, Standing
from app.domain.text import Mark, MarkKind
from app.errors import UserError
from app.report.outline_build import build_outline
from app.report.word import word_bytes, write_word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def text_of(data: bytes) -> str:
    root = etree.fromstring(parts_of(data)["word/document.xml"])
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p"))


def report(review: object, **options: object) -> bytes:
    return word_bytes(build_outline(review, **options))


def test_the_report_says_draft_on_every_page_until_grave_findings_are_decided(tmp_path: Path) -> None:
    review = samples.small_review()
    headers = [v.decode() for k, v in parts_of(report(review)).items() if k.startswith("word/header")]
    assert len(headers) == 2
    assert all("DRAFT: machine findings, not reviewed by a lawyer (3 of 15 decided)" in h for h in headers)
    with pytest.raises(UserError, match="9 critical or high"):
        write_word(review, tmp_path / "r.docx", final=True, reviewer="Jane van Smith")
    with pytest.raises(UserError, match="name of the reviewing lawyer"):
        write_word(samples.decide_all(review), tmp_path / "r.docx", final=True)
    assert list(tmp_path.iterdir()) == []
    write_word(samples.decide_all(review), tmp_path / "r.docx", final=True, reviewer="Jane van Smith")
    final = (tmp_path / "r.docx").read_bytes()
    assert b"FINAL: reviewed by Jane van Smith" in parts_of(final)["word/header1.xml"]
    assert "DRAFT" not in text_of(final)
    assert [p.name for p in tmp_path.iterdir()] == ["r.docx"]


def test_rejected_findings_are_out_and_counted_and_edited_ones_are_the_lawyers_words() -> None:
    review = samples.small_review()
    words = text_of(report(review))
    assert words.count("A change of control counts as an assignment") == 2  # the first contract's was edited
    assert words.count("The client may buy from nobody else") == 1  # the first contract's was rejected
    assert "Lawyer: Consent was given on 3 November." in words
    assert "1 finding rejected by the lawyer and left out" in words
    assert "15, of them 3 decided and 1 rejected" in words
    assert "JvS, 23 November 2026" in words


def test_changed_and_gone_findings_are_shown_as_such() -> None:
    item = samples.make_contract("one", "One")
    states = list(item.findings)
    states[0] = samples.decided(states[0], standing=Standing.CHANGED)
    states[1] = samples.decided(states[1], Action.REJECT, standing=Standing.CHANGED)
    states[2] = samples.decided(states[2], standing=Standing.NO_LONGER_RAISED)
    review = samples.make_review((replace(item, findings=tuple(states)),))
    words = text_of(report(review))
    assert "Accepted, but the facts have changed: confirm again" in words
    assert "Rejected, but the facts have changed: confirm again" in words
    assert "Accepted; no longer raised" in words
    assert "confirm it again" in words


def test_a_finding_no_longer_raised_does_not_keep_the_report_a_draft() -> None:
    review = samples.decide_all(samples.small_review(), standing=Standing.NO_LONGER_RAISED)
    assert build_outline(review, final=True, reviewer="J. Smith").total == 0


def test_ids_are_unique_links_lead_somewhere_and_styles_exist() -> None:
    parts = parts_of(report(samples.small_review()))
    root = etree.fromstring(parts["word/document.xml"])
    marks = list(root.iter(f"{W}bookmarkStart"))
    names = [m.get(f"{W}name") for m in marks]
    assert len(set(names)) == len(names)
    assert len({m.get(f"{W}id") for m in marks}) == len(marks)
    anchors = {h.get(f"{W}anchor") for h in root.iter(f"{W}hyperlink")}
    assert anchors <= set(names)
    styles = {s.get(f"{W}styleId") for s in etree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")}
    used = {e.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for e in root.iter(f"{W}{tag}")}
    assert used <= styles
    assert not list(root.iter(f"{W}color"))  # looks come from styles
    assert all(row.find(f"{W}trPr/{W}tblHeader") is not None for row in root.iter(f"{W}tr") if "Recommendation" in
               "".join(t.text or "" for t in row.iter(f"{W}t")))  # fmt: skip


def test_properties_language_and_alternative_text() -> None:
    data = report(samples.small_review())
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert properties.language == "en-GB"
    assert properties.title.startswith("Clause report: Project Halden")
    parts = parts_of(data)
    assert b'descr="Findings by risk. Critical: 5, High: 6' in parts["word/document.xml"]
    assert b'w:lang w:val="en-GB"' in parts["word/styles.xml"]


def test_equal_reviews_give_equal_bytes() -> None:
    assert report(samples.small_review()) == report(samples.small_review())


def test_illegal_characters_long_words_and_other_scripts_make_a_valid_file() -> None:
    awkward = "\x00\x08\x0b\ud800\uffff <&> \u202e abc " + "x" * 3000 + " " + "word " * 2000 + " זה הסכם سري ]]>"
    review = samples.make_review((samples.make_contract("one", "A <b> & \x07 \ud800", extra=awkward),))
    item = review.contracts[0]
    start = item.text.text.index(awkward)
    state = item.findings[0]
    finding = replace(state.finding, start=start, end=start + len(awkward), quote=awkward, explanation=awkward)
    review = replace(review, contracts=(replace(item, findings=(replace(state, finding=finding),)),))
    docx.Document(io.BytesIO(report(review)))
    words = text_of(report(review))
    assert "[…]" in words
    assert "x" * 3000 in words or "x" * 100 not in words  # never cut within a word


def test_right_to_left_quotes_are_set_from_right_to_left() -> None:
    hebrew = "הסכם זה כפוף לדיני מדינת ישראל"
    item = samples.make_contract("one", "One", extra=hebrew)
    start = item.text.text.index(hebrew)
    finding = replace(item.findings[0].finding, start=start, end=start + len(hebrew), quote=hebrew)
    data = report(samples.make_review((replace(item, findings=(replace(item.findings[0], finding=finding),)),)))
    root = etree.fromstring(parts_of(data)["word/document.xml"])
    found = [p for p in root.iter(f"{W}p") if hebrew in "".join(t.text or "" for t in p.iter(f"{W}t"))]
    assert found
    assert all(p.find(f"{W}pPr/{W}bidi") is not None for p in found)


def test_an_empty_matter_still_makes_a_report() -> None:
    words = text_of(report(samples.make_review(())))
    assert "No contract was analysed." in words
    assert "not an assurance" in words


def test_a_hundred_contracts_take_seconds() -> None:
    review = samples.large_review()
    began = time.perf_counter()
    data = report(review)
    assert time.perf_counter() - began < 25  # about 4 s alone; the bound allows for a busy machine
    assert len(data) < 6_000_000


def test_a_folder_that_cannot_be_written_gives_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        write_word(samples.small_review(), tmp_path / "nowhere" / "r.docx")


def test_flags_on_the_same_words_name_each_other() -> None:
    item = samples.make_contract("one", "One")
    first, second = [state for state in item.findings if state.finding.quote][:2]
    moved = replace(
        second,
        finding=replace(second.finding, start=first.finding.start, end=first.finding.end, quote=first.finding.quote),
    )
    states = tuple(moved if state is second else state for state in item.findings)
    alone = samples.make_review((item,))
    outline = build_outline(samples.make_review((replace(item, findings=states),)))
    flags = {flag.state.finding.finding_key: flag for flag in outline.flags}
    one, other = flags[first.finding.finding_key], flags[second.finding.finding_key]
    assert one.beside == (f"no. {other.number} ({other.issue})",)
    assert other.beside == (f"no. {one.number} ({one.issue})",)
    assert f"On the same words: {one.beside[0]}." in text_of(word_bytes(outline))
    assert "On the same words" not in text_of(report(alone))


def test_the_first_page_says_what_was_not_read() -> None:
    assert "2 files: see Scope and coverage" in text_of(report(samples.small_review()))
    alone = samples.make_review((samples.make_contract("one", "Halden MSA"),))
    said = text_of(report(alone))
    assert "see Scope and coverage" not in said
    assert "rejected by the lawyer" not in said  # nought of them is no news


def test_a_file_says_a_thing_of_itself_once_and_an_unknown_language_in_words() -> None:
    item = samples.make_contract("one", "Halden MSA", fmt="docx")
    assert item.text is not None
    marks = tuple(Mark(MarkKind.INSERTED, start, start + 3, {"author": "Ann"}) for start in (10, 40))
    told = "2 tracked changes by Ann, read as if accepted."
    text = replace(item.text, marks=marks, warnings=(told,))
    document = replace(item.document, language="")
    for said, warnings in ((told, (told,)), ("2 tracked changes pending: read as if accepted.", ())):
        read = replace(item, text=replace(text, warnings=warnings), document=document)
        [entry] = build_outline(samples.make_review((read,))).files
        assert [remark for remark in entry.remarks if "tracked" in remark] == [said]
        assert "Language: not known." in entry.remarks


def test_dates_are_named_and_reckoned_in_sentences() -> None:
    said = text_of(report(samples.small_review()))
    assert "Key date without an answer: Expiration date. Three years from the Effective Date, which is blank." in said
    assert "Expiration Date\n" not in said


def test_what_was_not_checked_is_not_called_expected() -> None:
    item = samples.make_contract("one", "Halden MSA")
    states = tuple(
        replace(s, finding=replace(s.finding, kind=FindingKind.NOT_CHECKED)) if s.finding.rule == "cap-missing" else s
        for s in item.findings
    )
    lines = text_of(report(samples.make_review((replace(item, findings=states),)))).splitlines()
    assert not [line for line in lines if line.endswith(": expected")]
    assert [line for line in text_of(report(samples.make_review((item,)))).splitlines() if line.endswith(": expected")]
