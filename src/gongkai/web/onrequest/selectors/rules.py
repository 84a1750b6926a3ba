"""What a county and its organs have set for the application desk, as its page shows it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.law.citations import OUR_RULE
from gongkai.onrequest.decisions import decisions
from gongkai.onrequest.remedies import MODES, NEW_LAW_ON, Mode, OrganKind, remedy, settable
from gongkai.web.onrequest import rulekeys as keys
from gongkai.web.onrequest.selectors.reminders import reminder_days
from gongkai.web.onrequest.services.rules import series_words
from gongkai.web.organs.models import Organ
from gongkai.web.people.selectors import names_of
from gongkai.web.rules.selectors import history, setting

BASIS = OUR_RULE


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """A decision whose remedy the law leaves unsettled. `chosen` empty: neutral until someone sets it."""

    code: str
    zh: str
    chosen: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SettledRow:
    """A decision whose remedy the law settles."""

    zh: str
    mode: str
    basis: str


@dataclass(frozen=True, slots=True)
class OrganRules:
    """What one organ has set."""

    organ: Organ
    fee: bool
    print_optional: bool
    mailbox: str
    correction_days: int | None
    series: tuple[tuple[str, str], ...]
    online: str
    retention: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class CountyRules:
    """What the county has set."""

    remedies: tuple[RemedyRow, ...]
    settled: tuple[SettledRow, ...]
    reminders: tuple[tuple[str, str, int], ...]
    complaint_days: int | None
    merged: str
    split: str


@dataclass(frozen=True, slots=True)
class Change:
    """One setting that was made."""

    what: str
    organ: str
    valid_from: date
    on: date
    name: str
    reason: str


def counting(county: uuid.UUID, on: date, known_at: datetime | None = None) -> dict[str, str]:
    """The declared policy for merged and split applications, as it was set by a moment (by now)."""
    return keys.DEFAULT_COUNTING | dict(setting(county, keys.COUNTING, on=on, known_at=known_at) or {})


def county_rules(county: uuid.UUID, on: date) -> CountyRules:
    """What holds on a day for the whole county."""
    modes: dict[str, str] = setting(county, keys.REMEDIES, on=on) or {}
    open_rows, settled = [], []
    for code, found in decisions().items():
        allowed = settable(code)
        if allowed:
            choices = tuple((mode.value, MODES[mode]) for mode in Mode if mode in allowed)
            open_rows.append(RemedyRow(code, found.zh, modes.get(code, Mode.NEUTRAL.value), choices))
        else:
            row = remedy(code, max(on, NEW_LAW_ON), OrganKind.OTHER)
            settled.append(SettledRow(found.zh, MODES[row.mode], row.basis))
    days = reminder_days(county, on)
    policy = counting(county, on)
    return CountyRules(
        remedies=tuple(open_rows),
        settled=tuple(settled),
        reminders=tuple((stage, words, days[stage]) for stage, words in keys.STAGES.items()),
        complaint_days=setting(county, keys.COMPLAINT_DAYS, on=on),
        merged=policy["merged"],
        split=policy["split"],
    )


def organ_rules(organ: Organ, on: date) -> OrganRules:
    """What holds on a day for one organ."""

    def said(key: str) -> Any:
        return setting(organ.county, key, organ=organ.pk, on=on)

    own: dict[str, str] = said(keys.SERIES) or {}
    kept = keys.DEFAULT_RETENTION | dict(said(keys.RETENTION) or {})
    return OrganRules(
        organ=organ,
        fee=bool(said(keys.FEE)),
        print_optional=said(keys.PRINT_OPTIONAL) is not False,
        mailbox=said(keys.MAILBOX) or "",
        correction_days=said(keys.CORRECTION_DAYS),
        series=tuple((word, own.get(word, word)) for word in series_words()),
        online=said(keys.ONLINE_REVIEW) or "",
        retention=tuple((kind, words, kept[kind]) for kind, words in keys.RETAINED.items()),
    )


def changes(county: uuid.UUID, organs: Iterable[Organ]) -> list[Change]:
    """What was set last, newest first; of organs only those named."""
    rows = history(county, keys.KEYS)
    organ_names = {organ.pk: organ.name for organ in organs}
    names = names_of([row.by for row in rows])
    return [
        Change(
            keys.KEYS[row.key],
            organ_names.get(row.organ, "") if row.organ else "全县",
            row.valid_from,
            row.recorded_at.date(),
            names.get(row.by, ""),
            row.reason,
        )
        for row in rows
        if row.organ is None or row.organ in organ_names
    ]
