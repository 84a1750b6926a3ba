"""Asking the public over a draft: the period, the opinions, what became of each group of them, and the entry that says so."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from html import escape

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.law.citations import short_basis
from gongkai.law.errors import LawGap
from gongkai.law.parameters import PARAMETERS
from gongkai.proactive.limits import CONSULT_THE_PUBLIC
from gongkai.text.personal import masked
from gongkai.web import personal
from gongkai.web.audit.services import Audit
from gongkai.web.changes.services import touch
from gongkai.web.facts import Refused, new_key
from gongkai.web.files.services import store
from gongkai.web.interaction.models import (
    Consultation,
    Feedback,
    Opinion,
    OpinionCode,
    OpinionFile,
    OpinionGroup,
    Placed,
)
from gongkai.web.interaction.selectors import consultations as reading
from gongkai.web.interaction.selectors.senders import code_key
from gongkai.web.interaction.services.facts import WORDS_LIMIT
from gongkai.web.onrequest.services import numbers
from gongkai.web.onrequest.services.attachments import Upload
from gongkai.web.onrequest.services.intake import content_signature, new_code
from gongkai.web.proactive.selectors.entries import entry
from gongkai.web.proactive.selectors.facts import newest_version
from gongkai.web.proactive.services.drafting import Content, draft
from gongkai.web.proactive.services.relations import link
from gongkai.web.typed import said

SERIES = "意见"
KIND = "consultation"


@dataclass(frozen=True, slots=True)
class Given:
    """An opinion as it comes. `once` makes one that is sent twice arrive once."""

    words: str
    received_on: date
    name: str = ""
    contact: str = ""
    origin: str = "portal"
    once: str = ""
    files: tuple[Upload, ...] = field(default=())


def least_days(on: date) -> int:
    """How many days the public is usually asked at least over a major decision."""
    return PARAMETERS[CONSULT_THE_PUBLIC].amount(on)


def basis(on: date) -> str:
    """The provision for it."""
    return short_basis(PARAMETERS[CONSULT_THE_PUBLIC].on(on).citation)


def ask(
    *,
    audit: Audit,
    item: uuid.UUID,
    opens_on: date,
    closes_on: date,
    major: bool = False,
    shorter: str = "",
) -> Consultation:
    """Set from when until when an entry takes opinions, or another period while it has not ended.

    Over a major decision a period shorter than the usual one is refused without the reason for it.
    """
    found = entry(audit.county, item)
    if found is None or found.standing.kind != KIND:
        raise Refused("只有“意见征集”种类的条目可以征集意见。")
    days = (closes_on - opens_on).days
    if days < 0:
        raise Refused("截止日早于开始日，请核对。")
    try:
        least = least_days(opens_on)
    except LawGap:
        raise Refused("开始日过早，请核对年份。") from None
    if major and days < least and not shorter.strip():
        cites = basis(opens_on)
        raise Refused(f"征集期为{days}日，重大行政决策一般不少于{least}日（{cites}）。确需缩短的，请写明理由。")
    with transaction.atomic():
        before = reading.consultation(audit.county, item)
        today = timezone.localdate()
        if before and before.closes_on < today:
            raise Refused("征集期已经结束，不能再改。需要重新征求意见的，请另起一个条目。")
        row = Consultation.objects.create(
            county=audit.county,
            item=item,
            organ=found.organ,
            title=found.standing.title,
            major=major,
            opens_on=opens_on,
            closes_on=closes_on,
            shorter=masked(said(shorter, "缩短征集期的理由", 300, needed=False)),
            follows=before,
            by=audit.actor,
        )
        audit.record("interaction.ask", row, {"item": str(item), "major": major})
        touch(county=audit.county)
    return row


def known_opinion(county: uuid.UUID, once: str) -> Opinion | None:
    """What this very form has become, when it was sent before."""
    return Opinion.objects.filter(county=county, once=once).first() if once else None


def give(*, audit: Audit, item: uuid.UUID, given: Given) -> Opinion:
    """Take an opinion in. On line only while the entry is public and the period runs; on paper, when it came within it."""
    before = known_opinion(audit.county, given.once)
    if before:
        return before
    words = said(given.words, "意见", WORDS_LIMIT)
    said(f"{given.name}{given.contact}", "联系方式", 200, needed=False)
    if given.origin not in dict(Opinion.ORIGINS):
        raise Refused("请选择意见的来源。")
    asked = reading.consultation(audit.county, item)
    if asked is None:
        raise Refused("这一条目没有征集意见。")
    if given.origin == "portal" and not reading.takes_opinions(asked, timezone.localdate()):
        raise Refused("征集期已经结束或者还没有开始，不能再提交意见。")
    if not asked.opens_on <= given.received_on <= min(asked.closes_on, timezone.localdate()):
        raise Refused("收到意见的日期应当在征集期之内，并且不晚于今天。")
    try:
        with transaction.atomic():
            return _write(audit, asked, given, words)
    except IntegrityError:
        before = known_opinion(audit.county, given.once)
        if before is None:
            raise
        return before


def _write(audit: Audit, asked: Consultation, given: Given, words: str) -> Opinion:
    key, year = new_key(), given.received_on.year
    taken = numbers.take(audit=audit, organ=asked.organ, series=SERIES, year=year, text=_number_text(asked, year))
    row = Opinion.objects.create(
        id=key,
        county=audit.county,
        item=asked.item,
        number=taken.text,
        origin=given.origin,
        received_on=given.received_on,
        likeness=content_signature(words),
        once=given.once or f"own:{key}",
        by=audit.actor,
        **personal.keep(Opinion, key, words=words, name=given.name.strip(), contact=given.contact.strip()),
    )
    audit.record("interaction.give_opinion", row, {"item": str(asked.item), "origin": given.origin})
    if given.origin == "portal":
        code, at = new_code(), new_key()
        sealed_code = personal.keep(OpinionCode, at, query_code=code)
        OpinionCode.objects.create(id=at, county=audit.county, opinion=row, query_key=code_key(code), **sealed_code)
    for file in given.files:
        stored = store(audit=audit, name=file.name, data=file.data, isolated=file.marked)
        kept = OpinionFile.objects.create(county=audit.county, opinion=row, file=stored)
        audit.record("interaction.attach", kept, {"sha256": stored.sha256, "isolated": file.marked})
    touch(county=audit.county)
    return row


def _number_text(asked: Consultation, year: int) -> str:
    return f"{asked.organ.word or asked.organ.name[:10]}{SERIES}-{year}-{{n:04d}}"


# ── what became of them ──────────────────────────────────────────────────────────────────────────────────────────────


def _ended(asked: Consultation | None) -> Consultation:
    if asked is None:
        raise Refused("这一条目没有征集意见。")
    if reading.feedback_of(asked.item):
        raise Refused("反馈已经起草，意见的归类不再变动；需要更正的，请修改反馈条目。")
    return asked


def sum_up(
    *,
    audit: Audit,
    item: uuid.UUID,
    summary: str,
    outcome: str,
    reason: str = "",
    opinions: Iterable[uuid.UUID] = (),
    follows: OpinionGroup | None = None,
) -> OpinionGroup:
    """Say in the office's words what some opinions ask for and what became of it; corrected by a further row.

    What is not adopted, or only in part, needs its reason. People and numbers in the summary are written over.
    """
    if outcome not in dict(OpinionGroup.OUTCOMES):
        raise Refused("请选择采纳、部分采纳、未采纳或者与征集事项无关。")
    plain, why = (
        masked(said(summary, "意见的概括", 500)),
        masked(said(reason, "理由", 500, needed=outcome != "adopted")),
    )
    with transaction.atomic():
        asked = _ended(reading.consultation(audit.county, item))
        if follows is not None and (follows.item != item or OpinionGroup.objects.filter(follows=follows).exists()):
            raise Refused("这一组刚刚有人改过，请核对最新内容后再改。")
        row = OpinionGroup.objects.create(
            county=asked.county,
            item=item,
            summary=plain,
            outcome=outcome,
            reason=why,
            follows=follows,
            by=audit.actor,
        )
        audit.record("interaction.sum_up", row, {"item": str(item), "outcome": outcome})
        place(audit=audit, item=item, opinions=opinions, group=row)
    return row


def place(*, audit: Audit, item: uuid.UUID, opinions: Iterable[uuid.UUID], group: OpinionGroup) -> int:
    """Put opinions into a group; how many."""
    keys = list(opinions)
    with transaction.atomic():
        _ended(reading.consultation(audit.county, item))
        rows = list(Opinion.objects.filter(county=audit.county, item=item, pk__in=keys))
        if len(rows) != len(set(keys)) or group.item != item:
            raise Refused("有一条意见不是对这一条目提出的，请核对。")
        for opinion in rows:
            row = Placed.objects.create(county=audit.county, opinion=opinion, group=group, by=audit.actor)
            audit.record("interaction.place", row, {"opinion": str(opinion.pk)})
    return len(rows)


def draft_feedback(*, audit: Audit, item: uuid.UUID) -> uuid.UUID:
    """Draft the entry that says what became of the opinions; it passes every stage like any other, linked both ways."""
    with transaction.atomic():
        asked = _ended(reading.consultation(audit.county, item))
        today = timezone.localdate()
        if asked.closes_on >= today:
            raise Refused("征集期还没有结束，不能起草反馈。")
        told = reading.summed_up(asked)
        if told.unplaced:
            raise Refused(f"还有{told.unplaced}条意见没有归类，请先归类并写明采纳情况。")
        of = entry(audit.county, item)
        version = newest_version(of) if of else None
        if of is None or version is None:
            raise Refused("没有这一条目。")
        kept = {k: v for k, v in version.metadata.items() if k in ("theme", "items", "columns", "issuing_organ")}
        content = Content(
            kind="general",
            title=f"关于“{version.title}”公开征求意见情况的反馈"[:200],
            formed_on=today,
            metadata=kept | {"written_on": today.isoformat()},
            mode="proactive",
            body=body_of(told, asked),
        )
        made = draft(audit=audit, organ=of.organ, content=content, once=f"feedback:{item}", origin="register")
        link(audit=audit, item=made, other=of, kind="responds")
        row = Feedback.objects.create(county=audit.county, item=item, entry=made.pk, by=audit.actor)
        audit.record("interaction.draft_feedback", row, {"item": str(item), "entry": str(made.pk)})
        touch(county=audit.county)
    return made.pk


def body_of(told: reading.SummedUp, asked: Consultation) -> str:
    """The feedback as its entry begins: how many came by which way, then each group with what became of it."""
    ways = "，".join(f"{zh}{count}条" for zh, count in told.origins)
    period = f"{asked.opens_on:%Y年%-m月%-d日}至{asked.closes_on:%Y年%-m月%-d日}"
    lines = [f"<p>{period}，公开征求意见，共收到意见{told.received}条{f'（{ways}）' if ways else ''}。</p>"]
    if asked.shorter:
        lines.append(f"<p>征集期短于{least_days(asked.opens_on)}日的理由：{escape(asked.shorter)}</p>")
    if told.groups:
        base = told.received - told.aside
        counts = "，".join(f"{zh}{count}条" for zh, count in told.outcomes)
        lines.append(f"<p>与征集事项有关的意见{base}条，其中{counts}。</p>")
        rows = "".join(
            f"<tr><td>{n}</td><td>{escape(group.summary)}</td><td>{group.count}</td><td>{group.outcome_zh}</td>"
            f"<td>{escape(group.reason)}</td></tr>"
            for n, group in enumerate((g for g in told.groups if g.outcome != "aside"), start=1)
        )
        head = "<tr><th>序号</th><th>意见</th><th>条数</th><th>采纳情况</th><th>理由</th></tr>"
        lines.append(f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>")
    return "".join(lines)
