"""Visits of families to the page of their notice, and guesses counted there."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_BEFORE = ("name", "address")
_SINCE = (*_BEFORE, "code", "family_address")


def upgrade() -> None:
    op.create_table(
        "family_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_family_visit_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_visit")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_family_visit_token_digest")),
    )
    op.create_index(op.f("ix_family_visit_notice_id"), "family_visit", ["notice_id"], unique=False)
    op.create_index(op.f("ix_family_visit_opened_at"), "family_visit", ["opened_at"], unique=False)
    _allow(_SINCE)


def downgrade() -> None:
    op.execute("DELETE FROM failed_sign_in WHERE kind IN ('code', 'family_address')")
    _allow(_BEFORE)
    op.drop_index(op.f("ix_family_visit_opened_at"), table_name="family_visit")
    op.drop_index(op.f("ix_family_visit_notice_id"), table_name="family_visit")
    op.drop_table("family_visit")


def _allow(kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table("failed_sign_in") as table:
        table.drop_constraint(op.f("ck_failed_sign_in_failurekind"), type_="check")
        table.create_check_constraint(op.f("ck_failed_sign_in_failurekind"), sa.column("kind").in_(kinds))
