"""Archives: that one was made, what its index hashes to, what it was made from."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "archive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("index_hash", sa.String(length=64), nullable=False),
        sa.Column("made_from", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_archive_campaign_id")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_archive_job_id")),
        sa.ForeignKeyConstraint(["made_by"], ["user_account.id"], name=op.f("fk_archive_made_by")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_archive_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive")),
        sa.UniqueConstraint("job_id", name=op.f("uq_archive_job_id")),
    )
    op.create_index(op.f("ix_archive_campaign_id"), "archive", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_archive_organisation_id"), "archive", ["organisation_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_archive_organisation_id"), table_name="archive")
    op.drop_index(op.f("ix_archive_campaign_id"), table_name="archive")
    op.drop_table("archive")
