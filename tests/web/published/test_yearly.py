"""A yearly report outside: published by an act, frozen, in every form, and gone from the moment it is taken back."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.annual.report import Report
from gongkai.web.annual import policies
from gongkai.web.annual.models import Publication, Submission
from gongkai.web.annual.selectors.published import published
from gongkai.web.annual.selectors.reports import report_view
from gongkai.web.annual.services.judging import judge
from gongkai.web.annual.services.placing import place, set_aside
from gongkai.web.annual.services.publishing import publish, withdraw
from gongkai.web.facts import Refused
from gongkai.web.organs.models import Organ
from gongkai.web.organs.services import keep_list, name_county
from gongkai.web.people.models import Person

SOUND = "云岭县发展和改革局"
QUICK = ("docx", "xlsx")


@pytest.fixture
def listed(county, audit):
    name_county(audit=audit, county=county, name="云岭县")
    keep_list(audit=audit, county=county, organs=[(SOUND, ""), ("云岭县教育局", "")])


@pytest.fixture
def sound(listed, handed_in):
    return handed_in(SOUND)


def page_of(visitor, url, status=200):
    answer = visitor.get(url)
    assert answer.status_code == status, url
    return answer.content.decode(errors="replace")


def test_a_published_report_is_a_page_and_data_and_files(stranger, sound, audit):
    assert SOUND not in page_of(stranger, "/yearly")
    row = publish(audit=audit, submission=sound, formats=QUICK)
    assert SOUND in page_of(stranger, "/yearly")
    text = page_of(stranger, f"/yearly/{row.pk}")
    report = report_view(sound).report
    for heading in ("一、总体情况", "三、收到和处理政府信息公开申请情况", "六、其他需要报告的事项"):
        assert heading in text
    assert text.count("<td headers=") == sum(a in report.cells or a in report.blank for a in report.addresses)
    data = stranger.get(f"/yearly/{row.pk}/report.json")
    assert data.headers["Content-Disposition"].startswith("attachment")
    again = Report.from_json(json.loads(data.content))
    assert {a: c.value for a, c in again.cells.items()} == {a: c.value for a, c in report.cells.items()}
    assert (again.organ, again.year) == (SOUND, 2025)
    for form, begins in (("docx", b"PK"), ("xlsx", b"PK")):
        answer = stranger.get(f"/yearly/{row.pk}/report.{form}")
        assert answer.content.startswith(begins)
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    page_of(stranger, f"/yearly/{row.pk}/report.md", 404)


def test_taken_back_no_address_of_it_answers(stranger, sound, audit):
    row = publish(audit=audit, submission=sound, formats=QUICK)
    urls = [f"/yearly/{row.pk}", *(f"/yearly/{row.pk}/report.{form}" for form in ("json", *QUICK))]
    lists = ["/yearly", f"/organs/{sound.organ_id}/yearly"]
    for url in urls:
        page_of(stranger, url)
    assert all(f"/yearly/{row.pk}" in page_of(stranger, url) for url in lists)
    with pytest.raises(Refused, match="写明撤回的原因"):
        withdraw(audit=audit, publication=row, reason=" ")
    withdraw(audit=audit, publication=row, reason="表格有误")
    for url in urls:
        page_of(stranger, url, 404)
    assert not any(str(row.pk) in page_of(stranger, url) for url in lists)
    with pytest.raises(Refused, match="已经不在门户上"):
        withdraw(audit=audit, publication=row, reason="再撤")


def test_what_is_outside_changes_only_by_publishing_anew(stranger, sound, audit, desk):
    first = publish(audit=audit, submission=sound, formats=())
    address = next(a for a, c in report_view(sound).report.cells.items() if a.startswith("proactive.licences"))
    desk.post(f"/reports/{sound.pk}/cells/{address}", {"action": "value", "value": "987654", "reason": "漏计"})
    assert report_view(sound).report.cells[address].value == 987654
    assert "987654" not in page_of(stranger, f"/yearly/{first.pk}")
    second = publish(audit=audit, submission=sound, formats=(), despite="核对无误")
    assert (second.edition, second.year) == (2, 2025)
    page_of(stranger, f"/yearly/{first.pk}", 404)
    assert "987654" in page_of(stranger, f"/yearly/{second.pk}")
    assert [row.key for row in published(sound.county)] == [second.pk]


def test_what_may_not_go_out_is_refused_with_a_sentence(listed, handed_in, audit):
    with pytest.raises(Refused, match="移出列表"):
        aside = handed_in(SOUND)
        set_aside(audit=audit, submission=aside, aside=True)
        publish(audit=audit, submission=aside)
    wrong = handed_in("云岭县教育局")
    assert any(f.grade == "conflict" for f in report_view(wrong).open_findings)
    with pytest.raises(Refused, match="处不一致没有处理"):
        publish(audit=audit, submission=wrong)
    place(audit=audit, submission=wrong, organ=None, year="2025")
    with pytest.raises(Refused, match="所属的机关"):
        publish(audit=audit, submission=wrong)
    assert not Publication.objects.exists()


def test_open_conflicts_are_no_bar_once_they_are_judged_or_the_reason_is_given(listed, handed_in, audit):
    wrong = handed_in("云岭县教育局")
    row = publish(audit=audit, submission=wrong, formats=(), despite="法定期限已到，更正后重新公布")
    assert row.despite
    for finding in report_view(wrong).open_findings:
        if finding.grade == "conflict":
            judge(
                audit=audit, submission=wrong, fingerprint=finding.fingerprint, verdict="dismissed", reason="原文如此"
            )
    assert not publish(audit=audit, submission=wrong, formats=()).despite


def test_the_organ_itself_and_the_competent_department_publish_and_nobody_else(sound, county):
    other = Organ.objects.get(name="云岭县教育局")

    def person(role, organ):
        return Person.objects.create(county=county.pk, name="某人", role=role, organ=organ)

    assert policies.can_publish(person("head", sound.organ), sound)
    assert policies.can_publish(person("competent", other), sound)
    for who in (person("head", other), person("clerk", sound.organ), person("onlooker", sound.organ)):
        assert not policies.can_publish(who, sound)
        with pytest.raises(PermissionDenied):
            policies.check_publish(who, sound)


def test_the_desk_publishes_and_takes_back(desk, stranger, sound):
    url = f"/reports/{sound.pk}"
    assert "还没有在门户公布" in desk.get(url).content.decode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gongkai.web.annual.services.publishing.TAKEN", QUICK)
        patch.setitem(publish.__kwdefaults__, "formats", QUICK)
        desk.post(f"{url}/publish")
    assert "第1版于" in desk.get(url).content.decode()
    row = Publication.objects.get(submission=sound)
    page_of(stranger, f"/yearly/{row.pk}")
    desk.post(f"{url}/withdraw", {"reason": "有误"})
    assert "撤回：有误" in desk.get(url).content.decode()
    page_of(stranger, f"/yearly/{row.pk}", 404)
    assert Submission.objects.filter(pk=sound.pk, aside=False).exists()
