"""A scheme from its text. What is wrong is said in sentences for the office that wrote it, all of them at once.

A fault is a contradiction: nothing can be made of the text. A gap is something that is not said (a weight, the rest of
the points): the scheme is a fragment, to be looked at and copied, and nothing is scored by it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation, localcontext
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from gongkai.oversight.computed import COMPUTED
from gongkai.oversight.scheme import (
    FORMS,
    HUNDRED,
    LEVELS,
    MODES,
    PERIODS,
    TAGS,
    Indicator,
    Item,
    Rule,
    Scheme,
    plain,
)

LONGEST, MOST = 200_000, 500
"""The characters of a text and the indicators of a scheme that are read at most."""
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SCHEME = {
    "key", "title", "full", "tag", "source", "note", "period", "pass_mark", "bonus_over", "bonus_limit", "indicator",
}  # fmt: skip
_INDICATOR = {
    "key", "title", "within", "mode", "points", "weight", "rule", "item", "computed", "applies_to", "evidence", "sampling",
    "note", "tag",
}  # fmt: skip


class SchemeFault(ValueError):
    """A text that is no scheme. `says` are the sentences."""

    def __init__(self, says: list[str]) -> None:
        super().__init__("".join(says))
        self.says = tuple(says)


@cache
def bundled() -> Mapping[str, Scheme]:
    """The schemes that came with the system, by key."""
    found = [read_scheme(text) for _, text in sorted(texts().items())]
    return MappingProxyType({each.key: each for each in found})


@cache
def texts() -> Mapping[str, str]:
    """Their texts, by the key that each says, to be copied and changed."""
    folder = files(__package__).joinpath("schemes")
    read = [each.read_text("utf-8") for each in folder.iterdir() if each.name.endswith(".toml")]
    return MappingProxyType({tomllib.loads(text)["key"]: text for text in read})


def read_scheme(text: str) -> Scheme:
    """The scheme that a text says. SchemeFault with a sentence for each thing that is wrong."""
    if len(text) > LONGEST:
        raise SchemeFault([f"方案太长，最多{LONGEST}字。"])
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise SchemeFault([_syntax(error)]) from error
    with localcontext() as context:
        context.prec = 50
        return _Reading(data).scheme()


def _syntax(error: tomllib.TOMLDecodeError) -> str:
    found = re.search(r"line (\d+), column (\d+)", str(error))
    where = f"第{found[1]}行第{found[2]}个字处" if found else "末尾处"
    return f"方案的写法不对：{where}读不下去，请检查引号、括号和等号是否成对、是否用了半角符号。"


class _Reading:
    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.faults: list[str] = []
        self.gaps: list[str] = []

    def scheme(self) -> Scheme:
        data = self.data
        self._strays(data, _SCHEME, "方案")
        rows = data.get("indicator", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or len(rows) > MOST:
            raise SchemeFault([*self.faults, f"指标应逐个写成[[indicator]]，最多{MOST}个。"])
        key, title = self._key(data, "方案"), self._words(data, "title", "方案", needed=True)
        said = self._number(data, "full", "方案的满分")
        full = HUNDRED if said is None else said
        if not full:
            self.faults.append("方案的满分不能是0。")
        known = {str(row.get("key", "")): row for row in rows}
        if len(known) < len(rows):
            self.faults.append("有两个指标用了同一个代码，代码不能重复。")
        indicators = {each.key: each for each in self._indicators(rows, known, full)}
        if not self.faults:
            self._totals(indicators, full)
        if not any(each.sized for each in indicators.values()):
            self.gaps.append("没有可以计分的指标。")
        found = Scheme(
            key=key,
            title=title,
            full=full,
            tag=self._one_of(data, "tag", TAGS, "方案的出处标记", "L"),
            source=self._words(data, "source", "方案"),
            indicators=MappingProxyType(indicators),
            period=self._one_of(data, "period", PERIODS, "考核周期", "year"),
            note=self._words(data, "note", "方案"),
            pass_mark=self._number(data, "pass_mark", "合格线"),
            bonus_over=self._number(data, "bonus_over", "加分起点"),
            bonus_limit=self._number(data, "bonus_limit", "加分上限"),
            gaps=tuple(self.gaps),
        )
        if self.faults:
            raise SchemeFault(self.faults)
        return found

    # ---- one indicator after another

    def _indicators(
        self, rows: list[dict[str, Any]], known: dict[str, dict[str, Any]], full: Decimal
    ) -> Iterator[Indicator]:
        parents = {str(row.get("within", "")) for row in rows}
        sizes: dict[str, Decimal | None] = {"": full}
        seen = {""}
        for row in rows:
            key = self._key(row, "指标")
            name = f"“{row.get('title') or key}”"
            self._strays(row, _INDICATOR, name)
            within = str(row.get("within", ""))
            if within not in seen:
                told = "写在它的后面" if within in known else "没有写"
                self.faults.append(f"{name}的上级“{within}”{told}，上级指标应写在前面。")
                continue
            seen.add(key)
            level = self._level(within, known)
            if level > LEVELS:
                self.faults.append(f"{name}是第{level}级，指标最多{LEVELS}级。")
                continue
            made = self._indicator(row, key, name, within, level, key in parents, sizes.get(within))
            sizes[key] = made.size
            yield made

    @staticmethod
    def _level(within: str, known: dict[str, dict[str, Any]]) -> int:
        level = 1
        while within and level <= LEVELS:
            within, level = str(known[within].get("within", "")), level + 1
        return level

    def _indicator(
        self, row: dict[str, Any], key: str, name: str, within: str, level: int, group: bool, above: Decimal | None
    ) -> Indicator:
        mode = "" if group else self._one_of(row, "mode", MODES, f"{name}的评分方式", "share")
        if group and "mode" in row:
            self.faults.append(f"{name}下面还有指标，不能再写评分方式。")
        points, weight = self._number(row, "points", f"{name}的分值"), self._number(row, "weight", f"{name}的权重")
        if points is not None and weight is not None:
            self.faults.append(f"{name}同时写了分值和权重，只能写一种。")
        if mode == "veto" and (points is not None or weight is not None):
            self.faults.append(f"{name}是单项否决，不写分值和权重。")
        if mode == "bonus" and weight is not None:
            self.faults.append(f"{name}是加分项，应写最多加几分（points），不写权重。")
        elif mode == "bonus" and points is None:
            self.gaps.append(f"{name}是加分项，没有写最多加几分。")
        if weight is not None and weight > HUNDRED:
            self.faults.append(f"{name}的权重是{plain(weight)}%，不能超过100%。")
        size = points if weight is None or above is None else above * weight / HUNDRED
        return Indicator(
            key=key,
            title=self._words(row, "title", name, needed=True),
            within=within,
            level=level,
            mode=mode,
            size=None if mode == "veto" else size,
            points=points,
            weight=weight,
            rules=self._rules(row, name) if mode == "deduct" else (),
            items=self._items(row, name) if mode == "check" else (),
            computed=self._computed(row, mode, name),
            applies_to=self._list(row, "applies_to", name, FORMS),
            evidence=self._list(row, "evidence", name),
            sampling=self._words(row, "sampling", name),
            note=self._words(row, "note", name),
            tag=self._one_of(row, "tag", TAGS, f"{name}的出处标记", ""),
        )

    def _computed(self, row: dict[str, Any], mode: str, name: str) -> str:
        said = self._words(row, "computed", name)
        if not said:
            return ""
        if said not in COMPUTED:
            self.faults.append(f"{name}要由系统计算的“{said}”没有登记，请从说明里的清单中选用。")
            return ""
        if COMPUTED[said].mode != mode:
            self.faults.append(f"{name}由系统计算“{COMPUTED[said].zh}”，评分方式应为“{MODES[COMPUTED[said].mode]}”。")
        keys = [key for key, _ in COMPUTED[said].keys]
        own = [str(e.get("key", "")) for what in ("rule", "item") for e in self._rows(row, what, name)]
        if sorted(keys) != sorted(own):
            self.faults.append(f"{name}由系统计算“{COMPUTED[said].zh}”，各项的代码应为{'、'.join(keys) or '空'}。")
        return said

    def _rules(self, row: dict[str, Any], name: str) -> tuple[Rule, ...]:
        found = []
        for each in self._rows(row, "rule", name):
            title = self._words(each, "title", f"{name}的扣分项", needed=True)
            off = self._number(each, "each", f"{name}“{title}”每次扣分")
            if not off:
                self.faults.append(f"{name}“{title}”没有写每次扣几分。")
            most = self._number(each, "most", f"{name}“{title}”最多扣分")
            found.append(Rule(self._key(each, f"{name}的扣分项"), title, off or Decimal(0), most))
        if not found:
            self.gaps.append(f"{name}是扣分，没有写哪些情况扣分。")
        self._once([each.key for each in found], name)
        return tuple(found)

    def _items(self, row: dict[str, Any], name: str) -> tuple[Item, ...]:
        rows = self._rows(row, "item", name)
        if not rows:
            self.gaps.append(f"{name}是逐项核对，没有写要核对哪几项。")
        title = f"{name}的核对项"
        found = [Item(self._key(e, title), self._words(e, "title", title, needed=True)) for e in rows]
        self._once([each.key for each in found], name)
        return tuple(found)

    def _once(self, keys: list[str], name: str) -> None:
        if len(set(keys)) < len(keys):
            self.faults.append(f"{name}下面有两项用了同一个代码。")

    # ---- the sums

    def _totals(self, indicators: dict[str, Indicator], full: Decimal) -> None:
        for key in ("", *(each.key for each in indicators.values() if each.group)):
            under = [each for each in indicators.values() if each.within == key and self._counts(each, indicators)]
            name = f"“{indicators[key].title}”的下级" if key else "一级指标"
            if not under:
                continue
            silent = [each.title for each in under if each.points is None and each.weight is None]
            if silent:
                self.gaps.append(f"{name}中{'、'.join(silent)}没有分值或者权重。")
            elif any(each.points is None for each in under) and any(each.weight is None for each in under):
                self.faults.append(f"{name}有的写分值、有的写权重，同一级只能用一种。")
            else:
                self._sum(under, name, indicators[key].size if key else full)

    @staticmethod
    def _counts(of: Indicator, indicators: dict[str, Indicator]) -> bool:
        """Whether an indicator is part of the base: a group is unless all under it are vetoes or bonuses."""
        if not of.group:
            return of.sized
        under = [each for each in indicators.values() if each.within == of.key]
        return any(_Reading._counts(each, indicators) for each in under)

    def _sum(self, under: list[Indicator], name: str, above: Decimal | None) -> None:
        if under[0].weight is not None:
            total, wanted, unit = sum((e.weight or Decimal(0) for e in under), Decimal(0)), HUNDRED, "%"
        else:
            total, unit = sum((e.points or Decimal(0) for e in under), Decimal(0)), "分"
            if above is None:
                return
            wanted = above
        if total > wanted:
            self.faults.append(f"{name}合计{plain(total)}{unit}，超过了{plain(wanted)}{unit}。")
        elif total < wanted:
            self.gaps.append(f"{name}合计{plain(total)}{unit}，还差{plain(wanted - total)}{unit}。")

    # ---- single values

    def _strays(self, row: Mapping[str, Any], known: set[str], name: str) -> None:
        if stray := sorted(set(row) - known):
            self.faults.append(f"{name}写了系统不认识的“{'、'.join(stray)}”。")

    def _rows(self, row: Mapping[str, Any], what: str, name: str) -> list[dict[str, Any]]:
        found = row.get(what, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self.faults.append(f"{name}的“{what}”应逐项写成表。")
            return []
        return found

    def _key(self, row: Mapping[str, Any], name: str) -> str:
        said = row.get("key")
        if not isinstance(said, str) or not _KEY.fullmatch(said):
            shown = f"“{said}”" if said else "空"
            self.faults.append(f"{name}的代码是{shown}，应为小写字母开头的字母、数字、下划线，最多40个字符。")
            return ""
        return said

    def _words(self, row: Mapping[str, Any], what: str, name: str, *, needed: bool = False) -> str:
        said = row.get(what, "")
        if not isinstance(said, str) or len(said) > 2000:
            self.faults.append(f"{name}的“{what}”应为文字，最多2000字。")
            return ""
        if needed and not said.strip():
            self.faults.append(f"{name}没有写名称（title）。")
        return said.strip()

    def _list(
        self, row: Mapping[str, Any], what: str, name: str, known: Mapping[str, str] | None = None
    ) -> tuple[str, ...]:
        said = row.get(what, [])
        if not isinstance(said, list) or not all(isinstance(each, str) for each in said):
            self.faults.append(f"{name}的“{what}”应为一列文字。")
            return ()
        if known is not None and (stray := [each for each in said if each not in known]):
            choices = "、".join(f"{key}（{zh}）" for key, zh in known.items())
            self.faults.append(f"{name}适用的机关“{'、'.join(stray)}”不认识，可用的有：{choices}。")
        return tuple(said)

    def _one_of(self, row: Mapping[str, Any], what: str, known: Mapping[str, str], name: str, usual: str) -> str:
        said = row.get(what, usual)
        if not isinstance(said, str) or (said != usual and said not in known):
            choices = "、".join(f"{key}（{zh}）" for key, zh in known.items())
            self.faults.append(f"{name}是“{said}”，可用的有：{choices}。")
            return usual
        return str(said)

    def _number(self, row: Mapping[str, Any], what: str, name: str) -> Decimal | None:
        said = row.get(what)
        if said is None:
            return None
        try:
            if isinstance(said, bool):
                raise TypeError
            found = Decimal(said)
            if not found.is_finite() or not 0 <= found <= 10_000 or -int(found.as_tuple().exponent) > 4:
                raise ValueError(said)
        except (TypeError, ValueError, InvalidOperation):
            self.faults.append(f"{name}是“{said}”，应为0至10000之间、最多四位小数的数。")
            return None
        return found
