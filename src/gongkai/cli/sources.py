"""What the person named on the command line becomes a list of files: files, folders, zip archives, standard input."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.readers.errors import Unreadable
from gongkai.readers.formats.limits import MAX_FILE_BYTES, too_large

STDIN_NAME = "标准输入"
_PACKAGE_PARTS = ("[Content_Types].xml", "OFD.xml", "content.xml")
_LITTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True)
class Item:
    """One file to read. `shown` is what a person called it, `name` what the JSON calls it.

    Its bytes are at `path` or in `data`; `error` says that there is nothing to read.
    """

    shown: str
    name: str
    path: str | None = None
    data: bytes | None = None
    error: Unreadable | None = None


@dataclass(frozen=True, slots=True)
class _Archive:
    """A zip archive of reports: opened when its turn comes, one report in memory at a time."""

    shown: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Sources:
    """The files that the arguments stand for, in their order. `several`: they are a list in JSON."""

    parts: tuple[Item | _Archive, ...]
    several: bool

    def __iter__(self) -> Iterator[Item]:
        for part in self.parts:
            yield from (part,) if isinstance(part, Item) else _opened(part)

    @property
    def count(self) -> int:
        """How many files there are, those in archives by their table of contents."""
        return sum(1 if isinstance(part, Item) else _members(part.path) for part in self.parts)

    @property
    def paths(self) -> tuple[str, ...]:
        """The files on disk that are read."""
        return tuple(part.path for part in self.parts if part.path is not None)


def sources(arguments: Iterable[str]) -> Sources:
    """What the arguments name: nothing is read yet but standard input."""
    arguments = list(arguments)
    parts: list[Item | _Archive] = []
    several = len(arguments) > 1
    for argument in arguments:
        if argument == "-":
            parts.append(_standard_input())
        elif is_folder(argument):
            several = True
            parts += list(_folder(argument)) or [_failed(argument, EMPTY_FOLDER)]
        elif is_archive(argument):
            several = True
            parts.append(_Archive(clean(argument), clean(Path(argument).name), argument))
        else:
            parts.append(_file(argument, Path(argument).name, named=True))
    return Sources(tuple(parts), several)


def _standard_input() -> Item:
    if sys.stdin is None or sys.stdin.closed:
        return Item(STDIN_NAME, STDIN_NAME, error=Unreadable("not_found", "没有标准输入。", "请给出年度报告的文件名。"))
    if sys.stdin.isatty():
        sys.stderr.write("请粘贴年度报告的文字，粘贴完另起一行按 Ctrl+D。\n")
    return _stream(STDIN_NAME, sys.stdin.buffer.read)


EMPTY_ARCHIVE = Unreadable("empty_folder", "压缩包里没有文件。", "请核对是否选错了压缩包。")
NOT_PERMITTED = Unreadable("not_permitted", "没有读取这个文件的权限。", "请核对文件的权限。")
EMPTY_FOLDER = Unreadable("empty_folder", "文件夹里没有文件。", "请核对路径，或者把年度报告放进去再试。")


def is_folder(argument: str) -> bool:
    """Whether the argument names a folder."""
    return bool(argument) and Path(argument).is_dir()


def is_archive(path: str) -> bool:
    """Whether a file is a zip archive of reports and not a DOCX, XLSX or OFD, which are zips too."""
    if not path.lower().endswith(".zip") or not Path(path).is_file():
        return False
    return not _is_package(Path(path))


def _is_package(source: bytes | Path) -> bool:
    import zipfile

    from gongkai.text.zips import BROKEN_ZIP

    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
            return any(name in archive.NameToInfo for name in _PACKAGE_PARTS)
    except BROKEN_ZIP:
        return False


def _members(path: str) -> int:
    import zipfile

    from gongkai.text.zips import BROKEN_ZIP

    try:
        with zipfile.ZipFile(path) as archive:
            return sum(not entry.is_dir() for entry in archive.infolist())
    except BROKEN_ZIP:
        return 1


def clean(name: str) -> str:
    """A file name that can be written as UTF-8: bytes that are none are shown as the replacement sign."""
    return os.fsencode(name).decode("utf-8", "replace")


def _failed(argument: str, error: Unreadable) -> Item:
    return Item(clean(argument), clean(Path(argument).name) or clean(argument), error=error)


def _file(argument: str, name: str, *, named: bool = False) -> Item:
    """A file; what is no regular file is read only where a person named it (a pipe of the shell)."""
    try:
        if not argument.strip():
            raise FileNotFoundError(argument)
        mode = Path(argument).stat().st_mode
    except (OSError, ValueError) as error:
        return _failed(argument, _missing(argument, error))
    if named and (stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)):
        return _piped(argument)
    if not stat.S_ISREG(mode):
        return _failed(argument, Unreadable("not_a_file", "这不是普通文件。", "请给出年度报告的文件。"))
    if not os.access(argument, os.R_OK):
        return _failed(argument, NOT_PERMITTED)
    return Item(clean(argument), clean(name), path=argument)


def _missing(argument: str, error: OSError | ValueError) -> Unreadable:
    if isinstance(error, PermissionError):
        return Unreadable("not_permitted", "没有读取这个路径的权限。", "请核对文件和文件夹的权限。")
    if not argument.strip():
        return Unreadable("not_found", "文件名是空的。", "请给出年度报告的文件名。")
    if any(sign in argument for sign in "*?["):
        return Unreadable("not_found", "没有符合这个通配写法的文件。", "请核对文件夹和文件名。")
    if argument.startswith("~"):
        return Unreadable("not_found", "找不到这个文件，“~”没有展开。", "请写出完整的路径，不要把“~”放在引号里。")
    if argument.startswith(("http://", "https://")):
        return Unreadable("not_found", "这是网址，不是文件；本程序不连接网络。", "请先把网页另存为文件。")
    return Unreadable("not_found", "找不到这个文件。", "请核对文件名和所在的文件夹。")


def _stream(shown: str, read: Callable[[int], bytes]) -> Item:
    data = read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        return Item(shown, shown, error=too_large("内容"))
    return Item(shown, shown, data=data)


def _piped(argument: str) -> Item:
    try:
        with Path(argument).open("rb") as stream:
            return _stream(clean(argument), stream.read)
    except OSError as error:
        return _failed(argument, _missing(argument, error))


def _folder(root: str) -> Iterator[Item | _Archive]:
    """Every file under a folder by name; hidden ones, litter of the desktop and parts of saved pages left out."""
    for folder, folders, files in os.walk(root):
        pages = {name.rsplit(".", 1)[0] for name in files if name.lower().endswith((".htm", ".html"))}
        folders[:] = sorted(f for f in folders if not _skipped(f) and not _part_of_page(f, pages))
        for file in sorted(files):
            if _skipped(file):
                continue
            path = str(Path(folder) / file)
            inside = os.path.relpath(path, root)
            yield _Archive(clean(path), clean(inside), path) if is_archive(path) else _file(path, inside)


def _skipped(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _LITTER


def _part_of_page(folder: str, pages: set[str]) -> bool:
    return any(folder == f"{page}{ending}" for page in pages for ending in ("_files", ".files", "_文件"))


def _opened(archive: _Archive) -> Iterator[Item]:
    """The files in an archive on disk."""
    if not os.access(archive.path, os.R_OK):
        yield Item(archive.shown, archive.name, error=NOT_PERMITTED)
        return
    yield from _inside(Path(archive.path), archive.shown, "", nested=True)


def _inside(source: bytes | Path, shown: str, folder: str, *, nested: bool) -> Iterator[Item]:
    """The files in an archive, and in archives within it; what is wrong with a whole archive is one failed item."""
    from gongkai.readers.formats.archive import iter_archive

    met = False
    try:
        for inside, data in iter_archive(source):
            if any(_skipped(part) for part in inside.split("/")):
                continue
            met, name, called = True, f"{folder}{inside}", f"{shown}/{inside}"
            if isinstance(data, Unreadable):
                yield Item(called, name, error=data)
            elif nested and inside.lower().endswith(".zip") and not _is_package(data):
                yield from _inside(data, called, f"{name}/", nested=False)
            else:
                yield Item(called, name, data=data)
    except Unreadable as error:
        met = True
        yield Item(shown, shown.rsplit("/", 1)[-1], error=error)
    if not met:
        yield Item(shown, shown.rsplit("/", 1)[-1], error=EMPTY_ARCHIVE)
