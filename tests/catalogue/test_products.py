"""The catalogue holds every product that the law speaks of, with its lines, its liveness and its leaflet."""

from rules import national
from rules.ages import Span

#: Written down from the text of the rules, not from the data: code, the lines it feeds, whether it is an injected live
#: one (●) and whether it is given by mouth (o).
STATED = """\
BCG ● BCG
HepB HepB
IPV Polio
bOPV o Polio
tOPV o Polio
OPV o Polio
DTaP DTP
DTwP DTP
DTaP-Hib DTP
DTaP-IPV/Hib DTP Polio
DTaP-IPV DTP Polio
DTaP-IPV-HepB/Hib DTP Polio HepB
DT DTP
MMR ● MMR
MMRV ● MMR
MR ● MMR
MM ● MMR
MV ● MMR
RV-rubella ● MMR
Mu ● MMR
JE-L ● JE
JE-I JE
MPSV-A Men
MPSV-AC Men
MPCV-AC Men
MPCV-AC/Hib Men
MPSV-ACYW Men
MPCV-ACYW Men
HepA-L ● HepA
HepA-I HepA
HepAB HepA HepB
HPV2
HPV4
HPV9
Var ●
Hib
RV
PCV13
PPV23
IIV
LAIV
EV71
RabV
HepE
COVID
Td
Tdap
other
other-live ●
"""

COMPONENTS = {
    "MMR": "M R Mu",
    "MMRV": "M R Mu",
    "MR": "M R",
    "MM": "M Mu",
    "MV": "M",
    "RV-rubella": "R",
    "Mu": "Mu",
}
TYPE_2 = {"IPV", "tOPV", "DTaP-IPV/Hib", "DTaP-IPV", "DTaP-IPV-HepB/Hib"}


def test_every_product_of_the_law_is_there_and_no_other() -> None:
    products = national().products
    stated = [line.split() for line in STATED.splitlines()]
    assert list(products) == [words[0] for words in stated]
    for code, *words in stated:
        product = products[code]
        lines = [word for word in words if word not in ("●", "o")]
        found = (list(product.feeds), product.live_injected, product.oral)
        assert found == (lines, "●" in words, "o" in words), code


def test_components_and_type_2() -> None:
    products = national().products
    held = {code: " ".join(sorted(p.components, key="MRMu".index)) for code, p in products.items() if p.components}
    assert held == COMPONENTS
    assert {code for code, product in products.items() if "type2" in product.traits} == TYPE_2


def test_every_product_has_its_leaflet() -> None:
    without = {code for code, product in national().products.items() if product.label is None}
    assert without == {"other", "other-live"}
    for product in national().products.values():
        label = product.label
        if label is None:
            continue
        assert label.age_before is None or label.age_from.after(730000) < label.age_before.after(730000)
        assert label.doses is None or 1 <= label.doses <= 5


def test_leaflets_agree_with_the_law_where_the_law_cites_them() -> None:
    """R17 and R19 count conjugates from 3 and inactivated hepatitis A from 12 months as the leaflets say."""
    products = national().products
    for code, months in (("HepA-I", 12), ("HepAB", 12), ("MPCV-AC", 3), ("MPCV-AC/Hib", 3), ("MPCV-ACYW", 3)):
        label = products[code].label
        assert label
        assert label.age_from == Span(months=months)


def test_a_registry_code_is_sure_for_one_product_only() -> None:
    sure: dict[str, str] = {}
    for product in national().products.values():
        for one in product.registry:
            assert len(one.code) == 4
            assert one.code.isdigit()
            if not one.unsure:
                assert sure.setdefault(one.code, product.code) == product.code
    unsure = {one.code for product in national().products.values() for one in product.registry if one.unsure}
    assert unsure
    assert unsure.isdisjoint(sure)


def test_no_name_of_a_product_is_the_code_of_another() -> None:
    products = national().products
    clashes = [
        (product.code, name)
        for product in products.values()
        for name in (product.name, *product.aliases)
        if name in products and name != product.code
    ]
    assert clashes == []
