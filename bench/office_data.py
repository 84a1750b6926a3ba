"""A county's applications for the benchmark: made once per size, kept in build/bench, opened by each run.

Ten thousand rows come in through the door of the ledger, so that case pages open real, sealed rows; the others are
written in bulk in the same shape, with sealed columns that nobody opens.
"""

from __future__ import annotations

import os
import random
import shutil
import uuid
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

SIZE = int(os.environ.get("BENCH_SIZE", "100000"))
ORGANS = 60
REAL = 2000
YEARS = 7
BATCH = 2000
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()


def folder(build: Path) -> Path:
    """Where the data of this size lie, and the whole machine's answer to `GONGKAI_DATA`."""
    return build / f"office-{SIZE}{'-postgresql' if os.environ.get('GONGKAI_DATABASE_URL') else ''}"


def prepared(build: Path) -> Path:
    """The data folder, filled; made anew when an earlier run did not finish."""
    place = folder(build)
    done = place / "complete"
    os.environ["GONGKAI_DATA"] = str(place)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    if not done.exists():
        shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(f"{place}.keys", ignore_errors=True)
    from gongkai.web.operate.prepare import prepare_store

    prepare_store()
    if not done.exists():
        _fill()
        _analyse()
        done.write_text("", "ascii")
    return place


def _fill() -> None:
    from gongkai.web.annual.desk import open_desk
    from gongkai.web.audit.services import Audit
    from gongkai.web.onrequest.services.ledger import bring_in
    from gongkai.web.organs.models import Organ
    from gongkai.web.people.selectors import local_operator

    county, operator = open_desk(), local_operator()
    assert operator is not None
    audit = Audit(actor=operator.pk, county=county.pk)
    organs = [
        Organ.objects.create(county=county.pk, name=f"云岭县第{n + 1}局", form="department", word=f"云{n + 1}")
        for n in range(ORGANS)
    ]
    bring_in(audit=audit, organ=organs[0], rows=ledger_rows(REAL), sha256="bench")
    _bulk(county.pk, operator.pk, organs)


def _analyse() -> None:
    """Have the database look at what it holds, as it does by itself in a store that grows slowly."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def ledger_rows(count: int, first: int = 0) -> list[Any]:
    """Rows of a ledger: six years of answered applications, the newest still open."""
    from gongkai.readers.ledger import LedgerRow

    rng = random.Random(first)
    rows = []
    for n in range(first, first + count):
        received = _day(rng, n)
        replied = received + timedelta(days=rng.randrange(3, 26))
        answered = replied < TODAY - timedelta(days=3)
        rows.append(
            LedgerRow(
                sheet="",
                line=n + 2,
                received_on=received,
                number=f"台{n:07d}",
                applicant=f"申请人{n}",
                applicant_kind="natural_person",
                identity_number=f"999999{19600101 + n % 100000}{n % 10000:04d}",
                phone=f"199{n:08d}",
                channel="internet",
                content=f"申请公开第{n}号地块的征收补偿协议、评估报告和资金拨付凭证",
                replied_on=replied if answered else None,
                decision="G2" if answered else "",
                delivered_on=replied if answered else None,
            )
        )
    return rows


def store() -> str:
    """The kind of database that is measured."""
    return "PostgreSQL" if os.environ.get("GONGKAI_DATABASE_URL") else "SQLite"


def _write(kind: Any, rows: list[Any]) -> None:
    """Rows of one table: copied into PostgreSQL, inserted in bulk elsewhere."""
    from django.db import connection

    if connection.vendor != "postgresql":
        kind.objects.bulk_create(rows, batch_size=500)
        return
    fields = kind._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor, cursor.copy(f"COPY {kind._meta.db_table} ({columns}) FROM STDIN") as out:
        for row in rows:
            out.write_row([getattr(row, field.attname) for field in fields])


def _day(rng: random.Random, n: int) -> date:
    """A working day of the last years; every fortieth within the last month, so that there is open work."""
    back = rng.randrange(1, 30) if n % 40 == 0 else rng.randrange(40, 365 * YEARS - 40)
    day = TODAY - timedelta(days=back)
    return max(day, date(2020, 1, 2))


def _bulk(county: uuid.UUID, by: uuid.UUID, organs: list[Any]) -> None:
    from django.db import transaction
    from django.utils import timezone

    from gongkai.web.facts import new_key
    from gongkai.web.onrequest.models import Applicant, Application, Case, CaseEvent

    rng, now, blob = random.Random(1), timezone.now(), bytes(96)
    for first in range(REAL, SIZE, BATCH):
        apps, people, events, cases = [], [], [], []
        for n in range(first, min(first + BATCH, SIZE)):
            organ, key, received = organs[n % ORGANS], new_key(), _day(rng, n)
            open_now = n % 40 == 0
            due, replied = received + timedelta(days=28), received + timedelta(days=rng.randrange(3, 25))
            person = f"bench-{n % 40000}"
            apps.append(
                Application(
                    id=key, county=county, organ=organ, number=f"云-{received.year}-{n:07d}", channel="internet",
                    origin="portal", subject=f"申请公开{n}号项目的立项批复、招标文件和中标合同", content=blob,
                    query_code=blob, query_key=f"bench-{n}", once=f"bench-{n}", submitted_at=now, likeness=bytes(128),
                )
            )  # fmt: skip
            people.append(
                Applicant(
                    county=county, application_id=key, kind="natural_person", name=blob, identity_kind="identity_card",
                    identity=blob, identity_key=person, by=by,
                )
            )  # fmt: skip
            told = [("received", received, "")]
            told += (
                [] if open_now else [("decided", replied, "G2"), ("delivered", replied, ""), ("closed", replied, "")]
            )
            events += [
                CaseEvent(county=county, application_id=key, kind=kind, on=on, decision=code, by=by)
                for kind, on, code in told
            ]
            cases.append(
                Case(
                    application_id=key, county=county, organ=organ, number=apps[-1].number, subject=apps[-1].subject,
                    channel="internet", applicant_kind="natural_person", state="handling" if open_now else "closed",
                    open=int(open_now), received_on=received, due_on=due, decision="" if open_now else "G2",
                    decided_on=None if open_now else replied, delivered_on=None if open_now else replied,
                    identity_key=person, changed_at=now, handler=by if open_now and n % 3 else None,
                )
            )  # fmt: skip
        with transaction.atomic():
            for kind, rows in ((Application, apps), (Applicant, people), (CaseEvent, events), (Case, cases)):
                _write(kind, rows)
