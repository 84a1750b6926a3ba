"""A closed case leaves a package: what is in it, for how long, and whether it holds."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.utils import timezone

from gongkai.web.facts import Refused
from gongkai.web.files import services as files
from gongkai.web.files.models import StoredFile
from gongkai.web.onrequest.models import Attachment, Case, Dispute
from gongkai.web.onrequest.selectors.archive import packages, suggested, verified
from gongkai.web.onrequest.services import archive
from gongkai.web.onrequest.services.attachments import Upload, attach
from gongkai.web.onrequest.services.facts import Overtaken
from gongkai.web.rules.models import Setting
from tests.web.onrequest.conftest import LI
from tests.web.onrequest.steps import granted

TODAY = timezone.localdate()


@pytest.fixture
def delivered(apply, audit):
    application = apply().application
    attach(audit=audit, application=application, file=Upload("密件.pdf", b"%PDF-1.4 x", "attachment", marked=True))
    attach(audit=audit, application=application, file=Upload("申请书.txt", "申请书".encode(), "application_scan"))
    granted(audit, application, scan=Upload("盖章件.pdf", b"%PDF-1.4 stamped", "stamped_scan"))
    return application


def close(audit, application, **other):
    return archive.close(**{"audit": audit, "application": application, "on": TODAY, "retention": "10年"} | other)


def test_closing_makes_the_package_with_the_stamped_scan_first(delivered, audit):
    row = close(audit, delivered)
    assert Case.objects.get(application=delivered).state == "closed"
    with zipfile.ZipFile(io.BytesIO(files.read(row.file_id))) as package:
        names = package.namelist()
        metadata = package.read("metadata.xml").decode()
        log = package.read("process-log.xml").decode()
        scan = next(name for name in names if name.startswith("扫描件/001"))
        assert package.read(scan) == b"%PDF-1.4 stamped"
    assert any(name.startswith("文书/001") and name.endswith(".pdf") for name in names)
    assert "manifest-sha256.sig" in names
    assert not [name for name in names if "密件" in name]
    assert ">10年<" in metadata and LI.name in metadata and ">1<" in metadata
    assert "归档办结" in log and "收到申请" in log
    assert verified(delivered, row.pk).holds and verified(delivered, row.pk).signed


def test_a_package_that_was_changed_does_not_hold(delivered, audit):
    row = close(audit, delivered)
    data = files.read(row.file_id)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part.replace("李清照".encode(), "李白".encode()) if name == "metadata.xml" else part)
    other = attach(audit=audit, application=delivered, file=Upload("x.zip", out.getvalue(), "archive"))
    assert "metadata.xml" in verified(delivered, other.pk).problems[0]


def test_refusals(apply, audit, delivered):
    with pytest.raises(Refused, match="保管期限"):
        close(audit, delivered, retention="三年")
    with pytest.raises(Refused, match="不能“归档办结”"):
        close(audit, apply(content="另一件").application)
    with pytest.raises(Overtaken):
        close(audit, delivered, seen=1)
    assert not Attachment.objects.filter(role="archive").exists()
    close(audit, delivered)
    with pytest.raises(Refused):
        close(audit, delivered)


def test_a_lost_file_stops_the_closing(delivered, audit, monkeypatch):
    def gone(key):
        raise FileNotFoundError

    monkeypatch.setattr(files, "read", gone)
    with pytest.raises(Refused, match="找不到"):
        close(audit, delivered)
    assert Case.objects.get(application=delivered).state == "delivered"


def test_how_long_it_is_kept(apply, audit, organ):
    application = apply().application
    assert suggested(application, TODAY).period == "10年"
    assert "本系统规则" in suggested(application, TODAY).why
    Dispute.objects.create(
        county=audit.county,
        application=application,
        organ=organ,
        kind="reconsideration",
        before="云岭县人民政府",
        received_on=TODAY,
        by=audit.actor,
    )
    assert suggested(application, TODAY).period == "30年"
    Setting.objects.create(
        county=audit.county, key="onrequest.retention", value={"disputed": "永久"}, valid_from=TODAY, by=audit.actor
    )
    assert suggested(application, TODAY).period == "永久"


def test_the_page(delivered, desk, audit):
    url = f"/cases/{delivered.pk}/archive"
    page = desk.get(url).content.decode()
    assert "盖章件" in page and "1个带密级标志的文件已隔离" in page
    assert desk.post(f"/cases/{delivered.pk}/acts/close", {"on": f"{TODAY}"}).headers["Location"] == url
    assert desk.post(url, {"on": f"{TODAY}", "retention": "10年"}).status_code == 302
    package = packages(delivered)[0]
    assert package.sha256 in desk.get(url).content.decode()
    assert "归档包完好" in desk.post(f"{url}/{package.key}/verify").content.decode()
    assert desk.get(f"/cases/{delivered.pk}/files/{package.key}").content[:2] == b"PK"
    key = Attachment.objects.get(role="application_scan").pk
    assert desk.post(f"{url}/{key}/verify").status_code == 404
    assert StoredFile.objects.filter(isolated=True).count() == 1
