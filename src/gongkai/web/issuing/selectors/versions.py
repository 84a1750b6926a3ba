"""Where an organ's report of a year stands: its drafts, its signature, its frozen versions, what is outside."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongkai.annual.report import OWN, SCOPES
from gongkai.web.annual.models import Publication
from gongkai.web.issuing.models import Answer, Archive, Draft, Frozen, Issue, Look, Noted
from gongkai.web.memo import once_a_page
from gongkai.web.organs.models import Organ

STATES = {
    "none": "尚未送签",
    "waiting": "等候签发",
    "returned": "退回修改",
    "signed": "已签发，等候定稿",
    "frozen": "已定稿，尚未公布",
    "public": "已公布",
}


def drafts_of(organ: Organ, year: int, scope: str = OWN) -> list[Draft]:
    """Every draft of a report, newest first."""
    rows = Draft.objects.filter(organ=organ, year=year, scope=scope)
    found = rows.select_related("end", "signature", "signature__scan", "frozen")
    return list(found.defer("figures", "members", "findings").order_by("-number"))


def draft_of(county: uuid.UUID, key: uuid.UUID) -> Draft | None:
    """The draft with this key; None when the county has none."""
    found = Draft.objects.select_related("organ", "end", "signature", "signature__scan", "frozen")
    return found.filter(county=county, pk=key).first()


def open_draft(organ: Organ, year: int, scope: str = OWN) -> Draft | None:
    """The draft that waits for its signature or for its freezing; None when there is none."""
    found = Draft.objects.filter(organ=organ, year=year, scope=scope, end=None, frozen=None)
    return found.select_related("organ", "signature").order_by("-number").first()


def versions_of(organ: Organ, year: int, scope: str = OWN) -> list[Frozen]:
    """The frozen versions of a report, newest first."""
    found = Frozen.objects.filter(organ=organ, year=year, scope=scope)
    found = found.select_related("draft", "draft__signature", "look")
    return list(found.defer("draft__figures", "draft__members", "draft__findings").order_by("-version"))


def frozen_of(county: uuid.UUID, key: uuid.UUID) -> Frozen | None:
    """The frozen version with this key; None when the county has none."""
    found = Frozen.objects.select_related("organ", "draft", "draft__signature", "draft__signature__scan")
    return found.filter(county=county, pk=key).first()


def newest(organ: Organ, year: int, scope: str = OWN) -> Frozen | None:
    """The version that stands; None while none is frozen."""
    found = Frozen.objects.filter(organ=organ, year=year, scope=scope).select_related("organ", "draft")
    return found.order_by("-version").first()


def before(frozen: Frozen) -> Frozen | None:
    """The version that this one corrected."""
    found = Frozen.objects.filter(
        organ=frozen.organ_id, year=frozen.year, scope=frozen.scope, version__lt=frozen.version
    )
    return found.select_related("organ", "draft").order_by("-version").first()


def all_standing(county: uuid.UUID) -> list[Frozen]:
    """The version that stands of every organ, year and scope of a county."""
    found: dict[tuple[uuid.UUID, int, str], Frozen] = {}
    for row in Frozen.objects.filter(county=county).select_related("organ").order_by("version"):
        found[row.organ_id, row.year, row.scope] = row
    return list(found.values())


def public_of(frozen: Frozen) -> Publication | None:
    """As what a version stands on the portal; None when it does not (any more)."""
    found = Issue.objects.filter(frozen=frozen, publication__end=None).select_related("publication")
    row = found.order_by("-id").first()
    return row.publication if row else None


def issues_of(frozen: Frozen) -> list[Issue]:
    """Every time a version was published, oldest first."""
    return list(Issue.objects.filter(frozen=frozen).select_related("publication", "publication__end").order_by("id"))


def archives_of(frozen: Frozen) -> list[Archive]:
    """The archive packages of a version, newest first."""
    return list(Archive.objects.filter(frozen=frozen).select_related("file").order_by("-id"))


def noted_of(frozen: Frozen, stamp: str) -> Noted | None:
    """That a person looked at exactly this difference and left it; None when nobody did."""
    return Noted.objects.filter(frozen=frozen, stamp=stamp).order_by("-id").first() if stamp else None


def answers_of(organ: Organ, year: int, scope: str = OWN) -> dict[str, Answer]:
    """What people said to doubts, by fingerprint; what was taken back is left out."""
    newest_: dict[str, Answer] = {}
    for row in Answer.objects.filter(organ=organ, year=year, scope=scope).order_by("id"):
        newest_[row.fingerprint] = row
    return {key: row for key, row in newest_.items() if row.reason}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the report of one organ and year stands, for lists."""

    organ: Organ
    year: int
    state: str
    draft: Draft | None
    frozen: Frozen | None
    look: Look | None
    noted: bool
    scope: str = OWN

    @property
    def name(self) -> str:
        """Whose report it is, and of what where it is not the organ's own."""
        return self.organ.name + ("" if self.scope == OWN else f"（{SCOPES[self.scope]}）")

    @property
    def words(self) -> str:
        """The state in words."""
        return STATES[self.state]

    @property
    def differs(self) -> bool:
        """Whether what is known now gives something else than what was frozen, and nobody has answered to that."""
        return self.look is not None and bool(self.look.stamp) and not self.noted


def standings(county: uuid.UUID, year: int, organs: Iterable[Organ], scope: str = OWN) -> list[Standing]:
    """Where the reports of some organs for one year stand."""
    wanted = {organ.pk: organ for organ in organs}
    drafts: dict[uuid.UUID, Draft] = {}
    rows: QuerySet[Draft] = Draft.objects.filter(county=county, year=year, scope=scope, organ__in=list(wanted))
    for row in rows.select_related("end", "signature").defer("figures", "report", "members").order_by("number"):
        drafts[row.organ_id] = row
    versions: dict[uuid.UUID, Frozen] = {}
    found = Frozen.objects.filter(county=county, year=year, scope=scope, organ__in=list(wanted)).order_by("version")
    for each in found:
        versions[each.organ_id] = each
    keys = [each.pk for each in versions.values()]
    looks = {row.pk: row for row in Look.objects.filter(frozen__in=keys)}
    noted = set(Noted.objects.filter(frozen__in=keys).values_list("frozen", "stamp"))
    public = set(Issue.objects.filter(frozen__in=keys, publication__end=None).values_list("frozen", flat=True))
    done = []
    for key, organ in wanted.items():
        draft, frozen = drafts.get(key), versions.get(key)
        look = looks.get(frozen.pk) if frozen else None
        state = _state(draft, frozen, public)
        seen = bool(frozen and look and (frozen.pk, look.stamp) in noted)
        done.append(Standing(organ, year, state, draft, frozen, look, seen, scope))
    return done


def _state(draft: Draft | None, frozen: Frozen | None, public: set[uuid.UUID]) -> str:
    if draft is not None and (frozen is None or draft.pk != frozen.draft_id):
        if getattr(draft, "end", None) is not None:
            if frozen is None:
                return "returned" if draft.end.why == "returned" else "none"
        else:
            return "signed" if getattr(draft, "signature", None) is not None else "waiting"
    if frozen is None:
        return "none"
    return "public" if frozen.pk in public else "frozen"


@once_a_page
def to_do(county: uuid.UUID, organs: Iterable[uuid.UUID] | None) -> dict[str, int]:
    """How many reports wait for what: `sign`, `freeze`, `publish`, `differ`; of some organs, or of the county's."""
    mine = Q(county=county) if organs is None else Q(county=county, organ__in=organs)
    open_ = Q(end=None, frozen=None)
    later = Frozen.objects.filter(
        organ=OuterRef("organ"), year=OuterRef("year"), scope=OuterRef("scope"), version__gt=OuterRef("frozen__version")
    )
    stands = ~Q(frozen=None) & ~Exists(later)
    public = Exists(Issue.objects.filter(frozen=OuterRef("frozen"), publication__end=None))
    noted = Exists(Noted.objects.filter(frozen=OuterRef("frozen"), stamp=OuterRef("frozen__look__stamp")))
    differs = Q(frozen__look__stamp__gt="") & ~noted
    return Draft.objects.filter(mine).aggregate(
        sign=Count("pk", filter=open_ & Q(signature=None)),
        freeze=Count("pk", filter=open_ & ~Q(signature=None)),
        publish=Count("pk", filter=stands & ~public),
        differ=Count("pk", filter=stands & differs),
    )
