"""The list of comments of a Word file: the part that holds them, and the two lists that name the part."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Sequence
from datetime import datetime

from lxml import etree

_CONTENT_TYPES = "[Content_Types].xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_RELATION_TYPES = {
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
}

Parts = dict[str, tuple[zipfile.ZipInfo, bytes]]


class CommentList:
    """Comments to be added to those a file has. `parts` is the unpacked file; `store` writes into it."""

    def __init__(self, parts: Parts, main: str, space: str) -> None:
        self._parts, self._main, self._space = parts, main, space
        self._folder = posixpath.dirname(main)
        self._relations = posixpath.join(self._folder, "_rels", posixpath.basename(main) + ".rels")
        self._links = self._read(self._relations)
        self._name = self._existing()
        held = self._read(self._name) if self._name else None
        self._root = held if held is not None else etree.Element(space + "comments", nsmap={"w": space[1:-1]})
        numbers = [int(n) for e in self._root for n in [e.get(space + "id", "")] if n.isdigit()]
        self._next = max(numbers, default=-1) + 1

    def _read(self, name: str) -> etree._Element | None:
        if name not in self._parts:
            return None
        return etree.fromstring(self._parts[name][1], etree.XMLParser(resolve_entities=False, no_network=True))

    def _existing(self) -> str:
        for link in self._links if self._links is not None else ():
            if (link.get("Type") or "").endswith("/relationships/comments"):
                target = link.get("Target") or ""
                name = target.lstrip("/") if target.startswith("/") else posixpath.join(self._folder, target)
                if posixpath.normpath(name) in self._parts:
                    return posixpath.normpath(name)
        return ""

    def add(self, lines: Sequence[str], author: str, written_at: datetime | None = None) -> int:
        """A comment of one paragraph a line; its number, which the marks in the text carry."""
        w, number = self._space, self._next
        self._next += 1
        comment = etree.SubElement(self._root, w + "comment")
        comment.set(w + "id", str(number))
        comment.set(w + "author", author)
        if written_at is not None:
            comment.set(w + "date", written_at.strftime("%Y-%m-%dT%H:%M:%SZ"))
        comment.set(w + "initials", author[:2])
        for place, line in enumerate(lines):
            paragraph = etree.SubElement(comment, w + "p")
            if not place:
                etree.SubElement(etree.SubElement(paragraph, w + "r"), w + "annotationRef")
            run = etree.SubElement(paragraph, w + "r")
            size = etree.SubElement(etree.SubElement(run, w + "rPr"), w + "sz")
            size.set(w + "val", "18")
            text = etree.SubElement(run, w + "t")
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            text.text = line
        return number

    def store(self) -> None:
        """Write the comments, and name their part where the file had none."""
        data = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if self._name:
            self._parts[self._name] = (self._parts[self._name][0], data)
            return
        name = self._free_name()
        self._parts[name] = (zipfile.ZipInfo(name), data)
        self._link(name)
        self._declare(name)

    def _free_name(self) -> str:
        names = ("comments.xml", *(f"comments{n}.xml" for n in range(1, 1000)))
        return next(n for n in (posixpath.join(self._folder, name) for name in names) if n not in self._parts)

    def _link(self, name: str) -> None:
        links = (
            self._links if self._links is not None else etree.fromstring(f'<Relationships xmlns="{_RELATIONS[1:-1]}"/>')
        )
        taken = {link.get("Id") for link in links}
        link = etree.SubElement(links, _RELATIONS + "Relationship")
        link.set("Id", next(i for i in (f"rIdComments{n}" for n in range(1, 1000)) if i not in taken))
        link.set("Type", _RELATION_TYPES[self._space == _STRICT])
        link.set("Target", posixpath.basename(name))
        entry = self._parts[self._relations][0] if self._relations in self._parts else zipfile.ZipInfo(self._relations)
        self._parts[self._relations] = (
            entry,
            etree.tostring(links, xml_declaration=True, encoding="UTF-8", standalone=True),
        )

    def _declare(self, name: str) -> None:
        types = self._read(_CONTENT_TYPES)
        if types is None:
            types = etree.fromstring(f'<Types xmlns="{_PACKAGE[1:-1]}"/>')
        override = etree.SubElement(types, _PACKAGE + "Override")
        override.set("PartName", "/" + name)
        override.set("ContentType", _COMMENTS_TYPE)
        entry = self._parts[_CONTENT_TYPES][0] if _CONTENT_TYPES in self._parts else zipfile.ZipInfo(_CONTENT_TYPES)
        self._parts[_CONTENT_TYPES] = (
            entry,
            etree.tostring(types, xml_declaration=True, encoding="UTF-8", standalone=True),
        )
