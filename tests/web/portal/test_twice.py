"""A double click, on two threads of a process with a database of its own: one application, one supplement."""

from __future__ import annotations

import subprocess
import sys

from tests.environment import own_environment

_TWICE = """
import re, threading
from gongkai.web.operate.prepare import prepare_store
prepare_store()
from datetime import date
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from gongkai.onrequest.procedure import Act
from gongkai.web.annual.desk import open_desk
from gongkai.web.audit.services import Audit
from gongkai.web.onrequest.models import Application, CaseEvent, CaseRecord
from gongkai.web.onrequest.services.acts import perform
from gongkai.web.organs.models import Organ
from gongkai.web.people.models import Person
from gongkai.web.people.selectors import local_operator

settings.GONGKAI_PORTAL["form_seconds"] = 0
county = open_desk()
organ = Organ.objects.create(county=county.pk, name="云岭县交通运输局", word="云交")
audit = Audit(actor=local_operator().pk, county=county.pk)
TOKEN = re.compile(r'name="token" value="([^"]+)"')

def twice(url, form, cookies=None):
    answers, start = [], threading.Barrier(2)
    def click():
        client = Client(headers={"host": "localhost"})
        if cookies is not None:
            client.cookies = cookies
        try:
            start.wait()
            answers.append(client.post(url, form))
        finally:
            connection.close()
    clicks = [threading.Thread(target=click) for _ in range(2)]
    [each.start() for each in clicks]
    [each.join() for each in clicks]
    assert [a.status_code for a in answers] == [302, 302], [a.content.decode() for a in answers]
    return answers

visitor = Client(headers={"host": "localhost"})
page = visitor.get(f"/apply/{organ.pk}").content.decode()
form = {"token": TOKEN.search(page)[1], "content": "立项批复", "provision": "any", "manner": "online",
        "kind": "natural_person", "name": "李清照", "identity_kind": "identity_card",
        "identity": "110101199003074514", "phone": "13800001234"}
answers = twice(f"/apply/{organ.pk}", form)
assert Application.objects.count() == 1
assert Person.objects.filter(role="applicant").count() == 1
application = Application.objects.get()
perform(audit=audit, application=application, act=Act.ASK_FOR_SUPPLEMENT, on=timezone.localdate(), until=date(2035, 1, 1))
visitor.cookies = answers[0].cookies
token = TOKEN.search(visitor.get("/follow/case").content.decode())[1]
twice("/follow/supplement", {"token": token, "words": "指2025年的批复"}, answers[0].cookies)
assert CaseEvent.objects.filter(kind="supplemented").count() == 1
assert CaseRecord.objects.filter(kind="supplement_text").count() == 1
print("once")
"""


def test_two_clicks_at_once_do_one_thing(tmp_path):
    with own_environment(tmp_path, tables=True, DJANGO_SETTINGS_MODULE="gongkai.web.settings") as environment:
        done = subprocess.run(
            [sys.executable, "-c", _TWICE], env=environment, capture_output=True, text=True, timeout=900, check=False
        )
    assert done.stdout.strip() == "once", done.stderr[-3000:]
