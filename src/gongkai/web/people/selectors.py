"""Reading people: who they are, what they are appointed to on a day, and at which organ they act."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.web.memo import once_a_page
from gongkai.web.organs.models import Organ
from gongkai.web.people.models import Account, AccountsOn, Appointment, Attempt, HandOver, Person, SmallOrgan
from gongkai.web.people.permissions import ADMINISTRATORS, ROLES


def local_operator() -> Person | None:
    """The one person of a desk without accounts; None before the first start."""
    return Person.objects.filter(role="local_operator").order_by("id").first()


def names_of(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names behind actor ids."""
    return dict(Person.objects.filter(pk__in=set(ids)).values_list("id", "name"))


def accounts_on() -> bool:
    """Whether everybody logs in. Once it is so it stays so."""
    return AccountsOn.objects.exists()


def person(county: uuid.UUID, key: uuid.UUID) -> Person | None:
    """One person of the county."""
    return Person.objects.filter(county=county, pk=key).select_related("organ").first()


def account_of(person: Person) -> Account | None:
    """The person's account, also a closed one."""
    return Account.objects.filter(person=person).first()


def holding(day: date) -> QuerySet[Appointment]:
    """The appointments that hold on a day."""
    return Appointment.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=day),
        Q(end__isnull=True) | Q(end__ended_on__gt=day),
        from_on__lte=day,
    )


def appointments(person: Person) -> list[Appointment]:
    """All appointments of a person, also those that ended, oldest first."""
    return list(person.appointments.select_related("organ", "deputy_of", "end"))


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a person may act: the roles held at one organ, and in whose stead."""

    organ: Organ | None
    roles: tuple[str, ...]
    deputy_of: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The organ's key, or nothing for the county as a whole."""
        return str(self.organ.pk) if self.organ else ""

    @property
    def words(self) -> str:
        """What is written beside the name: organ, roles, in whose stead."""
        roles = "、".join(ROLES.get(role, role) for role in self.roles)
        stead = f"（代{'、'.join(self.deputy_of)}）" if self.deputy_of else ""
        return f"{self.organ.name} {roles}{stead}" if self.organ else roles + stead


@once_a_page
def seats(person: Person, day: date) -> list[Seat]:
    """The organs at which a person may act on a day, each with the roles held there; own seats before a deputy's."""
    if person.role == "local_operator":  # who is nobody's appointment
        return []
    found = holding(day).filter(person=person).select_related("organ", "deputy_of").order_by("id")
    rows: dict[uuid.UUID | None, list[Appointment]] = {}
    for row in sorted(found, key=lambda a: a.deputy_of_id is not None):
        rows.setdefault(row.organ_id, []).append(row)
    return [
        Seat(
            here[0].organ,
            tuple(dict.fromkeys(a.role for a in here)),
            tuple(dict.fromkeys(a.deputy_of.name for a in here if a.deputy_of)),
        )
        for here in rows.values()
    ]


def acting(person: Person, *, at: str = "", day: date | None = None) -> Person:
    """The person as they act now: at the organ they chose, or at their first, in the roles they hold there.

    One who was never appointed acts in the role that stands with the person (the local operator).
    """
    found = seats(person, day or timezone.localdate())
    if found:
        seat = next((s for s in found if s.key == at), found[0])
        person.organ, person.roles = seat.organ, seat.roles
    elif Appointment.objects.filter(person=person).exists():
        person.organ, person.roles = None, ("unappointed",)
    return person


def holders(role: str, organ: uuid.UUID | None = None, day: date | None = None) -> list[Person]:
    """Who holds a role on a day, at one organ or anywhere; deputies included, by name."""
    found = holding(day or timezone.localdate()).filter(role=role, person__active=True)
    if organ is not None:
        found = found.filter(organ=organ)
    return list(Person.objects.filter(pk__in=found.values("person")).order_by("name", "id"))


def deputies(person: uuid.UUID, organ: uuid.UUID, day: date | None = None) -> list[uuid.UUID]:
    """Who stands in for a person at an organ on a day, in whatever role."""
    found = holding(day or timezone.localdate()).filter(deputy_of=person, organ=organ, person__active=True)
    return list(found.order_by("person").values_list("person", flat=True).distinct())


@once_a_page
def people_at(organ: uuid.UUID, day: date | None = None) -> list[Person]:
    """Who holds any role at an organ on a day, by name."""
    found = holding(day or timezone.localdate()).filter(organ=organ, person__active=True)
    return list(Person.objects.filter(pk__in=found.values("person")).order_by("name", "id"))


def may_coincide(organ: uuid.UUID, day: date | None = None) -> bool:
    """Whether at this organ one person may be clerk, reviewer and head, by a recorded exception that holds that day."""
    day = day or timezone.localdate()
    holds = Q(until_on__isnull=True) | Q(until_on__gt=day)
    return SmallOrgan.objects.filter(holds, organ=organ, from_on__lte=day).exists()


def exceptions(county: uuid.UUID) -> list[SmallOrgan]:
    """All recorded exceptions, newest first."""
    return list(SmallOrgan.objects.filter(county=county).select_related("organ").order_by("-id"))


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the list."""

    person: Person
    seats: tuple[Seat, ...]
    account: Account | None

    @property
    def state(self) -> str:
        """The state of the account in a word."""
        if not self.person.active:
            return "已离开"
        if self.account is None:
            return "演示人员，没有账号" if self.person.demonstration else "没有账号"
        if self.account.closed_at:
            return "账号已停用"
        if self.account.locked_until and self.account.locked_until > timezone.now():
            return "账号已锁定"
        return "首次口令未修改" if self.account.must_change else "正常"


def rows(county: uuid.UUID, organ: uuid.UUID | None = None) -> list[PersonRow]:
    """The people of the county with what they hold today; with `organ` those who hold something there."""
    today = timezone.localdate()
    found = Person.objects.filter(county=county).exclude(role__in=("applicant", "api_client"))
    found = found.order_by("-active", "organ__position", "id")
    accounts = {a.person_id: a for a in Account.objects.filter(county=county)}
    listed = [PersonRow(p, tuple(seats(p, today)), accounts.get(p.pk)) for p in found]
    if organ is None:
        return listed
    return [row for row in listed if any(s.organ and s.organ.pk == organ for s in row.seats)]


def people_known(county: uuid.UUID) -> bool:
    """Whether anyone was added besides those who stand for the machine and for applicants on line."""
    nobody = ("local_operator", "applicant", "api_client")
    return Person.objects.filter(county=county).exclude(role__in=nobody).exists()


def demonstration_people(county: uuid.UUID) -> list[Person]:
    """The invented people of the demonstration."""
    return list(
        Person.objects.filter(county=county, demonstration=True, active=True).select_related("organ").order_by("id")
    )


def missing_administrators(day: date | None = None) -> list[str]:
    """Which of the three administrators still lack a person with an account."""
    found = holding(day or timezone.localdate()).filter(
        person__active=True, person__account__isnull=False, person__account__closed_at__isnull=True
    )
    held = set(found.filter(role__in=ADMINISTRATORS).values_list("role", flat=True))
    return [role for role in ADMINISTRATORS if role not in held]


def failures_from(address: str, since: datetime) -> int:
    """How often logging in failed from an address (its keyed hash) since a moment."""
    return Attempt.objects.filter(address=address, recorded_at__gte=since).exclude(outcome="in").count()


def hand_overs(person: Person) -> list[HandOver]:
    """What this person handed over and took over, newest first."""
    found = HandOver.objects.filter(Q(from_person=person) | Q(to_person=person))
    return list(found.select_related("from_person", "to_person").order_by("-id"))
