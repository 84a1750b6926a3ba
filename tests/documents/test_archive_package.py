"""The archive package: what went in comes out, the same bytes each time, and every change is found and named."""

from __future__ import annotations

import hashlib
import hmac
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from gongkai.documents import archive_package as module
from gongkai.documents.archive_package import ArchiveCase, ArchiveFile, LogEntry, archive_package, verify_package
from tests.zips import unzipped, zipped

CASE = ArchiveCase(
    "清溪县自然资源局", "QX-2026-0012", "张三申请公开补偿安置方案", 2026, "10年", (("decision", "处理决定", "部分公开 <P1> & “其他”"),)
)  # fmt: skip
FILES = (
    ArchiveFile("original", "申请表.pdf", b"%PDF-1.7 original", "申请表"),
    ArchiveFile("original", "申请表.pdf", b"%PDF-1.7 another"),
    ArchiveFile("letter", "答复书.pdf", b"%PDF-1.7 letter"),
    ArchiveFile("scan", "../../送达\x00回证.png", b"\x89PNG"),
    ArchiveFile("record", "", b"x"),
    ArchiveFile("record", "甲" * 300 + ".docx", b"y"),
    ArchiveFile("record", "甲" * 300, b"z"),
)
LOG = (
    LogEntry("2026-03-02T09:00:00+08:00", "李四", "登记", "邮寄 <挂号>"),
    LogEntry("2026-03-30T16:00:00+08:00", "王五", "签发"),
)
PACKAGE = archive_package(CASE, FILES, LOG)


def key(manifest: bytes) -> bytes:
    return hmac.digest(b"key", manifest, "sha256")


def test_everything_stands_in_its_place() -> None:
    parts = unzipped(PACKAGE)
    assert sorted(parts) == sorted([
        "manifest-sha256.txt", "metadata.xml", "process-log.xml", "原始文件/001-申请表.pdf", "原始文件/002-申请表.pdf", "文书/001-答复书.pdf",
        "扫描件/001-_.._送达回证.png", "办理记录/001-未命名", "办理记录/002-" + "甲" * 110 + ".docx", "办理记录/003-" + "甲" * 110,
    ])  # fmt: skip
    assert parts["原始文件/002-申请表.pdf"] == b"%PDF-1.7 another"


def test_metadata_and_log_are_xml_with_every_fact() -> None:
    parts = unzipped(PACKAGE)
    metadata, log = etree.fromstring(parts["metadata.xml"]), etree.fromstring(parts["process-log.xml"])
    assert {f.get("name"): f.text for f in metadata.iter("field")} == {
        "organ": "清溪县自然资源局", "number": "QX-2026-0012", "title": "张三申请公开补偿安置方案", "year": "2026", "retention": "10年", "files": "7",
        "decision": "部分公开 <P1> & “其他”",
    }  # fmt: skip
    first = next(metadata.iter("file"))
    assert (first.get("path"), first.get("role"), first.text) == (
        "原始文件/001-申请表.pdf",
        "original",
        "申请表",
    )
    assert {f.get("sha256") for f in metadata.iter("file")} == {hashlib.sha256(f.data).hexdigest() for f in FILES}
    assert [(e.get("at"), e.get("who"), e.get("act"), e.text) for e in log] == [
        ("2026-03-02T09:00:00+08:00", "李四", "登记", "邮寄 <挂号>"),
        ("2026-03-30T16:00:00+08:00", "王五", "签发", None),
    ]


def test_the_same_case_gives_the_same_bytes_and_holds() -> None:
    assert archive_package(CASE, list(FILES), list(LOG)) == PACKAGE
    found = verify_package(PACKAGE)
    assert found.holds and found.files == 9 and not found.signed


def test_a_signature_is_kept_and_asked_for() -> None:
    signed = archive_package(CASE, FILES, LOG, sign=key)
    asked = lambda manifest, signature: hmac.compare_digest(key(manifest), signature)  # noqa: E731
    assert verify_package(signed, asked).holds and verify_package(signed).signed
    assert verify_package(signed, lambda *_: False).problems == ("校验清单没有有效的签名。",)
    assert verify_package(PACKAGE, asked).problems == ("校验清单没有有效的签名。",)


def changed(**parts: bytes | None) -> bytes:
    found = unzipped(PACKAGE)
    for name, data in parts.items():
        if data is None:
            del found[name]
        else:
            found[name] = data
    return zipped(found)


@pytest.mark.parametrize(
    ("data", "says"),
    (
        (changed(**{"文书/001-答复书.pdf": b"changed"}), "“文书/001-答复书.pdf”与校验清单不一致"),
        (changed(**{"文书/001-答复书.pdf": None}), "缺少“文书/001-答复书.pdf”"),
        (changed(**{"文书/002-新.pdf": b"x"}), "“文书/002-新.pdf”不在校验清单中"),
        (changed(**{"metadata.xml": b"<x/>"}), "“metadata.xml”与校验清单不一致"),
        (changed(**{"manifest-sha256.txt": None}), "没有校验清单"),
        (changed(**{"manifest-sha256.txt": b"nonsense\n"}), "第1行不合格式"),
        (changed(**{"manifest-sha256.txt": b""}), "没有必备的“metadata.xml”"),
        (b"", "无法打开"),
        (b"PK\x03\x04broken", "无法打开"),
    ),
    ids=["changed", "missing", "extra", "metadata", "no list", "nonsense", "empty list", "nothing", "broken"],
)
def test_every_change_is_named(data: bytes, says: str) -> None:
    found = verify_package(data)
    assert not found.holds and any(says in problem for problem in found.problems), found.problems


def test_a_name_twice_a_broken_part_and_too_much_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    held = io.BytesIO(PACKAGE)
    with zipfile.ZipFile(held, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("metadata.xml", b"<x/>")
    assert "“metadata.xml”在归档包中出现不止一次。" in verify_package(held.getvalue()).problems
    broken = PACKAGE.replace(b"%PDF-1.7 letter", b"%PDF-1.7 LETTER")
    assert verify_package(broken).problems == ("“文书/001-答复书.pdf”与校验清单不一致，可能被改动。",)
    with monkeypatch.context() as patch:
        patch.setattr(module, "_MOST_FILES", 2)
        assert "没有核对" in verify_package(PACKAGE).problems[0]


def test_what_unpacks_to_more_than_it_says_is_no_file_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless:
        def __enter__(self) -> io.BytesIO:
            return io.BytesIO(b"x" * 100)

        def __exit__(self, *_: object) -> None:
            pass

    with zipfile.ZipFile(io.BytesIO(PACKAGE)) as package:
        monkeypatch.setattr(package, "open", lambda _: Endless())
        monkeypatch.setattr(module, "_LARGEST", 10)
        assert module._streamed(package, "metadata.xml") == ""


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(PACKAGE) - 1), st.integers(1, 255))
def test_a_byte_changed_anywhere_in_a_file_is_found(place: int, by: int) -> None:
    data = bytearray(PACKAGE)
    data[place] ^= by
    found = verify_package(bytes(data))
    if found.holds:
        # What holds has the very same parts: the byte was none of theirs (a date or a flag of the container).
        assert unzipped(bytes(data)) == unzipped(PACKAGE)
