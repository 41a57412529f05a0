"""Long work: jobs, their parts, their sealed files, and the worker"s sign of life."""

import sqlalchemy as sa
from alembic import op

from app.migrations.kinds import word

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job_worker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_worker")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", word("jobkind", "notices", "archive"), nullable=False),
        sa.Column("state", word("jobstate", "waiting", "running", "done", "cancelled", "failed"), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            word("role", "clerk", "school_head", "nurse", "bureau_auditor", "cdc_doctor", "administrator"),
            nullable=False,
        ),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("failed_because", word("failure", "not_allowed", "sealed", "no_fonts", "broke"), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'failed') = (failed_because IS NOT NULL)", name=op.f("ck_job_failed_for_a_reason")
        ),
        sa.CheckConstraint("done <= total", name=op.f("ck_job_no_more_than_all")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_job_campaign_id")),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], name=op.f("fk_job_class_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_job_organisation_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_job_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_campaign_id"), "job", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_job_organisation_id"), "job", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_job_state"), "job", ["state"], unique=False)
    op.create_index(op.f("ix_job_user_id"), "job", ["user_id"], unique=False)
    op.create_table(
        "job_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("of", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_job_part_job_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_part")),
        sa.UniqueConstraint("job_id", "position", name=op.f("uq_job_part_job_id_position")),
    )
    op.create_index(op.f("ix_job_part_job_id"), "job_part", ["job_id"], unique=False)
    op.create_table(
        "job_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("media", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("master_version", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(wrapped IS NULL) = (gone_at IS NOT NULL)", name=op.f("ck_job_file_there_or_gone")),
        sa.CheckConstraint(
            "(wrapped IS NULL) = (master_version IS NULL)", name=op.f("ck_job_file_wrapped_by_a_version")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_job_file_job_id")),
        sa.ForeignKeyConstraint(["part_id"], ["job_part.id"], name=op.f("fk_job_file_part_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_file")),
        sa.UniqueConstraint("job_id", "name", name=op.f("uq_job_file_job_id_name")),
    )
    op.create_index("ix_job_file_expires", "job_file", ["expires_at"], unique=False)
    op.create_index(op.f("ix_job_file_job_id"), "job_file", ["job_id"], unique=False)
    op.create_index(op.f("ix_job_file_part_id"), "job_file", ["part_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_job_file_part_id"), table_name="job_file")
    op.drop_index(op.f("ix_job_file_job_id"), table_name="job_file")
    op.drop_index("ix_job_file_expires", table_name="job_file")
    op.drop_table("job_file")
    op.drop_index(op.f("ix_job_part_job_id"), table_name="job_part")
    op.drop_table("job_part")
    op.drop_index(op.f("ix_job_user_id"), table_name="job")
    op.drop_index(op.f("ix_job_state"), table_name="job")
    op.drop_index(op.f("ix_job_organisation_id"), table_name="job")
    op.drop_index(op.f("ix_job_campaign_id"), table_name="job")
    op.drop_table("job")
    op.drop_table("job_worker")
