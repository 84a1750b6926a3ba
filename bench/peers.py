"""Plain parsers of the same formats: they give tables of strings and know nothing of the form."""

from __future__ import annotations

import io

from bench.material import File


def pandas_read_html(file: File) -> object:
    """The tables of a page as data frames."""
    import pandas as pd

    return pd.read_html(io.BytesIO(file.data), encoding="utf-8")


def python_docx(file: File) -> object:
    """The paragraphs and the texts of the cells of a document."""
    import docx

    document = docx.Document(io.BytesIO(file.data))
    words = [paragraph.text for paragraph in document.paragraphs]
    return words, [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def pdfplumber_tables(file: File) -> object:
    """The words and tables of each page."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(file.data)) as document:
        return [(page.extract_text(), page.extract_tables()) for page in document.pages]


def openpyxl_values(file: File) -> object:
    """The values of each sheet."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(file.data), read_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
