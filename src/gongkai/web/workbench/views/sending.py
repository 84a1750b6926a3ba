"""Messages that leave: what became of each, and trying once more what did not arrive. Never to whom."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.web.facts import Refused
from gongkai.web.messages import selectors, services
from gongkai.web.people.policies import can_some, needs
from gongkai.web.typed import page_asked
from gongkai.web.workbench.context import audit_of, county_of, person_of

SEND = "messages.send_again"
ROWS = 50


@require_GET
@needs("messages.look")
def sent(request: HttpRequest) -> HttpResponse:
    """The messages in one state, newest first; without being asked, those that did not arrive."""
    county, person, state = county_of(request).pk, person_of(request), request.GET.get("state", "dead")
    words = selectors.STATE_WORDS
    if state not in words:
        raise Http404("没有这种发送情况")
    counts = selectors.counts(county)
    page = Paginator(selectors.in_state(county, state), ROWS).get_page(page_asked(request.GET))
    context = {
        "state": state,
        "state_zh": words[state],
        "states": [(key, words[key], count) for key, count in counts.items()],
        "page": page,
        "rows": selectors.shown(page.object_list, numbered=can_some(person, "onrequest.look")),
        "again": state in services.AGAIN and can_some(person, SEND),
        "most": services.AT_ONCE,
    }
    return render(request, "outside/messages.html", context)


@require_POST
@needs(SEND)
def again(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Try one message once more."""
    if not selectors.is_there(county_of(request).pk, key):
        raise Http404("没有这条消息")
    try:
        services.send_again(audit=audit_of(request), key=key)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已重新交付发送，稍后在“待发送”或者“已发送”中查看结果。")
    return HttpResponseRedirect(
        f"{reverse('messages')}?state={'off' if request.POST.get('state') == 'off' else 'dead'}"
    )


@require_POST
@needs(SEND)
def again_all(request: HttpRequest) -> HttpResponse:
    """Try everything once more that was given up."""
    done = services.send_all_again(audit=audit_of(request))
    messages.success(request, f"已重新交付发送{done}条。" if done else "没有可以重发的。")
    return HttpResponseRedirect(reverse("messages"))
