"""Whether a row of a register may be kept: each field by its kind, days in order, and nothing that names a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.proactive.registers import MONTH, Field, Register, Values, day_of
from gongkai.text.personal import find

NATURAL_PERSON = "natural_person"
_LINE, _WORDS = 200, 2000
_EARLIEST, _LATEST = date(1949, 10, 1), date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a field lacks or gets wrong, as a sentence."""

    key: str
    says: str


_COUNT = re.compile(r"\d{1,9}")
_AMOUNT = re.compile(r"\d{1,12}(?:\.\d{1,6})?")


def _day(_: Field, value: str) -> str:
    day = day_of(value) if len(value) == 10 else None
    if day is None:
        return "日期应当像2026-03-02。"
    return "" if _EARLIEST <= day <= _LATEST else "年份不对，请核对。"


def _month(_: Field, value: str) -> str:
    return "" if MONTH.fullmatch(value) else "月份应当像2026-03。"


def _period(each: Field, value: str) -> str:
    first, _, last = value.partition("/")
    if _day(each, first) or (last and _day(each, last)):
        return "起止日期应当像2026-03-02至2026-03-20。"
    return "截止日期早于起始日期，请核对。" if last and last < first else ""


def _text(_: Field, value: str) -> str:
    return f"最多{_LINE}字，写在一行里。" if len(value) > _LINE or "\n" in value else ""


def _words(_: Field, value: str) -> str:
    return f"最多{_WORDS}字。" if len(value) > _WORDS else ""


def _choice(each: Field, value: str) -> str:
    return "" if value in each.choices else f"请从{'、'.join(each.choices.values())}中选择。"


def _choices(each: Field, value: str) -> str:
    return "" if set(value.split(",")) <= set(each.choices) else f"请从{'、'.join(each.choices.values())}中选择。"


def _count(_: Field, value: str) -> str:
    return "" if _COUNT.fullmatch(value) else "应当是不小于0的整数。"


def _amount(each: Field, value: str) -> str:
    if _AMOUNT.fullmatch(value):
        return "应当在0到100之间。" if each.unit == "%" and Decimal(value) > 100 else ""
    return f"应当是不小于0的数，单位是{each.unit}，小数最多六位。"


def _key(_: Field, value: str) -> str:
    return "" if re.fullmatch(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", value) else "请重新选择。"


def _yes(_: Field, value: str) -> str:
    return "" if value == "yes" else "请选择是，或者留空。"


_CHECKS: dict[str, Callable[[Field, str], str]] = {
    "day": _day,
    "month": _month,
    "period": _period,
    "text": _text,
    "party": _text,
    "words": _words,
    "choice": _choice,
    "choices": _choices,
    "count": _count,
    "amount": _amount,
    "organ": _key,
    "entry": _key,
    "row": _key,
    "file": _key,
    "photo": _key,
    "yes": _yes,
}
_PERSONAL = {
    "identity": "身份证号码",
    "bank_card": "银行卡号",
    "phone": "手机号码",
}
_MOBILE = re.compile(r"^(?:\+?86[- ]?)?1[3-9]")


def _personal(value: str) -> str:
    """台账不保存证件号码、银行卡号和手机号码; the telephone of an office may stand."""
    for hit in find(value):
        says = _PERSONAL.get(hit.kind)
        if says and (hit.kind != "phone" or _MOBILE.match(value[hit.start : hit.end])):
            return f"里面像是有{says}，台账不登记个人的号码，请删去。"
    return ""


def faults(of: Register, values: Values) -> tuple[Fault, ...]:
    """What a row lacks or gets wrong, field by field; empty when it may be kept."""
    found = []
    for each in of.fields:
        value = values.get(each.key, "")
        if not value:
            if each.needed(values):
                found.append(Fault(each.key, f"没有填写“{each.zh}”。"))
        elif wrong := _CHECKS[each.kind](each, value) or (
            _personal(value) if each.kind in ("text", "words", "party") else ""
        ):
            found.append(Fault(each.key, f"“{each.zh}”{wrong}"))
    found += [Fault(key, f"“{of.zh}”没有“{key}”这一项。") for key in values if key not in of.keys]
    return tuple(found) or _together(of, values)


_ORDER = (
    ("effective_on", "expires_on"), ("issued_on", "expires_on"), ("from_on", "due_on"), ("from_on", "finished_on"),
    ("from_on", "closed_on"), ("from_on", "until_on"), ("opened_on", "closed_on"), ("posted_on", "until_on"),
    ("posted_on", "removed_on"), ("received_on", "answered_on"), ("met_on", "responded_on"), ("on", "until"),
    ("approved_on", "public_on"), ("decided_on", "until"), ("last_post_on", "on"),
)  # fmt: skip
"""Days of which the second never lies before the first."""


def _together(of: Register, values: Values) -> tuple[Fault, ...]:
    for first, then in _ORDER:
        if {first, then} <= of.keys and values.get(first) and values.get(then) and values[then] < values[first]:
            return (Fault(then, f"“{of.field(then).zh}”早于“{of.field(first).zh}”，请核对。"),)
    linked = [each for each in ("document", "entry") if values.get(each)]
    if of.key == "document_changes" and len(linked) != 1:
        return (Fault("document", "请选择登记的文件，或者填目录条目的索引号，两者填一个。"),)
    return ()


def cleaned(of: Register, given: Values) -> dict[str, str]:
    """What was given without blanks, without what has no meaning beside the rest, and without the names of persons."""
    said = {key: value.strip() for key, value in given.items() if value and value.strip()}
    kept = {each.key: said[each.key] for each in of.fields if each.key in said and each.asked(said)}
    kept |= {key: value for key, value in said.items() if key not in of.keys}
    for each in of.fields:
        value = kept.get(each.key, "")
        if value and each.kind in ("text", "party"):
            value = " ".join(value.split())
        if value and each.kind == "party" and kept.get("party_kind") == NATURAL_PERSON:
            value = masked_name(value)
        if value:
            kept[each.key] = value
    return kept


_COMPOUND = (
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "夏侯", "长孙", "宇文",
    "端木", "南宫", "独孤", "呼延", "轩辕", "百里", "东郭", "西门", "申屠", "澹台",
)  # fmt: skip


def masked_name(name: str) -> str:
    """The surname with 某 in place of each further sign; a list of people becomes 等 with their number.

    >>> masked_name("张三丰"), masked_name("欧阳修"), masked_name("李某"), masked_name("王五、赵六")
    ('张某某', '欧阳某', '李某', '王某等2人')
    """
    people = [part for part in re.split(r"[、，,;；和\s]+", name.strip()) if part]
    if len(people) > 1:
        return f"{masked_name(people[0])}等{len(people)}人"
    one = re.sub(r"[·.•・].*", "", people[0]) if people else ""
    surname = next((each for each in _COMPOUND if one.startswith(each) and len(one) > len(each)), one[:1])
    return surname + "某" * max(1, min(len(one) - len(surname), 2)) if one else ""
