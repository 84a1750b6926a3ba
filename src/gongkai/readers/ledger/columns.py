"""Which column of a ledger means what: the many names that offices give to the same thing.

A name is folded (no spaces, no signs, 时间 as 日期) and looked up whole; nothing is taken for likely. Strong names mean
one thing; weak ones only stand in where no strong one is there, and that is said. Some names can mean two things: a row
that fills such a column is doubtful until a person says which.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.text.normal import fold

LABELS: dict[str, str] = {
    "number": "登记编号",
    "organ": "承办单位",
    "applicant": "申请人",
    "applicant_kind": "申请人类型",
    "identity_number": "证件号码",
    "phone": "联系电话",
    "address": "联系地址",
    "channel": "申请渠道",
    "received_on": "收到日期",
    "content": "申请内容",
    "supplement_asked_on": "补正告知日期",
    "supplemented_on": "补正收到日期",
    "reasons_asked_on": "说明理由告知日期",
    "reasons_given_on": "说明理由收到日期",
    "consulted_whom": "征求意见对象",
    "consulted_from": "征求意见起",
    "consulted_until": "征求意见止",
    "consulted_period": "征求意见期间",
    "extended": "是否延期",
    "extended_on": "延期日期",
    "extended_days": "延期工作日",
    "extended_until": "延期后到期日",
    "fee_notified_on": "收费通知日期",
    "fee_paid_on": "缴费日期",
    "withdrawn_on": "撤回日期",
    "replied_on": "答复日期",
    "decision": "处理决定",
    "grounds": "不予公开理由",
    "delivery": "送达方式",
    "delivered_on": "送达日期",
    "remark": "备注",
}
"""Everything a column can mean → what it is called in our own template."""

DAYS = frozenset(name for name in LABELS if name.endswith("_on")) | {"consulted_from", "consulted_until"}
"""The meanings whose cells are days."""

_NEUTRAL = re.compile(r"(?:申请人?|登记|受理|收件|办理|答复|处理|基本|送达)(?:人|基本)*(?:情况|信息|环节|事项)")
_SIGNS = re.compile(r"[\s、,，。.:：;；/\\\-—_*★☆()（）【】\[\]〔〕<>《》\"'“”‘’|]+")
_BRACKETED = re.compile(r"[(（【\[〔].*?[)）】\]〕]")
_FILLERS = re.compile("依申请公开|政府信息公开|政府信息|的|书面")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name means: one of `LABELS`; a weak name gives way to a strong one; several: it cannot be said."""

    names: tuple[str, ...]
    weak: bool = False


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("columns.toml").read_text("utf-8"))


@cache
def _known() -> dict[str, Meaning]:
    data = _data()
    strong = {w: Meaning((field,)) for field, words in data["strong"].items() for w in words}
    weak = {w: Meaning((field,), weak=True) for field, words in data["weak"].items() for w in words}
    return {**weak, **{w: Meaning(tuple(fields)) for w, fields in data["unclear"].items()}, **strong}


@cache
def meaning_of(*levels: str) -> Meaning | None:
    """What a column means by its heads, the outermost first (补正 over 告知日期). None: it is not known.

    All levels are read together first, then the innermost two, then the innermost alone; each with and without what
    stands in brackets.
    """
    told = [level for place, level in enumerate(levels) if level.strip() and level not in levels[:place]]
    for first in range(len(told)):
        outer = told[first - 1] if first else ""
        if outer and _bare(told[first]) in _data()["alone"]["generic"] and not _NEUTRAL.fullmatch(_bare(outer)):
            continue
        for parts in (told[first:], [_BRACKETED.sub("", part) for part in told[first:]]):
            found = _looked_up("".join(parts))
            if found:
                return found
    return None


def _looked_up(name: str) -> Meaning | None:
    bare = _bare(name)
    return _known().get(bare) or _known().get(_FILLERS.sub("", bare))


def _bare(name: str) -> str:
    return _SIGNS.sub("", fold(name)).replace("时间", "日期")
