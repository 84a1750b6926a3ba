"""What people type where everybody reads it: whom the case names is written over, what was typed is sealed and kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongkai.onrequest.events import Event, Kind
from gongkai.onrequest.procedure import Act
from gongkai.web.audit.models import Entry
from gongkai.web.onrequest.covered import HIDDEN, cover_of
from gongkai.web.onrequest.models import CaseEvent, MailStep, NumberVoid, Typed
from gongkai.web.onrequest.services import consultations, links, mailroom, numbers, records
from gongkai.web.onrequest.services.acts import perform
from gongkai.web.onrequest.services.facts import happen
from gongkai.web.onrequest.services.intake import correct_applicant
from tests.web.onrequest.conftest import LI

TODAY = timezone.localdate()
AGENT = replace(LI, agent="辛弃疾")
SAID = "李清照来电，代理人辛弃疾称与利民公司有诉讼，住云岭县石桥镇漱玉巷7号，电话13800001234"
OPEN = f"申请人来电，代理人代理人称与第三方甲有诉讼，住{HIDDEN}，电话{HIDDEN}"


@pytest.fixture
def case(apply, audit):
    application = apply(who=AGENT).application
    consultations.open_consultation(
        audit=audit, application=application, kind="third_party", letter_kind="third_party_consult", party="利民公司"
    )
    return application


def test_a_reason_stands_covered_in_the_open_and_whole_where_it_is_sealed(case, audit, desk):
    row = perform(audit=audit, application=case, act=Act.ASK_COUNSEL, on=TODAY, matter="李清照一案", reason=SAID)
    assert (row.reason, row.matter) == (OPEN, "申请人一案")
    told = Entry.objects.filter(object_id=row.pk).latest("id")
    assert "李清照" not in bytes(told.payload).decode()
    assert [bytes(kept.words).find("李清照".encode()) for kept in Typed.objects.filter(about=row.pk)] == [-1, -1]
    page = desk.get(f"/cases/{case.pk}").content.decode()
    assert OPEN in page and SAID not in page
    seen = Entry.objects.filter(act="onrequest.see_personal").count()
    shown = desk.post(f"/cases/{case.pk}/applicant").content.decode()
    assert SAID in shown and "李清照一案" in shown
    assert Entry.objects.filter(act="onrequest.see_personal").count() == seen + 2


def test_words_that_name_nobody_are_kept_once(case, audit):
    row = perform(audit=audit, application=case, act=Act.ASK_COUNSEL, on=TODAY, matter="法律意见", reason="涉及面广")
    assert row.reason == "涉及面广"
    assert not Typed.objects.filter(about=row.pk).exists()


@pytest.mark.parametrize("where", ["assign", "link", "applicant", "void"])
def test_every_other_place_for_a_reason_covers_it_too(case, audit, apply, where):
    if where == "assign":
        row = records.assign(audit=audit, application=case, handler=audit.actor, reason=SAID)
    elif where == "link":
        other = apply(who=replace(LI, name="苏东坡"), content="另一件").application
        row = links.link(audit=audit, application=case, other=other, kind="related", reason=f"{SAID}，苏东坡也问过")
        assert "苏东坡" not in row.reason
    elif where == "applicant":
        # Who was named before is covered as well as who is named now.
        row = correct_applicant(
            audit=audit, application=case, who=replace(AGENT, name="李易安"), reason=f"{SAID}，即李易安"
        )
        assert "李易安" not in row.reason
    else:
        number = numbers.take(
            audit=audit, organ=case.organ, series="x", year=2026, text="云交公开〔2026〕{n}号", letter=None
        )
        consultation_letter = case.consultations.get().letter
        number.letter = consultation_letter
        row = numbers.void(audit=audit, number=number, reason=SAID)
        assert NumberVoid.objects.get(pk=row.pk).reason == OPEN
    assert row.reason.startswith(OPEN)
    assert Typed.objects.filter(about=row.pk, column="reason").count() == 1


def test_the_sender_of_a_letter_is_covered_and_seen_on_record(organ, audit, desk):
    item = mailroom.sign_for(
        audit=audit, organ=organ, place="guard_room", signed_on=TODAY, sender="陆游", mail_number=""
    )
    mailroom.not_an_application(audit=audit, item=item, reason="陆游的信访件，已转信访室")
    assert MailStep.objects.get().reason == "寄件人的信访件，已转信访室"
    assert "陆游" not in desk.get("/mail").content.decode()
    before = Entry.objects.filter(act="onrequest.see_personal").count()
    shown = desk.post(f"/mail/{item.pk}/typed").content.decode()
    assert "陆游的信访件，已转信访室" in shown
    assert Entry.objects.filter(act="onrequest.see_personal").count() == before + 1


def test_a_reason_that_grows_under_its_cover_still_fits_its_column(apply, audit):
    application = apply(who=replace(LI, name="王五")).application
    row = happen(audit=audit, application=application, event=Event(Kind.WITHDRAWN, TODAY), reason="王五" * 150)
    assert CaseEvent.objects.get(pk=row.pk).reason == "申请人" * 100


@given(
    st.dictionaries(
        st.sampled_from(["name", "agent", "address", "party"]), st.text("甲乙丙丁", min_size=2, max_size=4)
    ),
    st.text("甲乙丙丁，的", max_size=40),
)
def test_nobody_who_is_known_is_left_in_the_words(told, words):
    covered = cover_of(told)(words)
    for name in sorted(told.values(), key=len, reverse=True)[:1]:
        assert name not in covered
    assert covered.count("，") == words.count("，")


def test_a_name_of_one_sign_is_left_alone():
    assert cover_of({"name": "田", "agent": ""})("农田灌溉") == "农田灌溉"
