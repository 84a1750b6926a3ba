"""What the public asks and the county answers: published answers, frequent questions, consultations, responses."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.facts import Refused
from gongkai.web.interaction.kinds import KINDS
from gongkai.web.interaction.selectors import consultations as asked
from gongkai.web.interaction.selectors import public as reading
from gongkai.web.interaction.selectors.responses import responses as responses_of
from gongkai.web.interaction.services import consultations as consulting
from gongkai.web.people.policies import public
from gongkai.web.portal import floods
from gongkai.web.portal.context import audit_of, county_of, private
from gongkai.web.portal.forms_talk import OpinionForm
from gongkai.web.portal.kept import kept
from gongkai.web.portal.listing import leaves
from gongkai.web.portal.sending import Sending, form_page
from gongkai.web.portal.session import OPINION
from gongkai.web.portal.uploads import taken
from gongkai.web.typed import page_asked, words_asked

ANYONE = "公开的问答和意见征集任何人都可以查阅"
SIZE = 20
BUTTON = "提交意见"


@kept
@public(ANYONE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Where one writes, follows, and reads what others asked; with this year's figures and their bases."""
    county, today = county_of().pk, timezone.localdate()
    found, count = reading.answers(county, limit=8)
    context = {
        "kinds": KINDS.values(),
        "answers": found,
        "count": count,
        "questions": reading.questions(county)[:6],
        "figures": reading.figures(county, date(today.year, 1, 1), today),
        "year": today.year,
        "today": today,
    }
    return render(request, "portal/letters.html", context)


@kept
@public(ANYONE)
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """The published answers, by word, organ and kind."""
    county = county_of().pk
    words = words_asked(request.GET, "q")
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in KINDS else ""
    organs = reading.answering_organs(county)
    organ = next((key for key, _, _ in organs if str(key) == request.GET.get("organ", "")), None)
    number = page_asked(request.GET)
    found, count = reading.answers(county, words=words, organ=organ, kind=kind, limit=SIZE, offset=SIZE * (number - 1))
    given = {"q": words, "kind": kind, "organ": str(organ or "")}
    given = {key: value for key, value in given.items() if value}
    context = {
        "answers": found,
        "count": count,
        "words": words,
        "kind": kind,
        "kinds": KINDS.values(),
        "organ": organ,
        "organs": organs,
    }
    return render(request, "portal/answers.html", context | leaves(number, count, SIZE, given))


@kept
@public(ANYONE)
@require_safe
def answer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One published question with its answer."""
    found = reading.answer(county_of().pk, key)
    if found is None:
        raise Http404("没有这件公开的答复，可能已经撤下")
    return render(request, "portal/answer.html", {"answer": found})


@kept
@public(ANYONE)
@require_safe
def faq(request: HttpRequest) -> HttpResponse:
    """The questions that come again and again, each with the entry that answers it."""
    return render(request, "portal/faq.html", {"questions": reading.questions(county_of().pk)})


@kept
@public(ANYONE)
@require_safe
def responses(request: HttpRequest) -> HttpResponse:
    """What was asked, feared or said wrongly in public, and what was answered."""
    number = page_asked(request.GET)
    found, count = responses_of(county_of().pk, limit=SIZE, offset=SIZE * (number - 1))
    return render(request, "portal/responses.html", {"lines": found, "count": count} | leaves(number, count, SIZE))


@kept
@public(ANYONE)
@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """Open consultations first, then those that ended, each with how many opinions came."""
    rows = asked.shown(county_of().pk)
    context = {
        "open": [row for row in rows if row.state in ("open", "coming")],
        "closed": [row for row in rows if row.state == "closed"],
        "answered": [row for row in rows if row.state == "answered"],
        "today": timezone.localdate(),
    }
    return render(request, "portal/consultations.html", context)


def _one(key: uuid.UUID) -> asked.Shown:
    found = asked.shown_one(county_of().pk, key)
    if found is None:
        raise Http404("没有这一征集，可能已经撤回")
    return found


@kept
@public(ANYONE)
@require_safe
def consultation(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One consultation: the draft while it is public, the period, the opinions and what became of them."""
    row = _one(key)
    left = (row.closes_on - timezone.localdate()).days
    return render(request, "portal/consultation.html", {"row": row, "left": left})


class _Sent(Sending):
    """One opinion as it was sent."""

    door = floods.OPINION
    form: OpinionForm

    def __init__(self, request: HttpRequest, row: asked.Shown) -> None:
        super().__init__(request, OpinionForm(request.POST), row.organ)
        self.row = row

    def identity(self) -> str:
        """Who gives it, as it is counted."""
        return str(self.form.cleaned_data.get("contact") or "")

    def answer(self) -> HttpResponse:
        """Take it in, or say what is to be put right."""
        if self.token is None:
            return self.too_old(BUTTON)
        if not self.form.is_valid():
            return self.again()
        given = self.form.given(self.token.once, str(self.row.item), timezone.localdate())
        before = consulting.known_opinion(self.county.pk, given.once)
        if before is not None:
            return self.thanks(before)
        try:
            return self.asked(BUTTON) or self.give(given)
        except Refused as error:
            return self.again(refused=str(error))

    def give(self, given: Any) -> HttpResponse:
        """Look through the files, count, take it in."""
        files = taken(self.request, attachment="attachment")
        self.count()
        done = consulting.give(audit=audit_of(self.county), item=self.row.item, given=replace(given, files=files))
        return self.thanks(done)

    def thanks(self, opinion: Any) -> HttpResponse:
        """To the receipt, which only this browser may see."""
        return OPINION.bind(HttpResponseRedirect(reverse("portal-opinion-receipt") + "?new=1"), opinion)

    def page(self, **more: Any) -> HttpResponse:
        """The form once more."""
        return _opinion_page(self.request, self.row, self.form, **more)


def _opinion_page(request: HttpRequest, row: asked.Shown, form: OpinionForm, **more: Any) -> HttpResponse:
    return form_page(request, "portal/opinion.html", form, {"row": row}, "attachment", **more)


@public("任何人都可以对公开征集的事项提出意见")
@private
@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give an opinion while the period runs."""
    row = _one(key)
    if row.state != "open":
        return render(request, "portal/opinion.html", {"row": row, "closed": True}, status=409)
    if request.method == "POST":
        return _Sent(request, row).answer()
    return _opinion_page(request, row, OpinionForm())
