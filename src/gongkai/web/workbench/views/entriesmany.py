"""Reviewing and releasing several entries at once: what was ticked is done entry by entry, what is refused is named."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.web.facts import Refused
from gongkai.web.people.policies import needs
from gongkai.web.proactive import policies
from gongkai.web.proactive.selectors import entries as selectors
from gongkai.web.proactive.selectors.facts import progress
from gongkai.web.proactive.services.batches import Outcome, pass_many, release_many
from gongkai.web.workbench.context import audit_of, person_of

LOOK, RELEASE = "proactive.look", "proactive.release"
NAMED = 10
"""So many refusals are named one by one."""


def waiting_release(person: Any) -> list[selectors.Line]:
    """What was approved and is this person's to release."""
    organs = policies.organs_seen(person, RELEASE)
    found = selectors.entries(person.county, organs, "approved", limit=100)
    return [line for line in found if line.state == "approved" and line.mode == "proactive"]


def _ticked(request: HttpRequest) -> tuple[list[Any], dict[uuid.UUID, int]]:
    """The entries that were ticked, each with the state in which it was seen. Refused when nothing was, or not readable."""
    items, seen = [], {}
    for said in request.POST.getlist("entry"):
        key, _, revision = said.partition(":")
        try:
            item = selectors.entry(person_of(request).county, uuid.UUID(key))
        except ValueError:
            raise Refused("勾选的条目不能识别，请刷新页面后再试。") from None
        if item is not None:
            items.append(item)
            seen[item.pk] = int(revision) if revision.isdecimal() and len(revision) < 9 else -1
    if not items:
        raise Refused("请先勾选要办理的条目。")
    return items, seen


def _done(request: HttpRequest, outcomes: list[Outcome], verb: str) -> None:
    done = [outcome for outcome in outcomes if not outcome.refusal]
    refused = [outcome for outcome in outcomes if outcome.refusal]
    if done:
        messages.success(request, f"已{verb}{len(done)}件。")
    for outcome in refused[:NAMED]:
        messages.error(request, f"《{outcome.title}》没有{verb}：{outcome.refusal}")
    if len(refused) > NAMED:
        messages.error(request, f"另有{len(refused) - NAMED}件没有{verb}，仍在列表中，请逐件查看。")


def _many(
    request: HttpRequest, verb: str, mine: Callable[[Any], bool], says: str, do: Callable[..., list[Outcome]]
) -> HttpResponse:
    try:
        items, seen = _ticked(request)
        own = [item for item in items if mine(item)]
        others = [Outcome(item, item.standing.title, says) for item in items if item not in own]
        _done(request, [*(do(items=own, seen=seen) if own else []), *others], verb)
    except Refused as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("review-queue"))


@require_POST
@needs(LOOK)
def review(request: HttpRequest) -> HttpResponse:
    """Pass the stage that each ticked entry waits for, with one opinion."""
    person, opinion = person_of(request), request.POST.get("opinion", "").strip()[:1000]

    def mine(item: Any) -> bool:
        return selectors.may_review(person, item, progress(item))

    def do(**asked: Any) -> list[Outcome]:
        return pass_many(audit=audit_of(request), opinion=opinion, **asked)

    return _many(request, "通过", mine, "所处的环节不由您办理，或者已经办完。", do)


@require_POST
@needs(LOOK)
def release(request: HttpRequest) -> HttpResponse:
    """Release each ticked entry now."""
    person = person_of(request)

    def mine(item: Any) -> bool:
        return policies.can_item(person, RELEASE, item)

    def do(**asked: Any) -> list[Outcome]:
        return release_many(audit=audit_of(request), **asked)

    return _many(request, "发布", mine, "不由您发布。", do)
