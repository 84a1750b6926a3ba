"""A file with a classification mark: set apart, taken out on record, handed over and gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from gongkai.web.audit.models import Entry
from gongkai.web.facts import Refused
from gongkai.web.files import disk
from gongkai.web.files.models import StoredFile
from gongkai.web.onrequest.models import CaseRecord
from gongkai.web.onrequest.policies import check_case
from gongkai.web.onrequest.recordkinds import told
from gongkai.web.onrequest.selectors.secrecy import set_apart as listed
from gongkai.web.onrequest.services import secrecy
from gongkai.web.onrequest.services.attachments import Upload, attach
from gongkai.web.organs.models import Organ
from gongkai.web.people.models import Person

TODAY = timezone.localdate()


@pytest.fixture
def marked(apply, audit):
    application = apply().application
    upload = Upload("某文件.txt", "机密★10年".encode(), "attachment", marked=True)
    return attach(audit=audit, application=application, file=upload)


def give(audit, row, **other):
    told = {"on": TODAY, "to": "云岭县国家保密局", "by": "王安石、苏轼"} | other
    secrecy.hand_over(audit=audit, attachment=row, **told)


def test_what_is_handed_over_is_gone_and_its_hash_stays(marked, audit, django_capture_on_commit_callbacks):
    place = disk.place(disk.ISOLATED, marked.file.stored)
    assert place.exists()
    with django_capture_on_commit_callbacks(execute=True):
        give(audit, marked)
    assert not place.exists()
    assert StoredFile.objects.get(pk=marked.file_id).gone_on == TODAY
    said = told(CaseRecord.objects.get(kind="secrecy_handover"))
    assert said["organ"] == "云岭县国家保密局" and marked.file.sha256 in said["files"]
    marked.file.refresh_from_db()
    with pytest.raises(Refused, match="已经移交"):
        give(audit, marked)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"to": " "}, "接收的保密机构"),
        ({"on": TODAY + timedelta(days=1)}, "还没有到"),
        ({"on": TODAY - timedelta(days=1)}, "早于收到"),
    ],
)
def test_refusals(marked, audit, other, says):
    with pytest.raises(Refused, match=says):
        give(audit, marked, **other)
    assert StoredFile.objects.get(pk=marked.file_id).gone_on is None


def test_a_person_may_find_a_mark_that_the_program_did_not(apply, audit, desk):
    application = apply().application
    row = attach(audit=audit, application=application, file=Upload("扫描.txt", b"abc", "attachment"))
    url = f"/cases/{application.pk}/files/{row.pk}/set-apart"
    desk.post(url, {"reason": " "})
    assert not StoredFile.objects.get(pk=row.file_id).isolated
    desk.post(url, {"reason": "首页右上角有“秘密★5年”"})
    assert StoredFile.objects.get(pk=row.file_id).isolated
    assert CaseRecord.objects.filter(kind="secrecy_check").exists()
    assert "已隔离" in desk.get(f"/cases/{application.pk}/files/{row.pk}").content.decode()


def test_the_page_names_neither_file_nor_content(marked, desk):
    page = desk.get("/cases/secrecy").content.decode()
    assert marked.file.sha256 in page and "某文件" not in page
    answer = desk.post(f"/cases/secrecy/{marked.pk}/take-out")
    assert answer.content == "机密★10年".encode()
    assert Entry.objects.filter(act="files.read_isolated").count() == 1
    refused = desk.post(f"/cases/secrecy/{marked.pk}/hand-over", {"on": f"{TODAY}", "to": "云岭县国家保密局"})
    assert refused.status_code == 409 and "云岭县国家保密局" in refused.content.decode()
    sent = {"on": f"{TODAY}", "to": "云岭县国家保密局", "by": "苏轼"}
    assert desk.post(f"/cases/secrecy/{marked.pk}/hand-over", sent).status_code == 302
    gone = desk.post(f"/cases/secrecy/{marked.pk}/take-out")
    assert gone.status_code == 409 and "没有留存" in gone.content.decode()
    assert desk.post(f"/cases/secrecy/{marked.application_id}/take-out").status_code == 404


def test_only_the_head_of_the_organ_deals_with_them(marked, county, organ):
    clerk = Person.objects.create(county=county.pk, name="承办人", role="clerk", organ=organ)
    other = Organ.objects.create(county=county.pk, name="云岭县水利局", form="department")
    stranger = Person.objects.create(county=county.pk, name="水利负责人", role="head", organ=other)
    head = Person.objects.create(county=county.pk, name="负责人", role="head", organ=organ)
    for person in (clerk, stranger):
        with pytest.raises(PermissionDenied):
            check_case(person, "onrequest.secrecy_file", marked.application)
    assert listed(stranger) == []
    assert [one.key for one in listed(head)] == [marked.pk]
