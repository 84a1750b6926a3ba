"""The page of the interface for other systems, made from its own document."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

Table = Callable[[Iterable[str], Iterable[Iterable[str]]], str]


def _set_up() -> None:
    """Load Django beside a data folder of its own: the document asks for no data."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    if "GONGKAI_DATA" not in os.environ:
        os.environ["GONGKAI_DATA"] = str(Path(tempfile.mkdtemp(prefix="gongkai-reference-")) / "data")
    import django

    django.setup()


def page(made: str, table: Table) -> str:
    """Operations, scopes, codes and types."""
    _set_up()
    from gongkai.web.api import outline
    from gongkai.web.api.errors import CODES
    from gongkai.web.clients.scopes import SCOPES, WEBHOOK_EVENTS
    from gongkai.web.exchange.bundle import COLUMNS

    parts = [
        "# 接口\n\n",
        made,
        "怎样使用见[与其他系统对接](../how-to/integrate.md)。程序读取的说明在 `/api/v1/openapi.json`。\n\n## 操作\n\n",
    ]
    for each in outline.operations():
        parts += [f"### {each.summary}\n\n`{each.method} {each.path}`，权限：{each.scope}。\n\n{each.says}\n\n"]
        if each.parameters:
            rows = [(f"`{p.name}`", p.kind + ("，必填" if p.required else ""), p.says) for p in each.parameters]
            parts += [table(("参数", "类型", "说明"), rows), "\n"]
        if each.body:
            parts.append(f"请求正文：`{each.body}`。\n\n")
        parts += [table(("状态", "返回"), [(status, kind) for status, kind in each.answers]), "\n"]
    parts += ["## 令牌的权限\n\n", table(("权限", "可以做什么"), [(f"`{k}`", v) for k, v in SCOPES.items()]), "\n"]
    parts += ["## 通知的事件\n\n", table(("事件", "说明"), [(f"`{k}`", v) for k, v in WEBHOOK_EVENTS.items()]), "\n"]
    codes = [(f"`{code}`", str(status), words) for code, (status, words) in CODES.items()]
    parts += ["## 错误代码\n\n", table(("代码", "状态", "说明"), codes), "\n## 数据结构\n\n"]
    for shape in outline.shapes():
        items = [(f"`{i.name}`", i.kind + ("，必填" if i.required else ""), i.says) for i in shape.items]
        parts += [f"### {shape.name}\n\n{shape.says}\n\n", table(("项目", "类型", "说明"), items), "\n"]
    columns = [(zh, f"`{key}`") for key, zh in COLUMNS.items()]
    parts += ["## 导入表的各列\n\n", table(("列名", "含义与文件中的"), columns)]
    return "".join(parts)
