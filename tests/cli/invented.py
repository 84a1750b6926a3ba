"""Invented reports for the command line, sound unless a cell is changed. No office, no sentence is real."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from gongkai.annual.forms import form
from gongkai.annual.report import Cell, Report, SectionText, Source
from gongkai.documents import write

ORGAN = "青禾县民政局"
RECEIVED = "applications.received.natural_person"


def report(organ: str = ORGAN, year: int = 2024, *, received: int = 3, carried: int = 0, **changed: int) -> Report:
    """A report of the 2021 form: `received` applications of natural persons, all disclosed but `carried`.

    `changed` prints cells otherwise: the address with `__` for its dots.
    """
    known = form("2021")
    values = dict.fromkeys(known.addresses, 0)
    for column in ("natural_person", "total"):
        values[f"applications.received.{column}"] = received
        values[f"applications.disclosed.{column}"] = received - carried
        values[f"applications.concluded.{column}"] = received - carried
        values[f"applications.carried_forward.{column}"] = carried
    values |= {name.replace("__", "."): value for name, value in changed.items()}
    texts = {
        1: f"{year}年，{organ}按时公开各类信息，全年收到申请{received}件。",
        5: "公开的内容还不够细，下一步逐项补全，并按月检查。",
        6: "本年度没有收取信息处理费，没有其他需要报告的事项。",
    }
    return Report(
        Source("发明的报告", "text"),
        edition="2021",
        organ=organ,
        year=year,
        title=f"{organ}{year}年政府信息公开工作年度报告",
        cells={a: Cell(v, str(v), "万元" if a == "proactive.charges.amount" else None) for a, v in values.items()},
        sections={s.number: SectionText(texts.get(s.number, ""), heading=s.heading) for s in known.sections},
        tables={2: "whole", 3: "whole", 4: "whole"},
    )


def save(folder: Path, name: str, of: Report | None = None) -> Path:
    """Write a report in the format of the file's ending; `.txt` gets its Markdown, which is plain text too."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write(of or report(), {".txt": "md"}.get(path.suffix, path.suffix.lstrip("."))))
    return path


def unsound(**more: int) -> Report:
    """A report whose 总计 of what was received is one too many."""
    return report(**({"applications__received__total": 4} | more))


def without(of: Report, *addresses: str) -> Report:
    """A report with some cells left blank."""
    kept = {a: c for a, c in of.cells.items() if a not in addresses}
    return replace(of, cells=kept, blank=tuple(addresses))


def as_json(of: Report) -> str:
    """The report as our own JSON."""
    return json.dumps(of.to_json(), ensure_ascii=False)
