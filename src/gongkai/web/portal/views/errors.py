"""Pages of the public side for what went wrong: what was met, and what to do now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

_CALL = "也可以直接联系受理机关，当面提交或者邮寄申请。"
PLACES = ("/portal", "/apply", "/follow", "/items", "/search", "/policies", "/boards", "/topics", "/terminal")
"""Where every address is one of the public side, also one under which there is nothing."""


def here(request: HttpRequest) -> bool:
    """Whether an address is one of the public side: one of its pages, or one that only it could have."""
    if request.path.startswith(PLACES):
        return True
    try:
        return resolve(request.path_info).func.__module__.startswith("gongkai.web.portal.")
    except Resolver404:
        return False


def _page(request: HttpRequest, status: int, title: str, words: str, advice: str) -> HttpResponse:
    context = {"title": title, "words": words, "advice": advice}
    response = render(request, "portal/error.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400."""
    return _page(
        request, 400, "没有收全", "浏览器发来的内容不完整，没有办理。", f"请返回上一页，刷新后重新提交。{_CALL}"
    )


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403."""
    return _page(request, 403, "不能查看", "这一页不对外开放。", "请从首页重新进入。")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from our own page, or whose cookie is gone."""
    words = "页面停留过久，或者浏览器不允许本网站使用Cookie，为安全起见没有办理。"
    return _page(
        request, 403, "页面已经过期", words, f"请返回上一页，刷新后重新提交；填写的内容可以先复制下来。{_CALL}"
    )


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404."""
    return _page(
        request, 404, "没有找到这一页", "地址可能写错了，或者内容已经不在。", "请从首页重新选择机关，或者重新查询。"
    )


def failure(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(request, 500, "系统出错", "程序出错，刚才的提交可能没有办成。", f"请稍后重试一次。{_CALL}")
