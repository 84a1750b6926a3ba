"""The grounds on which information is not disclosed, arts. 14 to 16, and what is severed from the rest, art. 37."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.law.citations import REGULATIONS, Citation, short_basis


class Duty(StrEnum):
    """Whether something must or may be done."""

    MUST = "must"
    MAY = "may"


DUTIES: dict[Duty, str] = {Duty.MUST: "应当", Duty.MAY: "可以"}


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground for keeping information back. `duty` MUST: it must not be disclosed; MAY: the organ weighs it.

    None: no ground for withholding, but a content that is severed from what is disclosed. `asks` is what the reason
    has to say.
    """

    key: str
    zh: str
    asks: str
    cites: Citation
    duty: Duty | None = None

    @property
    def basis(self) -> str:
        """The provision by its name."""
        return short_basis(self.cites)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("grounds.toml").read_text("utf-8"))


def _ground(entry: dict[str, Any]) -> Ground:
    cites = Citation(REGULATIONS, entry["cites"]["article"], entry["cites"]["quotation"])
    duty = Duty(entry["duty"]) if "duty" in entry else None
    return Ground(entry["key"], entry["zh"], entry["asks"], cites, duty)


@cache
def grounds() -> dict[str, Ground]:
    """The grounds of arts. 14 to 16 by key, in the order of the Regulations."""
    return {entry["key"]: _ground(entry) for entry in _data()["ground"]}


@cache
def severable() -> dict[str, Ground]:
    """What can be severed from the rest by key: every ground, and what is no government information."""
    return grounds() | {entry["key"]: _ground(entry) for entry in _data()["severed"]}


def citations() -> tuple[Citation, ...]:
    """Every provision quoted here; a test finds each quotation in the official text."""
    return tuple(dict.fromkeys(ground.cites for ground in severable().values()))
