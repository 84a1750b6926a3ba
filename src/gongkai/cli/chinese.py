"""Argparse in Chinese: its own words through its gettext hook, and help that is aligned by East Asian width."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from gongkai.cli.terminal import columns, pad, plain, width_of, wrap

WORDS = {
    "usage: ": "用法：",
    "options": "选项",
    "positional arguments": "参数",
    "show this help message and exit": "显示本说明",
    "show program's version number and exit": "显示版本",
    "%(prog)s: error: %(message)s\n": "%(prog)s：%(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s %(message)s",
    "the following arguments are required: %s": "缺少参数：%s",
    "one of the arguments %s is required": "以下参数须给出其一：%s",
    "not allowed with argument %s": "不能与 %s 同时使用",
    "expected one argument": "后面应当有一个值",
    "expected at most one argument": "后面最多有一个值",
    "expected at least one argument": "后面至少应当有一个值",
    "expected %s argument": "后面应当有 %s 个值",
    "expected %s arguments": "后面应当有 %s 个值",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不明确，可能是：%(matches)s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "unexpected option string: %s": "不认识的选项：%s",
    "ignored explicit argument %r": "不接受取值 %s",
    "invalid %(type)s value: %(value)r": "的值“%(value)s”不对，应为%(type)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "的值“%(value)s”不在可选范围内（可选：%(choices)s）",
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)": "的值“%(value)s”不在可选范围内（可选：%(choices)s）",
    "can't open '%(filename)s': %(error)s": "打不开“%(filename)s”：%(error)s",
    "option '%(option)s' is deprecated": "选项 %(option)s 已不再使用",
    "argument '%(argument_name)s' is deprecated": "参数 %(argument_name)s 已不再使用",
    "command '%(parser_name)s' is deprecated": "命令 %(parser_name)s 已不再使用",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "没有“%(parser_name)s”这个命令",
}


def translate(message: str) -> str:
    """What argparse means, in Chinese; words it has no translation for stay as they are."""
    return WORDS.get(message, message)


def translate_number(one: str, many: str, count: int) -> str:
    """The counting form of `translate`; Chinese has one form."""
    return translate(one if count == 1 else many)


@contextmanager
def speaking_chinese() -> Iterator[None]:
    """Let argparse speak Chinese while a parser is built and used; other users of argparse keep their language."""
    before = {name: vars(argparse)[name] for name in ("_", "ngettext")}
    vars(argparse).update({"_": translate, "ngettext": translate_number})
    try:
        yield
    finally:
        vars(argparse).update(before)


class Help(argparse.HelpFormatter):
    """Help in two columns whose widths count Chinese characters as two."""

    def __init__(self, prog: str, **_: object) -> None:
        super().__init__(prog, max_help_position=26, width=min(columns(), 100))

    def _format_action(self, action: argparse.Action) -> str:
        head = "  " * (self._current_indent // 2) + self._format_action_invocation(action)
        subactions = "".join(self._format_action(a) for a in self._iter_indented_subactions(action))
        if subactions and not action.help:
            return subactions
        if not action.help:
            return f"{head}\n"
        left = 24
        lines = wrap(self._expand_help(action), max(self._width - left, 20))
        if width_of(head) > left - 2:
            return "".join([f"{head}\n", *(f"{' ' * left}{line}\n" for line in lines)]) + subactions
        first, *rest = lines
        return "".join([f"{pad(head, left)}{first}\n", *(f"{' ' * left}{line}\n" for line in rest)]) + subactions

    def _format_action_invocation(self, action: argparse.Action) -> str:
        if not action.option_strings:
            return str(action.metavar or action.dest)
        words = ", ".join(action.option_strings)
        return words if action.nargs == 0 else f"{words} {action.metavar or action.dest}"

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        lines: list[str] = []
        for line in text.splitlines():
            lines += [line] if line.startswith("  ") else wrap(line, width)
        return "\n".join(indent + line for line in lines)


class Parser(argparse.ArgumentParser):
    """A parser whose refusal is one Chinese sentence and exit status 2."""

    def __init__(self, **settings: object) -> None:
        settings.setdefault("formatter_class", Help)
        settings.setdefault("allow_abbrev", False)
        super().__init__(**settings)  # type: ignore[arg-type]

    def format_help(self) -> str:
        """The help, headings with the colon of Chinese."""
        return re.sub(r"^(\S+):$", r"\1：", super().format_help(), flags=re.MULTILINE)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the help is."""
        sentence = re.sub(r"（可选：.*）", lambda found: found.group().replace("'", ""), plain(message)).rstrip("。 ")
        sys.stderr.write(f"{self.prog}：{sentence}。用法见 {self.prog} --help。\n")
        raise SystemExit(2)
