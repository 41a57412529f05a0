"""Slips of the pen in the rule data, and what is to be said of each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    """A slip of the pen: `old` becomes `new` in a file; the complaint holds `words` and names the line that holds
    `at` (nothing: the file as a whole is to blame)."""

    what: str
    file: str
    old: str
    new: str
    at: str
    words: tuple[str, ...]


#: Slips that a key or a type betrays.
SLIPS = [
    Slip(
        "an unknown key of a slot",
        "lines/hepb.yaml",
        "{dose: 2, product: HepB, age: 1m",
        "{dose: 2, product: HepB, agee: 1m",
        "agee",
        ("unknown key 'agee'", "did you mean 'age'?"),
    ),
    Slip(
        "an unknown key of a line",
        "lines/bcg.yaml",
        "gap: null",
        "gap: null\nscar: true",
        "scar",
        ("unknown key 'scar'", "known keys are", "same_day"),
    ),
    Slip(
        "an unknown key of a product",
        "products.yaml",
        "{code: BCG, name: 卡介苗,",
        "{code: BCG, name: 卡介苗, colour: red,",
        "colour",
        ("unknown key 'colour'", "known keys are", "feeds"),
    ),
    Slip(
        "an unknown key of the sources",
        "sources.yaml",
        "editions:\n",
        "edition:\n",
        "",
        ("unknown key 'edition'", "did you mean 'editions'?"),
    ),
    Slip(
        "a missing key of a slot",
        "lines/hepb.yaml",
        "{dose: 1, product: HepB, age: 0d, complete_by: 1d",
        "{dose: 1, product: HepB, complete_by: 1d",
        "{dose: 1, product: HepB, complete_by: 1d",
        ("'age' is missing", "Slot needs it"),
    ),
    Slip("a missing key of a line", "lines/bcg.yaml", "gap: null\n", "", "line: BCG", ("'gap' is missing",)),
    Slip(
        "a missing key of a product",
        "products.yaml",
        "name: 卡介苗, feeds: [BCG],",
        "name: 卡介苗,",
        "code: BCG",
        ("'feeds' is missing",),
    ),
    Slip(
        "no sources at all",
        "sources.yaml",
        "sources:\n",
        "source:\n",
        "",
        ("'sources' is missing",),
    ),
    Slip(
        "a word for a length of time",
        "lines/mmr.yaml",
        "age: 18m",
        "age: eighteen",
        "eighteen",
        ("'eighteen'", "28d, 6m, 4y"),
    ),
    Slip(
        "a bare number for a length of time",
        "lines/mmr.yaml",
        "age: 18m",
        "age: 18",
        "age: 18,",
        ("'18'", "28d, 6m, 4y"),
    ),
    Slip("a word for yes", "lines/bcg.yaml", "avoided: true", "avoided: yes", "avoided: yes", ("'yes'", "bool")),
    Slip("a word for a number", "lines/hepb.yaml", "{dose: 2,", "{dose: two,", "dose: two", ("'two'", "int")),
    Slip(
        "a list for a value",
        "lines/bcg.yaml",
        "product: BCG",
        "product: [BCG]",
        "product: [BCG]",
        ("a list", "a single value"),
    ),
    Slip("a value for a list", "lines/bcg.yaml", "same_day: [BCG]", "same_day: BCG", "same_day", ("'BCG'", "a list")),
    Slip(
        "a mapping for a list",
        "products.yaml",
        "feeds: [HepB]",
        "feeds: {HepB: 1}",
        "feeds: {HepB",
        ("a mapping", "a list"),
    ),
    Slip(
        "a value for a mapping",
        "lines/hepb.yaml",
        "after: {previous: 28d}",
        "after: 28d",
        "after: 28d",
        ("'28d'", "a mapping"),
    ),
    Slip(
        "a day that does not exist",
        "sources.yaml",
        "in_force: 2021-03-01",
        "in_force: 2021-02-30",
        "2021-02-30",
        ("'2021-02-30'", "day is out of range"),
    ),
    Slip(
        "an unknown source",
        "lines/je.yaml",
        "source: nip-2026",
        "source: nip-2027",
        "nip-2027",
        ("unknown source 'nip-2027'", "nip-2026"),
    ),
    Slip(
        "a clause of no document",
        "lines/bcg.yaml",
        "source: nip-2021, clause",
        "clause",
        "clause",
        ("without a source",),
    ),
    Slip(
        "a rule without a clause",
        "lines/bcg.yaml",
        ", clause: 二·二(三)}",
        "}",
        "in_force",
        ("no clause and no reading", "where it comes from"),
    ),
    Slip(
        "an unknown edition",
        "lines/je.yaml",
        "edition: nip-2026",
        "edition: nip-2027",
        "nip-2027",
        ("'nip-2027'", "nip-2021, dtap-2025, nip-2026"),
    ),
    Slip(
        "two versions for one cohort",
        "lines/polio.yaml",
        "born_before: 2019-10-01",
        "born_before: 2019-10-02",
        "- edition: nip-2021\n    born_from",
        ("two versions hold for one cohort", "born_from/born_before"),
    ),
    Slip(
        "two versions for one cohort of given doses",
        "lines/mmr.yaml",
        "    born_from: 2019-10-01\n    source: nip-2021\n    clause: 二·五(三)1\n    slots: &slots",
        "    source: nip-2021\n    clause: 二·五(三)1\n    slots: &slots",
        "- in_force: 2021-03-01\n    source",
        ("two versions hold for one cohort",),
    ),
    Slip(
        "the newer version above the older one",
        "lines/dtp.yaml",
        "  - in_force: 2021-03-01\n",
        "  - in_force: 2025-06-01\n",
        "- in_force: 2025-01-01",
        ("an older version stands below a newer one", "the oldest first"),
    ),
    Slip(
        "a key twice in a slot",
        "lines/hepb.yaml",
        "{dose: 2, product: HepB, age: 1m,",
        "{dose: 2, product: HepB, age: 1m, age: 2m,",
        "age: 1m, age: 2m",
        ("'age' stands here twice", "keep one"),
    ),
    Slip(
        "a key twice in a file",
        "lines/bcg.yaml",
        "gap: null",
        "gap: null\ngap: 28d",
        "gap: 28d",
        ("'gap' stands here twice",),
    ),
    Slip(
        "the wrong line in a file",
        "lines/hepa.yaml",
        "line: HepA",
        "line: HepB",
        "line: HepB",
        ("must hold the line 'HepA'",),
    ),
    Slip(
        "a plan that nobody thinks of",
        "lines/dtp.yaml",
        "plan: four_and_dt",
        "plan: six_doses",
        "plan: six_doses",
        ("'six_doses'", "five_doses, four_and_dt"),
    ),
    Slip(
        "a version that restates nothing",
        "lines/dtp.yaml",
        "restates: five-doses",
        "restates: six-doses",
        "six-doses",
        ("restates a version that does not stand above it",),
    ),
]


#: Slips that no key or type betrays. Each would change a judgement, or break it, without a word if it went unseen.
UNSEEN = [
    Slip("an interval from nowhere", "lines/mmr.yaml", "{previous: 28d}", "{prevoius: 28d}", "prevoius", ()),
    Slip("a reading that does not exist", "lines/hepa.yaml", "reading: R19", "reading: R91", "R91", ()),
    Slip("a product that feeds no line", "products.yaml", "feeds: [HepA, HepB]", "feeds: [HepA, HepD]", "HepD", ()),
    Slip("an owed product of no catalogue", "lines/polio.yaml", "product: IPV,", "product: IVP,", "product: IVP", ()),
    Slip("a product left out of a day's order", "lines/men.yaml", "MPSV-AC, MPSV-A]", "MPSV-AC]", "same_day", ()),
    Slip("an unknown product in a day's order", "lines/je.yaml", "[JE-L, JE-I]", "[JE-L, JE-I, JE-X]", "JE-X", ()),
    Slip("a rereading as nothing", "products.yaml", "{product: bOPV, from_day", "{product: pOPV, from_day", "pOPV", ()),
    Slip("an unknown warning", "products.yaml", "warning: product_withdrawn", "warning: gone", "warning: gone", ()),
    Slip(
        "an edition of no document",
        "sources.yaml",
        "{id: nip-2026, source: nip-2026}",
        "{id: nip-2026, source: nip-2027}",
        "nip-2027",
        (),
    ),
    Slip(
        "editions in the wrong order", "sources.yaml", "in_force: 2026-06-17", "in_force: 2024-06-17", "2024-06-17", ()
    ),
    Slip("a day without its dashes", "sources.yaml", "in_force: 2026-06-17", "in_force: 20260617", "20260617", ()),
    Slip("a document without a name", "sources.yaml", "  - id: nip-2021\n    title", "  - title", "- title", ()),
    Slip("a product twice", "products.yaml", "- code: IPV\n", "- code: HepB\n", "- code: HepB\n    name: 脊灰", ()),
    Slip("a reading twice", "sources.yaml", "{id: R2,", "{id: R1,", "{id: R1, text: HPV", ()),
    Slip(
        "a cohort that no version holds for",
        "lines/polio.yaml",
        "born_before: 2019-10-01",
        "born_before: 2019-09-01",
        "born_before",
        (),
    ),
    Slip(
        "a first edition without a rule",
        "lines/men.yaml",
        "edition: nip-2021\n",
        "edition: dtap-2025\n",
        "dtap-2025",
        (),
    ),
    Slip(
        "a dose number out of turn",
        "lines/hepb.yaml",
        "{dose: 2, product: HepB, age: 1m",
        "{dose: 3, product: HepB, age: 1m",
        "dose: 3",
        (),
    ),
]
