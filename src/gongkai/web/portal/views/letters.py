"""Writing a letter without an account, and following it by number and code: the answer, and what one says of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.web.facts import Refused
from gongkai.web.interaction.kinds import KINDS, LEVELS
from gongkai.web.interaction.selectors import public as reading
from gongkai.web.interaction.services.acts import rate as rate_answer
from gongkai.web.interaction.services.intake import known, office_of, register
from gongkai.web.organs.selectors import living_organs
from gongkai.web.people.policies import public
from gongkai.web.portal import floods
from gongkai.web.portal.context import audit_of, county_of, private
from gongkai.web.portal.entering import Entrance
from gongkai.web.portal.forms_talk import LetterForm
from gongkai.web.portal.sending import Sending, form_page
from gongkai.web.portal.session import LETTER
from gongkai.web.portal.uploads import taken

WHO = "凭编号和查询码查看本人的来信"
ANYONE = "任何人都可以来信"
WRONG = "没有查到：编号或者查询码不对。请对照来信回执核对，编号要连同年份和横线一起填写。"
BUTTON = "提交来信"
enter, leave = Entrance(LETTER, "portal-letter", "portal/letter_follow.html", "请填写来信编号和查询码。", WRONG).views(
    WHO, "portal-letters"
)


def _form(data: Any = None, **more: Any) -> LetterForm:
    return LetterForm(data, organs=living_organs(county_of().pk), **more)


class _Sent(Sending):
    """One letter as it was sent."""

    door = floods.LETTER
    form: LetterForm

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, _form(request.POST), office_of(county_of().pk).name)

    def identity(self) -> str:
        """Who writes, as it is counted."""
        told = self.form.cleaned_data
        return str(told.get("phone") or told.get("email") or "")

    def answer(self) -> HttpResponse:
        """Register it, or say what is to be put right."""
        if self.token is None:
            return self.too_old(BUTTON)
        if not self.form.is_valid():
            return self.again()
        arriving = self.form.arriving(self.token.once, timezone.localdate())
        before = known(self.county.pk, arriving.once)
        if before is not None:
            return received(before)
        try:
            return self.asked(BUTTON) or self.register(arriving)
        except Refused as error:
            return self.again(refused=str(error))

    def register(self, arriving: Any) -> HttpResponse:
        """Look through the files, count, register."""
        files = taken(self.request, attachment="attachment")
        self.count()
        done = register(audit=audit_of(self.county), arriving=replace(arriving, files=files))
        return received(done.letter)

    def page(self, **more: Any) -> HttpResponse:
        """The form once more."""
        return _page(self.request, self.form, self.name, **more)


def received(letter: Any) -> HttpResponse:
    """To the receipt, which only this browser may see."""
    return LETTER.bind(HttpResponseRedirect(reverse("portal-letter-receipt") + "?new=1"), letter)


def _page(request: HttpRequest, form: LetterForm, office: str, **more: Any) -> HttpResponse:
    return form_page(request, "portal/letter_new.html", form, {"office": office}, "attachment", **more)


@public(ANYONE)
@private
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a letter. What was typed stays when something is refused."""
    if request.method == "POST":
        return _Sent(request).answer()
    try:
        office = office_of(county_of().pk).name
    except Refused as error:
        return render(request, "portal/letter_new.html", {"closed": str(error)})
    kind = request.GET.get("kind", "")
    return _page(request, _form(initial={"kind": kind} if kind in KINDS else None), office)


@public(WHO)
@private
@require_GET
@LETTER.follows
def receipt(request: HttpRequest, letter: Any) -> HttpResponse:
    """The receipt: number, day, query code; to be printed or copied."""
    context = {
        "letter": letter,
        "code": reading.code_of(letter),
        "standing": letter.standing,
        "kind": KINDS[letter.kind].zh,
        "new": "new" in request.GET,
    }
    return render(request, "portal/letter_receipt.html", context)


def _mine(request: HttpRequest, letter: Any, refused: str = "") -> HttpResponse:
    context = {
        "page": reading.followed(letter),
        "letter": letter,
        "kind": KINDS[letter.kind].zh,
        "levels": LEVELS.items(),
        "refused": refused,
        "typed": request.POST if refused else {},
        "done": "rated" in request.GET,
    }
    return render(request, "portal/letter.html", context, status=422 if refused else 200)


@public(WHO)
@private
@require_GET
@LETTER.follows
def mine(request: HttpRequest, letter: Any) -> HttpResponse:
    """Where the letter stands, and its answer."""
    with transaction.atomic():
        reading.opened(audit=audit_of(county_of()), letter=letter)
    return _mine(request, letter)


@public(WHO)
@private
@require_POST
@LETTER.follows
def rate(request: HttpRequest, letter: Any) -> HttpResponse:
    """Say once whether the answer is satisfying."""
    level, words = request.POST.get("level", ""), request.POST.get("words", "")[:600]
    try:
        rate_answer(audit=audit_of(county_of()), letter=letter, level=level, words=words)
    except Refused as error:
        return _mine(request, letter, str(error))
    return HttpResponseRedirect(reverse("portal-letter") + "?rated=1")
