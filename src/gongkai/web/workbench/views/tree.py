"""The tree of organs: as it is today or was on a day; the life of an organ; who answers in whose name."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.web.facts import Refused
from gongkai.web.organs import selectors as found
from gongkai.web.organs import tree as services
from gongkai.web.people.policies import can_some, needs
from gongkai.web.people.selectors import people_at
from gongkai.web.typed import day_said, key_asked
from gongkai.web.workbench.asked import day_of, organ_or_404
from gongkai.web.workbench.context import audit_of, county_of, person_of

DETAILS = ("word", "address", "phone", "hours")


def _organ(request: HttpRequest, words: Any) -> Any:
    """The organ with this key; None for no words. Refused for one that is not there."""
    if not words:
        return None
    key = key_asked(str(words))
    row = found.organ(county_of(request).pk, key) if key else None
    if row is None:
        raise Refused("没有这个机关，请重新选择。")
    return row


@require_http_methods(["GET", "POST"])
@needs("organs.keep_tree")
def tree(request: HttpRequest) -> HttpResponse:
    """The tree on a day. POST: a new organ."""
    county, refused, day = county_of(request), "", timezone.localdate()
    typed = {k: request.POST.get(k, "") for k in ("name", "form", "parent", "competent", "from_on", *DETAILS)}
    try:
        if request.method == "POST":
            details: dict[str, Any] = {k: typed[k] for k in DETAILS}
            row = services.found_organ(
                audit=audit_of(request),
                county=county.pk,
                name=typed["name"],
                form=typed["form"],
                parent=_organ(request, typed["parent"]),
                competent=typed["competent"] == "1",
                from_on=day_said(typed["from_on"]),
                **details,
            )
            messages.success(request, f"已登记“{row.name}”。")
            return HttpResponseRedirect(reverse("organ-tree"))
        day = day_said(request.GET.get("day", "")) or day
    except Refused as error:
        refused = str(error)
    lines = list(found.flat(found.tree(county.pk, day)))
    context = {
        "lines": [(node, found.answering(node.on.organ, day).asked) for node in lines],
        "day": day,
        "today": timezone.localdate(),
        "forms": list(found.FORM_LABELS.items()),
        "organs": found.living_organs(county.pk),
        "competent": found.competent_department(county.pk),
        "can_keep": can_some(person_of(request), "organs.keep_tree"),
        "typed": typed,
        "refused": refused,
    }
    return render(request, "people/tree.html", context)


@require_http_methods(["GET", "POST"])
@needs("organs.keep_tree")
def organ(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One organ: what it is, what it was, who works there. POST: a change from a day on."""
    row, refused = organ_or_404(request, key), ""
    if request.method == "POST":
        sent = {k: request.POST.get(k, "") for k in ("name", "form", *DETAILS)}
        try:
            services.change_organ(
                audit=audit_of(request),
                organ=row,
                from_on=day_of(request, "from_on"),
                reason=request.POST.get("reason", ""),
                parent=_organ(request, request.POST.get("parent", "")),
                competent=request.POST.get("competent") == "1",
                **sent,
            )
            messages.success(request, "已登记变更；变更之前的名称和设置仍可按日期查到。")
            return HttpResponseRedirect(reverse("organ-life", args=[key]))
        except Refused as error:
            refused = str(error)
            row = organ_or_404(request, key)
            for name, value in sent.items():
                setattr(row, name, value)
    context = {
        "organ": row,
        "forms": list(found.FORM_LABELS.items()),
        "labels": found.FORM_LABELS,
        "organs": [o for o in found.living_organs(county_of(request).pk) if o.pk != row.pk],
        "versions": [(v, found.FORM_LABELS.get(v.form, "")) for v in found.versions_of(row)],
        "answering": found.answering(row),
        "people": people_at(row.pk),
        "today": timezone.localdate(),
        "refused": refused,
    }
    return render(request, "people/organ.html", context)


@require_POST
@needs("organs.keep_tree")
def answering(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say in whose name the organ answers, and who is defendant."""
    row = organ_or_404(request, key)
    try:
        services.set_answering(
            audit=audit_of(request),
            organ=row,
            in_name_of=_organ(request, request.POST.get("in_name_of", "")),
            defendant=_organ(request, request.POST.get("defendant", "")),
            reconsideration=request.POST.get("reconsideration", ""),
            court=request.POST.get("court", ""),
            reason=request.POST.get("reason", ""),
        )
        messages.success(request, "已登记以谁的名义答复、谁是被申请人和被告。")
    except Refused as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("organ-life", args=[key]))


@require_POST
@needs("organs.keep_tree")
def merge(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The organ ends; its duties go to another."""
    row = organ_or_404(request, key)
    try:
        services.merge(
            audit=audit_of(request),
            organ=row,
            into=_organ(request, request.POST.get("into", "")),
            on=day_of(request, "on"),
            reason=request.POST.get("reason", ""),
        )
        messages.success(request, f"已登记“{row.name}”撤销。")
    except Refused as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("organ-life", args=[key]))
