"""People: appointed on a day, at an organ, never to what must stay apart; accounts, hand-over, leaving."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.web.audit.models import Entry
from gongkai.web.facts import Refused
from gongkai.web.organs.tree import found_organ
from gongkai.web.people import accounts, handover, services
from gongkai.web.people.models import Account, AccountsOn, Person
from gongkai.web.people.permissions import ACTS, ADMINISTRATORS, PERMISSIONS, ROLES
from gongkai.web.people.policies import allowed, can_act, whose
from gongkai.web.people.selectors import (
    accounts_on,
    acting,
    appointments,
    holders,
    may_coincide,
    missing_administrators,
    people_at,
    rows,
    seats,
)
from gongkai.web.people.services import add_person, appoint, end_appointment, hand_over, let_go

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def school(county, audit):
    return found_organ(audit=audit, county=county.pk, name="云岭县教育局", form="department")


@pytest.fixture
def health(county, audit):
    return found_organ(audit=audit, county=county.pk, name="云岭县卫生健康局", form="department")


@pytest.fixture
def someone(audit):
    def give(name="王芳", role="", organ=None, **more):
        person = add_person(audit=audit, name=name)
        if role:
            appoint(audit=audit, person=person, role=role, organ=organ, **more)
        return person

    return give


def test_a_new_person_may_do_nothing_but_see_their_own_account(someone):
    person = someone()
    assert [act for act in ACTS if can_act(person, act)] == ["people.own_account"]
    assert acting(Person.objects.get(pk=person.pk)).roles == ("unappointed",)


def test_an_appointment_holds_from_its_day_until_its_end(someone, audit, school):
    person = someone()
    row = appoint(
        audit=audit,
        person=person,
        role="clerk",
        organ=school,
        from_on=TODAY - timedelta(days=10),
        until_on=TODAY + timedelta(days=10),
    )
    for days, held in ((-11, []), (-10, ["clerk"]), (0, ["clerk"]), (9, ["clerk"]), (10, [])):
        found = seats(person, TODAY + timedelta(days=days))
        assert [r for s in found for r in s.roles] == held, days
    end_appointment(audit=audit, appointment=row, on=TODAY, reason="调离")
    assert seats(person, TODAY) == []
    assert seats(person, TODAY - timedelta(days=1))
    assert acting(Person.objects.get(pk=person.pk)).roles == ("unappointed",)
    with pytest.raises(Refused, match="已经终止"):
        end_appointment(audit=audit, appointment=row)


def test_a_person_acts_at_one_organ_at_a_time_in_the_roles_held_there(someone, audit, school, health):
    person = someone("李强", "clerk", school)
    appoint(audit=audit, person=person, role="mail_room", organ=school)
    appoint(audit=audit, person=person, role="head", organ=health)
    here = acting(Person.objects.get(pk=person.pk))
    assert (here.organ, here.roles) == (school, ("clerk", "mail_room"))
    assert can_act(here, "onrequest.handle", whose(here, school.pk))
    assert not can_act(here, "onrequest.approve", whose(here, school.pk))
    there = acting(Person.objects.get(pk=person.pk), at=str(health.pk))
    assert (there.organ, there.roles) == (health, ("head",))
    assert not can_act(there, "onrequest.approve", whose(there, school.pk))
    assert Person.objects.get(pk=person.pk).role == "clerk"


WHOSE = [
    # role          act                        own   passed_on  other
    ("clerk", "onrequest.handle", True, False, False),
    ("clerk", "onrequest.assist", True, True, False),
    ("clerk", "onrequest.see_personal", True, False, False),
    ("clerk", "onrequest.register", True, False, False),
    ("clerk", "onrequest.approve", False, False, False),
    ("reviewer", "onrequest.review", True, False, False),
    ("head", "onrequest.sign", True, False, False),
    ("mail_room", "onrequest.mail_room", True, False, False),
    ("mail_room", "onrequest.look", False, False, False),
    ("competent", "onrequest.look", True, True, True),
    ("competent", "onrequest.see_personal", True, False, False),
]


@pytest.mark.parametrize(("role", "act", "own", "passed", "other"), WHOSE)
def test_whose_matter_it_is_decides(someone, school, health, role, act, own, passed, other):
    person = someone("张三", role, school)
    assert can_act(person, act, whose(person, school.pk)) is own
    assert can_act(person, act, whose(person, health.pk, [school.pk])) is passed
    assert can_act(person, act, whose(person, health.pk)) is other


def test_the_local_operator_calls_everything_their_own(operator, school):
    assert whose(operator, school.pk) == "own"
    assert all(can_act(operator, act) for act in ACTS)


def test_administrators_have_no_business_data():
    business = [a for a in ACTS if a.split(".")[0] in ("annual", "onrequest", "rules")]
    for role in ADMINISTRATORS:
        assert not set(PERMISSIONS[role]) & set(business), role
    assert set(PERMISSIONS["audit_admin"]) == {"people.own_account", "people.look", "audit.look", "audit.verify"}
    assert "people.appoint" not in PERMISSIONS["system_admin"]
    assert "people.keep" not in PERMISSIONS["security_admin"]
    for role in set(PERMISSIONS) - {"local_operator", "audit_admin"}:
        assert not {"audit.look", "audit.verify"} & set(PERMISSIONS[role]), role


@pytest.mark.parametrize("first", ADMINISTRATORS)
@pytest.mark.parametrize("second", [*ADMINISTRATORS, "clerk"])
def test_an_administrator_is_nothing_else(someone, audit, school, first, second):
    person = someone("王刚", first)
    organ = school if second == "clerk" else None
    says = "不必重复授予" if first == second else "应当由不同的人专任"
    with pytest.raises(Refused, match=says):
        appoint(audit=audit, person=person, role=second, organ=organ)
    clerk = someone("赵敏", "clerk", school)
    with pytest.raises(Refused, match="应当由不同的人专任"):
        appoint(audit=audit, person=clerk, role=first)


@pytest.mark.parametrize(("first", "second"), [("clerk", "reviewer"), ("clerk", "head"), ("head", "reviewer")])
def test_clerk_reviewer_and_head_coincide_only_under_a_recorded_exception(
    someone, audit, school, health, first, second
):
    person = someone("孙丽", first, school)
    with pytest.raises(Refused, match="请先登记例外"):
        appoint(audit=audit, person=person, role=second, organ=school)
    appoint(audit=audit, person=person, role=second, organ=health)
    assert not may_coincide(school.pk)
    with pytest.raises(Refused, match="理由"):
        services.allow_coinciding(audit=audit, organ=school, reason=" ")
    services.allow_coinciding(audit=audit, organ=school, reason="全局只有两人，无法分设岗位")
    assert may_coincide(school.pk)
    appoint(audit=audit, person=person, role=second, organ=school)
    assert Entry.objects.filter(act="people.allow_coinciding").count() == 1


def test_a_deputy_stands_in_for_one_who_holds_the_role(someone, audit, school, health):
    head, deputy = someone("周局", "head", school), someone("吴科", "reviewer", health)
    with pytest.raises(Refused, match="不是审核人"):
        appoint(audit=audit, person=deputy, role="reviewer", organ=school, deputy_of=head)
    appoint(audit=audit, person=deputy, role="head", organ=school, deputy_of=head)
    found = {s.organ: s for s in seats(deputy, TODAY)}
    assert found[school].words == "云岭县教育局 工作机构负责人（代周局）"
    assert [p.name for p in holders("head", school.pk)] == ["吴科", "周局"]


REFUSED = [
    ({"role": "emperor"}, "请选择身份"),
    ({"role": "local_operator"}, "请选择身份"),
    ({"role": "clerk"}, "请选择在哪个机关"),
    ({"role": "system_admin", "organ": "school"}, "不属于某一个机关"),
    ({"role": "clerk", "organ": "school", "until_on": TODAY}, "终止日期应当晚于"),
]


@pytest.mark.parametrize(("values", "says"), REFUSED)
def test_what_cannot_be_appointed(someone, audit, school, values, says):
    values = {**values, **({"organ": school} if "organ" in values else {})}
    with pytest.raises(Refused, match=says):
        appoint(audit=audit, person=someone(), **values)


def test_accounts_are_switched_on_by_the_third_administrator_and_never_off(someone, audit, operator):
    people = {role: someone(ROLES[role], role) for role in ADMINISTRATORS}
    for number, (role, person) in enumerate(people.items()):
        assert not accounts_on()
        assert role in missing_administrators()
        accounts.open_account(audit=audit, person=person, login=f"admin{number}")
    assert accounts_on()
    assert AccountsOn.objects.count() == 1
    assert missing_administrators() == []
    last = appointments(people["audit_admin"])[0]
    with pytest.raises(Refused, match="没有审计管理员"):
        end_appointment(audit=audit, appointment=last)
    with pytest.raises(Refused, match="没有系统管理员"):
        accounts.close_account(audit=audit, account=Account.objects.get(person=people["system_admin"]))
    with pytest.raises(Refused, match="没有审计管理员"):
        let_go(audit=audit, person=people["audit_admin"])
    assert accounts_on()


def test_nobody_gives_themselves_a_role(someone, audit, county, school):
    from gongkai.web.audit.services import Audit

    people = [someone(ROLES[role], role) for role in ADMINISTRATORS]
    for number, person in enumerate(people):
        accounts.open_account(audit=audit, person=person, login=f"admin{number}")
    own = Audit(actor=people[1].pk, county=county.pk)
    with pytest.raises(Refused, match="不能给自己授予"):
        appoint(audit=own, person=people[1], role="head", organ=school)


LOGINS = [
    ("", "2至40个"),
    ("a", "2至40个"),
    ("a b c!", "2至40个"),
    ("wang", "已经有人使用"),
    ("ＷＡＮＧ", "已经有人使用"),
]


@pytest.mark.parametrize(("login", "says"), LOGINS)
def test_a_user_name_is_plain_and_once(someone, audit, login, says):
    accounts.open_account(audit=audit, person=someone("王一"), login="wang")
    with pytest.raises(Refused, match=says):
        accounts.open_account(audit=audit, person=someone("王二"), login=login)
    assert Account.objects.count() == 1


def test_invented_people_have_no_account(audit, operator):
    shown = add_person(audit=audit, name="演示员", demonstration=True)
    for person in (shown, operator):
        with pytest.raises(Refused, match="没有账号"):
            accounts.open_account(audit=audit, person=person, login="yanshi")


@pytest.fixture
def work():
    """An app with three pieces of open work for whoever is asked."""
    left: dict = {}

    @handover.open_work("test", "申请", count=lambda person: left.get(person.pk, 0))
    def move(*, audit, from_person, to_person):
        moved = left.pop(from_person.pk, 0)
        left[to_person.pk] = left.get(to_person.pk, 0) + moved
        return moved

    yield left
    del handover._movers["test"]


def test_open_work_goes_over_to_one_of_the_same_organ_and_then_a_person_may_leave(someone, audit, school, health, work):
    leaving, staying, stranger = (
        someone("老陈", "clerk", school),
        someone("小刘", "clerk", school),
        someone("外人", "clerk", health),
    )
    work[leaving.pk] = 3
    with pytest.raises(Refused, match="未办结的申请3件，请先移交"):
        let_go(audit=audit, person=leaving)
    with pytest.raises(Refused, match="不在老陈所在的机关"):
        hand_over(audit=audit, from_person=leaving, to_person=stranger)
    with pytest.raises(Refused, match="另一个人"):
        hand_over(audit=audit, from_person=leaving, to_person=leaving)
    row = hand_over(audit=audit, from_person=leaving, to_person=staying, reason="退休")
    assert row.moved == {"test": 3}
    assert work == {staying.pk: 3}
    let_go(audit=audit, person=leaving)
    assert people_at(school.pk) == [staying]
    assert not Person.objects.get(pk=leaving.pk).active
    with pytest.raises(Refused, match="已经离开"):
        hand_over(audit=audit, from_person=staying, to_person=Person.objects.get(pk=leaving.pk))


def test_the_list_tells_the_state_of_each_account(someone, audit, county, school):
    person = someone("钱七", "clerk", school)
    states = {r.person.name: r.state for r in rows(county.pk)}
    assert states["钱七"] == "没有账号"
    accounts.open_account(audit=audit, person=person, login="qianqi")
    assert {r.person.name: r.state for r in rows(county.pk, school.pk)} == {"钱七": "首次口令未修改"}
    Account.objects.update(must_change=False, locked_until=timezone.now() + timedelta(minutes=3))
    assert rows(county.pk, school.pk)[0].state == "账号已锁定"


def test_no_name_of_a_person_stands_in_the_audit(someone, audit, school):
    someone("欧阳修远", "clerk", school)
    assert not any("欧阳修远" in bytes(e.payload).decode() for e in Entry.objects.all())


def test_allowed_is_the_union_of_the_roles_held_here(someone, audit, school):
    person = someone("孙丽", "clerk", school)
    appoint(audit=audit, person=person, role="mail_room", organ=school)
    here = acting(Person.objects.get(pk=person.pk))
    for act in ACTS:
        wanted = {w for role in here.roles for w in PERMISSIONS[role].get(act, ())}
        assert set(allowed(here, act)) == wanted
