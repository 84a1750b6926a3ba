"""The reports of every organ and year, as they stand: the frozen version, else what is public, else a file that was read.

What is frozen and not public is shown only to whom the table lets look at it.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, OuterRef, QuerySet, Subquery, When

from gongkai.annual.report import Number
from gongkai.annual.series import Said
from gongkai.web.annual.models import CellCorrection, Publication, Reading, Submission
from gongkai.web.annual.selectors.readings import BESIDE_COUNTY, read_of, scope_beside
from gongkai.web.issuing.models import Draft, Frozen
from gongkai.web.organs.selectors import Organs, of_organs
from gongkai.web.overview.models import ReportFigures

KINDS = {"frozen": "定稿", "published": "已公布", "read": "读取的文件", "compiled": "按现有登记汇总，未定稿"}
_RANK = {"read": 0, "published": 1, "frozen": 2}
HEADLINE: dict[str, tuple[str, ...]] = {
    "received": ("applications.received.total",),
    "concluded": ("applications.concluded.total",),
    "disclosed": ("applications.disclosed.total",),
    "disclosed_in_part": ("applications.disclosed_in_part.total",),
    "carried_forward": ("applications.carried_forward.total",),
    "corrected": tuple(
        f"disputes.{kind}.corrected"
        for kind in ("reconsideration", "direct_litigation", "litigation_after_reconsideration")
    ),
    "disputes": tuple(
        f"disputes.{kind}.total"
        for kind in ("reconsideration", "direct_litigation", "litigation_after_reconsideration")
    ),
}
"""The figures that pages over many organs show, and the cells that each is the sum of."""
HEADLINES = {
    "received": "收到申请",
    "concluded": "办结申请",
    "disclosed": "予以公开",
    "disclosed_in_part": "部分公开",
    "carried_forward": "结转下年度",
    "disputes": "行政复议、诉讼",
    "corrected": "其中结果纠正",
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where the figures of an organ and year are from. `about`: the row whose page shows it."""

    kind: str
    key: uuid.UUID
    organ: uuid.UUID | None
    name: str
    year: int
    about: uuid.UUID
    number: int = 1
    stamp: str = ""

    @property
    def words(self) -> str:
        """Where they are from, in words."""
        return f"{KINDS[self.kind]}（第{self.number}版）" if self.kind == "frozen" else KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Headline:
    """The few figures of one report; None where it does not say."""

    values: Mapping[str, Number | None]
    consolidated: bool = False


def sources(county: uuid.UUID, frozen_of: Organs, organs: Organs = None) -> dict[tuple[uuid.UUID, int], Source]:
    """What stands for each organ and year, its own before that of its county. `frozen_of`: whose frozen may be shown."""
    every = [*_read(county, organs), *_published(county, organs), *_frozen(county, frozen_of, organs)]
    found: dict[tuple[uuid.UUID, int], Source] = {}
    for each in every:
        assert each.organ is not None
        held = found.get((each.organ, each.year))
        if held is None or _RANK[each.kind] >= _RANK[held.kind]:
            found[each.organ, each.year] = each
    return found


def outside(county: uuid.UUID, year: int | None = None) -> list[Source]:
    """The files read that are of no organ of the county: reports of others, the newest of each name and year."""
    rows = _submissions(county).filter(organ=None, year__isnull=False).exclude(name_read="")
    rows = rows if year is None else rows.filter(year=year)
    newest = {(each.name, each.year): each for each in _sources_of(rows)}
    return sorted(newest.values(), key=lambda each: (each.name, each.year))


def files(county: uuid.UUID, keys: Sequence[uuid.UUID]) -> list[Source | None]:
    """These files as they were read, in this order; None for one that is not there or cannot be read."""
    told = {each.about: each for each in _sources_of(_submissions(county).filter(pk__in=keys))}
    return [told.get(key) for key in keys]


def _of(rows: QuerySet[Any], organs: Organs) -> QuerySet[Any]:
    return of_organs(rows, organs)


def _submissions(county: uuid.UUID) -> QuerySet[Any]:
    reading = Reading.objects.filter(submission=OuterRef("pk"), report__isnull=False).order_by("-id")
    corrected = CellCorrection.objects.filter(submission=OuterRef("pk")).order_by("-id")
    return (
        Submission.objects.filter(county=county, aside=False)
        .annotate(read=Subquery(reading.values("pk")[:1]), corrected=Subquery(corrected.values("pk")[:1]))
        .filter(read__isnull=False)
        .order_by("id")
    )


def _sources_of(rows: QuerySet[Any]) -> list[Source]:
    told = rows.values_list("read", "organ", "organ__name", "name_read", "name", "year", "pk", "corrected")
    return [
        Source("read", read, organ, name or name_read or file, year or 0, key, stamp=str(corrected or ""))
        for read, organ, name, name_read, file, year, key, corrected in told
    ]


def _read(county: uuid.UUID, organs: Organs) -> list[Source]:
    rows = _of(_submissions(county).filter(organ__isnull=False, year__isnull=False), organs)
    whole = Case(When(BESIDE_COUNTY, then=0), default=1)
    return _sources_of(rows.order_by(whole, "id"))


def _published(county: uuid.UUID, organs: Organs) -> list[Source]:
    rows = _of(Publication.objects.filter(county=county, end=None), organs).order_by("-consolidated", "edition")
    told = rows.values_list("pk", "organ", "organ__name", "year")
    return [Source("published", key, organ, name, year, key) for key, organ, name, year in told]


def _frozen(county: uuid.UUID, frozen_of: Organs, organs: Organs) -> list[Source]:
    rows = _of(_of(Frozen.objects.filter(county=county), frozen_of), organs).order_by("scope", "version")
    told = rows.values_list("draft", "organ", "organ__name", "year", "pk", "version")
    return [Source("frozen", draft, organ, name, year, key, n) for draft, organ, name, year, key, n in told]


# ── what they say ────────────────────────────────────────────────────────────────────────────────────────────────────


def said_by(county: uuid.UUID, wanted: Iterable[Source]) -> dict[uuid.UUID, Said]:
    """All figures of these reports, by the key of the source."""
    every = {each.key: each for each in wanted}
    rows = ReportFigures.objects.filter(county=county, source__in=list(every))
    kept = {key: Said.from_json(said) for key, stamp, said in _fresh(rows, every, "said")}
    return kept | {key: said for key, (said, _) in _made(county, every, kept).items()}


def headlines(county: uuid.UUID, wanted: Iterable[Source]) -> dict[uuid.UUID, Headline]:
    """The few figures of these reports, by the key of the source."""
    every = {each.key: each for each in wanted}
    rows = ReportFigures.objects.filter(county=county)
    kept = {key: _headline(told) for key, stamp, told in _fresh(rows, every, "headline")}
    return kept | {key: _headline(told) for key, (_, told) in _made(county, every, kept).items()}


def _fresh(
    rows: QuerySet[ReportFigures], every: Mapping[uuid.UUID, Source], column: str
) -> list[tuple[uuid.UUID, str, Any]]:
    told = rows.values_list("source", "stamp", column)
    return [row for row in told if row[0] in every and every[row[0]].stamp == row[1]]


def _headline(told: dict[str, Any]) -> Headline:
    return Headline({key: told["values"].get(key) for key in HEADLINE}, told["scope"] == "consolidated")


def _made(
    county: uuid.UUID, every: Mapping[uuid.UUID, Source], kept: Mapping[uuid.UUID, Any]
) -> dict[uuid.UUID, tuple[Said, dict[str, Any]]]:
    """What is not in the cache yet, read and kept."""
    missing = [each for key, each in every.items() if key not in kept]
    if not missing:
        return {}
    told = _objects(missing)
    found = {}
    for each in missing:
        if each.key in told:
            said = Said.of_object(told[each.key])
            found[each.key] = (said, {"values": headline(said), "scope": told[each.key].get("scope")})
    rows = [
        ReportFigures(source=key, county=county, stamp=every[key].stamp, headline=told_, said=said.to_json())
        for key, (said, told_) in found.items()
    ]
    ReportFigures.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["source"], update_fields=["stamp", "headline", "said"]
    )
    return found


def headline(said: Said) -> dict[str, Number | None]:
    """The few figures of a report; None unless every cell of the figure is certain."""
    found: dict[str, Number | None] = {}
    for key, addresses in HEADLINE.items():
        values = [said.cells.get(address) for address in addresses]
        known = [value for value in values if value is not None]
        found[key] = sum(known) if len(known) == len(values) else None
    return found


def _objects(wanted: Iterable[Source]) -> dict[uuid.UUID, dict[str, Any]]:
    """The reports as objects, by the key of the source."""
    of: dict[str, list[Source]] = {}
    for each in wanted:
        of.setdefault(each.kind, []).append(each)
    keys = {kind: [each.key for each in rows] for kind, rows in of.items()}
    public = Publication.objects.filter(pk__in=keys.get("published", []))
    found: dict[uuid.UUID, dict[str, Any]] = dict(public.values_list("pk", "report"))
    for key, data in Draft.objects.filter(pk__in=keys.get("frozen", [])).values_list("pk", "report"):
        found[key] = json.loads(bytes(data), parse_float=Decimal)
    plain = [each for each in of.get("read", []) if not each.stamp]
    readings = Reading.objects.filter(pk__in=[each.key for each in plain])
    for reading in readings.select_related("submission__organ").defer("text", "says", "pages"):
        found[reading.pk] = (reading.report or {}) | {"scope": scope_beside(reading.submission)}
    corrected = [each for each in of.get("read", []) if each.stamp]
    for row in Submission.objects.filter(pk__in=[each.about for each in corrected]).select_related("organ"):
        read = read_of(row)
        if read.report is not None:
            found[read.reading.pk] = read.report.to_json() | {"scope": scope_beside(row)}
    return found
