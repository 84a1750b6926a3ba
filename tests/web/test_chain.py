"""The chain over the audit: what was changed, removed, reordered, put in or cut off is found and said."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from gongkai.web import triggers
from gongkai.web.audit import chain, heads
from gongkai.web.audit.models import Chained, Entry, Head
from gongkai.web.audit.selectors import found
from gongkai.web.audit.verify import verify
from gongkai.web.facts import new_key


@pytest.fixture
def acts(county, audit):
    """Twelve acts, chained in two runs."""
    for number in range(12):
        with transaction.atomic():
            audit.record("organs.name_county", county, {"number": number})
        if number == 5:
            chain.seal(county.pk)
    chain.seal(county.pk)
    return county.pk


@pytest.fixture
def unguarded(acts):
    """Someone with the rights of the database's owner took the triggers away."""
    with connection.cursor() as cursor:
        for table in ("audit_entry", "audit_chained", "audit_head"):
            for statement in triggers._undo(connection.vendor, table):
                cursor.execute(statement)
    return acts


def numbered(number: int) -> Chained:
    return Chained.objects.get(number=number)


def entry(number: int) -> Entry:
    return Entry.objects.get(pk=numbered(number).entry)


def test_what_nobody_touched_is_whole(acts):
    verdict = verify(acts)
    assert verdict.whole, verdict.faults
    assert verdict.chained == Entry.objects.filter(county=acts).count() == 14
    assert verdict.waiting == 0
    assert verdict.heads >= 1
    assert "审计记录完整：已封存14条" in verdict.words


def test_what_waits_is_no_fault_and_is_chained_next(acts, audit, county):
    with transaction.atomic():
        audit.record("organs.name_county", county)
    assert verify(acts).whole
    assert verify(acts).waiting == 1
    assert chain.seal(acts) == 1
    assert chain.seal(acts) == 0
    assert chain.seal_all() == 0


def _new_payload(row: Entry) -> bytes:
    said = json.loads(bytes(row.payload))
    said["facts"] = {"number": 99}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_a_changed_row_is_named(unguarded):
    row = entry(4)
    Entry.objects.filter(pk=row.pk).update(payload=_new_payload(row))
    assert [f for f in verify(unguarded).faults if "第4条" in f and "内容已被改动" in f]
    import hashlib

    new = _new_payload(row)
    Entry.objects.filter(pk=row.pk).update(payload=new, digest=hashlib.sha256(new).hexdigest())
    assert "第4条审计记录" in verify(unguarded).faults[0]
    assert "封存值已被改动" in verify(unguarded).faults[0]


COLUMNS = [
    ({"act": "organs.other"}, "行为已被改动"),
    ({"actor": new_key()}, "操作人已被改动"),
    ({"object_id": new_key()}, "对象已被改动"),
    ({"object_kind": "x"}, "对象类别已被改动"),
    ({"recorded_at": timezone.now() - timedelta(days=400)}, "时间已被改动"),
]


@pytest.mark.parametrize(("change", "says"), COLUMNS)
def test_a_changed_column_is_named_though_the_payload_is_whole(unguarded, change, says):
    Entry.objects.filter(pk=entry(7).pk).update(**change)
    assert any("第7条" in f and says in f for f in verify(unguarded).faults)


def test_a_removed_row_is_named(unguarded):
    Entry.objects.filter(pk=entry(9).pk)._raw_delete("default")
    assert verify(unguarded).faults == ("第9条审计记录已被删除。",)


def test_a_row_removed_with_its_link_is_named(unguarded):
    row = numbered(9)
    Entry.objects.filter(pk=row.entry)._raw_delete("default")
    Chained.objects.filter(pk=row.pk)._raw_delete("default")
    assert verify(unguarded).faults == ("第9条审计记录的封存缺失，可能已被删除。",)


def test_reordered_rows_are_named(unguarded):
    one, other = numbered(3), numbered(8)
    Chained.objects.filter(number=8)._raw_delete("default")
    Chained.objects.filter(number=3).update(entry=other.entry)
    Chained.objects.create(entry=one.entry, county=unguarded, number=8, link=other.link)
    faults = verify(unguarded).faults
    assert [f[:3] for f in faults] == ["第3条", "第8条"]
    assert all("次序或者封存值已被改动" in f for f in faults)


def test_swapped_contents_are_named(unguarded):
    one, other = entry(3), entry(8)
    Entry.objects.filter(pk=one.pk).update(payload=other.payload, digest=other.digest)
    Entry.objects.filter(pk=other.pk).update(payload=one.payload, digest=one.digest)
    assert [f for f in verify(unguarded).faults if "调换过" in f and f[:3] in ("第3条", "第8条")]


def test_a_row_put_in_later_is_named(unguarded, audit, county):
    moment = timezone.now() - timedelta(days=3)
    with transaction.atomic():
        row = audit.record("organs.name_county", county)
    Entry.objects.filter(pk=row.pk).update(recorded_at=moment)
    chain.seal(unguarded)
    assert any("之后补入" in f for f in verify(unguarded).faults)


@pytest.mark.parametrize("kept", [0, 1, 10])
def test_a_cut_tail_is_found_by_the_heads_outside(unguarded, kept):
    tail = Chained.objects.filter(number__gt=kept)
    Entry.objects.filter(pk__in=list(tail.values_list("entry", flat=True)))._raw_delete("default")
    tail._raw_delete("default")
    Head.objects.all()._raw_delete("default")
    (fault,) = verify(unguarded).faults
    assert fault == f"审计记录的末尾被截去：签名的封存值有14条，现在只有{kept}条，第{kept + 1}条起已不存在。"


def test_a_chain_made_anew_does_not_fit_the_signed_head(unguarded):
    row = entry(2)
    import hashlib

    new = _new_payload(row)
    Entry.objects.filter(pk=row.pk).update(payload=new, digest=hashlib.sha256(new).hexdigest())
    before = chain.first_link(unguarded)
    for each in Chained.objects.order_by("number"):
        before = chain.link_of(before, each.number, each.entry, bytes(Entry.objects.get(pk=each.entry).payload))
        Chained.objects.filter(pk=each.pk).update(link=before)
    faults = verify(unguarded).faults
    assert faults
    assert all("整体改写过" in f for f in faults)


def test_a_forged_head_is_no_head_of_ours(unguarded):
    folder = Path(settings.GONGKAI_KEYS) / heads.FOLDER / str(unguarded)
    (path,) = folder.glob("*.json")
    said = json.loads(path.read_text())
    path.write_text(json.dumps({**said, "number": 3}))
    assert any("不是本系统签名的" in f for f in verify(unguarded).faults)
    path.write_text("{")
    assert any("不是本系统签名的" in f for f in verify(unguarded).faults)
    path.unlink()
    assert verify(unguarded).whole
    Head.objects.update(signature="00")
    assert any("不是本系统签名的" in f for f in verify(unguarded).faults)


def test_the_head_of_a_day_can_be_checked_with_the_public_key_alone(acts):
    head = heads.head_of(acts, timezone.localdate())
    assert head is not None
    assert head.number == 14
    assert heads.is_signed(head, heads.public_key())
    assert not heads.is_signed(head, "00" * 32)
    assert heads.days_with_heads(acts) == [timezone.localdate()]
    assert chain.sign_today(acts).number == 14
    assert heads.head_of(acts, timezone.localdate() - timedelta(days=1)) is None


@pytest.mark.parametrize("table", ["audit_chained", "audit_head"])
@pytest.mark.parametrize("change", ["UPDATE {} SET link = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_the_chain(acts, table, change):
    with pytest.raises(DatabaseError, match="只可追加"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


def test_who_saw_personal_data_is_on_record(county, audit):
    audit.saw(county, "phone", "identity")
    row = found(county.pk, act="people.see_personal").get()
    assert json.loads(bytes(row.payload))["facts"] == {"columns": ["identity", "phone"]}


@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_one_change_is_found(unguarded, data):
    """A random bit of a random row, link or digest is changed; verify says so, and is content when it is put back."""
    row = data.draw(st.sampled_from(list(Chained.objects.order_by("number"))))
    of = Entry.objects.get(pk=row.entry)
    what = data.draw(st.sampled_from(["payload", "digest", "link"]))
    if what == "payload":
        bytes_ = bytearray(bytes(of.payload))
        bytes_[data.draw(st.integers(0, len(bytes_) - 1))] ^= 1 << data.draw(st.integers(0, 7))
        Entry.objects.filter(pk=of.pk).update(payload=bytes(bytes_))
    elif what == "digest":
        Entry.objects.filter(pk=of.pk).update(digest="0" * 64)
    else:
        Chained.objects.filter(pk=row.pk).update(link="0" * 64)
    assert not verify(unguarded).whole
    Entry.objects.filter(pk=of.pk).update(payload=bytes(of.payload), digest=of.digest)
    Chained.objects.filter(pk=row.pk).update(link=row.link)
    assert verify(unguarded).whole
