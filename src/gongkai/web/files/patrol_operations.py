"""What the worker can do with the result file of a walk. No Django in here."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

Answer = tuple[dict[str, Any], bytes]


def walkresult(head: dict[str, Any], data: bytes) -> Answer:
    """A result file as its header, its pages without their links, its hits and its summary; or `{"error"}`."""
    from gongkai.patrol.reading import BadResult, read

    try:
        found = read(data)
    except BadResult as error:
        return {"error": str(error)}, b""
    if found.summary is None:
        return {"error": "这次巡查没有走完，请接着走完后再导入。"}, b""
    pages = [
        [page.url, page.status, page.error, page.role, page.item, page.title, page.day] for page in found.pages.values()
    ]
    return {
        "header": asdict(found.header),
        "pages": pages,
        "hits": [asdict(hit) for hit in found.hits],
        "summary": asdict(found.summary),
    }, b""
