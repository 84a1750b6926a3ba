"""The page of calling systems, and what they are told."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.onrequest.procedure import Act
from gongkai.web.clients import services
from gongkai.web.clients.models import ApiClient, ApiToken
from gongkai.web.facts import Refused
from gongkai.web.messages import channels, tasks
from gongkai.web.messages.models import Message
from gongkai.web.onrequest.models import Application
from gongkai.web.onrequest.services.acts import perform
from gongkai.web.people.models import Person
from tests.web.api.conftest import TOLD, Calling

URL = "https://platform.example.cn/hook"


def test_a_token_is_shown_once_and_opens_what_was_chosen(desk, organ):
    desk.post("/clients", {"name": "门户网站", "organ": organ.pk, "per_minute": "60"})
    client = ApiClient.objects.get()
    until = timezone.localdate() + timedelta(days=90)
    page = desk.post(f"/clients/{client.pk}/tokens", {"scopes": ["state"], "expires_on": f"{until}"})
    words = re.search(r"gk_[\w-]{43}", page.content.decode())[0]
    assert Calling(words).get("decisions").status_code == 200
    assert words not in desk.get(f"/clients/{client.pk}").content.decode()
    assert words not in repr(ApiToken.objects.values())
    token = ApiToken.objects.get()
    desk.post(f"/clients/{client.pk}/tokens/{token.pk}/revoke")
    assert Calling(words).get("decisions").json()["code"] == "revoked_token"
    assert "已撤销" in desk.get(f"/clients/{client.pk}").content.decode()


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"name": "", "organ": "county"}, "名称"),
        ({"name": "门户网站", "organ": ""}, "哪个机关"),
        ({"name": "门户网站", "organ": "county", "per_minute": "很多"}, "整数"),
        ({"name": "门户网站", "organ": "county", "per_minute": "0"}, "1至"),
    ],
)
def test_what_is_lacking_is_said_and_kept_on_the_page(desk, county, told, says):
    answer = desk.post("/clients", {"per_minute": "60"} | told)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not ApiClient.objects.exists()


def test_names_are_unique_and_a_failed_one_leaves_nothing(audit, system):
    with pytest.raises(Refused, match="已经有名为"):
        services.register_client(audit=audit, name="门户网站", organ=None)
    assert Person.objects.filter(role="api_client").count() == 1


def test_tokens_have_an_end_and_a_purpose(audit, system):
    today = timezone.localdate()
    for scopes, day, says in (
        ([], today, "至少选择"),
        (["everything"], today, "至少选择"),
        (["personal"], today, "一起选择"),
        (["state"], today - timedelta(days=1), "有效期"),
        (["state"], today + timedelta(days=400), "有效期"),
    ):
        with pytest.raises(Refused, match=says):
            services.give_token(audit=audit, client=system, scopes=scopes, expires_on=day)


def test_a_system_is_no_person_on_the_list_and_cannot_be_appointed(desk, audit, system):
    from gongkai.web.people.accounts import open_account
    from gongkai.web.people.services import appoint

    assert "门户网站" not in desk.get("/people").content.decode()
    with pytest.raises(Refused, match="不能授予身份"):
        appoint(audit=audit, person=system.person, role="clerk", organ=system.organ)
    with pytest.raises(Refused, match="没有账号"):
        open_account(audit=audit, person=system.person, login="portal")


# ── being told ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def told(monkeypatch):
    """What leaves for other systems."""
    left = []
    monkeypatch.setattr(channels, "_post", lambda url, body, headers: left.append((url, body, headers)) or b"")
    return left


def test_changes_are_told_with_number_and_state_only_and_signed(audit, system, calling, organ, told):
    secret = services.set_webhook(
        audit=audit, client=system, url=URL, events=("application.received", "application.state_changed")
    )
    number = calling.post("applications", TOLD).json()["number"]
    application = Application.objects.get(number=number)
    perform(audit=audit, application=application, act=Act.ASK_COUNSEL, on=timezone.localdate())
    assert told == []  # the worker's business
    for message in Message.objects.filter(channel="webhook").order_by("id"):
        tasks.deliver.func(str(message.pk))
    said = [json.loads(body) for _, body, _ in told]
    assert [each["event"] for each in said] == ["application.received", "application.state_changed"]
    assert {key for each in said for key in each} == {"id", "event", "number", "state", "at"}
    assert {each["number"] for each in said} == {number}
    url, body, headers = told[0]
    assert url == URL
    assert headers["X-Gongkai-Signature"] == channels.sign(secret, body, headers["X-Gongkai-Time"])


def test_a_system_hears_nothing_of_another_organ(audit, system, other_organ, calling, told):
    services.set_webhook(audit=audit, client=system, url=URL, events=("application.received",))
    other = services.register_client(audit=audit, name="教育局网站", organ=other_organ)
    services.set_webhook(audit=audit, client=other, url=URL + "2", events=("application.received",))
    calling.post("applications", TOLD)
    assert [m.client.url for m in Message.objects.filter(channel="webhook")] == [URL]


def test_an_ended_system_hears_nothing_more(audit, system, calling, token, told):
    services.set_webhook(audit=audit, client=system, url=URL, events=("application.received",))
    calling.post("applications", TOLD)
    services.end_client(audit=audit, client=system)
    assert Message.objects.get(channel="webhook").state == "dead"
    county = services.register_client(audit=audit, name="省平台", organ=None)
    Calling(token(client=county)).post("applications", TOLD)
    assert Message.objects.filter(channel="webhook").count() == 1


def test_an_address_that_is_none_is_refused_and_the_old_one_stays(desk, audit, system):
    services.set_webhook(audit=audit, client=system, url=URL, events=("application.received",))
    answer = desk.post(
        f"/clients/{system.pk}/webhook", {"url": "http://example.cn", "events": ["application.received"]}
    )
    assert answer.status_code == 422
    assert URL in answer.content.decode()
    desk.post(f"/clients/{system.pk}/webhook", {"url": ""})
    assert ApiClient.objects.get().webhook is None
