"""The questionnaire on paper: boxes to tick, lines to write on, and the code of the version it was printed from."""

from __future__ import annotations

from gongkai.documents.sheets import Cell, Line, Sheet
from gongkai.oversight.questions import UNKNOWN_ZH, Question
from gongkai.web.appraisal.models import Questionnaire
from gongkai.web.appraisal.selectors.questionnaires import questions_of, subjects_of

BOX = "□"
MOST_BOXES = 15
"""So many organs are printed with boxes; where there are more, the name is written by hand."""


def sheet_of(row: Questionnaire) -> Sheet:
    """The sheet of a version, ready to be copied."""
    subjects = subjects_of(row)
    if len(subjects) == 1:
        about = f"评议的机关：{subjects[0].name}"
    elif len(subjects) <= MOST_BOXES:
        about = "评议的机关（请选一个）：\n" + "　".join(f"{BOX}{organ.name}" for organ in subjects)
    else:
        about = "评议的机关（请写一个）："
    lines = [Line((Cell(about),), 14.0)]
    lines += [_line(number, each) for number, each in enumerate(questions_of(row), start=1)]
    last = row.closes_on
    above = [
        f"编号：{row.code}（第{row.version}版）",
        f"请于{last.year}年{last.month}月{last.day}日前交回。",
        "序号（收回后填写）：＿＿＿＿",
    ]
    return Sheet(
        row.title,
        (100,),
        tuple(lines),
        row.organ.name,
        tuple(above),
        row.code,
        ("请在“□”内打“√”。每张只评议一个机关。不要写姓名、电话和证件号码。", *([row.intro] if row.intro else [])),
    )


def _line(number: int, question: Question) -> Line:
    if question.kind == "text":
        return Line((Cell(f"{number}．{question.words}", foot="　"),), 36.0)
    options = (*question.options, UNKNOWN_ZH) if question.kind == "scale" else question.options
    many = "（可以选几项）" if question.kind == "many" else ""
    boxes = "　".join(f"{BOX}{option}" for option in options)
    return Line((Cell(f"{number}．{question.words}{many}\n{boxes}"),), 16.0)
