"""PDF whose text layer is in no order: every cell drawn by its place, column after column, as some exporters do."""

from __future__ import annotations

import json

from bench.material import File, reports
from tests.mess.sheet import Sheet, Table, Words, sheet

WIDTH, TOP, ROW, FONT = 780.0, 40.0, 17.0, 6.0

_TEMPLATE = """
#set page(width: 842pt, height: 595pt, margin: 0pt)
#set text(size: 6pt, font: ("Noto Sans SC",), lang: "zh")
#let pages = json(bytes(sys.inputs.pages))
#for (number, page) in pages.enumerate() {
  if number > 0 { pagebreak() }
  for box in page.boxes {
    place(dx: box.at(0) * 1pt, dy: box.at(1) * 1pt, rect(width: box.at(2) * 1pt, height: box.at(3) * 1pt, stroke: 0.5pt))
  }
  for word in page.words {
    place(dx: word.at(0) * 1pt, dy: word.at(1) * 1pt, block(width: word.at(2) * 1pt, word.at(3)))
  }
}
"""

Page = dict[str, list[list[float | str]]]


def _table(table: Table) -> Page:
    shares = [1.0] * table.columns
    if table.number == 3:
        shares[:3] = [1.4, 1.6, 4.0]
    unit = WIDTH / sum(shares)
    left = [30 + unit * sum(shares[:x]) for x in range(table.columns + 1)]
    page: Page = {"boxes": [], "words": []}
    placed = [(cell, x, y) for y, line in enumerate(table.placed()) for cell, x in line]
    for cell, x, y in sorted(placed, key=lambda found: (found[1], found[2])):
        width, height = left[x + cell.colspan] - left[x], ROW * cell.rowspan
        page["boxes"].append([left[x], TOP + ROW * y, width, height])
        if cell.text:
            page["words"].append([left[x] + 2, TOP + ROW * y + 2, width - 4, cell.text])
    return page


def _words(blocks: list[Words]) -> Page:
    return {"boxes": [], "words": [[30.0, TOP + 30 * n, WIDTH, block.text] for n, block in enumerate(blocks[:16])]}


def _pages(found: Sheet) -> list[Page]:
    pages: list[Page] = []
    words: list[Words] = []
    for block in found.blocks:
        if isinstance(block, Words):
            words.append(block)
            continue
        pages += [_words(words)] * bool(words) + [_table(block)]
        words = []
    return pages + [_words(words)] * bool(words)


def drawn(count: int) -> list[File]:
    """Reports drawn cell by cell, in the order of columns."""
    import typst

    from gongkai.documents.glyphs import font_folder

    compiler = typst.Compiler(font_paths=[str(font_folder())], ignore_system_fonts=True)
    files = []
    for n, report in enumerate(reports(count)):
        pages = json.dumps(_pages(sheet(report)), ensure_ascii=False)
        made = compiler.compile(_TEMPLATE.encode(), format="pdf", sys_inputs={"pages": pages})
        if not isinstance(made, bytes):
            raise TypeError("one document is one file")
        files.append(File(f"{n:04}.pdf", made))
    return files
