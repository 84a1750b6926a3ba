"""What was read and found, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.annual.findings import GRADES, KINDS, Finding
from gongkai.annual.forms import FormCell, form
from gongkai.annual.relations import has_one_row_other
from gongkai.annual.report import Report
from gongkai.cli.naming import TABLES, name, names, row_name, short
from gongkai.cli.terminal import Align, Paint, cut, pad, plain, table, width_of, wrap
from gongkai.cli.work import Outcome

SIGNS = {"conflict": "✗", "doubt": "？", "note": "·"}
RIGHT: tuple[Align, ...] = ("right",) * 8
_NUMERALS = "一二三四五六"
_STATES = {"missing": "没有找到", "cut": "不完整", "blank": "未填写", "unsure": "行列未能认准"}


@dataclass(frozen=True, slots=True)
class Screen:
    """Where it is shown: how wide, with or without colours; `limit` None means nothing may be cut off."""

    width: int
    paint: Paint
    limit: int | None = None


def block(report: Report, outcome: Outcome, screen: Screen, *, brief: bool) -> Iterator[str]:
    """Everything about one file. Of one of many (`brief`) only what is wrong, and nothing where nothing is."""
    checked = outcome.verdicts is not None
    wrong = outcome.count("conflict") + outcome.count("doubt") if checked else outcome.unsure
    if brief and not wrong:
        return
    yield from heading(report, outcome.shown, screen)
    yield ""
    if not outcome.found:
        yield screen.paint("没有找到年度报告的表格和章节，请核对是否选错了文件。", "doubt")
    else:
        yield from tables(report, screen)
        yield from sections(report, screen)
    if not checked:
        if not brief:
            yield from values(report, screen)
        yield from unsure(report, screen)
        return
    yield from findings(outcome.findings, screen, notes=not brief)
    yield ""
    yield from totals(outcome, screen)


def heading(report: Report, shown: str, screen: Screen) -> Iterator[str]:
    """The title line of a file and, under it, what it was recognised as."""
    yield screen.paint(plain(report.title or shown), "bold")
    year = f"{report.year}年度" if report.year is not None else "年度未认出"
    edition = f"{report.edition}年版表格" if report.edition else "未认出表格版本"
    parts = [plain(shown), report.source.format, plain(report.organ or "机关未认出"), year, edition]
    for line in _together([p for p in parts if p], screen.width - 2):
        yield "  " + screen.paint(line, "dim")


def _together(parts: Sequence[str], width: int) -> list[str]:
    """Parts joined by dots, broken into lines between parts where they do not fit."""
    lines: list[str] = []
    for part in parts:
        if lines and width_of(f"{lines[-1]} · {part}") <= width:
            lines[-1] += f" · {part}"
        else:
            lines += wrap(part, width)
    return lines


def tables(report: Report, screen: Screen) -> Iterator[str]:
    """A line a table: how many cells, how many read, which are not."""
    if report.edition is None:
        return
    for number, label in TABLES.items():
        cells = [c.address for c in _cells(report, number)]
        unsure = {u.address for u in report.unsure}
        blank = set(report.blank)
        left = [a for a in cells if a not in report.cells]
        counted = pad(f"{len(cells)} 格", 7, "right")
        if not left:
            yield f"  {label} {counted}  {screen.paint('齐全', 'ok')}"
            continue
        state = _STATES.get(str(report.tables.get(number)), "")
        if not any(a in report.cells or a in unsure or a in blank for a in cells):
            yield f"  {label} {counted}  {screen.paint(state or '没有读出', 'conflict')}"
            continue
        parts = [state] if state and state != "未填写" else []
        parts.append(f"读出 {len(cells) - len(left)} 格")
        for word, chosen in (
            ("空白", [a for a in left if a in blank]),
            ("读不准", [a for a in left if a in unsure]),
            ("缺", [a for a in left if a not in blank and a not in unsure]),
        ):
            if chosen:
                parts.append(f"{word} {len(chosen)} 格（{names(chosen)}）")
        yield from hung(f"  {label} {counted}  ", "，".join(parts), screen)


def _cells(report: Report, number: int) -> list[FormCell]:
    """The cells a table of this report has; the one row 其他处理 stands for its three."""
    found = [c for c in form(report.edition or "2021").cells if c.table == number]
    if number == 3 and report.edition == "2021" and has_one_row_other(report):
        found = [c for c in found if not c.row.key.startswith("otherwise_closed.")]
        found += [c for c in form("2019").cells if c.row.key == "otherwise_closed"]
    return found


def sections(report: Report, screen: Screen) -> Iterator[str]:
    """Which of the six parts are there."""
    missing = [n for n in range(1, 7) if n not in report.sections]
    if not missing:
        yield f"  文字   六部分  {screen.paint('齐全', 'ok')}"
    else:
        parts = "、".join(f"第{_NUMERALS[n - 1]}部分" for n in missing)
        yield from hung("  文字   六部分  ", f"没有找到{parts}", screen)


def findings(found: Sequence[Finding], screen: Screen, *, notes: bool = True) -> Iterator[str]:
    """Each finding: sign and word, the sentence, the two numbers side by side, quote, place, provision, what to do."""
    for finding in found:
        if finding.grade == "note" and not notes:
            continue
        yield ""
        sign = f"{SIGNS[finding.grade]} {GRADES[finding.grade]}".replace("？ ", "？")
        head = f"{sign}  {KINDS[finding.kind]}"
        yield f"{screen.paint(head, finding.grade)}  {screen.paint(finding.id, 'dim')}"
        for line in wrap(plain(finding.message), screen.width - 3):
            yield f"   {line}"
        yield from _numbers(finding, screen)
        if finding.quote:
            yield from hung("   原文  ", f"“{plain(finding.quote.strip())}”", screen)
        yield from hung("   位置  ", _where(finding), screen)
        yield from hung("   依据  ", finding.citation or "", screen)
        yield from hung("   建议  ", finding.advice, screen)


def _numbers(finding: Finding, screen: Screen) -> Iterator[str]:
    met, expected = plain(finding.met), plain(finding.expected)
    if not met or not expected:
        one = met or expected
        if one:
            yield from hung("   文中  " if met else "   对照  ", one, screen)
        return
    together = f"   文中  {pad(met, 22)}  对照  {expected}"
    if width_of(together) <= screen.width:
        yield together
        return
    yield from hung("   文中  ", met, screen)
    yield from hung("   对照  ", expected, screen)


def _where(finding: Finding) -> str:
    parts = [finding.where] if finding.where else []
    if finding.cells:
        parts.append(names(finding.cells))
    return plain("；".join(parts))


def hung(head: str, text: str, screen: Screen) -> Iterator[str]:
    """Lines of `text` behind `head`, its further lines under its first; nothing for empty text."""
    if not text:
        return
    indent = width_of(head)
    for index, line in enumerate(wrap(text, max(screen.width - indent, 20))):
        yield (head if index == 0 else " " * indent) + line


def totals(outcome: Outcome, screen: Screen) -> Iterator[str]:
    """How many findings of each grade, and how the relations came out."""
    counts = [(word, outcome.count(grade), grade) for grade, word in GRADES.items()]
    said = [screen.paint(f"{number} 处{word}", grade) for word, number, grade in counts if number]
    verdicts = outcome.verdicts or {}
    words = {"holds": "成立", "broken": "不成立", "unknown": "无从判断"}
    relations = f"勾稽关系：{'，'.join(f'{word} {verdicts.get(key, 0)}' for key, word in words.items())}。"
    if not outcome.count("conflict"):
        said.insert(0, screen.paint("没有发现不一致", "ok"))
    yield "，".join(said) + "。" + relations


def unsure(report: Report, screen: Screen) -> Iterator[str]:
    """Cells that were refused, with what stands there and why; and the words kept from cells."""
    if report.unsure:
        yield ""
        yield screen.paint("读不准的单元格", "bold")
        causes: dict[tuple[str, str], list[str]] = {}
        for refused in report.unsure:
            causes.setdefault((refused.text, refused.why), []).append(refused.address)
        for (text, why), addresses in list(causes.items())[:20]:
            quoted = f"原文“{cut(plain(text), 60)}”，" if text.strip() else ""
            yield from hung("  ？", f"{names(addresses)}：{quoted}{plain(why)}", screen)
        if len(causes) > 20:
            yield f"  ……另有 {sum(map(len, list(causes.values())[20:]))} 格，全部见 --json"
    if report.notes:
        yield ""
        yield screen.paint("单元格中的附注", "bold")
        for note in report.notes:
            yield from hung("  · ", f"{name(note.address)}：{plain(note.text)}", screen)


def values(report: Report, screen: Screen) -> Iterator[str]:
    """The three tables with their numbers: “空” is blank, “？” not certain, “-” not in the document."""
    if report.edition is None:
        return
    for number, label in TABLES.items():
        cells = _cells(report, number)
        if not any(c.address in report.cells for c in cells):
            continue
        yield ""
        yield screen.paint(label, "bold")
        yield from (_block(report, cells, screen) if number == 2 else _grid(report, cells, screen))


def _value(report: Report, address: str) -> str:
    found = report.cells.get(address)
    if found is not None:
        return f"{found.value}{'*' if found.proof == 'arithmetic' else ''}"
    if address in report.blank:
        return "空"
    return "？" if any(u.address == address for u in report.unsure) else "-"


def _block(report: Report, cells: Sequence[FormCell], screen: Screen) -> Iterator[str]:
    rows: dict[str, list[FormCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row.key, []).append(cell)
    left = max(width_of(row_name(group[0])) for group in rows.values())
    for group in rows.values():
        words = "   ".join(f"{short(c.column.label)} {_value(report, c.address)}{_unit(report, c)}" for c in group)
        yield from hung(f"  {pad(row_name(group[0]), left)}  ", words, screen)


def _unit(report: Report, cell: FormCell) -> str:
    found = report.cells.get(cell.address)
    return f" {found.unit}" if found is not None and found.unit else ""


def _grid(report: Report, cells: Sequence[FormCell], screen: Screen) -> Iterator[str]:
    columns = list(dict.fromkeys(c.column.label for c in cells))
    rows: dict[str, list[FormCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row.key, []).append(cell)
    lines = [[row_name(g[0]), *(_value(report, c.address) for c in g)] for g in rows.values()]
    align: list[Align] = ["left", *RIGHT[: len(columns)]]
    room = max(screen.width - 2, 60)
    for line in table(["", *columns], lines, align, room, [0]):
        yield "  " + line


def summary(outcomes: Sequence[Outcome], screen: Screen, *, checked: bool) -> Iterator[str]:
    """The table of many files, and a closing sentence."""
    head = ["文件", "机关", "年度", "版本", "读出", *(["不一致", "存疑"] if checked else []), "读不准"]
    align: list[Align] = ["left", "left", *RIGHT[: len(head) - 2]]
    good = [o for o in outcomes if o.error is None]
    bad = [o for o in outcomes if o.error is not None]
    if good:
        rows = [_row(o, checked=checked) for o in good]
        first, *lines = table(head, rows, align, screen.limit, [0, 1])
        yield screen.paint(first, "bold")
        for outcome, line in zip(good, lines, strict=True):
            style = "conflict" if outcome.count("conflict") else "doubt" if outcome.count("doubt") else ""
            yield screen.paint(line, style)
    if bad:
        yield from [""] if good else []
        yield screen.paint("读不了的文件", "bold")
        for outcome in bad:
            yield from failure(outcome, screen)
    yield ""
    yield _closing(good, bad, checked=checked)


def failure(outcome: Outcome, screen: Screen) -> Iterator[str]:
    """A file that cannot be read, in one sentence."""
    error = outcome.error
    if error is not None:
        words = f"{plain(outcome.shown)}：{plain(error.message)}{plain(error.advice)}"
        yield from hung("✗ ", words, screen)


def _row(outcome: Outcome, *, checked: bool) -> list[str]:
    found = [str(outcome.count("conflict")), str(outcome.count("doubt"))] if checked else []
    return [
        plain(outcome.shown),
        plain(outcome.organ or ("未认出" if outcome.found else "不像年度报告")),
        str(outcome.year or "未认出"),
        outcome.edition or "未认出",
        str(outcome.read),
        *found,
        str(outcome.unsure),
    ]


def _closing(good: Sequence[Outcome], bad: Sequence[Outcome], *, checked: bool) -> str:
    words = [f"共 {len(good) + len(bad)} 份"]
    if checked:
        conflicts = sum(o.count("conflict") for o in good)
        with_conflict = sum(o.count("conflict") > 0 for o in good)
        words.append(f"{with_conflict} 份有不一致（{conflicts} 处）" if conflicts else "没有发现不一致")
        doubts = sum(o.count("doubt") for o in good)
        words += [f"存疑 {doubts} 处"] if doubts else []
    strange = sum(not o.found for o in good)
    words += [f"{strange} 份没有找到年度报告的表格和章节"] if strange else []
    words += [f"读不了 {len(bad)} 份"] if bad else []
    return "，".join(words) + "。"
