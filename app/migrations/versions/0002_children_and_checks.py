"""Children, what is recorded of them, and checks."""

import sqlalchemy as sa
from alembic import op

from app.migrations.kinds import word

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "child",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sex", word("sex", "F", "M"), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("origin", word("origin", "local", "elsewhere", "abroad"), nullable=False),
        sa.Column("home_health_center_id", sa.Integer(), nullable=True),
        sa.Column("hbsag_exposed_under_2000g", sa.Boolean(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("identity_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("erased_at IS NULL OR identity_sealed IS NULL", name=op.f("ck_child_erased_is_nameless")),
        sa.CheckConstraint(
            "merged_into_id IS NULL OR merged_into_id <> id", name=op.f("ck_child_not_merged_into_itself")
        ),
        sa.ForeignKeyConstraint(
            ["home_health_center_id"], ["organisation.id"], name=op.f("fk_child_home_health_center_id")
        ),
        sa.ForeignKeyConstraint(["merged_into_id"], ["child.id"], name=op.f("fk_child_merged_into_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child")),
    )
    op.create_index(op.f("ix_child_home_health_center_id"), "child", ["home_health_center_id"], unique=False)
    op.create_index(op.f("ix_child_merged_into_id"), "child", ["merged_into_id"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.Column("source", word("enrolmentsource", "roster", "transfer", "midyear", "guest"), nullable=False),
        sa.Column("state", word("enrolmentstate", "proposed", "active", "left"), nullable=False),
        sa.CheckConstraint("state <> 'left' OR to_day IS NOT NULL", name=op.f("ck_enrolment_left_on_a_day")),
        sa.CheckConstraint("to_day IS NULL OR to_day >= from_day", name=op.f("ck_enrolment_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_enrolment_child_id")),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], name=op.f("fk_enrolment_class_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
    )
    op.create_index(op.f("ix_enrolment_child_id"), "enrolment", ["child_id"], unique=False)
    op.create_index(op.f("ix_enrolment_class_id"), "enrolment", ["class_id"], unique=False)
    op.create_index(op.f("ix_enrolment_state"), "enrolment", ["state"], unique=False)
    op.create_index(
        "uq_enrolment_one_active_in_a_class",
        "enrolment",
        ["child_id", "class_id"],
        unique=True,
        sqlite_where=sa.text("state = 'active'"),
        postgresql_where=sa.text("state = 'active'"),
    )

    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("kind", word("certificatekind", "booklet", "electronic", "proof", "report"), nullable=True),
        sa.Column(
            "state",
            word("certificatestate", "present", "absent", "being_replaced", "replaced", "doubtful"),
            nullable=False,
        ),
        sa.Column("whereabouts", word("whereabouts", "seen", "kept", "returned"), nullable=True),
        sa.Column("clinic_result", word("clinicresult", "complete", "catch_up", "none"), nullable=True),
        sa.Column("clinic_unit", sa.String(length=120), nullable=True),
        sa.Column("clinic_day", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_certificate_child_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_certificate_recorded_by")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["certificate.id"], name=op.f("fk_certificate_supersedes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_certificate_supersedes_id")),
    )
    op.create_index(op.f("ix_certificate_child_id"), "certificate", ["child_id"], unique=False)

    op.create_table(
        "dose_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(length=32), nullable=False),
        sa.Column("as_written", sa.String(length=80), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("partial_date", sa.String(length=40), nullable=True),
        sa.Column("lot", sa.String(length=40), nullable=True),
        sa.Column("unit", sa.String(length=120), nullable=True),
        sa.Column("source", word("dosesource", "booklet", "registry", "clinic", "guardian"), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "NOT withdrawn OR supersedes_id IS NOT NULL", name=op.f("ck_dose_record_withdraws_a_record")
        ),
        sa.CheckConstraint("day IS NULL OR partial_date IS NULL", name=op.f("ck_dose_record_day_or_partial")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_dose_record_child_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["user_account.id"], name=op.f("fk_dose_record_entered_by")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["dose_record.id"], name=op.f("fk_dose_record_supersedes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dose_record")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_dose_record_supersedes_id")),
    )
    op.create_index(op.f("ix_dose_record_child_id"), "dose_record", ["child_id"], unique=False)

    op.create_table(
        "doubt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(length=16), nullable=False),
        sa.Column("dose_record_id", sa.Integer(), nullable=True),
        sa.Column("kind", word("doubtkind", "conflict", "unreadable", "untrue"), nullable=False),
        sa.Column("raised_by", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_how", word("doubtoutcome", "holds", "corrected", "withdrawn"), nullable=True),
        sa.CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name=op.f("ck_doubt_settled_by_somebody")),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_how IS NULL)", name=op.f("ck_doubt_settled_with_an_outcome")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_doubt_child_id")),
        sa.ForeignKeyConstraint(["dose_record_id"], ["dose_record.id"], name=op.f("fk_doubt_dose_record_id")),
        sa.ForeignKeyConstraint(["raised_by"], ["user_account.id"], name=op.f("fk_doubt_raised_by")),
        sa.ForeignKeyConstraint(["settled_by"], ["user_account.id"], name=op.f("fk_doubt_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubt")),
    )
    op.create_index(op.f("ix_doubt_child_id"), "doubt", ["child_id"], unique=False)
    op.create_index(op.f("ix_doubt_dose_record_id"), "doubt", ["dose_record_id"], unique=False)

    op.create_table(
        "exemption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(length=16), nullable=False),
        sa.Column("kind", word("exemptionkind", "contraindicated", "deferred", "had_disease"), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("evidence", word("exemptionevidence", "clinic_paper", "booklet_entry", "registry"), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_exemption_child_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_exemption_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption")),
    )
    op.create_index(op.f("ix_exemption_child_id"), "exemption", ["child_id"], unique=False)

    op.create_table(
        "check_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("edition", sa.String(length=32), nullable=False),
        sa.Column("rules_digest", sa.String(length=80), nullable=False),
        sa.Column("result", sa.String(length=16), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "NOT withdrawn OR supersedes_id IS NOT NULL", name=op.f("ck_check_record_withdraws_a_check")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_check_record_numbered_from_one")),
        sa.ForeignKeyConstraint(["by"], ["user_account.id"], name=op.f("fk_check_record_by")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_check_record_child_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_check_record_enrolment_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["check_record.id"], name=op.f("fk_check_record_supersedes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_record")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_check_record_supersedes_id")),
    )
    op.create_index(op.f("ix_check_record_child_id"), "check_record", ["child_id"], unique=False)
    op.create_index(op.f("ix_check_record_enrolment_id"), "check_record", ["enrolment_id"], unique=False)
    op.create_index(
        "uq_check_record_one_of_a_number",
        "check_record",
        ["enrolment_id", "number"],
        unique=True,
        sqlite_where=sa.text("supersedes_id IS NULL"),
        postgresql_where=sa.text("supersedes_id IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("check_record")
    op.drop_table("exemption")
    op.drop_table("doubt")
    op.drop_table("dose_record")
    op.drop_table("certificate")
    op.drop_table("enrolment")
    op.drop_table("child")
