"""Random contract inputs that hit the boundaries of the law hard.

edition_window: None (2021-03-01 .. 2028-12-31), an edition's name, or a pair of ISO dates (or datetime.date).
Only random.Random(seed) is used, so a seed names its children for ever.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

WINDOWS = {
    None: (date(2021, 3, 1), date(2028, 12, 31)),
    "nip-2021": (date(2021, 3, 1), date(2024, 12, 31)),
    "dtap-2025": (date(2025, 1, 1), date(2026, 6, 16)),
    "nip-2026": (date(2026, 6, 17), date(2028, 12, 31)),
}
EDGES = [
    date(2021, 3, 1),
    date(2021, 3, 2),
    date(2024, 12, 31),
    date(2025, 1, 1),
    date(2025, 1, 2),
    date(2026, 6, 16),
    date(2026, 6, 17),
    date(2026, 6, 18),
    date(2024, 2, 29),
    date(2028, 2, 29),
    date(2025, 2, 28),
    date(2026, 3, 1),
    date(2026, 9, 1),
    date(2026, 9, 10),
    date(2025, 8, 31),
]
COHORTS = [
    date(2019, 9, 29),
    date(2019, 9, 30),
    date(2019, 10, 1),
    date(2019, 10, 2),
    date(2017, 12, 31),
    date(2018, 1, 1),
    date(2018, 1, 2),
    date(2020, 2, 29),
    date(2016, 2, 29),
    date(2024, 2, 29),
    date(2019, 8, 31),
    date(2021, 5, 31),
    date(2020, 10, 31),
    date(2022, 12, 31),
    date(2019, 1, 30),
    date(2018, 3, 1),
    date(2016, 5, 1),
    date(2016, 2, 28),
    date(2014, 12, 1),
    date(2015, 3, 31),
    date(2008, 6, 16),
    date(2008, 6, 17),
    date(2012, 8, 29),
]
AGES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 18, 24, 36, 48, 60, 72, 84, 96, 144, 216]
# where the two rules of an age differ most: more weight
HOT_AGES = [2, 3, 6, 8, 9, 12, 18, 23, 24, 36, 48, 71, 72, 73, 78, 83, 84, 84, 143, 144]

PENTA = ["DTaP-IPV/Hib", "DTaP-IPV", "DTaP-IPV-HepB/Hib"]
CONJ = ["MPCV-AC", "MPCV-AC/Hib", "MPCV-ACYW"]
POLY = ["MPSV-AC", "MPSV-AC", "MPSV-ACYW"]
NO_LINE_LIVE = ["Var", "Var", "other-live"]
NO_LINE = ["Hib", "RV", "PCV13", "IIV", "LAIV", "EV71", "RabV", "Td", "Tdap", "COVID", "PPV23", "HepE", "other"]

# slot ages (months) and intervals that mean something in the line
LINE_AGES = {
    "BCG": [0, 0, 0, 3, 48],
    "HepB": [0, 1, 6, 2, 7, 12],
    "Polio": [2, 3, 4, 48, 60, 18],
    "DTP": [2, 3, 4, 5, 6, 18, 24, 60, 72, 72, 78, 84, 96, 144],
    "MMR": [6, 8, 18, 24, 72],
    "JE": [8, 24, 72, 12, 36],
    "Men": [3, 6, 9, 12, 18, 24, 24, 36, 72],
    "HepA": [12, 18, 24, 36],
}
LINE_GAPS = {  # (days, months)
    "BCG": [(28, 0)],
    "HepB": [(28, 0), (60, 0), (0, 4), (0, 1)],
    "Polio": [(28, 0), (28, 0), (0, 1)],
    "DTP": [(28, 0), (28, 0), (0, 6), (0, 6), (0, 12), (0, 12), (0, 1)],
    "MMR": [(28, 0), (28, 0), (0, 10)],
    "JE": [(7, 0), (28, 0), (0, 1), (0, 12), (0, 36)],
    "Men": [(28, 0), (0, 3), (0, 3), (0, 12), (0, 36)],
    "HepA": [(0, 6), (0, 6), (28, 0)],
}
IN_TIME = {  # line -> schedules of (product, age in months)
    "BCG": [[("BCG", 0)]],
    "HepB": [
        [("HepB", 0), ("HepB", 1), ("HepB", 6)],
        [("HepB", 0), ("HepB", 1), ("HepB", 2), ("HepB", 7)],
        [("HepB", 0), ("DTaP-IPV-HepB/Hib", 2), ("DTaP-IPV-HepB/Hib", 6)],
    ],
    "Polio": [
        [("IPV", 2), ("IPV", 3), ("bOPV", 4), ("bOPV", 48)],
        [("IPV", 2), ("bOPV", 3), ("bOPV", 4), ("bOPV", 48)],
        [("OPV", 2), ("OPV", 3), ("OPV", 4), ("OPV", 48)],
        [("tOPV", 2), ("bOPV", 3), ("bOPV", 4), ("bOPV", 48)],
        [("bOPV", 2), ("bOPV", 3), ("bOPV", 4), ("bOPV", 48)],
        [("IPV", 2), ("IPV", 3), ("IPV", 4), ("IPV", 18)],
        [("bOPV", 2), ("bOPV", 4), ("IPV", 5), ("bOPV", 18), ("bOPV", 24)],
    ],
    "DTP": [
        [("DTaP", 3), ("DTaP", 4), ("DTaP", 5), ("DTaP", 18), ("DT", 72)],
        [("DTaP", 2), ("DTaP", 4), ("DTaP", 6), ("DTaP", 18), ("DTaP", 72)],
        [("DTaP-IPV/Hib", 2), ("DTaP-IPV/Hib", 3), ("DTaP-IPV/Hib", 4), ("DTaP-IPV/Hib", 18), ("DTaP", 72)],
        [("DTaP", 3), ("DTaP", 4), ("DTaP", 5), ("DTaP", 66), ("DTaP", 78)],
        [("DTaP", 3), ("DTaP", 4), ("DTaP", 72), ("DTaP", 78), ("DT", 84)],
        [("DTaP", 3), ("DTaP", 4), ("DTaP", 5), ("DTaP", 18), ("DTaP", 60), ("DTaP", 72)],
        [("DTaP", 3), ("DT", 72), ("DT", 73), ("DT", 79)],
        [("DT", 84), ("DT", 85), ("DT", 91)],
        [("DTaP", 72), ("DTaP", 73), ("DTaP", 74), ("DTaP", 80)],
    ],
    "MMR": [
        [("MR", 8), ("MMR", 18)],
        [("MMR", 8), ("MMR", 18)],
        [("MV", 8), ("MMR", 18)],
        [("MMR", 6), ("MMR", 8), ("MMR", 18)],
        [("MV", 8), ("MV", 18), ("RV-rubella", 24)],
        [("MM", 8), ("MR", 18)],
        [("MMRV", 12), ("MMRV", 48)],
        [("Mu", 8), ("RV-rubella", 9), ("MV", 18)],
    ],
    "JE": [
        [("JE-L", 8), ("JE-L", 24)],
        [("JE-I", 8), ("JE-I", 8), ("JE-I", 24), ("JE-I", 72)],
        [("JE-I", 8), ("JE-L", 9), ("JE-L", 24)],
        [("JE-L", 8), ("JE-I", 24), ("JE-I", 72)],
        [("JE-L", 8), ("JE-I", 24), ("JE-L", 25)],
        [("JE-I", 8), ("JE-I", 9), ("JE-L", 24)],
    ],
    "Men": [
        [("MPSV-A", 6), ("MPSV-A", 9), ("MPSV-AC", 36), ("MPSV-AC", 72)],
        [("MPCV-AC", 3), ("MPCV-AC", 4), ("MPCV-AC", 5), ("MPSV-AC", 36), ("MPSV-AC", 72)],
        [("MPCV-AC", 3), ("MPCV-AC", 12), ("MPSV-ACYW", 36)],
        [("MPCV-AC/Hib", 6), ("MPCV-AC/Hib", 7), ("MPCV-ACYW", 36)],
        [("MPCV-ACYW", 12), ("MPCV-ACYW", 36), ("MPSV-ACYW", 72)],
        [("MPSV-A", 6), ("MPCV-AC", 9), ("MPSV-AC", 24), ("MPSV-AC", 60)],
        [("MPSV-A", 6), ("MPSV-A", 18), ("MPSV-A", 24), ("MPSV-AC", 27)],
        [("MPSV-AC", 12), ("MPSV-AC", 24), ("MPSV-AC", 60)],
        [("MPSV-AC", 24), ("MPSV-AC", 60)],
    ],
    "HepA": [
        [("HepA-L", 18)],
        [("HepA-I", 18), ("HepA-I", 24)],
        [("HepA-I", 12), ("HepA-L", 18)],
        [("HepAB", 12), ("HepAB", 18)],
        [("HepA-L", 17)],
        [("HepA-I", 11), ("HepA-I", 24)],
    ],
}
PRODUCTS = {
    "BCG": ["BCG"],
    "HepB": ["HepB", "HepB", "HepB", "HepAB", "DTaP-IPV-HepB/Hib"],
    "Polio": ["IPV", "bOPV", "bOPV", "OPV", "tOPV", "IPV"] + PENTA,
    "DTP": ["DTaP", "DTaP", "DTaP", "DTwP", "DTaP-Hib", "DT", "DT"] + PENTA,
    "MMR": ["MMR", "MMR", "MR", "MV", "MM", "RV-rubella", "Mu", "MMRV"],
    "JE": ["JE-L", "JE-I", "JE-I"],
    "Men": ["MPSV-A", "MPSV-A", "MPSV-A"] + POLY + CONJ,
    "HepA": ["HepA-L", "HepA-I", "HepAB"],
}
GARBAGE = [
    None,
    None,
    None,
    "",
    "2023",
    "2023-02",
    "2023-02-30",
    "2021-02-29",
    "2023-13-01",
    "2023/05/06",
    "20230506",
    "2023-5-6",
    " 2023-05-06",
    "2023-05-06T00:00:00",
    "不详",
    "0000-01-01",
    "２０２３-05-06",
    "2023-05-06\n",
]


def add_months(d, n):
    m = d.year * 12 + d.month - 1 + n
    try:
        return date(m // 12, m % 12 + 1, d.day)
    except ValueError:
        m += 1
        return date(m // 12, m % 12 + 1, 1)


def _window(w):
    if w is None or isinstance(w, str):
        return WINDOWS[w]
    a, b = (date.fromisoformat(x) if isinstance(x, str) else x for x in w)
    return a, b


def _near(r, d):
    """d itself, or a day beside it."""
    return d + timedelta(days=r.choice([0, 0, 0, -1, -1, 1]))


def _between(r, a, b):
    return a + timedelta(days=r.randint(0, max(0, (b - a).days)))


def _clamp(d, a, b):
    return min(max(d, a), b)


def _birth_and_as_of(r, lo, hi):
    edges = [e for e in EDGES if lo <= e <= hi] + [lo, hi]
    oldest = add_months(lo, -222)
    kind = r.random()
    if kind < 0.35:  # a cohort day; as_of at an age of that child
        births = [b for b in COHORTS if oldest <= b <= hi]
        birth = r.choice(births)
        ages = [a for a in HOT_AGES + AGES if lo <= add_months(birth, a) <= hi]
        if ages and r.random() < 0.6:
            as_of = _near(r, add_months(birth, r.choice(ages)))
        elif r.random() < 0.5:
            as_of = r.choice(edges)
        else:
            as_of = _between(r, max(lo, birth), hi)
    elif kind < 0.75:  # an as_of; birth a slot age before it
        as_of = r.choice(edges) if r.random() < 0.5 else _between(r, lo, hi)
        birth = _near(r, add_months(as_of, -r.choice(HOT_AGES + AGES)))
    else:
        as_of = r.choice(edges) if r.random() < 0.3 else _between(r, lo, hi)
        span = 222 if r.random() < 0.35 else 100
        birth = _between(r, add_months(as_of, -span), as_of)
        if r.random() < 0.25:  # month ends
            nxt = add_months(birth.replace(day=1), 1)
            birth = nxt - timedelta(days=r.choice([1, 1, 2, 3]))
    as_of = _clamp(as_of, lo, hi)
    birth = min(birth, as_of)
    if add_months(birth, 222) < as_of:
        birth = _between(r, add_months(as_of, -221), as_of)
    return birth, as_of


def _line_doses(r, line, birth, as_of):
    kind = r.random()
    out = []
    if kind < 0.12:
        return out
    if kind < 0.60:  # a schedule, jittered, perhaps with holes
        plan = r.choice(IN_TIME[line])
        strict = r.random() < 0.4
        late = 0
        last = None
        for product, age in plan:
            if r.random() < (0.04 if strict else 0.14):
                continue
            d = add_months(birth, age)
            if not strict:
                if r.random() < 0.12:
                    late += r.choice([1, 2, 6, 12, 24])
                d = _near(r, add_months(birth, age + late))
            if last is not None and (d <= last or r.random() < (0.05 if strict else 0.3)):
                dd, mm = r.choice(LINE_GAPS[line])
                d = _near(r, add_months(last, mm) + timedelta(days=dd))
            if r.random() < 0.08:
                product = r.choice(PRODUCTS[line])
            out.append((product, d))
            last = d
    else:  # slot ages and intervals at random
        last = None
        main = r.choice(PRODUCTS[line])
        for _ in range(r.choice([1, 1, 2, 2, 3, 3, 4, 4, 5, 6])):
            x = r.random()
            if last is None or x < 0.3:
                d = _near(r, add_months(birth, r.choice(LINE_AGES[line])))
            elif x < 0.8:
                dd, mm = r.choice(LINE_GAPS[line])
                d = _near(r, add_months(last, mm) + timedelta(days=dd))
            else:
                d = _between(r, birth, as_of)
            out.append((main if r.random() < 0.6 else r.choice(PRODUCTS[line]), d))
            last = d
    if out and r.random() < 0.12:  # two products of the line on one day
        d = r.choice(out)[1]
        out.append((r.choice(PRODUCTS[line]), d))
        if line == "MMR" and r.random() < 0.5:
            out.append((r.choice(PRODUCTS[line]), d))
    if out and r.random() < 0.08:  # the last dose an interval before as_of
        dd, mm = r.choice(LINE_GAPS[line])
        out.append((r.choice(PRODUCTS[line]), _near(r, add_months(as_of, -mm) - timedelta(days=dd))))
    if r.random() < 0.03:  # doses around the days on which the rule changes
        out.append(
            (
                r.choice(PRODUCTS[line]),
                _near(r, r.choice([date(2025, 1, 1), date(2021, 3, 1), date(2016, 5, 1), date(2026, 6, 17)])),
            )
        )
    return out


def _child(r, number, lo, hi):
    birth, as_of = _birth_and_as_of(r, lo, hi)
    focus = r.random() < 0.5  # everything in time but one or two lines
    wild = set(r.sample(list(IN_TIME), r.choice([1, 2]))) if focus else set(IN_TIME)
    raw = []
    for line in IN_TIME:
        if line in wild:
            raw += _line_doses(r, line, birth, as_of)
        else:
            first = IN_TIME[line][0] if line != "MMR" else IN_TIME[line][1]
            raw += [(p, add_months(birth, a)) for p, a in first if add_months(birth, a) <= as_of]
    if r.random() < 0.2:
        for _ in range(r.choice([1, 1, 2])):
            base = r.choice(raw)[1] if raw and r.random() < 0.7 else _between(r, birth, as_of)
            raw.append((r.choice(NO_LINE_LIVE), base + timedelta(days=r.choice([0, 1, 7, 26, 27, 28, 29, -27, -28]))))
    if r.random() < 0.12:
        raw.append(
            (
                r.choice(["Var", "MMR", "other-live", "HepA-L", "JE-L", "BCG"]),
                as_of - timedelta(days=r.choice([0, 1, 26, 27, 28, 29])),
            )
        )
    if r.random() < 0.1:
        raw.append((r.choice(NO_LINE), _between(r, birth, as_of)))
    doses = []
    for product, d in raw:
        if (d > as_of and r.random() < 0.95) or (d < birth and r.random() < 0.7):
            continue
        doses.append({"product": product, "date": d.isoformat()})
    if r.random() < 0.03:
        doses.append(
            {
                "product": r.choice(PRODUCTS[r.choice(list(PRODUCTS))]),
                "date": (birth - timedelta(days=r.choice([1, 1, 30, 400]))).isoformat(),
            }
        )
    if r.random() < 0.03:
        doses.append(
            {
                "product": r.choice(PRODUCTS[r.choice(list(PRODUCTS))]),
                "date": (as_of + timedelta(days=r.choice([1, 1, 30, 400]))).isoformat(),
            }
        )
    if r.random() < 0.12:
        for _ in range(r.choice([1, 1, 2])):
            line = r.choice(list(PRODUCTS))
            doses.append({"product": r.choice(PRODUCTS[line] + ["Var"]), "date": r.choice(GARBAGE)})
            if r.random() < 0.5:
                doses[-1]["source"] = "guardian"
    order = r.random()
    if order < 0.4:
        r.shuffle(doses)
    elif order < 0.8:
        doses.sort(key=lambda x: x["date"] or "")
    for d in doses:
        if "source" not in d and r.random() < 0.15:
            d["source"] = r.choice(["booklet", "registry", "clinic", "guardian", None])

    child = {
        "id": f"r{number}",
        "birth_date": birth.isoformat(),
        "sex": r.choice("FM"),
        "as_of": as_of.isoformat(),
        "doses": doses,
    }
    x = r.random()
    if x < 0.25:
        child["certificate"] = r.choice(["present", "absent", "being_replaced", "replaced", "doubtful", None])
    if r.random() < 0.3:
        child["clinic_assessment"] = r.choice(
            [
                None,
                {"result": "complete", "date": as_of.isoformat()},
                {"result": "catch_up", "date": as_of.isoformat()},
                {"result": "catch_up"},
                {"result": "complete"},
            ]
        )
    if r.random() < 0.12:
        child["hbsag_exposed_under_2000g"] = r.choice([True, True, True, False, None])
    if r.random() < 0.12:
        child["avoid"] = r.choice([["live"], ["live"], ["live"], [], None])
    if r.random() < 0.1:
        child["exempt"] = r.choice([[], None]) if r.random() < 0.1 else r.sample(list(IN_TIME), r.choice([1, 1, 2, 8]))
    if r.random() < 0.14 and doses:
        doubts = []
        for _ in range(r.choice([1, 1, 2])):
            doubt = {"line": r.choice(list(IN_TIME)), "kind": r.choice(["conflict", "unreadable", "untrue"])}
            if r.random() < 0.75:
                i = r.randrange(len(doses))
                doubt["dose"] = i
                fits = [line for line, products in PRODUCTS.items() if doses[i]["product"] in products]
                if fits and r.random() < 0.9:
                    doubt["line"] = r.choice(fits)
            elif r.random() < 0.3:
                doubt["dose"] = None
            doubts.append(doubt)
        child["doubts"] = doubts
    return child


def random_children(seed, n, edition_window=None):
    r = random.Random(seed)
    lo, hi = _window(edition_window)
    for number in range(n):
        yield _child(r, number, lo, hi)
