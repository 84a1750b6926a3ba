"""`gongkai patrol`: walk through a published site and write what was met into a file."""

from __future__ import annotations

import argparse
import json
import sys
from argparse import Namespace, _SubParsersAction
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from gongkai.cli.chinese import Parser
from gongkai.cli.export import Refused
from gongkai.readers.errors import Unreadable

if TYPE_CHECKING:
    from gongkai.cli.show import Screen
    from gongkai.patrol.results import Result
    from gongkai.patrol.settings import Settings
    from gongkai.patrol.sitefile import Site
    from gongkai.readers.precheck import Lists, Precheck

COMMANDS = ("patrol",)
OK, MET, NOT_WALKED = 0, 1, 2
_SIGNS = {"grave": ("！", "conflict"), "doubt": ("？", "doubt"), "note": ("·", "note")}
_MOST_SHOWN = 10

_EXAMPLES = """\
例：
  gongkai patrol https://www.example.gov.cn/
  gongkai patrol https://www.example.gov.cn/ --columns 栏目.toml --lists 领导名单.txt --out 十一月.jsonl
  gongkai patrol https://www.example.gov.cn/ --previous 十月.jsonl --limit 5000 --rate 1

只走所给网址的主机（--host 可以增加），遵守robots.txt，每秒请求数不超过 --rate。看死链、空白和超期栏目、没有日期的信息、个人信息、
名单上的词、模板残留、被植入的内容和未加密的表单。没有取到的页面单独列出，既不算死链，也不算缺失。
结果文件可以交工作台导入（“网站巡查”）。中途停下后，再运行同一条命令就接着走。
！尽快处理，？请核实，· 请留意。退出状态：0 没有要处理或者核实的，1 有，2 起始网址一个也没有取到或者用法有误。"""


def _number(least: float, most: float) -> Any:
    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"的值“{text}”不对，应为 {least:g} 至 {most:g} 的数")
        return value

    return read


def add_parsers(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the command to the parser of the command line."""
    says = "巡查一个网站，结果写成文件"
    usage = "gongkai patrol 网址… [--columns 文件] [--lists 名单]… [--previous 文件] [--out 文件]"
    parser: Parser = commands.add_parser("patrol", help=says, usage=usage, description=says + "。", epilog=_EXAMPLES)
    parser.add_argument("addresses", nargs="+", metavar="网址", help="从哪里开始，以 http:// 或者 https:// 开头")
    parser.add_argument("--site", metavar="名称", help="网站的名称，默认用栏目文件里的名称或者主机名")
    parser.add_argument("--host", action="append", default=[], metavar="主机", help="另外允许走的主机，可以写几次")
    parser.add_argument("--columns", metavar="文件", help="栏目文件（TOML）：栏目的网址、类别和更新期限")
    parser.add_argument(
        "--lists",
        action="append",
        default=[],
        metavar="名单",
        help="领导、错别字、敏感词的名单或者所在文件夹，可以写几次",
    )
    parser.add_argument("--previous", metavar="文件", help="上一次的结果文件：没有变的页面不重复下载，并与它对照")
    parser.add_argument("--out", metavar="文件", help="结果文件，默认按主机和日期取名")
    parser.add_argument(
        "--limit", type=_number(1, 100_000), default=2000, metavar="页数", help="最多看多少页，默认 2000"
    )
    parser.add_argument(
        "--depth", type=_number(0, 50), default=8, metavar="层数", help="从起始网址起最多走几层，默认 8"
    )
    parser.add_argument("--rate", type=_number(0.05, 20), default=2.0, metavar="次数", help="每秒最多请求几次，默认 2")
    parser.add_argument("--minutes", type=_number(1, 2880), default=120.0, metavar="分钟", help="最多走多久，默认 120")
    parser.add_argument(
        "--megabytes", type=_number(1, 20_000), default=500, metavar="兆", help="最多下载多少，默认 500"
    )
    parser.add_argument(
        "--again", type=_number(0, 86_400), default=120.0, metavar="秒", help="打不开的隔多久再看一次，默认 120"
    )
    parser.add_argument("--files", action="store_true", help="把附件取回来，按公开前检查看其中的文字")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(options: Namespace) -> int:
    """Run the command; the exit status."""
    from gongkai.cli.apart import Apart
    from gongkai.patrol.clock import SystemClock
    from gongkai.patrol.fetch import Network
    from gongkai.patrol.walk import Walk

    settings = _settings(options)
    earlier = _earlier(options.previous)
    path = Path(options.out or _usual_name(settings))
    network = Network()
    with _opened(path, settings) as (file, begun, kept):

        def write(data: bytes) -> None:
            file.write(data)
            file.flush()

        opener = Apart(partial(_looked_through, settings.lists)) if settings.files else None
        walk = Walk(settings, network, SystemClock(), write, earlier=earlier, begun=begun, tell=_tell, open_file=opener)
        walk.kept(kept)
        try:
            result = walk.go()
        finally:
            network.close()
            if opener is not None:
                opener.close()
            _tell_nothing()
    if options.json:
        print(json.dumps(_as_json(result, path), ensure_ascii=False, indent=1))
    else:
        for line in _lines(result, path):
            print(line)
    return _status(result)


def _looked_through(lists: Lists, given: tuple[str, bytes]) -> Precheck:
    from gongkai.readers.precheck import precheck

    return precheck(*given, lists)


def _status(result: Result) -> int:
    from gongkai.patrol.kinds import KINDS

    if not any((page := result.pages.get(start)) and page.there for start in result.header.starts):
        sys.stderr.write("gongkai patrol：起始网址没有取到，请核对网址和网络；网站跳转到其他主机的，用 --host 写明。\n")
        return NOT_WALKED
    return MET if any(KINDS[hit.kind].grade != "note" for hit in result.hits) else OK


# ---- what the person gave -----------------------------------------------------------------------------------------


def _settings(options: Namespace) -> Settings:
    from dataclasses import replace

    from gongkai.patrol.addresses import normal
    from gongkai.patrol.settings import Settings

    starts = []
    for said in options.addresses:
        address = normal(said) if "://" in said else None
        if address is None:
            raise Refused(f"网址“{said}”不对，应以 http:// 或者 https:// 开头。")
        starts.append(address)
    site = _site(options.columns)
    if options.site:
        site = replace(site, name=options.site[:60])
    hosts = []
    for said in options.host:
        found = normal(f"http://{said}/")
        if found is None or "/" in said:
            raise Refused(f"主机“{said}”不对，应像 www.example.gov.cn 这样写。")
        hosts.append(found.removeprefix("http://").rstrip("/"))
    return Settings(
        tuple(dict.fromkeys(starts)),
        site,
        _lists(options.lists),
        tuple(hosts),
        int(options.limit),
        int(options.depth),
        int(options.megabytes),
        options.minutes,
        options.rate,
        options.again,
        files=options.files,
    )


def _site(name: str | None) -> Site:
    from gongkai.patrol import sitefile

    try:
        return sitefile.read(Path(name)) if name else sitefile.Site()
    except Unreadable as error:
        raise Refused(f"{error.message}{error.advice}") from error


def _lists(named: list[str]) -> Any:
    from gongkai.cli import prechecking
    from gongkai.readers.precheck import Lists

    folders = [name for name in named if Path(name).is_dir()]
    lists = prechecking.lists_of([name for name in named if name not in folders])
    for folder in folders:
        more, troubles = Lists.of_folder(Path(folder))
        for trouble in troubles:
            sys.stderr.write(f"{trouble}\n")
        lists |= more
    return lists


def _read(path: Path) -> tuple[Result, bytes]:
    from gongkai.patrol import reading

    try:
        with path.open("rb") as file:
            data = file.read(reading.MOST_BYTES + 1)
        return reading.read(data), data
    except OSError as error:
        raise Refused(f"结果文件“{path}”打不开。") from error
    except reading.BadResult as error:
        raise Refused(f"“{path}”：{error}") from error


def _earlier(name: str | None) -> Result | None:
    if name is None:
        return None
    result, _ = _read(Path(name))
    if result.summary is None:
        raise Refused(f"上一次的结果文件“{name}”没有走完，请先接着走完，或者不写 --previous。")
    return result


def _usual_name(settings: Settings) -> str:
    from gongkai.patrol.addresses import host_of

    host = host_of(settings.starts[0]).replace(":", "-")
    return f"patrol-{host}-{datetime.now().astimezone():%Y%m%d}.jsonl"


class _opened:  # noqa: N801 - used as a function
    """The file to write, what a walk that was interrupted left in it, and those bytes."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self._path, self._settings = path, settings
        self._file: BinaryIO | None = None

    def __enter__(self) -> tuple[BinaryIO, Result | None, bytes]:
        begun, kept = None, b""
        if self._path.exists() and self._path.stat().st_size:
            begun, kept = self._begun()
        try:
            self._file = self._path.open("r+b" if begun else "wb")
        except OSError as error:
            raise Refused(f"结果文件“{self._path}”写不了，请换一个位置。") from error
        if begun:
            self._file.truncate(len(kept))
            self._file.seek(len(kept))
        return self._file, begun, kept

    def _begun(self) -> tuple[Result, bytes]:
        result, data = _read(self._path)
        if result.summary is not None:
            raise Refused(f"“{self._path}”已经有完整的结果，请用 --out 换一个文件名。")
        said, now = result.header, self._settings
        if said.starts != now.starts or said.settings.get("words") != now.digest_of_words():
            raise Refused(f"“{self._path}”是另一次巡查的结果（网址或者名单不同），请用 --out 换一个文件名。")
        kept = data[: result.length]
        sys.stderr.write(f"接着上次走：已有{len(result.pages)}页。\n")
        return result, kept

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()


# ---- what the person sees -----------------------------------------------------------------------------------------


def _tell(done: int, waiting: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r已看 {done}，还有 {waiting} 待看　　")
        sys.stderr.flush()


def _tell_nothing() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r" + " " * 40 + "\r")


def _as_json(result: Result, path: Path) -> dict[str, Any]:
    from dataclasses import asdict

    from gongkai.patrol.results import SCHEMA

    return {
        "schema": SCHEMA,
        "file": str(path),
        "header": asdict(result.header),
        "summary": asdict(result.summary) if result.summary else None,
        "hits": [asdict(hit) for hit in result.hits],
        "not_fetched": [
            {"url": page.url, "error": page.error, "found_on": page.found_on}
            for page in result.pages.values()
            if not page.fetched
        ],
    }


def _lines(result: Result, path: Path) -> Iterator[str]:
    from gongkai.cli.prechecking import hung
    from gongkai.cli.show import Screen
    from gongkai.cli.terminal import Paint, columns, plain, wants_colour
    from gongkai.patrol.kinds import GRADES, KINDS
    from gongkai.patrol.results import ENDED

    screen = Screen(min(columns(sys.stdout), 110), Paint(wants_colour(sys.stdout)))
    pages = result.pages.values()
    counted = [(sum(p.role == role for p in pages), says) for role, says in _ROLES]
    yield screen.paint(f"网站巡查　{plain(result.header.site)}", "bold")
    ended = ENDED[result.summary.ended if result.summary else "interrupted"]
    yield f"  {ended} · 看了" + "、".join(f" {count} {says}" for count, says in counted)
    if result.summary and result.header.settings.get("files"):
        read = result.summary.counts.get("files_read", 0)
        yield f"  看了 {read} 个附件的内容；其余的过大、取不回来或者读不了，没有看"
    for grade, heading in GRADES.items():
        kinds = [kind for kind in KINDS if KINDS[kind].grade == grade and any(h.kind == kind for h in result.hits)]
        if kinds:
            yield ""
            yield screen.paint(heading, "bold")
        for kind in kinds:
            yield from _kind(kind, [hit for hit in result.hits if hit.kind == kind], screen)
    if not result.hits:
        yield "  没有发现问题。"
    if result.summary and result.summary.columns:
        yield ""
        yield screen.paint("栏目", "bold")
        for column in result.summary.columns:
            yield from hung("  · ", f"{column['name']}：{_state(column)}", screen)
    missed = [page for page in pages if not page.fetched]
    if missed:
        yield ""
        yield screen.paint("没有取到（不算死链，也不算缺失）", "bold")
        yield from _missed(missed, screen)
    yield ""
    yield from hung("", f"以上由人判断。结果已写入“{plain(str(path))}”，可以在工作台“网站巡查”中导入。", screen)


_ROLES = (("page", "个页面"), ("picture", "张图片"), ("file", "个附件"))


def _state(column: dict[str, Any]) -> str:
    from gongkai.patrol.kinds import KINDS

    state = column["state"]
    said = {"fresh": "正常", "gone": "栏目页不存在", "not_fetched": "没有取到"}.get(state) or KINDS[state].zh
    return f"{said}，最近一条 {column['newest']}" if column.get("newest") else said


def _kind(kind: str, hits: list[Any], screen: Screen) -> Iterator[str]:
    from gongkai.cli.prechecking import hung
    from gongkai.patrol.addresses import shown
    from gongkai.patrol.kinds import KINDS

    known = KINDS[kind]
    sign, style = _SIGNS[known.grade]
    yield from hung(screen.paint(f"  {sign} ", style), f"{known.zh}　{len(hits)} 处", screen, 5)
    for hit in hits[:_MOST_SHOWN]:
        about = f"　→ {shown(hit.target)}" if hit.target else ""
        words = f"“{hit.words}”　" if hit.words else ""
        yield from hung("     ", f"{shown(hit.url)}{about}", screen)
        yield from hung("       ", f"{hit.place}　{words}{hit.why}", screen)
    if len(hits) > _MOST_SHOWN:
        yield f"     还有 {len(hits) - _MOST_SHOWN} 处，见结果文件。"
    yield from hung("     ", f"依据：{known.basis}。{known.what_to_do}", screen)


def _missed(missed: list[Any], screen: Screen) -> Iterator[str]:
    from gongkai.cli.prechecking import hung
    from gongkai.patrol.addresses import shown
    from gongkai.patrol.kinds import NOT_FETCHED

    for error, says in NOT_FETCHED.items():
        of = [page for page in missed if page.error == error]
        if of:
            named = "、".join(shown(page.url) for page in of[:3]) + ("等" if len(of) > 3 else "")
            yield from hung("  · ", f"{says} {len(of)} 个：{named}", screen)
