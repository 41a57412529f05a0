"""Sentences of a catch-up plan: why a dose is not given earlier, and why one has no day at all."""

from forms.translating import translate as _
from forms.wording.names import dose_number, product_name
from forms.wording.spans import span_of_age, span_of_time
from rules.ages import Day, iso
from rules.planning import Held, LeftOut, PlannedDose
from rules.vocabulary import Status


def why_not_earlier(dose: PlannedDose, day: Day, injections: int) -> str:
    """Why the dose is given on `day` and not before; empty where it could not be earlier than at once.

    `injections`: how many the clinic gives at one visit.
    """
    match dose.held:
        case Held.NOTHING:
            return ""
        case Held.CLOSED:
            return _ready(dose) + _("那时接种单位不接种，排到下一个接种日。")
        case Held.FULL:
            full = iso(dose.since or day)
            return _ready(dose) + _("%(full)s 那次已经打 %(n)s 针，排到下一次。", full=full, n=injections)
        case Held.TOGETHER:
            return _ready(dose) + _("等几天和别的疫苗一起种，少跑一趟。")
        case _:
            return _ready(dose)


def why_left_out(one: LeftOut) -> str:
    """Why an owed dose has no visit."""
    what = f"{product_name(one.owed.product)} {dose_number(one.owed.dose)}"
    until = iso(one.until)
    if one.afterwards is Status.CLOSED:
        return _("%(what)s：到 %(until)s 就超过年龄，之前排不进，不再种。", what=what, until=until)
    if one.afterwards is Status.OWED:
        return _("%(what)s：到 %(until)s 改种别的剂次，之前排不进。", what=what, until=until)
    return _("%(what)s：到 %(until)s 就不用再种。", what=what, until=until)


def _ready(dose: PlannedDose) -> str:
    """From which day on the dose can be given, and what it waits for until then."""
    floor, ready = dose.floor, iso(dose.ready)
    if floor is None or floor.day != dose.ready:
        return _("%(ready)s 起可种。", ready=ready)
    if floor.kind == "age":
        return _("满 %(age)s才种，%(ready)s 起可种。", age=span_of_age(floor.span), ready=ready)
    since, span = iso(floor.since), span_of_time(floor.span)
    if floor.kind == "live":
        return _("与 %(since)s 的另一种活疫苗要隔 %(span)s，%(ready)s 起可种。", since=since, span=span, ready=ready)
    return _("与 %(since)s 那剂要隔 %(span)s，%(ready)s 起可种。", since=since, span=span, ready=ready)
