"""The story of a case: what happened, day by day, with who wrote it down. Words stay sealed until a page asks for them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from gongkai.onrequest.decisions import decision
from gongkai.onrequest.events import Kind
from gongkai.onrequest.letters import letter_type
from gongkai.onrequest.procedure import ACTS
from gongkai.web.onrequest.evidenceforms import lines
from gongkai.web.onrequest.models import Application
from gongkai.web.onrequest.recordkinds import KINDS, told
from gongkai.web.onrequest.selectors import rows
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
    told_ever = sorted(rows.told(application), key=lambda row: (row.on, row.pk))
    gone = {row.corrects_id for row in told_ever}
    for row in told_ever:
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
    for row in rows.records(application):
        said = lines(row.kind, told(row))
        yield Moment(row.on, row.recorded_at, KINDS[row.kind], said, row.by, "record", row.pk)


def _letters(application: Application) -> Iterator[Moment]:
    letters = {letter.pk: letter for letter in rows.letters(application)}
    for row in rows.letter_steps(application):
        letter = letters[row.letter_id]
        name = letter_type(letter.kind).zh
        words = tuple(w for w in (letter.number if row.step == "signed" else "", row.exception) if w)
        title = f"《{name}》{row.get_step_display()}"
        yield Moment(row.on, row.recorded_at, title, words, row.by, "letter", row.letter_id)
    for use in rows.seal_uses(application):
        words = (use.seal, f"{use.copies}份")
        yield Moment(use.on, use.recorded_at, "用印登记", words, use.by, "letter", use.letter_id)
    for step in rows.delivery_steps(application):
        title = f"送达结果：{step.get_outcome_display()}"
        yield Moment(step.on, step.recorded_at, title, (), step.by, "letter", step.delivery.letter_id)


def _others(application: Application) -> Iterator[Moment]:
    for row in rows.assignments(application):
        words = (row.reason,) if row.reason else ()
        yield Moment(
            timezone.localdate(row.recorded_at), row.recorded_at, "分办", words, row.by, "assignment", row.handler
        )
    for passing in rows.passings(application):
        whom = passing.organ.name if passing.organ else "本机关人员"
        title = f"{passing.get_purpose_display()}{'结束' if passing.ends_id else ''}：{whom}"
        yield Moment(passing.on, passing.recorded_at, title, (), passing.by, "passing", passing.pk)
    for file in rows.attachments(application):
        words = ("含密级标志，已隔离，只供保密机构处理",) if file.file.isolated else ()
        title = f"收存文件：{file.get_role_display()}"
        yield Moment(
            timezone.localdate(file.recorded_at), file.recorded_at, title, words, file.by, "attachment", file.pk
        )
    for link in (link for link in rows.links(application) if link.application_id == application.pk):
        words = (link.other.number, *((link.reason,) if link.reason else ()))
        yield Moment(
            link.on, link.recorded_at, f"认定：{link.get_kind_display()}", words, link.by, "link", link.other_id
        )
    for dispute in rows.disputes(application):
        for step in dispute.steps.all():
            title = f"{dispute.get_kind_display()}：{step.get_step_display()}"
            yield Moment(step.on, step.recorded_at, title, (), step.by, "dispute", dispute.pk)


def moments(application: Application) -> list[Moment]:
    """Everything that happened, by day and then in the order it was written down; by whom is not yet told."""
    found = [*_events(application), *_records(application), *_letters(application), *_others(application)]
    return sorted(found, key=lambda moment: (moment.on, moment.recorded_at))


def named(found: Iterable[Moment], names: dict[uuid.UUID, str]) -> list[Moment]:
    """The moments, each with the name of who did; nobody's were the applicant's."""
    return [replace(moment, name=names.get(moment.by, "申请人") if moment.by else "申请人") for moment in found]


def story(application: Application) -> list[Moment]:
    """Everything that happened, with the names of those who did."""
    found = moments(application)
    return named(found, names_of({moment.by for moment in found if moment.by}))
