from __future__ import annotations

import io
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
import report_samples as samples

from app.domain.review import Review
from app.domain.text import ContractText, FileStatus, PageRect, ReadOutcome
from app.errors import UserError
from app.report.outline_build import build_outline
from app.report.verify import VerifyResult, verify
from app.report.word import word_bytes


class NoReader:
    """A source reader that can read nothing: these tests hand over texts."""

    def read(self, data: bytes, name: str, password: str | None = None) -> ReadOutcome:
        return ReadOutcome(FileStatus.DAMAGED, "", reason="not a file")

    def locate(self, data: bytes, text: ContractText, start: int, end: int) -> list[PageRect]:
        return []


def texts(review: Review) -> dict[str, ContractText]:
    return {c.document.paths[0]: c.text for c in review.contracts if c.text is not None}


def check(report: bytes, sources: dict[str, ContractText]) -> VerifyResult:
    return verify(report, sources, NoReader())


def altered(report: bytes, old: str, new: str, count: int = 1) -> bytes:
    """The report with one string of its body replaced, as an editor would."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(report)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                text = data.decode()
                assert old in text
                data = text.replace(old, new, count).encode()
            target.writestr(name, data)
    return stream.getvalue()


@pytest.fixture(scope="module")
def review() -> Review:
    base = samples.small_review()
    long = samples.make_contract("long", "Long", extra="8. Long\n" + " ".join(f"word{i}" for i in range(900)))
    item = long.findings[0]
    start = long.text.text.index("word0")
    words = long.text.text[start:]
    finding = replace(item.finding, start=start, end=start + len(words), quote=words)
    long = replace(long, findings=(replace(item, finding=finding), *long.findings[1:]))
    return replace(base, contracts=(*base.contracts, long), documents=(*base.documents, long.document))


@pytest.fixture(scope="module")
def report(review: Review) -> bytes:
    return word_bytes(build_outline(review))


def unread(result: VerifyResult) -> list[str]:
    """Problems beyond the two files that nobody could read."""
    return [f"{p.where}: {p.why}" for p in result.problems if "no quote cites it" not in p.why]


def test_an_untouched_report_verifies(review: Review, report: bytes) -> None:
    result = check(report, texts(review))
    assert unread(result) == []
    assert result.verified == result.quotes > 40
    assert result.files == 6


def test_an_edited_quote_is_caught(review: Review, report: bytes) -> None:
    result = check(altered(report, "ninety (90) days", "thirty (30) days"), texts(review))
    assert any("do not stand in the file" in p for p in unread(result))
    assert any("altered after" in p for p in unread(result))
    assert result.verified == result.quotes - 1


def test_an_edit_within_a_shortened_quote_is_caught(review: Review, report: bytes) -> None:
    assert "shortened from 900 words" in zipfile.ZipFile(io.BytesIO(report)).read("word/document.xml").decode()
    result = check(altered(report, " word899”", " word898”"), texts(review))
    assert any("do not stand in the file" in p for p in unread(result))


def test_a_moved_page_is_caught(review: Review, report: bytes) -> None:
    result = check(altered(report, "File 2, p. 1, cl. 3", "File 2, p. 2, cl. 3"), texts(review))
    assert any("the words stand on p. 1, not on p. 2" in p for p in unread(result))


def test_a_wrong_clause_is_caught(review: Review, report: bytes) -> None:
    result = check(altered(report, "File 2, p. 1, cl. 3", "File 2, p. 1, cl. 9"), texts(review))
    assert any("the words stand in cl. 3, not in cl. 9" in p for p in unread(result))


def test_a_swapped_file_is_caught(review: Review, report: bytes) -> None:
    sources = texts(review)
    name = next(iter(sources))
    sources[name] = replace(sources[name], source_sha256=samples.sha("another"), text_id="")
    result = check(report, sources)
    assert any("not in the folder with these bytes" in p and "quotes cite it" in p for p in unread(result))


def test_a_removed_quote_is_caught(review: Review, report: bytes) -> None:
    result = check(altered(report, "“This Agreement is governed", "This Agreement is governed"), texts(review))
    assert any("lost its quotation marks" in p for p in unread(result))


def test_changed_words_of_our_own_are_no_matter(review: Review, report: bytes) -> None:
    changed = altered(report, "Ask for a cap of 150 %", "Ask for a cap of 100 %", 5)
    assert unread(check(changed, texts(review))) == []


def test_what_is_no_report_is_one_sentence(review: Review) -> None:
    for data in (b"", b"PK\x03\x04 nonsense", b"%PDF-1.7"):
        with pytest.raises(UserError, match="not a Word report"):
            check(data, texts(review))
