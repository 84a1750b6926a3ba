"""An organ's own report on its way: check and answers, the draft for signature, its versions and what differs since."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.annual.report import COUNTY, SCOPES
from gongkai.documents import FORMATS, MEDIA_TYPES
from gongkai.documents.sheets import sheet_docx, sheet_pdf
from gongkai.web.annual.services.publishing import files_of
from gongkai.web.compilation import policies as figures
from gongkai.web.facts import Refused
from gongkai.web.issuing import policies
from gongkai.web.issuing.differing import Differences, label_of
from gongkai.web.issuing.scopes import scopes_of
from gongkai.web.issuing.selectors import paper, versions
from gongkai.web.issuing.selectors.assembled import assembled, report_of, title_of, verdict
from gongkai.web.issuing.selectors.differences import between
from gongkai.web.issuing.services.handing import why_not_yet
from gongkai.web.issuing.services.looking import look
from gongkai.web.organs.selectors import organ as organ_with
from gongkai.web.people.policies import needs
from gongkai.web.people.selectors import names_of
from gongkai.web.workbench.context import person_of
from gongkai.web.workbench.deskfiles import SCANS, file_answer
from gongkai.web.workbench.views.original import attachment
from gongkai.web.workbench.views.reports import FIRST_YEAR, report_organ, scope_asked, who_report, year_asked

LOOK = policies.LOOK
ACTS = {"hand_over": policies.HAND_OVER, "sign": policies.SIGN, "freeze": policies.FREEZE, "publish": policies.PUBLISH}
TAKEN = ("docx", "pdf", "ofd", "xlsx", "json")
SHOWN = 200
"""Records named on a page of differences; the figures say how many there are."""


def organ_or_404(request: HttpRequest, key: uuid.UUID, year: int, act: str = LOOK) -> Any:
    """The organ whose report it is, when this person may do `act` to it. Http404 for none, and for no such year."""
    found = report_organ(request, key, year)
    policies.check_report(person_of(request), act, found)
    return found


def draft_or_404(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID, act: str = LOOK) -> Any:
    """The draft with this key, when it is of this organ and year and this person may do `act` to it."""
    of = organ_or_404(request, organ, year, act)
    found = versions.draft_of(of.county, key)
    if found is None or (found.organ_id, found.year) != (of.pk, year):
        raise Http404("没有这一稿")
    return found


def frozen_or_404(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID, act: str = LOOK) -> Any:
    """The frozen version with this key, when it is of this organ and year and this person may do `act` to it."""
    of = organ_or_404(request, organ, year, act)
    found = versions.frozen_of(of.county, key)
    if found is None or (found.organ_id, found.year) != (of.pk, year):
        raise Http404("没有这一版")
    return found


def may(request: HttpRequest, organ: Any) -> dict[str, bool]:
    """What this person may do to the report of an organ."""
    return {word: policies.can_report(person_of(request), act, organ) for word, act in ACTS.items()}


@require_GET
@needs(LOOK)
def listing(request: HttpRequest) -> HttpResponse:
    """Where the report of every organ that this person sees stands, for a year."""
    person, today = person_of(request), timezone.localdate()
    year = year_asked(request, today)
    organs, whole = who_report(person.county, year, policies.organs_seen(person))
    rows = [
        *versions.standings(person.county, year, whole, COUNTY),
        *versions.standings(person.county, year, organs),
    ]
    wanted = request.GET.get("state", "")
    counts = [(key, words, sum(row.state == key for row in rows)) for key, words in versions.STATES.items()]
    shown = [row for row in rows if not wanted or row.state == wanted or (wanted == "differs" and row.differs)]
    context = {
        "rows": shown,
        "whole": len(rows),
        "counts": [each for each in counts if each[2]],
        "differ": sum(row.differs for row in rows),
        "wanted": wanted,
        "year": year,
        "years": range(today.year, FIRST_YEAR - 1, -1),
    }
    return render(request, "issuing/list.html", context)


def page(
    request: HttpRequest, organ: Any, year: int, scope: str, *, refused: str = "", status: int = 200
) -> HttpResponse:
    """Where a report stands, and what may be done next."""
    draft, stands = versions.open_draft(organ, year, scope), versions.newest(organ, year, scope)
    found = look(stands) if stands else None
    context: dict[str, Any] = {
        "organ": organ,
        "year": year,
        "scope": scope,
        "scopes": [(each, SCOPES[each]) for each in scopes_of(organ, year)],
        "of_county": scope == COUNTY,
        "draft": draft,
        "drafts": versions.drafts_of(organ, year, scope),
        "versions": versions.versions_of(organ, year, scope),
        "stands": stands,
        "public": versions.public_of(stands) if stands else None,
        "changed": found.differences if found else None,
        "noted": versions.noted_of(stands, found.differences.stamp) if stands and found else None,
        "may": may(request, organ),
        "refused": refused,
        "typed": request.POST if refused else {},
        **(_checked(organ, year, scope) if draft is None else {}),
    }
    return render(request, "issuing/page.html", context, status=status)


def _checked(organ: Any, year: int, scope: str) -> dict[str, Any]:
    """What keeps the report from signature now, with every finding and what was said to it."""
    made = assembled(organ, year, scope=scope)
    try:
        found = verdict(organ, made)
    except Refused as error:
        return {"unchecked": str(error)}
    answers = versions.answers_of(organ, year, scope)
    names = names_of(each.by for each in answers.values())
    rows = [(each, answers.get(each["fingerprint"])) for each in found.findings]
    told = {key: sum(each["grade"] == key for each in found.findings) for key in ("conflict", "doubt", "note")}
    return {
        "findings": [(each, told_, names.get(told_.by, "") if told_ else "") for each, told_ in rows],
        "told": told,
        "verdicts": found.verdicts,
        "why_not": why_not_yet(organ, year, made, found),
        "figures": paper.figures_of(made.packed.report),
        "blank": len(made.report.blank),
    }


@require_GET
@needs(LOOK)
def state(request: HttpRequest, organ: uuid.UUID, year: int) -> HttpResponse:
    """Where a report stands."""
    of = organ_or_404(request, organ, year)
    return page(request, of, year, scope_asked(request, of, year))


def draft_page(request: HttpRequest, draft: Any, *, refused: str = "", status: int = 200) -> HttpResponse:
    """A draft as it was handed over, with what may be done about it."""
    answers = {each["fingerprint"]: each for each in draft.answers}
    keys = [draft.by, *(uuid.UUID(each["by"]) for each in draft.answers)]
    signature, end = getattr(draft, "signature", None), getattr(draft, "end", None)
    keys += [row.by for row in (signature, end) if row is not None]
    names = names_of(keys)
    findings = [
        (each, answers.get(each["fingerprint"]), names.get(uuid.UUID(answers[each["fingerprint"]]["by"]), ""))
        if each["fingerprint"] in answers
        else (each, None, "")
        for each in draft.findings
    ]
    context = {
        "draft": draft,
        "organ": draft.organ,
        "year": draft.year,
        "of_county": draft.scope == COUNTY,
        "scope": draft.scope,
        "paper": paper.paper(draft.report),
        "figures": paper.figures_of(draft.report),
        "findings": findings,
        "signature": signature,
        "end": end,
        "frozen": getattr(draft, "frozen", None),
        "handed_by": names.get(draft.by, ""),
        "signed_by": names.get(signature.by, "") if signature else "",
        "ended_by": names.get(end.by, "") if end else "",
        "mine": draft.by == person_of(request).pk,
        "may": may(request, draft.organ),
        "today": timezone.localdate(),
        "refused": refused,
        "typed": request.POST if refused else {},
    }
    return render(request, "issuing/draft.html", context, status=status)


@require_GET
@needs(LOOK)
def draft(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID) -> HttpResponse:
    """A draft as it was handed over."""
    return draft_page(request, draft_or_404(request, organ, year, key))


def version_page(request: HttpRequest, frozen: Any, *, refused: str = "", status: int = 200) -> HttpResponse:
    """A frozen version: what it says, what differs since, what it corrected, where it stands outside."""
    stands = versions.newest(frozen.organ, frozen.year, frozen.scope)
    newest = stands is not None and stands.pk == frozen.pk
    changed = look(frozen).differences if newest else None
    corrected = versions.before(frozen)
    issues, archives = versions.issues_of(frozen), versions.archives_of(frozen)
    signature = frozen.draft.signature
    noted = versions.noted_of(frozen, changed.stamp) if changed else None
    names = names_of([signature.by, *([noted.by] if noted else [])])
    context = {
        "frozen": frozen,
        "draft": frozen.draft,
        "organ": frozen.organ,
        "year": frozen.year,
        "of_county": frozen.scope == COUNTY,
        "scope": frozen.scope,
        "signature": signature,
        "paper": paper.paper(frozen.draft.report),
        "newest": newest,
        "stands": stands,
        "changed": changed,
        "records": _records(changed),
        "noted": noted,
        "corrected": corrected,
        "correction": between(corrected, frozen) if corrected else None,
        "issues": issues,
        "public": versions.public_of(frozen),
        "archives": archives,
        "formats": [(form, FORMATS[form]) for form in TAKEN],
        "signed_by": names.get(signature.by, ""),
        "noted_by": names.get(noted.by, "") if noted else "",
        "may": may(request, frozen.organ),
        "refused": refused,
        "typed": request.POST if refused else {},
    }
    context["correction_records"] = _records(context["correction"])
    return render(request, "issuing/version.html", context, status=status)


def _records(found: Differences | None) -> list[dict[str, Any]]:
    """The records that differ, as a page names them: with their page, where they counted and where they count."""
    return [
        {
            "change": each,
            "kind": paper.KINDS.get(each.kind, each.kind),
            "name": paper.name_of(each.kind, each.number),
            "page": paper.page_of(each.kind, each.key),
            "whole": each.kind in paper.WHOLE,
            "before": [label_of(address) for address in each.before if not address.endswith(".total")],
            "now": [label_of(address) for address in each.now if not address.endswith(".total")],
        }
        for each in (found.records[:SHOWN] if found else ())
    ]


@require_GET
@needs(LOOK)
def version(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID) -> HttpResponse:
    """A frozen version."""
    return version_page(request, frozen_or_404(request, organ, year, key))


@require_GET
@needs(LOOK)
def cell(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID, address: str) -> HttpResponse:
    """The records behind a figure of a frozen version, as they were kept."""
    frozen = frozen_or_404(request, organ, year, key)
    found = paper.behind(frozen.draft, address)
    if found is None:
        raise Http404("没有这一格")
    report = report_of(frozen.draft.report)
    told = report.cells.get(address)
    parts = paper.parts_of(frozen.draft, address) if frozen.scope == COUNTY else []
    context = {
        "frozen": frozen,
        "organ": frozen.organ,
        "year": year,
        "address": address,
        "label": label_of(address),
        "value": told.text if told else "",
        "rows": found,
        "parts": parts,
        "shared": any(each.once for each in parts),
        "of_county": frozen.scope == COUNTY,
        "scope": frozen.scope,
    }
    return render(request, "issuing/cell.html", context)


@require_GET
@needs(LOOK)
def part(
    request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID, address: str, part: uuid.UUID
) -> HttpResponse:
    """The records of one organ behind a figure of the county's frozen report, as they were known then."""
    frozen = frozen_or_404(request, organ, year, key)
    person = person_of(request)
    of = organ_with(person.county, part)
    found = paper.opened(frozen.draft, address, of) if of else None
    if of is None or found is None:
        raise Http404("这一格里没有这个机关的登记")
    figures.check_year(person, figures.LOOK, of)
    context = {
        "frozen": frozen,
        "organ": frozen.organ,
        "of": of,
        "year": year,
        "address": address,
        "label": label_of(address),
        "found": found,
        "opens": {kind: figures.may_open(person, kind, of) for kind in figures.OF_RECORD},
        "page": Paginator(found.records, SHOWN).get_page(request.GET.get("page")),
    }
    return render(request, "issuing/part.html", context)


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@require_GET
@needs(LOOK)
def sheet(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID, form: str) -> HttpResponse:
    """The sheet on which a draft is signed, as PDF or Word."""
    found = draft_or_404(request, organ, year, key)
    if form not in ("pdf", "docx"):
        raise Http404("没有这种表单")
    made = paper.sheet_of(found, timezone.localdate())
    data = sheet_docx(made) if form == "docx" else sheet_pdf(made).data
    name = f"签发单 {title_of(found.organ.name, year, found.scope)}第{found.number}稿.{form}"
    return attachment(data, name, MEDIA_TYPES[form])


@require_GET
@needs(LOOK)
def scan(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID) -> HttpResponse:
    """The scan of the signed sheet."""
    found = draft_or_404(request, organ, year, key)
    signature = getattr(found, "signature", None)
    if signature is None or signature.scan is None:
        raise Http404("没有扫描件")
    return file_answer(signature.scan_id, "签发单扫描件", signature.scan.media_type, SCANS)


@require_GET
@needs(LOOK)
def file(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID, form: str) -> HttpResponse:
    """A frozen version in one format, as it may go outside."""
    found = frozen_or_404(request, organ, year, key)
    if form not in TAKEN:
        raise Http404("没有这种格式")
    made = {"json": bytes(found.draft.report)} if form == "json" else files_of(report_of(found.draft.report), (form,))
    name = f"{title_of(found.organ.name, year, found.scope)}（第{found.version}版）.{form}"
    return attachment(made[form], name, MEDIA_TYPES[form])


@require_GET
@needs(policies.FREEZE)
def package(request: HttpRequest, organ: uuid.UUID, year: int, key: uuid.UUID, archive: uuid.UUID) -> HttpResponse:
    """An archive package of a version."""
    found = frozen_or_404(request, organ, year, key, policies.FREEZE)
    kept = next((each for each in versions.archives_of(found) if each.pk == archive), None)
    if kept is None:
        raise Http404("没有这个归档包")
    name = f"{title_of(found.organ.name, year, found.scope)}第{found.version}版归档包.zip"
    return file_answer(kept.file_id, name, "application/zip")
