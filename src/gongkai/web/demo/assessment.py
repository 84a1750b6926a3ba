"""The assessments of two years, ranked; one of this year in its first stage; two tests of how offices answer."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from gongkai.oversight import Answers, Counts, Happened, Indicator, Points, Value
from gongkai.oversight.reading import texts
from gongkai.web.assessment.models import Assessed, Round, SchemeVersion
from gongkai.web.assessment.selectors.sheets import sheet
from gongkai.web.assessment.services import deeds, marks, mocks
from gongkai.web.assessment.services.rounds import make_known, open_round
from gongkai.web.assessment.services.schemes import save
from gongkai.web.audit.services import Audit
from gongkai.web.demo.earlier import YEARS
from gongkai.web.demo.then import then
from gongkai.web.organs.models import County, Organ
from gongkai.web.people.models import Person

ORGANS = ("云岭县教育局", "云岭县自然资源局", "云岭县石桥镇人民政府")
BEFORE = ("云岭县民政局", "云岭县青禾乡人民政府")
"""Who is assessed each year, and those who were in the two earlier years only."""
_PROOF = "培训通知.txt"
_PROOF_TEXT = "关于举办政府信息公开业务培训的通知\n参加人员：各股室、各单位联络员。\n"


def load_assessment(county: County, audit: Audit) -> None:
    """The rounds of the two earlier years, final and ranked, and one of this year in its first stage. Only into an empty house."""
    organs = {organ.name: organ for organ in Organ.objects.filter(county=county.pk, name__in=ORGANS)}
    reviewer = Person.objects.filter(county=county.pk, name="何静").first()
    if not organs or reviewer is None:
        return
    other = Audit(actor=reviewer.pk, county=county.pk)
    with then(date(YEARS[0], 12, 3)):
        scheme = save(audit=audit, text=texts()["starting"])
    there = {organ.name: organ for organ in Organ.objects.filter(county=county.pk, name__in=(*ORGANS, *BEFORE))}
    for year in YEARS:
        with then(date(year + 1, 2, 24)):
            _over(audit, other, scheme, year, [there[name].pk for name in (*ORGANS, *BEFORE) if name in there])
    today = timezone.localdate()
    keys = [organs[name].pk for name in ORGANS if name in organs]
    open_now = open_round(
        audit=audit,
        title=f"{today.year}年度政府信息公开工作考核（至{today.month}月）",
        scheme=scheme,
        first=date(today.year, 1, 1),
        last=today,
        cutoff=today,
        organs=keys,
        self_due=today + timedelta(days=20),
        appeal_due=today + timedelta(days=40),
    )
    for one in open_now.assessed.all():
        marks.reckon(audit=audit, assessed=one)
    first = open_now.assessed.order_by("organ__position", "id").first()
    assert first is not None
    marks.prove(audit=audit, assessed=first, indicator="training", name=_PROOF, data=_PROOF_TEXT.encode())
    _tests(other, open_now, organs)


@transaction.atomic
def _over(audit: Audit, other: Audit, scheme: SchemeVersion, year: int, keys: list[uuid.UUID]) -> None:
    """The round of a year that is over, ranked and made known; in another year another does best."""
    last = date(year, 12, 31)
    done = open_round(
        audit=audit,
        title=f"{year}年度政府信息公开工作考核",
        scheme=scheme,
        first=date(year, 1, 1),
        last=last,
        cutoff=last,
        organs=keys,
    )
    every = list(done.assessed.order_by("organ__position", "id"))
    for place, one in enumerate(every):
        _through(audit, other, one, (place + 2 * (YEARS[-1] - year)) % len(every))
    make_known(audit=audit, of=done)


def _through(audit: Audit, other: Audit, one: Assessed, place: int) -> None:
    marks.reckon(audit=audit, assessed=one)
    deeds.step(audit=audit, assessed=one, kind="handed_in", words="自评已完成。")
    now = sheet(one)
    for number, leaf in enumerate(now.scheme.leaves):
        lost = 1 + number % 2 if number % 6 < place else 0
        marks.said_of(audit, now, leaf.key, _entered(leaf, lost), "按当时的台账和材料评定。", "scored")
    deeds.step(audit=audit, assessed=one, kind="scored")
    deeds.step(audit=other, assessed=one, kind="reviewed")
    deeds.step(audit=audit, assessed=one, kind="accepted")
    deeds.step(audit=audit, assessed=one, kind="finished")


def _entered(leaf: Indicator, lost: int) -> Value:
    if leaf.mode == "veto":
        return Happened(yes=False)
    if leaf.mode == "check":
        return Answers({item.key: number >= lost for number, item in enumerate(leaf.items)})
    if leaf.mode == "deduct":
        return Counts({rule.key: lost for rule in leaf.rules})
    full = leaf.size or Decimal(0)
    return Points(Decimal(0) if leaf.mode == "bonus" else max(Decimal(0), full - lost))


def _tests(audit: Audit, of: Round, organs: dict[str, Organ]) -> None:
    today = timezone.localdate()
    for name, channel, ago, asked in (
        ("云岭县教育局", "web", 40, "2025年义务教育学校划片范围及依据"),
        ("云岭县石桥镇人民政府", "post", 20, "2025年农村低保对象公示材料"),
    ):
        if name not in organs:
            continue
        sent = today - timedelta(days=ago)
        row = mocks.send(audit=audit, organ=organs[name].pk, channel=channel, sent_on=sent, asked=asked, of=of)
        if channel == "web":
            met: dict[str, bool | None] = dict.fromkeys(
                ("organ", "number", "asked", "conclusion", "basis", "dated", "sealed"), True
            )
            met["remedy"] = False
            mocks.find(
                audit=audit,
                mock=row,
                reached=True,
                answered_on=sent + timedelta(days=15),
                met=met,
                words="没有告知救济途径。",
            )
