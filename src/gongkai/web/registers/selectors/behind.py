"""Public lists that no longer say what their registers say: each waits until the list is issued anew or withdrawn.

Nothing is stored of it. A list is behind while it is public and a row of it was corrected or voided since; it is being
renewed while a newer draft of the same entry says what the rows say now. Which was written first is told by their keys.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from gongkai.web.organs.selectors import Organs, names_of, of_organs
from gongkai.web.proactive.selectors.documents import newest_texts
from gongkai.web.proactive.selectors.public import public_among
from gongkai.web.registers.models import Line, Listed


@dataclass(frozen=True, slots=True)
class Behind:
    """A public list whose rows were corrected or voided since `since`. `by_hand`: its text was changed by a person."""

    item: uuid.UUID
    title: str
    register: str
    organ: uuid.UUID
    organ_name: str
    corrected: int
    voided: int
    since: datetime
    renewing: bool
    by_hand: bool

    @property
    def what(self) -> str:
        """What happened to its rows."""
        said = (f"更正{self.corrected}行" if self.corrected else "", f"作废{self.voided}行" if self.voided else "")
        return "、".join(filter(None, said))


def behind(county: uuid.UUID, organs: Organs, at: datetime | None = None) -> list[Behind]:
    """Every such list, the one that waits longest first."""
    moved = Listed.objects.filter(county=county).exclude(said=F("row__line__version"))
    moved = of_organs(moved, organs)
    keys = set(moved.order_by().values_list("item", flat=True).distinct())
    if not keys:
        return []
    shown, drafts = public_among(county, keys, at), newest_texts(keys)
    of_item: dict[uuid.UUID, list[Listed]] = {}
    for each in Listed.objects.filter(item__in=shown).select_related("row__line").order_by("id"):
        of_item.setdefault(each.item, []).append(each)
    names = names_of({rows[0].organ_id for rows in of_item.values()})
    found = []
    for key, rows in of_item.items():
        release = shown[key]
        exact = [each for each in rows if each.version == release.version_id]
        changed = [each.row.line for each in exact if each.said_id != each.row.line.version_id]
        if not exact:  # a person changed the text: what it says of the rows is as new as that
            changed = [line for line in _lines(rows, release.version_id) if line.version_id > release.version_id]
        if changed:
            state, draft = drafts[key]
            newest = release.version_id if state == "published" else draft
            last = max(line.version_id for line in changed)
            found.append(
                Behind(
                    key, release.version.title, rows[0].register, rows[0].organ_id, names.get(rows[0].organ_id, ""),
                    sum(not line.voided for line in changed), sum(line.voided for line in changed),
                    min(line.changed_at for line in changed), state != "published" and draft > last,
                    newest not in {each.version for each in rows},
                )
            )  # fmt: skip
    return sorted(found, key=lambda each: (each.since, each.item))


def _lines(rows: Iterable[Listed], version: uuid.UUID) -> list[Line]:
    """The rows of the last list that was made of them before a version of the entry."""
    before = [each for each in rows if each.version < version]
    last = max((each.version for each in before), default=None)
    return [each.row.line for each in before if each.version == last]
