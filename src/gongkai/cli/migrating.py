"""`gongkai migrate-site`: look through an old site and bring it in as drafts."""

from __future__ import annotations

import json
import sys
from argparse import Namespace, _SubParsersAction
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli.chinese import Parser
from gongkai.cli.export import Refused, reason

if TYPE_CHECKING:
    from gongkai.web.operate.sites import SiteDone

COMMANDS = ("migrate-site",)
SHOWN = 20

_EXAMPLES = """\
例：
  gongkai migrate-site 旧网站文件夹 --dry-run --report 报告.xlsx
  gongkai migrate-site 旧网站.zip --organ 云岭县水务局 --mode proactive
  gongkai migrate-site 目录.xlsx --organ 云岭县水务局

网页连同附件、图片保存在同一个文件夹（或者ZIP包）里；也可以是一行一条的元数据表格。不访问网络。
迁入的都是草稿，照常审查之后才公开；同一篇只迁入一次，可以改正后再运行。
没有日期的不迁入，除非用 --undated-on 指明一天。
退出状态：0 全部迁入，1 有没有迁入的，2 没有迁入。"""


def add_parsers(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the command to the parser of the command line."""
    says = "迁入旧网站"
    usage = "gongkai migrate-site 文件夹或者文件 [--organ 机关] [--dry-run] [--mode proactive] [--report 报告.xlsx] [--json]"
    parser: Parser = commands.add_parser(
        "migrate-site", help=says, usage=usage, description=says + "，存为草稿。", epilog=_EXAMPLES
    )
    parser.add_argument(
        "source", metavar="文件夹或者文件", help="保存的网页的文件夹、ZIP包，或者元数据表格（XLSX、XLS、CSV）"
    )
    parser.add_argument("--organ", default="", metavar="机关", help="没有写明、没有认出发布机构的，记到这个机关")
    parser.add_argument("--dry-run", action="store_true", help="只看读懂了什么，不存草稿")
    parser.add_argument(
        "--mode",
        default="",
        choices=("proactive",),
        metavar="公开属性",
        help="proactive：都记为主动公开（原网站已公开）；不写的留待逐条确定",
    )
    parser.add_argument("--undated-on", default="", metavar="日期", help="没有日期的，形成日期记为这一天，如2019-12-31")
    parser.add_argument("--report", default="", metavar="文件", help="把报告写成XLSX文件")
    parser.add_argument("--json", action="store_true", help="输出JSON")


def run(options: Namespace) -> int:
    """Run the command; the exit status."""
    from gongkai.web.operate.sites import migrate_site

    path = Path(options.source)
    try:
        done = migrate_site(
            path,
            organ=options.organ,
            dry_run=options.dry_run,
            mode=options.mode,
            undated_on=_day(options.undated_on),
            report=options.report,
        )
    except OSError as error:
        raise Refused(f"“{path.name}”打不开：{reason(error)}") from error
    except ValueError as error:
        raise Refused(str(error).rstrip("。") + "。") from error
    if options.json:
        print(json.dumps(done.to_json(), ensure_ascii=False, indent=2))
    else:
        _say(done, trial=options.dry_run)
    if not done.base or (not options.dry_run and not done.brought):
        return 2
    return 1 if any(page["state"] not in ("已迁入", "可以迁入", "以前已迁入") for page in done.pages) else 0


def _day(words: str) -> date | None:
    if not words:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise Refused("--undated-on 应写成2019-12-31这样的日期。") from None


def _say(done: SiteDone, *, trial: bool) -> None:
    counted = "，".join(f"{says}{count}" for says, count in done.states.items() if count)
    print(
        f"{done.name}：共{done.base}个，{counted or '没有读出'}。" + ("" if trial else f"已迁入{done.brought}条草稿。")
    )
    for words in done.said:
        print(words.rstrip("。") + "。")
    if done.hints:
        print(f"{done.hints}个网页有疑似个人信息，送审前请逐处核对。")
    if done.without_files:
        print(f"{done.without_files}个网页的附件或者图片没有一起保存。")
    left = [page for page in done.pages if page["state"] not in ("已迁入", "可以迁入", "以前已迁入")]
    if left:
        sys.stderr.write(f"{len(left)}个没有迁入：\n")
    for page in left[:SHOWN]:
        sys.stderr.write(f"  {page['page']}　{page['state']}　{'；'.join(page['remarks'])}\n")
    if len(left) > SHOWN:
        sys.stderr.write(f"  其余{len(left) - SHOWN}个从略，用 --report 写出全部。\n")
