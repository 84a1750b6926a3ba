"""The way through the stages: sent in, passed by one after the other, on screen or on paper, given back, recalled."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.law.citations import OUR_RULE
from gongkai.proactive.procedure import Act
from gongkai.proactive.progress import Progress, State
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.failpoints import failpoint
from gongkai.web.files.services import store
from gongkai.web.people.models import Person
from gongkai.web.people.selectors import names_of
from gongkai.web.proactive.models import Item, ItemAct
from gongkai.web.proactive.selectors.facts import companions, newest_version, progress
from gongkai.web.proactive.services.checks import check_entry
from gongkai.web.proactive.services.drafting import NewFile
from gongkai.web.proactive.services.facts import (
    ON_PAPER,
    asked,
    hands_of,
    locked,
    perform,
    renew,
    signed_as,
    write_act,
)
from gongkai.web.review.policies import exception_at, stands_in_for
from gongkai.web.review.selectors import plan_for
from gongkai.web.typed import check_come


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A decision made on the printed sheet: who signed, on which day, and the scan."""

    signer: str
    on: date
    scan: NewFile


def submit(
    *, audit: Audit, item: Item, urgent: bool = False, reason: str = "", seen: int | None = None
) -> list[ItemAct]:
    """Send an entry in for review; drafted companions (policy and interpretation) go with it, all or none.

    One without a disclosure mode, or withheld without a reason, comes back by itself: the fact says why. Once they are
    sent in, what they say is checked, outside of the transaction; who is killed before that leaves a version that no
    stage passes until somebody has it checked.
    """
    if urgent and not reason.strip():
        raise Refused("走紧急程序的，请写明原因。各审查环节一个不少。")
    with transaction.atomic():
        now = timezone.now()
        together = [item]
        together += [other for other, said in companions(item, now) if said.state in (State.DRAFT, State.RETURNED)]
        for each in sorted(together, key=lambda each: each.pk):
            locked(each, seen if each.pk == item.pk else None)
        rows = [_submit(audit, each, urgent, reason) for each in together]
    failpoint("proactive.before_check")
    for row in rows:
        check_entry(audit=audit, item=row.item)
    return rows


def _submit(audit: Audit, item: Item, urgent: bool, reason: str) -> ItemAct:
    now = timezone.now()
    version = newest_version(item)
    assert version is not None
    allowed = asked(item, Act.SUBMIT, now, hands_of(audit))
    if not allowed.allowed:
        raise Refused(f"《{version.title}》：{allowed.reason}")
    plan = plan_for(item.county, item.organ_id, version.kind, timezone.localdate(now))
    row = write_act(
        audit,
        item,
        Act.SUBMIT,
        now,
        plan=plan.to_json(),
        urgent=urgent,
        lacking=bool(allowed.returned),
        reason=allowed.returned or reason,
        hands=hands_of(audit),
    )
    renew(item, now)
    return row


def pass_stage(
    *, audit: Audit, item: Item, opinion: str = "", paper: OnPaper | None = None, seen: int | None = None
) -> ItemAct:
    """Pass the stage that an entry waits for. Refused to whoever had a hand in this version before.

    Whether this person may do the stage at all is asked of `review.policies.check_stage` first.
    """
    with transaction.atomic():
        locked(item, seen)
        then = progress(item)
        stage = then.next_stage
        if stage is None:
            raise Refused("这一条目不在审查之中。")
        stead = _stead(audit, item, then, paper)
        hands = hands_of(audit, paper.signer if paper else "") | ({str(stead.pk)} if stead else set())
        hands = with_other_names(hands, then.hands)
        excused = excuse(item, then, hands, stead)
        if paper and hands & then.hands and not excused:
            raise Refused(
                f"起草和各环节的审查应当由不同的人办理：{paper.signer.strip()}已经办过这一稿的前面环节（{OUR_RULE}）。"
            )
        columns = _on_paper(audit, paper)
        return perform(
            audit=audit,
            item=item,
            act=Act.PASS,
            hands=hands,
            stage=stage.value,
            reason=opinion,
            exception=excused,
            in_stead_of=stead.pk if stead else None,
            **columns,
        )


def with_other_names(hands: frozenset[str], before: frozenset[str]) -> frozenset[str]:
    """These hands with those before them that are the same people: by a name on paper here, as an account there."""
    if not any(each.startswith(ON_PAPER) for each in hands | before):
        return hands
    keys = [uuid.UUID(each) for each in hands | before if not each.startswith(ON_PAPER)]
    signed = {str(key): signed_as(name) for key, name in names_of(keys).items()}
    mine = hands | {signed[each] for each in hands if each in signed}
    return hands | {each for each in before if each in mine or signed.get(each) in mine}


def excuse(
    item: Item,
    then: Progress,
    hands: frozenset[str],
    stead: Person | None,
    at: Callable[[uuid.UUID], str] = exception_at,
) -> str:
    """The recorded exception under which these hands pass a stage once more; empty where they need none.

    Refused to a deputy of somebody who had a hand in this version before.
    """
    again = hands & then.hands
    excused = at(item.organ_id) if again else ""
    if stead and str(stead.pk) in again and not excused:
        raise Refused(
            f"您代{stead.name}办理，而{stead.name}已经办过这一稿的前面环节：代理人办理的视为被代理人办理，"
            f"请由另一个人审查（{OUR_RULE}）。"
        )
    return excused


def _stead(audit: Audit, item: Item, then: Progress, paper: OnPaper | None) -> Person | None:
    """For whom a deputy does the stage that waits; nobody where the decision was made on paper."""
    if paper or then.plan is None or then.next_stage is None:
        return None
    return stands_in_for(audit.actor, item.organ_id, then.next_stage, then.plan)


def _on_paper(audit: Audit, paper: OnPaper | None) -> dict[str, Any]:
    if paper is None:
        return {}
    if not paper.signer.strip():
        raise Refused("请写明在审查表上签字的人。")
    check_come(paper.on, "签字的日期")
    stored = store(audit=audit, name=paper.scan.name, data=paper.scan.data)
    return {"signer": paper.signer.strip()[:60], "on": paper.on, "paper": stored}


def send_back(
    *, audit: Audit, item: Item, reason: str, paper: OnPaper | None = None, seen: int | None = None
) -> ItemAct:
    """Give an entry back to who drafts it, with the reason; also after approval, also as it was written on paper."""
    with transaction.atomic():
        locked(item, seen)
        then = progress(item)
        stage, stead = then.next_stage, _stead(audit, item, then, paper)
        return perform(
            audit=audit,
            item=item,
            act=Act.RETURN,
            reason=reason,
            stage=stage.value if stage else "",
            in_stead_of=stead.pk if stead else None,
            **_on_paper(audit, paper),
        )


def recall(*, audit: Audit, item: Item, seen: int | None = None) -> ItemAct:
    """Take one's own draft back from review."""
    return perform(audit=audit, item=item, act=Act.RECALL, seen=seen)
