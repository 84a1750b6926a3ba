"""What must be published proactively: the items of arts. 19 to 21, each in the words of the Regulations."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from gongkai.law.citations import REGULATIONS, Citation

Where = Literal["all", "county", "township"]
WHERE: dict[Where, str] = {
    "all": "各行政机关",
    "county": "设区的市级、县级人民政府及其部门",
    "township": "乡（镇）人民政府",
}


@dataclass(frozen=True, slots=True)
class StatutoryItem:
    """An item of the law: `zh` are its words, `short` the name of a column for it, `where` whom it binds."""

    key: str
    article: str
    zh: str
    where: Where
    short: str = ""

    @property
    def cites(self) -> Citation:
        """The provision with its words."""
        return Citation(REGULATIONS, self.article, self.zh)

    @property
    def name(self) -> str:
        """How a column or a filter calls it."""
        return self.short or self.zh


@cache
def items() -> dict[str, StatutoryItem]:
    """Every item by key, in the order of the law."""
    text = files(__package__).joinpath("items.toml").read_text("utf-8")
    return {entry["key"]: StatutoryItem(**entry) for entry in tomllib.loads(text)["item"]}


_TOWNSHIPS = frozenset({"township"})
_NEITHER = frozenset({"subdistrict", "vertical", "other"})


def items_of(form: str) -> tuple[StatutoryItem, ...]:
    """The items that bind an organ of a form (the forms of organs); art. 21 names counties, departments, townships.

    For a form that art. 21 does not name only art. 19 and 20 are given: nothing more is guessed.
    """
    where = {"all"} if form in _NEITHER or not form else {"all", "township" if form in _TOWNSHIPS else "county"}
    return tuple(item for item in items().values() if item.where in where)


def citations() -> tuple[Citation, ...]:
    """Every provision quoted here; a test finds each quotation in the official text."""
    return tuple(dict.fromkeys(item.cites for item in items().values()))
