"""OFD (GB/T 33190): the text of the pages by where it stands. Places carry page, line and box in millimetres from the
top left corner, as the format counts.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from gongkai.annual.report import At
from gongkai.readers.content import Content, ContentBuilder
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits
from gongkai.readers.formats.package import Package, local

_SPLIT = re.compile(r"[\s,]+")

SAME_LINE = 0.5
"""Share of a size of type within which two base lines are one line."""

CELL_GAP = 0.8
"""Gap on a line, as a share of the size of type, from which two pieces are cells of a table rather than words."""


@dataclass(slots=True)
class Run:
    """A stretch of text on a page: its first character's place, its end, its base line and size, in millimetres."""

    text: str
    left: float
    right: float
    base: float
    size: float


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute; what is none, or beyond any page, is left out."""
    found = []
    for piece in _SPLIT.split((text or "").strip()):
        try:
            number = float(piece)
        except ValueError:
            continue
        if abs(number) < 1e6:
            found.append(number)
    return found


def _deltas(text: str | None, most: int) -> list[float]:
    """Distances between characters, with `g count distance` for a repeated one (GB/T 33190, 11.3)."""
    pieces = _SPLIT.split((text or "").strip())
    deltas: list[float] = []
    index = 0
    while index < len(pieces) and len(deltas) < most:
        if pieces[index] == "g" and index + 2 < len(pieces):
            count, step = numbers(pieces[index + 1]), numbers(pieces[index + 2])
            if count and step:
                deltas.extend([step[0]] * max(0, min(int(count[0]), most - len(deltas))))
            index += 3
            continue
        deltas.extend(numbers(pieces[index]))
        index += 1
    return deltas


def runs(layer: etree._Element) -> Iterator[Run]:
    """The stretches of all text objects below an element. A gap within one parts it."""
    for element in layer.iter():
        if local(element) != "TextObject" or element.get("Visible") == "false":
            continue
        box = numbers(element.get("Boundary"))
        if len(box) < 4:
            continue
        matrix = numbers(element.get("CTM"))
        scale = matrix if len(matrix) == 6 else [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        size = (numbers(element.get("Size")) or [3.5])[0] * (abs(scale[3]) or 1)
        x, y = 0.0, 0.0
        for code in element:
            text = code.text or ""
            if local(code) != "TextCode" or not text:
                continue
            # X and Y are those of the stretch before where they are not given.
            x, y = (numbers(code.get("X")) or [x])[0], (numbers(code.get("Y")) or [y])[0]
            steps, falls = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
            yield from _stretches(text, (x, y), steps, falls, box, scale, size)


def _stretches(
    text: str,
    start: tuple[float, float],
    steps: list[float],
    falls: list[float],
    box: list[float],
    scale: list[float],
    size: float,
) -> Iterator[Run]:
    """Cut a text into stretches where its characters stand apart or change the line."""
    x, y = start
    run: Run | None = None
    for index, sign in enumerate(text):
        left, base = box[0] + scale[0] * x + scale[2] * y + scale[4], box[1] + scale[1] * x + scale[3] * y + scale[5]
        width = size * (0.5 if sign.isascii() else 1.0)
        apart = run is not None and (left - run.right > CELL_GAP * size or abs(base - run.base) > SAME_LINE * size)
        if run is None or apart:
            if run is not None:
                yield run
            run = Run("", left, left, base, size)
        run.text += sign
        run.right = max(run.right, left + width)
        x += steps[index] if index < len(steps) else (0.0 if falls else width / (abs(scale[0]) or 1))
        y += falls[index] if index < len(falls) else 0.0
    assert run is not None  # a text without characters is not cut
    yield run


def lines(found: list[Run]) -> Iterator[list[Run]]:
    """Stretches as lines from the top, each from the left."""
    line: list[Run] = []
    for run in sorted(found, key=lambda r: (r.base, r.left)):
        if line and run.base - line[0].base > SAME_LINE * max(run.size, line[0].size):
            yield sorted(line, key=lambda r: r.left)
            line = []
        line.append(run)
    if line:
        yield sorted(line, key=lambda r: r.left)


def _joined(line: list[Run]) -> str:
    """The stretches of a line: a tab where they stand apart as the cells of a table do."""
    text = line[0].text
    for before, run in pairwise(line):
        text += "\t" if run.left - before.right > CELL_GAP * run.size else ""
        text += run.text
    return text


def told(line: list[Run], page: int, number: int) -> tuple[str, At]:
    """A line as words, and where it stands."""
    left, right = line[0].left, max(run.right for run in line)
    top, bottom = min(run.base - run.size for run in line), max(run.base for run in line)
    box = (round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))
    return _joined(line).strip(), At(page=page, line=number, bbox=box)


def page_names(package: Package) -> Iterator[str]:
    """The parts that hold the pages, in the order of the document; one that is missing is left out."""
    for root_body in package.xml("OFD.xml").iter():
        if local(root_body) != "DocRoot" or not root_body.text:
            continue
        document = root_body.text.strip().lstrip("/")
        folder = posixpath.dirname(document)
        for page in package.xml(document).iter():
            if local(page) != "Page" or not page.get("BaseLoc"):
                continue
            location = page.get("BaseLoc", "")
            name = posixpath.normpath(posixpath.join("/", folder, location)).lstrip("/")
            if name in package:
                yield name


def read(data: bytes) -> Content:
    """Content of an OFD: lines from the top, cells of tables parted by tabs. Raises `Unreadable`, with the code
    `no_text_layer` where the pages are pictures.
    """
    package = Package(data)
    if "OFD.xml" not in package:
        raise limits.damaged()
    builder = ContentBuilder("ofd")
    characters = 0
    for number, name in enumerate(page_names(package), 1):
        if number > limits.MAX_PAGES:
            raise limits.too_large("OFD ")
        found = [run for run in runs(package.xml(name)) if run.text.strip()]
        characters += sum(len(run.text) for run in found)
        if characters > limits.MAX_PAGE_CHARACTERS * 20:
            raise limits.too_large("OFD ")
        for count, line in enumerate(lines(found), 1):
            builder.line(*told(line, number, count))
    content = builder.build()
    if not content.text.strip():
        raise Unreadable(
            "no_text_layer",
            "OFD 的页面中没有文字，只有图片或图形，无法读取。",
            "请向报送单位索取可编辑的原件（DOCX 等）或带文字的 OFD。",
        )
    return content
