"""A second, independent implementation of the immunisation rules.

It exists to disagree with the first one: it shares no code and no tables with
it and prefers the plainest wording of each rule over speed.

    judge(child, edition=None) -> dict        one child, already parsed
    python judgement.py [--edition nip-2021] < children.jsonl > out.jsonl

Only product codes are understood, no aliases.  The plan, the digest of the
rules and the `because` of owed doses are left out.  Comments of the form "R9"
name a numbered reading; words in quotation marks are the wording followed.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta

# --------------------------------------------------------------------------
# Catalogue
# --------------------------------------------------------------------------

LINES = ("BCG", "HepB", "Polio", "DTP", "MMR", "JE", "Men", "HepA")

# "A product feeds one or more lines".  HPV is data only (R2): it is stored and
# never judged, so here it feeds nothing.
FEEDS = {
    "BCG": ("BCG",),
    "HepB": ("HepB",),
    "IPV": ("Polio",),
    "bOPV": ("Polio",),
    "tOPV": ("Polio",),
    "OPV": ("Polio",),
    "DTaP": ("DTP",),
    "DTwP": ("DTP",),
    "DTaP-Hib": ("DTP",),
    "DTaP-IPV/Hib": ("DTP", "Polio"),
    "DTaP-IPV": ("DTP", "Polio"),
    "DTaP-IPV-HepB/Hib": ("DTP", "Polio", "HepB"),
    "DT": ("DTP",),
    "MMR": ("MMR",),
    "MMRV": ("MMR",),
    "MR": ("MMR",),
    "MM": ("MMR",),
    "MV": ("MMR",),
    "RV-rubella": ("MMR",),
    "Mu": ("MMR",),
    "JE-L": ("JE",),
    "JE-I": ("JE",),
    "MPSV-A": ("Men",),
    "MPSV-AC": ("Men",),
    "MPCV-AC": ("Men",),
    "MPCV-AC/Hib": ("Men",),
    "MPSV-ACYW": ("Men",),
    "MPCV-ACYW": ("Men",),
    "HepA-L": ("HepA",),
    "HepA-I": ("HepA",),
    "HepAB": ("HepA", "HepB"),
    "HPV2": (),
    "HPV4": (),
    "HPV9": (),
    "Var": (),
    "Hib": (),
    "RV": (),
    "PCV13": (),
    "PPV23": (),
    "IIV": (),
    "LAIV": (),
    "EV71": (),
    "RabV": (),
    "HepE": (),
    "COVID": (),
    "Td": (),
    "Tdap": (),
    "other": (),
    "other-live": (),
}

# The injected live products.
INJECTED_LIVE = {
    "BCG",
    "MMR",
    "MMRV",
    "MR",
    "MM",
    "MV",
    "RV-rubella",
    "Mu",
    "JE-L",
    "HepA-L",
    "Var",
    "other-live",
}

# "Two doses of one line on one date count once ... Order: ...; then the order
# of entry."
SAME_DAY_ORDER = {
    "BCG": ("BCG",),
    "HepB": ("DTaP-IPV-HepB/Hib", "HepAB", "HepB"),
    "Polio": ("DTaP-IPV-HepB/Hib", "DTaP-IPV/Hib", "DTaP-IPV", "IPV", "tOPV", "OPV", "bOPV"),
    "DTP": ("DTaP-IPV-HepB/Hib", "DTaP-IPV/Hib", "DTaP-IPV", "DTaP-Hib", "DTaP", "DTwP", "DT"),
    "MMR": ("MMRV", "MMR", "MR", "MM", "MV", "RV-rubella", "Mu"),
    "JE": ("JE-L", "JE-I"),
    "Men": ("MPCV-ACYW", "MPSV-ACYW", "MPCV-AC/Hib", "MPCV-AC", "MPSV-AC", "MPSV-A"),
    "HepA": ("HepA-L", "HepAB", "HepA-I"),
}

COMPONENTS = {
    "MMRV": {"M", "R", "Mu"},  # "MMRV as MMR"
    "MMR": {"M", "R", "Mu"},
    "MR": {"M", "R"},
    "MM": {"M", "Mu"},
    "MV": {"M"},
    "RV-rubella": {"R"},
    "Mu": {"Mu"},
}

IPV_CONTAINING = {"IPV", "DTaP-IPV/Hib", "DTaP-IPV", "DTaP-IPV-HepB/Hib"}
DTAP_WITH_IPV = {"DTaP-IPV/Hib", "DTaP-IPV", "DTaP-IPV-HepB/Hib"}
MEN_CONJUGATE = {"MPCV-AC", "MPCV-AC/Hib", "MPCV-ACYW"}
MEN_POLYSACCHARIDE_AC = {"MPSV-AC", "MPSV-ACYW"}

TOPV_WITHDRAWN = date(2016, 5, 1)
DTAP_CHANGE = date(2025, 1, 1)
MMR_TWO_DOSE_COHORT = date(2019, 10, 1)
DTAP_2025_OLD_COHORT_LAST_BIRTH = date(2018, 1, 1)

EDITIONS = (
    ("nip-2021", date(2021, 3, 1)),
    ("dtap-2025", date(2025, 1, 1)),
    ("nip-2026", date(2026, 6, 17)),  # R1: the date of issue
)

CERTIFICATES = ("present", "absent", "being_replaced", "replaced", "doubtful")
SOURCES = ("booklet", "registry", "clinic", "guardian")

REASON_ORDER = (
    "too_young",
    "too_soon",
    "too_old",
    "duplicate",
    "wrong_product",
    "doubted",
    "undated",
    "before_birth",
    "in_future",
)

# --------------------------------------------------------------------------
# Dates
# --------------------------------------------------------------------------


def months_after(day: date, months: int) -> date:
    """The same day of month; where it does not exist, the 1st of the following month (R3)."""
    count = day.year * 12 + (day.month - 1) + months
    year, month = count // 12, count % 12 + 1
    try:
        return date(year, month, day.day)
    except ValueError:
        count += 1
        return date(count // 12, count % 12 + 1, 1)


def years_after(day: date, years: int) -> date:
    return months_after(day, 12 * years)


def days_after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def readable_date(text) -> date | None:
    """'A readable date is exactly YYYY-MM-DD and a calendar date; anything else is unreadable.'"""
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date(int(text[:4]), int(text[5:7]), int(text[8:]))
    except ValueError:
        return None


# --------------------------------------------------------------------------
# What the functions hand to each other
# --------------------------------------------------------------------------


@dataclass
class Dose:
    index: int
    product: str
    date: date | None
    source: str
    counts_for: dict = field(default_factory=dict)
    reasons: dict = field(default_factory=dict)
    warnings: list = field(default_factory=list)

    def count(self, line: str, number: int) -> None:
        self.counts_for[line] = number

    def refuse(self, line: str, *reasons: str) -> None:
        self.reasons[line] = sorted(reasons, key=REASON_ORDER.index)

    def warn(self, warning: str) -> None:
        if warning not in self.warnings:
            self.warnings.append(warning)


@dataclass
class Child:
    birth: date
    as_of: date
    edition: str
    doses: list
    in_range: list  # doses with birth <= date <= as_of, duplicates included
    exposed_under_2000g: bool
    avoid_live: bool
    exempt: set
    doubted: set  # pairs (line, index of the dose)

    def age(self, months: int) -> date:
        """The day on which the child reaches this age.  No grace days (R4)."""
        return months_after(self.birth, months)

    def years(self, years: int) -> date:
        return years_after(self.birth, years)

    def reached(self, day: date) -> bool:
        return self.as_of >= day

    def is_doubted(self, line: str, dose: Dose) -> bool:
        return (line, dose.index) in self.doubted


NEVER = date.max
ALWAYS = date.min


@dataclass
class Wanted:
    """A dose that is still to be given, with the first day on which it may be given."""

    product: str
    number: int
    scheduled: date  # the age part only; intervals move `earliest`
    earliest: date
    overdue_from: date
    condition: str | None = None


@dataclass
class Outcome:
    complete: bool
    owed: list = field(default_factory=list)
    next: Wanted | None = None
    closed: bool = False


def latest_of(*days: date | None) -> date | None:
    known = [d for d in days if d is not None]
    return max(known) if known else None


def last_date(doses) -> date | None:
    return max((d.date for d in doses), default=None)


def live_floor(child: Child, product: str) -> date | None:
    """'an owed live dose is never earlier than 28 d after the latest live dose of another product'"""
    if product not in INJECTED_LIVE:
        return None
    other = [d for d in child.in_range if d.product in INJECTED_LIVE and d.product != product]
    latest = last_date(other)
    return days_after(latest, 28) if latest else None


def given_on(child: Child, wanted: Wanted) -> date:
    """'a later owed dose is projected from max(as_of, earliest) of the one before it'"""
    return max(child.as_of, wanted.earliest)


def split_owed(child: Child, sequence: list) -> Outcome:
    """Owed: 'scheduled age has been reached on as_of and which no counted dose fills' (R8).

    `sequence` holds every dose still to come, in order; what is not owed yet is `next`.
    """
    owed = []
    for wanted in sequence:
        if not child.reached(wanted.scheduled):
            break
        owed.append(wanted)
    upcoming = sequence[0] if sequence and not owed else None
    return Outcome(complete=not sequence, owed=owed, next=upcoming)


# --------------------------------------------------------------------------
# Duplicates
# --------------------------------------------------------------------------


def keep_one_a_day(child: Child, line: str) -> tuple[list, dict]:
    """The doses of a line, one a day, sorted; the others become `duplicate`.

    'the winner is chosen before anything is judged' - so doubts play no part.
    Only doses with birth <= date <= as_of take part.  For the older MMR cohort
    the second value tells which components each kept dose counts for.
    """
    older_mmr = line == "MMR" and child.birth < MMR_TWO_DOSE_COHORT
    order = SAME_DAY_ORDER[line]
    feeding = [d for d in child.in_range if line in FEEDS[d.product]]
    feeding.sort(key=lambda d: (d.date, order.index(d.product), d.index))
    kept, adds, seen_today = [], {}, set()
    today = None
    for dose in feeding:
        if dose.date != today:
            today = dose.date
            kept.append(dose)
            seen_today = set(COMPONENTS.get(dose.product, ()))
            adds[dose.index] = set(seen_today)
            continue
        # "In the MMR line of the older cohort a second product on the same day
        # counts for the components that it adds, and is duplicate if it adds none."
        new = COMPONENTS.get(dose.product, set()) - seen_today if older_mmr else set()
        if new:
            kept.append(dose)
            adds[dose.index] = new
            seen_today |= new
        else:
            dose.refuse(line, "duplicate")
    return kept, adds


def set_aside_doubted(child: Child, line: str, kept: list) -> list:
    """A doubted dose 'gets doubted for that line, no other reason, and does not count'."""
    fit = []
    for dose in kept:
        if child.is_doubted(line, dose):
            dose.refuse(line, "doubted")
        else:
            fit.append(dose)
    return fit


# --------------------------------------------------------------------------
# BCG
# --------------------------------------------------------------------------


def line_bcg(child: Child) -> Outcome:
    kept, _ = keep_one_a_day(child, "BCG")
    fit = set_aside_doubted(child, "BCG", kept)
    if fit:
        fit[0].count("BCG", 1)  # "Any dose counts."  Later ones are extra.
        return Outcome(complete=True)
    if child.reached(child.years(4)):
        # R26: "3周岁" lasts to the day before the 4th birthday.
        return Outcome(complete=False, closed=True)
    # R9: "(... BCG: none)": no 28 d from the latest dose of the line itself.
    earliest = latest_of(child.birth, live_floor(child, "BCG"))
    if child.reached(child.age(3)):
        wanted = Wanted("BCG", 1, child.birth, earliest, ALWAYS, "ppd_negative")
    else:
        wanted = Wanted("BCG", 1, child.birth, earliest, NEVER)  # "< 3月 owed, overdue never"
    return split_owed(child, [wanted])


# --------------------------------------------------------------------------
# HepB
# --------------------------------------------------------------------------


def line_hepb(child: Child) -> Outcome:
    kept, _ = keep_one_a_day(child, "HepB")
    fit = set_aside_doubted(child, "HepB", kept)

    if child.exposed_under_2000g:
        ages = (child.age(1), child.age(2), child.age(7))  # "then slots at 1, 2, 7月"
        # "the first dose not doubted, if before 1月, is outside the series and gets no reason"
        if fit and fit[0].date < child.age(1):
            fit = fit[1:]
        overdue = (child.age(12),) * 3  # "all to be complete by 12月"
    else:
        ages = (child.birth, child.age(1), child.age(6))
        overdue = (days_after(child.birth, 1), child.age(12), child.age(12))

    counted: list[date] = []
    for dose in fit:
        slot = len(counted)
        if slot == 3:
            continue  # extra
        reasons = []
        if dose.date < ages[slot]:
            reasons.append("too_young")
        if slot == 1 and dose.date < days_after(counted[0], 28):
            reasons.append("too_soon")
        if slot == 2 and (dose.date < days_after(counted[1], 60) or dose.date < months_after(counted[0], 4)):
            reasons.append("too_soon")
        if reasons:
            dose.refuse("HepB", *reasons)
        else:
            counted.append(dose.date)
            dose.count("HepB", len(counted))

    # Forecast.  R9: from the latest dose given, counted or not; 28 d at least;
    # "only d1–d3 of HepB" is measured from the counted (or projected) d1.
    latest = last_date(kept)
    first = counted[0] if counted else None
    sequence = []
    for slot in range(len(counted), 3):
        earliest = ages[slot]
        if latest:
            earliest = max(earliest, days_after(latest, 60 if slot == 2 else 28))
        if slot == 2:
            earliest = max(earliest, months_after(first, 4))
        wanted = Wanted("HepB", slot + 1, ages[slot], earliest, overdue[slot])
        sequence.append(wanted)
        latest = given_on(child, wanted)
        if slot == 0:
            first = latest
    return split_owed(child, sequence)


# --------------------------------------------------------------------------
# Polio
# --------------------------------------------------------------------------


def polio_product(dose: Dose) -> str:
    """What an oral product is read as on its day."""
    if dose.product in IPV_CONTAINING:
        return "IPV"
    if dose.product in ("tOPV", "OPV"):
        # R22 for tOPV, R5 for OPV
        return "bOPV" if dose.date >= TOPV_WITHDRAWN else "tOPV"
    return dose.product


def line_polio(child: Child) -> Outcome:
    kept, _ = keep_one_a_day(child, "Polio")
    fit = set_aside_doubted(child, "Polio", kept)

    # "Every polio dose at ≥ 2月 and ≥ 28 d after the previous counted one counts"
    counted: list[Dose] = []
    for dose in fit:
        reasons = []
        if dose.date < child.age(2):
            reasons.append("too_young")
        if counted and dose.date < days_after(counted[-1].date, 28):
            reasons.append("too_soon")
        if reasons:
            dose.refuse("Polio", *reasons)
        else:
            counted.append(dose)
            dose.count("Polio", len(counted))  # no last slot

    kinds = [polio_product(d) for d in counted]
    total = len(kinds)  # T
    type2 = sum(k in ("IPV", "tOPV") for k in kinds)  # S

    total_ages = [child.age(2), child.age(3), child.age(4), child.years(4)]
    if child.edition == "nip-2026":
        # "1 at 2月, 2 at 3月, whatever the number of bOPV doses"
        type2_ages = [child.age(2), child.age(3)]
    elif "tOPV" in kinds:
        type2_ages = []  # "none with a counted tOPV"
    elif child.birth < date(2019, 10, 1):
        type2_ages = [child.age(2)]
    else:
        type2_ages = [child.age(2), child.age(3)]

    if child.edition != "nip-2026" and total >= 4:
        return Outcome(complete=True)  # "T ≥ 4 → complete, at any age and whatever S"
    if kinds.count("IPV") >= 4:
        return Outcome(complete=True)  # "4 counted IPV-containing doses, at any age → complete"

    def still_wanted(required_total: int, required_type2: int) -> list:
        ipv = max(required_type2 - type2, 0)
        doses = max(required_total - total, ipv, 0)
        if child.edition != "nip-2026":
            doses = min(doses, 4 - total)  # "never more than 4 − T doses are owed"
        latest = last_date(kept)
        sequence = []
        for position in range(doses):
            number = total + position + 1
            if position < ipv:
                # "IPV for type 2 at 2, 3月 (first, second type-2 dose)"
                product = "IPV"
                scheduled = type2_ages[type2 + position]
                overdue = child.age(12)  # R30: also as the fourth dose
            else:
                # "every other by its number in the total"
                product = "IPV" if child.avoid_live else "bOPV"  # R34
                scheduled = total_ages[number - 1]
                overdue = child.age(12) if number <= 3 else child.years(5)
            earliest = scheduled
            if number >= 5:
                earliest = child.birth  # "from the fifth on only the interval counts"
            if latest:
                earliest = max(earliest, days_after(latest, 28))
            wanted = Wanted(product, number, scheduled, earliest, overdue)
            sequence.append(wanted)
            latest = given_on(child, wanted)
        return sequence

    everything = still_wanted(4, len(type2_ages))
    if not everything:
        return Outcome(complete=True)
    owed = still_wanted(sum(child.reached(a) for a in total_ages), sum(child.reached(a) for a in type2_ages))
    return Outcome(complete=False, owed=owed, next=None if owed else everything[0])


# --------------------------------------------------------------------------
# DTP
# --------------------------------------------------------------------------


def dtap_slot_ages(child: Child, dose: Dose) -> list[date]:
    """Minimum ages of slots 1-5 for a DTaP-like dose, by the rule of its own day (R7, R24)."""
    if dose.product in DTAP_WITH_IPV:
        months = (2, 3, 4, 18)  # "at any date"
    elif dose.date < DTAP_CHANGE:
        months = (3, 4, 5, 18)
    else:
        months = (2, 4, 6, 18)
    return [child.age(m) for m in months] + [child.years(6)]


def after_dtap_interval(slot: int, day: date) -> date:
    """First day of slot 1..5 after the dose before it: 28 d, 28 d, 6月, 12月."""
    if slot == 4:
        return months_after(day, 6)
    if slot == 5:
        return months_after(day, 12)
    return days_after(day, 28)


def after_dt_interval(number: int, day: date) -> date:
    """First day of an owed DT that is number `number` of its line.

    'the second dose of the line ≥ 1月 after the first, the third ≥ 6月 after the
    second'; '≥ 6月 after the last dose if n = 3, ≥ 12月 if n ≥ 4' (R12).
    Number 1 has only the 28 d of R9.
    """
    floor = days_after(day, 28)
    if number == 2:
        return max(floor, months_after(day, 1))
    if number in (3, 4):
        return max(floor, months_after(day, 6))
    if number >= 5:
        return max(floor, months_after(day, 12))
    return floor


def count_dtp(child: Child, fit: list) -> list:
    six = child.years(6)
    counted: list[Dose] = []
    for dose in fit:
        slot = len(counted) + 1
        if slot > 5:
            continue  # "the line has five slots"
        previous = counted[-1].date if counted else None
        reasons = []
        if dose.product == "DT":
            # R11: "DT counts from 6岁, ≥ 28 d after the dose before it"
            if dose.date < six:
                reasons.append("too_young")
            if previous and dose.date < days_after(previous, 28):
                reasons.append("too_soon")
        else:
            if slot == 5 and dose.date < six:
                continue  # "A fifth DTaP-like dose before 6岁 is extra (no reason, no review)"
            # "A DTaP given at ≥ 6岁 meets the age of any slot, whatever its date"
            if dose.date < six and dose.date < dtap_slot_ages(child, dose)[slot - 1]:
                reasons.append("too_young")
            if previous and dose.date < after_dtap_interval(slot, previous):
                reasons.append("too_soon")
        if reasons:
            dose.refuse("DTP", *reasons)
        else:
            counted.append(dose)
            dose.count("DTP", slot)
    return counted


def line_dtp(child: Child) -> Outcome:
    kept, _ = keep_one_a_day(child, "DTP")
    fit = set_aside_doubted(child, "DTP", kept)
    counted = count_dtp(child, fit)
    latest = last_date(kept)  # R9: extra and doubted doses too

    # "nip-2021 (as_of before 2025-01-01; under dtap-2025 children born on or before 2018-01-01)"
    if child.edition == "nip-2021" or (child.edition == "dtap-2025" and child.birth <= DTAP_2025_OLD_COHORT_LAST_BIRTH):
        return forecast_dtp_2021(child, counted, latest)
    return forecast_dtp_2025(child, counted, latest)


def dtap_sequence(child, first, last, ages, overdue, latest) -> list:
    """Owed or coming DTaP of slots first..last, chained."""
    sequence = []
    for slot in range(first, last + 1):
        earliest = ages[slot - 1]
        if latest:
            earliest = max(earliest, after_dtap_interval(slot, latest))
        wanted = Wanted("DTaP", slot, ages[slot - 1], earliest, overdue[slot - 1])
        sequence.append(wanted)
        latest = given_on(child, wanted)
    return sequence


def dt_sequence(child, first, last, slot_age, overdue_from, latest) -> list:
    """Owed or coming DT; 'A DT's number is its number in the line (n + 1)'."""
    sequence = []
    for number in range(first, last + 1):
        earliest = slot_age
        if latest:
            earliest = max(earliest, after_dt_interval(number, latest))
        wanted = Wanted("DT", number, slot_age, earliest, overdue_from)
        sequence.append(wanted)
        latest = given_on(child, wanted)
    return sequence


def forecast_dtp_2021(child: Child, counted: list, latest: date | None) -> Outcome:
    n = len(counted)  # R28: DT as well as DTaP
    had_dt = any(d.product == "DT" for d in counted)
    six, seven = child.years(6), child.years(7)
    # "n = 5, or n ≥ 3 with a counted DT → complete"
    if n == 5 or (n >= 3 and had_dt):
        return Outcome(complete=True)
    if child.reached(child.years(12)):
        return Outcome(complete=False, closed=True)  # R13
    if not child.reached(six) and n < 4:
        # "DTaP slots 1–4 at 3, 4, 5, 18月"; one beyond the 6th birthday "stays listed"
        ages = [child.age(m) for m in (3, 4, 5, 18)]
        overdue = [child.age(12)] * 3 + [child.age(24)]
        return split_owed(child, dtap_sequence(child, n + 1, 4, ages, overdue, latest))
    # "From 6岁: n < 3 → DT until n = 3 (...); n = 3 without DT → one DT ≥ 6月,
    # n = 4 without DT → one DT ≥ 12月"; "Every DT has the slot age 6岁"; "every DT 7岁".
    # A child under 6 with four doses gets the same DT announced.
    # "Under dtap-2025 and nip-2026 every owed DT is overdue, also to a child under 7."
    overdue_from = seven if child.edition == "nip-2021" else ALWAYS
    return split_owed(child, dt_sequence(child, n + 1, max(n + 1, 3), six, overdue_from, latest))


def forecast_dtp_2025(child: Child, counted: list, latest: date | None) -> Outcome:
    n = len(counted)
    six, seven, twelve = child.years(6), child.years(7), child.years(12)
    at_six = any(d.date >= six for d in counted)
    had_dt = any(d.product == "DT" for d in counted)
    if n == 5:
        return Outcome(complete=True)  # "n = 5 → complete in every edition"

    if child.reached(seven):
        if n >= 3 and at_six:
            return Outcome(complete=True)  # also the measure from 12岁 on
        if child.reached(twelve):
            return Outcome(complete=False, closed=True)  # R13
        # "n < 3 → DT until n = 3", "else one DT"; slot age 7岁; "Always overdue"
        return split_owed(child, dt_sequence(child, n + 1, max(n + 1, 3), seven, ALWAYS, latest))

    if had_dt:
        # "A DT at six with n ≥ 3 → complete; with n < 3 → DT until n = 3" (R25),
        # slot age "6岁 for a child under 7 who had a DT at six"
        if n >= 3:
            return Outcome(complete=True)
        return split_owed(child, dt_sequence(child, n + 1, 3, six, ALWAYS, latest))

    ages = [child.age(m) for m in (2, 4, 6, 18)] + [six]
    overdue = [child.age(12)] * 3 + [child.age(24), seven]
    sequence = dtap_sequence(child, n + 1, 5, ages, overdue, latest)
    if not child.reached(six):
        return split_owed(child, sequence)

    # "From 6岁 on, an owed DTaP that cannot be given before the 7th birthday is not owed"
    fits = [w for w in sequence if w.earliest < seven]
    if fits:
        return split_owed(child, fits)
    if at_six and n >= 3:
        return Outcome(complete=True)
    # R31: "not owed but announced": the DT of the 7th birthday.
    announced = dt_sequence(child, n + 1, n + 1, seven, ALWAYS, latest)
    return Outcome(complete=False, next=announced[0])


# --------------------------------------------------------------------------
# MMR
# --------------------------------------------------------------------------


def mmr_wanted(child: Child, number: int, latest: date | None) -> Wanted:
    """Number 1: from 8月, completion 12月.  Number 2 ('the rest'): from 18月, completion 24月."""
    scheduled = child.age(8) if number == 1 else child.age(18)
    overdue = child.age(12) if number == 1 else child.age(24)
    earliest = latest_of(scheduled, days_after(latest, 28) if latest else None, live_floor(child, "MMR"))
    return Wanted("MMR", number, scheduled, earliest, overdue)


def line_mmr(child: Child) -> Outcome:
    kept, adds = keep_one_a_day(child, "MMR")
    fit = set_aside_doubted(child, "MMR", kept)
    if child.birth >= MMR_TWO_DOSE_COHORT:
        numbers = count_mmr_two_dose(child, fit)
    else:
        numbers = count_mmr_components(child, fit, adds)  # R27
    latest = last_date(kept)
    sequence = []
    for number in numbers:
        wanted = mmr_wanted(child, number, latest)
        sequence.append(wanted)
        latest = given_on(child, wanted)
    return split_owed(child, sequence)


def count_mmr_two_dose(child: Child, fit: list) -> list[int]:
    """'2 MMR; slots 8月, 18月, ≥ 28 d'.  Returns the numbers still wanted."""
    counted: list[date] = []
    for dose in fit:
        if COMPONENTS[dose.product] != {"M", "R", "Mu"}:
            # R14: "the others are wrong_product"; "not judged for age or interval"
            dose.refuse("MMR", "wrong_product")
            continue
        if len(counted) == 2:
            continue  # extra
        reasons = []
        if dose.date < (child.age(8) if not counted else child.age(18)):
            reasons.append("too_young")
        if counted and dose.date < days_after(counted[-1], 28):
            reasons.append("too_soon")
        if reasons:
            dose.refuse("MMR", *reasons)
        else:
            counted.append(dose.date)
            dose.count("MMR", len(counted))
    return [1, 2][len(counted) :]


def count_mmr_components(child: Child, fit: list, adds: dict) -> list[int]:
    """'every component dose at ≥ 8月, ≥ 28 d after the previous counted dose of the line, counts'."""
    have = {"M": 0, "R": 0, "Mu": 0}
    last_counted, number = None, 0
    for dose in fit:
        if dose.date != last_counted:
            reasons = []
            if dose.date < child.age(8):
                reasons.append("too_young")
            if last_counted and dose.date < days_after(last_counted, 28):
                reasons.append("too_soon")
            if reasons:
                dose.refuse("MMR", *reasons)
                continue
            last_counted = dose.date
            number += 1
        # A second product of a day shares the number of the day: "count once".
        dose.count("MMR", number)
        for component in adds[dose.index]:
            have[component] += 1
    # "Owed MMR = max(2 − M, 1 − R, 1 − Mu, 0)"; "first measles dose from 8月,
    # everything from 18月": number 1 is the first measles dose, all else is number 2.
    wanted = max(2 - have["M"], 1 - have["R"], 1 - have["Mu"], 0)
    return ([1] if have["M"] == 0 else [2]) + [2] * (wanted - 1) if wanted else []


# --------------------------------------------------------------------------
# JE
# --------------------------------------------------------------------------


def line_je(child: Child) -> Outcome:
    kept, _ = keep_one_a_day(child, "JE")
    fit = set_aside_doubted(child, "JE", kept)
    eight_months, two, six = child.age(8), child.years(2), child.years(6)

    # R16.  Stages: "none" -> ("one JE-I") -> "primary" -> ("JE-I booster") -> "complete"
    stage, primary_by, number = "none", None, 0
    previous = None  # the previous counted dose
    for dose in fit:
        if stage == "complete":
            continue  # extra
        live = dose.product == "JE-L"
        reasons = []
        if stage == "none":
            if dose.date < eight_months:
                reasons.append("too_young")
            following = "primary" if live else "one JE-I"
        elif stage == "one JE-I":
            # "One JE-I followed by a JE-L: the JE-L is the primary stage, at any interval."
            if not live and dose.date < days_after(previous.date, 7):
                reasons.append("too_soon")
            following = "primary"
        elif stage == "primary":
            # "the booster stage, from 2岁, is one JE-L (...; ≥ 12月 after a JE-L, ≥ 1月
            # after a JE-I) or one JE-I (≥ 1月 after the dose before it)"
            if dose.date < two:
                reasons.append("too_young")
            wait = 12 if live and previous.product == "JE-L" else 1
            if dose.date < months_after(previous.date, wait):
                reasons.append("too_soon")
            following = "complete" if live else "JE-I booster"
        else:
            # "followed by one JE-I at 6岁 (≥ 3年) or one JE-L (≥ 1月, any age)"
            if not live and dose.date < six:
                reasons.append("too_young")
            wait = 1 if live else 36
            if dose.date < months_after(previous.date, wait):
                reasons.append("too_soon")
            following = "complete"
        if reasons:
            dose.refuse("JE", *reasons)
            continue
        if following == "primary":
            primary_by = dose.product
        stage, previous, number = following, dose, number + 1
        dose.count("JE", number)

    # "JE-I while only JE-I has been given (counted or not, dated)"; R34 for the child
    # to whom live vaccines must not be given; R33: else JE-L.
    use_inactivated = child.avoid_live or (bool(kept) and all(d.product == "JE-I" for d in kept))
    product = "JE-I" if use_inactivated else "JE-L"
    latest = last_date(kept)
    sequence: list[Wanted] = []

    def want(code: str, scheduled: date, overdue: date, months: int = 0, days: int = 28) -> None:
        nonlocal latest, number
        number += 1
        earliest = scheduled
        if latest:
            earliest = max(earliest, days_after(latest, days), months_after(latest, months))
        earliest = latest_of(earliest, live_floor(child, code))
        wanted = Wanted(code, number, scheduled, earliest, overdue)
        sequence.append(wanted)
        latest = given_on(child, wanted)

    if stage == "none":
        want(product, eight_months, child.age(12))
        stage, primary_by = ("one JE-I", None) if use_inactivated else ("primary", "JE-L")
    if stage == "one JE-I":
        if use_inactivated:
            want("JE-I", eight_months, child.age(12), days=7)  # R9: "JE-I d2: 7 d"
        else:
            want("JE-L", eight_months, child.age(12))
        stage, primary_by = "primary", product
    if stage == "primary":
        # "the booster interval is 12月 if a JE-L completed the primary stage, else 1月"
        want(product, two, child.years(3), months=12 if primary_by == "JE-L" else 1)
        stage = "JE-I booster" if use_inactivated else "complete"
    if stage == "JE-I booster":
        # "and for the dose at 6岁 after a JE-I booster"
        want("JE-I", six, child.years(7), months=36)
    return split_owed(child, sequence)


# --------------------------------------------------------------------------
# Men
# --------------------------------------------------------------------------


def a_line_done(child: Child, counted: list) -> bool:
    """R17: two doses when one is MPSV-A; conjugates alone as the label asks."""
    if not counted:
        return False
    if any(d.product == "MPSV-A" for d in counted):
        return len(counted) >= 2
    begun = counted[0].date
    if begun < child.age(6):
        return len(counted) >= 3 or (len(counted) >= 2 and any(d.date >= child.age(12) for d in counted))
    if begun < child.age(12):
        return len(counted) >= 2
    return True


def is_a_line_dose(child: Child, dose: Dose) -> bool:
    """MPSV-A at any age (R9: 'counted or not'), a conjugate before 24月."""
    return dose.product == "MPSV-A" or (dose.product in MEN_CONJUGATE and dose.date < child.age(24))


def line_men(child: Child) -> Outcome:
    kept, _ = keep_one_a_day(child, "Men")
    fit = set_aside_doubted(child, "Men", kept)
    m24 = child.age(24)

    a_line: list[Dose] = []
    ac_line: list[Dose] = []
    for dose in fit:
        if dose.product == "MPSV-A" and dose.date >= m24:
            dose.refuse("Men", "too_old")  # "an MPSV-A from 24月 on is too_old only"
        elif dose.product in MEN_POLYSACCHARIDE_AC and dose.date < m24:
            dose.refuse("Men", "too_young")
        elif dose.date < m24:
            if a_line_done(child, a_line):
                continue  # extra
            count_a_line_dose(child, dose, a_line)
        else:
            count_ac_dose(child, dose, a_line, ac_line)

    return forecast_men(child, kept, a_line, ac_line)


def count_a_line_dose(child: Child, dose: Dose, a_line: list) -> None:
    reasons = []
    if dose.date < child.age(6 if dose.product == "MPSV-A" else 3):
        reasons.append("too_young")
    if a_line:
        previous = a_line[-1]
        # "≥ 3月 between two doses when one is MPSV-A, ≥ 28 d between conjugates"
        if "MPSV-A" in (dose.product, previous.product):
            allowed = months_after(previous.date, 3)
        else:
            allowed = days_after(previous.date, 28)
        if dose.date < allowed:
            reasons.append("too_soon")
    if reasons:
        dose.refuse("Men", *reasons)
        return
    a_line.append(dose)
    # "sort by date, count again": a third conjugate dose is the third.
    dose.count("Men", len(a_line))


def count_ac_dose(child: Child, dose: Dose, a_line: list, ac_line: list) -> None:
    if not ac_line:
        # R18: AC1 counts from 24月 whatever the interval, with a warning.
        near = False
        mpsv_a = [d.date for d in a_line if d.product == "MPSV-A"]
        if a_line_done(child, a_line) and mpsv_a and dose.date < months_after(mpsv_a[-1], 12):
            near = True
        if a_line and dose.date < months_after(a_line[-1].date, 3):
            near = True
        if near:
            dose.warn("short_interval")
        ac_line.append(dose)
        dose.count("Men", 3)
    elif len(ac_line) == 1:
        # R23: "AC2 counts ≥ 3年 after AC1, also before 6岁"
        if dose.date < years_after(ac_line[0].date, 3):
            dose.refuse("Men", "too_soon")
        else:
            ac_line.append(dose)
            dose.count("Men", 4)
    # else: extra


def forecast_men(child: Child, kept: list, a_line: list, ac_line: list) -> Outcome:
    m24 = child.age(24)
    done = a_line_done(child, a_line)
    latest = last_date(kept)
    latest_a = last_date([d for d in kept if is_a_line_dose(child, d)])
    latest_ac = last_date([d for d in kept if not is_a_line_dose(child, d)])
    sequence: list[Wanted] = []

    # "Owed before 24月 while the A-line is not done, product MPSV-A"
    if not child.reached(m24) and not done:
        overdue = {1: child.age(12), 2: m24} if child.edition == "nip-2026" else {1: child.age(18), 2: child.age(18)}
        # "with no counted dose one from 6月 and a second from 9月, with one or more
        # counted doses one from 9月"
        plan = [(2, child.age(9))] if a_line else [(1, child.age(6)), (2, child.age(9))]
        for number, scheduled in plan:
            # "every owed A-line dose, the first included, is ≥ 3月 after the latest
            # A-line dose given"; R9: 28 d after the latest dose of the whole line
            earliest = latest_of(
                scheduled,
                months_after(latest_a, 3) if latest_a else None,
                days_after(latest, 28) if latest else None,
            )
            if earliest >= m24:
                break  # "whose earliest day would be at 24月 or later is not owed"
            wanted = Wanted("MPSV-A", number, scheduled, earliest, overdue[number])
            sequence.append(wanted)
            latest = latest_a = given_on(child, wanted)
        if sequence:
            # AC1 is scheduled from 24月 at the earliest: nothing of it is owed yet.
            return split_owed(child, sequence)

    if not ac_line:
        # "A-line done → 3岁 and ≥ 12月 after the last MPSV-A; not done → 24月 and ≥ 3月
        # after the last A-line dose"; "'the last MPSV-A' is the last counted one";
        # "AC1 also waits 3月 after every A-line dose given, counted or not"
        scheduled = child.years(3) if done else m24
        mpsv_a = [d.date for d in a_line if d.product == "MPSV-A"]
        earliest = latest_of(
            scheduled,
            months_after(mpsv_a[-1], 12) if done and mpsv_a else None,
            months_after(latest_a, 3) if latest_a else None,
            years_after(latest_ac, 3) if latest_ac else None,
            days_after(latest, 28) if latest else None,
        )
        wanted = Wanted("MPSV-AC", 3, scheduled, earliest, child.years(4))
        sequence.append(wanted)
        latest = latest_ac = given_on(child, wanted)
    if len(ac_line) < 2:
        # "AC2 scheduled: 6岁 and ≥ 3年 after the latest A+C dose."
        scheduled = child.years(6)
        earliest = max(scheduled, years_after(latest_ac, 3), days_after(latest, 28))
        sequence.append(Wanted("MPSV-AC", 4, scheduled, earliest, child.years(7)))
    return split_owed(child, sequence)


# --------------------------------------------------------------------------
# HepA
# --------------------------------------------------------------------------


def line_hepa(child: Child) -> Outcome:
    kept, _ = keep_one_a_day(child, "HepA")
    fit = set_aside_doubted(child, "HepA", kept)

    first_inactivated: date | None = None
    complete = False
    for dose in fit:
        if complete:
            continue  # extra
        if first_inactivated is None:
            live = dose.product == "HepA-L"
            # R19 for the inactivated ones
            if dose.date < child.age(18 if live else 12):
                dose.refuse("HepA", "too_young")
                continue
            dose.count("HepA", 1)
            if live:
                complete = True
            else:
                first_inactivated = dose.date
        elif dose.date < months_after(first_inactivated, 6):
            # "two doses ≥ 6月 apart"; "a HepA-L before 6月 is too_soon"; "every reason that applies"
            young = dose.product == "HepA-L" and dose.date < child.age(18)
            dose.refuse("HepA", *(["too_young"] if young else []), "too_soon")
        else:
            dose.count("HepA", 2)
            complete = True
    if complete:
        return Outcome(complete=True)

    latest = last_date(kept)
    sequence: list[Wanted] = []

    def want(code: str, number: int, scheduled: date, overdue: date, months: int) -> None:
        nonlocal latest
        earliest = latest_of(
            scheduled,
            days_after(latest, 28) if latest else None,
            months_after(latest, months) if latest else None,
            live_floor(child, code),
        )
        wanted = Wanted(code, number, scheduled, earliest, overdue)
        sequence.append(wanted)
        latest = given_on(child, wanted)

    if first_inactivated is None:
        # R33: HepA-L by default; R34: HepA-I, "first dose at ... 18月"
        want("HepA-I" if child.avoid_live else "HepA-L", 1, child.age(18), child.age(24), 0)
    if first_inactivated is not None or child.avoid_live:
        want("HepA-I", 2, child.age(24), child.years(3), 6)
    return split_owed(child, sequence)


# --------------------------------------------------------------------------
# Status of a line, verdict, result
# --------------------------------------------------------------------------

JUDGES = {
    "BCG": line_bcg,
    "HepB": line_hepb,
    "Polio": line_polio,
    "DTP": line_dtp,
    "MMR": line_mmr,
    "JE": line_je,
    "Men": line_men,
    "HepA": line_hepa,
}


def asks_for_review(child: Child, line: str) -> bool:
    """'at least one dose was not counted for too_young, too_soon, undated or doubted'"""
    for dose in child.doses:
        for reason in dose.reasons.get(line, ()):
            if reason in ("too_soon", "doubted"):
                return True
            # R15: an MMR dose before 8月 "does not by itself put the line in review"
            if reason == "too_young" and not (line == "MMR" and dose.date < child.age(8)):
                return True
            if reason == "undated" and dose.source != "guardian":
                # from the guardian's memory: "no review"
                return True
    return False


def status_of(child: Child, line: str, outcome: Outcome) -> str:
    """Precedence: complete, closed, up_to_date, exempt, review, owed."""
    if outcome.complete:
        return "complete"
    # "from the 18th birthday a line that is not complete is closed"
    if outcome.closed or child.reached(child.years(18)):
        return "closed"
    if not outcome.owed:
        return "up_to_date"
    # R34: "owed MMR and BCG become exempt"
    if line in child.exempt or (child.avoid_live and line in ("MMR", "BCG")):
        return "exempt"
    if asks_for_review(child, line):
        return "review"
    return "owed"


def state_of(child: Child, wanted: Wanted) -> str:
    if wanted.earliest > child.as_of:
        return "waiting"  # "it beats overdue"
    return "overdue" if child.as_of >= wanted.overdue_from else "due"


def render_line(child: Child, status: str, outcome: Outcome) -> dict:
    owed = []
    if status in ("review", "owed"):  # "owed lists nothing for the first four"
        for wanted in outcome.owed:
            owed.append(
                {
                    "product": wanted.product,
                    "dose": wanted.number,
                    "earliest": wanted.earliest.isoformat(),
                    "state": state_of(child, wanted),
                    "condition": wanted.condition,
                }
            )
    upcoming = None
    if status == "up_to_date" and outcome.next:
        upcoming = {
            "product": outcome.next.product,
            "dose": outcome.next.number,
            "from": outcome.next.earliest.isoformat(),
        }
    return {"status": status, "owed": owed, "next": upcoming}


def verdict_of(statuses) -> str:
    statuses = set(statuses)
    if "owed" in statuses:
        return "catch_up"
    if "review" in statuses:
        return "review"
    if statuses & {"exempt", "closed"}:
        return "waived"
    return "complete"


def result_of(verdict: str, certificate: str, assessment: str | None) -> str:
    if certificate in ("absent", "being_replaced"):
        return "no_certificate"  # "whatever records exist"
    if verdict == "review":
        return "review"
    if assessment is not None and (assessment == "catch_up") != (verdict == "catch_up"):
        return "review"  # they "differ on whether anything is owed"
    return verdict


# --------------------------------------------------------------------------
# Reading the input
# --------------------------------------------------------------------------


def choose_edition(as_of: date, named: str | None) -> str:
    if named is not None:
        if named not in [name for name, _ in EDITIONS]:
            raise ValueError(f"edition: unknown: {named!r}")
        return named
    in_force = [name for name, start in EDITIONS if start <= as_of]
    if not in_force:
        raise ValueError("as_of: no edition is in force on that day")
    return in_force[-1]


def need_date(child: dict, name: str) -> date:
    day = readable_date(child.get(name))
    if day is None:
        raise ValueError(f"{name}: not a date")
    return day


def need_list(name: str, value) -> list:
    """'A missing optional field and null mean the same.'"""
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError(f"{name}: not a list")
    return value


def read_doses(entries) -> list:
    if not isinstance(entries, list):
        raise ValueError("doses: not a list")
    doses = []
    for index, entry in enumerate(entries):
        if not isinstance(entry, dict):
            raise ValueError(f"doses[{index}]: not an object")
        product = entry.get("product")
        if not isinstance(product, str) or product not in FEEDS:
            raise ValueError(f"doses[{index}].product: unknown: {product!r}")
        source = entry.get("source") or "booklet"
        if source not in SOURCES:
            raise ValueError(f"doses[{index}].source: unknown: {source!r}")
        doses.append(Dose(index, product, readable_date(entry.get("date")), source))
    return doses


def read_doubts(entries, doses: list) -> set:
    """Without a dose, or with null, 'every dose of the line is meant'."""
    doubted = set()
    for entry in need_list("doubts", entries):
        if not isinstance(entry, dict):
            raise ValueError(f"doubts: not an object: {entry!r}")
        line, which = entry.get("line"), entry.get("dose")
        if line not in LINES and line != "HPV":
            raise ValueError(f"doubts: unknown line {line!r}")
        if which is None:
            doubted.update((line, d.index) for d in doses)
        elif isinstance(which, int) and not isinstance(which, bool) and 0 <= which < len(doses):
            doubted.add((line, which))
        else:
            raise ValueError(f"doubts: no dose {which!r}")
    return doubted


def read_child(data: dict, edition: str | None) -> Child:
    birth, as_of = need_date(data, "birth_date"), need_date(data, "as_of")
    if as_of < birth:
        raise ValueError("as_of: before birth_date")
    doses = read_doses(data.get("doses"))
    exempt = need_list("exempt", data.get("exempt"))
    if any(not isinstance(line, str) for line in exempt):
        raise ValueError(f"exempt: not lines: {exempt!r}")
    avoid = need_list("avoid", data.get("avoid"))
    if any(what != "live" for what in avoid):
        raise ValueError(f"avoid: unknown: {avoid!r}")
    return Child(
        birth=birth,
        as_of=as_of,
        edition=choose_edition(as_of, edition),
        doses=doses,
        in_range=[d for d in doses if d.date is not None and birth <= d.date <= as_of],
        exposed_under_2000g=bool(data.get("hbsag_exposed_under_2000g")),
        avoid_live="live" in avoid,
        exempt=set(exempt),
        doubted=read_doubts(data.get("doubts"), doses),
    )


def mark_unusable_dates(child: Child) -> None:
    """`undated`, `before_birth`, `in_future`, 'for every line the product feeds'."""
    for dose in child.doses:
        if dose.date is None:
            reason = "undated"
        elif dose.date < child.birth:
            reason = "before_birth"
        elif dose.date > child.as_of:
            reason = "in_future"
        else:
            continue
        for line in FEEDS[dose.product]:
            dose.refuse(line, reason)


def mark_warnings(child: Child) -> None:
    """Warnings that need no line; 'duplicates and uncounted doses included'."""
    live = [d for d in child.in_range if d.product in INJECTED_LIVE]
    for later in live:
        # "the later dose of any pair 1–27 d apart (the same product included)"; R20
        if any(1 <= (later.date - other.date).days <= 27 for other in live):
            later.warn("live_interval")
    for dose in child.in_range:
        if dose.product == "tOPV" and dose.date >= TOPV_WITHDRAWN:
            dose.warn("product_withdrawn")  # R22


def judge(child: dict, edition: str | None = None) -> dict:
    data = child
    if not isinstance(data, dict) or "id" not in data:
        raise ValueError("id: missing")
    certificate = data.get("certificate") or "present"
    if certificate not in CERTIFICATES:
        raise ValueError(f"certificate: unknown: {certificate!r}")
    assessed = data.get("clinic_assessment")
    if assessed is not None and not isinstance(assessed, dict):
        raise ValueError("clinic_assessment: not an object")
    assessment = assessed.get("result") if assessed else None
    if assessment not in (None, "none", "complete", "catch_up"):
        raise ValueError(f"clinic_assessment.result: unknown: {assessment!r}")
    if assessment == "none":
        assessment = None

    subject = read_child(data, edition)
    mark_unusable_dates(subject)
    mark_warnings(subject)
    lines, statuses = {}, []
    for line in LINES:
        outcome = JUDGES[line](subject)
        status = status_of(subject, line, outcome)
        statuses.append(status)
        lines[line] = render_line(subject, status, outcome)

    verdict = verdict_of(statuses)
    return {
        "id": data["id"],
        "verdict": verdict,
        "result": result_of(verdict, certificate, assessment),
        "edition": subject.edition,
        "lines": lines,
        "doses": [
            {
                "index": d.index,
                "counts_for": d.counts_for,
                "reasons": d.reasons,
                "warnings": d.warnings,
            }
            for d in subject.doses
        ],
    }


def main(arguments: list[str]) -> int:
    edition = None
    if arguments:
        if len(arguments) != 2 or arguments[0] != "--edition":
            print("usage: judgement.py [--edition EDITION] < children.jsonl", file=sys.stderr)
            return 2
        edition = arguments[1]
    failed = False
    for text in sys.stdin:
        name = None
        try:
            data = json.loads(text)
            name = data.get("id") if isinstance(data, dict) else None
            answer = judge(data, edition)
        except ValueError as problem:
            failed = True
            answer = {"id": name, "error": {"field": None, "message": str(problem)}}
        print(json.dumps(answer, ensure_ascii=False))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
