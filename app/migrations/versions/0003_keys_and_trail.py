"""Data keys, blind indexes and the audit trail."""

import sqlalchemy as sa
from alembic import op

from app.audit import guards
from app.migrations.kinds import word

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_GUARDED = ("audit_event", "check_record", "dose_record", "audit_head", "audit_anchor")


def upgrade() -> None:
    op.create_table(
        "child_key",
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("master_version", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name=op.f("ck_child_key_there_or_destroyed")
        ),
        sa.CheckConstraint(
            "(wrapped IS NULL) = (master_version IS NULL)", name=op.f("ck_child_key_wrapped_by_a_version")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_child_key_child_id")),
        sa.PrimaryKeyConstraint("child_id", name=op.f("pk_child_key")),
    )
    op.create_index(op.f("ix_child_key_master_version"), "child_key", ["master_version"], unique=False)

    op.create_table(
        "child_index",
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            word("indexkind", "name_and_birth", "resident_id", "child_code", "student_number", "passport", "phone"),
            nullable=False,
        ),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_child_index_child_id")),
        sa.PrimaryKeyConstraint("child_id", "kind", "digest", name=op.f("pk_child_index")),
    )
    op.create_index("ix_child_index_kind_digest", "child_index", ["kind", "digest"], unique=False)
    op.create_index(
        "uq_child_index_one_child_a_number",
        "child_index",
        ["kind", "digest"],
        unique=True,
        sqlite_where=sa.text("kind IN ('resident_id', 'child_code', 'student_number', 'passport')"),
        postgresql_where=sa.text("kind IN ('resident_id', 'child_code', 'student_number', 'passport')"),
    )

    op.create_table(
        "roster_version",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_roster_version_school_id")),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_roster_version")),
    )

    op.create_table(
        "audit_event",
        sa.Column("organisation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject_kind", sa.String(length=32), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "day", "position", name=op.f("pk_audit_event")),
    )
    op.create_index(op.f("ix_audit_event_action"), "audit_event", ["action"], unique=False)
    op.create_index(op.f("ix_audit_event_at"), "audit_event", ["at"], unique=False)
    op.create_index("ix_audit_event_subject", "audit_event", ["subject_kind", "subject_id"], unique=False)
    op.create_index(op.f("ix_audit_event_user_id"), "audit_event", ["user_id"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("organisation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("opened", sa.LargeBinary(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("last", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("events >= 0", name=op.f("ck_audit_head_counts_up")),
        sa.PrimaryKeyConstraint("organisation_id", "day", name=op.f("pk_audit_head")),
        sa.UniqueConstraint("serial", name=op.f("uq_audit_head_serial")),
    )

    op.create_table(
        "audit_anchor",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("opened", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_anchor_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_anchor")),
    )

    for statement in guards.statements(op.get_context().dialect.name, _GUARDED):
        op.execute(statement)


def downgrade() -> None:
    for statement in guards.undoing_statements(op.get_context().dialect.name, _GUARDED):
        op.execute(statement)
    op.drop_table("audit_anchor")
    op.drop_table("audit_head")
    op.drop_table("audit_event")
    op.drop_table("roster_version")
    op.drop_table("child_index")
    op.drop_table("child_key")
