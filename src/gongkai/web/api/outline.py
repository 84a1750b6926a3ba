"""The interface as people read it, made from the OpenAPI document: for the page and for the manual."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from gongkai.web.api.errors import CODES
from gongkai.web.api.routes import api
from gongkai.web.clients.scopes import SCOPES

PREFIX = "/api/v1/"
FREE = "不需要令牌"
_TYPES = {
    "string": "文字",
    "integer": "整数",
    "boolean": "是或否",
    "date": "日期",
    "date-time": "时刻",
    "uuid": "标识",
    "object": "对象",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A parameter or a part of a body."""

    name: str
    kind: str
    required: bool
    says: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A type with its parts."""

    name: str
    says: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation."""

    method: str
    path: str
    key: str
    summary: str
    says: str
    scope: str
    parameters: tuple[Item, ...]
    body: str
    answers: tuple[tuple[str, str], ...]


@cache
def schema() -> dict[str, Any]:
    """The OpenAPI document; the scope of each operation stands in it as `x-scope`, empty where no token is needed."""
    found: dict[str, Any] = api.get_openapi_schema(path_prefix=PREFIX)
    scopes = _scopes()
    for path in found["paths"].values():
        for operation in path.values():
            operation["x-scope"] = scopes[operation["operationId"]]
    found["info"]["x-scopes"] = dict(SCOPES)
    return found


def _scopes() -> dict[str, str]:
    found = {}
    for _, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                bearers = list(operation.auth_callbacks)
                found[operation.operation_id or ""] = bearers[0].scope if bearers else ""  # type: ignore[attr-defined]
    return found


def _kind(told: dict[str, Any]) -> str:
    """A type in words."""
    if "$ref" in told:
        name = told["$ref"].rpartition("/")[2]
        return "文字" if "enum" in schema()["components"]["schemas"][name] else name
    if options := told.get("anyOf") or told.get("allOf"):
        return "，可为空".join(_kind(each) if each.get("type") != "null" else "" for each in options)
    if told.get("type") == "array":
        return f"{_kind(told['items'])}的列表"
    return _TYPES.get(told.get("format", ""), "") or _TYPES.get(told.get("type", ""), "值")


def shapes() -> list[Shape]:
    """Every type, those with parts only."""
    found = []
    for name, told in sorted(schema()["components"]["schemas"].items()):
        if "properties" not in told:
            continue
        required = set(told.get("required", ()))
        items = tuple(
            Item(key, _kind(each), key in required, each.get("description", ""))
            for key, each in told["properties"].items()
        )
        found.append(Shape(name, (told.get("description") or "").strip(), items))
    return found


def operations() -> list[Operation]:
    """Every operation, in the order of its writing."""
    found = []
    for path, methods in schema()["paths"].items():
        for method, told in methods.items():
            body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            answers = []
            for status, answer in told["responses"].items():
                kind = answer.get("content", {}).get("application/json", {}).get("schema", {})
                words = _kind(kind) if kind else ""
                codes = "、".join(code for code, (number, _) in CODES.items() if number == int(status))
                answers.append((str(status), codes if words == "ErrorOut" else words))
            parameters = tuple(
                Item(
                    p["name"],
                    _kind(p["schema"]),
                    p["required"],
                    p.get("description", p["schema"].get("description", "")),
                )
                for p in told.get("parameters", ())
            )
            found.append(
                Operation(
                    method.upper(),
                    path,
                    told["operationId"],
                    told["summary"],
                    told.get("description", ""),
                    SCOPES[told["x-scope"]] if told["x-scope"] else FREE,
                    parameters,
                    _kind(body) if body else "",
                    tuple(answers),
                )
            )
    return found
