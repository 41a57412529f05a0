"""A registry's exports that wait for a decision."""

import sqlalchemy as sa
from alembic import op

from app.migrations.kinds import word

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "registry_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", word("importstate", "proposed", "applied", "refused", "expired"), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("master_version", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'proposed') = (sealed IS NOT NULL)", name=op.f("ck_registry_import_sealed_while_proposed")
        ),
        sa.CheckConstraint("(sealed IS NULL) = (wrapped IS NULL)", name=op.f("ck_registry_import_sealed_under_a_key")),
        sa.CheckConstraint(
            "(wrapped IS NULL) = (master_version IS NULL)", name=op.f("ck_registry_import_wrapped_by_a_version")
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_registry_import_decided_on_a_day")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["user_account.id"], name=op.f("fk_registry_import_decided_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_registry_import_organisation_id")
        ),
        sa.ForeignKeyConstraint(["undone_by"], ["user_account.id"], name=op.f("fk_registry_import_undone_by")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["user_account.id"], name=op.f("fk_registry_import_uploaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_import")),
    )
    op.create_index(op.f("ix_registry_import_organisation_id"), "registry_import", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_registry_import_state"), "registry_import", ["state"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_registry_import_state"), table_name="registry_import")
    op.drop_index(op.f("ix_registry_import_organisation_id"), table_name="registry_import")
    op.drop_table("registry_import")
