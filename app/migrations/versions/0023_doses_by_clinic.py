"""Doses by the clinic that gave them: its hints read them."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_dose_record_unit"), "dose_record", ["unit"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_dose_record_unit"), table_name="dose_record")
