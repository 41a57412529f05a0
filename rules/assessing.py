"""Judges a child: every line, the verdict of the doses, and the result that the school reports."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from typing import Any

from rules.ages import Day
from rules.compiling import national
from rules.forecasting import Projector
from rules.law import Law, LineLaw
from rules.lines import mmr
from rules.lines.forecast import Forecast
from rules.record import Record
from rules.schedule import Edition, Product
from rules.vocabulary import (
    Assessment,
    CertificateState,
    Child,
    ClinicResult,
    DoseFate,
    DoseWarning,
    Fault,
    LineFinding,
    Reason,
    Result,
    Source,
    Status,
    Verdict,
)

Entry = tuple[Day, int, int, Product]


def assess(child: Child, edition: Edition | None = None, law: Law | None = None) -> Assessment:
    """Judge the child on `child.as_of` under the edition (by default the one in force that day).

    Raises UnknownEditionError for a day before the first edition when none is named.
    """
    law = law or national()
    edition = edition or law.edition_on(child.as_of)
    fates = fates_of(child)
    entries, undated, live = sort_doses(child, law, fates)
    projector = _projector(child, law, live)
    lines = tuple(
        [
            _judge_line(line, child, edition, entries.get(line.code), undated, projector, fates, law)
            for line in law.lines
        ]
    )
    verdict = _verdict(lines)
    return Assessment(edition.id, law.digest, verdict, _result(child, verdict), lines, tuple(fates), child)


def fates_of(child: Child) -> list[DoseFate]:
    """The fates of the child's doses, of which nothing is known yet."""
    return [DoseFate(index, {}, {}, []) for index in range(len(child.doses))]


def sort_doses(
    child: Child, law: Law, fates: Sequence[DoseFate]
) -> tuple[dict[str, list[Entry]], set[str], list[tuple[Day, str]]]:
    """The doses of each line, the lines with an undated dose that asks for a look, and the injected live doses."""
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    undated: set[str] = set()
    live: list[tuple[Day, str, int]] = []
    birth, as_of, products, places = child.birth, child.as_of, law.products, law.places
    for index, dose in enumerate(child.doses):
        product = products[dose.product]
        day = dose.day
        if day is None or not birth <= day <= as_of:
            reason = _unusable(day, child)
            for line in product.feeds:
                fates[index].faults[line] = (Fault(reason),)
            if reason is Reason.UNDATED and dose.source is not Source.GUARDIAN:
                undated.update(product.feeds)
            continue
        if product.live_injected:
            live.append((day, product.code, index))
        read = _reread(product, day, law, fates[index]) if product.read_as else product
        for line, rank in places[product.code]:
            entries[line].append((day, rank, index, read))
    if len(live) > 1:
        _warn_live_intervals(live, law, fates)
    return entries, undated, [(day, code) for day, code, _ in live]


def _unusable(day: Day | None, child: Child) -> Reason:
    if day is None:
        return Reason.UNDATED
    return Reason.BEFORE_BIRTH if day < child.birth else Reason.IN_FUTURE


def _reread(product: Product, day: Day, law: Law, fate: DoseFate) -> Product:
    """What a recorded product is taken for on that day (R5, R22)."""
    for reading in product.read_as:
        if (reading.from_day is None or day >= reading.from_day) and (reading.before is None or day < reading.before):
            if reading.warning:
                fate.warnings.append(DoseWarning(reading.warning))
            return law.products[reading.product]
    return product


def _warn_live_intervals(live: list[tuple[Day, str, int]], law: Law, fates: Sequence[DoseFate]) -> None:
    """The later of two injected live doses that are too near, but not on one day, carries a warning (R20)."""
    live.sort()
    before = -1
    today = live[0][0]
    for day, _code, index in live:
        if day != today:
            before, today = today, day
        if before > 0 and day < law.live_interval.after(before):
            fates[index].warnings.append(DoseWarning.LIVE_INTERVAL)


def _projector(child: Child, law: Law, live: list[tuple[Day, str]]) -> Projector:
    def latest_live(product: str) -> Day | None:
        return max((day for day, code in live if code != product), default=None)

    return Projector(child.birth, child.as_of, law.live_codes, latest_live, law.live_interval, law.live_citation)


def _judge_line(
    line: LineLaw,
    child: Child,
    edition: Edition,
    entries: list[Entry] | None,
    undated: set[str],
    projector: Projector,
    fates: Sequence[DoseFate],
    law: Law,
) -> LineFinding:
    record, progress = walk(line, child, entries, fates)
    forecast = line.thinking.forecast(record, progress, child, line.owed_rule(edition, child.birth), line.gap)
    owed, following = projector.project(forecast.steps, forecast.anchors) if forecast.steps else ((), None)
    if not forecast.closed and not owed and following is None:
        status = Status.COMPLETE
    elif forecast.closed or child.as_of >= law.ends_at.after(child.birth):
        status = Status.CLOSED
    elif not owed:
        return LineFinding(line.code, Status.UP_TO_DATE, (), following)
    elif line.code in child.exempt or (child.avoid_live and line.exempt_when_live_avoided):
        status = Status.EXEMPT
    else:
        status = Status.REVIEW if record.suspect or line.code in undated else Status.OWED
        return LineFinding(line.code, status, owed, None)
    return LineFinding(line.code, status, (), None)


def walk(
    line: LineLaw, child: Child, entries: list[Entry] | None, fates: Sequence[DoseFate], *, told: bool = False
) -> tuple[Record, Any]:
    """The line's doses judged, their fates written, and how far they bring it. `told`: keep every comparison."""
    record = Record(line.code, fates, told=told)
    rules = line.given_rules(child.birth)
    if entries:
        shares = line.thinking is mmr and mmr.shares_a_day(rules)
        record.take(entries, _doubted(line.code, child) if child.doubts else None, shares)
    return record, line.thinking.judge(record, child, rules)


def outlook(child: Child, codes: Collection[str], edition: Edition, law: Law) -> tuple[dict[str, Forecast], Projector]:
    """The steps that these lines still want, and what projects them: what a plan is made of."""
    fates = fates_of(child)
    entries, _undated, live = sort_doses(child, law, fates)
    forecasts = {}
    for line in law.lines:
        if line.code in codes:
            record, progress = walk(line, child, entries.get(line.code), fates)
            rule = line.owed_rule(edition, child.birth)
            forecasts[line.code] = line.thinking.forecast(record, progress, child, rule, line.gap)
    return forecasts, _projector(child, law, live)


def _doubted(line: str, child: Child) -> Callable[[int], bool] | None:
    """Whether a dose stands under a doubt for the line; None when no dose does."""
    doubts = [doubt.dose for doubt in child.doubts if doubt.line == line]
    if not doubts:
        return None
    if None in doubts:
        return lambda index: True
    return lambda index: index in doubts


def _verdict(lines: tuple[LineFinding, ...]) -> Verdict:
    statuses = {line.status for line in lines}
    if Status.OWED in statuses:
        return Verdict.CATCH_UP
    if Status.REVIEW in statuses:
        return Verdict.REVIEW
    if Status.EXEMPT in statuses or Status.CLOSED in statuses:
        return Verdict.WAIVED
    return Verdict.COMPLETE


def _result(child: Child, verdict: Verdict) -> Result:
    """The certificate first, then whatever must be looked at, then the verdict."""
    if child.certificate in (CertificateState.ABSENT, CertificateState.BEING_REPLACED):
        return Result.NO_CERTIFICATE
    if verdict is Verdict.REVIEW:
        return Result.REVIEW
    owed = verdict is Verdict.CATCH_UP
    if child.clinic_result is not ClinicResult.NONE and owed != (child.clinic_result is ClinicResult.CATCH_UP):
        return Result.REVIEW
    return Result(verdict.value)
