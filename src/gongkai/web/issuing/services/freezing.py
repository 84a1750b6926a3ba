"""Freezing a signed report: from then on it is the version that stands, byte for byte, and hands on what it carries."""

from __future__ import annotations

from django.db import transaction

from gongkai.web.audit.services import Audit, salted
from gongkai.web.compilation.services.carrying import hand_on
from gongkai.web.facts import Refused
from gongkai.web.failpoints import failpoint
from gongkai.web.issuing.models import Draft, DraftEnd, Frozen
from gongkai.web.issuing.packing import seal_of, unpack
from gongkai.web.issuing.scopes import supplier_of
from gongkai.web.issuing.selectors.assembled import assembled
from gongkai.web.issuing.selectors.differences import since
from gongkai.web.issuing.services.looking import keep
from gongkai.web.organs.models import Organ
from gongkai.web.typed import said_on_a_line

NOT_THE_SAME = "送签的时候有记录正在写入，这一稿按送签时点不能复算出同样的数和文字。请撤回，重新送签。"
CHANGED = "送签以后数据或者文字又有变动（{}）。请撤回后重新送签；确需按已签发的数据定稿的，请写明理由。"


def freeze(*, audit: Audit, draft: Draft, despite: str = "") -> Frozen:
    """Make a signed draft the version that stands, and lock what next year brings forward to it.

    Refused unless compiling as known at its moment gives the same bytes again; and when something changed since,
    without a reason. All of it is written or none.
    """
    if not hasattr(draft, "signature"):
        raise Refused("这一稿还没有签发，不能定稿。")
    if seal_of(bytes(draft.figures), bytes(draft.report), unpack(draft.members)) != draft.seal:
        raise Refused("保存的这一稿与其校验值不符，不能定稿。请立即与管理员联系。")
    if assembled(draft.organ, draft.year, draft.known_at, draft.scope).packed.seal != draft.seal:
        raise Refused(NOT_THE_SAME)
    changed = since(draft).differences
    words = said_on_a_line(despite, "理由", needed=False)
    if changed and not words:
        counts = ((len(changed.cells), "格数据"), (len(changed.records), "条记录"), (len(changed.texts), "处文字"))
        raise Refused(CHANGED.format("、".join(f"{count}{what}" for count, what in counts if count)))
    with transaction.atomic():
        Organ.objects.select_for_update().get(pk=draft.organ_id)
        if DraftEnd.objects.filter(draft=draft).exists():
            raise Refused("这一稿已经撤回，不能定稿。")
        if Frozen.objects.filter(draft=draft).exists():
            raise Refused("这一稿已经定稿。")
        row = Frozen.objects.create(
            county=draft.county,
            draft=draft,
            organ=draft.organ,
            year=draft.year,
            scope=draft.scope,
            version=Frozen.objects.filter(organ=draft.organ, year=draft.year, scope=draft.scope).count() + 1,
            despite=words if changed else "",
            by=audit.actor,
        )
        failpoint("issuing.frozen_written")
        if supplier_of(draft.scope).carries:
            hand_on(audit=audit, organ=draft.organ, year=draft.year, version=row.pk, known_at=draft.known_at)
        keep(row, changed)
        facts = {
            "organ": str(draft.organ_id),
            "year": draft.year,
            "scope": draft.scope,
            "version": row.version,
            "seal": draft.seal,
        }
        audit.record("issuing.freeze", row, {**facts, "despite": salted(row.despite)})
        failpoint("issuing.before_commit")
    return row
