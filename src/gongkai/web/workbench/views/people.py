"""Who works here: the list, a person with what they hold, accounts, handing over, the table of permissions."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs
from gongkai.web.organs.selectors import organ as organ_of
from gongkai.web.people import accounts, services
from gongkai.web.people import selectors as found
from gongkai.web.people.handover import count_open
from gongkai.web.people.permissions import ACTS, ADMINISTRATORS, APPOINTED, PERMISSIONS, ROLES, WHOSE
from gongkai.web.people.policies import can_act, can_some, check_act, needs, whose
from gongkai.web.typed import day_said, key_asked
from gongkai.web.workbench.asked import day_of
from gongkai.web.workbench.context import audit_of, county_of, person_of

GROUPS = {
    "annual": "年度报告",
    "onrequest": "依申请公开",
    "rules": "本县设置",
    "messages": "消息",
    "api": "接口",
    "organs": "机关",
    "people": "人员",
    "audit": "审计",
}


def _person(request: HttpRequest, words: Any) -> Any:
    key = key_asked(str(words))
    someone = found.person(county_of(request).pk, key) if key else None
    if someone is None:
        raise Http404("没有这个人员")
    return someone


def _organ(request: HttpRequest, words: str) -> Any:
    if not words:
        return None
    key = key_asked(words)
    if key is None:
        raise Refused("没有这个机关，请重新选择。")
    return organ_of(county_of(request).pk, key)


@never_cache
@require_http_methods(["GET", "POST"])
@needs("people.look", post="people.keep")
def people(request: HttpRequest) -> HttpResponse:
    """Everyone, with what they hold today. POST: a new person, with an account when a user name is given."""
    viewer, county = person_of(request), county_of(request)
    typed, refused = {k: request.POST.get(k, "") for k in ("name", "login", "role", "organ")}, ""
    if request.method == "POST":
        try:
            return _add(request, typed)
        except Refused as error:
            refused = str(error)
    mine = None if can_act(viewer, "people.look", "other") else viewer.organ_id
    rows = found.rows(county.pk, mine)
    context = {
        "rows": rows,
        "accounts_on": found.accounts_on(),
        "missing": [ROLES[r] for r in found.missing_administrators()],
        "administrators": [ROLES[r] for r in ADMINISTRATORS],
        "can_keep": can_some(viewer, "people.keep"),
        "can_appoint": can_some(viewer, "people.appoint"),
        "roles": [(r, ROLES[r]) for r in APPOINTED],
        "organs": living_organs(county.pk),
        "typed": typed,
        "refused": refused,
    }
    return render(request, "people/people.html", context)


def _add(request: HttpRequest, typed: dict[str, str]) -> HttpResponse:
    from django.db import transaction

    audit, first = audit_of(request), ""
    with transaction.atomic():
        someone = services.add_person(audit=audit, name=typed["name"])
        if typed["role"] and can_some(person_of(request), "people.appoint"):
            services.appoint(audit=audit, person=someone, role=typed["role"], organ=_organ(request, typed["organ"]))
        if typed["login"]:
            first = accounts.open_account(audit=audit, person=someone, login=typed["login"])
    if first:
        return _told_once(request, someone, typed["login"], first)
    messages.success(request, f"已添加{someone.name}。")
    return HttpResponseRedirect(reverse("person", args=[someone.pk]))


def _told_once(request: HttpRequest, someone: Any, login: str, first: str) -> HttpResponse:
    context = {"someone": someone, "login": accounts.plain_login(login), "first": first, "on": found.accounts_on()}
    return render(request, "people/first_password.html", context)


@never_cache
@require_GET
@needs("people.look")
def person(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One person: appointments, account, work."""
    viewer, someone = person_of(request), _person(request, key)
    check_act(viewer, "people.look", whose(viewer, someone.organ_id))
    county, today = county_of(request), timezone.localdate()
    here = someone.organ_id
    context = {
        "someone": someone,
        "appointments": found.appointments(someone),
        "today": today,
        "account_row": found.account_of(someone),
        "now": timezone.now(),
        "can_keep": can_some(viewer, "people.keep"),
        "can_appoint": can_some(viewer, "people.appoint") and viewer.pk != someone.pk,
        "can_hand_over": _may_hand_over(viewer, someone),
        "roles": [(r, ROLES[r]) for r in APPOINTED],
        "role_words": ROLES,
        "organs": living_organs(county.pk),
        "others": [p for p in (found.people_at(here) if here else []) if p.pk != someone.pk],
        "deputies": [r.person for r in found.rows(county.pk) if r.seats and r.person.pk != someone.pk],
        "open": count_open(someone),
        "hand_overs": found.hand_overs(someone),
    }
    return render(request, "people/person.html", context)


def _may_hand_over(viewer: Any, someone: Any) -> bool:
    return can_act(viewer, "people.hand_over", whose(viewer, someone.organ_id))


def _back(request: HttpRequest, someone: Any) -> HttpResponse:
    return HttpResponseRedirect(reverse("person", args=[someone.pk]))


@require_POST
@needs("people.appoint")
def appoint(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give a role."""
    someone = _person(request, key)
    sent = {k: request.POST.get(k, "") for k in ("role", "organ", "from_on", "until_on", "deputy_of", "reason")}
    try:
        role = sent["role"]
        services.appoint(
            audit=audit_of(request),
            person=someone,
            role=role,
            organ=None if role in ADMINISTRATORS else _organ(request, sent["organ"]),
            from_on=day_said(sent["from_on"]),
            until_on=day_said(sent["until_on"]),
            deputy_of=_person(request, sent["deputy_of"]) if sent["deputy_of"] else None,
            reason=sent["reason"],
        )
        messages.success(request, f"已授予{someone.name}“{ROLES[role]}”身份。")
    except Refused as error:
        messages.error(request, str(error))
    return _back(request, someone)


@require_POST
@needs("people.appoint")
def end(request: HttpRequest, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """Take a role back."""
    someone = _person(request, key)
    chosen = next((a for a in found.appointments(someone) if a.pk == row), None)
    if chosen is None:
        raise Http404("没有这项身份")
    try:
        services.end_appointment(audit=audit_of(request), appointment=chosen, reason=request.POST.get("reason", ""))
        messages.success(request, f"已收回{someone.name}的“{ROLES.get(chosen.role, '')}”身份。")
    except Refused as error:
        messages.error(request, str(error))
    return _back(request, someone)


@never_cache
@require_POST
@needs("people.keep")
def account(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Open, reset, unlock, close or reopen the account."""
    someone = _person(request, key)
    row, what, audit = found.account_of(someone), request.POST.get("what", ""), audit_of(request)
    try:
        if what == "open":
            login = request.POST.get("login", "")
            return _told_once(request, someone, login, accounts.open_account(audit=audit, person=someone, login=login))
        if row is None:
            raise Refused("这个人员还没有账号。")
        if what == "reset":
            return _told_once(request, someone, row.login, accounts.reset_password(audit=audit, account=row))
        if what == "reopen":
            return _told_once(request, someone, row.login, accounts.reopen_account(audit=audit, account=row))
        acts = {
            "unlock": (accounts.unlock, "已解锁。"),
            "second-factor": (accounts.reset_second_factor, "已清除两步验证，本人下次登录时重新设置。"),
            "close": (accounts.close_account, "账号已停用，正在使用的登录已经退出。"),
        }
        if what not in acts:
            raise Refused("请选择要办理的事项。")
        act, says = acts[what]
        act(audit=audit, account=row)
        messages.success(request, says)
    except Refused as error:
        messages.error(request, str(error))
    return _back(request, someone)


@require_POST
@needs("people.hand_over")
def hand_over(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give all open work to another."""
    viewer, someone = person_of(request), _person(request, key)
    check_act(viewer, "people.hand_over", whose(viewer, someone.organ_id))
    try:
        to_person = _person(request, request.POST.get("to", ""))
        row = services.hand_over(
            audit=audit_of(request),
            from_person=someone,
            to_person=to_person,
            reason=request.POST.get("reason", ""),
        )
        total = sum(row.moved.values())
        messages.success(request, f"已把{someone.name}的{total}件未办结工作移交给{to_person.name}。")
    except Refused as error:
        messages.error(request, str(error))
    return _back(request, someone)


@require_POST
@needs("people.keep")
def let_go(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The person leaves."""
    someone = _person(request, key)
    try:
        services.let_go(audit=audit_of(request), person=someone, reason=request.POST.get("reason", ""))
        messages.success(request, f"已登记{someone.name}离开，身份全部收回，账号不能再登录。")
    except Refused as error:
        messages.error(request, str(error))
    return _back(request, someone)


@require_http_methods(["GET", "POST"])
@needs("people.look", post="people.appoint")
def exceptions(request: HttpRequest) -> HttpResponse:
    """Organs at which one person may be clerk, reviewer and head: recorded, with the reason."""
    county, refused = county_of(request), ""
    if request.method == "POST":
        try:
            organ = _organ(request, request.POST.get("organ", ""))
            if organ is None:
                raise Refused("请选择机关。")
            services.allow_coinciding(
                audit=audit_of(request),
                organ=organ,
                reason=request.POST.get("reason", ""),
                until_on=day_of(request, "until_on"),
            )
            messages.success(request, f"已登记“{organ.name}”的例外。")
            return HttpResponseRedirect(reverse("exceptions"))
        except Refused as error:
            refused = str(error)
    context = {
        "rows": found.exceptions(county.pk),
        "organs": living_organs(county.pk),
        "can_appoint": can_some(person_of(request), "people.appoint"),
        "refused": refused,
        "typed": {k: request.POST.get(k, "") for k in ("organ", "reason", "until_on")},
    }
    return render(request, "people/exceptions.html", context)


@require_GET
@needs("people.own_account")
def permissions(request: HttpRequest) -> HttpResponse:
    """The table of permissions, as it is in force."""
    roles = list(APPOINTED)
    groups = [
        (
            words,
            [
                (says, [_mark(PERMISSIONS[r].get(act, ())) for r in roles])
                for act, says in ACTS.items()
                if act.startswith(app + ".")
            ],
        )
        for app, words in GROUPS.items()
    ]
    context = {"heads": [ROLES[r] for r in roles], "groups": groups, "mine": person_of(request).roles}
    return render(request, "people/permissions.html", context)


def _mark(whose_: tuple[str, ...]) -> tuple[str, str]:
    """A sign and its words."""
    if not whose_:
        return "", "不可以"
    if set(whose_) == set(WHOSE):
        return "全部", "可以，不限机关"
    return ("本机关及转来的", "可以，限本机关和转来的") if len(whose_) == 2 else ("本机关", "可以，限本机关")
