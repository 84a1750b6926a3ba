"""The rectification notice (整改通知) to an organ whose report does not hold together, as a Word file.

Letter layout of GB/T 9704-2012: the issuing organ's name in red over a red double rule, document number at the right,
title, addressee, body, signature over the date. It says what stands where and what it was compared with; which side is
right is for the organ to find out. Law is cited only where the finding cites it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from gongkai.annual.findings import Finding, in_order
from gongkai.annual.report import Report
from gongkai.documents import ooxml
from gongkai.documents.flow import TITLE, clean, title_of

_RED = "C00000"
_NUMERALS = "一二三四五六七八九十"
_WEEKDAYS = "一二三四五六日"
_EM = 320
"""One character of size 3 in twips."""

_HEAD_RULE = (
    '<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="6" w:color="C00000"/></w:pBdr>'
    '<w:spacing w:before="0" w:after="0" w:line="760" w:lineRule="exact"/><w:jc w:val="center"/>'
)


def rectification_notice(
    report: Report,
    findings: Sequence[Finding],
    *,
    issuer: str,
    addressee: str,
    number: str | None,
    written_on: date,
    reply_by: date | None,
) -> bytes:
    """The notice as .docx: conflicts in the first part, doubts in the second; notes are left out.

    `number` is the document number (发文字号) as the issuer gave it, None while it has none. ValueError when there is
    neither a conflict nor a doubt, or when no issuer or addressee is given.
    """
    issuer, addressee = clean(issuer).strip(), clean(addressee).strip()
    conflicts = [f for f in in_order(findings) if f.grade == "conflict"]
    doubts = [f for f in in_order(findings) if f.grade == "doubt"]
    if not conflicts and not doubts:
        raise ValueError("没有不一致或存疑的内容，无需制发整改通知。")
    if not issuer or not addressee:
        raise ValueError("请填写发文机关和主送机关。")
    title = f"关于{clean(report.organ or addressee)}\n{_year(report)}{TITLE}的\n整改通知"
    body = [
        ooxml.paragraph(ooxml.run(issuer, ooxml.TITLE, 52, _RED), None, _HEAD_RULE),
        ooxml.paragraph(ooxml.run(clean(number)), None, '<w:jc w:val="right"/>') if number else ooxml.paragraph(""),
        ooxml.paragraph(""),
        ooxml.paragraph(ooxml.run(title), "Title"),
        ooxml.paragraph(""),
        ooxml.paragraph(ooxml.run(f"{addressee}：")),
        _text(
            f"经核对，你单位{_named(report)}中有下列内容前后不一致或者需要说明。"
            "两处不一致的，仅凭报告文本不能判断何者正确，请对照登记台账和原始记录逐项核实。"
        ),
        *_part(0, "不一致的内容", conflicts),
        *_part(1 if conflicts else 0, "需要核实说明的内容", doubts),
        *_closing(2 if conflicts and doubts else 1, reply_by),
        *signature(issuer, chinese_date(written_on)),
    ]
    return ooxml.package("".join(body), title.replace("\n", ""), "整改通知", letter=True)


def _named(report: Report) -> str:
    title = title_of(report)
    return f"报送的《{title}》" if title != TITLE else "报送的政府信息公开工作年度报告"


def _year(report: Report) -> str:
    return f"{report.year}年" if report.year else ""


def _text(words: str, keep: bool = False) -> str:
    return ooxml.paragraph(ooxml.run(clean(words)), "BodyText", "<w:keepNext/>" if keep else "")


def _part(place: int, heading: str, findings: Sequence[Finding]) -> Iterator[str]:
    if not findings:
        return
    yield ooxml.paragraph(ooxml.run(f"{_NUMERALS[place]}、{heading}"), "Heading1")
    for index, finding in enumerate(findings, start=1):
        yield ooxml.paragraph(ooxml.run(f"（{numeral(index)}）{clean(finding.message)}", ooxml.SECOND), "BodyText")
        for name, words in _facts(finding):
            yield _text(f"{name}：{words}")


def _facts(finding: Finding) -> Iterator[tuple[str, str]]:
    """What a clerk needs to look it up: the words, the place, the two figures, what to do, the provision."""
    if finding.quote:
        yield "原文", f"“{' '.join(finding.quote.split())}”"
    if finding.where:
        yield "位置", finding.where
    if finding.met:
        yield "文中为", finding.met
    if finding.expected:
        yield "对照为", finding.expected
    if finding.advice:
        yield "处理建议", finding.advice
    if finding.citation:
        yield "依据", finding.citation


def _closing(place: int, reply_by: date | None) -> Iterator[str]:
    yield ooxml.paragraph(ooxml.run(f"{_NUMERALS[place]}、有关要求"), "Heading1")
    by = f"于{chinese_date(reply_by, weekday=True)}前" if reply_by else ""
    yield _text(
        f"请{by}将逐项核实情况书面报送我单位。确需更正的，一并报送更正后的报告，并同步更正已经公开的文本；"
        "经核实无误的，请说明理由。",
        keep=True,
    )


def signature(issuer: str, day: str) -> Iterator[str]:
    """The issuer centred over the printed date, the date four characters from the right edge."""
    right = 4 * _EM
    over = over_date(issuer, day)
    yield ooxml.paragraph("", None, "<w:keepNext/>")
    yield ooxml.paragraph(ooxml.run(issuer), None, f'<w:keepNext/><w:ind w:right="{over}"/><w:jc w:val="right"/>')
    yield ooxml.paragraph(ooxml.run(day), None, f'<w:ind w:right="{right}"/><w:jc w:val="right"/>')


def over_date(issuer: str, day: str) -> int:
    """How far from the right edge a name stands that is centred over its date, in twips."""
    return max(2 * _EM, 4 * _EM + (_width(day) - _width(issuer)) // 2)


def _width(text: str) -> int:
    return sum(_EM // 2 if c.isascii() else _EM for c in text)


def chinese_date(day: date, weekday: bool = False) -> str:
    """A date as letters print it: 2026年3月19日, on demand with its day of the week （星期四）."""
    words = f"{day.year}年{day.month}月{day.day}日"
    return f"{words}（星期{_WEEKDAYS[day.weekday()]}）" if weekday else words


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese numerals: 一, 十, 二十一; larger ones in digits."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" if tens else ""
    return head + (_NUMERALS[ones - 1] if ones else "")
