"""What an applicant does on line: apply, supplement, give reasons, withdraw, complain. Each once, however often it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.onrequest.procedure import Act
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.failpoints import failpoint
from gongkai.web.limits.services import claim
from gongkai.web.messages.subscriptions import subscribe, subscribed
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Application, Case
from gongkai.web.onrequest.selectors.facts import applicant_of
from gongkai.web.onrequest.services import complaints, notify
from gongkai.web.onrequest.services.acts import perform
from gongkai.web.onrequest.services.attachments import Upload, attach
from gongkai.web.onrequest.services.intake import Incoming, Registered, register
from gongkai.web.onrequest.services.records import record

WORDS_LIMIT = 5000
_WORDS: dict[Act, tuple[str, str]] = {
    Act.RECEIVE_SUPPLEMENT: ("supplement_text", "补正的内容"),
    Act.RECEIVE_REASONS: ("reasons_text", "申请的理由"),
    Act.WITHDRAW: ("withdrawal_text", "撤回的原因"),
}
"""The acts of an applicant, each with the record in which their words are kept and what these are called."""


def apply_online(*, audit: Audit, incoming: Incoming, notices: dict[str, str] | None = None) -> Registered:
    """Register what was sent on line; `notices` says by which ways the applicant wants to be told, and where."""
    with transaction.atomic():
        done = register(audit=audit, incoming=incoming)
        if not done.again:
            for channel, to in (notices or {}).items():
                subscribe(audit=audit, about=done.application.pk, channel=channel, to=to)
            notify.tell(audit=audit, application=done.application, template="application.received", occasion="received")
        failpoint("online.before_commit")
    return done


def _once(audit: Audit, application: Application, act: str, once: str, do: Callable[[], Any]) -> bool:
    """Do something in one transaction unless it was done for this `once`; whether it was done now."""
    with transaction.atomic():
        if not claim(county=audit.county, kind="once", what=f"{application.pk}:{act}:{once}"):
            return False
        do()
    return True


def act_online(
    *, audit: Audit, application: Application, act: Act, words: str, files: tuple[Upload, ...] = (), once: str
) -> bool:
    """Supplement, give reasons or withdraw; whether it was done now (False: it had been done by the same form).

    The words are sealed with the case. Refused with the procedure's sentence when it may not be done.
    """
    kind, name = _WORDS[act]
    said = words.strip()
    if not said and not files and act is not Act.WITHDRAW:
        raise Refused(f"请填写{name}，或者上传材料。")
    if "\x00" in said:
        raise Refused("填写的文字中有不能识别的控制字符，请删去后重新填写。")
    if len(said) > WORDS_LIMIT:
        raise Refused(f"{name}最多{WORDS_LIMIT}字，现有{len(said)}字。较长的材料请作为附件提交。")

    def do() -> None:
        today = timezone.localdate()
        if said:
            record(audit=audit, application=application, kind=kind, on=today, words=said)
        for file in files:
            attach(audit=audit, application=application, file=file)
        perform(audit=audit, application=application, act=act, on=today)

    return _once(audit, application, act.value, once, do)


def cannot_open(*, audit: Audit, application: Application, name: str, words: str, once: str) -> bool:
    """The applicant says that a file does not open; whether it was written down now."""
    said = f"“{name}”打不开。{words.strip()[:500]}".replace("\x00", "")

    def do() -> None:
        record(audit=audit, application=application, kind="files_do_not_open", on=timezone.localdate(), words=said)
        Case.objects.filter(application=application).update(waits_for="files_do_not_open")

    return _once(audit, application, "files_do_not_open", once, do)


def complain(*, audit: Audit, application: Application, about: str, words: str, once: str) -> bool:
    """Complain to the competent department about how this application was handled (art. 47)."""
    who = personal.reveal(applicant_of(application), "name")

    def do() -> None:
        complaints.register(
            audit=audit,
            organ=application.organ,
            about=about,
            words=words,
            received_on=timezone.localdate(),
            complainant=who,
            application=application,
        )

    return _once(audit, application, "complaint", once, do)


def choose_notices(*, audit: Audit, application: Application, wanted: dict[str, str]) -> None:
    """By which ways the applicant is told from now on: what is not named, or empty, ends. Refused for a wrong address."""
    now = subscribed(application.pk)
    with transaction.atomic():
        for channel in ("sms", "email"):
            to = wanted.get(channel, "").strip()
            if to != now.get(channel, ""):
                subscribe(audit=audit, about=application.pk, channel=channel, to=to)
