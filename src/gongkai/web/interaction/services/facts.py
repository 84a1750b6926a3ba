"""Writing the facts of a letter: each act locks it, writes its fact, renews what follows, and leaves its audit row."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.law.errors import LawGap
from gongkai.web import personal
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.interaction import rulekeys
from gongkai.web.interaction.kinds import KINDS
from gongkai.web.interaction.models import Letter, LetterAct, LetterStanding, Publication, PublicationAct, Rating
from gongkai.web.interaction.progress import Progress, State, progress
from gongkai.web.messages.services import send
from gongkai.web.messages.subscriptions import subscribed
from gongkai.web.rules.selectors import calendar_of, setting

WORDS_LIMIT = 5000


class Overtaken(Refused):
    """Someone else acted on the letter since this person looked at it."""


def acts_of(letter: Letter) -> list[LetterAct]:
    """The acts on a letter in their order."""
    return list(LetterAct.objects.filter(letter=letter).select_related("organ").order_by("seq"))


def progress_of(letter: Letter) -> Progress:
    """Where a letter stands."""
    return progress(acts_of(letter))


def locked(letter: Letter, seen: int | None = None) -> Progress:
    """The letter, held until the transaction ends, and where it stands. Overtaken when someone acted in between."""
    row = LetterStanding.objects.select_for_update().get(letter=letter)
    if seen is not None and row.revision != seen:
        raise Overtaken("这件来信刚刚有人办理过。请核对最新情况后再办；您填写的内容仍保留在页面上。")
    return progress_of(letter)


def write_act(
    audit: Audit, letter: Letter, kind: str, *, on: date | None = None, words: str = "", **columns: Any
) -> LetterAct:
    """One fact and its audit row; inside the caller's transaction, which holds the letter."""
    last = LetterAct.objects.filter(letter=letter).order_by("-seq").values_list("seq", flat=True).first() or 0
    key = new_key()
    row = LetterAct.objects.create(
        id=key,
        county=letter.county,
        letter=letter,
        seq=last + 1,
        kind=kind,
        on=on or timezone.localdate(),
        by=audit.actor,
        **columns,
        **personal.keep(LetterAct, key, words=words),
    )
    told = {"letter": str(letter.pk)} | {name: str(value) for name, value in columns.items() if name == "ground"}
    audit.record(f"interaction.{kind}", row, told)
    return row


def days_for(county: uuid.UUID, kind: str, organ: uuid.UUID | None, on: date) -> int:
    """How many working days an answer to a kind of letter takes: set by the organ, by the county, else as we propose."""
    found = (setting(county, rulekeys.DAYS, organ=organ, on=on) or {}).get(kind)
    return int(found) if found else KINDS[kind].days


def due_of(letter: Letter, then: Progress) -> tuple[date | None, bool]:
    """By when a letter is to be answered, and whether that is provisional; None beyond the known calendar."""
    calendar = calendar_of(letter.county)
    days = days_for(letter.county, letter.kind, then.organ, letter.received_on)
    try:
        due = then.extended_to or calendar.add_workdays(letter.received_on, days)
    except LawGap:
        return None, False
    return due, calendar.provisional(due)


def publishing_of(letter: Letter) -> str:
    """How far publishing has come: empty, proposed, passed, returned or withdrawn."""
    last = Publication.objects.filter(letter=letter).order_by("-number").first()
    if last is None:
        return ""
    act = PublicationAct.objects.filter(publication=last).order_by("-id").first()
    return act.kind if act else "proposed"


def renew(letter: Letter) -> LetterStanding:
    """What follows from the acts, written anew; inside the caller's transaction."""
    from gongkai.web.interaction.services.intake import office_of

    acts = acts_of(letter)
    then = progress(acts)
    due, provisional = due_of(letter, then)
    rating = Rating.objects.filter(letter=letter).values_list("level", flat=True).first()
    values = {
        "county": letter.county,
        "organ_id": then.organ or office_of(letter.county).pk,
        "joined": [str(key) for key in then.near],
        "kind": letter.kind,
        "number": letter.number,
        "subject": letter.subject,
        "state": then.state.value,
        "routed": then.organ is not None,
        "received_on": letter.received_on,
        "due_on": due,
        "provisional": provisional,
        "answered_on": then.answered_on,
        "ground": then.ground,
        "rating": rating or "",
        "publishing": publishing_of(letter),
        "revision": len(acts),
        "changed_at": timezone.now(),
    }
    row, _ = LetterStanding.objects.update_or_create(letter=letter, defaults=values)
    letter.standing = row
    return row


def renew_open(county: uuid.UUID) -> int:
    """The due days of letters that wait, by the calendar and the settings as they stand; how many were looked at."""
    rows = LetterStanding.objects.filter(county=county, state__in=[State.WAITING, State.HANDLING, State.REVIEW])
    count = 0
    for key in rows.values_list("letter", flat=True):
        with transaction.atomic():
            LetterStanding.objects.select_for_update().get(letter=key)
            renew(Letter.objects.get(pk=key))
        count += 1
    return count


def notify(audit: Audit, letter: Letter, template: str, occasion: str) -> None:
    """Tell who wrote, by the ways they chose: a number and a general sentence. An act never fails for it."""
    for channel, address in subscribed(letter.pk).items():
        try:
            key = f"{letter.pk}:{occasion}"
            send(audit=audit, channel=channel, template=template, to=address, key=key, number=letter.number)
        except Refused:
            continue
