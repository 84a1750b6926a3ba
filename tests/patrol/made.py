"""Result files made as values, for tests that begin where a walk ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from gongkai.patrol import checks
from gongkai.patrol.kinds import KINDS
from gongkai.patrol.results import Header, Hit, Page, Result, Summary, to_bytes
from tests.today import now

ROOT = "http://www.yunling.example.cn"


def hit(kind: str, path: str, target: str = "", words: str = "") -> Hit:
    made = Hit(kind, ROOT + path, ROOT + target if target else "", "正文", words, "说明。")
    return next(checks.marked(iter([made])))


def result_of(
    hits: Iterable[Hit],
    *,
    days_ago: int = 0,
    pages: Iterable[Page] = (),
    ended: str = "done",
    words: str = "w1",
    checked: Iterable[str] = KINDS,
) -> bytes:
    """A result file: every page that a hit stands on was there, every target gone."""
    at = (now() - timedelta(days=days_ago)).replace(microsecond=0)
    hits = list(hits)
    known = {f"{ROOT}/": Page(f"{ROOT}/", "page", at.isoformat(), 200)}
    for each in hits:
        known.setdefault(each.url, Page(each.url, "page", at.isoformat(), 200, title="页面", item=True))
        if each.target:
            known.setdefault(each.target, Page(each.target, "page", at.isoformat(), 404, attempt=2))
    known |= {page.url: page for page in pages}
    settings = {"checks": [kind for kind in checked if kind != "unreviewed"], "words": words}
    header = Header("云岭县人民政府网", "0.1.0", at.isoformat(), (f"{ROOT}/",), ("www.yunling.example.cn",), settings)
    counts = {"pages": len(known), "not_fetched": sum(not page.fetched for page in known.values())}
    summary = Summary((at + timedelta(minutes=5)).isoformat(), ended, counts)
    return to_bytes(Result(header, known, tuple(hits), summary))


def there(path: str, **changes: object) -> Page:
    return replace(Page(ROOT + path, "page", now().isoformat(), 200), **changes)  # type: ignore[arg-type]
