"""Spot checks with their samples; visits with their findings."""

import sqlalchemy as sa
from alembic import op

from app.migrations.kinds import word

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inspection_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("inspector_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["inspector_id"], ["user_account.id"], name=op.f("fk_inspection_visit_inspector_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_inspection_visit_organisation_id")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_inspection_visit_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_visit")),
    )
    op.create_index(op.f("ix_inspection_visit_organisation_id"), "inspection_visit", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_inspection_visit_school_id"), "inspection_visit", ["school_id"], unique=False)
    op.create_table(
        "spot_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", word("spotkind", "records", "coverage"), nullable=False),
        sa.Column("line", sa.String(length=16), nullable=True),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=40), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("precision", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("frame", sa.String(length=64), nullable=False),
        sa.Column("state", word("spotstate", "drawn", "closed", "abandoned"), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(kind = 'coverage') = (line IS NOT NULL)", name=op.f("ck_spot_check_coverage_of_a_line")),
        sa.CheckConstraint("(state = 'drawn') = (ended_at IS NULL)", name=op.f("ck_spot_check_ended_or_not")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_spot_check_campaign_id")),
        sa.ForeignKeyConstraint(["drawn_by"], ["user_account.id"], name=op.f("fk_spot_check_drawn_by")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_spot_check_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check")),
        sa.UniqueConstraint("campaign_id", "seed", "kind", name=op.f("uq_spot_check_campaign_id_seed_kind")),
    )
    op.create_index(op.f("ix_spot_check_campaign_id"), "spot_check", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_spot_check_organisation_id"), "spot_check", ["organisation_id"], unique=False)
    op.create_table(
        "spot_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("spot_check_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            word(
                "outcome",
                "agrees",
                "differs",
                "missing_here",
                "not_in_booklet",
                "vaccinated",
                "not_vaccinated",
                "not_seen",
            ),
            nullable=True,
        ),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("found_by", sa.Integer(), nullable=True),
        sa.Column(
            "found_as",
            word("role", "clerk", "school_head", "nurse", "bureau_auditor", "cdc_doctor", "administrator"),
            nullable=True,
        ),
        sa.CheckConstraint("(found_by IS NULL) = (found_at IS NULL)", name=op.f("ck_spot_item_found_by_somebody")),
        sa.CheckConstraint("(outcome IS NULL) = (found_at IS NULL)", name=op.f("ck_spot_item_found_at_a_time")),
        sa.ForeignKeyConstraint(["check_id"], ["check_record.id"], name=op.f("fk_spot_item_check_id")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_spot_item_child_id")),
        sa.ForeignKeyConstraint(["clerk_id"], ["user_account.id"], name=op.f("fk_spot_item_clerk_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_spot_item_enrolment_id")),
        sa.ForeignKeyConstraint(["found_by"], ["user_account.id"], name=op.f("fk_spot_item_found_by")),
        sa.ForeignKeyConstraint(["school_id"], ["organisation.id"], name=op.f("fk_spot_item_school_id")),
        sa.ForeignKeyConstraint(["spot_check_id"], ["spot_check.id"], name=op.f("fk_spot_item_spot_check_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_item")),
        sa.UniqueConstraint("spot_check_id", "enrolment_id", name=op.f("uq_spot_item_spot_check_id_enrolment_id")),
    )
    op.create_index(op.f("ix_spot_item_child_id"), "spot_item", ["child_id"], unique=False)
    op.create_index(op.f("ix_spot_item_enrolment_id"), "spot_item", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_spot_item_school_id"), "spot_item", ["school_id"], unique=False)
    op.create_index(op.f("ix_spot_item_spot_check_id"), "spot_item", ["spot_check_id"], unique=False)
    op.create_table(
        "visit_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            word(
                "findingkind",
                "not_checked",
                "list_not_sent",
                "notices_not_handed",
                "booklets",
                "records",
                "recheck",
                "privacy",
                "other",
            ),
            nullable=False,
        ),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("put_right_by", sa.Date(), nullable=False),
        sa.Column("put_right_on", sa.Date(), nullable=True),
        sa.Column("seen_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(put_right_on IS NULL) = (seen_by IS NULL)", name=op.f("ck_visit_finding_seen_by_somebody")
        ),
        sa.ForeignKeyConstraint(["seen_by"], ["user_account.id"], name=op.f("fk_visit_finding_seen_by")),
        sa.ForeignKeyConstraint(["visit_id"], ["inspection_visit.id"], name=op.f("fk_visit_finding_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_finding")),
        sa.UniqueConstraint("visit_id", "position", name=op.f("uq_visit_finding_visit_id_position")),
    )
    op.create_index(op.f("ix_visit_finding_visit_id"), "visit_finding", ["visit_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_visit_finding_visit_id"), table_name="visit_finding")
    op.drop_table("visit_finding")
    op.drop_index(op.f("ix_spot_item_spot_check_id"), table_name="spot_item")
    op.drop_index(op.f("ix_spot_item_school_id"), table_name="spot_item")
    op.drop_index(op.f("ix_spot_item_enrolment_id"), table_name="spot_item")
    op.drop_index(op.f("ix_spot_item_child_id"), table_name="spot_item")
    op.drop_table("spot_item")
    op.drop_index(op.f("ix_spot_check_organisation_id"), table_name="spot_check")
    op.drop_index(op.f("ix_spot_check_campaign_id"), table_name="spot_check")
    op.drop_table("spot_check")
    op.drop_index(op.f("ix_inspection_visit_school_id"), table_name="inspection_visit")
    op.drop_index(op.f("ix_inspection_visit_organisation_id"), table_name="inspection_visit")
    op.drop_table("inspection_visit")
