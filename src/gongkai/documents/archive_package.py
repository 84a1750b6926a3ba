"""The archive package of a case: one zip with metadata, files as they came, letters, the log, and a list of hashes.

The same case gives the same bytes: entries are sorted, bear one date and are stored as they are, so that a package
made again can be compared with the one that was handed over. `verify_package` says in sentences what does not hold.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from gongkai.documents.flow import clean
from gongkai.text.zips import BROKEN_ZIP

METADATA, LOG, MANIFEST, SIGNATURE = "metadata.xml", "process-log.xml", "manifest-sha256.txt", "manifest-sha256.sig"
SCHEMA = "gongkai.archive/1"

Role = Literal["original", "letter", "scan", "record"]
FOLDERS: dict[Role, str] = {"original": "原始文件", "letter": "文书", "scan": "扫描件", "record": "办理记录"}

_STAMP = (1980, 1, 1, 0, 0, 0)
_LARGEST = 2_000 * 1024 * 1024
_MOST_FILES = 20_000
_LONGEST = 120
_CHUNK = 1 << 20
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\\/:*?\"<>|]+")
_LISTED = re.compile(r"([0-9a-f]{64})  (.+)")


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A file of the case: what it is, its name, its title in the catalogue, its bytes as they came or went out."""

    role: Role
    name: str
    data: bytes
    title: str = ""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One act on the case: when (ISO, with its zone), by whom, what, and a remark."""

    at: str
    who: str
    act: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ArchiveCase:
    """What the archive must know of a case. `fields` are further facts: name, label and value."""

    organ: str
    number: str
    title: str
    year: int
    retention: str
    fields: tuple[tuple[str, str, str], ...] = ()
    number_label: str = "申请编号"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at a package found. `files` counts those whose hash holds."""

    files: int
    problems: tuple[str, ...]
    signed: bool = False

    @property
    def holds(self) -> bool:
        """Whether nothing was changed, added or taken away."""
        return not self.problems


def archive_package(
    case: ArchiveCase,
    files: Sequence[ArchiveFile],
    log: Sequence[LogEntry],
    sign: Callable[[bytes], bytes] | None = None,
) -> bytes:
    """The package as a zip. `sign` is given the list of hashes; what it returns is kept beside it."""
    placed = list(_placed(files))
    parts = {name: file.data for name, file in placed}
    parts[METADATA] = _metadata(case, placed).encode("utf-8")
    parts[LOG] = _log(log).encode("utf-8")
    manifest = "".join(f"{_digest(parts[name])}  {name}\n" for name in sorted(parts)).encode("utf-8")
    parts[MANIFEST] = manifest
    if sign:
        parts[SIGNATURE] = sign(manifest)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as package:
        for name in sorted(parts):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.external_attr = 0o644 << 16
            package.writestr(entry, parts[name])
    return held.getvalue()


def verify_package(data: bytes, signed_by: Callable[[bytes, bytes], bool] | None = None) -> Verdict:
    """Whether a package is whole. `signed_by` is asked whether the list of hashes bears the signature beside it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _verified(package, signed_by)
    except BROKEN_ZIP:
        return Verdict(0, ("归档包已损坏或者不是归档包，无法打开。",))


def _verified(package: zipfile.ZipFile, signed_by: Callable[[bytes, bytes], bool] | None) -> Verdict:
    entries = package.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > _LARGEST:
        return Verdict(0, ("归档包的文件过多或者过大，没有核对。",))
    problems = [f"“{name}”在归档包中出现不止一次。" for name in sorted({n for n in names if names.count(n) > 1})]
    if MANIFEST not in names:
        return Verdict(0, (*problems, f"归档包中没有校验清单（{MANIFEST}）。"))
    manifest = package.read(MANIFEST)
    listed: dict[str, str] = {}
    for number, line in enumerate(manifest.decode("utf-8", "replace").splitlines(), start=1):
        found = _LISTED.fullmatch(line)
        if found is None or found[2] in listed:
            problems.append(f"校验清单第{number}行不合格式或者重复。")
        else:
            listed[found[2]] = found[1]
    problems += [f"归档包中没有必备的“{name}”。" for name in (METADATA, LOG) if name not in listed]
    held = 0
    for name in sorted(listed):
        if name not in names:
            problems.append(f"缺少“{name}”。")
        elif _streamed(package, name) != listed[name]:
            problems.append(f"“{name}”与校验清单不一致，可能被改动。")
        else:
            held += 1
    extra = sorted(set(names) - set(listed) - {MANIFEST, SIGNATURE})
    problems += [f"“{name}”不在校验清单中。" for name in extra]
    if signed_by and not (SIGNATURE in names and signed_by(manifest, package.read(SIGNATURE))):
        problems.append("校验清单没有有效的签名。")
    return Verdict(held, tuple(problems), SIGNATURE in names)


def _streamed(package: zipfile.ZipFile, name: str) -> str:
    """The hash of what comes out, or nothing where it cannot be unpacked."""
    digest, left = hashlib.sha256(), _LARGEST
    try:
        with package.open(name) as stream:
            while piece := stream.read(_CHUNK):
                digest.update(piece)
                left -= len(piece)
                if left < 0:
                    return ""
    except BROKEN_ZIP:
        return ""
    return digest.hexdigest()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _placed(files: Iterable[ArchiveFile]) -> Iterator[tuple[str, ArchiveFile]]:
    """Each file with its place in the package: numbered in its folder, so that no two names meet."""
    counted: dict[str, int] = {}
    for file in files:
        folder = FOLDERS[file.role]
        counted[folder] = counted.get(folder, 0) + 1
        name = _UNSAFE.sub("_", clean(file.name)).strip(" .") or "未命名"
        if len(name) > _LONGEST:
            stem, dot, ending = name.rpartition(".")
            name = (stem or ending)[: _LONGEST - 10] + (dot + ending[:8] if dot else "")
        yield f"{folder}/{counted[folder]:03d}-{name}", file


def _metadata(case: ArchiveCase, placed: Sequence[tuple[str, ArchiveFile]]) -> str:
    facts = (
        ("organ", "立档单位", case.organ),
        ("number", case.number_label, case.number),
        ("title", "题名", case.title),
        ("year", "年度", str(case.year)),
        ("retention", "保管期限", case.retention),
        ("files", "文件数", str(len(placed))),
        *case.fields,
    )
    fields = "".join(
        f"  <field name={_quoted(name)} label={_quoted(label)}>{_text(value)}</field>\n" for name, label, value in facts
    )
    listed = "".join(
        f"  <file path={_quoted(path)} role={_quoted(file.role)} size={_quoted(str(len(file.data)))} "
        f"sha256={_quoted(_digest(file.data))}>{_text(file.title or file.name)}</file>\n"
        for path, file in placed
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<archive schema="{SCHEMA}">\n{fields}{listed}</archive>\n'


def _log(log: Iterable[LogEntry]) -> str:
    entries = "".join(
        f"  <entry at={_quoted(entry.at)} who={_quoted(entry.who)} act={_quoted(entry.act)}>{_text(entry.remark)}</entry>\n"
        for entry in log
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<log schema="{SCHEMA}">\n{entries}</log>\n'


def _quoted(text: str) -> str:
    return quoteattr(clean(text))


def _text(text: str) -> str:
    return escape(clean(text))
