"""Names in the audit that are no people: a system that calls us. They cannot log in and may do nothing."""

from __future__ import annotations

from gongkai.web.audit.services import Audit
from gongkai.web.people.models import Person


def client_actor(*, audit: Audit, name: str) -> Person:
    """Under whose name the audit keeps what a system does; inside the caller's transaction."""
    person = Person.objects.create(county=audit.county, name=name[:60], role="api_client")
    audit.record("people.name_client", person)
    return person
