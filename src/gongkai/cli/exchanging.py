"""`gongkai import-applications` and `gongkai package`: applications that come as files, packages between two networks."""

from __future__ import annotations

import json
import sys
from argparse import Namespace, _SubParsersAction
from pathlib import Path

from gongkai.cli.chinese import Parser
from gongkai.cli.export import Refused, reason

COMMANDS = ("import-applications", "package")

_IMPORT = """\
例：
  gongkai import-applications 申请.jsonl --organ 云岭县教育局 --dry-run
  gongkai import-applications 申请.zip
  gongkai import-applications 申请导入表.xlsx --organ 云岭县教育局

文件是JSON行、带附件的ZIP，或者导入表；格式见 docs/how-to/integrate.md。同一个平台编号只登记一次，存疑的逐件说明，不登记。
退出状态：0 全部登记，1 有存疑的没有登记，2 没有登记。"""

_PACKAGE = """\
例：
  gongkai package list
  gongkai package export --to 办理网 /媒体/U盘
  gongkai package import --from 受理网 受理网-00001.gkp

受理和办理分在两个网络时来回传递申请和办理情况。先在页面上交换公钥、核对指纹。
数据包只有对方能打开；缺号、重复、改动过、发错对象的都不导入。退出状态：0 办好，2 没有办。"""


def add_parsers(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the commands to the parser of the command line."""
    says, usage = "导入平台的申请", "gongkai import-applications 文件 [--organ 机关] [--dry-run] [--json]"
    parser: Parser = commands.add_parser(
        "import-applications", help=says, usage=usage, description=says + "。", epilog=_IMPORT
    )
    parser.add_argument("file", metavar="文件", help="JSON行（.jsonl）、带附件的ZIP，或者导入表（XLSX）")
    parser.add_argument("--organ", default="", metavar="机关", help="文件中没有写受理机关的，登记到这个机关")
    parser.add_argument("--dry-run", action="store_true", help="只看会登记什么，不写入")
    parser.add_argument("--json", action="store_true", help="输出JSON")
    says = "导出或者导入两网之间的数据包"
    parser = commands.add_parser(
        "package", help=says, usage="gongkai package list|export|import", description=says + "。", epilog=_PACKAGE
    )
    acts = parser.add_subparsers(
        title="操作", metavar="操作", dest="act", required=True, prog="gongkai package", parser_class=Parser
    )
    acts.add_parser("list", help="列出对端", usage="gongkai package list", description="列出对端。")
    out = acts.add_parser(
        "export", help="导出", usage="gongkai package export --to 对端 [目标]", description="导出下一个数据包。"
    )
    out.add_argument("--to", required=True, metavar="对端", help="给哪个对端")
    out.add_argument("target", nargs="?", default=".", metavar="目标", help="文件夹，或者新的文件名；默认当前文件夹")
    into = acts.add_parser(
        "import", help="导入", usage="gongkai package import 文件 [--from 对端]", description="导入一个数据包。"
    )
    into.add_argument("file", metavar="文件", help="数据包（.gkp）")
    into.add_argument("--from", dest="sender", default="", metavar="对端", help="应当是哪个对端发出的")


def run(options: Namespace) -> int:
    """Run one of the commands; the exit status."""
    try:
        return _package(options) if options.command == "package" else _applications(options)
    except OSError as error:
        name = Path(getattr(options, "file", "") or getattr(options, "target", "")).name
        raise Refused(f"“{name}”不能读写：{reason(error)}") from error
    except ValueError as error:
        raise Refused(str(error).rstrip("。") + "。") from error


def _package(options: Namespace) -> int:
    from gongkai.web.operate import exchange

    if options.act == "list":
        print("\n".join(exchange.list_packages()))
    elif options.act == "export":
        print(exchange.export_package(options.to, Path(options.target)))
    else:
        print(exchange.import_package(Path(options.file), options.sender))
    return 0


def _applications(options: Namespace) -> int:
    from gongkai.web.operate.exchange import import_applications

    done = import_applications(Path(options.file), organ=options.organ, dry_run=options.dry_run)
    if options.json:
        print(json.dumps(done.to_json(), ensure_ascii=False, indent=2))
    else:
        known = f"，{done.known}件以前导入过" if done.known else ""
        print(f"读出{done.read}件，{'可以' if options.dry_run else '已'}登记{done.taken}件{known}。")
        for key, number in done.numbers:
            print(f"  {key}　{number}")
        if done.doubts:
            sys.stderr.write(f"{len(done.doubts)}件存疑，没有登记：\n")
            sys.stderr.writelines(f"  {doubt}\n" for doubt in done.doubts)
    return 1 if done.doubts else 0
