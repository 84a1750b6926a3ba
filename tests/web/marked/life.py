"""A year at an office whose people bear marks, lived in a process of its own: every door, every failure, every output.

`python -m tests.web.marked.life FOLDER` leaves in FOLDER what goes out (lists, letters, messages); what it says on its
two streams is what a server's log would hold.
"""

from __future__ import annotations

import logging
import re
import sys
from pathlib import Path

MARKS = "标"
WHO_MAY_SEE = "a page that may show them"


def main(out: Path) -> None:
    """Live it."""
    from gongkai.web.operate.prepare import prepare_store

    prepare_store()
    from django.conf import settings
    from django.test import Client

    from gongkai.web.annual.desk import open_desk
    from gongkai.web.audit import chain
    from gongkai.web.audit.services import Audit
    from gongkai.web.clients.services import give_token, register_client, set_webhook
    from gongkai.web.jobs import worker
    from gongkai.web.messages.models import Message
    from gongkai.web.onrequest.models import Application
    from gongkai.web.onrequest.selectors import casepage
    from gongkai.web.organs.models import Organ
    from gongkai.web.people.selectors import local_operator
    from tests.web.marked.office import TODAY, Marks, build
    from tests.web.marked.talk import talk

    logging.getLogger().setLevel(logging.DEBUG)
    settings.DEBUG = False
    settings.GONGKAI_PORTAL = {**settings.GONGKAI_PORTAL, "form_seconds": 0}
    marks = Marks(MARKS)
    county = open_desk()
    audit = Audit(actor=local_operator().pk, county=county.pk)
    organ = Organ.objects.create(county=county.pk, name="云岭县甲局", form="department", word="云甲")
    helper = Organ.objects.create(county=county.pk, name="云岭县乙局", form="department", word="云乙")
    office = build(audit, organ, marks, helper)
    who, desk = marks.who, Client(headers={"host": "localhost"}, raise_request_exception=False)
    form = {
        name: getattr(who, name)
        for name in ("kind", "name", "identity_kind", "identity", "phone", "email", "address", "agent")
    }
    form |= {"content": marks.content, "needs": marks.spoken}

    # The desk, right and wrong.
    keyed = form | {
        "once": "desk:1",
        "organ": str(organ.pk),
        "channel": "in_person",
        "received_on": TODAY.isoformat(),
        "provision": "paper",
        "manner": "post",
    }
    assert desk.post("/cases/new", keyed).status_code == 302
    assert desk.post("/cases/new", keyed | {"received_on": "2099-01-01", "once": "desk:2"}).status_code == 422
    assert (
        desk.post("/cases/new", keyed | {"content": marks.content + "字" * 20_000, "once": "desk:3"}).status_code == 422
    )
    # The portal, right and wrong.
    page = desk.get(f"/apply/{organ.pk}").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    sent = form | {
        "token": token[1],
        "provision": "any",
        "manner": "online",
        "by_sms": "on",
        "by_email": "on",
        "identity_confirmed": "on",
    }
    assert desk.post(f"/apply/{organ.pk}", sent | {"content": ""}).status_code == 422
    answer = desk.post(f"/apply/{organ.pk}", sent)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    assert Application.objects.filter(origin="portal").count() == 2
    desk.post("/follow", {"number": marks.name, "code": marks.identity})
    # The ledger, pasted with a row that cannot be read.
    head = "登记编号\t申请人\t申请人类型\t证件号码\t联系电话\t收到日期\t申请内容\t备注"
    rows = [
        f"旧{n}\t{marks.name}\t自然人\t{marks.identity}\t{marks.phone}\t{day}\t{marks.content}\t{marks.spoken}"
        for n, day in enumerate(("2026-03-02", "不知道哪天", "2026-03-05"))
    ]
    seen = desk.post("/cases/ledger", {"text": "\n".join([head, *rows])}).content.decode()
    ticket = re.search(r'name="ticket" value="([^"]+)"', seen)
    assert ticket, seen[-1500:]
    desk.post("/cases/ledger/bring", {"ticket": ticket[1], "organ": str(organ.pk), "kind": "natural_person"})
    assert Application.objects.filter(origin="ledger").count() == 2
    # The interface, right, wrong, and told of by a webhook that fails.
    client = register_client(audit=audit, name="门户网站", organ=organ)
    _, words = give_token(audit=audit, client=client, scopes=("intake", "state", "personal"), expires_on=TODAY)
    set_webhook(
        audit=audit,
        client=client,
        url="http://127.0.0.1:9/told",
        events=["application.received", "application.answered"],
    )
    told = {
        "organ": organ.name,
        "applicant": {k: v for k, v in form.items() if k not in ("content", "needs")},
        "content": marks.content,
        "provision": "paper",
        "manner": "post",
    }
    for key, body in (
        ("marked-key-1", told),
        ("marked-key-2", told | {"applicant": {"name": marks.name, "phone": marks.phone}}),
        ("marked-key-3", told | {"manner": marks.spoken}),
    ):
        desk.post(
            "/api/v1/applications",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {words}", "Idempotency-Key": key},
        )
    assert Application.objects.filter(origin="api").count() == 1
    desk.get(f"/api/v1/applications/{marks.identity}", headers={"Authorization": f"Bearer {words}"})
    # Letters, opinions, the hotline: through the services, then through the pages, right and wrong.
    keys = talk(audit, organ, marks, helper)
    written = {
        "kind": "message",
        "title": f"{marks.name}来信",
        "words": f"{marks.spoken}，{marks.phone}",
        "name": marks.name,
    }
    written |= {"phone": marks.phone, "email": marks.email, "by_sms": "on", "by_email": "on"}
    written["token"] = re.search(r'name="token" value="([^"]+)"', desk.get("/letters/new").content.decode())[1]
    assert desk.post("/letters/new", written | {"words": ""}).status_code == 422
    assert desk.post("/letters/new", written).status_code == 302
    desk.post("/letters/follow", {"number": marks.name, "code": marks.identity})
    at = f"/talk/letters/{keys['talk']}"
    for path in (
        at,
        f"{at}/files/{keys['talk_file']}",
        "/talk",
        f"/talk/letters?words={marks.name}",
        "/talk/questions",
    ):
        assert desk.get(path).status_code == 200
    desk.post(f"{at}/contribute", {"words": marks.spoken, "seen": "0"})
    desk.post(f"/talk/consultations/{keys['consulted']}/opinion", {"words": marks.spoken, "name": marks.name})
    for path in ("/letters", "/letters/answers", "/letters/questions", "/consultations"):
        (out / f"page{path.replace('/', '-')}.html").write_bytes(desk.get(path).content)
    # Lists, searches, a kept view that is forgotten again, exports.
    desk.get("/cases", {"group": "all", "words": marks.name})
    for name in ("甲视图", "乙视图"):
        desk.post("/cases/view", {"name": name, "query": f"group=all&words={marks.name}"})
    (out / "list.xlsx").write_bytes(desk.get("/cases/export.xlsx", {"group": "all"}).content)
    # Acts that are refused, and a view that fails in the middle of what it holds.
    case = f"/cases/{office.keys['case']}"
    for name in ("withdraw", "extend", "ask_counsel", "reopen"):
        desk.post(f"{case}/acts/{name}", {"on": TODAY.isoformat(), "seen": "0", "matter": "机关一", "days": "x"})
    desk.post(f"{case}/applicant")
    real, casepage.masked_applicant = casepage.masked_applicant, _fail
    assert desk.get(case).status_code == 500
    casepage.masked_applicant = real
    # What waits is sent, fails, and is told to nobody by name.
    for _ in range(3):
        Message.objects.filter(state="waiting").update(taken_at=None)
        worker.run_waiting("marked")
    for message in Message.objects.all():
        (out / f"message-{message.pk}.txt").write_text(
            f"{message.template} {message.fields} {message.key} {message.failure}"
        )
    chain.seal(county.pk)
    print("lived")


def _fail(row: object) -> object:
    """A fault while the applicant lies open: its traceback must hold no value."""
    from gongkai.web.onrequest import personal

    told = personal.revealed(row, "name", "identity", "phone", "email", "address")  # type: ignore[arg-type]
    raise RuntimeError(f"the page of {len(told)} columns failed")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
