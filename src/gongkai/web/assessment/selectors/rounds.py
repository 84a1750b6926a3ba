"""Rounds, schemes and rankings as pages show them."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass

from gongkai.oversight import Scheme, bundled
from gongkai.oversight.reading import texts
from gongkai.oversight.scoring import VERDICTS
from gongkai.web.assessment.models import Assessed, Deed, Ranked, Result, Round, SchemeVersion
from gongkai.web.assessment.progress import STAGES, standing
from gongkai.web.assessment.selectors.sheets import scheme_of
from gongkai.web.organs.selectors import Organs


@dataclass(frozen=True, slots=True)
class Listed:
    """A round in a list: how many organs stand in which stage."""

    round: Round
    stages: tuple[tuple[str, int], ...]
    organs: int
    mine: Assessed | None


def rounds(county: uuid.UUID, organs: Organs) -> list[Listed]:
    """The rounds, newest first; who sees one organ only sees those in which it is."""
    found = Round.objects.filter(county=county).select_related("scheme").prefetch_related("assessed__deeds")
    listed = []
    for row in found:
        inside = [each for each in row.assessed.all() if organs is None or each.organ_id in organs]
        if organs is not None and not inside:
            continue
        stages = Counter(standing(each.deeds.all()).stage for each in inside)
        told = tuple((zh, stages[key]) for key, zh in STAGES.items() if stages[key])
        listed.append(Listed(row, told, len(inside), inside[0] if organs is not None else None))
    return listed


def round_of(county: uuid.UUID, key: uuid.UUID) -> Round | None:
    """One round of the county."""
    return Round.objects.filter(county=county, pk=key).select_related("scheme").first()


@dataclass(frozen=True, slots=True)
class Version:
    """A scheme in the list: the county's newest version, or one that came with the system (`number` 0)."""

    key: str
    number: int
    scheme: Scheme
    text: str
    row: SchemeVersion | None = None


def schemes(county: uuid.UUID) -> list[Version]:
    """The county's schemes in their newest version, then those that came with the system."""
    newest: dict[str, SchemeVersion] = {}
    for row in SchemeVersion.objects.filter(county=county).order_by("number"):
        newest[row.key] = row
    own = [Version(key, row.number, scheme_of(row), row.text, row) for key, row in sorted(newest.items())]
    ready = [Version(key, 0, scheme, texts()[key]) for key, scheme in bundled().items()]
    return [*own, *sorted(ready, key=lambda each: (bool(each.scheme.gaps), each.key != "starting", each.key))]


def scheme_version(county: uuid.UUID, key: str, number: int | None = None) -> Version | None:
    """A scheme of the county, the newest version or one of them; number 0: the one that came with the system."""
    rows = SchemeVersion.objects.filter(county=county, key=key)
    row = None if number == 0 else (rows if number is None else rows.filter(number=number)).order_by("-number").first()
    if row is not None:
        return Version(key, row.number, scheme_of(row), row.text, row)
    if number in (None, 0) and key in bundled():
        return Version(key, 0, bundled()[key], texts()[key])
    return None


def numbers_of(county: uuid.UUID, key: str) -> list[SchemeVersion]:
    """All versions of a scheme, newest first."""
    return list(SchemeVersion.objects.filter(county=county, key=key).order_by("-number"))


def usable(county: uuid.UUID) -> list[SchemeVersion]:
    """The newest version of each scheme by which something can be scored."""
    return [each.row for each in schemes(county) if each.row is not None and each.row.ready]


def scheme_key(county: uuid.UUID, key: uuid.UUID) -> SchemeVersion | None:
    """A version by its own key."""
    return SchemeVersion.objects.filter(county=county, pk=key).first()


@dataclass(frozen=True, slots=True)
class Placed:
    """One line of a ranking."""

    place: int | None
    tied: bool
    name: str
    organ: uuid.UUID
    words: str
    verdict: str
    failed: bool


def _words(result: Result) -> str:
    low, high = (f"{each.normalize():f}" for each in (result.low, result.high))
    return f"{low}分" if result.low == result.high else f"{low}至{high}分"


def ranked(of: Round) -> tuple[Ranked, list[Placed]] | None:
    """The ranking as it was made known last; None before."""
    row = of.rankings.order_by("-number").first()
    if row is None:
        return None
    results = {str(r.pk): r for r in Result.objects.filter(assessed__round=of).select_related("assessed")}
    lines = []
    for each in row.rows:
        result = results[each["result"]]
        lines.append(
            Placed(
                each["place"],
                each["tied"],
                result.assessed.name,
                result.assessed.organ_id,
                _words(result),
                VERDICTS[result.verdict],
                result.verdict == "failed",
            )
        )
    return row, lines


def history(assessed: Assessed) -> list[Result]:
    """Every final result of an organ in a round, newest first."""
    return list(assessed.results.order_by("-number"))


def appeal_of(assessed: Assessed, key: uuid.UUID) -> Deed | None:
    """One appeal of an organ."""
    return Deed.objects.filter(assessed=assessed, pk=key, kind="appealed").first()


def known_rounds(county: uuid.UUID) -> list[Round]:
    """The rounds whose ranking was made known, newest first."""
    return list(Round.objects.filter(county=county, rankings__number=1))
