"""Taking a letter in, from the portal or at the desk: once, whole, with its number, its day and its query code."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.web import personal, sealed
from gongkai.web.audit.services import Audit
from gongkai.web.changes.services import touch
from gongkai.web.facts import Refused, new_key
from gongkai.web.failpoints import failpoint
from gongkai.web.files.services import store
from gongkai.web.interaction.kinds import KINDS
from gongkai.web.interaction.models import Letter, LetterFile
from gongkai.web.interaction.services.facts import notify, renew, write_act
from gongkai.web.messages.subscriptions import subscribe
from gongkai.web.onrequest.covered import Cover, cover_of
from gongkai.web.onrequest.services import numbers
from gongkai.web.onrequest.services.attachments import Upload
from gongkai.web.onrequest.services.intake import content_signature, new_code
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import competent_department, living_organs

SERIES = "来信"
TITLE_LIMIT, WORDS_LIMIT, SUBJECT_LIMIT = 60, 5000, 60


@dataclass(frozen=True, slots=True)
class Arriving:
    """A letter as it comes. `once` makes one that is sent twice arrive once."""

    kind: str
    title: str
    words: str
    received_on: date
    name: str = ""
    phone: str = ""
    email: str = ""
    addressed: Organ | None = None
    may_publish: bool = False
    origin: str = "portal"
    once: str = ""
    files: tuple[Upload, ...] = field(default=())
    notices: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Received:
    """A letter in the book, with the code by which its writer follows it."""

    letter: Letter
    query_code: str
    again: bool = False


def office_of(county: uuid.UUID) -> Organ:
    """Who takes letters in and gives them out: the competent department, the first organ while none is named."""
    found = competent_department(county) or next(iter(living_organs(county)), None)
    if found is None:
        raise Refused("本县还没有登记机关，暂时不能在网上来信。")
    return found


def code_key(code: str) -> str:
    """Where a letter's query code is looked up."""
    return sealed.lookup("letter", code)


def cover(letter: Letter) -> Cover:
    """What writes over who wrote a letter, in any words about it."""
    told = personal.revealed(letter, "name", "phone", "email")
    return cover_of([("来信人", told["name"]), ("phone", told["phone"]), ("email", told["email"])])


def _check(arriving: Arriving, today: date) -> None:
    told = (arriving.title, arriving.words, arriving.name, arriving.phone, arriving.email)
    if any("\x00" in words for words in told):
        raise Refused("填写的文字中有不能识别的控制字符，请删去后重新填写。")
    if arriving.kind not in KINDS:
        raise Refused("请选择来信的类型。")
    if arriving.origin not in dict(Letter.ORIGINS):
        raise Refused("请选择来信的途径。")
    if not arriving.title.strip() or not arriving.words.strip():
        raise Refused("请填写来信的标题和内容。")
    if len(arriving.title) > TITLE_LIMIT or len(arriving.words) > WORDS_LIMIT:
        raise Refused(f"标题最多{TITLE_LIMIT}字，内容最多{WORDS_LIMIT}字。较长的材料请作为附件提交。")
    if arriving.received_on > today:
        raise Refused("收到日期还没有到，请核对。")


def known(county: uuid.UUID, once: str) -> Letter | None:
    """What this very form has become, when it was sent before."""
    return Letter.objects.filter(county=county, once=once).first() if once else None


def register(*, audit: Audit, arriving: Arriving) -> Received:
    """Take a letter in: number, day, query code, first fact and audit row in one transaction, or nothing at all."""
    before = known(audit.county, arriving.once)
    if before is None:
        _check(arriving, timezone.localdate())
        try:
            with transaction.atomic():
                return _write(audit, arriving)
        except IntegrityError:
            before = known(audit.county, arriving.once)
            if before is None:
                raise
    return Received(before, personal.reveal(before, "query_code"), again=True)


def _subject(arriving: Arriving) -> str:
    people = cover_of([("来信人", arriving.name), ("phone", arriving.phone), ("email", arriving.email)])
    hidden = people(" ".join(arriving.title.split()))
    return hidden if len(hidden) <= SUBJECT_LIMIT else hidden[: SUBJECT_LIMIT - 1] + "…"


def _write(audit: Audit, arriving: Arriving) -> Received:
    office, key, code = office_of(audit.county), new_key(), new_code()
    year = arriving.received_on.year
    taken = numbers.take(audit=audit, organ=office, series=SERIES, year=year, text=f"{SERIES}-{year}-{{n:04d}}")
    told: dict[str, Any] = {
        "title": arriving.title.strip(),
        "words": arriving.words.strip(),
        "name": arriving.name.strip(),
        "phone": arriving.phone.strip(),
        "email": arriving.email.strip(),
        "query_code": code,
    }
    letter = Letter.objects.create(
        id=key,
        county=audit.county,
        kind=arriving.kind,
        number=taken.text,
        origin=arriving.origin,
        addressed=arriving.addressed,
        received_on=arriving.received_on,
        subject=_subject(arriving),
        may_publish=arriving.may_publish,
        query_key=code_key(code),
        likeness=content_signature(f"{arriving.title}{arriving.words}"),
        once=arriving.once or f"own:{key}",
        by=audit.actor,
        **personal.keep(Letter, key, **told),
    )
    audit.record("interaction.register", letter, {"number": taken.text, "kind": arriving.kind})
    write_act(audit, letter, "received", on=arriving.received_on)
    for file in arriving.files:
        stored = store(audit=audit, name=file.name, data=file.data, isolated=file.marked)
        row = LetterFile.objects.create(county=audit.county, letter=letter, file=stored)
        audit.record("interaction.attach", row, {"sha256": stored.sha256, "isolated": file.marked})
    for channel, to in arriving.notices.items():
        subscribe(audit=audit, about=letter.pk, channel=channel, to=to)
    renew(letter)
    notify(audit, letter, "letter.received", "received")
    failpoint("interaction.before_commit")
    touch(county=audit.county)
    return Received(letter, code)
