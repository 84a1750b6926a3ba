"""The public appraises the work of the year: what is asked now, one sheet without an account, what came of it."""

from __future__ import annotations

import csv
import io
import json
import uuid
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web import sealed
from gongkai.web.appraisal.selectors import questionnaires as reading
from gongkai.web.appraisal.selectors import results
from gongkai.web.appraisal.selectors.showing import shown
from gongkai.web.appraisal.services import taking
from gongkai.web.facts import Refused
from gongkai.web.limits.services import Rule, knock, take_back
from gongkai.web.people.policies import public
from gongkai.web.portal import floods
from gongkai.web.portal.context import audit_of, county_of, private, setting
from gongkai.web.portal.forms_appraisal import AnswerForm
from gongkai.web.portal.kept import kept
from gongkai.web.portal.sending import Sending, form_page
from gongkai.web.portal.views.data import harmless

ANYONE = "社会评议的问卷和公布的结果任何人都可以查阅"
BUTTON = "提交问卷"
FORMS = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


@kept
@public(ANYONE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is asked now, what is to come, what ended, and what came of it."""
    rows = reading.lines(county_of().pk, timezone.localdate(), public=True)
    context = {
        "open": [line for line in rows if line.state in ("open", "coming")],
        "closed": [line for line in rows if line.state == "over" and not line.published],
        "published": [line for line in rows if line.state == "over" and line.published],
    }
    return render(request, "portal/appraisals.html", context)


def _number(request: HttpRequest, name: str) -> int | None:
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else None


def _one(key: uuid.UUID, number: int | None = None) -> Any:
    found = reading.version(county_of().pk, key, number)
    if found is None:
        raise Http404("没有这份问卷，可能地址写错了")
    return found


def _edition(request: HttpRequest, row: Any) -> tuple[list[results.Published], results.Published | None]:
    """Every published result of a version, and the one that is asked for: the newest where none is named."""
    every, asked = results.published(row), _number(request, "edition")
    found = next((each for each in every if asked in (None, each.edition)), None)
    if asked is not None and found is None:
        raise Http404("没有公布过这一次的结果")
    return every, found


@kept
@public(ANYONE)
@require_safe
def one(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One questionnaire: whom it appraises, until when, and the published result with its charts and tables."""
    row, today = _one(key, _number(request, "version")), timezone.localdate()
    every, edition = _edition(request, row)
    result = shown(edition.result, request.GET.get("organ", "")[:40]) if edition else None
    if edition and result is None:
        raise Http404("这份问卷不评议这个机关")
    context = {
        "row": row,
        "state": reading.state_of(row, today),
        "last": reading.last_day(row),
        "ending": reading.ending_of(row),
        "left": (row.closes_on - today).days,
        "organs": reading.subjects_of(row),
        "questions": reading.questions_of(row),
        "versions": reading.versions(row.county, row.stem),
        "edition": edition,
        "editions": every,
        "shown": result,
    }
    return render(request, "portal/appraisal.html", context)


class _Sent(Sending):
    """One sheet as it was sent."""

    door = floods.APPRAISAL
    form: AnswerForm

    def __init__(self, request: HttpRequest, row: Any, organ: Any) -> None:
        super().__init__(request, _form(row, request.POST), organ.name)
        self.row, self.organ = row, organ

    def answer(self) -> HttpResponse:
        """Take it in, or say what is to be put right."""
        if self.token is None:
            return self.too_old(BUTTON)
        if not self.form.is_valid():
            return self.again()
        once = f"portal:{sealed.lookup('appraisal once', self.token.once)}"
        if taking.known(self.county.pk, once) is not None:
            return self.thanks()
        try:
            return self.asked(BUTTON) or self.give(once)
        except Refused as error:
            return self.again(refused=str(error))

    def give(self, once: str) -> HttpResponse:
        """Count, take it in."""
        if self.row.invited:
            self.knock()
        sheet, code = self.form.sheet(self.organ.pk), self.form.typed_code()
        self.count()
        taking.take(audit=audit_of(self.county), row=self.row, sheet=sheet, once=once, code=code)
        if self.row.invited:
            take_back(county=self.county.pk, kind="appraisal_code_from", what=self.network)
        return self.thanks()

    def knock(self) -> None:
        """Count a try of a code before it is judged. Refused after too many wrong ones from here."""
        seconds = setting("code_minutes") * 60
        rule = Rule(setting("code_most"), setting("code_most_address"), seconds, seconds)
        if knock(county=self.county.pk, kind="appraisal_code_from", what=self.network, rule=rule):
            raise Refused("邀请码输错的次数较多，请过一会儿再试，或者向发信的单位核对。")

    def thanks(self) -> HttpResponse:
        """It is in: once, however often it was sent."""
        return HttpResponseRedirect(reverse("portal-appraisal-thanks", args=[self.row.stem]))

    def page(self, **more: Any) -> HttpResponse:
        """The form once more."""
        return _page(self.request, self.row, self.organ, self.form, **more)


def _form(row: Any, data: Any = None) -> AnswerForm:
    return AnswerForm(data, questions=reading.questions_of(row), invited=row.invited)


def _page(request: HttpRequest, row: Any, organ: Any, form: AnswerForm, **more: Any) -> HttpResponse:
    return form_page(request, "portal/appraisal_answer.html", form, {"row": row, "organ": organ}, **more)


@public("任何人都可以参加社会评议")
@private
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, key: uuid.UUID, organ: uuid.UUID) -> HttpResponse:
    """Answer about one organ while it runs."""
    row = _one(key)
    about = next((each for each in reading.subjects_of(row) if each.pk == organ), None)
    if about is None:
        raise Http404("这份问卷不评议这个机关")
    try:
        taking.check_open(row, timezone.localdate())
    except Refused as error:
        told = {"row": row, "organ": about, "closed": str(error)}
        return render(request, "portal/appraisal_answer.html", told, status=409)
    if request.method == "POST":
        return _Sent(request, row, about).answer()
    return _page(request, row, about, _form(row))


@public("任何人都可以参加社会评议")
@private
@require_safe
def thanks(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """It is in."""
    row = _one(key)
    return render(request, "portal/appraisal_thanks.html", {"row": row, "organs": reading.subjects_of(row)})


@public(ANYONE)
@require_safe
def download(request: HttpRequest, key: uuid.UUID, form: str) -> HttpResponse:
    """A published result as data, as it was frozen."""
    row = _one(key, _number(request, "version"))
    _, edition = _edition(request, row)
    if edition is None or form not in FORMS:
        raise Http404("没有公布的结果，或者没有这种格式")
    told = edition.result | {"published_on": edition.on.isoformat()}
    made = _csv if form == "csv" else _json
    response = HttpResponse(made(told), content_type=FORMS[form])
    name = quote(f"{told['title']}结果.{form}")
    response.headers["Content-Disposition"] = f"attachment; filename=\"result.{form}\"; filename*=UTF-8''{name}"
    response.headers["Cache-Control"] = "no-cache"
    return response


def _json(result: dict[str, Any]) -> bytes:
    return (json.dumps(result, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(result: dict[str, Any]) -> bytes:
    """The figures line by line; what a spreadsheet would take for a formula is kept from being one."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(("机关", "题号", "题目", "答案", "份数", "基数", "比例（%）"))
    for line in results.flat(result):
        writer.writerow([harmless(str(each)) for each in line])
    return held.getvalue().encode("utf-8-sig")
