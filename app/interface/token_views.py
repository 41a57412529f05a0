"""The page of an organisation's tokens: made, shown once, taken back. For its head, or an administrator above."""

import datetime as dt
import secrets

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.interface import actions, queries, wording
from app.interface.models import Scope
from app.interface.tokens import ACTS_AS
from app.office import office
from app.people import passwords
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.people.scope import organisation_or_404
from app.schools.models import Organisation
from forms.web.interface import DAYS, TokenForm

pages = Blueprint("tokens", __name__)
for words in (wording.scope_words, wording.last_day):
    pages.add_app_template_global(words)

_MAKE = (Role.ADMINISTRATOR, Role.SCHOOL_HEAD)


@pages.get("/organisations/<int:organisation_id>/tokens")
@admit(*_MAKE)
def index(organisation_id: int) -> str:
    with office().database.reading() as session:
        place = organisation_or_404(session, current_actor(), organisation_id)
        return _page(session, place, _form(place))


@pages.post("/organisations/<int:organisation_id>/tokens")
@admit(*_MAKE)
def make(organisation_id: int) -> str | tuple[str, int]:
    # Nobody can sign in as a program: its password is known to nobody.
    nobodys = passwords.hash_password(secrets.token_urlsafe(32))
    with office().database.writing() as session:
        place = organisation_or_404(session, current_actor(), organisation_id)
        form = _form(place)
        if place.kind not in ACTS_AS or not form.validate():
            return _page(session, place, form), 422
        _made, sent = actions.make_token(
            session,
            by=current_actor(),
            now=clock.now(),
            organisation=place,
            label=(form.label.data or "").strip(),
            scopes=[Scope(one) for one in form.scopes.data or []],
            lives=dt.timedelta(days=int(form.days.data)),
            password_hash=nobodys,
        )
        return _page(session, place, TokenForm(), sent)


@pages.post("/tokens/<int:token_id>/revoke")
@admit(*_MAKE)
def revoke(token_id: int) -> AnyResponse:
    with office().database.writing() as session:
        token = queries.token_or_404(session, current_actor(), token_id)
        actions.revoke_token(session, by=current_actor(), now=clock.now(), token=token)
        place_id = token.organisation_id
    flash(_("收回了，从现在起这个凭证什么也打不开"))
    return redirect(url_for("tokens.index", organisation_id=place_id), 303)


def _form(place: Organisation) -> TokenForm:
    form = TokenForm(request.form if request.method == "POST" else None)
    _offer(form, place)
    return form


def _offer(form: TokenForm, place: Organisation) -> None:
    _role, possible = ACTS_AS.get(place.kind, (None, ()))
    form.offer(
        [(one.value, wording.scope_word(one)) for one in possible], [(days, _("%(n)s 天", n=days)) for days in DAYS]
    )


def _page(session: Session, place: Organisation, form: TokenForm, sent: str | None = None) -> str:
    if sent is not None:
        _offer(form, place)
    return render_template(
        "interface/tokens.html",
        place=place,
        form=form,
        tokens=queries.tokens_of(session, place.id),
        sent=sent,
        possible=place.kind in ACTS_AS,
        now=clock.now(),
    )
