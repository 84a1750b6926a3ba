"""What a hurried or a hostile person sends wrong is never an error page: every address, every field, a table of values.

The values are drawn by the seed of the run: `make test` draws the same ones each time, `make explore` others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from django.core import signing
from django.db import transaction
from hypothesis import settings

from gongkai.web.annual.desk import open_desk
from gongkai.web.audit.services import Audit
from gongkai.web.clients.scopes import MOST_PER_MINUTE
from gongkai.web.clients.services import give_token, register_client
from gongkai.web.interaction.models import Opinion
from gongkai.web.organs.models import Organ
from gongkai.web.people.models import Person
from gongkai.web.people.selectors import local_operator
from gongkai.web.people.services import add_person, appoint
from gongkai.web.portal.session import APPLICATION, LETTER, OPINION
from tests.web.marked.addresses import FILLED, PLACE, PLAIN, Address, addresses
from tests.web.marked.makers import MAKERS, complete
from tests.web.marked.office import TODAY, Marks, Office, build
from tests.web.sent.forms import Form
from tests.web.sent.values import EVERY, Wrong, wrong_for
from tests.web.sent.walk import Answer, Found, counter, look, send, synthetic

pytestmark = pytest.mark.hypothesis
ONCE = (
    ("/month?of=9999-12", "the last month of all: none follows"),
    ("/figures?year=9999&part=m12", "likewise"),
    ("/annual?year=²²²²", "figures to the eye, and to str.isdigit, but not to int"),
    ("/downloads?year=²²²²", "likewise"),
    ("/oversight/points?year=0000", "a year that no calendar has"),
    ("/oversight?year=0000", "likewise"),
    ("/collection/periods?of=99999999999999999999-month-1", "more years than a date counts"),
    ("/collection/periods?first=9999-01-01&last=9999-12-31", "the last year of all: none follows"),
    ("/audit?first=0001-01-01", "the first day of all begins, elsewhere, on the day before"),
    ("/audit?last=9999-12-31", "the last day of all has no morrow"),
    ("/entries/ledger?first=0001-01-01", "likewise the first"),
    ("/api/v1/entries?since=0001-01-01", "likewise"),
    ("/api/v1/entries?until=9999-12-31", "likewise the last"),
    (
        "/api/v1/entries?cursor=0001-01-01T00:00:00%2B14:00~00000000-0000-0000-0000-000000000000",
        "a moment before all time",
    ),
)
"""Addresses that were error pages once, and why."""


def exploring() -> bool:
    """Whether examples are looked for that nobody has seen: then everything is sent, else what a minute allows."""
    return settings().max_examples >= 500


@dataclass(frozen=True)
class World:
    """A county with an object of every kind, whoever may do everything there, and what the pages offer to send."""

    office: Office
    audit: Audit
    every: list[Address]
    cookies: dict[str, str]
    found: Found


def _made() -> World:
    county = open_desk()
    operator = local_operator()
    assert operator is not None
    audit = Audit(actor=operator.pk, county=county.pk)
    own, helper = (
        Organ.objects.create(county=county.pk, name=f"云岭县标{sign}局", form="department", word=f"标{sign}")
        for sign in "甲丙"
    )
    person = add_person(audit=audit, name="承办人甲")
    appoint(audit=audit, person=person, role="clerk", organ=own)
    Person.objects.filter(pk=person.pk).update(organ=own)
    office = build(audit, own, Marks("甲"), helper)
    complete(audit, office, person)
    bound = (
        (APPLICATION, office.case.pk),
        (LETTER, office.keys["answered_letter"]),
        (OPINION, Opinion.objects.values_list("pk", flat=True)[0]),
    )
    cookies = {bond.cookie: signing.dumps(str(key), salt=bond.salt) for bond, key in bound}
    plain = [Address(f"/{route}", name, view, "") for route, name, view in PLAIN if name != "log-out"]
    every = [*plain, *addresses(office)]
    return World(office, audit, every, cookies, look(every, cookies))


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The county, built once for all tests of this module and undone after the last of them."""
    with django_db_blocker.unblock(), counter(), transaction.atomic():
        yield _made()
        transaction.set_rollback(True)


@pytest.fixture
def world(built, db):
    with counter():
        yield built


@pytest.fixture
def chance(request):
    """Draws for a name, the same ones for the same seed of the run."""
    seed = request.config.getoption("--hypothesis-seed") or "0"
    return lambda name: Random(f"{seed}:{name}")


def some(rng: Random, things: Any, most: int) -> list[Any]:
    """So many of the things; when exploring all of them."""
    told = list(things)
    return told if exploring() else rng.sample(told, min(most, len(told)))


def _told(url: str, field: str, wrong: Wrong, got: Answer) -> str:
    return f"{url} [{field}] {wrong.name}: {got.wrong}"


def _sent(world: World, form: Form, field: str, wrong: Wrong) -> Iterator[str]:
    told = form.filled()
    told[field] = [wrong.value]
    got = send("post", form.url, told, world.cookies)
    if got.wrong:
        yield _told(form.url, field, wrong, got)


def test_every_page_that_is_looked_at_answers(world):
    assert world.found.broken == []
    assert len(world.found.forms) > 150


def test_no_field_of_a_form_makes_an_error_page(world, chance):
    wrong = []
    for (name, names), form in sorted(world.found.forms.items()):
        rng = chance(f"{name} {names}")
        for each in some(rng, form.fields, 4):
            for value in some(rng, wrong_for(each.kind, rng, 3), 1):
                wrong += _sent(world, form, each.name, value)
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong)


def test_a_form_that_is_empty_doubled_or_all_wrong_makes_no_error_page(world, chance):
    wrong = []
    for (name, names), form in sorted(world.found.forms.items()):
        rng, filled = chance(f"whole {name} {names}"), form.filled()
        bad = rng.choice(EVERY)
        ways = (
            ("nothing filled in", {}),
            ("empty words", dict.fromkeys(names, "")),
            ("everything twice", {key: values * 2 for key, values in filled.items()}),
            (f"everywhere {bad.name}", dict.fromkeys(names, bad.value)),
        )
        for what, told in some(rng, ways, 1):
            got = send("post", form.url, told, world.cookies)
            if got.wrong:
                wrong.append(f"{form.url} {what}: {got.wrong}")
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong)


def test_an_address_whose_form_is_not_shown_now_makes_no_error_page(world, chance):
    known: dict[str, dict[str, Any]] = {}
    for (name, _), form in world.found.forms.items():
        known.setdefault(name, {}).update({each.name: each for each in form.fields})
    shown, wrong, sent = {form.url for form in world.found.forms.values()}, [], 0
    for at in some(chance("not shown"), (each for each in world.every if each.url not in shown), 100):
        rng = chance(at.name + at.word)
        form = synthetic(at, tuple(known.get(at.name, {}).values()))
        if not form.fields or send("post", at.url, {}, world.cookies).status == 405:
            continue
        for each in rng.sample(form.fields, min(2, len(form.fields))):
            for value in some(rng, wrong_for(each.kind, rng, 3), 1):
                wrong, sent = [*wrong, *_sent(world, form, each.name, value)], sent + 1
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong)
    assert sent > 20


def test_no_query_makes_an_error_page(world, chance):
    wrong = [f"{url}: {got.wrong}" for url, _ in ONCE if (got := send("get", url)).wrong]
    short = [each for each in EVERY if len(each.text) < 3000]
    asked = {
        at.name: at for at in world.every if world.found.queries.get(at.name) and send("get", at.url).status == 200
    }
    for at in asked.values():
        names = sorted(world.found.queries[at.name])
        rng = chance(f"query {at.name}")
        for _ in range(4 if exploring() else 1):
            told = {name: rng.choice(short) for name in names}
            got = send("get", at.url, {name: value.text for name, value in told.items()}, world.cookies)
            if not got.wrong:
                continue
            alone = [
                _told(at.url, name, value, single)
                for name, value in told.items()
                if (single := send("get", at.url, {name: value.text}, world.cookies)).wrong
            ]
            wrong += alone or [f"{at.url} { ({n: v.name for n, v in told.items()}) }: {got.wrong}"]
        got = send("get", at.url + "?" + "&".join(f"{name}=%ED%A0%80%FF" for name in names), None, world.cookies)
        if got.wrong:
            wrong.append(f"{at.url} {names} bytes that are no text: {got.wrong}")
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(sorted(set(wrong)))
    assert len(asked) > 40


BAD_PLACES = {
    "uuid": ("00000000-0000-0000-0000-000000000000",),
    "int": ("0", "9999", "99999999999999999999", "9" * 5000),
    "": ("甲\x00乙", "\x00", "长" * 300, "'\"<>%s", "9" * 5000, "²", "..", "\x0b", "0001-01-01", "9999-12-31"),
}


def test_no_word_in_an_address_makes_an_error_page(world, chance):
    wrong, asked = [], 0
    for route, name, _ in FILLED:
        places = next(iter(MAKERS[name](world.office.keys)))
        for converter, place in PLACE.findall(route):
            for bad in some(chance(f"{route} {place}"), BAD_PLACES.get(converter, BAD_PLACES[""]), 1):
                told = {key: quote(str(value), safe="/") for key, value in places.items()} | {
                    place: quote(bad, safe="")
                }
                url = "/" + PLACE.sub(lambda met, told=told: told[met[2]], route)
                for method in ("get", "post"):
                    got, asked = send(method, url, {}, world.cookies), asked + 1
                    if got.wrong:
                        wrong.append(f"{method} {url[:160]} [{place}]: {got.wrong}")
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong)
    assert asked > 400


# ── the interface ───────────────────────────────────────────────────────────────────────────────────────────────────

JSON: tuple[str, ...] = (
    "null", "true", "0", "-1", "1e400", "9" * 5000, "[]", "{}", '""', '"\\u0000"', '"\\ud800"', '"甲\\u000b"', "NaN",
    '"' + "长" * 20_001 + '"', '"9999-12-31T23:59:59-14:00"', '"0001-01-01T00:00:00+14:00"', "[[[]]]", '"²"', "[" * 30_000,
    '"00000000-0000-0000-0000-000000000000"', "[null]", "[{}]",
)  # fmt: skip
HOLE = "@@hole@@"


def _holed(value: Any) -> Iterator[tuple[str, Any]]:
    """The value with a hole in each of its places in turn."""
    yield "", HOLE
    for key, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        for where, made in _holed(each):
            whole = value.copy()
            whole[key] = made
            yield f"{key}.{where}", whole


def test_nothing_that_a_program_sends_makes_an_error(world, chance):
    client = register_client(audit=world.audit, name="门户网站", organ=world.office.organ, per_minute=MOST_PER_MINUTE)
    scopes = ("intake", "state", "personal", "ledger", "statistics")
    _, words = give_token(audit=world.audit, client=client, scopes=scopes, expires_on=TODAY + timedelta(days=9))
    right = {
        "organ": world.office.organ.name,
        "applicant": {
            "kind": "natural_person", "name": "甲", "identity_kind": "identity_card", "identity": "110101199003071234",
            "phone": "13900000000", "email": "", "address": "石桥路1号", "agent": "",
        },
        "content": "某文件", "provision": "paper", "manner": "post", "needs": "", "submitted_at": None,
        "attachments": [{"name": "甲.txt", "role": "attachment", "content_base64": "55Sy"}],
    }  # fmt: skip

    def ask(body: str | bytes, key: str = "key-1-long-enough") -> Answer:
        headers = {"Authorization": f"Bearer {words}", "Idempotency-Key": key}
        return send("post", "/api/v1/applications", body, content_type="application/json", headers=headers)

    got = ask(json.dumps(right))
    assert got.status == 201, got.page
    wrong = []
    for where, holed in _holed(right):
        for each in some(chance(where), JSON, 5):
            got = ask(json.dumps(holed, ensure_ascii=False).replace(f'"{HOLE}"', each))
            if got.wrong:
                wrong.append(f"{where} {each[:40]}: {got.wrong}")
    for raw in (b"", b"\xff\xfe", b"\x00", b"{", '{"甲": 1}'.encode("gb18030"), b"=&="):
        if (got := ask(raw)).wrong:
            wrong.append(f"{raw!r}: {got.wrong}")
    for key in ("", "\x0b", "甲" * 10, "k" * 5000, "key with spaces"):
        if (got := ask(json.dumps(right), key.encode("utf-8").decode("latin-1"))).wrong:
            wrong.append(f"key {key[:20]!r}: {got.wrong}")
    for at in world.every:
        if not at.name.startswith("api-"):
            continue
        for value in some(chance(at.name), EVERY, 8):
            told = dict.fromkeys(
                ("first", "last", "organ", "cursor", "limit", "since", "until", "on", "kind"), value.text[:3000]
            )
            headers = {"Authorization": f"Bearer {words}"}
            if (got := send("get", at.url, told, headers=headers)).wrong:
                wrong.append(f"{at.url} {value.name}: {got.wrong}")
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong)


# ── what stands beside the words ────────────────────────────────────────────────────────────────────────────────────

HEADERS = {
    "HTTP_COOKIE": (
        'gongkai_session="\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"', "messages=[[not signed", 'csrftoken="\\000"; gongkai_large_text="\\000"',
        "gongkai_follow=a:b:c; gongkai_letter=\xff", "=;=;;", "gongkai_session=" + "x" * 4000,
    ),
    "HTTP_AUTHORIZATION": ("Bearer", "Bearer \x00", "Bearer " + "x" * 5000, "Basic !!!", "Bearer \xff\xfe"),
    "HTTP_IF_NONE_MATCH": ("\x00", '"', "*", "W/" * 900),
    "HTTP_IF_MODIFIED_SINCE": ("Mon, 99 Foo 99999 99:99:99 GMT", "9" * 99),
    "HTTP_RANGE": ("bytes=-", "bytes=9-1", "bytes=" + "9" * 5000 + "-", "bytes=0-" + "9" * 5000, "bytes=²-", "甲".encode().decode("latin-1")),
    "HTTP_ACCEPT_LANGUAGE": ("x" * 5000, "zh;q=NaN", "\x00"),
    "HTTP_ACCEPT": ("\x00", "a/b;q=x, */*;q=1e400"),
    "HTTP_HX_CURRENT_URL": ("http://[::1", "\x00", "%00", "http://a:99999999/"),
    "HTTP_HX_TRIGGER": ("\x00",),
    "HTTP_X_FORWARDED_FOR": ("\x00", "::1%甲".encode().decode("latin-1"), "999.999.999.999"),
    "HTTP_REFERER": ("http://[::1", "\x00"),
    "HTTP_USER_AGENT": ("\x00", "x" * 20_000),
    "CONTENT_LENGTH": ("x", "-1", "9" * 30),
    "CONTENT_TYPE": ("multipart/form-data", "multipart/form-data; boundary=\xff", "a/b; charset=no-such", "application/x-www-form-urlencoded; charset=utf-7"),
}  # fmt: skip


def test_no_header_makes_an_error_page(world, chance):
    urls = ["/", "/login", "/portal", "/search?q=甲", "/follow", "/cases", "/items/x", "/api/v1/entries"]
    urls += [at.url for at in world.every if at.name in ("portal-item-file", "portal-item", "original", "case-file")][
        :4
    ]
    wrong = []
    for header, values in HEADERS.items():
        for value in values:
            for url in some(chance(header + value), urls, 2):
                for method in ("get", "post"):
                    got = send(method, url, {}, **{header: value})
                    if got.broke or got.status >= 500:
                        wrong.append(f"{method} {url} {header} {value[:40]!r}: {got.wrong}")
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong)


def test_an_unusual_method_makes_no_error_page(world, chance):
    wrong = []
    for at in some(chance("methods"), world.every, 80):
        for method in some(chance(at.name), ("put", "delete", "patch", "options", "head"), 1):
            got = send(method, at.url, "甲" if method != "head" else None, world.cookies)
            if got.broke or got.status >= 500:
                wrong.append(f"{method} {at.url}: {got.wrong}")
    assert not wrong, "\n".join(wrong)


def test_a_form_that_is_filled_in_right_is_mostly_taken(world, chance):
    """The test of the test: were it not, a wrong value would never come further than the first check."""
    took = {}
    for (name, _), form in some(chance("right"), world.found.forms.items(), 60):
        took[name] = send("post", form.url, form.filled(), world.cookies).status
    refused = sorted((name, status) for name, status in took.items() if status not in (200, 302))
    assert len(refused) < len(took) / 2, refused
