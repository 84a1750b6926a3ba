"""Heads of columns as witnesses: where too many are lost or stand in another order, order alone places nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from gongkai.annual.forms import Column, FormBlock
from gongkai.readers.anchors import Segment
from gongkai.readers.assemble import COLUMNS, Placed, told, values_of
from gongkai.readers.lexicon import compact
from gongkai.readers.tokens import Token

_TELLING = ("自然", "商业", "科研", "公益", "律服", "", "总计")
"""What is left of each head of table 三 however it is broken; 其他 stands in the head above it as well."""
_BROKEN = {"公益": ("公益", "社益"), "律服": ("律服", "法律")}
_ORGANISATIONS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构")
_BY_HEADS = "列标题的次序与格式不同，按标题和按次序得到的数不一致"
_OVER = "法人或其他组织"
_FEWEST = 2


def _head_run(segments: Sequence[Segment]) -> Sequence[Token]:
    """The words before the first row of table 三."""
    return next((s.run for s in segments if s.label and s.label.table == 3 and s.figures), ())


def _head_text(run: Sequence[Token]) -> str:
    """Those of them that stand behind the corner."""
    text = "".join(compact(t.text) for t in run)
    start = max(text.rfind("申请人情况"), text.rfind("勾稽关系"))
    return text[start:] if start >= 0 else ""


def _seen(mark: str, text: str) -> bool:
    return any(all(c in text for c in spelling) for spelling in _BROKEN.get(mark, (mark,)))


def _moved(text: str) -> Sequence[int]:
    """The columns whose whole heads stand in another order than the form's; 总计 apart."""
    heads = text.replace(_OVER, "")
    where = [heads.find(head) for head in ("自然人", *_ORGANISATIONS, "其他")]
    if where[0] > min(where[1:5]) >= 0:
        return range(7)
    return range(1, 6) if min(where[1:]) >= 0 and where[1:] != sorted(where[1:]) else ()


@dataclass(frozen=True, slots=True)
class _SaidByHeads:
    """What the heads of table 三 say: columns of the office's own, the form's that are missing, those that moved."""

    own: frozenset[str]
    missing: tuple[int, ...]
    moved: Sequence[int]


_REMEMBERED = 200
"""Signs of heads whose meaning is kept: they are the same in nearly every report."""


def _heads_in(text: str) -> _SaidByHeads:
    missing = tuple(c for c, mark in enumerate(_TELLING) if mark and not _seen(mark, text))
    return _SaidByHeads(frozenset(_OWN_COLUMN.findall(text)), missing, _moved(text))


_said_by_heads = lru_cache(maxsize=256)(_heads_in)


def _total_moved(run: Sequence[Token], rows: Sequence[Sequence[object]]) -> bool:
    """Whether 总计 stands before other heads on its line, and no row shows that its figure is the last all the same."""
    if any(0 <= compact(t.text).find("总计") < compact(t.text).find("自然人") for t in run):
        return not any(_total_last(row) for row in rows)
    total = next((t for t in run if compact(t.text) == "总计"), None)
    behind = [t for t in run if compact(t.text) in ("自然人", _OVER)]
    if total is None or not any(
        total.start < t.start and (total.strip == t.strip or total.col is None) for t in behind
    ):
        return False
    return not any(_total_last(row) for row in rows)


def _total_last(row: Sequence[object]) -> bool:
    """Whether the last figure is the sum of the others and the first is not."""
    numbers = [n for n in row if isinstance(n, int)]
    return len(numbers) == len(row) and sum(numbers) == 2 * numbers[-1] != 2 * numbers[0]


def heads_lost(segments: Sequence[Segment], placed: dict[str, Placed]) -> None:
    """Make doubtful what stands under heads that are lost or changed places, where the values differ."""
    run = _head_run(segments)
    text = _head_text(run)
    if not text:
        return
    said = _said_by_heads(text) if len(text) <= _REMEMBERED else _heads_in(text)
    if said.own:
        _doubt_seven(placed, balanced_too=said.own != {"备注"})
    rows = [values for p in placed.values() if len(values := _values(p)) == COLUMNS]
    moved = range(COLUMNS) if _total_moved(run, rows) else said.moved
    doubtful = moved or (said.missing if len(said.missing) >= _FEWEST else ())
    if not doubtful:
        return
    why = _BY_HEADS if moved else "列标题缺失，不能确定这几列的先后"
    for p in placed.values():
        values = _values(p)
        if len(values) == COLUMNS and len({values[c] for c in doubtful}) > 1:
            p.doubtful, p.why = p.doubtful | frozenset(doubtful), why
            p.could |= {c: told(v for d in doubtful if isinstance(v := values[d], int)) for c in doubtful}


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


def results_moved(segments: Sequence[Segment], p: Placed) -> None:
    """Where whole heads of table 四 stand in another order, only values that are equal either way are certain."""
    values = _values(p)
    if len(values) != _FIFTEEN or not p.row.raw:
        return
    end = p.row.raw[0].start
    text = "".join(compact(t.text) for s in segments for t in s.run if p.row.position <= t.start < end)
    if 0 <= text.find("复议后起诉") < text.find("未经复议直接起诉"):
        _doubt_suits(p, _BY_HEADS)
    seen = _RESULT.findall(text)
    fives = [tuple(seen[i : i + 5]) for i in range(0, len(seen), 5)]
    for number, five in enumerate(fives if len(fives) <= 3 else ()):
        own = range(number * 5, number * 5 + 5)
        if five != _RESULTS and sorted(five) == sorted(_RESULTS) and len({values[c] for c in own}) > 1:
            p.doubtful, p.why = p.doubtful | frozenset(own), _BY_HEADS


@dataclass(frozen=True, slots=True)
class _HeadsOfBlock:
    """The heads of a block of table 二 as they are looked for."""

    heads: tuple[str, ...]
    one: re.Pattern[str]
    side_by_side: re.Pattern[str]
    """As many of them as the block has columns: across a row's label they are of two blocks, and say nothing."""

    def moved(self, text: str) -> bool:
        """Whether all of them stand side by side in another order."""
        groups = (tuple(self.one.findall(run[0])) for run in self.side_by_side.finditer(text))
        return any(group != self.heads and sorted(group) == sorted(self.heads) for group in groups)


@cache
def _heads_of_block(columns: tuple[Column, ...]) -> _HeadsOfBlock:
    heads = tuple(compact(column.label) for column in columns)
    one = "|".join(heads)
    return _HeadsOfBlock(heads, re.compile(one), re.compile(f"(?:{one}){{{len(heads)}}}"))


def columns_moved(segments: Sequence[Segment], placed: dict[str, Placed], blocks: Sequence[FormBlock]) -> None:
    """Where heads of a block of table 二 stand in another order, only values that are equal either way are certain."""
    text = "".join(s.words for s in segments)
    for block in blocks:
        heads = block.columns
        if len(heads) == 1 or not _heads_of_block(heads).moved(text):
            continue
        for p in (placed[row.key] for row in block.rows if row.key in placed):
            if len(set(_values(p))) > 1:
                p.doubtful, p.why = frozenset(range(len(heads))), _BY_HEADS


_LAST_YEARS = re.compile(r"上年|上一年度?(?!项目)|去年|同比|小计|合计|备注|说明")
_OF_AN_OFFICE = re.compile(r"上年|上一年|去年|同比|小计|合计|备注|说明")
"""The same in words of several cells, where 项目 may stand in the next."""
_CORNER = "信息内容"


def foreign_heads(segments: Sequence[Segment], placed: dict[str, Placed]) -> None:
    """Make doubtful what stands in table 二 under a head of the office's own: last year's number, a remark."""
    near = [s for s in segments if _OF_AN_OFFICE.search(s.words)]
    foreign = [t for s in near for t in s.run if _LAST_YEARS.search(compact(t.text))]
    if not foreign:
        return
    corners = [t.start for s in segments for t in s.run if compact(t.text).startswith(_CORNER)]
    for p in placed.values():
        tokens = [t for t in p.tokens or [] if t is not None]
        corner = max((at for at in corners if tokens and at < tokens[0].start), default=None)
        if corner is None:
            continue
        own = [t for t in foreign if corner <= t.start < tokens[0].start]
        under = {c for c, t in enumerate(p.tokens or []) if t is not None and any(_may_head(h, t) for h in own)}
        if under:
            p.doubtful, p.why = p.doubtful | frozenset(under), "列标题不是格式中的标题，不能确定这一列填的是什么"


def _may_head(head: Token, figure: Token) -> bool:
    """Whether the figure stands in the head's column, or in none that is known."""
    if head.col is None or figure.col is None:
        return True
    return head.col <= figure.col < head.col + head.span


_OWN_COLUMN = re.compile(r"小计|上年(?!结转)|去年|备注")


def _doubt_seven(placed: dict[str, Placed], *, balanced_too: bool) -> None:
    """Beside a column of the office's own, seven figures of a line without cells may lack one of the form's.

    A column of remarks is mostly empty: there the row is believed when it adds up.
    """
    for p in placed.values():
        numbers = [n for n in _values(p) if isinstance(n, int)]
        loose = p.tokens and all(t is not None and t.col is None for t in p.tokens)
        if loose and len(numbers) == COLUMNS and (balanced_too or sum(numbers) != 2 * numbers[-1]):
            p.doubtful, p.why = frozenset(range(COLUMNS)), "表头另有本单位自加的一列，不能确定各数属于哪一列"
