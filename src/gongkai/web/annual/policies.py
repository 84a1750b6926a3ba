"""May this be done now? Pairs of `check_…` and `can_…`, over the one table of `people` and the state of the row."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from gongkai.web.annual.models import Submission
from gongkai.web.facts import Refused
from gongkai.web.people.models import Person
from gongkai.web.people.permissions import Whose
from gongkai.web.people.policies import can_act, check_act, whose


def check_look(person: Person) -> None:
    """PermissionDenied when this person may not look at reports."""
    check_act(person, "annual.look")


def check_hand_in(person: Person) -> None:
    """PermissionDenied when this person may not hand in."""
    check_act(person, "annual.hand_in")


def can_hand_in(person: Person) -> bool:
    """Whether this person may hand in."""
    return can_act(person, "annual.hand_in")


def check_place(person: Person) -> None:
    """PermissionDenied when this person may not say whose report it is."""
    check_act(person, "annual.place")


def check_judge(person: Person, submission: Submission) -> None:
    """PermissionDenied by the table; Refused when the report was set aside."""
    check_act(person, "annual.judge")
    _check_listed(submission)


def can_judge(person: Person, submission: Submission) -> bool:
    """Whether this person may confirm or dismiss findings of this report now."""
    return can_act(person, "annual.judge") and not submission.aside


def check_correct(person: Person, submission: Submission) -> None:
    """PermissionDenied by the table; Refused when the report was set aside."""
    check_act(person, "annual.correct")
    _check_listed(submission)


def can_correct(person: Person, submission: Submission) -> bool:
    """Whether this person may correct cells of this report now."""
    return can_act(person, "annual.correct") and not submission.aside


def check_set_aside(person: Person) -> None:
    """PermissionDenied when this person may not take reports off the list."""
    check_act(person, "annual.set_aside")


def check_write(person: Person) -> None:
    """PermissionDenied when this person may not write documents from reports."""
    check_act(person, "annual.write")


def can_write(person: Person) -> bool:
    """Whether this person may write documents from reports."""
    return can_act(person, "annual.write")


def _check_listed(submission: Submission) -> None:
    if submission.aside:
        raise Refused("这份报告已经移出列表。请先恢复，再作处理。")


def _whose(person: Person, submission: Submission) -> Whose:
    return whose(person, submission.organ_id)


def check_publish(person: Person, submission: Submission) -> None:
    """PermissionDenied when this person may not publish this organ's report on the portal, or take it back."""
    if submission.county != person.county:
        raise PermissionDenied("没有这份报告。")
    check_act(person, "annual.publish", _whose(person, submission))


def can_publish(person: Person, submission: Submission) -> bool:
    """Whether this person may publish this organ's report, or take it back."""
    return submission.county == person.county and can_act(person, "annual.publish", _whose(person, submission))
