"""Our own letters and reports as DOCX, PDF, OFD, HTML, XLSX and JSON. One door: `write(report, format)`.

Heavy libraries are loaded by the format that needs them, when it is asked for.
"""

from __future__ import annotations

from gongkai.annual.report import Report

FORMATS: dict[str, str] = {
    "docx": "Word文档",
    "pdf": "PDF文件",
    "ofd": "OFD版式文件",
    "html": "网页",
    "xlsx": "Excel工作簿",
    "json": "数据文件（JSON）",
    "md": "Markdown文本",
}
"""What can be written: the ending of the file → what a person calls it."""

TYPESET = frozenset(("pdf", "ofd"))
"""The formats whose pages are typeset first."""

MEDIA_TYPES: dict[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}
"""The media type of each format, for a download."""


def write(report: Report, format: str) -> bytes:  # noqa: A002 - the word a caller expects
    """The report as a file. ValueError for a format that is not in `FORMATS`.

    Every cell that the report holds for certain reads back to the same value; blank cells stay blank; what was
    refused is printed as ？ and never as a figure.
    """
    match format.lower().removeprefix("."):
        case "docx":
            from gongkai.documents.word_report import to_docx as writer
        case "pdf":
            from gongkai.documents.pdf import to_pdf as writer
        case "ofd":
            from gongkai.documents.ofd import to_ofd as writer
        case "html" | "htm":
            from gongkai.documents.html import to_html as writer
        case "xlsx":
            from gongkai.documents.workbook import to_xlsx as writer
        case "json":
            from gongkai.documents.data import to_json as writer
        case "md" | "markdown":
            from gongkai.documents.markdown import to_markdown as writer
        case _:
            raise ValueError(f"不能写成“{format}”格式，可以写成：{'、'.join(FORMATS)}")
    return writer(report)


def warnings(report: Report, format: str) -> tuple[str, ...]:  # noqa: A002 - as above
    """What a person should know about the file that `write` makes, a sentence each; empty when there is nothing.

    Figures that were refused and so are printed as ？; for PDF and OFD the characters that no shipped font has.
    """
    from gongkai.documents.values import UNSURE, refused

    said = []
    places = refused(report)
    if places and format.lower().removeprefix(".") != "json":
        said.append(f"有{len(places)}格数据在原文中未能确认，已标“{UNSURE}”，请核实后填写。")
    if format.lower().removeprefix(".") in ("pdf", "ofd"):
        from gongkai.documents.pdf import missing_in

        missing = missing_in(report)
        if missing:
            said.append(missing.message)
    return tuple(said)
