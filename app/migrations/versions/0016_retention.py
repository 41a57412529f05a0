"""How long names are kept, and that a child was erased."""

import sqlalchemy as sa
from alembic import op

from app.migrations.kinds import word

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("reason", word("reason", "time_is_over", "asked_for", "mistake"), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_erasure_child_id")),
        sa.ForeignKeyConstraint(["erased_by"], ["user_account.id"], name=op.f("fk_erasure_erased_by")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_erasure_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("child_id", name=op.f("uq_erasure_child_id")),
    )
    op.create_index(op.f("ix_erasure_organisation_id"), "erasure", ["organisation_id"], unique=False)
    op.create_table(
        "retention_rule",
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("years BETWEEN 1 AND 30", name=op.f("ck_retention_rule_some_years")),
        sa.ForeignKeyConstraint(["bureau_id"], ["organisation.id"], name=op.f("fk_retention_rule_bureau_id")),
        sa.ForeignKeyConstraint(["set_by"], ["user_account.id"], name=op.f("fk_retention_rule_set_by")),
        sa.PrimaryKeyConstraint("bureau_id", name=op.f("pk_retention_rule")),
    )


def downgrade() -> None:
    op.drop_table("retention_rule")
    op.drop_index(op.f("ix_erasure_organisation_id"), table_name="erasure")
    op.drop_table("erasure")
