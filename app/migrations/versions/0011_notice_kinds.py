"""Kinds of notices, and the lines a school writes on them itself."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_KINDS = ("first", "second", "passed", "waived")


def upgrade() -> None:
    op.create_table(
        "notice_heading",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(length=60), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["user_account.id"], name=op.f("fk_notice_heading_changed_by")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_notice_heading_school_id")),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_notice_heading")),
    )
    with op.batch_alter_table("notice") as table:
        table.add_column(sa.Column("kind", sa.String(length=32), nullable=False, server_default="first"))
        table.create_check_constraint(op.f("ck_notice_noticekind"), sa.column("kind").in_(_KINDS))
    with op.batch_alter_table("notice") as table:
        table.alter_column("kind", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("notice") as table:
        table.drop_constraint(op.f("ck_notice_noticekind"), type_="check")
        table.drop_column("kind")
    op.drop_table("notice_heading")
