"""In whose name the audit keeps what no person at the desk did: a system that calls us, and what is done by itself."""

from __future__ import annotations

from gongkai.web.audit.services import Audit
from gongkai.web.organs.selectors import home_county
from gongkai.web.people.models import Person
from gongkai.web.people.selectors import local_operator


def client_actor(*, audit: Audit, name: str) -> Person:
    """Under whose name the audit keeps what a system does; inside the caller's transaction. It cannot log in."""
    person = Person.objects.create(county=audit.county, name=name[:60], role="api_client")
    audit.record("people.name_client", person)
    return person


def desk_audit() -> Audit | None:
    """The audit of what this desk does by itself; None before the first start."""
    county, operator = home_county(), local_operator()
    return Audit(actor=operator.pk, county=county.pk) if county and operator else None
