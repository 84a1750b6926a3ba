"""From draft to publication and out again: each step with its refusals beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from gongkai.proactive.procedure import Act
from gongkai.proactive.stages import Stage
from gongkai.proactive.validity import ChangeKind
from gongkai.web.audit.models import Entry
from gongkai.web.changes.selectors import generation, waiting
from gongkai.web.changes.services import done
from gongkai.web.facts import Refused
from gongkai.web.proactive.models import IndexNumber, ItemAct, Release, Standing, Version
from gongkai.web.proactive.selectors.facts import files_of, newest_version, was_checked
from gongkai.web.proactive.selectors.public import (
    counts,
    fresh_until,
    on_shelf,
    public,
    public_by_number,
    public_item,
    stamp,
    was_public,
)
from gongkai.web.proactive.selectors.validity import validity
from gongkai.web.proactive.services import drafting, numbers, relations, release, review
from gongkai.web.proactive.services.book import Book
from gongkai.web.proactive.services.checks import check_entry
from gongkai.web.proactive.services.drafting import NewFile, content_of
from gongkai.web.proactive.services.facts import Overtaken, hands_of, rebuild, renew, write_act
from gongkai.web.review.selectors import hints, newest_runs
from gongkai.web.review.services import check_file, check_text, decide_hint, set_plan
from tests.readers.precheck.files import photograph
from tests.web.clock import NINE
from tests.web.proactive.conftest import CODE, NOTICE


def state(item) -> str:
    return Standing.objects.get(item=item).state


def told(county, reader="测试") -> list[tuple[str, str]]:
    rows = waiting(county.pk, reader)
    if rows:
        done(county=county.pk, reader=reader, generation=rows[-1].generation)
    return [(row.kind, row.because) for row in rows]


def test_an_entry_goes_through_every_stage_and_becomes_public(county, entry, approve, clock, hands):
    item = approve(entry())
    assert state(item) == "approved"
    assert public_item(county.pk, item.pk) is None
    (row,) = release.release(audit=hands[0], item=item)
    found = public_item(county.pk, item.pk)
    assert found == row
    assert found.index_number == f"{CODE}/2026-00001"
    assert "改造管网" in found.version.text
    assert public_by_number(county.pk, found.index_number) == found
    assert list(on_shelf(county.pk, "column", "item.county.public_services")) == [found]
    assert list(on_shelf(county.pk, "theme", "06")) == [found]
    assert counts(county.pk, "item") == {"county.public_services": 1}
    assert told(county) == [("begin", "")]
    acts = Entry.objects.filter(act__startswith="proactive.").order_by("id").values_list("act", flat=True)
    assert list(acts)[-2:] == ["proactive.give_number", "proactive.released"]


def test_no_stage_is_another_s_who_had_a_hand_in_it(entry, hands):
    item = entry()
    review.submit(audit=hands[0], item=item)
    with pytest.raises(Refused, match="不同的人"):
        review.pass_stage(audit=hands[0], item=item)
    review.pass_stage(audit=hands[1], item=item)
    with pytest.raises(Refused, match="不同的人"):
        review.pass_stage(audit=hands[1], item=item)
    assert ItemAct.objects.filter(item=item, kind="passed").count() == 1


def test_nothing_unreviewed_is_released(county, entry, hands):
    item = entry()
    with pytest.raises(Refused, match="不能“发布”"):
        release.release(audit=hands[0], item=item)
    review.submit(audit=hands[0], item=item)
    review.pass_stage(audit=hands[1], item=item)
    with pytest.raises(Refused, match="不能“发布”"):
        release.release(audit=hands[0], item=item)
    assert not public(county.pk).exists()
    assert not IndexNumber.objects.exists()


def with_file(name: str) -> NewFile:
    return NewFile(name, "改造管网12公里".encode(), "text/plain")


def test_who_sends_an_entry_in_has_it_checked(entry, hands):
    item = entry(files=(with_file("附件.txt"),))
    assert not was_checked(newest_version(item))
    review.submit(audit=hands[0], item=item)
    version = newest_version(item)
    assert was_checked(version)
    assert [run.name for run in newest_runs(version.pk)] == ["正文.txt", "附件.txt"]
    review.recall(audit=hands[0], item=item)
    drafting.edit(audit=hands[0], item=item, content=content_of(version))
    assert not was_checked(newest_version(item)), "what was found in one version says nothing of the next"


def test_what_nobody_looked_through_passes_no_stage_and_is_not_released(county, entry, hands, clock, monkeypatch):
    item = entry(files=(with_file("附件.txt"), with_file("另一附件.txt")))
    with monkeypatch.context() as patched:  # as if the process had ended right after the act
        patched.setattr(review, "check_entry", lambda **_: [])
        review.submit(audit=hands[0], item=item)
    version = newest_version(item)
    first, _ = files_of(version)
    half = (
        lambda: check_text(audit=hands[0], subject=version.pk, name="正文", text=version.text),
        lambda: check_file(audit=hands[0], subject=version.pk, name=first.name, data=b"12", file=first.file_id),
    )
    for step in half:
        with pytest.raises(Refused, match="请先检查（本系统规则）"):
            review.pass_stage(audit=hands[1], item=item)
        step()
    with pytest.raises(Refused, match="请先检查"):
        review.pass_stage(audit=hands[1], item=item)
    for audit, stage in zip(hands[1:], ("secrecy", "first", "second", "final"), strict=False):
        with transaction.atomic():  # passed before there was this rule
            write_act(audit, item, Act.PASS, clock.on(minutes=1), stage=stage, hands=hands_of(audit))
            renew(item, clock.now)
    assert state(item) == "approved"
    with pytest.raises(Refused, match="请先检查（本系统规则）"):
        release.release(audit=hands[0], item=item)
    assert not public(county.pk).exists()
    assert len(check_entry(audit=hands[0], item=item)) == 3
    release.release(audit=hands[0], item=item)
    assert public(county.pk).count() == 1


IDENTITY = "11010519491231002X"


def picture(**other):
    return NewFile(
        **(
            {
                "name": "图.jpg",
                "data": photograph(gps=False),
                "media_type": "image/jpeg",
                "role": "picture",
                "alt": "管网图",
            }
            | other
        )
    )


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ({"files": (picture(),)}, set()),
        ({"files": (picture(data=photograph()),)}, {"location"}),
        ({"files": (picture(data=photograph(), role="attachment", alt=""),)}, {"location"}),
        ({"files": (picture(alt=f"赵某某的身份证{IDENTITY}"),)}, {"identity"}),
        ({"files": (picture(name=f"{IDENTITY}.jpg"),)}, {"identity"}),
        ({"title": f"关于{IDENTITY}的公示"}, {"identity"}),
        ({"metadata": NOTICE.metadata | {"summary": f"赵某某，{IDENTITY}"}}, {"identity"}),
        ({"metadata": NOTICE.metadata | {"keywords": f"供水、{IDENTITY}"}}, {"identity"}),
        ({"metadata": NOTICE.metadata | {"duty_unit": f"赵某某{IDENTITY}"}}, set()),  # what nobody outside is told
    ],
)
def test_everything_that_goes_out_is_looked_through(entry, hands, organ, told, kinds):
    item = entry(**told)
    review.submit(audit=hands[0], item=item)
    found = hints(newest_version(item).pk)
    assert {hint.data["kind"] for hint in found if hint.open} == kinds
    book = Book()
    drafted = book.draft(hands[0], organ, replace(NOTICE, **told), NINE, "one")
    book.submit(hands[0], drafted, NINE)
    book.check({drafted.pk: hands[0]})
    assert book.held[drafted.pk].open_hints == len([hint for hint in found if hint.open])
    assert book.held[drafted.pk].checked
    if kinds:
        with pytest.raises(Refused, match="处提示没有人作出判断"):
            review.pass_stage(audit=hands[1], item=item)
    else:
        review.pass_stage(audit=hands[1], item=item)
        assert state(item) == "first_review"


def test_hints_hold_a_version_up_until_somebody_decided(entry, hands):
    item = entry(body="<p>联系人赵某某，身份证号11010519491231002X。</p>")
    review.submit(audit=hands[0], item=item)
    subject = newest_version(item).pk
    assert hints(subject)
    with pytest.raises(Refused, match="处提示没有人作出判断"):
        review.pass_stage(audit=hands[1], item=item)
    for hint in hints(subject):
        decide_hint(audit=hands[1], subject=subject, sha256=hint.sha256, fingerprint=hint.fingerprint, verdict="keep")
    review.pass_stage(audit=hands[1], item=item)
    assert state(item) == "first_review"


def test_a_text_under_review_cannot_be_changed_and_a_changed_one_is_reviewed_anew(entry, approve, hands):
    item = approve(entry())
    content = content_of(newest_version(item))
    with pytest.raises(Refused, match="不能“起草、修改”"):
        drafting.edit(audit=hands[0], item=item, content=content)
    review.send_back(audit=hands[3], item=item, reason="数字与台账不一致")
    drafting.edit(audit=hands[0], item=item, content=replace(content, body="<p>改造管网13公里。</p>"))
    review.submit(audit=hands[0], item=item)
    assert state(item) == "secrecy_review"
    with pytest.raises(Refused):
        release.release(audit=hands[0], item=item)


def test_without_a_mode_or_a_reason_it_comes_back_by_itself(entry, hands):
    item = entry(mode="")
    (row,) = review.submit(audit=hands[0], item=item)
    assert row.lacking
    assert "没有确定公开属性" in row.reason
    assert state(item) == "returned"
    withheld = entry(mode="not_disclosed", ground="process_information")
    (row,) = review.submit(audit=hands[0], item=withheld)
    assert "没有写明理由" in row.reason
    assert state(withheld) == "returned"


def test_what_is_lacking_is_said_before_review(entry, hands):
    item = entry(metadata={"theme": "06/水利"})
    with pytest.raises(Refused, match="没有填写“发布机构”"):
        review.submit(audit=hands[0], item=item)
    with pytest.raises(Refused, match="写明原因"):
        review.submit(audit=hands[0], item=entry(), urgent=True)


def test_withdrawn_it_is_gone_at_once_and_its_trace_stays(county, published, clock, hands):
    item = published()
    told(county)
    with pytest.raises(Refused, match="写明原因"):
        release.withdraw(audit=hands[0], item=item, reason=" ")
    before, at = stamp(county.pk), clock.now
    clock.on(minutes=5)
    release.withdraw(audit=hands[0], item=item, reason="附件含有个人信息")
    assert not public(county.pk).exists()
    assert not public(county.pk, at).exists()
    assert not on_shelf(county.pk, "kind", "general").exists()
    assert [row.item_id for row in was_public(county.pk, at)] == [item.pk]
    assert stamp(county.pk) != before
    assert told(county) == [("end", "withdrawn")]
    assert Release.objects.get(item=item).because == "withdrawn"


def test_a_scheduled_release_begins_by_itself_though_no_job_runs(county, entry, approve, clock, hands):
    item = approve(entry())
    with pytest.raises(Refused, match="早于现在"):
        release.release(audit=hands[0], item=item, from_at=clock.now - timedelta(minutes=1))
    begins = clock.now + timedelta(hours=5)
    release.release(audit=hands[0], item=item, from_at=begins)
    assert told(county) == [("schedule", "")]
    before = stamp(county.pk)
    assert fresh_until(county.pk) == begins
    clock.now = begins - timedelta(microseconds=1)
    assert not public(county.pk).exists()
    assert stamp(county.pk) == before
    clock.now = begins
    assert public(county.pk).get().item_id == item.pk
    assert stamp(county.pk) != before
    assert told(county) == []
    release.note_what_time_did(audit=hands[0])
    assert told(county) == [("begin", "")]
    assert state(item) == "published"
    assert release.note_what_time_did(audit=hands[0]) == []


def test_a_period_ends_by_itself_though_the_job_is_late(county, published, clock, hands):
    item = published(kind="notice", public_until=date(2026, 3, 8))
    told(county)
    clock.now = NINE + timedelta(days=6, hours=14, minutes=59)
    assert public(county.pk).exists()
    before = stamp(county.pk)
    clock.on(minutes=1)
    assert not public(county.pk).exists()
    assert stamp(county.pk) != before
    clock.on(hours=9)
    release.note_what_time_did(audit=hands[0])
    assert told(county) == [("end", "expired")]
    assert state(item) == "expired"
    assert ItemAct.objects.filter(item=item, kind="expired").count() == 1


def test_a_notice_without_its_last_day_is_not_released(entry, approve, hands):
    item = entry(kind="notice")
    with pytest.raises(Refused, match="公示截止日"):
        review.submit(audit=hands[0], item=item)


def test_a_correction_takes_the_place_of_what_is_public_only_when_released(county, published, approve, clock, hands):
    item = published()
    told(county)
    number = public_item(county.pk, item.pk).index_number
    drafting.correct(audit=hands[0], item=item, reason="里程写错了")
    content = replace(content_of(newest_version(item)), body="<p>改造管网15公里。</p>")
    drafting.edit(audit=hands[0], item=item, content=content)
    assert "12公里" in public_item(county.pk, item.pk).version.text
    approve(item)
    assert "12公里" in public_item(county.pk, item.pk).version.text
    clock.on(minutes=1)
    release.release(audit=hands[0], item=item)
    found = public_item(county.pk, item.pk)
    assert "15公里" in found.version.text
    assert (found.edition, found.index_number) == (2, number)
    assert public(county.pk).count() == 1
    assert told(county) == [("end", "superseded"), ("begin", "")]
    assert Version.objects.filter(item=item, text__contains="12公里").exists()


def test_a_scheduled_correction_leaves_no_gap_and_no_overlap(county, published, approve, clock, hands):
    item = published()
    drafting.correct(audit=hands[0], item=item, reason="补充一段")
    approve(item)
    begins = clock.now + timedelta(hours=3)
    release.release(audit=hands[0], item=item, from_at=begins)
    for moment, edition in ((begins - timedelta(microseconds=1), 1), (begins, 2)):
        assert [row.edition for row in public(county.pk, moment)] == [edition]


def test_a_policy_and_its_interpretation_go_together(county, entry, approve, clock, hands):
    more = {"document_number": "云水发〔2026〕3号"}
    policy = entry(kind="policy", title="农村供水补助办法", metadata={**_meta(), **more})
    with pytest.raises(Refused, match="还没有解读稿"):
        review.submit(audit=hands[0], item=policy)
    reading = entry(kind="interpretation", title="《农村供水补助办法》解读")
    with pytest.raises(Refused, match="政策解读"):
        relations.link(audit=hands[0], item=policy, other=reading, kind="interprets")
    relations.link(audit=hands[0], item=reading, other=policy, kind="interprets")
    assert len(review.submit(audit=hands[0], item=policy)) == 2
    approve.stages(policy)
    with pytest.raises(Refused, match="同步发布"):
        release.release(audit=hands[0], item=policy)
    approve.stages(reading)
    clock.on(minutes=1)
    assert len(release.release(audit=hands[0], item=reading)) == 2
    assert {row.item_id for row in public(county.pk)} == {policy.pk, reading.pk}


def _meta() -> dict[str, object]:
    from tests.web.proactive.conftest import NOTICE

    return dict(NOTICE.metadata)


def test_what_other_organs_were_asked_holds_publication_up(county, entry, approve, hands):
    item = entry()
    matter = relations.open_matter(audit=hands[0], item=item, kind="consult", organ="云岭县财政局", words="请确认数字")
    approve(item)
    with pytest.raises(Refused, match="第十一条第一款"):
        release.release(audit=hands[0], item=item)
    with pytest.raises(Refused, match="写明不同意"):
        relations.settle_matter(audit=hands[0], matter=matter, outcome="objected")
    relations.settle_matter(audit=hands[0], matter=matter, outcome="objected", words="数字不一致")
    with pytest.raises(Refused, match="没有结果"):
        release.release(audit=hands[0], item=item)
    relations.settle_matter(audit=hands[0], matter=matter, outcome="agreed")
    with pytest.raises(Refused, match="已经有结果"):
        relations.settle_matter(audit=hands[0], matter=matter, outcome="agreed")
    release.release(audit=hands[0], item=item)
    assert public(county.pk).count() == 1


def test_what_is_withheld_is_kept_and_looked_at_again(county, entry, approve, clock, hands):
    item = approve(entry(mode="not_disclosed", ground="internal_affairs", mode_reason="属于内部工作流程"))
    with pytest.raises(Refused, match="不能发布"):
        release.release(audit=hands[0], item=item)
    release.keep(audit=hands[3], item=item)
    assert Standing.objects.get(item=item).evaluate_on == date(2027, 3, 2)
    clock.now = NINE + timedelta(days=400)
    release.reevaluate(audit=hands[3], item=item, outcome="still", words="流程没有变化")
    assert Standing.objects.get(item=item).evaluate_on == date(2028, 4, 6)
    assert not public(county.pk).exists()
    assert not IndexNumber.objects.exists()


def test_without_a_code_there_is_no_number_and_a_brought_one_is_kept(county, organ, entry, approve, clock, hands):
    from gongkai.web.proactive import rulekeys
    from gongkai.web.rules.services import set_value

    item = approve(entry())
    set_value(audit=hands[0], key=rulekeys.INDEX_CODE, value="", valid_from=date(2026, 1, 1), organ=organ.pk)
    with pytest.raises(Refused, match="前段码"):
        release.release(audit=hands[0], item=item)
    set_value(audit=hands[0], key=rulekeys.INDEX_CODE, value=CODE, valid_from=date(2026, 1, 2), organ=organ.pk)
    with pytest.raises(Refused, match="不像索引号"):
        numbers.bring(audit=hands[0], item=item, text="公开第3号")
    with transaction.atomic():
        numbers.bring(audit=hands[0], item=item, text=f"{CODE}/202601-00001")
    release.release(audit=hands[0], item=item)
    assert public(county.pk).get().index_number == f"{CODE}/202601-00001"
    other = approve(entry(title="另一条"))
    release.release(audit=hands[0], item=other)
    assert public_item(county.pk, other.pk).index_number == f"{CODE}/2026-00002"
    with transaction.atomic(), pytest.raises(Refused, match="不能改变"):
        numbers.bring(audit=hands[0], item=other, text=f"{CODE}/2026-00009")


def test_of_two_people_one_is_told(entry, hands):
    item = entry()
    seen = Standing.objects.get(item=item).revision
    drafting.edit(audit=hands[0], item=item, content=content_of(newest_version(item)), seen=seen)
    with pytest.raises(Overtaken, match="刚刚有人"):
        drafting.edit(audit=hands[5], item=item, content=content_of(newest_version(item)), seen=seen)


def test_the_county_s_stages_are_the_organ_s(entry, organ, hands):
    plan = (Stage.SECRECY, Stage.FIRST, Stage.FINAL)
    with pytest.raises(Refused, match="保密审查"):
        set_plan(audit=hands[0], stages=plan[1:], valid_from=date(2026, 1, 1))
    set_plan(audit=hands[0], stages=plan, valid_from=date(2026, 1, 1), organ=organ.pk, kind="general")
    item = entry()
    review.submit(audit=hands[0], item=item)
    for audit in hands[1:4]:
        review.pass_stage(audit=audit, item=item)
    assert state(item) == "approved"


def test_a_law_s_day_and_the_organ_s_own_stand_side_by_side(entry, organ, hands):
    from gongkai.web.proactive import rulekeys
    from gongkai.web.rules.services import set_value

    value = {"amount": 5, "unit": "workday"}
    set_value(audit=hands[0], key=rulekeys.OWN_LIMIT, value=value, valid_from=date(2026, 1, 1), organ=organ.pk)
    standing = Standing.objects.get(item=entry())
    assert standing.due_on == date(2026, 3, 25)
    assert standing.own_due_on == date(2026, 3, 4)


def test_the_life_of_a_document_is_told_outside(county, published, hands):
    item = published()
    told(county)
    found = public_item(county.pk, item.pk)
    assert validity(found.version, date(2026, 3, 2)).zh == "有效"
    relations.change_validity(
        audit=hands[0], item=item, kind=ChangeKind.REPEALED, on=date(2026, 5, 1), basis="云水发〔2026〕9号"
    )
    assert validity(found.version, date(2026, 5, 1)).zh == "废止"
    assert validity(found.version, date(2026, 4, 30)).zh == "有效"
    assert told(county) == [("begin", "validity")]
    with pytest.raises(Refused, match="写明依据"):
        relations.change_validity(audit=hands[0], item=item, kind=ChangeKind.LAPSED, on=date(2026, 5, 1), basis="")
    noted = relations.change_validity(
        audit=hands[0],
        item=item,
        kind=ChangeKind.LAPSED,
        on=date(2026, 5, 1),
        basis="云水发〔2026〕5号，赵某13800005678告知",
    )
    assert "云水发〔2026〕5号" in noted.basis, "anyone may read it"
    assert "13800005678" not in noted.basis


def test_the_caches_are_made_anew_from_the_facts(county, published, approve, clock, hands):
    item = published()
    drafting.correct(audit=hands[0], item=item, reason="补充")
    approve(item)
    release.release(audit=hands[0], item=item, from_at=clock.now + timedelta(hours=2))
    before = list(Release.objects.order_by("edition").values())
    numbered = generation(county.pk)
    rebuild(item)
    assert list(Release.objects.order_by("edition").values()) == before
    assert generation(county.pk) == numbered
    assert on_shelf(county.pk, "kind", "general").count() == 1
