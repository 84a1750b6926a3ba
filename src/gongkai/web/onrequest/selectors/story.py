"""The story of a case: what happened, day by day, with who wrote it down. Words stay sealed until a page asks for them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from gongkai.onrequest.decisions import decision
from gongkai.onrequest.events import Kind
from gongkai.onrequest.letters import letter_type
from gongkai.onrequest.procedure import ACTS
from gongkai.web.onrequest.evidenceforms import lines
from gongkai.web.onrequest.models import (
    Application,
    Assignment,
    Attachment,
    CaseEvent,
    CaseRecord,
    DeliveryStep,
    DisputeStep,
    LetterStep,
    Link,
    Passing,
    SealUse,
)
from gongkai.web.onrequest.recordkinds import KINDS, told
from gongkai.web.people.selectors import names_of

EVENT_WORDS: dict[Kind, str] = {info.event: info.zh for info in ACTS.values() if info.event} | {
    Kind.RECEIVED: "收到申请",
    Kind.CLOSED: "归档办结",
    Kind.WITHDRAWN: "申请人撤回",
    Kind.DELIVERED: "处理决定送达",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the story. `struck`: a later line took its place; `key` names the row behind it."""

    on: date
    recorded_at: datetime
    title: str
    words: tuple[str, ...]
    by: uuid.UUID | None
    source: str
    key: uuid.UUID
    struck: bool = False
    name: str = ""

    @property
    def late(self) -> bool:
        """Whether it was written down on a later day than it happened."""
        return timezone.localdate(self.recorded_at) > self.on


def _events(application: Application) -> Iterator[Moment]:
    rows = list(CaseEvent.objects.filter(application=application))
    gone = {row.corrects_id for row in rows}
    for row in rows:
        words = []
        if row.until:
            words.append(f"截止{row.until:%Y年%-m月%-d日}")
        if row.days:
            words.append(f"{row.days}个工作日")
        if row.decision:
            words.append(decision(row.decision).zh)
        if row.reason:
            words.append(f"说明：{row.reason}")
        title = EVENT_WORDS[Kind(row.kind)]
        if row.void:
            title = f"更正：“{title}”的记录作废"
        elif row.corrects_id:
            title = f"{title}（更正后）"
        yield Moment(
            row.on, row.recorded_at, title, tuple(words), row.by, "event", row.pk, struck=row.pk in gone or row.void
        )


def _records(application: Application) -> Iterator[Moment]:
    for row in CaseRecord.objects.filter(application=application):
        said = lines(row.kind, told(row))
        yield Moment(row.on, row.recorded_at, KINDS[row.kind], said, row.by, "record", row.pk)


def _letters(application: Application) -> Iterator[Moment]:
    for row in LetterStep.objects.filter(letter__application=application).select_related("letter"):
        name = letter_type(row.letter.kind).zh
        words = tuple(w for w in (row.letter.number if row.step == "signed" else "", row.exception) if w)
        title = f"《{name}》{row.get_step_display()}"
        yield Moment(row.on, row.recorded_at, title, words, row.by, "letter", row.letter_id)
    for use in SealUse.objects.filter(letter__application=application).select_related("letter"):
        words = (use.seal, f"{use.copies}份")
        yield Moment(use.on, use.recorded_at, "用印登记", words, use.by, "letter", use.letter_id)
    for step in DeliveryStep.objects.filter(delivery__letter__application=application).select_related("delivery"):
        title = f"送达结果：{step.get_outcome_display()}"
        yield Moment(step.on, step.recorded_at, title, (), step.by, "letter", step.delivery.letter_id)


def _others(application: Application) -> Iterator[Moment]:
    for row in Assignment.objects.filter(application=application):
        words = (row.reason,) if row.reason else ()
        yield Moment(
            timezone.localdate(row.recorded_at), row.recorded_at, "分办", words, row.by, "assignment", row.handler
        )
    for passing in Passing.objects.filter(application=application).select_related("organ"):
        whom = passing.organ.name if passing.organ else "本机关人员"
        title = f"{passing.get_purpose_display()}{'结束' if passing.ends_id else ''}：{whom}"
        yield Moment(passing.on, passing.recorded_at, title, (), passing.by, "passing", passing.pk)
    for file in Attachment.objects.filter(application=application).select_related("file"):
        words = ("含密级标志，已隔离，只供保密机构处理",) if file.file.isolated else ()
        title = f"收存文件：{file.get_role_display()}"
        yield Moment(
            timezone.localdate(file.recorded_at), file.recorded_at, title, words, file.by, "attachment", file.pk
        )
    for link in Link.objects.filter(application=application).select_related("other"):
        words = (link.other.number, *((link.reason,) if link.reason else ()))
        yield Moment(
            link.on, link.recorded_at, f"认定：{link.get_kind_display()}", words, link.by, "link", link.other_id
        )
    for step in DisputeStep.objects.filter(dispute__application=application).select_related("dispute"):
        title = f"{step.dispute.get_kind_display()}：{step.get_step_display()}"
        yield Moment(step.on, step.recorded_at, title, (), step.by, "dispute", step.dispute_id)


def story(application: Application) -> list[Moment]:
    """Everything that happened, by day and then in the order it was written down, each with the name of who did."""
    found = [*_events(application), *_records(application), *_letters(application), *_others(application)]
    names = names_of({moment.by for moment in found if moment.by})
    named = [
        Moment(
            m.on, m.recorded_at, m.title, m.words, m.by, m.source, m.key, m.struck,
            names.get(m.by, "申请人") if m.by else "申请人",
        )
        for m in found
    ]  # fmt: skip
    return sorted(named, key=lambda moment: (moment.on, moment.recorded_at))
