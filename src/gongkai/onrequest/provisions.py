"""Every provision the system shows, in one list, and how a person's words for an article are understood."""

from __future__ import annotations

import re
from functools import cache

from gongkai.calendar.days import LOCAL_HOLIDAYS
from gongkai.law import citations
from gongkai.law.citations import REGULATIONS, Citation
from gongkai.law.parameters import PARAMETERS, Parameter
from gongkai.onrequest import decisions, fee, guards, limits, procedure, remedies

_ARTICLE = re.compile(
    r"^《?(?P<law>[^\d第》]*?)》?\s*(?:第\s*)?(?P<number>\d{1,3}|[一二三四五六七八九十百零]{1,6})\s*条?$"
)
_DIGITS = "零一二三四五六七八九"


@cache
def provisions() -> tuple[Citation, ...]:
    """Every citation, each once, by law and article."""
    own = (value.citation for parameter in PARAMETERS.values() for value in parameter.values)
    found = {
        *citations.ALL,
        *(citation for citation in own if citation),
        *fee.CITATIONS,
        *guards.CITATIONS,
        *limits.CITATIONS,
        *procedure.CITATIONS,
        *remedies.CITATIONS,
        *decisions.citations(),
        LOCAL_HOLIDAYS,
    }
    return tuple(
        sorted(found, key=lambda each: (each.law != REGULATIONS, each.law, number_of(each.article), each.article))
    )


def laws() -> tuple[str, ...]:
    """The laws that are cited, the Regulations first."""
    return tuple(dict.fromkeys(citation.law for citation in provisions()))


def number_of(article: str) -> int:
    """The number of 第三十三条第二款; 0 for what is no article."""
    match = re.match("第([一二三四五六七八九十百零]+)条", article)
    return _number(match[1]) if match else 0


def read_article(words: str) -> tuple[str, int] | None:
    """The law and the article that `words` name: 33, 第三十三条, 行政复议法20. None: not understood."""
    match = _ARTICLE.match("".join(words.split()))
    if match is None:
        return None
    number = int(match["number"]) if match["number"].isdigit() else _number(match["number"])
    if not match["law"] or match["law"] in ("条例", "中华人民共和国" + REGULATIONS):
        return REGULATIONS, number
    named = match["law"].removeprefix("中华人民共和国")
    known = [law for law in laws() if named in law]
    exact = [law for law in known if law == named]
    return (exact or known or [named])[0], number


def of_article(law: str, number: int) -> tuple[Citation, ...]:
    """What the system quotes from an article."""
    return tuple(each for each in provisions() if each.law == law and number_of(each.article) == number)


def parameters_of(law: str, number: int) -> tuple[Parameter, ...]:
    """The numbers of the law that rest on an article."""
    cited = set(of_article(law, number))
    return tuple(each for each in PARAMETERS.values() if any(value.citation in cited for value in each.values))


def _number(words: str) -> int:
    """五十六 → 56."""
    total = 0
    for part, unit in re.findall("([零一二三四五六七八九]*)([百十]?)", words):
        digit = _DIGITS.index(part[-1]) if part else 0
        if unit:
            total += (digit or 1) * {"百": 100, "十": 10}[unit]
        else:
            total += digit
    return total
