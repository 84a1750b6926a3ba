"""Applications and letters: what was registered is there with its number, no number is used twice, no letter is half signed."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils import timezone

from gongkai.onrequest.procedure import Act
from gongkai.web.audit.models import Entry
from gongkai.web.audit.services import Audit
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Application, Case, CaseEvent, Letter, Number
from gongkai.web.onrequest.services import records
from gongkai.web.onrequest.services.acts import perform
from gongkai.web.onrequest.services.intake import Incoming, Registered, Who, register
from gongkai.web.organs.models import Organ
from tests.crash.scenarios.scenario import Scenario
from tests.web.onrequest.steps import granting, signed

WHO = Who("natural_person", "李清照", "identity_card", "110101199003074514", "13800001234", address="云岭县石桥镇7号")


def _organ(audit: Audit) -> Organ:
    found = Organ.objects.filter(county=audit.county, name="云岭县交通运输局").first()
    return found or Organ.objects.create(county=audit.county, name="云岭县交通运输局", form="department", word="云交")


def _registered(audit: Audit, number: int, once: str = "crash") -> Registered:
    return register(
        audit=audit,
        incoming=Incoming(
            organ=_organ(audit),
            channel="in_person",
            who=WHO,
            content=f"申请公开第{number}号农村公路建设项目的立项批复",
            received_on=timezone.localdate(),
            once=f"{once}-{number}",
        ),
    )


def _apply(audit: Audit, number: int) -> Any:
    done = _registered(audit, number)
    return [str(done.application.pk), done.application.number, number]


def _numbers() -> list[str]:
    """Complaints about numbers: two alike, or one that a series has left out."""
    wrong = [
        f"number {row['text']} was used {row['times']} times"
        for row in Number.objects.values("text").annotate(times=Count("id")).filter(times__gt=1)
    ]
    for series in Number.objects.values("organ", "series", "year").annotate(count=Count("id")):
        values = Number.objects.filter(organ=series["organ"], series=series["series"], year=series["year"])
        highest = max(values.values_list("value", flat=True))
        if highest != series["count"]:
            wrong.append(f"series {series['series']} has {series['count']} numbers up to {highest}")
    return wrong


def _check_applications(audit: Audit, receipts: list[Any]) -> list[str]:
    wrong = _numbers()
    for key, number, asked in receipts:
        application = Application.objects.filter(pk=key, number=number).first()
        if application is None or f"第{asked}号" not in personal.reveal(application, "content"):
            wrong.append(f"application {number} was promised and is not there")
    whole = [
        ("case", Case.objects.values_list("application", flat=True)),
        ("event", CaseEvent.objects.filter(kind="received").values_list("application", flat=True)),
        ("audit row", Entry.objects.filter(act="onrequest.register").values_list("object_id", flat=True)),
    ]
    # A ledger's rows come in under one audit row: they are looked at with it.
    known, own = (
        set(rows.values_list("pk", flat=True))
        for rows in (Application.objects.all(), Application.objects.exclude(origin="ledger"))
    )
    return wrong + [
        f"applications and their {what}s differ"
        for what, keys in whole
        if set(keys) != (own if what == "audit row" else known)
    ]


def _sign(audit: Audit, number: int) -> Any:
    application = _registered(audit, number).application
    records.assign(audit=audit, application=application, handler=audit.actor)
    letter = signed(audit, granting(audit, application))
    letter.refresh_from_db()
    return [str(letter.pk), letter.number]


def _check_letters(audit: Audit, receipts: list[Any]) -> list[str]:
    wrong = _numbers()
    for key, number in receipts:
        if not Letter.objects.filter(pk=key, number=number, signed_on__isnull=False).exists():
            wrong.append(f"letter {number} was signed and is not")
    for letter in Letter.objects.exclude(decision="").order_by("-id")[:60]:
        parts = (
            bool(letter.signed_on),
            bool(letter.number),
            letter.steps.filter(step="signed").count() == 1,
            Number.objects.filter(letter=letter.pk).count() == 1,
            CaseEvent.objects.filter(application=letter.application, kind="decided").count() == 1,
        )
        if len(set(parts)) != 1:
            wrong.append(f"letter {letter.pk} is signed by half: {parts}")
    return wrong


def _withdraw(audit: Audit, number: int) -> Any:
    application = _registered(audit, number).application
    perform(audit=audit, application=application, act=Act.WITHDRAW, on=timezone.localdate())
    return str(application.pk)


def _check_withdrawn(audit: Audit, receipts: list[Any]) -> list[str]:
    # Those that are closed afterwards have a scenario of their own.
    own = {"application__once__startswith": "crash-"}
    events = CaseEvent.objects.filter(kind="withdrawn", **own)
    withdrawn = {str(key) for key in events.values_list("application", flat=True)}
    said = {str(key) for key in Case.objects.filter(state="withdrawn", **own).values_list("application", flat=True)}
    wrong = [f"application {key} was withdrawn and is not" for key in set(receipts) - withdrawn]
    return wrong + [f"application {key} is withdrawn by half" for key in withdrawn ^ said]


SCENARIOS = [
    Scenario("onrequest.apply", _apply, _check_applications),
    Scenario("onrequest.withdraw", _withdraw, _check_withdrawn),
    Scenario("onrequest.sign", _sign, _check_letters),
]
