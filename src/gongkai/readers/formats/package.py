"""Reading parts of a zip package (DOCX, XLSX, OFD) and parsing their XML, both bounded by what is really inflated."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any, cast

from lxml import etree

from gongkai.readers.formats import limits
from gongkai.text.zips import BROKEN_ZIP

_CHUNK = 256 * 1024

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Package:
    """The parts of a zip package by name, without a leading slash. Counts what has been inflated over its life."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN_ZIP as error:
            raise limits.damaged() from error
        entries = self._zip.infolist()
        if len(entries) > limits.MAX_PACKAGE_PARTS:
            raise limits.too_large()
        self._entries = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in entries}
        self._left = limits.MAX_PARTS_BYTES

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, in the order of the package."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name.lstrip("/") in self._entries

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises `Unreadable` when it is missing, encrypted, broken or too large."""
        entry = self._entries.get(name.lstrip("/"))
        if entry is None:
            raise limits.damaged()
        if entry.flag_bits & 1:
            raise limits.encrypted()
        try:
            return self._inflate(entry)
        except BROKEN_ZIP as error:
            raise limits.damaged() from error

    def _inflate(self, entry: zipfile.ZipInfo) -> bytes:
        bound = min(limits.MAX_PART_BYTES, self._left)
        pieces: list[bytes] = []
        size = 0
        with self._zip.open(entry) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                if size > bound:
                    raise limits.too_large("文件解压后")
                pieces.append(piece)
        self._left -= size
        return b"".join(pieces)

    def xml(self, name: str) -> etree._Element:
        """The root element of an XML part."""
        return parse_xml(self.read(name))


def parse_xml(data: bytes) -> etree._Element:
    """Parse an XML part: no document type, no entity of its own, no network, a bounded number of elements.

    Office formats never carry a document type (ECMA-376 part 2, 6.2.5), so one is refused rather than disarmed.
    """
    if b"<!" in data and _DOCTYPE.search(data):
        raise limits.damaged()
    if data.count(b"<") > limits.MAX_MARKUP_SIGNS:
        raise limits.too_large("文件内容")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError as error:
        raise limits.damaged() from error
    # In UTF-16 the bytes do not show it.
    if cast(Any, root.getroottree().docinfo).doctype:
        raise limits.damaged()
    return root


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
