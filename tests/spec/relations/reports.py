"""Reports as a clerk writes them: each row of table 三 as one line of figures, everything not named is 0."""

from __future__ import annotations

from gongkai.annual.forms import all_rows, form
from gongkai.annual.report import At, Cell, Report, Source

COLUMNS = [c.key for c in form("2021").columns]


def report(
    edition: str | None = "2021",
    year: int | None = 2023,
    *,
    rows: dict[str, str] | None = None,
    cells: dict[str, int] | None = None,
    blank: tuple[str, ...] = (),
    uses: dict[str, tuple[str, ...]] | None = None,
) -> Report:
    """`rows`: key → seven figures, or one for a row of natural persons alone. `blank`: addresses that hold nothing."""
    values: dict[str, int] = dict.fromkeys(form(edition).addresses, 0) if edition else {}
    for key, figures in (rows or {}).items():
        places = figures.split()
        if len(places) == 1:
            places = [places[0], *"00000", places[0]]
        values |= {f"applications.{key}.{c}": int(n) for c, n in zip(COLUMNS, places, strict=True)}
    values |= cells or {}
    read = {
        address: Cell(n, str(n), at=At(chars=(i, i + 1)), where=f"第{i}格", uses=(uses or {}).get(address, ()))
        for i, (address, n) in enumerate(values.items())
        if address not in blank
    }
    return Report(Source("年报.txt", "text"), edition=edition, year=year, cells=read, blank=blank)


SOUND = {
    "received": "10",
    "brought_forward": "2",
    "disclosed": "7",
    "unavailable.not_held": "4",
    "concluded": "11",
    "carried_forward": "1",
}
ROWS = {row.key for row in all_rows()}
