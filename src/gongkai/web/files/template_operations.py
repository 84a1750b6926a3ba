"""What the worker can do with a city's workbook: lay it out, note chosen cells, fill them in. No Django in here."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

Answer = tuple[dict[str, Any], bytes]
SHOWN_ROWS, SHOWN_COLUMNS = 120, 40


def _refusing(work: Callable[[dict[str, Any], bytes], Answer]) -> Callable[[dict[str, Any], bytes], Answer]:
    def done(head: dict[str, Any], data: bytes) -> Answer:
        from gongkai.documents.template import CellsMoved, to_json
        from gongkai.documents.template_grid import NotTemplate

        try:
            return work(head, data)
        except CellsMoved as error:
            gone = {
                each.address: {
                    "was": to_json({"": each.place})[""],
                    "why": each.why,
                    "proposals": [to_json({"": place})[""] for place in each.proposals],
                }
                for each in error.moved
            }
            return {"error": str(error), "moved": gone}, b""
        except NotTemplate as error:
            return {"error": str(error)}, b""

    return done


def _layout(head: dict[str, Any], data: bytes) -> Answer:
    """The sheets: `{"sheets": [{"name", "rows": [[cell or null]], "more"}]}`; a cell tells its words and what it may hold."""
    from gongkai.documents.template_grid import name_of, opened

    sheets = []
    for sheet in opened(data).sheets:
        rows = []
        for row in range(min(sheet.used[0], SHOWN_ROWS)):
            line: list[dict[str, Any] | None] = []
            for column in range(min(sheet.used[1], SHOWN_COLUMNS)):
                at = (row, column)
                if at in sheet.covered:
                    line.append(None)
                    continue
                end = sheet.merges.get(at, at)
                line.append(
                    {
                        "at": name_of(row, column),
                        "words": "" if at in sheet.formulas else sheet.words.get(at, "")[:60],
                        "formula": at in sheet.formulas,
                        "open": sheet.fillable(row, column),
                        "down": end[0] - row + 1,
                        "across": min(end[1], SHOWN_COLUMNS - 1) - column + 1,
                    }
                )
            rows.append(line)
        more = sheet.used[0] > SHOWN_ROWS or sheet.used[1] > SHOWN_COLUMNS
        sheets.append({"name": sheet.name, "rows": rows, "columns": min(sheet.used[1], SHOWN_COLUMNS), "more": more})
    return {"sheets": sheets}, b""


def _choose(head: dict[str, Any], data: bytes) -> Answer:
    """Note cells for figures from one cell on: `addresses` in rows of `columns`, to the right and then down."""
    from gongkai.documents.template import chosen, onward, to_json
    from gongkai.documents.template_grid import NotTemplate, opened

    book, addresses, columns = opened(data), head["addresses"], head["columns"]
    if len(addresses) == 1:
        cells = [head["cell"]]
    else:
        sheet = book.sheet(head["sheet"])
        cells = onward(sheet, head["cell"], columns, len(addresses) // columns) if sheet else []
        if not cells:
            raise NotTemplate(f"从{head['cell']}起向右、向下放不下这{len(addresses)}格，请换一格开始，或者逐格指定。")
    found = {a: chosen(book, head["sheet"], cell) for a, cell in zip(addresses, cells, strict=True)}
    return {"places": to_json(found)}, b""


def _moved(head: dict[str, Any], data: bytes) -> Answer:
    """Nothing when every chosen cell is where it was; else the refusal with what moved."""
    from gongkai.documents.template import CellsMoved, from_json, moved
    from gongkai.documents.template_grid import opened

    gone = moved(opened(data), from_json(head["places"]))
    if gone:
        raise CellsMoved(gone)
    return {}, b""


def _fill(head: dict[str, Any], data: bytes) -> Answer:
    """The workbook filled in; a value is `{"number": words}`, `{"words": words}` or null."""
    from gongkai.documents.template import fill, from_json

    def value(said: dict[str, str] | None) -> Decimal | str | None:
        if said is None:
            return None
        return Decimal(said["number"]) if "number" in said else said["words"]

    return {}, fill(data, from_json(head["places"]), {a: value(said) for a, said in head["values"].items()})


template_layout, template_choose = _refusing(_layout), _refusing(_choose)
template_moved, template_fill = _refusing(_moved), _refusing(_fill)
