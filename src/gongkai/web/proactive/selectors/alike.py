"""While somebody drafts: entries with the same title or document number, or nearly the same title. A hint, no more."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from gongkai.proactive.progress import STATES, State
from gongkai.text.normal import fold
from gongkai.web.proactive.models import Standing

CUT = 88
"""Share of likeness, in a hundred, from which another title is named."""
LOOKED_AT = 3000
MOST = 5
_SHORT = 4
_MARKS = re.compile(r"\W")


@dataclass(frozen=True, slots=True)
class Alike:
    """Another entry and why it is named."""

    key: uuid.UUID
    title: str
    state: str
    why: str


def _plain(words: str) -> str:
    return _MARKS.sub("", fold(words))


def alike(organ: uuid.UUID, title: str, number: str = "", but: uuid.UUID | None = None) -> list[Alike]:
    """The organ's entries that may be the same as one being drafted, surest first."""
    rows = Standing.objects.filter(organ=organ).exclude(state=State.ABANDONED)
    rows = rows.exclude(item=but) if but else rows
    near = list(rows.order_by("-changed_at").values_list("item", "title", "state")[:LOOKED_AT])
    found: dict[uuid.UUID, Alike] = {}
    if number.strip():
        said = _plain(number)
        numbered = rows.filter(version__metadata__has_key="document_number").order_by("-changed_at")
        for key, name, state, metadata in numbered.values_list("item", "title", "state", "version__metadata")[
            :LOOKED_AT
        ]:
            if _plain(str(metadata.get("document_number", ""))) == said:
                found[key] = Alike(key, name, STATES[State(state)], "发文字号相同")
    wanted = _plain(title)
    if len(wanted) >= _SHORT:
        titles = [_plain(name) for _, name, _ in near]
        for _, score, place in process.extract(wanted, titles, scorer=fuzz.ratio, score_cutoff=CUT, limit=MOST):
            key, name, state = near[place]
            why = "名称相同" if score == 100 else "名称相近"
            found.setdefault(key, Alike(key, name, STATES[State(state)], why))
    return list(found.values())[:MOST]
