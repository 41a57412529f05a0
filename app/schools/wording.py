"""The words for kinds of organisations, for owners, stages and weekdays."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.schools.models import OrganisationKind, Ownership, Stage
from forms.wording import weekday_word


def kind_name(kind: OrganisationKind) -> str:
    names = {
        OrganisationKind.BUREAU: _("教育局"),
        OrganisationKind.CDC: _("疾控中心"),
        OrganisationKind.HEALTH_CENTER: _("接种单位"),
        OrganisationKind.SCHOOL: _("学校"),
    }
    return names[kind]


def school_kind(ownership: Ownership | None, stage: Stage | None) -> str:
    """公办幼儿园, 民办小学; what is not known is left out."""
    owners = {Ownership.PUBLIC: _("公办"), Ownership.PRIVATE: _("民办"), None: ""}
    stages = {Stage.KINDERGARTEN: _("幼儿园"), Stage.PRIMARY: _("小学"), None: ""}
    return owners[ownership] + stages[stage]


def open_days_words(days: Sequence[int]) -> str:
    """周二、周四"""
    return _("、").join(weekday_word(day) for day in sorted(days))
