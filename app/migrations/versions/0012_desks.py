"""Desks of a school, and the token of every form that was saved at one."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 999", name=op.f("ck_desk_numbered")),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], name=op.f("fk_desk_class_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_desk_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk")),
        sa.UniqueConstraint("school_id", "number", name=op.f("uq_desk_school_id_number")),
    )
    op.create_index(op.f("ix_desk_school_id"), "desk", ["school_id"], unique=False)
    op.create_index(op.f("ix_desk_class_id"), "desk", ["class_id"], unique=False)
    op.create_table(
        "desk_save",
        sa.Column("token", sa.String(length=36), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=True),
        sa.Column("desk_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["check_id"], ["check_record.id"], name=op.f("fk_desk_save_check_id")),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_desk_save_desk_id")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_desk_save")),
    )
    op.create_index(op.f("ix_desk_save_check_id"), "desk_save", ["check_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_desk_save_check_id"), table_name="desk_save")
    op.drop_table("desk_save")
    op.drop_index(op.f("ix_desk_class_id"), table_name="desk")
    op.drop_index(op.f("ix_desk_school_id"), table_name="desk")
    op.drop_table("desk")
