"""Exporting: what changed goes out to a target in its order, one entry at a time, and each is confirmed.

A change only says that an entry is to be looked at. What goes out is what is public in the moment before it goes:
that is asked again each time. A process that ends between the call and its note makes the same call once more, with
the same key.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.web import sealed
from gongkai.web.audit.services import Audit
from gongkai.web.changes.selectors import waiting
from gongkai.web.changes.services import done
from gongkai.web.cms.adapters import Adapter, Answer, Gone, NotDone
from gongkai.web.cms.adapters.folder import FolderAdapter
from gongkai.web.cms.adapters.interface import HttpAdapter, Interface
from gongkai.web.cms.models import Attempt, Exported, OnLine, Target
from gongkai.web.cms.outgoing import NoFile, Outgoing, compose
from gongkai.web.cms.selectors.standing import last_exported, pending_removals, standing_at
from gongkai.web.cms.services.lists import write_lists
from gongkai.web.cms.services.targets import secret_of
from gongkai.web.failpoints import failpoint
from gongkai.web.people.selectors import local_operator
from gongkai.web.proactive.selectors.outside import gone as gone_because
from gongkai.web.proactive.selectors.public import public_item
from gongkai.web.proactive.services.release import note_what_time_did

TAKEN = timedelta(minutes=5)
"""An exporter that was silent for so long is taken for dead."""
BACK_OFF_MINUTES = (1, 5, 30, 120, 360, 720, 1440)
WHY = {"withdrawn": "已撤回", "expired": "公开期满"}


@dataclass(slots=True)
class Run:
    """What one run did."""

    put: int = 0
    removed: int = 0
    refused: int = 0
    same: int = 0
    failure: str = ""


def folder_of(target: Target) -> Path:
    """Where the folder of a target lies: under the one named by GONGKAI_EXPORT, else in the data folder."""
    root = os.environ.get("GONGKAI_EXPORT")
    return (Path(root).expanduser() if root else Path(settings.GONGKAI_DATA) / "export") / target.settings["folder"]


def adapter_of(target: Target) -> Adapter:
    """The way out to a target."""
    if target.kind == "folder":
        return FolderAdapter(folder_of(target))
    try:
        return HttpAdapter(Interface(**target.settings), secret_of(target), target.name)
    except (sealed.Tampered, sealed.KeysMissing) as error:
        raise NotDone("接口的密钥打不开，请由系统管理员重新填写") from error


def system_audit(county: uuid.UUID) -> Audit | None:
    """In whose name the worker exports."""
    operator = local_operator()
    return Audit(actor=operator.pk, county=county) if operator else None


def _hold(target: uuid.UUID) -> Target | None:
    """Hold a target for this run; None while another run does, or after it was ended."""
    now = timezone.now()
    with transaction.atomic():
        held = Target.objects.select_for_update().filter(pk=target, ended_at=None).first()
        if held is None or (held.taken_at and held.taken_at > now):
            return None
        held.taken_at = now + TAKEN
        held.save(update_fields=["taken_at"])
    return held


def _let_go(target: Target, failure: str) -> None:
    """Say how the run ended: after a failure the next one waits, longer each time."""
    with transaction.atomic():
        held = Target.objects.select_for_update().get(pk=target.pk)
        held.taken_at, held.failure = None, failure[:200]
        held.failures = held.failures + 1 if failure else 0
        wait = BACK_OFF_MINUTES[min(held.failures, len(BACK_OFF_MINUTES)) - 1] if failure else 0
        held.next_at = timezone.now() + timedelta(minutes=wait) if failure else None
        held.save(update_fields=["taken_at", "failure", "failures", "next_at"])


def export(target: uuid.UUID, *, now: datetime | None = None) -> Run | None:
    """Send a target everything that waits for it, in order; None while somebody else does.

    It stops at the first call that failed and goes on there the next time; what the other side refuses for good is
    noted as that, and the next one follows.
    """
    held = _hold(target)
    if held is None:
        return None
    audit, run = system_audit(held.county), Run()
    if audit is None:
        _let_go(held, "还没有本机操作人")
        return run
    try:
        note_what_time_did(audit=audit, now=now)
        adapter = adapter_of(held)
        while rows := waiting(held.county, held.reader, limit=200):
            for row in rows:
                if row.kind != "schedule":
                    _settle(audit, held, adapter, row.subject, f"g{row.generation}", run, because=row.because)
                done(county=held.county, reader=held.reader, generation=row.generation)
                Target.objects.filter(pk=held.pk).update(taken_at=timezone.now() + TAKEN)
        if held.kind == "folder":
            write_lists(held, folder_of(held))
    except NotDone as error:
        run.failure = error.why
    except OSError as error:
        run.failure = f"写不进导出文件夹：{error.strerror or '磁盘出错'}"
    _let_go(held, run.failure)
    return run


def export_again(target: uuid.UUID, items: Iterator[uuid.UUID], *, why: str, force: bool) -> Run | None:
    """Look at entries once more that stand at a target, or that somebody asked for: what changed since goes out.

    `why` names the occasion: the same occasion does the same thing once.
    """
    held = _hold(target)
    if held is None:
        return None
    audit, run = system_audit(held.county), Run()
    try:
        adapter = adapter_of(held)
        for item in items if audit else ():
            assert audit is not None
            _settle(audit, held, adapter, item, why, run, force=force)
            Target.objects.filter(pk=held.pk).update(taken_at=timezone.now() + TAKEN)
        if held.kind == "folder":
            write_lists(held, folder_of(held))
    except NotDone as error:
        run.failure = error.why
    _let_go(held, run.failure)
    return run


def _settle(
    audit: Audit, target: Target, adapter: Adapter, item: uuid.UUID, key: str, run: Run, *, because: str = "",
    force: bool = False,
) -> None:  # fmt: skip
    """Bring a target to where an entry stands now. NotDone when the call failed and is to be tried again."""
    if Exported.objects.filter(target=target, key=key, item=item).exists():
        return  # noted before the cursor moved
    last = last_exported(target, item)
    there = last is not None and last.act in ("put", "refused_removal")
    release = public_item(target.county, item)
    page = compose(release) if release is not None else None
    call_key = f"{target.pk}:{key}:{item}"
    try:
        if page is not None:
            if there and last is not None and last.digest == page.digest and not force:
                run.same += 1
                return
            place = last.place if last is not None and there else ""
            failpoint("cms.before_write")
            if public_item(target.county, item) is None:  # it ended while the page was made
                page = None
            else:
                _note_put(audit, target, page, adapter.put(page, call_key, place), key)
                run.put += 1
                return
        if last is not None and there:
            why = WHY.get(because) or WHY.get(gone_because(target.county, item), "不再公开")
            told = Gone(last.place, last.index_number, last.title, why)
            failpoint("cms.before_write")
            _note_removal(audit, target, last, adapter.remove(told, call_key), why, key)
            run.removed += 1
    except NoFile as error:
        run.refused += 1
        _note_failure(audit, target, item, NotDone(str(error), for_good=True), key, page, last)
    except NotDone as error:
        run.refused += 1
        _note_failure(audit, target, item, error, key, page, last)
        if not error.for_good:
            raise


def _note_put(audit: Audit, target: Target, page: Outgoing, answer: Answer, key: str) -> None:
    failpoint("cms.written")
    with transaction.atomic():
        row = Exported.objects.create(
            county=target.county, target=target, key=key, act="put", item=page.item, organ=page.organ,
            release=page.release, version=page.version, index_number=page.index_number, title=page.title,
            place=answer.place, digest=page.digest, by=audit.actor,
        )  # fmt: skip
        audit.record("cms.export", row, {"item": str(page.item), "digest": page.digest, "target": str(target.pk)})
        if answer.address:
            _note_state(audit, target, page.item, "on", answer.address, answer)
    failpoint("cms.confirmed")


def _note_removal(audit: Audit, target: Target, last: Exported, answer: Answer, because: str, key: str) -> None:
    failpoint("cms.written")
    with transaction.atomic():
        row = Exported.objects.create(
            county=target.county, target=target, key=key, act="remove", item=last.item, organ=last.organ,
            release=last.release, version=last.version, index_number=last.index_number, title=last.title,
            place=last.place, because=because, by=audit.actor,
        )  # fmt: skip
        audit.record("cms.order_removal", row, {"item": str(last.item), "target": str(target.pk)})
        if answer.gone:
            _note_state(audit, target, last.item, "gone", "", answer)
    failpoint("cms.confirmed")


def _note_state(audit: Audit, target: Target, item: uuid.UUID, state: str, address: str, answer: Answer) -> None:
    before = OnLine.objects.filter(target=target, item=item).order_by("-id").first()
    if before is not None and (before.state, before.address) == (state, address):
        return
    row = OnLine.objects.create(
        county=target.county, target=target, item=item, state=state, how="answer", by=audit.actor,
        address=address or (before.address if before else ""), on=answer.on or timezone.localdate(),
    )  # fmt: skip
    audit.record("cms.note_on_line", row, {"item": str(item), "state": state})


def _note_failure(
    audit: Audit,
    target: Target,
    item: uuid.UUID,
    error: NotDone,
    key: str,
    page: Outgoing | None,
    last: Exported | None,
) -> None:
    with transaction.atomic():
        row = Attempt.objects.create(county=target.county, target=target, item=item, failure=error.why[:200])
        audit.record("cms.attempt", row, {"item": str(item), "for_good": error.for_good})
        if not error.for_good:
            return
        if page is not None:
            refused = Exported(
                act="refused", item=item, organ=page.organ, release=page.release, version=page.version,
                index_number=page.index_number, title=page.title, place=last.place if last else "",
            )  # fmt: skip
        else:
            assert last is not None
            refused = Exported(
                act="refused_removal", item=item, organ=last.organ, release=last.release, version=last.version,
                index_number=last.index_number, title=last.title, place=last.place, digest=last.digest,
            )  # fmt: skip
        refused.county, refused.target, refused.key = target.county, target, key
        refused.because, refused.by = error.why[:200], audit.actor
        refused.save(force_insert=True)
        audit.record("cms.refused", refused, {"item": str(item), "target": str(target.pk)})


def look_again(target: Target, why: str) -> Run | None:
    """Look at everything that stands at a target once more: a document that lapsed by time says so from now on."""
    removals = (row.item for row in pending_removals(target) if row.act == "refused_removal")
    return export_again(target.pk, iter([*standing_at(target), *removals]), why=why, force=False)
