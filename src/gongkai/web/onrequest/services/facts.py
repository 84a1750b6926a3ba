"""Writing the facts of a case: each act locks the case, writes its fact, renews what follows, and leaves its audit row."""

from __future__ import annotations

import uuid
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.onrequest.events import Event, Kind
from gongkai.onrequest.progress import FINAL, UNDELIVERED, State
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.failpoints import failpoint
from gongkai.web.onrequest.covered import Cover, covering, keep_typed, open_words
from gongkai.web.onrequest.models import Application, Case, CaseEvent
from gongkai.web.onrequest.selectors.facts import Standing, event_rows, standing_of
from gongkai.web.onrequest.services import notify


class Overtaken(Refused):
    """Someone else acted on the case since this person looked at it."""


def locked(application: Application, seen: int | None = None) -> Case:
    """The case, locked until the transaction ends. `seen` is the revision that the person looked at.

    Overtaken when someone acted in between: of two people one wins and the other is told.
    """
    case = Case.objects.select_for_update().get(application=application)
    if seen is not None and case.revision != seen:
        raise Overtaken(
            "这件申请刚刚有人办理过，您看到的已不是最新情况。请核对最新的办理记录后再办；您填写的内容仍保留在页面上。"
        )
    return case


def write_event(
    audit: Audit,
    application: Application,
    event: Event,
    *,
    reason: str = "",
    corrects: CaseEvent | None = None,
    void: bool = False,
) -> CaseEvent:
    """One fact and its audit row; inside the caller's transaction. The day may not lie in the future."""
    if event.on > timezone.localdate():
        raise Refused(f"日期{event.on:%Y年%-m月%-d日}还没有到，请核对。办理记录只记已经发生的事。")
    typed = {"reason": reason, "matter": event.matter}
    shown = open_words(CaseEvent, covering(application) if any(typed.values()) else Cover(), **typed)
    event = replace(event, matter=shown["matter"])
    row = CaseEvent.objects.create(
        county=application.county,
        application=application,
        kind=event.kind.value,
        on=event.on,
        until=event.until,
        days=event.days,
        decision=event.decision,
        corrects=corrects,
        void=void,
        by=audit.actor,
        **shown,
    )
    keep_typed(row, application, **typed)
    said: dict[str, Any] = {k: str(v) for k, v in asdict(event).items() if v not in (None, "")}
    if corrects is not None:
        said |= {"corrects": str(corrects.pk), "void": void}
    audit.record(f"onrequest.{event.kind.value}", row, said)
    notify.of_event(audit, application, row)
    return row


def renew(application: Application) -> Case:
    """Compute again what follows from the facts, and count the act. Inside the caller's transaction."""
    now = standing_of(application)
    case = Case.objects.select_for_update().get(application=application)
    copy_standing(case, now)
    case.revision += 1
    case.changed_at = timezone.now()
    case.save()
    return case


def copy_standing(case: Case, now: Standing) -> None:
    """Write into the cache what follows from the facts."""
    case.state = now.state.value
    case.open = openness(now.state)
    case.received_on = now.received_on
    case.due_on = now.clock.due_on
    case.provisional = now.clock.provisional
    case.decision = now.decision
    case.decided_on = now.decided_on
    case.delivered_on = now.delivered_on
    case.closed_on = now.closed_on
    case.reopened = int(now.reopened)


def happen(
    *, audit: Audit, application: Application, event: Event, seen: int | None = None, reason: str = ""
) -> CaseEvent:
    """A fact became true: write it and renew the case in one transaction. Overtaken when someone acted in between.

    Whether the procedure allows it is asked by the verb that calls this.
    """
    with transaction.atomic():
        locked(application, seen)
        row = write_event(audit, application, event, reason=reason)
        failpoint("onrequest.event_written")
        renew(application)
    failpoint("onrequest.event_committed")
    return row


def correct(
    *, audit: Audit, application: Application, row: uuid.UUID, event: Event | None, reason: str, seen: int | None = None
) -> CaseEvent:
    """Put a newer fact in the place of a mistaken one (None: it never was). Both stay; what follows is computed anew."""
    if not reason.strip():
        raise Refused("请写明更正的原因。原记录会保留。")
    with transaction.atomic():
        locked(application, seen)
        standing = {found.pk: found for found in event_rows(application)}
        old = standing.get(row)
        if old is None:
            raise Refused("这条记录已经更正过，请核对最新的办理记录。")
        if old.kind == Kind.RECEIVED and event is None:
            raise Refused(
                "收到申请的记录不能作废，只能更正日期。登记错误的申请请以“申请人撤回”或者“其他”办结并写明原因。"
            )
        new = write_event(audit, application, event or old.event(), reason=reason, corrects=old, void=event is None)
        renew(application)
    return new


def openness(state: State) -> int:
    """1 until the answer has reached the applicant, 2 until the file is closed, then 0."""
    return 0 if state in FINAL else 1 if state in UNDELIVERED else 2
