"""What goes into a matter comes out of it, after closing and opening too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from matter_data import (
    ASSESSMENT,
    CLAUSE,
    CONTRACT,
    DOCUMENT,
    FINDING,
    MATTER,
    PLAYBOOK,
    SHA,
    TEXT,
    decide,
    fill,
    key,
)  # fmt: skip
from sqlalchemy.exc import DatabaseError

from app.domain.clauses import Answer, Candidate
from app.domain.findings import Severity
from app.domain.matter import ContractKind, PartRole, Role
from app.domain.progress import Stage
from app.domain.runs import ReadResult
from app.domain.text import View
from app.errors import UserError
from app.storage.contracts import FamilyProposal
from app.storage.database import MatterDatabase


def test_all_comes_out_after_reopening(make: Callable[[], MatterDatabase], path: Path, passphrase: str | None) -> None:
    with make() as database:
        fill(database)
        made = decide(database)
    with MatterDatabase.open(path, passphrase) as database:
        assert database.matter() == MATTER
        assert database.documents() == [DOCUMENT]
        assert database.contracts() == [CONTRACT]
        assert database.text(TEXT.text_id) == TEXT
        assert database.latest_texts(SHA) == {View.ACCEPTED: TEXT.text_id}
        assert database.current_assessment(CONTRACT.contract_id) == (ASSESSMENT, PLAYBOOK)
        assert database.decisions() == [made]
        assert database.log_head() == made.hash
        assert database.check()


def test_paths_of_a_document_are_merged(database: MatterDatabase) -> None:
    database.add_document(DOCUMENT)
    database.add_document(
        replace(DOCUMENT, paths=("c.pdf", "a/one.pdf"), files=("/x/caf\udce9.pdf\0inner",), language="fr")
    )
    (stored,) = database.documents()
    assert stored.paths == (*DOCUMENT.paths, "c.pdf")
    assert stored.files == (*DOCUMENT.files, "/x/caf\udce9.pdf\0inner")
    assert stored.language == "fr"
    database.set_document_status(SHA, "damaged", "no pages")
    assert (database.documents()[0].status, database.documents()[0].reason) == ("damaged", "no pages")
    with pytest.raises(KeyError):
        database.set_document_status("none", "read")


def test_a_contract_is_replaced_with_its_parts(database: MatterDatabase) -> None:
    fill(database)
    changed = replace(CONTRACT, kind=ContractKind.NDA, our_role=Role.DISCLOSER, confirmed=True, playbook="nda")
    changed = replace(changed, parts=(replace(CONTRACT.parts[0], role=PartRole.SCHEDULE, first_page=2, last_page=2),))
    database.put_contract(changed)
    assert database.contracts() == [changed]


def test_family_proposals_keep_the_lawyer_s_answer(database: MatterDatabase) -> None:
    fill(database)
    other = replace(CONTRACT, contract_id="c-2", name="amendment.pdf")
    database.put_contract(other)
    proposal = FamilyProposal(CONTRACT.contract_id, "c-2", PartRole.AMENDMENT, "names it", 0.9)
    database.propose_family(proposal)
    database.answer_family(CONTRACT.contract_id, "c-2", False)
    database.propose_family(replace(proposal, score=1.0))
    assert database.family_proposals() == [replace(proposal, accepted=False)]


def test_the_newest_text_of_a_view_is_the_latest(database: MatterDatabase) -> None:
    newer = replace(TEXT, ingest_version="i2", text_id="")
    for text in (TEXT, newer, TEXT):
        database.put_text(text)
    assert database.latest_texts(SHA) == {View.ACCEPTED: newer.text_id}
    assert database.text(TEXT.text_id) == TEXT, "the older one is still there"
    with pytest.raises(KeyError):
        database.text("none")


def test_a_text_with_broken_code_points_is_kept(database: MatterDatabase) -> None:
    broken = replace(TEXT, text="Term \ud800 \x00 notice", pages=(), marks=(), text_id="")
    database.put_text(broken)
    assert database.text(broken.text_id) == broken


def test_runs_are_found_by_their_inputs_once_finished(database: MatterDatabase) -> None:
    fill(database)
    screen, candidates = key(Stage.SCREEN), (Candidate("Insurance", 1, 2, 0.5, True),)
    assert database.screened(screen) is None
    database.finish_screen(screen, candidates)
    assert database.screened(screen) == candidates
    assert database.screened(key(Stage.SCREEN, "2")) is None
    read, result = key(Stage.READ), ReadResult((CLAUSE,), ASSESSMENT.model, ("pages 4 to 6",))
    database.put_chunk(read, "b", '{"margins": [1.5]}')
    database.put_chunk(read, "a", '{"margins": []}')
    database.put_chunk(read, "a", '{"margins": [2]}')
    assert database.read_result(read) is None
    assert database.chunks(read) == {"a": '{"margins": [2]}', "b": '{"margins": [1.5]}'}
    database.finish_read(read, result)
    assert database.read_result(read) == result
    assert database.chunks(read) == {}
    with pytest.raises(ValueError, match="immutable"):
        database.finish_read(read, result)


def test_an_earlier_assessment_counts_again_when_made_current(database: MatterDatabase) -> None:
    fill(database)
    other = replace(ASSESSMENT, findings=())
    database.finish_assess(key(Stage.ASSESS, "2"), other)
    assert database.current_assessment(CONTRACT.contract_id) == (other, None)
    assert database.findings() == []
    database.make_current(key(Stage.ASSESS))
    assert database.findings(CONTRACT.contract_id) == [FINDING]
    inputs = database.current_inputs(Stage.ASSESS, CONTRACT.contract_id)
    assert inputs == {"text": TEXT.text_id, "other": "1"}
    with pytest.raises(KeyError):
        database.make_current(key(Stage.ASSESS, "3"))


def test_rows_for_lists(database: MatterDatabase) -> None:
    fill(database)
    (row,) = database.document_rows()
    assert (row.document, row.contract_id, row.findings) == (DOCUMENT, CONTRACT.contract_id, {Severity.HIGH: 1})
    assert [r.finding_key for r in database.finding_rows()] == [FINDING.finding_key]
    assert database.reported_clauses() == {CONTRACT.contract_id: [CLAUSE]}
    assert database.answers() == {CONTRACT.contract_id: {"Insurance": Answer.MISSING}}


def test_what_was_found_and_decided_is_immutable(database: MatterDatabase) -> None:
    fill(database)
    decide(database)
    database.correct_value(CONTRACT.contract_id, "Renewal Term", "quote", {"days": 60}, "A")
    for table in ("texts", "runs", "findings", "clauses", "absences", "decisions", "corrections"):
        for change in (f"DELETE FROM {table}", f"UPDATE {table} SET rowid = rowid + 100"):
            with pytest.raises(DatabaseError, match="never changed"):
                database._access.write(lambda s, sql=change: s.connection().exec_driver_sql(sql))


def test_a_lawyer_s_value_outlives_runs_and_can_be_withdrawn(database: MatterDatabase) -> None:
    fill(database)
    cid = CONTRACT.contract_id
    database.correct_value(cid, "Renewal Term", "Ninety  (90) days", {"days": 60}, "A")
    database.correct_value(cid, "Renewal Term", "ninety (90) days", {"days": 30}, "B")
    database.finish_assess(key(Stage.ASSESS, "2"), ASSESSMENT)
    assert database.corrections(cid) == {("Renewal Term", "ninety (90) days"): {"days": 30}}
    database.correct_value(cid, "Renewal Term", "ninety (90) days", None, "A")
    assert database.corrections(cid) == {}


def test_the_matter_s_facts_change_and_its_id_does_not(database: MatterDatabase) -> None:
    database.update_matter(replace(MATTER, name="New", home_law=None, reference_date=None))
    assert (database.matter().name, database.matter().home_law) == ("New", None)
    with pytest.raises(ValueError, match="another"):
        database.update_matter(replace(MATTER, matter_id="other"))


def test_a_second_instance_is_kept_out(database: MatterDatabase, passphrase: str | None) -> None:
    with pytest.raises(UserError, match="open in another window"):
        MatterDatabase.open(database.path, passphrase)


def test_a_matter_is_not_made_over_another(database: MatterDatabase) -> None:
    with pytest.raises(UserError, match="already"):
        MatterDatabase.create(database.path, MATTER)


def test_an_unknown_document_makes_no_contract(database: MatterDatabase) -> None:
    with pytest.raises(DatabaseError, match="FOREIGN KEY"):
        database.put_contract(CONTRACT)
    assert database.contracts() == []
