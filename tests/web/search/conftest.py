"""Items as a release puts them in, with what a test does not care for filled in."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.db import transaction

from gongkai.web.search import selectors, services

FIRST = date(2024, 1, 1)


@dataclass
class Shelf:
    """The search of one county, and how a test fills it."""

    county: uuid.UUID = field(default_factory=uuid.uuid4)
    organ: uuid.UUID = field(default_factory=uuid.uuid4)
    count: int = 0

    def put(self, title="无题", text="", *, days=None, **values):
        self.count += 1
        told = {
            "item": uuid.uuid4(), "county": self.county, "organ": self.organ, "kind": "notice", "title": title,
            "text": text, "published_on": FIRST + timedelta(self.count if days is None else days),
        } | values  # fmt: skip
        with transaction.atomic():
            services.put(services.Entry(**told))
        return told["item"]

    def search(self, typed, **how):
        return selectors.search(typed, county=self.county, **({"on": date(2026, 1, 1)} | how))

    def items(self, typed, **how):
        return [hit.item for hit in self.search(typed, **how).hits]


@pytest.fixture
def shelf(db):
    return Shelf()
