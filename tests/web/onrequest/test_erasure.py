"""The personal data of an application that is over: erased on a person's word, from everywhere, while what is counted stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from gongkai.web import personal
from gongkai.web.audit.models import Entry
from gongkai.web.erasure.models import ErasedRow, Erasure
from gongkai.web.erasure.places import PLACES, files_of
from gongkai.web.erasure.selectors import due, later
from gongkai.web.erasure.services import erase, set_years
from gongkai.web.facts import Refused
from gongkai.web.files import disk
from gongkai.web.files import services as files
from gongkai.web.files.models import StoredFile
from gongkai.web.messages.models import Message
from gongkai.web.messages.subscriptions import subscribe, subscribed
from gongkai.web.onrequest.models import Applicant, Application, Case, Dispute
from gongkai.web.onrequest.selectors.follow import application_by_code
from gongkai.web.onrequest.selectors.tallied import tallied
from gongkai.web.onrequest.services import archive
from gongkai.web.onrequest.services.attachments import Upload, attach
from tests.web.onrequest.conftest import LI
from tests.web.onrequest.steps import granted

TODAY = timezone.localdate()
KEPT = 12
DAY = later(TODAY, KEPT)


@pytest.fixture
def closed(apply, audit):
    application = apply().application
    attach(
        audit=audit, application=application, file=Upload("申请书.txt", "李清照的申请书".encode(), "application_scan")
    )
    granted(audit, application, scan=Upload("盖章件.pdf", b"%PDF-1.4 stamped", "stamped_scan"))
    with transaction.atomic():
        subscribe(audit=audit, about=application.pk, channel="email", to="li@example.com")
    archive.close(audit=audit, application=application, on=TODAY, retention="10年")
    set_years(audit=audit, kept={"application": str(KEPT)})
    return application


def erased(audit, application, **other):
    return erase(
        **{"audit": audit, "kind": "application", "about": application.pk, "checked": True, "today": DAY} | other
    )


def sealed_words(application):
    """Every sealed word of the rows of an application, by table, column and row."""
    found = {}
    for place in PLACES:
        if place.kind == "application":
            for row in place.model._default_manager.filter(**{place.path: application.pk}):
                found |= {(place.table, name, row.pk): bytes(getattr(row, name)) for name in place.columns}
    return found


def test_everything_personal_is_gone_and_everything_counted_stays(
    closed, audit, organ, desk, django_capture_on_commit_callbacks
):
    before, held = tallied(organ, TODAY.year), sealed_words(closed)
    code = personal.reveal(closed, "query_code")
    places = [(row.pk, row.stored) for row in StoredFile.objects.filter(pk__in=files_of("application", closed.pk))]
    assert len(places) == 3 and sum(map(bool, held.values())) > 8
    assert application_by_code(closed.county, closed.number, code) == closed

    with django_capture_on_commit_callbacks(execute=True):
        made = erased(audit, closed)
    assert not any(sealed_words(closed).values())
    assert (made.files, made.rows) == (3, ErasedRow.objects.filter(erasure=made).count())
    closed.refresh_from_db()
    [who] = Applicant.objects.filter(application=closed)
    assert personal.revealed(who, "name", "phone") == {"name": "", "phone": ""}
    assert application_by_code(closed.county, closed.number, code) is None and subscribed(closed.pk) == {}
    assert Case.objects.get(application=closed).identity_key == who.identity_key == f"-{who.pk.hex}"
    assert not Message.objects.filter(key__contains=str(closed.pk)).exclude(address=b"").exists()
    for key, stored in places:
        row = StoredFile.objects.get(pk=key)
        assert (row.sha256, row.plain_name, row.gone_on) == ("", "", DAY)
        assert not disk.place(disk.ATTACHMENTS, stored).exists()
        with pytest.raises(Refused, match="按保存年限删除"):
            files.read(key)
    assert tallied(organ, TODAY.year) == before and (who.kind, closed.number) == (LI.kind, made.number)
    told = b"".join(bytes(row.payload) for row in Entry.objects.filter(act__in=("erasure.erase", "files.erase")))
    assert LI.name.encode() not in told and closed.number.encode() not in told
    assert "按保存年限删除" in desk.get(f"/cases/{closed.pk}").content.decode()
    assert made.number in desk.get("/erasures").content.decode()


def test_nothing_is_erased_before_its_day_nor_while_it_is_needed(closed, apply, audit, organ):
    opened = apply(content="另一件").application
    assert [each.about for each in due(closed.county, None, DAY)] == [closed.pk]
    assert due(closed.county, None, DAY - timedelta(days=1)) == [] == due(closed.county, (), DAY)
    for more, says in (
        ({"checked": False}, "请先核对"),
        ({"today": DAY - timedelta(days=1)}, "还没有期满"),
        ({"about": opened.pk}, "还没有办结"),
        ({"kind": "all"}, "没有这一类"),
    ):
        with pytest.raises(Refused, match=says):
            erased(audit, closed, **more)
    pending = Dispute(
        application=closed, organ=organ, kind="reconsideration", before="云岭县人民政府", received_on=TODAY
    )
    with transaction.atomic():
        pending.county, pending.by = closed.county, audit.actor
        pending.save()
        with pytest.raises(Refused, match="没有结果，不能删除"):
            erased(audit, closed)
        transaction.set_rollback(True)
    erased(audit, closed)
    with pytest.raises(Refused, match="已经删除"):
        erased(audit, closed)
    assert Erasure.objects.count() == 1


@pytest.mark.parametrize(("years", "on"), [("3", later(TODAY, 10)), ("20", later(TODAY, 20)), ("", None)])
def test_a_case_is_kept_as_long_as_its_file_and_never_erased_where_nobody_set_how_long(closed, audit, years, on):
    set_years(audit=audit, kept={"application": years})
    assert [each.due_on for each in due(closed.county, None, date(2999, 1, 1))] == ([on] if on else [])
    for said in ("0", "51", "三", "-1"):
        with pytest.raises(Refused, match="1至50"):
            set_years(audit=audit, kept={"application": said})


def changed(table, row, **values):
    """One statement on a row, as somebody with the database in hand would write it."""
    key = row.hex if connection.vendor == "sqlite" else str(row)
    names = ", ".join(f"{name} = %s" for name in values)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {names} WHERE id = %s", [*values.values(), key])


def test_the_database_lets_nothing_be_emptied_but_what_the_register_names_and_nothing_else_with_it(closed, audit):
    table = "onrequest_application"

    def refused(**values):
        with pytest.raises(DatabaseError, match="只可追加"):
            changed(table, closed.pk, **values)

    refused(content=b"")
    refused(content=b"", query_key=f"-{closed.pk.hex}")
    made = erased(audit, closed)
    changed(table, closed.pk, content=b"")
    refused(content=b"x")
    refused(query_key="x")
    refused(content=b"", subject="x")
    refused(subject="")
    for statement in (f"DELETE FROM {table}", "DELETE FROM erasure_row", "UPDATE erasure_erasure SET rows = 0"):
        with pytest.raises(DatabaseError, match="只可追加"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    other = Application.objects.exclude(pk=closed.pk).first()
    assert other is None and ErasedRow.objects.filter(erasure=made, about=closed.pk, of_table=table).count() == 1
