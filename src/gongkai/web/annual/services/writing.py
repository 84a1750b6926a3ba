"""What goes out: reports in every format, the sender's own file with comments, the notice, the list of findings."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from gongkai.annual.findings import Finding
from gongkai.annual.report import At, Report
from gongkai.web.annual.models import Submission
from gongkai.web.annual.selectors.reports import ReportView, report_view
from gongkai.web.facts import Refused
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.files.selectors import bytes_of


@dataclass(frozen=True, slots=True)
class Document:
    """A finished file to take away."""

    name: str
    data: bytes
    media_type: str = "application/octet-stream"


def finding_of(data: dict[str, Any]) -> Finding:
    """A finding from its JSON."""
    return Finding(
        id=data["id"],
        kind=data["kind"],
        grade=data["grade"],
        message=data["message"],
        cells=tuple(data["cells"]),
        quote=data["quote"],
        at=At.from_json(data["at"]),
        where=data["where"],
        met=data["met"],
        expected=data["expected"],
        citation=data["citation"],
        advice=data["advice"],
        rule_version=data["rule_version"],
    )


def open_findings(view: ReportView) -> list[Finding]:
    """The findings that nobody dismissed; what a person dismissed goes to no one."""
    dismissed = {f.fingerprint for f in view.findings if f.dismissed}
    return [finding_of(f) for f in view.checking.findings if f["fingerprint"] not in dismissed]


def stem_of(submission: Submission) -> str:
    """A file name that says whose report it is: organ and year, else the name it came by."""
    organ = submission.organ.name if submission.organ else submission.name_read
    words = (
        f"{organ}{submission.year}年政府信息公开工作年度报告"
        if organ and submission.year
        else (submission.name.rpartition(".")[0] or submission.name)
    )
    return re.sub(r"[\\/:*?\"<>|\s]+", "", words)[:80] or "年度报告"


def _needed(submission: Submission) -> ReportView:
    view = report_view(submission)
    if view is None:
        raise Refused("这份文件没有读出数据，不能导出。")
    return view


def written(submission: Submission, format_: str) -> Document:
    """The report that counts in one format. Refused for a format that cannot be written."""
    from gongkai.documents import FORMATS, MEDIA_TYPES, TYPESET, write

    if format_ not in FORMATS:
        raise Refused(f"不能导出为“{format_[:10]}”格式。")
    view = _needed(submission)
    data = _printed(view.report, format_) if format_ in TYPESET else write(view.report, format_)
    return Document(f"{stem_of(submission)}.{format_}", data, MEDIA_TYPES[format_])


def _printed(report: Report, form: str) -> bytes:
    """The PDF or OFD, made in the worker: typesetting is native code, which must never hold a thread of the desk for ever."""
    payload = {"report": report.to_json(), "text": report.text}
    try:
        return pool().call("write", seconds=settings.GONGKAI_READING_SECONDS, current=payload, format=form)[1]
    except WorkerFailed as error:
        raise Refused(f"{form.upper()}没有生成。请稍后重试，或者先导出Word文档。") from error


def commented(submission: Submission) -> Document:
    """The sender's own DOCX with a comment at each open finding; made in the worker, since it opens their file."""
    from gongkai.documents import MEDIA_TYPES

    view = _needed(submission)
    if view.report.source.format != "docx":
        raise Refused("只有交来的是DOCX文件时才能加批注。其他格式请导出“整改通知”或者“问题清单”。")
    payload = {"report": (view.read.original or view.report).to_json(), "text": view.report.text}
    try:
        answer, data = pool().call(
            "comments",
            bytes_of(submission.file),
            seconds=settings.GONGKAI_READING_SECONDS,
            current=payload,
            findings=[f.to_json() for f in open_findings(view)],
            written_at=timezone.now().isoformat(),
        )
    except (WorkerFailed, FileNotFoundError) as error:
        raise Refused("这个DOCX文件不能加批注，可能已损坏。请导出“整改通知”。") from error
    if "refused" in answer:
        raise Refused(answer["refused"])
    return Document(f"{stem_of(submission)}（批注）.docx", data, MEDIA_TYPES["docx"])


def finding_rows(submissions: Iterable[Submission]) -> Iterator[tuple[str, str | None, int | None, Finding]]:
    """(file, organ, year, finding) of every open finding."""
    for submission in submissions:
        view = report_view(submission)
        if view is None:
            continue
        organ = submission.organ.name if submission.organ else submission.name_read or None
        for finding in open_findings(view):
            yield submission.name, organ, submission.year, finding


def finding_list(submissions: Iterable[Submission], format_: str, stem: str = "问题清单") -> Document:
    """The open findings of some reports as XLSX or CSV. Refused for another format."""
    from gongkai.documents import MEDIA_TYPES
    from gongkai.documents.findings import findings_csv, findings_xlsx

    rows = list(finding_rows(submissions))
    if format_ == "xlsx":
        return Document(f"{stem}.xlsx", findings_xlsx(rows), MEDIA_TYPES["xlsx"])
    if format_ == "csv":
        return Document(f"{stem}.csv", findings_csv(rows), "text/csv; charset=utf-8")
    raise Refused(f"问题清单不能导出为“{format_[:10]}”格式。")


def archive(submissions: Iterable[Submission], format_: str) -> Document:
    """Every readable report in one format, or the senders' own files with comments, as a zip."""
    if format_ == "comments":
        return bundled(submissions, commented, "原文件加批注.zip")
    return bundled(submissions, lambda submission: written(submission, format_), f"年度报告（{format_}）.zip")


def bundled(submissions: Iterable[Submission], make: Callable[[Submission], Document], name: str) -> Document:
    """One document for each report in one zip; what cannot be written is named in a text file beside the others."""
    out, used, failed = io.BytesIO(), set[str](), list[str]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for submission in submissions:
            try:
                document = make(submission)
            except Refused as error:
                failed.append(f"{submission.name}：{error}")
                continue
            free, number = document.name, 2
            while free in used:
                stem, _, ending = document.name.rpartition(".")
                free, number = f"{stem}（{number}）.{ending}", number + 1
            used.add(free)
            bundle.writestr(free, document.data)
        if failed:
            bundle.writestr("没有导出的文件.txt", "\r\n".join(failed).encode("utf-8-sig"))
    return Document(name, out.getvalue(), "application/zip")


def report_for_writing(submission: Submission) -> tuple[Report, list[Finding]]:
    """The report that counts and its open findings."""
    view = _needed(submission)
    return view.report, open_findings(view)
