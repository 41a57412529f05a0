"""Keeping the doses on notices true: each is open, given or not owed any more as the child's record stands today.

It does not matter how a dose came in: typed by the clinic, by the school, or read from a registry's file. And it works
both ways: a dose that turns out not to hold opens its item again.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.campaigns.models import Campaign, CampaignState
from app.checks.gathering import gather
from app.checks.judging import Judgement, judge
from app.checks.models import Check
from app.checks.queries import stands
from app.children.models import Child
from app.clock import CHINA
from app.notices.models import ItemState, Notice, NoticeItem
from app.people.actors import Actor
from rules import national

#: A dose of a line by its number: (line, dose).
Place = tuple[str, int]


def settle_items(session: Session, *, by: Actor, now: dt.datetime, child: Child) -> list[NoticeItem]:
    """Bring every item of the child's notices in line with its record today; the items that changed.

    Call it after any change of doses, doubts or exemptions. Notices that were replaced or withdrawn are settled too:
    the first check's notice is the baseline that rates are counted on. Those of a check that was corrected the same day
    never counted and are left alone, and so are those of a sealed campaign: the dose is kept, the archive stays.
    """
    items = _items(session, child.id)
    if not items:
        return []
    inputs = gather(session, child, now.astimezone(CHINA).date())
    # Each by the edition that its campaign pins.
    standing = {edition: Standing.of(judge(inputs, edition)) for edition in {edition for _item, edition in items}}
    changed = [item for item, edition in items if _settle(item, standing[edition], by=by, now=now)]
    if changed:
        session.flush()
        detail = {state.value: sum(item.state is state for item in changed) for state in ItemState}
        record(session, by=by, now=now, action="notice.settled", subject=("child", child.id), detail=detail)
    return changed


def _items(session: Session, child_id: int) -> list[tuple[NoticeItem, str]]:
    wanted = (
        select(NoticeItem, Campaign.edition)
        .join(Notice, Notice.id == NoticeItem.notice_id)
        .join(Check, Check.id == Notice.check_id)
        .join(Campaign, Campaign.id == Notice.campaign_id)
        .where(Notice.child_id == child_id, stands(), Campaign.state != CampaignState.SEALED)
    )
    return [(item, edition) for item, edition in session.execute(wanted.order_by(NoticeItem.id))]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the record says today of each dose of each line: the product owed, or the record that fills it."""

    owed: dict[Place, str]
    filled: dict[Place, tuple[int, str]]

    @classmethod
    def of(cls, judgement: Judgement) -> "Standing":
        doses = judgement.inputs["doses"]
        return cls(
            # Sure or provisional: both are still open.
            owed={(line.line, one.dose): one.product for line in judgement.assessment.lines for one in line.owed},
            filled={
                (line, number): (doses[fate.index]["record"], doses[fate.index]["product"])
                for fate in judgement.assessment.doses
                for line, number in fate.counts_for.items()
            },
        )

    def asks_for(self, line: str, dose: int, product: str) -> bool:
        """Is this dose still owed, by its number or because what was given in its place lacks what it was to bring?"""
        if (line, dose) in self.owed:
            return True
        if not _needed(product) or self._brought(line, dose, product):
            return False
        return any(where == line and _brings(one, product) for (where, _), one in self.owed.items())

    def record_for(self, line: str, dose: int, product: str) -> int | None:
        """The record that fills the dose: the one of its number, or a later one that brings what was missing."""
        exact = self.filled.get((line, dose))
        if exact is None or self._brought(line, dose, product):
            return exact and exact[0]
        later = [(n, one) for (where, n), one in self.filled.items() if where == line and n > dose]
        bringing = [one for _, one in sorted(later) if _brings(one[1], product)]
        return (bringing or [exact])[0][0]

    def _brought(self, line: str, dose: int, product: str) -> bool:
        filled = self.filled.get((line, dose))
        return filled is not None and _brings(filled[1], product)


#: What a dose may be owed for beyond its number: polio virus of type 2, which only some products hold.
_BROUGHT = frozenset({"type2"})


def _needed(product: str) -> frozenset[str]:
    return national().products[product].traits & _BROUGHT


def _brings(product: str, wanted: str) -> bool:
    """Does `product` bring what `wanted` was owed for?"""
    return _needed(wanted) <= national().products[product].traits


def _settle(item: NoticeItem, standing: Standing, *, by: Actor, now: dt.datetime) -> bool:
    state, dose_record = ItemState.OPEN, None
    if not standing.asks_for(item.line, item.dose, item.product):
        dose_record = standing.record_for(item.line, item.dose, item.product)
        state = ItemState.NOT_OWED if dose_record is None else ItemState.GIVEN
    if item.state is ItemState.FAILED and state is ItemState.OPEN:
        return False  # the reason why not still stands
    if (item.state, item.dose_record_id) == (state, dose_record):
        return False
    item.state, item.dose_record_id, item.failed_because = state, dose_record, None
    is_open = state is ItemState.OPEN
    item.closed_at, item.closed_by = (None, None) if is_open else (now, by.user_id)
    return True
