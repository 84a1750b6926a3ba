"""The rows of the benchmark's county: years of answered applications, the newest still open, in every way they come."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

YEARS = 7
NOW = datetime.now(ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
CHANNELS = ("internet", "internet", "post_signed", "post_plain", "in_person", "email")
KINDS = ("natural_person",) * 8 + ("enterprise", "legal_service_provider")
DECISIONS = ("G1", "G1", "G2", "P1", "U1a", "R1")
WAITS = ("for_review", "for_approval", "approved", "signed", "sealed", "returned")
PEOPLE = 40_000

_Row = tuple[Any, dict[str, Any]]


def _day(rng: random.Random, n: int) -> date:
    """A day of the last years; every fortieth within the last month, so that there is open work."""
    back = rng.randrange(1, 30) if n % 40 == 0 else rng.randrange(40, 365 * YEARS - 40)
    return max(TODAY - timedelta(days=back), date(2020, 1, 2))


def ledger_rows(count: int, first: int = 0) -> list[Any]:
    """Rows of a ledger: six years of answered applications, the newest still open."""
    from gongkai.readers.ledger import LedgerRow

    rng = random.Random(first)
    rows = []
    for n in range(first, first + count):
        received = _day(rng, n)
        replied = received + timedelta(days=rng.randrange(3, 26))
        answered = replied < TODAY - timedelta(days=3)
        rows.append(
            LedgerRow(
                sheet="",
                line=n + 2,
                received_on=received,
                number=f"台{n:07d}",
                applicant=f"申请人{n}",
                applicant_kind="natural_person",
                identity_number=f"999999{19600101 + n % 100000}{n % 10000:04d}",
                phone=f"199{n:08d}",
                channel="internet",
                content=f"申请公开第{n}号地块的征收补偿协议、评估报告和资金拨付凭证",
                replied_on=replied if answered else None,
                decision="G2" if answered else "",
                delivered_on=replied if answered else None,
            )
        )
    return rows


def lived(by: uuid.UUID) -> Iterator[_Row]:
    """What real office work leaves in the cases of the ledger: a clerk, two notes, a reply with its steps, its delivery."""
    from gongkai.web.facts import new_key
    from gongkai.web.onrequest import personal
    from gongkai.web.onrequest.models import (
        Assignment,
        Case,
        CaseRecord,
        Delivery,
        DeliveryStep,
        Letter,
        LetterStep,
        LetterVersion,
        SealUse,
    )

    for case in Case.objects.filter(number__startswith="台").order_by("number"):
        own: dict[str, Any] = {"county": case.county, "by": by}
        of_case = own | {"application_id": case.pk}
        day = case.received_on
        yield Assignment, of_case | {"handler": by}
        for kind in ("contact", "note"):
            key = new_key()
            words = personal.keep(CaseRecord, key, words='{"words": "已与申请人电话联系，说明办理进度。"}')
            yield CaseRecord, of_case | {"id": key, "kind": kind, "on": day} | words
        if case.decided_on is None:
            continue
        letter, version, sent = new_key(), new_key(), new_key()
        number = f"云依复〔{day.year}〕{case.number[1:]}号"
        told = {"kind": "reply_g2", "decision": case.decision, "status": "delivered", "number": number}
        plain = {k: v for k, v in of_case.items() if k != "by"}
        yield Letter, plain | told | {"id": letter, "organ_id": case.organ_id, "signed_on": case.decided_on}
        text = personal.keep(LetterVersion, version, text='{"title": "答复书", "paragraphs": []}')
        yield LetterVersion, own | {"id": version, "letter_id": letter} | text
        for step in ("submitted", "reviewed", "approved", "signed", "sealed", "sent", "delivered"):
            yield LetterStep, own | {"letter_id": letter, "version_id": version, "step": step, "on": case.decided_on}
        yield SealUse, own | {"letter_id": letter, "organ_id": case.organ_id, "seal": "公章", "on": case.decided_on}
        yield Delivery, own | {"id": sent, "letter_id": letter, "manner": "post", "sent_on": case.decided_on}
        yield DeliveryStep, own | {"delivery_id": sent, "outcome": "signed", "on": case.decided_on}


def bulk(
    numbers: Iterable[int],
    county: uuid.UUID,
    by: uuid.UUID,
    organs: list[uuid.UUID],
    day: Callable[[random.Random, int], date] = _day,
) -> Iterator[_Row]:
    """Cases by their numbers: application, applicant, events, what follows from them, and a letter."""
    from gongkai.web.facts import new_key
    from gongkai.web.onrequest.models import Applicant, Application, Case, CaseEvent, Letter

    rng, blob = random.Random(1), bytes(96)
    for n in numbers:
        organ, key, received = organs[n % len(organs)], new_key(), day(rng, n)
        open_now = n % 40 == 0
        replied = received + timedelta(days=rng.randrange(3, 25))
        consulting, to_file = open_now and n % 600 == 0, not open_now and n % 997 == 0
        due = None if consulting else received + timedelta(days=28)
        number, person = f"云-{received.year}-{n:07d}", f"bench-{n % PEOPLE}"
        subject = f"申请公开{n}号项目的立项批复、招标文件和中标合同"
        channel, kind, code = rng.choice(CHANNELS), rng.choice(KINDS), rng.choice(DECISIONS)
        own: dict[str, Any] = {"county": county, "application_id": key}
        yield Application, {
            "id": key, "county": county, "organ_id": organ, "number": number, "channel": channel, "origin": "portal",
            "subject": subject, "content": blob, "query_code": blob, "query_key": f"bench-{n}", "once": f"bench-{n}",
            "likeness": rng.randbytes(128), "submitted_at": NOW,
        }  # fmt: skip
        yield Applicant, own | {
            "kind": kind, "name": blob, "identity_kind": "identity_card", "identity": blob, "identity_key": person,
            "by": by,
        }  # fmt: skip
        told = [("received", received, "")]
        if not open_now:
            told += [("decided", replied, code), ("delivered", replied, "")]
        if not open_now and not to_file:
            told.append(("closed", replied, ""))
        for event, on, decision in told:
            yield CaseEvent, own | {"kind": event, "on": on, "decision": decision, "by": by}
        state = "consulting" if consulting else "handling" if open_now else "delivered" if to_file else "closed"
        yield Case, own | {
            "organ_id": organ, "number": number, "subject": subject, "channel": channel, "applicant_kind": kind,
            "state": state, "open": 1 if open_now else 2 if to_file else 0, "received_on": received, "due_on": due,
            "decision": "" if open_now else code, "decided_on": None if open_now else replied,
            "delivered_on": None if open_now else replied, "closed_on": None if open_now or to_file else replied,
            "identity_key": person, "handler": by if open_now and n % 3 else None,
            "to_confirm": int(open_now and n % 440 == 0), "changed_at": NOW,
        }  # fmt: skip
        if not open_now or n % 400 == 0:
            yield Letter, own | {
                "organ_id": organ, "kind": f"reply_{code.lower()}", "decision": code,
                "status": WAITS[n // 400 % len(WAITS)] if open_now else "delivered",
            }  # fmt: skip
