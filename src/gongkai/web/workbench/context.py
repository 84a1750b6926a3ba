"""What every page knows: the county, the person, the size of type."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django.http import Http404, HttpRequest
from django.utils import timezone

import gongkai
from gongkai.web.annual.selectors.lists import submission_of
from gongkai.web.audit.services import Audit
from gongkai.web.headers import LARGE_TEXT, TERMINAL
from gongkai.web.organs.selectors import county_with, home_county
from gongkai.web.people.permissions import ROLES
from gongkai.web.people.policies import can_some
from gongkai.web.people.selectors import demonstration_people, seats


def county_of(request: HttpRequest) -> Any:
    """The county of who sits here, and of this desk for a stranger. Http404 before the first start was done."""
    person = getattr(request, "person", None)
    county = home_county()
    if person and (county is None or county.pk != person.county):
        county = county_with(person.county)
    if county is None:
        raise Http404("本系统尚未初始化，请先运行 gongkai serve")
    return county


def person_of(request: HttpRequest) -> Any:
    """Who sits here. Http404 before the first start was done."""
    person = cast(Any, request).person
    if person is None:
        raise Http404("本系统尚未初始化，请先运行 gongkai serve")
    return person


def audit_of(request: HttpRequest) -> Audit:
    """The audit of this person's acts for this county."""
    return Audit(actor=person_of(request).pk, county=county_of(request).pk)


def submission_or_404(request: HttpRequest, key: uuid.UUID) -> Any:
    """The submission with this key. Http404 when the county has none."""
    found = submission_of(county_of(request), key)
    if found is None:
        raise Http404("没有这份报告")
    return found


def wants_large_text(request: HttpRequest) -> bool:
    """Whether this browser asked for large type."""
    return request.COOKIES.get(LARGE_TEXT) == "1"


class May:
    """What the person may do for anyone at all, for templates: `may.onrequest.look`."""

    def __init__(self, person: Any, app: str = "") -> None:
        self._person, self._app = person, app

    def __getitem__(self, word: str) -> Any:
        """The acts of an app, then one of them. KeyError for an act that the table does not know."""
        if not self._app:
            return May(self._person, word)
        return self._person is not None and can_some(self._person, f"{self._app}.{word}")


def _who(request: HttpRequest) -> dict[str, Any]:
    """The person beside the head of a page: where they act, where else they may, and whom the demonstration shows."""
    person = getattr(request, "person", None)
    if person is None:
        return {"may": May(None)}
    held = seats(person, timezone.localdate())
    here = next((s for s in held if s.organ == person.organ), None)
    invented = [] if cast(Any, request).accounts_on else demonstration_people(person.county)
    demonstration = [
        (p, f"{p.name}（{p.organ.name + ' ' if p.organ else ''}{ROLES.get(p.role, '')}）") for p in invented
    ]
    return {
        "may": May(person),
        "seat_words": here.words if here else "",
        "other_seats": [s for s in held if s is not here],
        "demo_people": demonstration,
    }


def desk(request: HttpRequest) -> dict[str, Any]:
    """For every template."""
    return _who(request) | {
        "county": home_county(),
        "person": getattr(request, "person", None),
        "large_text": wants_large_text(request),
        "terminal": request.COOKIES.get(TERMINAL) == "1",
        "version": gongkai.__version__,
    }
