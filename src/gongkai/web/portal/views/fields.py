"""法定主动公开内容 by grass-roots field: the county's standard catalogues, and what is public on their lines."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.web.coverage.selectors.public import in_field, in_fields
from gongkai.web.people.policies import public
from gongkai.web.portal.context import county_of
from gongkai.web.portal.kept import kept
from gongkai.web.portal.listing import lines_of

FIRST = 5
"""Entries of a line that are shown at once; the others unfold."""


@kept
@public("基层政务公开领域")
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """The fields for which the county keeps a catalogue."""
    return render(request, "portal/fields.html", {"rows": in_fields(county_of().pk)})


@kept
@public("基层政务公开标准目录")
@require_safe
def field(request: HttpRequest, key: str) -> HttpResponse:
    """The lines of a field's catalogue, each with what is public on it."""
    found = in_field(county_of().pk, key)
    if found is None:
        raise Http404("没有这一领域的目录")
    groups = []
    for name, lines in found.groups:
        told = [(line, lines_of(line.entries)) for line in lines]
        groups.append((name, [(line.row, entries[:FIRST], entries[FIRST:]) for line, entries in told]))
    return render(request, "portal/field.html", {"found": found, "groups": groups})
