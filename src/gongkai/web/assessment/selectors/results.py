"""Final results: the newest of each organ."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from gongkai.web.assessment.models import Result


def newest_results(assessed: Iterable[uuid.UUID]) -> dict[uuid.UUID, Result]:
    """The newest final result by the key of the organ's row in the round."""
    rows = Result.objects.filter(assessed__in=list(assessed)).order_by("number")
    return {row.assessed_id: row for row in rows}
