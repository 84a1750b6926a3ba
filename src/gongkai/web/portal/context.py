"""What the views of the public side share: the county, in whose name the audit is kept, headers, signed tokens."""

from __future__ import annotations

import functools
import ipaddress
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.organs.selectors import home_county
from gongkai.web.people.login import address_of
from gongkai.web.people.services import online_applicant

View = Callable[..., HttpResponse]
_FORM = "gongkai.portal.form"


def setting(name: str) -> int:
    """A limit of the public side."""
    return int(settings.GONGKAI_PORTAL[name])


def county_of() -> Any:
    """The county of this portal. Http404 before the first start was done."""
    county = home_county()
    if county is None:
        raise Http404("本系统尚未初始化")
    return county


def audit_of(county: Any) -> Audit:
    """The audit of what applicants do on line."""
    return Audit(actor=online_applicant(county.pk).pk, county=county.pk)


def private(view: View) -> View:
    """A page that no browser, no server between and no search engine keeps."""

    @functools.wraps(view)
    def kept(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        response = view(request, *args, **values)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return kept


def network_of(request: HttpRequest) -> str:
    """Where a request comes from, as it is counted: the address, of IPv6 its network."""
    address = address_of(request)
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else address


@dataclass(frozen=True, slots=True)
class Token:
    """The signed head of a form: which one it is, when it was given out."""

    once: str
    age: float


def new_token() -> str:
    """A token for a fresh form."""
    return signing.dumps({"once": uuid.uuid4().hex, "at": timezone.now().timestamp()}, salt=_FORM)


def token_of(request: HttpRequest) -> Token | None:
    """The token that a form sent back; None when it is not ours or too old."""
    try:
        told = signing.loads(request.POST.get("token", ""), salt=_FORM, max_age=setting("form_hours") * 3600)
        return Token(str(told["once"]), timezone.now().timestamp() - float(told["at"]))
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None
