"""Values in words, and values from what a form says. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from gongkai.oversight import Answers, Apart, Counts, Happened, Indicator, Points, Rate, Unknown, Value
from gongkai.oversight.scheme import plain
from gongkai.text.personal import masked
from gongkai.web.facts import Refused
from gongkai.web.typed import whole_number

HAVE = {"yes": True, "no": False, "": None}
MOST_TIMES, MOST_PIECES = 5, 9
"""How many digits a form takes."""


def value_words(of: Indicator, value: Value) -> str:
    """A value as a table shows it."""
    match value:
        case Rate(done, out_of):
            return f"{done}/{out_of}"
        case Points(amount):
            return f"{plain(amount)}分"
        case Counts(times):
            shown = [(rule.title, times.get(rule.key)) for rule in of.rules]
            return "；".join(f"{title}{'看不到' if n is None else f'{n}次'}" for title, n in shown)
        case Answers(met):
            signs = {True: "符合", False: "不符合", None: "看不到"}
            return "；".join(f"{item.title}{signs[met.get(item.key)]}" for item in of.items)
        case Happened(yes):
            return "发生" if yes else "没有发生"
        case Unknown():
            return "看不到"
        case Apart():
            return "不适用"


def value_from(of: Indicator, said: Mapping[str, str], words: str) -> Value:
    """The value that a form says, of a reason what may be kept of it. Refused when it says none."""
    how = said.get("how", "value")
    if how == "unknown":
        return Unknown(masked(words.strip()) or "看不到")
    if how == "apart":
        return Apart(masked(words.strip()) or "不适用")
    if of.mode in ("share", "bonus"):
        return _share(of, said)
    if of.mode == "deduct":
        return Counts({rule.key: _times(said.get(f"times_{rule.key}", ""), rule.title) for rule in of.rules})
    if of.mode == "check":
        return Answers({item.key: HAVE.get(said.get(f"met_{item.key}", "")) for item in of.items})
    if said.get("happened") not in ("yes", "no"):
        raise Refused(f"请选择“{of.title}”有没有发生。")
    return Happened(said["happened"] == "yes")


def _share(of: Indicator, said: Mapping[str, str]) -> Value:
    done, out_of, points = (said.get(name, "").strip() for name in ("done", "of", "points"))
    if of.mode == "share" and (done or out_of) and not points:
        good, every = whole_number(done, MOST_PIECES), whole_number(out_of, MOST_PIECES)
        if good is None or every is None:
            raise Refused("符合的件数和总件数请填整数。")
        if not good <= every or every == 0:
            raise Refused("符合的件数应在0至总件数之间，总件数应大于0。")
        return Rate(good, every)
    try:
        amount = Decimal(points)
    except InvalidOperation:
        raise Refused(f"请填写“{of.title}”的得分。") from None
    if not amount.is_finite() or -int(amount.as_tuple().exponent) > 2:
        raise Refused("得分最多写两位小数。")
    return Points(amount)


def _times(said: str, title: str) -> int | None:
    if not said.strip():
        return None
    times = whole_number(said, MOST_TIMES)
    if times is None:
        raise Refused(f"“{title}”的次数请填整数；看不到的留空。")
    return times
