"""What is read: invented reports, clean and messy, in every format. The same seed gives the same reports."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from gongkai.annual.report import Cell, Report, SectionText, Source
from gongkai.documents import write
from tests.mess.invent import Invented, invent
from tests.mess.markup import html
from tests.mess.operators import apply, chosen
from tests.mess.render import PRINTERS
from tests.mess.sheet import sheet

SEED = 20260331


@dataclass(frozen=True, slots=True)
class File:
    """A file as it arrives: its name and its bytes."""

    name: str
    data: bytes


@cache
def reports(count: int) -> tuple[Invented, ...]:
    """Invented reports of both editions, every second one with true contradictions."""
    rng = Random(SEED)
    return tuple(invent(rng, "2019" if n % 4 == 3 else "2021", faults=bool(n % 2)) for n in range(count))


def clean_html(count: int) -> list[File]:
    """Pages as a careful web office publishes them."""
    rng = Random(SEED)
    return [File(f"{n:04}.html", html(rng, sheet(report)).encode()) for n, report in enumerate(reports(count))]


def clean_text(count: int) -> list[File]:
    """Texts whose cells stand between pipes or tabs, one row a line."""
    rng = Random(SEED)
    printers = (PRINTERS["pipes"], PRINTERS["tabs"])
    return [
        File(f"{n:04}.txt", printers[n % 2](rng, sheet(report)).encode()) for n, report in enumerate(reports(count))
    ]


def messy(count: int) -> list[File]:
    """Pages and texts under one to four kinds of mess."""
    rng = Random(SEED)
    names = ("html", *PRINTERS)
    files = []
    for n, report in enumerate(reports(count)):
        name = names[n % len(names)]
        messed = apply(rng, sheet(report), chosen(rng, name, 1 + n % 4))
        text = html(rng, messed) if name == "html" else PRINTERS[name](rng, messed)
        files.append(File(f"{n:04}.{'html' if name == 'html' else 'txt'}", text.encode("utf-8", errors="replace")))
    return files


def as_report(report: Invented) -> Report:
    """An invented report as the writers take it; a blank stays blank."""
    return Report(
        source=Source(f"{report.organ}.json", "json"),
        edition=report.edition,
        organ=report.organ,
        year=report.year,
        title=report.title,
        cells={address: Cell(value) for address, value in report.cells.items() if value is not None},
        blank=tuple(address for address, value in report.cells.items() if value is None),
        sections={number: SectionText("\n".join(words)) for number, words in report.chapters.items()},
    )


def written(count: int, format_name: str) -> list[File]:
    """The reports in one of our own formats (docx, pdf, xlsx)."""
    return [
        File(f"{n:04}.{format_name}", write(as_report(report), format_name)) for n, report in enumerate(reports(count))
    ]


def people_list(count: int) -> bytes:
    """A workbook of invented persons as a relief list has them: name, identity number, phone, account, address."""
    import io

    import xlsxwriter

    held, rng = io.BytesIO(), Random(SEED)
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, ["姓名", "身份证号", "联系电话", "银行账号", "家庭住址", "金额"])
        for row in range(1, count + 1):
            identity = f"530102{rng.randint(1940, 2010)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(0, 9999):04}"
            account = "62" + "".join(rng.choice("0123456789") for _ in range(17))
            home = f"云岭县石桥镇河边村{rng.randint(1, 20)}组{rng.randint(1, 200)}号"
            sheet.write_row(row, 0, ["张三", identity, f"138{rng.randint(0, 99999999):08}", account, home, 500])
    return held.getvalue()
