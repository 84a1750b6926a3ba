"""Logging in: the controls of the protection scheme, the second factor, first passwords, idle sessions."""

from __future__ import annotations

import itertools
import re
from datetime import timedelta

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from gongkai.web import sealed
from gongkai.web.audit.models import Entry
from gongkai.web.facts import Refused
from gongkai.web.people import accounts, login, passwords, second_factor
from gongkai.web.people.models import Account, Attempt, OldPassword
from gongkai.web.people.selectors import accounts_on
from gongkai.web.people.services import add_person, appoint

WORD = "Yunling-2026"


@pytest.fixture(autouse=True)
def _quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    login._nobody.cache_clear()


def opened(audit, name, role, organ=None, word=WORD):
    """A person with an account whose password is already their own."""
    person = add_person(audit=audit, name=name)
    appoint(audit=audit, person=person, role=role, organ=organ)
    accounts.open_account(audit=audit, person=person, login=name, password=word)
    Account.objects.filter(person=person).update(must_change=False)
    return person


@pytest.fixture
def on(county, audit, settings):
    """Accounts are on: three administrators, and an onlooker."""
    settings.GONGKAI_LOGIN = {**settings.GONGKAI_LOGIN, "second_factor": "nobody"}
    from gongkai.web.organs.tree import found_organ

    organ = found_organ(audit=audit, county=county.pk, name="云岭县教育局", form="department")
    for name, role in (("系统王", "system_admin"), ("安全李", "security_admin"), ("审计赵", "audit_admin")):
        assert not accounts_on()
        opened(audit, name, role)
    assert accounts_on()
    opened(audit, "查阅孙", "onlooker", organ)
    return county


def enter(name="查阅孙", word=WORD, client=None, **extra):
    client = client or Client()
    return client, client.post("/login", {"login": name, "password": word, **extra})


def text(answer) -> str:
    return answer.content.decode()


def test_a_stranger_is_sent_to_log_in_and_comes_back_to_where_they_wanted(on):
    client = Client()
    answer = client.get("/compare?all=1")
    assert answer.status_code == 302
    assert answer["Location"] == "/login?next=%2Fcompare%3Fall%3D1"
    assert "口令" in text(client.get(answer["Location"]))
    _, answer = enter(client=client, next="/compare?all=1")
    assert answer["Location"] == "/compare?all=1"
    assert client.get("/compare?all=1").status_code == 200


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere_after_log_in(on, url):
    assert enter(next=url)[1]["Location"] == "/go"


def test_a_wrong_password_and_an_unknown_name_are_told_alike(on):
    for name, word in (("查阅孙", "wrong"), ("没有这人", WORD), ("", ""), ("查阅孙\0", WORD + "x")):
        answer = enter(name, word)[1]
        assert answer.status_code == 200
        assert login.WRONG in text(answer)
    assert Attempt.objects.exclude(outcome="in").count() == 4
    assert not any("查阅孙" in a.login for a in Attempt.objects.all())


def test_after_five_failures_the_account_is_locked_for_half_an_hour(on, monkeypatch):
    for _ in range(5):
        assert login.WRONG in text(enter(word="wrong")[1])
    assert "账号已锁定至" in text(enter()[1])
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr(login.timezone, "now", lambda: later)
    assert enter()[1].status_code == 302
    assert Entry.objects.filter(act="people.log_in_failed").count() == 5
    assert Account.objects.get(login="查阅孙").failures == 0


def test_four_failures_and_a_success_begin_anew(on):
    for _ in range(2):
        for _ in range(4):
            enter(word="wrong")
        assert enter()[1].status_code == 302


def test_an_address_that_fails_too_often_is_made_to_wait(on, settings):
    settings.GONGKAI_LOGIN = {**settings.GONGKAI_LOGIN, "address_failures": 6}
    for number in range(6):
        enter(f"没有{number}", "x")
    assert "从这台电脑登录失败的次数过多" in text(enter()[1])
    other = Client(REMOTE_ADDR="10.0.0.9")
    assert enter(client=other)[1].status_code == 302


def test_a_session_left_idle_ends_and_what_was_sent_is_not_done(on, monkeypatch):
    client, _ = enter()
    assert client.get("/account").status_code == 200
    later = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr(login.timezone, "now", lambda: later)
    assert client.get("/account")["Location"].startswith("/login")
    client, _ = enter()
    later += timedelta(minutes=16)
    answer = client.post("/account/seat", {"seat": ""}, follow=True)
    assert "刚才提交的内容没有办理" in text(answer)


def test_a_session_in_use_goes_on(on, monkeypatch):
    client, _ = enter()
    start = timezone.now()
    for minutes in (10, 20, 30, 40):
        monkeypatch.setattr(login.timezone, "now", lambda at=start + timedelta(minutes=minutes): at)
        assert client.get("/account").status_code == 200


def test_htmx_is_sent_to_log_in_as_a_whole_page(on):
    answer = Client().get("/account", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/login")


def test_logging_out_ends_the_session_and_is_on_record(on):
    client, _ = enter()
    key = client.session.session_key
    assert "已退出登录" in text(client.post("/logout", follow=True))
    client.cookies["gongkai_session"] = key
    assert client.get("/account").status_code == 302
    assert Entry.objects.filter(act="people.log_out").exists()


def test_the_session_key_changes_at_log_in_and_the_cookie_is_kept_from_scripts(on):
    client = Client()
    client.get("/login")
    before = client.session.session_key
    enter(client=client)
    cookie = client.cookies["gongkai_session"]
    assert cookie.value != before
    assert cookie["httponly"]
    assert not cookie["expires"]


def test_the_first_password_must_be_changed_before_anything_else(on, audit):
    person = add_person(audit=audit, name="新来周")
    first = accounts.open_account(audit=audit, person=person, login="xinlai")
    client, answer = enter("XINLAI ", first)
    assert client.get("/account")["Location"] == "/account/password"
    page = client.post("/account/password", {"old": first, "new": "short", "again": "short"})
    assert "至少要8个" in text(page)
    answer = client.post("/account/password", {"old": first, "new": "Qinghe.2026", "again": "Qinghe.2026"}, follow=True)
    assert "口令已修改" in text(answer)
    assert client.get("/account").status_code == 200
    assert "尚未授予身份" in text(client.get("/account"))
    assert client.get("/annual").status_code == 403


def test_a_changed_password_ends_all_other_sessions(on):
    one, _ = enter()
    other, _ = enter()
    one.post("/account/password", {"old": WORD, "new": "Qinghe.2026", "again": "Qinghe.2026"})
    assert one.get("/account").status_code == 200
    assert other.get("/account").status_code == 302


def test_an_old_password_must_be_renewed(on, monkeypatch):
    Account.objects.filter(login="查阅孙").update(changed_at=timezone.now() - timedelta(days=91))
    client, _ = enter()
    assert "口令已到期" in text(client.get("/account", follow=True))


RULES = [
    ("Ab1-", "至少要8个"),
    ("abcdefgh1", "只有2种"),
    ("abcdefgh", "只有1种"),
    ("A1-查阅孙xyz", "不得包含用户名"),
    (WORD, "最近5次"),
    ("Aa1" + "x" * 130, "最多128"),
]


@pytest.mark.parametrize(("word", "says"), RULES)
def test_the_rules_of_a_password(on, word, says):
    with pytest.raises(Refused, match=says):
        passwords.check_new(Account.objects.get(login="查阅孙"), word)


def test_the_last_five_passwords_may_not_come_back_but_the_sixth_may(on, audit):
    account = Account.objects.get(login="查阅孙")
    words = [WORD, *(f"Shiqiao-{n}-x" for n in range(5))]
    for old, new in itertools.pairwise(words):
        accounts.change_password(audit=audit, account=account, old=old, new=new, again=new)
    with pytest.raises(Refused, match="最近5次"):
        accounts.change_password(audit=audit, account=account, old=words[-1], new=words[1], again=words[1])
    accounts.change_password(audit=audit, account=account, old=words[-1], new=WORD, again=WORD)
    assert OldPassword.objects.filter(account=account).count() >= 6


def test_a_first_password_satisfies_its_own_rule():
    for _ in range(200):
        assert passwords._kinds(passwords.first_password()) >= 3


@pytest.fixture
def enrolled(on):
    """The onlooker has a second factor; the browser, the secret, the recovery codes."""
    client, _ = enter()
    page = text(client.get("/account/second-factor"))
    assert 'src="data:image/svg+xml;base64,' in page
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert "验证码不对" in text(client.post("/account/second-factor", {"code": "000000"}))
    page = text(client.post("/account/second-factor", {"code": pyotp.TOTP(secret).now()}))
    codes = re.findall(r"<li>([0-9a-z]{5}-[0-9a-z]{5})</li>", page)
    assert len(codes) == 8
    return secret, codes


def test_the_second_factor_is_asked_for_and_a_code_serves_once(enrolled, monkeypatch):
    secret, _ = enrolled
    account = Account.objects.get(login="查阅孙")
    assert secret.encode() not in bytes(account.totp)
    client, answer = enter()
    assert answer["Location"] == "/login/code"
    assert client.get("/account").status_code == 302
    used = pyotp.TOTP(secret).at(account.totp_step * 30)
    assert "验证码不对" in text(client.post("/login/code", {"code": used}))
    fresh = pyotp.TOTP(secret).at((account.totp_step + 1) * 30)
    assert client.post("/login/code", {"code": fresh})["Location"] == "/go"
    assert client.get("/account").status_code == 200
    again, _ = enter()
    assert "验证码不对" in text(again.post("/login/code", {"code": fresh}))


def test_a_recovery_code_stands_in_once(enrolled):
    _, codes = enrolled
    client, _ = enter()
    assert client.post("/login/code", {"code": codes[0].upper()})["Location"] == "/go"
    again, _ = enter()
    assert "验证码不对" in text(again.post("/login/code", {"code": codes[0]}))
    assert second_factor.codes_left(Account.objects.get(login="查阅孙")) == 7


def test_wrong_codes_lock_the_account_too_and_the_half_log_in_ends(enrolled, monkeypatch):
    client, _ = enter()
    for _ in range(4):
        client.post("/login/code", {"code": "000000"})
    assert "账号已锁定" in text(client.post("/login/code", {"code": "000000"}))
    Account.objects.update(failures=0, locked_until=None)
    client, _ = enter()
    later = timezone.now() + timedelta(minutes=6)
    monkeypatch.setattr(login.timezone, "now", lambda: later)
    assert "请重新登录" in text(client.post("/login/code", {"code": "000000"}, follow=True))


def test_administrators_must_set_the_second_factor_up_first(on, settings):
    settings.GONGKAI_LOGIN = {**settings.GONGKAI_LOGIN, "second_factor": "administrators"}
    client, _ = enter("审计赵")
    assert client.get("/audit")["Location"] == "/account/second-factor"
    assert enter()[0].get("/").status_code == 200


def test_a_closed_account_and_one_who_left_are_out_at_once(on, audit):
    client, _ = enter()
    account = Account.objects.get(login="查阅孙")
    accounts.close_account(audit=audit, account=account)
    assert client.get("/account").status_code == 302
    assert login.WRONG in text(enter()[1])
    first = accounts.reopen_account(audit=audit, account=Account.objects.get(pk=account.pk))
    assert enter(word=first)[1].status_code == 302


def test_without_accounts_only_this_machine_is_served(county):
    assert Client().get("/").status_code == 200
    answer = Client(REMOTE_ADDR="10.0.0.9").get("/")
    assert answer.status_code == 403
    assert "只在本机" in text(answer)
    assert Client().get("/login")["Location"] == "/go"


def test_with_accounts_other_machines_are_served_too(on):
    assert enter(client=Client(REMOTE_ADDR="10.0.0.9"))[1].status_code == 302


def test_no_password_or_secret_stands_in_the_audit_or_the_session(enrolled, audit):
    from django.contrib.sessions.models import Session

    secret, codes = enrolled
    stored = b"".join(bytes(e.payload) for e in Entry.objects.all())
    stored += "".join(str(s.get_decoded()) for s in Session.objects.all()).encode()
    assert WORD.encode() not in stored
    assert secret.encode() not in stored
    assert not any(c.replace("-", "").encode() in stored for c in codes)
    assert sealed.check_keys() >= 1
