"""Vouchers of doses."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "voucher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.LargeBinary(length=8), nullable=False),
        sa.Column("dose_record_ids", sa.JSON(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["organisation.id"], name=op.f("fk_voucher_center_id")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_voucher_child_id")),
        sa.ForeignKeyConstraint(["issued_by"], ["user_account.id"], name=op.f("fk_voucher_issued_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher")),
        sa.UniqueConstraint("reference", name=op.f("uq_voucher_reference")),
    )
    op.create_index(op.f("ix_voucher_center_id"), "voucher", ["center_id"], unique=False)
    op.create_index(op.f("ix_voucher_child_id"), "voucher", ["child_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_voucher_child_id"), table_name="voucher")
    op.drop_index(op.f("ix_voucher_center_id"), table_name="voucher")
    op.drop_table("voucher")
