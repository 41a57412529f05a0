"""The OpenAPI document, made of what each view says of itself and of the pydantic models: there is no second text."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from flask import Flask
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.interface.models import Scope
from app.interface.problems import MIMETYPE
from app.interface.shapes import Problem

View = TypeVar("View", bound=Callable[..., Any])
VERSION = "1.0.0"
_REF = "#/components/schemas/{model}"
_PATH_NUMBER = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
#: What any operation may answer instead.
_PROBLEMS = {
    "400": "The request cannot be read.",
    "401": "No token, or one that opens nothing.",
    "403": "The token lacks the scope.",
    "404": "Not there, or not this organisation's.",
    "409": "The state has moved on, or a question is open.",
    "413": "Too large: send it in parts.",
    "415": "The body is not JSON.",
    "422": "Fields are wrong; `errors` says where and how to put them right.",
    "429": "Too fast: `Retry-After` says how long to wait.",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """What one view of the interface takes and gives."""

    summary: str
    gives: type[BaseModel]
    scope: Scope | None = None
    asks: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    status: int = 200
    #: Sent along so that the same request twice is one.
    keyed: bool = False


def describe(
    summary: str,
    gives: type[BaseModel],
    *,
    scope: Scope | None = None,
    asks: type[BaseModel] | None = None,
    body: type[BaseModel] | None = None,
    status: int = 200,
    keyed: bool = False,
) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        view.__chayan_operation__ = Operation(summary, gives, scope, asks, body, status, keyed)  # type: ignore[attr-defined]
        return view

    return decorate


def operation_of(view: Callable[..., Any]) -> Operation | None:
    return getattr(view, "__chayan_operation__", None)


def document(app: Flask) -> dict[str, Any]:
    """OpenAPI 3.1 of every described view."""
    found = [
        (rule, method.lower(), operation)
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
        if (operation := operation_of(app.view_functions[rule.endpoint]))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    paths: dict[str, dict[str, Any]] = {}
    for rule, method, operation in found:
        address = rule.rule
        for name in rule.arguments:
            address = address.replace(f"<int:{name}>", f"{{{name}}}")
        told = _operation(operation, sorted(rule.arguments))
        paths.setdefault(address, {})[method] = {"operationId": rule.endpoint.replace(".", "_"), **told}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Chayan 查验",
            "version": VERSION,
            "summary": "Rosters and doses in, results and lists out, for one organisation.",
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": _schemas(tuple(one for _rule, _method, one in found)),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(operation: Operation, arguments: list[str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "summary": operation.summary,
        "parameters": [{"name": name, "in": "path", "required": True, "schema": _PATH_NUMBER} for name in arguments],
        "responses": {
            str(operation.status): {"description": "Done.", "content": _content(operation.gives)},
            **{
                status: {"description": words, "content": _content(Problem, MIMETYPE)}
                for status, words in _PROBLEMS.items()
            },
        },
    }
    if operation.scope is not None:
        told["description"] = f"Needs a token with the scope `{operation.scope.value}`."
    if operation.asks is not None:
        told["parameters"] += _query(operation.asks)
    if operation.keyed:
        told["parameters"].append(_KEY)
    if operation.body is not None:
        told["requestBody"] = {"required": True, "content": _content(operation.body)}
    return told


_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "A new one for every new content, such as a UUID. The same key with the same body changes nothing.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$"},
}


def _query(model: type[BaseModel]) -> list[dict[str, Any]]:
    schema = model.model_json_schema()
    return [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", ()),
            "schema": {key: value for key, value in field.items() if key not in {"title", "description"}},
            **({"description": field["description"]} if "description" in field else {}),
        }
        for name, field in schema["properties"].items()
    ]


def _content(model: type[BaseModel], mimetype: str = "application/json") -> dict[str, Any]:
    return {mimetype: {"schema": {"$ref": _REF.format(model=model.__name__)}}}


@cache
def _schemas(operations: tuple[Operation, ...]) -> dict[str, Any]:
    taken = [(one.body, "validation") for one in operations if one.body is not None]
    given = [(model, "serialization") for model in [Problem, *(one.gives for one in operations)]]
    _names, schema = models_json_schema([*given, *taken], ref_template=_REF)  # type: ignore[arg-type]
    definitions: dict[str, Any] = schema["$defs"]
    return definitions
