"""Publishing a yearly report on the portal, and taking it back. What is outside is frozen data, not the desk's reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.conf import settings
from django.db import transaction

from gongkai.annual.report import COUNTY, Report
from gongkai.documents import FORMATS, TYPESET, write
from gongkai.web.annual.models import Publication, PublicationEnd, PublicationFile, Submission
from gongkai.web.annual.selectors.readings import scope_of
from gongkai.web.annual.selectors.reports import ReportView, report_view
from gongkai.web.audit.services import Audit
from gongkai.web.changes.services import touch
from gongkai.web.facts import Refused
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.files.services import store
from gongkai.web.organs.models import Organ

TAKEN = ("docx", "pdf", "ofd", "xlsx")
"""The formats in which everybody may take a published report, beside its page and its data."""
REASON_LIMIT = 500


def _printed(report: Report, form: str) -> bytes:
    """A report in one format; PDF and OFD in the worker, whose typesetting no process of the portal ever loads."""
    if form not in TYPESET:
        return write(report, form)
    payload = {"report": report.to_json(), "text": ""}
    try:
        return pool().call("write", seconds=settings.GONGKAI_READING_SECONDS, current=payload, format=form)[1]
    except WorkerFailed as error:
        raise Refused(f"{form.upper()}没有生成，报告没有公布。请稍后重试。") from error


def _public(organ: Organ, year: int, *, consolidated: bool) -> Publication | None:
    return Publication.objects.filter(organ=organ, year=year, consolidated=consolidated, end=None).first()


def files_of(report: Report, formats: Iterable[str] = TAKEN) -> dict[str, bytes]:
    """A report in the formats that everybody may take, by format."""
    return {form: _printed(report, form) for form in dict.fromkeys(formats) if form in FORMATS}


def _made_out(submission: Submission) -> ReportView:
    """The report as its page shows it. Refused for one set aside, and while not every figure is made out."""
    if submission.aside:
        raise Refused("这份报告已经移出列表，不能公布。")
    view = report_view(submission)
    if view is None:
        raise Refused("这份文件没有读出数据，不能公布。")
    if not view.report.cells:
        raise Refused("没有读出年度报告的数据，不能公布。")
    if view.report.unsure:
        raise Refused(f"还有{len(view.report.unsure)}格数据读不准，请对照原件更正后再公布。")
    return view


def publish(
    *,
    audit: Audit,
    submission: Submission,
    despite: str = "",
    formats: Iterable[str] = TAKEN,
    made: Mapping[str, bytes] | None = None,
    scope: str | None = None,
) -> Publication:
    """Publish the report that counts, in the place of an earlier edition of the same organ and year.

    `made` are its files where they were written before, so that nothing waits for them. `scope` is of what its figures
    are, which stands in no document: whoever says so had it checked as that. Refused without organ and year, for a file
    that was not read, while figures are not made out, and with open conflicts unless `despite` says why it goes out all
    the same.
    """
    organ, year = submission.organ, submission.year
    if organ is None or year is None:
        raise Refused("请先指定这份报告所属的机关和年度。")
    if not scope_of(submission) and not scope:
        raise Refused("这份报告没有写明是本机关的还是全县汇总的，请先在“指定所属机关和年度”中指定统计范围，再公布。")
    view = _made_out(submission)
    conflicts = 0 if scope else sum(finding.grade == "conflict" for finding in view.open_findings)
    if conflicts and not despite.strip():
        raise Refused(f"还有{conflicts}处不一致没有处理。请先更正或者排除；确需先行公布的，请写明理由。")
    if len(despite) > REASON_LIMIT:
        raise Refused(f"理由最多{REASON_LIMIT}字。")
    report = replace(view.report, scope=scope or submission.scope or view.report.scope)
    made = files_of(report, formats) if made is None else made
    consolidated = report.scope == COUNTY
    with transaction.atomic():
        Organ.objects.select_for_update().get(pk=organ.pk)  # an edition follows another, of whichever file each is
        before = _public(organ, year, consolidated=consolidated)
        last = Publication.objects.filter(organ=organ, year=year, consolidated=consolidated).count()
        row = Publication.objects.create(
            county=submission.county,
            submission=submission,
            organ=organ,
            year=year,
            edition=last + 1,
            consolidated=consolidated,
            report=report.to_json(),
            despite=despite.strip() if conflicts else "",
            by=audit.actor,
        )
        if before is not None:
            PublicationEnd.objects.create(county=row.county, publication=before, why="replaced", by=audit.actor)
        stem = f"{organ.name}{year}年政府信息公开工作年度报告"
        for form, data in made.items():
            file = store(audit=audit, name=f"{stem}.{form}", data=data)
            PublicationFile.objects.create(county=row.county, publication=row, format=form, file=file)
        facts = {"organ": str(organ.pk), "year": year, "edition": row.edition, "conflicts": conflicts}
        audit.record("annual.publish", submission, facts)
        touch(county=submission.county)
    return row


def withdraw(*, audit: Audit, publication: Publication, reason: str) -> PublicationEnd:
    """Take a published report back, from the moment of the act. Refused without a reason and when it is out already."""
    if not reason.strip():
        raise Refused("请写明撤回的原因。")
    if len(reason) > REASON_LIMIT:
        raise Refused(f"原因最多{REASON_LIMIT}字。")
    with transaction.atomic():
        Organ.objects.select_for_update().get(pk=publication.organ_id)
        if PublicationEnd.objects.filter(publication=publication).exists():
            raise Refused("这份报告已经不在门户上。")
        row = PublicationEnd.objects.create(
            county=publication.county, publication=publication, why="withdrawn", reason=reason.strip(), by=audit.actor
        )
        audit.record("annual.withdraw", publication.submission, {"publication": str(publication.pk)})
        touch(county=publication.county)
    return row
