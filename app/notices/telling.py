"""From a notice's sheet to the messages about it: the same facts in three lengths."""

from forms.paper.notice import NoticeSheet
from forms.wording.messages import Asked


def asked_of(sheet: NoticeSheet) -> Asked:
    clinic = sheet.clinic
    return Asked(
        school=sheet.pupil.school,
        class_name=sheet.pupil.class_name,
        child=sheet.pupil.name,
        owed=sheet.still_owed,
        visits=sheet.planned_visits,
        certificate=sheet.certificate is not None,
        verify=len(sheet.questions),
        clinic=clinic.name if clinic else "",
        phone=clinic.phone if clinic else "",
        open_days=clinic.open_days if clinic else "",
        recheck_by=sheet.recheck_by,
    )
