"""The pages of pictures: photographs and scans, several at once, and the camera that goes on reading."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, jsonify, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.desk.pages import progress_here
from app.intake import limits
from app.intake.keeping_warm import readers
from app.intake.looking import Looked, look
from app.intake.queries import Meant, child_meant, children_meant, several_children
from app.intake.telling_apart import tell
from app.intake.wording import kind_word, refusal_word, shown
from app.office import office
from app.people.access import admit, current_actor
from app.people.roles import Role

pages = Blueprint("intake", __name__, url_prefix="/intake")
pages.add_app_template_global(kind_word, "code_kind_word")
pages.add_app_template_global(shown, "code_shown")

DESK = (Role.CLERK, Role.SCHOOL_HEAD)
#: As long as a voucher, the longest code that leads anywhere.
_LONGEST = 800


@dataclass(frozen=True, slots=True)
class File:
    """One file that was sent, as its answer shows it."""

    name: str
    refused: str | None
    codes: Sequence[Meant]
    #: Different children in one picture.
    mixed: bool


@pages.route("/photos", methods=["GET", "POST"])
@admit(*DESK)
def photos() -> str | tuple[str, int]:
    if request.method != "POST":
        readers.warm()
        return _photos_page()
    sent = [(one.filename or "", one.read()) for one in request.files.getlist("files") if one.filename]
    if not sent:
        return _photos_page(fault=_("还没有选照片。")), 422
    if len(sent) > limits.MOST_FILES:
        fault = _(
            "一次最多 %(most)s 个，这里有 %(n)s 个，一个都还没有读。请分几次选。", most=limits.MOST_FILES, n=len(sent)
        )
        return _photos_page(fault=fault), 422
    looked = [(name, look(content)) for name, content in sent]
    with office().database.writing() as session:
        return _photos_page(files=[_file(session, name, one) for name, one in looked])


@pages.get("/camera")
@admit(*DESK)
def camera() -> str:
    readers.warm()
    with office().database.reading() as session:
        return render_template("intake/camera.html", progress=progress_here(session))


@pages.post("/frame")
@admit(*DESK)
def frame() -> AnyResponse:
    """A picture of the camera, from a browser that cannot read codes by itself."""
    sent = request.files.get("frame")
    looked = look(sent.read()) if sent else Looked()
    return jsonify(codes=[code.text for code in looked.codes])


@pages.post("/line")
@admit(*DESK)
def line() -> str:
    """What the camera says of a code: the child and its result, or what was read."""
    told = tell(request.form.get("code", "")[:_LONGEST])
    with office().database.writing() as session:
        meant = child_meant(session, current_actor(), told)
        _note_read(session, [meant])
        return render_template("intake/line.html", one=meant)


def _file(session: Session, name: str, looked: Looked) -> File:
    if looked.refused:
        return File(name, refusal_word(looked.refused), (), mixed=False)
    meant = children_meant(session, current_actor(), looked.codes)
    _note_read(session, meant)
    return File(name, None, meant, several_children(meant))


def _note_read(session: Session, meant: Sequence[Meant]) -> None:
    ids = sorted({one.child.child_id for one in meant if one.child})
    if ids:
        actor = current_actor()
        subject = ("organisation", actor.organisation_id)
        record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=subject, detail={"children": ids})


def _photos_page(files: Sequence[File] = (), fault: str | None = None) -> str:
    largest = limits.LARGEST_FILE
    heavy = refusal_word("heavy")
    return render_template("intake/photos.html", files=files, fault=fault, largest=largest, heavy=heavy)
