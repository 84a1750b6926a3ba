"""Items as a release puts them in, with what a test does not care for filled in."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from gongkai.web.search import selectors, services

# The functions are PostgreSQL's own.
collect_ignore = [] if os.environ.get("GONGKAI_DATABASE_URL") else ["test_functions.py"]

FIRST = date(2024, 1, 1)


def at(year, month=1, day=1):
    return datetime(year, month, day, tzinfo=UTC)


@dataclass
class Shelf:
    """The search of one county, and how a test fills it."""

    county: uuid.UUID = field(default_factory=uuid.uuid4)
    organ: uuid.UUID = field(default_factory=uuid.uuid4)
    count: int = 0

    def put(self, title="无题", text="", *, days=None, **values):
        self.count += 1
        told = {
            "release": uuid.uuid4(), "county": self.county, "organ": self.organ, "kind": "notice", "title": title,
            "text": text, "published_on": FIRST + timedelta(self.count if days is None else days), "visible_from": at(1990),
        } | values  # fmt: skip
        told.setdefault("item", told["release"])
        with transaction.atomic():
            services.put(services.Entry(**told))
        return told["release"]

    def search(self, typed, **how):
        return selectors.search(typed, county=self.county, **({"at": at(2026)} | how))

    def items(self, typed, **how):
        return [hit.release for hit in self.search(typed, **how).hits]


@pytest.fixture
def shelf(db):
    return Shelf()
