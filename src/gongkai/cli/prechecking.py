"""`gongkai precheck`: look through a file before it goes out."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli.chinese import Parser
from gongkai.cli.export import Refused
from gongkai.readers.errors import Unreadable

if TYPE_CHECKING:
    from gongkai.cli.show import Screen
    from gongkai.cli.sources import Item
    from gongkai.readers.precheck import Hit, Lists, Precheck

COMMANDS = ("precheck",)
OK, GRAVE, UNREADABLE = 0, 1, 2
_SIGNS = {"warning": ("！", "conflict"), "doubt": ("？", "doubt"), "note": ("·", "note")}

_EXAMPLES = """\
例：
  gongkai precheck 关于印发实施方案的通知.docx
  gongkai precheck 救助名单.xlsx --json
  gongkai precheck 通知.pdf --lists 领导名单.txt --lists 敏感词.xlsx

看有没有个人信息、密级标志、批注修订、隐藏的行列和工作表、被盖住的文字、拍摄地点等，以及错别字和本单位名单中的人名、地名、敏感词。
每一处都只是提示，不是禁止：依法应当公示的名单、处罚等照常公开，由人判断。
名单放在数据文件夹下的 precheck 文件夹里，或者用 --lists 指定；文本和表格都可以，写法见手册“公开前检查”。
！重点核实，？请核实，· 请留意。退出状态：0 没有要重点核实的，1 有，2 有文件读不了或用法有误（优先于 1）。"""


def add_parsers(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the command to the parser of the command line."""
    says, usage = "公开前检查一份文件", "gongkai precheck 文件… [--lists 名单]… [--json]"
    parser: Parser = commands.add_parser(
        "precheck", help=says, usage=usage, description=says + "：只提示，由人判断。", epilog=_EXAMPLES
    )
    parser.add_argument("files", nargs="+", metavar="文件", help="要公开的文件，或“-”（从标准输入读文字）")
    parser.add_argument(
        "--lists", action="append", default=[], metavar="名单", help="领导、地名、错别字、敏感词的名单，可以写几次"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON：一份文件一个对象，多份文件一个列表")


def run(options: Namespace, *, guarded: bool) -> int:
    """Run the command; the exit status."""
    from gongkai.cli.sources import sources

    lists = lists_of(options.lists)
    archives = [name for name in options.files if name.lower().endswith(".zip")]
    items = (
        list(sources([name for name in options.files if name not in archives]))
        if len(archives) < len(options.files)
        else []
    )
    items += [_archive(name) for name in archives]
    several = len(items) > 1
    if options.json and several:
        print("[")
    statuses = []
    for count, item in enumerate(items, 1):
        statuses.append(_one(item, lists, options, guarded=guarded, indent=None if several else 2))
        if options.json and several and count < len(items):
            print(",")
        elif not options.json and count < len(items):
            print()
        sys.stdout.flush()
    if options.json and several:
        print("]")
    return max(statuses)


def _archive(name: str) -> Item:
    from gongkai.cli.sources import Item, clean, sources
    from gongkai.readers.precheck.checking import ARCHIVE

    if not Path(name).is_file():
        return next(iter(sources([name])))
    return Item(clean(name), clean(Path(name).name), error=ARCHIVE)


def lists_of(named: list[str]) -> Lists:
    """The shipped list, those of the data folder, and those named; what is wrong with one is said."""
    from gongkai.readers.precheck import Lists
    from gongkai.readers.precheck.lists import FOLDER, read_lists

    lists, troubles = Lists.of_folder(Path(os.environ.get("GONGKAI_DATA") or "data") / FOLDER)
    for trouble in troubles:
        sys.stderr.write(f"{trouble}\n")
    for name in named:
        try:
            lists |= read_lists(Path(name))
        except Unreadable as error:
            raise Refused(f"{error.message}{error.advice}") from error
    return lists


def _one(item: Item, lists: Lists, options: Namespace, *, guarded: bool, indent: int | None) -> int:
    """One file: in this process, or in a forked child whose end this process survives."""

    def failed(error: Unreadable) -> int:
        return _failed(item, error, options, indent)

    def do() -> int:
        try:
            found = _check(item, lists)
        except Unreadable as error:
            return failed(error)
        except MemoryError:
            from gongkai.cli.work import TOO_LARGE

            return failed(TOO_LARGE)
        return _say(found, item, options, indent)

    if not guarded:
        return do()
    from gongkai.cli.guard import guard

    return guard(do, failed)


def _check(item: Item, lists: Lists) -> Precheck:
    from gongkai.readers.border import read_limited
    from gongkai.readers.precheck import precheck

    if item.error is not None:
        raise item.error
    data = item.data if item.path is None else read_limited(Path(item.path))
    return precheck(item.name, data or b"", lists)


def _failed(item: Item, error: Unreadable, options: Namespace, indent: int | None) -> int:
    from gongkai.cli.terminal import plain

    if options.json:
        from gongkai.readers.precheck.values import SCHEMA

        source = {"name": item.name, "format": None, "sha256": None}
        print(
            json.dumps(
                {"schema": SCHEMA, "source": source, "error": error.to_json()}, ensure_ascii=False, indent=indent
            )
        )
    sys.stderr.write(f"{plain(item.shown)}：{plain(error.message)}{plain(error.advice)}\n")
    return UNREADABLE


def _say(found: Precheck, item: Item, options: Namespace, indent: int | None) -> int:
    if options.json:
        print(json.dumps(found.to_json(), ensure_ascii=False, indent=indent))
    else:
        for line in _lines(found, item):
            print(line)
    return GRAVE if found.count("warning") else OK


def _lines(found: Precheck, item: Item) -> Iterator[str]:
    from gongkai.cli.show import Screen
    from gongkai.cli.terminal import Paint, columns, plain, wants_colour
    from gongkai.readers.precheck.kinds import GRADES, GROUPS, KINDS

    screen = Screen(min(columns(sys.stdout), 110), Paint(wants_colour(sys.stdout)))
    yield screen.paint(f"公开前检查　{plain(item.shown)}", "bold")
    counted = "，".join(f"{says} {found.count(grade)} 处" for grade, says in GRADES.items() if found.count(grade))
    yield f"  {found.format} · {counted or '没有发现需要提示的内容'}"
    for group, says in GROUPS.items():
        hits = [hit for hit in found.hits if KINDS[hit.kind].group == group]
        if hits:
            yield ""
            yield screen.paint(says, "bold")
        for hit in hits:
            yield from _hit(hit, screen)
    if found.left_out:
        yield ""
        yield "没有检查到的："
        for sentence in found.left_out:
            yield from hung("  · ", sentence, screen)
    yield ""
    yield from hung("", "以上只是提示，由人判断；依法应当公示的内容照常公开。没有提示，也不等于可以公开。", screen)


def _hit(hit: Hit, screen: Screen) -> Iterator[str]:
    sign, style = _SIGNS[hit.grade]
    yield from hung(screen.paint(f"  {sign} ", style), f"{hit.place.says}　{hit.kind_says}：{hit.says}", screen, hang=5)
    if hit.text:
        yield from hung("     ", f"“{hit.text}”", screen)
    if hit.also:
        yield from hung("     ", "还有：" + "；".join(hit.also[:8]) + ("……" if hit.count > 9 else ""), screen)
    yield from hung("     ", f"依据：{hit.basis}。{hit.what_to_do}", screen)


def hung(head: str, text: str, screen: Screen, hang: int | None = None) -> Iterator[str]:
    """Lines of a text that hang from a head."""
    from gongkai.cli.terminal import plain, width_of, wrap

    room = width_of(head) if hang is None else hang
    for number, line in enumerate(wrap(plain(text), max(screen.width - room, 20))):
        yield (head if number == 0 else " " * room) + line
