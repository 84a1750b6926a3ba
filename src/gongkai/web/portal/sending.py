"""One form as a visitor sent it: too old, too quick, too many. What becomes of it each kind of form says itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.web.portal import floods
from gongkai.web.portal.context import county_of, network_of, new_token, setting, token_of
from gongkai.web.portal.uploads import chosen


def form_page(
    request: HttpRequest,
    template: str,
    form: forms.Form,
    told: dict[str, Any],
    *roles: str,
    status: int = 0,
    **more: Any,
) -> HttpResponse:
    """The page of a form: under a token, with what may be attached under `roles`, and that files are to be chosen again."""
    context = {
        **told,
        "form": form,
        "token": more.pop("token", "") or new_token(),
        "megabytes": setting("file_megabytes"),
        "files": setting("files"),
        "files_gone": bool(chosen(request, *roles)),
        "refused": "",
        "question": None,
    }
    return render(request, template, context | more, status=status or (422 if request.method == "POST" else 200))


class Sending:
    """A form with a token, a trap and a question. `name` is what the question asks a sign of: it stands on the page."""

    door = floods.APPLY

    def __init__(self, request: HttpRequest, form: forms.Form, name: str) -> None:
        self.request, self.form, self.name = request, form, name
        self.county = county_of()
        self.token = token_of(request)
        self.network = network_of(request)

    def identity(self) -> str:
        """Who sends it, as it is counted; empty: not counted by person."""
        return ""

    def page(self, **more: Any) -> HttpResponse:
        """The page with the form as it was filled in."""
        raise NotImplementedError

    def again(self, **more: Any) -> HttpResponse:
        """The form once more, as it was filled in."""
        if self.token is not None and "question" not in more and self.near_a_limit():
            more["question"] = self.question()
        return self.page(**({"token": self.request.POST.get("token", "")} | more))

    def too_old(self, button: str) -> HttpResponse:
        """The form once more under a fresh token."""
        self.form.is_valid()
        words = f"这一页打开得太久，已经换新。您填写的内容还在，请核对后再点一次“{button}”。"
        return self.again(refused=words, token=new_token())

    def question(self) -> floods.Question:
        """The question of this form."""
        assert self.token is not None
        return floods.question(self.name, self.token.once)

    def near_a_limit(self) -> bool:
        """Whether much has been sent today from here or by this person."""
        return floods.must_ask(self.county.pk, self.network, self.identity(), self.door)

    def suspicious(self) -> bool:
        """Whether a person should answer a question first."""
        quick = self.token is not None and self.token.age < setting("form_seconds")
        return quick or bool(self.form.cleaned_data.get("website")) or self.near_a_limit()

    def asked(self, button: str) -> HttpResponse | None:
        """The question, when one is to be answered and was not answered right."""
        if not self.suspicious():
            return None
        said, asks = self.form.cleaned_data["reading"], self.question()
        if asks.right(said):
            return None
        words = "答得不对，请再看一遍机关名称。" if said else f"请回答下面的小问题，再点“{button}”。"
        return self.again(refused=words, question=asks)

    def count(self) -> None:
        """Count what is about to be registered. Refused above the limits."""
        floods.count(self.county.pk, self.network, self.identity(), self.door)
