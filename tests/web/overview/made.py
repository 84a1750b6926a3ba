"""Cases and reports written straight into the tables: what the pages at a glance read."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.annual.report import COUNTY, OWN, Cell, Number, Report, Source
from gongkai.web.annual.models import Batch, Publication, Reading, Submission
from gongkai.web.files.models import StoredFile
from gongkai.web.issuing.models import Draft, Frozen
from gongkai.web.issuing.packing import written
from gongkai.web.onrequest.models import Application, Case
from gongkai.web.organs.models import Organ

RECEIVED, CONCLUDED = "applications.received.total", "applications.concluded.total"
_number = itertools.count(1)
Told = tuple[Organ, date, date | None, date | None, bool]
"""A case: whose, received, due, delivered, whether it is still open."""


def cases(told: Iterable[Told], decision: str = "G1") -> list[Case]:
    """Cases with their days, nothing behind them."""
    applications, rows = [], []
    for organ, received, due, delivered, still in told:
        n = next(_number)
        applications.append(
            Application(
                county=organ.county, organ=organ, number=f"总{n}", channel="internet", subject=f"第{n}号项目的批复",
                content=b"", query_code=b"", query_key=f"总{n}", once=f"总{n}", submitted_at=timezone.now(),
            )
        )  # fmt: skip
        rows.append(
            Case(
                application=applications[-1], county=organ.county, organ=organ, number=f"总{n}", subject=f"第{n}号项目的批复",
                channel="internet", applicant_kind="natural_person", state="handling" if still else "closed",
                open=int(still), received_on=received, due_on=due, decision=decision if delivered else "",
                delivered_on=delivered, identity_key="", changed_at=timezone.now(),
            )
        )  # fmt: skip
    Application.objects.bulk_create(applications)
    return Case.objects.bulk_create(rows)


def report(year: int, cells: Mapping[str, Number], edition: str = "2021", **other: Any) -> Report:
    return Report(
        Source("a", "txt"), edition=edition, year=year, cells={a: Cell(v, str(v)) for a, v in cells.items()}, **other
    )


def handed(
    organ: Organ | None, of: Report, *, county: uuid.UUID | None = None, name: str = "", readable: bool = True
) -> Submission:
    """A file that was handed in and read, or that nobody could read."""
    home = organ.county if organ else county
    n = next(_number)
    batch = Batch.objects.create(county=home, label="一批", by=uuid.uuid4())
    file = StoredFile.objects.create(county=home, sha256=f"{n:064d}", size=1)
    row = Submission.objects.create(
        county=home, batch=batch, file=file, name=f"{name or n}.txt", organ=organ, year=of.year, name_read=name,
        scope=of.scope or "",
    )  # fmt: skip
    Reading.objects.create(county=home, submission=row, reader="1", report=of.to_json() if readable else None)
    return row


def published(organ: Organ, of: Report) -> Publication:
    row = handed(organ, of)
    return Publication.objects.create(
        county=organ.county, submission=row, organ=organ, year=of.year, edition=1, report=of.to_json(), by=uuid.uuid4(),
        consolidated=of.scope == COUNTY,
    )  # fmt: skip


def frozen(organ: Organ, of: Report, version: int = 1) -> Frozen:
    draft = Draft.objects.create(
        county=organ.county, organ=organ, year=of.year, number=version, known_at=timezone.now(), figures=b"",
        report=written(of.to_json()), members=b"", seal="", by=uuid.uuid4(), scope=of.scope or OWN,
    )  # fmt: skip
    return Frozen.objects.create(
        county=organ.county, draft=draft, organ=organ, year=of.year, version=version, by=uuid.uuid4(),
        scope=of.scope or OWN,
    )  # fmt: skip
