"""Errors of the interface: RFC 9457 problem documents that say what, where and how to put it right, never with what."""

from collections.abc import Sequence
from typing import Any, NoReturn

from flask import Response, request
from flask_babel import gettext as _
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import HTTPException

from app.interface.shapes import Fault, Problem

MIMETYPE = "application/problem+json"
PREFIX = "/api/"
_MOST_FAULTS = 20


class Refused(HTTPException):
    """One answer of the interface that is no success."""

    def __init__(
        self, status: int, code: str, what: str, how: str, faults: Sequence[Fault] = (), **headers: str
    ) -> None:
        super().__init__(what)
        self.code, self.word, self.how, self.faults, self.more = status, code, how, list(faults), headers


def is_ours() -> bool:
    """Does this request speak to the interface, also where no such address is?"""
    return request.path.startswith(PREFIX)


def answer(error: HTTPException) -> Response:
    """The document of any error."""
    status = error.code or 500
    if isinstance(error, Refused):
        word, what, how, faults, more = error.word, str(error.description), error.how, error.faults, error.more
    else:
        (word, what, how), faults, more = _plain(status), [], {}
    problem = Problem(
        type=f"urn:chayan:problem:{word}", title=what, status=status, code=word, detail=how, errors=faults
    )
    response = Response(problem.model_dump_json(), status, mimetype=MIMETYPE)
    kept = {"Allow", "Retry-After"}
    response.headers.update({name: value for name, value in error.get_headers() if name in kept})
    response.headers.update({name.replace("_", "-"): value for name, value in more.items()})
    return response


def refuse_fields(error: ValidationError, place: str) -> NoReturn:
    """What pydantic found, in our words: where, and which kind of fault, never the value or an unknown name."""
    faults = [
        Fault(where=_where(one["loc"], one["type"], place), what=one["type"], how=_how(one["type"], one.get("ctx", {})))
        for one in error.errors(include_url=False, include_input=False)[:_MOST_FAULTS]
    ]
    raise Refused(422, "invalid", _("有几处不合格式，什么都没有写入。"), _("请照 errors 里的位置改好再发。"), faults)


def dumped(model: BaseModel, status: int = 200, **headers: str) -> Response:
    response = Response(model.model_dump_json(), status, mimetype="application/json")
    response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return response


def _where(loc: tuple[int | str, ...], kind: str, place: str) -> str:
    known = loc[:-1] if kind == "extra_forbidden" else loc
    # A JSON pointer for bodies, a name for the address.
    return place + "".join(f"/{part}" for part in known if isinstance(part, int) or part.isidentifier())


def _how(kind: str, context: dict[str, Any]) -> str:
    bounds = {name: context[name] for name in ("max_length", "min_length", "ge", "le") if name in context}
    limit = next(iter(bounds.values()), "")
    if kind == "missing":
        return _("这一项必须有。")
    if kind == "extra_forbidden":
        return _("这里有文档里没有的字段，请去掉。")
    if kind in {"string_too_long", "too_long", "less_than_equal"}:
        return _("最多 %(limit)s。", limit=limit)
    if kind in {"string_too_short", "too_short", "greater_than_equal"}:
        return _("至少 %(limit)s。", limit=limit)
    return _("类型或格式不对，请看 /api/v1/openapi.json。")


def _plain(status: int) -> tuple[str, str, str]:
    """The errors that are not made by the interface itself."""
    known = {
        400: ("bad_request", _("这个请求看不懂。"), _("请看 /api/v1/openapi.json。")),
        403: ("forbidden", _("这里不让进。"), _("请看凭证能做什么。")),
        404: ("not_found", _("没有这一项，或者不在本单位。"), _("请核对地址和编号。")),
        405: ("method_not_allowed", _("这个地址不能这样用。"), _("Allow 里是可以用的方法。")),
        413: ("too_large", _("内容太大。"), _("请分成几份再发。")),
        415: ("unsupported_media_type", _("内容要是 JSON。"), _("请写 Content-Type: application/json。")),
    }
    if status in known:
        return known[status]
    if status < 500:
        return known[400]
    return "internal", _("系统出了故障。"), _("没有写入一半。请稍后用同样的内容再发；还不行，请告诉管理员时间。")
