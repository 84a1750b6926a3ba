"""What notices on a round say: the circular (通报) with the results, and what each organ is to put right.

Figures are bound to the results, the rest is for people to write; it judges nobody's work in words.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.calendar import in_chinese
from gongkai.oversight.scheme import plain
from gongkai.web.assessment.models import Round
from gongkai.web.assessment.selectors.rounds import Placed
from gongkai.web.assessment.selectors.sheets import Sheet, sheets
from gongkai.web.oversight.wording import Subject, Text

SHOWN = Decimal("0.01")
MOST_LOST = 40
"""So many indicators a notice names; those that cost most first."""


def circular(of: Round, lines: Sequence[Placed]) -> Text:
    """The draft of the circular: what was assessed, the order, who failed."""
    failed = [line.name for line in lines if line.failed]
    parts = [
        f"现将{of.title}的结果通报如下。",
        "一、考核情况",
        f"考核期间为{in_chinese(of.first_on)}至{in_chinese(of.last_on)}，参加考核的单位{len(lines)}个，"
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
    return Text(f"关于{of.title}结果的通报", "\n".join(parts))


def _place(line: Placed) -> str:
    if line.place is None:
        return "（得分尚不能确定）"
    return f"{'并列' if line.tied else ''}第{line.place}名："


@dataclass(frozen=True, slots=True)
class Lost:
    """What an organ is to put right after a round: an indicator that cost it points, or one that decided alone."""

    organ: uuid.UUID
    name: str
    failed: bool
    subjects: tuple[Subject, ...]


def lost(of: Round) -> list[Lost]:
    """What cost each organ points for certain, in the order of the organs; what cannot be seen is not counted here."""
    return [
        Lost(each.assessed.organ_id, each.assessed.name, each.score.verdict == "failed", _subjects(of, each))
        for each in sheets(of)
    ]


def _subjects(of: Round, sheet: Sheet) -> tuple[Subject, ...]:
    name = sheet.assessed.name
    veto = [
        Subject(f"{of.title}：有单项否决的情形“{line.of.title}”", "请整改", organ=name)
        for line in sheet.lines
        if line.of.key in sheet.score.vetoed
    ]
    steps = [(step, line) for line in sheet.lines if (step := sheet.score.step(line.of.key)) is not None]
    cost = [
        (step.of - step.high, step, line)
        for step, line in steps
        if step.kind == "scored" and line.of.mode not in ("veto", "bonus") and step.high < step.of
    ]
    cost.sort(key=lambda each: (-each[0], each[2].number))
    return (
        *veto,
        *(
            Subject(
                f"{of.title}：{line.number} {line.of.title}，{plain(step.of)}分得{plain(step.high.quantize(SHOWN))}分",
                "请对照评分记录整改",
                organ=name,
            )
            for _, step, line in cost[:MOST_LOST]
        ),
    )
