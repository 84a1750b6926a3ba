"""What only the whole walk tells: dead links, columns, undated items, frames that changed. What was not fetched says nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from gongkai.patrol.addresses import shown
from gongkai.patrol.results import Hit, Page
from gongkai.patrol.sitefile import INTERVALS, Column

Pages = Mapping[str, Page]
_BROKEN = {"page": "dead_link", "picture": "broken_picture", "file": "broken_file"}
_SCRIPTED = "由脚本加载的内容不在检查范围内，请先在浏览器中核对。"
COMMON = 0.5
"""Links on so large a share of the pages are part of the frame."""
FEWEST = 4
"""Pages from which on that can be told."""
LITTLE = 20
"""Signs outside of links, beyond what the barest page has, from which on a page says something."""
FRAME_KEPT = 0.5
"""The share of the frame that stays when a site is only edited."""
FRAME_LEAST = 8


def dead_links(pages: Pages) -> Iterator[Hit]:
    """Links to what the server twice said is not there."""
    found: dict[str, list[tuple[str, str]]] = {}
    for page in pages.values():
        if page.there and page.role == "page":
            for _, target, words in page.links:
                other = pages.get(target)
                if other is not None and other.gone and other.attempt > 1:
                    found.setdefault(target, []).append((page.url, words))
    for target, places in found.items():
        gone = pages[target]
        url, words = places[0]
        more = f"另有{len(places) - 1}个页面也有这个链接。" if len(places) > 1 else ""
        why = f"先后两次访问，服务器都回答没有这个页面（状态{gone.status}）。{more}"
        yield Hit(_BROKEN[gone.role], url, target, "页面上的链接", words or shown(target)[:80], why)


def not_what_it_says(pages: Pages) -> Iterator[Hit]:
    """Pictures and files in whose place a web page or nothing at all came."""
    for page in pages.values():
        if page.role == "page" or not page.there or not page.found_on:
            continue
        if page.content_type.startswith("text/html"):
            why = "应答的是一个网页，不是文件本身。"
            yield Hit(_BROKEN[page.role], page.found_on, page.url, "页面上的链接", shown(page.url)[-80:], why)


def common_links(pages: Pages) -> frozenset[str]:
    """What stands on most pages: the frame."""
    there = [page for page in pages.values() if page.there and page.role == "page" and page.links]
    if len(there) < FEWEST:
        return frozenset()
    counted = Counter(target for page in there for target in {link[1] for link in page.links})
    return frozenset(target for target, count in counted.items() if count > COMMON * len(there))


def columns(pages: Pages, known: tuple[Column, ...], today: date) -> Iterator[tuple[Column, dict[str, Any], list[Hit]]]:
    """Each column with what is to be said of it: its state for the summary, and its hits."""
    common = common_links(pages)
    barest = min((p.prose for p in pages.values() if p.there and p.role == "page"), default=0)
    addresses = {column.address for column in known}
    for column in known:
        page = pages.get(column.address)
        state: dict[str, Any] = {"name": column.name, "address": column.address, "kind": column.kind}
        if page is None or not page.there:
            gone = page is not None and page.gone
            yield column, state | {"state": "gone" if gone else "not_fetched"}, []
            continue
        own = [link for link in page.links if link[0] != "picture" and link[1] not in common | addresses | {page.url}]
        bare = page.prose - barest < LITTLE
        hits = list(_column(column, page, bool(own), bare, today))
        state |= {"newest": page.newest, "items": page.items or len(own), "state": hits[0].kind if hits else "fresh"}
        yield column, state, hits


def _column(column: Column, page: Page, own: bool, bare: bool, today: date) -> Iterator[Hit]:
    interval = INTERVALS[column.kind]
    place = f"栏目“{column.name}”"
    if not page.items and not own and bare:
        yield Hit("blank_column", page.url, "", place, column.name, f"栏目页上没有找到任何条目。{_SCRIPTED}")
        return
    if not interval.listed:
        return
    if not page.newest:
        why = f"栏目页上的条目没有注明日期，{'视为不更新' if interval.days or interval.months else '无法判断是否更新'}。{_SCRIPTED}"
        yield Hit("undated_column", page.url, "", place, column.name, why)
        return
    newest, since = date.fromisoformat(page.newest), interval.since(today)
    if since is not None and newest < since:
        why = f"{interval.zh}类栏目{interval.says}，最近一条是{_said(newest)}的。"
        yield Hit("stale_column", page.url, "", place, column.name, why)
    elif column.days and newest < today - timedelta(days=column.days):
        why = f"本单位要求{column.days}天内更新，最近一条是{_said(newest)}的。"
        yield Hit("own_stale_column", page.url, "", place, column.name, why)


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def undated_items(pages: Pages, known: tuple[Column, ...]) -> Iterator[Hit]:
    """Items of columns, and pages that call themselves articles, without a day of publication."""
    common = common_links(pages)
    addresses = {column.address for column in known}
    listed = {
        link[1]
        for column in known
        if INTERVALS[column.kind].listed and column.address in pages
        for link in pages[column.address].links
        if link[0] == "page" and link[1] not in common | addresses
    }
    for page in pages.values():
        if page.there and page.role == "page" and not page.day and not page.items and (page.item or page.url in listed):
            yield Hit("undated_item", page.url, "", "页面", page.title[:80], "页面上没有找到发布日期。")


def frame_changes(pages: Pages, earlier: Pages, starts: tuple[str, ...], known: tuple[Column, ...]) -> Iterator[Hit]:
    """Start pages under another title, and pages whose frame is another than at the earlier walk."""
    for url in dict.fromkeys((*starts, *(column.address for column in known))):
        now, before = pages.get(url), earlier.get(url)
        if now is None or before is None or not (now.there and before.there):
            continue
        if url in starts and now.title and before.title and now.title != before.title:
            why = f"上次巡查时标题是“{before.title[:60]}”。"
            yield Hit("title_changed", url, "", "网页标题", now.title[:80], why)
        old, new = set(before.fixed), set(now.fixed)
        kept = len(old & new) / len(old) if old else 1.0
        if len(old) >= FRAME_LEAST and kept < FRAME_KEPT:
            why = f"与上次巡查相比，导航、脚本等框架内容只保留了{round(100 * kept)}%。"
            yield Hit("fixed_parts_changed", url, "", "页面框架", now.title[:80], why)
