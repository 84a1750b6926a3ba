"""Reports made for these tests: invented organs and sentences, places of everything as a reader would give them."""

from __future__ import annotations

from gongkai.annual.findings import Finding
from gongkai.annual.forms import form
from gongkai.annual.passages import CHAPTERS, ORDINALS
from gongkai.annual.report import At, Cell, Heading, LabelSeen, Report, SectionText, Source

ORGAN = "上犹县林业局"
WHOLE = {2: "whole", 3: "whole", 4: "whole"}


def made(
    words: dict[int, str] | None = None,
    *,
    organ: str | None = ORGAN,
    year: int | None = 2023,
    chapters: tuple[int, ...] = (1, 2, 3, 4, 5, 6),
    own: dict[int, tuple[str, ...]] | None = None,
    tables: dict[int, str] | None = None,
    cells: dict[str, Cell] | None = None,
    edition: str | None = "2021",
    blank: tuple[str, ...] = (),
    labels: tuple[LabelSeen, ...] = (),
    preface: str = "",
    table_words: dict[int, str] | None = None,
    end: str = "",
) -> Report:
    """A report whose chapters hold these words; `own` are the office's headings inside a chapter."""
    words = words or {}
    title = f"{organ or ''}{year}年政府信息公开工作年度报告" if year else None
    text = (title or "") + "\n" + (preface + "\n" if preface else "")
    before = SectionText(preface, At(chars=(text.index(preface), len(text)))) if preface else None
    sections: dict[int, SectionText] = {}
    headings: list[Heading] = []
    for number in chapters:
        line = f"{ORDINALS[number - 1]}、{CHAPTERS[number]}"
        headings.append(Heading(number, line, At(chars=(len(text), len(text) + len(line)))))
        text += line + "\n"
        start = len(text)
        for heading in (own or {}).get(number, ()):
            headings.append(Heading(None, heading, At(chars=(len(text), len(text) + len(heading)))))
            text += heading + "\n"
        said = words.get(number, "")
        begin = len(text)
        text += said + "\n" + (table_words or {}).get(number, "")
        sections[number] = SectionText(said, At(chars=(min(start, begin), len(text))), line)
    return Report(
        source=Source("甲.txt", "text"),
        edition=edition,
        organ=organ,
        year=year,
        title=title,
        preface=before,
        sections=sections,
        headings=tuple(headings),
        tables=dict(tables if tables is not None else WHOLE),  # type: ignore[arg-type]
        cells=cells or {},
        blank=blank,
        labels=labels,
        text=text + end,
    )


def zeros(table: int, edition: str = "2021") -> dict[str, Cell]:
    """The cells of a table, all 0, without places."""
    return {c.address: Cell(0, "0") for c in form(edition).cells if c.table == table}


def ids(findings: list[Finding]) -> list[str]:
    """The rules that spoke, in order."""
    return [finding.id for finding in findings]


def verbatim(report: Report, findings: list[Finding]) -> bool:
    """Whether every quote stands in the report where its finding says."""
    return all(
        f.quote is None or (f.quote in report.text and (not f.at.chars or report.text[slice(*f.at.chars)] == f.quote))
        for f in findings
    )
