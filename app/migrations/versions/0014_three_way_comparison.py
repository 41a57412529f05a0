"""What a registry's file said of each child, what was decided about differences, and doubts that came of them."""

import sqlalchemy as sa
from alembic import op

from app.migrations.kinds import word

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_KEPT = ("booklet", "registry", "clinic", "all", "none")
_REASONS = (
    *("seen_in_booklet", "booklet_misread", "registry_wrong"),
    *("clinic_confirmed", "same_dose", "several_doses"),
)


def upgrade() -> None:
    with op.batch_alter_table("doubt") as doubt:
        doubt.add_column(sa.Column("by_comparing", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("doubt") as doubt:
        doubt.alter_column("by_comparing", server_default=None, existing_type=sa.Boolean(), existing_nullable=False)
    op.create_table(
        "registry_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("doses", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_registry_statement_child_id")),
        sa.ForeignKeyConstraint(["import_id"], ["registry_import.id"], name=op.f("fk_registry_statement_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_statement")),
    )
    op.create_index(op.f("ix_registry_statement_child_id"), "registry_statement", ["child_id"], unique=False)
    op.create_index(op.f("ix_registry_statement_import_id"), "registry_statement", ["import_id"], unique=False)
    op.create_table(
        "dose_settlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("kept", word("kept", *_KEPT), nullable=False),
        sa.Column("reason", word("reason", *_REASONS), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_dose_settlement_child_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["user_account.id"], name=op.f("fk_dose_settlement_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dose_settlement")),
    )
    op.create_index(op.f("ix_dose_settlement_child_id"), "dose_settlement", ["child_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_dose_settlement_child_id"), table_name="dose_settlement")
    op.drop_table("dose_settlement")
    op.drop_index(op.f("ix_registry_statement_import_id"), table_name="registry_statement")
    op.drop_index(op.f("ix_registry_statement_child_id"), table_name="registry_statement")
    op.drop_table("registry_statement")
    with op.batch_alter_table("doubt") as doubt:
        doubt.drop_column("by_comparing")
