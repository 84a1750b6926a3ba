"""What was written into a picture: names written over, places only where they are known, nothing from a broken one."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import IFDRational

from gongkai.readers.errors import Unreadable
from gongkai.readers.precheck import precheck
from tests.readers.precheck import files


def picture(form: str = "JPEG", **saved: object) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (9, 9), "green").save(held, form, **saved)
    return held.getvalue()


def with_exif(main: dict[int, object] | None = None, inner: dict | None = None, gps: dict | None = None) -> bytes:
    exif = Image.Exif()
    for tag, value in (main or {}).items():
        exif[tag] = value
    exif.get_ifd(0x8769).update(inner or {})
    exif.get_ifd(0x8825).update(gps or {})
    return picture(exif=exif)


def with_words(**words: str) -> bytes:
    info = PngInfo()
    for name, value in words.items():
        info.add_text(name, value)
    return picture("PNG", pnginfo=info)


def told(data: bytes) -> list[tuple[str, str]]:
    return [(hit.kind, hit.text) for hit in precheck("照片.jpg", data).hits]


WRITTEN = [
    # what is written into it | what is told of it
    (with_exif(inner={0xA431: "SN20260105"}), [("exif", "机身编号 SN2＊＊＊")]),
    (with_exif(inner={0xA430: "Wang Xiaoming"}), [("exif", "机主 W＊＊")]),
    (with_exif({0x013B: "Wang Xiaoming"}), [("exif", "作者 Wa＊＊＊＊＊＊＊＊")]),
    (with_exif({0x9C9D: "王小明".encode("utf-16-le")}), [("exif", "作者 王＊＊")]),
    (with_exif({0x013B: "王小明".encode()}), [("exif", "作者 王＊＊")]),
    (with_exif({0x010E: "云岭县防汛演练".encode()}), [("exif", "说明 云岭县防汛演练")]),
    (with_exif({0x8298: b"caf\xe9 du coin"}), [("exif", "版权 café du coin")]),
    (with_exif({0x010F: " \x01 "}), []),
    (with_words(Author="王小明", Title="公示"), [("exif", "作者 王＊＊；标题 公示")]),
    (with_words(Comment=" ", Warning="x"), []),
    (picture(xmp=b"<x:xmpmeta><dc:creator>w</dc:creator></x:xmpmeta>"), [("exif", "XMP编辑记录")]),
    (picture(xmp=b"<x exif:GPSLatitude='25,2.5N'/>"), [("location", "写在XMP编辑记录里")]),
    (picture(xmp=b"<x tiff:Orientation='1'/>"), []),
]


@pytest.mark.parametrize(("data", "expected"), WRITTEN)
def test_what_is_written_into_a_picture_is_told_and_names_are_written_over(data, expected) -> None:
    assert told(data) == expected


NORTH_EAST = {1: "N", 2: (25.0, 2.0, 30.0), 3: "E", 4: (102.0, 42.0, 0.0)}
PLACES = [
    (NORTH_EAST, ["北纬25.0＊，东经102.7＊"]),
    (NORTH_EAST | {1: "S", 3: "W"}, ["南纬25.0＊，西经102.7＊"]),
    ({1: "N", 2: (25.0, 2.0, 30.0)}, []),
    ({0: b"\x02\x03\x00\x00"}, []),
    (NORTH_EAST | {2: (IFDRational(0, 0),) * 3}, []),
]


@pytest.mark.parametrize(("gps", "expected"), PLACES)
def test_a_place_is_told_where_it_is_known_and_only_there(gps, expected) -> None:
    assert [text for kind, text in told(with_exif(gps=gps)) if kind == "location"] == expected


BROKEN = b"Exif\x00\x00this is no directory at all"
NAMED = PngInfo()
NAMED.add_text("Author", "王小明")
BESIDE = [
    (picture(exif=BROKEN, xmp=b"<x><dc:creator>w</dc:creator></x>"), [("exif", "XMP编辑记录")]),
    (picture("PNG", exif=BROKEN, pnginfo=NAMED), [("exif", "作者 王＊＊")]),
]


@pytest.mark.parametrize(("data", "expected"), BESIDE, ids=["JPEG", "PNG"])
def test_broken_camera_data_say_nothing_and_do_not_hide_what_stands_beside_them(data: bytes, expected: list) -> None:
    assert told(data) == expected


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


SIZE = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
BOMB = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", SIZE) + chunk(b"IDAT", zlib.compress(bytes(999)))
NO_PICTURE = b"\xff\xd8\xff" + b"\xe0\x00" * 300


@pytest.mark.parametrize(("data", "code"), [(BOMB, "too_large"), (NO_PICTURE, "damaged")], ids=["bomb", "none"])
def test_a_picture_that_is_a_bomb_or_none_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        precheck("照片.jpg", data)
    assert refused.value.code == code and "年度报告" not in f"{refused.value.message}{refused.value.advice}"


@pytest.mark.parametrize("broken", [BOMB, NO_PICTURE], ids=["bomb", "none"])
def test_a_broken_picture_in_a_document_does_not_keep_the_others_from_being_read(broken: bytes) -> None:
    parts = {"word/media/image1.png": broken, "word/media/image2.jpeg": files.photograph()}
    found = precheck("a.docx", files.with_parts(files.in_body("正文"), parts))
    assert [(hit.kind, hit.place.says) for hit in found.hits] == [
        ("location", "第2张图片（image2.jpeg）"),
        ("exif", "第2张图片（image2.jpeg）"),
    ]
