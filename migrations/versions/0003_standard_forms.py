"""Standard forms that the lawyer chose, and how each contract stands to its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "standard_forms",
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text_id", sa.String(), nullable=False),
        sa.Column("clauses", sa.LargeBinary(), nullable=False),
        sa.Column("added", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["texts.text_id"], name=op.f("fk_standard_forms_text_id")),
        sa.PrimaryKeyConstraint("form_id", name=op.f("pk_standard_forms")),
    )
    op.create_table(
        "form_comparisons",
        sa.Column("contract_id", sa.String(), nullable=False),
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("inputs", sa.String(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.contract_id"],
            name=op.f("fk_form_comparisons_contract_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["form_id"], ["standard_forms.form_id"], name=op.f("fk_form_comparisons_form_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_form_comparisons")),
    )
    op.create_index(op.f("ix_form_comparisons_form_id"), "form_comparisons", ["form_id"])
