"""Pages for what went wrong: what was met, and what to do now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _page(request: HttpRequest, status: int, title: str, words: str, advice: str) -> HttpResponse:
    return render(
        request, "error.html", {"title": title, "words": words, "advice": advice, "status": status}, status=status
    )


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400."""
    return _page(request, 400, "请求无法识别", "浏览器发来的内容不完整或者格式不对。", "请返回上一页，刷新后重试。")


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403, with the policy's own sentence."""
    return _page(
        request, 403, "不能办理", str(exception) or "您没有办理这件事的权限。", "可以从上面的菜单进入别的页面。"
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from our own page."""
    return _page(
        request,
        403,
        "页面已过期",
        "这个表单停留过久，或者不是从本系统页面提交的，为安全起见没有办理。",
        "请返回上一页，刷新后重新提交；填写的内容可以先复制下来。",
    )


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404."""
    return _page(
        request, 404, "没有找到这一页", "地址可能写错了，或者要看的内容不在本系统中。", "请从上面的菜单重新进入。"
    )


def failure(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(
        request,
        500,
        "系统出错",
        "办理过程中程序出错，已经存下的内容没有受影响。",
        "请重试一次；仍然出错的，请把操作步骤和时间告诉管理员。",
    )
