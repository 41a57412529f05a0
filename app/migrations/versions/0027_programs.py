"""Programs that speak by a token are told apart from people who sign in."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("user_account", sa.Column("program", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("user_account") as table:
        table.alter_column("program", server_default=None, existing_type=sa.Boolean(), existing_nullable=False)
    op.execute("UPDATE user_account SET program = (id IN (SELECT user_id FROM api_token))")


def downgrade() -> None:
    op.drop_column("user_account", "program")
