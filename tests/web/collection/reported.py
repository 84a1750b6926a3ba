"""Reports on a year as the January room may meet them: each written straight into the tables, at a moment of one's choice."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, time

from django.utils import timezone

from gongkai.annual.forms import edition_for, form
from gongkai.annual.report import COUNTY, OWN, Cell, Report, Source
from gongkai.web.annual.models import Batch, BatchItem, Publication, Reading, Submission
from gongkai.web.files.models import StoredFile
from gongkai.web.issuing.models import Draft, DraftEnd, Frozen, Issue, Signature
from gongkai.web.narrative.models import Text

YEAR = 2025
RECEIVED = [a for a in form("2021").addresses if a.startswith("applications.received.")]
BROKEN = dict.fromkeys(RECEIVED, 0) | {"applications.received.natural_person": 3, "applications.received.total": 9}
"""A row whose total is not the sum of its columns."""


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


class Reported:
    """Writes what an organ did about its report."""

    def __init__(self, audit) -> None:
        self.audit = audit

    def _own(self, organ, **more):
        return {"county": organ.county, "organ": organ, "year": YEAR, "by": self.audit.actor, **more}

    def words(self, organ, *sections: str) -> None:
        for section in sections:
            Text.objects.create(**self._own(organ, section=section, number=1, words="有关情况如下。"))

    def draft(self, organ, number: int = 1, scope: str = OWN) -> Draft:
        report = json.dumps(Report(Source("", "register"), edition=edition_for(YEAR), year=YEAR).to_json()).encode()
        return Draft.objects.create(
            **self._own(organ, number=number, scope=scope, known_at=timezone.now()),
            figures=b"",
            report=report,
            members=b"",
            seal="",
        )

    def returned(self, organ) -> None:
        DraftEnd.objects.create(
            draft=self.draft(organ), why="returned", reason="改", by=self.audit.actor, county=organ.county
        )

    def signed(self, organ, scope: str = OWN) -> Draft:
        draft = self.draft(organ, scope=scope)
        Signature.objects.create(
            draft=draft, way="system", signed_on=date(2026, 1, 10), by=self.audit.actor, county=organ.county
        )
        return draft

    def frozen(self, organ, day: date, scope: str = OWN) -> Frozen:
        draft = self.signed(organ, scope)
        return Frozen.objects.create(**self._own(organ, draft=draft, version=1, scope=scope, recorded_at=at(day)))

    def file(
        self, organ, day: date, cells: dict[str, int] | None = None, *, readable: bool = True, scope: str = ""
    ) -> Submission:
        """A file that was handed in and read; with these figures, the others of the form blank."""
        digest = hashlib.sha256(f"{organ.pk}{day}".encode()).hexdigest()
        stored = StoredFile.objects.create(county=organ.county, sha256=digest, size=1)
        batch = Batch.objects.create(county=organ.county, label="报送", by=self.audit.actor)
        row = Submission.objects.create(
            county=organ.county, batch=batch, file=stored, name=f"{organ.name}.docx", received_on=day, organ=organ,
            year=YEAR, scope=scope,
        )  # fmt: skip
        BatchItem.objects.create(
            county=organ.county, batch=batch, position=1, name=row.name, outcome="new", submission=row
        )
        said = {a: Cell(v, str(v)) for a, v in (cells or {}).items()}
        edition = edition_for(YEAR)
        blank = tuple(a for a in form(edition).addresses if a not in said)
        report = Report(Source(row.name, "docx"), edition=edition, year=YEAR, cells=said, blank=blank)
        Reading.objects.create(
            county=organ.county, submission=row, reader="docx", report=report.to_json() if readable else None,
            error_code="" if readable else "R-OPEN",
        )  # fmt: skip
        return row

    def published(self, organ, day: date, scope: str = OWN) -> Publication:
        """Frozen and published on a day."""
        submission, frozen = self.file(organ, day, scope=scope), self.frozen(organ, day, scope)
        last = Publication.objects.filter(organ=organ, year=YEAR).count()
        made = Publication.objects.create(
            **self._own(organ, submission=submission, edition=last + 1, report={}, recorded_at=at(day)),
            consolidated=scope == COUNTY,
        )
        Issue.objects.create(county=organ.county, frozen=frozen, publication=made, by=self.audit.actor)
        return made
