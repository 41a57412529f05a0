"""Counts the rows again in plain SQL, by another way than the pages do: what they show must come out of it."""

from collections import Counter

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.children.models import Child
from app.database import Database
from app.privacy.identities import open_identity

#: The check that stands of each enrolment: nothing supersedes it, it is no undoing, and no later one stands.
_STANDING = """
    SELECT one.enrolment_id, one.result, one.findings FROM check_record AS one
    WHERE NOT one.withdrawn
      AND one.id NOT IN (SELECT supersedes_id FROM check_record WHERE supersedes_id IS NOT NULL)
      AND one.number = (
        SELECT max(number) FROM check_record AS other
        WHERE other.enrolment_id = one.enrolment_id AND NOT other.withdrawn
          AND other.id NOT IN (SELECT supersedes_id FROM check_record WHERE supersedes_id IS NOT NULL))
"""
_RESULTS = f"""
    SELECT organisation.name, coalesce(standing.result, 'not_checked'), count(*)
    FROM enrolment
    JOIN school_class ON school_class.id = enrolment.class_id
    JOIN organisation ON organisation.id = school_class.school_id
    LEFT JOIN ({_STANDING}) AS standing ON standing.enrolment_id = enrolment.id
    WHERE enrolment.state = 'active'
    GROUP BY 1, 2
"""
_OWED = """
    SELECT notice_item.product, notice_item.dose, count(*)
    FROM notice_item JOIN notice ON notice.id = notice_item.notice_id
    WHERE notice.state NOT IN ('replaced', 'withdrawn') AND notice_item.part = 'catch_up'
    GROUP BY 1, 2
"""


def results_by_school(database: Database) -> dict[str, Counter[str]]:
    """School → result → children; 'not_checked' is one of them."""
    found: dict[str, Counter[str]] = {}
    with database.reading() as session:
        for school, result, number in session.execute(text(_RESULTS)):
            found.setdefault(school, Counter())[result] = number
    return found


def owed_doses(database: Database) -> Counter[tuple[str, int]]:
    """Product and dose → how many live notices ask for it."""
    with database.reading() as session:
        return Counter({(product, dose): number for product, dose, number in session.execute(text(_OWED))})


def asked_doses(database: Database, code: str) -> list[tuple[str, int]]:
    """Product and dose of every line that the notice with this code demands."""
    wanted = text(
        "SELECT product, dose FROM notice_item WHERE part = 'catch_up'"
        " AND notice_id = (SELECT id FROM notice WHERE code = :code)"
    )
    with database.reading() as session:
        return [(product, dose) for product, dose in session.execute(wanted, {"code": code})]


def rows(database: Database, table: str) -> int:
    with database.reading() as session:
        return session.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one()


def owed_items(session: Session) -> set[tuple[str, str]]:
    """Whose live notice still asks for a dose, and whether a reason was given why it was not."""
    wanted = text(
        "SELECT notice.child_id, notice_item.state FROM notice_item JOIN notice ON notice.id = notice_item.notice_id"
        " WHERE notice.state NOT IN ('replaced', 'withdrawn') AND notice_item.state IN ('open', 'failed')"
    )
    found = session.execute(wanted).all()
    names = {child_id: open_identity(session, session.get_one(Child, child_id)) for child_id, _state in found}
    return {(identity.name, state) for child_id, state in found if (identity := names[child_id])}
