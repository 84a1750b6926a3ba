"""Every operation × every sort of token, from the document itself; every answer as the document says."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from gongkai.web.api import outline
from gongkai.web.clients.models import ApiToken
from gongkai.web.clients.scopes import SCOPES
from gongkai.web.clients.services import end_client, register_client, revoke_token
from gongkai.web.onrequest.models import Application
from gongkai.web.onrequest.selectors import outside
from tests.web.api.conftest import TOLD, Calling

OPERATIONS = [
    (method.upper(), path.removeprefix("/api/v1/"), told)
    for path, methods in outline.schema()["paths"].items()
    for method, told in methods.items()
]
GUARDED = [each for each in OPERATIONS if each[2]["x-scope"]]
"""What asks for a token; what everybody may read has tests of its own (tests/web/published/test_api.py)."""
TODAY = f"{timezone.localdate()}"
SORTS = ("none", "nonsense", "expired", "revoked", "ended", "wrong_scope", "other_organ", "right")


def ask(caller: Calling, method: str, path: str, number: str):
    if method == "POST":
        return caller.post(path, TOLD)
    query = {"first": TODAY, "last": TODAY} if path == "statistics" else {}
    return caller.get(path.replace("{number}", number), **query)


@pytest.fixture
def number(calling, monkeypatch):
    monkeypatch.setattr(outside, "SETTLED", timedelta(0))
    return calling.post("applications", TOLD, key="the-first-one").json()["number"]


@pytest.fixture
def tokens(audit, token, other_organ):
    """One token of every sort for a scope."""

    def give(scope: str) -> dict[str, str]:
        expired, revoked = token(scope), token(scope)
        ApiToken.objects.filter(hint=expired[-4:]).update(expires_on=date(2020, 1, 1))
        revoke_token(audit=audit, token=ApiToken.objects.get(hint=revoked[-4:]))
        gone = register_client(audit=audit, name=f"停用的{scope}", organ=None)
        ended = token(scope, client=gone)
        end_client(audit=audit, client=gone)
        other = register_client(audit=audit, name=f"教育局的{scope}", organ=other_organ)
        return {
            "none": "",
            "nonsense": "gk_" + "x" * 43,
            "expired": expired,
            "revoked": revoked,
            "ended": ended,
            "wrong_scope": token(*(set(SCOPES) - {scope})),
            "other_organ": token(scope, client=other),
            "right": token(scope),
        }

    return give


EXPECTED = {
    "none": (401, "no_token"),
    "nonsense": (401, "unknown_token"),
    "expired": (401, "expired_token"),
    "revoked": (401, "revoked_token"),
    "ended": (401, "revoked_token"),
    "wrong_scope": (403, "wrong_scope"),
}


@pytest.mark.parametrize(("method", "path", "told"), GUARDED, ids=[f"{m} {p}" for m, p, _ in GUARDED])
def test_only_the_right_token_opens_an_operation(method, path, told, tokens, number, organ):
    before = Application.objects.count()
    for sort, words in tokens(told["x-scope"]).items():
        answer = ask(Calling(words), method, path, number)
        assert_as_described(answer, told)
        if sort in EXPECTED:
            assert (answer.status_code, answer.json()["code"]) == EXPECTED[sort], sort
            assert number not in answer.content.decode()
            assert Application.objects.count() == before
        elif sort == "other_organ":
            assert number not in answer.content.decode()
            assert organ.name not in answer.content.decode()
            assert Application.objects.count() == before
        else:
            assert answer.status_code in (200, 201)


def test_a_system_of_the_county_sees_every_organ(audit, token, number, organ, other_organ):
    system = register_client(audit=audit, name="督查系统", organ=None)
    county = Calling(token(client=system))
    assert county.get(f"applications/{number}").json()["organ"]["name"] == organ.name
    assert {each["name"] for each in county.get("organs").json()} >= {organ.name, other_organ.name}
    assert number in county.get("applications/changed").content.decode()


def test_the_table_of_sorts_is_whole(tokens):
    assert tuple(tokens("state")) == SORTS


# ── a small judge of JSON Schema: as much of it as the document uses ─────────────────────────────────────────────────


def assert_as_described(answer, told) -> None:
    described = told["responses"].get(answer.status_code) or told["responses"].get(str(answer.status_code))
    assert described, f"{answer.status_code} is not in the document"
    faults = list(_faults(answer.json(), described["content"]["application/json"]["schema"], "$"))
    assert faults == []


def _faults(value, schema, place):
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield from _faults(value, outline.schema()["components"]["schemas"][name], place)
        return
    if "anyOf" in schema:
        if all(list(_faults(value, each, place)) for each in schema["anyOf"]):
            yield f"{place}: none of the kinds"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: not among the choices"
    kinds = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}
    wanted = kinds[schema["type"]] if "type" in schema else object
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        yield f"{place}: not {schema['type']}"
        return
    if schema.get("format") == "date":
        date.fromisoformat(value)
    if schema.get("format") == "uuid":
        UUID(value)
    for n, each in enumerate(value if wanted is list else ()):
        yield from _faults(each, schema["items"], f"{place}[{n}]")
    if wanted is dict:
        parts = schema.get("properties", {})
        yield from (f"{place}.{name}: missing" for name in schema.get("required", ()) if name not in value)
        for name, each in value.items():
            if name in parts:
                yield from _faults(each, parts[name], f"{place}.{name}")
            elif "additionalProperties" in schema and schema["additionalProperties"] is not True:
                yield from _faults(each, schema["additionalProperties"], f"{place}.{name}")
            elif "additionalProperties" not in schema:
                yield f"{place}.{name}: not described"


def test_the_judge_finds_what_is_not_as_described():
    shape = {"$ref": "#/components/schemas/OrganOut"}
    assert not list(_faults({"id": "01890000-0000-7000-8000-000000000000", "name": "x"}, shape, "$"))
    for wrong in ({"name": "x"}, {"id": "01890000-0000-7000-8000-000000000000", "name": 1}, [], None):
        assert list(_faults(wrong, shape, "$"))


def test_the_document_and_its_page_need_no_token_and_load_nothing_from_elsewhere(desk, county):
    document = desk.get("/api/v1/openapi.json")
    assert document.json()["openapi"].startswith("3.")
    page = desk.get("/api/")
    words = page.content.decode()
    assert page.status_code == 200
    assert "<script" not in words
    assert "style=" not in words
    assert "//" not in words.replace("https://", "").replace("http://", "")
    for _, path, told in OPERATIONS:
        assert path in words
        assert told["summary"] in words


def test_the_choices_are_those_of_the_form():
    from typing import get_args

    from gongkai.web.api.schemas import Manner, Provision
    from gongkai.web.onrequest.words import MANNERS, PROVISIONS

    assert get_args(Provision) == tuple(dict(PROVISIONS))
    assert get_args(Manner) == tuple(dict(MANNERS))
