"""编制的网页：每格打开后面的记录，填报、更改上年结转、说明没有，别的机关的不给看。"""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from gongkai.web.compilation.models import Entered, NoneThisYear
from gongkai.web.compilation.selectors.figures import compiled
from gongkai.web.compilation.services.carrying import hand_on
from gongkai.web.facts import new_key
from gongkai.web.organs.models import Organ
from gongkai.web.people import middleware
from gongkai.web.people.models import Person
from gongkai.web.registers.services import rows as registers

LICENCES, BROUGHT = "proactive.licences.decisions", "applications.brought_forward.natural_person"
DISCLOSED = "applications.disclosed.total"


@pytest.fixture
def place(organ):
    return f"/year/{organ.pk}/2025"


def sits(monkeypatch, county, role: str, organ: Organ) -> None:
    person = Person.objects.create(county=county.pk, name="某人", role=role, organ=organ)
    monkeypatch.setattr(middleware, "local_operator", lambda: person)


def test_each_cell_leads_to_exactly_the_records_it_counts(desk, bring, place, organ):
    bring("A1 2024-12-20 2025-01-10 G2", "A2 2025-03-01 2025-03-20 N4", "A3 2025-12-20")
    page = desk.get(place).content.decode()
    cells = dict(re.findall(r'href="[^"]*/cells/([^"]+)" aria-label="[^"]*：([^"，]*)', page))
    assert cells.keys() == set(compiled(organ, 2025).figures)
    for address in ("applications.received.total", DISCLOSED, BROUGHT, "applications.carried_forward.total"):
        listed = desk.get(f"{place}/cells/{address}").content.decode()
        assert len(re.findall(r"为什么计在这里", listed)) == int(cells[address])
    assert cells[LICENCES] == "空白"
    assert "不能填数" in desk.get(f"{place}/cells/{DISCLOSED}").content.decode()
    assert 'href="/year/' in desk.get("/year").content.decode()


def test_a_record_says_where_it_stands_and_why_not_elsewhere(desk, bring, place, audit, organ):
    one = bring("A1 2025-12-20 2026-01-10 G2")["A1"]
    page = desk.get(f"{place}/records/application/{one.pk}").content.decode()
    assert "A1在2025年度计在哪里" in page
    assert "2026年1月10日才办结，办理结果属于2026年度。" in page
    values = {"entered_as": "total", "month": "2024-03", "number": "4", "matter": "取水许可"}
    row = registers.enter(audit=audit, organ=organ, register="licences", values=values)
    assert "计入2024年度，不计入2025年度" in desk.get(f"{place}/records/row/{row.pk}").content.decode()
    assert "计4。" in desk.get(f"/year/{organ.pk}/2024/records/row/{row.pk}").content.decode()
    written = {
        "name": "节水办法", "document_number": "云水〔2024〕1号", "issued_on": "2024-06-01", "effective_on": "2024-06-01",
    }  # fmt: skip
    paper = registers.enter(audit=audit, organ=organ, register="normative_documents", values=written)
    page = desk.get(f"{place}/records/row/{paper.pk}").content.decode()
    assert "到2025年底仍然有效，计入“现行有效件数”。" in page
    assert "成文日期不在2025年，不计入“本年制发件数”。" in page
    for wrong in (f"application/{row.pk}", f"row/{one.pk}", f"other/{one.pk}"):
        assert desk.get(f"{place}/records/{wrong}").status_code == 404


def test_a_figure_is_entered_changed_and_taken_back_on_its_page(desk, place, organ):
    address = f"{place}/cells/{LICENCES}"
    refused = desk.post(address, {"value": "十", "note": "许可系统"})
    assert refused.status_code == 409
    assert "请填写数字" in refused.content.decode()
    assert 'value="十"' in refused.content.decode()
    assert desk.post(address, {"value": "12", "note": "许可系统"}).status_code == 302
    page = desk.get(address).content.decode()
    assert "许可系统" in page
    assert "这个数是填报的" in page
    seen = re.search(r'name="seen" value="([0-9a-f-]{36})"', page)
    assert desk.post(address, {"value": "13", "note": "系统", "reason": "重导"}).status_code == 409
    assert desk.post(address, {"value": "13", "note": "系统", "reason": "重导", "seen": seen[1]}).status_code == 302
    newest = Entered.objects.latest("id")
    assert compiled(organ, 2025).value(LICENCES) == newest.value == 13
    assert desk.post(address, {"back": "1", "reason": "改由台账", "seen": str(newest.pk)}).status_code == 302
    assert compiled(organ, 2025).value(LICENCES) is None


def test_what_is_brought_forward_and_what_has_no_place_is_shown(desk, bring, place, audit, organ):
    bring("A1 2024-12-20")
    hand_on(audit=audit, organ=organ, year=2024, version=new_key(), known_at=timezone.now())
    bring("A9 2024-11-02 2024-11-09 G2")
    page = desk.get(place).content.decode()
    assert "2024年度的表中没有这一件，未计入。上年报告已经定稿。" in page
    cell = desk.get(f"{place}/cells/{BROUGHT}").content.decode()
    assert "更改上年结转" in cell
    assert desk.post(f"{place}/cells/{BROUGHT}", {"value": "2", "note": "上年漏计"}).status_code == 302
    assert "不一致之处" in desk.get(place).content.decode()


def test_as_known_on_a_day_nothing_is_entered(desk, bring, place):
    bring("A1 2025-03-01")
    page = desk.get(f"{place}?known=2025-06-30").content.decode()
    assert "按2025年6月30日当天已经登记的内容计算" in page
    assert "一、本年新收政府信息公开申请数量·总计：空白" in page
    assert 'name="value"' not in desk.get(f"{place}/cells/{LICENCES}?known=2025-06-30").content.decode()


def test_that_there_was_nothing_is_said_on_the_page(desk, place, organ):
    assert "说明2025年度没有政府信息公开行政复议、行政诉讼" in desk.get(place).content.decode()
    desk.post(f"{place}/nothing/4", {"reason": ""})
    assert compiled(organ, 2025).value("disputes.reconsideration.total") == 0
    assert "收回这一说明" in desk.get(place).content.decode()
    desk.post(f"{place}/nothing/4", {"back": "1", "reason": ""})
    assert NoneThisYear.objects.count() == 1
    desk.post(f"{place}/nothing/4", {"back": "1", "reason": "补登"})
    assert compiled(organ, 2025).value("disputes.reconsideration.total") is None


@pytest.mark.parametrize("role", ["clerk", "head", "reviewer", "leader"])
def test_another_organs_figures_are_shown_to_nobody_there(desk, county, place, monkeypatch, role):
    other = Organ.objects.create(county=county.pk, name="云岭县教育局", form="department")
    sits(monkeypatch, county, role, other)
    assert desk.get(place).status_code == 403
    assert desk.get(f"{place}/cells/{LICENCES}").status_code == 403
    assert desk.get(f"/year/{other.pk}/2025").status_code == 200
    assert str(other.pk) in desk.get("/year").content.decode()
    assert place not in desk.get("/year").content.decode()


def test_who_may_only_look_enters_nothing_and_opens_no_case(desk, county, bring, organ, place, monkeypatch):
    one = bring("A1 2025-03-01 2025-03-20 G2")["A1"]
    sits(monkeypatch, county, "leader", organ)
    assert desk.post(f"{place}/cells/{LICENCES}", {"value": "1", "note": "系统"}).status_code == 403
    page = desk.get(f"{place}/cells/{DISCLOSED}").content.decode()
    assert "A1" in page
    assert f"/cases/{one.pk}" not in page
    assert "水费标准" not in page


@pytest.mark.parametrize("path", ["2018", "2999", "2025/cells/applications.received.everyone"])
def test_a_year_or_a_cell_that_is_not_there_is_not_found(desk, organ, path):
    assert desk.get(f"/year/{organ.pk}/{path}").status_code == 404
