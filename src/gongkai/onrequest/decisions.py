"""The twenty-five ways an application can end, one table for drop-down, letter, remedy and row of the yearly form.

A decision rests on provisions that were read (`cites`) or, where the Regulations are silent or the reading is not yet
verified, on nothing that may be shown as law: then `basis` says 本系统规则. What has to be on file before signing is a
checklist of its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gongkai.law.citations import OUR_RULE, REGULATIONS, Citation, basis
from gongkai.scope.grounds import Duty, severable

Tag = Literal["S", "M", "I"]
"""How well a rule is known: S read in its source; M and I are never shown as law."""

ONE_ROW_OTHER = "otherwise_closed"


class Outcome(StrEnum):
    """The six classes of results of table 三."""

    DISCLOSED = "disclosed"
    DISCLOSED_IN_PART = "disclosed_in_part"
    WITHHELD = "withheld"
    UNAVAILABLE = "unavailable"
    NOT_PROCESSED = "not_processed"
    OTHERWISE_CLOSED = "otherwise_closed"


OUTCOMES: dict[Outcome, str] = {
    Outcome.DISCLOSED: "予以公开",
    Outcome.DISCLOSED_IN_PART: "部分公开",
    Outcome.WITHHELD: "不予公开",
    Outcome.UNAVAILABLE: "无法提供",
    Outcome.NOT_PROCESSED: "不予处理",
    Outcome.OTHERWISE_CLOSED: "其他处理",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A thing on file that a decision needs, and the provision that makes it needed, if one was read."""

    key: str
    zh: str
    asks: str
    cites: Citation | None = None

    @property
    def basis(self) -> str:
        """The provision, or 本系统规则."""
        return basis(self.cites)


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of `scope` on which a part is kept back; `decision` is the whole decision on that ground."""

    key: str
    zh: str
    decision: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One way to end an application.

    `needs` names what must have happened before (guards of the procedure), `evidence` what must be on file before
    signing, `advised` what is only asked for. `row` is the row of table 三 in the edition of 2021. `undelivered`: may
    close the case without a letter being delivered.
    """

    code: str
    name: str
    zh: str
    when: str
    articles: str
    outcome: Outcome
    row: str
    letter: str
    tag: Tag
    row_tag: Tag
    duty: Duty | None = None
    cites: tuple[Citation, ...] = ()
    needs: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    advised: tuple[Evidence, ...] = ()
    parts: bool = False
    undelivered: bool = False
    counted: bool = True

    @property
    def basis(self) -> str:
        """The provisions as a refusal or a list shows them; 本系统规则 where none was read."""
        if self.tag != "S" or not self.cites:
            return OUR_RULE
        return "；".join(f"《{c.law}》{c.article}" for c in self.cites)

    def row_in(self, edition: str) -> str:
        """The row of table 三 in an edition: the form of 2019 has one row for 其他处理."""
        if edition == "2019" and self.outcome is Outcome.OTHERWISE_CLOSED:
            return ONE_ROW_OTHER
        return self.row

    def lacking(self, on_file: Collection[str]) -> tuple[Evidence, ...]:
        """The evidence that must be on file and is not."""
        return tuple(e for e in self.evidence if e.key not in on_file)

    def advised_but_lacking(self, on_file: Collection[str]) -> tuple[Evidence, ...]:
        """What would better be on file and is not: a warning, never a refusal."""
        return tuple(e for e in self.advised if e.key not in on_file)


def _citation(entry: dict[str, str]) -> Citation:
    return Citation(entry.get("law", REGULATIONS), entry["article"], entry["quotation"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("decisions.toml").read_text("utf-8"))


@cache
def evidence() -> dict[str, Evidence]:
    """Every kind of evidence by its key."""
    return {
        e["key"]: Evidence(e["key"], e["zh"], e["asks"], _citation(e["cites"]) if "cites" in e else None)
        for e in _data()["evidence"]
    }


@cache
def grounds() -> dict[str, Ground]:
    """Every ground for keeping back a part, by its key, in the order of the Regulations."""
    return {g["key"]: Ground(g["key"], severable()[g["key"]].zh, g["decision"]) for g in _data()["ground"]}


def _decision(entry: dict[str, Any]) -> Decision:
    known = evidence()
    return Decision(
        **{
            **entry,
            "outcome": Outcome(entry["outcome"]),
            "duty": Duty(entry["duty"]) if "duty" in entry else None,
            "cites": tuple(_citation(c) for c in entry["cites"]),
            "needs": tuple(entry.get("needs", ())),
            "evidence": tuple(known[key] for key in entry["evidence"]),
            "advised": tuple(known[key] for key in entry.get("advised", ())),
        }
    )


@cache
def decisions() -> dict[str, Decision]:
    """All decisions by code, in the order of the yearly form."""
    return {entry["code"]: _decision(entry) for entry in _data()["decision"]}


def decision(code: str) -> Decision:
    """The decision of a code. KeyError names the codes there are."""
    found = decisions().get(code)
    if found is None:
        raise KeyError(f"没有“{code}”这种处理决定，已有：{'、'.join(decisions())}")
    return found


def of_outcome(outcome: Outcome) -> tuple[Decision, ...]:
    """The decisions of one class of results."""
    return tuple(d for d in decisions().values() if d.outcome is outcome)


def evidence_for(code: str, parts: Iterable[str] = ()) -> tuple[Evidence, ...]:
    """What must be on file before a decision is signed.

    For a disclosure in part, `parts` are the grounds of what is kept back: each brings the evidence that withholding
    the whole on that ground would need.
    """

    def needed() -> Iterator[Evidence]:
        yield from decision(code).evidence
        for key in parts:
            yield from decision(grounds()[key].decision).evidence

    return tuple(dict.fromkeys(needed()))


def citations() -> tuple[Citation, ...]:
    """Every provision the table quotes; a test finds each quotation in the official text."""
    own = (c for d in decisions().values() for c in d.cites)
    return tuple(dict.fromkeys((*own, *(e.cites for e in evidence().values() if e.cites))))
