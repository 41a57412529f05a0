"""Campaigns, notices and reports."""

import sqlalchemy as sa
from alembic import op

from app.migrations.kinds import word

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bureau_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("round", word("round", "autumn", "spring"), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("joins_from", sa.Date(), nullable=False),
        sa.Column("deadline_days", sa.Integer(), nullable=False),
        sa.Column("list_within_days", sa.Integer(), nullable=True),
        sa.Column("recheck_by", sa.Date(), nullable=False),
        sa.Column("cutoff_hour", sa.Integer(), nullable=False),
        sa.Column("due_counts", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.String(length=32), nullable=False),
        sa.Column("state", word("campaignstate", "preparing", "open", "sealed"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cutoff_hour BETWEEN 0 AND 23", name=op.f("ck_campaign_cut_off_at_an_hour")),
        sa.CheckConstraint("deadline_days > 0", name=op.f("ck_campaign_some_days_to_check")),
        sa.CheckConstraint("joins_from <= first_day", name=op.f("ck_campaign_joins_before_it_begins")),
        sa.CheckConstraint("recheck_by > first_day", name=op.f("ck_campaign_rechecks_after_it_begins")),
        sa.ForeignKeyConstraint(["bureau_id"], ["organisation.id"], name=op.f("fk_campaign_bureau_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("bureau_id", "year", "round", name=op.f("uq_campaign_bureau_id_year_round")),
    )
    op.create_index(op.f("ix_campaign_bureau_id"), "campaign", ["bureau_id"], unique=False)

    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("health_center_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", word("reportstate", "frozen", "sent", "acknowledged", "returned"), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("returned_because", sa.String(length=200), nullable=True),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_report_numbered_from_one")),
        sa.ForeignKeyConstraint(["answered_by"], ["user_account.id"], name=op.f("fk_report_answered_by")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_report_campaign_id")),
        sa.ForeignKeyConstraint(["frozen_by"], ["user_account.id"], name=op.f("fk_report_frozen_by")),
        sa.ForeignKeyConstraint(["health_center_id"], ["organisation.id"], name=op.f("fk_report_health_center_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_report_school_id")),
        sa.ForeignKeyConstraint(["sent_by"], ["user_account.id"], name=op.f("fk_report_sent_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint(
            "campaign_id",
            "school_id",
            "health_center_id",
            "sequence",
            name=op.f("uq_report_campaign_id_school_id_health_center_id_sequence"),
        ),
    )
    op.create_index(op.f("ix_report_campaign_id"), "report", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_report_health_center_id"), "report", ["health_center_id"], unique=False)
    op.create_index(op.f("ix_report_school_id"), "report", ["school_id"], unique=False)
    op.create_index(op.f("ix_report_state"), "report", ["state"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=21), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            word("noticestate", "drafted", "printed", "handed", "slip_back", "replaced", "withdrawn"),
            nullable=False,
        ),
        sa.Column("print_count", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("slip_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("print_count >= 0", name=op.f("ck_notice_printed_or_not")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_notice_campaign_id")),
        sa.ForeignKeyConstraint(["check_id"], ["check_record.id"], name=op.f("fk_notice_check_id")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_notice_child_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_notice_enrolment_id")),
        sa.ForeignKeyConstraint(["made_by"], ["user_account.id"], name=op.f("fk_notice_made_by")),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["notice.id"], name=op.f("fk_notice_replaced_by_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_notice_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("code", name=op.f("uq_notice_code")),
        sa.UniqueConstraint("school_id", "campaign_id", "number", name=op.f("uq_notice_school_id_campaign_id_number")),
    )
    op.create_index(op.f("ix_notice_campaign_id"), "notice", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_notice_check_id"), "notice", ["check_id"], unique=False)
    op.create_index(op.f("ix_notice_child_id"), "notice", ["child_id"], unique=False)
    op.create_index(op.f("ix_notice_enrolment_id"), "notice", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_notice_school_id"), "notice", ["school_id"], unique=False)
    op.create_index(op.f("ix_notice_state"), "notice", ["state"], unique=False)
    op.create_index(
        "uq_notice_one_live_of_an_enrolment",
        "notice",
        ["enrolment_id"],
        unique=True,
        sqlite_where=sa.text("state NOT IN ('replaced', 'withdrawn')"),
        postgresql_where=sa.text("state NOT IN ('replaced', 'withdrawn')"),
    )

    op.create_table(
        "report_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["check_record.id"], name=op.f("fk_report_row_check_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_report_row_enrolment_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_row_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_row")),
        sa.UniqueConstraint("report_id", "enrolment_id", name=op.f("uq_report_row_report_id_enrolment_id")),
    )
    op.create_index(op.f("ix_report_row_check_id"), "report_row", ["check_id"], unique=False)
    op.create_index(op.f("ix_report_row_enrolment_id"), "report_row", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_report_row_report_id"), "report_row", ["report_id"], unique=False)

    op.create_table(
        "notice_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("part", word("noticepart", "certificate", "catch_up", "verify"), nullable=False),
        sa.Column("line", sa.String(length=16), nullable=False),
        sa.Column("product", sa.String(length=32), nullable=False),
        sa.Column("dose", sa.Integer(), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=False),
        sa.Column("state_at_check", sa.String(length=16), nullable=False),
        sa.Column("state", word("itemstate", "open", "given", "not_owed", "failed"), nullable=False),
        sa.Column("dose_record_id", sa.Integer(), nullable=True),
        sa.Column("failed_because", sa.String(length=32), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'failed') = (failed_because IS NOT NULL)", name=op.f("ck_notice_item_failed_for_a_reason")
        ),
        sa.CheckConstraint(
            "(state = 'given') = (dose_record_id IS NOT NULL)", name=op.f("ck_notice_item_given_by_a_record")
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["user_account.id"], name=op.f("fk_notice_item_closed_by")),
        sa.ForeignKeyConstraint(["dose_record_id"], ["dose_record.id"], name=op.f("fk_notice_item_dose_record_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_item_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_item")),
        sa.UniqueConstraint("notice_id", "line", "dose", name=op.f("uq_notice_item_notice_id_line_dose")),
    )
    op.create_index(op.f("ix_notice_item_notice_id"), "notice_item", ["notice_id"], unique=False)
    op.create_index(op.f("ix_notice_item_state"), "notice_item", ["state"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_notice_item_state"), table_name="notice_item")
    op.drop_index(op.f("ix_notice_item_notice_id"), table_name="notice_item")
    op.drop_table("notice_item")
    op.drop_index(op.f("ix_report_row_report_id"), table_name="report_row")
    op.drop_index(op.f("ix_report_row_enrolment_id"), table_name="report_row")
    op.drop_index(op.f("ix_report_row_check_id"), table_name="report_row")
    op.drop_table("report_row")
    op.drop_index(
        "uq_notice_one_live_of_an_enrolment",
        table_name="notice",
        sqlite_where=sa.text("state NOT IN ('replaced', 'withdrawn')"),
        postgresql_where=sa.text("state NOT IN ('replaced', 'withdrawn')"),
    )
    op.drop_index(op.f("ix_notice_state"), table_name="notice")
    op.drop_index(op.f("ix_notice_school_id"), table_name="notice")
    op.drop_index(op.f("ix_notice_enrolment_id"), table_name="notice")
    op.drop_index(op.f("ix_notice_child_id"), table_name="notice")
    op.drop_index(op.f("ix_notice_check_id"), table_name="notice")
    op.drop_index(op.f("ix_notice_campaign_id"), table_name="notice")
    op.drop_table("notice")
    op.drop_index(op.f("ix_report_state"), table_name="report")
    op.drop_index(op.f("ix_report_school_id"), table_name="report")
    op.drop_index(op.f("ix_report_health_center_id"), table_name="report")
    op.drop_index(op.f("ix_report_campaign_id"), table_name="report")
    op.drop_table("report")
    op.drop_index(op.f("ix_campaign_bureau_id"), table_name="campaign")
    op.drop_table("campaign")
