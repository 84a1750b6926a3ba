"""The demonstration reports as files, made by the system's own writers when the desk starts for the first time."""

from __future__ import annotations

import io

from gongkai.documents import write
from gongkai.web.demo.reports import Sample, report_of


def file_of(sample: Sample) -> bytes:
    """The bytes of one sample."""
    report = report_of(sample)
    if sample.picture:
        return _scanned(write(report, "pdf"))
    if sample.format == "txt":
        return _plain(write(report, "md").decode(), sample.left_out).encode("gb18030")
    return write(report, sample.format)


def _scanned(pdf: bytes) -> bytes:
    """The pages as pictures in a PDF without a text layer, as a scanner makes them."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.render(scale=1.0, grayscale=True).to_pil() for page in document]
    finally:
        document.close()
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:])
    return out.getvalue()


def _plain(text: str, left_out: tuple[int, ...]) -> str:
    """Text as it is when someone copies a page into a note: no marks, tabs between cells, forgotten tables gone."""
    numerals = "一二三四五六"
    lines, chapter = [], 0
    for line in text.splitlines():
        plain = line.lstrip("#* ").rstrip("* ")
        if plain[1:2] == "、" and plain[0] in numerals and line.startswith("#"):
            chapter = numerals.index(plain[0]) + 1
            if chapter in left_out:
                continue
        if chapter in left_out:
            continue
        if plain.startswith("|"):
            cells = [cell.strip() for cell in plain.strip("|").split("|")]
            if all(set(cell) <= set("-: ") for cell in cells):
                continue
            plain = "\t".join(cells)
        lines.append(plain)
    return "\n".join(lines)
