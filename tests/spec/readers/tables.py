"""Snippets of reports and what a reader made of them, written so that a clerk can compare them by eye."""

from __future__ import annotations

from gongkai.annual.forms import form
from gongkai.annual.report import Report
from gongkai.readers import read_text

LABELS = {row.key: row.label for row in form("2021").rows} | {"otherwise_closed": "（六）其他处理"}
KEYS = [row.key for row in form("2021").rows]
COLUMNS = [column.key for column in form("2021").columns]
RESULTS = [f"disputes.{kind.key}.{result.key}" for kind in form("2021").kinds for result in form("2021").results]

TITLE = "青禾县水务局2023年政府信息公开工作年度报告"
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")

ZEROS = "0 0 0 0 0 0 0"
# 新收 12（自然人 9、商业企业 3），上年结转 1，办结 12，结转下年度 1。
SOUND = dict.fromkeys(KEYS, ZEROS) | {
    "received": "9 3 0 0 0 0 12",
    "brought_forward": "1 0 0 0 0 0 1",
    "disclosed": "5 2 0 0 0 0 7",
    "disclosed_in_part": "2 0 0 0 0 0 2",
    "unavailable.not_held": "2 1 0 0 0 0 3",
    "concluded": "9 3 0 0 0 0 12",
    "carried_forward": "1 0 0 0 0 0 1",
}


def table_three(rows: dict[str, str] | None = None, joint: str = " | ", *, leave_out: tuple[str, ...] = ()) -> str:
    """Table 三 with the rows given (key → places parted by a space), one line a row; the others as in SOUND.

    A row whose key is no key of the form is printed with that key as its label.
    """
    lines = [joint.join((CORNER, "申请人情况")), joint.join(("法人或其他组织",)), joint.join(HEADS)]
    for key, places in (SOUND | (rows or {})).items():
        if key not in leave_out:
            lines.append(joint.join((LABELS.get(key, key), *(p.replace("空", "") for p in places.split()))))
    return "\n".join(lines)


def lines_of(*lines: str) -> str:
    """A text of these lines under the title."""
    return "\n".join((TITLE, "三、收到和处理政府信息公开申请情况", *lines))


def read(*lines: str) -> Report:
    """What is read of these lines under the title and the heading of chapter 三."""
    return read_text(lines_of(*lines))


def shown(report: Report, addresses: list[str]) -> str:
    """Each place as a clerk would note it: its value, 空 (blank), ? (refused), . (not in the document)."""
    refused = {u.address for u in report.unsure}
    blank = set(report.blank)
    marks = []
    for address in addresses:
        assert (address in report.cells) + (address in refused) + (address in blank) <= 1, address
        if address in report.cells:
            marks.append(str(report.cells[address].value))
        else:
            marks.append("?" if address in refused else "空" if address in blank else ".")
    return " ".join(marks)


def row(report: Report, key: str) -> str:
    """The seven places of a row of table 三."""
    return shown(report, [f"applications.{key}.{c}" for c in COLUMNS])


def disputes(report: Report) -> str:
    """The fifteen places of table 四."""
    return shown(report, RESULTS)


def proactive(report: Report, key: str) -> str:
    """The places of a row of table 二."""
    edition = form(report.edition or "2021")
    return shown(report, [a for a in edition.addresses if a.startswith(f"proactive.{key}.")])


def why(report: Report, address: str) -> str:
    """Why the place was refused."""
    return next(u.why for u in report.unsure if u.address == address)


def says(report: Report, address: str) -> str:
    """How the value was placed."""
    return "；".join(report.cells[address].says)
