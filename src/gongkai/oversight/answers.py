"""Counting the answers of a public appraisal: counts, shares that add up to exactly 100, and always the base.

A base below a limit is shown in numbers only: seven answers are no 85.7 per cent of anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gongkai.annual.shares import shares
from gongkai.oversight.questions import UNKNOWN, Choice, Question

Sheet = Mapping[str, Choice]


def counted(questions: Sequence[Question], sheets: Iterable[tuple[Sheet, Iterable[str]]], least: int) -> list[Any]:
    """What the sheets say, question by question, as data that can be frozen.

    A sheet is its choices and the keys of the questions with words. Of each question `base` is what its shares are
    taken of: who chose (单选、评价, 不了解 left aside), or all that was ticked (多选). `voters` answered at all, `blank`
    left it open. Shares are None below `least` answers.
    """
    held = [(choices, frozenset(words)) for choices, words in sheets]
    return [_one(each, held, least) for each in questions]


def _one(question: Question, sheets: list[tuple[Sheet, frozenset[str]]], least: int) -> dict[str, Any]:
    told: dict[str, Any] = {**question.to_data(), "sheets": len(sheets)}
    if question.kind == "text":
        said = sum(question.key in words for _, words in sheets)
        return {**told, "voters": said, "blank": len(sheets) - said}
    ticks: Counter[int | str] = Counter()
    voters = 0
    for choices, _ in sheets:
        answer = choices.get(question.key)
        if answer is None:
            continue
        voters += 1
        ticks.update(answer if isinstance(answer, list) else [answer])
    counts = [ticks[place] for place in range(len(question.options))]
    unknown = ticks[UNKNOWN]
    small = voters - unknown < least
    parts = None if small else shares(counts)
    told |= {
        "voters": voters,
        "blank": len(sheets) - voters,
        "unknown": unknown,
        "base": sum(counts),
        "rows": [
            {"words": words, "n": n, "share": str(parts[place]) if parts else None}
            for place, (words, n) in enumerate(zip(question.options, counts, strict=True))
        ],
    }
    if question.good:
        done = sum(counts[place] for place in question.good)
        # The sum of the shares above it, so that the rate and its parts never disagree.
        rate = str(sum((parts[place] for place in question.good), start=type(parts[0])(0))) if parts else None
        told["satisfied"] = {"words": question.said_good, "n": done, "of": sum(counts), "rate": rate}
    return told


def satisfied(rows: Iterable[Mapping[str, Any]]) -> tuple[int, int]:
    """(how many, of how many) over all scales of a result that have such a rate: the answers added up."""
    found = [row["satisfied"] for row in rows if "satisfied" in row]
    return sum(each["n"] for each in found), sum(each["of"] for each in found)


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """In sentences: which counts of a published result are others now."""
    found = [
        f"{zh}由{before[key]}份变为{now[key]}份"
        for key, zh in (("received", "收到"), ("counted", "计入"), ("aside", "剔除"))
        if before[key] != now[key]
    ]
    old = {(organ["key"], row["key"]): row for organ in before["organs"] for row in organ["questions"]}
    for organ in now["organs"]:
        for number, row in enumerate(organ["questions"], start=1):
            was = old.get((organ["key"], row["key"]))
            moved = [] if was is None else [*_moved(was, row)]
            if moved:
                found.append(f"{organ['name']}第{number}题：{'，'.join(moved)}")
    return found


def _moved(was: Mapping[str, Any], row: Mapping[str, Any]) -> Iterable[str]:
    if row["kind"] == "text":
        if was["voters"] != row["voters"]:
            yield f"填写的由{was['voters']}份变为{row['voters']}份"
        return
    for before, after in zip(was["rows"], row["rows"], strict=True):
        if before["n"] != after["n"]:
            yield f"“{after['words']}”由{before['n']}变为{after['n']}"
    if was["unknown"] != row["unknown"]:
        yield f"不了解由{was['unknown']}变为{row['unknown']}"
    if was["blank"] != row["blank"]:
        yield f"未作答由{was['blank']}变为{row['blank']}"
