"""What is done about an organ's own report: answering doubts, handing over, signing, freezing, publishing, archiving."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.web.facts import Refused
from gongkai.web.issuing import policies
from gongkai.web.issuing.services import freezing, handing, looking, publishing, signing
from gongkai.web.people.policies import needs
from gongkai.web.proactive.services.drafting import look_through
from gongkai.web.workbench.asked import day_of
from gongkai.web.workbench.context import audit_of
from gongkai.web.workbench.views.issuing import (
    draft_or_404,
    draft_page,
    frozen_or_404,
    organ_or_404,
    page,
    version_page,
)
from gongkai.web.workbench.views.reports import scope_asked

HAND_OVER, SIGN = policies.HAND_OVER, policies.SIGN
FREEZE, PUBLISH = policies.FREEZE, policies.PUBLISH


def _to(name: str, *args: Any, at: str = "", scope: str = "") -> HttpResponseRedirect:
    asked = f"?scope={scope}" if scope else ""
    return HttpResponseRedirect(reverse(name, args=args) + asked + (f"#{at}" if at else ""))


@require_POST
@needs(HAND_OVER)
def answer(request: HttpRequest, organ: uuid.UUID, year: int) -> HttpResponse:
    """Say why a doubt is right as it stands."""
    of, said = organ_or_404(request, organ, year, HAND_OVER), request.POST
    scope = scope_asked(request, of, year)
    try:
        handing.answer(
            audit=audit_of(request),
            organ=of,
            year=year,
            fingerprint=said.get("fingerprint", ""),
            finding=said.get("finding", ""),
            message=said.get("message", ""),
            reason=said.get("reason", ""),
            scope=scope,
        )
    except Refused as error:
        return page(request, of, year, scope, refused=str(error), status=409)
    return _to("year-issue", organ, year, at="check", scope=scope)


@require_POST
@needs(HAND_OVER)
def hand_over(request: HttpRequest, organ: uuid.UUID, year: int) -> HttpResponse:
    """Hand the report over for signature."""
    of = organ_or_404(request, organ, year, HAND_OVER)
    scope, reason = scope_asked(request, of, year), request.POST.get("reason", "")
    try:
        made = handing.hand_over(audit=audit_of(request), organ=of, year=year, reason=reason, scope=scope)
    except Refused as error:
        return page(request, of, year, scope, refused=str(error), status=409)
    messages.success(request, f"第{made.number}稿已送签。")
    return _to("year-issue-draft", organ, year, made.pk)


@require_POST
@needs(HAND_OVER)
def take_back(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID) -> HttpResponse:
    """Take a draft back."""
    draft = draft_or_404(request, organ, year, key, HAND_OVER)
    try:
        handing.end(audit=audit_of(request), draft=draft, why="withdrawn", reason=request.POST.get("reason", ""))
    except Refused as error:
        return draft_page(request, draft, refused=str(error), status=409)
    messages.success(request, f"第{draft.number}稿已撤回。")
    return _to("year-issue", organ, year, scope=draft.scope)


@require_POST
@needs(SIGN)
def give_back(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID) -> HttpResponse:
    """Return a draft unsigned."""
    draft = draft_or_404(request, organ, year, key, SIGN)
    try:
        handing.end(audit=audit_of(request), draft=draft, why="returned", reason=request.POST.get("reason", ""))
    except Refused as error:
        return draft_page(request, draft, refused=str(error), status=409)
    messages.success(request, f"第{draft.number}稿已退回修改。")
    return _to("year-issue-draft", organ, year, key)


@require_POST
@needs(SIGN)
def sign(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID) -> HttpResponse:
    """Sign a draft in the system."""
    draft, said = draft_or_404(request, organ, year, key, SIGN), request.POST
    try:
        signing.sign(audit=audit_of(request), draft=draft, seal=said.get("seal", ""), opinion=said.get("opinion", ""))
    except Refused as error:
        return draft_page(request, draft, refused=str(error), status=409)
    messages.success(request, f"第{draft.number}稿已签发，可以定稿。")
    return _to("year-issue-draft", organ, year, key)


@require_POST
@needs(HAND_OVER)
def paper(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID) -> HttpResponse:
    """Enter that a draft was signed on the printed sheet."""
    draft, said = draft_or_404(request, organ, year, key, HAND_OVER), request.POST
    try:
        sent = request.FILES.get("scan")
        found = look_through(sent.name or "签发单扫描件", sent.read()) if sent else None
        signing.sign_on_paper(
            audit=audit_of(request),
            draft=draft,
            signer=said.get("signer", ""),
            signed_on=day_of(request, "signed_on", needed="签发日期"),
            scan=signing.Scan(found.name, found.data) if found else None,
            opinion=said.get("opinion", ""),
        )
    except Refused as error:
        return draft_page(request, draft, refused=str(error), status=409)
    messages.success(request, f"第{draft.number}稿的纸质签发已录入，可以定稿。")
    return _to("year-issue-draft", organ, year, key)


@require_POST
@needs(FREEZE)
def freeze(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID) -> HttpResponse:
    """Make a signed draft the version that stands."""
    draft = draft_or_404(request, organ, year, key, FREEZE)
    try:
        row = freezing.freeze(audit=audit_of(request), draft=draft, despite=request.POST.get("despite", ""))
    except Refused as error:
        return draft_page(request, draft, refused=str(error), status=409)
    messages.success(request, f"已定稿，为第{row.version}版。此后数据有变动的，系统会提示。")
    return _to("year-issue-version", organ, year, row.pk)


@require_POST
@needs(PUBLISH)
def publish(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID) -> HttpResponse:
    """Publish a frozen version on the portal."""
    frozen = frozen_or_404(request, organ, year, key, PUBLISH)
    try:
        publishing.publish(audit=audit_of(request), frozen=frozen)
    except Refused as error:
        return version_page(request, frozen, refused=str(error), status=409)
    messages.success(request, f"第{frozen.version}版已在门户公布。")
    return _to("year-issue-version", organ, year, key, at="outside")


@require_POST
@needs(PUBLISH)
def withdraw(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID) -> HttpResponse:
    """Take a version back from the portal."""
    frozen = frozen_or_404(request, organ, year, key, PUBLISH)
    try:
        publishing.withdraw(audit=audit_of(request), frozen=frozen, reason=request.POST.get("reason", ""))
    except Refused as error:
        return version_page(request, frozen, refused=str(error), status=409)
    messages.success(request, "已从门户撤回，页面和下载地址即时停止提供。")
    return _to("year-issue-version", organ, year, key, at="outside")


@require_POST
@needs(FREEZE)
def note(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID) -> HttpResponse:
    """Say why a difference is left as it is."""
    frozen, said = frozen_or_404(request, organ, year, key, FREEZE), request.POST
    try:
        looking.note(audit=audit_of(request), frozen=frozen, stamp=said.get("stamp", ""), reason=said.get("reason", ""))
    except Refused as error:
        return version_page(request, frozen, refused=str(error), status=409)
    messages.success(request, "已说明。数据再有变动的，系统会重新提示。")
    return _to("year-issue-version", organ, year, key, at="since")


@require_POST
@needs(FREEZE)
def archive(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID) -> HttpResponse:
    """Put a version into an archive package."""
    frozen = frozen_or_404(request, organ, year, key, FREEZE)
    try:
        publishing.archive(audit=audit_of(request), frozen=frozen)
    except Refused as error:
        return version_page(request, frozen, refused=str(error), status=409)
    messages.success(request, "已形成归档包。")
    return _to("year-issue-version", organ, year, key, at="archive")
