"""The sheet of one organ: every indicator with what was said of it by whom, the score that follows, the proofs."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from gongkai.oversight import Indicator, Scheme, Score, Unknown, Value, read_scheme, score
from gongkai.oversight.computed import COMPUTED
from gongkai.oversight.values import from_data
from gongkai.web.assessment.models import Assessed, Deed, Mark, Proof, Round, SchemeVersion
from gongkai.web.assessment.progress import Standing, standing
from gongkai.web.assessment.selectors.succeeding import behind

ASSESSING = ("scored", "reviewed", "appeal")
ORDER = {"computed": 0, "self": 0, "scored": 1, "reviewed": 2, "appeal": 3}


@lru_cache(maxsize=64)
def _read(text: str) -> Scheme:
    return read_scheme(text)


def scheme_of(version: SchemeVersion) -> Scheme:
    """The scheme that a version says."""
    return _read(version.text)


def assessed_of(county: uuid.UUID, key: uuid.UUID) -> Assessed | None:
    """An organ in a round of the county."""
    return Assessed.objects.filter(county=county, pk=key).select_related("round", "round__scheme", "organ").first()


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator: what records, the organ, and those who assess say of it. `holds` is what the score goes by."""

    of: Indicator
    number: str
    above: tuple[str, ...]
    marks: Mapping[str, Mark] = field(default_factory=dict)
    proofs: tuple[Proof, ...] = ()

    @property
    def computed_zh(self) -> str:
        """What records tell of it; empty where they tell nothing."""
        return COMPUTED[self.of.computed].zh if self.of.computed else ""

    @property
    def computed(self) -> Mark | None:
        """What the records said last."""
        return self.marks.get("computed")

    @property
    def holds(self) -> Mark | None:
        """The word that the score goes by: of those who assess the last, else that of the records."""
        found = [self.marks[said] for said in ASSESSING if said in self.marks]
        return max(found, key=lambda mark: mark.pk) if found else self.computed

    @property
    def own(self) -> Mark | None:
        """What the organ itself says, else the records."""
        return self.marks.get("self") or self.computed

    @property
    def value(self) -> Value:
        """The value that holds."""
        return from_data(self.holds.value) if self.holds else Unknown()

    @property
    def own_value(self) -> Value:
        """The value as the organ says it."""
        return from_data(self.own.value) if self.own else Unknown()

    @property
    def differs(self) -> bool:
        """Whether the organ says otherwise than what holds."""
        return self.own_value != self.value

    @property
    def lacks_proof(self) -> bool:
        """Whether files are wanted and none was handed in."""
        return bool(self.of.evidence) and not self.proofs and not self.of.computed


@dataclass(frozen=True)
class Sheet:
    """The whole sheet."""

    assessed: Assessed
    scheme: Scheme
    lines: tuple[Line, ...]
    deeds: tuple[Deed, ...]

    @cached_property
    def standing(self) -> Standing:
        """Where it stands."""
        return standing(self.deeds)

    @cached_property
    def score(self) -> Score:
        """The score by the words that hold."""
        return score(self.scheme, {line.of.key: line.value for line in self.lines}, self.assessed.form)

    @cached_property
    def own_score(self) -> Score:
        """The score by the organ's own words."""
        return score(self.scheme, {line.of.key: line.own_value for line in self.lines}, self.assessed.form)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What is to be said of mergers: whose records count with the organ's own."""
        return behind(self.assessed).notes

    def line(self, key: str) -> Line | None:
        """One of its lines."""
        return next((line for line in self.lines if line.of.key == key), None)

    @property
    def appeals(self) -> list[tuple[Deed, Deed | None]]:
        """Each appeal with its reply."""
        replies = {deed.about_id: deed for deed in self.deeds if deed.kind == "replied"}
        return [(deed, replies.get(deed.pk)) for deed in self.deeds if deed.kind == "appealed"]


def sheets(of: Round, keys: Iterable[uuid.UUID] | None = None) -> list[Sheet]:
    """The sheets of a round, in the order of the organs, with few questions; the records behind a mark come when asked."""
    rows = of.assessed.select_related("round", "round__scheme", "organ")
    found = list(rows if keys is None else rows.filter(pk__in=list(keys)))
    return _sheets(found, scheme_of(of.scheme))


def sheet(assessed: Assessed) -> Sheet:
    """The sheet of one organ."""
    return _sheets([assessed], scheme_of(assessed.round.scheme))[0]


def _sheets(found: list[Assessed], scheme: Scheme) -> list[Sheet]:
    keys = [each.pk for each in found]
    marks: dict[tuple[uuid.UUID, str], dict[str, Mark]] = {}
    for mark in Mark.objects.filter(assessed__in=keys).defer("members").order_by("id"):
        marks.setdefault((mark.assessed_id, mark.indicator), {})[mark.said_by] = mark
    proofs: dict[tuple[uuid.UUID, str], list[Proof]] = {}
    for proof in Proof.objects.filter(assessed__in=keys, ends=None, ended_by=None).order_by("id"):
        proofs.setdefault((proof.assessed_id, proof.indicator), []).append(proof)
    deeds: dict[uuid.UUID, list[Deed]] = {}
    for deed in Deed.objects.filter(assessed__in=keys).order_by("seq"):
        deeds.setdefault(deed.assessed_id, []).append(deed)
    places = [(leaf, scheme.number(leaf.key), scheme.path(leaf.within)) for leaf in scheme.leaves]
    return [
        Sheet(
            each,
            scheme,
            tuple(
                Line(
                    leaf,
                    number,
                    above,
                    marks.get((each.pk, leaf.key), {}),
                    tuple(proofs.get((each.pk, leaf.key), ())),
                )
                for leaf, number, above in places
            ),
            tuple(deeds.get(each.pk, ())),
        )
        for each in found
    ]


def proof_of(county: uuid.UUID, key: uuid.UUID) -> Proof | None:
    """A file that was handed in and not taken back."""
    found = Proof.objects.filter(county=county, pk=key, ends=None, ended_by=None)
    return found.select_related("assessed", "assessed__round", "assessed__round__scheme").first()
