"""What every page knows: the county, the person, the size of type."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django.http import Http404, HttpRequest

import gongkai
from gongkai.web.annual.selectors.lists import submission_of
from gongkai.web.audit.services import Audit
from gongkai.web.organs.selectors import home_county

LARGE_TEXT = "gongkai_large_text"


def county_of(request: HttpRequest) -> Any:
    """The county of this desk. Http404 before the first start was done."""
    county = home_county()
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


def desk(request: HttpRequest) -> dict[str, Any]:
    """For every template."""
    return {
        "county": home_county(),
        "person": getattr(request, "person", None),
        "large_text": wants_large_text(request),
        "version": gongkai.__version__,
    }
