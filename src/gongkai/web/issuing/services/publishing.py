"""Putting a frozen version outside, through the desk's own way of publishing reports, and into the archive."""

from __future__ import annotations

import json

from django.db import transaction
from django.utils import timezone

from gongkai.annual.report import Report
from gongkai.documents.archive_package import ArchiveCase, ArchiveFile, LogEntry, archive_package
from gongkai.web.annual.models import Job, Publication, Submission
from gongkai.web.annual.selectors.readings import scope_beside
from gongkai.web.annual.services import publishing as outside
from gongkai.web.annual.services.intake import Incoming, hand_in
from gongkai.web.annual.services.placing import place
from gongkai.web.annual.services.reading import do
from gongkai.web.audit.heads import sign_bytes
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.failpoints import failpoint
from gongkai.web.files import services as files
from gongkai.web.files.services import store
from gongkai.web.issuing.models import Archive, Draft, Frozen, Issue, Signature
from gongkai.web.issuing.packing import unpack, written
from gongkai.web.issuing.selectors.assembled import page_of, report_of, title_of
from gongkai.web.issuing.selectors.versions import issues_of, newest, public_of
from gongkai.web.organs.models import Organ
from gongkai.web.people.selectors import names_of

RETENTION = "永久"
"""How long the package is kept: our own rule, which the office's own table of periods goes before."""
DOING = {"system": "签发", "paper": "录入纸质签发"}


def submission_of(audit: Audit, frozen: Frozen) -> Submission:
    """The frozen report on the desk where reports are read, compared and published: its page, handed in once."""
    report = report_of(frozen.draft.report)
    name = f"{report.title}（第{frozen.version}版）.html"
    batch = hand_in(audit=audit, files=[Incoming(name, page_of(report), scope=frozen.scope)], label=name)
    item = batch.items.get()
    submission = item.submission
    if submission is None:
        raise Refused(f"没有公布：{item.message}")
    job = Job.objects.filter(submission=submission).exclude(state="done").first()
    if job is not None:
        do(job)
        submission.refresh_from_db()
    if (submission.organ_id, submission.year) != (frozen.organ_id, frozen.year):
        place(audit=audit, submission=submission, organ=frozen.organ_id, year=str(frozen.year))
        submission.refresh_from_db()
    return submission


def publish(*, audit: Audit, frozen: Frozen) -> Issue:
    """Publish the version that stands: page, tables, data and files. Refused for an older version, and when it is out.

    The files are written before anything is locked; publication and our note of it are written together or not at all.
    """
    _check_stands(frozen)
    submission = submission_of(audit, frozen)
    failpoint("issuing.handed_in")
    made = outside.files_of(report_of(frozen.draft.report))
    with transaction.atomic():
        Organ.objects.select_for_update().get(pk=frozen.organ_id)
        _check_stands(frozen)
        publication = outside.publish(audit=audit, submission=submission, made=made, scope=frozen.scope)
        failpoint("issuing.publication_written")
        _check_same(publication, report_of(frozen.draft.report))
        row = Issue.objects.create(county=frozen.county, frozen=frozen, publication=publication, by=audit.actor)
        audit.record("issuing.publish", frozen, {"publication": str(publication.pk), "version": frozen.version})
        failpoint("issuing.before_public")
    return row


def _check_stands(frozen: Frozen) -> None:
    """Refused for an older version than the newest, and when it is out."""
    stands = newest(frozen.organ, frozen.year, frozen.scope)
    if stands is None or stands.pk != frozen.pk:
        raise Refused("已有更新的一版，请公布最新的一版。")
    if public_of(frozen) is not None:
        raise Refused("这一版已经在门户公布。")


def _check_same(publication: Publication, report: Report) -> None:
    """Refused when what would stand outside is not figure for figure what was frozen."""
    shown = Report.from_json(json.loads(json.dumps(publication.report)))
    if {a: c.value for a, c in shown.cells.items()} != {a: c.value for a, c in report.cells.items()}:
        raise Refused("门户上的数据与定稿不一致，没有公布。请与管理员联系。")


def check_not_frozen(submission: Submission) -> None:
    """Refused for a file on a year whose report was frozen here: what stands outside is then a signed version of that."""
    organ, year = submission.organ, submission.year
    stands = newest(organ, year, scope_beside(submission)) if organ and year else None
    if stands is not None:
        raise Refused(
            f"{stands.year}年度报告已经在系统内签发、定稿（第{stands.version}版），不能另行公布文件。"
            "请在“送签和公布”中公布定稿；数据有误的，更正后重新送签。"
        )


def withdraw(*, audit: Audit, frozen: Frozen, reason: str) -> None:
    """Take a version back from the portal."""
    publication = public_of(frozen)
    if publication is None:
        raise Refused("这一版不在门户上。")
    outside.withdraw(audit=audit, publication=publication, reason=reason)


# ── the archive ──────────────────────────────────────────────────────────────────────────────────────────────────────


def archive(*, audit: Audit, frozen: Frozen) -> Archive:
    """Put everything about a version into one archive package and keep it."""
    who = names_of([audit.actor]).get(audit.actor, "")
    data = package(frozen, who)
    with transaction.atomic():
        name = f"{title_of(frozen.organ.name, frozen.year, frozen.scope)}第{frozen.version}版归档包.zip"
        file = store(audit=audit, name=name, data=data)
        row = Archive.objects.create(county=frozen.county, frozen=frozen, file=file, sha256=file.sha256, by=audit.actor)
        audit.record("issuing.archive", frozen, {"sha256": file.sha256, "version": frozen.version})
        failpoint("issuing.before_archived")
    return row


def package(frozen: Frozen, who: str) -> bytes:
    """The package: the report in every format, its figures with records, who signed, what the checker said, hashes."""
    draft, report = frozen.draft, report_of(frozen.draft.report)
    title = title_of(frozen.organ.name, frozen.year, frozen.scope)
    held = [
        ArchiveFile("letter", f"{title}.{form}", data, f"{title}（{form.upper()}）")
        for form, data in outside.files_of(report).items()
    ]
    signature = Signature.objects.filter(draft=draft).select_related("scan").first()
    if signature is not None and signature.scan_id is not None:
        held.append(ArchiveFile("scan", "签发单扫描件", files.read(signature.scan_id), "签发单扫描件"))
    held += [
        ArchiveFile("record", "公布的数据.json", bytes(draft.report), "公布的数据"),
        ArchiveFile("record", "各格数据及记录.json", bytes(draft.figures), "各格数据及其后的记录"),
        ArchiveFile("record", "各格记录的版本.json", written(unpack(draft.members)), "各格记录的版本"),
        ArchiveFile("record", "核对结果.json", written([draft.findings, draft.answers]), "核对结果和答复"),
    ]
    case = ArchiveCase(
        frozen.organ.name,
        f"{frozen.year}-{frozen.version}",
        title,
        frozen.year,
        RETENTION,
        (
            ("version", "版次", str(frozen.version)),
            ("scope", "统计范围", frozen.get_scope_display()),
            ("seal", "校验值", draft.seal),
            ("known_at", "数据截止时点", timezone.localtime(draft.known_at).isoformat()),
        ),
        number_label="年度和版次",
    )
    return archive_package(case, held, _log(frozen, draft, signature, who), sign_bytes)


def _log(frozen: Frozen, draft: Draft, signature: Signature | None, who: str) -> list[LogEntry]:
    issues = issues_of(frozen)
    keys = {draft.by, frozen.by, *(each.by for each in issues)} | ({signature.by} if signature else set())
    names = names_of(keys)

    def entry(at: object, by: object, act: str, remark: str = "") -> LogEntry:
        return LogEntry(timezone.localtime(at).isoformat(), names.get(by, ""), act, remark)  # type: ignore[arg-type,call-overload]

    log = [entry(draft.recorded_at, draft.by, "送签", draft.reason)]
    if signature is not None:
        told = f"{signature.signer}于{signature.signed_on}签发" if signature.way == "paper" else ""
        log.append(entry(signature.recorded_at, signature.by, DOING[signature.way], f"{told}{signature.opinion}"))
    log.append(entry(frozen.recorded_at, frozen.by, f"定稿为第{frozen.version}版", frozen.despite))
    log += [entry(each.recorded_at, each.by, "在门户公布") for each in issues]
    log.append(LogEntry(timezone.localtime().isoformat(), who, "归档"))
    return log
