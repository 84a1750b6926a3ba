"""May this person do this? Pairs: `check_…` explains by refusing, `can_…` answers. And what each page asks for."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import Organs, competent_department
from gongkai.web.people.models import Person
from gongkai.web.people.permissions import ACTS, PERMISSIONS, ROLES, WHOSE, Whose

View = Callable[..., HttpResponse]
GOVERNMENT = "county_government"
_SAFE = ("GET", "HEAD", "OPTIONS")


def whose(person: Person, organ_id: uuid.UUID | None, passed_on_to: Iterable[uuid.UUID] = ()) -> Whose:
    """Whose matter it is for this person, who acts at one organ: theirs, one passed on to them, or another's.

    Everything is the local operator's own; to one who acts at no organ everything is another's.
    """
    if "local_operator" in person.roles:
        return "own"
    if person.organ_id is None:
        return "other"
    if organ_id == person.organ_id:
        return "own"
    return "passed_on" if person.organ_id in set(passed_on_to) else "other"


def whose_report(person: Person, organ: Organ) -> Whose:
    """Whose an organ's yearly report is for this person. The government's is the competent department's too: it
    publishes it (article 49).
    """
    return "own" if _publishes_for(person, organ) else whose(person, organ.pk)


def reports_of(person: Person) -> tuple[uuid.UUID, ...]:
    """The organs whose yearly reports are this person's own: their organ, with the government where it is competent."""
    if person.organ_id is None:
        return ()
    governments = Organ.objects.filter(county=person.county, form=GOVERNMENT, valid_until=None)
    return (person.organ_id, *(o.pk for o in governments if o.pk != person.organ_id and _publishes_for(person, o)))


def _publishes_for(person: Person, organ: Organ) -> bool:
    if organ.form != GOVERNMENT or person.organ_id is None:
        return False
    office = competent_department(organ.county)
    return office is not None and office.pk == person.organ_id


def allowed(person: Person, act: str) -> tuple[Whose, ...]:
    """For whose matters the table lets this person do `act`. KeyError for an act that the table does not know."""
    if act not in ACTS:
        raise KeyError(f"权限表中没有这一行为：{act}")
    found = {each for role in person.roles for each in PERMISSIONS.get(role, {}).get(act, ())}
    return tuple(each for each in WHOSE if each in found)


def can_act(person: Person, act: str, whose: Whose = "own") -> bool:
    """Whether the table lets this person do `act`. KeyError for an act that the table does not know."""
    return whose in allowed(person, act)


def can_some(person: Person, act: str) -> bool:
    """Whether the table lets this person do `act` for anyone at all: what decides over a page or a menu."""
    return bool(allowed(person, act))


def own_organ(person: Person) -> tuple[uuid.UUID, ...]:
    """The organ at which this person acts; none for who acts at none."""
    return (person.organ_id,) if person.organ_id else ()


def organs_for(person: Person, act: str, own: Callable[[Person], tuple[uuid.UUID, ...]] = own_organ) -> Organs:
    """The organs for whose matters the table lets this person do `act`: None for the whole county, else their `own`."""
    if can_act(person, act, "other"):
        return None
    return own(person) if can_act(person, act) else ()


def _refusal(person: Person, act: str, whose: Whose | None) -> PermissionDenied:
    role = "、".join(ROLES.get(role, role) for role in person.roles)
    which = f"{WHOSE[whose]}事项，" if whose and can_some(person, act) else ""
    return PermissionDenied(f"您的身份是“{role}”，{which}不能{ACTS[act]}。如确需办理，请联系管理员调整权限。")


def check_act(person: Person, act: str, whose: Whose = "own") -> None:
    """PermissionDenied with a sentence when the table does not let this person do `act`."""
    if not can_act(person, act, whose):
        raise _refusal(person, act, whose)


def check_some(person: Person, act: str) -> None:
    """PermissionDenied when the table lets this person do `act` for nobody."""
    if not can_some(person, act):
        raise _refusal(person, act, None)


def needs(act: str, *, post: str | None = None) -> Callable[[View], View]:
    """Declare what a view asks for: `act`, and `post` instead when something is sent.

    The view is refused to whom the table lets do that for nobody; whose matter it is the view's own policy checks.
    """
    for each in (act, post):
        if each is not None and each not in ACTS:
            raise KeyError(f"权限表中没有这一行为：{each}")

    def mark(view: View) -> View:
        @functools.wraps(view)
        def asked(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
            person = getattr(request, "person", None)
            if person is None:
                raise Http404("本系统尚未初始化，请先运行 gongkai serve")
            check_some(person, act if post is None or request.method in _SAFE else post)
            return view(request, *args, **values)

        asked.acts = (act, post or act)  # type: ignore[attr-defined]
        return asked

    return mark


def public(why: str) -> Callable[[View], View]:
    """Declare that a view asks for nobody in particular, and why: the few pages that may be seen without an account."""

    def mark(view: View) -> View:
        view.public = why  # type: ignore[attr-defined]
        return view

    return mark


def check_keep_list(person: Person) -> None:
    """PermissionDenied when this person does not keep the county's list of organs.

    Stands here and not in `organs`, which knows no people.
    """
    check_some(person, "organs.keep_list")


def can_keep_list(person: Person) -> bool:
    """Whether this person keeps the county's list of organs."""
    return can_some(person, "organs.keep_list")
