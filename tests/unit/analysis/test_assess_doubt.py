"""A finding on a scan names the words that the engine was unsure of."""

from __future__ import annotations

from app.analysis.assess_doubt import with_doubt
from app.domain.findings import Finding, FindingKind, Severity
from app.domain.text import ContractText, Mark, MarkKind, View

_WORDS = "The liability cap is 1OO,000 dollars in all."


def finding(start: int, end: int) -> Finding:
    return Finding(
        "k",
        "c",
        FindingKind.RISK,
        "cap",
        Severity.HIGH,
        "Cap On Liability",
        start,
        end,
        _WORDS[start:end],
        1,
        None,
        "Low.",
        "Ask.",
    )


def test_unsure_words_are_named_where_they_stand_in_the_passage() -> None:
    mark = Mark(MarkKind.LOW_CONFIDENCE, 21, 28, {"confidence": 41})
    text = ContractText("0" * 64, "1", View.ACCEPTED, "", _WORDS, "pdf", marks=(mark,))
    assert "check against the page: \u201c1OO,000\u201d." in with_doubt(finding(4, 36), text).explanation
    assert with_doubt(finding(0, 20), text).explanation == "Low."
