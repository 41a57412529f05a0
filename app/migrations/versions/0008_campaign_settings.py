"""What a bureau sets up: kinds, days of the timeline, milestones, focus; when it opened and was sealed; checklists."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

#: Days after the first day of term, as the model fills them in.
_DAYS = {"checking_from": 9, "summarising_from": 19, "catch_up_from": 30, "catch_up_until": 90}
_KINDS = '["kindergarten", "school", "joining"]'


def upgrade() -> None:
    with op.batch_alter_table("campaign") as table:
        table.add_column(sa.Column("kinds", sa.JSON(), nullable=False, server_default=_KINDS))
        for name in _DAYS:
            table.add_column(sa.Column(name, sa.Date(), nullable=True))
        table.add_column(sa.Column("milestones", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("focus", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True))
    _fill()
    with op.batch_alter_table("campaign") as table:
        for name in _DAYS:
            table.alter_column(name, existing_type=sa.Date(), nullable=False)
        for name in ("kinds", "milestones", "focus"):
            table.alter_column(name, existing_type=sa.JSON(), server_default=None)
        table.create_check_constraint(
            op.f("ck_campaign_summarises_what_was_checked"), "checking_from <= summarising_from"
        )
        table.create_check_constraint(op.f("ck_campaign_catches_up_forwards"), "catch_up_from <= catch_up_until")
        table.create_check_constraint(
            op.f("ck_campaign_sealed_on_a_day"), "(state = 'sealed') = (sealed_at IS NOT NULL)"
        )

    op.create_table(
        "campaign_preparation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=32), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_preparation_campaign_id")),
        sa.ForeignKeyConstraint(["done_by"], ["user_account.id"], name=op.f("fk_campaign_preparation_done_by")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_campaign_preparation_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_preparation")),
        sa.UniqueConstraint(
            "campaign_id", "school_id", "item", name=op.f("uq_campaign_preparation_campaign_id_school_id_item")
        ),
    )
    for column in ("campaign_id", "school_id"):
        op.create_index(op.f(f"ix_campaign_preparation_{column}"), "campaign_preparation", [column], unique=False)


def _fill() -> None:
    """The days of campaigns that are there already; those that are open were opened when they were made."""
    is_sqlite = op.get_context().dialect.name == "sqlite"
    first_day = sa.column("first_day", sa.Date)
    campaign = sa.table("campaign", first_day, *(sa.column(name, sa.Date) for name in _DAYS))
    days = {
        name: sa.func.date(first_day, f"+{number} days") if is_sqlite else first_day + sa.literal_column(str(number))
        for name, number in _DAYS.items()
    }
    op.execute(sa.update(campaign).values(days))
    op.execute("UPDATE campaign SET opened_at = created_at WHERE state <> 'preparing'")
    op.execute("UPDATE campaign SET sealed_at = created_at WHERE state = 'sealed'")


def downgrade() -> None:
    for column in ("school_id", "campaign_id"):
        op.drop_index(op.f(f"ix_campaign_preparation_{column}"), table_name="campaign_preparation")
    op.drop_table("campaign_preparation")
    with op.batch_alter_table("campaign") as table:
        for name in ("sealed_on_a_day", "catches_up_forwards", "summarises_what_was_checked"):
            table.drop_constraint(op.f(f"ck_campaign_{name}"), type_="check")
        for name in ("sealed_at", "opened_at", "focus", "milestones", *reversed(_DAYS), "kinds"):
            table.drop_column(name)
