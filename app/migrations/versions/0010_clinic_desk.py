"""The health center's desk: sessions, appointments, reasons, calls, events, pauses, trace codes, hand-overs."""

import sqlalchemy as sa
from alembic import op

from app.migrations.kinds import word

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_PAUSES = ("no_stock", "cold_chain", "recall", "adverse_event", "staff", "weather", "school")


def upgrade() -> None:
    _sessions()
    _appointments()
    _of_children()
    _of_products()


def downgrade() -> None:
    for table in (
        *("hand_over", "dose_trace", "product_pause", "adverse_event", "contact", "not_given"),
        *("planned_item", "appointment", "vaccination_session"),
    ):
        op.drop_table(table)


def _sessions() -> None:
    op.create_table(
        "vaccination_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("state", word("sessionstate", "open", "paused"), nullable=False),
        sa.Column("paused_because", word("pausereason", *_PAUSES), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends > begins", name=op.f("ck_vaccination_session_ends_after_it_begins")),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_vaccination_session_room_for_somebody")),
        sa.CheckConstraint("slot_minutes > 0", name=op.f("ck_vaccination_session_slots_of_some_minutes")),
        sa.CheckConstraint(
            "(state = 'paused') = (paused_because IS NOT NULL)",
            name=op.f("ck_vaccination_session_paused_for_a_reason"),
        ),
        _key("vaccination_session", "center_id", "organisation"),
        _key("vaccination_session", "school_id", "organisation"),
        _key("vaccination_session", "made_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vaccination_session")),
        sa.UniqueConstraint(
            *("center_id", "day", "begins", "school_id"),
            name=op.f("uq_vaccination_session_center_id_day_begins_school_id"),
        ),
    )
    _indexes("vaccination_session", "center_id", "day", "school_id")


def _appointments() -> None:
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", word("endedbecause", "came", "missed", "moved", "cancelled"), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_because IS NULL)", name=op.f("ck_appointment_ended_for_a_reason")
        ),
        _key("appointment", "session_id", "vaccination_session"),
        _key("appointment", "child_id", "child"),
        _key("appointment", "made_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    _indexes("appointment", "session_id", "child_id")
    op.create_index(
        "uq_appointment_one_live_of_a_child",
        "appointment",
        ["child_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "planned_item",
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        _key("planned_item", "appointment_id", "appointment"),
        _key("planned_item", "item_id", "notice_item"),
        sa.PrimaryKeyConstraint("appointment_id", "item_id", name=op.f("pk_planned_item")),
    )
    _indexes("planned_item", "item_id")


def _of_children() -> None:
    op.create_table(
        "not_given",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "because",
            word(
                "whynot",
                *("refused", "ill", "contraindicated", "moved", "no_stock", "not_reached", "elsewhere", "not_come"),
            ),
            nullable=False,
        ),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        _key("not_given", "item_id", "notice_item"),
        _key("not_given", "by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_given")),
    )
    _indexes("not_given", "item_id")
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("way", word("contactway", "call", "message", "visit", "school"), nullable=False),
        sa.Column(
            "result",
            word(
                "contactresult",
                *("will_come", "told", "no_answer", "wrong_number", "elsewhere", "moved", "refuses"),
            ),
            nullable=False,
        ),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        _key("contact", "child_id", "child"),
        _key("contact", "center_id", "organisation"),
        _key("contact", "by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    _indexes("contact", "child_id", "center_id")
    op.create_table(
        "adverse_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("dose_record_ids", sa.JSON(), nullable=False),
        sa.Column("seriousness", word("seriousness", "mild", "serious", "urgent"), nullable=False),
        sa.Column("description_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        _key("adverse_event", "child_id", "child"),
        _key("adverse_event", "center_id", "organisation"),
        _key("adverse_event", "by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adverse_event")),
    )
    _indexes("adverse_event", "child_id", "center_id")
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("from_center_id", sa.Integer(), nullable=False),
        sa.Column("to_center_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("from_center_id <> to_center_id", name=op.f("ck_hand_over_to_another_center")),
        _key("hand_over", "child_id", "child"),
        _key("hand_over", "from_center_id", "organisation"),
        _key("hand_over", "to_center_id", "organisation"),
        _key("hand_over", "by", "user_account"),
        _key("hand_over", "received_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    _indexes("hand_over", "child_id", "from_center_id", "to_center_id")


def _of_products() -> None:
    op.create_table(
        "product_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(length=32), nullable=False),
        sa.Column("lot", sa.String(length=40), nullable=True),
        sa.Column("because", word("pausereason", *_PAUSES), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        _key("product_pause", "center_id", "organisation"),
        _key("product_pause", "begun_by", "user_account"),
        _key("product_pause", "ended_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_pause")),
    )
    _indexes("product_pause", "center_id")
    op.create_table(
        "dose_trace",
        sa.Column("dose_record_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        _key("dose_trace", "dose_record_id", "dose_record"),
        sa.PrimaryKeyConstraint("dose_record_id", name=op.f("pk_dose_trace")),
    )
    _indexes("dose_trace", "code")


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _indexes(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
