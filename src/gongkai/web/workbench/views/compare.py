"""Reports side by side: all years of an organ, two files that a person chose, organs of the same kind in one year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.annual.series import Line, plain
from gongkai.documents import MEDIA_TYPES
from gongkai.documents.plain_table import Cell, csv_table, table
from gongkai.web import charts
from gongkai.web.annual.selectors import lists
from gongkai.web.annual.selectors.readings import previous_of
from gongkai.web.annual.services.intake import plain_name
from gongkai.web.organs.selectors import listed_organs
from gongkai.web.organs.selectors import organ as organ_with
from gongkai.web.overview import policies
from gongkai.web.overview.selectors import peers as of_peers
from gongkai.web.overview.selectors import years as of_years
from gongkai.web.overview.selectors.likeness import chapters, words_of
from gongkai.web.overview.selectors.reports import HEADLINES
from gongkai.web.overview.selectors.years import CHARTED, Series
from gongkai.web.people.policies import needs, organs_for
from gongkai.web.typed import key_asked, whole_number
from gongkai.web.workbench.asked import organ_or_404
from gongkai.web.workbench.context import county_of, person_of
from gongkai.web.workbench.views.original import attachment

LOOK = policies.COMPARE
CHARTED_PEERS = 30
FORMATS = {"xlsx": MEDIA_TYPES["xlsx"], "csv": "text/csv; charset=utf-8"}


def _organ(request: HttpRequest) -> Any:
    """The organ asked for, else the own one, else the first of the list. Http404 for one that is not there."""
    person = person_of(request)
    asked = key_asked(request.GET.get("organ", ""))
    if asked is not None:
        return organ_or_404(request, asked)
    own = organ_with(person.county, person.organ_id) if person.organ_id else None
    return own or next(iter(listed_organs(person.county)), None)


def _of_organ(request: HttpRequest, organ: Any) -> Series:
    person = person_of(request)
    return of_years.organ_series(
        organ,
        timezone.localdate(),
        frozen_of=organs_for(person, "issuing.look"),
        compiled=policies.can_scope(person, "compilation.look", organ),
    )


def _files(request: HttpRequest) -> tuple[Any, Any]:
    """Two files that were chosen; with the later one alone the year before is looked up."""
    county = county_of(request)
    left_key, right_key = (key_asked(request.GET.get(name, "")) for name in ("left", "right"))
    right = lists.submission_of(county, right_key) if right_key else None
    left = lists.submission_of(county, left_key) if left_key else previous_of(right) if right else None
    return left, right


@needs(LOOK)
@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """All years of an organ; `left` and `right` name two files instead, of whatever organ and year."""
    policies.check_compare(person_of(request))
    if request.GET.get("right") or request.GET.get("left"):
        return _two(request)
    county, organ = county_of(request), _organ(request)
    series = _of_organ(request, organ) if organ else of_years.series(())
    context = _context(request, series) | {
        "organ": organ,
        "organs": listed_organs(county.pk),
        "life": of_years.life_of(organ) if organ else [],
        "chart": _years_chart(series),
        "charted": [(words, series.line(address)) for words, address in CHARTED],
        "rows": _rows(county),
    }
    return render(request, "overview/years.html", context)


def _rows(county: Any) -> list[Any]:
    """The files that can be chosen."""
    unread = ("waiting", "reading", "unreadable")
    return [row for row in lists.sort_rows(lists.rows_of(county), "organ") if row.state not in unread]


def _two(request: HttpRequest) -> HttpResponse:
    county = county_of(request)
    left, right = _files(request)
    series = of_years.file_series(county.pk, [left.pk, right.pk]) if left and right else None
    said = words_of(left), words_of(right)
    context = _context(request, series or of_years.series(())) | {
        "left": left,
        "right": right,
        "chapters": chapters(said[0], said[1]) if said[0] and said[1] else [],
        "rows": _rows(county),
        "two": True,
    }
    return render(request, "overview/years.html", context)


def _context(request: HttpRequest, series: Series) -> dict[str, Any]:
    whole = request.GET.get("all") == "1"
    kept = {key: request.GET[key] for key in ("organ", "left", "right") if request.GET.get(key)}
    return {
        "series": series,
        "tables": series.tables(whole=whole),
        "all": whole,
        "toggle": "?" + urlencode(kept | ({} if whole else {"all": "1"})),
        "exports": [(form.upper(), reverse("compare-export", args=[form]) + "?" + urlencode(kept)) for form in FORMATS],
    }


def _years_chart(series: Series) -> str:
    if series.read < 2:
        return ""
    found = []
    for words, address in CHARTED:
        line = series.line(address)
        if line is not None:
            placed = zip(series.columns, line.places, strict=True)
            values = [(None if at.value is None else float(at.value), column.years) for column, at in placed]
            found.append(charts.Course(words, tuple(value for value, years in values for _ in years)))
    labels = [f"{year}年" for column in series.columns for year in column.years]
    return charts.lines("years", "历年收到、办结和结转的申请", labels, found)


# ── organs of the same kind ──────────────────────────────────────────────────────────────────────────────────────────


def _peers(request: HttpRequest) -> tuple[of_peers.Peers, list[tuple[str, str]], list[int]]:
    person, county = person_of(request), county_of(request)
    frozen_of = organs_for(person, "issuing.look")
    kinds, years = of_peers.kinds_there(county.pk), of_peers.years_there(county.pk, frozen_of)
    year, asked = whole_number(request.GET.get("year", "")), request.GET.get("kind")
    if year not in years:
        year = next(iter(years), timezone.localdate().year - 1)
    organ = _organ(request)
    own = of_peers.kind_of(organ.form) if organ else ""
    kind = asked if asked in dict(kinds) else own
    others = request.GET.get("others") != "0"
    return of_peers.peers(county.pk, kind or "", year, frozen_of, others=others), kinds, years


@needs(LOOK)
@require_GET
def peers(request: HttpRequest) -> HttpResponse:
    """The organs of one kind in one year, those of other places among them."""
    policies.check_compare(person_of(request))
    found, kinds, years = _peers(request)
    own = person_of(request).organ_id
    asked = key_asked(request.GET.get("organ", "")) or own
    here = next((row.name for row in found.rows if asked and row.organ == asked), "")
    bars = [
        (row.name, None if (n := row.figures.values["received"]) is None else float(n))
        for row in found.rows[:CHARTED_PEERS]
    ]
    others = request.GET.get("others") != "0"
    kept = {"year": found.year, "kind": found.kind} | ({} if others else {"others": "0"})
    context = {
        "found": found,
        "kind_words": of_peers.words_of_kinds().get(found.kind, ""),
        "kinds": kinds,
        "years": years or [found.year],
        "others": others,
        "asked": key_asked(request.GET.get("organ", "")) or "",
        "heads": list(HEADLINES.values()),
        "lines": [(row, _cells(row), _share(row), row.organ == asked and asked is not None) for row in found.rows],
        "middles": [(key, found.middle(key), found.said(key)) for key in HEADLINES],
        "chart": charts.lying("peers", f"{found.year}年各机关收到的申请", bars, here=here) if bars else "",
        "cut": max(len(found.rows) - CHARTED_PEERS, 0),
        "exports": [
            (form.upper(), reverse("compare-peers-export", args=[form]) + "?" + urlencode(kept)) for form in FORMATS
        ],
    }
    return render(request, "overview/peers.html", context)


def _cells(row: of_peers.Peer) -> list[str]:
    values = row.figures.values
    return ["没有写明" if (n := values[key]) is None else plain(n) for key in HEADLINES]


def _share(row: of_peers.Peer) -> str:
    found = row.share()
    if found is None:
        return "—"
    return f"{100 * found[0] / found[1]:.1f}%（{plain(found[0])}/{plain(found[1])}）"


# ── as files ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _file(form: str, title: str, name: str, heads: list[tuple[str, int]], rows: Iterator[list[Cell]]) -> HttpResponse:
    data = table(title, heads, rows) if form == "xlsx" else csv_table(heads, rows)
    answer = attachment(data, plain_name(f"{name}.{form}"), FORMATS[form])
    answer.headers["Cache-Control"] = "no-store"
    return answer


@needs(LOOK)
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The years of an organ, or two files, as a workbook or as CSV: every cell, with its changes and why there are none."""
    policies.check_compare(person_of(request))
    if form not in FORMATS:
        raise Http404("没有这种格式")
    left, right = _files(request)
    if left and right:
        series = of_years.file_series(county_of(request).pk, [left.pk, right.pk])
        name = "两份报告对照"
    else:
        organ = _organ(request)
        series, name = (_of_organ(request, organ), f"{organ.name}历年年度报告对照") if organ else (None, "")
    if series is None or not series.columns:
        raise Http404("没有可以对照的报告")
    heads: list[tuple[str, int]] = [("表", 8), ("单元格", 40)]
    for number, column in enumerate(series.columns):
        head = column.head or column.name
        heads.append((f"{head}（{column.edition or '没有报告'}）", 16))
        heads += [(f"{head}增减", 10), (f"{head}增减幅度（%）", 14), (f"{head}说明", 24)] if number else []
    return _file(form, "历年对照", name, heads, _lines_out(series.lines))


def _lines_out(lines: tuple[Line, ...]) -> Iterator[list[Cell]]:
    for line in lines:
        row: list[Cell] = ["二三四"[line.table - 2], line.label]
        for number, place in enumerate(line.places):
            row.append(place.value if place.value is not None else place.words)
            if number:
                change = line.changes[number - 1]
                small = "基数小" if change and change.small else ""
                row += [change.difference, change.percent, change.why or small] if change else ["", "", ""]
        yield row


@needs(LOOK)
@require_GET
def peers_export(request: HttpRequest, form: str) -> HttpResponse:
    """The organs of one kind in one year as a workbook or as CSV."""
    policies.check_compare(person_of(request))
    if form not in FORMATS:
        raise Http404("没有这种格式")
    found, _, _ = _peers(request)
    heads = [
        ("机关", 32),
        ("数据来源", 22),
        *((words, 14) for words in HEADLINES.values()),
        ("公开率（含部分公开）", 22),
    ]
    rows = (
        [row.name, row.source.words, *(_out(row, key) for key in HEADLINES), _share(row).replace("—", "")]
        for row in found.rows
    )
    words = of_peers.words_of_kinds().get(found.kind, "")
    return _file(form, "同类机关对照", f"{found.year}年{words}年度报告对照", heads, rows)


def _out(row: of_peers.Peer, key: str) -> Cell:
    value = row.figures.values[key]
    return "没有写明" if value is None else value
