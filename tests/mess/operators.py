"""Mess operators: each does to a sheet what careless hands and converters do, and says what that destroys.

An operator changes the sheet in place and returns whether it could do anything; `MESS` names them with the printers
with which they make no sense. What they destroy is lowered in `sheet.truth`; a duty is never raised.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.mess import on_labels, on_structure, on_values
from tests.mess.sheet import Sheet

Change = Callable[[Random, Sheet], bool]


@dataclass(frozen=True)
class Operator:
    """A kind of mess: its name, what it does, the printers it is not combined with, and when in the order it acts."""

    name: str
    change: Change
    order: int
    avoid: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()


def _words(name: str) -> frozenset[str]:
    return frozenset(name.split())


# Where cells have no borders, what a label or an empty cell loses cannot be seen at all.
BORDERLESS = _words("layout content_order scrambled glued")

MESS: tuple[Operator, ...] = (
    Operator("one_other_row", on_structure.one_other_row, 0),
    Operator("wrong_year", on_structure.wrong_year, 0),
    Operator("sections_renumbered", on_structure.sections_renumbered, 1),
    Operator("imitating_words", on_structure.imitating_words, 1),
    Operator("extra_row", on_structure.extra_row, 1, avoid=_words("glued scrambled")),
    Operator("blanks", on_values.blanks, 2),
    Operator("full_width_digits", on_values.full_width_digits, 3),
    Operator("thousands", on_values.thousands, 3),
    Operator("notes_in_cells", on_values.notes_in_cells, 4),
    Operator("units_in_cells", on_values.units_in_cells, 4),
    Operator("signs_in_words", on_values.signs_in_words, 4),
    # Where merged cells are dissolved, one run of digits in seven columns cannot be told from a number.
    Operator("glued_row", on_values.glued_row, 5, avoid=_words("glued scrambled markdown pandas_html pandas_xlsx")),
    Operator("merged_values", on_values.merged_values, 5, avoid=BORDERLESS),
    Operator("drifted_row", on_values.drifted_row, 5, avoid=BORDERLESS),
    Operator("altered_labels", on_labels.altered_labels, 6),
    Operator("cut_heads", on_labels.cut_heads, 6),
    Operator("item_numbers", on_labels.item_numbers, 6),
    Operator("half_width_brackets", on_labels.half_width_brackets, 6),
    Operator("dropped_label", on_labels.dropped_label, 7),
    Operator("dropped_head", on_labels.dropped_head, 7),
    Operator("doubled_label", on_labels.doubled_label, 7),
    Operator("swapped_rows", on_labels.swapped_rows, 7),
    Operator("repeated_groups", on_labels.repeated_groups, 8),
    Operator("split_label", on_labels.split_label, 8, avoid=_words("glued")),
    Operator("spaced_labels", on_labels.spaced_labels, 9),
    Operator("blocks_apart", on_structure.blocks_apart, 10, avoid=_words("glued")),
    Operator("page_break", on_structure.page_break, 11, avoid=_words("glued scrambled")),
    Operator("page_number", on_structure.page_number, 12, avoid=_words("glued scrambled")),
    Operator("breaks_off", on_structure.breaks_off, 13),
    Operator("nested", on_structure.nested, 14, only=_words("html")),
    Operator("traditional", on_labels.traditional, 15),
    Operator("pinyin", on_labels.pinyin, 16),
)


def chosen(rng: Random, printer: str, depth: int) -> list[Operator]:
    """So many operators that go with a printer, in the order they act."""
    fit = [o for o in MESS if printer not in o.avoid and (not o.only or printer in o.only)]
    return sorted(rng.sample(fit, depth), key=lambda o: o.order)


def apply(rng: Random, sheet: Sheet, operators: list[Operator]) -> Sheet:
    """A copy of the sheet after the operators; the log names those that could do something."""
    messed = sheet.copy()
    for operator in operators:
        if operator.change(rng, messed):
            messed.log.append(operator.name)
    return messed


def encode(rng: Random, text: str, html: bool) -> tuple[bytes, str]:
    """The bytes of a text file in one of the encodings in use, and its name."""
    encodings = ["utf-8", "utf-8-sig", "gb18030"] if not html else ["utf-8"]
    encoding = rng.choice(encodings)
    if html:
        declared = re.search(r'charset="(\w+)', text)
        encoding = "gb18030" if declared and declared[1] == "gbk" else "utf-8"
    if encoding == "gb18030" and any(ord(c) > 0xFFFF for c in text):
        encoding = "utf-8"
    newline = rng.choice(("\n", "\n", "\r\n"))
    return text.replace("\n", newline).encode(encoding), encoding
