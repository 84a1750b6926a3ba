"""What the address or a form of the desk names: a day, a number, a year, files, an organ; and the organs that it offers."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs
from gongkai.web.organs.selectors import organ as organ_with
from gongkai.web.people.policies import can_act, check_act, whose
from gongkai.web.typed import day_asked, day_said, year_asked
from gongkai.web.workbench.context import person_of

FIRST = 2008
"""The year in which the Regulations came into force: nothing is asked of one before."""


def day_of(request: HttpRequest, name: str, *, needed: str = "") -> date | None:
    """A day that was typed. Refused for what is no day, or for nothing where `needed` names it."""
    return day_said(request.POST.get(name, ""), needed=needed)


def number_of(request: HttpRequest, name: str) -> int | None:
    """A whole number that was typed, or None. Refused for anything else."""
    said = request.POST.get(name, "").strip()
    if not said:
        return None
    if not said.isdecimal() or len(said) > 6:
        raise Refused(f"“{said}”不是有效的数字，请填写整数。")
    return int(said)


def year_of(request: HttpRequest) -> int:
    """The year that the address names; this one where it names none."""
    return year_asked(request.GET.get("year", ""), FIRST) or timezone.localdate().year


def known_of(request: HttpRequest) -> tuple[datetime | None, date | None]:
    """The end of the day as of which it is to be told what was known; None for now."""
    day = day_asked(request.GET.get("known", ""))
    if day is None or day >= timezone.localdate():
        return None, None
    return timezone.make_aware(datetime.combine(day, time.max)), day


def file_sent(request: HttpRequest, what: str, most: int, advice: str, *, name: str = "file") -> tuple[str, bytes]:
    """The file that came with a form, with its name. Refused, by `what` it is, where none came or one above `most` bytes."""
    file = request.FILES.get(name)
    if file is None:
        raise Refused(f"请选择{what}。")
    if (file.size or 0) > most:
        raise Refused(f"{what}超过{most // 1024 // 1024}MB，没有收下。{advice}")
    return file.name or what, file.read()


def table_sent(request: HttpRequest, most: int) -> tuple[str, bytes]:
    """A table that was uploaded, with its name, or that was pasted, with none. Refused for neither."""
    if request.FILES.get("file"):
        return file_sent(request, "文件", most, "较大的请按年度分开导入。")
    text = request.POST.get("text", "")
    if not text.strip():
        raise Refused("请选择文件，或者把表格（连同表头）复制粘贴到框里。")
    return "", text.encode()


def files_sent(request: HttpRequest, name: str = "files") -> list[tuple[str, bytes]]:
    """The files that came with a form, each by its name."""
    return [(file.name or "未命名", file.read()) for file in request.FILES.getlist(name)]


def organ_or_404(request: HttpRequest, key: uuid.UUID | None) -> Any:
    """The organ of the county with this key, also one that is no more. Http404 for none."""
    found = organ_with(person_of(request).county, key) if key else None
    if found is None:
        raise Http404("没有这个机关")
    return found


def organ_for(request: HttpRequest, key: uuid.UUID, act: str) -> Any:
    """The living organ with this key, for which this person does `act`. Http404 for none, PermissionDenied by the table."""
    person = person_of(request)
    found: Any = next((organ for organ in living_organs(person.county) if organ.pk == key), None)
    if found is None:
        raise Http404("没有这个机关")
    check_act(person, act, whose(person, found.pk))
    return found


def organs_offered(person: Any, act: str) -> list[Any]:
    """The living organs for which this person may do `act`, their own one first."""
    found = [organ for organ in living_organs(person.county) if can_act(person, act, whose(person, organ.pk))]
    return sorted(found, key=lambda organ: organ.pk != person.organ_id)


def organ_asked(request: HttpRequest, act: str) -> Any:
    """The organ that the address or the form names, when this person may do `act` for it; their own where none is named.

    Http404 for an organ of which they may not.
    """
    said = request.POST.get("organ", "") or request.GET.get("organ", "")
    found = organs_offered(person_of(request), act)
    if not said:
        return found[0] if found else None
    for each in found:
        if str(each.pk) == said:
            return each
    raise Http404("没有这个机关，或者不能为它登记")


def organ_choices(request: HttpRequest, chosen: Iterable[str] = ()) -> list[tuple[Any, bool]]:
    """The living organs, and whether each is chosen."""
    held = set(chosen)
    return [(organ, str(organ.pk) in held) for organ in living_organs(person_of(request).county)]
