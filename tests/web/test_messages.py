"""Messages: written with the act, sent by the worker, at least once, with nothing personal in them."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import threading
import uuid
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from aiosmtpd.controller import Controller
from django.db import DatabaseError, transaction
from django.utils import timezone

from gongkai.web.audit.models import Entry
from gongkai.web.audit.services import NoTransaction
from gongkai.web.facts import Refused
from gongkai.web.jobs.models import Ticket
from gongkai.web.jobs.worker import run_waiting
from gongkai.web.messages import channels, selectors, services, tasks
from gongkai.web.messages.models import Attempt, Message
from gongkai.web.messages.templates import EVENTS, FIELDS, TEMPLATES, check_number

NUMBER = "云公开〔2026〕12号"
MAIL, PHONE = "zhang.san@example.cn", "13900001111"


class _Letterbox:
    """An SMTP server of the test; `says` is its answer when it refuses."""

    def __init__(self) -> None:
        self.letters: list = []
        self.says = ""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd calls it so
        if self.says:
            return self.says
        self.letters.append(envelope)
        return "250 OK"


@pytest.fixture
def letterbox(monkeypatch):
    box = _Letterbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setenv("GONGKAI_SMTP_URL", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("GONGKAI_MAIL_FROM", "gongkai@yunling.example")
    yield box
    controller.stop()


@pytest.fixture
def other_side():
    """An HTTP server of the test: what it was asked, and what it answers."""

    class Handler(BaseHTTPRequestHandler):
        status, answer, location = 200, b'{"data": {"code": "OK"}}', ""

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.asked.append((self.path, dict(self.headers), json.loads(body), body))
            self.send_response(self.status)
            if self.location:
                self.send_header("Location", self.location)
            self.end_headers()
            self.wfile.write(self.answer)

        def log_message(self, *_arguments):
            pass

    Handler.asked = []
    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Handler.url = f"http://127.0.0.1:{server.server_port}"
    yield Handler
    server.shutdown()
    server.server_close()


@pytest.fixture
def sms(other_side, monkeypatch):
    monkeypatch.setenv("GONGKAI_SMS_URL", other_side.url + "/send")
    monkeypatch.setenv("GONGKAI_SMS_QUIET", "00:00-00:00")
    return other_side


def _send(audit, channel="email", key="case-1:received", number=NUMBER, **more):
    to = more.pop("to", MAIL if channel == "email" else PHONE)
    template = more.pop("template", "application.received")
    with transaction.atomic():
        return services.send(audit=audit, channel=channel, template=template, to=to, key=key, number=number, **more)


def _due(message):
    """Let the time of the next attempt come."""
    Ticket.objects.get(state="waiting")
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
    Message.objects.filter(pk=message.pk).update(next_at=timezone.now())


def test_a_message_leaves_once_and_says_only_the_number(audit, county, letterbox):
    message = _send(audit)
    assert letterbox.letters == []
    assert run_waiting() == 1
    [letter] = letterbox.letters
    assert letter.rcpt_tos == [MAIL]
    text = letter.content.decode()
    assert f"<{message.pk}@yunling.example>" in text
    message.refresh_from_db()
    assert (message.state, message.attempts, Attempt.objects.get().sent) == ("sent", 1, True)
    assert _send(audit).pk == message.pk
    assert run_waiting() == 0
    assert [sent.state for sent in selectors.shown(selectors.in_state(county.pk, "sent"))] == ["已发送"]


def test_nobody_can_read_from_the_rows_to_whom_a_message_goes(audit, county, letterbox):
    from django_tasks_db.models import DBTaskResult

    message = _send(audit)
    seen = [bytes(message.address), str(message.fields), message.key, str(DBTaskResult.objects.values())]
    seen += [bytes(entry.payload) for entry in Entry.objects.all()]
    assert not any(MAIL in str(part) for part in seen)


def test_a_message_needs_the_transaction_of_its_act(audit, county, letterbox, monkeypatch):
    from types import SimpleNamespace

    monkeypatch.setattr(services, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(NoTransaction):
        services.send(audit=audit, channel="email", template="application.received", to=MAIL, key="k", number=NUMBER)
    assert not Message.objects.exists()


def test_an_act_that_fails_tells_nobody(audit, county, letterbox):
    with pytest.raises(RuntimeError), transaction.atomic():
        _send(audit)
        raise RuntimeError("the power went out")
    assert run_waiting() == 0
    assert not Message.objects.exists()


def test_a_failure_is_tried_again_ever_later_and_then_waits_for_a_person(audit, county, letterbox):
    letterbox.says = "451 try later"
    message = _send(audit)
    waits = []
    for _ in range(len(tasks.BACK_OFF_MINUTES) + 1):
        _due(message)
        before = timezone.now()
        assert run_waiting() == 1
        message.refresh_from_db()
        waits.append(round((message.next_at - before).total_seconds() / 60))
    assert waits[:-1] == list(tasks.BACK_OFF_MINUTES)
    assert message.state == "dead"
    assert [d.failure for d in selectors.shown(selectors.in_state(county.pk, "dead"))] == ["对方返回错误"]
    assert selectors.counts(county.pk) == {"waiting": 0, "sent": 0, "dead": 1, "off": 0}
    letterbox.says = ""
    services.send_again(audit=audit, key=message.pk)
    assert run_waiting() == 1
    message.refresh_from_db()
    assert (message.state, message.failure, len(letterbox.letters)) == ("sent", "", 1)
    with pytest.raises(Refused, match="不需要重发"):
        services.send_again(audit=audit, key=message.pk)
    with pytest.raises(DatabaseError, match="只可追加"), transaction.atomic():
        Attempt.objects.update(sent=True)


def test_an_address_the_other_side_refuses_for_good_is_not_tried_again(audit, county, letterbox):
    letterbox.says = "554 no such person"
    message = _send(audit)
    run_waiting()
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("dead", 1)


def test_a_server_that_is_away_is_tried_again(audit, county, monkeypatch):
    monkeypatch.setenv("GONGKAI_SMTP_URL", "smtp://127.0.0.1:9")
    monkeypatch.setenv("GONGKAI_MAIL_FROM", "a@b.example")
    message = _send(audit)
    run_waiting()
    message.refresh_from_db()
    assert (message.state, message.failure) == ("waiting", "unreachable")


def test_without_a_server_the_message_says_so_and_can_be_sent_later(audit, county, monkeypatch, request):
    message = _send(audit)
    assert message.state == "off"
    assert run_waiting() == 0
    box = request.getfixturevalue("letterbox")
    services.send_again(audit=audit, key=message.pk)
    run_waiting()
    assert len(box.letters) == 1


def test_a_message_that_another_sends_is_left_to_them_until_they_fall_silent(audit, county, letterbox):
    message = _send(audit)
    Message.objects.filter(pk=message.pk).update(taken_at=timezone.now())
    assert run_waiting() == 1
    assert letterbox.letters == []
    Message.objects.filter(pk=message.pk).update(taken_at=timezone.now() - timedelta(hours=1))
    _due(message)
    run_waiting()
    assert len(letterbox.letters) == 1


def test_a_text_message_goes_through_the_gateway_in_the_json_it_asks_for(audit, county, sms, monkeypatch):
    monkeypatch.setenv("GONGKAI_SMS_TEMPLATES", '{"application.received": "SMS_0012"}')
    monkeypatch.setenv("GONGKAI_SMS_HEADERS", '{"Authorization": "Bearer x"}')
    body = '{"PhoneNumbers": ["{to}"], "TemplateCode": "{template}", "TemplateParam": "{params}", "sign": "县政府"}'
    monkeypatch.setenv("GONGKAI_SMS_BODY", body)
    monkeypatch.setenv("GONGKAI_SMS_SUCCESS", "data.code=OK")
    message = _send(audit, "sms", to="+86 139-0000-1111")
    run_waiting()
    [(path, headers, said, _)] = sms.asked
    assert (path, headers["Authorization"], headers["Idempotency-Key"]) == ("/send", "Bearer x", str(message.pk))
    assert said == {
        "PhoneNumbers": [PHONE],
        "TemplateCode": "SMS_0012",
        "TemplateParam": {"number": NUMBER},
        "sign": "县政府",
    }
    message.refresh_from_db()
    assert message.state == "sent"
    sms.answer = b'{"data": {"code": "LIMIT"}}'
    second = _send(audit, "sms", key="case-2")
    run_waiting()
    second.refresh_from_db()
    assert (second.state, second.failure) == ("waiting", "answer")


@pytest.mark.parametrize(
    ("quiet", "now", "then"),
    [
        ("22:00-07:00", "2026-03-02T21:59", "2026-03-02T21:59"),
        ("22:00-07:00", "2026-03-02T22:00", "2026-03-03T07:00"),
        ("22:00-07:00", "2026-03-03T06:59", "2026-03-03T07:00"),
        ("22:00-07:00", "2026-03-03T07:00", "2026-03-03T07:00"),
        ("12:00-14:00", "2026-03-03T13:00", "2026-03-03T14:00"),
        ("12:00-14:00", "2026-03-03T15:00", "2026-03-03T15:00"),
    ],
)
def test_no_text_message_leaves_in_quiet_hours(monkeypatch, quiet, now, then):
    monkeypatch.setenv("GONGKAI_SMS_QUIET", quiet)
    moment = timezone.make_aware(datetime.fromisoformat(now))
    found = channels.not_before("sms", moment.astimezone(UTC))
    assert timezone.localtime(found).strftime("%Y-%m-%dT%H:%M") == then
    assert channels.not_before("email", moment) == moment


def test_a_text_message_of_the_night_waits_for_the_morning(audit, county, sms, monkeypatch):
    now = timezone.localtime()
    end = (now + timedelta(minutes=2)).strftime("%H:%M")
    monkeypatch.setenv("GONGKAI_SMS_QUIET", f"{(now - timedelta(minutes=2)).strftime('%H:%M')}-{end}")
    message = _send(audit, "sms")
    run_waiting()
    message.refresh_from_db()
    assert (sms.asked, message.attempts) == ([], 0)
    assert timezone.localtime(message.next_at).strftime("%H:%M") == end
    assert Ticket.objects.filter(state="waiting").count() == 1


def test_another_system_is_told_and_can_see_who_tells_it(audit, county, other_side):
    client, secret = services.register_client(
        audit=audit, name="省平台", url=other_side.url + "/hook", events=["application.answered"]
    )
    with transaction.atomic():
        told = services.tell_clients(audit=audit, event="application.answered", number=NUMBER, key="case-1:answered")
        assert services.tell_clients(audit=audit, event="application.received", number=NUMBER, key="x") == []
    run_waiting()
    [(path, headers, said, body)] = other_side.asked
    assert path == "/hook"
    assert (said["event"], said["number"], said["id"]) == ("application.answered", NUMBER, str(told[0].pk))
    signed = headers["X-Gongkai-Time"].encode() + b"." + body
    assert headers["X-Gongkai-Signature"] == "sha256=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    assert secret.encode() not in bytes(client.secret)
    services.end_client(audit=audit, key=client.pk)
    with transaction.atomic():
        assert services.tell_clients(audit=audit, event="application.answered", number=NUMBER, key="y") == []


@pytest.mark.parametrize(("status", "state"), [(500, "waiting"), (503, "waiting"), (404, "dead"), (302, "waiting")])
def test_what_another_system_answers_decides(audit, county, other_side, status, state):
    other_side.status, other_side.location = status, other_side.url + "/elsewhere" if status == 302 else ""
    services.register_client(audit=audit, name="省平台", url=other_side.url, events=EVENTS)
    with transaction.atomic():
        [told] = services.tell_clients(audit=audit, event="application.received", number=NUMBER, key="k")
    run_waiting()
    told.refresh_from_db()
    assert (told.state, len(other_side.asked)) == (state, 1)


def test_nothing_personal_can_be_put_into_a_message(audit, county, letterbox):
    for template in TEMPLATES.values():
        assert set(template.fields) <= set(FIELDS)
        assert set(template.words(dict.fromkeys(FIELDS, "1号"))[1].split()) != set()
    for wrong in ("张三", "110101199003070000", PHONE, "a@b.cn1", "12\n34", "", "号" * 30 + "1" * 20):
        with pytest.raises(Refused):
            check_number(wrong)
    with pytest.raises(Refused, match="没有这一种消息"):
        _send(audit, template="free.text")
    with pytest.raises(Refused, match="只能填写编号"):
        _send(audit, template="desk.digest")
    assert _send(audit, template="desk.digest", number="", key="digest").fields == {}
    for channel, to in (("email", "no address"), ("email", "a@b\nBcc: c@d.cn"), ("sms", "12345")):
        with pytest.raises(Refused, match="不正确"):
            _send(audit, channel, to=to)
    with pytest.raises(Refused, match="发送方式"):
        _send(audit, "pigeon", to="x")


@pytest.mark.parametrize(
    ("name", "url", "events"),
    [
        ("", "https://a.example", ["application.received"]),
        ("甲", "ftp://a.example", ["application.received"]),
        ("甲", "http://a.example", ["application.received"]),
        ("甲", "https://user@a.example", ["application.received"]),
        ("甲", "http://[::1/told", ["application.received"]),
        ("甲", "https://a.example", []),
        ("甲", "https://a.example", ["everything"]),
    ],
)
def test_a_client_that_is_none_is_refused(audit, county, name, url, events):
    with pytest.raises(Refused):
        services.register_client(audit=audit, name=name, url=url, events=events)


@pytest.mark.parametrize(("name", "value"), [("GONGKAI_SMS_QUIET", "night"), ("GONGKAI_SMS_HEADERS", "[1]")])
def test_a_setting_that_cannot_be_read_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(Refused, match=name):
        channels.channels()


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_names_what_did_not_arrive_and_sends_it_again(audit, county, client, letterbox):
    letterbox.says = "554 no such person"
    _send(audit)
    _send(audit, key="case-2:received", number="云公开〔2026〕13号")
    run_waiting()
    shown = client.get("/messages").content.decode()
    assert "已收到您的申请（云公开〔2026〕12号）" in shown and "已收到您的申请（云公开〔2026〕13号）" in shown
    assert "对方返回错误，试过1次" in shown
    assert "发送失败 <b>2</b>" in shown
    assert MAIL not in shown
    letterbox.says = ""
    one = Message.objects.get(key="case-1:received")
    assert client.post(f"/messages/{one.pk}/again").url == "/messages?state=dead"
    run_waiting()
    assert len(letterbox.letters) == 1
    assert "送出" in client.get("/messages?state=sent").content.decode()
    assert client.post("/messages/again", follow=True).content.decode().count("已重新交付发送1条") == 1
    run_waiting()
    assert selectors.counts(county.pk) == {"waiting": 0, "sent": 2, "dead": 0, "off": 0}


def test_what_has_no_address_any_more_cannot_be_sent_again(audit, county, client, letterbox):
    letterbox.says = "554 no such person"
    about = uuid.uuid4()
    message = _send(audit, key=f"{about}:received")
    run_waiting()
    services.forget_addresses(about=about)
    shown = client.get("/messages").content.decode()
    assert "收件地址已经随该事项的个人信息删除" in shown and f"/messages/{message.pk}/again" not in shown
    done = client.post(f"/messages/{message.pk}/again", follow=True).content.decode()
    assert "不能重发" in done
    assert services.send_all_again(audit=audit) == 0


def test_who_may_look_at_no_case_sees_no_number_of_one(audit, county, letterbox):
    _send(audit)
    rows = list(selectors.in_state(county.pk, "waiting"))
    assert selectors.shown(rows)[0].subject == "已收到您的申请（编号不显示）"
    assert selectors.shown(rows, numbered=True)[0].subject == f"已收到您的申请（{NUMBER}）"


@pytest.mark.parametrize("address", ["/messages?state=lost", f"/messages/{uuid.UUID(int=7)}/again"])
def test_what_is_no_state_and_no_message_is_not_found(client, county, address):
    asked = client.post if address.endswith("again") else client.get
    assert asked(address).status_code == 404
