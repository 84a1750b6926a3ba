"""What of yearly reports waits for a person, as the start page counts it."""

from __future__ import annotations

from typing import Any

from gongkai.web.issuing import policies
from gongkai.web.issuing.selectors.versions import to_do
from gongkai.web.people.policies import can_some
from gongkai.web.workbench.publishing import Waits

WORK = (
    ("sign", policies.SIGN, "份年度报告等您签发", False),
    ("freeze", policies.FREEZE, "份年度报告已签发，等候定稿", False),
    ("publish", policies.PUBLISH, "份年度报告已定稿，等候公布", False),
    ("differ", policies.FREEZE, "份年度报告定稿以后有变动", True),
)


def waits(person: Any) -> list[Waits]:
    """Reports that wait for this person, and those in which what is known now differs from what was frozen."""
    found = []
    for key, act, words, late in WORK:
        if can_some(person, act):
            organs = policies.organs_acted(person, act)
            count = to_do(person.county, organs)[key] if organs != () else 0
            found.append(
                Waits(count, words, "year-issues", query="?state=differs" if key == "differ" else "", late=late)
            )
    return [each for each in found if each.count]
