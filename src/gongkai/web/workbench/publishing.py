"""What of publishing and of letters waits for a person, as the start page counts it: each with the page where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.web.coverage import policies as of_lines
from gongkai.web.coverage.selectors import matrix
from gongkai.web.interaction import policies as of_letters
from gongkai.web.interaction.selectors import letters
from gongkai.web.people.policies import can_some
from gongkai.web.proactive import policies
from gongkai.web.proactive.selectors import waiting as of_entries
from gongkai.web.proactive.selectors.columns import columns
from gongkai.web.registers.selectors.behind import behind

REVIEWS = tuple(f"proactive.review_{stage}" for stage in ("secrecy", "first", "second", "legality", "final"))


@dataclass(frozen=True, slots=True)
class Waits:
    """Some things that wait: how many, in words, on which page; `late`: a day has passed."""

    count: int
    words: str
    view: str
    args: tuple[object, ...] = ()
    query: str = ""
    late: bool = False


def waits(person: Any, today: date) -> list[Waits]:
    """What waits for this person; what there is none of is left out."""
    if not can_some(person, policies.LOOK):
        return []
    organs = policies.organs_seen(person)
    county = person.county
    found: list[Waits] = []
    reviews = any(can_some(person, act) for act in REVIEWS)
    count = of_entries.waiting(person, organs, today, reviews=reviews)
    if reviews:
        found.append(Waits(count["review"], "条等您审查", "review-queue"))
    if can_some(person, "proactive.draft"):
        found.append(Waits(count["returned"], "条退回给您修改", "entries"))
        lists = sum(not each.renewing for each in behind(county, organs))
        found.append(Waits(lists, "份公开清单与台账不一致", "ledgers", query="#behind", late=True))
    if can_some(person, "proactive.draft") or organs is None:
        found.append(Waits(count["overdue"], "条已过公开期限还没有公开", "entries-due", late=True))
    if can_some(person, "proactive.reevaluate"):
        found.append(Waits(count["evaluate"], "条不予公开的应当评估", "entries-due", query="#evaluate"))
    if can_some(person, "proactive.coordinate"):
        found.append(Waits(count["unclear"], "条虚假、不完整信息还没有公开的澄清", "clarifications"))
    found += _coverage(person, today)
    if can_some(person, "proactive.draft"):
        stale = sum(each.fresh.stale for each in columns(county, organs, today))
        found.append(Waits(stale, "个栏目久未更新", "stale-columns", late=True))
    return [each for each in found if each.count]


def letters_wait(person: Any) -> list[Waits]:
    """Letters that wait for this person to give out, answer, review or join; those past their day apart."""
    if not can_some(person, of_letters.LOOK):
        return []
    lines = {line.key: line for line, _ in letters.queue(person)}.values()
    late = sum(line.left is not None and line.left < 0 for line in lines)
    found = [
        Waits(len(lines) - late, "件来信等您办理", "talk"),
        Waits(late, "件来信已过答复时间，等您办理", "talk", late=True),
    ]
    return [each for each in found if each.count]


def _coverage(person: Any, today: date) -> list[Waits]:
    if not can_some(person, of_lines.PLACE) or person.organ_id is None:
        return []
    lines = matrix.chosen(matrix.cells(person.county, today), organ=person.organ_id)
    count = sum(cell.open for cell in lines)
    return [Waits(count, "项标准目录的内容缺、久未更新或者迟", "coverage-organ", (person.organ_id,))]
