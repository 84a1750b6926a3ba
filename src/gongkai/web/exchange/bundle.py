"""Applications in a file: lines of JSON, a ZIP of such lines with attachments, or the workbook form.

The format is described in docs/how-to/integrate.md. A line that is not as described is named and left out; nothing of
what it says is repeated in the sentence but its place.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.onrequest.applicants import APPLICANT_KINDS, IDENTITY_KINDS
from gongkai.onrequest.applicants import CHANNELS as CHANNEL_RULES
from gongkai.text.zips import BROKEN_ZIP
from gongkai.web.facts import Refused
from gongkai.web.onrequest.words import MANNERS, PROVISIONS

LINES = "applications.jsonl"
FOLDER = "files/"
MOST_LINES = 20_000
_ROUNDED = re.compile(r"[\d.]+e\+\d+", re.IGNORECASE)
MOST_BYTES = 200 * 1024 * 1024
LINE_BYTES = 256 * 1024
LINES_BYTES = 64 * 1024 * 1024
MOST_FILES = 20
FILE_ROLES = ("attachment", "identity_proof", "application_scan", "supplement")

_APPLICANT = {"name": 100, "identity": 60, "phone": 40, "email": 120, "address": 300, "agent": 100}
_LINE = {"id", "organ", "received_on", "channel", "applicant", "content", "provision", "manner", "needs", "attachments"}
_CHANNELS = {rule.channel.value: rule.zh for rule in CHANNEL_RULES.values()}

COLUMNS: dict[str, str] = {
    "id": "平台编号",
    "organ": "受理机关",
    "received_on": "收到日期",
    "channel": "提交方式",
    "kind": "申请人类型",
    "name": "姓名或者名称",
    "identity_kind": "证件种类",
    "identity": "证件号码",
    "phone": "电话",
    "email": "电子邮箱",
    "address": "通信地址",
    "agent": "代理人",
    "content": "申请内容",
    "provision": "提供形式",
    "manner": "获取途径",
    "needs": "其他说明",
}
"""The columns of the workbook form, by what each means."""


@dataclass(frozen=True, slots=True)
class FileTold:
    """An attachment of an application: its name, its use, and where in the archive its bytes are."""

    name: str
    role: str
    path: str


@dataclass(frozen=True, slots=True)
class Told:
    """One application as a file tells it. `place` says where, for sentences."""

    place: str
    key: str
    organ: str
    received_on: date
    channel: str
    kind: str
    identity_kind: str
    who: Mapping[str, str]
    content: str
    provision: str
    manner: str
    needs: str
    files: tuple[FileTold, ...] = ()


@dataclass(slots=True)
class Bundle:
    """What a file holds: the applications that were read, and a sentence for each that was not."""

    told: list[Told]
    doubts: list[str]
    archive: Archive | None = None

    def bytes_of(self, file: FileTold) -> bytes:
        """The bytes of an attachment. Refused when the archive does not hold them."""
        if self.archive is None:
            raise Refused("附件要和清单一起放在ZIP文件里。")
        return self.archive.read(file.path)


@dataclass(slots=True)
class Archive:
    """A ZIP within bounds: how much is inflated in all is counted as it is read."""

    opened: zipfile.ZipFile
    left: int = MOST_BYTES
    names: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, data: bytes) -> Archive:
        """The archive of some bytes. Refused when they are none."""
        try:
            opened = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN_ZIP:
            raise Refused("这个ZIP文件已损坏或者不完整，没有导入。") from None
        names = [entry.filename for entry in opened.infolist()]
        if len(names) > MOST_LINES * 2 or len(set(names)) != len(names):
            raise Refused("ZIP文件里的文件太多或者重名，没有导入。")
        return cls(opened, names=frozenset(names))

    def read(self, name: str, most: int = MOST_BYTES) -> bytes:
        """One file, inflated no further than the bounds."""
        if name not in self.names:
            raise Refused(f"ZIP文件里没有“{name[-60:]}”。")
        bound = min(most, self.left)
        try:
            with self.opened.open(name) as stream:
                data = stream.read(bound + 1)
        except BROKEN_ZIP:
            raise Refused("这个ZIP文件已损坏或者不完整，没有导入。") from None
        if len(data) > bound:
            raise Refused(f"文件解压后超过{MOST_BYTES // 1024 // 1024}MB，请分成几次导入。")
        self.left -= len(data)
        return data


def _text(told: Mapping[str, Any], name: str, most: int, what: str) -> str:
    value = told.get(name, "")
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        raise Refused(f"{what}应为不超过{most}字的文字")
    return value.strip()


def _choice(told: Mapping[str, Any], name: str, words: Mapping[str, str], what: str, usual: str = "") -> str:
    """A code, told as itself or in Chinese."""
    value = _text(told, name, 60, what) or usual
    codes = {zh: code for code, zh in words.items()}
    found = value if value in words else codes.get(value, "")
    if not found:
        raise Refused(f"{what}没有填写，或者不在可选的值之中")
    return found


def _day(told: Mapping[str, Any]) -> date:
    value = _text(told, "received_on", 30, "收到日期")
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        raise Refused("收到日期应写成2026-03-02这样的日期") from None


def _files(told: Mapping[str, Any]) -> tuple[FileTold, ...]:
    listed = told.get("attachments") or []
    if not isinstance(listed, list) or len(listed) > MOST_FILES:
        raise Refused(f"附件应为不超过{MOST_FILES}个的列表")
    found = []
    for each in listed:
        if not isinstance(each, dict):
            raise Refused("附件应写明名称和位置")
        role = _text(each, "role", 20, "附件用途") or "attachment"
        path = _text(each, "path", 300, "附件位置")
        if role not in FILE_ROLES or not path.startswith(FOLDER):
            raise Refused(f"附件的用途或者位置不对，位置应以 {FOLDER} 开头")
        found.append(FileTold(_text(each, "name", 200, "附件名称") or path.rpartition("/")[2], role, path))
    return tuple(found)


def told_of(value: Any, place: str) -> Told:
    """One application of a parsed line. Refused in a sentence that names its place."""
    try:
        if not isinstance(value, dict):
            raise Refused("应为JSON对象")
        unknown = set(value) - _LINE - {"submitted_at"}
        if unknown:
            raise Refused("有格式说明中没有的项目")
        who = value.get("applicant")
        if not isinstance(who, dict):
            raise Refused("缺少申请人（applicant）")
        key = _text(value, "id", 200, "平台编号")
        if not key:
            raise Refused("缺少平台编号（id）；没有编号就不能防止重复导入")
        return Told(
            place=place,
            key=key,
            organ=_text(value, "organ", 120, "受理机关"),
            received_on=_day(value),
            channel=_choice(value, "channel", _CHANNELS, "提交方式", "internet"),
            kind=_choice(who, "kind", {k.value: zh for k, zh in APPLICANT_KINDS.items()}, "申请人类型"),
            identity_kind=_choice(
                who, "identity_kind", {k.value: zh for k, zh in IDENTITY_KINDS.items()}, "证件种类", "other"
            ),
            who={name: _text(who, name, most, "申请人信息") for name, most in _APPLICANT.items()},
            content=_text(value, "content", 20_000, "申请内容"),
            provision=_choice(value, "provision", dict(PROVISIONS), "提供形式", "any"),
            manner=_choice(value, "manner", dict(MANNERS), "获取途径", "post"),
            needs=_text(value, "needs", 5000, "其他说明"),
            files=_files(value),
        )
    except Refused as error:
        raise Refused(f"{place}：{error}。") from None


def _parsed(lines: Iterable[bytes]) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if number > MOST_LINES:
            raise Refused(f"一次最多导入{MOST_LINES}件，请分成几个文件。")
        if len(line) > LINE_BYTES:
            yield f"第{number}行", Refused
            continue
        try:
            yield f"第{number}行", json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            yield f"第{number}行", Refused


def of_lines(data: bytes, archive: Archive | None = None, *, empty: bool = False) -> Bundle:
    """The applications of lines of JSON. Refused for none, unless `empty` says that there may be none."""
    bundle = Bundle([], [], archive)
    seen: set[str] = set()
    for place, value in _parsed(data.splitlines()):
        if value is Refused:
            bundle.doubts.append(f"{place}：不是UTF-8编码的JSON，或者太长。")
            continue
        _add(bundle, value, place, seen)
    if not bundle.told and not bundle.doubts and not empty:
        raise Refused("文件里没有申请。")
    return bundle


def _add(bundle: Bundle, value: Any, place: str, seen: set[str]) -> None:
    try:
        found = told_of(value, place)
        if found.key in seen:
            raise Refused(f"{place}：平台编号与前面的一行相同。")
    except Refused as error:
        bundle.doubts.append(str(error))
    else:
        seen.add(found.key)
        bundle.told.append(found)


def _cell(value: str) -> str:
    """A cell as it was typed: a whole number without the library's decimal point."""
    plain = value.strip()
    return plain[:-2] if plain.endswith(".0") and plain[:-2].isdigit() else plain


def of_rows(rows: list[list[str]]) -> Bundle:
    """The applications of the workbook form: a head with the columns' names, then one row each."""
    heads = {"".join(cell.split()): n for n, cell in enumerate(rows[0])} if rows else {}
    places = {key: heads[zh] for key, zh in COLUMNS.items() if zh in heads}
    lacking = [COLUMNS[key] for key in ("id", "received_on", "kind", "name", "content") if key not in places]
    if lacking:
        raise Refused(f"表格第一行缺少{'、'.join(lacking)}，请使用本系统的导入表。")
    bundle, seen = Bundle([], []), set[str]()
    for number, row in enumerate(rows[1:], 2):
        told = {key: _cell(row[n]) for key, n in places.items() if n < len(row)}
        if not any(told.values()):
            continue
        who = {key: told.pop(key, "") for key in ("kind", "identity_kind", *_APPLICANT)}
        if _ROUNDED.fullmatch(who["identity"]):
            bundle.doubts.append(
                f"第{number}行：证件号码被表格当成了数字，末几位已经丢失，请把这一列设为文本后重新填写。"
            )
            continue
        _add(bundle, told | {"applicant": who}, f"第{number}行", seen)
    if not bundle.told and not bundle.doubts:
        raise Refused("表格里没有申请。")
    return bundle


def of_zip(data: bytes, *, empty: bool = False) -> Bundle:
    """The applications of a ZIP of lines and attachments."""
    archive = Archive.of(data)
    if LINES not in archive.names:
        raise Refused(f"ZIP文件里没有 {LINES}，请对照格式说明核对。")
    return of_lines(archive.read(LINES, LINES_BYTES), archive, empty=empty)
