"""Rows: entered, corrected, voided, each a version; what cannot stand is refused with its field; numbers of persons never kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gongkai.web.audit.models import Entry
from gongkai.web.facts import Refused
from gongkai.web.registers.models import Line, Row, Version
from gongkai.web.registers.selectors import budgets, dues, lists
from gongkai.web.registers.selectors.counting import cells_of, counted
from gongkai.web.registers.selectors.documents import document_lines, held, in_group
from gongkai.web.registers.services import nothing, settings
from gongkai.web.registers.services.rows import Faulty, correct, enter, renew_all, void
from tests.web.registers.conftest import CELL, NATURAL, PENALTY, TOTAL

DOCUMENT = {
    "name": "云岭县食品摊贩管理办法",
    "document_number": "云市监规〔2024〕1号",
    "issued_on": "2024-03-01",
    "effective_on": "2024-04-01",
    "expires_on": "2026-03-31",
}


def test_a_row_is_entered_once_with_its_audit_and_the_same_form_sent_twice_is_one(audit, organ):
    first = enter(audit=audit, organ=organ, register="penalties", values=PENALTY, once="form:1")
    again = enter(audit=audit, organ=organ, register="penalties", values=PENALTY, once="form:1")
    assert first == again
    assert first.line.title == "销售超过保质期的食品　云市监罚〔2026〕1号　云岭县石桥百货店"
    assert first.line.on == date(2026, 2, 10)
    assert Entry.objects.filter(act="registers.enter", object_id=first.pk).count() == 1


def test_the_name_of_a_natural_person_is_kept_as_a_surname_only_and_nowhere_else(audit, organ):
    row = enter(audit=audit, organ=organ, register="penalties", values=NATURAL)
    assert row.versions.get().values["party"] == "欧阳某某"
    assert "小明" not in str(Line.objects.filter(pk=row.pk).values()) + str(Entry.objects.values_list("payload"))


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"decided_on": ""}, "decided_on", "没有填写“决定日期”。"),
        ({"decided_on": "2026-02-30"}, "decided_on", "“决定日期”日期应当像2026-03-02。"),
        ({"party_kind": "club"}, "party_kind", "“被处罚人”请从法人或其他组织、自然人中选择。"),
        (
            {"offence": "身份证号110101199003074514"},
            "offence",
            "“违法行为”里面像是有身份证号码，台账不登记个人的号码，请删去。",
        ),
        ({"fine": "两万"}, "fine", "“罚没金额”应当是不小于0的数，单位是万元，小数最多六位。"),
        ({"secret": "x"}, "secret", "“行政处罚”没有“secret”这一项。"),
    ],
)
def test_what_cannot_stand_is_refused_beside_its_field(audit, organ, values, field, says):
    with pytest.raises(Faulty) as refused:
        enter(audit=audit, organ=organ, register="penalties", values=PENALTY | values)
    assert [(f.key, f.says) for f in refused.value.faults] == [(field, says)]
    assert not Row.objects.exists()


def test_the_same_decision_is_not_entered_twice_at_one_organ(audit, organ, other, penalty):
    row = penalty()
    with pytest.raises(Refused, match="处罚决定书文号相同"):
        penalty(offence="另一行为")
    enter(audit=audit, organ=other, register="penalties", values=PENALTY)
    void(audit=audit, row=row, reason="登记错了")
    assert penalty().pk != row.pk


def test_a_correction_needs_a_reason_and_a_change_and_tells_what_changed(audit, penalty):
    row = penalty()
    for values, reason, says in ((PENALTY, "笔误", "没有改动"), (PENALTY | {"fine": "2"}, " ", "为什么")):
        with pytest.raises(Refused, match=says):
            correct(audit=audit, row=row, values=values, reason=reason)
    correct(audit=audit, row=row, values=PENALTY | {"fine": "2"}, reason="漏填罚款")
    newest, first = lists.history(row)
    assert (newest.act, newest.reason, newest.changes) == ("更正", "漏填罚款", [("罚没金额", "", "2万元")])
    assert first.act == "登记"
    with pytest.raises(Refused, match="别人已经改动"):
        correct(audit=audit, row=row, values=PENALTY | {"fine": "3"}, reason="又", seen=1)


def test_what_is_voided_counts_no_more_and_is_not_corrected(audit, organ, penalty):
    row = penalty()
    void(audit=audit, row=row, reason="重复")
    with pytest.raises(Refused, match="已经作废，不能再更正"):
        correct(audit=audit, row=row, values=PENALTY | {"fine": "2"}, reason="x")
    with pytest.raises(Refused, match="已经作废"):
        void(audit=audit, row=row, reason="x")
    assert counted(audit.county, organ.pk, 2026, CELL).sources == ()


def test_totals_count_their_pieces_and_both_ways_in_one_month_are_pointed_out(audit, organ, penalty):
    penalty(decided_on="2026-01-15")
    enter(audit=audit, organ=organ, register="penalties", values=TOTAL)
    found = counted(audit.county, organ.pk, 2026, CELL)
    assert found.value == 13
    assert "2026年1月既有逐件登记又有汇总，请核对有没有重复计算。" in found.doubts


def test_blank_is_not_zero_and_a_year_of_nothing_is(audit, organ, clock):
    assert counted(audit.county, organ.pk, 2025, CELL).value is None
    for month in range(1, 13):
        nothing.declare_nothing(audit=audit, organ=organ, register="penalties", every="month", day=date(2025, month, 1))
    found = counted(audit.county, organ.pk, 2025, CELL)
    assert (found.value, found.doubts) == (0, ())
    with pytest.raises(Refused, match="还没有结束"):
        nothing.declare_nothing(audit=audit, organ=organ, register="penalties", every="month", day=date(2026, 3, 1))


def test_nothing_is_not_said_where_there_are_rows_and_is_taken_back_with_a_reason(audit, organ, penalty, clock):
    row = nothing.declare_nothing(audit=audit, organ=organ, register="penalties", every="month", day=date(2026, 1, 5))
    penalty()
    with pytest.raises(Refused, match="2026年2月已经登记了“行政处罚”"):
        nothing.declare_nothing(audit=audit, organ=organ, register="penalties", every="month", day=date(2026, 2, 5))
    nothing.take_back_nothing(audit=audit, key=row.pk, reason="记错了")
    assert any("2026年1月" in doubt for doubt in counted(audit.county, organ.pk, 2026, CELL).doubts)


def test_charges_are_summed_in_ten_thousands(audit, organ):
    for month, amount in (("2025-01", "1.25"), ("2025-02", "0.105")):
        values = {"entered_as": "total", "month": month, "name": "检验费", "amount": amount}
        enter(audit=audit, organ=organ, register="charges", values=values)
    found = counted(audit.county, organ.pk, 2025, "proactive.charges.amount")
    assert found.value == Decimal("1.355")
    with pytest.raises(KeyError):
        counted(audit.county, organ.pk, 2020, "proactive.charges.amount")


def test_documents_are_in_force_by_the_day_and_lapsed_ones_wait_for_the_county(audit, organ, clock):
    row = enter(audit=audit, organ=organ, register="normative_documents", values=DOCUMENT)
    cell = "proactive.normative_documents"
    assert counted(audit.county, organ.pk, 2024, f"{cell}.issued").value == 1
    assert [counted(audit.county, organ.pk, year, f"{cell}.in_force").value for year in (2023, 2025, 2026)] == [0, 1, 0]
    ended = counted(audit.county, organ.pk, 2026, f"{cell}.repealed")
    assert ended.value is None
    assert "另有1件失效" in ended.says
    for choice, value in (("repealed", 1), ("apart", 0)):
        settings.set_lapsed(audit=audit, counting=choice, valid_from=date(2026, 1, 1))
        assert counted(audit.county, organ.pk, 2026, f"{cell}.repealed").value == value
    change = {"document": str(row.pk), "change": "repealed", "on": "2026-02-01", "basis": "云市监〔2026〕3号"}
    enter(audit=audit, organ=organ, register="document_changes", values=change)
    assert counted(audit.county, organ.pk, 2026, f"{cell}.repealed").value == 1


def test_a_county_organ_has_no_rules_and_says_why(audit, organ):
    found = counted(audit.county, organ.pk, 2025, "proactive.government_rules.in_force")
    assert (found.value, found.says) == (0, "本机关没有规章制定权，计为0（本系统规则）。")


def test_the_clean_up_list_shows_what_runs_out_and_what_was_decided(audit, organ, clock):
    row = enter(audit=audit, organ=organ, register="normative_documents", values=DOCUMENT)
    change = {"document": str(row.pk), "change": "to_amend", "on": "2026-03-01", "basis": "清理方案", "batch": "2026年"}
    enter(audit=audit, organ=organ, register="document_changes", values=change)
    [line] = document_lines(held(audit.county, None, "normative_documents"), date(2026, 3, 2), 6)
    assert [g for g in ("in_force", "soon", "to_amend", "ended") if in_group(line, g)] == [
        "in_force",
        "soon",
        "to_amend",
    ]
    [line] = document_lines(held(audit.county, None, "normative_documents"), date(2026, 4, 1), 6)
    assert in_group(line, "ended")


def test_a_row_is_linked_only_to_rows_and_entries_of_its_own_organ(audit, organ, other):
    row = enter(audit=audit, organ=organ, register="normative_documents", values=DOCUMENT)
    change = {"change": "repealed", "on": "2026-02-01", "basis": "x"}
    for linked, says in (
        ({"document": str(row.pk)}, "请从列出的各项中选择"),
        ({"entry": "11370322004222241N/2026-00009"}, "目录中没有索引号为"),
        ({}, "两者填一个"),
    ):
        with pytest.raises(Faulty, match=says):
            enter(audit=audit, organ=other, register="document_changes", values=change | linked)


def test_periods_without_a_row_things_not_followed_up_and_days_that_passed_are_listed(audit, organ, penalty, clock):
    penalty(decided_on="2025-12-10")
    account = {"name": "云岭市监", "platform": "wechat", "opened_on": "2025-01-01", "duty": "办公室"}
    media = enter(audit=audit, organ=organ, register="new_media", values=account)
    review = {"account": str(media.pk), "on": "2026-02-20", "last_post_on": "2026-02-05", "result": "stale"}
    enter(audit=audit, organ=organ, register="new_media_reviews", values=review)
    board = {"title": "低保名单", "where": "石桥村", "posted_on": "2026-02-01", "until_on": "2026-02-08"}
    enter(audit=audit, organ=organ, register="notice_boards", values=board)
    opinion = {"subject": "停水", "met_on": "2026-02-01", "where": "微博", "handling": "pending"}
    enter(audit=audit, organ=organ, register="public_opinion", values=opinion)
    told = {
        (each.register.key, each.what, str(each.due_on)) for each in dues.missing(audit.county, None, date(2026, 3, 2))
    }
    assert told == {
        ("penalties", "2026年1月没有登记", "2026-02-10"),
        ("new_media", "云岭市监　微信公众号：2026-02-23至2026-03-01没有登记“新媒体每周检查”", "2026-03-01"),
        ("new_media", "云岭市监　微信公众号：最近更新是2026年2月5日，已超过14日", "2026-02-19"),
        ("notice_boards", "低保名单　石桥村：还没有登记“撤下日期”", "2026-02-08"),
    }
    settings.set_days(audit=audit, register="public_opinion", days=5, valid_from=date(2026, 3, 1))
    settings.set_rhythm(audit=audit, register="penalties", every="none", valid_from=date(2026, 3, 1))
    kept = {each.register.key for each in dues.missing(audit.county, None, date(2026, 3, 2))}
    assert kept == {"new_media", "notice_boards", "public_opinion"}


def test_who_has_no_budget_says_why(audit, organ, other):
    values = {"year": "2026", "budget": "budget", "state": "not_concerned", "reason": "经费由主管部门编列"}
    enter(audit=audit, organ=other, register="budgets", values=values)
    told = {line.name: line.budget and line.budget.reason for line in budgets.budgets(audit.county, None, 2026)}
    assert told[other.name] == "经费由主管部门编列"
    assert told[organ.name] is None


def test_the_caches_made_anew_are_the_same(audit, organ, penalty):
    row = penalty()
    correct(audit=audit, row=row, values=PENALTY | {"fine": "2"}, reason="漏填")
    void(audit=audit, row=penalty(document_number="云市监罚〔2026〕9号"), reason="重复")
    before = list(Line.objects.order_by("pk").values())
    assert renew_all(audit.county) == 2
    assert list(Line.objects.order_by("pk").values()) == before


def test_every_cell_of_a_year_is_told_for_every_organ(audit, organ):
    assert len(cells_of(2025)) == 10
    assert Version.objects.count() == 0
    assert [counted(audit.county, organ.pk, 2025, cell).value for cell in cells_of(2025)] == [0, 0, 0, *[None] * 7]
