"""按那一时点再编制一次，数、文字和每格的记录一个字节都不差，无论以后改了什么；文字里绑定了这一年的每一个数。"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from gongkai.annual.narrative.facts import definitions
from gongkai.onrequest.events import Event, Kind
from gongkai.web.compilation.selectors.facts import newest_entries
from gongkai.web.compilation.services.entering import enter
from gongkai.web.issuing.models import Draft
from gongkai.web.issuing.selectors.assembled import assembled
from gongkai.web.narrative.selectors.gathering import gathered
from gongkai.web.onrequest.models import Application, FeeNotice, FeePayment
from gongkai.web.onrequest.services.facts import correct
from gongkai.web.organs.models import Organ
from gongkai.web.organs.tree import change_organ, found_organ, merge, rename
from gongkai.web.oversight.models import Checklist, Inspection, InspectionEnd, Notice, NoticeAct
from gongkai.web.oversight.services import trainings
from gongkai.web.proactive.models import Item, ItemAct, ReEvaluation, Release, Shelf, Version
from gongkai.web.proactive.rulekeys import COLUMNS
from gongkai.web.registers.services import nothing
from gongkai.web.registers.services import rows as registers
from gongkai.web.rules.models import CalendarDay
from gongkai.web.rules.services import set_value
from tests.web.issuing.conftest import LEDGER, LICENCES, YEAR, bring, write

TAUGHT = {"subject": "年报填报", "held_on": "2025-05-06", "people": "30", "role": "held"}
ACCOUNT = {"name": "云岭水务", "platform": "wechat", "opened_on": "2020-03-01", "duty": "办公室"}
JUNE = datetime(YEAR, 6, 3, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def released(audit, organ, at=JUNE, **metadata):
    """An entry that a reviewer let pass and that became public, as rows; its acts are told of now."""
    item = Item.objects.create(county=organ.county, organ=organ, once=str(at) + str(metadata), by=audit.actor)
    of = {"county": organ.county, "item": item}
    version = Version.objects.create(
        **of, number=1, kind="interpretation", title="水价解读", metadata={"interpretation_form": ["text"], **metadata},
        formed_on=at.date(), digest="0", by=audit.actor,
    )  # fmt: skip
    for seq, kind in enumerate(("passed", "released"), start=1):
        act = ItemAct.objects.create(**of, seq=seq, kind=kind, version=version, on=at.date(), by=audit.actor)
    row = Release.objects.create(
        **of, id=act.pk, version=version, organ=organ, edition=1, index_number=f"{item.pk}", kind=version.kind,
        title=version.title, from_at=at,
    )  # fmt: skip
    for facet, key in (("organ", str(organ.pk)), ("column", "statutory")):
        Shelf.objects.create(county=organ.county, release=row, facet=facet, key=key, from_at=at)
    return row


def charged(audit, number, yuan):
    case = Application.objects.get(number=number)
    return FeeNotice.objects.create(
        county=case.county, application=case, method="per_page", quantity=40, amount=Decimal(yuan), finding="40页",
        notified_on=date(YEAR, 5, 10), by=audit.actor,
    )  # fmt: skip


def paid(audit, notice, yuan):
    FeePayment.objects.create(
        county=notice.county, notice=notice, amount=Decimal(yuan), paid_on=date(YEAR, 6, 1), by=audit.actor
    )


def visited(audit, organ, *, ended):
    of = {"county": organ.county, "by": audit.actor}
    version = Checklist.objects.count() + 1
    listed = Checklist.objects.create(**of, name="平台", version=version, lines=[])
    visit = Inspection.objects.create(**of, checklist=listed, organ=organ, title="抽查", on=date(YEAR, 9, 1))
    if ended:
        InspectionEnd.objects.create(**of, inspection=visit, on=date(YEAR, 9, 1))
    return visit


def sent(audit, county):
    notice = Notice.objects.create(county=county, kind="urge", by=audit.actor, title="督办通知")
    NoticeAct.objects.create(county=county, notice=notice, act="send", on=date(YEAR, 9, 2), by=audit.actor)


@pytest.fixture
def told(audit, county, organ):
    """A competent department that has something to tell from every source, with all of it in its words."""
    registered = found_organ(audit=audit, county=county.pk, name="云岭县供水站", form="department")
    change_organ(audit=audit, organ=organ, from_on=date(YEAR, 1, 1), competent=True)
    bring(audit, organ, *LEDGER)
    registers.enter(audit=audit, organ=organ, register="licences", values=LICENCES)
    registers.enter(audit=audit, organ=organ, register="new_media", values=ACCOUNT)
    enter(audit=audit, organ=organ, year=YEAR, address="proactive.penalties.decisions", words="3", note="处罚系统")
    released(audit, organ)
    paid(audit, charged(audit, "水公开-2025-001", "400"), "100")
    trainings.keep_training(audit=audit, host=organ, title="培训", on=date(YEAR, 4, 1))
    visited(audit, registered, ended=True)
    sent(audit, county.pk)
    facts = gathered(organ, YEAR).facts
    write(audit, organ, "1", "\n".join(f"{fact.zh}：{fact.slot}。" for fact in facts))
    write(audit, organ, "6", "没有其他需要报告的事项。")
    return organ


def test_what_was_known_gives_the_same_bytes_whatever_was_changed_since(audit, county, told):
    organ, moment = told, timezone.now()
    now = assembled(organ, YEAR).packed
    then = assembled(organ, YEAR, moment).packed
    assert (then.figures, then.report, then.members) == (now.figures, now.report, now.members)
    values = {fact.key: fact.value for fact in gathered(organ, YEAR, moment).facts}
    assert (values["published.total"], values["fees.paid"], values["inspections.total"]) == (1, 100, 1)
    assert (values["applications.on_time"], values["notices.urge"], values["trainings.total"]) == (3, 1, 1)
    assert set(definitions()) <= set(values)

    def changed(what):
        """Whatever was done, it shows in what is known now, and nothing of it in what was known then."""
        nonlocal now
        after, again = assembled(organ, YEAR).packed, assembled(organ, YEAR, moment).packed
        assert after.report != now.report, f"{what}：现在的报告里看不出来"
        assert (again.figures, again.members) == (then.figures, then.members), f"{what}：那时的数变了"
        assert again.report == then.report, f"{what}：那时的文字变了"
        now = after

    case = Application.objects.get(number="水公开-2025-002")
    set_value(audit=audit, key=COLUMNS, value=[["own", "水情"]], valid_from=date(YEAR, 1, 1), reason="新设")
    write(audit, organ, "6", "新设栏目：{栏目·水情}。另有：{栏目·法定主动公开内容}。")
    changed("文字和栏目")
    bring(audit, organ, "水公开-2025-101 2025-06-01 2025-06-10 G2")
    changed("补登的申请")
    late = Event(Kind.DELIVERED, date(YEAR, 9, 20))
    correct(audit=audit, application=case, row=case.events.get(kind="delivered").pk, event=late, reason="回执日期有误")
    changed("更正的送达日期")
    CalendarDay.objects.create(
        county=county.pk, day=date(YEAR, 3, 5), meaning="off", local=True, source="县里通知", by=audit.actor
    )
    first = Application.objects.get(number="水公开-2025-001")
    sooner = Event(Kind.RECEIVED, date(YEAR, 1, 2))
    correct(audit=audit, application=first, row=first.events.get(kind="received").pk, event=sooner, reason="签收簿")
    changed("更正的收到日期和日历")
    row = Release.objects.get()
    ItemAct.objects.create(
        county=county.pk, item=row.item, seq=3, kind="withdrawn", on=timezone.localdate(), by=audit.actor
    )
    Release.objects.update(withdrawn_at=timezone.now())
    released(audit, organ, about="补录")
    changed("撤回和补录的公开")
    ReEvaluation.objects.create(
        county=county.pk, item=row.item, on=date(YEAR, 8, 1), outcome="still", words="仍不公开", by=audit.actor
    )
    changed("定期评估")
    paid(audit, FeeNotice.objects.get(), "300")
    changed("缴费")
    charged(audit, "水公开-2025-101", "80")
    changed("收费通知")
    account = registers.enter(audit=audit, organ=organ, register="new_media", values={**ACCOUNT, "name": "水务在线"})
    changed("台账的一行")
    registers.correct(
        audit=audit, row=account, values={**ACCOUNT, "name": "水务在线", "closed_on": "2025-02-01"}, reason="已注销"
    )
    changed("更正台账")
    taught = trainings.keep_training(audit=audit, host=organ, title="二期", on=date(YEAR, 5, 1))
    trainings.attended(audit=audit, training=taught, organ=organ.pk, names="李一\n李二")
    changed("培训和参加的人")
    nothing.declare_nothing(audit=audit, organ=organ, register="trainings", every="year", day=date(YEAR, 1, 1))
    changed("说明台账没有")
    registers.enter(audit=audit, organ=organ, register="trainings", values=TAUGHT)
    changed("培训台账")
    InspectionEnd.objects.create(
        county=county.pk, inspection=visited(audit, organ, ended=False), on=date(YEAR, 9, 9), by=audit.actor
    )
    changed("检查")
    sent(audit, county.pk)
    changed("通知")
    seen = newest_entries(organ.pk, YEAR)["proactive.penalties.decisions"].pk
    enter(
        audit=audit, organ=organ, year=YEAR, address="proactive.penalties.decisions", words="12", note="处罚系统",
        reason="重新导出", seen=seen,
    )  # fmt: skip
    changed("填报的数")
    small = Organ.objects.create(county=county.pk, name="云岭县水保站", form="department", word="云保")
    bring(audit, small, "保公开-2025-001 2025-04-01 2025-04-09 G2")
    registers.enter(audit=audit, organ=small, register="new_media", values={**ACCOUNT, "name": "水保"})
    merge(audit=audit, organ=small, into=organ, on=date(YEAR, 9, 1), reason="机构改革")
    changed("并入的机关")
    rename(audit=audit, organ=organ, name="云岭县水利局", from_on=date(YEAR, 12, 1), reason="机构改革")
    changed("机关改名")
    change_organ(audit=audit, organ=organ, competent=False)
    changed("不再是主管部门")
    change_organ(audit=audit, organ=organ, form="other")
    changed("机关类别")


def test_the_frozen_report_comes_again_with_its_words(audit, frozen):
    draft = Draft.objects.get(pk=frozen.draft_id)
    write(audit, frozen.organ, "1", "全年收到申请{新收申请件数}件。")
    bring(audit, frozen.organ, "水公开-2025-101 2025-06-01 2025-06-10 G2")
    made = assembled(frozen.organ, YEAR, draft.known_at)
    assert (made.packed.report, made.packed.seal, made.texts) == (bytes(draft.report), draft.seal, draft.texts)
    assert assembled(frozen.organ, YEAR).packed.report != bytes(draft.report)
