"""Several small questions asked of the database as one: how many rows there are, or whether there is any."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, IntegerField, QuerySet, Subquery

from gongkai.web.organs.models import County


class _Rows(Subquery):
    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def how_many(county: uuid.UUID, asked: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each of these has."""
    return _told(county, {name: _Rows(rows.order_by().values("pk")) for name, rows in asked.items()})


def any_of(county: uuid.UUID, asked: Mapping[str, QuerySet[Any]]) -> dict[str, bool]:
    """Which of these have any row."""
    return {name: bool(n) for name, n in _told(county, {n: Exists(rows) for n, rows in asked.items()}).items()}


def _told(county: uuid.UUID, asked: Mapping[str, Subquery]) -> dict[str, int]:
    if not asked:
        return {}
    names = list(asked)
    told = County.objects.filter(pk=county).values_list(*asked.values()).first()
    return dict(zip(names, told or [0] * len(names), strict=True))
