"""What a school calls its columns, and rosters that were taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roster_columns",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_roster_columns_school_id")),
        sa.ForeignKeyConstraint(["said_by"], ["user_account.id"], name=op.f("fk_roster_columns_said_by")),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_roster_columns")),
    )
    with op.batch_alter_table("roster_import") as roster:
        roster.add_column(sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))
        roster.add_column(sa.Column("undone_by", sa.Integer(), nullable=True))
        roster.create_foreign_key(op.f("fk_roster_import_undone_by"), "user_account", ["undone_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("roster_import") as roster:
        roster.drop_constraint(op.f("fk_roster_import_undone_by"), type_="foreignkey")
        roster.drop_column("undone_by")
        roster.drop_column("undone_at")
    op.drop_table("roster_columns")
