"""What the apps keep of the reports of some organs, each asked once however many organs there are. Nothing is kept here.

What is asked further follows from one question, which of the tables hold anything of these reports; and of what was
handed in nobody asks any more how it was written. A start page, which shows one report, so asks a few questions.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, Min, Q, QuerySet
from django.utils import timezone

from gongkai.annual.forms import edition_for
from gongkai.annual.january import GOVERNMENT, Seen
from gongkai.annual.narrative.facts import SECTIONS
from gongkai.annual.reconcile import reconcile
from gongkai.annual.report import COUNTY, OWN, Cell, Report, Source
from gongkai.annual.rollup import State as Told_State
from gongkai.web.annual.models import Checking, JudgementOfFinding, Publication, Reading, Submission
from gongkai.web.annual.selectors.readings import UNCLEAR
from gongkai.web.collection.models import Elsewhere, Reminded
from gongkai.web.collection.selectors.contributions import Told
from gongkai.web.collection.selectors.days import Days, days_of
from gongkai.web.collection.selectors.elsewhere import said, stated
from gongkai.web.collection.selectors.public import public_since
from gongkai.web.collection.selectors.succeeding import Changes, changes
from gongkai.web.compilation.models import Entered, NoneThisYear
from gongkai.web.compilation.selectors.facts import begun_in
from gongkai.web.issuing.models import Draft, Frozen
from gongkai.web.issuing.selectors.versions import Standing, standings
from gongkai.web.narrative.models import Text
from gongkai.web.narrative.selectors.versions import Line as Part
from gongkai.web.narrative.selectors.versions import lines_of_county
from gongkai.web.organs.models import County, Organ

PARTS = dict(zip(SECTIONS, ("引言", "第一部分", "第五部分", "第六部分"), strict=True))
"""What the parts that people write are called in a sentence."""
_GOVERNMENTS = Q(organ__form=GOVERNMENT)
_OF_ROOM = Q(_GOVERNMENTS, scope=COUNTY) | Q(~_GOVERNMENTS, scope=OWN)
"""A government's report is that of its county: its own year has no day of its own."""


@dataclass(frozen=True, slots=True)
class _Files:
    """What an organ handed in: when the first file came, and the newest that can be read or is still being read."""

    first_on: date
    newest: uuid.UUID | None = None


_TABLES: tuple[Any, ...] = (Submission, Publication, Elsewhere, Frozen, Draft, Text, Entered, NoneThisYear)


def _there(county: uuid.UUID, year: int, organs: Iterable[Organ]) -> set[Any]:
    """Which tables hold anything of these reports."""
    of = [organ.pk for organ in organs]
    rows = {table: table.objects.filter(county=county, organ__in=of, year=year) for table in _TABLES}
    rows[Reminded] = Reminded.objects.filter(county=county, organ__in=of, reminding__year=year)
    asked: dict[str, Any] = {table.__name__: Exists(some) for table, some in rows.items()}
    found = County.objects.filter(pk=county).annotate(**asked).values(*asked).get()
    return {table for table in rows if found[table.__name__]}


def _files(
    county: uuid.UUID, year: int, organs: Iterable[Organ], frozen: Collection[uuid.UUID]
) -> dict[uuid.UUID, _Files]:
    """What was handed in; of what was `frozen` here nobody asks how its file was read."""
    of = [organ.pk for organ in organs]
    rows = handed_for(Submission.objects.filter(county=county, year=year, aside=False, organ__in=of))
    told = list(rows.order_by("id").values_list("pk", "organ", "received_on"))
    failed: dict[uuid.UUID, bool] = {}
    newest = Reading.objects.filter(submission__in=[key for key, organ, _ in told if organ not in frozen]).order_by(
        "id"
    )
    for key, error in newest.values_list("submission", "error_code"):
        failed[key] = bool(error)
    found: dict[uuid.UUID, _Files] = {}
    for key, organ, on in told:
        assert organ is not None
        before = found.get(organ, _Files(on))
        found[organ] = _Files(min(before.first_on, on), before.newest if failed.get(key, False) else key)
    return found


def _checked(files: Iterable[_Files]) -> dict[uuid.UUID, tuple[str, ...]]:
    """The contradictions that the checker found in each file and that nobody dismissed; of those it has looked at."""
    keys = [file.newest for file in files if file.newest]
    rows = {
        row.submission_id: row for row in Checking.objects.filter(submission__in=keys, failed="").defer("relations")
    }
    verdicts: dict[tuple[uuid.UUID, str], str] = {}
    broken = [key for key, row in rows.items() if row.findings]
    for row in JudgementOfFinding.objects.filter(submission__in=broken).order_by("id"):
        verdicts[row.submission_id, row.fingerprint] = row.verdict
    return {
        key: tuple(
            each["message"]
            for each in row.findings
            if each["grade"] == "conflict" and verdicts.get((key, each["fingerprint"])) != "dismissed"
        )
        for key, row in rows.items()
    }


def _first(rows: Iterable[tuple[uuid.UUID, object]]) -> dict[uuid.UUID, date]:
    return {organ: timezone.localdate(at) for organ, at in rows}  # type: ignore[arg-type]


def handed_for(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """The files with the reports that January asks for: a government's for its county, everyone else's own."""
    return rows.exclude(_GOVERNMENTS & ~Q(scope=COUNTY)).exclude(~_GOVERNMENTS, scope=COUNTY)


def _reminded(county: uuid.UUID, year: int) -> dict[uuid.UUID, list[Reminded]]:
    rows = Reminded.objects.filter(county=county, reminding__year=year).select_related("reminding").order_by("id")
    found: dict[uuid.UUID, list[Reminded]] = {}
    for row in rows:
        found.setdefault(row.organ_id, []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """What the apps keep of the reports of some organs, each asked once.

    `whole`: whose report is that of the county, in whose table `in_county` contradicts itself. `unclear`: a file of theirs
    of which nobody said of what its figures are, so that it is not here.
    """

    year: int
    organs: tuple[Organ, ...]
    days: Days
    files: dict[uuid.UUID, _Files]
    checked: dict[uuid.UUID, tuple[str, ...]]
    public: dict[uuid.UUID, date]
    elsewhere: dict[uuid.UUID, Elsewhere]
    frozen: dict[uuid.UUID, date]
    entered: set[uuid.UUID]
    written: dict[uuid.UUID, dict[str, Part]]
    standing: dict[uuid.UUID, Standing]
    changes: Changes
    reminded: dict[uuid.UUID, list[Reminded]]
    whole: frozenset[uuid.UUID] = frozenset()
    in_county: tuple[str, ...] = ()
    unclear: Mapping[uuid.UUID, uuid.UUID] = field(default_factory=dict)

    def elsewhere_said(self, key: uuid.UUID) -> list[str]:
        """Where else it is public, in words."""
        row = self.elsewhere.get(key)
        return [said(row)] if row else []

    def unwritten(self, key: uuid.UUID) -> list[str]:
        """The parts of which nobody wrote a word."""
        lines = self.written.get(key)
        return [zh for section, zh in PARTS.items() if lines is None or lines[section].current is None]

    def begun(self, key: uuid.UUID) -> bool:
        """Whether somebody wrote, entered, drafted or handed in anything."""
        if key in self.files or key in self.frozen or key in self.entered:
            return True
        return len(self.unwritten(key)) < len(SECTIONS) or self.draft(key) is not None

    def draft(self, key: uuid.UUID) -> Draft | None:
        """The draft of what was not handed in yet."""
        return self.standing[key].draft if key in self.standing else None

    def waits_for(self, key: uuid.UUID) -> str:
        """What the draft of an organ waits for, as `issuing` calls it."""
        return self.standing[key].state if key in self.standing else "none"

    def seen(self, key: uuid.UUID, conflicts: int) -> Seen:
        """Where the report of an organ stands."""
        file, frozen = self.files.get(key), self.frozen.get(key)
        return Seen(
            begun=self.begun(key),
            signed=self.waits_for(key) == "signed",
            handed_on=min((day for day in (frozen, file.first_on if file else None) if day), default=None),
            unreadable=file is not None and file.newest is None and frozen is None,
            public_on=self.public.get(key),
            conflicts=conflicts,
        )

    def conflicts(self, key: uuid.UUID, told: Told | None) -> tuple[str, ...]:
        """What contradicts itself: in the file that was handed in, as the checker says, and in what is counted here."""
        if key in self.whole:
            return self.in_county
        file = self.files.get(key)
        in_file = self.checked.get(file.newest) if file and file.newest and key not in self.frozen else None
        counted = _conflicts(told, self.year) if in_file is None or (told and told.source == "records") else ()
        return tuple(dict.fromkeys((*counted, *(in_file or ()))))


def known(county: uuid.UUID, year: int, organs: list[Organ]) -> Known:
    """What the apps keep of the reports of these organs."""
    there = _there(county, year, organs)
    frozen = _frozen(county, year) if Frozen in there else {}
    files = _files(county, year, organs, frozen) if Submission in there else {}
    elsewhere = stated(county, year) if Elsewhere in there else {}
    public = public_since(county, year, elsewhere=elsewhere) if Publication in there or elsewhere else {}
    still = [organ for organ in organs if organ.pk not in files and organ.pk not in frozen]
    whole = frozenset(organ.pk for organ in organs if organ.form == GOVERNMENT)
    of = [(s, [organ for organ in still if (organ.pk in whole) == (s == COUNTY)]) for s in (COUNTY, OWN)]
    return Known(
        year=year,
        organs=tuple(organs),
        days=days_of(county, year),
        files=files,
        checked=_checked(file for key, file in files.items() if key not in frozen),
        public={key: each.on for key, each in public.items()},
        elsewhere=elsewhere,
        frozen=frozen,
        entered=begun_in(county, year) if still and there & {Entered, NoneThisYear} else set(),
        written={k: v for s, some in of for k, v in lines_of_county(county, year, some, s).items()}
        if Text in there
        else {},
        standing={each.organ.pk: each for s, some in of for each in standings(county, year, some, s)}
        if Draft in there
        else {},
        changes=changes(county, year),
        reminded=_reminded(county, year) if Reminded in there else {},
        whole=whole,
        unclear=_unclear(county, year, whole) if whole and Submission in there else {},
    )


def _unclear(county: uuid.UUID, year: int, governments: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """The newest file of each of them of which nobody said whether it is its own or that of the county."""
    rows = Submission.objects.filter(UNCLEAR, county=county, year=year, aside=False, organ__in=governments)
    return dict(rows.order_by("id").values_list("organ", "pk"))


def _frozen(county: uuid.UUID, year: int) -> dict[uuid.UUID, date]:
    """When the first version of a report was frozen."""
    rows = Frozen.objects.filter(_OF_ROOM, county=county, year=year).values("organ").annotate(at=Min("recorded_at"))
    return _first(rows.values_list("organ", "at"))


def _conflicts(told: Told | None, year: int) -> tuple[str, ...]:
    """The contradictions in what an organ reports; asked again of the checker where the county's table knows of some."""
    if told is None or Told_State.CONFLICT not in told.states:
        return ()
    cells = {address: Cell(value, format(value, "f")) for address, value in told.cells.items()}
    report = Report(Source("", "register"), edition=edition_for(year), year=year, cells=cells, blank=tuple(told.blank))
    return tuple(each.message for each in reconcile(report)[0] if each.grade == "conflict")
