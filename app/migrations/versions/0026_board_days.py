"""What every cut-off closed: the counts of a school on the days on which they changed."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board_closing",
        sa.Column("campaign_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "day", name=op.f("pk_board_closing")),
    )
    op.create_table(
        "board_school_day",
        sa.Column("campaign_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("school_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("children", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "school_id", "day", name=op.f("pk_board_school_day")),
    )
    op.add_column("board_school", sa.Column("closed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("board_school", "closed_on")
    op.drop_table("board_school_day")
    op.drop_table("board_closing")
