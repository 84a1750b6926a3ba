"""An organ whose cases come in through the door of the ledger, on days that a test chooses."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.readers.ledger import LedgerRow
from gongkai.web.onrequest.models import Application
from gongkai.web.onrequest.services.ledger import bring_in
from gongkai.web.organs.models import Organ


@pytest.fixture
def organ(county):
    return Organ.objects.create(county=county.pk, name="云岭县水务局", form="department", word="云水")


@pytest.fixture
def bring(audit, organ):
    """Bring cases in as “number received replied decision”; days as 2025-03-01, - where there is none."""

    def give(*lines: str, of: Organ | None = None, kind: str = "natural_person") -> dict[str, Application]:
        rows = []
        for line, words in enumerate(lines, start=1):
            number, received, replied, code = (*words.split(), "-", "-")[:4]
            on = None if replied == "-" else date.fromisoformat(replied)
            rows.append(
                LedgerRow(
                    "", line, date.fromisoformat(received), number=number, applicant="李清照", applicant_kind=kind,
                    content="水费标准", replied_on=on, decision="" if code == "-" else code, delivered_on=on,
                )
            )  # fmt: skip
        bring_in(audit=audit, organ=of or organ, rows=rows, sha256="test")
        return {each.number: each for each in Application.objects.filter(organ=of or organ)}

    return give
