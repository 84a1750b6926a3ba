"""What stands in the words of a page: personal data, marks of secrecy, the office's lists, residue of templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gongkai.patrol.results import Hit
from gongkai.patrol.seen import Seen
from gongkai.readers.errors import Unreadable
from gongkai.readers.precheck import Lists, Precheck, precheck
from gongkai.text.personal import masked

_KIND = {
    "identity": "personal", "bank_card": "personal", "person_number": "personal",
    "phone": "private", "address": "private", "person_column": "private",
    "secrecy_mark": "secrecy_mark", "misspelt": "misspelt", "sensitive": "sensitive", "leader": "leader",
}  # fmt: skip
"""The hints of the check before publication that say something of a page that is already public."""
_SHOWN_ONLY = frozenset(("misspelt", "sensitive", "leader"))
_SHOWN = frozenset(("body", "table"))

OpenFile = Callable[[tuple[str, bytes]], Precheck]
"""The check before publication on a file of another's site, by its name and bytes, within bounds of the caller's; or `Unreadable`."""


def prechecked(url: str, name: str, data: bytes, lists: Lists) -> Iterator[Hit]:
    """The hints of the check before publication on a page; none when it cannot be read."""
    try:
        yield from hits(url, precheck(name, data, lists))
    except Unreadable:
        return


def hits(url: str, found: Precheck) -> Iterator[Hit]:
    """The hints of the check before publication as hits of a patrol; none holds a whole personal value."""
    for hint in found.hits:
        kind = _KIND.get(hint.kind)
        if kind is None or hint.grade == "note":
            continue
        if kind in _SHOWN_ONLY and hint.place.part not in _SHOWN:
            continue
        more = f"共{hint.count}处。" if hint.count > 1 else ""
        yield Hit(kind, url, "", hint.place.says, hint.text, f"{hint.kind_says}：{hint.says}{more}")


_RESIDUE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("排版用的假文", re.compile(r"lorem ipsum|dolor sit amet", re.IGNORECASE)),
    ("没有替换的模板变量", re.compile(r"\{\{[^{}\n]{1,60}\}\}|\$\{[^{}\n]{1,60}\}|<%=?[^%\n]{1,60}%>|\[!--[^\n]{1,40}--\]")),
    ("没有替换的占位文字", re.compile(r"此处(?:填写|输入|插入)[^\n，。]{0,12}|请(?:在此)?(?:输入|填写)(?:标题|正文|内容)(?!的)")),
    ("没有填写的单位或者日期", re.compile(
        r"(?<![A-Za-z×])(?:[XxＸ×]{2,4})(?:年(?:[XxＸ×]{1,2}|\d{1,2})月|(?:省|市|县|区|局|镇|乡|街道)(?:人民政府|局|办公室)?(?:关于|$|\n))"
    )),
)  # fmt: skip
_TEST = re.compile(
    r"(?:这是)?(?:一[个条篇])?测试(?:标题|内容|文章|页面|数据|信息|栏目)?\d{0,4}|test\s*\d{0,4}|aaa+|1{6,}|undefined|null",
    re.IGNORECASE,
)


def template_residue(seen: Seen) -> Iterator[Hit]:
    """Words that were to be replaced before anybody saw the page."""
    for what, pattern in _RESIDUE:
        met = pattern.search(seen.text)
        if met:
            yield Hit("template_residue", seen.url, "", "正文", _around(seen.text, met), f"{what}。")
    for place, text in (("网页标题", seen.title), ("标题", seen.heading)):
        if _TEST.fullmatch(text.strip()):
            yield Hit("template_residue", seen.url, "", place, text.strip(), "像是测试内容。")
            return
    for line in seen.text.split("\n"):
        if _TEST.fullmatch(line.strip()):
            yield Hit("template_residue", seen.url, "", "正文", line.strip(), "有一段像是测试内容。")
            return


def _around(text: str, met: re.Match[str]) -> str:
    """What was met, with a little on both sides, and nothing personal."""
    first, last = max(0, met.start() - 10), min(len(text), met.end() + 10)
    return masked(" ".join(text[first:last].split()))
