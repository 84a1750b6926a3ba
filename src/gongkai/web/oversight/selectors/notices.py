"""Notices as lists and pages show them, and as letters."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from gongkai.documents.letters import Letter
from gongkai.web.organs.selectors import Organs, competent_department
from gongkai.web.organs.selectors import names_of as organ_names
from gongkai.web.organs.succession import succession
from gongkai.web.oversight.models import Notice, NoticeAct, NoticeSubject, NoticeText, Recipient
from gongkai.web.oversight.selectors.duties import Shown, evidence_of
from gongkai.web.people.selectors import names_of

KINDS = dict(Notice.KINDS)
STATES = dict(Notice.STATES)


@dataclass(frozen=True, slots=True)
class Line:
    """A notice in its list. `mine` is where it stands for the organ that looks."""

    notice: Notice
    organs: tuple[str, ...]
    received: int
    replied: int
    mine: Recipient | None
    today: date

    @property
    def overdue(self) -> bool:
        """Whether a reply is lacking after its day."""
        by = self.notice.reply_by
        if self.notice.state != "sent" or by is None or by >= self.today:
            return False
        return self.mine.replied_on is None if self.mine else self.replied < len(self.organs)


def own_of(told: Iterable[Recipient], organs: Collection[uuid.UUID]) -> Recipient | None:
    """Where a notice stands for an organ: what lacks most of its own and of those that were merged into it since."""
    own = [each for each in told if each.organ_id in organs]
    return min(own, key=lambda each: (each.received_on is not None, each.replied_on is not None), default=None)


def _seen(county: uuid.UUID, organs: Organs) -> QuerySet[Notice]:
    found = Notice.objects.filter(county=county)
    if organs is not None:
        found = found.filter(state="sent", recipients__organ__in=organs)
    told = Recipient.objects.select_related("organ").order_by("organ__position", "id")
    return found.prefetch_related(Prefetch("recipients", told)).distinct()


def notices(county: uuid.UUID, organs: Organs, today: date, group: str = "", limit: int = 200) -> list[Line]:
    """The notices of a group, newest first; for an organ's people those that were sent to it."""
    found = _seen(county, organs)
    if group in STATES:
        found = found.filter(state=group)
    rows = list(found.order_by("-id")[:limit])
    drafts = [row.pk for row in rows if row.state != "sent"]
    texts: dict[uuid.UUID, NoticeText] = {}
    for text in NoticeText.objects.filter(notice__in=drafts).order_by("version"):
        texts[text.notice_id] = text
    names = organ_names(uuid.UUID(key) for text in texts.values() for key in text.organs)
    out = []
    for row in rows:
        told = list(row.recipients.all())
        mine = own_of(told, organs or ())
        said = tuple(each.organ.name for each in told)
        if row.pk in texts:
            said = tuple(names.get(uuid.UUID(key), "") for key in texts[row.pk].organs)
        received, replied = sum(e.received_on is not None for e in told), sum(e.replied_on is not None for e in told)
        out.append(Line(row, said, received, replied, mine, today))
    return out


def notice(county: uuid.UUID, key: uuid.UUID) -> Notice | None:
    """A notice of the county."""
    return Notice.objects.filter(county=county, pk=key).first()


def text_of(found: Notice, version: int | None = None) -> NoticeText:
    """The text that holds; of a notice that was sent the one that was sent."""
    rows = NoticeText.objects.filter(notice=found)
    sent = NoticeAct.objects.filter(notice=found, act="send").first()
    wanted = version or (sent.version if sent else None)
    held = rows.filter(version=wanted) if wanted else rows.order_by("-version")
    return held[0]


def versions(found: Notice) -> list[tuple[NoticeText, str]]:
    """Every version with who wrote it, newest first."""
    rows = list(NoticeText.objects.filter(notice=found).order_by("-version"))
    people = names_of(row.by for row in rows)
    return [(row, people.get(row.by, "")) for row in rows]


def recipients(found: Notice) -> list[Recipient]:
    """To whom it went."""
    return list(found.recipients.select_related("organ", "notice").order_by("organ__position", "id"))


def organs_of(found: Notice) -> tuple[uuid.UUID, ...]:
    """The organs to which it went, or is to go: in place of one that is no more its successor."""
    if found.state == "sent":
        return tuple(found.recipients.order_by("organ__position", "id").values_list("organ", flat=True))
    return succession(found.county).holders(uuid.UUID(key) for key in text_of(found).organs)


def subjects(found: Notice) -> list[NoticeSubject]:
    """What it is about."""
    return list(NoticeSubject.objects.filter(notice=found).order_by("id"))


def about(county: uuid.UUID, kind: str, key: uuid.UUID) -> list[Notice]:
    """The notices about a thing, newest first."""
    found = Notice.objects.filter(county=county, subjects__kind=kind, subjects__key=key)
    return list(found.distinct().order_by("-id"))


def about_each(county: uuid.UUID, kind: str, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Notice]]:
    """The notices about several things that were not dropped, newest first, by the thing."""
    found: dict[uuid.UUID, list[Notice]] = {}
    rows = NoticeSubject.objects.filter(county=county, kind=kind, key__in=list(keys)).exclude(notice__state="dropped")
    for row in rows.select_related("notice").order_by("-notice__id"):
        assert row.key is not None
        there = found.setdefault(row.key, [])
        if row.notice not in there:
            there.append(row.notice)
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """One line of what was done with a notice."""

    at: datetime
    what: str
    organ: str
    who: str
    words: str
    files: tuple[Shown, ...]


def story(found: Notice, organs: Organs) -> list[Told]:
    """What was done with a notice; an organ's people see what is their organ's, and that it was sent."""
    rows = NoticeAct.objects.filter(notice=found).order_by("id")
    acts = [row for row in rows if organs is None or row.organ is None or row.organ in organs]
    people, names = names_of(row.by for row in acts), organ_names(row.organ for row in acts if row.organ)
    files = evidence_of("notice", [row.pk for row in acts])
    return [
        Told(
            row.recorded_at,
            row.get_act_display(),
            names.get(row.organ, "") if row.organ else "",
            people.get(row.by, ""),
            row.words,
            tuple(files.get(row.pk, ())),
        )
        for row in acts
    ]


def act_of_file(of: uuid.UUID) -> NoticeAct | None:
    """The reply that a file lies beside."""
    return NoticeAct.objects.filter(pk=of).select_related("notice").first()


def letter(found: Notice, text: NoticeText) -> Letter:
    """The notice as a letter of the competent department; without number and day until it is sent."""
    issuer = competent_department(found.county)
    organs = organs_of(found)
    names = organ_names(organs)
    sent = found.state == "sent"
    return Letter(
        organ_name=issuer.name if issuer else "（主管部门）",
        title=text.title,
        addressee="、".join(names[key] for key in organs if key in names),
        paragraphs=tuple(line for line in text.body.split("\n") if line.strip()),
        number=found.number if sent else "",
        dated_on=found.sent_on if sent else None,
    )


def waiting(county: uuid.UUID, organ: uuid.UUID, limit: int) -> list[Recipient]:
    """The notices that wait for an organ: not received, or not replied to where a reply is asked."""
    whose = succession(county).carried(organ)
    rows = Recipient.objects.filter(notice__county=county, organ__in=whose, notice__state="sent", replied_on=None)
    found = rows.select_related("notice", "organ").order_by("notice__reply_by", "id")[: limit * 2]
    return [row for row in found if row.received_on is None or row.notice.reply_by][:limit]


def drafts(county: uuid.UUID, limit: int) -> list[Notice]:
    """The notices that nobody sent yet."""
    return list(Notice.objects.filter(county=county, state="draft").order_by("id")[:limit])


def counted(county: uuid.UUID, year: int) -> dict[str, int]:
    """How many notices of each kind were sent in a year."""
    found = dict.fromkeys(KINDS, 0)
    for kind in Notice.objects.filter(county=county, state="sent", sent_on__year=year).values_list("kind", flat=True):
        found[kind] += 1
    return found
