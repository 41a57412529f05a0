"""Tokens for other programs."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revoked_by IS NULL)", name=op.f("ck_api_token_revoked_by_somebody")
        ),
        sa.CheckConstraint("expires_at > made_at", name=op.f("ck_api_token_lives_a_while")),
        sa.ForeignKeyConstraint(["made_by"], ["user_account.id"], name=op.f("fk_api_token_made_by")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_api_token_organisation_id")),
        sa.ForeignKeyConstraint(["revoked_by"], ["user_account.id"], name=op.f("fk_api_token_revoked_by")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_api_token_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_api_token_token_digest")),
        sa.UniqueConstraint("user_id", name=op.f("uq_api_token_user_id")),
    )
    op.create_index(op.f("ix_api_token_organisation_id"), "api_token", ["organisation_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_api_token_organisation_id"), table_name="api_token")
    op.drop_table("api_token")
