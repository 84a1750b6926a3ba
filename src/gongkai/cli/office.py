"""The commands of an administrator: `worker`, `backup`, `restore`, `organ`, `search`. Parsed and run here."""

from __future__ import annotations

import os
import sys
from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli.chinese import Parser
from gongkai.cli.export import Refused, reason

if TYPE_CHECKING:
    from gongkai.web.operate.backup import Done

COMMANDS = ("worker", "backup", "restore", "organ", "search")

KINDS = {
    "county_government": "县级人民政府",
    "department": "县级部门",
    "township": "乡镇人民政府",
    "subdistrict": "街道办事处",
    "vertical": "垂直管理部门",
    "other": "其他",
}

_WORKER = """\
例：
  gongkai worker

发送消息、读取报告、每日例行事项都由它办理，可以同时运行几个。gongkai serve 自带一个，不必另开。"""

_BACKUP = """\
例：
  gongkai backup /备份/2026-03-02
  gongkai backup /备份/2026-03-02.tar

运行中即可备份：先数据库，后文件，附清单和校验值。备份里没有密钥，密钥文件夹请另行保存。
退出状态：0 备份完整，1 备份完成但数据文件夹缺少文件，2 没有备份成。"""

_RESTORE = """\
例：
  gongkai restore /备份/2026-03-02.tar --into /srv/gongkai-new

恢复到新的文件夹，不覆盖已有内容；恢复前后都逐项核对，有一处不符就不恢复。
来自PostgreSQL的备份恢复到环境变量 GONGKAI_DATABASE_URL 指明的空数据库。密钥文件夹请自行放回。"""

_ORGAN = """\
例：
  gongkai organ add 云岭县人民政府 --kind county_government
  gongkai organ add 云岭县人民政府办公室 --kind department --parent 云岭县人民政府 --competent

机关性质：""" + "、".join(f"{code}（{says}）" for code, says in KINDS.items())

_SEARCH = """\
例：
  gongkai search check
  gongkai search repair
  gongkai search rebuild

检索是从已发布的内容做成的，随时可以重做。check 逐件逐字核对，repair 核对并改正不一致的，rebuild 清空重做。
启动时自动核对数量和最新的一批，不一致的当即改正。退出状态：0 一致或者已经改正，1 check 发现不一致。"""


def add_parsers(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the commands to the parser of the command line."""

    def add(name: str, says: str, usage: str, examples: str) -> Parser:
        return commands.add_parser(name, help=says, usage=usage, description=says + "。", epilog=examples)  # type: ignore[no-any-return]

    add("worker", "办理后台事项：发送消息、读取报告、每日例行事项", "gongkai worker", _WORKER)
    parser = add("backup", "备份数据库和文件", "gongkai backup 目标", _BACKUP)
    parser.add_argument("target", metavar="目标", help="新的文件夹，或者以 .tar 结尾的文件")
    parser = add("restore", "把备份恢复到新的文件夹", "gongkai restore 备份 --into 文件夹", _RESTORE)
    parser.add_argument("source", metavar="备份", help="gongkai backup 写出的文件夹或 .tar 文件")
    parser.add_argument("--into", required=True, metavar="文件夹", help="恢复到哪里，须是新的或空的文件夹")
    parser = add("organ", "登记行政机关", "gongkai organ add 名称 --kind 性质 [--parent 上级] [--competent]", _ORGAN)
    acts = parser.add_subparsers(
        title="操作", metavar="操作", dest="act", required=True, prog="gongkai organ", parser_class=Parser
    )
    says = "登记一个机关"
    adding = acts.add_parser(
        "add",
        help=says,
        usage="gongkai organ add 名称 --kind 性质 [--parent 上级] [--competent]",
        description=says + "。",
    )
    adding.add_argument("name", metavar="名称", help="机关全称")
    adding.add_argument("--kind", required=True, choices=tuple(KINDS), metavar="性质", help="机关性质")
    adding.add_argument("--parent", default="", metavar="上级", help="上级机关的全称，须已登记")
    adding.add_argument("--competent", action="store_true", help="是本县政府信息公开工作主管部门")
    parser = add("search", "核对或者重做全文检索", "gongkai search check|repair|rebuild", _SEARCH)
    acts = parser.add_subparsers(
        title="操作", metavar="操作", dest="act", required=True, prog="gongkai search", parser_class=Parser
    )
    for name, says in (
        ("check", "核对检索与已发布的内容"),
        ("repair", "核对，并改正不一致的"),
        ("rebuild", "清空检索，从已发布的内容重做"),
    ):
        acts.add_parser(name, help=says, usage=f"gongkai search {name}", description=says + "。")


def run(options: Namespace) -> int:
    """Run one of the commands; the exit status."""
    try:
        return _RUN[options.command](options)
    except OSError as error:
        folder = os.environ.get("GONGKAI_DATA") or "data"
        raise Refused(f"{reason(error)}。请核对数据文件夹“{Path(folder).name}”（环境变量 GONGKAI_DATA）。") from error
    except ValueError as error:
        raise Refused(str(error).rstrip("。") + "。") from error
    except Exception as error:
        if type(error).__module__ not in ("django.db.utils", "sqlite3"):
            raise
        raise Refused("无法使用数据库，请核对它是否在运行、环境变量 GONGKAI_DATABASE_URL 和 GONGKAI_DATA。") from error


def _worker(options: Namespace) -> int:
    from gongkai.web.operate.worker import work

    return work()


def _told(done: Done) -> str:
    apart = f"，另有{done.isolated}个隔离文件按规定不留副本" if done.isolated else ""
    return f"数据库{done.rows}行、文件{done.files}个{apart}"


def _backup(options: Namespace) -> int:
    from gongkai.web.operate.backup import backup

    done = backup(Path(options.target))
    print(f"已备份到“{done.place}”：{_told(done)}。")
    print("备份里没有密钥。请把密钥文件夹另行保存在别处，没有密钥不能打开备份中的个人信息和附件。")
    if done.missing:
        sys.stderr.write(f"注意：数据文件夹缺少{len(done.missing)}个文件，例如 {done.missing[0]}，已记入清单。\n")
        return 1
    return 0


def _restore(options: Namespace) -> int:
    from gongkai.web.operate.restore import restore

    done = restore(Path(options.source), Path(options.into))
    print(f"已恢复到“{done.place}”：{_told(done)}，审计记录{done.audit}条，核对无误。")
    print(done.chain or "密钥不在手边，审计记录的封存没有核对；放回密钥后请运行 gongkai audit verify。")
    print(f"请把密钥文件夹放回“{done.place}.keys”，或者用环境变量 GONGKAI_KEYS 指明它的位置，然后再启动。")
    return 0


def _organ(options: Namespace) -> int:
    from gongkai.web.operate.organs import add_organ

    print(add_organ(options.name, kind=options.kind, parent=options.parent, competent=options.competent))
    return 0


def _search(options: Namespace) -> int:
    from gongkai.web.operate import search

    done = {"check": search.check, "repair": search.repair, "rebuild": search.rebuild}[options.act]()
    print(done.words)
    return 0 if done.right else 1


_RUN = {"worker": _worker, "backup": _backup, "restore": _restore, "organ": _organ, "search": _search}
