"""Pictures: what a camera or a program wrote into them, where they were taken; the words in them are not read."""

from __future__ import annotations

import contextlib
import io
import math
import re
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits
from gongkai.readers.formats.package import Package
from gongkai.readers.precheck.common import name_shown
from gongkai.readers.precheck.flow import Found
from gongkai.readers.precheck.values import Hit, Place, hit

MOST_PICTURES = 300
"""Pictures of one file whose camera data are looked for."""
PICTURES_UNREAD = "图片里的文字没有识别，请人工看一遍。"
FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP")
_CAMERA = {
    0x010F: "设备品牌",
    0x0110: "设备型号",
    0x013B: "作者",
    0x8298: "版权",
    0x0131: "软件",
    0x010E: "说明",
    0x9C9D: "作者",
    0x9C9C: "备注",
}
_TAKEN, _SERIAL, _OWNER = 0x9003, 0xA431, 0xA430
_GPS, _EXIF = 0x8825, 0x8769
_WRITTEN = {
    "author": "作者",
    "comment": "备注",
    "description": "说明",
    "copyright": "版权",
    "software": "软件",
    "title": "标题",
    "source": "来源",
}
"""Words that a PNG carries by name."""


def read_picture(data: bytes) -> Found:
    """A picture as a file of its own. `Unreadable` when it is none."""
    place = Place("picture", "图片本身")
    with _opened(data) as image:
        found = Found((image.format or "").lower())
    found.hits.extend(picture_hits(data, place))
    found.left_out.append("图片里的文字和人像没有识别，请人工看一遍（证件、车牌、门牌、人脸）。")
    return found


def _opened(data: bytes) -> Any:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise limits.too_large("图片") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise limits.damaged("图片") from error


def picture_hits(data: bytes, place: Place) -> Iterator[Hit]:
    """What was written into a picture. A broken one inside a document says nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with _opened(data) as image:
                yield from _told(image, place)
    except Unreadable:
        return


def _told(image: Any, place: Place) -> Iterator[Hit]:
    try:
        exif = image.getexif()
        inner, gps = dict(exif.get_ifd(_EXIF)), dict(exif.get_ifd(_GPS))
    except Exception:  # noqa: BLE001 - the library documents no closed set of what broken camera data raise
        exif, inner, gps = {}, {}, {}
    where = _position(gps)
    if where:
        yield hit("location", place, where)
    told = [_labelled(label, said) for tag, label in _CAMERA.items() if (said := _words(exif.get(tag)))]
    if said := _words(inner.get(_TAKEN)):
        told.append(f"拍摄时间 {said}")
    if said := _words(inner.get(_SERIAL)):
        told.append(f"机身编号 {said[:3]}＊＊＊")
    if said := _words(inner.get(_OWNER)):
        told.append(f"机主 {said[:1]}＊＊")
    info = getattr(image, "info", {})
    for key, value in list(info.items())[:40]:
        if isinstance(value, str) and key.lower() in _WRITTEN and (said := _words(value)):
            told.append(_labelled(_WRITTEN[key.lower()], said))
    record = info.get("xmp")
    if isinstance(record, bytes):
        if not where and re.search(rb"(?i)GPSLatitude\b", record):
            yield hit("location", place, "写在XMP编辑记录里")
        if re.search(rb"(?i)creator", record):
            told.append("XMP编辑记录")
    if told:
        yield hit("exif", place, "；".join(told)[:160])


def _labelled(label: str, said: str) -> str:
    """A name is written over like that of any author."""
    return f"{label} {name_shown(said) if label == '作者' else said}"


def _words(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-16-le", "ignore")
    elif isinstance(value, str):
        with contextlib.suppress(UnicodeError):  # cameras write UTF-8 where the format knows ASCII alone
            value = value.encode("latin-1").decode("utf-8")
    said = "".join(sign for sign in str(value or "") if sign.isprintable()).strip()
    return said[:40]


def _position(gps: dict[int, Any]) -> str:
    """Latitude and longitude to a tenth of a degree: enough to see that they are there."""
    try:
        parts = [sum(float(v) / 60**i for i, v in enumerate(gps[tag])) for tag in (2, 4)]
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return ""
    if not all(map(math.isfinite, parts)):  # 0/0 is what a camera writes that does not know
        return ""
    north, east = str(gps.get(1, "N")), str(gps.get(3, "E"))
    said = (
        f"{'南' if north.startswith('S') else '北'}纬",
        parts[0],
        f"{'西' if east.startswith('W') else '东'}经",
        parts[1],
    )
    return f"{said[0]}{said[1]:.1f}＊，{said[2]}{said[3]:.1f}＊"


def package_pictures(package: Package, folder: str, found: Found) -> None:
    """The camera data of the pictures in a folder of a package."""
    names = [name for name in package.names if name.startswith(folder)]
    for number, name in enumerate(names[:MOST_PICTURES], start=1):
        if not re.search(r"(?i)\.(?:jpe?g|png|tiff?|webp|gif)$", name):
            continue
        place = Place("picture", f"第{number}张图片（{name.rpartition('/')[2]}）")
        found.hits.extend(picture_hits(package.read(name), place))
    if len(names) > MOST_PICTURES:
        found.left_out.append(f"图片超过{MOST_PICTURES}张，只看了前{MOST_PICTURES}张的拍摄信息。")
    if names:
        found.left_out.append(PICTURES_UNREAD)


def pictures_beside(pictures: Iterable[tuple[str, bytes]], found: Found) -> None:
    """The camera data of pictures that came with a page, each by its name."""
    number = 0
    for number, (name, data) in enumerate(pictures, start=1):
        if number > MOST_PICTURES:
            found.left_out.append(f"图片超过{MOST_PICTURES}张，只看了前{MOST_PICTURES}张的拍摄信息。")
            break
        says = f"第{number}张图片（{name[:40]}）" if name else f"第{number}张图片"
        found.hits.extend(picture_hits(data, Place("picture", says)))
    if number:
        found.left_out.append(PICTURES_UNREAD)
