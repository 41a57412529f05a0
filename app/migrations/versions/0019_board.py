"""The board: counted classes and schools, and the triggers that say which classes changed."""

import sqlalchemy as sa
from alembic import op

from app.oversight import marking

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board_change",
        sa.Column("class_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("written_in", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("class_id", "written_in", name=op.f("pk_board_change")),
    )
    op.create_table(
        "board_class",
        sa.Column("campaign_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("class_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("children", sa.JSON(), nullable=False),
        sa.Column("doses", sa.JSON(), nullable=False),
        sa.Column("stale_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("campaign_id", "class_id", name=op.f("pk_board_class")),
    )
    op.create_index(op.f("ix_board_class_school_id"), "board_class", ["school_id"], unique=False)
    op.create_index(op.f("ix_board_class_stale_on"), "board_class", ["stale_on"], unique=False)
    op.create_table(
        "board_school",
        sa.Column("campaign_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("children", sa.JSON(), nullable=False),
        sa.Column("doses", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "school_id", name=op.f("pk_board_school")),
    )
    op.execute(marking.MARK_ALL)
    for statement in marking.statements(op.get_context().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for statement in marking.undoing_statements(op.get_context().dialect.name):
        op.execute(statement)
    op.drop_table("board_school")
    op.drop_index(op.f("ix_board_class_stale_on"), table_name="board_class")
    op.drop_index(op.f("ix_board_class_school_id"), table_name="board_class")
    op.drop_table("board_class")
    op.drop_table("board_change")
