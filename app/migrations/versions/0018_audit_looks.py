"""Looks at the trail by organisation and day, and runs of stored checks judged again."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_look",
        sa.Column("organisation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_by", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["looked_by"], ["user_account.id"], name=op.f("fk_audit_look_looked_by")),
        sa.PrimaryKeyConstraint("organisation_id", "day", name=op.f("pk_audit_look")),
    )
    op.create_table(
        "replay_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("sample_size", sa.Integer(), nullable=True),
        sa.Column("seed", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=False),
        sa.Column("today", sa.String(length=32), nullable=False),
        sa.Column("newest_check", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("equal", sa.Integer(), nullable=False),
        sa.Column("other_verdict", sa.Integer(), nullable=False),
        sa.Column("other_line", sa.Integer(), nullable=False),
        sa.Column("alarms", sa.JSON(), nullable=False),
        sa.Column("moves", sa.JSON(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("done <= total", name=op.f("ck_replay_run_no_more_than_all")),
        sa.ForeignKeyConstraint(["place_id"], ["organisation.id"], name=op.f("fk_replay_run_place_id")),
        sa.ForeignKeyConstraint(["started_by"], ["user_account.id"], name=op.f("fk_replay_run_started_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replay_run")),
    )
    op.create_index(op.f("ix_replay_run_place_id"), "replay_run", ["place_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_replay_run_place_id"), table_name="replay_run")
    op.drop_table("replay_run")
    op.drop_table("audit_look")
