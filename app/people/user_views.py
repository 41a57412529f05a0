"""The administrator's pages: users of the own subtree, added, switched off, given a new password."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.office import office
from app.people import actions, passwords, queries, wording
from app.people.access import admit, current_actor
from app.people.belonging import roles_at
from app.people.models import User
from app.people.roles import Role
from app.people.scope import organisation_or_404, user_or_404
from app.people.signing_in import plain_name
from app.schools.models import Organisation, SchoolClass
from app.schools.queries import classes_of
from forms.web.people import NewUserForm

pages = Blueprint("users", __name__)
pages.add_app_template_global(wording.role_name)


@pages.get("/users")
@admit(Role.ADMINISTRATOR)
def search() -> str:
    typed = request.args.get("q", "")[:60]
    with office().database.reading() as session:
        found, total = queries.find_users(session, current_actor(), typed)
    return render_template("people/users.html", found=found, total=total, typed=typed)


@pages.get("/users/<int:user_id>")
@admit(Role.ADMINISTRATOR)
def show(user_id: int) -> str:
    with office().database.reading() as session:
        user = user_or_404(session, current_actor(), user_id)
        return _user_page(session, user)


@pages.post("/users/<int:user_id>/switch-off")
@admit(Role.ADMINISTRATOR)
def switch_off(user_id: int) -> AnyResponse:
    if user_id == current_actor().user_id:
        abort(400)  # the page offers no such button
    with office().database.writing() as session:
        user = user_or_404(session, current_actor(), user_id)
        actions.switch_off(session, by=current_actor(), now=clock.now(), user=user)
    return redirect(url_for("users.show", user_id=user_id), 303)


@pages.post("/users/<int:user_id>/switch-on")
@admit(Role.ADMINISTRATOR)
def switch_on(user_id: int) -> AnyResponse:
    with office().database.writing() as session:
        user = user_or_404(session, current_actor(), user_id)
        actions.switch_on(session, by=current_actor(), now=clock.now(), user=user)
    return redirect(url_for("users.show", user_id=user_id), 303)


@pages.post("/users/<int:user_id>/new-password")
@admit(Role.ADMINISTRATOR)
def new_password(user_id: int) -> str:
    if user_id == current_actor().user_id:
        abort(400)  # nor here
    one_time = passwords.one_time_password()
    new_hash, secret = passwords.hash_password(one_time), office().secret
    with office().database.writing() as session:
        user = user_or_404(session, current_actor(), user_id)
        actions.reset_password(
            session, by=current_actor(), now=clock.now(), user=user, password_hash=new_hash, secret=secret
        )
        return _user_page(session, user, one_time=one_time)


@pages.route("/organisations/<int:organisation_id>/users/new", methods=["GET", "POST"])
@admit(Role.ADMINISTRATOR)
def add(organisation_id: int) -> str | tuple[str, int]:
    with office().database.reading() as session:
        organisation = organisation_or_404(session, current_actor(), organisation_id)
        classes = classes_of(session, organisation.id)
    form = NewUserForm(request.form)
    form.offer(
        [(role, wording.role_name(role)) for role in roles_at(organisation.kind)],
        [(each.id, each.name) for each in classes],
        _("全校"),
    )
    if request.method != "POST":
        return _add_page(form, organisation)
    if form.validate() and (page := _added(form, organisation)):
        return page
    return _add_page(form, organisation), 422


def _added(form: NewUserForm, organisation: Organisation) -> str | None:
    """The new user's page with the one-time password, or None with the form's errors filled in."""
    one_time = passwords.one_time_password()
    new_hash = passwords.hash_password(one_time)
    try:
        with office().database.writing() as session:
            user = actions.add_user(
                session,
                by=current_actor(),
                now=clock.now(),
                organisation=organisation,
                sign_in_name=plain_name(form.sign_in_name.data or ""),
                shown_name=(form.shown_name.data or "").strip(),
                role=Role(form.role.data),
                password_hash=new_hash,
                school_class=session.get(SchoolClass, int(form.class_id.data)) if form.class_id.data else None,
            )
            return _user_page(session, user, one_time=one_time)
    except actions.NameTaken:
        form.sign_in_name.errors = [_("这个工号已经有人用了，请换一个，比如在后面加个数字。")]
    except actions.ClassNotForRole:
        form.class_id.errors = [_("只有查验员能限定一个班。请选“全校”，或者把工作改成查验员。")]
    return None


def _user_page(session: Session, user: User, one_time: str | None = None) -> str:
    organisation = session.get_one(Organisation, user.organisation_id)
    own_class = session.get(SchoolClass, user.class_id) if user.class_id else None
    return render_template(
        "people/user.html", user=user, organisation=organisation, own_class=own_class, one_time=one_time
    )


def _add_page(form: NewUserForm, organisation: Organisation) -> str:
    return render_template("people/add_user.html", form=form, organisation=organisation)
