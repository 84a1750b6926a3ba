"""What is erased besides letters, opinions and applications: complaints, requests to correct a record, the hotline's
ledger, letters of the mail room and disputes without an application."""

from __future__ import annotations

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

import gongkai
from gongkai.web import personal
from gongkai.web.erasure import policies
from gongkai.web.erasure.models import KINDS, ErasedRow
from gongkai.web.erasure.places import ELSEWHERE, PLACES
from gongkai.web.erasure.selectors import due, later
from gongkai.web.erasure.services import erase, set_years
from gongkai.web.facts import Refused
from gongkai.web.files.models import StoredFile
from gongkai.web.interaction.models import HotlinePreview, HotlineRow
from gongkai.web.interaction.selectors.hotline import proposed, tallied
from gongkai.web.interaction.services import hotline
from gongkai.web.onrequest.models import ComplaintStep, DisputeStep, RecordCorrectionStep
from gongkai.web.onrequest.selectors.mailroom import see_reason
from gongkai.web.onrequest.services import complaints, corrections, disputes, mailroom
from gongkai.web.onrequest.services.intake import register
from gongkai.web.organs.models import Organ
from gongkai.web.organs.tree import change_organ
from gongkai.web.people.models import Person
from tests.web.marked.office import Marks, incoming_of

BEGAN, ENDED, DAY = date(2023, 3, 1), date(2023, 4, 3), date(2026, 4, 3)
NAME = "苏东坡"


@pytest.fixture
def organ(county):
    return Organ.objects.create(county=county.pk, name="云岭县公安局", form="department", word="云公")


@pytest.fixture
def office(county, audit):
    found = Organ.objects.create(county=county.pk, name="云岭县人民政府办公室", form="department", word="云政办")
    change_organ(audit=audit, organ=found, word="云政办", competent=True)
    return found


@pytest.fixture
def kept_three_years(audit):
    set_years(audit=audit, kept={kind: "3" for kind, _ in KINDS}, on=date(2023, 1, 1))


def complaint(audit, organ, *, ended: bool = True):
    made = complaints.register(
        audit=audit, organ=organ, about="other", words=f"{NAME}反映没有公开。", received_on=BEGAN, complainant=NAME
    )
    for step in ("rectified", "answered")[: 2 if ended else 1]:
        complaints.take_step(audit=audit, complaint=made, step=step, on=ENDED, words=f"已告知{NAME}。")
    return made


def correction(audit, organ):
    made = corrections.register(
        audit=audit, organ=organ, requester=NAME, words="更正本人的出生日期。", received_on=BEGAN
    )
    for step in ("verified", "corrected"):
        corrections.take_step(audit=audit, correction=made, step=step, on=ENDED, words=f"已告知{NAME}。")
    return made


def ledger(audit):
    """Two lines of the hotline in one file, brought in as a page does it."""
    lines = (
        hotline.Line("第2行", "Z1", BEGAN, "户籍", "云岭县公安局", "新生儿怎样办理户口登记", None, "satisfied"),
        hotline.Line("第3行", "Z2", BEGAN, "户籍", "", "新生儿怎样办理户口登记手续", ENDED, ""),
    )
    seen = hotline.Seen({}, (), lines, (), "0" * 64)
    file = hotline.keep_for_later(audit=audit, seen=seen)
    return hotline.bring(audit=audit, seen=hotline.kept(file), file=file), file


def test_a_complaint_and_a_request_are_emptied_and_stay_in_their_registers(desk, audit, organ, kept_three_years):
    made, asked = complaint(audit, organ), correction(audit, organ)
    still = complaint(audit, organ, ended=False)
    assert {each.about for each in due(audit.county, None, DAY)} == {made.pk, asked.pk}
    assert due(audit.county, None, DAY - timedelta(days=1)) == []
    for kind, row in (("complaint", made), ("correction", asked)):
        erase(audit=audit, kind=kind, about=row.pk, checked=True, today=DAY)
        page = desk.get(f"/{kind}s/{row.pk}").content.decode()
        assert "按保存年限删除" in page and row.number in page and NAME not in page
        with pytest.raises(Refused, match="已经删除"):
            erase(audit=audit, kind=kind, about=row.pk, checked=True, today=DAY)
    made.refresh_from_db()
    asked.refresh_from_db()
    rows = [*ComplaintStep.objects.filter(complaint=made), *RecordCorrectionStep.objects.filter(correction=asked)]
    assert len(rows) == 4
    assert not any(bytes(row.words) for row in (made, asked, *rows))
    assert not bytes(made.complainant) + bytes(asked.requester)
    assert personal.reveal(still, "complainant") == NAME
    with pytest.raises(Refused, match="还没有办结"):
        erase(audit=audit, kind="complaint", about=still.pk, checked=True, today=DAY)


def test_an_organ_cannot_take_out_a_complaint_about_itself(county, audit, organ, office, kept_three_years):
    complaint(audit, organ)
    [found] = due(county.pk, None, DAY)
    accused = Person.objects.create(county=county.pk, name="甲", role="head", organ=organ)
    keeper = Person.objects.create(county=county.pk, name="乙", role="competent", organ=office)
    assert (policies.can_erase(accused, found.organ), policies.can_erase(keeper, found.organ)) == (False, True)
    assert due(county.pk, (organ.pk,), DAY) == []
    assert due(county.pk, (office.pk,), DAY) == [found]


def test_a_file_of_the_hotline_is_emptied_as_a_whole_and_its_figures_stay(
    county, audit, organ, office, kept_three_years
):
    made, _ = ledger(audit)
    [found] = due(county.pk, None, DAY)
    assert (found.kind, found.organ, found.due_on) == ("hotline", office.pk, DAY)
    assert found.number == "2023年3月1日至2023年3月1日受理的2件"
    assert len(proposed(county.pk, audit=audit)) == 1
    before = tallied(county.pk, "category", BEGAN, ENDED)
    erase(audit=audit, kind="hotline", about=made.pk, checked=True, today=DAY)
    assert not any(bytes(row.words) + bytes(row.likeness) for row in HotlineRow.objects.all())
    assert tallied(county.pk, "category", BEGAN, ENDED) == before
    assert proposed(county.pk, audit=audit) == []
    row = HotlineRow.objects.first()
    with pytest.raises(DatabaseError, match="只可追加"), transaction.atomic(), connection.cursor() as cursor:
        key = row.pk.hex if connection.vendor == "sqlite" else str(row.pk)
        cursor.execute("UPDATE interaction_hotline_row SET category = '' WHERE id = %s", [key])
    assert ErasedRow.objects.filter(of_table="interaction_hotline_row").count() == 2


def test_without_a_competent_department_no_file_of_the_hotline_is_due(county, audit, organ, kept_three_years):
    ledger(audit)
    assert due(county.pk, None, DAY) == []


def test_what_was_kept_of_a_ledger_until_it_was_taken_in_is_gone_afterwards(audit, organ):
    _, file = ledger(audit)
    assert StoredFile.objects.get(pk=file).gone_on is not None
    with pytest.raises(Refused, match="已经导入"):
        hotline.kept(file)


def test_what_nobody_brings_in_is_wiped_when_no_page_can_bring_it_in_any_more(audit, organ):
    lines = (hotline.Line("第2行", "Z1", BEGAN, "户籍", "", f"{NAME}问户口登记", None, ""),)
    file = hotline.keep_for_later(audit=audit, seen=hotline.Seen({}, (), lines, (), "0" * 64))
    _, taken = ledger(audit)
    at = HotlinePreview.objects.get(file=file).recorded_at
    for hours, gone in ((11, 0), (13, 1), (14, 0)):
        assert hotline.forget_previews(audit=audit, now=at + timedelta(hours=hours)) == gone
    row = StoredFile.objects.get(pk=file)
    assert (row.plain_name, row.sha256, row.gone_on is None) == ("", "", False)
    with pytest.raises(Refused, match="放得太久已经清除"):
        hotline.kept(file)
    assert HotlinePreview.objects.filter(file=taken).exists() and HotlineRow.objects.count() == 2


# ── letters and disputes without an application ──────────────────────────────────────────────────────────────────────


def mail(audit, organ, number):
    return mailroom.sign_for(
        audit=audit, organ=organ, place="mail_room", signed_on=BEGAN, mail_number=number, sender=NAME
    )


def test_a_letter_that_is_no_application_loses_its_sender_its_number_and_the_words_about_it(
    audit, organ, kept_three_years
):
    waits, item, became = (mail(audit, organ, f"EMS{n}") for n in range(3))
    step = mailroom.not_an_application(audit=audit, item=item, reason=f"{NAME}的信访件，已转信访室")
    application = register(audit=audit, incoming=incoming_of(organ, Marks("测"))).application
    mailroom.registered(audit=audit, item=became, application=application)
    day = later(step.on, 3)
    [found] = due(audit.county, None, day)
    assert (found.kind, found.about, found.organ) == ("mail", item.pk, organ.pk)
    assert (found.number, found.due_on) == ("2023年3月1日收发室收到的信件", day)
    assert due(audit.county, (), day) == [] == due(audit.county, None, day - timedelta(days=1))
    assert see_reason(audit, item).startswith(NAME)
    for other in (waits, became):
        with pytest.raises(Refused, match="还没有办结"):
            erase(audit=audit, kind="mail", about=other.pk, checked=True, today=day)
    erase(audit=audit, kind="mail", about=item.pk, checked=True, today=day)
    item.refresh_from_db()
    assert personal.revealed(item, "mail_number", "sender") == {"mail_number": "", "sender": ""}
    assert item.mail_key == f"-{item.pk.hex}"
    assert NAME not in see_reason(audit, item)
    waits.refresh_from_db()
    assert personal.reveal(waits, "sender") == NAME
    mail(audit, organ, "EMS1")  # nobody knows any more that it was written in before


def test_a_dispute_without_an_application_is_emptied_when_it_and_what_follows_it_ended(audit, organ, kept_three_years):
    def dispute(kind, **more):
        return disputes.register(
            audit=audit, organ=organ, kind=kind, before="云岭县人民政府", received_on=BEGAN, **more
        )

    def decided(row, outcome):
        disputes.take_step(
            audit=audit, dispute=row, step="decided", on=ENDED, outcome=outcome, words=f"{NAME}撤回请求。"
        )

    first = dispute("reconsideration", case_number="云政复1号")
    assert due(audit.county, None, DAY) == []
    decided(first, "upheld")
    [found] = due(audit.county, None, DAY)
    assert (found.kind, found.number, found.due_on, found.lacking) == ("dispute", "云政复1号", DAY, "")
    lawsuit = dispute("litigation_after_reconsideration", follows=first)
    [found] = due(audit.county, None, DAY)
    assert (found.about, found.lacking) == (first.pk, "后面的行政诉讼还没有结果")
    with pytest.raises(Refused, match="后面的行政诉讼还没有结果，不能删除"):
        erase(audit=audit, kind="dispute", about=first.pk, checked=True, today=DAY)
    decided(lawsuit, "suit_claims_rejected")
    assert {each.number for each in due(audit.county, None, DAY)} == {"云政复1号", "2023年3月1日收到的复议后起诉"}
    for row in (first, lawsuit):
        erase(audit=audit, kind="dispute", about=row.pk, checked=True, today=DAY)
    steps = DisputeStep.objects.filter(dispute__in=(first, lawsuit))
    assert {bytes(step.words) for step in steps} == {b""}
    assert {step.outcome for step in steps} >= {"upheld", "suit_claims_rejected"}, "what is counted stays"


# ── nothing personal without a place ─────────────────────────────────────────────────────────────────────────────────


def sealed_with() -> set[str]:
    """The models that some code gives to `personal.keep`."""
    found = set()
    for path in Path(gongkai.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("personal.keep"):
                found.add(ast.unparse(node.args[0]))
    return found


def test_every_table_with_bytes_has_its_place_or_says_why_not():
    told: dict[str, set[str]] = {}
    for place in PLACES:
        told.setdefault(place.table, set()).update(place.columns)
    held = {
        model._meta.db_table: {f.name for f in model._meta.fields if isinstance(f, models.BinaryField)}
        for model in apps.get_models()
        if model.__module__.startswith("gongkai.")
    }
    held = {table: columns for table, columns in held.items() if columns}
    wrong = {table for table, columns in held.items() if columns != told.get(table, set()) and table not in ELSEWHERE}
    assert not wrong, f"no erasure empties {sorted(wrong)}: see erasure/places.py"
    assert not set(told) & set(ELSEWHERE)
    assert set(ELSEWHERE) <= {*held, "onrequest_saved_view"}  # whose sealed filters are kept as words


def test_every_model_that_is_sealed_is_among_them():
    tables = {place.table for place in PLACES} | set(ELSEWHERE)
    named = {model.__name__ for model in apps.get_models() if model._meta.db_table in tables}
    assert len(sealed_with()) > 20
    assert sealed_with() <= named


def test_every_kind_of_an_erasure_has_places_and_is_reckoned(county, audit, kept_three_years):
    assert {place.kind for place in PLACES} == {kind for kind, _ in KINDS}
    assert due(county.pk, None, DAY) == []
