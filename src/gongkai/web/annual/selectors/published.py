"""The yearly reports that are public: whose, of which years, as pages, as data, as files."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from gongkai.annual.forms import form
from gongkai.annual.report import Number, Report
from gongkai.documents.values import filled, form_of
from gongkai.web.annual.models import Publication, PublicationFile, Submission
from gongkai.web.annual.selectors.formtable import FormTable, form_tables
from gongkai.web.files.services import read

RECEIVED = "applications.received.total"
CONCLUDED = "applications.concluded.total"


def _public(county: uuid.UUID) -> QuerySet[Publication]:
    return Publication.objects.filter(county=county, end=None)


@dataclass(frozen=True, slots=True)
class Listed:
    """A published report in a list, with the two figures that people ask for first; None: the report does not say."""

    key: uuid.UUID
    organ: uuid.UUID
    organ_name: str
    year: int
    edition: int
    at: datetime
    received: Number | None
    concluded: Number | None
    consolidated: bool = False

    @property
    def year_zh(self) -> str:
        """The year, and of what the report is where it is the sum of a county."""
        return f"{self.year}年度{scope_zh(self.consolidated)}"


def scope_zh(consolidated: bool) -> str:
    """What a list adds to the name of a report that is the sum of a county."""
    return "（全县汇总）" if consolidated else ""


def _value(report: dict[str, Any], address: str) -> Number | None:
    found = report.get("cells", {}).get(address)
    return found["value"] if found else None


def published(county: uuid.UUID, organ: uuid.UUID | None = None) -> list[Listed]:
    """The published reports, newest year first, in the order of the organs."""
    rows = _public(county) if organ is None else _public(county).filter(organ=organ)
    found = rows.select_related("organ").order_by("-year", "organ__position", "organ__id", "-consolidated")
    return [
        Listed(
            row.pk,
            row.organ_id,
            row.organ.name,
            row.year,
            row.edition,
            row.recorded_at,
            _value(row.report, RECEIVED),
            _value(row.report, CONCLUDED),
            row.consolidated,
        )
        for row in found
    ]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the report: its heading, its words in paragraphs, its table."""

    number: int
    heading: str
    words: tuple[str, ...]
    table: FormTable | None


@dataclass(frozen=True, slots=True)
class Published:
    """A published report as its page shows it."""

    publication: Publication
    organ: Any
    year: int
    title: str
    preface: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    formats: tuple[str, ...]
    others: tuple[Listed, ...]

    @property
    def scope_zh(self) -> str:
        """What is added to its title where it is the sum of a county."""
        return scope_zh(self.publication.consolidated)

    @property
    def year_zh(self) -> str:
        """The year with the same."""
        return f"{self.year}年度{self.scope_zh}"


def _paragraphs(words: str) -> tuple[str, ...]:
    lines = (line.strip(" \t#*|") for line in words.split("\n"))
    return tuple(line for line in lines if line)


def chapters_of(
    report: Report, tables: Mapping[int, FormTable], lines: Callable[[str], tuple[str, ...]]
) -> tuple[Chapter, ...]:
    """Every chapter of a report's form, with its words in lines and its table."""
    said = report.sections
    return tuple(
        Chapter(
            each.number,
            each.heading,
            lines(said[each.number].text) if said.get(each.number) else (),
            tables.get(each.number),
        )
        for each in form(form_of(report).edition).sections
    )


def publication(county: uuid.UUID, key: uuid.UUID) -> Publication | None:
    """A publication that is public; None for one that is not (any more)."""
    return _public(county).select_related("organ").filter(pk=key).first()


def publication_of(submission: Submission) -> Publication | None:
    """The publication of a submission that is public, for the desk."""
    return Publication.objects.filter(submission=submission, end=None).first()


def history_of(submission: Submission) -> list[Publication]:
    """Every publication of a submission, oldest first, for the desk."""
    return list(Publication.objects.filter(submission=submission).select_related("end").order_by("edition"))


def shown(row: Publication) -> Published:
    """A publication as its page shows it: every chapter of its form, each figure as it was printed."""
    report = Report.from_json(row.report)
    chapters = chapters_of(report, form_tables(report, filled(report)), _paragraphs)
    made = tuple(PublicationFile.objects.filter(publication=row).order_by("format").values_list("format", flat=True))
    others = tuple(each for each in published(row.county, row.organ_id) if each.key != row.pk)
    title = f"{row.organ.name}{row.year}年政府信息公开工作年度报告"
    opening = _paragraphs(report.preface.text) if report.preface else ()
    preface = tuple(line for line in opening if "".join(line.split()) not in title)
    return Published(row, row.organ, row.year, title, preface, chapters, made, others)


def data_of(row: Publication) -> dict[str, Any]:
    """The report as data in the public format, without what only says how it was read."""
    kept = dict(row.report)
    whole = f"{row.organ.name}{row.year}年政府信息公开工作年度报告"
    kept["source"] = {"name": whole, "format": "json", "sha256": ""}
    if row.organ.name not in (kept.get("title") or ""):
        kept["title"] = whole  # of a title in two lines the page gives back the second
    for name in ("reader", "labels", "headings"):
        kept.pop(name, None)
    kept["cells"] = {
        address: {key: value for key, value in cell.items() if key in ("value", "text", "unit")}
        for address, cell in row.report.get("cells", {}).items()
    }
    kept["sections"] = {
        number: {"text": said.get("text", "")} if said else {} for number, said in row.report["sections"].items()
    }
    kept["organ"], kept["year"] = row.organ.name, row.year
    return kept


def file_of(row: Publication, form: str) -> bytes | None:
    """A publication in one format; None when it was not made in that."""
    found = PublicationFile.objects.filter(publication=row, format=form).first()
    return read(found.file_id) if found else None


def years_of(rows: Iterable[Listed]) -> list[tuple[int, list[Listed]]]:
    """Published reports by year, newest first."""
    found: dict[int, list[Listed]] = {}
    for row in rows:
        found.setdefault(row.year, []).append(row)
    return sorted(found.items(), reverse=True)
