"""One row of a ledger: each cell as a value or a doubt, then what the row as a whole cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from gongkai.onrequest.decisions import decisions
from gongkai.readers.formats.xlsx import plain_number
from gongkai.readers.ledger.columns import DAYS, LABELS
from gongkai.readers.ledger.days import NoDay, day_of, is_blank, period_of
from gongkai.readers.ledger.heads import Column, Head
from gongkai.readers.ledger.values import Doubt, LedgerRow
from gongkai.readers.ledger.words import (
    CHANNELS,
    DELIVERIES,
    KINDS,
    NOT_YET,
    channels_of,
    decisions_of,
    deliveries_of,
    kinds_of,
)
from gongkai.text.normal import fold
from gongkai.text.numbers import spelled_number

LONGEST_EXTENSION = 20
"""Working days: 第三十三条第二款 allows no more."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_EXCEL_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)")
_WORKDAYS = re.compile(
    r"(?:延长|延期)?\s*(\d{1,3}|二?十[一二三四五六七八九]?|[一二三四五六七八九])\s*(?:个?工作日|个?工作天|天|日)?"
)
_YES = re.compile(r"是|有|已?延[期长]|√|✓|Y(?:ES)?", re.IGNORECASE)
_NO = re.compile(r"否|无|未延[期长]|不延[期长]|没有|×|N(?:O)?", re.IGNORECASE)
_OTHER_ORGANS = re.compile(r"机关|部门|局$|委员会$|人民政府|办公室$|厅$")
_NO_CONSULTATION = re.compile(r"法律顾问|法制|法规[科股处]|内设|科室|[科股]室?$")
_SHORT = ("number", "applicant", "organ", "identity_number", "phone")

_ORDER: tuple[tuple[str, str], ...] = (
    ("received_on", "supplement_asked_on"),
    ("supplement_asked_on", "supplemented_on"),
    ("received_on", "supplemented_on"),
    ("received_on", "reasons_asked_on"),
    ("reasons_asked_on", "reasons_given_on"),
    ("received_on", "consulted_from"),
    ("consulted_from", "consulted_until"),
    ("received_on", "extended_on"),
    ("received_on", "fee_notified_on"),
    ("fee_notified_on", "fee_paid_on"),
    ("received_on", "withdrawn_on"),
    ("received_on", "replied_on"),
    ("supplement_asked_on", "replied_on"),
    ("supplemented_on", "replied_on"),
    ("consulted_from", "replied_on"),
    ("consulted_until", "replied_on"),
    ("extended_on", "replied_on"),
    ("replied_on", "delivered_on"),
    ("received_on", "delivered_on"),
)
_PAIRS: tuple[tuple[str, str], ...] = (
    ("supplemented_on", "supplement_asked_on"),
    ("reasons_given_on", "reasons_asked_on"),
    ("consulted_until", "consulted_from"),
    ("extended_on", "extended_days"),
    ("extended_days", "extended_on"),
    ("delivered_on", "replied_on"),
)
"""Where the first is given, the second must be."""


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one sheet under its head."""

    sheet: str
    head: Head
    today: date | None
    year: int | None = None
    third_party_assumed: bool = False
    _line: int = 0
    _doubts: list[Doubt] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Remember what the ledger calls each meaning, for the doubts."""
        for column in self.head.columns:
            if column.meaning:
                self._names.setdefault(column.meaning, column.name)

    def read(self, line: int, value_at: Callable[[int], Any]) -> LedgerRow | tuple[Doubt, ...]:
        """The row, or every reason why it is none."""
        self._line, self._doubts = line, []
        told: dict[str, Any] = {}
        texts: dict[str, str] = {}
        notes: list[tuple[str, str]] = []
        for column in self.head.columns:
            stored = value_at(column.index)
            text = shown(stored)
            if not column.meanings:
                if text:
                    notes.append((column.name or f"第{column.index + 1}列", text))
            elif len(column.meanings) > 1:
                if not is_blank(text):
                    may = "或者".join(f"“{LABELS[name]}”" for name in column.meanings)
                    self._doubt(column.name, text, f"这一列可能是{may}，请把列名改为其中一种")
            else:
                self._cell(column, stored, text, told, texts)
        self._words(told, texts)
        if not self._doubts:
            self._together(told, texts)
            self._whole(told)
        if self._doubts:
            return tuple(self._doubts)
        return LedgerRow(self.sheet, line, notes=tuple(notes), **told)

    def _doubt(self, column: str, met: str, expected: str) -> None:
        self._doubts.append(Doubt(self.sheet, self._line, column, met[:80], expected))

    def _named(self, meaning: str) -> str:
        return self._names.get(meaning, LABELS[meaning])

    # ---- cells -------------------------------------------------------------------------------------------------

    def _cell(self, column: Column, stored: Any, text: str, told: dict[str, Any], texts: dict[str, str]) -> None:
        meaning = column.meaning
        if _EXCEL_ERROR.fullmatch(text):
            self._doubt(column.name, text, "单元格是出错的公式，请改为数值")
            return
        if meaning in DAYS:
            try:
                value: Any = day_of(stored, self.year)
            except NoDay as error:
                self._doubt(column.name, text, str(error))
                return
            if value and self.today and value > self.today:
                self._doubt(column.name, text, "日期在今天之后")
                return
        elif meaning == "consulted_period":
            self._period(column, stored, text, told)
            return
        else:
            value = text
        kept = texts if meaning not in DAYS else told
        before = kept.get(meaning)
        if before and value and before != value:
            self._doubt(column.name, text, f"与“{self._named(meaning)}”一列不一致")
        elif value:
            kept[meaning] = value

    def _period(self, column: Column, stored: Any, text: str, told: dict[str, Any]) -> None:
        try:
            first, last = period_of(stored, self.year)
        except NoDay:
            self._doubt(column.name, text, "应为起止日期，如2026-3-1至2026-3-20")
            return
        told |= {name: day for name, day in (("consulted_from", first), ("consulted_until", last)) if day}

    # ---- words -------------------------------------------------------------------------------------------------

    def _words(self, told: dict[str, Any], texts: dict[str, str]) -> None:
        for name in ("number", "organ", "applicant", "identity_number", "phone", "address", "content", "remark"):
            value = texts.get(name, "")
            told[name] = " ".join(value.split()) if name in _SHORT else value
        self._coded("applicant_kind", kinds_of, KINDS, told, texts)
        self._coded("channel", channels_of, CHANNELS, told, texts)
        self._coded("delivery", deliveries_of, DELIVERIES, told, texts)
        self._decision(told, texts)
        self._extension_days(told, texts)
        if not told["applicant"] and "applicant" in self._names:
            self._doubt(self._named("applicant"), "", "应有申请人姓名或者名称")

    def _coded(
        self,
        meaning: str,
        codes_of: Callable[[str], tuple[str, ...]],
        names: Mapping[str, str],
        told: dict[str, Any],
        texts: dict[str, str],
    ) -> None:
        text = texts.get(meaning, "")
        if is_blank(text):
            return
        codes = codes_of(text)
        if len(codes) == 1:
            told[meaning] = codes[0]
        else:
            self._doubt(self._named(meaning), text, f"应为下列之一：{'、'.join(names[c] for c in codes or names)}")

    def _decision(self, told: dict[str, Any], texts: dict[str, str]) -> None:
        text, grounds = texts.get("decision", ""), texts.get("grounds", "")
        codes = decisions_of(text, grounds)
        if len(codes) == 1:
            told["decision"] = codes[0]
        elif codes:
            may = "、".join(f"{code}（{decisions()[code].zh}）" for code in codes)
            self._doubt(self._named("decision"), text, f"可能是{may}，请写明其中一种")
        else:
            self._doubt(self._named("decision"), text, "应为处理决定，如予以公开、部分公开、信息不存在，或者写决定代码")
        if grounds:
            told["remark"] = "；".join(filter(None, (told["remark"], f"{self._named('grounds')}：{grounds}")))

    def _extension_days(self, told: dict[str, Any], texts: dict[str, str]) -> None:
        text = texts.get("extended_days", "")
        if not is_blank(text):
            found = _WORKDAYS.fullmatch(fold(text).strip())
            days = (int(found[1]) if found[1].isdecimal() else spelled_number(found[1])) if found else None
            if days is None or days > LONGEST_EXTENSION:
                self._doubt(self._named("extended_days"), text, f"应为1至{LONGEST_EXTENSION}的工作日数")
            elif days:
                told["extended_days"] = days

    # ---- cells that belong together ----------------------------------------------------------------------------

    def _together(self, told: dict[str, Any], texts: dict[str, str]) -> None:
        self._extension(told, texts)
        self._consultation(told, texts)

    def _extension(self, told: dict[str, Any], texts: dict[str, str]) -> None:
        answer = texts.get("extended", "")
        if not is_blank(texts.get("extended_until", "")) and "extended_on" not in told:
            self._doubt(self._named("extended_on"), "", "写了延期后的到期日，应有延期日期和延期工作日数")
        if answer and not (_YES.fullmatch(answer) or _NO.fullmatch(answer) or is_blank(answer)):
            self._doubt(self._named("extended"), answer, "应为是或者否")
        elif _YES.fullmatch(answer) and "extended_on" not in told:
            self._doubt(self._named("extended_on"), "", "写明已延期，应有延期日期")
        elif answer and not _YES.fullmatch(answer) and "extended_on" in told:
            self._doubt(self._named("extended"), answer, "写明未延期，但有延期日期")

    def _consultation(self, told: dict[str, Any], texts: dict[str, str]) -> None:
        whom = texts.get("consulted_whom", "")
        if "consulted_from" not in told:
            if not is_blank(whom):
                told["remark"] = "；".join(filter(None, (told["remark"], f"{self._named('consulted_whom')}：{whom}")))
            return
        if _NO_CONSULTATION.search(whom):
            self._doubt(
                self._named("consulted_whom"),
                whom,
                "征求本机关内部或者法律顾问的意见不停止计算期限，请清空征求意见日期",
            )
        elif _OTHER_ORGANS.search(whom):
            told["consulted"] = "organ"
        else:
            told["consulted"] = "third_party"
            self.third_party_assumed = self.third_party_assumed or not whom

    # ---- the row as a whole ------------------------------------------------------------------------------------

    def _whole(self, told: dict[str, Any]) -> None:
        if "received_on" not in told:
            self._doubt(self._named("received_on"), "", "应有收到日期，没有就不能计算期限")
            return
        for given, wanted in _PAIRS:
            if told.get(given) and not told.get(wanted):
                self._doubt(self._named(wanted), "", f"已有“{self._named(given)}”，此处也应填写")
        for early, late in _ORDER:
            if told.get(early) and told.get(late) and told[late] < told[early]:
                met = f"{chinese(told[late])}"
                self._doubt(self._named(late), met, f"不应早于“{self._named(early)}”（{chinese(told[early])}）")
        replied, decided = told.get("replied_on"), told.get("decision", NOT_YET)
        if decided and not replied and not told.get("withdrawn_on"):
            self._doubt(self._named("replied_on"), "", "已有处理决定，应有答复日期")
        if replied and not decided and "decision" in self._names:
            self._doubt(self._named("decision"), "", "已有答复日期，应有处理决定")
        if replied and told.get("consulted_from") and not told.get("consulted_until"):
            self._doubt(self._named("consulted_until"), "", "已经答复，应有征求意见的结束日期")


def shown(value: object) -> str:
    """A stored value as a person sees it in the cell."""
    if isinstance(value, str):
        return _CONTROLS.sub("", value).strip() if value else ""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date() if (value.hour, value.minute, value.second) == (0, 0, 0) else value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return plain_number(repr(value))
    return str(value)


def chinese(day: date) -> str:
    """2026年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"
