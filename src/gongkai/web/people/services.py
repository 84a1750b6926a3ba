"""Writing people: who there is, what they are appointed to, and whose work goes to whom."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.web.audit.services import Audit, salted
from gongkai.web.facts import Refused, new_key
from gongkai.web.organs.models import County, Organ
from gongkai.web.people import handover
from gongkai.web.people.models import AccountsOn, Appointment, AppointmentEnd, HandOver, Person, SmallOrgan
from gongkai.web.people.permissions import ADMINISTRATORS, APART, APPOINTED, ROLES
from gongkai.web.people.selectors import (
    accounts_on,
    acting,
    holding,
    local_operator,
    may_coincide,
    missing_administrators,
    seats,
)


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


def online_applicant(county: uuid.UUID) -> Person:
    """Under whose name the audit keeps what applicants do on line; made at the first such act, and never logs in."""
    kept = Person.objects.filter(county=county, role="applicant").order_by("id")
    found = kept.first()
    if found:
        return found
    key = new_key()
    with transaction.atomic():
        County.objects.select_for_update().get(pk=county)
        if other := kept.first():
            return other
        person = Person.objects.create(id=key, county=county, name=ROLES["applicant"], role="applicant")
        Audit(actor=key, county=county).record("people.create_online_applicant", person)
    return person


def _words(text: str, what: str, most: int, least: int = 2) -> str:
    plain = " ".join(text.split())
    if not least <= len(plain) <= most:
        raise Refused(f"请填写{what}，{least}至{most}个字。")
    return plain


def add_person(*, audit: Audit, name: str, demonstration: bool = False) -> Person:
    """A new person, who is nothing yet and may do nothing. Two people may have one name."""
    plain = _words(name, "姓名", 30)
    with transaction.atomic():
        person = Person.objects.create(county=audit.county, name=plain, role="unappointed", demonstration=demonstration)
        audit.record("people.add_person", person, {"name": salted(plain), "demonstration": demonstration})
    return person


def appoint(
    *,
    audit: Audit,
    person: Person,
    role: str,
    organ: Organ | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
    deputy_of: Person | None = None,
    reason: str = "",
) -> Appointment:
    """Give a person a role at an organ. Refused when it would join what must stay apart."""
    today = timezone.localdate()
    start = from_on or today
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        _check_appointment(audit, person, role, organ, start, until_on)
        _check_deputy(role, organ, deputy_of, person, start)
        row = Appointment.objects.create(
            county=person.county,
            person=person,
            role=role,
            organ=organ,
            from_on=start,
            until_on=until_on,
            deputy_of=deputy_of,
            reason=reason.strip()[:200],
            by=audit.actor,
        )
        audit.record(
            "people.appoint",
            person,
            {
                "appointment": str(row.pk),
                "role": role,
                "organ": str(organ.pk) if organ else None,
                "from_on": start.isoformat(),
                "until_on": until_on.isoformat() if until_on else None,
                "deputy_of": str(deputy_of.pk) if deputy_of else None,
                "reason": salted(reason),
            },
        )
        settle(person)
        switch_on_when_ready(audit=audit)
    return row


def _check_appointment(
    audit: Audit, person: Person, role: str, organ: Organ | None, start: date, until: date | None
) -> None:
    if role not in APPOINTED:
        raise Refused("请选择身份。")
    if not person.active or person.role in ("local_operator", "applicant", "api_client"):
        raise Refused("这个人员不能授予身份。")
    if accounts_on() and audit.actor == person.pk:
        raise Refused("不能给自己授予身份，请由其他安全管理员办理。")
    if until is not None and until <= start:
        raise Refused("终止日期应当晚于开始日期。")
    if role in ADMINISTRATORS and organ is not None:
        raise Refused(f"{ROLES[role]}管理整个系统，不属于某一个机关。")
    if role not in ADMINISTRATORS and organ is None:
        raise Refused(f"请选择在哪个机关担任{ROLES[role]}。")
    if organ is not None and organ.valid_until is not None and organ.valid_until <= start:
        raise Refused(f"“{organ.name}”已经撤销，不能再授予这个机关的身份。")
    held = [(a.role, a.organ_id) for a in Appointment.objects.filter(person=person) if _still_holds(a, start)]
    if (role, organ.pk if organ else None) in held:
        raise Refused(f"{person.name}已经是{ROLES[role]}，不必重复授予。")
    others = {r for r, _ in held if r != role}
    if others and (role in ADMINISTRATORS or others & set(ADMINISTRATORS)):
        both = "、".join(ROLES[r] for r in (*sorted(others), role))
        raise Refused(f"系统管理员、安全管理员、审计管理员应当由不同的人专任，不能同时担任{both}。")
    here = {r for r, o in held if organ is not None and o == organ.pk}
    if organ is not None and role in APART and here & set(APART) and not may_coincide(organ.pk, start):
        raise Refused(
            f"{person.name}在“{organ.name}”已是{'、'.join(ROLES[r] for r in APART if r in here)}，承办、审核、批准应当由不同的人担任。"
            "人手确实不足的机关，请先登记例外并写明理由。"
        )


def _still_holds(row: Appointment, day: date) -> bool:
    """Whether an appointment holds on a day or begins after it."""
    end = AppointmentEnd.objects.filter(appointment=row).first()
    last = min((d for d in (row.until_on, end.ended_on if end else None) if d), default=None)
    return last is None or last > day


def _check_deputy(role: str, organ: Organ | None, deputy_of: Person | None, person: Person, day: date) -> None:
    if deputy_of is None:
        return
    if deputy_of.pk == person.pk:
        raise Refused("不能代理自己。")
    if not holding(day).filter(person=deputy_of, role=role, organ=organ).exists():
        raise Refused(f"{deputy_of.name}在这一天不是{ROLES[role]}，不能由他人代理。")


def end_appointment(*, audit: Audit, appointment: Appointment, on: date | None = None, reason: str = "") -> None:
    """Let an appointment end on a day (today when none is said). Refused for the last administrator of a kind."""
    day = on or timezone.localdate()
    person = appointment.person
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        if AppointmentEnd.objects.filter(appointment=appointment).exists():
            raise Refused("这项身份已经终止。")
        if day < appointment.from_on:
            raise Refused("终止日期不能早于开始日期。")
        AppointmentEnd.objects.create(
            county=person.county, appointment=appointment, ended_on=day, reason=reason.strip()[:200], by=audit.actor
        )
        if accounts_on() and (lost := missing_administrators(day)):
            raise Refused(f"不能终止：之后将没有{'、'.join(ROLES[r] for r in lost)}。请先授予另一个人。")
        facts = {"appointment": str(appointment.pk), "on": day.isoformat(), "reason": salted(reason)}
        audit.record("people.end_appointment", person, facts)
        settle(person)


def settle(person: Person) -> None:
    """Write the main appointment of today beside the name, where lists and other apps read it."""
    fresh = acting(Person.objects.get(pk=person.pk))
    person.role, person.organ = fresh.roles[0], fresh.organ
    Person.objects.filter(pk=person.pk).update(role=person.role, organ=person.organ)


def allow_coinciding(*, audit: Audit, organ: Organ, reason: str, until_on: date | None = None) -> SmallOrgan:
    """Record that at this organ one person may be clerk, reviewer and head, and why. Never silently."""
    words = _words(reason, "理由（为什么不能由不同的人担任）", 200, 5)
    today = timezone.localdate()
    if until_on is not None and until_on <= today:
        raise Refused("终止日期应当在今天之后。")
    with transaction.atomic():
        row = SmallOrgan.objects.create(
            county=organ.county, organ=organ, from_on=today, until_on=until_on, reason=words, by=audit.actor
        )
        audit.record("people.allow_coinciding", organ, {"exception": str(row.pk), "reason": salted(words)})
    return row


def switch_on_when_ready(*, audit: Audit) -> bool:
    """From the moment the three administrators have accounts everybody logs in. Whether that was now."""
    if accounts_on() or missing_administrators():
        return False
    with transaction.atomic():
        row = AccountsOn.objects.create(county=audit.county, by=audit.actor)
        audit.record("people.switch_accounts_on", row)
    return True


def hand_over(*, audit: Audit, from_person: Person, to_person: Person, reason: str = "") -> HandOver:
    """Give all open work of one person to another who holds a role at the same organ. Refused when they do not."""
    if from_person.pk == to_person.pk:
        raise Refused("请选择另一个人接收。")
    if not to_person.active:
        raise Refused(f"{to_person.name}已经离开，不能接收工作。")
    today = timezone.localdate()
    theirs = {s.key for s in seats(to_person, today)}
    held = {str(a.organ_id or "") for a in Appointment.objects.filter(person=from_person)}
    if not held & theirs:
        raise Refused(f"{to_person.name}不在{from_person.name}所在的机关任职，不能接收工作。")
    with transaction.atomic():
        moved = handover.move_all(audit=audit, from_person=from_person, to_person=to_person)
        row = HandOver.objects.create(
            county=from_person.county,
            from_person=from_person,
            to_person=to_person,
            reason=reason.strip()[:200],
            moved=moved,
            by=audit.actor,
        )
        facts = {"to": str(to_person.pk), "moved": moved, "reason": salted(reason)}
        audit.record("people.hand_over", from_person, facts)
    return row


def let_go(*, audit: Audit, person: Person, reason: str = "") -> None:
    """A person leaves: every appointment ends today. Refused while open work is theirs, or for a last administrator."""
    if left := handover.count_open(person):
        words = "、".join(f"{says}{number}件" for says, number in left.items())
        raise Refused(f"{person.name}还有未办结的{words}，请先移交。")
    with transaction.atomic():
        for row in Appointment.objects.filter(person=person, end__isnull=True):
            if _still_holds(row, timezone.localdate()):
                end_appointment(audit=audit, appointment=row, on=max(row.from_on, timezone.localdate()), reason=reason)
        Person.objects.filter(pk=person.pk).update(active=False)
        person.active = False
        audit.record("people.let_go", person, {"reason": salted(reason)})
