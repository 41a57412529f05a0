"""Lists that come back for a reason, supplements of differences, and at most one live row of a child."""

import sqlalchemy as sa
from alembic import op

from app.migrations.kinds import word

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_REASONS = ("not_ours", "unreadable", "wrong_records", "incomplete", "by_phone")
_KINDS = ("added", "changed", "dropped")
_WHYS = ("left", "moved", "caught_up", "corrected")
_ONE_LIVE = "uq_report_row_one_live_of_an_enrolment"


def upgrade() -> None:
    with op.batch_alter_table("report") as report:
        report.drop_column("returned_because")
    with op.batch_alter_table("report") as report:
        report.add_column(sa.Column("returned_because", word("returnreason", *_REASONS), nullable=True))
    # Nothing could be returned so far; whoever did it by hand is heard.
    op.execute("UPDATE report SET returned_because = 'by_phone' WHERE state = 'returned'")
    with op.batch_alter_table("report") as report:
        report.create_check_constraint(
            op.f("ck_report_returned_for_a_reason"), "(state = 'returned') = (returned_because IS NOT NULL)"
        )
    with op.batch_alter_table("report_row") as row:
        row.add_column(sa.Column("campaign_id", sa.Integer(), nullable=True))
        row.add_column(sa.Column("kind", word("rowkind", *_KINDS), nullable=True))
        row.add_column(sa.Column("live", sa.Boolean(), nullable=True))
        row.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        row.add_column(sa.Column("why", word("whydropped", *_WHYS), nullable=True))
    op.execute(
        "UPDATE report_row SET kind = 'added',"
        " campaign_id = (SELECT campaign_id FROM report WHERE report.id = report_row.report_id),"
        " live = (SELECT state <> 'returned' FROM report WHERE report.id = report_row.report_id)"
    )
    with op.batch_alter_table("report_row") as row:
        for name, kind in (("campaign_id", sa.Integer()), ("kind", word("rowkind", *_KINDS)), ("live", sa.Boolean())):
            row.alter_column(name, existing_type=kind, nullable=False)
        row.create_foreign_key(op.f("fk_report_row_campaign_id"), "campaign", ["campaign_id"], ["id"])
        row.create_foreign_key(op.f("fk_report_row_replaces_id"), "report_row", ["replaces_id"], ["id"])
        row.create_check_constraint(
            op.f("ck_report_row_dropped_for_a_reason"), "(kind = 'dropped') = (why IS NOT NULL)"
        )
        row.create_check_constraint(op.f("ck_report_row_dropped_is_not_live"), "kind <> 'dropped' OR NOT live")
        row.create_check_constraint(
            op.f("ck_report_row_a_difference_to_a_row"), "(kind = 'added') = (replaces_id IS NULL)"
        )
    op.create_index(
        _ONE_LIVE,
        "report_row",
        ["campaign_id", "enrolment_id"],
        unique=True,
        sqlite_where=sa.text("live"),
        postgresql_where=sa.text("live"),
    )


def downgrade() -> None:
    # Differences have no place in the tables before; the lists themselves stay.
    op.drop_index(_ONE_LIVE, table_name="report_row")
    op.execute("UPDATE report_row SET replaces_id = NULL, kind = 'added', why = NULL WHERE kind = 'dropped'")
    with op.batch_alter_table("report_row") as row:
        for name in ("dropped_for_a_reason", "dropped_is_not_live", "a_difference_to_a_row", "rowkind", "whydropped"):
            row.drop_constraint(op.f(f"ck_report_row_{name}"), type_="check")
        row.drop_constraint(op.f("fk_report_row_replaces_id"), type_="foreignkey")
        row.drop_constraint(op.f("fk_report_row_campaign_id"), type_="foreignkey")
    with op.batch_alter_table("report_row") as row:
        for name in ("why", "replaces_id", "live", "kind", "campaign_id"):
            row.drop_column(name)
    with op.batch_alter_table("report") as report:
        report.drop_constraint(op.f("ck_report_returned_for_a_reason"), type_="check")
        report.drop_constraint(op.f("ck_report_returnreason"), type_="check")
        report.drop_column("returned_because")
    with op.batch_alter_table("report") as report:
        report.add_column(sa.Column("returned_because", sa.String(length=200), nullable=True))
