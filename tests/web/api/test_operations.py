"""What each operation does, and what it refuses."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.web.audit.models import Entry
from gongkai.web.onrequest.models import Application, Attachment, Case
from gongkai.web.onrequest.selectors import outside
from gongkai.web.onrequest.services.intake import Incoming, Who, register
from tests.web.api.conftest import TOLD, Calling

PERSONAL = ("李清照", "110101199003074514", "13800001234", "漱玉巷")


@pytest.fixture
def settled(monkeypatch):
    monkeypatch.setattr(outside, "SETTLED", timedelta(0))


def test_an_application_is_registered_as_on_the_portal(calling, organ):
    answer = calling.post("applications", TOLD)
    assert answer.status_code == 201
    said = answer.json()
    case = Case.objects.get(number=said["number"])
    assert case.organ == organ
    assert case.channel == "internet"
    assert case.application.origin == "api"
    assert said["received_on"] == f"{timezone.localdate()}"
    assert said["due_on"] == f"{case.due_on}"
    assert len(said["query_code"]) == 10


def test_the_same_key_with_the_same_body_arrives_once_and_is_answered_the_same(calling):
    first, again = calling.post("applications", TOLD), calling.post("applications", TOLD)
    assert first.json() == again.json()
    assert (first.status_code, again.status_code) == (201, 201)
    assert Application.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(calling):
    calling.post("applications", TOLD)
    answer = calling.post("applications", TOLD | {"content": "另一件事"})
    assert answer.status_code == 409
    assert answer.json()["code"] == "key_reused"
    assert Application.objects.count() == 1


def test_two_systems_may_use_one_key(calling, token, audit, organ):
    from gongkai.web.clients.services import register_client

    second = Calling(token(client=register_client(audit=audit, name="省平台", organ=None)))
    assert calling.post("applications", TOLD).json()["number"] != second.post("applications", TOLD).json()["number"]


def test_what_is_lacking_is_named_and_what_was_sent_is_not_repeated(calling):
    wrong = json.loads(json.dumps(TOLD))
    wrong["applicant"]["kind"] = "李清照的类型"
    del wrong["content"]
    wrong["purpose"] = "科研"
    answer = calling.post("applications", wrong)
    assert answer.status_code == 422
    fields = {each["field"] for each in answer.json()["fields"]}
    assert {"told.applicant.kind", "told.content", "told.purpose"} <= fields or {
        "applicant.kind",
        "content",
        "purpose",
    } <= fields
    assert not any(word in answer.content.decode() for word in PERSONAL)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"manner": "email"}, "请填写电子邮箱"),
        ({"content": "   "}, "请写明申请公开的政府信息"),
        ({"content": "申请\x00"}, "控制字符"),
        ({"content": "申请\ud800"}, "含有不能识别的字符"),
        ({"attachments": [{"name": "甲.txt", "content_base64": "\ud800"}]}, "含有不能识别的字符"),
    ],
)
def test_the_checks_of_the_portal_hold(calling, change, says):
    answer = calling.post("applications", TOLD | change)
    assert answer.status_code == 422
    assert says in answer.json()["message"]
    assert not Application.objects.exists()


def test_without_a_key_nothing_is_taken(calling):
    assert calling.post("applications", TOLD, key="").status_code == 422
    assert not Application.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"organ": 1}', "\ud83d".encode("utf-8", "surrogatepass")])
def test_what_is_no_request_is_answered_in_json(calling, body):
    answer = calling.post("applications", body)
    assert answer.status_code in (400, 422)
    assert answer.json()["code"] in ("bad_request", "invalid")


def test_a_file_comes_with_it_and_is_looked_through(calling):
    file = {"name": "附件.txt", "content_base64": base64.b64encode("项目清单".encode()).decode()}
    assert calling.post("applications", TOLD | {"attachments": [file]}).status_code == 201
    assert Attachment.objects.get().file.plain_name == "附件.txt"
    for wrong in ({"content_base64": "不是"}, {"content_base64": base64.b64encode(b"MZ\x90\x00\x03" * 20).decode()}):
        answer = calling.post("applications", TOLD | {"attachments": [file | wrong]}, key="key-00000002")
        assert answer.status_code == 422
        assert "附件.txt" in answer.json()["message"]
    assert Application.objects.count() == 1


def test_a_body_beyond_the_limit_is_refused_in_json(calling, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = calling.post("applications", TOLD | {"content": "长" * 2000})
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


def test_the_state_holds_nothing_personal_unless_the_token_may(calling, token):
    number = calling.post("applications", TOLD).json()["number"]
    plain = Calling(token("state")).get(f"applications/{number}")
    assert plain.json()["state"] == "registered"
    assert plain.json()["personal"] is None
    assert not any(word in plain.content.decode() for word in (*PERSONAL, "农村公路"))
    full = calling.get(f"applications/{number}").json()
    assert full["personal"]["name"] == "李清照"
    assert "农村公路" in full["personal"]["content"]
    assert Entry.objects.filter(act="onrequest.see_personal").count() == 2


def test_changes_are_read_page_by_page_and_once(calling, audit, organ, settled):
    for n in range(5):
        calling.post("applications", TOLD, key=f"key-0000000{n}")
    seen, cursor = [], ""
    while True:
        page = calling.get("applications/changed", limit=2, cursor=cursor).json()
        seen += [case["number"] for case in page["cases"]]
        cursor = page["cursor"]
        if not page["more"]:
            break
    assert len(seen) == len(set(seen)) == 5
    assert calling.get("applications/changed", cursor=cursor).json() == {"cases": [], "cursor": cursor, "more": False}
    case = Case.objects.get(number=seen[0])
    case.changed_at = timezone.now()
    case.save()
    assert [c["number"] for c in calling.get("applications/changed", cursor=cursor).json()["cases"]] == [seen[0]]


def test_what_may_still_be_written_waits_for_the_next_page(calling):
    calling.post("applications", TOLD)
    assert calling.get("applications/changed").json() == {"cases": [], "cursor": "", "more": False}
    assert calling.get("applications/changed", cursor="坏的").status_code == 422


def test_figures_are_those_of_the_cases(calling, audit, organ, other_organ):
    calling.post("applications", TOLD)
    who = Who("enterprise", "某公司", "other", "1", phone="13800000000")
    told = {"channel": "in_person", "who": who, "content": "x", "received_on": timezone.localdate()}
    register(audit=audit, incoming=Incoming(organ=other_organ, **told))
    Case.objects.filter(organ=organ).update(
        delivered_on=timezone.localdate(), decision="D01" if "D01" in _codes() else _codes()[0], open=2
    )
    today = f"{timezone.localdate()}"
    [row] = calling.get("statistics", first=today, last=today).json()["organs"]
    assert (row["organ"]["name"], row["received"], row["answered"], row["on_time"], row["open"]) == (
        organ.name,
        1,
        1,
        1,
        0,
    )
    assert sum(row["outcomes"].values()) == 1
    assert calling.get("statistics", first=today, last=today, organ=other_organ.pk).status_code == 404
    assert calling.get("statistics", first="2026-13-01", last=today).status_code == 422
    assert calling.get("statistics", first=today, last="2019-01-01").status_code == 422


def _codes():
    from gongkai.onrequest.decisions import decisions

    return list(decisions())


def test_each_use_is_on_record_in_the_name_of_the_system(calling, system, token):
    calling.get("organs")
    Calling(token("state")).get("organs")
    entries = Entry.objects.filter(actor=system.person_id).order_by("id")
    assert [entry.act for entry in entries] == ["api.call", "api.refuse"]
    assert b"wrong_scope" in bytes(entries[1].payload)
    calling.post("applications", TOLD)
    assert Entry.objects.filter(act="onrequest.register", actor=system.person_id).exists()


def test_who_calls_too_often_waits(calling, system):
    system.per_minute = 2
    system.save()
    assert [calling.get("organs").status_code for _ in range(4)] == [200, 200, 429, 429]
    assert calling.get("organs").headers["Retry-After"] == "60"


def test_an_address_that_is_none_is_answered_in_json(calling):
    for path in ("nothing", "applications/", "../v2/x"):
        answer = calling.get(path)
        assert answer.status_code in (404, 405)
        assert answer["Content-Type"].startswith("application/json")
    assert calling.get("applications").status_code == 405


def test_no_token_is_kept_in_the_database(calling, token):
    from django.db import connection

    words = token("state")
    Calling(words).get("decisions")
    calling.post("applications", TOLD)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table == "search_words" and connection.vendor == "sqlite":
                continue  # an index without content of its own; what it keeps lies in tables beside it
            cursor.execute(f'SELECT * FROM "{table}"')
            assert words[3:20] not in repr(cursor.fetchall()), table
