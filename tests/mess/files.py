"""Printing a sheet by writers that are not ours: python-docx, openpyxl, pandas, Chromium's print, LibreOffice."""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.mess.markup import html
from tests.mess.sheet import Sheet, Table, Words

FilePrinter = Callable[[Random, Sheet], bytes]


def docx(rng: Random, sheet: Sheet) -> bytes:
    """A Word file by python-docx, cells merged as in the form; now and then tables nested in a table for layout."""
    from docx import Document

    document = Document()
    inside = rng.random() < 0.2
    for block in sheet.blocks:
        if isinstance(block, Words):
            document.add_paragraph(block.text)
            continue
        place = document.add_table(1, 1).cell(0, 0) if inside else document
        made = place.add_table(len(block.rows), block.columns)
        made.style = document.styles["Table Grid"]
        spots = made._cells  # made.cell() counts all cells anew each time
        for y, line in enumerate(block.placed()):
            for cell, x in line:
                last = min(y + cell.rowspan, len(block.rows)) - 1, min(x + cell.colspan, block.columns) - 1
                spot = spots[y * block.columns + x]
                if last != (y, x):
                    spot = spot.merge(spots[last[0] * block.columns + last[1]])
                spot.text = cell.text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _number(text: str) -> int | float | str:
    if text.isascii() and text.isdecimal() and len(text) < 12 and str(int(text)) == text:
        return int(text)
    return text


def xlsx(rng: Random, sheet: Sheet) -> bytes:
    """A workbook by openpyxl: one sheet for all or one for each table, numbers as numbers or as text."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    apart, as_numbers, y0 = rng.random() < 0.4, rng.random() < 0.6, 1
    for block in sheet.blocks:
        if isinstance(block, Words):
            page.cell(y0, 1, block.text)
            y0 += 1
            continue
        if apart:
            page, y0 = book.create_sheet(f"表{len(book.sheetnames)}"), 1
        for y, line in enumerate(block.placed()):
            for cell, x in line:
                page.cell(y0 + y, x + 1, _number(cell.text) if as_numbers else cell.text)
                if cell.rowspan > 1 or cell.colspan > 1:
                    page.merge_cells(
                        start_row=y0 + y,
                        start_column=x + 1,
                        end_row=y0 + y + cell.rowspan - 1,
                        end_column=x + cell.colspan,
                    )
        y0 += len(block.rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _frame(table: Table, fill: str, empty: str | None):  # type: ignore[no-untyped-def]
    import pandas

    rows = table.matrix("repeat" if fill == "repeat" else "blank")
    return pandas.DataFrame([[_number(text) if text else empty for text in row] for row in rows], dtype=object)


def pandas_html(rng: Random, sheet: Sheet) -> bytes:
    """Tables by DataFrame.to_html, merged cells blank or repeated, with or without pandas' own index and head."""
    fill, own = rng.choice(("blank", "repeat")), rng.random() < 0.3
    parts = [
        f"<p>{block.text}</p>" if isinstance(block, Words) else _frame(block, fill, "").to_html(index=own, header=own)
        for block in sheet.blocks
    ]
    return ('<html><head><meta charset="utf-8"></head><body>' + "\n".join(parts) + "</body></html>").encode()


def pandas_xlsx(rng: Random, sheet: Sheet) -> bytes:
    """Tables by DataFrame.to_excel, one worksheet a table, the words in the first."""
    import pandas

    out = io.BytesIO()
    with pandas.ExcelWriter(out, engine="openpyxl") as writer:
        words = [[block.text] for block in sheet.blocks if isinstance(block, Words)]
        pandas.DataFrame(words).to_excel(writer, sheet_name="正文", index=False, header=False)
        for number, table in enumerate(sheet.tables()):
            frame = _frame(table, rng.choice(("blank", "repeat")), None)
            frame.to_excel(writer, sheet_name=f"表{number}", index=False, header=False)
    return out.getvalue()


FILE_PRINTERS: dict[str, tuple[str, FilePrinter]] = {
    "docx": ("docx", docx),
    "xlsx": ("xlsx", xlsx),
    "pandas_html": ("html", pandas_html),
    "pandas_xlsx": ("xlsx", pandas_xlsx),
}
"""Printers of files by name, each with the ending of its files."""


def chromium() -> str | None:
    """The browser of the system, when there is one."""
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )


def soffice() -> str | None:
    """LibreOffice, when it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@contextlib.contextmanager
def chromium_printer() -> Iterator[FilePrinter]:
    """Chromium's own print to PDF, by its command line: no driver, so it stands beside browser tests in one process."""
    program = chromium()
    if program is None:
        raise FileNotFoundError("Chromium is not installed")
    with TemporaryDirectory() as folder:

        def pdf(rng: Random, sheet: Sheet) -> bytes:
            size = "A4 landscape" if rng.random() < 0.3 else "A4"
            style = (
                f"<style>@page{{size:{size};margin:2cm 1.5cm}} td,th{{border:1px solid;padding:2px}} "
                "table{border-collapse:collapse;width:100%}</style>"
            )
            page, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
            page.write_text(html(rng, sheet).replace("<body>", f"<body>{style}"), encoding="utf-8")
            subprocess.run(
                [
                    program,
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    f"--user-data-dir={folder}/profile",
                    "--no-pdf-header-footer",
                    f"--print-to-pdf={printed}",
                    page.as_uri(),
                ],
                check=True,
                capture_output=True,
                timeout=60,
            )
            return printed.read_bytes()

        yield pdf


def by_libreoffice(files: list[bytes], ending: str, target: str) -> list[bytes]:
    """Files opened by LibreOffice, all in one start of it, and saved in another format."""
    program = soffice()
    if program is None:
        raise FileNotFoundError("LibreOffice is not installed")
    with TemporaryDirectory() as folder:
        sources = [Path(folder, f"report{number}.{ending}") for number in range(len(files))]
        for source, data in zip(sources, files, strict=True):
            source.write_bytes(data)
        command = [program, "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        if ending == "html":
            command.append("--infilter=HTML (StarWriter)")
        subprocess.run(
            [*command, "--convert-to", target, "--outdir", str(Path(folder, "out")), *map(str, sources)],
            check=True,
            capture_output=True,
            timeout=300,
        )
        return [Path(folder, "out", f"{source.stem}.{target}").read_bytes() for source in sources]


warnings.filterwarnings("ignore", category=FutureWarning, module="pandas")
