"""Closing a case: its package is made of what is there, and kept with the fact that closes it, or neither is."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.documents.archive_package import archive_package
from gongkai.onrequest.procedure import Act
from gongkai.web.audit.heads import sign_bytes
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.failpoints import failpoint
from gongkai.web.onrequest.models import Application, Attachment, Case
from gongkai.web.onrequest.rulekeys import PERIODS
from gongkai.web.onrequest.selectors.archive import LARGEST, described, log_of, pieces
from gongkai.web.onrequest.services.acts import perform, possible
from gongkai.web.onrequest.services.attachments import Upload, attach
from gongkai.web.onrequest.services.facts import Overtaken
from gongkai.web.people.selectors import names_of


def package(application: Application, *, retention: str, on: date, who: str) -> bytes:
    """The package of a case as it stands: letters, files, its story, facts and hashes, signed by this desk."""
    files, size = [], 0
    for piece in pieces(application):
        file = piece.read()
        size += len(file.data)
        if size > LARGEST:
            raise Refused(f"案卷的文件合计超过{LARGEST // 1024 // 1024}MB，不能打成一个归档包。请与管理员联系。")
        files.append(file)
    case = described(application, retention, on)
    return archive_package(case, files, log_of(application, f"保管期限{retention}", who), sign_bytes)


def close(*, audit: Audit, application: Application, on: date, retention: str, seen: int | None = None) -> Attachment:
    """Close the case and keep its archive package. Refused with the procedure's sentence, Overtaken when someone acted.

    The package is made before anything is locked; if the case changed meanwhile, nothing is written.
    """
    if retention not in PERIODS:
        raise Refused("请选择保管期限：永久、30年或者10年。")
    may = possible(application, Act.CLOSE, on)
    if not may.allowed:
        raise Refused(may.reason)
    revision = Case.objects.values_list("revision", flat=True).get(application=application)
    if seen is not None and seen != revision:
        raise Overtaken("这件申请刚刚有人办理过，您看到的已不是最新情况。请核对最新的办理记录后再归档。")
    who = names_of([audit.actor]).get(audit.actor, "")
    data = package(application, retention=retention, on=on, who=who)
    failpoint("archive.packed")
    with transaction.atomic():
        perform(
            audit=audit, application=application, act=Act.CLOSE, on=on, seen=revision, reason=f"保管期限：{retention}"
        )
        row = attach(
            audit=audit,
            application=application,
            file=Upload(f"{application.number}归档包.zip", data, "archive"),
        )
        failpoint("archive.before_commit")
    return row
