"""The identity of a matter: texts, spans, contracts, runs, findings, decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_FTS = """CREATE VIRTUAL TABLE texts_fts USING fts5(
    words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2')"""
# Table, what is forbidden, and when; NULL: always.
_FORBIDDEN = (
    ("decisions", "UPDATE", None),
    ("decisions", "DELETE", None),
    ("corrections", "UPDATE", None),
    ("corrections", "DELETE", None),
    ("texts", "UPDATE", None),
    ("texts", "DELETE", None),
    ("runs", "UPDATE", "OLD.finished IS NOT NULL"),
    ("runs", "DELETE", "OLD.finished IS NOT NULL"),
    ("findings", "UPDATE", None),
    ("findings", "DELETE", None),
    ("clauses", "UPDATE", None),
    ("clauses", "DELETE", None),
    ("absences", "UPDATE", None),
    ("absences", "DELETE", None),
)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "conflicts",
        sa.Column("finding_key", sa.String(), nullable=False),
        sa.Column("their_hash", sa.String(), nullable=False),
        sa.Column("theirs", sa.JSON(), nullable=False),
        sa.Column("after_sequence", sa.Integer(), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("finding_key", "their_hash", name=op.f("pk_conflicts")),
    )
    op.create_table(
        "contracts",
        sa.Column("contract_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("our_role", sa.String(), nullable=False),
        sa.Column("playbook", sa.String(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_contracts")),
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("time", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index(op.f("ix_corrections_contract_id"), "corrections", ["contract_id"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("finding_key", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("time", sa.String(), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("snapshot", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_decisions")),
        sa.UniqueConstraint("hash", name=op.f("uq_decisions_hash")),
    )
    op.create_index(op.f("ix_decisions_finding_key"), "decisions", ["finding_key"], unique=False)
    op.create_table(
        "documents",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("page_count", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("ingest_version", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_documents")),
    )
    op.create_table(
        "matter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created", sa.String(), nullable=False),
        sa.Column("our_parties", sa.JSON(), nullable=False),
        sa.Column("affiliates", sa.JSON(), nullable=False),
        sa.Column("deal_structure", sa.String(), nullable=False),
        sa.Column("home_law", sa.String(), nullable=True),
        sa.Column("reference_date", sa.String(), nullable=True),
        sa.Column("playbook", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_matter_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
    )
    op.create_table(
        "texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.String(), nullable=False),
        sa.Column("source_sha256", sa.String(), nullable=False),
        sa.Column("ingest_version", sa.String(), nullable=False),
        sa.Column("view", sa.String(), nullable=False),
        sa.Column("ocr_settings", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("page_source", sa.String(), nullable=True),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("extras", sa.LargeBinary(), nullable=False),
        sa.Column("stored", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_texts")),
        sa.UniqueConstraint("text_id", name=op.f("uq_texts_text_id")),
    )
    op.create_index(op.f("ix_texts_source_sha256"), "texts", ["source_sha256"], unique=False)
    op.create_table(
        "contract_parts",
        sa.Column("contract_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document_sha256", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("first_page", sa.Integer(), nullable=True),
        sa.Column("last_page", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.contract_id"], name=op.f("fk_contract_parts_contract_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["documents.sha256"], name=op.f("fk_contract_parts_document_sha256")
        ),
        sa.PrimaryKeyConstraint("contract_id", "position", name=op.f("pk_contract_parts")),
    )
    op.create_index(op.f("ix_contract_parts_document_sha256"), "contract_parts", ["document_sha256"], unique=False)
    op.create_table(
        "document_paths",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_sha256", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("is_file", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_sha256"],
            ["documents.sha256"],
            name=op.f("fk_document_paths_document_sha256"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_paths")),
    )
    op.create_index("uq_document_paths", "document_paths", ["document_sha256", "is_file", "path"], unique=True)
    op.create_table(
        "family_proposals",
        sa.Column("base_contract_id", sa.String(), nullable=False),
        sa.Column("member_contract_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["base_contract_id"],
            ["contracts.contract_id"],
            name=op.f("fk_family_proposals_base_contract_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_contract_id"],
            ["contracts.contract_id"],
            name=op.f("fk_family_proposals_member_contract_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("base_contract_id", "member_contract_id", name=op.f("pk_family_proposals")),
    )
    op.create_table(
        "relocations",
        sa.Column("text_id", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("to_text_id", sa.String(), nullable=False),
        sa.Column("to_start", sa.Integer(), nullable=True),
        sa.Column("to_end", sa.Integer(), nullable=True),
        sa.Column("score", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["texts.text_id"], name=op.f("fk_relocations_text_id")),
        sa.ForeignKeyConstraint(["to_text_id"], ["texts.text_id"], name=op.f("fk_relocations_to_text_id")),
        sa.PrimaryKeyConstraint("text_id", "start", "end", "to_text_id", name=op.f("pk_relocations")),
    )
    op.create_table(
        "runs",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("contract_id", sa.String(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("started", sa.String(), nullable=False),
        sa.Column("finished", sa.String(), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.contract_id"], name=op.f("fk_runs_contract_id")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_runs")),
        sa.UniqueConstraint("digest", name=op.f("uq_runs_digest")),
    )
    op.create_index(op.f("ix_runs_contract_id"), "runs", ["contract_id"], unique=False)
    op.create_table(
        "absences",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name=op.f("fk_absences_run_id")),
        sa.PrimaryKeyConstraint("run_id", "type", name=op.f("pk_absences")),
    )
    op.create_table(
        "clauses",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reported", sa.Boolean(), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("margin", sa.Double(), nullable=True),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name=op.f("fk_clauses_run_id")),
        sa.PrimaryKeyConstraint("run_id", "position", name=op.f("pk_clauses")),
    )
    op.create_index("ix_clauses_run_id_reported", "clauses", ["run_id", "reported"], unique=False)
    op.create_table(
        "current_runs",
        sa.Column("contract_id", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.contract_id"], name=op.f("fk_current_runs_contract_id")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name=op.f("fk_current_runs_run_id")),
        sa.PrimaryKeyConstraint("contract_id", "stage", name=op.f("pk_current_runs")),
    )
    op.create_table(
        "findings",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("finding_key", sa.String(), nullable=False),
        sa.Column("contract_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("clause_type", sa.String(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("quote", sa.String(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("clause_number", sa.String(), nullable=True),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("recommendation", sa.String(), nullable=False),
        sa.Column("fallback", sa.String(), nullable=True),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("model_note", sa.String(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("pending_change", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name=op.f("fk_findings_run_id")),
        sa.PrimaryKeyConstraint("run_id", "position", name=op.f("pk_findings")),
    )
    op.create_index(op.f("ix_findings_finding_key"), "findings", ["finding_key"], unique=False)
    op.create_table(
        "run_chunks",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("chunk_id", sa.String(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name=op.f("fk_run_chunks_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "chunk_id", name=op.f("pk_run_chunks")),
    )
    op.execute(_FTS)
    for table, what, when in _FORBIDDEN:
        condition = f"WHEN {when} " if when else ""
        op.execute(
            f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} {condition}"
            f"BEGIN SELECT RAISE(ABORT, '{table} are never changed'); END"
        )
