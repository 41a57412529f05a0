"""The link between two records of one child."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "child_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("merged_by", sa.Integer(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("enrolments", sa.JSON(), nullable=False),
        sa.Column("doses", sa.JSON(), nullable=False),
        sa.Column("taken", sa.JSON(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kept_id <> gone_id", name=op.f("ck_child_merge_two_records")),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name=op.f("ck_child_merge_undone_by_somebody")),
        sa.ForeignKeyConstraint(["gone_id"], ["child.id"], name=op.f("fk_child_merge_gone_id")),
        sa.ForeignKeyConstraint(["kept_id"], ["child.id"], name=op.f("fk_child_merge_kept_id")),
        sa.ForeignKeyConstraint(["merged_by"], ["user_account.id"], name=op.f("fk_child_merge_merged_by")),
        sa.ForeignKeyConstraint(["undone_by"], ["user_account.id"], name=op.f("fk_child_merge_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_merge")),
    )
    op.create_index(op.f("ix_child_merge_kept_id"), "child_merge", ["kept_id"], unique=False)
    op.create_index(op.f("ix_child_merge_gone_id"), "child_merge", ["gone_id"], unique=False)
    op.create_index(
        "uq_child_merge_gone_once",
        "child_merge",
        ["gone_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("uq_child_merge_gone_once", table_name="child_merge")
    op.drop_index(op.f("ix_child_merge_gone_id"), table_name="child_merge")
    op.drop_index(op.f("ix_child_merge_kept_id"), table_name="child_merge")
    op.drop_table("child_merge")
