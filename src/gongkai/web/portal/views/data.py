"""What is public for machines: the map of the site, the catalogue as JSON and CSV, its description in DCAT.

Long answers are made piece by piece and kept by nobody; whoever has one already is told so by its tag.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.proactive.items import items as statutory_items
from gongkai.web.organs.selectors import competent_department
from gongkai.web.people.policies import public
from gongkai.web.portal.context import county_of
from gongkai.web.portal.kept import kept, mark
from gongkai.web.portal.views.items import WHY, absolute
from gongkai.web.proactive.selectors.entries import column_names
from gongkai.web.proactive.selectors.listing import Entry, addresses, pieces, years

PART = 20_000
"""Addresses in one part of the map; the protocol allows fifty thousand."""
_FORMULA = re.compile(r"^[\s\ufeff]*[=+\-@＝＋－＠\t\r]")
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
COLUMNS: tuple[tuple[str, str], ...] = (
    ("index_number", "索引号"),
    ("title", "名称"),
    ("kind_words", "种类"),
    ("organ_name", "公开机关"),
    ("issuer", "发布机构"),
    ("number", "发文字号"),
    ("written_on", "成文日期"),
    ("published_on", "发布日期"),
    ("effective_on", "实施日期"),
    ("expires_on", "有效期至"),
    ("validity_words", "有效性"),
    ("public_until", "公示截止日"),
    ("theme", "主题分类"),
    ("items", "法定主动公开事项"),
    ("columns", "栏目"),
    ("keywords", "关键词"),
    ("summary", "内容概述"),
    ("url", "网址"),
)
"""The columns of the table, in its order."""


def harmless(value: str) -> str:
    """Words that a spreadsheet would take for a formula get an apostrophe before them."""
    words = value.replace("\x00", "")
    return f"'{words}" if _FORMULA.match(words) else words


def _tagged(request: HttpRequest, make: Callable[[], Iterator[bytes]], media_type: str, name: str = "") -> HttpResponse:
    """A long answer in pieces under the mark of what is public; 304 for one who has it."""
    tag = f'W/"{mark().replace(" ", ".")}"'
    if tag in [each.strip() for each in request.headers.get("If-None-Match", "").split(",")]:
        response: Any = HttpResponseNotModified()
    else:
        response = StreamingHttpResponse(make() if request.method == "GET" else (), content_type=media_type)
        if name:
            response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


# ── the map of the site ──────────────────────────────────────────────────────────────────────────────────────────────


@kept
@public(WHY)
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the map: a part, or several, for each year of publication."""
    lines = [_XML, f"<sitemapindex {_MAP}>"]
    for year in years(county_of().pk):
        for part in range(-(-year.count // PART)):
            address = absolute(request, "portal-sitemap-part", year.year, part + 1)
            last = timezone.localtime(year.last_at).isoformat()
            lines.append(f"<sitemap><loc>{escape(address)}</loc><lastmod>{last}</lastmod></sitemap>")
    return HttpResponse("".join([*lines, "</sitemapindex>"]), content_type="application/xml; charset=utf-8")


@public(WHY)
@require_safe
def sitemap_part(request: HttpRequest, year: int, part: int) -> HttpResponse:
    """The addresses of the entries of a year, as many as one part holds."""
    county = county_of()
    if not 1900 <= year <= timezone.localdate().year or not 1 <= part <= 1000:
        raise Http404("没有这一部分")
    base = request.build_absolute_uri("/").rstrip("/")

    def made() -> Iterator[bytes]:
        yield f"{_XML}<urlset {_MAP}>".encode()
        held = []
        for key, at in addresses(county.pk, year, part - 1, PART):
            address = escape(base + reverse("portal-item", args=[key]))
            held.append(f"<url><loc>{address}</loc><lastmod>{timezone.localtime(at).isoformat()}</lastmod></url>")
            if len(held) == 1000:
                yield "".join(held).encode()
                held = []
        yield ("".join(held) + "</urlset>").encode()

    return _tagged(request, made, "application/xml; charset=utf-8")


@kept
@public("tells search engines where they may go")
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: all that is public, and none of the pages of one person."""
    shut = ("/follow", "/apply/", "/search", "/api/", "/login")
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in shut),
        f"Sitemap: {absolute(request, 'portal-sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


# ── the catalogue as data ────────────────────────────────────────────────────────────────────────────────────────────


def _address(base: str, entry: Entry) -> str:
    return base + reverse("portal-item", args=[entry.key])


def _cells(entry: Entry, base: str, columns: dict[str, str]) -> list[str]:
    told = asdict(entry) | {"url": _address(base, entry)}
    known = statutory_items()
    told["items"] = "；".join(known[key].name for key in entry.items if key in known)
    told["columns"] = "；".join(columns[key] for key in entry.columns if key in columns)
    return [harmless("" if told[key] is None else f"{told[key]}") for key, _ in COLUMNS]


@public(WHY)
@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The whole catalogue as a table, for Excel and WPS too."""
    county, base = county_of(), request.build_absolute_uri("/").rstrip("/")
    columns = column_names(county.pk)

    def made() -> Iterator[bytes]:
        held = io.StringIO(newline="")
        writer = csv.writer(held, lineterminator="\r\n")
        held.write("\ufeff")
        writer.writerow([words for _, words in COLUMNS])
        for piece in pieces(county.pk):
            writer.writerows(_cells(entry, base, columns) for entry in piece)
            yield held.getvalue().encode("utf-8", errors="replace")
            held.seek(0)
            held.truncate()
        yield held.getvalue().encode("utf-8", errors="replace")

    return _tagged(request, made, "text/csv; charset=utf-8", "catalogue.csv")


def told_of(entry: Entry, base: str) -> dict[str, Any]:
    """An entry as JSON tells it, by the words of the code."""
    told = asdict(entry) | {"url": _address(base, entry)}
    told["key"], told["organ"] = str(entry.key), str(entry.organ)
    for name in ("published_on", "public_until", "published_at"):
        told[name] = told[name].isoformat() if told[name] else None
    return told


@public(WHY)
@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """The whole catalogue as JSON: an object with `entries`, one a line."""
    county, base = county_of(), request.build_absolute_uri("/").rstrip("/")

    def made() -> Iterator[bytes]:
        head = {"county": county.name, "made_at": timezone.localtime().isoformat(), "url": base + request.path}
        yield (json.dumps(head, ensure_ascii=False)[:-1] + ', "entries": [\n').encode()
        before = ""
        for piece in pieces(county.pk):
            lines = ",\n".join(json.dumps(told_of(entry, base), ensure_ascii=False) for entry in piece)
            yield (before + lines).encode("utf-8", errors="replace")
            before = ",\n"
        yield b"\n]}\n"

    return _tagged(request, made, "application/json; charset=utf-8", "catalogue.json")


def _ways(request: HttpRequest) -> list[dict[str, Any]]:
    """The ways in which the catalogue can be had: whole as a file, and the newest as a feed."""
    had = (
        ("portal-csv", "CSV", "text/csv"),
        ("portal-json", "JSON", "application/json"),
    )
    whole = [
        {
            "@type": "dcat:Distribution",
            "@id": absolute(request, name),
            "dct:title": f"政府信息公开目录（{words}）",
            "dct:format": words,
            "dcat:mediaType": media,
            "dcat:accessURL": {"@id": absolute(request, "portal-feeds")},
            "dcat:downloadURL": {"@id": absolute(request, name)},
        }
        for name, words, media in had
    ]
    newest = [
        {
            "@type": "dcat:Distribution",
            "@id": absolute(request, "portal-feed", form),
            "dct:title": f"最近公开的信息（{form.upper()}）",
            "dcat:mediaType": f"application/{form}+xml",
            "dcat:accessURL": {"@id": absolute(request, "portal-feed", form)},
        }
        for form in ("rss", "atom")
    ]
    return [*whole, *newest]


@kept
@public(WHY)
@require_safe
def dcat(request: HttpRequest) -> HttpResponse:
    """The catalogue described as a data set (DCAT), with the ways in which it can be had."""
    county = county_of()
    competent = competent_department(county.pk)
    publisher = {
        "@type": "foaf:Organization",
        "foaf:name": competent.name if competent else f"{county.name}人民政府",
    }
    told = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@id": absolute(request, "portal-dcat"),
        "@type": "dcat:Catalog",
        "dct:title": f"{county.name}政府信息公开目录",
        "dct:description": "主动公开的政府信息的目录：索引号、名称、发布机构、文号、日期、有效性和网址。",
        "dct:language": "zh-CN",
        "dct:publisher": publisher,
        "foaf:homepage": {"@id": absolute(request, "portal")},
        "dcat:dataset": {
            "@type": "dcat:Dataset",
            "@id": f"{absolute(request, 'portal-dcat')}#catalogue",
            "dct:title": f"{county.name}主动公开的政府信息",
            "dct:description": "每条信息的元数据和网址，随公开、更正和撤回即时更新。",
            "dct:identifier": str(county.pk),
            "dct:publisher": publisher,
            "dcat:landingPage": {"@id": absolute(request, "portal-feeds")},
            "dcat:theme": ["政务公开"],
            "dcat:distribution": _ways(request),
        },
    }
    return JsonResponse(
        told, json_dumps_params={"ensure_ascii": False}, content_type="application/ld+json; charset=utf-8"
    )
