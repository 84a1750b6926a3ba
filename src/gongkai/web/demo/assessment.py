"""An assessment of the first half of this year: most organs are through, some still assess themselves; two tests."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from gongkai.oversight import Answers, Counts, Happened, Indicator, Points, Value
from gongkai.oversight.reading import texts
from gongkai.web.assessment.models import Assessed, Round
from gongkai.web.assessment.selectors.sheets import sheet
from gongkai.web.assessment.services import deeds, marks, mocks
from gongkai.web.assessment.services.rounds import make_known, open_round
from gongkai.web.assessment.services.schemes import save
from gongkai.web.audit.services import Audit
from gongkai.web.organs.models import County, Organ
from gongkai.web.people.models import Person

ORGANS = ("云岭县教育局", "云岭县自然资源局", "云岭县石桥镇人民政府")
_PROOF = "培训通知.txt"
_PROOF_TEXT = "关于举办政府信息公开业务培训的通知\n参加人员：各股室、各单位联络员。\n"


def load_assessment(county: County, audit: Audit) -> None:
    """A round of last year that is final and ranked, and one of this year in its first stage. Only into an empty house."""
    organs = {organ.name: organ for organ in Organ.objects.filter(county=county.pk, name__in=ORGANS)}
    reviewer = Person.objects.filter(county=county.pk, name="何静").first()
    if not organs or reviewer is None:
        return
    other = Audit(actor=reviewer.pk, county=county.pk)
    scheme = save(audit=audit, text=texts()["starting"])
    today = timezone.localdate()
    last = date(today.year - 1, 12, 31)
    keys = [organs[name].pk for name in ORGANS if name in organs]
    done = open_round(
        audit=audit,
        title=f"{last.year}年度政府信息公开工作考核",
        scheme=scheme,
        first=date(last.year, 1, 1),
        last=last,
        cutoff=last,
        organs=keys,
    )
    for place, one in enumerate(done.assessed.order_by("organ__position", "id")):
        _through(audit, other, one, place)
    make_known(audit=audit, of=done)
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


def _through(audit: Audit, other: Audit, one: Assessed, place: int) -> None:
    marks.reckon(audit=audit, assessed=one)
    deeds.step(audit=audit, assessed=one, kind="handed_in", words="自评已完成。")
    for leaf in sheet(one).scheme.leaves:
        value = _entered(leaf, place)
        marks.mark(
            audit=audit,
            assessed=one,
            indicator=leaf.key,
            value=value,
            words="按当时的台账和材料评定。",
            stage="scoring",
        )
    deeds.step(audit=audit, assessed=one, kind="scored")
    deeds.step(audit=other, assessed=one, kind="reviewed")
    deeds.step(audit=audit, assessed=one, kind="accepted")
    deeds.step(audit=audit, assessed=one, kind="finished")


def _entered(leaf: Indicator, place: int) -> Value:
    if leaf.mode == "veto":
        return Happened(yes=False)
    if leaf.mode == "check":
        return Answers({item.key: number >= place for number, item in enumerate(leaf.items)})
    if leaf.mode == "deduct":
        return Counts({rule.key: place for rule in leaf.rules})
    full = leaf.size or Decimal(0)
    return Points(Decimal(0) if leaf.mode == "bonus" else max(Decimal(0), full - place))


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
