"""What was understood of an old site, page by page, and what became of it."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass

from gongkai.proactive.catalogue import kinds
from gongkai.web.cms.models import Brought, MigratedPage, Migration, MigrationStep
from gongkai.web.organs.selectors import names_of
from gongkai.web.proactive.selectors.placed import counts_among
from gongkai.web.typed import key_asked

STATES = dict(MigratedPage.STATES)


@dataclass(frozen=True, slots=True)
class Summary:
    """A migration with its counts. `base` is how many pages there are; the states add up to it."""

    migration: Migration
    looked: bool
    base: int
    states: dict[str, int]
    brought: int
    hints: int
    without_files: int
    said: list[str]

    @property
    def to_bring(self) -> int:
        """How many may be brought in and are not yet, without those that lack a day."""
        return max(self.states.get("ready", 0) - self.brought, 0)


def migrations(county: uuid.UUID, limit: int = 50) -> list[Summary]:
    """What was handed in, newest first."""
    return [summary(row) for row in Migration.objects.filter(county=county)[:limit]]


def migration(county: uuid.UUID, key: uuid.UUID) -> Migration | None:
    """One of them."""
    return Migration.objects.filter(county=county, pk=key).first()


def migration_of(county: uuid.UUID, said: str) -> Migration | None:
    """The one whose key was written; None where it is none."""
    key = key_asked(said)
    return migration(county, key) if key else None


def items_of(migration: Migration) -> set[uuid.UUID]:
    """The entries that it made."""
    return set(Brought.objects.filter(page__migration=migration).values_list("item", flat=True))


def made_of(migration: Migration) -> dict[str, int]:
    """How many of the entries that it made stand in each group of the list of entries."""
    return counts_among(migration.county, items_of(migration))


def summary(migration: Migration) -> Summary:
    """Its counts."""
    rows = MigratedPage.objects.filter(migration=migration)
    steps = list(MigrationStep.objects.filter(migration=migration))
    states = Counter(rows.values_list("state", flat=True))
    return Summary(
        migration=migration,
        looked=any(step.step == "looked" for step in steps),
        base=sum(states.values()),
        states={state: states[state] for state in STATES},
        brought=rows.filter(brought__isnull=False).count(),
        hints=rows.filter(hints__gt=0).count(),
        without_files=sum("没有一起保存" in words for said in rows.values_list("said", flat=True) for words in said),
        said=[words for step in steps for words in step.said],
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One page as the report shows it."""

    row: MigratedPage
    organ: str
    kind: str
    item: uuid.UUID | None
    said: list[str]

    @property
    def day(self) -> str:
        """The day that was read: of its writing, else of its publication; empty where none was."""
        return str(self.row.understood.get("written_on") or self.row.understood.get("published_on") or "")

    @property
    def state(self) -> str:
        """In words."""
        return "已迁入" if self.item else self.row.get_state_display()


def lines(migration: Migration, state: str = "", limit: int = 100, offset: int = 0) -> list[Line]:
    """The pages in their order, of one state or all."""
    rows = MigratedPage.objects.filter(migration=migration).select_related("brought")
    rows = rows.filter(state=state) if state in STATES else rows
    found = list(rows[offset : offset + limit])
    organs = names_of(row.organ for row in found if row.organ)
    known = kinds()
    told = []
    for row in found:
        brought = getattr(row, "brought", None)
        kind = row.understood.get("kind") or ""
        said = [*row.said, *(brought.said if brought else [])]
        organ = organs.get(row.organ, "") if row.organ else ""
        told.append(Line(row, organ, known[kind].zh if kind in known else "", brought.item if brought else None, said))
    return told
