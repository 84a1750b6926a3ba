"""`gongkai import-ledger`: bring an office's own ledger in, or see first what would come in and what is due."""

from __future__ import annotations

import json
import sys
from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli.chinese import Parser
from gongkai.cli.export import Refused, reason

if TYPE_CHECKING:
    from gongkai.web.operate.ledger import LedgerDone

COMMANDS = ("import-ledger",)

SHOWN = 20
KINDS = {
    "natural_person": "自然人",
    "enterprise": "商业企业",
    "research_institution": "科研机构",
    "public_benefit_organisation": "社会公益组织",
    "legal_service_provider": "法律服务机构",
    "other_organisation": "其他法人或其他组织",
}

_EXAMPLES = (
    """\
例：
  gongkai import-ledger 台账.xlsx --organ 云岭县教育局 --dry-run
  gongkai import-ledger 台账.xlsx --organ 云岭县教育局

列的先后和叫法不限。存疑的行逐行说明，不导入；同一行不会重复导入，改正后可以再导。
没有写申请人类型的行不导入，除非用 --applicant-kind 指明："""
    + "、".join(f"{k}（{v}）" for k, v in KINDS.items())
    + """
退出状态：0 全部导入，1 有存疑的行没有导入，2 没有导入。"""
)


def add_parsers(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the command to the parser of the command line."""
    says = "导入依申请公开台账"
    usage = "gongkai import-ledger 文件 --organ 机关 [--dry-run] [--applicant-kind 类型] [--year 年] [--json]"
    parser: Parser = commands.add_parser(
        "import-ledger", help=says, usage=usage, description=says + "。", epilog=_EXAMPLES
    )
    parser.add_argument("file", metavar="文件", help="XLSX、XLS、CSV，或者带表格的DOCX")
    parser.add_argument("--organ", required=True, metavar="机关", help="台账是哪个机关的，写已登记的全称")
    parser.add_argument("--dry-run", action="store_true", help="只看会导入什么、哪些快到期，不写入")
    parser.add_argument(
        "--applicant-kind", default="", choices=tuple(KINDS), metavar="类型", help="没有写类型的行按这一类登记"
    )
    parser.add_argument("--year", type=int, default=None, metavar="年", help="日期没有写年份时按这一年")
    parser.add_argument("--json", action="store_true", help="输出JSON")


def run(options: Namespace) -> int:
    """Run the command; the exit status."""
    from gongkai.web.operate.ledger import import_ledger

    path = Path(options.file)
    try:
        done = import_ledger(
            path, organ=options.organ, dry_run=options.dry_run, kind=options.applicant_kind, year=options.year
        )
    except OSError as error:
        raise Refused(f"“{path.name}”打不开：{reason(error)}") from error
    except ValueError as error:
        raise Refused(str(error).rstrip("。") + "。") from error
    if options.json:
        print(json.dumps(done.to_json(), ensure_ascii=False, indent=2))
    else:
        _say(done, trial=options.dry_run)
    return 1 if done.doubtful or done.kindless else 0


def _say(done: LedgerDone, *, trial: bool) -> None:
    print(
        f"{done.organ}：读出{done.read}件，{'将' if trial else '已'}导入{done.taken}件"
        + (f"，{done.known}件以前导入过" if done.known else "")
        + "。"
    )
    for remark in done.remarks:
        print(remark)
    if done.kindless:
        print(f"{done.kindless}行没有写申请人类型，没有导入；可用 --applicant-kind 指明。")
    overdue = sum(1 for *_, left in done.due if left < 0)
    print(f"未答复{len(done.due)}件，其中已逾期{overdue}件。" if done.due else "没有未答复的申请。")
    for number, day, left in done.due[:SHOWN]:
        said = f"已逾期{-left}个工作日" if left < 0 else "今天到期" if left == 0 else f"还有{left}个工作日"
        print(f"  {day}　{said}　{number}")
    if len(done.due) > SHOWN:
        print(f"  其余{len(done.due) - SHOWN}件从略。")
    if done.doubts:
        sys.stderr.write(f"{done.doubtful}行存疑，没有导入：\n")
        for doubt in done.doubts:
            sys.stderr.write(f"  {doubt}\n")
