"""One child in two records: joined it is one in every list and count, parted it is as it was."""

import datetime as dt

import pytest

from app.campaigns.queries import open_campaign as campaign_of
from app.checks.counting import counts_of_classes
from app.checks.queries import latest_check
from app.children.dose_actions import correct_dose
from app.children.kinds import DoubtOutcome, Sex
from app.children.models import Child, DoseRecord
from app.children.queries import effective_doses
from app.children.refusing import AlreadyCorrected
from app.children.searching import search
from app.demo.numbers import resident_id
from app.desk.finding import find
from app.merging.actions import merge, unmerge
from app.merging.models import ChildMerge
from app.merging.queries import candidates
from app.merging.refusing import CannotMerge, Obstacle
from app.notices.queries import live_notice
from app.people.scope import children_in_scope
from app.privacy.identities import Identifier, IdentifierKind, Identity, open_identity, seal_identity
from forms.web.dates import Written
from forms.web.doses import DoseEntry
from forms.web.vaccines import Vaccine
from tests.actors import actor
from tests.district import MOMENT, District
from tests.notices.september import DAY, FULL, Desk, at, without

pytestmark = pytest.mark.database

HALF = without(("MMR", 2), ("HepA-L", 1))
OTHER = tuple(one for one in FULL if one not in HALF)


class Pair:
    """The same girl twice: checked and owing under her name, and a second time under a homophone in another class."""

    def __init__(self, desk: Desk, district: District) -> None:
        self.desk, self.session, self.by, self.district = desk, desk.session, desk.by, district
        self.kept = desk.enrol(district.classes["near_1"], "林小河")
        desk.doses(self.kept, HALF)
        self.gone = desk.enrol(district.classes["near_2"], "林晓河", phone="13900005678")
        desk.doses(self.gone, (*OTHER, ("BCG", "2020-03-12")))
        for child in (self.kept, self.gone):
            desk.notice(child)

    def merge(self) -> ChildMerge:
        return merge(self.session, by=self.by, now=at(DAY, 10), on=DAY, kept=self.kept, gone=self.gone)

    def result(self, child: Child) -> str | None:
        check = latest_check(self.session, self.desk.enrolment(child).id)
        return check.result if check else None

    def expected(self) -> int:
        classes = [one.id for one in self.district.classes.values()]
        campaign = campaign_of(self.session, self.by.organisation_id)
        assert campaign is not None
        return sum(one.expected for one in counts_of_classes(self.session, campaign, classes).values())

    def days(self, child: Child) -> list[tuple[str, str]]:
        return sorted((one.product, str(one.day)) for one in effective_doses(self.session, child.id))


@pytest.fixture
def pair(desk: Desk, district: District) -> Pair:
    return Pair(desk, district)


def name_of(pair: Pair, child: Child) -> str:
    identity = open_identity(pair.session, child)
    assert identity is not None
    return identity.name


def test_joined_it_is_one_child_everywhere(pair: Pair) -> None:
    expected, code = pair.expected(), live_notice(pair.session, pair.desk.enrolment(pair.gone).id)
    assert code is not None
    assert pair.result(pair.kept) == "catch_up"
    pair.merge()
    assert pair.days(pair.kept) == sorted(FULL), "the doses of both, each once"
    assert pair.result(pair.kept) == "complete", "judged again at once"
    assert live_notice(pair.session, pair.desk.enrolment(pair.kept).id) is None
    assert pair.session.get_one(type(code), code.id).ended_at is not None
    assert pair.expected() == expected - 1
    seen = set(pair.session.scalars(children_in_scope(pair.by).with_only_columns(Child.id)))
    assert pair.gone.id not in seen
    for typed in ("林晓河", "林小河", "13900005678"):
        assert [one.child_id for one in search(pair.session, pair.by, typed)] == [pair.kept.id], typed
    assert find(pair.session, pair.by, code.code).child_id == pair.kept.id, "the old paper means the child that is left"


def test_parted_it_is_as_before(pair: Pair) -> None:
    expected, doses = pair.expected(), (pair.days(pair.kept), pair.days(pair.gone))
    who = open_identity(pair.session, pair.kept), open_identity(pair.session, pair.gone)
    results = pair.result(pair.kept), pair.result(pair.gone)
    row = pair.merge()
    unmerge(pair.session, by=pair.by, now=at(DAY, 11), on=DAY, row=row)
    assert pair.expected() == expected
    assert (pair.days(pair.kept), pair.days(pair.gone)) == doses
    assert (open_identity(pair.session, pair.kept), open_identity(pair.session, pair.gone)) == who
    assert (pair.result(pair.kept), pair.result(pair.gone)) == results
    for child in (pair.kept, pair.gone):
        assert live_notice(pair.session, pair.desk.enrolment(child).id) is not None
        assert [one.child_id for one in search(pair.session, pair.by, open_identity(pair.session, child).name)][
            0
        ] == child.id
    with pytest.raises(AlreadyCorrected):
        unmerge(pair.session, by=pair.by, now=at(DAY, 12), on=DAY, row=row)
    again = pair.merge()
    assert again.id != row.id


def test_a_dose_corrected_since_stays(pair: Pair) -> None:
    row = pair.merge()
    copy = pair.session.get_one(DoseRecord, row.doses[0])
    entry = DoseEntry(Vaccine(copy.product), Written(day=copy.day + dt.timedelta(days=1)))
    correct_dose(pair.session, by=pair.by, now=at(DAY, 11), child=pair.kept, dose=copy, entry=entry, source=copy.source)
    unmerge(pair.session, by=pair.by, now=at(DAY, 12), on=DAY, row=row)
    assert (copy.product, str(copy.day + dt.timedelta(days=1))) in pair.days(pair.kept)
    assert len(pair.days(pair.kept)) == len(HALF) + 1


def numbered(pair: Pair, child: Child, number: str) -> None:
    identity = Identity("林小河", identifiers=(Identifier(IdentifierKind.RESIDENT_ID, number),))
    seal_identity(pair.session, child, identity, now=MOMENT)


def refused(pair: Pair) -> Obstacle:
    with pytest.raises(CannotMerge) as why:
        pair.merge()
    assert pair.session.get_one(Child, pair.gone.id).merged_into_id is None
    return why.value.obstacle


def test_two_valid_numbers_are_two_children(pair: Pair) -> None:
    one, other = (resident_id("330199", pair.kept.birth_date, place, Sex.FEMALE) for place in (1, 2))
    numbered(pair, pair.kept, one)
    numbered(pair, pair.gone, other)
    assert refused(pair) is Obstacle.OTHER_NUMBER
    numbered(pair, pair.gone, other[:-1] + ("1" if other[-1] != "1" else "2"))
    pair.merge()  # a number that nobody can have says nothing


def test_what_the_clinic_or_a_doubt_said_is_never_lost(pair: Pair) -> None:
    doubt = pair.desk.doubt(pair.gone, "MMR")
    assert refused(pair) is Obstacle.DOUBTED
    doubt.settled_at, doubt.settled_by, doubt.settled_how = at(DAY), pair.by.user_id, DoubtOutcome.CORRECTED
    pair.desk.exempt(pair.gone, "MMR")
    assert refused(pair) is Obstacle.EXEMPT


def test_no_chains(pair: Pair) -> None:
    pair.merge()
    third = pair.desk.enrol(pair.district.classes["near_1"], "林小河")
    with pytest.raises(CannotMerge) as why:
        merge(pair.session, by=pair.by, now=at(DAY), on=DAY, kept=third, gone=pair.kept)
    assert why.value.obstacle is Obstacle.LINKED
    for kept, gone in ((third, pair.gone), (pair.gone, third), (third, third)):
        with pytest.raises(CannotMerge):
            merge(pair.session, by=pair.by, now=at(DAY), on=DAY, kept=kept, gone=gone)


def test_a_child_that_is_at_another_school_too_is_left_to_that_school(pair: Pair) -> None:
    pair.desk.enrolment(pair.gone).class_id = pair.district.classes["far_1"].id
    pair.session.flush()
    assert refused(pair) is Obstacle.ELSEWHERE


def test_candidates_are_born_on_the_day_or_called_the_same(pair: Pair) -> None:
    stranger = pair.desk.enrol(pair.district.classes["near_1"], "周大山")
    later = pair.desk.enrol(pair.district.classes["near_2"], "林小河")
    later.birth_date = dt.date(2020, 12, 3)
    pair.session.flush()
    identity = open_identity(pair.session, pair.kept)
    assert identity is not None
    found = candidates(pair.session, pair.by, pair.kept, identity)
    assert found == [pair.gone.id, later.id]
    assert stranger.id not in found
    assert candidates(pair.session, actor(pair.district, "class_clerk"), pair.kept, identity) == []
