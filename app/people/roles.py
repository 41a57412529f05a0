"""The six roles of the house."""

from enum import StrEnum


class Role(StrEnum):
    """What a person does here; each role belongs to one kind of organisation (see `app.people.belonging`)."""

    CLERK = "clerk"
    SCHOOL_HEAD = "school_head"
    NURSE = "nurse"
    BUREAU_AUDITOR = "bureau_auditor"
    CDC_DOCTOR = "cdc_doctor"
    ADMINISTRATOR = "administrator"
