"""A recount of a district from raw rows in loops: shares no line with what it is compared to."""

import datetime as dt
from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

Row = dict[str, Any]
LINES = ("BCG", "HepB", "Polio", "DTP", "MMR", "JE", "Men", "HepA")


class District:
    """Every row of the tables that count, read once."""

    def __init__(self, session: Session, bureau: int, joins_from: dt.date) -> None:
        def rows(table: str) -> list[Row]:
            return [dict(one) for one in session.execute(text(f"SELECT * FROM {table} ORDER BY id")).mappings()]

        schools = {one["id"]: one for one in rows("organisation") if one["supervisor_id"] == bureau}
        classes = {one["id"]: one for one in rows("school_class") if one["school_id"] in schools}
        children = {one["id"]: one for one in rows("child") if one["merged_into_id"] is None}
        self.schools = [one for one in schools.values() if one["kind"] == "school"]
        self.enrolments = [
            one | {"school": schools[classes[one["class_id"]]["school_id"]], "child": children[one["child_id"]]}
            for one in rows("enrolment")
            if one["state"] == "active"
            and one["class_id"] in classes
            and one["child_id"] in children
            and str(one["from_day"]) >= str(joins_from)
        ]
        everything = rows("check_record")
        replaced = {one["supersedes_id"] for one in everything}
        self.checks: dict[int, list[Row]] = defaultdict(list)
        for one in sorted(everything, key=lambda row: row["number"]):
            if one["id"] not in replaced:
                self.checks[one["enrolment_id"]].append(one)
        self.certificates = {one["child_id"]: one["state"] for one in rows("certificate")}
        self.notices, self.items = rows("notice"), defaultdict(list)
        for one in rows("notice_item"):
            self.items[one["notice_id"]].append(one)
        self.pauses, self.reports = rows("exemption"), rows("report")


def indicators(found: District, first_day: dt.date, recheck_by: dt.date, today: dt.date) -> dict[str, tuple[int, int]]:
    """Numerator and denominator of every rate, by its code; doses by line, product and number as "dose.MMR.MMR.2"."""
    seen = [one for one in found.enrolments if found.checks[one["id"]]]
    without = [one for one in seen if found.checks[one["id"]][0]["result"] == "no_certificate"]
    complete = sum(found.checks[one["id"]][-1]["result"] == "complete" for one in seen)
    again = sum(found.certificates.get(one["child_id"]) in {"present", "replaced"} for one in without)
    counted: dict[str, tuple[int, int]] = {
        "checked": (len(seen), len(found.enrolments)),
        "certificate": (len(seen) - len(without), len(seen)),
        "replaced": (again, len(without)),
        "complete": (complete, len(seen)),
    }
    doses, done, children, caught_up = Counter[str](), Counter[str](), 0, 0
    for one in seen:
        first = found.checks[one["id"]][0]["id"]
        owed = [
            item
            for notice in found.notices
            if notice["check_id"] == first
            for item in found.items[notice["id"]]
            if item["part"] == "catch_up" and str(item["earliest"]) <= str(recheck_by) and item["state"] != "not_owed"
        ]
        for item in owed:
            key = f"dose.{item['line']}.{item['product']}.{item['dose']}"
            doses[key] += 1
            done[key] += item["state"] == "given"
        rated = [item["state"] for item in owed if item["line"] != "BCG"]
        children += bool(rated)
        caught_up += set(rated) == {"given"}
    counted["caught_up"] = (caught_up, children)
    counted["doses"] = (done.total(), doses.total())
    counted |= {key: (done[key], number) for key, number in doses.items()}
    for line in LINES:
        asked = len(seen) - sum(line in _paused(found, one, today) for one in seen)
        counted[f"coverage.{line}"] = (asked - sum(line in _owes(found, one) for one in found.enrolments), asked)
    return counted | _lists(found, first_day)


def reasons(found: District, recheck_by: dt.date) -> Counter[str]:
    """Doses of the baseline that nobody gave, by what was said."""
    firsts = {found.checks[one["id"]][0]["id"] for one in found.enrolments if found.checks[one["id"]]}
    return Counter(
        item["failed_because"] or ""
        for notice in found.notices
        if notice["check_id"] in firsts
        for item in found.items[notice["id"]]
        if item["part"] == "catch_up"
        and str(item["earliest"]) <= str(recheck_by)
        and item["state"] in {"open", "failed"}
    )


def _paused(found: District, enrolment: Row, today: dt.date) -> set[str]:
    lines = {
        one["line"]
        for one in found.pauses
        if one["child_id"] == enrolment["child_id"]
        and one["ended_at"] is None
        and (one["valid_to"] is None or str(one["valid_to"]) >= str(today))
    }
    # The injected live vaccines that nothing can stand in for.
    return lines | {"BCG", "MMR"} if "live" in lines else lines


def _owes(found: District, enrolment: Row) -> set[str]:
    return {
        item["line"]
        for notice in found.notices
        if notice["enrolment_id"] == enrolment["id"]
        and notice["state"] not in {"replaced", "withdrawn"}
        and notice["kind"] not in {"passed", "waived"}
        for item in found.items[notice["id"]]
        if item["state"] in {"open", "failed"}
    }


def _lists(found: District, first_day: dt.date) -> dict[str, tuple[int, int]]:
    """A school has reported when every clinic that looks after one of its children has a list that is not sent back."""
    reported = in_time = 0
    for school in found.schools:
        clinics = {
            one["child"]["home_health_center_id"] or school["default_health_center_id"]
            for one in found.enrolments
            if one["school"]["id"] == school["id"]
        }
        sent: dict[int, str] = {}
        for one in found.reports:
            if one["school_id"] == school["id"] and one["state"] in {"sent", "acknowledged"}:
                moment = str(one["sent_at"])
                sent[one["health_center_id"]] = min(moment, sent.get(one["health_center_id"], moment))
        if sent and clinics <= set(sent):
            reported += 1
            last = max(moment for clinic, moment in sent.items() if clinic in clinics or not clinics)
            in_time += last[:10] <= str(first_day + dt.timedelta(30))
    return {"reported": (reported, len(found.schools)), "in_time": (in_time, len(found.schools))}
