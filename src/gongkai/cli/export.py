"""Files that the command line writes: reports converted to other formats, findings as tables. Whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from gongkai.annual.findings import Finding
from gongkai.annual.report import Report
from gongkai.cli.sources import Sources, clean
from gongkai.cli.work import Outcome
from gongkai.documents import FORMATS

_CONTROL = re.compile(r"[\x00-\x1f\x7f/\\]")
_ALIASES = {"htm": "html", "markdown": "md"}


class Refused(Exception):
    """What the person asked for cannot be done; its words are one Chinese sentence."""


def format_of(path: str) -> str | None:
    """The format that a file name ends in, None for one we do not write."""
    ending = Path(path).suffix.lower().removeprefix(".")
    ending = _ALIASES.get(ending, ending)
    return ending if ending in FORMATS else None


def check_target(path: str, inputs: Iterable[str] = ()) -> None:
    """Refuse a target that cannot be written or that would take the place of an input."""
    shown = clean(path)
    if not path.strip() or "\0" in path:
        raise Refused("没有给出要写入的文件名。")
    target = Path(path)
    if not target.parent.is_dir():
        raise Refused(f"要写入的文件夹“{clean(str(target.parent))}”不存在，请先建立。")
    if target.is_dir() or path.endswith("/"):
        raise Refused(f"“{shown}”是文件夹，请写明文件名。")
    if target.exists() and not target.is_file():
        raise Refused(f"“{shown}”不是普通文件，不能写入。")
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise Refused(f"没有写入“{shown}”的权限。")
    if any(_same(read, path) for read in inputs):
        raise Refused(f"“{shown}”就是要读的文件，不能覆盖；请另写一个文件名。")


def _same(one: str, other: str) -> bool:
    with suppress(OSError):
        return Path(one).samefile(other)
    return False


def write_whole(path: str, data: bytes) -> None:
    """Write a file in one step: it is there as a whole or, when something fails, as it was before."""
    target = Path(path)
    if target.is_symlink():
        target = target.resolve()
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=target.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            temporary.replace(target)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        raise Refused(f"写不了“{clean(path)}”：{reason(error)}。") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘只读",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOENT: "路径不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EADDRINUSE: "端口已被占用",
    errno.EIO: "磁盘读写出错",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese."""
    return _REASONS.get(error.errno or 0, f"系统出错（{error.errno}）")


def findings_tables(outcomes: Sequence[Outcome], csv: str | None, xlsx: str | None) -> list[str]:
    """Write the findings of all files as CSV, as XLSX or both; the paths written."""
    from gongkai.documents.findings import findings_csv, findings_xlsx

    rows = list(_rows(outcomes))
    written = []
    for path, make in ((csv, findings_csv), (xlsx, findings_xlsx)):
        if path is not None:
            write_whole(path, make(rows))
            written.append(path)
    return written


def _rows(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, str | None, int | None, Finding]]:
    for outcome in outcomes:
        for finding in outcome.findings:
            yield outcome.shown, outcome.organ, outcome.year, finding


def convert(report: Report, wanted: str, path: str) -> None:
    """Write a report in a wanted format to a path."""
    from gongkai.documents import write

    write_whole(path, write(report, wanted))


class Targets:
    """Where converted reports go: OUT itself for one file, else files in the folder OUT named after what was read."""

    def __init__(self, found: Sources, out: str, to: str | None) -> None:
        self.inputs = found.paths
        self.folder: Path | None = None
        self.taken: set[str] = set()
        if found.several or Path(out).is_dir() or out.endswith("/"):
            self.folder, self.wanted = _folder(out), to or "docx"
            return
        self.out, self.wanted = out, _wanted(out, to)
        check_target(out, self.inputs)

    def of(self, name: str) -> tuple[str, str]:
        """(path, format) for the report of that name; no two get one path, and no input is a target."""
        if self.folder is None:
            return self.out, self.wanted
        path = str(self.folder / _free(name, self.wanted, self.taken))
        check_target(path, self.inputs)
        return path, self.wanted


def _folder(out: str) -> Path:
    if Path(out).is_dir():
        return Path(out)
    if format_of(out):
        raise Refused(f"有多份文件要转换，“{clean(out)}”应当是一个文件夹。")
    raise Refused(f"要写入的文件夹“{clean(out)}”不存在，请先建立。")


def _wanted(out: str, to: str | None) -> str:
    wanted = to or format_of(out)
    if wanted is None:
        endings = "、".join(f".{known}" for known in FORMATS)
        raise Refused(f"从“{clean(out)}”看不出要转成什么格式，文件名请以 {endings} 之一结尾。")
    return wanted


def _free(read: str, wanted: str, taken: set[str]) -> str:
    stem = _CONTROL.sub("_", Path(read).stem).strip() or "年度报告"
    stem = stem.encode("utf-8")[:200].decode("utf-8", "ignore")
    name, number = f"{stem}.{wanted}", 2
    while name.casefold() in taken:
        name, number = f"{stem}-{number}.{wanted}", number + 1
    taken.add(name.casefold())
    return name
