"""From a campaign to a sheet of tables, in Chinese whatever language the screen has. Reads, never writes."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.children.models import Enrolment
from app.clock import CHINA
from app.counting.baseline import sort_doses
from app.counting.columns import Place
from app.counting.indicators import Reported
from app.counting.queries import (
    asked_doses,
    figures_of_classes,
    figures_of_schools,
    has_certificate,
    latest_certificates,
    missing_certificates,
    settings_of,
)
from app.people.actors import Actor
from app.people.models import User
from app.privacy.identities import IdentifierKind
from app.reports.standing import standing_of_schools
from app.schools.models import Organisation, SchoolClass
from app.sheets import queries
from app.sheets.feedback import AskedChild, feedback_lines, feedback_table
from app.sheets.months import Month
from app.sheets.queries import Pupil
from app.sheets.register import register_table
from app.sheets.registering import register_lines
from app.sheets.sealing import seal, sheet_number
from app.sheets.summary import Unit, summary_tables
from forms.paper.tables import TableSheet
from rules import national

_LANGUAGE = "zh_CN"


@dataclass(frozen=True, slots=True, repr=False)
class Drawn:
    """A sheet and the children who are on it by name, for the trail."""

    sheet: TableSheet
    kind: str
    children: tuple[int, ...] = ()


def register_sheet(session: Session, campaign: Campaign, school_class: SchoolClass, today: dt.date) -> Drawn:
    """The register of a class as it stands."""
    with force_locale(_LANGUAGE):
        found = register_lines(session, campaign, school_class)
        school = session.get_one(Organisation, school_class.school_id)
        table = register_table([line for _pupil, line in found])
        content = [
            (one.enrolment.id, line.result, line.caught_up, line.has_one_now, _marks(line.marks)) for one, line in found
        ]
        sheet = TableSheet(
            title=_("入托、入学儿童预防接种证查验登记表"),
            facts=(school.name, school_class.name, campaign.name, today.isoformat()),
            legend=_("1 查验时已种　△ 查验后补种　× 应补　○ 免种或超龄　? 待核实　空白 未到年龄"),
            tables=(table,),
            number=sheet_number(_("册"), campaign, today, school.id, school_class.id),
            seal=seal("register", today, content),
            drawn_on=today,
            hands=(_("查验人"), _("日期"), _("单位（章）")),
            notes=(_law(campaign),),
        )
        return Drawn(sheet, "register", tuple(one.child.id for one, _line in found))


def feedback_sheet(
    session: Session,
    actor: Actor,
    campaign: Campaign,
    month: Month,
    today: dt.date,
    school: Organisation | None = None,
) -> Drawn:
    """What became by the end of a month of what was asked of the children in scope, or of one school's of them."""
    with force_locale(_LANGUAGE):
        pupils = queries.asked_pupils(session, actor, campaign, school)
        lines = feedback_lines(_asked_children(session, campaign, pupils))
        own = session.get_one(Organisation, actor.organisation_id)
        to = _("送：%(school)s", school=school.name) if school else ""
        content = [(one.what, one.dose, one.closed_on, one.done_on, one.outcome, one.why) for one in lines]
        sheet = TableSheet(
            title=_("补证补种登记表"),
            facts=tuple(one for one in (own.name, to, campaign.name, month.word) if one),
            tables=(feedback_table(lines, month, by_school=school is None and not queries.of_a_school(actor)),),
            number=sheet_number(_("补"), campaign, today, own.id, school.id if school else 0, month.month),
            seal=seal("feedback", month.first, content),
            drawn_on=today,
            hands=(
                _("填表人 %(name)s", name=session.get_one(User, actor.user_id).shown_name),
                _("日期"),
                _("接种单位（章）"),
            ),
        )
        return Drawn(sheet, "feedback", tuple(one.child.id for one in pupils))


def summary_sheet(session: Session, actor: Actor, campaign: Campaign, now: dt.datetime) -> Drawn:
    """The summary of what this person sees: a school by classes, a township or a district by schools. No name on it."""
    with force_locale(_LANGUAGE):
        today = now.astimezone(CHINA).date()
        units, reported = _units(session, actor, campaign, today)
        own = session.get_one(Organisation, actor.organisation_id)
        tables = summary_tables(units, reported)
        content = [[row.cells for row in (*table.rows, *table.totals)] for table in tables]
        moment = now.astimezone(CHINA)
        sheet = TableSheet(
            title=_("入托、入学儿童预防接种证查验情况汇总表"),
            facts=(own.name, campaign.name, _("截至 %(moment)s", moment=f"{moment:%Y-%m-%d %H:%M}")),
            tables=tables,
            number=sheet_number(_("汇"), campaign, today, own.id),
            seal=seal("summary", today, content),
            drawn_on=today,
            hands=(_("填表人"), _("审核人"), _("单位（章）")),
            notes=(_law(campaign),),
        )
        return Drawn(sheet, "summary")


def _units(session: Session, actor: Actor, campaign: Campaign, today: dt.date) -> tuple[list[Unit], Reported | None]:
    if queries.of_a_school(actor):
        classes = queries.classes_of(session, actor)
        by_class = figures_of_classes(session, campaign, [one.id for one in classes], today)
        # A class in which nobody begins this term has nothing to say.
        return [Unit(one.id, one.name, by_class[one.id]) for one in classes if by_class[one.id].expected], None
    schools = queries.schools_of(session, actor, campaign)
    ids = [one.id for one in schools]
    figures = figures_of_schools(session, campaign, ids, today)
    townships = queries.townships_of(session, schools)
    units = [Unit(one.id, one.name, figures[one.id], townships[one.id]) for one in schools]
    return sorted(units, key=lambda unit: (unit.township, unit.name)), _reported(session, campaign, ids)


def _reported(session: Session, campaign: Campaign, school_ids: Collection[int]) -> Reported:
    found = standing_of_schools(session, campaign, school_ids).values()
    return Reported(
        due=len(found),
        reported=sum(one.listed_on is not None for one in found),
        in_time=sum(one.in_time for one in found),
    )


def _asked_children(session: Session, campaign: Campaign, pupils: Sequence[Pupil]) -> list[AskedChild]:
    enrolments = [one.enrolment.id for one in pupils]
    asked = asked_doses(session, campaign, Enrolment.id.in_(enrolments))
    missing = missing_certificates(session, enrolments)
    certificates = latest_certificates(session, [one.child.id for one in pupils])
    settings = settings_of(campaign)
    return [
        AskedChild(
            school=one.school.name,
            class_name=one.school_class.name,
            name=one.identity.name or _("（资料已删除）"),
            sex=one.child.sex.value,
            birth_date=one.child.birth_date,
            code=(one.identity.number(IdentifierKind.CHILD_CODE) or "")[-4:],
            doses=tuple(sort_doses(asked.get(one.enrolment.id, ()), settings)),
            certificate_missing=one.enrolment.id in missing,
            certificate_since=since.recorded_at.astimezone(CHINA).date()
            if (since := certificates.get(one.child.id)) and has_certificate(since)
            else None,
        )
        for one in pupils
    ]


def _marks(marks: dict[Place, str] | object) -> list[str]:
    assert isinstance(marks, dict)
    return sorted(f"{place.vaccine}{place.dose}{mark}" for place, mark in marks.items())


def _law(campaign: Campaign) -> str:
    law = national()
    title = law.sources[law.edition(campaign.edition).source].title
    return _("判断依据《%(edition)s》。", edition=title)
