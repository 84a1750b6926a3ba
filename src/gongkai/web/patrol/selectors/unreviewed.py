"""Items that stand on line without an entry of ours: compared by the address written back, then by title."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable

from gongkai.text.normal import fold
from gongkai.web.cms.matching import plain_address
from gongkai.web.cms.selectors.standing import last_states
from gongkai.web.proactive.selectors.titles import released_among

_SIGNS = re.compile(r"[\W_]+")


def bare(title: str) -> str:
    """A title as it is compared: one spelling, without signs and blanks."""
    return _SIGNS.sub("", fold(title)).lower()


def without_record(county: uuid.UUID, items: Iterable[tuple[str, str]]) -> list[str]:
    """Of items (address, title) the addresses at which no entry is known to stand, nor one of that title was released."""
    there = {plain_address(row.address) for row in last_states(county).values()}
    told = {url: bare(title) for url, title in items if plain_address(url) not in there}
    known = released_among(county, told.values(), bare)
    return [url for url, title in told.items() if title not in known]
