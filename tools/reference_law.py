"""The reference pages on the numbers of the law, the calendar, and the clock in examples."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType

from gongkai.calendar import published
from gongkai.law.citations import OUR_RULE
from gongkai.law.parameters import PARAMETERS
from gongkai.onrequest.fee import MEASURE
from gongkai.onrequest.provisions import provisions

ROOT = Path(__file__).resolve().parents[1]
MADE = "<!-- 由 make reference 从代码生成，请勿手改。 -->\n\n"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def _examples(path: str) -> ModuleType:
    """The tables of a test: the examples of the manual are the tests themselves."""
    file = ROOT / "tests" / "spec" / path
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parameters_page() -> str:
    """Every number of the law with its unit, its first day and its provision."""
    rows = [
        (
            f"`{each.key}`",
            each.says,
            f"{value.amount}{each.unit.label}" if value.amount is not None else "不再施行",
            f"自{each.counts_from}起",
            value.since.isoformat(),
            value.basis,
        )
        for each in PARAMETERS.values()
        for value in each.values
    ]
    unproved = [f"- 《{each.law}》{each.article}：“{each.quotation}”" for each in provisions() if each.law == MEASURE]
    return (
        "# 法律的数值\n\n"
        + MADE
        + "每个数值有起用日、单位、条文和原文；起用日以前，或者法律没有说的，系统回答“没有可用的数值”，不猜，也不当作零。"
        + f"依据写“{OUR_RULE}”的，是没有读到条文原文的通行做法，不作为法律依据显示。\n\n"
        + _table(("代码", "事项", "数值", "起算", "起用日", "依据"), rows)
        + f"\n## 尚未核对原文的引文\n\n共引用 {len(provisions())} 处，测试逐处在法律文本中查找。"
        + "以下各处没有办法全文可查，只据转载的第一条至第五条：\n\n"
        + "\n".join(unproved)
        + "\n"
    )


def calendar_page() -> str:
    """The notices that came with this version, by year, with their addresses."""
    calendar = published()
    rows = []
    for notice in calendar.notices:
        off = [day.day.isoformat() for day in notice.days if not day.works]
        work = [day.day.isoformat() for day in notice.days if day.works]
        rows.append((str(notice.year), str(len(off)), "、".join(work), "<br>".join(notice.addresses)))
    examples = _examples("calendar/test_calendar.py")
    return (
        "# 工作日历\n\n"
        + MADE
        + f"放假安排已知到 {calendar.known_through}；以后一年以内的日期暂按周末推算并注明，再以后不推算。\n\n"
        + _table(("年份", "放假日数", "调休上班", "通知"), rows)
        + "\n## 例\n\n"
        + _table(("起始日（不计）", "工作日数", "到期日"), ((start, str(n), end) for start, n, end in examples.COUNTED))
        + "\n按日、按月的期间，最后一日是节假日的顺延：\n\n"
        + _table(
            ("起始日（不计）", "期间", "到期日", "说明"),
            (
                (start, f"{n}{'日' if count.__name__ == 'after_days' else '个月'}", end, why)
                for count, start, n, end, why in examples.PERIODS
            ),
        )
    )


def clock_page() -> str:
    """The histories of the clock's test, with their due days and refusals."""
    examples = _examples("onrequest/test_clock.py")
    fees = _examples("onrequest/test_fee_and_limits.py")

    def said(history: str) -> str:
        return "<br>".join(f"`{fact.strip()}`" for fact in history.split(";"))

    return (
        "# 答复期限举例\n\n"
        + MADE
        + "每一行都是测试。事实依次是种类、日期；`>` 后是写明的截止日，`#` 后是征求意见的编号，数字是工作日数。\n\n"
        + "## 到期日\n\n"
        + _table(("规则", "事实", "到期日"), ((says, said(history), due) for says, history, due in examples.RUNNING))
        + "\n## 记录在案、但不影响到期日的事实\n\n"
        + _table(
            ("情形", "事实", "依据", "到期日"),
            ((says, said(history), basis, due) for says, history, basis, due in examples.REFUSED),
        )
        + "\n## 没有到期日\n\n"
        + _table(
            ("情形", "事实", "状态"),
            ((says, said(history), standing.label) for says, history, standing in examples.WITHOUT),
        )
        + "\n## 是否按期\n\n"
        + _table(
            ("情形", "事实", "到期日", "按期"),
            (
                (says, said(history), due or "没有", {True: "是", False: "否", None: "不适用"}[on_time])
                for says, history, due, on_time in examples.ANSWERED
            ),
        )
        + "\n## 其他期限\n\n"
        + _table(
            ("期限", "起始日（不计）", "到期日"), ((PARAMETERS[k].says, start, due) for k, start, due in fees.LIMITS)
        )
        + "\n## 信息处理费\n\n"
        + _table(("按件：一个自然月内件数", "元"), ((str(n), str(yuan)) for n, yuan in fees.ITEMS))
        + "\n"
        + _table(("按量：一件申请的页数", "元"), ((str(n), str(yuan)) for n, yuan in fees.PAGES))
    )


def pages(reference: Path) -> dict[Path, Callable[[], str]]:
    """The pages by their place."""
    return {
        reference / "parameters.md": parameters_page,
        reference / "calendar.md": calendar_page,
        reference / "clock.md": clock_page,
    }
