"""The erasure of a letter's personal data: emptied, registered and audited together, or not at all."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from gongkai.web.audit.models import Entry
from gongkai.web.audit.services import Audit
from gongkai.web.erasure.models import ErasedRow, Erasure
from gongkai.web.erasure.places import PLACES, rows_of
from gongkai.web.erasure.services import erase, set_years
from gongkai.web.interaction.models import Letter
from gongkai.web.interaction.services import acts
from gongkai.web.interaction.services.facts import progress_of
from gongkai.web.interaction.services.intake import Arriving, register
from tests.crash.scenarios.proactive import _organ
from tests.crash.scenarios.scenario import Scenario
from tests.crash.scenarios.talk import _other

_TITLE = "到期的来信"
_LATER = timedelta(days=3 * 366)


def _erased(audit: Audit, number: int) -> Any:
    """A letter answered today, erased on a day three years on."""
    organ, today = _organ(audit), timezone.localdate()
    words = f"第{number}封到期的来信。"
    arriving = Arriving(kind="question", title=_TITLE, words=words, received_on=today, once=f"over-{number}")
    letter = register(audit=audit, arriving=arriving).letter
    if progress_of(letter).organ != organ.pk:
        acts.route(audit=audit, letter=letter, organ=organ)
    acts.submit(audit=audit, letter=letter, words="答复。")
    acts.answer(audit=_other(audit), letter=letter)
    set_years(audit=audit, kept={"letter": "1"})
    erase(audit=audit, kind="letter", about=letter.pk, checked=True, today=today + _LATER)
    return str(letter.pk)


def _left(letter: uuid.UUID) -> tuple[int, int]:
    """How many sealed columns of a letter hold something, and how many are empty."""
    held = [
        bool(bytes(value or b""))
        for place in PLACES
        if place.kind == "letter"
        for row in rows_of(place, letter)
        for value in place.model._default_manager.filter(pk=row).values_list(*place.columns).get()
    ]
    return sum(held), len(held) - sum(held)


def _check(audit: Audit, receipts: list[Any]) -> list[str]:
    wrong = []
    erasures = {each.about: each for each in Erasure.objects.filter(county=audit.county, kind="letter")}
    for about, erasure in erasures.items():
        held, _ = _left(about)
        if held:
            wrong.append(f"{erasure.number} is registered as erased and {held} columns hold something")
        if ErasedRow.objects.filter(erasure=erasure).count() != erasure.rows:
            wrong.append(f"{erasure.number}: the rows of the register are not those it counts")
        if Entry.objects.filter(object_id=erasure.pk, act="erasure.erase").count() != 1:
            wrong.append(f"{erasure.number} was erased without a trace")
    for key in Letter.objects.filter(county=audit.county).values_list("pk", flat=True):
        if key not in erasures and not _left(key)[0]:
            wrong.append(f"{key} is empty and nobody erased it")
    told = {uuid.UUID(key) for key in receipts if key}
    return [*wrong, *(["an erasure that was promised is gone"] if told - set(erasures) else [])]


SCENARIOS = [Scenario("erasure.letter", _erased, _check)]
