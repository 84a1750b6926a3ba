"""An office's ledger: what is due is seen at once, certain rows come in once, doubtful rows stay out."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.readers.ledger import read_pasted
from gongkai.web.facts import Refused
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Application, Case, LedgerRow
from gongkai.web.onrequest.services.ledger import bring_in

TODAY = timezone.localdate()
HEAD = "登记编号\t申请人\t申请人类型\t申请渠道\t收到日期\t申请内容\t补正告知日期\t补正收到日期\t延期日期\t延期工作日\t答复日期\t处理决定\t送达日期"
OPEN = f"交依申1\t李清照\t自然人\t当面\t{TODAY - timedelta(days=40)}\t石桥镇公路批复\t\t\t\t\t\t\t"
DONE = "交依申2\t易安公司\t商业企业\t邮寄\t2026-03-02\t中标合同\t\t\t\t\t2026-03-20\t予以公开\t2026-03-23"
WRONG = "交依申3\t赵明诚\t自然人\t当面\t2026-13-02\t征地补偿\t\t\t\t\t\t\t"
TABLE = f"{HEAD}\n{OPEN}\n{DONE}\n{WRONG}"


def rows(text: str = TABLE):
    return read_pasted(text, today=TODAY).rows


def test_certain_rows_become_cases_with_their_clock(audit, organ):
    done = bring_in(audit=audit, organ=organ, rows=rows(), sha256="x", left_out=1)
    assert (done.taken, done.known) == (2, 0)
    late = Case.objects.get(number="交依申1")
    assert late.open == 1 and late.due_on < TODAY
    closed = Case.objects.get(number="交依申2")
    assert (closed.open, closed.applicant_kind, closed.decision) == (0, "enterprise", "G2")
    application = Application.objects.get(number="交依申1")
    assert personal.reveal(application.applicants.get(), "name") == "李清照"


def test_nothing_comes_in_twice(audit, organ):
    bring_in(audit=audit, organ=organ, rows=rows(), sha256="x")
    again = bring_in(audit=audit, organ=organ, rows=rows(), sha256="x")
    assert (again.taken, again.known) == (0, 2)
    assert LedgerRow.objects.count() == 2


def test_the_kind_of_applicant_is_never_guessed(audit, organ):
    bare = rows("收到日期\t申请内容\n2026-03-02\t中标合同")
    with pytest.raises(Refused, match="申请人类型"):
        bring_in(audit=audit, organ=organ, rows=bare, sha256="x")
    done = bring_in(audit=audit, organ=organ, rows=bare, sha256="x", kind="natural_person")
    assert done.taken == 1


def test_two_organs_may_have_the_same_numbers(audit, organ, county):
    from gongkai.web.organs.models import Organ

    other = Organ.objects.create(county=county.pk, name="云岭县水利局", form="department", word="云水")
    bring_in(audit=audit, organ=organ, rows=rows(), sha256="x")
    bring_in(audit=audit, organ=other, rows=rows(), sha256="x")
    assert Case.objects.filter(organ=other).count() == 2


def test_a_pasted_ledger_shows_what_is_due_and_comes_in_by_a_click(desk, organ):
    page = desk.post("/cases/ledger", {"text": TABLE}).content.decode()
    assert "已逾期 1" in page and "第4行“收到日期”" in page
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)[1]
    assert Application.objects.count() == 0
    desk.post("/cases/ledger/bring", {"ticket": ticket, "organ": str(organ.pk)})
    assert Application.objects.count() == 2


@pytest.mark.parametrize("text", ["", "今天天气很好", "\x00"])
def test_what_is_no_ledger_is_refused_in_a_sentence_and_kept_on_the_page(desk, organ, text):
    answer = desk.post("/cases/ledger", {"text": text})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_a_forged_ticket_brings_nothing_in(desk, organ):
    assert desk.post("/cases/ledger/bring", {"ticket": "x", "organ": str(organ.pk)}).status_code == 302
    assert Application.objects.count() == 0
