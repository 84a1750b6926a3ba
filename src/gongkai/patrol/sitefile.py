"""The file of columns: what a site is called, which columns it has, how often each has to change, whom it trusts.

TOML with Chinese names (docs/how-to/patrol.md). The intervals of a kind are those of the indicators of 2019; days that
a site sets for itself are its own and never called law.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from gongkai.patrol.addresses import normal
from gongkai.patrol.dates import months_before
from gongkai.readers.errors import Unreadable

MOST_COLUMNS = 1000
MOST_BYTES = 1024 * 1024
MOST_WORDS = 2000

TRUSTED = ("gov.cn", "conac.cn")
"""Where pages of a government's site usually take scripts from: others of the government, the sign of public bodies."""

BAD_WORDS = (
    "博彩", "赌场", "赌博网", "六合彩", "时时彩", "北京赛车", "百家乐", "老虎机", "真人娱乐", "澳门娱乐", "在线赌", "棋牌游戏", "体育投注",
    "彩票投注", "成人视频", "成人网", "色情网", "情色", "援交", "裸聊", "代开发票", "办证刻章",
)  # fmt: skip
"""Words that strangers plant in pages. The site's own file adds to them."""


@dataclass(frozen=True, slots=True)
class Interval:
    """How often a kind of column has to change: days or months, and whether it is a list of dated items."""

    zh: str
    days: int = 0
    months: int = 0
    says: str = ""
    listed: bool = True

    def since(self, today: date) -> date | None:
        """The first day on which a newest item still counts; None where no interval is set."""
        if self.months:
            return months_before(today, self.months)
        return today - timedelta(days=self.days) if self.days else None


INTERVALS = {
    "news": Interval("动态要闻", days=14, says="前2周内应有更新"),
    "notices": Interval("通知公告", months=6, says="前6个月内应有更新"),
    "policy": Interval("政策文件", months=6, says="前6个月内应有更新"),
    "list": Interval("其他列表"),
    "other": Interval("其他", listed=False),
}
_KINDS = {interval.zh: kind for kind, interval in INTERVALS.items()}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a site. `days`: the site's own, stricter limit."""

    name: str
    address: str
    kind: str = "other"
    days: int = 0


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of a site beforehand."""

    name: str = ""
    hosts: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    trusted: tuple[str, ...] = TRUSTED
    bad_words: tuple[str, ...] = BAD_WORDS


def read(path: Path) -> Site:
    """The site in a file. `Unreadable` says what is wrong with it."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unreadable("missing", f"栏目文件“{path.name}”打不开。", "请核对文件名和所在的文件夹。") from error
    return parse(path.name, data)


def parse(name: str, data: bytes) -> Site:
    """The site in the bytes of a file. `Unreadable` says what is wrong with it."""
    if len(data) > MOST_BYTES:
        raise _wrong(name, "过大")
    try:
        said = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        raise _wrong(name, f"第{line[1]}行写法不对" if line else "写法不对（应为UTF-8编码的TOML）") from error
    if unknown := set(said) - {"名称", "主机", "可信来源", "警示词", "栏目"}:
        raise _wrong(name, f"中的“{min(unknown)}”不认识")
    hosts = tuple(_host(name, each) for each in _texts(name, said, "主机", 50))
    columns = said.get("栏目", [])
    if not isinstance(columns, list) or len(columns) > MOST_COLUMNS:
        raise _wrong(name, "中的“栏目”写法不对")
    found = tuple(_column(name, number, each) for number, each in enumerate(columns, 1))
    addresses = [each.address for each in found]
    for number, address in enumerate(addresses, 1):
        if address in addresses[: number - 1]:
            raise _wrong(name, f"第{number}个栏目的网址与前面的重复")
    called = said.get("名称", "")
    if not isinstance(called, str) or len(called) > 60:
        raise _wrong(name, "中的“名称”写法不对")
    trusted = tuple(_host(name, each) for each in _texts(name, said, "可信来源", 200))
    words = (*BAD_WORDS, *_texts(name, said, "警示词", MOST_WORDS))
    return Site(called, hosts, found, (*TRUSTED, *trusted), tuple(dict.fromkeys(words)))


def _wrong(name: str, why: str) -> Unreadable:
    return Unreadable("bad_columns", f"栏目文件“{name}”{why}。", "请对照手册“网站巡查”中的例子改正。")


def _texts(name: str, said: dict[str, Any], key: str, most: int) -> list[str]:
    value = said.get(key, [])
    if (
        not isinstance(value, list)
        or len(value) > most
        or not all(isinstance(v, str) and 0 < len(v) <= 60 for v in value)
    ):
        raise _wrong(name, f"中的“{key}”写法不对")
    return value


def _host(name: str, said: str) -> str:
    bare = said.strip().lower().removeprefix("*.")
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", bare):
        raise _wrong(name, f"中的主机名“{said}”写法不对")
    return bare


def _column(name: str, number: int, said: Any) -> Column:
    if not isinstance(said, dict):
        raise _wrong(name, f"第{number}个栏目写法不对")
    if unknown := set(said) - {"名称", "网址", "类别", "天数"}:
        raise _wrong(name, f"第{number}个栏目中的“{min(unknown)}”不认识")
    called, address, kind, days = said.get("名称"), said.get("网址"), said.get("类别", "其他"), said.get("天数", 0)
    if not isinstance(called, str) or not 0 < len(called) <= 60:
        raise _wrong(name, f"第{number}个栏目没有名称")
    where = normal(address) if isinstance(address, str) else None
    if where is None:
        raise _wrong(name, f"第{number}个栏目“{called}”的网址不对")
    if kind not in _KINDS:
        raise _wrong(name, f"第{number}个栏目“{called}”的类别不对，应为{'、'.join(_KINDS)}之一")
    if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= 3660:
        raise _wrong(name, f"第{number}个栏目“{called}”的天数不对")
    return Column(called, where, _KINDS[kind], days)
