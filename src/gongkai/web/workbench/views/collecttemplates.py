"""The city's templates at the desk: the workbook as a grid whose cells are chosen once, and the workbook filled in."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.annual.forms import EDITIONS, Form, form
from gongkai.web.collection import policies
from gongkai.web.collection.selectors.rollup import consolidated
from gongkai.web.collection.services import templates as services
from gongkai.web.facts import Refused
from gongkai.web.files.services import read
from gongkai.web.people.policies import needs
from gongkai.web.typed import whole_number
from gongkai.web.workbench.asked import file_sent
from gongkai.web.workbench.context import audit_of, county_of, person_of
from gongkai.web.workbench.views.collecting import KEEP, LOOK, answer, year_of, year_or_404, years

WORDS = {"words.county": "本县名称", "words.year": "年度", "words.day": "生成日期", "words.organs": "计入的机关数"}


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=KEEP)
def listing(request: HttpRequest) -> HttpResponse:
    """The templates; sent: a new one."""
    refused = ""
    if request.method == "POST":
        try:
            file_name, data = _file(request)
            made = services.add(
                audit=audit_of(request), name=request.POST.get("name", ""), file_name=file_name, data=data
            )
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, "已收下。请指定哪一格填哪个数，以后每年照此填写。")
            return HttpResponseRedirect(reverse("collection-template", args=[made.pk]))
    person = person_of(request)
    context = {
        "rows": services.templates(person.county),
        "refused": refused,
        "typed": request.POST,
        "keeps": policies.can_keep(person),
        "year": year_of(request),
    }
    return render(request, "collection/templates.html", context, status=409 if refused else 200)


def _file(request: HttpRequest) -> tuple[str, bytes]:
    return file_sent(request, "模板文件", services.MOST_BYTES, "请删去图片后再上传。")


def _template_or_404(request: HttpRequest, key: uuid.UUID) -> Any:
    found = services.template_of(person_of(request).county, key)
    if found is None:
        raise Http404("没有这个模板")
    return found


def _choices(of: Form) -> list[tuple[str, list[tuple[str, str]]]]:
    """What may be put into a cell: a figure, a row of table 三 or 四, a whole table, or words."""
    rows = [(f"row:applications.{row.key}", f"表三“{row.label}”一行（向右{len(of.columns)}格）") for row in of.rows]
    whole = ("table:3", f"整张表三（向右{len(of.columns)}格、向下{len(of.rows)}行）")
    four = [(f"row:disputes.{kind.key}", f"表四“{kind.label}”一组（向右{len(of.results)}格）") for kind in of.kinds]
    return [
        ("整行、整表", [whole, *rows, *four]),
        ("表二", [(c.address, _label(c)) for c in of.cells if c.table == 2]),
        ("表三", [(c.address, _label(c)) for c in of.cells if c.table == 3]),
        ("表四", [(c.address, _label(c)) for c in of.cells if c.table == 4]),
        ("文字", list(WORDS.items())),
    ]


def _label(cell: Any) -> str:
    group = "·".join(cell.row.groups[-1:])
    return f"{group}·{cell.label}" if group else str(cell.label)


def _addresses(of: Form, said: str) -> tuple[list[str], int]:
    """The figures that a choice means, and how many stand in a row. Refused for what is no choice."""
    kind, _, key = said.partition(":")
    if said in WORDS or said in of.by_address:
        return [said], 1
    columns = [column.key for column in of.columns]
    results = [column.key for column in of.results]
    if kind == "table":
        return [f"applications.{row.key}.{c}" for row in of.rows for c in columns], len(columns)
    if kind == "row" and f"{key}.{columns[0]}" in of.by_address:
        return [f"{key}.{c}" for c in columns], len(columns)
    if kind == "row" and f"{key}.{results[0]}" in of.by_address:
        return [f"{key}.{c}" for c in results], len(results)
    raise Refused("请选择这一格填什么。")


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=KEEP)
def template(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A template as a grid; sent: what goes into a cell, a newer file, what to do about cells that moved."""
    found = _template_or_404(request, key)
    of = form(EDITIONS[-1])
    refused, status = "", 200
    sheet, at = request.GET.get("sheet", ""), request.GET.get("at", "")
    if request.method == "POST":
        policies.check_keep(person_of(request), found)
        try:
            where = _acted(request, found, of)
        except Refused as error:
            refused, status = str(error), 409
            sheet, at = request.POST.get("sheet", ""), request.POST.get("cell", "")
        else:
            return HttpResponseRedirect(where)
    last = services.newest(found)
    try:
        told, _ = services.worked("template_layout", read(last.file_id))
    except (Refused, FileNotFoundError) as error:
        told, refused = {"sheets": []}, refused or str(error)
    context = {
        "template": found,
        "last": last,
        "refused": refused,
        "keeps": policies.can_keep(person_of(request)) and not last.ended,
        "choices": _choices(of),
        "at": at,
        "gone": [(_words(of, a), each) for a, each in last.gone.items()],
        "sure": sum(len(each["proposals"]) == 1 for each in last.gone.values()),
        "years": years()[:4],
        **_grid(told["sheets"], sheet, last, of),
    }
    return render(request, "collection/template.html", context, status=status)


def _acted(request: HttpRequest, found: Any, of: Form) -> str:
    said, audit = request.POST, audit_of(request)
    seen = whole_number(said.get("seen", "")) or 0
    told: dict[str, Any] = {"audit": audit, "template": found, "seen": seen}
    sheet, cell = said.get("sheet", ""), said.get("cell", "")
    back = reverse("collection-template", args=[found.pk])
    match said.get("act"):
        case "place":
            addresses, columns = _addresses(of, said.get("what", ""))
            services.place(**told, sheet=sheet, cell=cell, addresses=addresses, columns=columns)
            messages.success(request, f"已指定{len(addresses)}格。")
        case "clear":
            services.clear(**told, sheet=sheet, cell=cell)
            messages.success(request, "已取消。")
        case "renew":
            file_name, data = _file(request)
            row = services.renew(**told, file_name=file_name, data=data)
            if row.gone:
                messages.warning(request, f"新模板中有{len(row.gone)}格移动了位置，核对以前不能生成。")
            else:
                messages.success(request, "已更换，各格的位置都没有变。")
        case "agree":
            row = services.agree(**told)
            messages.success(request, f"已采用，还有{len(row.gone)}格要逐格指定。" if row.gone else "已采用。")
        case "drop":
            services.drop(**told)
            messages.success(request, "已去掉模板里不再有的格。")
        case "end":
            services.end(**told)
            messages.success(request, "已停用。")
            return reverse("collection-templates")
        case _:
            raise Refused("请选择要办理的事项。")
    from urllib.parse import urlencode

    return f"{back}?{urlencode({'sheet': sheet})}#grid" if sheet else back


def _words(of: Form, address: str) -> str:
    return WORDS.get(address) or (_label(of.by_address[address]) if address in of.by_address else address)


def _grid(sheets: list[dict[str, Any]], name: str, last: Any, of: Form) -> dict[str, Any]:
    """The sheet that is shown, each cell with what goes into it."""
    shown = next((each for each in sheets if each["name"] == name), sheets[0] if sheets else None)
    placed = {p["cell"]: a for a, p in last.places.items() if shown and p["sheet"] == shown["name"]}
    rows = []
    for number, line in enumerate(shown["rows"] if shown else [], start=1):
        cells = [
            {**each, "what": _words(of, placed[each["at"]]) if each["at"] in placed else ""} for each in line if each
        ]
        rows.append((number, cells))
    heads = [_letters(n) for n in range(shown["columns"])] if shown else []
    return {"sheets": [each["name"] for each in sheets], "sheet": shown, "grid": rows, "heads": heads}


def _letters(column: int) -> str:
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)


@require_GET
@needs(LOOK)
def filled(request: HttpRequest, key: uuid.UUID, year: int) -> HttpResponse:
    """The workbook with the county's figures of a year."""
    found = _template_or_404(request, key)
    county = county_of(request)
    rolled = consolidated(county, year_or_404(year))
    values: dict[str, Any] = {
        address: {"number": str(cell.value)} for address, cell in rolled.cells.items() if cell.value is not None
    }
    told = {
        "words.county": county.name,
        "words.year": str(year),
        "words.day": f"{timezone.localdate():%Y-%m-%d}",
        "words.organs": str(len(rolled.counted)),
    }
    values |= {address: {"words": words} for address, words in told.items()}
    try:
        data = services.filled(found, values)
    except Refused as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("collection-template", args=[found.pk]))
    return answer(data, f"{found.name}{year}年度.xlsx", services.XLSX)
