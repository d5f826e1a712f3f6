"""An open matter: what was interrupted, families, near-duplicates, passwords, marked copies, carried decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from app.domain.findings import Action, Standing
from app.domain.matter import contract_id_of
from app.domain.progress import CancelToken
from app.domain.text import View
from app.errors import Cancelled, UserError
from app.services import importing
from app.services.api import AnalyzeOptions
from app.services.session import LocalSession
from app.services.workspace import LocalWorkspace, open_workspace

BASE = """DISTRIBUTOR AGREEMENT

This Distributor Agreement is made as of January 1, 2020 by and between Bridge Transfer Corporation, a Delaware
corporation ("Supplier"), and Neon Systems, Inc., a Delaware corporation ("Distributor").

1. Term. This Agreement continues for two years and renews automatically for successive terms of one year unless a
party gives notice at least one hundred and twenty (120) days before the end of the term.

2. Exclusivity. Distributor shall purchase the Products exclusively from Supplier and shall not sell competing products.

3. Liability. Supplier's liability under this Agreement is unlimited.

4. Governing Law. This Agreement is governed by the laws of the State of New York.
"""
AMENDMENT = """FIRST AMENDMENT TO DISTRIBUTOR AGREEMENT

This First Amendment to Distributor Agreement is made as of March 1, 2021 by and between Bridge Transfer Corporation, a
Delaware corporation ("Supplier"), and Neon Systems, Inc., a Delaware corporation ("Distributor"), parties to the
Distributor Agreement dated January 1, 2020.

1. Assignment. Neither party may assign this Agreement, in whole or in part, without the prior written consent of the
other party.
"""
SECRET = "open sesame"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[LocalWorkspace]:
    made = open_workspace(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def session(workspace: LocalWorkspace) -> Iterator[LocalSession]:
    made = workspace.create("Test", [], "commercial")
    yield made
    made.close()


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    folder = tmp_path / "deal"
    folder.mkdir()
    (folder / "base.txt").write_text(BASE)
    (folder / "amendment.txt").write_text(AMENDMENT)
    return folder


def run(session: LocalSession, *paths: Path, **options: object) -> None:
    for _ in session.analyze(list(paths), AnalyzeOptions(workers=1, **options), CancelToken()):  # type: ignore[arg-type]
        pass


def pdf(path: Path, words: str, password: str | None = None) -> Path:
    with pymupdf.open() as document:
        document.new_page().insert_textbox((72, 72, 520, 760), words, fontsize=10)
        keys = {"encryption": pymupdf.PDF_ENCRYPT_AES_256, "user_pw": password, "owner_pw": password}
        document.save(path, **(keys if password else {}))
    return path


def test_a_stopped_import_is_offered_until_it_is_done(
    workspace: LocalWorkspace, session: LocalSession, deal: Path
) -> None:
    token = CancelToken()
    matter_id = session.matter.matter_id
    steps = session.analyze([deal], AnalyzeOptions(workers=1, playbook="nda", passwords={"a": "b"}), token)
    while next(steps).status.value != "done":
        pass
    token.cancel()
    with pytest.raises(Cancelled):
        list(steps)
    left = session.unfinished()
    assert left is not None
    assert left.paths == (deal,)
    assert (left.options.playbook, left.options.passwords) == ("nda", {})
    assert (left.files_done, left.files_total) == (1, 2)
    assert [entry.unfinished for entry in workspace.recent()] == [True]
    session.close()
    again = workspace.open(matter_id)
    try:
        found = again.unfinished()
        assert found is not None
        for _ in again.analyze(found.paths, found.options, CancelToken()):
            pass
        assert again.unfinished() is None
        assert len(again.documents()) == 2
        assert [entry.unfinished for entry in workspace.recent()] == [False]
    finally:
        again.close()


def test_an_interrupted_import_can_be_dismissed(workspace: LocalWorkspace, session: LocalSession, deal: Path) -> None:
    steps = session.analyze([deal], AnalyzeOptions(workers=1), CancelToken())
    next(steps)
    steps.close()
    assert session.unfinished() is not None
    session.dismiss_unfinished()
    assert session.unfinished() is None
    assert [entry.unfinished for entry in workspace.recent()] == [False]


def test_an_accepted_amendment_is_read_together_with_its_base(session: LocalSession, deal: Path) -> None:
    run(session, deal)
    [family] = session.families()
    assert (family.base_name, family.member_name, family.role) == ("base.txt", "amendment.txt", "amendment")
    gaps = {"missing", "unclear", "not checked"}

    def gap_types(contract_id: str) -> set[str | None]:
        found = session.findings(contract_id)
        return {r.state.finding.clause_type for r in found if r.state.finding.kind.value in gaps}

    assert gap_types(family.member_id)
    assert "Anti-Assignment" in gap_types(family.base_id)
    assert any("not confirmed" in note for c in session.review().contracts for note in c.notes)
    session.answer_family(family.base_id, family.member_id, True)
    run(session)
    assert gap_types(family.member_id) == set()
    assert "Anti-Assignment" not in gap_types(family.base_id)
    assert gap_types(family.base_id)
    notes = {c.contract.name: " ".join(c.notes) for c in session.review().contracts}
    assert "Anti-Assignment stands in its part amendment.txt" in notes["base.txt"]
    assert "A part of base.txt (amendment)." in notes["amendment.txt"]
    session.answer_family(family.base_id, family.member_id, False)
    run(session)
    assert "Anti-Assignment" in gap_types(family.base_id)
    run(session)
    assert session.families()[0].accepted is False


def test_near_duplicates_and_defined_terms_are_told(session: LocalSession, deal: Path) -> None:
    (deal / "draft.md").write_text(BASE.replace("New York", "Delaware"))
    run(session, deal)
    [pair] = session.near_duplicates()
    assert {pair.name, pair.other_name} == {"base.txt", "draft.md"}
    assert 0.8 < pair.likeness < 1
    notes = {c.contract.name: " ".join(c.notes) for c in session.review().contracts}
    assert "Nearly the same words as draft.md" in notes["base.txt"]
    terms = {term.name: term for term in session.terms(pair.contract_id)}
    assert terms["Distributor"].uses > 0


def test_a_protected_pdf_is_read_with_its_password_which_is_never_stored(
    workspace: LocalWorkspace, session: LocalSession, tmp_path: Path
) -> None:
    folder = tmp_path / "protected"
    folder.mkdir()
    pdf(folder / "secret.pdf", BASE, SECRET)
    run(session, folder)
    [row] = session.documents()
    assert row.status == "password needed"
    assert not session.set_password(row.document_sha256, "wrong")
    assert session.set_password(row.document_sha256, SECRET)
    run(session, folder)
    [row] = session.documents()
    assert row.status == "read"
    assert row.contract_id is not None
    assert session.page_image(row.contract_id, 1, 0.5).rgb
    found = session.findings(row.contract_id)[0].state.finding
    assert found.start is not None
    session.export("annotated", tmp_path / "copies")
    [copy] = (tmp_path / "copies").iterdir()
    with pymupdf.open(copy) as document:
        assert document.needs_pass
        assert document.authenticate(SECRET)
        assert list(document[0].annots())
    session.close()
    assert all(SECRET.encode() not in file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file())


def test_a_copy_whose_original_is_gone_is_named_and_the_others_are_made(session: LocalSession, tmp_path: Path) -> None:
    folder = tmp_path / "pdfs"
    folder.mkdir()
    pdf(folder / "a.pdf", BASE)
    gone = pdf(folder / "b.pdf", BASE.replace("New York", "Texas"))
    run(session, folder)
    gone.unlink()
    with pytest.raises(UserError, match=r"1 marked copies .*b\.pdf"):
        session.export("annotated", tmp_path / "copies")
    assert [file.name for file in (tmp_path / "copies").iterdir()] == ["001 a (annotated).pdf"]


def test_decisions_stay_at_their_words_when_a_document_is_read_anew(
    session: LocalSession, deal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(session, deal / "base.txt")
    found = [row.state.finding for row in session.findings()]
    finding = next(f for f in found if f.kind.value == "risk" and "renews automatically" in (f.quote or ""))
    session.decide(finding.finding_key, Action.ACCEPT, {}, "A. Lawyer")
    # A later reader sees a word that this one misread, and a page header before everything.
    database = session._database
    sha256 = database.documents()[0].sha256
    old = database.text(database.latest_texts(sha256)[View.ACCEPTED])
    words = "Page header\n\n" + old.text.replace("renews automatically for", "renews automatically, for")
    database.put_text(replace(old, text=words, ingest_version="later", text_id=""))
    monkeypatch.setattr(importing, "INGEST_VERSION", old.ingest_version)
    run(session)
    [state] = [row.state for row in session.findings() if row.state.finding.rule == finding.rule]
    assert state.finding.finding_key != finding.finding_key
    assert state.decision is Action.ACCEPT
    assert state.standing is Standing.CHANGED
    assert state.finding.quote is not None
    assert "renews automatically, for" in state.finding.quote
    undone = session.undo("A. Lawyer")
    assert undone is not None
    assert undone.decision is None


def test_a_correction_of_kind_and_side_re_assesses_that_contract_alone(session: LocalSession, deal: Path) -> None:
    run(session, deal)
    contract_id = contract_id_of(next(r.document_sha256 for r in session.documents() if r.path == "base.txt"))
    session.set_contract(contract_id, kind="distribution", our_role="customer", playbook="commercial-customer")
    run(session)
    row = next(r for r in session.documents() if r.contract_id == contract_id)
    assert (row.kind, row.our_role) == ("distribution", "customer")
    books = {c.contract.name: c.playbook.name for c in session.review().contracts if c.playbook is not None}
    assert books == {"base.txt": "commercial-customer", "amendment.txt": "commercial"}
    run(session, deal)
    assert next(r for r in session.documents() if r.contract_id == contract_id).our_role == "customer"
