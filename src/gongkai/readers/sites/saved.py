"""An old site as it was saved: a folder or a zip of pages with their files beside them. Bounded, nothing is unpacked."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import archive, limits
from gongkai.text.zips import BROKEN_ZIP

PAGES = (".html", ".htm", ".shtml", ".xhtml")


class SavedSite:
    """The files of a saved site by their paths, read one at a time."""

    def __init__(self, source: _Source) -> None:
        self._source = source
        self.names = source.names
        self._by_last: dict[str, list[str]] = {}
        for name in self.names:
            self._by_last.setdefault(name.rpartition("/")[2], []).append(name)

    def pages(self) -> Iterator[str]:
        """The paths of the pages, in order."""
        return (name for name in self.names if name.lower().endswith(PAGES))

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises `Unreadable` for one that is too large or damaged."""
        return self._source.read(name)

    def beside(self, page: str, href: str) -> str:
        """The path of a file that a page links to: where its address leads, else the only file of that name; else "".

        An address that leads out of the folder leads nowhere.
        """
        try:
            path = unquote(urlsplit(href.strip()).path).replace("\\", "/")
        except ValueError:
            return ""
        if not path or "\x00" in path:
            return ""
        near = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)).lstrip("/")
        for name in (near, posixpath.normpath(path).lstrip("/")):
            if name in self._source.known:
                return name
        alike = self._by_last.get(path.rpartition("/")[2], [])
        return alike[0] if len(alike) == 1 else ""


class _Source(Protocol):
    names: tuple[str, ...]
    known: frozenset[str]

    def read(self, name: str) -> bytes: ...


class _Folder:
    """The files under a folder. Links that lead elsewhere are not followed."""

    def __init__(self, folder: Path) -> None:
        found = []
        for path in sorted(folder.rglob("*")):
            if (
                path.is_symlink()
                or not path.is_file()
                or any(each.is_symlink() for each in path.parents if each != folder)
            ):
                continue
            name = path.relative_to(folder).as_posix()
            if not archive.is_system_file(name):
                found.append(name)
            if len(found) > MOST_FILES:
                raise _too_many()
        self._folder = folder
        self.names = tuple(found)
        self.known = frozenset(found)

    def read(self, name: str) -> bytes:
        """The bytes of a file."""
        from gongkai.readers.border import read_limited

        return read_limited(self._folder / name)


class _Zip:
    """The files of a zip, each inflated when it is read, within the bounds of all archives."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN_ZIP as error:
            raise limits.damaged("压缩包") from error
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in self._zip.infolist():
            name = archive.safe_name(entry)
            if not entry.is_dir() and name and not archive.is_system_file(name):
                self._entries.setdefault(name, entry)
            if len(self._entries) > MOST_FILES:
                raise _too_many()
        self._left = limits.MAX_ARCHIVE_BYTES
        self.names = tuple(sorted(self._entries))
        self.known = frozenset(self._entries)

    def read(self, name: str) -> bytes:
        """The bytes of a file, counted against what all of them may be."""
        data = archive.inflate(self._zip, self._entries[name], self._left)
        self._left -= len(data)
        return data


MOST_FILES = 20_000
"""A county's old site has some thousand pages."""


def _too_many() -> Unreadable:
    return Unreadable("too_large", f"文件超过{MOST_FILES}个。", "请分成几个文件夹或者压缩包分别迁入。")


def open_saved(source: bytes | Path) -> SavedSite:
    """A folder, or the bytes of a zip. Raises `Unreadable` where it is neither or holds too much."""
    if isinstance(source, bytes):
        return SavedSite(_Zip(source))
    if not source.is_dir():
        raise Unreadable("not_found", "找不到该文件夹。", "请核对文件夹的路径。")
    return SavedSite(_Folder(source))
