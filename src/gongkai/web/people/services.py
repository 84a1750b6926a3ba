"""Writing people."""

from __future__ import annotations

import uuid

from django.db import transaction

from gongkai.web.audit.services import Audit, salted
from gongkai.web.facts import new_key
from gongkai.web.people.models import Person
from gongkai.web.people.selectors import local_operator


def ensure_local_operator(county: uuid.UUID) -> Person:
    """The local operator, made at first start. Making them is their own first act."""
    found = local_operator()
    if found:
        return found
    key = new_key()
    with transaction.atomic():
        person = Person.objects.create(id=key, county=county, name="本机操作人", role="local_operator")
        Audit(actor=key, county=county).record("people.create_local_operator", person, {"name": salted(person.name)})
    return person
