"""Reports made from the gold of the corpus: cells as known to be right, words from the raw text by a simple splitter.

The checker of the words can so be judged without any reader.
"""

from __future__ import annotations

import re
from decimal import Decimal

from gongkai.annual.report import At, Cell, Report, SectionText, Source
from tests.corpus_score import OLD_NAMES, Document

_NUMBERS = "一二三四五六"
_HEADING = re.compile(
    r"(?:^|(?<=[。\s]))[ \t\u3000#*]*([一二三四五六])、[ \t]*"
    r"(?=总体情况|總體情況|主动公开政府信息|主動公開政府信息|收到和(?:处理|處理)政府|(?:因)?政府信息公[开開].{0,6}行政[复復]|"
    r"存在(?:的)?(?:主要)?(?:问题|問題)|政府信息公开工作存在|其[他它]需要)"
)
_TABLE = re.compile(r"[|\t]")
_SENTENCE = re.compile(r"[。；;，,].*[\u4e00-\u9fff]|[\u4e00-\u9fff]{6,}.*[。；;]")
_TABLE_WORDS = re.compile(r"勾稽关系|勾稽關系|区分处理的|逾期不补正|逾期未按|正当理由|设区的市|本单位制发的")


def _prose(text: str, start: int, end: int) -> SectionText:
    """The lines of a chapter that read like sentences, one stretch of the source after the other."""
    kept = [
        line
        for line in text[start:end].split("\n")
        if _SENTENCE.search(line) and not _TABLE.search(line) and not _TABLE_WORDS.search(line)
    ]
    return SectionText("\n".join(kept), At(chars=(start, end)))


def sections_of(text: str) -> dict[int, SectionText]:
    """Chapters by their headings; of chapters 2 to 4 only what reads like sentences."""
    marks = [(_NUMBERS.index(m[1]) + 1, m.end(), m.start()) for m in _HEADING.finditer(text)]
    found: dict[int, SectionText] = {}
    for position, (number, _, start) in enumerate(marks):
        end = marks[position + 1][2] if position + 1 < len(marks) else len(text)
        if number in found:
            continue
        found[number] = (
            SectionText(text[start:end], At(chars=(start, end))) if number in (1, 5, 6) else _prose(text, start, end)
        )
    first = marks[0][2] if marks else len(text)
    if 1 not in found:
        found[1] = _prose(text, 0, first)
    return found


def gold_report(document: Document) -> Report:
    """The report that a perfect reader would give, cells from the gold (optional ones too)."""
    gold = document.gold
    values = {**(gold.get("optional") or {}), **gold["cells"]}
    cells: dict[str, Cell] = {}
    for address, value in values.items():
        old = next((o for o in OLD_NAMES if address.startswith(o)), "")
        cells[OLD_NAMES[old] + address[len(old) :] if old else address] = Cell(
            value if isinstance(value, int) else Decimal(str(value)), str(value)
        )
    text = document.path.read_text("utf-8") if document.path.suffix != ".pdf" else ""
    if document.path.suffix == ".html":
        text = re.sub(r"<[^>]+>", "\n", text)
    return Report(
        Source(document.path.name, document.path.suffix[1:]),
        edition=gold.get("edition"),
        organ=gold.get("body"),
        year=gold.get("year"),
        cells=cells,
        sections=sections_of(text),
        text=text,
    )
