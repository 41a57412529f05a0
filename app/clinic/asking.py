"""What to ask before doses are kept: one that would not count, a warning of the rules, a pause, a vial met before."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.checks.gathering import gather
from app.checks.judging import judge
from app.children.models import Child, DoseRecord
from app.clinic.models import DoseTrace, ProductPause
from app.clinic.wording import pause_word
from app.people.actors import Actor
from forms import wording

#: The first digits of a trace code name the drug and its pack.
_DRUG_DIGITS = 7


@dataclass(frozen=True, slots=True)
class GivenDose:
    """A dose that somebody is about to keep."""

    product: str
    day: dt.date
    lot: str | None = None
    trace: str | None = None


def questions(session: Session, *, by: Actor, child: Child, doses: Sequence[GivenDose], today: dt.date) -> list[str]:
    """A sentence for everything that is odd about these doses; nothing where all is as it should be."""
    found = [*_judged(session, child, doses, today), *_paused(session, by, doses)]
    return list(dict.fromkeys([*found, *_vials(session, doses)]))


def _judged(session: Session, child: Child, doses: Sequence[GivenDose], today: dt.date) -> list[str]:
    """The record as it would be, judged: what would not count, and why."""
    inputs = gather(session, child, today)
    known = len(inputs["doses"])
    inputs["doses"] += [
        {"product": one.product, "date": one.day.isoformat(), "source": "clinic", "record": None} for one in doses
    ]
    judgement = judge(inputs)
    found = []
    for fate in judgement.assessment.doses:
        if fate.index < known:
            continue
        name = wording.product_name(doses[fate.index - known].product)
        for line, faults in fate.faults.items():
            if faults and not fate.counts_for:
                why = wording.why_uncounted(faults, judgement.case, fate.index)
                found.append(_("%(what)s（%(line)s）：%(why)s", what=name, line=wording.line_name(line), why=why))
        found += [_("%(what)s：%(why)s", what=name, why=wording.why_warned(one)) for one in fate.warnings]
        if not fate.counts_for and not any(fate.faults.values()):
            found.append(_("%(what)s：按记录不缺这一剂，记下也是多的一剂。", what=name))
    return found


def _paused(session: Session, by: Actor, doses: Sequence[GivenDose]) -> list[str]:
    wanted = select(ProductPause).where(ProductPause.center_id == by.organisation_id, ProductPause.ended_at.is_(None))
    return [
        _("%(what)s正在暂停使用（%(why)s）。", what=wording.product_name(dose.product), why=pause_word(pause.because))
        for pause in session.scalars(wanted)
        for dose in doses
        if pause.product == dose.product and pause.lot in {None, dose.lot}
    ]


def _vials(session: Session, doses: Sequence[GivenDose]) -> list[str]:
    traced = [one for one in doses if one.trace]
    found = []
    if len({one.trace for one in traced}) < len(traced):
        found.append(_("两剂写了同一个追溯码。请看是不是扫了两次同一支。"))
    for dose in traced:
        code = dose.trace or ""
        if session.scalar(select(func.count()).select_from(DoseTrace).where(DoseTrace.code == code)):
            found.append(_("追溯码尾号 %(end)s 已经记过一次。请看是不是扫错了。", end=code[-4:]))
        other = _same_drug(session, code)
        if other is not None and other != dose.product:
            what, was = wording.product_name(dose.product), wording.product_name(other)
            found.append(_("这个追溯码的药品以前记的是%(was)s，现在勾的是%(what)s。", was=was, what=what))
    return found


def _same_drug(session: Session, code: str) -> str | None:
    """What was kept the last time under the same drug number."""
    wanted = (
        select(DoseRecord.product)
        .join(DoseTrace, DoseTrace.dose_record_id == DoseRecord.id)
        .where(DoseTrace.code.startswith(code[:_DRUG_DIGITS], autoescape=True))
    )
    return session.scalar(wanted.order_by(DoseTrace.dose_record_id.desc()).limit(1))
