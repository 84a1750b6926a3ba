"""Registers on screen and as XLSX, figures with charts, the month's sheet, reminders."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone

from gongkai.onrequest.procedure import Act
from gongkai.web import charts, sealed
from gongkai.web.facts import Refused
from gongkai.web.messages.models import Message
from gongkai.web.onrequest.models import Case
from gongkai.web.onrequest.selectors import figures as figure_reading
from gongkai.web.onrequest.selectors import registers as reading
from gongkai.web.onrequest.selectors.month import sheet
from gongkai.web.onrequest.selectors.reminders import reminders
from gongkai.web.onrequest.services import delivery, letters, numbers, records, registers, rules
from gongkai.web.onrequest.services import reminders as reminding
from gongkai.web.onrequest.services.acts import perform
from gongkai.web.onrequest.services.reminders import remind, set_address
from gongkai.web.organs.models import Organ
from gongkai.web.people.services import add_person, appoint, end_appointment
from gongkai.web.rules.selectors import calendar_of
from tests.web.onrequest.steps import granting, signed

TODAY = timezone.localdate()


@pytest.fixture
def answered(apply, audit):
    """An application answered, sealed and posted; `days_ago` it came."""

    def give(days_ago: int = 5, *, by_hand: int | None = None, **other):
        application = apply(TODAY - timedelta(days=days_ago), **other).application
        letter = signed(audit, granting(audit, application), late_reason="漏办", by_hand=by_hand)
        letters.put_seal(audit=audit, letter=letter, on=TODAY, seal="云岭县交通运输局印章", copies=2)
        delivery.send(audit=audit, letter=letter, manner="post", on=TODAY, mail_number="XA123456789CN")
        return application

    return give


def series(county, name="公复"):
    return next(each for each in reading.series_of(county.pk, None) if each.series == name)


def test_the_register_of_numbers_shows_gaps_numbers_by_hand_and_void_ones(answered, county, audit):
    answered(by_hand=3)
    answered()
    lines = reading.numbers(series(county))
    assert [(line.state, line.value, line.until) for line in lines] == [("used", 1, 1), ("gap", 2, 2), ("manual", 3, 3)]


def test_a_number_in_use_is_not_voided_and_one_of_a_void_letter_was(answered, apply, audit, county, organ):
    answered()
    used = reading.number(county.pk, reading.numbers(series(county))[0].key)
    with pytest.raises(Refused, match="正在使用"):
        registers.void(audit=audit, number=used, reason="误取")
    lost = numbers.take_by_hand(
        audit=audit, organ=organ, series="公复", year=TODAY.year, value=9, text="云交公复〔2026〕{n}号", letter=organ.pk
    )
    with pytest.raises(Refused, match="请写明作废的原因"):
        registers.void(audit=audit, number=lost, reason=" ")
    registers.void(audit=audit, number=lost, reason="纸质登记簿误取")
    assert reading.numbers(series(county))[-1].reason == "纸质登记簿误取"
    with pytest.raises(Refused, match="已经作废"):
        registers.void(audit=audit, number=lost, reason="再作废")


def test_an_application_s_number_is_not_voided(apply, audit, county):
    apply()
    line = reading.numbers(series(county, reading.series_of(county.pk, None)[0].series))[0]
    with pytest.raises(Refused, match="正在使用"):
        registers.void(audit=audit, number=reading.number(county.pk, line.key), reason="x")


def test_the_registers_of_seals_and_deliveries(answered, county):
    answered()
    (seal,) = reading.seals(county.pk, None, TODAY.year)
    assert (seal.seal, seal.copies, seal.scan) == ("云岭县交通运输局印章", 2, False)
    (sent,) = reading.deliveries(county.pk, None, TODAY.year)
    assert (sent.mail_number, sent.outcome) == ("XA123456789CN", "")
    assert reading.seals(county.pk, (), TODAY.year) == []


def test_a_page_shows_the_last_lines_and_a_file_all(answered, county):
    for _ in range(3):
        answered()
    assert [line.value for line in reading.numbers(series(county), 2)] == [2, 3]
    assert [line.value for line in reading.numbers(series(county), reading.ALL)] == [1, 2, 3]
    assert [line.number[-2] for line in reading.deliveries(county.pk, None, TODAY.year, 2)] == ["2", "3"]


def test_the_registers_on_their_pages_and_as_xlsx(desk, answered, county):
    answered()
    chosen = series(county).key
    assert "云交公复" in desk.get(f"/registers?series={chosen}").content.decode()
    for kind, words in (("seals", "云岭县交通运输局印章"), ("deliveries", "XA123456789CN")):
        assert words in desk.get(f"/registers?kind={kind}").content.decode()
    answer = desk.get(f"/registers/numbers.xlsx?series={chosen}")
    inside = zipfile.ZipFile(io.BytesIO(answer.content)).read("xl/sharedStrings.xml").decode()
    assert "云交公复" in inside
    for kind in ("seals", "deliveries"):
        assert desk.get(f"/registers/{kind}.xlsx").content[:2] == b"PK"
    assert desk.get("/registers?kind=x").status_code == 404
    assert desk.get("/registers/x.xlsx").status_code == 404


def test_a_number_in_use_is_refused_on_the_page(desk, answered, county):
    answered()
    key = reading.numbers(series(county))[0].key
    assert desk.post(f"/registers/numbers/{key}/void", {"reason": "误取"}).status_code == 409
    assert desk.post("/registers/numbers/01890000-0000-7000-8000-000000000000/void").status_code == 404


# ── figures ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def year_figures(county, organs=None, **other):
    span = figure_reading.span_of(TODAY.year, other.pop("part", ""))
    return figure_reading.figures(county.pk, organs, span, TODAY, **other)


def test_the_figures_say_numerator_and_denominator(answered, apply, audit, county):
    answered(5)
    answered(80)
    perform(audit=audit, application=apply().application, act=Act.WITHDRAW, on=TODAY)
    apply(TODAY - timedelta(days=60))
    found = year_figures(county)
    assert found.answered == 2
    assert (found.on_time.n, found.on_time.of, found.on_time.rate) == (1, 2, "50.0%")
    assert (found.open_now, found.overdue_now) == (1, 1)
    calendar = calendar_of(county.pk)
    days = [calendar.workdays_between(TODAY - timedelta(days=n), TODAY) for n in (5, 80)]
    assert found.median == sum(days) / 2
    assert found.longest == max(days)
    assert {share.words: share.n for share in found.outcomes}["予以公开"] == 2


def test_an_organ_sees_its_own_figures_and_the_competent_department_the_county_s(apply, county, organ):
    other = Organ.objects.create(county=county.pk, name="云岭县教育局", form="department", word="云教")
    apply()
    apply(organ=other)
    assert year_figures(county).received == 2
    assert year_figures(county, (organ.pk,)).received == 1
    assert [each.name for each in year_figures(county, (organ.pk,)).organs] == [organ.name]
    assert year_figures(county, organ=other.pk).received == 1


def test_nothing_has_no_rate(county):
    found = year_figures(county)
    assert (found.received, found.on_time.rate, found.median) == (0, "—", None)


@pytest.mark.parametrize(
    ("part", "first", "last"),
    [
        ("", date(2026, 1, 1), date(2026, 12, 31)),
        ("q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("m02", date(2026, 2, 1), date(2026, 2, 28)),
        ("m12", date(2026, 12, 1), date(2026, 12, 31)),
        ("q9", date(2026, 1, 1), date(2026, 12, 31)),
        ("<x>", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_the_periods(part, first, last):
    span = figure_reading.span_of(2026, part)
    assert (span.first, span.last) == (first, last)


def test_the_page_of_figures(desk, answered):
    answered()
    page = desk.get("/figures").content.decode()
    assert page.count('role="img"') == 3
    assert "1／1" in page or "0／1" in page
    assert desk.get("/figures?form=xlsx").content[:2] == b"PK"
    assert desk.get("/figures?year=x&part=zz&organ=1").status_code == 200


SAMPLES = [
    charts.bars("a", "<标题>", ["1月", "2月"], [charts.Bars("收到", (3, 0)), charts.Bars("答复", (1, 2))]),
    charts.bars("b", "空", [], []),
    charts.stacked("c", "结果", [("公开", 3), ("不予公开", 0)]),
    charts.stacked("d", "空", []),
    charts.dots("e", "用时", [("<甲>", 12.5), ("乙", None), ("丙", 31)], limit=20, unit="日"),
    charts.dots("f", "空", [], limit=20, unit="日"),
]


@pytest.mark.parametrize("svg", SAMPLES)
def test_a_chart_is_well_formed_and_says_what_it_shows(svg):
    root = ET.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title").text
    assert root.find(f"{space}desc").text
    assert "style=" not in svg


def test_the_figures_of_a_chart_are_in_its_words():
    assert "收到共3件；答复共3件" in SAMPLES[0]
    assert "&lt;标题&gt;" in SAMPLES[0]
    assert "3个机关中1个超过" in SAMPLES[4]


# ── the month ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_sheet_of_a_month_shows_days_off_make_up_days_and_what_is_due(apply, county):
    for _ in range(5):
        due = Case.objects.get(application=apply().application).due_on
    cells = [cell for week in sheet(county.pk, None, due.year, due.month, TODAY) for cell in week]
    (found,) = [cell for cell in cells if cell.due]
    assert (found.day, found.count, len(found.due)) == (due, 5, 3)
    october = {cell.day: cell for week in sheet(county.pk, None, 2026, 10, TODAY) for cell in week}
    assert not october[date(2026, 10, 1)].kind.works
    assert october[date(2026, 10, 10)].kind.kind == "makeup_workday"
    assert sheet(county.pk, (), due.year, due.month, TODAY)


def test_the_sheet_on_its_page_also_where_the_calendar_ends(desk, apply):
    apply()
    for url in ("/month", "/month?of=2026-10", "/month?of=2035-1", "/month?of=x", "/month?of=2026-13"):
        assert desk.get(url).status_code == 200


# ── reminders ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def competent(county):
    return Organ.objects.create(county=county.pk, name="云岭县政务公开办公室", form="department", competent=True)


def near(county, days):
    """The day of receipt of an application that is due in so many working days."""
    calendar = calendar_of(county.pk)
    return (
        calendar.workdays_before(calendar.add_workdays(TODAY, days), 20)
        if days
        else calendar.workdays_before(TODAY, 20)
    )


def test_the_handler_is_reminded_first_then_the_head_then_the_competent_department(apply, county, competent):
    for days in (9, 5, 3, 1):
        apply(near(county, days))
    found = {}
    for each in reminders(county.pk, TODAY):
        found.setdefault(each.left, []).append(each.to)
    assert found == {5: ["handler"], 3: ["handler", "head"], 1: ["handler", "head", "competent"]}


def test_a_reminder_leaves_once_for_each_stage_without_personal_data(apply, county, organ, competent, audit):
    rules.set_mailbox(audit=audit, organ=organ, address="xxgk@example.cn")
    number = apply(near(county, 3)).application.number
    remind(audit=audit, today=TODAY)
    remind(audit=audit, today=TODAY)
    rows = list(Message.objects.all())
    assert len(rows) == 2
    assert {row.template for row in rows} == {"desk.due_soon"}
    assert {row.fields["number"] for row in rows} == {number}


def test_overdue_is_said_once_more_and_who_has_no_mailbox_gets_no_mail(apply, county, organ, competent, audit):
    apply(TODAY - timedelta(days=60))
    remind(audit=audit, today=TODAY)
    assert not Message.objects.exists()
    rules.set_mailbox(audit=audit, organ=competent, address="zhuguan@example.cn")
    remind(audit=audit, today=TODAY)
    assert Message.objects.get().template == "desk.overdue"


def test_who_has_an_address_is_reminded_there_and_the_mailbox_stands_in_for_the_others(
    apply, county, organ, competent, audit
):
    handler, head = (add_person(audit=audit, name=name) for name in ("承办人", "负责人"))
    appoint(audit=audit, person=handler, role="clerk", organ=organ)
    appoint(audit=audit, person=head, role="head", organ=organ)
    rules.set_mailbox(audit=audit, organ=organ, address="xxgk@example.cn")
    rules.set_mailbox(audit=audit, organ=competent, address="zhuguan@example.cn")
    case = apply(near(county, 1)).application
    records.assign(audit=audit, application=case, handler=handler.pk)

    def told():
        Message.objects.all().delete()
        remind(audit=audit, today=TODAY)
        return sorted(
            sealed.unseal(bytes(row.address), table=Message._meta.db_table, column="address", row=row.pk)
            for row in Message.objects.all()
        )

    assert told() == ["xxgk@example.cn", "xxgk@example.cn", "zhuguan@example.cn"]
    set_address(audit=audit, person=handler, address="handler@example.cn")
    assert told() == ["handler@example.cn", "xxgk@example.cn", "zhuguan@example.cn"]
    set_address(audit=audit, person=head, address="head@example.cn")
    assert told() == ["handler@example.cn", "head@example.cn", "zhuguan@example.cn"]
    deputy = add_person(audit=audit, name="代办人")
    set_address(audit=audit, person=deputy, address="deputy@example.cn")
    stead = appoint(audit=audit, person=deputy, role="clerk", organ=organ, deputy_of=handler)
    assert told() == ["deputy@example.cn", "handler@example.cn", "head@example.cn", "zhuguan@example.cn"]
    end_appointment(audit=audit, appointment=stead)
    assert told() == ["handler@example.cn", "head@example.cn", "zhuguan@example.cn"]
    set_address(audit=audit, person=handler, address="")
    assert told() == ["head@example.cn", "xxgk@example.cn", "zhuguan@example.cn"]
    with pytest.raises(Refused):
        set_address(audit=audit, person=head, address="不是邮箱")


def test_everyone_says_for_themselves_where_to_be_reminded(desk, operator):
    desk.post("/account/reminders", {"address": "me@example.cn"})
    assert 'value="me@example.cn"' in desk.get("/account").content.decode()
    assert reminding.address_of(operator.pk) == "me@example.cn"
    desk.post("/account/reminders", {"address": "x y"})
    assert reminding.address_of(operator.pk) == "me@example.cn"


def test_reminders_are_a_hook_of_the_day(apply, audit, organ):
    from gongkai.web.jobs.daily import hooks

    found = hooks()
    assert {"onrequest.recompute", "onrequest.remind"} <= set(found)
    apply()
    found["onrequest.recompute"](TODAY)
    found["onrequest.remind"](TODAY)


def test_what_was_answered_is_not_reminded_of(answered, county, competent):
    answered(60)
    assert list(reminders(county.pk, TODAY)) == []
