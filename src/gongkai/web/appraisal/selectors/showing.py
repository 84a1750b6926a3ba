"""A result as a page shows it: each question with its chart and its table, and the organs side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongkai.web import charts

MOST_IN_A_CHART = 30
"""Organs of which a chart can still be read; the table has all of them."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a result: its number, its figures, and their chart (None for free text)."""

    number: int
    row: dict[str, Any]
    chart: Any


@dataclass(frozen=True, slots=True)
class Compared:
    """How satisfied the public is with each organ, by one scale."""

    number: int
    words: str
    good: str
    rows: list[tuple[str, dict[str, Any]]]
    chart: Any


@dataclass(frozen=True, slots=True)
class Shown:
    """A result about one organ, or (`about` None) about all together with the organs side by side."""

    result: dict[str, Any]
    about: dict[str, Any] | None
    figures: dict[str, Any]
    questions: list[Question]
    compared: list[Compared]
    small: bool


def shown(result: dict[str, Any], organ: str = "") -> Shown | None:
    """A result as it is shown, of one organ when its key is given; None when it does not appraise that one."""
    about = next((each for each in result["organs"] if each["key"] == organ), None)
    if organ and about is None:
        return None
    if len(result["organs"]) == 1:
        about = result["organs"][0]
    figures = about or result
    questions = [Question(number, row, _chart(number, row)) for number, row in enumerate(figures["questions"], start=1)]
    small = any(each.row["kind"] != "text" and each.row["base"] and _is_small(each.row) for each in questions)
    return Shown(result, about, figures, questions, [] if about else _compared(result), small)


def _is_small(row: dict[str, Any]) -> bool:
    return all(each["share"] is None for each in row["rows"])


def _chart(number: int, row: dict[str, Any]) -> Any:
    if row["kind"] == "text":
        return None
    rows = [(each["words"], each["n"]) for each in row["rows"]]
    if row["kind"] == "scale":
        rows.append(("不了解", row["unknown"]))
    unit = "次" if row["kind"] == "many" else "份"
    return charts.lying(f"q{number}", f"第{number}题：{row['words']}", rows, unit)


def _compared(result: dict[str, Any]) -> list[Compared]:
    """For each scale with steps that count as satisfied: every organ with its figures, as the questionnaire names them."""
    found = []
    for number, row in enumerate(result["questions"], start=1):
        if "satisfied" not in row:
            continue
        rows = [(organ["name"], organ["questions"][number - 1]) for organ in result["organs"]]
        rates = [(name, float(each["satisfied"]["rate"]) if each["satisfied"]["rate"] else None) for name, each in rows]
        chart = None
        if len(rates) <= MOST_IN_A_CHART and any(rate is not None for _, rate in rates):
            chart = charts.lying(f"all{number}", f"第{number}题：各机关的满意率", rates, "%")
        found.append(Compared(number, row["words"], row["satisfied"]["words"], rows, chart))
    return found
