"""The draft of the notice (通报) on a round: figures bound to the results, the rest for people to write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.web.assessment.models import Round
from gongkai.web.assessment.selectors.rounds import Placed


def draft(of: Round, lines: Sequence[Placed], county: str, today: date) -> str:
    """The draft as plain text: what was assessed, the order, who failed; it judges nobody's work in words."""
    failed = [line.name for line in lines if line.failed]
    parts = [
        f"{county}关于{of.title}结果的通报",
        "各有关单位：",
        f"现将{of.title}的结果通报如下。",
        "一、考核情况",
        f"考核期间为{_day(of.first_on)}至{_day(of.last_on)}，参加考核的单位{len(lines)}个，"
        f"按《{of.scheme.title}》（第{of.scheme.number}版）评分，各单位自评、评分、复核、申诉均已办结。",
        "二、考核结果",
        *(f"{_place(line)}{line.name}，{line.words}，{line.verdict}。" for line in lines),
        "三、有关要求",
    ]
    parts.append(
        f"{'、'.join(failed)}的结果为不合格，请对照评分记录逐项整改。（整改期限由主管部门填写）"
        if failed
        else "（由主管部门填写）"
    )
    return "\n".join([*parts, _day(today)])


def _place(line: Placed) -> str:
    if line.place is None:
        return "（得分尚不能确定）"
    return f"{'并列' if line.tied else ''}第{line.place}名："


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
