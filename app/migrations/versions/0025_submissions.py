"""What other programs sent in, so that the same twice is once."""

import sqlalchemy as sa
from alembic import op

from app.migrations.kinds import word

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", word("submissionkind", "roster", "doses"), nullable=False),
        sa.Column("client_key", sa.String(length=64), nullable=False),
        sa.Column("body_digest", sa.String(length=64), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_api_submission_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_submission")),
        sa.UniqueConstraint(
            "organisation_id",
            "kind",
            "client_key",
            name=op.f("uq_api_submission_organisation_id_kind_client_key"),
        ),
    )


def downgrade() -> None:
    op.drop_table("api_submission")
