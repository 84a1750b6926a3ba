"""One row of a register: entering it, its page with what was said before, correcting and voiding it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.proactive.registers import FILES, Register, registers
from gongkai.web.facts import Refused
from gongkai.web.people.policies import check_act, needs, whose
from gongkai.web.proactive.selectors.documents import entries_named
from gongkai.web.proactive.services.drafting import look_through
from gongkai.web.registers import policies
from gongkai.web.registers.selectors import lists
from gongkai.web.registers.selectors.public import listed_in
from gongkai.web.registers.services import rows as services
from gongkai.web.registers.services.rows import Faulty
from gongkai.web.workbench.asked import number_of, organ_asked, organs_offered
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.deskfiles import file_answer
from gongkai.web.workbench.forms_ledgers import RowForm
from gongkai.web.workbench.views.ledgers import register_or_404

LOOK, ENTER = policies.LOOK, policies.ENTER
WRONG = "有几项需要改正，请看标出的位置。"


def row_or_404(request: HttpRequest, key: uuid.UUID, act: str = LOOK) -> Any:
    """The row with this key that this person may do `act` to. Http404 when the county has none."""
    found = lists.row_of(person_of(request).county, key)
    if found is None:
        raise Http404("没有这一行")
    policies.check_row(person_of(request), act, found)
    return found


def _sent(form: RowForm) -> dict[str, Any]:
    """The files that were sent, looked through. Refused for what is not taken."""
    found = {}
    for key, file in form.uploads().items():
        role = "picture" if form.of.field(key).kind == "photo" else "attachment"
        found[key] = look_through(file.name or "未命名", file.read(), role)
    return found


def _check_change(request: HttpRequest, of: Register, values: dict[str, str], organ: Any) -> None:
    """A change of an entry's validity is also an act on the catalogue."""
    if of.key == "document_changes" and values.get("entry"):
        check_act(person_of(request), "proactive.coordinate", whose(person_of(request), organ.pk))


def _begin(request: HttpRequest, of: Register) -> dict[str, Any]:
    """What the address tells of a new row: its first day is today, what it follows up is named."""
    today = timezone.localdate().isoformat()
    found: dict[str, Any] = {
        each.key: today for each in of.fields if each.kind == "day" and each.need == "must" and each.key in of.day
    }
    for each in of.fields:
        said = request.GET.get(each.key, "")[:80]
        if said and each.kind in ("row", "entry", "choice", "text"):
            found[each.key] = _number_of(request, said) if each.kind == "entry" else said
    return found


def _number_of(request: HttpRequest, said: str) -> str:
    """The index number of an entry named by its key; what was said where it has none."""
    try:
        key = uuid.UUID(said)
    except ValueError:
        return said
    found = entries_named(person_of(request).county, [key]).get(key)
    return found.index_number if found and found.index_number else said


@require_http_methods(["GET", "POST"])
@needs(ENTER)
def new(request: HttpRequest, register: str) -> HttpResponse:
    """Enter a row."""
    of = register_or_404(register)
    organ = organ_asked(request, ENTER)
    if organ is None:
        raise Http404("还没有机关，请先在“机关设置”中登记")
    begun = _begin(request, of) | {"entered_as": "single"}
    form = RowForm(request.POST or None, request.FILES or None, of=of, organ=organ, initial=begun)
    refused, status = "", 200
    if request.method == "POST":
        refused, status = WRONG, 422
        if form.is_valid():
            try:
                values = form.values()
                _check_change(request, of, values, organ)
                row = services.enter(
                    audit=audit_of(request),
                    organ=organ,
                    register=of.key,
                    values=values,
                    files=_sent(form),
                    once=f"form:{request.POST.get('once', '')[:60] or uuid.uuid4()}",
                )
            except Faulty as error:
                form.blame(error)
            except Refused as error:
                refused = str(error)
            else:
                messages.success(request, "已登记。")
                if request.POST.get("again"):
                    return HttpResponseRedirect(f"{reverse('ledger-new', args=[of.key])}?organ={organ.pk}")
                return HttpResponseRedirect(reverse("ledger-row", args=[row.pk]))
    context = {
        "of": of,
        "form": form,
        "organ": organ,
        "organs": organs_offered(person_of(request), ENTER),
        "refused": refused,
        "once": request.POST.get("once") or str(uuid.uuid4()),
    }
    return render(request, "ledgers/form.html", context, status=status)


def _page(
    request: HttpRequest, row: Any, *, refused: str = "", form: RowForm | None = None, status: int = 200
) -> HttpResponse:
    of = registers()[row.register]
    person = person_of(request)
    organs = policies.organs_seen(person)
    version = lists.newest(row)
    telling = lists.Telling(row.county, of, [version.values], organs)
    may = policies.can_row(person, ENTER, row) and version.act != "void"
    child = registers()[of.follow.child] if of.follow else None
    after = lists.lines(row.county, organs, child.key, lists.Filter(parent=row.pk))[:20] if child else []
    context = {
        "row": row,
        "of": of,
        "version": version,
        "told": telling.all(version.values),
        "history": lists.history(row, organs),
        "may": may,
        "form": form or (_form(row, of, version) if may else None),
        "child": child,
        "after": after,
        "refused": refused,
        "typed": request.POST if refused else {},
        "listed": listed_in(row),
        "files": [each for each in of.fields if each.kind in FILES],
    }
    return render(request, "ledgers/row.html", context, status=status)


def _form(row: Any, of: Register, version: Any, data: Any = None, files: Any = None) -> RowForm:
    keys = [uuid.UUID(version.values[e.key]) for e in of.fields if e.kind == "entry" and version.values.get(e.key)]
    numbers = {str(key): found.index_number for key, found in entries_named(row.county, keys).items()}
    return RowForm(data, files, of=of, organ=row.organ, initial=RowForm.begin(of, version.values, numbers))


@require_GET
@needs(LOOK)
def row(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One row: what it says, what was said before, what follows it up."""
    return _page(request, row_or_404(request, key))


@require_POST
@needs(ENTER)
def correct(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct a row, with the reason."""
    found = row_or_404(request, key, ENTER)
    of = registers()[found.register]
    form = _form(found, of, lists.newest(found), request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, refused=WRONG, form=form, status=422)
    try:
        values = form.values()
        _check_change(request, of, values, found.organ)
        services.correct(
            audit=audit_of(request),
            row=found,
            values=values,
            files=_sent(form),
            reason=request.POST.get("why", ""),
            seen=number_of(request, "seen"),
        )
    except Faulty as error:
        form.blame(error)
        return _page(request, found, refused=WRONG, form=form, status=422)
    except Refused as error:
        return _page(request, found, refused=str(error), form=form, status=409)
    messages.success(request, "已更正，原来的记录保留在下面。")
    return HttpResponseRedirect(reverse("ledger-row", args=[key]))


@require_POST
@needs(ENTER)
def void(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say that a row does not count, and why."""
    found = row_or_404(request, key, ENTER)
    try:
        services.void(
            audit=audit_of(request), row=found, reason=request.POST.get("reason", ""), seen=number_of(request, "seen")
        )
    except Refused as error:
        return _page(request, found, refused=str(error), status=409)
    messages.success(request, "已作废，不再计入，记录保留。")
    return HttpResponseRedirect(reverse("ledger-row", args=[key]))


@require_GET
@needs(LOOK)
def file(request: HttpRequest, key: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """A file of a row: photographs are shown, everything else is a download."""
    found = lists.file_of(row_or_404(request, key), file)
    if found is None:
        raise Http404("没有这个文件")
    return file_answer(found.file_id, found.name, found.media_type)
