"""Trainings at the desk: told of, signed, the sheet that went round, the short test, the year in figures."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.web.facts import Refused
from gongkai.web.files.selectors import about
from gongkai.web.organs.selectors import organ as organ_with
from gongkai.web.oversight import policies
from gongkai.web.oversight.selectors import duties, settings
from gongkai.web.oversight.selectors import trainings as selectors
from gongkai.web.oversight.services import trainings as services
from gongkai.web.oversight.services.evidence import look_all
from gongkai.web.people.policies import needs
from gongkai.web.typed import key_asked, number_said
from gongkai.web.workbench.asked import day_of, files_sent, organ_choices, year_of
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.deskfiles import file_answer

LEARN, TRAIN = policies.LEARN, policies.TRAIN


def _hosts(request: HttpRequest, chosen: str = "") -> list[tuple[Any, bool]]:
    """The organs for which this person may hold a training, their own one first."""
    person = person_of(request)
    found = [pair for pair in organ_choices(request, [chosen]) if policies.can_organ(person, TRAIN, pair[0].pk)]
    return sorted(found, key=lambda pair: pair[0].pk != person.organ_id)


@require_http_methods(["GET", "POST"])
@needs(LEARN, post=TRAIN)
def listing(request: HttpRequest) -> HttpResponse:
    """The trainings of a year with their figures; sent: one more."""
    person, today, refused = person_of(request), timezone.localdate(), ""
    if request.method == "POST":
        said = request.POST
        key = key_asked(said.get("host", ""))
        host = organ_with(person.county, key) if key else None
        try:
            if host is None:
                raise Refused("请选择举办的单位。")
            policies.check_organ(person, TRAIN, host.county, host.pk)
            row = services.keep_training(
                audit=audit_of(request), host=host, on=day_of(request, "on", needed="日期") or today, **_told(said)
            )
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, "已记下。")
            return HttpResponseRedirect(reverse("oversight-training", args=[row.stem]))
    seen, year = policies.organs_seen(person, LEARN), year_of(request)
    hosts = _hosts(request, request.POST.get("host", ""))
    context = {
        "lines": selectors.lines(person.county, seen, year),
        "year": year,
        "years": range(today.year + 1, today.year - 4, -1),
        "counted": selectors.counted(person.county, year, today, seen),
        "hosts": hosts,
        "whole_county": seen is None,
        "refused": refused,
        "typed": request.POST if refused else {"on": today.isoformat()},
    }
    return render(request, "oversight/trainings.html", context, status=422 if refused else 200)


def _told(said: Any) -> dict[str, Any]:
    return {
        "title": said.get("title", ""),
        "place": said.get("place", ""),
        "topics": said.get("topics", ""),
        "for_all": said.get("for_all") == "1",
    }


def _training(request: HttpRequest, stem: uuid.UUID, act: str = LEARN) -> Any:
    person = person_of(request)
    found = selectors.training(person.county, stem)
    if found is None:
        raise Http404("没有这次培训")
    policies.check_training(person, act, found.county, found.host_id, for_all=found.for_all and act == LEARN)
    return found


def _page(request: HttpRequest, found: Any, refused: str = "", name: str = "") -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    may_train = policies.can_training(person, TRAIN, found.host_id, for_all=False)
    with transaction.atomic():
        came = selectors.came(found, audit=audit_of(request) if may_train else None)
    paper = selectors.paper(found)
    sittings = selectors.sittings(found, person.pk)
    typed: Any = request.POST if refused else {}
    given = _answers(typed) if name == "sit" else {}
    told = {"title": found.title, "on": found.on.isoformat(), "place": found.place, "topics": found.topics}
    told["for_all"] = "1" if found.for_all else ""
    context = {
        "training": found,
        "line": selectors.line(found),
        "came": came,
        "files": duties.evidence_of("training", [found.stem]).get(found.stem, []),
        "paper": paper,
        "asked": [
            (words, [(choice, place in given.get(number, ())) for place, choice in enumerate(choices)], len(right) > 1)
            for number, (words, choices, right) in enumerate(paper.questions if paper else ())
        ],
        "paper_text": selectors.paper_text(paper) if paper else "",
        "sittings": sittings,
        "passed": any(passed for _, passed in sittings),
        "signed": selectors.signed(found, person.pk),
        "begun": found.on <= today and not found.cancelled,
        "may_train": may_train,
        "may_sign": bool(person.organ_id),
        "mark": settings.pass_mark(person.county, today),
        "organs": organ_choices(request, [request.POST.get("organ", "")]),
        "refused": refused,
        "refused_at": name,
        "typed": typed,
        "change": typed if name == "change" else told,
    }
    response = render(request, "oversight/training.html", context, status=409 if refused else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
@needs(LEARN)
def training(request: HttpRequest, stem: uuid.UUID) -> HttpResponse:
    """One training: who came, its test, its papers."""
    return _page(request, _training(request, stem))


@require_POST
@needs(LEARN)
def act(request: HttpRequest, stem: uuid.UUID, name: str) -> HttpResponse:
    """Sign in, sit the test; for who holds it: change it, take over the sheet, write the questions, add papers."""
    if name not in policies.TRAINING_PERMISSION:
        raise Http404("没有这个办法")
    found = _training(request, stem, policies.TRAINING_PERMISSION[name])
    try:
        done = _do(request, found, name)
    except Refused as error:
        return _page(request, found, str(error), name)
    if done:
        messages.success(request, done)
    return HttpResponseRedirect(reverse("oversight-training", args=[stem]))


def _do(request: HttpRequest, found: Any, name: str) -> str:
    """What was done, in words; nothing where it is told already."""
    person, audit, said = person_of(request), audit_of(request), request.POST
    match name:
        case "sign":
            services.sign(audit=audit, training=found, organ=person.organ)
            return "已签到。"
        case "sit":
            row = services.sit(
                audit=audit, training=found, version=number_said(said.get("version", ""), "题目"), answers=_answers(said),
                organ=person.organ,
            )  # fmt: skip
            if row.passed:
                return f"答对{row.right}题，共{row.asked}题，通过。"
            messages.warning(request, f"答对{row.right}题，共{row.asked}题，没有通过，可以再答一次。")
            return ""
        case "attended":
            organ = key_asked(said.get("organ", ""))
            if organ is None:
                raise Refused("请选择参加人员的单位。")
            names = said.get("names", "")
            rows = services.attended(
                audit=audit, training=found, organ=organ, names=names, files=look_all(files_sent(request))
            )
            return f"已登记{len(rows)}人。"
        case "paper":
            row_of = services.keep_paper(audit=audit, training=found, text=said.get("text", ""))
            return f"已保存，共{len(row_of.questions)}道题。"
        case "files":
            services.add_files(audit=audit, training=found, files=look_all(files_sent(request)))
            return "已存入。"
        case _:
            services.keep_training(
                audit=audit, host=found.host, on=day_of(request, "on", needed="日期") or found.on, stem=found.stem,
                cancelled=said.get("cancelled") == "1", **_told(said),
            )  # fmt: skip
            return "已保存。"


def _answers(said: Any) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for number in range(services.MOST_QUESTIONS):
        picked = [
            int(each) for each in said.getlist(f"q{number}") if each.isascii() and each.isdigit() and len(each) < 3
        ]
        if picked:
            found[number] = picked
    return found


@require_GET
@needs(LEARN)
def file(request: HttpRequest, stem: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """A paper of a training. The sheet that went round bears names: those who hold the training alone open files."""
    found = _training(request, stem, TRAIN)
    row = duties.evidence(found.county, file)
    if row is None or row.kind != "training" or row.of != found.stem:
        raise Http404("没有这个文件")
    told = about(row.file_id)
    return file_answer(row.file_id, told.name, told.media_type)
