"""Attachments: encrypted on disk, whole or not at all, apart when they may be secret, swept when nothing names them."""

from __future__ import annotations

import io
import os
import time
import zipfile
from datetime import date

import pytest
from django.conf import settings
from django.db import transaction

from gongkai.web import sealed
from gongkai.web.audit.models import Entry
from gongkai.web.facts import Refused
from gongkai.web.files import disk, kinds, services
from gongkai.web.files.models import StoredFile
from gongkai.web.files.selectors import about

MARK = "标记的身份证号110101199003070000"


def _store(audit, name="申请书.txt", text=MARK, **more):
    with transaction.atomic():
        return services.store(audit=audit, name=name, data=text.encode(), **more)


def _docx(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "x")
    return out.getvalue()


def test_what_is_stored_is_read_back_and_lies_encrypted(audit, county):
    row = _store(audit, name="../../张三𠮷的/申请书.txt")
    assert services.read(row.pk).decode() == MARK
    assert row.sha256 == disk.digest(MARK.encode())
    blob = disk.place(disk.ATTACHMENTS, row.stored).read_bytes()
    assert disk.digest(blob) == row.stored
    assert MARK.encode() not in blob
    assert about(row.pk).name == "申请书.txt"
    assert about(row.pk).ending == "txt"
    assert "申请书" not in str(Entry.objects.filter(object_id=row.pk).values_list("payload", flat=True))


def test_the_same_bytes_twice_are_two_files_that_do_not_look_alike(audit, county):
    first, second = _store(audit), _store(audit)
    assert first.sha256 == second.sha256
    assert first.stored != second.stored


def test_bytes_of_another_row_or_changed_on_disk_are_refused(audit, county):
    first, second = _store(audit), _store(audit, text="另一份")
    place = disk.place(disk.ATTACHMENTS, first.stored)
    place.write_bytes(disk.place(disk.ATTACHMENTS, second.stored).read_bytes())
    with pytest.raises(sealed.Tampered):
        services.read(first.pk)
    place.unlink()
    with pytest.raises(FileNotFoundError):
        services.read(first.pk)


def test_a_failed_act_leaves_an_orphan_that_is_swept_when_it_is_old(audit, county):
    kept = _store(audit)
    with pytest.raises(RuntimeError), transaction.atomic():
        lost = services.store(audit=audit, name="a.txt", data=b"lost")
        raise RuntimeError("the power went out")
    place = disk.place(disk.ATTACHMENTS, lost.stored)
    part = place.with_name(disk.PART + "x")
    part.write_bytes(b"half")
    assert services.sweep() == 0
    old = time.time() - 2 * 24 * 3600
    for path in (place, part, disk.place(disk.ATTACHMENTS, kept.stored)):
        os.utime(path, (old, old))
    assert services.sweep() == 2
    assert not place.exists()
    assert not part.exists()
    assert services.read(kept.pk).decode() == MARK


def test_an_isolated_file_has_one_copy_and_is_wiped_when_it_is_handed_over(
    audit, county, django_capture_on_commit_callbacks
):
    row = _store(audit)
    with django_capture_on_commit_callbacks(execute=True):
        assert services.isolate(audit=audit, key=row.pk).isolated
    assert services.isolate(audit=audit, key=row.pk).isolated
    assert not disk.place(disk.ATTACHMENTS, row.stored).exists()
    with pytest.raises(Refused, match="隔离"):
        services.read(row.pk)
    assert services.read_isolated(audit=audit, key=row.pk).decode() == MARK
    with django_capture_on_commit_callbacks(execute=True):
        services.hand_over(audit=audit, key=row.pk, on=date(2026, 3, 2))
    assert not list((settings.GONGKAI_DATA / disk.ISOLATED).glob("*/" + row.stored))
    for again in (services.read_isolated, lambda **k: services.hand_over(on=date(2026, 3, 3), **k)):
        with pytest.raises(Refused, match="移交"):
            again(audit=audit, key=row.pk)
    assert StoredFile.objects.get(pk=row.pk).sha256 == row.sha256
    acts = list(Entry.objects.filter(object_id=row.pk).order_by("id").values_list("act", flat=True))
    assert acts == ["files.store", "files.isolate", "files.read_isolated", "files.hand_over"]


def test_a_file_is_isolated_from_the_first_when_it_is_known_to_be_secret(audit, county):
    row = _store(audit, isolated=True)
    assert not disk.place(disk.ATTACHMENTS, row.stored).exists()
    assert services.read_isolated(audit=audit, key=row.pk).decode() == MARK


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 x", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("本文是文本".encode("gb18030"), "text/plain"),
        (("𠮷" * 2000).encode(), "text/plain"),
        (b"a\x00b", kinds.UNKNOWN),
        (b"MZ\x90\x00", "application/x-msdownload"),
        (b"PK\x03\x04 broken", kinds.UNKNOWN),
    ],
)
def test_a_file_is_what_its_bytes_are(data, kind):
    assert kinds.detect(data) == kind


def test_office_files_are_told_apart_and_their_programs_seen():
    assert kinds.detect(_docx("word/document.xml")).endswith("wordprocessingml.document")
    assert kinds.detect(_docx("xl/workbook.xml")).endswith("spreadsheetml.sheet")
    assert not kinds.has_macros(_docx("word/document.xml"))
    assert kinds.has_macros(_docx("word/document.xml", "word/vbaProject.bin"))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    assert kinds.detect(ole) == "application/msword"
    assert not kinds.has_macros(ole)
    assert kinds.has_macros(ole + "_VBA_PROJECT".encode("utf-16-le"))


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("空.pdf", b"", "空文件"),
        ("大.txt", b"x" * 2000, "超过"),
        ("程序.pdf", b"MZ\x90\x00", "文件类型"),
        ("宏.docx", _docx("word/document.xml", "word/vbaProject.bin"), "带有宏"),
    ],
)
def test_what_may_not_be_taken_in_is_refused_in_a_sentence(name, data, says):
    with pytest.raises(Refused, match=says):
        services.check_file(name=name, data=data, limit=1024)
    assert services.check_file(name="a.txt", data=b"text", limit=1024) == "text/plain"
