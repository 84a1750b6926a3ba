"""Heads of columns as witnesses: where too many are lost or stand in another order, order alone places nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.readers.anchors import Segment
from gongkai.readers.assemble import COLUMNS, Placed, values_of
from gongkai.readers.lexicon import compact

_TELLING = ("自然", "商业", "科研", "公益", "律服", "", "总计")
"""What is left of each head of table 三 however it is broken; 其他 stands in the head above it as well."""
_BROKEN = {"公益": ("公益", "社益"), "律服": ("律服", "法律")}
_ORGANISATIONS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构")
_FEWEST = 2


def _head_text(segments: Sequence[Segment]) -> str:
    """The words between the corner of table 三 and its first row."""
    first = next((i for i, s in enumerate(segments) if s.label and s.label.table == 3 and s.figures), None)
    if first is None:
        return ""
    text = "".join(compact(t.text) for t in segments[first].run)
    start = max(text.rfind("申请人情况"), text.rfind("勾稽关系"))
    return text[start:] if start >= 0 else ""


def _seen(mark: str, text: str) -> bool:
    return any(all(c in text for c in spelling) for spelling in _BROKEN.get(mark, (mark,)))


def heads_lost(segments: Sequence[Segment], placed: dict[str, Placed]) -> None:
    """Make doubtful what stands under heads that are lost or changed places, where the values differ."""
    text = _head_text(segments)
    if not text:
        return
    missing = [c for c, mark in enumerate(_TELLING) if mark and not _seen(mark, text)]
    where = [text.find(head) for head in _ORGANISATIONS]
    moved = list(range(1, 6)) if min(where) >= 0 and where != sorted(where) else []
    doubtful = moved or (missing if len(missing) >= _FEWEST else [])
    if not doubtful:
        return
    why = "列标题的次序与格式不同，按标题和按次序得到的数不一致" if moved else "列标题缺失，不能确定这几列的先后"
    for p in placed.values():
        values = _values(p)
        if len(values) == COLUMNS and len({values[c] for c in doubtful}) > 1:
            p.doubtful, p.why = p.doubtful | frozenset(doubtful), why


def kinds_unnamed(segments: Sequence[Segment], p: Placed) -> None:
    """Where neither kind of suit is named in the heads of table 四, the two blocks may have changed places."""
    text = "".join(compact(t.text) for s in segments for t in s.run if t.start >= p.row.position)
    if not any(mark in text for mark in ("直接", "后起诉", "未经")):
        _doubt_suits(p, "表头没有写明是直接起诉还是复议后起诉")


def _values(p: Placed) -> Sequence[object]:
    return p.numbers if p.numbers is not None else values_of(p.row) if p.tokens else ()


def _doubt_suits(p: Placed, why: str) -> None:
    """Make doubtful what differs between the two kinds of suit."""
    values = _values(p)
    if len(values) == _FIFTEEN and values[5:10] != values[10:15]:
        p.doubtful |= frozenset(c for c in range(5, 15) if values[c] != values[c + 5 if c < 10 else c - 5])
        p.why = why


_FIFTEEN = 15
_RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_RESULT = re.compile("|".join(_RESULTS))
_MOVED = "表四列标题的次序与格式不同，按标题和按次序得到的数不一致"


def results_moved(segments: Sequence[Segment], p: Placed) -> None:
    """Where whole heads of table 四 stand in another order, only values that are equal either way are certain."""
    values = _values(p)
    if len(values) != _FIFTEEN or not p.row.raw:
        return
    end = p.row.raw[0].start
    text = "".join(compact(t.text) for s in segments for t in s.run if p.row.position <= t.start < end)
    if 0 <= text.find("复议后起诉") < text.find("未经复议直接起诉"):
        _doubt_suits(p, _MOVED)
    seen = _RESULT.findall(text)
    fives = [tuple(seen[i : i + 5]) for i in range(0, len(seen), 5)]
    for number, five in enumerate(fives if len(fives) <= 3 else ()):
        own = range(number * 5, number * 5 + 5)
        if five != _RESULTS and sorted(five) == sorted(_RESULTS) and len({values[c] for c in own}) > 1:
            p.doubtful, p.why = p.doubtful | frozenset(own), _MOVED
