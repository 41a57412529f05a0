"""Who sees what in the district, written out by hand: the other side of `app.people.scope`.

A route with a parameter that is not in `THINGS` or `WORDS` fails the access matrix: say here what it names.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app import clock
from app.campaigns.models import Campaign
from app.checks.actions import check_child
from app.checks.models import Check
from app.children.kinds import CertificateState, DoseSource, DoubtKind, ExemptionEvidence, ExemptionKind
from app.children.models import Certificate, DoseRecord, Doubt, Enrolment, Exemption
from app.notices.actions import follow_check
from app.people.sessions import actor_of
from app.registry import actions as registry
from app.registry.reading import read_export
from app.reports.actions import freeze, send
from app.roster.actions import propose
from app.roster.reading import read_roster
from app.roster.reviewing import first_look
from app.schools.models import Organisation
from tests.actors import actor
from tests.district import FIRST_DAY, MOMENT, District, name_children
from tests.house.access_clinic import OF_A_CENTER, event_of
from tests.house.access_interface import TOKENS_SEEN, token_of
from tests.house.access_merging import OF_A_MERGE
from tests.house.access_watching import NAMED_CLASSES, WATCHED
from tests.house.long_work import ARCHIVES_SEEN, ERASURES_SEEN, JOBS_SEEN, archive_of, erasure_of, file_of, job_of
from tests.notices.september import open_campaign

#: Nobody's number.
NOBODY = 987_654

#: The people who walk through the house, and the children each of them may see.
CHILDREN_SEEN: dict[str, set[str]] = {
    "clerk": {"near_1", "near_2"},
    "class_clerk": {"near_1"},
    "school_head": {"near_1", "near_2"},
    "nurse": {"near_1", "near_2"},
    "cdc_doctor": {"near_1", "near_2", "far_1"},
    "bureau_auditor": set(),
    "administrator": set(),
    "school_administrator": set(),
    "foreign_clerk": {"foreign_1"},
}

PLACES_SEEN: dict[str, set[str]] = {
    "clerk": {"near"},
    "class_clerk": {"near"},
    "school_head": {"near"},
    "nurse": {"near_center", "near"},
    "cdc_doctor": {"cdc", "near_center", "far_center"},
    "bureau_auditor": {"bureau", "near", "far"},
    "administrator": {"bureau", "near", "far"},
    "school_administrator": {"near"},
    "foreign_clerk": {"foreign"},
}

CLASSES_SEEN: dict[str, set[str]] = {
    **{who: {"near_1", "near_2"} for who in ("clerk", "school_head", "nurse", "school_administrator")},
    "class_clerk": {"near_1"},
    "cdc_doctor": set(),
    "bureau_auditor": {"near_1", "near_2", "far_1"},
    "administrator": {"near_1", "near_2", "far_1"},
    "foreign_clerk": {"foreign_1"},
}

#: The health centers a person's school reports to; only people of a whole school report.
CENTERS_SEEN: dict[str, set[str]] = {
    **{who: set() for who in CHILDREN_SEEN},
    **{who: {"near_center"} for who in ("clerk", "school_head")},
    "foreign_clerk": {"foreign_center"},
}

#: The lists a person may open, by the school that made them; all were sent.
REPORTS_SEEN: dict[str, set[str]] = {
    **{who: set() for who in CHILDREN_SEEN},
    **{who: {"near"} for who in ("clerk", "school_head", "nurse")},
    "foreign_clerk": {"foreign"},
}

USERS_SEEN: dict[str, set[str]] = {
    **{who: {who} for who in CHILDREN_SEEN},
    "school_administrator": {"clerk", "class_clerk", "school_head", "school_administrator"},
    "administrator": {
        *("administrator", "bureau_auditor"),
        *("clerk", "class_clerk", "school_head", "school_administrator", "far_clerk"),
    },
}

#: The campaigns a person sets up and leads, by the bureau.
CAMPAIGNS_SEEN: dict[str, set[str]] = {
    **{who: set() for who in CHILDREN_SEEN},
    "bureau_auditor": {"bureau"},
}

#: Uploaded rosters, by who uploaded them: a matter of the whole school, so not for the clerk of one class.
IMPORTS_SEEN: dict[str, set[str]] = {
    **{who: set() for who in CHILDREN_SEEN},
    "clerk": {"clerk"},
    "school_head": {"clerk"},
    "foreign_clerk": {"foreign_clerk"},
}

#: A registry's exports, by who uploaded them.
EXPORTS_SEEN: dict[str, set[str]] = {
    **{who: set() for who in CHILDREN_SEEN},
    "clerk": {"clerk"},
    "school_head": {"clerk"},
    "nurse": {"nurse"},
    "foreign_clerk": {"foreign_clerk"},
}

#: A health center's own sessions and pauses.
OF_CENTERS: dict[str, set[str]] = {**{who: set() for who in CHILDREN_SEEN}, "nurse": {"near_center"}}


@dataclass
class Numbers:
    """The id of every thing of one kind, by the short name of the child, place or user it belongs to."""

    ids: dict[str, int]
    seen: dict[str, set[str]]

    def own(self, who: str) -> list[int]:
        return [number for name, number in self.ids.items() if name in self.seen[who]]

    def foreign(self, who: str) -> list[int]:
        return [number for name, number in self.ids.items() if name not in self.seen[who]] + [NOBODY]


@dataclass
class AccessTable:
    """What each route parameter can name."""

    things: dict[str, Numbers] = field(default_factory=dict)


#: Parameters that name no row: one value that the route accepts.
WORDS = {"code": "en", "filename": "favicon.svg", "item": "letter", "sheet": "table", "which": "newcomers"}
WORDS |= {"notice_code": "0" * 21, "position": "1"}

#: Views that are told by the form, not by the address, which row is meant: field → what it names.
IN_THE_FORM: dict[str, dict[str, str]] = {
    "desk.classes": {"class_id": "class_id"},
}


def build_table(session: Session, district: District) -> AccessTable:
    """Rows of every kind for every child of the district, and who sees which."""
    name_children(session, district)
    table = AccessTable()
    for parameter, make in _OF_A_CHILD.items():
        ids = {name: make(session, district, name) for name in district.children}
        table.things[parameter] = Numbers(ids, CHILDREN_SEEN)
    table.things["other_child_id"].seen = dict(CHILDREN_SEEN)  # anybody's second record, not of the child it is held to
    places = {name: place.id for name, place in district.places.items()}
    schools = {name: number for name, number in places.items() if district.places[name].kind == "school"}
    table.things |= {"organisation_id": Numbers(places, PLACES_SEEN), "school_id": Numbers(schools, PLACES_SEEN)}
    centers = {name: number for name, number in places.items() if district.places[name].kind == "health_center"}
    table.things["center_id"] = Numbers(centers, CENTERS_SEEN)
    reports = {name: _report(session, district, name) for name in schools}
    table.things["report_id"] = Numbers(reports, REPORTS_SEEN)
    table.things["campaign_id"] = Numbers(_campaigns(session, district), CAMPAIGNS_SEEN)
    for parameter, make_of_center in OF_A_CENTER.items():
        table.things[parameter] = Numbers(
            {name: make_of_center(session, district, name) for name in centers}, OF_CENTERS
        )
    classes = {name: one.id for name, one in district.classes.items()}
    table.things |= {"class_id": Numbers(classes, CLASSES_SEEN), "named_class_id": Numbers(classes, NAMED_CLASSES)}
    imports = {name: _import(session, district, name) for name in ("clerk", "far_clerk", "foreign_clerk")}
    table.things["import_id"] = Numbers(imports, IMPORTS_SEEN)
    exports = {name: _export(session, district, name) for name in ("clerk", "nurse", "far_clerk", "foreign_clerk")}
    table.things["export_id"] = Numbers(exports, EXPORTS_SEEN)
    archives = {who: archive_of(session, district, who) for who in ("school_head", "bureau_auditor", "far_clerk")}
    table.things["archive_id"] = Numbers(archives, ARCHIVES_SEEN)
    erasures = {who: erasure_of(session, district, who) for who in ("school_head", "foreign_clerk")}
    table.things["erasure_id"] = Numbers(erasures, ERASURES_SEEN)
    jobs = {who: job_of(session, district, who) for who in JOBS_SEEN}
    table.things["job_id"] = Numbers(jobs, JOBS_SEEN)
    table.things["file_id"] = Numbers({who: file_of(session, number) for who, number in jobs.items()}, JOBS_SEEN)
    for parameter, (make_watched, seen) in WATCHED.items():
        table.things[parameter] = Numbers({name: make_watched(session, district, name) for name in schools}, seen)
    table.things["token_id"] = Numbers({name: token_of(session, district, name) for name in schools}, TOKENS_SEEN)
    table.things["user_id"] = Numbers({name: user.id for name, user in district.users.items()}, USERS_SEEN)
    return table


Maker = Callable[[Session, District, str], int]


def _kept(session: Session, row: Certificate | DoseRecord | Doubt | Exemption) -> int:
    session.add(row)
    session.flush()
    return row.id


def _dose(session: Session, district: District, name: str) -> int:
    child, by = district.children[name].id, district.users["clerk"].id
    row = DoseRecord(child_id=child, product="IPV", day=FIRST_DAY, source=DoseSource.BOOKLET)
    row.entered_by, row.entered_at = by, MOMENT
    return _kept(session, row)


def _doubt(session: Session, district: District, name: str) -> int:
    row = Doubt(child_id=district.children[name].id, line="Polio", kind=DoubtKind.UNREADABLE)
    row.raised_by, row.raised_at = district.users["clerk"].id, MOMENT
    return _kept(session, row)


def _exemption(session: Session, district: District, name: str) -> int:
    row = Exemption(child_id=district.children[name].id, line="live", kind=ExemptionKind.DEFERRED)
    row.evidence, row.recorded_by, row.recorded_at = (
        ExemptionEvidence.CLINIC_PAPER,
        district.users["clerk"].id,
        MOMENT,
    )
    return _kept(session, row)


def _certificate(session: Session, district: District, name: str) -> int:
    row = Certificate(child_id=district.children[name].id, state=CertificateState.ABSENT)
    row.recorded_by, row.recorded_at = district.users["clerk"].id, MOMENT
    return _kept(session, row)


def _enrolment(session: Session, district: District, name: str) -> int:
    child = district.children[name].id
    return session.query(Enrolment.id).filter(Enrolment.child_id == child).scalar()


def _check(session: Session, district: District, name: str) -> int:
    clerk, near = district.users["clerk"], district.places["near"]
    enrolment = session.get_one(Enrolment, _enrolment(session, district, name))
    child, by = district.children[name], actor_of(clerk, near)
    return check_child(session, by=by, now=MOMENT, as_of=FIRST_DAY, child=child, enrolment=enrolment).id


def _notice(session: Session, district: District, name: str) -> int:
    """A notice that asks for the certificate which `_certificate` found absent."""
    bureau = "other_bureau" if name.startswith("foreign") else "bureau"
    if session.query(Campaign).filter(Campaign.bureau_id == district.places[bureau].id).count() == 0:
        open_campaign(session, district, bureau)
    check = session.get_one(Check, _check(session, district, name))
    by = actor_of(district.users["clerk"], district.places["near"])
    notice = follow_check(session, by=by, now=MOMENT, check=check)
    assert notice is not None
    return notice.id


def _import(session: Session, district: District, who: str) -> int:
    """A roster that waits for a decision."""
    content = f"姓名,性别,出生日期,班级\n{who},女,2020-03-12,一（1）班\n".encode()
    roster = read_roster(content, file_name="roster.csv", today=FIRST_DAY)
    by = actor(district, who)
    changes = first_look(session, by.organisation_id, roster)
    return propose(session, by=by, now=clock.now(), roster=roster, changes=changes).id


def _export(session: Session, district: District, who: str) -> int:
    """A registry's export that waits for a decision."""
    content = "姓名,出生日期,疫苗,接种日期\n林小河,2020-03-12,乙肝疫苗,2020-03-12\n".encode()
    export = read_export(content, file_name="export.csv", today=FIRST_DAY)
    return registry.propose(session, by=actor(district, who), now=clock.now(), export=export).id


def _campaigns(session: Session, district: District) -> dict[str, int]:
    """Both bureaus have one by now: `_notice` opened them."""
    names = {district.places[name].id: name for name in ("bureau", "other_bureau")}
    return {names[one.bureau_id]: one.id for one in session.query(Campaign)}


def _report(session: Session, district: District, school_name: str) -> int:
    """A list that was sent."""
    school = district.places[school_name]
    campaign = session.query(Campaign).filter(Campaign.bureau_id == school.supervisor_id).one()
    center = session.get_one(Organisation, school.default_health_center_id)
    by = actor_of(district.users["clerk"], district.places["near"])
    report = freeze(session, by=by, now=MOMENT, campaign=campaign, school=school, center=center)
    send(session, by=by, now=MOMENT, report=report)
    return report.id


_OF_A_CHILD: dict[str, Maker] = {
    "child_id": lambda session, district, name: district.children[name].id,
    "enrolment_id": _enrolment,
    "certificate_id": _certificate,
    "dose_id": _dose,
    "record_id": _dose,
    "doubt_id": _doubt,
    "exemption_id": _exemption,
    "check_id": _check,
    "notice_id": _notice,
    "event_id": event_of,
    **OF_A_MERGE,
}
