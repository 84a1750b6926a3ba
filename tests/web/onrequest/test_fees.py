"""The fee: off until switched on, only after the excess was found, each sum with its steps; payment begins the count anew."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from gongkai.web.facts import Refused
from gongkai.web.onrequest.lettertext import current, loaded
from gongkai.web.onrequest.models import Case, FeeNotice, FeePayment
from gongkai.web.onrequest.selectors import fees as reading
from gongkai.web.onrequest.services import delivery, fees, letters, rules
from gongkai.web.organs.models import Organ
from gongkai.web.rules.selectors import calendar_of
from tests.web.onrequest.conftest import LI
from tests.web.onrequest.steps import signed

TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=20)


@pytest.fixture
def charging(audit, organ):
    rules.set_fee(audit=audit, organ=organ, charging=True, on=date(2026, 1, 1), reason="经批准")


@pytest.fixture
def excessive(apply, audit, charging):
    application = apply().application
    fees.find_excess(audit=audit, application=application, words="本月提出40件", on=TODAY)
    return application


def notified(application, audit, **other):
    told = {"method": "per_page", "pages": 150, "on": TODAY, "pay_by": SOON} | other
    return fees.notify_on_paper(audit=audit, application=application, **told)


def test_nothing_is_charged_unless_the_office_switched_it_on(apply, audit):
    application = apply().application
    fee, _, _ = reading.reckoned(application, "per_page", 500, TODAY)
    assert fee.yuan == 0
    fees.find_excess(audit=audit, application=application, words="本月提出40件", on=TODAY)
    with pytest.raises(Refused, match="没有启用信息处理费"):
        notified(application, audit)


def test_nothing_is_charged_before_the_excess_was_found(apply, audit, charging):
    with pytest.raises(Refused, match="还没有认定"):
        notified(apply().application, audit)
    with pytest.raises(Refused, match="请填写"):
        fees.find_excess(audit=audit, application=apply().application, words=" ", on=TODAY)


def test_a_switch_of_one_organ_is_no_other_organ_s(apply, audit, county, charging):
    other = Organ.objects.create(county=county.pk, name="云岭县教育局", form="department", word="云教")
    assert reading.switched_on(apply().application, TODAY)
    assert not reading.switched_on(apply(organ=other).application, TODAY)


def test_by_the_piece_the_month_of_one_applicant_at_one_organ_is_counted(apply, charging, county):
    first = TODAY.replace(day=1)
    other = Organ.objects.create(county=county.pk, name="云岭县教育局", form="department", word="云教")
    for _ in range(11):
        last = apply(first).application
    apply(first, organ=other)
    apply(first - timedelta(days=1))
    mine = apply(first).application
    fee, units, before = reading.reckoned(mine, "per_application", None, TODAY)
    assert (before, units, fee.yuan) == (11, 1, 100)
    assert reading.reckoned(last, "per_application", None, TODAY)[2] == 10
    someone = LI.__class__("natural_person", "王安石", "identity_card", "11010119900307002X")
    assert reading.counted_before(apply(first, who=someone).application) == 0


def test_the_notice_is_a_letter_filled_with_the_sum_and_its_steps(excessive, audit):
    letter = fees.draft_notice(
        audit=audit, application=excessive, method="per_page", pages=150, pay_by=SOON, way="窗口"
    )
    fields = loaded(current(letter)).fields
    assert fields["fee_amount"] == "1700"
    assert "第31页至第100页，每页10元，计700元" in fields["fee_rate"]
    assert not FeeNotice.objects.exists()


def test_a_delivered_notice_stops_the_count_and_stands_in_the_register(excessive, audit, organ):
    Organ.objects.filter(pk=organ.pk).update(phone="0531-87880000")
    excessive.organ.refresh_from_db()
    letter = fees.draft_notice(
        audit=audit, application=excessive, method="per_page", pages=150, pay_by=SOON, way="窗口"
    )
    signed(audit, letter)
    letters.put_seal(audit=audit, letter=letter, on=TODAY, seal="印章")
    delivery.send(audit=audit, letter=letter, manner="post", on=TODAY, mail_number="XA1CN")
    row = FeeNotice.objects.get()
    assert (row.amount, row.pay_by, row.letter) == (Decimal(1700), SOON, letter.pk)
    case = Case.objects.get(application=excessive)
    assert (case.state, case.due_on) == ("awaiting_payment", None)


def test_payment_begins_the_count_anew_once_all_is_paid(excessive, audit, county):
    row = notified(excessive, audit)
    fees.pay(audit=audit, notice=row, amount=Decimal(700), paid_on=TODAY, receipt_number="00123")
    assert Case.objects.get(application=excessive).due_on is None
    fees.pay(audit=audit, notice=row, amount=Decimal(1000), paid_on=TODAY)
    case = Case.objects.get(application=excessive)
    assert (case.state, case.due_on) == ("handling", calendar_of(county.pk).add_workdays(TODAY, 20))
    figures = reading.figures(reading.notices(county.pk, None, TODAY, year=TODAY.year))
    assert (figures.notices, figures.amount, figures.paid) == (1, Decimal(1700), Decimal(1700))


def test_a_notice_not_paid_in_time_is_named(excessive, audit, county):
    notified(excessive, audit)
    later = SOON + timedelta(days=1)
    assert reading.notices(county.pk, None, later)[0].lapsed
    assert not reading.notices(county.pk, None, TODAY)[0].lapsed


@pytest.mark.parametrize(
    ("amount", "paid_on", "says"),
    [
        (Decimal(1701), TODAY, "多于应缴"),
        (Decimal(1700), TODAY - timedelta(days=1), "通知之日"),
        (Decimal(1700), TODAY + timedelta(days=1), "今天以前"),
    ],
)
def test_refusals_of_a_payment(excessive, audit, amount, paid_on, says):
    row = notified(excessive, audit)
    with pytest.raises(Refused, match=says):
        fees.pay(audit=audit, notice=row, amount=amount, paid_on=paid_on)
    assert not FeePayment.objects.exists()


def test_what_is_paid_is_not_paid_again(excessive, audit):
    row = notified(excessive, audit)
    fees.pay(audit=audit, notice=row, amount=Decimal(1700), paid_on=TODAY)
    with pytest.raises(Refused, match="已经缴清"):
        fees.pay(audit=audit, notice=row, amount=Decimal(1), paid_on=TODAY)


@pytest.mark.parametrize("said", ["", "一百", "0", "-3", "1.234", "1e99", "NaN"])
def test_what_is_no_sum_is_refused(said):
    with pytest.raises(Refused, match="缴费金额"):
        fees.amount_of(said)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"method": "both"}, "只能用一种方式"),
        ({"method": "per_application", "pages": None}, "不收费"),
        ({"pages": 30}, "不收费"),
        ({"pages": None}, "填写页数"),
        ({"pay_by": None}, "今天以后"),
    ],
)
def test_refusals_of_a_draft(excessive, audit, other, says):
    told = {"method": "per_page", "pages": 150, "pay_by": SOON} | other
    with pytest.raises(Refused, match=says):
        fees.draft_notice(audit=audit, application=excessive, **told)


def test_the_fee_on_its_pages(desk, apply, organ, charging):
    key = apply().application.pk
    page = f"/cases/{key}/fee"
    assert "认定的事实" in desk.get(page).content.decode()
    desk.post(page, {"what": "excess", "on": TODAY, "words": "本月提出40件"})
    shown = desk.post(page, {"what": "reckon", "method": "per_page", "pages": "150"}).content.decode()
    assert "1700元" in shown
    assert desk.post(page, {"what": "draft", "method": "per_page", "pages": "10", "pay_by": SOON}).status_code == 409
    answer = desk.post(page, {"what": "draft", "method": "per_page", "pages": "150", "pay_by": SOON, "way": "窗口"})
    assert "/letters/" in answer["Location"]
    assert desk.post(page, {"what": "draft", "method": "x"}).status_code == 422
    row = FeeNotice.objects.first()
    assert row is None
    assert desk.post(f"{page}/01890000-0000-7000-8000-000000000000/paid", {"amount": "1"}).status_code == 404
    assert desk.get("/fees?year=2026").status_code == 200


def test_a_payment_on_the_page(desk, excessive, audit):
    row = notified(excessive, audit)
    url = f"/cases/{excessive.pk}/fee/{row.pk}/paid"
    assert desk.post(url, {"amount": "很多", "paid_on": TODAY}).status_code == 409
    assert desk.post(url, {"amount": "1700元", "paid_on": TODAY, "receipt_number": "001"}).status_code == 302
    assert "已缴清" in desk.get("/fees").content.decode()


def test_a_notice_given_on_paper_is_entered_on_the_page_and_nowhere_else(desk, excessive):
    key = excessive.pk
    answer = desk.post(f"/cases/{key}/acts/notify_fee", {"on": TODAY})
    assert answer["Location"] == f"/cases/{key}/fee"
    told = {"what": "paper", "method": "per_page", "pages": "150", "sent_on": TODAY, "pay_by": SOON}
    assert desk.post(f"/cases/{key}/fee", told).status_code == 302
    assert FeeNotice.objects.get().amount == Decimal(1700)
    assert "1700.00元" in desk.get(f"/cases/{key}/fee").content.decode()


def test_what_was_not_paid_in_time_is_no_longer_processed(desk, apply, audit, organ, charging):
    application = apply(TODAY - timedelta(days=40)).application
    fees.find_excess(audit=audit, application=application, words="本月提出40件", on=TODAY - timedelta(days=35))
    row = notified(application, audit, on=TODAY - timedelta(days=32), pay_by=TODAY - timedelta(days=2))
    letter = fees.draft_lapse(audit=audit, notice=row)
    assert letter.decision == "O2"
    assert loaded(current(letter)).fields["fee_until"] == f"date:{row.pay_by}"
    answer = desk.post(f"/cases/{application.pk}/fee/{row.pk}/lapsed")
    assert "/letters/" in answer["Location"]
    fees.pay(audit=audit, notice=row, amount=row.amount, paid_on=TODAY)
    assert desk.post(f"/cases/{application.pk}/fee/{row.pk}/lapsed").status_code == 409


def test_while_there_is_time_to_pay_nothing_has_lapsed(excessive, audit):
    with pytest.raises(Refused, match="还没有届满"):
        fees.draft_lapse(audit=audit, notice=notified(excessive, audit))
