"""An organ that was merged while it was assessed: its successor reports for it, appeals for it, and never judges it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from gongkai.web.assessment import policies
from gongkai.web.assessment.models import Deed
from gongkai.web.assessment.selectors.waiting import waiting
from gongkai.web.assessment.services.guard import not_at_home
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.organs.tree import merge
from gongkai.web.people.models import Person
from tests.web.assessment.conftest import TODAY


def what_waits(county, own, **may):
    """(organ, act) of each sheet that waits."""
    found = waiting(county, own, timezone.now(), **{"reports": True, "judges": False, "most": 50} | may)
    return {(each.assessed.organ_id, each.act) for each in found}


def test_who_took_an_organ_over_reports_for_it_and_does_not_judge_it(county, audit, organs, one):
    gone, taker, other = organs
    assert one.organ_id == gone.pk
    merge(audit=audit, organ=gone, into=taker, on=TODAY)
    clerk, judge, fair = (
        Person.objects.create(county=county.pk, name=name, role=role, organ=organ)
        for name, role, organ in (("甲", "clerk", taker), ("乙", "competent", taker), ("丙", "competent", other))
    )
    assert policies.can_assessed(clerk, policies.REPORT, one)
    assert set(policies.organs_seen(clerk)) == {gone.pk, taker.pk}
    assert [policies.can_assessed(who, policies.SCORE, one) for who in (clerk, judge, fair)] == [False, False, True]
    with pytest.raises(Refused, match="不能评价自己所在的机关"):
        not_at_home(Audit(actor=judge.pk, county=county.pk), gone.pk)
    not_at_home(Audit(actor=fair.pk, county=county.pk), gone.pk)
    own = policies.carried(clerk)
    assert what_waits(county.pk, own) == {(gone.pk, "填写并提交自评"), (taker.pk, "填写并提交自评")}
    assert policies.carried(fair) == (other.pk,)


def test_a_result_that_is_corrected_waits_for_its_review_again(county, audit, organs, one):
    def taken(*kinds: str) -> None:
        for kind in kinds:
            seq = Deed.objects.filter(assessed=one).count() + 1
            Deed.objects.create(county=county.pk, assessed=one, seq=seq, kind=kind, by=audit.actor)

    taken("handed_in", "scored")
    assert (one.organ_id, "复核") in what_waits(county.pk, (), judges=True)
    one.results.create(
        county=county.pk, number=1, scheme=one.round.scheme, values={}, steps=[], low=1, high=1, of=1,
        verdict="passed", vetoed=False, sha256="0" * 64, by=audit.actor,
    )  # fmt: skip
    taken("reviewed", "finished")
    assert one.organ_id not in {organ for organ, _ in what_waits(county.pk, (), judges=True)}
    taken("reopened")
    assert (one.organ_id, "复核") in what_waits(county.pk, (), judges=True)
