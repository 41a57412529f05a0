"""A child that stands in the roster twice, through the house's own actions: it comes again, is joined, is parted."""

from sqlalchemy import select

from app.children.actions import Facts, add_child
from app.children.kinds import EnrolmentSource
from app.children.models import Child, Enrolment
from app.merging.actions import merge, unmerge
from app.merging.models import ChildMerge
from app.privacy.identities import Identity, open_identity
from tests.actors import actor
from tests.invariants.world import CLERKS, World


def come_again(world: World, child_id: int) -> None:
    """The name is typed a second time, into a class of the same school, without the number."""
    where = {"near_1": "near_2", "near_2": "near_1"}.get(world.children[child_id], world.children[child_id])
    with world.transaction() as session:
        child = session.get_one(Child, child_id)
        known = open_identity(session, child)
        assert known is not None
        second = add_child(
            session,
            by=actor(world.district, CLERKS[where]),
            now=world.now,
            on=world.today,
            school_class=world.district.classes[where],
            source=EnrolmentSource.MIDYEAR,
            facts=Facts(child.sex, child.birth_date),
            identity=Identity(known.name),
            another_child=True,
        )
        world.children[second.id] = where


def join(world: World, kept_id: int, gone_id: int) -> None:
    with world.transaction() as session:
        pair = {"kept": session.get_one(Child, kept_id), "gone": session.get_one(Child, gone_id)}
        merge(session, by=world.clerk_of(kept_id), now=world.now, on=world.today, **pair)
    with world.database.reading() as session:
        if session.get_one(Child, gone_id).merged_into_id is not None:
            del world.children[gone_id]


def part(world: World) -> None:
    """The newest link of all."""
    with world.transaction() as session:
        wanted = select(ChildMerge).join(Child, Child.id == ChildMerge.kept_id)
        wanted = wanted.where(ChildMerge.undone_at.is_(None), Child.erased_at.is_(None))
        for row in session.scalars(wanted.order_by(ChildMerge.id.desc()).limit(1)).all():
            unmerge(session, by=world.clerk_of(row.kept_id), now=world.now, on=world.today, row=row)
            school_class = session.scalars(select(Enrolment.class_id).where(Enrolment.child_id == row.gone_id)).one()
            names = {one.id: name for name, one in world.district.classes.items()}
            world.children[row.gone_id] = names[school_class]
