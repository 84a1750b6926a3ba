"""Archives of many reports."""

from __future__ import annotations

import io
import zipfile

import pytest

from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import archive, limits
from tests.readers.formats.samples import zipped


def listed(data: bytes) -> list[tuple[str, bytes | str]]:
    return [(n, d.code if isinstance(d, Unreadable) else d) for n, d in archive.iter_archive(data)]


def test_files_of_all_folders_in_order_without_what_systems_leave() -> None:
    data = zipped(
        {
            "乡镇/甲镇.docx": "1",
            "乡镇/": "",
            "__MACOSX/乡镇/._甲镇.docx": "x",
            "Thumbs.db": "x",
            "乡镇/~$甲镇.docx": "x",
            "部门/乙局/年报.txt": "2",
            ".DS_Store": "x",
        }
    )
    assert listed(data) == [("乡镇/甲镇.docx", b"1"), ("部门/乙局/年报.txt", b"2")]


def _named(raw: bytes) -> bytes:
    """A zip with one file whose name is these bytes, not marked as UTF-8."""
    place = b"N" * len(raw)
    return zipped({place.decode(): "1"}).replace(place, raw)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_a_mark_are_put_right(encoding: str) -> None:
    assert listed(_named("乡镇/甲镇年报.docx".encode(encoding))) == [("乡镇/甲镇年报.docx", b"1")]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        (b"../../etc/passwd", "etc/passwd"),
        (b"/etc/passwd", "etc/passwd"),
        (b"C:\\a\\b.txt", "a/b.txt"),
        (b"a/./../b.txt", "a/b.txt"),
        (b"a\x07b\x1b.txt", "ab.txt"),
        (b"a/ b .txt ", "a/b .txt"),
    ],
)
def test_names_cannot_lead_elsewhere(name: bytes, safe: str) -> None:
    assert listed(_named(name)) == [(safe, b"1")]


def test_odd_characters_in_names_are_kept() -> None:
    assert listed(zipped({"年报（终稿）★“1”.txt": "1"})) == [("年报（终稿）★“1”.txt", b"1")]


def test_a_bomb_is_refused_and_the_next_file_follows() -> None:
    data = zipped({"a.txt": "好", "炸.txt": b"0" * 20_000_000, "b.txt": "2"})
    assert listed(data) == [("a.txt", "好".encode()), ("炸.txt", "too_large"), ("b.txt", b"2")]


def test_what_is_really_inflated_counts_not_what_is_claimed() -> None:
    bomb = zipped({"a.txt": b"0" * 20_000_000})
    size = (20_000_000).to_bytes(4, "little")
    assert bomb.count(size) == 2
    assert [d for _, d in listed(bomb.replace(size, (5).to_bytes(4, "little")))] in (["too_large"], ["damaged"])


def test_an_encrypted_member_is_said_to_be_so() -> None:
    data = bytearray(zipped({"a.txt": "1", "b.txt": "2"}, zipfile.ZIP_STORED))
    for place in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[place] |= 1
    assert listed(bytes(data)) == [("a.txt", "encrypted"), ("b.txt", b"2")]


def test_a_broken_member_is_refused_and_the_next_follows() -> None:
    data = zipped({"a.txt": "甲乙丙丁" * 9, "b.txt": "2"}, zipfile.ZIP_STORED).replace("丙".encode(), "丑".encode(), 1)
    assert listed(data) == [("a.txt", "damaged"), ("b.txt", b"2")]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 10, zipped({"a": "1" * 99})[:-30]],
    ids=["empty", "a head", "an end", "cut off"],  # named: an archive carries the minute it was made
)
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        listed(data)
    assert refusal.value.code == "damaged"


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ARCHIVE_FILES", 3)
    with pytest.raises(Unreadable) as refusal:
        listed(zipped({f"{n}.txt": "1" for n in range(4)}))
    assert refusal.value.code == "too_large"


def test_too_much_in_all_ends_the_archive_but_keeps_what_came_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ARCHIVE_BYTES", 10)
    seen = []
    with pytest.raises(Unreadable):
        for name, data in archive.iter_archive(zipped({"a": "123456", "b": "7890", "c": "1"})):
            seen.append((name, data))
    assert seen == [("a", b"123456"), ("b", b"7890")]


def test_the_same_name_twice_gives_both() -> None:
    stream = io.BytesIO()
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(stream, "w") as made:
        made.writestr("a.txt", "1")
        made.writestr("a.txt", "2")
    assert listed(stream.getvalue()) == [("a.txt", b"1"), ("a.txt", b"2")]
