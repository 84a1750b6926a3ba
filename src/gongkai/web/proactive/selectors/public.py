"""What anyone outside may see at a moment. Page, search, feed, interface, file address and cache all ask here.

Faces cannot import the models at all (a contract of the imports). Who keeps a store of their own, as a search index
does, joins `public` or asks `public_among` once more before anything is shown.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from gongkai.web.changes.selectors import generation
from gongkai.web.proactive.models import Attachment, Release, Shelf


def public(county: uuid.UUID, at: datetime | None = None) -> QuerySet[Release]:
    """The releases of a county that are public at a moment (now), each with its version, newest first.

    A withdrawn release is out from the act on, whatever anybody's clock says.
    """
    now = at or timezone.now()
    holds = Q(until_at__isnull=True) | Q(until_at__gt=now)
    return (
        Release.objects.filter(holds, county=county, from_at__lte=now, withdrawn_at__isnull=True)
        .select_related("version", "organ")
        .order_by("-from_at", "-id")
    )


def public_item(county: uuid.UUID, item: uuid.UUID, at: datetime | None = None) -> Release | None:
    """The release of an entry that is public at a moment; None: not (any more, or yet) to be seen."""
    return public(county, at).filter(item=item).first()


def public_by_number(county: uuid.UUID, index_number: str, at: datetime | None = None) -> Release | None:
    """The public release with an index number."""
    return public(county, at).filter(index_number=index_number).first()


def public_among(county: uuid.UUID, keys: Iterable[uuid.UUID], at: datetime | None = None) -> dict[uuid.UUID, Release]:
    """Of these entries the ones that are public, by key: how an index of one's own is asked once more when shown."""
    return {release.item_id: release for release in public(county, at).filter(item__in=list(keys))}


def public_file(county: uuid.UUID, item: uuid.UUID, file: uuid.UUID, at: datetime | None = None) -> Attachment | None:
    """A file of an entry, when the version that is public at a moment has it."""
    release = public_item(county, item, at)
    if release is None:
        return None
    return Attachment.objects.filter(version=release.version_id, file=file).select_related("file").first()


def public_files(release: Release) -> list[Attachment]:
    """The files of a public release, in order."""
    return list(Attachment.objects.filter(version=release.version_id).order_by("position", "id"))


def on_shelf(county: uuid.UUID, facet: str, key: str, at: datetime | None = None) -> QuerySet[Release]:
    """The public releases listed under an organ, column, item of the law, theme, kind or topic, newest first."""
    listed = Shelf.objects.filter(release=OuterRef("pk"), facet=facet, key=key)
    return public(county, at).filter(Exists(listed))


def counts(county: uuid.UUID, facet: str, at: datetime | None = None) -> dict[str, int]:
    """How many public releases each key of a facet has."""
    now = at or timezone.now()
    found: dict[str, int] = {}
    keys = Shelf.objects.filter(county=county, facet=facet, release__in=public(county, now).order_by().values("pk"))
    for key in keys.values_list("key", flat=True):
        found[key] = found.get(key, 0) + 1
    return found


def was_public(county: uuid.UUID, at: datetime) -> QuerySet[Release]:
    """What was public at a moment that has passed, as the acts say today; for the ledger, never for a page outside."""
    holds = Q(until_at__isnull=True) | Q(until_at__gt=at)
    stood = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at)
    return Release.objects.filter(holds, stood, county=county, from_at__lte=at).select_related("version", "organ")


def stamp(county: uuid.UUID, at: datetime | None = None) -> str:
    """Under what a page may be kept: it changes with every act, and with every moment at which time changes something.

    One look-up by key; only between such a moment and its being noted two more.
    """
    now = at or timezone.now()
    counted = generation(county)
    if counted.next_at is None or now < counted.next_at:
        return counted.mark
    open_ones = Release.objects.filter(county=county, withdrawn_at__isnull=True)
    begun = open_ones.filter(from_at__lte=now, from_at__gte=counted.next_at).aggregate(last=Max("from_at"))["last"]
    ended = open_ones.filter(until_at__lte=now, until_at__gte=counted.next_at).aggregate(last=Max("until_at"))["last"]
    last = max((moment for moment in (begun, ended) if moment), default=None)
    return f"{counted.mark}.{last.timestamp():.6f}" if last else counted.mark


def fresh_until(county: uuid.UUID, at: datetime | None = None) -> datetime | None:
    """The next moment after `at` at which time alone changes what is public; None: only an act will."""
    now = at or timezone.now()
    open_ones = Release.objects.filter(county=county, withdrawn_at__isnull=True)
    begins = open_ones.filter(from_at__gt=now).order_by("from_at").values_list("from_at", flat=True).first()
    ends = open_ones.filter(until_at__gt=now).order_by("until_at").values_list("until_at", flat=True).first()
    return min((moment for moment in (begins, ends) if moment), default=None)
