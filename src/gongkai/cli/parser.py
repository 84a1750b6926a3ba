"""The commands and their help, wholly in Chinese."""

from __future__ import annotations

import argparse
import difflib
import sys
from pathlib import Path
from typing import NoReturn

from gongkai import __version__
from gongkai.cli import compiling, exchanging, importing, keeping, migrating, office, patrolling, prechecking, statute
from gongkai.cli.chinese import Parser
from gongkai.cli.terminal import plain
from gongkai.documents import FORMATS

COMMANDS = (
    *("read", "check", "convert", "serve", "forms", "relations", "rules"),
    *prechecking.COMMANDS,
    *patrolling.COMMANDS,
    *statute.COMMANDS,
    *office.COMMANDS,
    *keeping.COMMANDS,
    *importing.COMMANDS,
    *compiling.COMMANDS,
    *migrating.COMMANDS,
    *exchanging.COMMANDS,
)

_ABOUT = """\
读取、核对、编写政府信息公开工作年度报告。

文件可以是网页、DOCX、DOC、WPS、PDF、OFD、XLSX、Markdown、文本或本系统的 JSON，\
也可以是文件夹（含下级文件夹，隐藏文件不读）、装有报告的 zip 压缩包，或者“-”（从标准输入读文本）。"""

_EXAMPLES = """\
例：
  gongkai check 年度报告.html                   核对一份报告
  gongkai check 各单位年报/ --xlsx 问题.xlsx    核对整个文件夹，问题列成表
  gongkai read 年度报告.pdf --json              读成数据
  gongkai convert 年度报告.html 年度报告.docx   换一种格式

各命令的说明：gongkai 命令 --help。"""

_READ = """\
例：
  gongkai read 年度报告.docx
  gongkai read 年度报告.docx --json > 年度报告.json
  gongkai read 年度报告.html --explain "三(一) 自然人"
  gongkai read 年度报告.html --explain applications.received.total
  cat 年度报告.txt | gongkai read -

表中“空”是文件里没有填数，“？”是读不准（原因见下方），“-”是文件里没有这一格，数字后的“*”是由勾稽关系算出的。
退出状态：0 读完，2 有文件读不了或用法有误。"""

_CHECK = """\
例：
  gongkai check 2024年报.html
  gongkai check 2024年报.html --previous 2023年报.docx
  gongkai check 各单位年报.zip --csv 问题.csv --xlsx 问题.xlsx
  gongkai check 各单位年报/ --summary
  gongkai check 年报1.pdf 年报2.pdf --json

✗ 不一致：两处不能同时成立；？存疑：细心的人会问一问；· 提示：供参考。
退出状态：0 没有不一致，1 有不一致，2 有文件读不了或用法有误（优先于 1）。"""

_CONVERT = """\
例：
  gongkai convert 年度报告.html 年度报告.docx
  gongkai convert 年度报告.pdf 年度报告.json
  gongkai convert 各单位年报/ 输出/ --to pdf

格式由文件名的结尾决定：.docx、.pdf、.ofd、.html、.xlsx、.json、.md。不会覆盖要读的文件。
退出状态：0 全部写好，2 有文件读不了、写不了或用法有误。"""

_SERVE = """\
例：
  gongkai serve
  gongkai serve --port 8080
  GONGKAI_DATA=/srv/gongkai gongkai serve

启用账号之前只在本机监听（127.0.0.1）；启用之后可以用 --host 指定地址，
浏览器所用的主机名写在环境变量 GONGKAI_HOSTS 里。数据放在环境变量 GONGKAI_DATA 指定的文件夹，没有指定时放在当前文件夹下的 data。"""

_FORMS = """\
例：
  gongkai forms
  gongkai forms 2021"""

_RELATIONS = """\
例：
  gongkai relations
  gongkai relations 2019"""


_RULES = """\
例：
  gongkai rules
  gongkai rules --json"""


class _TopParser(Parser):
    """The first level: also answers for commands that do not exist."""

    def refuse_command(self, word: str) -> NoReturn:
        """One sentence about a word that is no command."""
        shown = plain(word)
        if word and Path(word).exists():
            sentence = f"缺少命令；要核对这份文件，请写 gongkai check {shown}"
        else:
            near = difflib.get_close_matches(word, COMMANDS, 1)
            hint = f"，是不是 {near[0]}？" if near else "，"
            sentence = f"本版本没有“{shown}”这个命令{hint}现有命令：{'、'.join(COMMANDS)}"
        sys.stderr.write(f"gongkai：{sentence}。\n")
        raise SystemExit(2)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"的值“{text}”不对，应为 1 至 65535 的整数")
    return int(text)


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"的值“{text}”不对，应为 1 至 64 的整数")
    return int(text)


def build() -> _TopParser:
    """The parser of the whole command line. Build and use it inside `speaking_chinese`."""
    top = _TopParser(prog="gongkai", usage="gongkai 命令 [选项] …", description=_ABOUT, epilog=_EXAMPLES)
    top.add_argument("--version", action="version", version=f"gongkai {__version__}", help="显示版本")
    commands = top.add_subparsers(title="命令", metavar="命令", dest="command", prog="gongkai", parser_class=Parser)
    _read(commands)
    _check(commands)
    _convert(commands)
    _serve(commands)
    _listing(commands)
    prechecking.add_parsers(commands)
    patrolling.add_parsers(commands)
    statute.add_parsers(commands)
    office.add_parsers(commands)
    keeping.add_parsers(commands)
    importing.add_parsers(commands)
    compiling.add_parsers(commands)
    migrating.add_parsers(commands)
    exchanging.add_parsers(commands)
    return top


_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def _add(commands: _Commands, name: str, says: str, usage: str, examples: str) -> Parser:  # type: ignore[type-arg]
    return commands.add_parser(name, help=says, usage=usage, description=says + "。", epilog=examples)  # type: ignore[no-any-return]


def _files(parser: Parser) -> None:
    says = "年度报告的文件、文件夹、zip 压缩包，或“-”（标准输入）"
    parser.add_argument("files", nargs="+", metavar="文件", help=says)


def _many(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="输出 JSON：一份文件一个对象，多份文件一个列表")
    parser.add_argument("--summary", action="store_true", help="只列汇总表")
    parser.add_argument("--jobs", type=_jobs, metavar="数", help="同时用几个进程读多份文件（默认按处理器核数）")


def _read(commands: _Commands) -> None:  # type: ignore[type-arg]
    parser = _add(commands, "read", "读出年度报告的数据和文字", "gongkai read 文件… [--json] [--explain 单元格]", _READ)
    _files(parser)
    _many(parser)
    says = "说明一个单元格是怎样读出来的、还可能是什么；写地址或表中的名称"
    parser.add_argument("--explain", metavar="单元格", help=says)


def _check(commands: _Commands) -> None:  # type: ignore[type-arg]
    parser = _add(
        commands,
        "check",
        "核对年度报告：表内勾稽、文字与表格、与上年衔接、用语和结构",
        "gongkai check 文件… [--previous 文件] [--json] [--csv 文件] [--xlsx 文件]",
        _CHECK,
    )
    _files(parser)
    _many(parser)
    parser.add_argument("--previous", metavar="文件", help="同一机关上一年度的报告，用来对照")
    parser.add_argument("--csv", metavar="文件", help="把发现的问题写成 CSV")
    parser.add_argument("--xlsx", metavar="文件", help="把发现的问题写成 XLSX")


def _convert(commands: _Commands) -> None:  # type: ignore[type-arg]
    parser = _add(commands, "convert", "把年度报告转成另一种格式", "gongkai convert 文件… 输出 [--to 格式]", _CONVERT)
    says = "年度报告的文件、文件夹或 zip 压缩包；最后一个是输出的文件或文件夹"
    parser.add_argument("files", nargs="+", metavar="文件", help=says)
    parser.add_argument(
        "--to", choices=tuple(FORMATS), metavar="格式", help=f"输出到文件夹时的格式：{'、'.join(FORMATS)}，默认 docx"
    )


def _serve(commands: _Commands) -> None:  # type: ignore[type-arg]
    parser = _add(commands, "serve", "在本机打开网页工作台", "gongkai serve [--port 端口]", _SERVE)
    parser.add_argument("--port", type=_port, default=8000, metavar="端口", help="端口，默认 8000")
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="地址", help="监听的地址，默认 127.0.0.1；启用账号之后可以用其他地址"
    )


def _listing(commands: _Commands) -> None:  # type: ignore[type-arg]
    forms = _add(commands, "forms", "列出各版表格，或一版的全部单元格", "gongkai forms [版本] [--json]", _FORMS)
    relations = _add(commands, "relations", "列出核对的勾稽关系", "gongkai relations [版本] [--json]", _RELATIONS)
    for parser, default in ((forms, None), (relations, "2021")):
        parser.add_argument(
            "edition", nargs="?", choices=("2019", "2021"), default=default, metavar="版本", help="2019 或 2021"
        )
        parser.add_argument("--json", action="store_true", help="输出 JSON")
    rules = _add(commands, "rules", "列出全部核对规则", "gongkai rules [--json]", _RULES)
    rules.add_argument("--json", action="store_true", help="输出 JSON")
