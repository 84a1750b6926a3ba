"""Everything that can be taken away, for one report and for all."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.documents import FORMATS
from gongkai.web.annual import policies
from gongkai.web.annual.selectors import lists
from gongkai.web.annual.services import writing
from gongkai.web.annual.services.notice import Letter, notice_of, notices_of
from gongkai.web.facts import Refused
from gongkai.web.organs.services import HOME_NAME
from gongkai.web.people.policies import needs
from gongkai.web.typed import year_asked
from gongkai.web.workbench.context import county_of, person_of, submission_or_404
from gongkai.web.workbench.views.original import attachment


def _answer(request: HttpRequest, back: str, make: Callable[[], writing.Document]) -> HttpResponse:
    """The document as a download; a refusal is said on the page it came from."""
    policies.check_write(person_of(request))
    try:
        document = make()
    except Refused as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(back)
    return attachment(document.data, document.name, document.media_type)


@needs("annual.write")
@require_GET
def one(request: HttpRequest, key: uuid.UUID, form: str) -> HttpResponse:
    """One report: a format of `documents`, `comments`, or its findings as `findings-xlsx` and `findings-csv`."""
    submission = submission_or_404(request, key)
    back = reverse("report", args=[key])
    if form == "comments":
        return _answer(request, back, lambda: writing.commented(submission))
    if form.startswith("findings-"):
        stem = f"{writing.stem_of(submission)}问题清单"
        return _answer(request, back, lambda: writing.finding_list([submission], form[9:], stem))
    return _answer(request, back, lambda: writing.written(submission, form))


@needs("annual.write")
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The form of the rectification notice; sent, it answers with the letter."""
    policies.check_write(person_of(request))
    submission = submission_or_404(request, key)
    typed: dict[str, Any] = {k: request.POST.get(k, "") for k in ("issuer", "number", "day", "reply_by")}
    refused = ""
    if request.method == "POST":
        try:
            document = notice_of(submission, Letter.from_form(typed))
            return attachment(document.data, document.name, document.media_type)
        except Refused as error:
            refused = str(error)
    else:
        typed |= _blank_letter(request)
    try:
        report, found = writing.report_for_writing(submission)
    except Refused as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("report", args=[key]))
    context = {
        "submission": submission,
        "typed": typed,
        "refused": refused,
        "organ": submission.organ.name if submission.organ else report.organ or "",
        "conflicts": [f for f in found if f.grade == "conflict"],
        "doubts": [f for f in found if f.grade == "doubt"],
    }
    return render(request, "workbench/notice.html", context, status=400 if refused else 200)


def _chosen(request: HttpRequest) -> tuple[list[Any], int | None]:
    year = year_asked(request.GET.get("year", ""))
    county = county_of(request)
    rows = lists.sort_rows(lists.filter_rows(lists.rows_of(county), year=year, state=""), "organ")
    found = [lists.submission_of(county, r.key) for r in rows if r.state not in ("waiting", "reading", "unreadable")]
    return [s for s in found if s is not None], year


@needs("annual.write")
@require_GET
def several(request: HttpRequest) -> HttpResponse:
    """What can be taken away of all reports, or of those of a year."""
    policies.check_write(person_of(request))
    return render(request, "workbench/downloads.html", _several(request, _blank_letter(request)))


def _several(request: HttpRequest, typed: dict[str, Any]) -> dict[str, Any]:
    found, year = _chosen(request)
    rows = lists.rows_of(county_of(request))
    return {
        "typed": typed,
        "count": len(found),
        "year": year,
        "years": lists.count_years(rows),
        "formats": [(k, w) for k, w in FORMATS.items()],
        "docx": sum(1 for s in found if s.name.lower().endswith(".docx")),
    }


def _blank_letter(request: HttpRequest) -> dict[str, Any]:
    """A letter of today by the county's own office, as far as its name is known."""
    name = county_of(request).name
    return {
        "issuer": "" if name == HOME_NAME else f"{name}人民政府办公室",
        "day": timezone.localdate().isoformat(),
    }


@needs("annual.write")
@require_POST
def notices(request: HttpRequest) -> HttpResponse:
    """A notice for each report that needs one; the numbers are filled in on paper."""
    policies.check_write(person_of(request))
    typed: dict[str, Any] = {k: request.POST.get(k, "") for k in ("issuer", "day", "reply_by")}
    try:
        document = notices_of(_chosen(request)[0], Letter.from_form(typed))
    except Refused as error:
        context = {**_several(request, typed), "refused": str(error)}
        return render(request, "workbench/downloads.html", context, status=400)
    return attachment(document.data, document.name, document.media_type)


@needs("annual.write")
@require_GET
def findings(request: HttpRequest, form: str) -> HttpResponse:
    """The open findings of all reports as one list."""
    found, year = _chosen(request)
    stem = f"{year}年度报告问题清单" if year else "年度报告问题清单"
    return _answer(request, reverse("downloads"), lambda: writing.finding_list(found, form, stem))


@needs("annual.write")
@require_GET
def archive(request: HttpRequest, form: str) -> HttpResponse:
    """All reports in one format, or the senders' own files with comments, as a zip."""
    if form not in FORMATS and form != "comments":
        raise Http404("没有这种格式")
    found, _ = _chosen(request)
    return _answer(request, reverse("downloads"), lambda: writing.archive(found, form))
