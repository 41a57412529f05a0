"""A request's body and key: read with ceilings, and refused with a sentence where it is not what it says it is."""

import json
import re
from typing import Any, TypeVar

from flask import request
from flask_babel import gettext as _
from pydantic import BaseModel, ValidationError

from app.interface.problems import Refused, refuse_fields
from app.interface.shapes import Fault

LARGEST = 8 * 1024 * 1024
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")

Body = TypeVar("Body", bound=BaseModel)


def read_body(model: type[Body]) -> tuple[Body, bytes]:
    """The body as this model says, and as it was sent."""
    if request.mimetype != "application/json":
        raise Refused(415, "unsupported_media_type", _("内容要是 JSON。"), _("请写 Content-Type: application/json。"))
    request.max_content_length = LARGEST
    sent = request.get_data()
    try:
        return model.model_validate(_parsed(sent)), sent
    except ValidationError as error:
        refuse_fields(error, "")


def read_key() -> str:
    """The client's own key of this content."""
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        how = _("请写 8 到 64 个字母、数字、横线，每份新内容用一个新的，比如 UUID。")
        fault = Fault(where="Idempotency-Key", what="header", how=how)
        raise Refused(422, "invalid", _("请求头里没有可用的 Idempotency-Key。"), how, [fault])
    return key


def _parsed(sent: bytes) -> Any:
    try:
        text = sent.decode("utf-8")
    except UnicodeDecodeError as error:
        how = _("请用 UTF-8 编码，第 %(n)s 个字节读不出。", n=error.start + 1)
        raise Refused(400, "encoding", _("内容不是 UTF-8。"), how) from None
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except _Twice:
        how = _("每个名字只写一次。")
        raise Refused(400, "duplicate", _("一个对象里有两个同名的字段。"), how) from None
    except (ValueError, RecursionError):
        how = _("请用 JSON 程序库来写，不要手工拼。")
        raise Refused(400, "not_json", _("内容不是 JSON，或者套得太深。"), how) from None


class _Twice(Exception):
    """A name stands twice in one object: which of the two is meant nobody knows."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice
    return found


def _no_number(_word: str) -> None:
    raise ValueError("NaN and Infinity are no JSON.")
