"""From a draft or a frozen list to its sheet. Reads, never writes."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.checks.counting import RESULTS
from app.clock import CHINA
from app.notices.demands import AskedDose
from app.people.models import User
from app.privacy.identities import IdentifierKind, Identity
from app.reports.freezing import short_hash
from app.reports.listing import Draft, Row, rows_of, sums_of
from app.reports.models import Report, RowKind
from app.reports.wording import number_of, report_number, why_dropped
from app.schools.models import Organisation
from forms import wording
from forms.paper.parties import Pupil
from forms.paper.report import WAITING, DroppedLine, Figure, ReportLine, ReportSheet, SumRow, SumTable
from rules import national
from rules.vocabulary import Result, State

#: The results that bring a child on a list.
LISTED = (Result.CATCH_UP, Result.REVIEW, Result.NO_CERTIFICATE)
#: In the order of the sum on the cover.
_COVER = ("not_checked", Result.COMPLETE, Result.WAIVED, *LISTED)


def draft_sheet(draft: Draft, *, until: dt.date, on: dt.date, made_by: str) -> ReportSheet:
    """The draft, marked as one."""
    with force_locale("zh_CN"):
        number = report_number(draft.campaign, draft.school.id, draft.center.id, draft.sequence)
        which = _Which(draft.campaign, draft.school, draft.center, draft.sequence, number, seal="")
        return _sheet(which, draft.counts, draft.all_rows, until=until, on=on, made_by=made_by)


def frozen_sheet(session: Session, report: Report, *, until: dt.date) -> ReportSheet:
    """The list as it was frozen, whoever prints it and whenever."""
    with force_locale("zh_CN"):
        campaign = session.get_one(Campaign, report.campaign_id)
        school = session.get_one(Organisation, report.school_id)
        center = session.get_one(Organisation, report.health_center_id)
        seal = short_hash(report.content_hash)
        which = _Which(campaign, school, center, report.sequence, number_of(campaign, report), seal)
        on = report.frozen_at.astimezone(CHINA).date()
        made_by = session.get_one(User, report.frozen_by).shown_name
        return _sheet(which, report.counts, rows_of(session, report), until=until, on=on, made_by=made_by)


def sum_table(rows: Iterable[Row]) -> SumTable:
    """Per vaccine and dose, in the order of the catalogue."""
    sums = sums_of(rows)
    doses = tuple(range(1, max((dose for _product, dose in sums), default=0) + 1))
    products = [code for code in national().products if any(product == code for product, _dose in sums)]
    table = [SumRow(wording.product_name(code), tuple(sums[code, dose] for dose in doses)) for code in products]
    return SumTable(doses, tuple(table))


def doses_words(doses: Sequence[AskedDose]) -> tuple[str, ...]:
    """百白破疫苗 4、5: the doses of each product; those that cannot be given yet carry a mark."""
    by_product: dict[str, list[str]] = {}
    for one in doses:
        mark = WAITING if one.state == State.WAITING else ""
        by_product.setdefault(one.product, []).append(f"{one.dose}{mark}")
    comma = _("、")
    return tuple(f"{wording.product_name(code)} {comma.join(numbers)}" for code, numbers in by_product.items())


@dataclass(frozen=True, slots=True)
class _Which:
    """Which list it is."""

    campaign: Campaign
    school: Organisation
    center: Organisation
    sequence: int
    number: str
    #: Empty: a draft.
    seal: str


def _sheet(
    which: _Which,
    counts: Mapping[str, object],
    rows: Sequence[Row],
    *,
    until: dt.date,
    on: dt.date,
    made_by: str,
) -> ReportSheet:
    by_result, only_due, before = counts["by_result"], counts["only_due"], counts["listed_before"]
    assert isinstance(by_result, Mapping)
    assert isinstance(only_due, int)
    assert isinstance(before, int)
    assert set(_COVER) == set(RESULTS)
    return ReportSheet(
        school=which.school.name,
        center=which.center.name,
        campaign=which.campaign.name,
        number=which.number,
        seal=which.seal,
        is_draft=not which.seal,
        sequence=which.sequence,
        drawn_on=on,
        until=until,
        figures=tuple(_figure(result, by_result[result]) for result in _COVER),
        listed_before=before,
        only_due=only_due,
        lines=tuple(_line(row, which) for row in rows if row.kind is not RowKind.DROPPED),
        sums=sum_table(row for row in rows if row.kind is not RowKind.DROPPED),
        edition=_edition_title(which.campaign),
        made_by=made_by,
        changed=sum(row.kind is RowKind.CHANGED for row in rows),
        dropped=tuple(_dropped(row, which) for row in rows if row.why),
        supplements=bool(counts.get("supplements", True)),
    )


def _edition_title(campaign: Campaign) -> str:
    law = national()
    return law.sources[law.edition(campaign.edition).source].title


def _figure(result: str, number: int) -> Figure:
    word = wording.result_word(None if result == "not_checked" else result)
    return Figure(word, number, strong=result in LISTED)


def _dropped(row: Row, which: _Which) -> DroppedLine:
    assert row.why is not None
    identity = row.identity or Identity(name=_("（资料已删除）"))
    owed = doses_words(row.owed_before)
    return DroppedLine(row.position, _pupil(row, which, identity), _code(identity), owed, why_dropped(row.why))


def _pupil(row: Row, which: _Which, identity: Identity) -> Pupil:
    return Pupil(identity.name, row.child.sex.value, row.child.birth_date, which.school.name, row.school_class.name)


def _code(identity: Identity) -> str:
    """As much of the child's code as a list shows."""
    return (identity.number(IdentifierKind.CHILD_CODE) or "")[-4:]


def _line(row: Row, which: _Which) -> ReportLine:
    identity = row.identity or Identity(name=_("（资料已删除）"))
    return ReportLine(
        position=row.position,
        pupil=_pupil(row, which, identity),
        code=_code(identity),
        guardians=tuple(f"{one.name} {one.phone}".strip() for one in identity.guardians),
        result=wording.result_word(row.check.result),
        owed=doses_words(row.owed),
        to_verify=doses_words(row.to_verify),
        remark=_remark(row, which.campaign),
    )


def _remark(row: Row, campaign: Campaign) -> str:
    parts = []
    if row.kind is RowKind.CHANGED:
        parts.append(_("有变化，原来：%(what)s", what=_("；").join(doses_words(row.owed_before)) or _("不补种")))
    own = row.own_deadline(campaign)
    if own is not None:
        parts.append(_("%(day)s 入校，期限 %(own)s", day=row.enrolment.from_day.isoformat(), own=own.isoformat()))
    if row.check.inputs.get("certificate") == "being_replaced":
        parts.append(_("接种证补办中"))
    return _("；").join(parts)
