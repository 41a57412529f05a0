"""Where every child of a class stands: the rows of its page, each with what is owed, the paper and who checked."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.checks.models import Check
from app.checks.queries import latest_checks
from app.children.kinds import EnrolmentState
from app.children.listing import Listed, class_list
from app.children.models import Enrolment
from app.clock import CHINA
from app.notices.models import Notice
from app.notices.queries import of_class
from app.people.actors import Actor
from app.people.models import User
from app.schools.models import SchoolClass
from forms import wording


@dataclass(frozen=True, slots=True)
class Standing:
    """One child of the class."""

    child: Listed
    #: 百白破 5、脊灰 IPV 5; what waits for a look is marked so.
    open: str
    notice: Notice | None
    #: The number of the check that stands; None: not checked.
    look: int | None
    #: 09-03 周敏
    checked: str

    @property
    def result(self) -> str:
        return self.child.result or "not_checked"


def standings(session: Session, actor: Actor, school_class: SchoolClass) -> list[Standing]:
    """Everybody of the class whom this person may see, in order of name."""
    children = class_list(session, actor, school_class)
    papers = {row.child.child_id: row.notice for row in of_class(session, actor, school_class)}
    here = select(Enrolment.id).where(Enrolment.class_id == school_class.id, Enrolment.state == EnrolmentState.ACTIVE)
    checks = {check.child_id: check for check in latest_checks(session, session.scalars(here)).values()}
    names = dict(session.execute(select(User.id, User.shown_name)).all()) if checks else {}
    return [_standing(child, checks.get(child.child_id), papers.get(child.child_id), names) for child in children]


def _standing(child: Listed, check: Check | None, notice: Notice | None, names: dict[int, str]) -> Standing:
    if check is None:
        return Standing(child, "", notice, None, "")
    day = check.at.astimezone(CHINA).strftime("%m-%d")
    return Standing(child, _open(check), notice, check.number, f"{day} {names.get(check.by, '')}")


def _open(check: Check) -> str:
    """In a few words; the doses of a line in review are questions, not debts."""
    found = []
    for line, finding in check.findings["lines"].items():
        if finding["status"] == "review":
            found.append(wording.to_verify(line))
        else:
            found += [wording.short_dose(line, owed["product"], owed["dose"]) for owed in finding["owed"]]
    return "、".join(found)
