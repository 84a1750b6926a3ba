"""What a browser remembers about its reader."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from gongkai.web.headers import LARGE_TEXT
from gongkai.web.people.policies import public
from gongkai.web.workbench.context import wants_large_text

YEAR_SECONDS = 365 * 24 * 3600


@csrf_exempt
@public("大字版只记在浏览器里")
@require_POST
def large_text(request: HttpRequest) -> HttpResponse:
    """Switch large type on or off and go back to the page.

    Without a token, which a public page kept for everybody cannot hold: all that a stranger's form could do by it is
    change the size of type.
    """
    back = request.POST.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    if wants_large_text(request):
        response.delete_cookie(LARGE_TEXT, samesite="Strict")
    else:
        response.set_cookie(LARGE_TEXT, "1", max_age=YEAR_SECONDS, samesite="Strict", httponly=True)
    return response
