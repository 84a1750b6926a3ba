"""The text of a letter as it is kept: its fields and its words, sealed as one JSON value."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from gongkai.onrequest.applicants import APPLICANT_KINDS
from gongkai.onrequest.letters import Letter as Composed
from gongkai.onrequest.letters import Value, compose, compose_reply, letter_type, remedy_for, series_word
from gongkai.onrequest.remedies import Mode, OrganKind, OrganSetting, RemedySettings
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.matter import matter_of
from gongkai.web.onrequest.models import Applicant, Application, Letter, LetterVersion
from gongkai.web.onrequest.selectors.facts import Standing, applicant_of, standing_of
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import answering
from gongkai.web.rules.selectors import setting

EXCERPT = 300
"""Characters of the application's content that a letter repeats; the rest is in the file."""

_DATES = "date:"


@dataclass(frozen=True, slots=True)
class Text:
    """What a letter says. `paragraphs` is set once a person wrote in it; until then the words follow the fields."""

    fields: dict[str, str] = field(default_factory=dict)
    paragraphs: tuple[str, ...] = ()
    remedy: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()

    def dumped(self) -> str:
        """As one string, to be sealed."""
        return json.dumps(
            {
                "fields": self.fields,
                "paragraphs": self.paragraphs,
                "remedy": self.remedy,
                "attachments": self.attachments,
            },
            ensure_ascii=False,
            sort_keys=True,
        )


def loaded(version: LetterVersion) -> Text:
    """The text of a version, opened; one that was erased says nothing."""
    said = personal.reveal(version, "text")
    if not said:
        return Text(fields={}, paragraphs=(), remedy=(), attachments=())
    told: dict[str, Any] = json.loads(said)
    return Text(
        fields=told["fields"],
        paragraphs=tuple(told["paragraphs"]),
        remedy=tuple(told["remedy"]),
        attachments=tuple(told["attachments"]),
    )


def current(letter: Letter) -> LetterVersion:
    """The newest version of a letter."""
    return LetterVersion.objects.filter(letter=letter).order_by("-id")[0]


def told(fields: dict[str, Value]) -> dict[str, str]:
    """Fields as text, days marked as such."""
    return {k: f"{_DATES}{v.isoformat()}" if isinstance(v, date) else str(v) for k, v in fields.items() if v != ""}


def values(fields: dict[str, str]) -> dict[str, Value]:
    """Fields as values again."""
    return {k: date.fromisoformat(v.removeprefix(_DATES)) if v.startswith(_DATES) else v for k, v in fields.items()}


def contact_of(organ: Organ) -> str:
    """Whom to call, as a letter says it."""
    return f"本机关政府信息公开工作机构，{organ.phone}" if organ.phone else ""


def fields_from_case(application: Application, *, seen_applicant: Applicant | None = None) -> dict[str, Value]:
    """What a letter can take from the case; the rest a person fills in."""
    standing: Standing = standing_of(application)
    applicant = seen_applicant or applicant_of(application)
    content = matter_of(" ".join(personal.reveal(application, "content").split())).rstrip("。")
    supplemented = [event.on for event in standing.events if event.kind.value == "supplemented"]
    fields: dict[str, Value] = {
        "receiver": personal.reveal(applicant, "name"),
        "you": "你" if applicant.kind == next(iter(APPLICANT_KINDS)) else "你单位",
        "application_number": application.number,
        "received_on": standing.received_on,
        "content": content if len(content) <= EXCERPT else f"{content[:EXCERPT]}……",
        "manner": application.get_manner_display(),
        "contact": contact_of(application.organ),
        "channel": application.get_channel_display(),
        "query_code": personal.reveal(application, "query_code"),
        "identity_kind": applicant.identity_kind,
    }
    if supplemented:
        fields["supplemented_on"] = supplemented[-1]
    if standing.clock.due_on:
        fields["due_on"] = standing.clock.due_on
    return fields


def organ_setting(organ: Organ, on: date) -> OrganSetting:
    """What remedies need to know about an organ: asked once of each, never computed."""
    try:
        kind = OrganKind(organ.form)
    except ValueError:
        kind = OrganKind.OTHER
    said = answering(organ, on)
    return OrganSetting(
        kind=kind,
        reconsiders=said.reconsideration,
        court=said.court,
        online=setting(organ.county, "onrequest.online_review", organ=organ.pk, on=on) or "",
        defendant=said.defendant.name,
    )


def remedy_settings(organ: Organ, on: date) -> RemedySettings:
    """What the competent department has set for rows on which the law is not settled."""
    modes = setting(organ.county, "onrequest.remedies", on=on) or {}
    return RemedySettings({code: Mode(mode) for code, mode in modes.items()})


def remedy_of(letter: Letter, on: date) -> tuple[str, ...]:
    """The remedy paragraphs that this letter has to bear on a day."""
    return remedy_for(
        letter.kind,
        on,
        organ_setting(letter.organ, on),
        code=letter.decision,
        settings=remedy_settings(letter.organ, on),
        parts=tuple(letter.parts),
        served_online=letter.application.manner in ("online", "email"),
        print_optional=setting(letter.county, "onrequest.print_optional_remedy", organ=letter.organ_id, on=on)
        is not False,
    )


def composed(letter: Letter, text: Text, *, on: date, number: str = "") -> Composed:
    """The letter with its words: a person's own paragraphs where they wrote any, else those of its kind."""
    rest: dict[str, Any] = {
        "remedy": text.remedy or remedy_of(letter, on),
        "number": number or letter.number,
        "signer": letter.organ.name,
        "dated_on": letter.signed_on,
    }
    fields = values(text.fields)
    made = compose_reply(letter.decision, fields, **rest) if letter.decision else compose(letter.kind, fields, **rest)
    if not text.paragraphs:
        return made
    return replace(made, paragraphs=text.paragraphs)


def number_pattern(letter: Letter, year: int) -> tuple[str, str]:
    """The series of a letter's number and its text with one {n}; ("", "") for a sheet that bears none."""
    own = setting(letter.county, "onrequest.series", organ=letter.organ_id, on=date(year, 1, 1)) or {}
    word = series_word(letter.kind, own)
    if not letter_type(letter.kind).series:
        return "", ""
    return word, f"{letter.organ.word or ''}{word}〔{year}〕{{n}}号"
