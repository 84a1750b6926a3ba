"""One part of a report's words: writing it with the facts beside, an older version, two people's versions joined."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.annual.narrative.facts import SECTIONS, offers
from gongkai.annual.narrative.joining import differences, join
from gongkai.annual.narrative.slots import fill
from gongkai.web.facts import Refused
from gongkai.web.narrative import policies
from gongkai.web.narrative.selectors.gathering import Gathered, gathered
from gongkai.web.narrative.selectors.showing import groups, shown
from gongkai.web.narrative.selectors.texts import filled_of
from gongkai.web.narrative.selectors.versions import Line, lines_of
from gongkai.web.narrative.selectors.watching import Near, texts_in, watched
from gongkai.web.narrative.services import writing
from gongkai.web.people.policies import needs
from gongkai.web.people.selectors import names_of
from gongkai.web.typed import key_asked
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.reports import scope_asked
from gongkai.web.workbench.views.words import LOOK, WRITE, address_of, of_scope, organ_or_404


def _part(section: str) -> str:
    if section not in SECTIONS:
        raise Http404("没有这一部分")
    return section


def _names(versions: Iterable[Any]) -> dict[uuid.UUID, str]:
    told = list(versions)
    names = names_of({each.by for each in told})
    return {each.pk: names.get(each.by, "") for each in told}


def _with_sentence(words: str, known: Gathered, section: str, wanted: str) -> str:
    """The text with an offered sentence or a slot at its end."""
    found = {offer.key: offer.words for offer in offers(known.facts, section)}
    found |= {f"fact:{told.fact.key}": told.fact.slot for told in known.told if told.fact.value is not None}
    return words + found.get(wanted, "")


def _runs(old: str, new: str) -> list[tuple[str, str]]:
    """What differs, line breaks at the edges of a stretch left out."""
    return [(run.kind, run.words.strip("\n")) for run in differences(old, new) if run.words.strip()]


def _near(request: HttpRequest, near: Near, own: uuid.UUID) -> dict[str, Any]:
    """A report that this one is like; of whom, only where this person may look at that one's words."""
    seen = policies.organs_seen(person_of(request))
    named = near.organ == own or seen is None or near.organ in seen
    return {"near": near, "name": near.name if named else "另一个机关"}


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=WRITE)
def part(request: HttpRequest, organ: uuid.UUID, year: int, section: str) -> HttpResponse:
    """A part as it stands, with the facts beside it; sent: save it, look at it filled in, or add a sentence."""
    found = organ_or_404(request, organ, year, WRITE if request.method == "POST" else LOOK)
    scope = scope_asked(request, found, year)
    lines = lines_of(found, year, scope=scope)
    line = lines[_part(section)]
    if request.method == "GET":
        return _page(request, lines, section)
    words, base = request.POST.get("words", ""), key_asked(request.POST.get("base", ""))
    wanted = request.POST.get("add", "")
    if wanted:
        typed = _with_sentence(words, gathered(found, year), section, wanted)
        return _page(request, lines, section, typed=typed, base=base)
    if request.POST.get("act") == "preview":
        return _page(request, lines, section, typed=words, base=base)
    try:
        kept = writing.save(
            audit=audit_of(request), organ=found, year=year, section=section, words=words, base=base, scope=scope
        )
    except Refused as error:
        return _page(request, lines, section, typed=words, base=base, refused=str(error))
    now = lines_of(found, year, scope=scope)[section]
    if kept in now.beside:
        current = now.current
        assert current is not None
        who = _names([current])[current.pk] or "另一个人"
        messages.warning(
            request,
            f"您打开以后，{who}保存了第{current.number}稿。您写的已经另存为第{kept.number}稿，两稿都在，请合并。",
        )
        address = reverse("words-join", args=[organ, year, section])
        return HttpResponseRedirect(f"{address}?scope={scope}&with={kept.pk}")
    messages.success(request, f"已保存为第{kept.number}稿。" if kept not in line.versions else "文字没有改动。")
    return _to_part(line)


def _to_part(line: Line) -> HttpResponseRedirect:
    """Back to the part itself."""
    address = reverse("words-section", args=[line.organ.pk, line.year, line.section])
    return HttpResponseRedirect(f"{address}?scope={line.scope}")


def _page(
    request: HttpRequest,
    lines: dict[str, Line],
    section: str,
    *,
    typed: str | None = None,
    base: uuid.UUID | None = None,
    refused: str = "",
) -> HttpResponse:
    line = lines[section]
    organ, year, current = line.organ, line.year, line.current
    known = gathered(organ, year)
    words = typed if typed is not None else current.words if current else ""
    words = words.replace("\r\n", "\n")
    filled = {key: filled_of(each.current, known) for key, each in lines.items() if each.current}
    filled[section] = fill(words, known.by_name)
    seen = watched(line, words, filled[section], known, texts_in(filled))
    names = _names(line.versions)
    paragraphs = shown(filled[section], seen.loose, known)
    context = {
        "organ": organ,
        "year": year,
        **of_scope(organ, year, line.scope),
        "section": section,
        "zh": SECTIONS[section],
        "sections": SECTIONS,
        "current": current,
        "base": base if typed is not None else current.pk if current else None,
        "words": words,
        "typed": typed is not None,
        "paragraphs": [[(piece, address_of(piece.opens)) for piece in each] for each in paragraphs],
        "broken": filled[section].broken,
        "seen": seen,
        "last_year": _near(request, seen.last_year, organ.pk) if seen.last_year else None,
        "others": [_near(request, near, organ.pk) for near in seen.others],
        "groups": [
            (group, [(told, address_of(told.opens)) for told in group.facts])
            for group in groups(known, section, line.scope)
        ],
        "beside": [(each, names[each.pk]) for each in line.beside],
        "versions": [(each, names[each.pk]) for each in reversed(line.versions)],
        "writes": policies.can_words(person_of(request), WRITE, organ),
        "most": writing.MOST,
        "refused": refused,
    }
    return render(request, "words/part.html", context, status=409 if refused else 200)


@require_GET
@needs(LOOK)
def version(request: HttpRequest, organ: uuid.UUID, year: int, section: str, number: int) -> HttpResponse:
    """A version as it was saved, beside the one it was written over."""
    found = organ_or_404(request, organ, year)
    scope = scope_asked(request, found, year)
    line = lines_of(found, year, scope=scope)[_part(section)]
    kept = line.numbered(number)
    if kept is None:
        raise Http404("没有这一稿")
    under = line.version(kept.base_id)
    context = {
        "organ": found,
        "year": year,
        **of_scope(found, year, scope),
        "section": section,
        "zh": SECTIONS[section],
        "kept": kept,
        "by": _names([kept])[kept.pk],
        "under": under,
        "joined": line.version(kept.joins_id),
        "runs": _runs(under.words if under else "", kept.words),
        "stands": kept == line.current,
    }
    return render(request, "words/version.html", context)


@require_http_methods(["GET", "POST"])
@needs(WRITE)
def joining(request: HttpRequest, organ: uuid.UUID, year: int, section: str) -> HttpResponse:
    """Two versions side by side with a proposal that keeps both; sent: the joined words."""
    found = organ_or_404(request, organ, year, WRITE)
    scope = scope_asked(request, found, year)
    line = lines_of(found, year, scope=scope)[_part(section)]
    refused, typed = "", None
    if request.method == "POST":
        typed = request.POST.get("words", "")
        one, other = key_asked(request.POST.get("one", "")), key_asked(request.POST.get("other", ""))
        try:
            if one is None or other is None:
                raise Refused("没有找到要合并的两稿，请打开页面重新选择。")
            kept = writing.join(
                audit=audit_of(request), organ=found, year=year, section=section, words=typed, one=one, other=other,
                scope=scope,
            )  # fmt: skip
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, f"两稿已合并为第{kept.number}稿。")
            return _to_part(line)
    return _join_page(request, line, key_asked(request.GET.get("with", "")), typed, refused)


def _join_page(
    request: HttpRequest, line: Line, wanted: uuid.UUID | None, typed: str | None, refused: str
) -> HttpResponse:
    current, beside = line.current, line.beside
    if current is None or not beside:
        if typed is None:
            return _to_part(line)
        other = None
    else:
        other = next((each for each in beside if each.pk == wanted), beside[0])
    common = line.common(current, other) if current and other else None
    proposed = join(common.words if common else "", current.words, other.words) if current and other else None
    context = {
        "organ": line.organ,
        "year": line.year,
        **of_scope(line.organ, line.year, line.scope),
        "section": line.section,
        "zh": SECTIONS[line.section],
        "current": current,
        "other": other,
        "names": _names(line.versions),
        "common": common,
        "runs": _runs(current.words, other.words) if current and other else [],
        "clashes": proposed.clashes if proposed else (),
        "words": typed if typed is not None else proposed.words if proposed else "",
        "by_current": _names([current])[current.pk] if current else "",
        "by_other": _names([other])[other.pk] if other else "",
        "refused": refused,
    }
    return render(request, "words/join.html", context, status=409 if refused else 200)
