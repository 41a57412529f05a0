"""Takes a plan at its word: gives each dose on its day and asks the judgement what it makes of it."""

from collections.abc import Iterator
from dataclasses import replace

from rules import assess
from rules.ages import iso
from rules.law import Law
from rules.planning import Clinic, Plan, Visit
from rules.schedule import Edition
from rules.vocabulary import Assessment, Child, Dose, Doubt, LineFinding


def without_the_future(child: Child) -> Child:
    """The child with the doses that can be taken into account on the day of the check, doubts on these alone."""
    kept = [i for i, dose in enumerate(child.doses) if dose.day is None or dose.day <= child.as_of]
    doubts = tuple(
        Doubt(doubt.line, new, doubt.kind)
        for doubt in child.doubts
        for new, old in enumerate(kept)
        if doubt.dose in (None, old)
    )
    return replace(child, doses=tuple(child.doses[i] for i in kept), doubts=doubts)


def on(child: Child, day: int, edition: Edition, law: Law) -> Assessment:
    return assess(replace(child, as_of=day), edition, law)


def finding(assessment: Assessment, line: str) -> LineFinding:
    return next(one for one in assessment.lines if one.line == line)


def faults(child: Child, plan: Plan, clinic: Clinic, edition: Edition, law: Law) -> Iterator[str]:
    """Everything that is wrong with the plan, in words without a name or number of the child."""
    child = without_the_future(child)
    wanted = {line.line for line in on(child, child.as_of, edition, law).lines if line.owed}
    planned = {dose.line for visit in plan.visits for dose in visit.doses}
    left = {one.line for one in plan.left_out}
    if planned - wanted or wanted - planned - left:
        yield f"plans {sorted(planned)}, leaves {sorted(left)}, owed are {sorted(wanted)}"
    last = {dose.line: visit.day for visit in plan.visits for dose in visit.doses}
    for visit in plan.visits:
        # A line that owes nothing after its last dose may owe again by a later visit: that is no debt of today.
        going = {line for line in wanted if visit.day <= last.get(line, 0)} | left
        yield from _faults_of(visit, child, going, clinic, edition, law)
        doses = tuple(Dose(dose.product, visit.day) for dose in visit.doses)
        first = len(child.doses)
        child = replace(child, doses=child.doses + doses, as_of=visit.day)
        after = on(child, visit.day, edition, law)
        for place, dose in enumerate(visit.doses):
            if dose.line not in after.doses[first + place].counts_for:
                yield f"{dose.product} {dose.dose} on {iso(visit.day)} does not count"
        yield from _live_too_near(child, visit, law)
    days = [visit.day for visit in plan.visits]
    if days != sorted(set(days)):
        yield "visits are not in order"
    for line, day in last.items():
        owed = finding(on(_up_to(child, day), day, edition, law), line).owed
        if owed and {one.dose for one in owed} - {one.owed.dose for one in plan.left_out if one.line == line}:
            yield f"{line} is still owed on {iso(day)}, the day of its last dose"


def _up_to(child: Child, day: int) -> Child:
    return replace(child, doses=tuple(dose for dose in child.doses if dose.day is None or dose.day <= day))


def _faults_of(
    visit: Visit, child: Child, going: set[str], clinic: Clinic, edition: Edition, law: Law
) -> Iterator[str]:
    products = law.products
    injections = sum(not products[dose.product].oral for dose in visit.doses)
    if visit.day < child.as_of or clinic.opens(visit.day) != visit.day:
        yield f"{iso(visit.day)} is not open, or past"
    if injections > clinic.injections:
        yield f"{injections} injections on {iso(visit.day)}"
    given = {dose.line: dose for dose in visit.doses}
    if len(given) != len(visit.doses):
        yield f"two doses of one line on {iso(visit.day)}"
    for line in on(child, visit.day, edition, law).lines:
        if not line.owed or line.line not in going:
            continue
        owed = line.owed[0]
        dose = given.pop(line.line, None)
        if dose and ((dose.product, dose.dose) != (owed.product, owed.dose) or owed.earliest > visit.day):
            yield f"{dose.product} {dose.dose} is not what is owed on {iso(visit.day)}"
        if dose is None and owed.earliest <= visit.day:
            live = products[owed.product].live_injected
            if line.line == "MMR" or products[owed.product].oral or not (live or injections == clinic.injections):
                yield f"{owed.product} could have been given on {iso(visit.day)}"
    for dose in given.values():
        yield f"{dose.product} {dose.dose} is not owed on {iso(visit.day)}"


def _live_too_near(child: Child, visit: Visit, law: Law) -> Iterator[str]:
    products = law.products
    for dose in visit.doses:
        if products[dose.product].live_injected:
            for other in child.doses:
                if (
                    other.day is not None
                    and products[other.product].live_injected
                    and other.product != dose.product
                    and 0 < visit.day - other.day < 28
                ):
                    yield f"{dose.product} {visit.day - other.day} days after {other.product}"
