"""`gongkai compile`: a year's report from the records of the data folder, or from a ledger alone."""

from __future__ import annotations

import argparse
import json
import sys
from argparse import Namespace, _SubParsersAction
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.annual.narrative.facts import SECTIONS
from gongkai.annual.report import SectionText
from gongkai.cli.chinese import Parser
from gongkai.cli.export import Refused, check_target, convert, format_of, reason
from gongkai.cli.importing import KINDS
from gongkai.cli.terminal import plain
from gongkai.documents import FORMATS

if TYPE_CHECKING:
    from gongkai.annual.report import Report

COMMANDS = ("compile",)
SHOWN = 20
NOT_WRITTEN = "（这一部分还没有撰写。）"

_EXAMPLES = """\
例：
  gongkai compile --organ 云岭县教育局 --year 2025 2025年报.docx
  gongkai compile --organ 云岭县教育局 --year 2025 --json
  gongkai compile --organ 云岭县教育局 --year 2025 --as-known-at 2026-01-20 --json
  gongkai compile --ledger 台账.xlsx --organ 云岭县教育局 --year 2025 --json

表二由台账、表三表四由登记的申请和复议诉讼计出，每一格附记录号；没有登记也没有说明的格空着并说明原因，不填0，也不凑平。
引言和第一、五、六部分取“年报文字”中现在的一稿，绑定的数已填入；还没有写的部分，文件中注明。
--as-known-at 按那一天结束时已经登记的内容和保存的文字编制，以后的更正、补登、修改都不计入。
--consolidated 汇总全县各机关的表，文字取所写机关为全县汇总的报告写的。
--ledger 只用一份台账编制表三，不用数据文件夹；存疑的行不计入，逐行说明。
退出状态：0 编好，1 编好但有未能计入的记录，2 没有编成。"""


def add_parsers(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the command to the parser of the command line."""
    says = "编制年度报告"
    usage = "gongkai compile --organ 机关 --year 年 [--ledger 台账] [--consolidated] [--as-known-at 日期] (--json | 输出.docx)"
    parser: Parser = commands.add_parser("compile", help=says, usage=usage, description=says + "。", epilog=_EXAMPLES)
    endings = "、".join(f".{known}" for known in FORMATS)
    parser.add_argument("out", nargs="?", metavar="输出", help=f"写入的文件，以 {endings} 之一结尾")
    parser.add_argument("--organ", required=True, metavar="机关", help="机关的全称")
    parser.add_argument("--year", required=True, type=_year, metavar="年", help="年度，例如 2025")
    parser.add_argument("--ledger", metavar="台账", help="只用这份台账编制：XLSX、XLS、CSV，或者带表格的DOCX")
    parser.add_argument(
        "--applicant-kind", default="", choices=tuple(KINDS), metavar="类型", help="台账没有写类型的行按这一类计"
    )
    parser.add_argument("--consolidated", action="store_true", help="汇总所属各机关")
    parser.add_argument("--as-known-at", type=_day, metavar="日期", help="按那一天结束时的登记编制")
    parser.add_argument("--json", action="store_true", help="输出 JSON，每格附记录号")


def _year(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) != 4:
        raise argparse.ArgumentTypeError(f"的值“{text}”不对，应为四位数的年份")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"的值“{text}”不对，应为 2026-01-20 这样的日期") from None


def run(options: Namespace) -> int:
    """Run the command; the exit status."""
    if options.out is None and not options.json:
        raise Refused("没有说明写到哪里：写一个文件名（例如 年报.docx），或者加 --json。")
    wanted = None
    if options.out is not None:
        wanted = format_of(options.out)
        if wanted is None:
            endings = "、".join(f".{known}" for known in FORMATS)
            raise Refused(f"从“{plain(options.out)}”看不出要写成什么格式，文件名请以 {endings} 之一结尾。")
        check_target(options.out, [options.ledger] if options.ledger else [])
    report, data = _of_ledger(options) if options.ledger else _of_office(options)
    if wanted == "json":
        from gongkai.cli.export import write_whole

        write_whole(options.out, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())
    elif wanted is not None:
        convert(_with_gaps(report), wanted, options.out)
    if options.json:
        print(json.dumps(data, ensure_ascii=False, indent=1))
    return _say(data, report, options)


def _with_gaps(report: Report) -> Report:
    """The report with a word at every part that nobody has written yet: a bare heading would pass for a finished one."""
    lacking = SectionText(NOT_WRITTEN)
    unwritten = {int(key): lacking for key in SECTIONS if key.isdecimal() and int(key) not in report.sections}
    written = any(str(number) in SECTIONS for number in report.sections)  # who wrote the rest may want no preface
    preface = report.preface if written else report.preface or lacking
    return replace(report, preface=preface, sections={**report.sections, **unwritten})


def _of_office(options: Namespace) -> tuple[Report, dict[str, Any]]:
    from gongkai.web.operate.compiling import compile_office

    if options.applicant_kind:
        raise Refused("--applicant-kind 只与 --ledger 同用。")
    try:
        return compile_office(
            options.organ, options.year, consolidated=options.consolidated, as_known_at=options.as_known_at
        )
    except OSError as error:
        raise Refused(f"打不开数据文件夹：{reason(error)}。") from error
    except ValueError as error:
        raise Refused(str(error).rstrip("。") + "。") from error


def _of_ledger(options: Namespace) -> tuple[Report, dict[str, Any]]:
    from gongkai.readers.errors import Unreadable
    from gongkai.readers.ledger import read_ledger_file
    from gongkai.readers.ledger.compiling import compile_ledger

    if options.consolidated or options.as_known_at:
        raise Refused("--ledger 不能与 --consolidated、--as-known-at 同用：台账只有现在的样子。")
    path = Path(options.ledger)
    try:
        ledger = read_ledger_file(path)
        done = compile_ledger(ledger, "".join(options.organ.split()), options.year, kind=options.applicant_kind)
    except OSError as error:
        raise Refused(f"“{plain(path.name)}”打不开：{reason(error)}。") from error
    except Unreadable as error:
        raise Refused(f"{error.message}{error.advice}") from error
    except KeyError as error:
        raise Refused(str(error.args[0])) from error
    return done.report(name=path.name), done.to_json(name=path.name)


def _say(data: dict[str, Any], report: Report, options: Namespace) -> int:
    """What is to be known beside the figures, on standard error where JSON is printed."""
    out = sys.stderr if options.json else sys.stdout
    left_out = data.get("left_out", [])
    blank = len(report.blank)
    print(
        f"{report.organ}{report.year}年度：{len(report.cells)}格有数，{blank}格空白，{len(left_out)}件未能计入。",
        file=out,
    )
    for remark in data.get("remarks", []):
        print(remark, file=out)
    for each in left_out[:SHOWN]:
        print(f"  {plain(each['number'])}：{plain(each['why'])}{each['do']}", file=out)
    if len(left_out) > SHOWN:
        print(f"  其余{len(left_out) - SHOWN}件从略，见 --json 的 left_out。", file=out)
    return 1 if left_out else 0
