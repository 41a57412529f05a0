"""The figures of many groups at once: a fixed number of questions, however many schools and children there are."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby

from sqlalchemy import ColumnElement, Row, Select, Subquery, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.campaigns.models import Campaign
from app.campaigns.queries import taking_part
from app.checks.counting import counts_of_classes, counts_of_schools
from app.checks.models import Check
from app.checks.queries import stands
from app.children.kinds import CertificateState
from app.children.models import Certificate, DoseRecord, Enrolment, Exemption
from app.counting.baseline import Asked, Baseline, Settings, count_baseline
from app.counting.figures import Figures
from app.notices.models import ItemState, Notice, NoticeItem
from app.notices.queries import is_live
from app.schools.models import SchoolClass
from rules import national
from rules.vocabulary import Result

#: There is a certificate again.
_HAS_ONE = (CertificateState.PRESENT, CertificateState.REPLACED)
#: An exemption from all of these at once.
_LIVE = "live"

Group = InstrumentedAttribute[int]


def settings_of(campaign: Campaign) -> Settings:
    return Settings(recheck_by=campaign.recheck_by, due_counts=campaign.due_counts)


def figures_of_schools(
    session: Session, campaign: Campaign, school_ids: Collection[int], today: dt.date
) -> dict[int, Figures]:
    """Of each school, also of those that did nothing."""
    found = _figures(session, campaign, SchoolClass.school_id, school_ids, today)
    for one, counts in counts_of_schools(session, campaign, school_ids).items():
        found[one].by_result = counts.by_result
        found[one].schools = 1
        found[one].schools_begun = int(counts.checked > 0)
    return found


def figures_of_classes(
    session: Session, campaign: Campaign, class_ids: Collection[int], today: dt.date
) -> dict[int, Figures]:
    """Of each class, also of those in which nobody takes part."""
    found = _figures(session, campaign, Enrolment.class_id, class_ids, today)
    for one, counts in counts_of_classes(session, campaign, class_ids).items():
        found[one].by_result = counts.by_result
    return found


def asked_doses(session: Session, campaign: Campaign, condition: ColumnElement[bool]) -> dict[int, list[Asked]]:
    """By enrolment, every dose on the notices of its checks that stand, oldest first."""
    return {one: list(doses) for _, one, doses in _asked(session, campaign, Enrolment.class_id, condition)}


def first_checks(of: Select[tuple[int]] | None = None) -> Subquery:
    """Of each enrolment the number of the first check that stands; `of` spares the database all the others."""
    wanted = select(Check.enrolment_id, func.min(Check.number).label("number")).where(stands())
    if of is not None:
        wanted = wanted.where(Check.enrolment_id.in_(of))
    return wanted.group_by(Check.enrolment_id).subquery()


def enrolments_of(within: ColumnElement[bool]) -> Select[tuple[int]]:
    """The enrolments of some classes or schools, whether they take part or not."""
    return select(Enrolment.id).join(SchoolClass, SchoolClass.id == Enrolment.class_id).where(within)


def _figures(
    session: Session, campaign: Campaign, group: Group, wanted: Collection[int], today: dt.date
) -> dict[int, Figures]:
    found = {one: Figures() for one in wanted}
    within = group.in_(wanted)
    for one, baseline in _baselines(session, campaign, group, within).items():
        found[one].baseline = baseline
    for one, without, replaced in session.execute(_certificates(campaign, group, within)):
        found[one].without_certificate, found[one].replaced = without, replaced
    for one, line, children in session.execute(_behind(campaign, group, within)):
        found[one].behind[line] += children
    for one, lines in _exempt(session, campaign, group, within, today).items():
        found[one].exempt = lines
    return found


def _baselines(
    session: Session, campaign: Campaign, group: Group, within: ColumnElement[bool]
) -> Mapping[int, Baseline]:
    settings = settings_of(campaign)
    found: dict[int, Baseline] = {}
    for one, _enrolment, doses in _asked(session, campaign, group, within):
        found.setdefault(one, Baseline()).add(count_baseline([doses], settings))
    return found


def _asked(
    session: Session, campaign: Campaign, group: Group, condition: ColumnElement[bool]
) -> Iterator[tuple[int, int, list[Asked]]]:
    """Group, enrolment and its doses, one enrolment after the other."""
    first = first_checks(enrolments_of(condition))
    wanted = (
        taking_part(campaign)
        .join(Notice, (Notice.enrolment_id == Enrolment.id) & (Notice.campaign_id == campaign.id))
        .join(Check, Check.id == Notice.check_id)
        .join(first, first.c.enrolment_id == Enrolment.id)
        .join(NoticeItem, NoticeItem.notice_id == Notice.id)
        .outerjoin(DoseRecord, DoseRecord.id == NoticeItem.dose_record_id)
        .where(condition, stands())
        .with_only_columns(
            group,
            Enrolment.id,
            Check.id,
            Check.number == first.c.number,
            Check.as_of,
            NoticeItem.part,
            NoticeItem.line,
            NoticeItem.product,
            NoticeItem.dose,
            NoticeItem.earliest,
            NoticeItem.state_at_check,
            NoticeItem.state,
            NoticeItem.failed_because,
            DoseRecord.day,
            NoticeItem.closed_at,
        )
        .order_by(Enrolment.id, Check.number, NoticeItem.id)
    )
    rows = session.execute(wanted)
    for (one, enrolment), found in groupby(rows, key=lambda row: (row[0], row[1])):
        yield one, enrolment, [_dose(row) for row in found]


def _dose(row: Row) -> Asked:
    return Asked(row[1], row[2], bool(row[3]), *row[4:])


def _certificates(campaign: Campaign, group: Group, within: ColumnElement[bool]) -> Select:
    """By group: children without certificate at the first check, and those of them who have one by now."""
    first = first_checks(enrolments_of(within))
    newest = aliased(Certificate)
    has_one = (
        select(func.count())
        .select_from(newest)
        .where(
            newest.child_id == Enrolment.child_id,
            newest.state.in_(_HAS_ONE),
            newest.id
            # The child's own newest: without `correlate` the database would take the newest of all children.
            == select(func.max(Certificate.id))
            .where(Certificate.child_id == newest.child_id)
            .correlate(newest)
            .scalar_subquery(),
        )
        .correlate(Enrolment)
        .scalar_subquery()
    )
    missing = (
        taking_part(campaign)
        .join(first, first.c.enrolment_id == Enrolment.id)
        .join(Check, (Check.enrolment_id == Enrolment.id) & (Check.number == first.c.number))
        .where(within, stands(), Check.result == Result.NO_CERTIFICATE)
        .with_only_columns(group.label("one"), case((has_one > 0, 1), else_=0).label("has_one"))
        .subquery()
    )
    return select(missing.c.one, func.count(), func.sum(missing.c.has_one)).group_by(missing.c.one)


def _behind(campaign: Campaign, group: Group, within: ColumnElement[bool]) -> Select:
    """By group and line: children with a dose on their live notice that is neither given nor out of question."""
    return (
        taking_part(campaign)
        .join(Notice, (Notice.enrolment_id == Enrolment.id) & (Notice.campaign_id == campaign.id))
        .join(NoticeItem, NoticeItem.notice_id == Notice.id)
        .where(within, is_live(), NoticeItem.state.in_((ItemState.OPEN, ItemState.FAILED)))
        .with_only_columns(group, NoticeItem.line, func.count(Enrolment.id.distinct()))
        .group_by(group, NoticeItem.line)
    )


def _exempt(
    session: Session, campaign: Campaign, group: Group, within: ColumnElement[bool], today: dt.date
) -> dict[int, Counter[str]]:
    """By group and line: checked children with an exemption in force of that line."""
    first = first_checks(enrolments_of(within))
    wanted = (
        taking_part(campaign)
        .join(Exemption, Exemption.child_id == Enrolment.child_id)
        .join(first, first.c.enrolment_id == Enrolment.id)
        .where(
            within,
            Exemption.ended_at.is_(None),
            (Exemption.valid_to.is_(None)) | (Exemption.valid_to >= today),
        )
        .with_only_columns(group, Enrolment.id, Exemption.line)
    )
    lines: dict[tuple[int, int], set[str]] = {}
    for one, enrolment, line in session.execute(wanted):
        lines.setdefault((one, enrolment), set()).update(_live_lines() if line == _LIVE else (line,))
    found: dict[int, Counter[str]] = {}
    for (one, _enrolment), exempt in lines.items():
        found.setdefault(one, Counter()).update(exempt)
    return found


def _live_lines() -> frozenset[str]:
    """Lines that an injected live product feeds and no other: nothing can stand in for them."""
    products = national().products.values()
    live = {line for product in products if product.live_injected for line in product.feeds}
    return frozenset(live - {line for product in products if not product.live_injected for line in product.feeds})


def latest_certificates(session: Session, child_ids: Collection[int]) -> dict[int, Certificate]:
    """What was last recorded of the certificate of each of these children."""
    newest = select(func.max(Certificate.id)).where(Certificate.child_id.in_(child_ids)).group_by(Certificate.child_id)
    return {one.child_id: one for one in session.scalars(select(Certificate).where(Certificate.id.in_(newest)))}


def has_certificate(certificate: Certificate | None) -> bool:
    """There is one, or one again."""
    return certificate is not None and certificate.state in _HAS_ONE


def missing_certificates(session: Session, enrolment_ids: Collection[int]) -> set[int]:
    """The enrolments whose first check found no certificate."""
    first = first_checks()
    wanted = (
        select(Check.enrolment_id)
        .join(first, (first.c.enrolment_id == Check.enrolment_id) & (first.c.number == Check.number))
        .where(Check.enrolment_id.in_(enrolment_ids), stands(), Check.result == Result.NO_CERTIFICATE)
    )
    return set(session.scalars(wanted))
