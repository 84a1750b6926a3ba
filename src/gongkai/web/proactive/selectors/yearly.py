"""What organs published and reviewed within some days, for the words of yearly reports, as known now or at a moment."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from gongkai.proactive.events import Kind
from gongkai.web.proactive.models import ItemAct, ReEvaluation, Release, Shelf

INTERPRETATION = "interpretation"


@dataclass(frozen=True, slots=True)
class Published:
    """Entries that became public for the first time, each once; by column they may stand in several.

    `forms` counts the interpretations by form; one in two forms stands in both.
    """

    total: int
    kinds: Counter[str]
    columns: Counter[str]
    forms: Counter[str]


def _moments(first: date, last: date) -> tuple[datetime, datetime]:
    after = last + timedelta(days=1)
    return timezone.make_aware(datetime.combine(first, time())), timezone.make_aware(datetime.combine(after, time()))


def published_in(
    county: uuid.UUID, organs: tuple[uuid.UUID, ...], first: date, last: date, known_at: datetime | None = None
) -> Published:
    """What of some organs became public for the first time between two days, also when it was taken back later.

    What was withdrawn before its time had come was never public. What was recorded after `known_at` was not known.
    """
    since, until = _moments(first, last)
    until = min(until, known_at or timezone.now())
    stood = Q(release__withdrawn_at__isnull=True) | Q(release__withdrawn_at__gt=F("release__from_at"))
    of = Shelf.objects.filter(
        stood, county=county, facet="organ", key__in=[str(key) for key in organs], from_at__gte=since,
        from_at__lt=until, release__edition=1,
    ).order_by()  # fmt: skip
    if known_at is not None:
        of = of.exclude(Exists(ItemAct.objects.filter(pk=OuterRef("release"), recorded_at__gt=known_at)))
    kinds = Counter(dict(of.values_list("release__kind").annotate(n=Count("*"))))
    releases = of.values("release")
    columns = Shelf.objects.filter(facet="column", release__in=releases).order_by()
    told = Release.objects.filter(pk__in=releases, kind=INTERPRETATION).values_list("version__metadata", flat=True)
    forms: Counter[str] = Counter()
    for metadata in told:
        said = metadata.get("interpretation_form") or ()
        forms.update({said} if isinstance(said, str) else set(said))
    by_column = Counter(dict(columns.values_list("key").annotate(n=Count("*"))))
    return Published(kinds.total(), kinds, by_column, forms)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Entries that some stage of review let pass, or sent back; and looks at what is withheld."""

    passed: int
    returned: int
    again: int


def reviewed_in(organs: tuple[uuid.UUID, ...], first: date, last: date, known_at: datetime | None = None) -> Reviewed:
    """What was reviewed between two days: each entry once, however many stages and rounds it took."""
    known = Q() if known_at is None else Q(recorded_at__lte=known_at)
    acts = ItemAct.objects.filter(known, item__organ__in=organs, on__range=(first, last)).order_by()
    counted = acts.filter(kind__in=(Kind.PASSED.value, Kind.RETURNED.value)).values_list("kind")
    found = dict(counted.annotate(n=Count("item", distinct=True)))
    looks = ReEvaluation.objects.filter(known, item__organ__in=organs, on__range=(first, last))
    again = looks.values("item").distinct().count()
    return Reviewed(found.get(Kind.PASSED.value, 0), found.get(Kind.RETURNED.value, 0), again)
