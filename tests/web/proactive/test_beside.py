"""What stands beside an entry at the desk: deputies, paper, the life of a document, clarifications, looking again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.people.models import Person, SmallOrgan
from gongkai.web.people.services import add_person, appoint
from gongkai.web.proactive.models import Clarification, ItemAct, Link, Matter, ReEvaluation, ValidityChange
from gongkai.web.proactive.selectors.entries import story
from gongkai.web.proactive.selectors.facts import newest_version, progress
from gongkai.web.proactive.services import drafting, relations, release, review
from gongkai.web.proactive.services.batches import pass_many
from tests.web.clock import NINE


def deputy_of(audit, organ, principal, role):
    stand_in = add_person(audit=audit, name="代某")
    appoint(
        audit=audit,
        person=stand_in,
        role=role,
        organ=organ,
        from_on=NINE.date(),
        until_on=NINE.date() + timedelta(days=5),
        deputy_of=principal,
    )
    return Audit(actor=stand_in.pk, county=stand_in.county)


def test_a_deputy_reviews_in_somebody_s_stead_and_both_count_as_hands(clock, county, audit, organ, entry):
    head = add_person(audit=audit, name="陈某")
    appoint(audit=audit, person=head, role="head", organ=organ, from_on=NINE.date())
    stand_in = deputy_of(audit, organ, head, "head")
    item = entry()
    review.submit(audit=Audit(actor=item.by, county=county.pk), item=item)
    review.pass_stage(audit=stand_in, item=item)
    act = ItemAct.objects.get(item=item, kind="passed")
    assert act.in_stead_of == head.pk
    assert set(act.hands) == {str(stand_in.actor), str(head.pk)}
    assert story(item)[0].who == "代某（代陈某）"
    for who in (stand_in, Audit(actor=head.pk, county=county.pk)):
        with pytest.raises(Refused, match="不同的人|视为被代理人"):
            review.pass_stage(audit=who, item=item)


def test_nobody_reviews_their_own_draft_through_a_deputy(clock, county, audit, organ, hands):
    from tests.web.proactive.conftest import NOTICE

    head = add_person(audit=audit, name="陈某")
    appoint(audit=audit, person=head, role="head", organ=organ, from_on=NINE.date())
    stand_in = deputy_of(audit, organ, head, "head")
    mine = Audit(actor=head.pk, county=county.pk)
    item = drafting.draft(audit=mine, organ=organ, content=NOTICE)
    review.submit(audit=mine, item=item)
    with pytest.raises(Refused, match="代陈某办理，而陈某已经办过"):
        review.pass_stage(audit=stand_in, item=item)
    assert not progress(item).passed


def test_who_holds_the_stage_in_their_own_right_stands_in_for_nobody(clock, county, audit, organ, entry):
    head = add_person(audit=audit, name="陈某")
    appoint(audit=audit, person=head, role="head", organ=organ, from_on=NINE.date())
    both = deputy_of(audit, organ, head, "head")
    appoint(audit=audit, person=Person.objects.get(pk=both.actor), role="secrecy", organ=organ, from_on=NINE.date())
    item = entry()
    review.submit(audit=Audit(actor=item.by, county=county.pk), item=item)
    review.pass_stage(audit=both, item=item)
    assert ItemAct.objects.get(item=item, kind="passed").in_stead_of is None


def test_what_may_be_disclosed_after_all_goes_back_to_drafting(clock, entry, approve, hands):
    item = approve(entry(mode="not_disclosed", ground="internal_affairs", mode_reason="属于内部工作流程"))
    release.keep(audit=hands[3], item=item)
    with pytest.raises(Refused, match="请选择评估"):
        release.reevaluate(audit=hands[3], item=item, outcome="", words="x")
    release.reevaluate(audit=hands[3], item=item, outcome="disclose", words="事项已经办结")
    version = newest_version(item)
    assert (version.number, version.mode, version.ground) == (2, "proactive", "")
    assert progress(item).state == "draft"
    assert ReEvaluation.objects.get().outcome == "disclose"
    review.submit(audit=hands[0], item=item)
    assert progress(item).state == "secrecy_review"


def test_a_decision_to_return_may_stand_on_paper_and_its_scan_is_shown(clock, entry, hands):
    item = entry()
    review.submit(audit=hands[0], item=item)
    scan = drafting.NewFile("审查表.pdf", b"%PDF-1.4", "application/pdf", "original")
    with pytest.raises(Refused, match="还没有到"):
        review.send_back(
            audit=hands[1], item=item, reason="须补充", paper=review.OnPaper("钱某", date(2026, 4, 1), scan)
        )
    review.send_back(audit=hands[1], item=item, reason="须补充", paper=review.OnPaper("钱某", date(2026, 3, 1), scan))
    act = ItemAct.objects.get(item=item, kind="returned")
    assert (act.signer, act.on) == ("钱某", date(2026, 3, 1))


def test_the_sheet_is_a_pdf_that_names_every_stage(clock, entry, hands, organ, desk_of):
    item = entry()
    review.submit(audit=hands[0], item=item)
    client = desk_of("clerk")
    answer = client.get(f"/entries/{item.pk}/sheet/pdf")
    assert answer.content.startswith(b"%PDF-")
    word = client.get(f"/entries/{item.pk}/sheet/docx").content
    from io import BytesIO

    import docx

    words = "\n".join(cell.text for t in docx.Document(BytesIO(word)).tables for r in t.rows for cell in r.cells)
    assert all(f"{stage}意见" in words for stage in ("保密审查", "初审", "复审", "终审"))
    assert client.get(f"/entries/{item.pk}/sheet/exe").status_code == 404


def test_the_life_of_a_document_is_noted_and_a_mistake_is_taken_back(published, desk_of, hands):
    item = published(
        kind="normative",
        metadata={
            "theme": "06/水利",
            "issuing_organ": "云岭县水务局",
            "document_number": "云水〔2026〕1号",
            "written_on": "2026-02-26",
            "effective_on": "2026-03-01",
            "expires_on": "long",
            "no_interpretation": "内容简明",
            "items": ["normative_documents"],
            "columns": ["item.normative_documents"],
        },
    )
    desk, url = desk_of("clerk"), f"/entries/{item.pk}/validity"
    for said, why in (
        ({"kind": "", "on": "2026-03-02", "basis": "x"}, "请选择修改"),
        ({"kind": "repealed", "on": "", "basis": "x"}, "请填写生效日期"),
        ({"kind": "repealed", "on": "2026-03-02", "basis": ""}, "请写明依据"),
        ({"kind": "extended", "on": "2026-03-02", "basis": "x", "until": "2026-03-01"}, "新的截止日"),
        ({"kind": "repealed", "on": "2026-03-02", "basis": "x", "by_item": "没有的号"}, "没有找到这一条目"),
    ):
        answer = desk.post(url, said)
        assert answer.status_code == 409
        assert why in answer.content.decode()
    assert desk.post(url, {"kind": "repealed", "on": "2026-03-02", "basis": "云水〔2026〕9号"}).status_code == 302
    page = desk.get(f"/entries/{item.pk}").content.decode()
    assert '<p class="due">废止</p>' in page
    row = ValidityChange.objects.get()
    assert desk.post(url, {"void": str(row.pk)}).status_code == 302
    assert '<p class="due">有效</p>' in desk.get(f"/entries/{item.pk}").content.decode()
    assert desk.post(url, {"void": str(row.pk)}).status_code == 409
    assert ValidityChange.objects.count() == 2
    assert desk_of("reviewer").post(url, {"kind": "repealed", "on": "2026-03-02", "basis": "x"}).status_code == 403


def test_what_was_met_stays_open_until_what_sets_it_right_is_public(entry, published, desk_of, county):
    desk = desk_of("clerk")
    said = {"met_on": "2026-03-01", "where": "某论坛", "words": "传言供水中断"}
    for change, why in (
        ({"where": ""}, "在哪里发现"),
        ({"met_on": "2026-03-09"}, "还没有到"),
        ({"met_on": "x"}, "不是有效的日期"),
        ({"other": "没有的号"}, "没有找到这一条目"),
    ):
        answer = desk.post("/entries/clarifications", said | change)
        assert answer.status_code == 409
        assert why in answer.content.decode()
    assert desk.post("/entries/clarifications", said).status_code == 302
    first = Clarification.objects.get()
    assert "还没有澄清" in desk.get("/entries/clarifications").content.decode()
    draft = entry(title="供水正常")
    follow = f"/entries/clarifications/{first.pk}"
    assert desk.post(follow, {"other": f"/entries/{draft.pk}"}).status_code == 302
    page = desk.get("/entries/clarifications").content.decode()
    assert "供水正常" in page
    assert "还没有公开" in page
    assert desk.post(follow, {"other": f"/entries/{draft.pk}"}).status_code == 409
    item = published(title="关于供水情况的澄清")
    last = Clarification.objects.get(follows=first)
    assert desk.post(f"/entries/clarifications/{last.pk}", {"other": str(item.pk)}).status_code == 302
    page = desk.get("/entries/clarifications").content.decode()
    assert "还没有" not in page.split("<tbody>")[1]


def test_links_end_and_an_answer_comes_with_its_scan(entry, desk_of, hands):
    item, other = entry(), entry(title="另一条")
    relations.link(audit=hands[0], item=item, other=other, kind="same")
    desk = desk_of("clerk")
    row = Link.objects.get()
    assert "解除与“另一条”的关联" in desk.get(f"/entries/{item.pk}").content.decode()
    assert desk.post(f"/entries/{item.pk}/links", {"end": str(row.pk)}).status_code == 302
    assert desk.post(f"/entries/{item.pk}/links", {"end": str(row.pk)}).status_code == 409
    url = f"/entries/{item.pk}/matters"
    assert desk.post(url, {"kind": "consult", "organ": "县财政局", "on": "2026-03-01"}).status_code == 302
    asked = Matter.objects.get()
    scan = SimpleUploadedFile("复函.txt", "同意公开".encode())
    said = {"matter": str(asked.pk), "outcome": "agreed", "on": "2026-03-02", "scan": scan}
    assert desk.post(url, said).status_code == 302
    answer = Matter.objects.get(opens=asked)
    assert (asked.on, answer.on) == (date(2026, 3, 1), date(2026, 3, 2))
    kept = desk.get(f"/entries/{item.pk}/papers/{answer.paper_id}")
    assert kept.content.decode() == "同意公开"
    assert "sandbox" in kept["Content-Security-Policy"]
    assert desk.get(f"/entries/{other.pk}/papers/{answer.paper_id}").status_code == 404


SCAN = drafting.NewFile("审查表.pdf", b"%PDF-1.4", "application/pdf", "original")


def on_paper(signer):
    return review.OnPaper(signer, NINE.date(), SCAN)


@pytest.mark.parametrize("signer", ["赵某", " 赵 某 "])
def test_who_drafted_at_the_desk_does_not_sign_on_paper(clock, entry, hands, signer):
    item = entry()
    review.submit(audit=hands[0], item=item)
    with pytest.raises(Refused, match="不同的人"):
        review.pass_stage(audit=hands[1], item=item, paper=on_paper(signer))
    review.pass_stage(audit=hands[1], item=item, paper=on_paper("陈某"))
    assert set(ItemAct.objects.get(item=item, kind="passed").hands) == {"name:陈某"}


@pytest.mark.parametrize("many", [False, True])
def test_who_signed_on_paper_does_not_pass_the_next_stage_at_the_desk(clock, entry, hands, many):
    item = entry()
    review.submit(audit=hands[0], item=item)
    review.pass_stage(audit=hands[2], item=item, paper=on_paper("钱某"))
    if many:
        [outcome] = pass_many(audit=hands[1], items=[item])
        assert "不同的人" in outcome.refusal
        [outcome] = pass_many(audit=hands[2], items=[item])
        assert not outcome.refusal, "who only brought the paper in had no hand in it"
    else:
        with pytest.raises(Refused, match="不同的人"):
            review.pass_stage(audit=hands[1], item=item)
        review.pass_stage(audit=hands[2], item=item)


def test_an_exception_that_is_recorded_holds_for_paper_too(clock, entry, hands, organ, county):
    SmallOrgan.objects.create(county=county.pk, organ=organ, from_on=NINE.date(), reason="编制三人", by=hands[0].actor)
    item = entry()
    review.submit(audit=hands[0], item=item)
    review.pass_stage(audit=hands[1], item=item, paper=on_paper("赵某"))
    assert ItemAct.objects.get(item=item, kind="passed").exception
