"""Another edition or overlay: what differs for a child, and the counts over many without keeping any."""

import gc
from collections.abc import Iterator

from rules import compiling, contract, national
from rules.switching import Switch, Tally, Terms, switch, switch_all
from rules.vocabulary import Child, Verdict
from tests.rules.childhoods import doses

NATIONAL = national()
SAMPLE = compiling.load(compiling.DATA, compiling.DATA / "overlays" / "sample-province.yaml")
OLD, NEW = Terms(NATIONAL, NATIONAL.edition("nip-2021")), Terms(NATIONAL, NATIONAL.edition("nip-2026"))


def child(born: str, as_of: str, history: str) -> Child:
    return contract.read({"id": 1, "birth_date": born, "as_of": as_of, "doses": doses(born, history)})


ONE_IPV = child("2018-05-01", "2026-09-10", "IPV 2m, bOPV 3m, bOPV 4m, bOPV 4y")


def test_the_first_worked_example() -> None:
    """Complete under 2021, one IPV owed under 2026."""
    found = switch(ONE_IPV, OLD, NEW)
    polio = {change.line: change for change in found.lines}["Polio"]
    assert [(owed.product, owed.dose, owed.because[0]) for owed in polio.newly_owed] == [
        ("IPV", 5, "nip-2026 二·三(三)1")
    ]
    assert polio.no_longer_owed == ()
    back = {change.line: change for change in switch(ONE_IPV, NEW, OLD).lines}["Polio"]
    assert (back.newly_owed, back.no_longer_owed) == ((), polio.newly_owed)


def test_the_same_terms_change_nothing() -> None:
    assert switch(ONE_IPV, NEW, NEW).lines == ()


def test_an_overlay_counts_a_dose_and_brings_a_line() -> None:
    """Four days of grace, and varicella as a further line."""
    early = child("2022-01-01", "2026-09-10", "MMR 8m, MMR 17m+28d")
    changes = {change.line: change for change in switch(early, NEW, Terms(SAMPLE, SAMPLE.edition("nip-2026"))).lines}
    (dose,) = changes["MMR"].doses
    assert (dose.index, dose.before.counts_for, dose.after.counts_for) == (1, {}, {"MMR": 2})
    assert changes["Var"].before is None
    assert [owed.product for owed in changes["Var"].newly_owed][:1] == ["Var"]


def test_the_tally_is_the_sum_of_the_children() -> None:
    many = [ONE_IPV, child("2018-05-01", "2026-09-10", "IPV 2m, IPV 3m, bOPV 4m, bOPV 4y"), ONE_IPV]
    tally = Tally()
    changed = list(switch_all(enumerate(many), OLD, NEW, tally))
    assert tally.children == 3
    assert tally.changed == len(changed)
    assert tally.newly_owed["Polio", "IPV", 5] == 2
    assert tally.newly_owing == sum(bool(found.newly_owed) for _name, found in changed)
    assert sum(tally.verdicts.values()) == 3
    assert tally.verdicts[Verdict.CATCH_UP, Verdict.CATCH_UP] == 3, "each of them lacks seven other lines"


def test_children_come_one_by_one_and_none_is_kept() -> None:
    pulled = []

    def stream() -> Iterator[tuple[int, Child]]:
        for number in range(50):
            pulled.append(number)
            yield number, ONE_IPV

    changed = switch_all(stream(), OLD, NEW, Tally())
    next(changed)
    assert pulled == [0]
    for _name, _found in changed:
        alive = sum(isinstance(one, Switch) for one in gc.get_objects())
        assert alive <= 2, "the one at hand, and the one before it"
    assert len(pulled) == 50
