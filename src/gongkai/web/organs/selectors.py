"""Reading the county and its list of organs."""

from __future__ import annotations

import uuid

from gongkai.web.organs.models import County, Organ
from gongkai.web.organs.names import Match, match


def home_county() -> County | None:
    """The county of this desk; None before the first start."""
    return County.objects.order_by("id").first()


def listed_organs(county: uuid.UUID) -> list[Organ]:
    """The organs on the county's list, in its order."""
    return list(Organ.objects.filter(county=county, listed=True))


def organ(county: uuid.UUID, key: uuid.UUID) -> Organ | None:
    """One organ of the county, also one struck from the list."""
    return Organ.objects.filter(county=county, pk=key).first()


def recognise(county: County, name: str) -> Match | None:
    """The listed organ that a printed name means; its key is the organ's key as text."""
    return match(name, {str(o.pk): o.name for o in listed_organs(county.pk)}, county.name)
