"""What the county's sum tells the words of the yearly report of who speaks for the county: each number named 全县.

The organ's own numbers keep their plain names beside them: a text says of each which of the two it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from gongkai.annual.narrative.facts import Fact
from gongkai.annual.rollup import CountyCell, RolledUp
from gongkai.web.collection.marks import MARK, PREFIX
from gongkai.web.collection.selectors.contributions import GOVERNMENT
from gongkai.web.collection.selectors.rollup import consolidated, government_with, reporting
from gongkai.web.compilation.selectors.covered import covered
from gongkai.web.narrative.selectors import sources
from gongkai.web.narrative.selectors.sources import Asked, Figured
from gongkai.web.narrative.suppliers import Opens, Told
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import county_with, known_as

GROUP = "county"


def speaks(organ: Organ, year: int, known_at: datetime | None = None) -> bool:
    """Whether an organ reports for the county: the government, who reports with it, the competent department."""
    then = known_as(organ, date(year, 12, 31), known_at)
    if then.form == GOVERNMENT or str(organ.pk) == government_with(organ.county, year, known_at):
        return True
    return known_as(organ, timezone.localdate(known_at), known_at).competent


def told(organ: Organ, year: int, known_at: datetime | None = None) -> Iterator[Told]:
    """The county's facts of a year: the cells of its sum, and what its organs have in the catalogue and the registers."""
    county = county_with(organ.county)
    if county is None or not speaks(organ, year, known_at):
        return
    rolled = consolidated(county, year, known_at)
    cells = {address: _figured(cell) for address, cell in rolled.cells.items()}
    keys = {each.pk for one in reporting(county.pk, year, known_at) for each in covered(one, year, known_at).organs}
    asked = Asked(county.pk, tuple(sorted(keys)), year, known_at)
    page = Opens("collection", (), f"year={year}")

    def opened(parts: tuple[str, ...]) -> Opens:
        return Opens("collection-cell", (str(year), parts[0])) if len(parts) == 1 else page

    counted = len(rolled.counted)
    yield Told(Fact(f"{PREFIX}organs", f"{MARK}计入汇总的机关个数", "个", GROUP, counted, "全县汇总"), page)
    for each in sources.tables(cells, "全县汇总", opened):
        yield _of_county(each, f"（{_who(rolled, sources.cells_of(each.fact.key, cells))}）")
    for tell in (sources.published, sources.of_registers, sources.reviewed):
        for each in tell(asked):
            yield _of_county(each, f"（在系统内登记的{len(keys)}个机关）")
    for each in sources.handled(asked, cells["applications.received.total"]):
        yield _of_county(each, f"（在系统内登记的{len(keys)}个机关）")


def _figured(cell: CountyCell) -> Figured:
    return Figured(cell.value, "" if cell.value is not None else "没有一个机关有这一格的数。")


def _who(rolled: RolledUp, addresses: tuple[str, ...]) -> str:
    """How many organs are in a figure, and how many of them are blank there."""
    blank = {part.name for address in addresses for part in rolled.cells[address].blank}
    words = f"{len(rolled.counted)}个机关"
    return words + (f"，其中{len(blank)}个空白" if blank else "")


def _of_county(told: Told, who: str) -> Told:
    """A fact under the county's name. It is in no list of a sentence: those are the organ's own."""
    fact = told.fact
    key, zh, source = f"{PREFIX}{fact.key}", f"{MARK}{fact.zh}", f"{fact.source}{who}"
    return replace(told, fact=replace(fact, key=key, zh=zh, source=source, group=GROUP, family=""))
