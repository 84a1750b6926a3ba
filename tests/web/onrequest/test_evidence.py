"""What a decision needs on file, by a form of its own for each kind."""

from __future__ import annotations

import pytest
from django.utils import timezone

from gongkai.onrequest.decisions import decisions, evidence
from gongkai.web.facts import Refused
from gongkai.web.onrequest.evidenceforms import FORMS, asks_of, lacking
from gongkai.web.onrequest.lettertext import current, loaded, values
from gongkai.web.onrequest.models import CaseRecord
from gongkai.web.onrequest.recordkinds import KINDS, told
from gongkai.web.onrequest.selectors.story import story
from gongkai.web.onrequest.services import letters, records

TODAY = timezone.localdate()
SEARCH = {
    "places": "办公室、档案室",
    "keywords": "石桥镇 农村公路",
    "way": "系统检索",
    "times": "今天上午",
    "by": "王安石",
    "result": "没有检索到",
}


@pytest.mark.parametrize("kind", sorted({e.key for d in decisions().values() for e in d.evidence}))
def test_every_kind_of_evidence_has_a_page(apply, desk, kind):
    application = apply().application
    page = desk.get(f"/cases/{application.pk}/evidence/{kind}")
    assert page.status_code == 200
    assert evidence()[kind].asks in page.content.decode()


def test_every_form_is_of_a_kind_there_is():
    assert set(FORMS) <= set(KINDS)
    assert all(asks_of(kind) for kind in KINDS)


def test_a_search_record_says_where_how_by_whom_and_when(apply, audit):
    application = apply().application
    with pytest.raises(Refused, match="检索关键词、检索方式"):
        records.record_evidence(
            audit=audit, application=application, kind="search_record", on=TODAY, told={"places": "档案室"}
        )
    records.record_evidence(audit=audit, application=application, kind="search_record", on=TODAY, told=SEARCH)
    row = CaseRecord.objects.get()
    assert told(row)["times"] == "今天上午"
    moment = next(m for m in story(application) if m.source == "record")
    assert "检索关键词：石桥镇 农村公路" in moment.words


def test_a_choice_is_one_of_its_list():
    assert lacking("harm_assessment", {"kind": "天气", "words": "会", "by": "某"}) == ["可能危及"]


def test_the_page_keeps_what_was_typed_and_the_case_links_to_what_is_lacking(apply, audit, desk):
    application = apply().application
    letters.draft(audit=audit, application=application, code="U1a")
    assert f"/cases/{application.pk}/evidence/search_record" in desk.get(f"/cases/{application.pk}").content.decode()
    url = f"/cases/{application.pk}/evidence/search_record"
    refused = desk.post(url, {"on": f"{TODAY}", "places": "档案室三楼"})
    assert refused.status_code == 409
    assert "档案室三楼" in refused.content.decode()
    assert desk.post(url, {"on": f"{TODAY}", **SEARCH}).status_code == 302
    assert "/evidence/search_record" not in desk.get(f"/cases/{application.pk}").content.decode()


def test_what_the_system_writes_itself_has_no_form(apply, desk):
    application = apply().application
    for kind in ("redaction_boxes", "split", "no_such_kind"):
        assert desk.get(f"/cases/{application.pk}/evidence/{kind}").status_code == 404


def test_a_reply_takes_what_it_says_from_the_evidence(apply, audit):
    application = apply().application
    records.record_evidence(audit=audit, application=application, kind="search_record", on=TODAY, told=SEARCH)
    fields = loaded(current(letters.draft(audit=audit, application=application, code="U1a"))).fields
    assert fields["searched_by"] == "办公室、档案室"
    assert fields["search_words"] == "系统检索；石桥镇 农村公路"
    assert values(fields)["searched_on"] == TODAY
    other = loaded(current(letters.draft(audit=audit, application=application, code="G2"))).fields
    assert "searched_by" not in other
