"""Parts against wholes in the words: sums, items written twice, complete lists of outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.annual.findings import Finding, Grade
from gongkai.annual.passages import found_in
from gongkai.annual.rules import Rule
from gongkai.annual.words import registry
from gongkai.annual.words.lexicon import term
from gongkai.annual.words.lists import Parts, collect, stop_of
from gongkai.annual.words.making import bare, clause_start, named
from gongkai.annual.words.mentions import Mention, Page
from gongkai.annual.words.readings import Reading

_ALL_OUTCOMES = frozenset(
    ("disclosed", "disclosed_in_part", "withheld", "unavailable", "not_processed", "otherwise_closed")
)
_OVERLAPPING = frozenset(["名", "人", "家", "户", "个", "处", "位"])


def _fits(parts: Parts, whole: int) -> bool:
    running = 0
    for value in parts.values:
        running += value
        if running == whole:
            return True
    return parts.open and running <= whole


def _sums_of_wholes(parts: Parts) -> list[int]:
    """Each candidate, and those of the same sentence together: 新收12件，上年结转2件，其中……."""
    values = [w.value for w in parts.wholes if w.exact]
    pairs = [a + b for i, a in enumerate(values[:3]) for b in values[i + 1 : 3]]
    return values + pairs


def verdict(parts: Parts) -> Grade | None:
    """How gravely the parts miss their whole; None when some reading makes them right, or nothing can be said."""
    wholes = parts.wholes[:3]
    if not wholes or not all(w.exact for w in wholes[:1]) or not all(m.exact for m in parts.items):
        return None
    if any(_fits(parts, whole) for whole in _sums_of_wholes(parts)):
        return None
    top = max(w.value for w in wholes if w.exact)
    nearest = wholes[0].value
    if parts.total > nearest:
        return _too_much(parts, top)
    if parts.open or (parts.ragged and not parts.others):
        return None
    return _too_little(parts, nearest, len(wholes) > 1)


def _too_much(parts: Parts, top: int) -> Grade | None:
    first = parts.values[0]
    if len(parts.items) == 1:
        same = parts.items[0].unit == parts.wholes[0].unit
        return "conflict" if same and "其中" in parts.opener and first > top else None
    # One person, one site or one application on two matters may be counted under several heads.
    overlapping = (parts.items[0].unit in _OVERLAPPING and not parts.paired) or any(
        "涉及" in m.label for m in parts.items
    )
    if overlapping or ("涉及" in parts.opener and parts.family is None):
        return None
    if max(parts.values) > top:
        return "conflict"
    if parts.nested and first <= top:
        return None
    if parts.media or parts.total <= top:
        return None if parts.open else "doubt"
    # Where a semicolon divides the list, only its first group is sure to belong to this whole.
    if parts.groups and sum(parts.values[: parts.groups[0]]) <= top and parts.groups[0] > 1:
        return "doubt"
    return "conflict"


def _too_little(parts: Parts, whole: int, several: bool) -> Grade | None:
    count, share = len(parts.items), parts.total / whole if whole else 0
    if count < 2:
        return None
    if parts.nested and not parts.others:
        return None
    surely = parts.others or parts.paired or (parts.family and share >= 0.8) or (count >= 3 and share >= 0.9)
    if surely:
        return "doubt" if several and not parts.others else "conflict"
    return "doubt" if share >= 0.5 and count >= 3 and not several else None


def _rule(parts: Parts) -> Rule:
    return registry.CHANNEL if parts.family == "channel" else registry.SUM


def trailing_findings(page: Page, lists: Iterable[Parts]) -> Iterator[Finding]:
    """Parts whose stated sum follows them. Earlier numbers of the sentence may or may not be parts of it."""
    for parts in lists:
        tails = [sum(parts.values[i:]) for i in range(len(parts.items))]
        if parts.wholes[0].value in tails:
            continue
        yield sum_finding(page, parts, "doubt" if parts.open else "conflict")


def sum_findings(page: Page, lists: Iterable[Parts]) -> Iterator[Finding]:
    """A finding for each list that no reading makes right."""
    for parts in lists:
        grade = verdict(parts)
        if grade:
            yield sum_finding(page, parts, grade)


def sum_finding(page: Page, parts: Parts, grade: Grade) -> Finding:
    """What a list adds up to beside the whole it is said to be part of."""
    whole = parts.wholes[0]
    added = "＋".join(str(v) for v in parts.values)
    met = f"{added}＝{parts.total}" if len(parts.items) > 1 else str(parts.total)
    start, end = clause_start(page, whole), whole.end
    if not parts.far and whole.sentence == parts.items[-1].sentence and len(parts.items) <= 4 and not parts.nested:
        start = min(start, clause_start(page, parts.items[0]))
        end = max(end, stop_of(parts.items[-1]))
    over = "超过" if parts.total > whole.value else "少于"
    return found_in(
        page.passage,
        _rule(parts),
        start,
        end,
        f"文字称“{named(whole)}”，所列各部分合计为{parts.total}{whole.unit}（{met}），{over}总数，两处不一致，请核实。"
        if len(parts.items) > 1
        else f"文字称“{named(whole)}”，其中的“{named(parts.items[0])}”超过总数，两处不一致，请核实。",
        grade=grade,
        met=met,
        expected=str(whole.value),
    )


def repeat_findings(page: Page, lists: Iterable[Parts]) -> Iterator[Finding]:
    """An item written twice with the same number in one list."""
    for parts in lists:
        seen: dict[str, Mention] = {}
        if len(parts.items) < 3:
            continue
        for item in parts.items:
            label = bare(item.label)
            before = seen.get(label)
            if before is None or len(label) < 2 or label.startswith(("其他", "其它")):
                seen[label] = item
                continue
            start, end = before.label_start, stop_of(item)
            same = before.value == item.value
            yield found_in(
                page.passage,
                registry.REPEAT,
                start,
                end,
                f"同一列举中“{named(before)}”出现两次，请核实。"
                if same
                else f"同一列举中“{label}”出现两次，分别为{before.said}和{item.said}，请核实。",
                grade="conflict" if same else "doubt",
                met=f"{before.said}、{item.said}",
                expected="同一项目列一次",
            )
            break


def outcome_lists(page: Page, counts: list[Mention], readings: dict[int, Reading], taken: set[int]) -> Iterator[Parts]:
    """Runs of outcomes that name all six kinds: the form makes such a list complete without saying 其中."""
    position = 0
    while position < len(counts):
        first = counts[position]
        known = term(first.label)
        if known is None or known.family != "outcome" or first.index in taken:
            position += 1
            continue
        parts = collect(page, counts, position)
        position += max(1, len(parts.items))
        kinds = {k for m in parts.items if (t := term(m.label)) for k in t.key.split("+")}
        if not kinds >= _ALL_OUTCOMES:
            continue
        parts.wholes = _applications_before(counts[: position - len(parts.items)], readings, first)
        parts.far = True
        for item in parts.items:
            item.parent = item.parent or (parts.wholes[0] if parts.wholes else None)
        yield parts


def _applications_before(counts: list[Mention], readings: dict[int, Reading], first: Mention) -> list[Mention]:
    found = []
    for mention in reversed(counts[-200:]):
        if mention.paragraph != first.paragraph:
            break
        read = readings.get(mention.index)
        if read and read.subject in ("received", "new", "handled", "decided", "named") and mention.depth == first.depth:
            found.append(mention)
    return found


def complete_findings(page: Page, lists: Iterable[Parts], readings: dict[int, Reading]) -> Iterator[Finding]:
    """Complete outcome lists against what was received or decided."""
    for parts in lists:
        wholes = [w.value for w in parts.wholes if w.exact]
        if not wholes:
            continue
        possible = set(wholes)
        for subject, sign in (("brought_forward", 1), ("pending", -1)):
            near = [
                m.value
                for m in page.mentions
                if (r := readings.get(m.index))
                and m.exact
                and r.subject == subject
                and m.paragraph == parts.items[0].paragraph
                and m not in parts.items
            ]
            possible |= {w + sign * value for w in possible for value in near}
        if parts.total not in possible:
            grade: Grade = "conflict" if not parts.open else "doubt"
            yield sum_finding(page, parts, grade)
