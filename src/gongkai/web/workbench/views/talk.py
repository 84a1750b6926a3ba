"""Letters at the desk: what waits for me, the lists, one letter with its clock, letters on paper, the figures."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.web.erasure.selectors import erased_at
from gongkai.web.facts import Refused
from gongkai.web.files import selectors as stored
from gongkai.web.files import services as files
from gongkai.web.interaction import policies
from gongkai.web.interaction.kinds import ASIDE, KINDS, TURNED
from gongkai.web.interaction.selectors import letters as reading
from gongkai.web.interaction.selectors import public as outside
from gongkai.web.interaction.services.facts import days_for
from gongkai.web.interaction.services.hotline import set_days
from gongkai.web.interaction.services.intake import Arriving, register
from gongkai.web.onrequest.services.complaints import ABOUT
from gongkai.web.organs.selectors import living_organs
from gongkai.web.people.policies import can_act, can_some, check_act, needs, whose
from gongkai.web.people.selectors import accounts_on
from gongkai.web.review.selectors import hints
from gongkai.web.typed import day_asked, page_asked, words_asked
from gongkai.web.workbench.asked import organs_offered
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.forms_talk import LetterForm

LOOK = "interaction.look"
PAGE = 50
ACTS = tuple(
    f"interaction.{word}" for word in ("see_personal", "route", "answer", "assist", "review", "set_aside", "withdraw")
)


def letter_or_404(request: HttpRequest, key: uuid.UUID, act: str = LOOK) -> Any:
    """The letter with this key that this person may do `act` to. Http404 when the county has none."""
    person = person_of(request)
    found = reading.letter(person.county, key)
    if found is None:
        raise Http404("没有这件来信")
    policies.check_letter(person, act, found)
    return found


@require_GET
@needs(LOOK)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for this person, due first, and what has waited too long."""
    person = person_of(request)
    organs = policies.organs_seen(person)
    context = {
        "lines": reading.queue(person),
        "too_long": reading.too_long(person.county, organs),
        "cites": reading.CITES,
        "whole_county": organs is None,
        "counts": reading.group_counts(person.county, organs),
    }
    return render(request, "talk/queue.html", context)


@require_GET
@needs(LOOK)
def listing(request: HttpRequest) -> HttpResponse:
    """The letters of a group."""
    person = person_of(request)
    group = request.GET.get("group", "open")
    group = group if group in reading.GROUPS else "open"
    words = words_asked(request.GET)
    kind = request.GET.get("kind", "")
    number = page_asked(request.GET)
    organs = policies.organs_seen(person)
    lines = reading.letters(
        person.county, organs, group, words=words, kind=kind, limit=PAGE + 1, offset=PAGE * (number - 1)
    )
    counts = reading.group_counts(person.county, organs)
    context = {
        "groups": [(key, zh, counts[key]) for key, (zh, _) in reading.GROUPS.items()],
        "group": group,
        "lines": lines[:PAGE],
        "more": number + 1 if len(lines) > PAGE else None,
        "less": number - 1 if number > 1 else None,
        "words": words,
        "kind": kind,
        "kinds": KINDS.values(),
        "whole_county": organs is None,
    }
    return render(request, "talk/letters.html", context)


def page(request: HttpRequest, row: Any, *, refused: str = "", status: int = 200) -> HttpResponse:
    """The page of a letter as it stands."""
    person = person_of(request)
    may_see = policies.can_letter(person, policies.SEE, row)
    with transaction.atomic():
        shown = reading.page(row, audit=audit_of(request), may_see=may_see)
    publication = shown.publication
    context = {
        "page": shown,
        "may_see": may_see,
        "can": policies.may(person, row, *ACTS),
        "asked_here": person.organ_id in shown.then.joined,
        "organs": living_organs(person.county),
        "asides": ASIDE.values(),
        "turned": TURNED.items(),
        "abouts": ABOUT.items(),
        "hints": hints(publication.pk) if publication and shown.publishing == "proposed" else [],
        "alone": not accounts_on(),
        "erased_at": erased_at(row.pk),
        "refused": refused,
        "typed": request.POST if refused else {},
    }
    return render(request, "talk/letter.html", context, status=status)


@require_GET
@needs(LOOK)
def letter(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The page."""
    return page(request, letter_or_404(request, key))


def handed_out(file_id: uuid.UUID) -> HttpResponse:
    """A stored file to be taken down, never to be opened in place."""
    response = HttpResponse(files.read(file_id), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.about(file_id).name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
@needs("interaction.see_personal")
def file(request: HttpRequest, key: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """A file that came with a letter; that it was opened is on record."""
    row = letter_or_404(request, key, "interaction.see_personal")
    found = reading.file_of(row, file)
    if found is None:
        raise Http404("没有这个文件")
    with transaction.atomic():
        audit_of(request).record("interaction.open_file", found, {})
    return handed_out(found.file_id)


@require_http_methods(["GET", "POST"])
@needs("interaction.register")
def new(request: HttpRequest) -> HttpResponse:
    """Key in a letter that came by post, by telephone or over the counter."""
    organs = organs_offered(person_of(request), "interaction.register")
    form = LetterForm(request.POST or None, organs=organs)
    refused = ""
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            done = register(
                audit=audit_of(request),
                arriving=Arriving(
                    kind=told["kind"],
                    title=told["title"],
                    words=told["words"],
                    received_on=told["received_on"],
                    name=told["name"],
                    phone=told["phone"],
                    email=told["email"],
                    addressed=form.organs.get(told["organ"]),
                    may_publish=told["may_publish"],
                    origin=told["origin"],
                    once=told["once"],
                ),
            )
        except Refused as error:
            refused = str(error)
        else:
            words = f"已登记，编号{done.letter.number}，查询码{done.query_code}，请告知来信人。"
            messages.success(request, words)
            person = person_of(request)
            seen = policies.can_letter(person, LOOK, done.letter)
            return HttpResponseRedirect(reverse("talk-letter", args=[done.letter.pk]) if seen else reverse("talk"))
    elif request.method == "POST":
        refused = "有几项需要改正，请看标出的位置。"
    else:
        form = LetterForm(organs=organs, initial=LetterForm.fresh())
    return render(request, "talk/new.html", {"form": form, "refused": refused}, status=422 if refused else 200)


@require_GET
@needs("interaction.statistics")
def figures(request: HttpRequest) -> HttpResponse:
    """What became of the letters of a period, by organ, every rate with its base."""
    person, today = person_of(request), timezone.localdate()
    since = day_asked(request.GET.get("since", "")) or date(today.year, 1, 1)
    until = day_asked(request.GET.get("until", "")) or today
    organs = policies.organs_seen(person, "interaction.statistics")
    rows = [
        (organ.name, found)
        for organ in living_organs(person.county)
        if (organs is None or organ.pk in organs)
        and (found := outside.figures(person.county, since, until, organ.pk)).received
    ]
    whole = outside.figures(person.county, since, until) if organs is None else None
    context = {"rows": rows, "whole": whole, "since": since, "until": until}
    return render(request, "talk/figures.html", context)


@require_http_methods(["GET", "POST"])
@needs(LOOK, post="interaction.set")
def days(request: HttpRequest) -> HttpResponse:
    """How many working days an answer to each kind of letter takes; 本系统规则."""
    person, today = person_of(request), timezone.localdate()
    whole = can_act(person, "interaction.set", "other")
    organ = None if whole else person.organ_id
    refused = ""
    if request.method == "POST":
        if organ is not None:
            check_act(person, "interaction.set", whose(person, organ))
        said = {key: request.POST.get(key, "").strip() for key in KINDS}
        try:
            if any(not words.isdecimal() or len(words) > 3 for words in said.values()):
                raise Refused("答复时间请填写工作日的数目。")
            told = {key: int(words) for key, words in said.items()}
            set_days(audit=audit_of(request), days=told, valid_from=today, organ=organ)
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, "答复时间已经保存，今天起收到的来信照此计算。")
            return HttpResponseRedirect(reverse("talk-days"))
    rows = [(kind, days_for(person.county, kind.key, organ, today)) for kind in KINDS.values()]
    context = {
        "rows": rows,
        "whole": whole,
        "may_set": can_some(person, "interaction.set"),
        "refused": refused,
        "cites": reading.CITES,
    }
    return render(request, "talk/days.html", context, status=422 if refused else 200)
