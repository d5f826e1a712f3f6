"""Settings, recent matters, exams and user models."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "app_0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "exams",
        sa.Column("model_sha256", sa.String(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("taken", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("model_sha256", name=op.f("pk_exams")),
    )
    op.create_table(
        "recent_matters",
        sa.Column("matter_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("last_opened", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_recent_matters")),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "user_models",
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("added", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_user_models")),
    )
