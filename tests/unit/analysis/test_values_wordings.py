"""Wordings of parties and of terms, written by hand: one of each class, with what a lawyer would read."""

from __future__ import annotations

import time

import pytest

from app.analysis.values import read_values
from app.analysis.values_expiry import read_expiration
from app.analysis.values_law import read_forum
from app.analysis.values_parties import parties_in
from app.analysis.values_scope import covenant_length, payment_due
from app.analysis.values_who import read_who
from app.domain.clauses import Clause, FoundBy

_KNOWN = {"Effective Date": "2010-03-15", "Agreement Date": "2010-03-15"}
_TAIL = "\n\nWHEREAS, the parties wish to work together;\n\nNOW, THEREFORE, the parties agree as follows:\n"


@pytest.mark.parametrize(
    ("opening", "names"),
    [
        (
            'made between Roche GmbH, Mannheim ("Roche") and bioMérieux S.A., a French company ("BM").',
            ["Roche GmbH", "bioMérieux S.A."],
        ),
        (
            "made between Wilmington Trust, National Association, as Trustee, and Ford Two LLC, as Depositor.",
            ["Wilmington Trust, National Association", "Ford Two LLC"],
        ),
        (
            'made between Bank One, Delaware, N.A. ("Bank One") and Hi Brands, International, Inc. ("Hi").',
            ["Bank One, Delaware, N.A.", "Hi Brands, International, Inc."],
        ),
        (
            'between Grupo Televisa, S.A.B. de C.V. ("Televisa") and Sociedad Minera Cerro S.A.A. ("Cerro").',
            ["Grupo Televisa, S.A.B. de C.V.", "Sociedad Minera Cerro S.A.A."],
        ),
        (
            "between Zementwerk Gesellschaft mbH and Siemens Aktiengesellschaft.",
            ["Zementwerk Gesellschaft mbH", "Siemens Aktiengesellschaft"],
        ),
        (
            'between Enbridge Energy, Limited Partnership ("Carrier") and Flint Resources, LP ("Shipper").',
            ["Enbridge Energy, Limited Partnership", "Flint Resources, LP"],
        ),
        ("between Google, a Delaware corporation, and Yahoo, a Delaware corporation.", ["Google", "Yahoo"]),
        (
            'between the Internet Corporation for Assigned Names, a California corporation ("I"), and Vs, Inc. ("V").',
            ["Internet Corporation for Assigned Names", "Vs, Inc."],
        ),
        (
            'between THE COLA COMPANY, a Delaware corporation ("A"), and COLA BOTTLING CO. CONSOLIDATED ("B").',
            ["COLA COMPANY", "COLA BOTTLING CO. CONSOLIDATED"],
        ),
        (
            'between Bioceres S.A., Rizobacter Argentina S.A. and Arcadia, Inc. (each a "Party").',
            ["Bioceres S.A.", "Rizobacter Argentina S.A.", "Arcadia, Inc."],
        ),
        (
            "between Marv, LLC, a Nevada limited liability company, Hemi, Inc, a Delaware corporation, and Fox Inc.",
            ["Marv, LLC", "Hemi, Inc", "Fox Inc."],
        ),
        (
            "between\n\nIron Mountain, LLC\n\nand\n\nState Street Bank and Trust Company\n\nDated July 1, 2014",
            ["Iron Mountain, LLC", "State Street Bank and Trust Company"],
        ),
        (
            'made by Vickie Smith (the "Employee") in favor of Quaker Co. (the "Company").',
            ["Vickie Smith", "Quaker Co."],
        ),
        ("made by:\n\n(a) NIPPON CO., LTD., a company; and\n\n(b) SILVER INC.", ["NIPPON CO., LTD.", "SILVER INC."]),
        ('between the entity signing below ("Customer") and Intuit Inc. ("Intuit").', ["Intuit Inc."]),
        (
            'between Rackspace Hosting ("Rackspace") and the customer below. Customer: Blue Media Inc.',
            ["Rackspace Hosting", "Blue Media Inc."],
        ),
        ("letter.\n\nClient: Redwood Partners\nConsultant: Jane Q. Public\n", ["Redwood Partners", "Jane Q. Public"]),
        (
            "among\n\nAUTO TRUST 2015-A,\nas Issuer,\n\nFORD LLC,\nas Servicer,\n\nand\n\nBANK OF YORK,\nas Trustee",
            ["AUTO TRUST 2015-A", "FORD LLC", "BANK OF YORK"],
        ),
        (
            'between Siemens Aktiengesellschaft, Berlin and München ("Siemens") and Philips N.V. ("Philips").',
            ["Siemens Aktiengesellschaft", "Philips N.V."],
        ),
        ('**Between:** Company A ("Provider") and Company B ("Client")\n', ["Company A", "Company B"]),
        ('**Parties:** Company A ("Licensor"), Company C ("Licensee")\n', ["Company A", "Company C"]),
        (
            'between John Smith ("Smith"), Mary Jones ("Jones") and Acme, Inc. ("Acme").',
            ["John Smith", "Mary Jones", "Acme, Inc."],
        ),
        (
            'between Johnson and Johnson ("J&J") and Sears, Roebuck and Co. ("Sears").',
            ["Johnson and Johnson", "Sears, Roebuck and Co."],
        ),
        (
            'between U.S. Bank N.A., as successor to State Bank and Trust Company ("Trustee"), and ABS Inc. ("A").',
            ["U.S. Bank N.A.", "ABS Inc."],
        ),
        (
            'made by Acme LLP ("Acme") and the State of Texas, acting through the Health and Human Commission ("H").',
            ["Acme LLP", "State of Texas"],
        ),
        (
            'between Cerner Corporation and its subsidiary Cerner Health, Inc. (together "Cerner"), and Ajax LLC.',
            ["Cerner Corporation", "Cerner Health, Inc.", "Ajax LLC"],
        ),
        ('between Joseph Smith, Jr. ("Executive") and XYZ, LLC ("XYZ").', ["Joseph Smith, Jr.", "XYZ, LLC"]),
        (
            'on which Lazard & Co. LLC ("Lazard") will advise. It will act for us to Pioneer Company (the "Company").',
            ["Lazard & Co. LLC", "Pioneer Company"],
        ),
    ],
)
def test_parties_of_an_opening(opening: str, names: list[str]) -> None:
    found = [p.name for p in parties_in(f"AGREEMENT\n\nThis Agreement is {opening}{_TAIL}", []) if p.name]
    assert sorted(found) == sorted(names)


def test_who_signs_for_a_party_and_a_heading_of_the_signatures_are_no_parties() -> None:
    text = (
        f"This Agreement is made by the undersigned.{_TAIL}ACCEPTED AND AGREED:\n\nELLIOTT ASSOCIATES, L.P.\n"
        "By: Elliott Advisors, L.P., as General Partner\nBy: /s/ E. Green\n\nSUN LLC\n\nBy: /s/ B. Night\n"
    )
    assert [party.name for party in parties_in(text, [])] == ["ELLIOTT ASSOCIATES, L.P.", "SUN LLC"]


@pytest.mark.parametrize(
    ("before", "passage", "name"),
    [
        ("", "COMWARE TECHNICAL SERVICES", " OF 17922 SKY PARK CIRCLE, IRVINE"),
        ("Full Legal Name ", "Salesforce.org", ", a nonprofit public benefit corporation"),
        ("", "MEZZANINE PARTNERS - MASTER FUND II, L.P.", "\nBy: X, its manager"),
    ],
)
def test_a_sure_passage_is_a_name_as_it_stands(before: str, passage: str, name: str) -> None:
    text = f"TERMS\n\n{before}{passage}{name}.\n"
    start = text.index(passage)
    assert [party.name for party in parties_in(text, [(start, start + len(passage))])] == [passage]


def _end(clause: str, before: str = "") -> dict[str, object]:
    """What is read of a clause that stands after other words."""
    text = f"AGREEMENT\n\n{before}\n\n{clause}\n\nNext section.\n"
    start = text.index(clause)
    return read_expiration(text, start, start + len(clause), _KNOWN) or {}


@pytest.mark.parametrize(
    ("clause", "date"),
    [
        ("The Term ends with the 2012 calendar year: through the 2012 calendar year.", "2012-12-31"),
        ("It shall start on January 1, 2011; the term expires on the day before its third anniversary.", "2013-12-31"),
        ("The term shall be from the Effective Date to, but excluding, January 1, 2014.", "2013-12-31"),
        ("This Agreement shall be effective until the earlier of December 31, 2012 and June 30, 2011.", "2011-06-30"),
        ("The Term starts on the first day of the month after the Effective Date and lasts 12 months.", "2011-04-01"),
        ("The Agreement shall run from 1.1.2011 until 31.12.2013.", "2013-12-31"),
        ("This Agreement is for a term of two years from signing unless terminated earlier.", "2012-03-15"),
        ("This Agreement shall continue for not longer than three (3) years.", "2013-03-15"),
    ],
)  # fmt: skip
def test_ends_of_a_term(clause: str, date: str) -> None:
    assert _end(clause).get("date") == date


@pytest.mark.parametrize(
    ("definition", "clause", "date"),
    [
        (
            '"Contract Year" means each calendar year; the first Contract Year shall end on December 31, 2011.',
            "The term shall expire at the end of the fifth Contract Year.",
            "2015-12-31",
        ),
        (
            '"Contract Year" means a calendar year, in whole or in part.',
            "The Term shall consist of four Contract Years.",
            "2013-12-31",
        ),
        (
            '"Contract Year" means a period of twelve months from an anniversary to the same day of the next year.',
            "The term shall expire at the end of the fifth Contract Year.",
            "2015-03-15",
        ),
        ('"Outside Date" means June 1, 2012.', "This Agreement shall expire on the Outside Date.", "2012-06-01"),
    ],
)
def test_ends_that_the_contract_defines(definition: str, clause: str, date: str) -> None:
    assert _end(clause, definition).get("date") == date


@pytest.mark.parametrize(
    "clause",
    [
        "The initial Term shall run through the 2014 fiscal year.",
        "All confidentiality obligations survive for three (3) years after termination of this Agreement.",
        "Sections 5 and 7 shall survive the expiration of this Agreement for a period of five years.",
        "For a period of two years after the termination of this Agreement, Consultant shall not compete.",
        "Upon expiration of this Agreement, Distributor may sell off inventory for a period of six (6) months.",
        "In the event of force majeure lasting more than six months, either party may terminate this Agreement.",
        "Records shall be kept for three years after the end of the Term.",
        "Licensee shall pay the fee within 30 days after the expiration of each calendar quarter.",
        "This Agreement shall terminate within 30 days upon termination of the Services.",
        "The duration of this Agreement shall be a quarter of a century.",
    ],
)
def test_what_is_no_term_is_not_read_as_one(clause: str) -> None:
    value = _end(clause)
    assert not value.get("date")
    assert not value.get("term")


@pytest.mark.parametrize(
    "clause",
    [
        "This Agreement shall continue until the date that is two (2) years following the Closing Date.",
        "The term of this Agreement shall be five (5) years from the date the Store opens for business.",
    ],
)
def test_a_term_that_runs_from_an_event_has_no_date(clause: str) -> None:
    value = _end(clause)
    assert value.get("from_event")
    assert not value.get("date")


def test_an_end_that_stands_in_another_place_is_not_open() -> None:
    assert _end("This offer expires on the date listed in the Cover Terms unless extended in writing.") == {}


def test_a_covenant_for_six_months_after_is_said_whole() -> None:
    text = "During the term of the Agreement and for six months after, each party will carry insurance."
    assert (covenant_length(text, 0, len(text)) or {}).get("after_term") == "P6M"


@pytest.mark.parametrize(
    ("clause", "due"),
    [
        ("Invoices are due and payable within forty-five (45) days of receipt of the invoice.", "P45D"),
        ("If Customer disputes a part, it shall pay the rest within 30 days of receipt of the invoice.", "P30D"),
        ("Supplier shall deliver the goods within 10 days after receipt of an order.", None),
        ("Customer shall notify Supplier of a dispute within 15 days of receipt of the invoice.", None),
    ],
)
def test_when_payment_is_due_is_told_from_other_deadlines(clause: str, due: str | None) -> None:
    assert (payment_due(clause, 0, len(clause)) or {}).get("due") == due


@pytest.mark.parametrize(
    ("clause", "who"),
    [
        ("Customer shall be indemnified by Supplier.", "Supplier"),
        ("This Agreement may be terminated by Customer at any time.", "Customer"),
        ("Customer agrees that Supplier may audit.", "Supplier"),
        ("Customer agrees that it will not compete.", "Customer"),
        ("Supplier shall not be liable.", "Supplier"),
    ],
)
def test_who_acts_where_the_subject_does_not(clause: str, who: str) -> None:
    assert read_who(clause, 0, len(clause), ["Supplier", "Customer"]).get("who") == who


def test_what_is_not_submitted_to_arbitration_goes_to_court() -> None:
    clause = "Disputes shall not be submitted to arbitration; the courts of England have exclusive jurisdiction."
    assert (read_forum(clause, 0, len(clause)) or {}).get("how") == "court"


def test_a_title_of_a_markdown_file_is_read_without_its_marks() -> None:
    text = "# Master **Services** Agreement\n\nThe Agreement. It begins.\n"
    titles = [
        Clause("Document Name", 0, 31, 1.0, True, FoundBy.LAWYER),
        Clause("Document Name", 33, 47, 1.0, True, FoundBy.LAWYER),
    ]
    assert [(c.value or {}).get("title") for c in read_values(text, titles)] == ["Master Services Agreement", None]


def test_a_number_that_was_lost_is_a_blank() -> None:
    assert _end("This Agreement shall continue for an initial term of year as of the Effective Date.").get("blank")


def test_a_term_that_a_page_break_cuts_in_two_is_read() -> None:
    clause = "This Agreement will remain in effect for Thirty-six (36)"
    text = f"{clause}\n\nPage 3 of 36\n\nSource: X INC, 8-K\n\n\nmonths following the Effective Date.\n"
    value = read_expiration(text, 0, len(clause), _KNOWN) or {}
    assert value.get("date") == "2013-03-15"


@pytest.mark.parametrize("rubbish", [" ", "\n", "\t \n", "A\n", "Acme, Inc. ", "/s/ Ann Lee ", "between" + " " * 99])
def test_rubbish_takes_no_longer_than_it_is_long(rubbish: str) -> None:
    def took(length: int) -> float:
        text = (rubbish * (length // len(rubbish) + 1))[:length]
        begun = time.process_time()
        parties_in(text, [(0, 100)])
        return time.process_time() - begun

    assert took(20_000) < 6  # minutes before
