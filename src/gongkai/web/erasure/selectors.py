"""What is due: matters that ended so long ago that their personal data are needed no longer, each with the reckoning."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Exists, Max, Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from gongkai.calendar import in_chinese
from gongkai.web.erasure.models import KINDS, Erasure
from gongkai.web.erasure.rulekeys import YEARS
from gongkai.web.interaction.models import Consultation, Feedback, HotlineImport, LetterAct, LetterStanding, Opinion
from gongkai.web.interaction.progress import OPEN
from gongkai.web.onrequest.models import (
    Case,
    CaseEvent,
    Complaint,
    ComplaintStep,
    Dispute,
    DisputeStep,
    MailItem,
    MailStep,
    RecordCorrection,
    RecordCorrectionStep,
)
from gongkai.web.onrequest.services.corrections import ENDS
from gongkai.web.organs.selectors import Organs, competent_department, names_of, of_organs
from gongkai.web.people.selectors import names_of as person_names
from gongkai.web.rules.selectors import setting

NAMES = dict(KINDS)
KEPT_FOR = "保管期限："
FOREVER = "永久"
PAGE = 200


@dataclass(frozen=True, slots=True)
class Due:
    """A matter that ended: since when, until when its personal data are kept, and why; `lacking` stands against erasing."""

    kind: str
    about: uuid.UUID
    number: str
    organ: uuid.UUID
    ended_on: date
    due_on: date
    why: str
    lacking: str = ""
    organ_name: str = ""

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.about}"

    @property
    def kind_zh(self) -> str:
        """The kind in words."""
        return NAMES[self.kind]


def years(county: uuid.UUID, on: date) -> dict[str, int]:
    """After how many years the personal data of each kind are erased; a kind that nobody set is not in it."""
    said = setting(county, YEARS, on=on)
    return {kind: int(said[kind]) for kind in NAMES if isinstance(said, dict) and said.get(kind)}


def later(day: date, more: int) -> date:
    """The same day so many years on; the last of February where there is none."""
    try:
        return day.replace(year=day.year + more)
    except ValueError:
        return day.replace(year=day.year + more, day=28)


def due(county: uuid.UUID, organs: Organs, today: date, *, all_ended: bool = False) -> list[Due]:
    """What is due by a day, the oldest first; with `all_ended` also what is not yet."""
    kept = years(county, today)
    found = [each for kind in kept for each in _ENDED[kind](county, organs, kept[kind])]
    found = [each for each in found if all_ended or each.due_on <= today]
    names = names_of({each.organ for each in found})
    found = [replace(each, organ_name=names.get(each.organ, "")) for each in found]
    return sorted(found, key=lambda each: (each.due_on, each.kind, each.number))


def one(county: uuid.UUID, kind: str, about: uuid.UUID, today: date) -> Due | None:
    """A matter that ended; None when it is unknown, not over, erased already, or nobody set how long it is kept."""
    kept = years(county, today)
    rows = _ENDED[kind](county, None, kept[kind], about) if kind in kept else ()
    return next(iter(rows), None)


def _letters(county: uuid.UUID, organs: Organs, kept: int, only: uuid.UUID | None = None) -> Iterator[Due]:
    rows = LetterStanding.objects.filter(county=county).exclude(state__in=OPEN)
    rows = rows.exclude(letter__in=Erasure.objects.filter(kind="letter").values("about"))
    rows = of_organs(rows, organs)
    rows = rows.filter(letter=only) if only else rows
    last = LetterAct.objects.filter(letter=OuterRef("letter")).order_by().values("letter").annotate(on=Max("on"))
    for row in rows.annotate(ended=last.values("on")):
        ended = row.ended or row.received_on
        yield Due("letter", row.letter_id, row.number, row.organ_id, ended, later(ended, kept), _said("办结", kept))


def _opinions(county: uuid.UUID, organs: Organs, kept: int, only: uuid.UUID | None = None) -> Iterator[Due]:
    rows = Consultation.objects.filter(county=county, followed_by=None)
    rows = rows.filter(Exists(Opinion.objects.filter(item=OuterRef("item"))))
    rows = rows.exclude(item__in=Erasure.objects.filter(kind="opinion").values("about"))
    rows = of_organs(rows, organs)
    rows = rows.filter(item=only) if only else rows
    for row in rows.annotate(told=Exists(Feedback.objects.filter(item=OuterRef("item")))):
        lacking = "" if row.told else "还没有写明意见的采纳情况"
        until = later(row.closes_on, kept)
        yield Due("opinion", row.item, row.title, row.organ_id, row.closes_on, until, _said("征集结束", kept), lacking)


def _applications(county: uuid.UUID, organs: Organs, kept: int, only: uuid.UUID | None = None) -> Iterator[Due]:
    rows = Case.objects.filter(county=county, open=0, closed_on__isnull=False)
    rows = rows.exclude(application__in=Erasure.objects.filter(kind="application").values("about"))
    rows = of_organs(rows, organs)
    rows = rows.filter(application=only) if only else rows
    said = CaseEvent.objects.filter(application=OuterRef("application"), kind="closed", void=False, corrected_by=None)
    pending = set(_pending().filter(application__in=rows.values("application")).values_list("application", flat=True))
    for row in rows.annotate(reason=said.order_by("-id").values("reason")[:1]):
        period = (row.reason or "").removeprefix(KEPT_FOR)
        if period == FOREVER or row.closed_on is None:
            continue
        archived = int(period.removesuffix("年")) if period.removesuffix("年").isdecimal() else 0
        why = _said("归档", kept) if kept >= archived else f"归档后保管{archived}年"
        lacking = "行政复议或者行政诉讼还没有结果" if row.application_id in pending else ""
        until = later(row.closed_on, max(kept, archived))
        yield Due("application", row.application_id, row.number, row.organ_id, row.closed_on, until, why, lacking)


def _complaints(county: uuid.UUID, organs: Organs, kept: int, only: uuid.UUID | None = None) -> Iterator[Due]:
    """A complaint is the competent department's to erase, never the organ's that it is about, unless none is named."""
    rows = Complaint.objects.filter(county=county)
    rows = rows.exclude(pk__in=Erasure.objects.filter(kind="complaint").values("about"))
    rows = rows.filter(pk=only) if only else rows
    keeper = competent_department(county)
    if organs is not None and (keeper is None or keeper.pk not in organs):
        rows = rows.none() if keeper else rows.filter(organ__in=organs)
    answered = ComplaintStep.objects.filter(complaint=OuterRef("pk"), step="answered").order_by("-on").values("on")
    for row in rows.annotate(ended=Subquery(answered[:1])).filter(ended__isnull=False):
        organ = keeper.pk if keeper else row.organ_id
        yield Due("complaint", row.pk, row.number, organ, row.ended, later(row.ended, kept), _said("答复", kept))


def _corrections(county: uuid.UUID, organs: Organs, kept: int, only: uuid.UUID | None = None) -> Iterator[Due]:
    rows = RecordCorrection.objects.filter(county=county)
    rows = rows.exclude(pk__in=Erasure.objects.filter(kind="correction").values("about"))
    rows = of_organs(rows, organs)
    rows = rows.filter(pk=only) if only else rows
    told = RecordCorrectionStep.objects.filter(correction=OuterRef("pk"), step__in=ENDS).order_by("-on").values("on")
    for row in rows.annotate(ended=Subquery(told[:1])).filter(ended__isnull=False):
        until = later(row.ended, kept)
        yield Due("correction", row.pk, row.number, row.organ_id, row.ended, until, _said("办结", kept))


def _hotline(county: uuid.UUID, organs: Organs, kept: int, only: uuid.UUID | None = None) -> Iterator[Due]:
    """A file of the hotline is erased as a whole, by the competent department that brings them in."""
    keeper = competent_department(county)
    if keeper is None or (organs is not None and keeper.pk not in organs):
        return
    rows = HotlineImport.objects.filter(county=county, taken__gt=0)
    rows = rows.exclude(pk__in=Erasure.objects.filter(kind="hotline").values("about"))
    rows = rows.filter(pk=only) if only else rows
    days = (Min("rows__received_on"), Max("rows__received_on"), Max("rows__closed_on"))
    for key, taken, first, last, closed in rows.values_list("pk", "taken", *days):
        ended = max(filter(None, (last, closed)))
        number = f"{first:%Y年%-m月%-d日}至{last:%Y年%-m月%-d日}受理的{taken}件"
        yield Due("hotline", key, number, keeper.pk, ended, later(ended, kept), _said("最后一件办结", kept))


def _mail(county: uuid.UUID, organs: Organs, kept: int, only: uuid.UUID | None = None) -> Iterator[Due]:
    """A letter of the mail room that was found to be no application; what became one is erased with its case."""
    rows = MailItem.objects.filter(county=county)
    rows = rows.exclude(pk__in=Erasure.objects.filter(kind="mail").values("about"))
    rows = of_organs(rows, organs)
    rows = rows.filter(pk=only) if only else rows
    settled = MailStep.objects.filter(item=OuterRef("pk"), step="not_application").order_by("-id").values("on")
    for row in rows.annotate(ended=Subquery(settled[:1])).filter(ended__isnull=False):
        number = f"{in_chinese(row.signed_on)}{row.get_place_display()}收到的信件"
        yield Due("mail", row.pk, number, row.organ_id, row.ended, later(row.ended, kept), _said("处理", kept))


def _disputes(county: uuid.UUID, organs: Organs, kept: int, only: uuid.UUID | None = None) -> Iterator[Due]:
    """A dispute without an application that was decided; one about an application is erased with its case."""
    rows = Dispute.objects.filter(county=county, application=None).exclude(pk__in=_pending().values("pk"))
    rows = rows.exclude(pk__in=Erasure.objects.filter(kind="dispute").values("about"))
    rows = of_organs(rows, organs)
    rows = rows.filter(pk=only) if only else rows
    waits = Exists(_pending().filter(follows=OuterRef("pk")))
    for row in rows.annotate(ended=Max("steps__on"), waits=waits):
        number = row.case_number or f"{in_chinese(row.received_on)}收到的{row.get_kind_display()}"
        lacking = "后面的行政诉讼还没有结果" if row.waits else ""
        until = later(row.ended, kept)
        yield Due("dispute", row.pk, number, row.organ_id, row.ended, until, _said("了结", kept), lacking)


def _pending() -> QuerySet[Dispute]:
    """The disputes without a result: not decided, or appealed since."""
    steps = DisputeStep.objects.filter(dispute=OuterRef("pk"), step__in=("decided", "appealed")).order_by("-on", "-id")
    return Dispute.objects.annotate(last=Coalesce(Subquery(steps.values("step")[:1]), Value(""))).exclude(
        last="decided"
    )


def _said(since: str, kept: int) -> str:
    return f"{since}后保存{kept}年（本县设定）"


_ENDED = {
    "letter": _letters,
    "opinion": _opinions,
    "application": _applications,
    "complaint": _complaints,
    "correction": _corrections,
    "hotline": _hotline,
    "mail": _mail,
    "dispute": _disputes,
}


@dataclass(frozen=True, slots=True)
class Erased:
    """A line of the register of erasures."""

    kind_zh: str
    number: str
    organ_name: str
    ended_on: date
    due_on: date
    why: str
    rows: int
    files: int
    who: str
    at: datetime


def register(county: uuid.UUID, organs: Organs, limit: int = PAGE) -> list[Erased]:
    """The register of erasures, newest first."""
    rows = Erasure.objects.filter(county=county).select_related("organ")
    rows = (of_organs(rows, organs)).order_by("-id")[:limit]
    who = person_names({row.by for row in rows})
    return [
        Erased(
            NAMES[row.kind], row.number, row.organ.name, row.ended_on, row.due_on, row.why, row.rows, row.files,
            who.get(row.by, ""), row.recorded_at,
        )
        for row in rows
    ]  # fmt: skip


def erased_at(about: uuid.UUID) -> datetime | None:
    """When the personal data of a matter were erased, for its page."""
    return Erasure.objects.filter(about=about).values_list("recorded_at", flat=True).first()
