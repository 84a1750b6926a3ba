"""Which entries answer which others: the links `responds` that hold."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from gongkai.web.proactive.selectors.facts import standing_links


def responds_to(items: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """The entries that each of these responds to, in the order of linking; public or not."""
    found: dict[uuid.UUID, list[uuid.UUID]] = {}
    for link in standing_links().filter(item__in=list(items), kind="responds").order_by("id"):
        found.setdefault(link.item_id, []).append(link.other_id)
    return found
