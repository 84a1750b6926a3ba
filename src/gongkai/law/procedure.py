"""The frame of a procedure kept as one table: acts in words, rows from state to state, a refusal, the drawing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from gongkai.law.citations import Citation, short_basis

_State = TypeVar("_State", bound=StrEnum)
_Act = TypeVar("_Act", bound=StrEnum)
_Kind = TypeVar("_Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class ActInfo(Generic[_Kind]):
    """An act in words: its name, who does it, the fact it leaves behind, the provision that gives it or asks for it."""

    zh: str
    who: str
    event: _Kind | None
    cites: Citation | None = None

    @property
    def basis(self) -> str:
        """The provision, or 本系统规则."""
        return short_basis(self.cites)


@dataclass(frozen=True, slots=True)
class Transition(Generic[_State, _Act]):
    """A row of the table: `to` is None where the state stays.

    Of several rows for one act the first whose `when` holds, looked at after the event, is taken.
    """

    froms: tuple[_State, ...]
    act: _Act
    to: _State | None
    guards: tuple[str, ...] = ()
    when: str = ""


def row_of(table: Iterable[Transition[_State, _Act]], state: _State, act: _Act) -> Transition[_State, _Act] | None:
    """The first row of a table for an act in a state; None when it cannot be done there."""
    return next((row for row in table if row.act is act and state in row.froms), None)


def state_after(
    table: Iterable[Transition[_State, _Act]], state: _State, act: _Act, holds: Callable[[str], bool]
) -> _State | None:
    """The state after an act, when the table has a row for it; `holds` says which `when` does, after the event."""
    for row in table:
        if row.act is act and state in row.froms and holds(row.when):
            return row.to or state
    return None


def because(reason: str, basis: str) -> str:
    """A reason as a sentence that ends with its basis in brackets."""
    return f"{reason.removesuffix('。')}（{basis}）。"


def drawn(heads: Iterable[str], arrows: Iterable[tuple[str, str, str]], start: str, ends: Iterable[str]) -> str:
    """A Mermaid state diagram: its first lines, an arrow for each way from state to state with all its acts, the ends."""
    ways: dict[tuple[str, str], dict[str, None]] = {}
    for origin, to, act in arrows:
        ways.setdefault((origin, to), {})[act] = None
    lines = ["stateDiagram-v2", *heads]
    for (origin, to), acts in ways.items():
        left = "[*]" if origin == start else origin
        lines.append(f"    {left} --> {to}: {' / '.join(acts)}")
    lines += [f"    {end} --> [*]" for end in ends]
    return "\n".join(lines) + "\n"


def named(states: Mapping[_State, str], only: Iterable[_State], indent: int = 4) -> list[str]:
    """The lines of a diagram that give states their names."""
    return [f'{" " * indent}state "{states[state]}" as {state.value}' for state in only]
