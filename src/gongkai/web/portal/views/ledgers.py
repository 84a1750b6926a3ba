"""Lists that offices published from their registers: the rows of every list that is public now, as they were reviewed."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.web.organs.selectors import living_organs
from gongkai.web.people.policies import public
from gongkai.web.portal.context import county_of
from gongkai.web.portal.kept import kept
from gongkai.web.registers.selectors.public import PAGE, public_registers, public_rows
from gongkai.web.typed import key_asked, page_asked


@kept
@public("公开清单")
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """The registers of which something is public."""
    return render(request, "portal/ledgers.html", {"rows": public_registers(county_of().pk)})


@kept
@public("公开清单")
@require_safe
def ledger(request: HttpRequest, register: str) -> HttpResponse:
    """The public rows of one register, newest first, of all organs or one."""
    here = county_of()
    known = {key: zh for key, zh, _ in public_registers(here.pk)}
    if register not in known:
        raise Http404("没有公开这种清单")
    said = request.GET.get("organ", "")
    organ = key_asked(said)
    if said and organ is None:
        raise Http404("没有这个机关")
    number = page_asked(request.GET)
    heads, rows, count = public_rows(here.pk, register, organ=organ, page=number)
    fixed = {"organ": said} if said else {}
    pages = []
    if number > 1:
        pages.append(("上一页", urlencode({**fixed, "page": number - 1}), False))
    if count > number * PAGE:
        pages.append(("下一页", urlencode({**fixed, "page": number + 1}), False))
    context = {
        "register": register,
        "zh": known[register],
        "heads": heads,
        "rows": rows,
        "count": count,
        "organ": organ,
        "organs": [each for each in living_organs(here.pk) if each.listed],
        "pages": pages,
    }
    return render(request, "portal/ledger.html", context)
