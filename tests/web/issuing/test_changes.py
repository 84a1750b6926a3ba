"""定稿以后无论改动哪一种记录，都有提示：哪些格变了，哪些记录来了、去了、变了，文字两边对照。"""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from gongkai.annual.forms import form
from gongkai.onrequest.events import Event, Kind
from gongkai.web.compilation.selectors.facts import newest_entries
from gongkai.web.compilation.services.entering import enter
from gongkai.web.facts import Refused
from gongkai.web.issuing.daily import look_at_frozen
from gongkai.web.issuing.models import Draft, Look
from gongkai.web.issuing.selectors.assembled import report_of
from gongkai.web.issuing.selectors.differences import between
from gongkai.web.issuing.selectors.versions import newest, standings, to_do
from gongkai.web.issuing.services.looking import look, note
from gongkai.web.onrequest.models import Application
from gongkai.web.onrequest.rulekeys import COUNTING, DEFAULT_COUNTING
from gongkai.web.onrequest.services import links
from gongkai.web.onrequest.services.disputes import register, take_step
from gongkai.web.onrequest.services.facts import correct
from gongkai.web.organs.models import Organ
from gongkai.web.organs.tree import merge, rename
from gongkai.web.registers.models import Row
from gongkai.web.registers.services import rows as registers
from gongkai.web.rules.services import set_value
from tests.web.issuing.conftest import LICENCES, YEAR, answer_all, bring, freeze, write

DISCLOSED = "applications.disclosed.natural_person"


def found(frozen):
    """What is announced about a version now."""
    return look(newest(frozen.organ, frozen.year)).differences


def cells(frozen):
    return {each.address: (each.before, each.now) for each in found(frozen).cells}


def test_nothing_changed_nothing_is_said(frozen):
    assert not found(frozen) and found(frozen).stamp == ""
    assert (frozen.look.stamp, frozen.look.cells) == ("", 0)


def test_a_case_that_came_late(audit, frozen):
    bring(audit, frozen.organ, "水公开-2025-101 2025-06-01 2025-06-10 G2")
    assert cells(frozen)[DISCLOSED] == ("2", "3")
    assert cells(frozen)["applications.received.total"] == ("3", "4")
    [record] = found(frozen).records
    assert (record.number, record.words, record.before) == ("水公开-2025-101", "新计入", ())
    assert DISCLOSED in record.now


def test_an_event_of_a_case_that_was_corrected(audit, frozen):
    case = Application.objects.get(number="水公开-2025-003")
    row = case.events.get(kind="received")
    later = Event(Kind.RECEIVED, date(2026, 1, 4))
    correct(audit=audit, application=case, row=row.pk, event=later, reason="签收日期登记有误")
    assert cells(frozen)["applications.received.natural_person"] == ("3", "2")
    [record] = [each for each in found(frozen).records if each.kind == "application"]
    assert (record.number, record.words) == ("水公开-2025-003", "不再计入")


def test_a_dispute_and_its_step(audit, frozen):
    case = Application.objects.get(number="水公开-2025-001")
    row = register(
        audit=audit, organ=frozen.organ, kind="reconsideration", before="云岭县人民政府", received_on=date(2025, 6, 1),
        application=case, case_number="云复〔2025〕1号",
    )  # fmt: skip
    assert cells(frozen)["disputes.reconsideration.pending"] == ("0", "1")
    assert {each.kind for each in found(frozen).records if each.what == "came"} == {"dispute"}
    first = found(frozen).stamp
    take_step(audit=audit, dispute=row, step="decided", on=date(2025, 7, 1), outcome="upheld")
    assert cells(frozen)["disputes.reconsideration.upheld"] == ("0", "1")
    assert cells(frozen).keys() & {"disputes.reconsideration.pending"} == set() and found(frozen).stamp != first


def test_an_entered_figure(audit, frozen):
    address = "proactive.penalties.decisions"
    told = {"audit": audit, "organ": frozen.organ, "year": YEAR, "address": address, "note": "处罚系统"}
    enter(**told, words="12", reason="重新导出", seen=newest_entries(frozen.organ.pk, YEAR)[address].pk)
    assert cells(frozen) == {address: ("0", "12")}
    assert found(frozen).cells[0].why == "处罚系统"


def test_a_row_of_a_register(audit, frozen):
    row = Row.objects.get(organ=frozen.organ, register="licences")
    registers.correct(audit=audit, row=row, values={**LICENCES, "number": "6"}, reason="漏计2件")
    assert cells(frozen) == {"proactive.licences.decisions": ("4", "6")}
    assert [(each.kind, each.words) for each in found(frozen).records] == [("row", "记录有变动")]
    registers.enter(audit=audit, organ=frozen.organ, register="licences", values={**LICENCES, "month": "2025-04"})
    assert cells(frozen) == {"proactive.licences.decisions": ("4", "10")}
    assert sorted(each.words for each in found(frozen).records) == ["新计入", "记录有变动"]


def test_a_record_that_changed_without_a_figure_is_told_too(audit, frozen):
    case = Application.objects.get(number="水公开-2025-002")
    row = case.events.get(kind="decided")
    correct(
        audit=audit, application=case, row=row.pk, event=Event(Kind.DECIDED, date(2025, 5, 19), decision="G2"),
        reason="签发日期登记有误",
    )  # fmt: skip
    assert not found(frozen).cells
    assert [(each.number, each.words) for each in found(frozen).records] == [("水公开-2025-002", "记录有变动")]


def test_a_record_that_changes_once_more_is_told_anew(audit, frozen, staff):
    case = Application.objects.get(number="水公开-2025-002")

    def signed(day: int) -> None:
        row = case.events.filter(kind="decided").order_by("id").last()
        event = Event(Kind.DECIDED, date(2025, 5, day), decision="G2")
        correct(audit=audit, application=case, row=row.pk, event=event, reason="签发日期登记有误")
        look_at_frozen(timezone.localdate())

    signed(19)
    note(audit=staff["clerk"], frozen=frozen, stamp=found(frozen).stamp, reason="不影响数据")
    assert to_do(frozen.county, None)["differ"] == 0
    signed(18)
    assert not found(frozen).cells
    assert to_do(frozen.county, None)["differ"] == 1


def test_a_setting_of_the_county(audit, ready, staff):
    bring(audit, ready, "水公开-2025-004 2025-12-21")
    follower = Application.objects.get(number="水公开-2025-004")
    links.merge(audit=audit, application=follower, number="水公开-2025-003", reason="同一事项", on=date(2025, 12, 23))
    write(audit, ready, "1", "全年收到政府信息公开申请4件，答复3件。")
    answer_all(audit, ready)
    frozen = freeze(staff, ready)
    set_value(
        audit=audit, key=COUNTING, value={**DEFAULT_COUNTING, "merged": "leading"}, valid_from=date(YEAR, 1, 1),
        reason="市里统一口径",
    )  # fmt: skip
    assert cells(frozen)["applications.received.total"] == ("4", "3")


def test_words(audit, frozen):
    write(audit, frozen.organ, "5", "栏目更新还不够及时，政策解读的形式偏少。\n下一步按季度检查。")
    [text] = found(frozen).texts
    assert (text.words, [line.same for line in text.lines]) == ("五、存在的主要问题及改进情况", [False, False])
    assert text.lines[0].before.endswith("增加图解。") and text.lines[1].now == "下一步按季度检查。"
    assert not found(frozen).cells


def test_an_organ_that_was_merged_into_it(audit, county, frozen):
    small = Organ.objects.create(county=county.pk, name="云岭县水保站", form="department", word="云保")
    bring(audit, small, "保公开-2025-001 2025-04-01 2025-04-09 G2")
    assert not found(frozen)
    merge(audit=audit, organ=small, into=frozen.organ, on=date(2025, 9, 1), reason="机构改革")
    assert cells(frozen)["applications.received.total"] == ("3", "4")
    assert "保公开-2025-001" in {each.number for each in found(frozen).records}


def test_the_name_of_the_organ(audit, frozen):
    rename(audit=audit, organ=frozen.organ, name="云岭县水利局", from_on=date(2025, 12, 1), reason="机构改革")
    assert [(t.words, t.lines[0].before, t.lines[0].now) for t in found(frozen).texts if t.section == "organ"] == [
        ("机关名称", "云岭县水务局", "云岭县水利局")
    ]


def test_what_was_published_stays_and_an_answer_is_for_this_difference_only(audit, frozen, staff):
    before = bytes(Draft.objects.get(pk=frozen.draft_id).report)
    bring(audit, frozen.organ, "水公开-2025-101 2025-06-01 2025-06-10 G2")
    stamp = found(frozen).stamp
    assert bytes(Draft.objects.get(pk=frozen.draft_id).report) == before
    told = {"audit": staff["clerk"], "frozen": newest(frozen.organ, YEAR)}
    with pytest.raises(Refused, match="请写明不作更正的理由"):
        note(**told, stamp=stamp, reason="")
    with pytest.raises(Refused, match="刚刚又有变动"):
        note(**told, stamp="0" * 64, reason="下年度一并说明")
    note(**told, stamp=stamp, reason="漏登的一件在下年度报告中说明")
    assert to_do(frozen.county, None)["differ"] == 0
    bring(audit, frozen.organ, "水公开-2025-102 2025-06-02 2025-06-11 G2")
    look_at_frozen(timezone.localdate())
    assert to_do(frozen.county, None)["differ"] == 1
    [row] = standings(frozen.county, YEAR, [frozen.organ])
    assert row.differs and row.state == "frozen" and row.look.records == 2


def test_the_daily_job_finds_it_without_anybody_looking(audit, frozen):
    look_at_frozen(timezone.localdate())
    assert to_do(frozen.county, [frozen.organ_id])["differ"] == 0
    bring(audit, frozen.organ, "水公开-2025-101 2025-06-01")
    look_at_frozen(timezone.localdate())
    assert to_do(frozen.county, [frozen.organ_id])["differ"] == 1
    assert Look.objects.get(pk=frozen.pk).cells


def test_a_correction_is_a_version_beside_the_first_with_its_difference(audit, frozen, staff):
    organ = frozen.organ
    bring(audit, organ, "水公开-2025-101 2025-06-01 2025-06-10 G2")
    write(audit, organ, "1", "全年收到政府信息公开申请4件，答复4件。")
    answer_all(audit, organ)
    second = freeze(staff, organ, reason="补计漏登的申请1件")
    told = between(frozen, second)
    of = form("2021").by_address
    assert {each.address for each in told.cells} == {
        a for a in of if report_of(frozen.draft.report).value(a) != report_of(second.draft.report).value(a)
    }
    assert [each.number for each in told.records] == ["水公开-2025-101"]
    assert [each.section for each in told.texts] == ["1"]
    assert not found(second)
    assert report_of(frozen.draft.report).value("applications.received.total") == 3
