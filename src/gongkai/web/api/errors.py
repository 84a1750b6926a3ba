"""What goes wrong, told to a machine: a code that stays, and a Chinese sentence for whoever reads its log."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from gongkai.web.facts import Refused

CODES: dict[str, tuple[int, str]] = {
    "bad_request": (400, "请求不能识别：正文应为UTF-8编码的JSON。"),
    "no_token": (401, "请求没有带令牌，请在请求头 Authorization 中写 Bearer 和令牌。"),
    "unknown_token": (401, "令牌不能识别，请核对是否完整。"),
    "expired_token": (401, "令牌已经到期，请向系统管理员换发。"),
    "revoked_token": (401, "令牌已经撤销，请向系统管理员换发。"),
    "wrong_scope": (403, "令牌没有这项权限。"),
    "other_organ": (403, "接入方不能向这个机关提交申请。"),
    "not_found": (404, "没有找到，或者不属于接入方所在的机关。"),
    "wrong_method": (405, "这个地址不支持这种请求方法。"),
    "key_reused": (409, "这个幂等键已经用于另一份内容，请换一个键。"),
    "too_large": (413, "请求正文超过上限，请减少附件或者压缩后再提交。"),
    "invalid": (422, "请求的内容不符合接口说明。"),
    "refused": (422, "不能办理。"),
    "too_many": (429, "调用过于频繁，请稍后再试。"),
    "failure": (500, "系统出错，没有办理。请稍后用同一个幂等键重试；仍然出错的，请联系系统管理员。"),
}
"""Every code with its status and its sentence; `refused` carries the sentence of the rule that refused."""


class ApiError(Exception):
    """One of the codes, with a sentence of its own where that says more."""

    def __init__(self, code: str, message: str = "", **headers: str) -> None:
        self.code, self.headers = code, {name.replace("_", "-"): value for name, value in headers.items()}
        self.status, usual = CODES[code]
        self.message = message or usual
        super().__init__(self.message)


def answer(
    code: str,
    message: str = "",
    *,
    headers: Mapping[str, str] | None = None,
    fields: list[dict[str, str]] | None = None,
) -> HttpResponse:
    """The JSON of an error."""
    status, usual = CODES[code]
    body: dict[str, Any] = {"code": code, "message": message or usual}
    if fields:
        body["fields"] = fields
    found = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    for name, value in (headers or {}).items():
        found.headers[name] = value
    found.headers["Cache-Control"] = "no-store"
    return found


_WORDS: dict[str, str] = {
    "missing": "没有填写",
    "string_too_long": "太长",
    "string_too_short": "太短",
    "string_type": "应为文字",
    "string_unicode": "含有不能识别的字符",
    "value_error": "含有不能识别的字符或者时刻",
    "list_type": "应为列表",
    "too_long": "太多",
    "extra_forbidden": "接口中没有这一项",
    "uuid_parsing": "应为机关的标识",
    "date_from_datetime_parsing": "应为2026-03-02这样的日期",
    "date_parsing": "应为2026-03-02这样的日期",
    "date_from_datetime_inexact": "应为日期，不带时间",
    "int_parsing": "应为整数",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
    "enum": "不在可选的值之中",
    "literal_error": "不在可选的值之中",
}


def _fields(error: ValidationError) -> list[dict[str, str]]:
    """Where the request is not as described, and how; what was met is not repeated, it may be personal."""
    found = []
    for each in error.errors:
        place = ".".join(str(part) for part in each.get("loc", ()) if part not in ("body", "query", "header", "data"))
        found.append({"field": place or "正文", "message": _WORDS.get(str(each.get("type")), "不符合接口说明")})
    return found


def install(api: NinjaAPI) -> None:
    """Have every failure answered as JSON."""

    @api.exception_handler(ApiError)
    def _ours(request: HttpRequest, error: ApiError) -> HttpResponse:
        return answer(error.code, error.message, headers=error.headers)

    @api.exception_handler(AuthenticationError)
    def _nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return answer("no_token", headers={"WWW-Authenticate": "Bearer"})

    @api.exception_handler(ValidationError)
    def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        fields = _fields(error)
        said = "；".join(f"{each['field']}{each['message']}" for each in fields[:5])
        return answer("invalid", f"{CODES['invalid'][1][:-1]}：{said}。", fields=fields)

    @api.exception_handler(Refused)
    def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
        return answer("refused", str(error))

    @api.exception_handler(Http404)
    def _absent(request: HttpRequest, error: Http404) -> HttpResponse:
        return answer("not_found")

    @api.exception_handler(HttpError)
    def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
        return answer("bad_request")

    @api.exception_handler(SuspiciousOperation)
    def _suspicious(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
        return answer("too_large" if isinstance(error, RequestDataTooBig) else "bad_request")

    @api.exception_handler(Exception)
    def _failure(request: HttpRequest, error: Exception) -> HttpResponse:
        logging.getLogger(__name__).error("%s %s failed: %s", request.method, request.path, type(error).__name__)
        return answer("failure")
