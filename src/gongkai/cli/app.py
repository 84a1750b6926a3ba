"""From the words on the command line to output and exit status."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from gongkai.cli import compiling, exchanging, importing, keeping, migrating, office, patrolling, prechecking, statute
from gongkai.cli.chinese import speaking_chinese
from gongkai.cli.export import Refused, reason
from gongkai.cli.parser import COMMANDS, build
from gongkai.cli.terminal import plain

OK, CONFLICT, UNREADABLE = 0, 1, 2
_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status. With `argv` None, as the installed command, files are read guarded."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        options = _parsed(sys.argv[1:] if argv is None else list(argv))
        if getattr(options, "json", False) and hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")  # JSON is UTF-8 whatever the terminal speaks
        status = _run(options, guarded=argv is None)
        sys.stdout.flush()
        return status
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else UNREADABLE
    except BrokenPipeError:
        _leave_output()  # whoever read it wants no more of it
        return OK
    except OSError as error:
        _leave_output()
        sys.stderr.write(f"gongkai：结果输出不了：{reason(error)}。\n")
        return UNREADABLE
    except KeyboardInterrupt:
        sys.stderr.write("\n已中断。\n")
        return _INTERRUPTED


def _leave_output() -> None:
    """Point standard output nowhere, so that Python does not fail on it once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parsed(argv: list[str]) -> Namespace:
    with speaking_chinese():
        parser = build()
        if not argv:
            sys.stderr.write("gongkai：缺少命令，例如 gongkai check 年度报告.html；全部说明见 gongkai --help。\n")
            raise SystemExit(UNREADABLE)
        if not argv[0].startswith("-") and argv[0] not in COMMANDS:
            parser.refuse_command(argv[0])
        return parser.parse_args(argv)


def _run(options: Namespace, *, guarded: bool) -> int:
    try:
        if options.command in ("read", "check"):
            from gongkai.cli.reports import read_or_check

            return read_or_check(options, guarded=guarded)
        if options.command == "convert":
            from gongkai.cli.reports import convert

            return convert(options, guarded=guarded)
        if options.command in prechecking.COMMANDS:
            return prechecking.run(options, guarded=guarded)
        if options.command in patrolling.COMMANDS:
            return patrolling.run(options)
        if options.command == "serve":
            return _serve(options)
        if options.command in statute.COMMANDS:
            return statute.run(options)
        if options.command in office.COMMANDS:
            return office.run(options)
        if options.command in keeping.COMMANDS:
            return keeping.run(options)
        if options.command in importing.COMMANDS:
            return importing.run(options)
        if options.command in compiling.COMMANDS:
            return compiling.run(options)
        if options.command in migrating.COMMANDS:
            return migrating.run(options)
        if options.command in exchanging.COMMANDS:
            return exchanging.run(options)
        return _list(options)
    except Refused as refused:
        sys.stderr.write(f"gongkai {options.command}：{refused}\n")
        return UNREADABLE


def _serve(options: Namespace) -> int:
    try:
        from gongkai.web.serve import serve

        return serve(host=options.host, port=options.port)
    except OSError as error:
        folder = os.environ.get("GONGKAI_DATA") or "data"
        words = f"工作台没有启动：{reason(error)}。请核对数据文件夹“{plain(folder)}”（环境变量 GONGKAI_DATA）。"
        raise Refused(words) from error


def _list(options: Namespace) -> int:
    from gongkai.cli import listing

    as_json, as_lines = listing.LISTS[options.command]
    edition = getattr(options, "edition", None)
    if options.json:
        import json

        print(json.dumps(as_json(edition), ensure_ascii=False, indent=1))
        return OK
    for line in as_lines(edition):
        print(line)
    return OK
