"""What is known of one indicator of one organ. That it cannot be seen (`Unknown`) is not that it is not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from gongkai.oversight.scheme import Indicator, plain


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many; of none there is no rate: say `Apart`."""

    done: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.done <= self.of or self.of == 0:
            raise ValueError(f"{self.done}/{self.of}")


@dataclass(frozen=True, slots=True)
class Points:
    """The points that an assessor gives."""

    amount: Decimal


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each reason for taking off was met; None: that could not be seen."""

    times: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Answers:
    """The lines of a checklist: met, not met, or None: that could not be seen."""

    met: Mapping[str, bool | None]


@dataclass(frozen=True, slots=True)
class Happened:
    """Whether a veto came to pass."""

    yes: bool


@dataclass(frozen=True, slots=True)
class Unknown:
    """It could not be seen, and why."""

    why: str = "尚无依据"


@dataclass(frozen=True, slots=True)
class Apart:
    """It does not apply to this organ, and why."""

    why: str = "不适用"


Seen = Rate | Points | Counts | Answers | Happened
Value = Seen | Unknown | Apart
FITS: dict[str, tuple[type, ...]] = {
    "share": (Rate, Points),
    "deduct": (Counts,),
    "check": (Answers,),
    "veto": (Happened,),
    "bonus": (Points,),
}
"""Which values a way of scoring takes, beside the two that every one takes."""


class Unfit(ValueError):
    """A value that an indicator cannot take, in a sentence."""


def check_value(of: Indicator, value: Value) -> None:
    """Unfit when this indicator cannot take this value."""
    if isinstance(value, Unknown | Apart):
        return
    if not isinstance(value, FITS.get(of.mode, ())):
        raise Unfit(f"“{of.title}”不能这样填。")
    if isinstance(value, Points) and not (value.amount.is_finite() and 0 <= value.amount <= (of.size or Decimal(0))):
        raise Unfit(f"“{of.title}”的得分应在0至{plain(of.size or Decimal(0))}之间。")
    if isinstance(value, Counts):
        _check_keys(of, value.times, {rule.key for rule in of.rules})
        if any(times is not None and not 0 <= times <= 100_000 for times in value.times.values()):
            raise Unfit(f"“{of.title}”的次数应为不小于0的整数。")
    if isinstance(value, Answers):
        _check_keys(of, value.met, {item.key for item in of.items})


def _check_keys(of: Indicator, said: Mapping[str, object], known: set[str]) -> None:
    if stray := sorted(set(said) - known):
        raise Unfit(f"“{of.title}”没有“{'、'.join(stray)}”这一项。")


def to_data(value: Value) -> dict[str, Any]:
    """A value as it is kept."""
    match value:
        case Rate(done, of):
            return {"kind": "rate", "done": done, "of": of}
        case Points(amount):
            return {"kind": "points", "amount": str(amount)}
        case Counts(times):
            return {"kind": "counts", "times": dict(times)}
        case Answers(met):
            return {"kind": "answers", "met": dict(met)}
        case Happened(yes):
            return {"kind": "happened", "yes": yes}
        case Unknown(why):
            return {"kind": "unknown", "why": why}
        case _:
            return {"kind": "apart", "why": value.why}


def from_data(data: Mapping[str, Any]) -> Value:
    """A value as it was kept. Unfit for what no value is."""
    try:
        match data["kind"]:
            case "rate":
                return Rate(int(data["done"]), int(data["of"]))
            case "points":
                return Points(Decimal(data["amount"]))
            case "counts":
                return Counts(dict(data["times"]))
            case "answers":
                return Answers(dict(data["met"]))
            case "happened":
                return Happened(bool(data["yes"]))
            case "apart":
                return Apart(str(data["why"]))
            case "unknown":
                return Unknown(str(data["why"]))
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise Unfit("这一项的记录读不出来。") from error
    raise Unfit("这一项的记录读不出来。")
