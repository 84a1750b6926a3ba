"""编制：由申请、台账、填报和上年结转得出的数，每一格后面的记录，空着的格为什么空。"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError, InternalError
from django.utils import timezone

from gongkai.annual.check import check
from gongkai.annual.forms import form
from gongkai.onrequest.events import Event, Kind
from gongkai.web.compilation.models import CarriedForward, Entered
from gongkai.web.compilation.selectors.figures import compiled, members, placed_in
from gongkai.web.compilation.selectors.pages import standing
from gongkai.web.compilation.selectors.working import worked
from gongkai.web.compilation.services.carrying import hand_on
from gongkai.web.compilation.services.entering import enter, say_none, take_back, take_back_none
from gongkai.web.facts import Refused, new_key
from gongkai.web.onrequest.services.facts import correct
from gongkai.web.organs.models import Organ
from gongkai.web.organs.tree import merge
from gongkai.web.registers.services import rows as registers

RECEIVED, BROUGHT, CARRIED = (
    f"applications.{row}.natural_person" for row in ("received", "brought_forward", "carried_forward")
)
DISCLOSED = "applications.disclosed.natural_person"
LICENCES = "proactive.licences.decisions"
LEDGER = ("A1 2024-12-20 2025-01-10 G2", "A2 2025-03-01 2025-03-20 N4", "A3 2025-12-20")


def numbers(organ: Organ, year: int, address: str) -> list[str]:
    return [each.number for each in members(organ, year, address)]


def test_each_figure_opens_the_records_that_it_counts(bring, organ):
    bring(*LEDGER)
    made = compiled(organ, 2025)
    assert (made.organ, made.edition, made.scope) == ("云岭县水务局", "2021", "own_body")
    assert set(made.figures) == set(form("2021").addresses)
    assert numbers(organ, 2025, RECEIVED) == ["A2", "A3"]
    assert numbers(organ, 2025, BROUGHT) == numbers(organ, 2025, DISCLOSED) == ["A1"]
    assert numbers(organ, 2025, CARRIED) == ["A3"]
    assert made.value("applications.concluded.total") == len(members(organ, 2025, "applications.concluded.total")) == 2
    one = members(organ, 2025, DISCLOSED)[0]
    assert (one.kind, one.url_name, one.title) == ("application", "case", "水费标准")
    assert one.why == (
        "2024年12月20日收到，到2024年底没有办结，计入“上年结转”。申请人类型为“自然人”，计入这一列。"
        "2025年1月10日办结，处理决定为“予以公开并提供”，计入“（一）予以公开”。"
    )
    assert not [f for f in check(made.report()).findings if f.grade == "conflict"]


def test_what_nothing_tells_is_blank_and_says_so(organ):
    made = compiled(organ, 2025)
    assert all(figure.value is None and figure.why for a, figure in made.figures.items() if "government_rules" not in a)
    assert "不能当作0件" in made.figures[RECEIVED].why
    assert made.figures[LICENCES].why == "没有登记，也没有说明没有。"
    assert made.report().cells.keys() == {f"proactive.government_rules.{c}" for c in ("issued", "repealed", "in_force")}


def test_that_there_was_nothing_is_said_and_taken_back(audit, organ, bring):
    say_none(audit=audit, organ=organ, year=2025, table=3)
    assert compiled(organ, 2025).value("applications.received.total") == 0
    assert compiled(organ, 2025).value("disputes.reconsideration.total") is None
    with pytest.raises(Refused, match="已经说明过"):
        say_none(audit=audit, organ=organ, year=2025, table=3)
    take_back_none(audit=audit, organ=organ, year=2025, table=3, reason="补登了一件")
    assert compiled(organ, 2025).value("applications.received.total") is None
    bring("A1 2025-03-01")
    with pytest.raises(Refused, match="有本年度的登记"):
        say_none(audit=audit, organ=organ, year=2025, table=3)


def test_a_figure_of_another_system_is_entered_with_its_source(audit, organ):
    told = {"audit": audit, "organ": organ, "year": 2025, "address": LICENCES}
    with pytest.raises(Refused, match="请写明数据的来源"):
        enter(**told, words="12", note=" ")
    first = enter(**told, words="1,200", note="行政许可系统，2026年1月8日导出")
    figure = compiled(organ, 2025).figures[LICENCES]
    assert (figure.value, figure.source, figure.records) == (1200, "entered", ())
    assert figure.why == "行政许可系统，2026年1月8日导出"
    with pytest.raises(Refused, match="刚刚有人填过"):
        enter(**told, words="13", note="系统", reason="改正")
    with pytest.raises(Refused, match="请写明修改的理由"):
        enter(**told, words="13", note="系统", seen=first.pk)
    second = enter(**told, words="13", note="系统", reason="重新导出", seen=first.pk)
    assert compiled(organ, 2025).value(LICENCES) == 13
    assert compiled(organ, 2025, first.recorded_at).value(LICENCES) == 1200
    take_back(**told, reason="改由台账登记", seen=second.pk)
    assert compiled(organ, 2025).figures[LICENCES].source == "none"


@pytest.mark.parametrize(
    ("address", "words", "says"),
    [
        (LICENCES, "十二", "请填写数字"),
        (LICENCES, "1.5", "请填写整数"),
        (LICENCES, "-1", "不能小于0"),
        (LICENCES, "1e12", "数字过大"),
        (LICENCES, "NaN", "数字过大"),
        ("proactive.charges.amount", "1.1234567", "最多保留6位小数"),
        (RECEIVED, "3", "由登记的申请和复议诉讼计出"),
        ("applications.brought_forward.total", "3", "由登记的申请和复议诉讼计出"),
        ("proactive.procurement.amount", "3", "没有这一格"),
    ],
)
def test_what_a_cell_cannot_hold_is_refused(audit, organ, address, words, says):
    with pytest.raises(Refused, match=says):
        enter(audit=audit, organ=organ, year=2025, address=address, words=words, note="系统")
    assert not Entered.objects.exists()


def test_what_the_register_counts_is_named_beside_what_was_entered(audit, organ):
    row = {
        "entered_as": "total", "month": "2025-03", "number": "4", "matter": "取水许可",
    }  # fmt: skip
    registers.enter(audit=audit, organ=organ, register="licences", values=row)
    figure = compiled(organ, 2025).figures[LICENCES]
    assert (figure.value, figure.source, len(figure.records)) == (4, "records", 1)
    assert "1月" in figure.why
    assert sum(each.adds for each in members(organ, 2025, LICENCES)) == 4
    enter(audit=audit, organ=organ, year=2025, address=LICENCES, words="9", note="许可系统")
    assert compiled(organ, 2025).figures[LICENCES].why == "许可系统（由登记计出为4）"


def test_a_row_in_whose_place_a_figure_was_entered_is_not_said_to_count(audit, organ):
    row = registers.enter(
        audit=audit, organ=organ, register="licences",
        values={"entered_as": "total", "month": "2025-03", "number": "4", "matter": "取水许可"},
    )  # fmt: skip

    def said():
        found = standing(worked(organ, 2025), "row", row.pk)
        return [address for address, _ in found.cells], found.why, found.why_not

    cells, why, why_not = said()
    assert (cells, why[1:], why_not) == ([LICENCES], ("计4。",), ("一行只计入一格，其他格不计。",))
    assert "计入2025年度" in why[0]
    enter(audit=audit, organ=organ, year=2025, address=LICENCES, words="9", note="许可系统")
    cells, why, (because,) = said()
    assert (cells, why) == ([], ())
    assert because.endswith("由人填报，没有按台账计。")


@pytest.fixture
def freeze(audit, organ):
    """The report of a year frozen as it is now."""

    def give(year: int, of: Organ | None = None) -> CarriedForward:
        now = timezone.now()
        return hand_on(audit=audit, organ=of or organ, year=year, version=new_key(), known_at=now)

    return give


def test_brought_forward_is_locked_to_last_years_frozen_report(audit, bring, organ, freeze):
    brought = bring("A1 2024-12-20", "A2 2024-12-21")
    freeze(2024)
    assert compiled(organ, 2025).figures[BROUGHT].source == "locked"
    day = Event(Kind.RECEIVED, date(2025, 1, 3))
    row = brought["A1"].events.get(kind="received")
    correct(audit=audit, application=brought["A1"], row=row.pk, event=day, reason="签收日期登记有误")
    bring("A9 2024-11-02 2024-11-09 G2")
    made = compiled(organ, 2025)
    assert (made.value(BROUGHT), made.value(RECEIVED)) == (2, 0)
    assert numbers(organ, 2025, BROUGHT) == ["A1", "A2"]
    assert [(each.number, each.why) for each in made.left_out] == [("A9", "2024年度的表中没有这一件，未计入。")]
    assert "更正上年报告" in made.left_out[0].do
    assert not [f for f in check(made.report()).findings if f.grade == "conflict"]


def test_brought_forward_is_changed_with_a_reason_and_nothing_is_made_to_balance(audit, bring, organ, freeze):
    bring("A1 2024-12-20")
    freeze(2024)
    enter(audit=audit, organ=organ, year=2025, address=BROUGHT, words="2", note="上年报告漏计一件，已更正")
    made = compiled(organ, 2025)
    assert (made.value(BROUGHT), made.value("applications.brought_forward.total"), made.value(CARRIED)) == (2, 2, 1)
    assert made.figures[BROUGHT].why == "上年报告漏计一件，已更正（与上年报告衔接为1）"
    assert {f.id for f in check(made.report()).findings if f.grade == "conflict"} == {"T3-BALANCE"}


def test_a_merged_organ_is_counted_by_its_successor_once(audit, county, bring, organ, freeze):
    other = Organ.objects.create(county=county.pk, name="云岭县水库管理局", form="department")
    bring("A1 2024-12-20", of=organ)
    bring("B1 2024-12-22", "B2 2025-02-01 2025-02-10 G2", of=other)
    freeze(2024)
    freeze(2024, other)
    merge(audit=audit, organ=other, into=organ, on=date(2025, 7, 1))
    made = compiled(organ, 2025)
    assert numbers(organ, 2025, BROUGHT) == ["A1", "B1"]
    assert numbers(organ, 2025, RECEIVED) == ["B2"]
    assert made.figures[BROUGHT].source == "locked"
    assert made.notes == ("云岭县水库管理局于2025年7月1日并入，其本年度的数一并计入。",)
    gone = compiled(other, 2025)
    assert {figure.value for figure in gone.figures.values()} == {None}
    assert "由云岭县水务局报告" in gone.notes[0]
    assert compiled(other, 2024).value("applications.received.total") == 1
    assert compiled(organ, 2024).value("applications.received.total") == 1


def test_what_was_known_at_a_moment_stays(audit, bring, organ, monkeypatch):
    brought = bring("A1 2025-03-01 2025-03-20 G2")
    then = timezone.now()
    before = compiled(organ, 2025, then).to_json()
    row = brought["A1"].events.get(kind="decided")
    changed = Event(Kind.DECIDED, date(2025, 3, 20), decision="U1a")
    correct(audit=audit, application=brought["A1"], row=row.pk, event=changed, reason="决定类型登记有误")
    bring("A2 2025-04-01")
    enter(audit=audit, organ=organ, year=2025, address=LICENCES, words="3", note="许可系统")
    assert compiled(organ, 2025, then).to_json() == before
    now = compiled(organ, 2025)
    assert now.value("applications.unavailable.not_held.total") == 1
    assert now.value("applications.received.total") == 2
    early = compiled(organ, 2025, datetime(2020, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai")))
    assert early.value("applications.received.total") is None


def test_a_record_says_where_it_stands_and_why_not_elsewhere(audit, bring, organ):
    bring("A1 2025-03-01 2025-03-20 P1", "A2 2025-12-20 2026-01-04 G2", "A3 2024-02-01 2024-02-09 G2")
    of = worked(organ, 2025)
    one = placed_in(of, "application", "A1")
    assert one.cells == (RECEIVED, "applications.disclosed_in_part.natural_person")
    assert "区分处理的，只计“部分公开”，不计其他情形。" in one.why_not
    assert placed_in(of, "application", "A2").why_not == ("2026年1月4日才办结，办理结果属于2026年度。",)
    assert placed_in(of, "application", "A3").cells == ()
    assert placed_in(of, "application", "A3").why_not == ("2024年2月9日已经办结，计入2024年度。",)
    with pytest.raises(KeyError):
        placed_in(of, "application", "A4")


def test_the_database_lets_nobody_change_what_was_entered(audit, organ):
    row = enter(audit=audit, organ=organ, year=2025, address=LICENCES, words="3", note="许可系统")
    with pytest.raises((IntegrityError, InternalError, DatabaseError)), transaction.atomic():
        Entered.objects.filter(pk=row.pk).update(value=4)
    assert Entered.objects.get(pk=row.pk).value == 3


def test_the_form_of_2019_is_compiled_in_its_own_rows(bring, organ):
    bring("A1 2020-03-01 2020-03-20 O3b")
    made = compiled(organ, 2020)
    assert made.edition == "2019"
    assert made.value("applications.otherwise_closed.total") == 1
    assert made.figures["proactive.licences.previous"].why == "台账“权责清单”没有登记2019年末的这一项的数量。"
    with pytest.raises(KeyError, match="没有2018年度"):
        compiled(organ, 2018)
