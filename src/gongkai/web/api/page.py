"""The interface described: for people, for programs, and for whoever asks for what is not there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from gongkai.web.api import outline
from gongkai.web.api.errors import CODES, answer
from gongkai.web.clients.scopes import SCOPES, WEBHOOK_EVENTS
from gongkai.web.people.policies import public


@require_GET
@public("describes the interface; holds no data")
def reference(request: HttpRequest) -> HttpResponse:
    """The interface for people to read, made from its own document."""
    context = {
        "operations": outline.operations(),
        "shapes": [shape for shape in outline.shapes() if not shape.name.startswith("Error")],
        "codes": [(code, status, words) for code, (status, words) in CODES.items()],
        "scopes": SCOPES,
        "events": WEBHOOK_EVENTS,
    }
    return render(request, "api/reference.html", context)


@require_GET
@public("describes the interface; holds no data")
def document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return JsonResponse(outline.schema(), json_dumps_params={"ensure_ascii": False, "indent": 1})


@csrf_exempt
@public("says that there is nothing at this address")
def unknown(request: HttpRequest) -> HttpResponse:
    """A JSON answer for an address that the interface does not have."""
    return answer("not_found", "接口中没有这个地址。")
