"""What the pages of supervision have in common: files that were sent, organs that were chosen, years."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from gongkai.web import typed
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs
from gongkai.web.oversight.services.evidence import Sent, look_all
from gongkai.web.workbench.context import person_of


def sent_files(request: HttpRequest, name: str = "files") -> list[Sent]:
    """The files that came with a form, looked through. Refused with a sentence for what is not taken."""
    return look_all((file.name or "未命名", file.read()) for file in request.FILES.getlist(name))


def keys_sent(said: Iterable[str]) -> list[uuid.UUID]:
    """Keys as a form sends them; what is none is left out."""
    found = []
    for each in said:
        try:
            found.append(uuid.UUID(each))
        except ValueError:
            continue
    return found


def key_sent(said: str) -> uuid.UUID | None:
    """One key as a form sends it; None for nothing or for what is none."""
    return next(iter(keys_sent([said])), None)


def whole(said: str, what: str) -> int:
    """A whole number that was typed. Refused for anything else."""
    plain = said.strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) < 6):
        raise Refused(f"“{what}”请填整数。")
    return int(plain)


def year_asked(request: HttpRequest) -> int:
    """The year that the address names; this one where it names none."""
    return typed.year_asked(request.GET.get("year", "")) or timezone.localdate().year


def organ_choices(request: HttpRequest, chosen: Iterable[str] = ()) -> list[tuple[Any, bool]]:
    """The living organs, and whether each is chosen."""
    held = set(chosen)
    return [(organ, str(organ.pk) in held) for organ in living_organs(person_of(request).county)]
