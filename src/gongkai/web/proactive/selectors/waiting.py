"""How many entries wait for a person, as a start page counts them: in one question."""

from __future__ import annotations

from datetime import date

from gongkai.proactive.progress import State
from gongkai.web.organs.selectors import Organs, of_organs
from gongkai.web.organs.together import how_many
from gongkai.web.people.models import Person
from gongkai.web.proactive.models import Clarification, Standing
from gongkai.web.proactive.selectors.entries import in_review, overdue_rows, reviewed_by, rows_to_evaluate


def waiting(person: Person, organs: Organs, today: date, *, reviews: bool) -> dict[str, int]:
    """How many wait for what: `review` by this person, if they review at all, and of these organs the rest."""
    county = person.county
    unclear = Clarification.objects.filter(county=county, followed_by=None).exclude(item__standing__public=True)
    found = how_many(
        county,
        {
            "review": in_review(county),
            "returned": Standing.objects.filter(county=county, drafter=person.pk, state=State.RETURNED),
            "overdue": overdue_rows(county, organs, today),
            "evaluate": rows_to_evaluate(county, organs, today),
            "unclear": of_organs(unclear, organs),
        },
    )
    return found | {"review": len(reviewed_by(person)) if reviews and found["review"] else 0}
