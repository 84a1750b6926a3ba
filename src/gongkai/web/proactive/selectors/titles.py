"""Whether something that stands elsewhere was ever released here, asked by its title."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection

from gongkai.web.proactive.models import Release


def released_among(county: uuid.UUID, wanted: Collection[str], spelt: Callable[[str], str]) -> set[str]:
    """Of these titles, in the spelling that `spelt` gives, those under which an entry was released, whenever it ended."""
    left = set(wanted)
    if not left:
        return set()
    titles = Release.objects.filter(county=county).order_by().values_list("title", flat=True)
    return {told for title in titles.iterator(chunk_size=5000) if (told := spelt(title)) in left}
