"""An index of relevance beside the database (tantivy), when the office has switched it on (GONGKAI_SEARCH_INDEX=1).

It ranks without a cap and counts all of it. It holds nothing of its own: it is made from what the search of the database
holds, in a folder that may be thrown away at any moment. What changed since it was last brought up to date is known from
rows written in the transaction of the change (`noting`); a search takes those documents from the database, so that it
finds what the database finds, at every moment. The library is loaded by nobody who has not switched it on.
"""

from __future__ import annotations

from django.conf import settings

LOOKED_AT = 1000
"""So many changed documents a search looks at one by one; more, and the index is not asked."""


def switched_on() -> bool:
    """Whether the office wants it."""
    return bool(settings.GONGKAI_SEARCH_INDEX)
