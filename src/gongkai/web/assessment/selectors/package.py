"""The evidence package (佐证材料) of one organ: a folder for each indicator, a list in front, the self-assessment form.

Every name in it is made here: numbers, the title without what no name may hold, and the end of the file's own name.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import IO

from gongkai.documents.plain_table import Cell, table
from gongkai.oversight import Score
from gongkai.oversight.scheme import MODES
from gongkai.web.assessment.models import Mark
from gongkai.web.assessment.selectors.sheets import Line, Sheet
from gongkai.web.assessment.words import value_words
from gongkai.web.files.services import plain_name, read

IN_MEMORY = 8 * 1024 * 1024
PIECE = 256 * 1024
_SHORT = 40
_DATE = (2026, 1, 1, 0, 0, 0)
FORM_HEADS = (
    ("编号", 8), ("一级至上级指标", 30), ("指标", 26), ("评分方式", 12), ("满分", 8), ("需要的材料", 30), ("系统记录", 34), ("自评", 26),
    ("自评得分", 10), ("说明", 40), ("已交材料", 10),
)  # fmt: skip
INDEX_HEADS = (("编号", 8), ("指标", 30), ("文件夹", 30), ("文件", 44), ("说明", 40), ("大小（字节）", 12))
RECORD_HEADS = (("记录", 44), ("是否符合", 10), ("说明", 60))


def folder_of(line: Line) -> str:
    """The folder of an indicator: 2.1 按期答复."""
    return f"{line.number} {plain_name(line.of.title)[:_SHORT]}"


def _bounds(score: Score, key: str) -> Cell:
    step = score.step(key)
    if step is None or not step.of:
        return None
    return step.low if step.low == step.high else f"{step.low:f}至{step.high:f}"


def form_table(sheet: Sheet) -> bytes:
    """The self-assessment form (自评表), filled as far as the records and the organ say."""
    return table("自评表", FORM_HEADS, _form_rows(sheet), dated=False)


def _form_rows(sheet: Sheet) -> Iterator[list[Cell]]:
    score = sheet.own_score
    for line in sheet.lines:
        computed = line.computed
        yield [
            line.number,
            "－".join(line.above),
            line.of.title,
            MODES[line.of.mode],
            line.of.size,
            "、".join(line.of.evidence),
            computed.words if computed else "",
            value_words(line.of, line.own_value),
            _bounds(score, line.of.key),
            line.marks["self"].words if "self" in line.marks else "",
            len(line.proofs),
        ]
    yield ["", "", "合计", "", sheet.scheme.full, "", "", score.words, _sum(score), "", None]
    for note in sheet.notes:
        yield ["", "", "机关变更", "", None, "", note, "", None, "", None]


def _sum(score: Score) -> Decimal | None:
    return score.value


def package(sheet: Sheet) -> IO[bytes]:
    """The package as one zip, read from its beginning."""
    out: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    index: list[list[Cell]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for line in sheet.lines:
            for name, words, data in _files(line):
                place = f"{folder_of(line)}/{name}"
                _put(made, place, data)
                index.append([line.number, line.of.title, folder_of(line), name, words, len(data)])
            if line.lacks_proof:
                index.append(
                    [line.number, line.of.title, folder_of(line), "（没有材料）", "、".join(line.of.evidence), None]
                )
        _put(made, "自评表.xlsx", form_table(sheet))
        _put(made, "目录.xlsx", table("目录", INDEX_HEADS, index, dated=False))
    out.seek(0)
    return out


def pieces(sheet: Sheet) -> Iterator[bytes]:
    """The package in pieces. It is whole before the first piece comes, so that what fails fails there."""
    with package(sheet) as out:
        while piece := out.read(PIECE):
            yield piece


def _files(line: Line) -> Iterator[tuple[str, str, bytes]]:
    computed = line.computed
    if computed is not None and computed.members:
        yield "00 系统记录.xlsx", computed.words, _records(computed)
    for number, proof in enumerate(line.proofs, start=1):
        if proof.file_id is not None:
            yield f"{number:02d} {plain_name(proof.name)[-60:]}", proof.words, read(proof.file_id)


def _records(mark: Mark) -> bytes:
    rows = ([m["title"], "是" if m["good"] else "否", m["why"]] for m in mark.members)
    return table("系统记录", RECORD_HEADS, rows, dated=False)


def _put(made: zipfile.ZipFile, place: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(place, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    made.writestr(entry, data)
