"""Objects behind the addresses of the public's appraisal: what an organ asks about itself, with a sheet of paper."""

from __future__ import annotations

from typing import Any

from gongkai.web.appraisal.services import drafting, taking
from gongkai.web.audit.services import Audit
from gongkai.web.organs.models import Organ
from tests.web.marked.office import TODAY


def appraised(audit: Audit, organ: Organ) -> dict[str, Any]:
    """The keys of a questionnaire that runs, of its batch, and of the one sheet in it."""
    told = drafting.Told("问卷", "评价：是否满意？", (organ.pk,), TODAY, TODAY)
    row = drafting.keep(audit=audit, organ=organ, told=told)
    drafting.open_to_all(audit=audit, row=row)
    batch = taking.bring(audit=audit, row=row, place="大厅", collected_on=TODAY, sheets=2)
    sheet = taking.Sheet(organ.pk, {"q1": 0})
    made = taking.enter(audit=audit, batch=batch, number=1, printed=row.code, sheet=sheet)
    return {"questionnaire": row.stem, "paper_batch": batch.pk, "paper_sheet": made.pk, "appraised_organ": organ.pk}
