"""A letter of a case: choose it, write it, pass it through other hands, sign, seal and deliver it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.onrequest.decisions import OUTCOMES, decision, grounds, of_outcome
from gongkai.onrequest.letters import letter_type, letter_types
from gongkai.web.facts import Refused
from gongkai.web.onrequest import lettertext, policies
from gongkai.web.onrequest.lettertext import Text
from gongkai.web.onrequest.selectors import cases as case_selectors
from gongkai.web.onrequest.selectors import letterpage
from gongkai.web.onrequest.selectors.paper import sheets_of
from gongkai.web.onrequest.selectors.released import released_files
from gongkai.web.onrequest.services import delivery, letters
from gongkai.web.onrequest.services.attachments import Upload, look_through
from gongkai.web.people.policies import needs
from gongkai.web.workbench.asked import day_of, number_of
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.cases import application_or_404, typed_lines

PERMISSION = {
    "edit": "onrequest.draft_decision",
    "submit": "onrequest.draft_decision",
    "review": "onrequest.review",
    "approve": "onrequest.approve",
    "sign": "onrequest.sign",
    "seal": "onrequest.seal",
    "send": "onrequest.deliver",
    "outcome": "onrequest.deliver",
    "void": "onrequest.draft_decision",
}
"""Which line of the table a step falls under. A letter may be given back by whoever has the next step."""

ELSEWHERE = ("fee_notice",)
"""Letters that are begun on a page of their own, where their sum is reckoned."""

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _letter(request: HttpRequest, key: uuid.UUID, letter: uuid.UUID, act: str = "onrequest.look") -> tuple[Any, Any]:
    application = application_or_404(request, key, act)
    found = case_selectors.letter_of(application, letter)
    if found is None:
        raise Http404("没有这份文书")
    return application, found


@require_http_methods(["GET", "POST"])
@needs("onrequest.look")
def new(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Choose a decision or another letter; it opens filled from the case."""
    application = application_or_404(request, key, "onrequest.draft_decision")
    refused = ""
    if request.method == "POST":
        try:
            made = letters.draft(
                audit=audit_of(request),
                application=application,
                kind=request.POST.get("kind", ""),
                code=request.POST.get("code", ""),
                parts=tuple(p for p in request.POST.getlist("parts") if p in grounds()),
            )
            return HttpResponseRedirect(reverse("letter", args=[key, made.pk]))
        except Refused as error:
            refused = str(error)
    context = {
        "application": application,
        "outcomes": [(zh, of_outcome(outcome)) for outcome, zh in OUTCOMES.items()],
        "kinds": [
            kind
            for kind in letter_types().values()
            if kind.kind == "letter" and not kind.reply and kind.key not in ELSEWHERE
        ],
        "grounds": grounds().values(),
        "chosen": request.GET.get("kind", ""),
        "refused": refused,
    }
    return render(request, "cases/letter_new.html", context, status=409 if refused else 200)


@require_GET
@needs("onrequest.look")
def letter(request: HttpRequest, key: uuid.UUID, letter: uuid.UUID) -> HttpResponse:
    """The page of a letter: it names whom it is for."""
    application, found = _letter(request, key, letter)
    policies.check_case(person_of(request), "onrequest.see_personal", application)
    return _page(request, application, found)


def _page(request: HttpRequest, application: Any, found: Any, *, refused: str = "", step: str = "") -> HttpResponse:
    person = person_of(request)
    today = timezone.localdate()
    kind = letter_type(found.kind)
    page = letterpage.letter_page(found, today)
    context = {
        "application": application,
        "letter": found,
        "kind": kind,
        "decision": decision(found.decision) if found.decision else None,
        "page": page,
        "can": {name: policies.can_case(person, permission, application) for name, permission in PERMISSION.items()},
        "can_return": any(
            policies.can_case(person, f"onrequest.{name}", application) for name in ("review", "approve", "sign")
        ),
        "today": today,
        "refused": refused,
        "step": step,
        "typed": request.POST if refused else {},
        "typed_lines": typed_lines(request) if refused else [],
        "can_personal": policies.can_case(person, "onrequest.see_personal", application),
        "sheets": sheets_of(found),
        "released": [row.file.plain_name for row in released_files(application)] if found.decision else [],
        "manners": letterpage.manners(),
        "outcomes": letterpage.delivery_outcomes(),
    }
    return render(request, "cases/letter.html", context, status=409 if refused else 200)


def _scan(request: HttpRequest, name: str = "scan") -> Upload | None:
    file = request.FILES.get(name)
    return look_through(file.name or "扫描件", file.read(), "paper_decision") if file else None


def _paper(request: HttpRequest) -> dict[str, Any]:
    """The day of a decision and the scan of its sheet. What was decided on paper, or on an earlier day, needs the scan."""
    on, scan = _on(request) if request.POST.get("on") else timezone.localdate(), _scan(request)
    if scan is None and request.POST.get("on_paper") == "1":
        raise Refused("在纸上办理的，请附签批的扫描件。")
    if scan is None and on < timezone.localdate():
        raise Refused("日期早于今天的，是在纸上办理的，请附签批的扫描件。")
    return {"on": on, "scan": scan}


def _text(request: HttpRequest, found: Any) -> Text:
    """The text as the page sent it: fields, and the body when a person wrote in it."""
    old = lettertext.loaded(lettertext.current(found))
    fields = dict(old.fields)
    for name in letter_type(found.kind).fields:
        said = request.POST.get(f"f-{name}")
        if said is not None:
            fields[name] = said.strip()
    for name in letterpage.day_fields(found.kind):
        day = day_of(request, f"f-{name}") if f"f-{name}" in request.POST else None
        fields |= lettertext.told({name: day}) if day else {}
    body = request.POST.get("body", "")
    own = request.POST.get("own_words") == "1"
    lines = tuple(line.strip() for line in body.splitlines() if line.strip())
    remedy = tuple(line.strip() for line in request.POST.get("remedy", "").splitlines() if line.strip())
    return Text(
        fields={k: v for k, v in fields.items() if v},
        paragraphs=lines if own else (),
        remedy=remedy if request.POST.get("own_remedy") == "1" else (),
        attachments=tuple(line.strip() for line in request.POST.get("attachments", "").splitlines() if line.strip()),
    )


def _facts(request: HttpRequest, found: Any) -> dict[str, Any]:
    """What the event of a procedural letter needs: until, days, matter."""
    said: dict[str, Any] = {}
    until = day_of(request, "until")
    days = number_of(request, "days")
    matter = request.POST.get("matter", "").strip()[:40]
    if until:
        said["until"] = until.isoformat()
    if days:
        said["days"] = days
    if matter:
        said["matter"] = matter
    if letter_type(found.kind).event and not found.decision:
        said["event"] = letter_type(found.kind).event.value  # type: ignore[union-attr]
    return said


def _on(request: HttpRequest) -> date:
    return day_of(request, "on", needed="日期") or timezone.localdate()


Told = dict[str, Any]
"""What every step of a letter is told: the audit, the letter, its revision as the person saw it."""


def _edit(request: HttpRequest, told: Told) -> str:
    letters.edit(text=_text(request, told["letter"]), facts=_facts(request, told["letter"]), **told)
    return "已保存。"


def _submit(request: HttpRequest, told: Told) -> str:
    letters.submit(opinion=request.POST.get("opinion", ""), **told)
    return "已送审。"


def _review(request: HttpRequest, told: Told) -> str:
    letters.review(opinion=request.POST.get("opinion", ""), **_paper(request), **told)
    return "审核通过，已送审批。"


def _approve(request: HttpRequest, told: Told) -> str:
    letters.approve(opinion=request.POST.get("opinion", ""), **_paper(request), **told)
    return "已批准。"


def _send_back(request: HttpRequest, told: Told) -> str:
    letters.send_back(opinion=request.POST.get("opinion", ""), **told)
    return "已退回。"


def _sign(request: HttpRequest, told: Told) -> str:
    letters.sign(
        opinion=request.POST.get("opinion", ""),
        by_hand=number_of(request, "by_hand"),
        late_reason=request.POST.get("late_reason", ""),
        **_paper(request),
        **told,
    )
    return "已签发。"


def _seal(request: HttpRequest, told: Told) -> str:
    letters.put_seal(
        on=_on(request),
        seal=request.POST.get("seal", ""),
        copies=number_of(request, "copies") or 1,
        scan=_scan(request),
        **told,
    )
    return "已登记用印。"


def _send(request: HttpRequest, told: Told) -> str:
    delivery.send(
        audit=told["audit"],
        letter=told["letter"],
        manner=request.POST.get("manner", ""),
        on=_on(request),
        mail_number=request.POST.get("mail_number", ""),
        proof=_scan(request),
    )
    return "已登记送出。"


def _outcome(request: HttpRequest, told: Told) -> str:
    sent = letterpage.open_delivery(told["letter"], request.POST.get("delivery", ""))
    if sent is None:
        raise Refused("没有这次送达，请刷新页面。")
    delivery.came_back(
        audit=told["audit"],
        delivery=sent,
        outcome=request.POST.get("outcome", ""),
        on=_on(request),
        words=request.POST.get("opinion", ""),
        proof=_scan(request),
    )
    return "已登记送达结果。"


def _void(request: HttpRequest, told: Told) -> str:
    letters.void(reason=request.POST.get("opinion", ""), **told)
    return "已作废。文号保留在登记簿中，不再使用。"


STEPS: dict[str, Callable[[HttpRequest, Told], str]] = {
    "edit": _edit,
    "submit": _submit,
    "review": _review,
    "approve": _approve,
    "return": _send_back,
    "sign": _sign,
    "seal": _seal,
    "send": _send,
    "outcome": _outcome,
    "void": _void,
}
"""The steps of a letter by their word in the address; each gives the sentence that says it was done."""


@require_POST
@needs("onrequest.look")
def step(request: HttpRequest, key: uuid.UUID, letter: uuid.UUID, name: str) -> HttpResponse:
    """Do one step of a letter; refused, the page comes back with what was typed."""
    application, found = _letter(request, key, letter)
    if name not in STEPS:
        raise Http404("没有这一步")
    person = person_of(request)
    if name == "return":
        stage = {"for_review": "onrequest.review", "for_approval": "onrequest.approve"}.get(
            found.status, "onrequest.sign"
        )
        policies.check_case(person, stage, application)
    else:
        policies.check_case(person, PERMISSION[name], application)
    try:
        told = {"audit": audit_of(request), "letter": found, "seen": number_of(request, "seen")}
        said = STEPS[name](request, told)
    except Refused as error:
        return _page(request, application, found, refused=str(error), step=name)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("letter", args=[key, letter]))


@require_GET
@needs("onrequest.look")
def document(request: HttpRequest, key: uuid.UUID, letter: uuid.UUID, form: str) -> HttpResponse:
    """The letter as Word or PDF, as it stands."""
    from gongkai.documents.letters import letter_docx, letter_pdf

    application, found = _letter(request, key, letter)
    policies.check_case(person_of(request), "onrequest.see_personal", application)
    printed = letterpage.printable(found, timezone.localdate())
    data, kind = (letter_docx(printed), DOCX) if form == "docx" else (letter_pdf(printed).data, "application/pdf")
    letterpage.opened(audit=audit_of(request), letter=found, form=form)
    response = HttpResponse(data, content_type=kind)
    name = f"{found.number or letter_type(found.kind).zh}.{form}"
    shown = "inline" if form == "pdf" and request.GET.get("show") else "attachment"
    response.headers["Content-Disposition"] = f"{shown}; filename*=UTF-8''{quote(name)}"
    response.headers["Cache-Control"] = "no-store"
    return response
