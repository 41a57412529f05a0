"""Sentences that say why: what a dose was weighed by, why a line stands as it does, what a debt rests on."""

from collections.abc import Mapping

from forms.translating import translate as _
from forms.wording.names import dose_number, product_name
from forms.wording.reasons import why_uncounted
from forms.wording.spans import age_in_words, span_of_age, span_of_time
from rules.ages import Day, iso
from rules.explaining import DoseTrace, LineTrace, Outcome, Trace
from rules.vocabulary import Child, Comparison, DoseWarning, Floor, Owed, Reason, Result, Status, Verdict

#: A step of an explanation: the sentence, and the clause or reading behind it (empty where it is a plain fact).
Step = tuple[str, str]


def why_result(trace: Trace, names: Mapping[str, str]) -> str:
    """How the verdict comes from the lines, and the result from the verdict; `names`: of the lines."""
    lines = _("、").join(names[code] for code in trace.decisive)
    verdicts = {
        Verdict.CATCH_UP: _("%(lines)s有应种而没有记录的剂次，所以要补种。", lines=lines),
        Verdict.REVIEW: _("%(lines)s的记录要先核实，才知道欠不欠。", lines=lines),
        Verdict.WAIVED: _("没有要补的；%(lines)s按规定不再种。", lines=lines),
        Verdict.COMPLETE: _("每一种疫苗到这一天应种的都有记录。"),
    }
    said = verdicts[trace.verdict]
    if trace.result is Result.NO_CERTIFICATE:
        return said + _("没有见到接种证，结果先记“无接种证”。")
    if trace.result is Result.REVIEW and trace.verdict is not Verdict.REVIEW:
        return said + _("接种单位的评估与这里的判断不一样，结果记“需核实”，以接种单位的为准。")
    return said


def why_status(line: LineTrace) -> Step:
    """Why the line stands as it does."""
    finding, counted = line.finding, line.counted
    match finding.status:
        case Status.COMPLETE:
            return _("能计入的有 %(n)s 剂，已经够了，以后也不用再种。", n=counted), line.asks_by
        case Status.UP_TO_DATE:
            if finding.next is None:
                return _("到这一天不欠。"), line.asks_by
            what = f"{product_name(finding.next.product)} {dose_number(finding.next.dose)}"
            day = iso(finding.next.from_day)
            return _("到这一天不欠，下一剂是%(what)s，%(day)s 起。", what=what, day=day), line.asks_by
        case Status.OWED:
            return _("能计入的有 %(n)s 剂，还欠 %(k)s 剂。", n=counted, k=len(finding.owed)), line.asks_by
        case Status.REVIEW:
            return (
                _(
                    "能计入的有 %(n)s 剂；有 %(m)s 剂没有计入，如果核实了，这一种可能不欠，所以先不说欠 %(k)s 剂。",
                    n=counted,
                    m=len(line.holding),
                    k=len(finding.owed),
                ),
                line.asks_by,
            )
        case Status.CLOSED:
            return _("没有种齐，已经超过能补种的年龄，不再种。"), line.asks_by
        case _:
            if line.live_avoided:
                return _("接种单位判定不种活疫苗，这一种只有活疫苗，所以不欠。"), "R34"
            return _("接种单位判定暂不接种或不接种，有效期内不欠。"), ""


def fact_word(fact: str) -> str:
    """What a judgement rests on beside the doses."""
    words = {"birth": _("出生日期"), "as_of": _("查验日"), "edition": _("依据"), "digest": _("规则数据指纹")}
    return words[fact]


def warning_clause(warning: DoseWarning) -> str:
    """The reading by which a dose counts although something is to be noted."""
    clauses = {
        DoseWarning.LIVE_INTERVAL: "R20",
        DoseWarning.SHORT_INTERVAL: "R18",
        DoseWarning.PRODUCT_WITHDRAWN: "R22",
    }
    return clauses[warning]


def outcome_of(dose: DoseTrace) -> str:
    """The result for one dose, in a few words."""
    if dose.outcome is Outcome.COUNTED:
        return _("计为%(dose)s", dose=dose_number(dose.number or 0))
    return _("没有计入") if dose.outcome is Outcome.REFUSED else _("另外多种的，不影响")


def steps_of_dose(dose: DoseTrace, line: LineTrace, child: Child) -> list[Step]:
    """What the dose was weighed by, one comparison after the other, with the numbers."""
    steps: list[Step] = []
    if dose.taken_for:
        taken = product_name(dose.taken_for.product)
        steps.append((_("按接种日期认作%(taken)s。", taken=taken), dose.taken_for.citation))
    numbers = {one.dose.day: one.number for one in line.doses if one.number is not None}
    steps += [(_compared(one, numbers, child), one.citation) for one in dose.comparisons]
    if dose.faults and not dose.comparisons:
        steps.append((why_uncounted(dose.faults, child, dose.index, dose.doubts), dose.faults[0].citation or ""))
    if dose.outcome is Outcome.COUNTED and not dose.comparisons:
        steps.append((_("有日期，在出生以后，就计入。"), line.counts_by))
    return steps


def steps_of_owed(owed: Owed, line: LineTrace, child: Child) -> list[Step]:
    """What an owed dose rests on: its age, what it waits for, and since when it is late."""
    given = {one.dose.day for one in line.doses}
    steps = [(_floor(floor, child, given), floor.citation) for floor in owed.floors]
    waiting = owed.earliest > child.as_of
    day, as_of = iso(owed.earliest), iso(child.as_of)
    if waiting:
        steps.append((_("最早 %(day)s，晚于查验日 %(as_of)s，还没到间隔。", day=day, as_of=as_of), ""))
    elif len(owed.floors) > 1:
        steps.append((_("最早 %(day)s，不晚于查验日 %(as_of)s，现在就能种。", day=day, as_of=as_of), ""))
    if owed.overdue_from is not None and child.as_of >= owed.overdue_from and not waiting:
        steps.append((_("应在 %(day)s 前种，已过月龄。", day=iso(owed.overdue_from)), owed.because[0]))
    return steps


def _compared(one: Comparison, numbers: Mapping[Day | None, int | None], child: Child) -> str:
    if one.reason is Reason.TOO_SOON:
        return _interval(one, numbers)
    age, needed, ready = age_in_words(child.birth, one.day), span_of_age(one.needed), iso(one.ready)
    if one.reason is Reason.TOO_OLD:
        return _("接种时 %(age)s，已到 %(needed)s（%(ready)s），不再计入。", age=age, needed=needed, ready=ready)
    if not one.needed.months and not one.needed.days:
        return _("出生起就可种。")
    if one.met:
        return _("接种时 %(age)s，已满 %(needed)s。", age=age, needed=needed)
    return _("接种时 %(age)s，不满 %(needed)s（%(ready)s 才满）。", age=age, needed=needed, ready=ready)


def _interval(one: Comparison, numbers: Mapping[Day | None, int | None]) -> str:
    before = numbers.get(one.since)
    values = {
        "this": dose_number(one.slot or 0),
        "before": dose_number(before) if before else _("%(day)s 那剂", day=iso(one.since)),
        "days": one.day - one.since,
        "needed": span_of_time(one.needed),
        "ready": iso(one.ready),
    }
    if one.met:
        return _("%(this)s与%(before)s间隔 %(days)s 天，不少于 %(needed)s。", **values)
    if one.needed.months:
        return _("%(this)s与%(before)s间隔 %(days)s 天，少于 %(needed)s（%(ready)s 才够）。", **values)
    return _("%(this)s与%(before)s间隔 %(days)s 天，少于 %(needed)s。", **values)


def _floor(floor: Floor, child: Child, given: set[Day | None]) -> str:
    since, day, span = iso(floor.since), iso(floor.day), span_of_time(floor.span)
    if floor.kind == "age":
        if floor.day == child.birth:
            return _("出生后就应该种。")
        return _("满 %(age)s应种，%(day)s 起。", age=span_of_age(floor.span), day=day)
    if floor.kind == "live":
        return _("与 %(since)s 注射的活疫苗要隔 %(span)s，%(day)s 起。", since=since, span=span, day=day)
    if floor.since not in given:
        return _("前一剂如果 %(since)s 种，再隔 %(span)s，%(day)s 起。", since=since, span=span, day=day)
    return _("与 %(since)s 那剂要隔 %(span)s，%(day)s 起。", since=since, span=span, day=day)
