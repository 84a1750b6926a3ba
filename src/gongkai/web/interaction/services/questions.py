"""Questions that come again and again: the people who read them say so, and an entry answers them for everyone."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from html import escape

from django.db import transaction
from django.utils import timezone

from gongkai.text.personal import masked
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.interaction.models import HotlineRow, Letter, Question, QuestionPart
from gongkai.web.interaction.services.facts import WORDS_LIMIT
from gongkai.web.organs.models import Organ
from gongkai.web.proactive.services.drafting import Content, draft
from gongkai.web.typed import said

Parts = Iterable[tuple[str, uuid.UUID]]
LEAST = 2


def _met(county: uuid.UUID, parts: list[tuple[str, uuid.UUID]]) -> None:
    for kind, model in (("letter", Letter), ("hotline", HotlineRow)):
        keys = {key for each, key in parts if each == kind}
        if model.objects.filter(county=county, pk__in=keys).count() != len(keys):
            raise Refused("有一件来信或者热线工单不在本县的记录里，请核对。")
    if any(kind not in dict(QuestionPart.KINDS) for kind, _ in parts):
        raise Refused("有一件来信或者热线工单不在本县的记录里，请核对。")


def confirm(*, audit: Audit, organ: Organ | None, title: str, answer: str, parts: Parts) -> Question:
    """Say that these ask the same, and draft the entry that answers it; it passes every stage before anyone sees it."""
    if organ is None:
        raise Refused("请选择由哪个机关回答。")
    chosen = list(dict.fromkeys(parts))
    plain, words = masked(said(title, "问题", 60)), masked(said(answer, "回答", WORDS_LIMIT))
    if len(chosen) < LEAST:
        raise Refused(f"至少选择{LEAST}件问同一个问题的来信或者工单。")
    with transaction.atomic():
        _met(audit.county, chosen)
        for kind, key in chosen:
            if QuestionPart.objects.filter(kind=kind, about=key).exists():
                raise Refused("有一件已经归入另一个热点问题，请刷新后重新选择。")
        today = timezone.localdate()
        paragraphs = "".join(f"<p>{escape(line.strip())}</p>" for line in words.splitlines() if line.strip())
        content = Content(
            kind="general",
            title=plain,
            formed_on=today,
            metadata={"issuing_organ": organ.name, "written_on": today.isoformat(), "columns": ["responses"]},
            mode="proactive",
            body=f"<h2>问</h2><p>{escape(plain)}</p><h2>答</h2>{paragraphs}",
        )
        once = f"question:{min(str(key) for _, key in chosen)}"
        item = draft(audit=audit, organ=organ, content=content, once=once, origin="register")
        row = Question.objects.create(county=audit.county, organ=organ, title=plain, entry=item.pk, by=audit.actor)
        for kind, key in chosen:
            QuestionPart.objects.create(county=audit.county, question=row, kind=kind, about=key)
        audit.record("interaction.confirm_question", row, {"parts": len(chosen), "entry": str(item.pk)})
    return row
