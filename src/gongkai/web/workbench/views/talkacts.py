"""The acts on one letter, each an address of its own that says what it asks for; refused with what was typed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.interaction.services import acts, publishing
from gongkai.web.organs.selectors import organ as organ_of
from gongkai.web.people.policies import needs
from gongkai.web.review.services import decide_hint
from gongkai.web.typed import key_asked
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.talk import letter_or_404, page

Do = Callable[[Any, Audit, int | None], object]


def _act(request: HttpRequest, key: uuid.UUID, act: str, done: str, do: Do) -> HttpResponse:
    row = letter_or_404(request, key, act)
    seen = request.POST.get("seen", "")
    try:
        do(row, audit_of(request), int(seen) if seen.isdecimal() and len(seen) < 9 else None)
    except Refused as error:
        row.refresh_from_db()
        return page(request, row, refused=str(error), status=409)
    messages.success(request, done)
    return HttpResponseRedirect(reverse("talk-letter", args=[key]))


def _words(request: HttpRequest, name: str = "words") -> str:
    return request.POST.get(name, "")[:6000]


def _organ(request: HttpRequest) -> Any:
    key = key_asked(request.POST.get("organ", ""))
    return organ_of(person_of(request).county, key) if key else None


@require_POST
@needs("interaction.route")
def route(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give the letter to the organ that answers it."""

    def do(row: Any, audit: Audit, seen: int | None) -> object:
        return acts.route(audit=audit, letter=row, organ=_organ(request), words=_words(request), seen=seen)

    return _act(request, key, "interaction.route", "已经转办。", do)


@require_POST
@needs("interaction.answer")
def give_back(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Not this organ's matter: back to who gives letters out."""

    def do(row: Any, audit: Audit, seen: int | None) -> object:
        return acts.give_back(audit=audit, letter=row, reason=_words(request), seen=seen)

    return _act_away(request, key, "已经退回，由政府办公室重新转办。", do)


def _act_away(request: HttpRequest, key: uuid.UUID, done: str, do: Do) -> HttpResponse:
    """An act after which the letter may no longer be this person's to look at."""
    answer = _act(request, key, "interaction.answer", done, do)
    return HttpResponseRedirect(reverse("talk")) if answer.status_code == 302 else answer


@require_POST
@needs("interaction.answer")
def join(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Ask another organ for its opinion."""

    def do(row: Any, audit: Audit, seen: int | None) -> object:
        return acts.join(audit=audit, letter=row, organ=_organ(request), words=_words(request), seen=seen)

    return _act(request, key, "interaction.answer", "已经请其会办。", do)


@require_POST
@needs("interaction.assist")
def contribute(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The opinion of the organ that was asked."""

    def do(row: Any, audit: Audit, seen: int | None) -> object:
        return acts.contribute(
            audit=audit, letter=row, organ=person_of(request).organ, words=_words(request), seen=seen
        )

    return _act(request, key, "interaction.assist", "会办意见已经提出。", do)


@require_POST
@needs("interaction.answer")
def extend(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Answer later, with the reason."""

    def do(row: Any, audit: Audit, seen: int | None) -> object:
        try:
            until = date.fromisoformat(request.POST.get("until", ""))
        except ValueError:
            raise Refused("请填写新的答复日期。") from None
        return acts.extend(audit=audit, letter=row, until=until, reason=_words(request), seen=seen)

    return _act(request, key, "interaction.answer", "答复时间已经延长，来信人可以看到理由。", do)


@require_POST
@needs("interaction.answer")
def draft(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Draft the answer and send it to be reviewed."""

    def do(row: Any, audit: Audit, seen: int | None) -> object:
        return acts.submit(audit=audit, letter=row, words=_words(request), seen=seen)

    return _act(request, key, "interaction.answer", "答复已经送审。", do)


@require_POST
@needs("interaction.review")
def review(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Pass the answer, which goes out with it, or give it back."""
    passes = request.POST.get("verdict") == "pass"

    def do(row: Any, audit: Audit, seen: int | None) -> object:
        if passes:
            return acts.answer(audit=audit, letter=row, seen=seen)
        return acts.send_back(audit=audit, letter=row, reason=_words(request), seen=seen)

    return _act(request, key, "interaction.review", "已经答复来信人。" if passes else "已经退回修改。", do)


@require_POST
@needs("interaction.set_aside")
def aside(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Do not answer it, for a named reason; or take it up again."""
    back = request.POST.get("verdict") == "take_up"

    def do(row: Any, audit: Audit, seen: int | None) -> object:
        if back:
            return acts.take_up(audit=audit, letter=row, reason=_words(request), seen=seen)
        ground = request.POST.get("ground", "")
        return acts.set_aside(audit=audit, letter=row, ground=ground, words=_words(request), seen=seen)

    return _act(request, key, "interaction.set_aside", "已经恢复办理。" if back else "已经归为不予办理。", do)


@require_POST
@needs("interaction.answer")
def turn(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Register it as what it really is."""

    def do(row: Any, audit: Audit, seen: int | None) -> object:
        return acts.turn(
            audit=audit,
            letter=row,
            into=request.POST.get("into", ""),
            organ=_organ(request) or row.standing.organ,
            about=request.POST.get("about", "other"),
            seen=seen,
        )

    return _act(request, key, "interaction.answer", "已经转为其他事项，来信人凭原编号可以看到。", do)


@require_POST
@needs("interaction.answer")
def propose(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write what may be published."""

    def do(row: Any, audit: Audit, seen: int | None) -> object:
        told = {name: _words(request, name) for name in ("title", "question", "answer")}
        return publishing.propose(audit=audit, letter=row, seen=seen, **told)

    return _act(request, key, "interaction.answer", "公开内容已经送审。", do)


@require_POST
@needs("interaction.review")
def hint(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Decide about one hint of the check, or have the text checked again."""

    def do(row: Any, audit: Audit, seen: int | None) -> object:
        last = publishing.last(row)
        if "again" in request.POST:
            publishing.check(audit=audit, publication=last)
            return last
        told = {name: request.POST.get(name, "")[:300] for name in ("sha256", "fingerprint", "verdict", "reason")}
        return decide_hint(audit=audit, subject=last.pk, **told)

    return _act(request, key, "interaction.review", "已经记下。", do)


@require_POST
@needs("interaction.review")
def decide(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Publish, or give the text back."""
    passes = request.POST.get("verdict") == "pass"

    def do(row: Any, audit: Audit, seen: int | None) -> object:
        if passes:
            return publishing.publish(audit=audit, letter=row, seen=seen)
        return publishing.give_back(audit=audit, letter=row, reason=_words(request), seen=seen)

    return _act(request, key, "interaction.review", "已经公开。" if passes else "公开内容已经退回修改。", do)


@require_POST
@needs("interaction.withdraw")
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take a published answer back."""

    def do(row: Any, audit: Audit, seen: int | None) -> object:
        return publishing.withdraw(audit=audit, letter=row, reason=_words(request), seen=seen)

    return _act(request, key, "interaction.withdraw", "已经撤下，从现在起公众不能查看。", do)
