from __future__ import annotations

from dataclasses import replace

from app.domain.findings import Finding, FindingKind, Severity
from app.domain.same_words import same_words


def finding(key: str, start: int | None, end: int | None, contract: str = "c") -> Finding:
    quote = "words" if start is not None else None
    return Finding(
        key, contract, FindingKind.RISK, key, Severity.MEDIUM, None, start, end, quote, None, None, "Because.", "Do."
    )


def test_findings_on_the_same_words_know_each_other_and_none_is_lost() -> None:
    found = [
        finding("long", 100, 200), finding("notice", 100, 195), finding("far", 300, 400), finding("gap", None, None),
        finding("inside", 120, 140), finding("other contract", 100, 200, "d"), finding("renewal", 90, 205),
        replace(finding("drafting", 100, 200), kind=FindingKind.DRAFTING),
    ]  # fmt: skip
    beside = {key: [f.finding_key for f in others] for key, others in same_words(found).items()}
    assert beside == {
        "long": ["notice", "renewal"], "notice": ["long", "renewal"], "renewal": ["long", "notice"], "far": [],
        "drafting": [],
        "gap": [], "inside": [], "other contract": [],
    }  # fmt: skip


def test_a_long_passage_does_not_hide_what_follows_it() -> None:
    found = [finding("whole", 0, 1000), finding("a", 10, 60), finding("b", 12, 60), finding("nearly whole", 300, 1000)]
    beside = {key: [f.finding_key for f in others] for key, others in same_words(found).items()}
    assert beside == {"whole": ["nearly whole"], "a": ["b"], "b": ["a"], "nearly whole": ["whole"]}
