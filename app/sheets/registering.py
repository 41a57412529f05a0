"""From the records of a class to the lines of its register. Reads, never writes."""

from collections.abc import Iterator, Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.checks.judging import judge
from app.checks.models import Check
from app.checks.queries import stands
from app.children.kinds import CertificateState, EnrolmentSource
from app.children.models import Certificate, Enrolment
from app.counting.baseline import Asked, count_baseline, is_only_due
from app.counting.queries import asked_doses, has_certificate, latest_certificates, settings_of
from app.privacy.identities import IdentifierKind
from app.schools.models import SchoolClass
from app.sheets.marks import Dose, Looked, marks_of
from app.sheets.queries import Pupil, pupils_of_class
from app.sheets.register import RegisterLine
from forms import wording
from rules.vocabulary import Result, Status


def register_lines(session: Session, campaign: Campaign, school_class: SchoolClass) -> list[tuple[Pupil, RegisterLine]]:
    """The children of a class, by name, with everything that the register says of them."""
    pupils = pupils_of_class(session, campaign, school_class)
    checks = _checks(session, [one.enrolment.id for one in pupils])
    asked = asked_doses(session, campaign, Enrolment.class_id == school_class.id)
    certificates = latest_certificates(session, [one.child.id for one in pupils])
    return [
        (
            one,
            _line(
                one,
                checks.get(one.enrolment.id, ()),
                asked.get(one.enrolment.id, ()),
                certificates.get(one.child.id),
                campaign,
            ),
        )
        for one in pupils
    ]


def _checks(session: Session, enrolment_ids: Sequence[int]) -> Mapping[int, Sequence[Check]]:
    """The checks that stand, first to last."""
    found: dict[int, list[Check]] = {}
    wanted = select(Check).where(Check.enrolment_id.in_(enrolment_ids), stands()).order_by(Check.number, Check.id)
    for check in session.scalars(wanted):
        found.setdefault(check.enrolment_id, []).append(check)
    return found


def _line(
    pupil: Pupil,
    checks: Sequence[Check],
    asked: Sequence[Asked],
    certificate: Certificate | None,
    campaign: Campaign,
) -> RegisterLine:
    first, standing = (checks[0], checks[-1]) if checks else (None, None)
    baseline = count_baseline([asked], settings_of(campaign))
    return RegisterLine(
        name=pupil.identity.name or _("（资料已删除）"),
        sex=pupil.child.sex.value,
        birth_date=pupil.child.birth_date,
        code=(pupil.identity.number(IdentifierKind.CHILD_CODE) or "")[-4:],
        result=standing.result if standing else None,
        had_certificate=first.result != Result.NO_CERTIFICATE if first else None,
        has_one_now=has_certificate(certificate),
        caught_up=bool(baseline.caught_up) if baseline.children else None,
        marks=marks_of(_looked(first), _looked(standing), asked, _spared(standing)) if first and standing else {},
        remark=_("；").join(_remarks(pupil, standing, asked, certificate, campaign)),
    )


def _looked(check: Check) -> Looked:
    return Looked(check.id, check.as_of, check.inputs, check.findings)


def _spared(check: Check) -> Iterator[Dose]:
    """What would be owed today if the clinic had not decided that it is not given."""
    lines = {line for line, finding in check.findings["lines"].items() if finding["status"] == Status.EXEMPT}
    if not lines:
        return
    otherwise = judge({**check.inputs, "exempt": [], "avoid": []}, check.edition).assessment
    for line in otherwise.lines:
        if line.line in lines:
            yield from ((line.line, one.product, one.dose) for one in line.owed)


def _remarks(
    pupil: Pupil,
    standing: Check | None,
    asked: Sequence[Asked],
    certificate: Certificate | None,
    campaign: Campaign,
) -> Iterator[str]:
    if standing is None:
        yield wording.result_word(None)
    elif standing.result == Result.REVIEW:
        yield wording.result_word(Result.REVIEW)
    if certificate is not None and certificate.state is CertificateState.BEING_REPLACED:
        yield _("补办中")
    if is_only_due((one for one in asked if one.of_first_check), settings_of(campaign)):
        yield _("到龄待种")
    came = {
        EnrolmentSource.TRANSFER: _("转入"),
        EnrolmentSource.MIDYEAR: _("插班"),
        EnrolmentSource.GUEST: _("借读"),
    }.get(pupil.enrolment.source)
    if came:
        yield f"{pupil.enrolment.from_day:%m-%d}{came}"
