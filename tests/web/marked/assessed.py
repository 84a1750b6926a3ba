"""An organ in a round of assessment, with a file and a test application; and a round that is known."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from gongkai.oversight.reading import texts
from gongkai.web.assessment.models import Ranked, Round
from gongkai.web.assessment.services import marks, mocks
from gongkai.web.assessment.services.rounds import open_round
from gongkai.web.assessment.services.schemes import save
from gongkai.web.audit.services import Audit
from gongkai.web.organs.models import Organ


def opened(audit: Audit, organ: Organ, *, days_ago: int = 1) -> Round:
    """A round over the months before, of one organ, whose cut-off has passed."""
    last = timezone.localdate() - timedelta(days=days_ago)
    return open_round(
        audit=audit,
        title="考核",
        scheme=save(audit=audit, text=texts()["starting"] + f"# {organ.pk}\n"),
        first=last - timedelta(days=300),
        last=last,
        cutoff=last,
        organs=[organ.pk],
    )


def assessed(audit: Audit, organ: Organ) -> dict[str, Any]:
    """The keys of what there is of an organ."""
    of = opened(audit, organ)
    one = of.assessed.get()
    proof = marks.prove(audit=audit, assessed=one, indicator="training", name="通知.txt", data="培训".encode())
    test = mocks.send(audit=audit, organ=organ.pk, channel="web", sent_on=timezone.localdate(), asked="某文件", of=of)
    Ranked.objects.create(county=audit.county, round=of, number=1, rows=[], by=audit.actor)
    return {
        "round": of.pk,
        "assessed": one.pk,
        "proof": proof.pk,
        "mock": test.pk,
        "scheme": "starting",
        "leaf": "training",
    }
