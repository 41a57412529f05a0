"""The door of the interface: a token in the Authorization header, live, with the scope that the view asks for."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import g, request
from flask_babel import gettext as _

from app import clock
from app.interface import pacing, tokens
from app.interface.models import Scope
from app.interface.problems import Refused
from app.interface.tokens import Bearer
from app.office import office
from app.people.access import admit_by
from app.people.actors import Actor

View = TypeVar("View", bound=Callable[..., Any])


def admit_token(scope: Scope | None = None) -> Callable[[View], View]:
    """Let programs in whose token has this scope; None: any live token."""

    def keeper() -> Actor:
        bearer = _bearer()
        if scope is not None and scope not in bearer.scopes:
            how = _("请让本单位的负责人另建一个能做 %(scope)s 的凭证。", scope=scope.value)
            raise Refused(403, "wrong_scope", _("这个凭证不能做这件事。"), how)
        g.bearer = bearer
        return bearer.actor

    return admit_by(keeper)


def current_bearer() -> Bearer:
    found: Bearer = g.bearer
    return found


def _bearer() -> Bearer:
    now, sent = clock.now(), request.authorization
    token = sent.token if sent is not None and sent.type == "bearer" else None
    with office().database.reading() as session:
        bearer = tokens.find_bearer(session, token, now=now) if token else None
    if bearer is None:
        pacing.count_stranger(request.remote_addr or "")
        how = _("请在请求头里写 Authorization: Bearer 和凭证；凭证可能到期或者收回了，请问给您凭证的人。")
        raise Refused(401, "no_token", _("没有带凭证，或者凭证不能用。"), how, WWW_Authenticate='Bearer realm="chayan"')
    pacing.count_token(bearer.token_id)
    if bearer.used_long_ago:
        with office().database.writing() as session:
            tokens.note_use(session, bearer.token_id, now=now)
    return bearer
