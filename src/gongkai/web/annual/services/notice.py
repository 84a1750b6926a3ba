"""The rectification notice of one report: who issues it, under which number, on which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.web.annual.models import Submission
from gongkai.web.annual.services.writing import Document, bundled, report_for_writing, stem_of
from gongkai.web.facts import Refused


@dataclass(frozen=True, slots=True)
class Letter:
    """What a person fills in for the notice."""

    issuer: str
    number: str | None
    written_on: date
    reply_by: date | None

    @classmethod
    def from_form(cls, typed: Mapping[str, str]) -> Letter:
        """The letter as typed. Refused when the issuer or the day is missing, or the days are in the wrong order."""
        issuer = " ".join(typed.get("issuer", "").split())
        if len(issuer) < 2 or len(issuer) > 60:
            raise Refused("请填写发文机关的全称，例如“云岭县人民政府办公室”。")
        written_on = _day(typed.get("day", ""))
        if written_on is None:
            raise Refused("请填写成文日期，例如2026-02-03。")
        words = typed.get("reply_by", "").strip()
        reply_by = _day(words)
        if words and reply_by is None:
            raise Refused("反馈日期无法识别，请按2026-02-10这样填写，或者留空。")
        if reply_by and reply_by < written_on:
            raise Refused("反馈日期早于成文日期，请核对。")
        return cls(issuer, " ".join(typed.get("number", "").split())[:60] or None, written_on, reply_by)


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        return None


def notice_of(submission: Submission, letter: Letter) -> Document:
    """The notice as DOCX. Refused when there is nothing to put right, or nobody to write to."""
    from gongkai.documents import MEDIA_TYPES
    from gongkai.documents.notice import rectification_notice

    report, findings = report_for_writing(submission)
    addressee = submission.organ.name if submission.organ else report.organ or ""
    if not addressee:
        raise Refused("请先在报告页面指定所属机关，再生成整改通知。")
    try:
        data = rectification_notice(
            report,
            findings,
            issuer=letter.issuer,
            addressee=addressee,
            number=letter.number,
            written_on=letter.written_on,
            reply_by=letter.reply_by,
        )
    except ValueError as error:
        raise Refused(str(error)) from error
    return Document(f"{stem_of(submission)}整改通知.docx", data, MEDIA_TYPES["docx"])


def notices_of(submissions: Iterable[Submission], letter: Letter) -> Document:
    """A notice for each report that needs one, as a zip; the others are named with the reason beside them."""
    return bundled(submissions, lambda submission: notice_of(submission, letter), "整改通知.zip")
