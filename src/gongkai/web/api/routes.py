"""The operations. Each names the scope that its token needs; whose case it is each looks at itself."""

from __future__ import annotations

import base64
import binascii
import uuid
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Header, NinjaAPI, Query, Status
from ninja.renderers import JSONRenderer

import gongkai
from gongkai.onrequest.applicants import Channel
from gongkai.onrequest.decisions import OUTCOMES, decisions
from gongkai.onrequest.progress import STATES, State
from gongkai.web.api import published, schemas
from gongkai.web.api.errors import CODES, ApiError, install
from gongkai.web.api.schemas import (
    ApplicationIn,
    CaseOut,
    ChangedOut,
    DecisionOut,
    ErrorOut,
    OrganOut,
    RegisteredOut,
    StatisticsOut,
)
from gongkai.web.api.tokens import Bearer, Caller, caller_of
from gongkai.web.audit.services import salted
from gongkai.web.clients import selectors as clients
from gongkai.web.clients.services import keep_receipt
from gongkai.web.facts import Refused
from gongkai.web.onrequest.selectors import outside
from gongkai.web.onrequest.selectors.statistics import figures
from gongkai.web.onrequest.services.attachments import Upload, look_through
from gongkai.web.onrequest.services.intake import Incoming, Who, register, warnings_of
from gongkai.web.onrequest.services.online import apply_online

FILE_ROLES = ("attachment", "identity_proof")
LONGEST_PERIOD = 3 * 366
_SAID = """供其他系统提交政府信息公开申请、查询办理状态、读取统计数据和已经公开的信息。读取已经公开的信息不需要令牌，
其他调用都带令牌，令牌由系统管理员在“接入方”页面发放。
日期写作 2026-03-02；时刻带时区。出错时返回 JSON：code 是不变的代码，message 是中文说明。"""


class Readable(JSONRenderer):
    """Chinese as it is written: a person reads the log of the other system."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="政府信息公开工作系统接口",
    version=gongkai.__version__,
    description=_SAID,
    docs_url=None,
    openapi_url=None,
    renderer=Readable(),
    urls_namespace="api",
)
install(api)
api.add_router("/entries", published.router)


def _errors(*codes: str) -> dict[int, Any]:
    """The answers in case of failure, by status, for the document."""
    usual = ("no_token", "wrong_scope", "too_many", "failure")
    return dict.fromkeys(sorted({CODES[code][0] for code in (*usual, *codes)}), ErrorOut)


def _organ_out(organ: Any) -> OrganOut:
    return OrganOut(id=organ.pk, name=organ.name)


def _case_out(case: Any, caller: Caller, *, told: bool) -> CaseOut:
    today = timezone.localdate()
    personal = outside.personal_of(caller.audit, case) if told else None
    return CaseOut(
        number=case.number,
        organ=_organ_out(case.organ),
        state=case.state,
        state_words=STATES[State(case.state)],
        received_on=case.received_on,
        due_on=case.due_on,
        provisional=case.provisional,
        overdue=case.open == 1 and case.due_on is not None and case.due_on < today,
        decision=case.decision or None,
        decided_on=case.decided_on,
        delivered_on=case.delivered_on,
        closed_on=case.closed_on,
        reopened=bool(case.reopened),
        changed_at=case.changed_at,
        personal=schemas.ApplicantOut(**personal) if personal else None,
    )


def _organ_for(caller: Caller, words: str) -> Any:
    """The organ that an application is for. ApiError when it is none to which this system may send."""
    mine = clients.organs_of(caller.client)
    for organ in mine:
        if words.strip() in (organ.name, str(organ.pk)):
            return organ
    raise ApiError("other_organ" if caller.organ else "not_found", "" if caller.organ else f"没有“{words}”这个机关。")


def _upload(file: schemas.FileIn) -> Upload:
    if file.role not in FILE_ROLES:
        raise Refused(f"附件“{file.name}”的用途应为 attachment 或者 identity_proof。")
    try:
        data = base64.b64decode(file.content_base64, validate=True)
    except (binascii.Error, ValueError):
        raise Refused(f"附件“{file.name}”的内容不是Base64编码。") from None
    return look_through(file.name, data, file.role)


def _incoming(caller: Caller, told: ApplicationIn, once: str, organ: Any, *, files: bool) -> Incoming:
    who = told.applicant
    return Incoming(
        organ=organ,
        channel=Channel.INTERNET.value,
        who=Who(**{name: getattr(who, name) for name in Who.__slots__}),
        content=told.content,
        received_on=timezone.localdate(),
        provision=told.provision,
        manner=told.manner,
        needs=told.needs,
        origin="api",
        once=once,
        submitted_at=told.submitted_at,
        files=tuple(_upload(file) for file in told.attachments) if files else (),
    )


def _again(caller: Caller, key: str, digest: str, incoming: Incoming) -> RegisteredOut | None:
    """The answer that this key was given before. ApiError when it was given to another content."""
    found = clients.receipt(caller.client, key)
    if found is None:
        return None
    if found.digest != digest:
        raise ApiError("key_reused")
    return _registered(found.said, register(audit=caller.audit, incoming=incoming), incoming)


def _registered(said: dict[str, Any], done: Any, incoming: Incoming) -> RegisteredOut:
    return RegisteredOut(
        **said, query_code=done.query_code, organ=_organ_out(incoming.organ), warnings=list(warnings_of(incoming))
    )


@api.post(
    "/applications",
    auth=Bearer("intake"),
    response={201: RegisteredOut, **_errors("bad_request", "not_found", "key_reused", "too_large", "invalid")},
    url_name="api-apply",
    operation_id="apply",
    summary="提交一件申请",
    tags=["申请"],
)
def apply(
    request: HttpRequest,
    told: ApplicationIn,
    idempotency_key: str = Header(
        ..., alias="Idempotency-Key", min_length=8, max_length=200, description="幂等键：每件申请一个，重试时不变"
    ),
) -> Any:
    """登记一件申请，与网上申请的要求相同；收到日期为今天。同一个幂等键、同样的内容只登记一次，再次提交得到同样的结果；内容不同则返回 409。"""
    caller = caller_of(request)
    organ = _organ_for(caller, told.organ)
    digest = salted(told.model_dump_json())
    once = f"api:{clients.receipt_key(f'{caller.client.pk}:{idempotency_key}')}"
    known = _again(caller, idempotency_key, digest, _incoming(caller, told, once, organ, files=False))
    if known:
        return Status(201, known)
    incoming = _incoming(caller, told, once, organ, files=True)
    try:
        with transaction.atomic():
            done = apply_online(audit=caller.audit, incoming=incoming)
            case = outside.case_of(done.application.pk)
            said = {
                "number": done.application.number,
                "received_on": f"{case.received_on}",
                "due_on": f"{case.due_on}" if case.due_on else None,
            }
            keep_receipt(caller.client, key=idempotency_key, digest=digest, about=done.application.pk, said=said)
    except IntegrityError:
        # The same key arrived on two connections at once: the other one was answered meanwhile.
        known = _again(caller, idempotency_key, digest, incoming)
        if known is None:
            raise
        return Status(201, known)
    return Status(201, _registered(said, done, incoming))


@api.get(
    "/applications/changed",
    auth=Bearer("ledger"),
    response={200: ChangedOut, **_errors("invalid")},
    url_name="api-changed",
    operation_id="changed",
    summary="读取有变动的申请",
    tags=["申请"],
)
def changed(
    request: HttpRequest,
    cursor: str = Query("", max_length=200, description="上一页返回的游标；不填从头读取"),
    limit: int = Query(outside.PAGE, ge=1, le=outside.PAGE, description="一页最多几件"),
) -> Any:
    """按变动的先后逐页读取，一件申请再有变动会再次出现。最近十秒内的变动下次读取时给出。"""
    caller = caller_of(request)
    found = outside.changed_since(caller.county, caller.organ, cursor, limit)
    cases = [_case_out(case, caller, told=False) for case in found.cases]
    return ChangedOut(cases=cases, cursor=found.cursor, more=found.more)


@api.get(
    "/applications/{path:number}",
    auth=Bearer("state"),
    response={200: CaseOut, **_errors("not_found")},
    url_name="api-state",
    operation_id="state",
    summary="按编号查询办理状态",
    tags=["申请"],
)
def state(request: HttpRequest, number: str) -> Any:
    """只能查询接入方所在机关（全县的接入方：本县各机关）的申请。令牌有相应权限时包含申请人信息，并留下查看记录。"""
    caller = caller_of(request)
    case = outside.case_by_number(caller.county, caller.organ, number)
    if case is None:
        raise ApiError("not_found")
    return _case_out(case, caller, told="personal" in caller.scopes)


@api.get(
    "/statistics",
    auth=Bearer("statistics"),
    response={200: StatisticsOut, **_errors("not_found", "invalid")},
    url_name="api-statistics",
    operation_id="statistics",
    summary="读取统计数据",
    tags=["统计"],
)
def statistics(
    request: HttpRequest,
    first: date = Query(..., description="起始日期（含）"),
    last: date = Query(..., description="截止日期（含）"),
    organ: uuid.UUID | None = Query(None, description="只要一个机关的"),
) -> Any:
    """各机关收到、答复、按期答复和各类结果的数字。重新办理的申请按最近一次答复计。"""
    caller = caller_of(request)
    if last < first:
        raise Refused("截止日期早于起始日期，请核对。")
    if (last - first).days > LONGEST_PERIOD:
        raise Refused("一次最多查询三年，请分段查询。")
    mine = {each.pk: each for each in clients.organs_of(caller.client, ended=True)}
    if organ is not None and organ not in mine:
        raise ApiError("not_found")
    wanted = [organ] if organ else [caller.organ] if caller.organ else None
    rows = figures(caller.county, first, last, today=timezone.localdate(), organs=wanted)
    told = [
        schemas.FiguresOut(
            organ=_organ_out(mine[row.organ]),
            **{name: getattr(row, name) for name in ("received", "answered", "on_time", "late")},
            **{name: getattr(row, name) for name in ("withdrawn", "open", "overdue")},
            outcomes={key.value: row.outcomes[key.value] for key in OUTCOMES},
        )
        for row in rows
        if row.organ in mine
    ]
    return StatisticsOut(first=first, last=last, organs=told)


@api.get(
    "/organs",
    auth=Bearer("intake"),
    response={200: list[OrganOut], **_errors()},
    url_name="api-organs",
    operation_id="organs",
    summary="可以提交申请的机关",
    tags=["参考数据"],
)
def organs(request: HttpRequest) -> Any:
    """接入方可以向其提交申请的机关。"""
    return [_organ_out(organ) for organ in clients.organs_of(caller_of(request).client)]


@api.get(
    "/decisions",
    auth=Bearer("state"),
    response={200: list[DecisionOut], **_errors()},
    url_name="api-decisions",
    operation_id="decisions",
    summary="处理决定列表",
    tags=["参考数据"],
)
def decision_types(request: HttpRequest) -> Any:
    """各种处理决定的代码、名称和所属的结果类别。"""
    return [
        DecisionOut(code=d.code, words=d.zh, outcome=d.outcome.value, outcome_words=OUTCOMES[d.outcome])
        for d in decisions().values()
    ]
