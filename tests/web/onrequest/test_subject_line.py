"""The line by which a case is known in lists: the matter itself, without the phrases around it."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.web.onrequest.services.intake import Incoming, Who, subject_line

WHO = Who("natural_person", "李清照", "identity_card", "110101199003074514", "13800001234")


def line(content: str, **other: str) -> str:
    return subject_line(Incoming(None, "internet", WHO, content, date(2026, 3, 19), **other))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("申请公开2025年招生片区划分方案。请提供纸质复印件。", "2025年招生片区划分方案"),
        ("申请获取：双河村征地补偿明细，请以电子邮件形式提供。", "双河村征地补偿明细"),
        ("本人申请公开污水处理厂的环评批复。请邮寄。谢谢", "污水处理厂的环评批复。请邮寄。谢谢"),
        ("请公开停车收费标准。希望提供扫描件。请寄纸质件。", "停车收费标准"),
        ("2025年财政预算安排情况", "2025年财政预算安排情况"),
        ("学校食堂招标文件和纸质评标报告", "学校食堂招标文件和纸质评标报告"),
        ("教育局申请公开选聘教师的请示", "教育局申请公开选聘教师的请示"),
    ],
)
def test_what_is_asked_for_is_left(content, expected):
    assert line(content) == expected


@pytest.mark.parametrize("content", ["申请公开", "申请公开文件", "请公开。请提供纸质复印件。"])
def test_where_little_would_be_left_the_words_stay(content):
    assert line(content).startswith(content[:4])


def test_a_name_and_numbers_are_written_over_and_a_long_matter_is_cut():
    assert "李清照" not in line("申请公开李清照宅基地的审批材料")
    assert "110101199003074514" not in line("申请公开身份证号110101199003074514的登记材料")
    assert len(line("申请公开" + "道路" * 60)) == 60
