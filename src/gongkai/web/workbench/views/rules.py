"""本县设置: the calendar's own days, next year's notice, and the matters that the law leaves to the office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.calendar.notice_text import Preview, read_notice
from gongkai.web.facts import Refused
from gongkai.web.onrequest import rulekeys as keys
from gongkai.web.onrequest.selectors import rules as reading
from gongkai.web.onrequest.services import rules as services
from gongkai.web.onrequest.services.recompute import Moved, recompute
from gongkai.web.people.policies import needs
from gongkai.web.rules import selectors as calendar_reading
from gongkai.web.rules import services as calendar_services
from gongkai.web.rules.policies import LOOK, can_set_county, check_set_county
from gongkai.web.rules.policies import SET as ACT
from gongkai.web.typed import LATEST, year_asked
from gongkai.web.workbench.asked import day_of, number_of, organs_offered
from gongkai.web.workbench.context import audit_of, person_of

NOTICE_LIMIT = 20_000


def _organ(request: HttpRequest, said: str, act: str = ACT) -> Any:
    """The organ that was named, when this person may do `act` for it; their own one when none was named."""
    found = organs_offered(person_of(request), act)
    if not said and found:
        return found[0]
    for each in found:
        if str(each.pk) == said:
            return each
    return None


def _page(request: HttpRequest, *, refused: str = "", at: str = "", status: int = 200, **more: Any) -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    organs = organs_offered(person, LOOK)
    organ = _organ(request, request.GET.get("organ", "") or request.POST.get("organ", ""), LOOK)
    mine = {each.pk for each in organs_offered(person, ACT)}
    calendar = calendar_reading.calendar_of(person.county)
    context: dict[str, Any] = {
        "county_rules": reading.county_rules(person.county, today),
        "organ_rules": reading.organ_rules(organ, today) if organ else None,
        "organ": organ,
        "organs": organs,
        "sets_county": can_set_county(person),
        "sets_organ": organ is not None and organ.pk in mine,
        "local_days": calendar_reading.local_days(person.county),
        "entered": calendar_reading.notices_entered(person.county),
        "known_through": calendar.known_through,
        "next_year": calendar.known_through.year + 1,
        "changes": reading.changes(person.county, organs),
        "merged": keys.MERGED,
        "split": keys.SPLIT,
        "periods": keys.PERIODS,
        "basis": reading.BASIS,
        "today": today,
        "refused": refused,
        "at": at,
        "typed": request.POST if refused else {},
    }
    return render(request, "cases/rules.html", context | more, status=status)


@require_GET
@needs(LOOK)
def rules(request: HttpRequest) -> HttpResponse:
    """Everything that is set, for the county and for one organ."""
    return _page(request)


def _fee(request: HttpRequest, organ: Any) -> None:
    charging = request.POST.get("charging") == "1"
    services.set_fee(audit=audit_of(request), organ=organ, charging=charging, reason=request.POST.get("reason", ""))


def _print(request: HttpRequest, organ: Any) -> None:
    services.set_print_optional(audit=audit_of(request), organ=organ, printed=request.POST.get("printed") == "1")


def _series(request: HttpRequest, organ: Any) -> None:
    words = {word: request.POST.get(f"word-{word}", "") for word in services.series_words()}
    services.set_series(audit=audit_of(request), organ=organ, words=words, year=_year(request))


def _mailbox(request: HttpRequest, organ: Any) -> None:
    services.set_mailbox(audit=audit_of(request), organ=organ, address=request.POST.get("mailbox", ""))


def _corrections(request: HttpRequest, organ: Any) -> None:
    services.set_days(audit=audit_of(request), key=keys.CORRECTION_DAYS, days=number_of(request, "days"), organ=organ)


def _online(request: HttpRequest, organ: Any) -> None:
    services.set_online_review(audit=audit_of(request), organ=organ, address=request.POST.get("online", ""))


def _retention(request: HttpRequest, organ: Any) -> None:
    periods = {kind: request.POST.get(f"period-{kind}", "") for kind in keys.RETAINED}
    services.set_retention(audit=audit_of(request), organ=organ, periods=periods)


def _remedies(request: HttpRequest) -> None:
    modes = {k.removeprefix("mode-"): str(v) for k, v in request.POST.items() if k.startswith("mode-")}
    services.set_remedies(audit=audit_of(request), modes=modes, reason=request.POST.get("reason", ""))


def _reminders(request: HttpRequest) -> None:
    days = {stage: number_of(request, f"days-{stage}") for stage in keys.STAGES}
    services.set_reminders(audit=audit_of(request), days=days)


def _complaints(request: HttpRequest) -> None:
    services.set_days(audit=audit_of(request), key=keys.COMPLAINT_DAYS, days=number_of(request, "days"))


def _counting(request: HttpRequest) -> None:
    services.set_counting(
        audit=audit_of(request),
        merged=request.POST.get("merged", ""),
        split=request.POST.get("split", ""),
        year=_year(request),
    )


def _year(request: HttpRequest) -> int:
    year = number_of(request, "year") or timezone.localdate().year
    if year > LATEST:
        raise Refused(f"“{year}”不是可以设定的年度，请核对。")
    return year


OF_ORGAN: dict[str, Callable[[HttpRequest, Any], None]] = {
    "fee": _fee,
    "print": _print,
    "series": _series,
    "mailbox": _mailbox,
    "corrections": _corrections,
    "online": _online,
    "retention": _retention,
}
OF_COUNTY: dict[str, Callable[[HttpRequest], None]] = {
    "remedies": _remedies,
    "reminders": _reminders,
    "complaints": _complaints,
    "counting": _counting,
}


@require_POST
@needs(ACT)
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Set one matter: an organ's own by who may for it, the county's by the competent department."""
    if key not in OF_ORGAN and key not in OF_COUNTY:
        raise Http404("没有这一项设置")
    address = reverse("rules")
    try:
        if key in OF_COUNTY:
            check_set_county(person_of(request))
            OF_COUNTY[key](request)
        else:
            organ = _organ(request, request.POST.get("organ", ""))
            if organ is None:
                raise PermissionDenied("您的身份不能修改这个机关的设置。")
            OF_ORGAN[key](request, organ)
            address = f"{address}?organ={organ.pk}"
    except Refused as error:
        return _page(request, refused=str(error), at=key, status=409)
    messages.success(request, "已保存，自所写的日期起适用；以前的设置仍保留在下面的记录里。")
    return HttpResponseRedirect(f"{address}#{key}")


def _moved(request: HttpRequest, said: str) -> HttpResponse:
    """The open cases computed again, and those whose day changed."""
    moved: list[Moved] = recompute(person_of(request).county, audit=audit_of(request))
    return render(request, "cases/rules_moved.html", {"moved": moved, "said": said, "count": len(moved)})


@require_POST
@needs(ACT)
def days(request: HttpRequest) -> HttpResponse:
    """Set local days; the open cases are computed again and those that moved are listed."""
    check_set_county(person_of(request))
    try:
        first = day_of(request, "first", needed="第一日") or date.min
        rows = calendar_services.set_local_days(
            audit=audit_of(request),
            first=first,
            last=day_of(request, "last") or first,
            meaning=request.POST.get("meaning", ""),
            source=request.POST.get("source", ""),
        )
    except Refused as error:
        return _page(request, refused=str(error), at="days", status=409)
    return _moved(request, f"已设定{calendar_services.days_in_words(rows)}：{rows[0].get_meaning_display()}。")


@require_POST
@needs(ACT)
def notice(request: HttpRequest) -> HttpResponse:
    """A pasted notice: first what was read from it, then, confirmed, into the calendar."""
    check_set_county(person_of(request))
    text = request.POST.get("text", "")[:NOTICE_LIMIT]
    found: Preview = read_notice(text, year=year_asked(request.POST.get("year", "")))
    if request.POST.get("what") != "enter" or found.notice is None:
        status = 200 if found.notice else 422
        return _page(request, preview=found, text=text, at="notice", status=status)
    try:
        row = calendar_services.enter_notice(
            audit=audit_of(request), notice=found.notice, title=request.POST.get("title", "")
        )
    except Refused as error:
        return _page(request, refused=str(error), preview=found, text=text, at="notice", status=409)
    return _moved(request, f"已录入{row.year}年的放假安排。")
