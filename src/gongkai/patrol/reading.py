"""Reading a result file that comes from elsewhere: each line bounded and checked, whatever is in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from gongkai.patrol.kinds import KINDS, NOT_FETCHED
from gongkai.patrol.results import (
    ENDED,
    LONGEST_ADDRESS,
    LONGEST_WORDS,
    MOST_LINKS,
    ROLES,
    SCHEMA,
    Header,
    Hit,
    Page,
    Result,
    Summary,
    fingerprint,
)

MOST_BYTES = 200 * 1024 * 1024
MOST_LINES = 500_000
LONGEST_LINE = 1024 * 1024


class BadResult(ValueError):
    """The file is no result of a walk. The message is a sentence for whoever brought it."""


_TEXTS = {"url": LONGEST_ADDRESS, "target": LONGEST_ADDRESS, "found_on": LONGEST_ADDRESS, "landed": LONGEST_ADDRESS}


def read(data: bytes) -> Result:
    """The result in a file. Raises `BadResult` and nothing else."""
    if len(data) > MOST_BYTES:
        raise BadResult("文件过大，不是巡查的结果文件。")
    return read_lines(data.split(b"\n"))


def read_lines(lines: Iterable[bytes]) -> Result:
    """The result in lines of bytes without their line feeds. Raises `BadResult` and nothing else."""
    return _Reading().all(lines)


class _Reading:
    def __init__(self) -> None:
        self.header: Header | None = None
        self.pages: dict[str, Page] = {}
        self.hits: list[Hit] = []
        self.waiting: list[Hit] = []
        self.summary: Summary | None = None
        self.length = 0

    def all(self, lines: Iterable[bytes]) -> Result:
        digest, at, number = hashlib.sha256(), 0, 0
        ended = False
        for number, raw in enumerate(lines, 1):
            if number > MOST_LINES:
                raise BadResult("行数过多，不是巡查的结果文件。")
            if not raw:
                if self.header is None:
                    break
                ended = True
                continue
            if ended:
                raise BadResult(f"第{number}行前面有空行，文件不完整。")
            if self.summary is not None:
                raise BadResult(f"第{number}行在总结之后，文件被改动过。")
            before = digest.hexdigest()
            digest.update(raw + b"\n")
            at += len(raw) + 1
            try:
                said = _object(raw, number)
            except _Cut:
                ended = True  # a last line that was cut off belongs to no whole page
                continue
            self._take(said, number, at, before)
        if self.header is None:
            raise BadResult("文件是空的，不是巡查的结果文件。")
        if self.summary is not None:
            self.hits += self.waiting
        return Result(self.header, self.pages, tuple(self.hits), self.summary, self.length)

    def _take(self, said: dict[str, Any], number: int, at: int, before: str) -> None:
        name = said.get("line")
        if self.header is None:
            self.header, self.length = _header(said), at
        elif name == "hit":
            self.waiting.append(_hit(said, number))
        elif name == "page":
            page = _page(said, number)
            self.pages.pop(page.url, None)  # in the order in which they were fetched last
            self.pages[page.url] = page
            self.hits += self.waiting
            self.waiting = []
            self.length = at
        elif name == "summary":
            self.summary = _summary(said, number)
            if self.summary.sha256 != before:
                raise BadResult("文件的校验值与内容不符，可能没有传完或者被改动过；请重新复制结果文件。")
        else:
            raise BadResult(f"第{number}行不是巡查结果的内容。")


class _Cut(Exception):
    """A line that is no JSON: the last one of a file that was cut off."""


def _object(raw: bytes, number: int) -> dict[str, Any]:
    if len(raw) > LONGEST_LINE:
        raise BadResult(f"第{number}行过长，不是巡查结果的内容。")
    try:
        said = json.loads(raw, parse_constant=_no_number)
    except (ValueError, RecursionError):
        if number == 1:
            raise BadResult("不是巡查的结果文件：第一行不是JSON。") from None
        raise _Cut from None
    if not isinstance(said, dict):
        raise BadResult(f"第{number}行不是巡查结果的内容。")
    return said


def _no_number(name: str) -> None:
    raise ValueError(name)


def _wrong(number: int, name: str) -> BadResult:
    return BadResult(f"第{number}行的“{name}”不对，文件可能损坏或者被改动过。")


def _text(said: dict[str, Any], name: str, number: int, longest: int = LONGEST_WORDS) -> str:
    value = said.get(name, "")
    if not isinstance(value, str) or len(value) > _TEXTS.get(name, longest) or "\x00" in value:
        raise _wrong(number, name)
    return value.encode("utf-8", "replace").decode()


def _whole(said: dict[str, Any], name: str, number: int, most: int = 2**53) -> int:
    value = said.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise _wrong(number, name)
    return value


def _texts(said: dict[str, Any], name: str, number: int, most: int = 500) -> tuple[str, ...]:
    value = said.get(name, [])
    if not isinstance(value, list) or len(value) > most:
        raise _wrong(number, name)
    if not all(isinstance(each, str) and len(each) <= LONGEST_ADDRESS for each in value):
        raise _wrong(number, name)
    return tuple(value)


def _address(said: dict[str, Any], name: str, number: int) -> str:
    value = _text(said, name, number)
    if not value.lower().startswith(("http://", "https://")) or any(sign <= " " for sign in value):
        raise _wrong(number, name)
    return value


def _header(said: dict[str, Any]) -> Header:
    if said.get("line") != "header" or not str(said.get("schema", "")).startswith("gongkai.patrol/"):
        raise BadResult("不是巡查的结果文件：第一行没有写明格式。")
    if said["schema"] != SCHEMA:
        raise BadResult("结果文件的格式版本与本系统不一致，请把两边升级到同一版本。")
    settings = said.get("settings", {})
    if not isinstance(settings, dict) or len(json.dumps(settings)) > 100_000:
        raise _wrong(1, "settings")
    starts = _texts(said, "starts", 1)
    if not starts or not all(each.lower().startswith(("http://", "https://")) for each in starts):
        raise _wrong(1, "starts")
    site, version = _text(said, "site", 1, 100), _text(said, "version", 1, 40)
    return Header(site, version, _moment(said, "started_at", 1), starts, _texts(said, "hosts", 1), settings)


def _moment(said: dict[str, Any], name: str, number: int) -> str:
    value = _text(said, name, number, 40)
    try:
        aware = datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        aware = False
    if not aware:
        raise _wrong(number, name)
    return value


def _day(said: dict[str, Any], name: str, number: int) -> str:
    value = _text(said, name, number, 10)
    try:
        if value:
            date.fromisoformat(value)
    except ValueError:
        raise _wrong(number, name) from None
    return value


def _page(said: dict[str, Any], number: int) -> Page:
    status, role, error = said.get("status"), said.get("role"), _text(said, "error", number, 20)
    if status is not None and (isinstance(status, bool) or not isinstance(status, int) or not 100 <= status <= 999):
        raise _wrong(number, "status")
    if role not in ROLES:
        raise _wrong(number, "role")
    if (error and error not in NOT_FETCHED) or (status is None and not error):
        raise _wrong(number, "error")
    return Page(
        _address(said, "url", number),
        role,
        _moment(said, "fetched_at", number),
        status,
        error,
        max(_whole(said, "attempt", number, 9), 1),
        _whole(said, "depth", number, 1000),
        _text(said, "found_on", number),
        _text(said, "landed", number),
        _text(said, "content_type", number, 100),
        _whole(said, "bytes", number),
        _text(said, "title", number),
        _day(said, "day", number),
        _text(said, "text_digest", number, 64),
        said.get("item") is True,
        _text(said, "column", number, LONGEST_ADDRESS),
        _day(said, "newest", number),
        _whole(said, "items", number),
        _whole(said, "prose", number),
        _texts(said, "fixed", number, 2000),
        _text(said, "etag", number),
        _text(said, "last_modified", number, 100),
        said.get("unchanged") is True,
        _whole(said, "repeated", number),
        tuple(_links(said, number)),
    )


def _links(said: dict[str, Any], number: int) -> Iterator[tuple[str, str, str]]:
    value = said.get("links", [])
    if not isinstance(value, list) or len(value) > MOST_LINKS:
        raise _wrong(number, "links")
    for each in value:
        whole = isinstance(each, list) and len(each) == 3 and all(isinstance(part, str) for part in each)
        if not whole or each[0] not in ROLES or len(each[1]) > LONGEST_ADDRESS or len(each[2]) > LONGEST_WORDS:
            raise _wrong(number, "links")
        yield (each[0], each[1], each[2])


def _hit(said: dict[str, Any], number: int) -> Hit:
    kind = said.get("kind")
    if kind not in KINDS or kind == "unreviewed":
        raise _wrong(number, "kind")
    named = {name: _text(said, name, number) for name in ("target", "place", "words", "why", "fingerprint")}
    hit = Hit(kind, _address(said, "url", number), **named)
    if hit.fingerprint != fingerprint(hit):
        raise _wrong(number, "fingerprint")
    return hit


def _summary(said: dict[str, Any], number: int) -> Summary:
    counts, columns = said.get("counts"), said.get("columns", [])
    if not isinstance(counts, dict) or len(counts) > 100:
        raise _wrong(number, "counts")
    for name in counts:
        _whole(counts, name, number)
    if not isinstance(columns, list) or len(columns) > 2000 or not all(isinstance(each, dict) for each in columns):
        raise _wrong(number, "columns")
    ended = _text(said, "ended", number, 20)
    if ended not in ENDED:
        raise _wrong(number, "ended")
    moment = _moment(said, "finished_at", number)
    return Summary(moment, ended, counts, tuple(columns), _text(said, "sha256", number, 64))
