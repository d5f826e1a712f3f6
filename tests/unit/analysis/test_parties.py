"""Who the parties are, from the ways in which contracts name them."""

import pytest

from app.analysis.values_names import bare_name, form_of, name_at, same_party
from app.analysis.values_parties import parties_in, read_parties

NOBODY: list[tuple[int, int]] = []


def named(text: str) -> list[tuple[str, str]]:
    return [(party.name, party.defined) for party in parties_in(text, NOBODY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'This Agreement is made on 1 May 2020 by and between Acme Data, Inc., a Delaware corporation ("Acme"), and '
            'Bolt & Sons Limited, a company registered in England (the "Supplier"). WHEREAS Acme wishes',
            [("Acme Data, Inc.", "Acme"), ("Bolt & Sons Limited", "Supplier")],
        ),
        (
            "This Agreement is entered into on January 13, 2005 between professional golfer, TOM WILSON, (hereinafter "
            'referred to as "CONSULTANT") and ADAMS CLUBS, LTD. (hereinafter referred to as "ADAMS CLUBS").',
            [("TOM WILSON", "CONSULTANT"), ("ADAMS CLUBS, LTD.", "ADAMS CLUBS")],
        ),
        (
            "PARTIES\n\n(1) Northwind Trading Pty Ltd, of 7 High Street, Sydney; and\n\n(2) "
            "Contoso GmbH, of Berlin.\n\nBackground",
            [("Northwind Trading Pty Ltd", ""), ("Contoso GmbH", "")],
        ),
        (
            "Party A: Jingwei Technology Co., Ltd. Registration Address: Room 1605\n\nParty B: "
            "Shen Communication Co., Ltd.\n\nWHEREAS",
            [("Jingwei Technology Co., Ltd.", "Party A"), ("Shen Communication Co., Ltd.", "Party B")],
        ),
        (
            'Ladies and Gentlemen:\n\nBlue Hills, Inc. (the "Company"), a Maryland corporation, '
            "and Blue Hills Bank, a savings "
            'bank (the "Bank"), hereby confirm their agreement with Keefe, Bruyette & Woods, '
            'Inc. (the "Agent") as follows.',
            [("Blue Hills, Inc.", "Company"), ("Blue Hills Bank", "Bank"), ("Keefe, Bruyette & Woods, Inc.", "Agent")],
        ),
        (
            "effective as of Nov. 02, 2019 by and between Bioeq IP AG, having its place of "
            "business at [***] (Bioeq) and "
            "Coher Sciences, Inc., having its place of business at 333 Twin Drive, CA (Licensee).",
            [("Bioeq IP AG", "Bioeq"), ("Coher Sciences, Inc.", "Licensee")],
        ),
        (
            'between [ * * * ] (the "Provider"), and TELSTAR PTE, LTD., a company of Singapore, '
            "and Ability Software Ltd, a "
            'company of Israel (each and both of them "Recipient").',
            [("", "Provider"), ("TELSTAR PTE, LTD.", "Recipient"), ("Ability Software Ltd", "Recipient")],
        ),
    ],
)
def test_lists_of_parties(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_a_subsidiary_named_in_passing_is_no_party() -> None:
    text = (
        'between IMR OPERATIONS INC. (hereinafter referred to as "Developer") and Delt Pte '
        "Ltd, a Singapore company (and a "
        "subsidiary of Wuth Industries (S) Pte LTD) with its business at Singapore "
        '(hereinafter referred to as "Distributor").'
    )
    assert [name for name, _ in named(text)] == ["IMR OPERATIONS INC.", "Delt Pte Ltd"]


def test_a_table_of_contents_names_nobody() -> None:
    assert named("9.1 Conflict Among Agreements 16 9.2 Assignment and Change of Control 17 9.3 Bankruptcy 18") == []


def test_two_persons_without_a_form_are_two() -> None:
    assert named("This Agreement is between Mary Jones and Peter Smith, dated 1 May 2020.") == [
        ("Mary Jones", ""),
        ("Peter Smith", ""),
    ]


def test_without_a_list_those_who_sign_are_the_parties() -> None:
    text = (
        "JOINT FILING AGREEMENT\n\nThe undersigned agree that the statement is filed on behalf of each of them.\n\n"
        "IN WITNESS WHEREOF, the undersigned have executed this agreement.\n\n"
        "PRAIRIE ONE LP\nBy: BIP Manager L.L.C., its general partner\nBy: /s/ Sean K\n\nPRAIRIE TWO LP\nBy: /s/ Sean K"
    )
    assert [name for name, _ in named(text)] == ["PRAIRIE ONE LP", "PRAIRIE TWO LP"]


def test_a_sure_passage_adds_a_party_that_the_list_lacks() -> None:
    text = (
        'between Acme, Inc. ("Acme") and Bolt LLC ("Bolt"). WHEREAS the guarantor is Third '
        'Holdings plc (the "Guarantor").'
    )
    at = text.index("Third")
    assert [p.name for p in parties_in(text, [(at, at + 5)])] == ["Acme, Inc.", "Bolt LLC", "Third Holdings plc"]
    assert [p.name for p in parties_in(text, [], [(at, at + 5)])] == ["Acme, Inc.", "Bolt LLC"]


def test_a_passage_that_is_a_defined_name_adds_nobody() -> None:
    text = 'between Acme, Inc. ("Acme") and Bolt LLC (the "Grand Supplier"). WHEREAS'
    at = text.index("Grand")
    assert [p.name for p in parties_in(text, [(at, at + 14)])] == ["Acme, Inc.", "Bolt LLC"]


def test_roles_and_forms_are_told() -> None:
    text = 'between Acme Corporation (the "Licensor") and Bolt S.à r.l. (the "Licensee").'
    assert [(p.role, p.form) for p in read_parties(text, 0, len(text))] == [
        ("licensor", "Corporation"),
        ("licensee", "S.à r.l."),
    ]


def test_a_party_is_read_from_its_own_words() -> None:
    text = 'between  Acme   Data, Inc. ("Acme") and Bolt LLC ("Bolt").'
    first = parties_in(text, NOBODY)[0]
    assert (first.name, text[first.start : first.end]) == ("Acme Data, Inc.", "Acme   Data, Inc.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Alliance Bancorp, Inc. of Pennsylvania, a corporation", "Alliance Bancorp, Inc. of Pennsylvania"),
        ("salesforce.com, inc., a Delaware corporation", "salesforce.com, inc."),
        (
            "The University of Texas M. D. Anderson Cancer Center, with",
            "University of Texas M. D. Anderson Cancer Center",
        ),
        ("TOWN OF VINTON, VIRGINIA, a municipal corporation", "TOWN OF VINTON, VIRGINIA"),
        ("Acme LLC and Bolt Inc. agree", "Acme LLC"),
        ("NLS-1 Pharma AG Alter Postplatz 2 6370 Stans", "NLS-1 Pharma AG"),
    ],
)
def test_where_a_name_ends(text: str, name: str) -> None:
    span = name_at(text, 0, len(text))
    assert span is not None
    assert text[span[0] : span[1]] == name


@pytest.mark.parametrize("text", ["The parties agree", "Section 5.2 Term", "Delaware", "Effective Date", "2020"])
def test_what_is_no_name(text: str) -> None:
    assert name_at(text, 0, len(text)) is None


def test_when_two_names_are_one_party() -> None:
    assert same_party("ACME DATA, INC.", "Acme Data Corporation")
    assert same_party("The Acme Company", "Acme Co.")
    assert not same_party("Acme Data, Inc.", "Acme Media, Inc.")
    assert bare_name("Acme d/b/a Data") == "acme"
    assert form_of("Acme Co., Ltd.") == "Co., Ltd."
