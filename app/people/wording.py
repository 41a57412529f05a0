"""The Chinese words for roles."""

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
