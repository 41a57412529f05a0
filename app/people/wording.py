"""The words for roles, and for the day."""

import datetime as dt

from flask_babel import format_date
from flask_babel import gettext as _

from app.people.roles import Role


def role_name(role: Role) -> str:
    names = {
        Role.CLERK: _("查验员"),
        Role.SCHOOL_HEAD: _("学校负责人"),
        Role.NURSE: _("接种单位护士"),
        Role.BUREAU_AUDITOR: _("教育局督查员"),
        Role.CDC_DOCTOR: _("疾控医生"),
        Role.ADMINISTRATOR: _("管理员"),
    }
    return names[role]


def day_in_full(day: dt.date) -> str:
    """2026 年 9 月 3 日，星期四"""
    return str(format_date(day, _("y 年 M 月 d 日，EEEE")))
