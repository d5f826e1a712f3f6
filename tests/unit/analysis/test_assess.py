from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from pathlib import Path

from app.analysis.assess import AssessContext, assess
from app.analysis.kind import propose_kind, propose_role
from app.analysis.playbooks import load_playbook
from app.domain.clauses import CLAUSE_TYPES, Answer, Clause, FoundBy
from app.domain.findings import Assessment, FindingKind
from app.domain.matter import Contract, ContractKind, Matter, Role
from app.domain.playbook import Playbook
from app.domain.text import ContractText, Mark, MarkKind, Page, View

COMMERCIAL = load_playbook(Path(__file__).resolve().parents[3] / "resources" / "playbooks" / "commercial.yaml")
CUSTOMER = load_playbook(Path(__file__).resolve().parents[3] / "resources" / "playbooks" / "commercial-customer.yaml")
BODY = (
    'SERVICES AGREEMENT between Alpha Ltd ("Supplier") and Beta Inc. ("Customer"), effective as of March 1, 2020.\n\n'
    "The initial term is two (2) years from the Effective Date.\n\n"
    "This Agreement shall automatically renew for successive one (1) year terms unless a party gives ninety (90) days' "
    "notice before the end of the term.\n\n"
    "This Agreement is governed by the laws of the State of New York."
)
WHERE = {
    "Effective Date": "effective as of March 1, 2020", "Expiration Date": "The initial term is two (2) years",
    "Renewal Term": "This Agreement shall automatically",
    "Notice Period To Terminate Renewal": "This Agreement shall automatically",
    "Governing Law": "This Agreement is governed",
}  # fmt: skip


def clause(name: str) -> Clause:
    start = BODY.index(WHERE[name])
    stop = BODY.find("\n\n", start)
    return Clause(name, start, stop if stop > 0 else len(BODY), 0.9, True, FoundBy.SCREENER)


def run(text: ContractText | None = None, *, language: str = "en", unread: tuple[int, ...] = ()) -> Assessment:
    read = text or ContractText("0" * 64, "1", View.ACCEPTED, "", BODY, "txt")
    matter = Matter("m", "m", dt.datetime(2024, 1, 1, tzinfo=dt.UTC), reference_date=dt.date(2023, 6, 1))
    contract = Contract("c", "c", (), kind=ContractKind.SERVICES)
    context = AssessContext(contract, matter, language=language, unread_pages=unread)
    return assess(read, (), [clause(name) for name in WHERE], COMMERCIAL, context)


def test_the_same_inputs_give_the_same_assessment_in_json() -> None:
    one = run()
    assert one == run()
    json.dumps([dict(c.value or {}) for c in one.clauses] + [f.values for f in one.findings] + list(one.key_dates))


def test_numbers_of_an_explanation_come_from_the_quote() -> None:
    notice = next(f for f in run().findings if f.rule == "long-renewal-notice")
    assert "90 days" in notice.explanation
    assert notice.quote is not None
    assert "ninety (90) days" in notice.quote


def test_the_last_notice_day_of_the_present_cycle() -> None:
    dates = {entry["what"]: entry for entry in run().key_dates}
    assert dates["End of the initial term"]["date"] == "2022-03-01"
    assert dates["End of the present term"]["date"] == "2024-03-01"
    assert dates["Last day for notice against renewal"]["date"] == "2023-12-02"
    assert dates["Last day for notice against renewal"]["formula"].startswith("2024-03-01 - 90 days")


def test_every_type_has_one_answer() -> None:
    absences = run().absences
    assert [absence.type for absence in absences] == list(CLAUSE_TYPES)
    by_type = {absence.type: absence.answer for absence in absences}
    assert by_type["Governing Law"] is Answer.PRESENT
    assert by_type["Non-Compete"] is Answer.MISSING


def test_nothing_is_missing_where_a_page_was_not_read() -> None:
    pages = (Page(1, 0, len(BODY)), Page(2, len(BODY), len(BODY), unreadable="no text"))
    text = ContractText("0" * 64, "1", View.ACCEPTED, "", BODY, "pdf", pages=pages, page_source="pdf")
    found = run(text, unread=(2,))
    assert not any(f.kind is FindingKind.MISSING for f in found.findings)
    assert {a.answer for a in found.absences if a.type == "Non-Compete"} == {Answer.NOT_CHECKED}


def test_another_language_is_not_assessed() -> None:
    found = run(language="fr")
    assert not found.findings
    assert {absence.answer for absence in found.absences} == {Answer.NOT_CHECKED}
    assert "fr" in found.notes[0]


def test_a_finding_says_that_it_turns_on_a_tracked_change() -> None:
    start = BODY.index("ninety (90)")
    mark = Mark(MarkKind.INSERTED, start, start + 11, {"author": "B. Smith", "date": "2023-05-04T10:00:00"})
    text = ContractText("0" * 64, "1", View.ACCEPTED, "", BODY, "docx", marks=(mark,))
    notice = next(f for f in run(text).findings if f.rule == "long-renewal-notice")
    assert notice.pending_change == "turns on a change by B. Smith of 2023-05-04 that is not accepted yet"


def test_our_side_follows_from_our_name() -> None:
    assert propose_role(BODY, ["Beta, Inc"]) is Role.CUSTOMER
    assert propose_role(BODY, ["Alpha Limited"]) is Role.SUPPLIER
    assert propose_role(BODY, ["Gamma plc"]) is Role.UNKNOWN
    assert propose_kind(BODY) is ContractKind.SERVICES


def test_an_inherited_playbook_takes_the_side_it_is_written_for() -> None:
    assert CUSTOMER.side == (Role.CUSTOMER,)
    assert {rule.rule_id for rule in COMMERCIAL.rules} < {rule.rule_id for rule in CUSTOMER.rules}


def test_two_indemnities_the_one_way_and_the_other_are_not_one_sided() -> None:
    ways = [
        "Supplier shall indemnify Customer against all claims.",
        "Customer shall indemnify Supplier against all claims.",
    ]
    head = 'SERVICES AGREEMENT between Alpha Ltd ("Supplier") and Beta Inc. ("Customer").'
    for given in (ways[:1], ways):
        body = "\n\n".join([head, *given])
        clauses = [Clause("Parties", 0, len(head), 1.0, True, FoundBy.RULES)]
        for words in given:
            start = body.index(words)
            clauses.append(Clause("Indemnification", start, start + len(words), 0.9, True, FoundBy.RULES))
        matter = Matter("m", "m", dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
        context = AssessContext(Contract("c", "c", (), kind=ContractKind.SERVICES), matter)
        text = ContractText("0" * 64, "1", View.ACCEPTED, "", body, "txt")
        found = assess(text, (), clauses, COMMERCIAL, context).findings
        assert any(f.rule == "one-sided-indemnity" for f in found) is (len(given) == 1)


def test_a_finding_quotes_the_sentence_and_not_the_heading_above_it() -> None:
    said = "The Software contains no open source components licensed under the GPL."
    body = BODY + f"\n\n9.1. Open Source.\n\n{said}\n\n9.2. Notices.\n\nNotices are sent by post."
    text = ContractText("0" * 64, "1", View.ACCEPTED, "", body, "txt")
    found = [f for f in run(text).findings if f.rule == "open-source-warranty"]
    assert [f.quote for f in found] == [said]


def test_a_clearly_unfair_passage_is_quoted_first_and_counted() -> None:
    @dataclass
    class Passage:
        start: int
        end: int
        category: str
        clear: bool

    @dataclass
    class Detector:
        second_is_clear: bool

        def passages(self, text: str) -> list[Passage]:
            return [Passage(0, 20, "change", clear=False), Passage(30, 60, "change", clear=self.second_is_clear)]

    consumer = load_playbook(Path(__file__).resolve().parents[3] / "resources" / "playbooks" / "consumer.yaml")
    matter = Matter("m", "m", dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    said = []
    for clear in (True, False):
        found = assess(
            ContractText("0" * 64, "1", View.ACCEPTED, "", BODY, "txt"), (), (),
            replace(consumer, detector=Detector(clear)), AssessContext(Contract("c", "c", ()), matter),
        ).findings  # fmt: skip
        said.append(next(f for f in found if f.rule == "consumer-unilateral-change"))
    assert (said[0].start, said[0].end) == (30, 60)
    assert "Of its 2 passages 1 is of the sort that reviewers call clearly unfair." in said[0].explanation
    assert (said[1].start, said[1].end) == (0, 20)
    assert "doubtful rather than clearly unfair" in said[1].explanation


MA = load_playbook(Path(__file__).resolve().parents[3] / "resources" / "playbooks" / "ma-diligence.yaml")


def assessed(body: str, clauses: list[tuple[str, str, float]], playbook: Playbook, kind: ContractKind) -> Assessment:
    """What the playbook says of clauses given as type, words and score."""
    found = [
        Clause(name, body.index(words), body.index(words) + len(words), score, True, FoundBy.SCREENER)
        for name, words, score in clauses
    ]
    matter = Matter("m", "m", dt.datetime(2024, 1, 1, tzinfo=dt.UTC), reference_date=dt.date(2023, 6, 1))
    text = ContractText("0" * 64, "1", View.ACCEPTED, "", body, "txt")
    return assess(text, (), found, playbook, AssessContext(Contract("c", "c", (), kind=kind), matter))


def test_the_clause_is_quoted_before_what_comes_of_a_breach_of_it() -> None:
    ban, void = "Neither party may assign this Agreement without consent.", "Any non-permitted assignment is void."
    said = assessed(
        f"{ban} {void}", [("Anti-Assignment", void, 0.95), ("Anti-Assignment", ban, 0.6)], MA, ContractKind.SERVICES
    )
    assert next(f for f in said.findings if f.rule == "ma-assignment").quote == ban


def test_a_contract_that_goes_on_until_it_is_ended_has_not_run_out() -> None:
    ends = "The services under the first order are performed for a term until March 1, 2020."
    goes_on = "This Agreement will continue until terminated by either party."
    alone = assessed(ends, [("Expiration Date", ends, 0.5)], MA, ContractKind.SERVICES)
    both = assessed(
        f"{goes_on} {ends}", [("Expiration Date", goes_on, 0.9), ("Expiration Date", ends, 0.5)], MA,
        ContractKind.SERVICES,
    )  # fmt: skip
    assert "ma-term-run-out" in {f.rule for f in alone.findings}
    assert "ma-term-run-out" not in {f.rule for f in both.findings}


def test_a_playbook_for_other_agreements_says_so() -> None:
    book = load_playbook(Path(__file__).resolve().parents[3] / "resources" / "playbooks" / "employment.yaml")
    notes = {kind: assessed("Goods are sold.", [], book, kind).notes for kind in ContractKind}
    told = {kind for kind, said in notes.items() if any("written for other agreements" in note for note in said)}
    assert ContractKind.SUPPLY in told
    assert not told & {ContractKind.EMPLOYMENT, ContractKind.UNKNOWN, ContractKind.OTHER, ContractKind.AMENDMENT}
