"""县政府写年度报告时，另有写明“全县”的数：是各机关之和，注明来自几个机关；本机关自己的数不变，其他机关没有这一组。"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from gongkai.web.collection.selectors import telling
from gongkai.web.collection.selectors.rollup import consolidated
from gongkai.web.collection.services.choosing import set_together
from gongkai.web.compilation.services.entering import enter
from gongkai.web.issuing.selectors.assembled import assembled, verdict
from gongkai.web.narrative.selectors.gathering import gathered
from gongkai.web.narrative.selectors.showing import groups
from gongkai.web.organs.models import Organ
from gongkai.web.organs.tree import merge
from gongkai.web.registers.services import rows as registers
from tests.web.issuing.conftest import bring, write

YEAR = 2025
TAUGHT = {"subject": "年报填报", "held_on": "2025-05-06", "people": "30", "role": "held"}


@pytest.fixture
def year(audit, three):
    """The government had one application, education two, an office that was merged into water one; one training each."""
    government, education, water = three
    small = Organ.objects.create(county=government.county, name="云岭县水保站", form="department", word="云保")
    bring(audit, government, "云政-2025-001 2025-03-01 2025-03-20 G2")
    bring(audit, education, "云教-2025-001 2025-04-01 2025-04-09 G2", "云教-2025-002 2025-12-20")
    bring(audit, small, "云保-2025-001 2025-05-06 2025-05-20 N4")
    merge(audit=audit, organ=small, into=water, on=date(YEAR, 9, 1), reason="机构改革")
    for organ in (education, water):
        registers.enter(audit=audit, organ=organ, register="trainings", values=TAUGHT)
    return three


def values(organ, known_at=None):
    return {fact.key: fact.value for fact in gathered(organ, YEAR, known_at).facts}


def test_the_government_has_the_countys_numbers_beside_its_own(county, year):
    told = values(year[0])
    assert (told["applications.received.total"], told["county.applications.received.total"]) == (1, 4)
    assert (
        told["county.applications.received.total"]
        == consolidated(county, YEAR).cells["applications.received.total"].value
    )
    assert (told["trainings.total"], told["county.trainings.total"], told["county.trainings.people"]) == (None, 2, 60)
    assert told["county.organs"] == 3 and told["county.applications.on_time"] == 3
    by_name = gathered(year[0], YEAR).by_name
    assert by_name["全县新收申请件数"].source == "全县汇总表三（3个机关）"
    assert by_name["全县培训次数"].source == "台账“培训”（在系统内登记的4个机关）"
    assert by_name["新收申请件数"].source == "本报告表三"
    [group] = [each for each in groups(gathered(year[0], YEAR), "1") if each.zh.startswith("全县汇总")]
    assert "全县新收政府信息公开申请4件，上年结转0件，办结3件，结转下年度1件。" in [
        offer.reads for offer in group.offers
    ]


def test_a_blank_of_one_organ_is_said_with_the_number(audit, year):
    enter(
        audit=audit, organ=year[1], year=YEAR, address="proactive.penalties.decisions", words="7", note="处罚系统"
    )  # fmt: skip
    fact = gathered(year[0], YEAR).by_name["全县行政处罚决定件数"]
    assert (fact.value, fact.source) == (7, "全县汇总表二（3个机关，其中2个空白）")


def test_other_organs_have_only_their_own_and_who_reports_with_the_government_has_both(audit, county, year):
    assert not [key for key in values(year[1]) if key.startswith("county.")]
    set_together(audit=audit, office=year[1], valid_from=date(YEAR, 1, 1))
    told = values(year[1])
    assert (told["county.applications.received.total"], told["county.organs"]) == (4, 2)


def test_a_text_that_names_no_county_number_reckons_none(audit, year, monkeypatch):
    write(audit, year[0], "1", "全年收到申请{新收申请件数}件。")
    monkeypatch.setattr(telling, "consolidated", lambda *_: pytest.fail("the county was added up for nothing"))
    assert assembled(year[0], YEAR).words["1"].text == "全年收到申请1件。"


def test_the_countys_numbers_are_those_of_the_moment_and_no_conflict_with_the_organs_own_table(audit, year):
    government = year[0]
    write(
        audit,
        government,
        "1",
        "全县新收政府信息公开申请{全县新收申请件数}件。本机关新收申请{新收申请件数}件，办结{办结申请件数}件。",
    )
    moment, kept = timezone.now(), assembled(government, YEAR).packed
    bring(audit, year[2], "云水-2025-009 2025-06-01")
    assert "全县新收政府信息公开申请5件" in assembled(government, YEAR).words["1"].text
    then = assembled(government, YEAR, moment)
    assert (then.packed.report, then.packed.figures, then.packed.members) == (kept.report, kept.figures, kept.members)
    assert [each for each in verdict(government, then).of_grade("conflict") if "全县" in each["quote"]] == []
    wrong = replace(
        then, packed=replace(then.packed, report=then.packed.report.replace("全县新收".encode(), "本年新收".encode()))
    )
    assert [each["id"] for each in verdict(government, wrong).of_grade("conflict")] == ["N-RECEIVED"]
