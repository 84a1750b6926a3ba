"""What a notice says when it is drafted: title and paragraphs. Pure; a person goes over it before it is sent.

Law is cited by its article alone, and only the articles that were read in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.documents.notice import chinese_date, numeral
from gongkai.law.citations import SUPERVISION

KINDS = {"urge": "督办通知", "rectify": "整改通知", "circular": "通报"}


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing a notice speaks of: what it is, its day, how late it is, whose it is."""

    words: str
    asked: str = ""
    due_on: date | None = None
    days_late: int = 0
    organ: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """What a notice says."""

    title: str
    body: str


def drafted(kind: str, subjects: Sequence[Subject], reply_by: date | None) -> Text:
    """The draft of a notice of a kind about these subjects. ValueError for a kind there is not, or without subjects."""
    if kind not in KINDS or not subjects:
        raise ValueError("请选择通知的种类和事项。")
    lines = [_line(number, each, circular=kind == "circular") for number, each in enumerate(subjects, start=1)]
    by = f"于{chinese_date(reply_by, weekday=True)}前" if reply_by else ""
    match kind:
        case "urge":
            title = "关于政府信息公开有关事项的督办通知"
            first = f"经核对，你单位有下列{len(lines)}项政府信息公开工作事项尚未办结，现予督办。"
            last = f"请抓紧办理，并{by}将办理情况书面报送我单位；确有困难不能按期办结的，请说明原因和预计办结时间。"
        case "rectify":
            title = "关于政府信息公开有关问题的整改通知"
            first = (
                f"根据{SUPERVISION.short}，对你单位政府信息公开工作进行了监督检查。"
                f"发现下列{len(lines)}个问题，请予整改。"
            )
            last = f"请逐项整改，并{by}将整改情况连同证明材料书面报送我单位；对问题有不同意见的，请一并说明理由。"
        case _:
            title = "关于政府信息公开工作监督检查情况的通报"
            first = f"根据{SUPERVISION.short}，现将政府信息公开工作监督检查中的有关情况通报如下。"
            last = "请有关单位对照整改，其他单位引以为戒，举一反三。"
            if by:
                last += f"整改情况请{by}书面报送我单位。"
    return Text(title, "\n".join([first, *lines, last]))


def _line(number: int, each: Subject, *, circular: bool) -> str:
    whose = f"{each.organ}：" if circular and each.organ else ""
    parts = [f"（{numeral(number)}）{whose}{each.words.rstrip('。')}。"]
    if each.asked:
        parts.append(f"{each.asked.rstrip('。')}。")
    if each.due_on:
        late = f"，至今已超过{each.days_late}个工作日" if each.days_late > 0 else ""
        parts.append(f"期限为{chinese_date(each.due_on)}{late}。")
    return "".join(parts)
