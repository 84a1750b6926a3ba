"""`gongkai due`, `workdays`, `fee`, `law`: what the law says of a day, a sum or an article, with every step."""

from __future__ import annotations

import argparse
import json
import re
import sys
from datetime import date
from typing import Any

from gongkai.cli.chinese import Parser

COMMANDS = ("due", "workdays", "fee", "law")
OK, NOT_ALLOWED = 0, 1
_MOST_DAYS = 1000
_MOST_UNITS = 1_000_000

_DUE = """\
例：
  gongkai due --received 2022-09-30
  gongkai due --received 2025-09-26 --consulted 2025-10-09..2025-10-20 --extended 10@2025-11-03
  gongkai due --received 2026-03-02 --supplemented 2026-03-16 --json
  gongkai due --received 2026-03-02 --consulted 2026-03-05..

收到申请的当日不计算在内。只有征求第三方、其他机关意见的时间不计入；还没有结束的写“起始日..”，此时没有到期日。
退出状态：0 算出，1 法律或者本系统规则不允许（说明依据），2 用法有误。"""

_WORKDAYS = """\
例：
  gongkai workdays --after 2026-02-13 --days 20

起始日不计算在内；放假和调休上班以国务院办公厅的通知为准，通知尚未公布的年份暂按周末推算并注明。
退出状态：0 算出，1 超出已公布的放假安排（说明依据），2 用法有误。"""

_FEE = """\
例：
  gongkai fee --applications 35
  gongkai fee --pages 1500

按件：同一申请人一个自然月内累计的件数；按量：一件申请的页数。只是测算，是否收费由机关依条例第四十二条决定。
退出状态：0 算出，2 用法有误。"""

_LAW = """\
例：
  gongkai law 33
  gongkai law 第三十五条
  gongkai law 行政复议法20

不写法律名称时指《政府信息公开条例》。只列本系统引用的原文和由它确定的数值，不是条文全文。
退出状态：0 找到，1 本系统没有引用这一条，2 用法有误。"""


def add_parsers(commands: Any) -> None:
    """Add the commands to the parser."""
    due = _add(commands, "due", "推算依申请公开的答复到期日", "gongkai due --received 日期 [选项] [--json]", _DUE)
    due.add_argument("--received", type=_day, required=True, metavar="日期", help="收到申请之日（条例第三十一条）")
    due.add_argument("--supplemented", type=_day, metavar="日期", help="收到补正的申请之日")
    says = "征求第三方或者其他机关意见，起始日..结束日，可以写多次；没有结束的写“起始日..”"
    due.add_argument("--consulted", type=_span, action="append", default=[], metavar="起..止", help=says)
    says = "延长的工作日数和作出延长并告知申请人的日期，例如 10@2025-11-03，可以写多次"
    due.add_argument("--extended", type=_extension, action="append", default=[], metavar="日数@日期", help=says)
    due.add_argument("--paid", type=_day, metavar="日期", help="申请人缴费之日")
    workdays = _add(
        commands, "workdays", "推算若干个工作日后的日期", "gongkai workdays --after 日期 --days 数 [--json]", _WORKDAYS
    )
    workdays.add_argument("--after", type=_day, required=True, metavar="日期", help="起始日，不计算在内")
    workdays.add_argument("--days", type=_days, required=True, metavar="数", help="工作日数")
    fee = _add(commands, "fee", "测算信息处理费", "gongkai fee (--applications 件数 | --pages 页数) [--json]", _FEE)
    either = fee.add_mutually_exclusive_group(required=True)
    either.add_argument("--applications", type=_units, metavar="件数", help="按件：一个自然月内累计的件数")
    either.add_argument("--pages", type=_units, metavar="页数", help="按量：一件申请的页数")
    law = _add(commands, "law", "查一条法律中本系统引用的原文和数值", "gongkai law 条文 [--json]", _LAW)
    law.add_argument("article", metavar="条文", help="条的序号，可以在前面写法律名称")
    for parser in (due, workdays, fee, law):
        parser.add_argument("--json", action="store_true", help="输出 JSON")


def _add(commands: Any, name: str, says: str, usage: str, examples: str) -> Parser:
    return commands.add_parser(name, help=says, usage=usage, description=says + "。", epilog=examples)  # type: ignore[no-any-return]


# ── words of the command line ────────────────────────────────────────────────────────────────────────────────────────


def _day(text: str) -> date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise argparse.ArgumentTypeError(f"的值“{text}”不对，应为日期，例如 2026-03-02")


def _span(text: str) -> tuple[date, date | None]:
    first, dots, last = text.partition("..")
    if not dots:
        raise argparse.ArgumentTypeError(f"的值“{text}”不对，应为“起始日..结束日”，例如 2026-03-05..2026-03-12")
    return _day(first), _day(last) if last else None


def _extension(text: str) -> tuple[int, date]:
    days, at, on = text.partition("@")
    if not at or not re.fullmatch("[0-9]{1,4}", days):
        raise argparse.ArgumentTypeError(f"的值“{text}”不对，应为“工作日数@日期”，例如 10@2026-03-20")
    return int(days), _day(on)


def _days(text: str) -> int:
    return _whole(text, _MOST_DAYS)


def _units(text: str) -> int:
    return _whole(text, _MOST_UNITS)


def _whole(text: str, most: int) -> int:
    if not re.fullmatch("[0-9]{1,9}", text) or not 1 <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"的值“{text}”不对，应为 1 至 {most} 的整数")
    return int(text)


# ── running ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def run(options: argparse.Namespace) -> int:
    """Run one of the commands; the exit status."""
    from gongkai.law.errors import Refusal

    try:
        found, lines = {"due": _due, "workdays": _workdays, "fee": _fee, "law": _law}[options.command](options)
    except Refusal as refused:
        if options.json:
            _print_json({"refused": refused.says, "citation": refused.basis})
        sys.stderr.write(f"gongkai {options.command}：{refused.says}。依据：{refused.basis}\n")
        return NOT_ALLOWED
    if options.json:
        _print_json(found)
    else:
        print("\n".join(lines))
    return OK


def _print_json(found: Any) -> None:
    print(json.dumps(found, ensure_ascii=False, indent=1))


def _due(options: argparse.Namespace) -> tuple[Any, list[str]]:
    from gongkai.calendar import published
    from gongkai.law.errors import Unlawful
    from gongkai.onrequest.clock import clock
    from gongkai.onrequest.events import Event, Kind

    events = [Event(Kind.RECEIVED, options.received)]
    if options.supplemented:
        events.append(Event(Kind.SUPPLEMENTED, options.supplemented))
    if options.paid:
        events.append(Event(Kind.FEE_PAID, options.paid))
    for number, (begun_on, ended_on) in enumerate(options.consulted):
        events.append(Event(Kind.ORGAN_CONSULTED, begun_on, matter=str(number)))
        if ended_on:
            if ended_on < begun_on:
                raise Unlawful(f"征求意见的结束日 {ended_on} 早于起始日 {begun_on}")
            events.append(Event(Kind.ORGAN_ENDED, ended_on, matter=str(number)))
    events += [Event(Kind.EXTENDED, on, days=days) for days, on in options.extended]
    found = clock(events, published())
    if found.gap:
        raise found.gap
    for refused in found.refused:
        raise Unlawful(refused.says, refused.citation)
    steps = [{"on": step.on.isoformat(), "says": _whoever(step.says), "citation": step.basis} for step in found.steps]
    due_on = found.due_on.isoformat() if found.due_on else None
    result = {"due_on": due_on, "provisional": found.provisional, "steps": steps}
    first = due_on or found.reason
    return result, [first + ("（暂定）" if found.provisional else ""), "", *_step_lines(steps)]


def _whoever(says: str) -> str:
    """On the command line nobody says who is consulted."""
    return says.replace("征求其他机关意见", "征求第三方或者其他机关意见")


def _step_lines(steps: list[dict[str, str]]) -> list[str]:
    return [line for step in steps for line in (f"{step['on']}  {step['says']}", f"            {step['citation']}")]


def _workdays(options: argparse.Namespace) -> tuple[Any, list[str]]:
    from gongkai.calendar import DayKind, published

    calendar = published()
    last = calendar.add_workdays(options.after, options.days)
    provisional = calendar.provisional(last)
    named = [day for day in calendar.days(options.after, last)[1:] if day.kind in (DayKind.HOLIDAY, DayKind.MAKEUP)]
    steps = [{"on": day.day.isoformat(), "says": f"{day.name}{day.kind.label}"} for day in named]
    result = {"after": options.after.isoformat(), "days": options.days, "day": last.isoformat()}
    lines = [last.isoformat() + ("（暂定）" if provisional else ""), ""]
    lines += [f"{options.after.isoformat()}  起始日，不计算在内"]
    lines += [f"{step['on']}  {step['says']}" for step in steps]
    lines += [f"{last.isoformat()}  第{options.days}个工作日"]
    if provisional:
        lines.append(f"{last.year}年的放假通知还没有公布，暂按周末推算。")
    return {**result, "provisional": provisional, "steps": steps}, lines


def _fee(options: argparse.Namespace) -> tuple[Any, list[str]]:
    from gongkai.onrequest.fee import per_application, per_page

    pages, items = options.pages, options.applications
    found = per_page(pages, charging=True) if pages else per_application(items, charging=True)
    steps = [{"says": step.says, "yuan": step.yuan, "citation": step.basis} for step in found.steps]
    lines = [f"{found.yuan}元", ""]
    for step in found.steps:
        lines += [f"{step.says}，小计{step.yuan}元", f"  {step.basis}"]
    return {"yuan": found.yuan, "steps": steps}, lines


def _law(options: argparse.Namespace) -> tuple[Any, list[str]]:
    from gongkai.law.errors import LawGap
    from gongkai.onrequest.provisions import laws, of_article, parameters_of, read_article

    named = read_article(options.article)
    if named is None:
        raise LawGap(f"看不懂“{options.article}”，请写条的序号，例如 33 或者 行政复议法20")
    law, number = named
    cited = of_article(law, number)
    if not cited:
        raise LawGap(f"本系统没有引用《{law}》第{number}条；引用的法律有：{'、'.join(laws())}")
    parameters = [
        {
            "key": parameter.key,
            "says": parameter.says,
            "unit": parameter.unit.value,
            "counts_from": parameter.counts_from,
            "values": [
                {"since": v.since.isoformat(), "amount": v.amount, "citation": v.basis} for v in parameter.values
            ],
        }
        for parameter in parameters_of(law, number)
    ]
    quoted = [{"law": each.law, "article": each.article, "quotation": each.quotation} for each in cited]
    lines = [f"《{law}》第{number}条", ""]
    lines += [f"{each.article}：“{each.quotation}”" for each in cited]
    for parameter in parameters_of(law, number):
        for value in parameter.values:
            amount = f"{value.amount}{parameter.unit.label}" if value.amount is not None else "不再施行"
            lines += ["", f"{parameter.says}：{amount}，自{parameter.counts_from}起，{value.since}起适用"]
    return {"law": law, "number": number, "quotations": quoted, "parameters": parameters}, lines
