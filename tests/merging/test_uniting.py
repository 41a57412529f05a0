"""Two identities made one and taken apart: nothing is lost, nothing comes twice, nothing of a later day goes."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.merging.uniting import part, unite
from app.privacy.identities import Guardian, Identifier, IdentifierKind, Identity

NAMES = st.sampled_from(["林小河", "林晓河", "林小荷", " 林小河 ", ""])
IDENTIFIERS = st.builds(
    Identifier, st.sampled_from(IdentifierKind), st.sampled_from(["A1", "a1", "B2", "110101202003120012"])
)
GUARDIANS = st.builds(
    Guardian, st.sampled_from(["甲", "乙"]), st.sampled_from(["母亲", ""]), st.sampled_from(["1", "2"])
)
IDENTITIES = st.builds(
    Identity,
    name=NAMES,
    former_names=st.lists(NAMES, max_size=2).map(tuple),
    identifiers=st.lists(IDENTIFIERS, max_size=3).map(tuple),
    guardians=st.lists(GUARDIANS, max_size=2).map(tuple),
    address=st.sampled_from(["", "河边 1 号"]),
)


@given(IDENTITIES, IDENTITIES)
def test_united_first_stays_first(kept: Identity, gone: Identity) -> None:
    united, _taken = unite(kept, gone)
    assert united.name == kept.name
    for kind in IdentifierKind:
        assert united.number(kind) == (kept.number(kind) or gone.number(kind))
    assert {one.kind for one in gone.identifiers} <= {one.kind for one in united.identifiers}
    assert set(gone.guardians) <= set(united.guardians)
    assert united.address or not gone.address


@given(IDENTITIES, IDENTITIES)
def test_parted_is_as_before(kept: Identity, gone: Identity) -> None:
    united, taken = unite(kept, gone)
    assert part(united, gone, taken) == kept


def test_what_was_written_since_stays() -> None:
    gone = Identity("林晓河", guardians=(Guardian("乙", "父亲", "2"),), address="河边 1 号")
    united, taken = unite(Identity("林小河"), gone)
    since = replace(united, guardians=(*united.guardians, Guardian("丙", "祖母", "3")), address="山上 2 号")
    assert part(since, gone, taken) == Identity("林小河", guardians=(Guardian("丙", "祖母", "3"),), address="山上 2 号")
