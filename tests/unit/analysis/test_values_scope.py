"""How far clauses reach: carve-outs, covenants, territory, payment."""

from __future__ import annotations

from typing import Any

import pytest

from app.analysis.values import read_values
from app.analysis.values_money import find_amounts
from app.analysis.values_scope import carve_outs, covenant_length, payment_due, territory
from app.domain.clauses import Clause, FoundBy


def value(kind: str, text: str) -> dict[str, Any]:
    clause = Clause(kind, 0, len(text), 0.9, True, FoundBy.SCREENER)
    return dict(read_values(text, [clause])[0].value or {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Except in the event of a Party's gross negligence or willful misconduct and breach of its confidentiality "
            "obligation, the total liability shall be limited to fees paid.",
            ["gross negligence", "wilful misconduct", "confidentiality"],
        ),
        (
            "Liability is limited to $100. The limits shall not apply to the indemnity of Section 9 or infringement.",
            ["indemnity", "intellectual property"],
        ),
        ("Confidentiality matters. Liability is limited to the fees paid.", []),
    ],
)
def test_what_a_cap_leaves_out(text: str, expected: list[str]) -> None:
    found = carve_outs(text, 0, len(text))
    assert [item["what"] for item in found] == expected
    assert all(text[slice(*item["read_from"])] for item in found)


@pytest.mark.parametrize(
    ("text", "during", "after"),
    [
        ("during the Term and for a period of one year from the date of termination it shall not compete", True, "P1Y"),
        ("for two (2) years following expiration of this Agreement it shall not solicit", False, "P2Y"),
        ("During the term of this Agreement you shall not compete", True, None),
        ("Upon expiration Licensee may use the marks for a period not to exceed ninety (90) days", False, "P90D"),
        ("In the event of termination it shall, for up to three months, help to move the data", False, "P3M"),
    ],
)
def test_how_long_a_covenant_binds(text: str, during: bool, after: str | None) -> None:
    found = covenant_length(text, 0, len(text))
    assert found is not None
    assert (found.get("during_term", False), found.get("after_term")) == (during, after)


def test_a_deadline_after_the_end_is_no_length() -> None:
    text = "On termination each shall return all papers no later than thirty (30) days after the date of termination"
    assert covenant_length(text, 0, len(text)) is None


def test_a_look_back_is_no_length() -> None:
    text = "you will not solicit any person employed by us within the previous twelve (12) month period"
    assert covenant_length(text, 0, len(text)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a worldwide licence to use the marks", "worldwide"),
        ("the exclusive right to sell the Products in the United States and Canada", ["United States", "Canada"]),
        (
            "a license to sell it throughout Latin America and in the European Union",
            ["Latin America", "European Union"],
        ),
        ("a perpetual, world- wide license", "worldwide"),
        ("programming on the World Wide Web", None),
        ("governed by the laws of the State of New York", None),
        ("Acme, a corporation organized in Delaware, may sell", None),
    ],
)
def test_territory(text: str, expected: object) -> None:
    found = territory(text, 0, len(text))
    assert (found["territory"] if found else None) == expected


@pytest.mark.parametrize(
    ("text", "due", "since"),
    [
        ("Customer shall pay within thirty (30) days of receipt of the invoice.", "P30D", "invoice"),
        ("Payment terms are net 45 days.", "P45D", "invoice"),
        ("Royalties are due 60 days after the end of each calendar quarter.", "P60D", "quarter"),
    ],
)
def test_when_payment_is_due(text: str, due: str, since: str) -> None:
    found = payment_due(text, 0, len(text))
    assert found is not None
    assert (found["due"], found["from"]) == (due, since)
    assert value("Payment Terms", text)["payment"] == found


def test_a_cap_tells_multiple_months_and_carve_outs_once_each() -> None:
    text = "Except for fraud, liability shall not exceed two times the fees paid in the twelve (12) months before it."
    assert value("Cap On Liability", text)["display"] == "2x fees of 12 months, except fraud"


def test_a_price_is_no_multiple_of_fees() -> None:
    assert "multiple" not in value("Liquidated Damages", "You pay an Initial Fee which is payable on the date hereof.")


def test_a_space_after_a_comma_is_part_of_the_amount() -> None:
    text = "thirty thousand dollars ($30, 000) and $1, 2 or 3"
    assert [(str(a.amount), text[a.start : a.end]) for a in find_amounts(text)] == [("30000", "$30, 000"), ("1", "$1")]


@pytest.mark.parametrize(
    ("text", "multiple"),
    [
        ("shall in no event exceed THREE TIMES (3X) THE TOTAL VALUE OF THE WORK ORDER from which it arose.", 3),
        ("shall be limited to the amount of revenues it receives under this Agreement.", 1),
        ("shall not exceed twice the fees paid.", 2),
    ],
)
def test_multiples_of_what_the_contract_brings(text: str, multiple: int) -> None:
    assert value("Cap On Liability", f"Its liability {text}")["multiple"] == multiple


def test_a_million_is_written_out_with_its_own_dollars() -> None:
    read = value("Insurance", "It keeps insurance of AU$10 million, C$2 million and NZ$ 500,000.")["amounts"]
    assert [(a["currency"], a["amount"]) for a in read] == [("AUD", "10000000"), ("CAD", "2000000"), ("NZD", "500000")]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Supplier hereby grants a licence to use the marks.", "Supplier"),
        ("Under no circumstances shall Consultant wear a competitor's product.", "Consultant"),
        ("Vendor and its auditors and public authorities shall have the right to see the records.", "Vendor"),
        ("as set out in the loan made between the parties of even date", None),
        ("Neither Party shall be bound by it.", "mutual"),
        ("Company and Contractor may terminate the Agreement upon written mutual consent.", "mutual"),
        ("Customer and its users shall keep it.", "Customer"),
    ],
)
def test_who_may_or_must(text: str, who: str | None) -> None:
    assert value("Insurance", text).get("who") == who


@pytest.mark.parametrize(
    ("text", "place", "city"),
    [
        ("shall be settled by arbitration in London under its rules.", "England", "London"),
        ("shall be submitted to the courts of Ohio.", "Ohio", None),
    ],
)
def test_where_disputes_go(text: str, place: str, city: str | None) -> None:
    found = value("Dispute Resolution", f"Any dispute {text}")
    assert (found["place"], found.get("city")) == (place, city)


def test_a_multiple_left_blank_is_not_guessed() -> None:
    text = "Its liability will not exceed {cap_multiplier} times the fees paid in the 12 months before the claim."
    assert "multiple" not in value("Cap On Liability", text)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("a $250,000.00 purchase order", "USD"),
        ("A $250,000 order", "USD"),
        ("A$250,000", "AUD"),
        ("AU $250,000", "AUD"),
    ],
)
def test_an_article_before_a_dollar_sign_makes_no_australian_dollars(text: str, currency: str) -> None:
    assert [found.currency for found in find_amounts(f"It pays {text}.")] == [currency]
