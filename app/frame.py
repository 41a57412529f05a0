"""What every page's frame shows: the words of navigation, where one is, who is signed in, whether this is a demo.

A tab appears as soon as its page exists, so that a room can be built without touching the others.
"""

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext as _l

from app import languages
from app.office import office
from app.people.access import actor_or_none
from app.people.actors import Actor
from app.people.roles import Role
from app.people.wording import role_name
from app.practice.door import can_be_practised, is_practice
from app.schools.models import Organisation
from forms.translating import speaks_english
from forms.wording.days import month_and_day

_CHILDREN = (Role.CLERK, Role.SCHOOL_HEAD, Role.NURSE, Role.CDC_DOCTOR)

#: Endpoint, word, roles; at most six words a role.
_TABS = (
    ("desk.show", _l("查验台"), (Role.CLERK, Role.SCHOOL_HEAD)),
    ("clinic.missing", _l("待补种"), (Role.NURSE,)),
    ("notices.index", _l("通知"), (Role.CLERK, Role.SCHOOL_HEAD)),
    ("oversight.board", _l("督查"), (Role.BUREAU_AUDITOR, Role.CDC_DOCTOR)),
    ("campaigns.index", _l("批次"), (Role.CLERK, Role.SCHOOL_HEAD, Role.BUREAU_AUDITOR)),
    ("reports.index", _l("名单"), (Role.CLERK, Role.SCHOOL_HEAD, Role.NURSE, Role.BUREAU_AUDITOR)),
    # A school finds its sheets from the page of lists: it has six words already.
    ("sheets.index", _l("报表"), (Role.NURSE, Role.CDC_DOCTOR, Role.BUREAU_AUDITOR)),
    ("children.search", _l("儿童"), _CHILDREN),
    ("roster.start", _l("导入"), (Role.CLERK, Role.SCHOOL_HEAD)),
    ("registry.start", _l("导入"), (Role.NURSE,)),
    ("schools.organisations", _l("机构"), (Role.ADMINISTRATOR, Role.BUREAU_AUDITOR, Role.CDC_DOCTOR)),
    ("users.search", _l("用户"), (Role.ADMINISTRATOR,)),
    ("audit.events", _l("审计"), (Role.ADMINISTRATOR,)),
)
#: The pages under 督查: a second row of words, shown on each of them.
_SECTIONS = (
    ("oversight.board", _l("看板"), (Role.BUREAU_AUDITOR, Role.CDC_DOCTOR)),
    ("oversight.doses", _l("疫苗和剂次"), (Role.BUREAU_AUDITOR, Role.CDC_DOCTOR)),
    ("oversight.hints", _l("可疑记录"), (Role.BUREAU_AUDITOR, Role.CDC_DOCTOR)),
    ("deadlines.index", _l("期限"), (Role.BUREAU_AUDITOR, Role.CDC_DOCTOR)),
    ("visits.index_of_visits", _l("督导"), (Role.BUREAU_AUDITOR, Role.CDC_DOCTOR)),
    ("spotchecks.index", _l("抽查"), (Role.BUREAU_AUDITOR, Role.CDC_DOCTOR)),
    ("replays.index", _l("判断复核"), (Role.BUREAU_AUDITOR, Role.CDC_DOCTOR)),
    ("editions.index", _l("版本比较"), (Role.BUREAU_AUDITOR, Role.CDC_DOCTOR)),
    ("audit.events", _l("审计"), (Role.BUREAU_AUDITOR,)),
)
#: Nothing for a clerk of one class.
_WHOLE_SCHOOL = frozenset({"roster.start"})


@dataclass(frozen=True, slots=True)
class Tab:
    """One word of the navigation."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Sync:
    """A dot that never stands without words; state: ok, waiting, offline."""

    words: str
    state: str = "ok"


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything base.html asks for."""

    language: str
    demo: bool
    #: The cover comes down before the server's session ends.
    idle_minutes: int
    tabs: tuple[Tab, ...] = ()
    #: The second row of words, where one is under 督查.
    sections: tuple[Tab, ...] = ()
    #: The name of the other language and the address that chooses it.
    other_language: tuple[str, str] = ("English", "/language/en")
    organisation: str | None = None
    role: str | None = None
    sync: Sync | None = None
    practice: bool = False


def register(app: Flask) -> None:
    app.context_processor(lambda: {"frame": _frame()})
    app.add_template_global(month_and_day)


def _frame() -> Frame:
    settings = office().settings
    actor = actor_or_none()
    sections = _sections(actor) if actor else ()
    return Frame(
        language="en" if speaks_english() else "zh-CN",
        other_language=languages.other(),
        demo=settings.demo,
        idle_minutes=min(10, settings.idle_minutes),
        tabs=_tabs(actor, under=bool(sections)) if actor else (),
        sections=sections,
        organisation=_organisation(actor) if actor else None,
        role=role_name(actor.role) if actor else None,
        practice=is_practice(),
    )


def _sections(actor: Actor) -> tuple[Tab, ...]:
    """Those of this person, if one of them is open."""
    here = _section_of(request.endpoint or "")
    found = tuple(
        Tab(str(word), url_for(endpoint), endpoint == here)
        for endpoint, word, roles in _SECTIONS
        if actor.role in roles and endpoint in current_app.view_functions
    )
    return found if any(one.current for one in found) else ()


def _section_of(page: str) -> str | None:
    """The page itself where it is one of the words, else the first word of its room."""
    known = [endpoint for endpoint, _word, _roles in _SECTIONS]
    return page if page in known else next((one for one in known if _room(one) == _room(page)), None)


def _tabs(actor: Actor, *, under: bool) -> tuple[Tab, ...]:
    here = _room(request.endpoint or "")
    sections = {endpoint for endpoint, _word, _roles in _SECTIONS}
    return tuple(
        Tab(str(word), url_for(endpoint), _room(endpoint) == here or (under and endpoint in sections))
        for endpoint, word, roles in _TABS
        if actor.role in roles
        and endpoint in current_app.view_functions
        and (not is_practice() or can_be_practised(endpoint))
        and not (actor.class_id and endpoint in _WHOLE_SCHOOL)
    )


def _room(endpoint: str) -> str:
    return endpoint.partition(".")[0]


def _organisation(actor: Actor) -> str | None:
    with office().database.reading() as session:
        found = session.get(Organisation, actor.organisation_id)
        return found.name if found else None
