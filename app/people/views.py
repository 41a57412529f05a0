"""Pages of oneself: signing in and out, the own password, and where one goes first."""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.office import office
from app.people import actions, passwords, presence, refusing, signing_in
from app.people.access import actor_or_none, admit, current_actor, open_to_all
from app.people.models import User
from app.people.roles import Role
from app.people.wording import day_in_full
from app.schools.queries import only_bureau
from forms.web.people import OwnPasswordForm, SignInForm

pages = Blueprint("people", __name__)

#: Where each role begins, once that page exists.
_FIRST_PAGE = {
    Role.CLERK: "desk.show",
    Role.SCHOOL_HEAD: "desk.show",
    Role.NURSE: "clinic.missing",
    Role.CDC_DOCTOR: "children.search",
    Role.BUREAU_AUDITOR: "oversight.board",
    Role.ADMINISTRATOR: "schools.organisations",
}


@pages.get("/")
@admit(*Role)
def home() -> AnyResponse | str:
    endpoint = _FIRST_PAGE[current_actor().role]
    if endpoint in current_app.view_functions:
        return redirect(url_for(endpoint), 303)
    return render_template("people/home.html")


@pages.route("/sign-in", methods=["GET", "POST"])
@open_to_all
def sign_in() -> AnyResponse | str | tuple[str, int]:
    form = SignInForm(request.form)
    if request.method != "POST":
        return redirect(_onwards(), 303) if actor_or_none() else _sign_in_page(form)
    if not form.validate():
        return _sign_in_page(form), 422
    outcome = signing_in.sign_in(
        office().database,
        office().secret,
        name=form.name.data or "",
        password=form.password.data or "",
        **_here_and_now(),
    )
    if isinstance(outcome, signing_in.SignedIn):
        return presence.welcome(outcome.token, _onwards())
    form.password.errors = [refusing.at_sign_in(outcome)]
    return _sign_in_page(form), 429 if isinstance(outcome, signing_in.Waiting) else 401


@pages.post("/sign-out")
@admit(*Role, before_new_password=True)
def sign_out() -> AnyResponse:
    with office().database.writing() as session:
        actions.sign_out(session, by=current_actor(), now=clock.now(), token=presence.token())
    return presence.farewell(url_for("people.sign_in"))


@pages.route("/password", methods=["GET", "POST"])
@admit(*Role, before_new_password=True)
def own_password() -> AnyResponse | str | tuple[str, int]:
    with office().database.reading() as session:
        user = session.get_one(User, current_actor().user_id)
    form = OwnPasswordForm(request.form, too_easy=passwords.guessable_by(user.sign_in_name))
    if request.method != "POST":
        return _password_page(form, user)
    if not (form.validate() and _confirmed(form, user)):
        return _password_page(form, user), 422
    new_hash = passwords.hash_password(form.new.data or "")
    with office().database.writing() as session:
        token = actions.change_own_password(session, by=current_actor(), now=clock.now(), password_hash=new_hash)
    return presence.welcome(token, url_for("people.home"))


def _confirmed(form: OwnPasswordForm, user: User) -> bool:
    refusal = signing_in.confirm(
        office().database, office().secret, user=user, password=form.old.data or "", **_here_and_now()
    )
    form.old.errors = [refusing.at_confirming(refusal)] if refusal else []
    return refusal is None


def _here_and_now() -> dict[str, Any]:
    return {"address": request.remote_addr or "", "now": clock.now()}


def _onwards() -> str:
    return presence.safe_next(request.values.get("next")) or url_for("people.home")


def _sign_in_page(form: SignInForm) -> str:
    onwards = presence.safe_next(request.values.get("next"))
    with office().database.reading() as session:
        here = only_bureau(session)
    today = day_in_full(clock.today())
    undone = "undone" in request.args
    return render_template("people/sign_in.html", form=form, next=onwards, today=today, here=here, undone=undone)


def _password_page(form: OwnPasswordForm, user: User) -> str:
    return render_template("people/own_password.html", form=form, forced=user.must_change_password)
