"""The metadata that a page of a government site states of itself: in a table, in a line above the text, in its head."""

from __future__ import annotations

import re
from datetime import date
from itertools import islice

from lxml import etree

from gongkai.text.normal import fold

_NAMES: dict[str, tuple[str, ...]] = {
    "index_number": ("索引号", "信息索引号", "信息索引"),
    "document_number": ("发文字号", "文号", "发文文号", "公文文号", "文件编号"),
    "issuing_organ": ("发布机构", "发文机关", "发文机构", "发布单位", "发文单位", "公开主体", "公开机构"),
    "written_on": ("成文日期", "成文时间", "生成日期", "发文日期", "印发日期", "制发日期"),
    "published_on": ("发布日期", "发布时间", "公开日期", "公开时间", "公布日期", "上线日期", "上线时间"),
    "effective_on": ("实施日期", "生效日期", "施行日期"),
    "expires_on": ("有效期至", "失效日期", "有效期"),
    "title": ("标题", "名称", "信息名称", "文件名称"),
    "summary": ("内容概述", "内容摘要", "摘要", "概述"),
    "theme": ("主题分类",),
    "genre": ("体裁分类", "体裁"),
    "validity": ("有效性", "效力状态", "是否有效", "公文时效", "时效性"),
    "keywords": ("关键词", "主题词", "关键字"),
    "column": ("栏目", "所属栏目", "栏目名称"),
    "open_form": ("公开形式", "公开方式"),
    "open_scope": ("公开范围",),
    "duty_unit": ("责任部门", "责任单位"),
    "source": ("来源", "信息来源", "稿源"),
    "address": ("网址", "地址", "链接", "页面地址", "上线地址", "url"),
    "body": ("正文", "内容", "正文内容"),
    "files": ("附件", "附件名称", "文件"),
    "status": ("状态", "上线状态"),
}
"""What a label means → how sites write it. The last four stand in spreadsheets only."""
MEANINGS = {name: key for key, names in _NAMES.items() for name in names}
ANCHORS = frozenset(("index_number", "document_number", "issuing_organ", "written_on", "published_on"))
"""What no paragraph of a text says of something else; other labels count beside one of these only."""
_IN_SHEETS = frozenset(("address", "body", "files", "status"))
_META = {
    "articletitle": "title",
    "pubdate": "published_on",
    "contentsource": "issuing_organ",
    "columnname": "column",
    "indexnumber": "index_number",
    "documentnumber": "document_number",
}
_ON_PAGES = sorted((n for n, key in MEANINGS.items() if key not in _IN_SHEETS), key=len, reverse=True)
_SPACED = [r"[\s\u3000]*".join(name) for name in _ON_PAGES]
_LABEL = re.compile(rf"(?:^|(?<=[\s\u3000|｜;；,，】\]])|(?<=\[)|(?<=【))({'|'.join(_SPACED)})[\s\u3000】\]]*[:：]")
_OTHER = re.compile(r"[\s\u3000\[【(（]+[\u4e00-\u9fff]{2,6}[:：].*$")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_HOLDERS = frozenset(("td", "th", "dt", "li", "p", "span", "div", "strong", "b", "em", "label", "h4", "h5"))
_CONTAINERS = frozenset(("table", "dl", "ul"))
_LINES = frozenset(("div", "p", "li", "tr", "td", "th", "dd", "dt", "table", "ul", "ol", "dl", "h1", "h2", "h3"))
_LONGEST_LINE, _LONGEST_VALUE, _LONGEST_TABLE = 300, 300, 3000
_PARTS = 400
_JOINT = "\x1f"
"""Between the elements of a line: white space to whoever looks for labels, nothing in what they say."""


def day_of(words: str) -> date | None:
    """The first day written out in some words; None where there is none, or none that exists."""
    for met in _DAY.finditer(fold(words)):
        try:
            return date(int(met[1]), int(met[2]), int(met[3]))
        except ValueError:
            continue
    return None


def meaning_of(label: str) -> str:
    """What a label, or the head of a column, means; empty for another one."""
    return MEANINGS.get(re.sub(r"[\s\u3000:：*【】\[\]]", "", fold(label)).lower(), "")


def words_of(element: etree._Element) -> str:
    """The words of an element in one line."""
    return " ".join("".join(map(str, element.itertext())).split())


def few_words(element: etree._Element, most: int, joint: str = "") -> str | None:
    """The words of a small element; None where there are more than `most` characters, or more than a few parts.

    Asked of every element of a page, so it looks at a few parts only, however large the element is.
    """
    parts: list[str] = []
    count = 0
    for steps, piece in enumerate(element.iter()):
        told = ((piece.text or ""), (piece.tail or "") if piece is not element else "")
        parts += told
        count += sum(map(len, told))
        if steps > _PARTS or count > 4 * most:
            return None
    words = re.sub(r"[ \t\r\n\f\xa0]+", " ", joint.join(part for part in parts if part)).strip(f" {joint}")
    return words if len(words) <= most else None


def is_line(element: etree._Element) -> bool:
    """Whether nothing in an element begins a line of its own."""
    return not any(child.tag in _LINES for child in islice(element.iterdescendants(), _PARTS))


def in_head(root: etree._Element) -> dict[str, str]:
    """What the `meta` elements say."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = _META.get((meta.get("name") or "").lower())
        value = " ".join((meta.get("content") or "").split())[:_LONGEST_VALUE]
        if key and value:
            found.setdefault(key, value)
    return found


def _in_line(words: str) -> list[tuple[str, str]]:
    """The labels of a line that begins with one, with what follows each."""
    met = list(_LABEL.finditer(words))
    if not met or words[: met[0].start()].strip(" 　[【"):
        return []
    ends = [each.start() for each in met[1:]] + [len(words)]
    pairs = (
        (meaning_of(each[1]), _OTHER.sub("", words[each.end() : end])) for each, end in zip(met, ends, strict=True)
    )
    return [(key, value.strip(f" 　|｜;；,，[]【】{_JOINT}").replace(_JOINT, "")) for key, value in pairs]


def _said(element: etree._Element) -> list[tuple[str, str]]:
    """What an element says: a label alone is answered by its next sibling."""
    words = few_words(element, _LONGEST_LINE)
    if not words:
        return []
    key = meaning_of(words) if len(words) <= 12 else ""
    if key and key not in _IN_SHEETS:
        beside = element.getnext()
        value = few_words(beside, _LONGEST_VALUE) if beside is not None else None
        return [(key, value)] if value else []
    return _in_line(few_words(element, _LONGEST_LINE, _JOINT) or "") if is_line(element) else []


def in_page(root: etree._Element) -> tuple[dict[str, str], set[etree._Element]]:
    """The metadata that stands in the page, and the elements that hold nothing else."""
    met: list[tuple[str, str, etree._Element]] = []
    for element in root.iter(*_HOLDERS):
        around = next((a for a in element.iterancestors() if a.tag in _CONTAINERS), None)
        met += [(key, value, element if around is None else around) for key, value in _said(element)]
    kinds: dict[etree._Element, set[str]] = {}
    for key, _, holder in met:
        kinds.setdefault(holder, set()).add(key)
    sure = {holder for holder, keys in kinds.items() if keys & ANCHORS}
    found: dict[str, str] = {}
    for key, value, holder in met:
        if holder in sure and value and len(value) <= _LONGEST_VALUE:
            found.setdefault(key, value)
    return found, {holder for holder in sure if few_words(holder, _LONGEST_TABLE) is not None}
