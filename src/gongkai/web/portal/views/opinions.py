"""Following an opinion by number and code: the receipt, and whether it was adopted once that is public."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.web.interaction.selectors import senders as reading
from gongkai.web.people.policies import public
from gongkai.web.portal.context import audit_of, county_of, private
from gongkai.web.portal.entering import Entrance
from gongkai.web.portal.session import OPINION

WHO = "凭编号和查询码查看本人的意见"
WRONG = "没有查到：编号或者查询码不对。请对照意见回执核对，编号要连同年份和横线一起填写。"
enter, leave = Entrance(
    OPINION, "portal-opinion-mine", "portal/opinion_follow.html", "请填写意见编号和查询码。", WRONG
).views(WHO, "portal-consultations")


@public(WHO)
@private
@require_GET
@OPINION.follows
def receipt(request: HttpRequest, opinion: Any) -> HttpResponse:
    """The receipt: number, day, query code; to be printed or copied."""
    context = {"page": reading.sent(opinion), "code": reading.code_of(opinion), "new": "new" in request.GET}
    return render(request, "portal/opinion_receipt.html", context)


@public(WHO)
@private
@require_GET
@OPINION.follows
def mine(request: HttpRequest, opinion: Any) -> HttpResponse:
    """The opinion, and what became of it."""
    with transaction.atomic():
        reading.opened(audit=audit_of(county_of()), opinion=opinion)
    return render(request, "portal/opinion_mine.html", {"page": reading.sent(opinion)})
