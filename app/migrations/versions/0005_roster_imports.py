"""Rosters that wait for a decision."""

import sqlalchemy as sa
from alembic import op

from app.migrations.kinds import word

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roster_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", word("importstate", "proposed", "applied", "refused", "expired"), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("master_version", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=True),
        sa.CheckConstraint("(sealed IS NULL) = (wrapped IS NULL)", name=op.f("ck_roster_import_sealed_under_a_key")),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_roster_import_decided_on_a_day")
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (sealed IS NOT NULL)", name=op.f("ck_roster_import_sealed_while_proposed")
        ),
        sa.CheckConstraint(
            "(wrapped IS NULL) = (master_version IS NULL)", name=op.f("ck_roster_import_wrapped_by_a_version")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["user_account.id"], name=op.f("fk_roster_import_decided_by")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_roster_import_school_id")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["user_account.id"], name=op.f("fk_roster_import_uploaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import")),
    )
    op.create_index(op.f("ix_roster_import_school_id"), "roster_import", ["school_id"], unique=False)
    op.create_index(op.f("ix_roster_import_state"), "roster_import", ["state"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_roster_import_state"), table_name="roster_import")
    op.drop_index(op.f("ix_roster_import_school_id"), table_name="roster_import")
    op.drop_table("roster_import")
