"""Real files with something planted in them: by python-docx, openpyxl, typst and Pillow, and by hand where these cannot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from tests.readers.formats.samples import zipped

IDENTITY = "110101199003074514"
W = nsdecls("w")


def parts_of(data: bytes) -> dict[str, bytes | str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def changed(data: bytes, **more: bytes | str) -> bytes:
    """A package with parts replaced or added; a name is written with `__` for its slashes and `_dot_` for its dots."""
    names = {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}
    return zipped({**parts_of(data), **names})


def with_parts(data: bytes, more: dict[str, bytes | str]) -> bytes:
    return zipped({**parts_of(data), **more})


def saved(document: object) -> bytes:
    held = io.BytesIO()
    document.save(held)  # type: ignore[attr-defined]
    return held.getvalue()


def plain_document() -> docx.document.Document:
    """A notice without anything to point out: the properties that the library fills in are emptied."""
    document = docx.Document()
    document.core_properties.comments = ""
    document.core_properties.author = ""
    document.add_paragraph("云岭县人民政府办公室关于印发实施方案的通知")
    document.add_paragraph("各乡镇人民政府，县直各部门：")
    return document


def run_xml(text: str, properties: str = "") -> str:
    return f'<w:r {W}><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def in_body(text: str) -> bytes:
    document = plain_document()
    document.add_paragraph(text)
    return saved(document)


def in_split_runs(text: str) -> bytes:
    document = plain_document()
    paragraph = document.add_paragraph()
    for start in range(0, len(text), 3):
        paragraph.add_run(text[start : start + 3]).bold = start % 2 == 0
    return saved(document)


def in_table(text: str) -> bytes:
    document = plain_document()
    table = document.add_table(2, 2)
    table.rows[1].cells[1].text = text
    return saved(document)


def in_inner_table(text: str) -> bytes:
    document = plain_document()
    inner = document.add_table(1, 1).rows[0].cells[0].add_table(1, 1)
    inner.rows[0].cells[0].text = text
    return saved(document)


def in_header(text: str) -> bytes:
    document = plain_document()
    document.sections[0].header.paragraphs[0].text = text
    return saved(document)


def in_footer(text: str) -> bytes:
    document = plain_document()
    document.sections[0].footer.paragraphs[0].text = text
    return saved(document)


def in_notes(kind: str) -> Callable[[str], bytes]:
    def make(text: str) -> bytes:
        body = f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
        return with_parts(
            saved(plain_document()),
            {f"word/{kind}s.xml": f'<w:{kind}s {W}><w:{kind} w:id="2">{body}</w:{kind}></w:{kind}s>'},
        )

    return make


def in_comment(text: str) -> bytes:
    document = plain_document()
    run = document.add_paragraph().add_run("正文")
    document.add_comment(run, text=text, author="李复核", initials="L")
    return saved(document)


def in_text_box(text: str) -> bytes:
    box = (
        f'<w:p {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r>'
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>'
    )
    document = plain_document()
    document.element.body.insert(1, parse_xml(box))
    return saved(document)


def in_deletion(text: str) -> bytes:
    document = plain_document()
    mark = f'<w:del {W} w:id="1" w:author="王拟稿" w:date="2026-01-01T00:00:00Z"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'
    document.paragraphs[0]._p.append(parse_xml(mark))
    return saved(document)


def in_insertion(text: str) -> bytes:
    document = plain_document()
    mark = f'<w:ins {W} w:id="1" w:author="王拟稿" w:date="2026-01-01T00:00:00Z">{run_xml(text)}</w:ins>'
    document.paragraphs[0]._p.append(parse_xml(mark))
    return saved(document)


def in_run(properties: str) -> Callable[[str], bytes]:
    def make(text: str) -> bytes:
        document = plain_document()
        document.paragraphs[1]._p.append(parse_xml(run_xml(text, properties)))
        return saved(document)

    return make


def in_embedded_workbook(text: str) -> bytes:
    from tests.readers.precheck.books import book

    return with_parts(saved(plain_document()), {"word/embeddings/Microsoft_Excel_Sheet1.xlsx": book({"A1": text})})


def in_property(text: str) -> bytes:
    document = plain_document()
    document.core_properties.title = text[:200]
    return saved(document)


WORD_PLACES: dict[str, tuple[Callable[[str], bytes], str]] = {
    "body": (in_body, "body"),
    "split runs": (in_split_runs, "body"),
    "table": (in_table, "table"),
    "inner table": (in_inner_table, "table"),
    "header": (in_header, "header"),
    "footer": (in_footer, "footer"),
    "footnote": (in_notes("footnote"), "footnote"),
    "endnote": (in_notes("endnote"), "endnote"),
    "comment": (in_comment, "comment"),
    "text box": (in_text_box, "text_box"),
    "deletion": (in_deletion, "deleted"),
    "insertion": (in_insertion, "body"),
    "hidden": (in_run("<w:vanish/>"), "hidden"),
    "white": (in_run('<w:color w:val="FFFFFF"/>'), "hidden"),
    "black on black": (in_run('<w:color w:val="000000"/><w:highlight w:val="black"/>'), "hidden"),
    "tiny": (in_run('<w:sz w:val="2"/>'), "hidden"),
    "embedded workbook": (in_embedded_workbook, "embedded"),
    "property": (in_property, "metadata"),
}
"""Where something may stand in a DOCX: who plants it there, and the part that a hit must name."""


def photograph(*, gps: bool = True, form: str = "JPEG") -> bytes:
    """A picture with what a phone writes into it."""
    image = Image.new("RGB", (60, 40), "green")
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "HUAWEI", "P60 Pro"
    exif.get_ifd(0x8769)[0x9003] = "2026:01:05 10:00:00"
    if gps:
        exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 2.0, 30.0), 3: "E", 4: (102.0, 42.0, 0.0)})
    held = io.BytesIO()
    image.save(held, form, exif=exif)
    return held.getvalue()
