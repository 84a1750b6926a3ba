"""A county of many offices with years of cases, licences and lawsuits, written in bulk. Also what the benchmark fills in."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

KINDS = ("natural_person",) * 6 + ("enterprise", "legal_service_provider", "other_organisation")
DECISIONS = ("G1", "G2", "P1", "N4", "U1a", "R1", "R2")
LAST = date(2025, 12, 31)
NOW = datetime(2026, 1, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
BLOB = bytes(24)


def _day(rng: random.Random, years: int) -> date:
    return LAST - timedelta(days=rng.randrange(365 * years))


def cases(county: Any, organs: list[Any], count: int, by: uuid.UUID, years: int = 3, seed: int = 1) -> Iterator[Any]:
    """Applications with who applied, what happened and what follows, evenly over the organs."""
    from gongkai.web.facts import new_key
    from gongkai.web.onrequest.models import Applicant, Application, Case, CaseEvent

    rng = random.Random(seed)
    for n in range(count):
        organ, key, received = organs[n % len(organs)], new_key(), _day(rng, years)
        number, kind, code = f"汇{seed}-{n:06d}", rng.choice(KINDS), rng.choice(DECISIONS)
        replied = received + timedelta(days=rng.randrange(3, 40))
        answered = replied <= LAST and n % 9
        own: dict[str, Any] = {"county": county, "recorded_at": NOW}
        yield Application(
            id=key, organ_id=organ, number=number, channel="internet", subject="资金拨付凭证", content=BLOB,
            query_code=BLOB, query_key=f"{seed}-{n}", once=f"{seed}-{n}", submitted_at=NOW, **own,
        )  # fmt: skip
        own["application_id"] = key
        yield Applicant(
            kind=kind, name=BLOB, identity_kind="identity_card", identity=BLOB, identity_key="", by=by, **own
        )
        yield CaseEvent(kind="received", on=received, by=by, **own)
        if answered:
            yield CaseEvent(kind="decided", on=replied, decision=code, by=by, **own)
            yield CaseEvent(kind="delivered", on=replied, by=by, **own)
        yield Case(
            application_id=key, county=county, organ_id=organ, number=number, subject="资金拨付凭证", channel="internet",
            applicant_kind=kind, state="closed" if answered else "handling", open=int(not answered),
            received_on=received, decision=code if answered else "", delivered_on=replied if answered else None,
            identity_key="", changed_at=NOW,
        )  # fmt: skip


def licences(county: Any, organs: list[Any], count: int, by: uuid.UUID, years: int = 3, seed: int = 1) -> Iterator[Any]:
    """Rows of the register of licences, and a row for each month of last year, so that no month is left unsaid."""
    from gongkai.web.facts import new_key
    from gongkai.web.registers.models import Row, Version

    rng = random.Random(seed)
    whole = len(organs) * 12
    for n in range(count):
        organ = organs[n % len(organs)]
        on = date(2025, n // len(organs) % 12 + 1, 8) if n < whole else _day(rng, years)
        key = new_key()
        yield Row(id=key, county=county, organ_id=organ, register="licences", once=f"{seed}-{n}", by=by)
        values = {"entered_as": "single", "decided_on": on.isoformat(), "document_number": f"许{n}号", "matter": "取水"}
        yield Version(county=county, row_id=key, number=1, act="enter", values=values, on=on, by=by, recorded_at=NOW)


def write(rows: Iterable[Any], batch: int = 4000) -> None:
    """Write rows of several tables, each table at once, those that others hang on first."""
    some = iter(rows)
    while many := list(islice(some, batch)):
        by_kind: dict[Any, list[Any]] = {}
        for row in many:
            by_kind.setdefault(type(row), []).append(row)
        for kind, of_kind in by_kind.items():
            kind.objects.bulk_create(of_kind)


def offices(county: Any, count: int) -> list[Any]:
    """So many departments."""
    from gongkai.web.organs.models import Organ

    return Organ.objects.bulk_create(
        [
            Organ(county=county, name=f"云岭县第{n + 1}局", form="department", word=f"云{n + 1}", position=n + 1)
            for n in range(count)
        ]
    )
