"""The catalogue at the desk: the list of entries, drafting a new one, changing a draft, and what is due."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.proactive.catalogue import kinds
from gongkai.proactive.coverage import fields
from gongkai.proactive.procedure import Act
from gongkai.web.coverage import policies as of_lines
from gongkai.web.coverage.selectors import suggest
from gongkai.web.coverage.services import placing
from gongkai.web.facts import Refused
from gongkai.web.people.policies import needs
from gongkai.web.proactive import policies
from gongkai.web.proactive.selectors import entries as selectors
from gongkai.web.proactive.selectors.alike import alike as alike_to
from gongkai.web.proactive.selectors.facts import files_of, linked, newest_version, possible, progress
from gongkai.web.proactive.services import drafting, relations
from gongkai.web.proactive.services.drafting import KeptFile, NewFile, look_through, read_article
from gongkai.web.typed import key_asked, page_asked, words_asked
from gongkai.web.workbench.asked import files_sent, organs_offered
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.forms_entries import EntryForm
from gongkai.web.workbench.views.entry import item_or_404

DRAFT, LOOK = "proactive.draft", "proactive.look"
PAGE = 50


@require_GET
@needs(LOOK)
def listing(request: HttpRequest) -> HttpResponse:
    """The entries of a group, newest first."""
    person = person_of(request)
    group = request.GET.get("group", "drafts")
    group = group if group in selectors.GROUPS else "drafts"
    words, kind = words_asked(request.GET), request.GET.get("kind", "")
    number = page_asked(request.GET)
    organs = policies.organs_seen(person)
    lines = selectors.entries(
        person.county, organs, group, words=words, kind=kind, limit=PAGE + 1, offset=PAGE * (number - 1)
    )
    counts = selectors.group_counts(person.county, organs)
    context = {
        "groups": [(key, zh, counts[key]) for key, (zh, _) in selectors.GROUPS.items()],
        "group": group,
        "lines": lines[:PAGE],
        "more": number + 1 if len(lines) > PAGE else None,
        "less": number - 1 if number > 1 else None,
        "words": words,
        "kind": kind,
        "kinds": kinds().values(),
        "whole_county": organs is None,
        "may_draft": bool(organs_offered(person, DRAFT)),
    }
    return render(request, "entries/list.html", context)


def _files(request: HttpRequest) -> tuple[NewFile | KeptFile, ...]:
    """The files that are kept, as they are called now, then those newly sent."""
    kept = []
    for key in request.POST.getlist("keep"):
        said = request.POST
        role = "picture" if said.get(f"role_{key}") == "picture" else "attachment"
        try:
            kept.append(KeptFile(uuid.UUID(key), role, said.get(f"name_{key}", ""), said.get(f"alt_{key}", "")))
        except ValueError as error:
            raise Refused("有一个文件不是本条目的，请重新上传。") from error
    new = [look_through(*each) for each in files_sent(request)]
    alt = request.POST.get("picture_alt", "")
    for file in request.FILES.getlist("pictures"):
        new.append(look_through(file.name or "未命名", file.read(), "picture", alt))
    return (*kept, *new)


def _own(person: Any, organs: list[Any]) -> Any:
    return next((organ for organ in organs if organ.pk == person.organ_id), organs[0] if organs else None)


def _empty(person: Any, organs: list[Any], data: Any = None, **more: Any) -> EntryForm:
    """A form for a new entry of the person's own organ."""
    own = _own(person, organs)
    initial = EntryForm.fresh(own.name if own else "") | ({"organ": str(own.pk)} if own else {}) | more
    return EntryForm(
        data,
        organs=organs,
        county=person.county,
        form=own.form if own and len(organs) == 1 else "",
        lines=standard_lines(person, own) if own and len(organs) == 1 else (),
        initial=initial,
    )


def standard_lines(person: Any, organ: Any, title: str = "") -> list[tuple[str, str]]:
    """The lines of the standard catalogues that an organ's entry may stand on, those like its title first."""
    if not of_lines.can_organ(person, of_lines.PLACE, organ):
        return []
    every = [
        (row.key, f"{fields()[row.catalogue.field].zh}｜{row.said().item}：{row.content}"[:120])
        for row in suggest.lines_of_organ(person.county, organ.pk)
    ]
    likely = [each.key for each in suggest.lines_for(person.county, organ.pk, title)] if title and every else []
    return sorted(every, key=lambda each: likely.index(each[0]) if each[0] in likely else len(likely))


def _set_lines(request: HttpRequest, form: EntryForm, item: Any) -> None:
    if "lines" in form.fields:
        placing.set_lines(audit=audit_of(request), entry=item.pk, lines=form.cleaned_data["lines"])


@require_POST
@needs(DRAFT)
def bring(request: HttpRequest) -> HttpResponse:
    """Begin an entry with the text of a Word file: headings and tables stay; nothing is kept before it is saved."""
    person = person_of(request)
    organs = organs_offered(person, DRAFT)
    said: dict[str, Any] = {}
    refused = ""
    try:
        file = request.FILES.get("word")
        if file is None:
            raise Refused("请选择一个Word文档。")
        said = read_article(file.name or "未命名", file.read())
    except Refused as error:
        refused = str(error)
    form = _empty(person, organs, title=said.get("title", ""), body=said.get("html", ""))
    if said.get("left_out"):
        messages.warning(request, f"没有带入：{'、'.join(said['left_out'])}。请核对正文，图片另行上传。")
    context = {"form": form, "refused": refused, "files": [], "item": None}
    return render(request, "entries/form.html", context, status=422 if refused else 200)


@require_GET
@needs(DRAFT)
def alike(request: HttpRequest) -> HttpResponse:
    """Entries that may be the same as the one being drafted, as a part of the form."""
    person, said = person_of(request), request.GET
    organ = next((o for o in organs_offered(person, DRAFT) if str(o.pk) == said.get("organ")), None)
    told = (said.get("title", ""), said.get("document_number", ""), key_asked(said.get("but", "")))
    return render(request, "entries/_alike.html", {"found": alike_to(organ.pk, *told) if organ else []})


def _interprets(request: HttpRequest) -> Any:
    """The policy of which an interpretation is being drafted, if it is one that this person may draft for."""
    key = key_asked(request.POST.get("interprets") or request.GET.get("interprets", ""))
    return item_or_404(request, key, DRAFT) if key else None


def _begun(request: HttpRequest) -> dict[str, Any]:
    """What the address of an empty form asks it to begin with."""
    policy = _interprets(request)
    if policy:
        title = f"《{policy.standing.title}》政策解读"[:200]
        return {
            "kind": "interpretation",
            "title": title,
            "interpretation_form": ["text"],
            "columns": ["interpretations"],
        }
    kind, line = request.GET.get("kind", ""), request.GET.get("line", "")
    return ({"kind": kind} if kind in kinds() else {}) | ({"lines": [line]} if line else {})


def _warn_alike(request: HttpRequest, item: Any) -> None:
    """Tell who saved a draft of entries that may be the same."""
    version = newest_version(item)
    assert version is not None
    number = str(version.metadata.get("document_number", ""))
    named = [each.title for each in alike_to(item.organ_id, version.title, number, item.pk)]
    named += [other.title for other, _ in selectors.near_duplicates(version) if other.title not in named]
    if named:
        shown = "、".join(f"《{title}》" for title in named[:3])
        messages.warning(request, f"目录里有可能重复的条目：{shown}。请核对是否重复。")


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def new(request: HttpRequest) -> HttpResponse:
    """Draft an entry."""
    person = person_of(request)
    organs = organs_offered(person, DRAFT)
    policy = _interprets(request)
    form = _empty(person, organs, request.POST or None, **_begun(request))
    refused = ""
    if request.method == "POST":
        if form.is_valid():
            try:
                files = _files(request)
                with transaction.atomic():
                    item = drafting.draft(
                        audit=audit_of(request),
                        organ=form.organ_chosen,
                        content=form.content(files),
                        once=form.cleaned_data["once"],
                    )
                    _set_lines(request, form, item)
                    if policy and not linked(item):
                        relations.link(audit=audit_of(request), item=item, other=policy, kind="interprets")
            except Refused as error:
                refused = str(error)
            else:
                messages.success(request, "已存为草稿。")
                _warn_alike(request, item)
                return HttpResponseRedirect(reverse("entry", args=[item.pk]))
        else:
            refused = "有几项需要改正，请看标出的位置。"
    context = {"form": form, "refused": refused, "files": [], "item": None, "interprets": policy}
    return render(request, "entries/form.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def edit(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Change a draft: each saving is a further version."""
    item = item_or_404(request, key, DRAFT)
    person = person_of(request)
    version = newest_version(item)
    assert version is not None
    may = possible(item, Act.EDIT)
    if not may.allowed:
        messages.error(request, may.reason)
        return HttpResponseRedirect(reverse("entry", args=[key]))
    initial = EntryForm.of(drafting.content_of(version), item.standing.revision, item.organ_id)
    initial["body"] = selectors.body_for_desk(item, version)
    initial["lines"] = suggest.placed_on(item.pk)
    form = EntryForm(
        request.POST or None,
        organs=[item.organ],
        county=person.county,
        form=item.organ.form,
        lines=standard_lines(person, item.organ, version.title),
        initial=initial,
    )
    refused = ""
    if request.method == "POST":
        if form.is_valid():
            try:
                files = _files(request)
                with transaction.atomic():
                    drafting.edit(
                        audit=audit_of(request),
                        item=item,
                        content=form.content(files),
                        seen=form.cleaned_data["seen"],
                    )
                    _set_lines(request, form, item)
            except Refused as error:
                refused = str(error)
            else:
                messages.success(request, f"已保存为第{progress(item).version}稿。")
                _warn_alike(request, item)
                return HttpResponseRedirect(reverse("entry", args=[key]))
        else:
            refused = "有几项需要改正，请看标出的位置。"
    context = {"form": form, "refused": refused, "files": files_of(version), "item": item}
    return render(request, "entries/form.html", context, status=409 if refused else 200)
