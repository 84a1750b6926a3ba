"""The report that counts: what was read, with people's corrections laid over it. The reading itself never changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Literal

from gongkai.annual.forms import cell
from gongkai.annual.report import Cell, Number, Report
from gongkai.web.facts import Refused

Action = Literal["value", "blank", "original"]
NUMBER_LIMIT = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of one address, as the newest of its rows says."""

    action: Action
    value: str = ""
    reason: str = ""


def number_of(address: str, text: str) -> Number:
    """The number a person typed for an address. Refused with a sentence when the cell cannot hold it.

    Counts are whole and not negative, changes whole, amounts not negative with at most six decimals.
    """
    plain = (
        text.strip()
        .replace(",", "")
        .replace("，", "")
        .translate(str.maketrans("０１２３４５６７８９．－", "0123456789.-"))
    )
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise Refused(f"“{text.strip()[:20]}”不是数字。请填写阿拉伯数字，例如 12。") from None
    if not value.is_finite() or abs(value) >= NUMBER_LIMIT:
        raise Refused("这个数太大，本格不可能有这样的数。请核对后重填。")
    kind = cell(address).kind
    if kind != "change" and value < 0:
        raise Refused("本格不能为负数。请核对后重填。")
    if kind != "amount" and value != value.to_integral_value():
        raise Refused("本格应为整数。请核对后重填。")
    if kind == "amount" and -int(value.normalize().as_tuple().exponent) > 6:
        raise Refused("金额最多保留六位小数。请核对后重填。")
    return int(value) if value == value.to_integral_value() else value


def original_text(report: Report, address: str) -> str:
    """What the reading says of an address, in words a person can compare."""
    found = report.cells.get(address)
    if found:
        return str(found.value)
    if address in report.blank:
        return "空白"
    unsure = next((u for u in report.unsure if u.address == address), None)
    return f"读不准：{unsure.text}"[:200] if unsure else "原文没有这一格"


def effective(report: Report, corrections: Mapping[str, Correction]) -> Report:
    """The report with corrections: their cells carry the proof "person" and keep the place in the original."""
    live = {a: c for a, c in corrections.items() if c.action != "original"}
    if not live:
        return report
    cells = {a: c for a, c in report.cells.items() if a not in live}
    places = {u.address: (u.at, u.where, u.text) for u in report.unsure}
    places |= {a: (c.at, c.where, c.text) for a, c in report.cells.items()}
    for address, correction in live.items():
        if correction.action == "value":
            base = report.cells.get(address) or Cell(0)
            at, where, _ = places.get(address, (base.at, "", ""))
            value = number_of(address, correction.value)
            cells[address] = base._replace(
                value=value,
                text=correction.value,
                at=at,
                where=where,
                proof="person",
                uses=(),
                says=(f"人工更正：{correction.reason}",),
            )
    blank = [a for a in report.blank if a not in live]
    blank += [a for a, c in live.items() if c.action == "blank"]
    return replace(
        report, cells=cells, blank=tuple(blank), unsure=tuple(u for u in report.unsure if u.address not in live)
    )
