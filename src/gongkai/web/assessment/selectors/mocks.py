"""The register of test applications."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from gongkai.web.assessment.mocking import Seen, together
from gongkai.web.assessment.models import Assessed, Mock, MockFinding, Round
from gongkai.web.assessment.selectors.succeeding import behind
from gongkai.web.organs.selectors import of_organs


@dataclass(frozen=True, slots=True)
class Line:
    """A test with its newest finding."""

    mock: Mock
    finding: MockFinding | None

    @property
    def seen(self) -> Seen:
        """How it stands."""
        said = self.finding
        if said is None:
            return Seen(None, None, silent=False, due_on=self.mock.due_on, met={})
        return Seen(said.reached, said.answered_on, silent=said.silent, due_on=self.mock.due_on, met=said.met)

    @property
    def state(self) -> str:
        """In a word."""
        seen = self.seen
        if seen.silent:
            return "到期没有答复"
        if seen.answered_on is None:
            return "渠道不通" if seen.reached is False else "等待答复"
        return {True: "按期答复", False: "逾期答复", None: "已答复"}[seen.in_time]


def mocks(county: uuid.UUID, of: Round | None = None, organs: Collection[uuid.UUID] | None = None) -> list[Line]:
    """The tests, newest first."""
    rows = Mock.objects.filter(county=county).select_related("organ", "round")
    rows = rows if of is None else rows.filter(round=of)
    found = list(of_organs(rows, organs))
    newest = {row.mock_id: row for row in MockFinding.objects.filter(mock__in=found).order_by("id")}
    return [Line(row, newest.get(row.pk)) for row in found]


def mock_of(county: uuid.UUID, key: uuid.UUID) -> Mock | None:
    """One test of the county."""
    return Mock.objects.filter(county=county, pk=key).select_related("organ", "round").first()


def findings_of(mock: Mock) -> list[MockFinding]:
    """What was recorded of a test, newest first."""
    return list(mock.findings.order_by("-id"))


def summary(assessed: Assessed) -> dict[str, bool | None]:
    """What the tests of a round say of an organ and those merged into it: channel, in time, lawful."""
    of, organs = assessed.round, (assessed.organ_id, *(organ.pk for organ in behind(assessed).organs))
    return together(line.seen for line in mocks(of.county, of, organs))
