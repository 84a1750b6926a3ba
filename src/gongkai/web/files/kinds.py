"""What a file is by its bytes, whatever its name says; and whether it carries a program."""

from __future__ import annotations

import io
import zipfile

from gongkai.text.zips import BROKEN_ZIP

UNKNOWN = "application/octet-stream"

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-elf"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_FOLDERS = {
    "word/": _OPEN_XML + "wordprocessingml.document",
    "xl/": _OPEN_XML + "spreadsheetml.sheet",
    "ppt/": _OPEN_XML + "presentationml.presentation",
}
_OLE_STREAMS = {
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
}
_MEMBERS = 2000

ENDINGS: dict[str, str] = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "image/tiff": "tif",
    "application/rtf": "rtf",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    _OPEN_XML + "wordprocessingml.document": "docx",
    _OPEN_XML + "spreadsheetml.sheet": "xlsx",
    _OPEN_XML + "presentationml.presentation": "pptx",
    "application/ofd": "ofd",
    "application/zip": "zip",
    "text/plain": "txt",
}
"""The types an office works with, each with the ending under which it is handed out."""


def detect(data: bytes) -> str:
    """The media type of some bytes; UNKNOWN when they are none of those we know."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    if data.startswith(_OLE):
        return next((kind for name, kind in _OLE_STREAMS.items() if name.encode("utf-16-le") in data), UNKNOWN)
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    return "text/plain" if _is_text(data) else UNKNOWN


def has_macros(data: bytes) -> bool:
    """Whether an office document carries a program of its own."""
    if data.startswith(_OLE):
        return any(word.encode("utf-16-le") in data for word in ("_VBA_PROJECT", "Macros"))
    return any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in _names(data))


def _names(data: bytes) -> list[str]:
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [info.filename for info in archive.infolist()[:_MEMBERS]]
    except BROKEN_ZIP:
        return []


def _packed(data: bytes) -> str:
    names = _names(data)
    if "OFD.xml" in names:
        return "application/ofd"
    if "[Content_Types].xml" in names:
        return next((kind for start, kind in _FOLDERS.items() if any(n.startswith(start) for n in names)), UNKNOWN)
    return "application/zip" if names else UNKNOWN


def _is_text(data: bytes) -> bool:
    sample = data[:4096]
    if b"\x00" in sample:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            sample.decode(encoding)
        except UnicodeDecodeError as error:
            if len(sample) == len(data) or error.start < len(sample) - 4:
                continue
        return True
    return False
