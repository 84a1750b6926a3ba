"""The paper on which an application is lived in an office: registration, receipt, approval, review, delivery, envelope.

Leaders sign on paper; what they write is entered afterwards with the scan. Each sheet carries the number of its case as
a QR code, so that the scan finds its case. Words come from the case; a box left empty is filled in by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from gongkai.documents.notice import chinese_date
from gongkai.documents.sheets import SIGNED, Cell, Line, Sheet, labelled, opinion

OPINIONS = (
    "承办人拟办意见",
    "承办机构负责人意见",
    "政府信息公开工作机构意见",
    "法律顾问或者合法性审查意见",
    "分管负责人意见",
    "主要负责人批示",
)
"""Whose opinion an approval sheet asks for, in the order in which it goes round."""

REVIEWS = ("承办机构初审意见", "保密审查意见", "政府信息公开工作机构复审意见", "负责人审定意见")
REPORT_OPINIONS = ("政府信息公开工作机构意见", "分管负责人意见", "主要负责人签发")
_LABEL = (110.0, 90.0)
_FOUR = (17, 33, 17, 33)
_MOST_FILES = 5


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of an application that its sheets print. What is empty is left for the pen."""

    organ: str
    number: str
    applicant: str = ""
    applicant_kind: str = ""
    channel: str = ""
    content: str = ""
    received_on: date | None = None
    due_on: date | None = None
    registered_on: date | None = None
    handler: str = ""
    identity: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""
    agent: str = ""
    provision: str = ""
    manner: str = ""
    materials: tuple[str, ...] = ()
    query_code: str = ""
    query_address: str = ""
    contact: str = ""


def registration_form(case: Case) -> Sheet:
    """申请登记表: who applied, for what, how it came and who took it in."""
    return Sheet(
        "政府信息公开申请登记表",
        _FOUR,
        (
            Line((*labelled("申请人", case.applicant), *labelled("申请人类型", case.applicant_kind))),
            Line((*labelled("身份证明", case.identity), *labelled("代理人", case.agent))),
            Line((*labelled("联系电话", case.phone), *labelled("电子邮箱", case.email))),
            Line(labelled("联系地址", case.address, 3)),
            Line(labelled("申请内容", case.content, 3), 60),
            Line((*labelled("提供方式", case.provision), *labelled("获取途径", case.manner))),
            Line((*labelled("申请渠道", case.channel), *labelled("收到日期", _day(case.received_on)))),
            Line((*labelled("登记日期", _day(case.registered_on)), *labelled("答复期限", _day(case.due_on)))),
            Line(labelled("材料清单", _listed(case.materials), 3), 24),
            Line((*labelled("接收人", case.handler), *labelled("接收人签名", ""))),
            Line(labelled("备注", "", 3), 18),
        ),
        organ=case.organ,
        above=(f"登记编号：{case.number}",),
        code=case.number,
    )


def receipt_slip(case: Case) -> Sheet:
    """接收回执: number, day of receipt, day by which an answer is due, and how to follow the case."""
    due = f"{_day(case.due_on)}（遇补正、征求意见、延期等情形依法调整）" if case.due_on else ""
    follow = "　".join(
        filter(
            None,
            (case.query_code and f"查询码：{case.query_code}", case.query_address and f"查询：{case.query_address}"),
        )
    )
    return Sheet(
        "政府信息公开申请接收回执",
        _FOUR,
        (
            Line((*labelled("申请编号", case.number), *labelled("收到日期", _day(case.received_on)))),
            Line((*labelled("申请人", case.applicant), *labelled("申请渠道", case.channel))),
            Line(labelled("申请内容", case.content, 3), 30),
            Line(labelled("收到的材料", _listed(case.materials), 3), 20),
            Line(labelled("答复截止日", due, 3)),
            Line(labelled("办理进度查询", follow, 3)),
            Line(labelled("联系方式", case.contact, 3)),
            Line((Cell("接收人", label=True), Cell(case.handler), Cell("接收机关\n（盖章）", label=True), Cell()), 24),
        ),
        organ=case.organ,
        code=case.number,
        above=(
            f"{case.applicant}：" if case.applicant else "",
            "你（单位）提交的政府信息公开申请已经收到，登记情况如下。",
        ),
        notes=("请妥善保管本回执。答复期限自收到申请之日的次日起按工作日计算。",),
    )


def approval_sheet(
    case: Case,
    *,
    letter: str = "",
    letter_number: str = "",
    proposal: str = "",
    opinions: tuple[str, ...] = OPINIONS,
) -> Sheet:
    """呈批单: the draft letter goes round with a box for each opinion, signed by hand."""
    first, *others = opinions
    height = min(32.0, 144.0 / max(1, len(opinions)))
    return Sheet(
        "政府信息公开申请办理呈批单",
        _FOUR,
        (
            Line((*labelled("申请编号", case.number), *labelled("申请人", case.applicant))),
            Line((*labelled("收到日期", _day(case.received_on)), *labelled("答复期限", _day(case.due_on)))),
            Line((*labelled("拟发文书", letter), *labelled("文号", letter_number))),
            Line(labelled("申请内容", _short(case.content), 3), 20),
            opinion(first, 4, height, proposal),
            *(opinion(label, 4, height) for label in others),
        ),
        organ=case.organ,
        above=(f"承办人：{case.handler}",),
        code=case.number,
        points=11,
    )


def review_sheet(
    organ: str,
    *,
    title: str,
    number: str = "",
    source: str = "",
    written_on: date | None = None,
    mode: str = "",
    reason: str = "",
    files: tuple[str, ...] = (),
    stages: tuple[str, ...] = REVIEWS,
    asks: tuple[str, ...] = (),
    draft: str = "",
    printed_on: date | None = None,
    code: str = "",
) -> Sheet:
    """审查表: whether a piece of information is disclosed, and how; each stage, and what it asks, by another person.

    `draft` names what was signed for exactly: a later draft has another sheet.
    """
    height = min(34.0, 136.0 / max(1, len(stages)))
    above = (f"稿次和校验：{draft}" if draft else "", f"打印日期：{_day(printed_on)}" if printed_on else "")
    return Sheet(
        "政府信息公开审查表",
        _FOUR,
        (
            Line(labelled("信息名称", title, 3), 16),
            Line((*labelled("编号（文号）", number), *labelled("生成日期", _day(written_on)))),
            Line((*labelled("承办机构", source), *labelled("拟定公开属性", mode))),
            Line(labelled("理由和依据", reason, 3), 18),
            *([Line(labelled("附件", _listed(files[:_MOST_FILES]) + _others(files), 3), 12)] if files else []),
            *(
                opinion(label, 4, height, words)
                for label, words in zip_longest(stages, asks[: len(stages)], fillvalue="")
            ),
        ),
        organ=organ,
        above=tuple(filter(None, above)),
        code=code or number,
        notes=("各环节由不同人员审查并签名。未经审查的信息不得公开。",),
        points=11,
    )


def report_sheet(
    organ: str,
    *,
    title: str,
    draft: str,
    figures: str,
    checked: str,
    answers: tuple[str, ...] = (),
    reason: str = "",
    handler: str = "",
    handed_on: date | None = None,
    known_at: str = "",
    printed_on: date | None = None,
    code: str = "",
) -> Sheet:
    """年度报告签发单: the report that is to be signed, named by its hash, with what the checker said and its answers."""
    return Sheet(
        "政府信息公开工作年度报告签发单",
        _FOUR,
        (
            Line(labelled("报告名称", title, 3), 14),
            Line((*labelled("送签人", handler), *labelled("送签日期", _day(handed_on)))),
            Line(labelled("数据截止时点", known_at, 3)),
            *([Line(labelled("更正的理由", reason, 3), 14)] if reason else []),
            Line(labelled("主要数据", figures, 3), 18),
            Line(labelled("核对结果", checked, 3), 12),
            *([Line(labelled("存疑及答复", _listed(answers[:_MOST_FILES]), 3), 18)] if answers else []),
            *(opinion(label, 4, 30) for label in REPORT_OPINIONS),
        ),
        organ=organ,
        above=(f"稿次和校验：{draft}", f"打印日期：{_day(printed_on)}" if printed_on else ""),
        code=code,
        notes=("签发的是上列稿次的报告。报告有改动的，应当重新送签。",),
        points=11,
    )


def delivery_receipt(
    case: Case,
    *,
    letters: tuple[tuple[str, str], ...],
    manner: str = "",
    address: str = "",
    mail_number: str = "",
    sender: str = "",
) -> Sheet:
    """送达回证: each letter with its number, how it went, and the box in which it is signed for."""
    listed = "\n".join(f"{name}　{number}".rstrip() for name, number in letters)
    return Sheet(
        "送达回证",
        _FOUR,
        (
            Line((*labelled("申请编号", case.number), *labelled("受送达人", case.applicant))),
            Line(labelled("送达文书及文号", listed, 3), 24),
            Line((*labelled("送达方式", manner), *labelled("邮件号", mail_number))),
            Line(labelled("送达地点", address or case.address, 3)),
            opinion("受送达人签收", 4, 30, foot=SIGNED),
            opinion("代收人签收及\n代收理由", 4, 30, foot=SIGNED),
            Line((*labelled("送达人", sender), *labelled("送达日期（交邮日）", ""))),
            Line(labelled("退回、拒收、留置等情况", "", 3), 30),
            Line(labelled("备注", "", 3), 18),
        ),
        organ=case.organ,
        code=case.number,
    )


def envelope_label(
    case: Case,
    *,
    postcode: str = "",
    sender_address: str = "",
    sender_postcode: str = "",
    contents: str = "",
    mail_number: str = "",
) -> Sheet:
    """信封标签, 110 by 90 mm: where it goes, from whom, and what is in it for the proof of posting."""
    return Sheet(
        "",
        (22, 78),
        (
            Line(labelled("邮编", postcode), 7),
            Line(labelled("收件人地址", case.address), 14),
            Line(labelled("收件人", "　".join(filter(None, (case.applicant, case.phone)))), 8),
            Line(labelled("内件", contents), 7),
            Line(labelled("寄件人", "\n".join(filter(None, (case.organ, sender_address, sender_postcode)))), 12),
        ),
        above=(" ".join(filter(None, (case.number, mail_number))),),
        size=_LABEL,
        points=9.5,
    )


def _day(day: date | None) -> str:
    return chinese_date(day) if day else ""


def _listed(names: tuple[str, ...]) -> str:
    return "\n".join(f"{place}. {name}" for place, name in enumerate(names, start=1))


def _others(names: tuple[str, ...]) -> str:
    return f"\n等{len(names)}个" if len(names) > _MOST_FILES else ""


def _short(text: str, longest: int = 120) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
