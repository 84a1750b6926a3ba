"""The commands over people, keys and the audit: `user`, `keys`, `audit`. Parsed and run here."""

from __future__ import annotations

import sys
from argparse import Namespace, _SubParsersAction

from gongkai.cli.chinese import Parser
from gongkai.cli.export import Refused

COMMANDS = ("user", "keys", "audit")

ROLES = {
    "mail_room": "收发室人员",
    "clerk": "承办人",
    "reviewer": "审核人",
    "head": "工作机构负责人",
    "competent": "主管部门工作人员",
    "system_admin": "系统管理员",
    "security_admin": "安全管理员",
    "audit_admin": "审计管理员",
    "onlooker": "查阅人",
}

_USER = """\
例：
  gongkai user add 王刚 --role system_admin --login wanggang
  gongkai user add 李芳 --role clerk --organ 云岭县教育局 --login lifang

系统管理员、安全管理员、审计管理员三个账号都开通后，系统改为人人登录。
身份：""" + "、".join(f"{code}（{says}）" for code, says in ROLES.items())

_KEYS = """\
例：
  gongkai keys check
  gongkai keys rotate

密钥在数据文件夹之外：环境变量 GONGKAI_KEYS 指明的文件夹，没有指明时是“数据文件夹.keys”。请单独备份。"""

_AUDIT = """\
例：
  gongkai audit verify
  gongkai audit head
  gongkai audit head 2026-03-02

verify 的退出状态：0 完整，1 有异常。head 打印签名的封存值，请签字存档。"""


def add_parsers(commands: _SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the commands to the parser of the command line."""

    def add(name: str, says: str, usage: str, examples: str) -> _SubParsersAction:  # type: ignore[type-arg]
        parser = commands.add_parser(name, help=says, usage=usage, description=says + "。", epilog=examples)
        return parser.add_subparsers(  # type: ignore[no-any-return]
            title="操作", metavar="操作", dest="act", required=True, prog=f"gongkai {name}", parser_class=Parser
        )

    usage = "gongkai user add 姓名 --role 身份 [--organ 机关] [--login 用户名]"
    acts = add("user", "添加人员，开通账号", usage, _USER)
    says = "添加一个人员"
    parser = acts.add_parser("add", help=says, usage=usage, description=says + "。")
    parser.add_argument("name", metavar="姓名", help="姓名")
    parser.add_argument("--role", required=True, choices=tuple(ROLES), metavar="身份", help="身份")
    parser.add_argument("--organ", default="", metavar="机关", help="所在机关的全称，须已登记；三类管理员不写")
    parser.add_argument("--login", default="", metavar="用户名", help="登录用的名字，默认就是姓名")
    acts = add("keys", "核对或者更换密钥", "gongkai keys check|rotate", _KEYS)
    for name, says in (("check", "核对密钥与数据是否相符"), ("rotate", "启用新一版密钥")):
        acts.add_parser(name, help=says, usage=f"gongkai keys {name}", description=says + "。")
    acts = add("audit", "校验审计记录，打印封存值", "gongkai audit verify|head", _AUDIT)
    says = "校验全部审计记录"
    acts.add_parser("verify", help=says, usage="gongkai audit verify", description=says + "。")
    says = "打印签名的封存值"
    parser = acts.add_parser("head", help=says, usage="gongkai audit head [日期]", description=says + "。")
    parser.add_argument("day", nargs="?", default="", metavar="日期", help="例如 2026-03-02，默认现在")


def run(options: Namespace) -> int:
    """Run one of the commands; the exit status."""
    from gongkai.web.operate import people

    try:
        if options.command == "user":
            lines = people.add_user(options.name, role=options.role, organ=options.organ, login=options.login)
            print("\n".join(lines))
            return 0
        if options.command == "keys":
            print(people.rotate_keys() if options.act == "rotate" else people.check_keys())
            return 0
        if options.act == "head":
            print("\n".join(people.audit_head(options.day)))
            return 0
        words, faults = people.verify_audit()
    except ValueError as error:
        raise Refused(str(error)) from error
    print(words)
    for fault in faults:
        sys.stdout.write(f"  {fault}\n")
    return 1 if faults else 0
