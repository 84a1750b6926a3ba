"""Coming in to what is followed by number and code, and leaving it, of whatever kind it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.web.people.policies import public
from gongkai.web.portal.context import View, private
from gongkai.web.portal.session import Bond, TooMany


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where one comes in to what is followed under `bond`: `to` is the page behind it; the words are for who errs."""

    bond: Bond
    to: str
    template: str
    missing: str
    wrong: str

    def views(self, who: str, home: str) -> tuple[View, View]:
        """Coming in, and leaving for the page called `home`; `who` says for whom they are."""

        @public(who)
        @private
        @require_http_methods(["GET", "POST"])
        def enter(request: HttpRequest) -> HttpResponse:
            """Ask for number and code."""
            return self._answer(request)

        @public(who)
        @private
        @require_POST
        def leave(request: HttpRequest) -> HttpResponse:
            """Forget what this browser follows."""
            return self.bond.unbind(HttpResponseRedirect(reverse(home)))

        return enter, leave

    def _answer(self, request: HttpRequest) -> HttpResponse:
        """The page, or on to what was found; a wrong code and an unknown number are told alike."""
        number, code = (request.POST.get(name, "").strip()[:80] for name in ("number", "code"))
        refused, status = "", 200
        if request.method == "POST":
            found, refused, status = self._asked(request, number, code)
            if found is not None:
                return self.bond.bind(HttpResponseRedirect(reverse(self.to)), found)
        elif self.bond.bound(request) is not None and "expired" not in request.GET:
            return HttpResponseRedirect(reverse(self.to))
        expired = request.method == "GET" and "expired" in request.GET
        context = {"refused": refused, "number": number.replace("\x00", ""), "expired": expired}
        return render(request, self.template, context, status=status)

    def _asked(self, request: HttpRequest, number: str, code: str) -> tuple[object | None, str, int]:
        if not (number and code):
            return None, self.missing, 422
        try:
            return self.bond.enter(request, number, code), self.wrong, 422
        except TooMany as error:
            return None, str(error), 429
