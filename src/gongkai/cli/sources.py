"""What the person named on the command line becomes a list of files: files, folders, zip archives, standard input."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.readers.errors import Unreadable

STDIN_NAME = "标准输入"
_LITTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_STREAM_LIMIT = 200 * 1024 * 1024


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


def items(arguments: Iterable[str]) -> tuple[list[Item], bool]:
    """The files that the arguments stand for, in their order, and whether they are several (a list in JSON)."""
    arguments = list(arguments)
    found: list[Item] = []
    several = len(arguments) > 1
    for argument in arguments:
        if argument == "-":
            found.append(_stream(STDIN_NAME, sys.stdin.buffer.read))
        elif is_folder(argument):
            several = True
            found += list(_folder(argument)) or [_failed(argument, EMPTY_FOLDER)]
        elif is_archive(argument):
            several = True
            found += list(_archive(argument, argument))
        else:
            found.append(_file(argument, Path(argument).name))
    return found, several


EMPTY_FOLDER = Unreadable("empty_folder", "文件夹里没有文件。", "请核对路径，或者把年度报告放进去再试。")


def is_folder(argument: str) -> bool:
    """Whether the argument names a folder."""
    return bool(argument) and Path(argument).is_dir()


def is_archive(argument: str) -> bool:
    """Whether the argument is a zip archive of reports and not a DOCX, XLSX or OFD, which are zips too."""
    return argument.lower().endswith(".zip") and Path(argument).is_file()


def clean(name: str) -> str:
    """A file name that can be written as UTF-8: bytes that are none are shown as the replacement sign."""
    return os.fsencode(name).decode("utf-8", "replace")


def _failed(argument: str, error: Unreadable) -> Item:
    return Item(clean(argument), clean(Path(argument).name) or clean(argument), error=error)


def _file(argument: str, name: str) -> Item:
    try:
        if not argument.strip():
            raise FileNotFoundError(argument)
        mode = Path(argument).stat().st_mode
    except (OSError, ValueError) as error:
        return _failed(argument, _missing(argument, error))
    if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
        return _piped(argument)
    if not stat.S_ISREG(mode):
        return _failed(argument, Unreadable("not_a_file", "这不是普通文件。", "请给出年度报告的文件。"))
    if not os.access(argument, os.R_OK):
        return _failed(argument, Unreadable("not_permitted", "没有读取这个文件的权限。", "请核对文件的权限。"))
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


def _stream(shown: str, read: object) -> Item:
    data: bytes = read(_STREAM_LIMIT + 1)  # type: ignore[operator]
    if len(data) > _STREAM_LIMIT:
        return Item(shown, shown, error=Unreadable("too_large", "内容超过 200 MB。", "请确认它是一份年度报告。"))
    return Item(shown, shown, data=data)


def _piped(argument: str) -> Item:
    try:
        with Path(argument).open("rb") as stream:
            return _stream(clean(argument), stream.read)
    except OSError as error:
        return _failed(argument, _missing(argument, error))


def _folder(root: str) -> Iterator[Item]:
    """Every file under a folder by name; hidden ones, litter of the desktop and parts of saved pages left out."""
    for folder, folders, files in os.walk(root):
        pages = {name.rsplit(".", 1)[0] for name in files if name.lower().endswith((".htm", ".html"))}
        folders[:] = sorted(f for f in folders if not _skipped(f) and not _part_of_page(f, pages))
        for file in sorted(files):
            if _skipped(file):
                continue
            path = str(Path(folder) / file)
            inside = os.path.relpath(path, root)
            yield from _archive(path, inside) if is_archive(path) else [_file(path, inside)]


def _skipped(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _LITTER


def _part_of_page(folder: str, pages: set[str]) -> bool:
    return any(folder == f"{page}{ending}" for page in pages for ending in ("_files", ".files", "_文件"))


def _archive(path: str, name: str) -> Iterator[Item]:
    """The files in a zip archive, read one by one; what is wrong with the archive itself is one failed item."""
    from gongkai.readers.formats.archive import iter_archive

    file = _file(path, name)
    if file.path is None:
        yield file
        return
    try:
        for inside, data in iter_archive(Path(path)):
            yield Item(f"{file.shown}/{inside}", f"{inside}", data=data)
    except Unreadable as error:
        yield Item(file.shown, file.name, error=error)
