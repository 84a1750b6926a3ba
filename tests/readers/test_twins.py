"""Twins: two different reports, one document. On the cells in which they differ a reader must refuse."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from gongkai.readers import read_bytes
from tests.mess.run import TEXT_PRINTERS, base_seed
from tests.mess.sheet import Sheet, Words
from tests.mess.twins import TWINS, copies, differing

SEED = base_seed()
TIMES = 12


def _of_anchors(joint: str) -> Callable[[Random, Sheet], str]:
    def text(rng: Random, sheet: Sheet) -> str:
        lines = [
            line
            for block in sheet.blocks
            for line in (
                [block.text] if isinstance(block, Words) else [joint.join(c.text for c in r) for r in block.rows]
            )
        ]
        return "\n".join(lines)

    return text


PRINTERS = {
    **TEXT_PRINTERS,
    "pipes_of_anchors": _of_anchors(" | "),
    "tabs_of_anchors": _of_anchors("\t"),
    "bare_pipes": _of_anchors(" | "),
    "bare_tabs": _of_anchors("\t"),
    "bare_lines": _of_anchors("\n"),
}


@pytest.mark.parametrize(("name", "printer"), [(n, p) for n, (_, printers) in TWINS.items() for p in printers])
def test_where_twins_differ_the_reader_refuses(name: str, printer: str):
    for number in range(TIMES):
        seed = f"{SEED}:{name}:{printer}:{number}"
        pair = TWINS[name][0](Random(seed))
        texts = [PRINTERS[printer](Random(seed), twin) for twin in copies(pair)]
        assert texts[0] == texts[1], "the twins are not twins"
        unknown = differing(pair)
        assert unknown, "the twins are one report"
        report = read_bytes(texts[0].encode(), "twins.html" if printer == "html" else "twins.txt")
        told = {a: report.cells[a].value for a in unknown if a in report.cells}
        assert told == {}, f"GONGKAI_SEED={SEED}\n{told}\n{texts[0]}"
