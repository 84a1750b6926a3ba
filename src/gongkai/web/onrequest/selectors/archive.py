"""What goes into the archive package of a case, how long it is kept, and the packages there are."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from gongkai.documents.archive_package import ArchiveCase, ArchiveFile, LogEntry, Role, Verdict, verify_package
from gongkai.documents.letters import letter_pdf
from gongkai.onrequest.applicants import APPLICANT_KINDS, ApplicantKind
from gongkai.onrequest.decisions import decision
from gongkai.onrequest.letters import letter_type
from gongkai.web.audit.heads import bytes_are_signed
from gongkai.web.facts import Refused
from gongkai.web.files import services as files
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Application, Attachment, Case, Complaint, Dispute, Letter, SealUse
from gongkai.web.onrequest.rulekeys import DEFAULT_RETENTION, PERIODS, RETAINED, RETENTION
from gongkai.web.onrequest.selectors.facts import applicant_of, standing_of
from gongkai.web.onrequest.selectors.letterpage import printable
from gongkai.web.onrequest.selectors.story import story
from gongkai.web.rules.selectors import setting

LARGEST = 500 * 1024 * 1024
_FINAL = ("signed", "sealed", "sent", "delivered")
_SCANS = ("application_scan", "paper_decision", "delivery_proof", "opinion", "dispute", "stamped_scan")


@dataclass(frozen=True, slots=True)
class Suggested:
    """How long a case is to be kept, and why so."""

    period: str
    why: str


def suggested(application: Application, on: date) -> Suggested:
    """The period an office declared, else ours: thirty years with a dispute or complaint, ten without."""
    said = setting(application.county, RETENTION, organ=application.organ_id, on=on)
    said = said if isinstance(said, dict) else {}
    disputed = (
        Dispute.objects.filter(application=application).exists()
        or Complaint.objects.filter(application=application).exists()
    )
    kind = "disputed" if disputed else "ordinary"
    period = said.get(kind) if said.get(kind) in PERIODS else DEFAULT_RETENTION[kind]
    why = RETAINED[kind]
    basis = "本机关设定" if said.get(kind) in PERIODS else "本系统规则，应当以本单位的归档范围和保管期限表为准"
    return Suggested(str(period), f"{why}（{basis}）")


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of the package: named before it is read."""

    role: Role
    name: str
    title: str
    file: uuid.UUID | None = None
    letter: Letter | None = None

    def read(self) -> ArchiveFile:
        """With its bytes. Refused when they are not there any more."""
        if self.letter is not None:
            return ArchiveFile(
                self.role, self.name, letter_pdf(printable(self.letter, timezone.localdate())).data, self.title
            )
        assert self.file is not None
        try:
            return ArchiveFile(self.role, self.name, files.read(self.file), self.title)
        except FileNotFoundError as error:
            raise Refused(f"“{self.title}”的文件在数据文件夹中找不到，不能归档。请先从备份恢复。") from error


def _letters(application: Application) -> Iterator[Piece]:
    for row in Letter.objects.filter(application=application, status__in=_FINAL).select_related("organ").order_by("id"):
        zh = letter_type(row.kind).zh
        title = f"{zh}　{row.number}".rstrip("　")
        for use in SealUse.objects.filter(letter=row, scan__isnull=False, scan__isolated=False).select_related("scan"):
            assert use.scan is not None
            yield Piece("scan", use.scan.plain_name, f"{title}（盖章件）", file=use.scan.pk)
        yield Piece("letter", f"{row.number or zh}.pdf", title, letter=row)


def pieces(application: Application) -> list[Piece]:
    """The files of the package: letters, their stamped scans first, then what else lies in the case."""
    found = list(_letters(application))
    taken = {piece.file for piece in found if piece.file}
    rows = Attachment.objects.filter(application=application, file__isolated=False).exclude(role="archive")
    for row in rows.select_related("file").order_by("id"):
        if row.file_id not in taken:
            role: Role = "scan" if row.role in _SCANS else "original"
            name = row.file.plain_name
            found.append(Piece(role, name, f"{row.get_role_display()}：{name}", file=row.file_id))
            taken.add(row.file_id)
    return found


def isolated(application: Application) -> int:
    """How many files are set apart for the secrecy office and never packed."""
    return Attachment.objects.filter(application=application, file__isolated=True).count()


def described(application: Application, retention: str, closed_on: date) -> ArchiveCase:
    """What the archive must know of the case."""
    case = Case.objects.select_related("organ").get(application=application)
    standing, applicant = standing_of(application), applicant_of(application)
    decided = decision(standing.decision).zh if standing.decision else "申请人撤回或者并案"

    def day(value: date | None) -> str:
        return value.isoformat() if value else ""

    return ArchiveCase(
        organ=case.organ.name,
        number=application.number,
        title=f"{application.subject}（政府信息公开申请）",
        year=standing.received_on.year,
        retention=retention,
        fields=(
            ("applicant", "申请人", personal.reveal(applicant, "name")),
            ("applicant_kind", "申请人类型", APPLICANT_KINDS[ApplicantKind(applicant.kind)]),
            ("channel", "申请渠道", application.get_channel_display()),
            ("received_on", "收到日期", day(standing.received_on)),
            ("decision", "处理决定", decided),
            ("decided_on", "签发日期", day(standing.decided_on)),
            ("delivered_on", "送达日期", day(standing.delivered_on)),
            ("closed_on", "归档日期", day(closed_on)),
            ("isolated", "另行移交保密机构的文件数", str(isolated(application))),
            ("disclosed", "政府信息公开情况", decided),
            ("opening", "到期开放意见", ""),
        ),
    )


def log_of(application: Application, closing: str, who: str) -> list[LogEntry]:
    """The story of the case, with its closing as the last line."""
    told = [
        LogEntry(
            timezone.localtime(m.recorded_at).isoformat(), m.name, f"{m.on:%Y-%m-%d} {m.title}", "；".join(m.words)
        )
        for m in story(application)
    ]
    return [*told, LogEntry(timezone.localtime().isoformat(), who, "归档办结", closing)]


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was made."""

    key: uuid.UUID
    name: str
    size: int
    sha256: str
    made_at: datetime


def packages(application: Application) -> list[Package]:
    """The packages of a case, newest first."""
    rows = Attachment.objects.filter(application=application, role="archive").select_related("file").order_by("-id")
    return [Package(row.pk, row.file.plain_name, row.file.size, row.file.sha256, row.recorded_at) for row in rows]


def verified(application: Application, key: uuid.UUID) -> Verdict | None:
    """What a look at a package finds; None for one that this case does not have."""
    row = Attachment.objects.filter(application=application, role="archive", pk=key).first()
    if row is None:
        return None
    try:
        data = files.read(row.file_id)
    except FileNotFoundError:
        return Verdict(0, ("归档包在数据文件夹中找不到。",))
    return verify_package(data, bytes_are_signed)
