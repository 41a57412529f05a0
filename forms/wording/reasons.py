"""Sentences for every owed and every uncounted dose: what is on record, what the law asks, with the numbers."""

from forms.translating import translate as _
from forms.wording.names import dose_number, doubt_word
from forms.wording.spans import age_in_words, span_of_age, span_of_time
from rules.ages import iso
from rules.vocabulary import Child, DoseWarning, DoubtKind, Fault, Floor, Owed, Reason, State


def why_owed(owed: Owed, counted: int, after: Owed | None = None) -> str:
    """Why a dose is owed when `counted` doses of its line are on record; `after`: the owed dose before it."""
    if after is not None:
        return _following(owed, after)
    parts = [_record(owed, counted)]
    if owed.condition:
        parts.append(condition_word(owed.condition))
    waiting = _waiting(owed)
    if waiting:
        parts.append(waiting)
    return "".join(parts)


def condition_word(condition: str | None) -> str:
    """What must be known before a dose is given; empty where nothing is asked."""
    return _("满 3 月龄的，先做结核菌素（PPD）试验，阴性才种。") if condition == "ppd_negative" else ""


def why_uncounted(faults: tuple[Fault, ...], child: Child, index: int, doubts: tuple[DoubtKind, ...] = ()) -> str:
    """Why the dose with this index does not count, in one sentence."""
    reason = faults[0].reason
    if reason in (Reason.TOO_YOUNG, Reason.TOO_SOON):
        return _measured(faults, child, index)
    if reason is Reason.DOUBTED:
        kinds = _("、").join(dict.fromkeys(doubt_word(kind) for kind in doubts)) or _("有人存疑")
        return _("这一剂%(kinds)s，核实前先不计入。", kinds=kinds)
    if reason is Reason.UNDATED and child.doses[index].source == "guardian":
        return _("只凭家长回忆，没有准确日期，按没有记录处理。")
    words = {
        Reason.TOO_OLD: _("A 群流脑疫苗只种到 24 月龄前，这一剂不计入，也不要紧。"),
        Reason.DUPLICATE: _("同一天已经记了同类疫苗，只计一剂。"),
        Reason.WRONG_PRODUCT: _("2019-10-01 起出生的要种麻腮风，成分不全的不计入。"),
        Reason.UNDATED: _("没有能认出的接种日期，请家长到接种单位查。"),
        Reason.BEFORE_BIRTH: _("日期早于出生日期，请看是不是写错了。"),
        Reason.IN_FUTURE: _("日期还没到，请看年份是不是写错了。"),
    }
    return words[reason]


def why_warned(warning: DoseWarning) -> str:
    """What to know of a dose that counts all the same."""
    words = {
        DoseWarning.LIVE_INTERVAL: _("与前一种注射的活疫苗相隔不到 28 天，仍然计入。"),
        DoseWarning.SHORT_INTERVAL: _("与前面的 A 群流脑间隔偏短，仍然计入。"),
        DoseWarning.PRODUCT_WITHDRAWN: _("三价脊灰疫苗 2016-05-01 起已停用，按二价认定。"),
    }
    return words[warning]


def _record(owed: Owed, counted: int) -> str:
    age = span_of_age(owed.age)
    if owed.type2_dose and counted:
        return _(
            "记录里能计入的有 %(n)s 剂，含Ⅱ型的只有 %(k)s 剂，要补含Ⅱ型的%(dose)s。",
            n=counted,
            k=owed.type2_dose - 1,
            dose=dose_number(owed.type2_dose),
        )
    if owed.age.months == 0 and owed.age.days == 0:
        return _("没有记录，出生后就应该种。")
    if counted == 0 and owed.dose == 1:
        return _("没有记录，满 %(age)s应种（%(day)s 起）。", age=age, day=iso(owed.scheduled))
    return _(
        "记录里能计入的有 %(n)s 剂，满 %(age)s应种%(dose)s（%(day)s 起）。",
        n=counted,
        age=age,
        dose=dose_number(owed.dose),
        day=iso(owed.scheduled),
    )


def _following(owed: Owed, after: Owed) -> str:
    """A dose whose earliest day rests on the owed dose before it."""
    floor = max(owed.floors, key=lambda one: one.day)
    if floor.kind in ("age", "live"):
        return _("%(before)s以后再种。", before=dose_number(after.dose)) + _floor(floor)
    return _(
        "%(before)s如果 %(since)s 种，再隔 %(span)s，%(day)s 起可种。",
        before=dose_number(after.dose),
        since=iso(floor.since),
        span=span_of_time(floor.span),
        day=iso(floor.day),
    )


def _waiting(owed: Owed) -> str:
    """What an owed dose still waits for, if it does."""
    if owed.state is not State.WAITING:
        return ""
    floor = max(owed.floors, key=lambda one: one.day)
    return _floor(floor)


def _floor(floor: Floor) -> str:
    span, since, day = span_of_time(floor.span), iso(floor.since), iso(floor.day)
    if floor.kind == "live":
        return _("与 %(since)s 注射的活疫苗要隔 %(span)s，%(day)s 起可种。", span=span, since=since, day=day)
    if floor.kind == "age":
        return _("%(day)s 起可种。", day=day)
    return _("与前一剂（%(since)s）要隔 %(span)s，%(day)s 起可种。", span=span, since=since, day=day)


def _measured(faults: tuple[Fault, ...], child: Child, index: int) -> str:
    """An age or intervals that were not reached, with what was and what was asked."""
    day = child.doses[index].day
    assert day is not None
    parts = []
    for fault in faults:
        assert fault.needed is not None
        assert fault.since is not None
        if fault.reason is Reason.TOO_YOUNG:
            parts.append(
                _(
                    "接种时 %(age)s，要满 %(needed)s",
                    age=age_in_words(child.birth, day),
                    needed=span_of_age(fault.needed),
                )
            )
        else:
            parts.append(
                _(
                    "距 %(since)s 那剂 %(days)s 天，要满 %(needed)s",
                    since=iso(fault.since),
                    days=day - fault.since,
                    needed=span_of_time(fault.needed),
                )
            )
    number = faults[0].slot
    start = _("按第 %(n)s 剂算，", n=number) if number else ""
    return start + _("；").join(parts) + _("，所以先不计入。")
