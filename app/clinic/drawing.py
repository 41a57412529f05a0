"""From rows to the health center's sheets: invitations, screening sheets, the slip of the doses just given."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.children.models import Child, DoseRecord
from app.children.queries import active_enrolment, class_of, school_of
from app.clinic.handing_over import GoneOver
from app.clinic.listing import Line, Stand, stand_word
from app.clinic.models import DoseTrace, VaccinationSession
from app.clinic.ordering import Order
from app.clinic.session_list import Asked
from app.clinic.wording import clock_time, day_word, why_not_word
from app.people.actors import Actor
from app.privacy.identities import open_identity
from app.schools.models import Organisation
from app.schools.wording import open_days_words
from app.sheets.sealing import seal
from forms import wording
from forms.paper.invitation import ClassInvitations, Invited
from forms.paper.parties import Clinic, Pupil
from forms.paper.screening import PlannedDose, ScreeningSheet
from forms.paper.tables import Column, Kind, Row, Table, TableSheet, Value
from forms.paper.voucher import GivenLine, VoucherSheet

#: Only from this age on is a girl asked whether she may be pregnant.
_ASKED_FROM_YEARS = 12


def invitations(
    session: Session, actor: Actor, found: VaccinationSession, rows: Iterable[Asked]
) -> list[ClassInvitations]:
    """One bundle a class, in class order; within it by time."""
    with force_locale("zh_CN"):  # families speak Chinese, whatever language the screen has
        clinic, where = _clinic(session, actor), _where(session, found)
        ordered = sorted(rows, key=_class_of)
        return [
            ClassInvitations(
                clinic=clinic,
                school=school,
                class_name=class_name,
                day=day_word(found.day),
                where=where,
                invited=tuple(_invited(one, found) for one in some),
            )
            for (school, class_name), some in groupby(ordered, key=_class_of)
        ]


def screenings(
    session: Session, actor: Actor, found: VaccinationSession, rows: Iterable[Asked]
) -> list[ScreeningSheet]:
    """In class order, so that a stack of them is handed out as it comes."""
    with force_locale("zh_CN"):
        clinic = _clinic(session, actor)
        return [
            ScreeningSheet(
                clinic=clinic,
                pupil=_pupil(one),
                when=f"{day_word(found.day)} {_span(one, found)}",
                planned=tuple(
                    PlannedDose(wording.product_name(item.product), wording.dose_number(item.dose))
                    for item in one.items
                ),
                code=one.code,
                asks_pregnancy=one.child.sex == "F" and found.day.year - one.child.birth_date.year >= _ASKED_FROM_YEARS,
            )
            for one in sorted(rows, key=_class_of)
        ]


def voucher_sheet(
    session: Session, actor: Actor, child: Child, doses: Sequence[DoseRecord], digits: str, on: dt.date
) -> VoucherSheet:
    with force_locale("zh_CN"):
        identity, enrolment = open_identity(session, child), active_enrolment(session, actor, child.id)
        school = school_of(session, enrolment).name if enrolment else ""
        class_name = class_of(session, enrolment).name if enrolment else ""
        ids = [dose.id for dose in doses]
        wanted = select(DoseTrace.dose_record_id, DoseTrace.code).where(DoseTrace.dose_record_id.in_(ids))
        traces: dict[int, str] = dict(session.execute(wanted).all())
        return VoucherSheet(
            clinic=_clinic(session, actor),
            pupil=Pupil(identity.name if identity else "", child.sex.value, child.birth_date, school, class_name),
            lines=tuple(
                GivenLine(wording.product_name(dose.product), dose.day or on, dose.lot or "", traces.get(dose.id, ""))
                for dose in doses
            ),
            code=digits,
            issued_on=on,
            by=actor.shown_name,
        )


def _invited(one: Asked, found: VaccinationSession) -> Invited:
    return Invited(
        name=one.identity.name,
        birth_date=one.child.birth_date,
        time=_span(one, found),
        doses=tuple(wording.product_name(item.product) for item in one.items),
        code=one.code,
    )


def _span(one: Asked, found: VaccinationSession) -> str:
    begins = one.appointment.slot
    return f"{clock_time(begins)}–{clock_time(min(begins + found.slot_minutes, found.ends))}"


def _pupil(one: Asked) -> Pupil:
    return Pupil(one.identity.name, one.child.sex.value, one.child.birth_date, one.school, one.class_name)


def _class_of(one: Asked) -> tuple[str, str]:
    return one.school, one.class_name


def _where(session: Session, found: VaccinationSession) -> str:
    place = session.get_one(Organisation, found.school_id or found.center_id)
    return f"{place.name}　{place.address}".strip()


def _clinic(session: Session, actor: Actor) -> Clinic:
    own = session.get_one(Organisation, actor.organisation_id)
    return Clinic(own.name, own.address, own.phone, open_days_words(own.open_days))


def order_sheet(session: Session, actor: Actor, table: Order, on: dt.date) -> TableSheet:
    """Doses per vaccine and week as a workbook: numbers only."""
    with force_locale("zh_CN"):
        weeks = [Column(_("%(day)s 起一周", day=f"{week:%m-%d}"), 18, Kind.NUMBER) for week in table.weeks]
        columns = (
            Column(_("疫苗"), 62, Kind.NAME),
            *weeks,
            Column(_("以后"), 16, Kind.NUMBER),
            Column(_("合计"), 16, Kind.NUMBER),
        )
        rows = [Row((wording.product_name(row.product), *row.by_week, row.later, row.total)) for row in table.rows]
        total = Row((_("合计"), *table.by_week, table.later, table.total), strong=True)
        own = session.get_one(Organisation, actor.organisation_id)
        refused = _("另有 %(n)s 剂记了原因没种，不算在内。", n=table.refused)
        sheet = Table(
            _("要备的剂数"), columns, tuple(rows), (total,), _("没有要备的。"), (refused,) if table.refused else ()
        )
        return TableSheet(
            title=_("补种疫苗需要量"),
            facts=(own.name, on.isoformat()),
            tables=(sheet,),
            number=f"{own.id:04}-{on:%Y%m%d}",
            seal=seal("order", on, [row.cells for row in rows]),
            drawn_on=on,
            notes=(_("约好的按约的那天算，没约的按最早可种的那天算。"),),
        )


def hand_over_sheet(session: Session, actor: Actor, rows: Sequence[GoneOver], on: dt.date) -> TableSheet:
    """The children handed over, one table a center: the list that goes to it."""
    with force_locale("zh_CN"):
        columns = (
            Column(_("姓名"), 34, Kind.NAME),
            Column(_("性别"), 12, Kind.MIDDLE),
            Column(_("出生日期"), 24, Kind.DATE),
            Column(_("监护人与电话"), 46),
            Column(_("住址"), 56),
            Column(_("还要种的"), 66),
            Column(_("移交日期"), 24, Kind.DATE),
        )
        own = session.get_one(Organisation, actor.organisation_id)
        tables = tuple(
            Table(center, columns, tuple(Row(one.cells) for one in some), caption=_("交给%(center)s", center=center))
            for center, some in ((key, list(group)) for key, group in groupby(rows, key=lambda one: one.center))
        )
        return TableSheet(
            title=_("移交补种儿童名单"),
            facts=(own.name, on.isoformat(), _("共 %(n)s 人", n=len(rows))),
            tables=tables,
            number=f"{own.id:04}-{on:%Y%m%d}",
            seal=seal("hand_over", on, [one.hand_over_id for one in rows]),
            drawn_on=on,
            hands=(_("移交人 %(name)s", name=actor.shown_name), _("接收人"), _("单位（章）")),
        )


def missing_sheet(session: Session, actor: Actor, lines: Sequence[Line], on: dt.date) -> TableSheet:
    """The narrowed list of missing children, school by school, to work from on paper or by telephone."""
    with force_locale("zh_CN"):
        columns = (
            Column(_("姓名"), 30, Kind.NAME),
            Column(_("出生日期"), 23, Kind.DATE),
            Column(_("班级"), 24),
            Column(_("村"), 26),
            Column(_("监护人与电话"), 44),
            Column(_("还要种的"), 62),
            Column(_("最早可种"), 23, Kind.DATE),
            Column(_("进展"), 34),
        )
        own = session.get_one(Organisation, actor.organisation_id)
        tables = tuple(
            Table(school, columns, tuple(Row(_missing_cells(one)) for one in some), caption=school)
            for school, some in (
                (key, list(group)) for key, group in groupby(lines, key=lambda one: one.missing.school)
            )
        )
        return TableSheet(
            title=_("待补种儿童名单"),
            facts=(own.name, on.isoformat(), _("共 %(n)s 人", n=len(lines))),
            tables=tables,
            number=f"{own.id:04}-{on:%Y%m%d}",
            seal=seal("missing", on, [one.missing.notice.id for one in lines]),
            drawn_on=on,
        )


def _missing_cells(one: Line) -> tuple[Value, ...]:
    identity, open_now = one.missing.identity, [item.earliest for item in one.missing.open]
    doses = [
        f"{wording.short_dose(item.line, item.product, item.dose)}"
        + (f"（{why_not_word(item.failed_because)}）" if item.failed_because else "")
        for item in one.missing.owed
    ]
    stand = stand_word(one.stand)
    if one.booked is not None and one.stand in {Stand.BOOKED, Stand.LATE}:
        stand = f"{stand} {one.booked.session.day.isoformat()}"
    return (
        identity.name,
        one.missing.child.birth_date,
        one.missing.class_name,
        one.village,
        "\n".join(f"{guardian.name} {guardian.phone}".strip() for guardian in identity.guardians),
        _("、").join(doses),
        min(open_now, default=None),
        stand,
    )
