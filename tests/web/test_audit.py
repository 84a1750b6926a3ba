"""The audit row: with the act or not at all, never changed, no names in it."""

from __future__ import annotations

import hashlib
import json
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.web.annual.models import CellCorrection, JudgementOfFinding, Placement, Reading
from gongkai.web.annual.services import judging
from gongkai.web.audit import services
from gongkai.web.audit.models import Entry
from gongkai.web.audit.selectors import acts_on
from gongkai.web.audit.services import NoTransaction, salted
from gongkai.web.organs.models import Organ
from gongkai.web.organs.services import keep_list


def test_an_act_outside_a_transaction_leaves_no_row(county, audit, monkeypatch):
    before = Entry.objects.count()
    monkeypatch.setattr(services, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(NoTransaction, match=r"organs\.name_county"):
        audit.record("organs.name_county", county)
    assert Entry.objects.count() == before


def test_when_the_act_fails_its_row_is_gone_too(county, audit):
    with pytest.raises(RuntimeError), transaction.atomic():
        keep_list(audit=audit, county=county, organs=[("云岭县档案局", "")])
        raise RuntimeError("the power went out")
    assert not Organ.objects.exists()
    assert not Entry.objects.filter(act="organs.list_organ").exists()


def test_when_the_row_cannot_be_written_the_act_is_undone(county, audit, monkeypatch):
    def broken(*_args, **_kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(Entry, "save", broken)
    with pytest.raises(DatabaseError):
        keep_list(audit=audit, county=county, organs=[("云岭县档案局", "")])
    assert not Organ.objects.exists()


def test_the_digest_is_of_the_very_bytes_that_are_stored(county, audit):
    keep_list(audit=audit, county=county, organs=[("云岭县档案局", "县级部门")])
    entry = Entry.objects.get(act="organs.list_organ")
    payload = bytes(entry.payload)
    assert hashlib.sha256(payload).hexdigest() == entry.digest
    said = json.loads(payload)
    assert said["actor"] == str(audit.actor)
    assert said["object_id"] == str(Organ.objects.get().pk)
    assert said["recorded_at"] == entry.recorded_at.isoformat()
    assert [act.intact for act in acts_on(Organ.objects.get().pk)] == [True]


def test_words_that_people_typed_enter_only_as_a_keyed_hash(handed_in, audit):
    submission = handed_in()
    finding = submission.checking.findings[0]
    judging.judge(
        audit=audit,
        submission=submission,
        fingerprint=finding["fingerprint"],
        verdict="dismissed",
        reason="已向张三丰电话核实",
    )
    payload = bytes(Entry.objects.get(act="annual.dismiss_finding").payload).decode()
    assert "张三丰" not in payload
    assert salted("已向张三丰电话核实") in payload
    assert salted("甲") != "hmac-sha256:" + hashlib.sha256("甲".encode()).hexdigest()
    assert not any(submission.name in bytes(e.payload).decode() for e in Entry.objects.all())


@pytest.mark.parametrize("change", ["UPDATE audit_entry SET act = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_an_audit_row(county, change):
    assert Entry.objects.exists()
    with pytest.raises(DatabaseError, match="只可追加"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Entry.objects.exists()


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_what_was_read_placed_judged_and_corrected_cannot_be_changed(handed_in, audit, verb):
    submission = handed_in()
    judging.judge(
        audit=audit,
        submission=submission,
        fingerprint=submission.checking.findings[0]["fingerprint"],
        verdict="confirmed",
        reason="原件如此",
    )
    judging.correct(
        audit=audit,
        submission=submission,
        address="applications.received.total",
        action="value",
        value="7",
        reason="与原件核对",
    )
    for model in (Reading, Placement, JudgementOfFinding, CellCorrection):
        rows = model.objects.all()
        assert rows.exists()
        with pytest.raises(DatabaseError, match="只可追加"), transaction.atomic():
            rows.update(county=submission.pk) if verb == "update" else rows.all()._raw_delete("default")


def test_every_service_that_writes_asks_for_the_audit():
    import inspect

    from gongkai.web.annual.services import intake, placing, reading
    from gongkai.web.files import services as files
    from gongkai.web.messages import services as messages
    from gongkai.web.organs import services as organs

    writing = [
        intake.hand_in,
        intake.paste,
        placing.place,
        placing.place_as_read,
        placing.place_all_again,
        placing.set_aside,
        judging.judge,
        judging.correct,
        reading.read_again,
        files.store,
        files.store_report,
        files.read_isolated,
        files.isolate,
        files.hand_over,
        messages.send,
        messages.send_again,
        messages.tell_clients,
        messages.register_client,
        messages.end_client,
        organs.name_county,
        organs.keep_list,
        organs.strike,
    ]
    for service in writing:
        parameter = inspect.signature(service).parameters["audit"]
        assert parameter.default is inspect.Parameter.empty, service
