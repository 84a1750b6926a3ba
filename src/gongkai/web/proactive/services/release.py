"""Release and withdrawal: what becomes public, and what is no longer, in one transaction each."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.proactive.procedure import Act
from gongkai.proactive.progress import State
from gongkai.scope.modes import DisclosureMode
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.failpoints import failpoint
from gongkai.web.proactive.models import Item, ItemAct, ReEvaluation, Release, Standing
from gongkai.web.proactive.selectors.facts import companions, index_code, newest_version, progress
from gongkai.web.proactive.services import numbers
from gongkai.web.proactive.services.drafting import correct
from gongkai.web.proactive.services.facts import locked, perform, renew, stale, write_act


def end_of(day: date) -> datetime:
    """The moment at which a day is over: what is public until a day is so all day long."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def release(*, audit: Audit, item: Item, from_at: datetime | None = None, seen: int | None = None) -> list[Release]:
    """Release the approved version of an entry, now or from a moment on, with its approved companions; all or none.

    The index number is given here, at the first release. A period ends with the day that the version names.
    """
    with transaction.atomic():
        now = timezone.now()
        together = [item]
        together += [other for other, said in companions(item, now) if said.state is State.APPROVED]
        for each in sorted(together, key=lambda each: each.pk):
            locked(each, seen if each.pk == item.pk else None)
        keys = [_release(audit, each, now, from_at).pk for each in together]
        failpoint("proactive.before_commit")
    failpoint("proactive.released")
    return [Release.objects.select_related("version", "organ").get(pk=key) for key in keys]


def _release(audit: Audit, item: Item, now: datetime, from_at: datetime | None) -> ItemAct:
    version = newest_version(item)
    assert version is not None
    begins = from_at or now
    until = end_of(version.public_until) if version.public_until else None
    code = index_code(item, now)
    if code and progress(item, now).state is State.APPROVED:
        numbers.give(audit=audit, item=item, code=code, year=timezone.localdate(begins).year)
    return perform(audit=audit, item=item, act=Act.RELEASE, now=now, from_at=begins, until_at=until)


def withdraw(*, audit: Audit, item: Item, reason: str, seen: int | None = None) -> ItemAct:
    """Take an entry back: from this moment nothing of it is public, also what was scheduled. The trace stays."""
    return perform(audit=audit, item=item, act=Act.WITHDRAW, reason=reason, seen=seen)


def keep(*, audit: Audit, item: Item, seen: int | None = None) -> ItemAct:
    """File an entry whose decided mode is another than proactive: it stands in the catalogue of the desk alone."""
    return perform(audit=audit, item=item, act=Act.KEEP, seen=seen)


def reevaluate(
    *, audit: Audit, item: Item, outcome: str, words: str, on: date | None = None, seen: int | None = None
) -> ReEvaluation:
    """Note a look at what is withheld; what can be disclosed goes back to drafting, and then through every stage."""
    if outcome not in dict(ReEvaluation.OUTCOMES):
        raise Refused("请选择评估的结果。")
    with transaction.atomic():
        perform(audit=audit, item=item, act=Act.REEVALUATE, reason=words, seen=seen)
        row = ReEvaluation.objects.create(
            county=item.county,
            item=item,
            on=on or timezone.localdate(),
            outcome=outcome,
            words=words.strip()[:1000],
            by=audit.actor,
        )
        audit.record("proactive.reevaluate", row, {"outcome": outcome})
        if outcome == "disclose":
            correct(audit=audit, item=item, reason=f"定期评估：{words.strip()}", mode=DisclosureMode.PROACTIVE)
    return row


def note_what_time_did(*, audit: Audit, now: datetime | None = None) -> list[uuid.UUID]:
    """Tell those who wait for news of what began or ended by itself. What is public does not depend on it."""
    done = []
    for item in stale(now or timezone.now()):
        with transaction.atomic():
            locked(item)
            at = now or timezone.now()
            before = Standing.objects.get(item=item).state
            if progress(item, at).state is State.EXPIRED and before != State.EXPIRED:
                write_act(audit, item, Act.EXPIRE, at)
            renew(item, at)
            done.append(item.pk)
            failpoint("proactive.time_noted")
    return done
