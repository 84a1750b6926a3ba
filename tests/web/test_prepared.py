"""Questions written once: they answer as the question itself does, for every value, and look for rows by key."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F, Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.web.facts import new_key
from gongkai.web.organs.models import Organ
from gongkai.web.organs.services import keep_list
from gongkai.web.prepared import Apart, Prepared, columns
from gongkai.web.proactive.models import Link, Release
from gongkai.web.proactive.selectors.facts import standing_links
from gongkai.web.proactive.selectors.public import heads_among, public, public_item
from gongkai.web.proactive.services import relations
from tests.web.proactive.conftest import approve, entry, hands, organ, published  # noqa: F401

BY_KEY = Prepared(lambda key: Organ.objects.filter(pk=key).values_list("pk", "name", "recorded_at"), key=uuid.UUID)
SINCE = Prepared(
    lambda county, at: (
        Organ.objects.filter(Q(recorded_at__gt=at) | Q(recorded_at=at), county=county, listed=True)
        .order_by("name")
        .values_list("name", flat=False)
    ),
    county=uuid.UUID,
    at=datetime,
)


@pytest.fixture
def organs(county, audit):
    """Three organs, whose names hold what a statement might trip over."""
    keep_list(
        audit=audit, county=county, organs=[("甲局", "department"), ("100%'局", "department"), ("%s局", "department")]
    )
    return list(Organ.objects.filter(county=county.pk).order_by("name"))


def test_each_value_gets_its_own_rows_as_the_question_itself_would_give_them(organs):
    for one in organs:
        assert BY_KEY(key=one.pk) == [(one.pk, one.name, one.recorded_at)]
    assert BY_KEY(key=new_key()) == []


def test_a_value_that_is_named_twice_goes_to_both_places(county, organs):
    first = min(one.recorded_at for one in organs)
    assert [name for (name,) in SINCE(county=county.pk, at=first)] == [one.name for one in organs]
    assert SINCE(county=county.pk, at=timezone.now() + timedelta(days=1)) == []
    assert SINCE(county=new_key(), at=first) == []


def test_a_question_that_leaves_a_value_out_is_refused(organs):
    forgetful = Prepared(lambda key, at: Organ.objects.filter(pk=key).values_list("pk"), key=uuid.UUID, at=datetime)
    with pytest.raises(AssertionError):
        forgetful(key=organs[0].pk, at=timezone.now())


def test_the_objects_made_of_columns_are_those_of_the_table_and_what_was_left_out_is_read_when_asked(organs):
    some = columns(Organ, without=("phone",))
    ((*row,),) = Prepared(lambda key: Organ.objects.filter(pk=key).values_list(*some.names), key=uuid.UUID)(
        key=organs[0].pk
    )
    made = some.made(tuple(row))
    assert made == organs[0]
    assert made.get_deferred_fields() == {"phone"}
    assert (made.name, made.valid_from, made.phone) == (organs[0].name, organs[0].valid_from, organs[0].phone)


def test_an_apart_column_answers_like_the_column(county, organs):
    rows = Organ.objects.alias(of=Apart(F("county")), after=Apart(F("successor")))
    assert set(rows.filter(of=county.pk, after__isnull=True)) == set(organs)
    assert not rows.filter(of=new_key())


# ── the entries that are public ──────────────────────────────────────────────────────────────────────────────────────


def _plans(ask) -> str:
    with CaptureQueriesContext(connection) as asked:
        ask()
    with connection.cursor() as cursor:
        told = []
        for query in asked.captured_queries:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            told += [row[3] for row in cursor.fetchall()]
    return "\n".join(told)


def test_one_entry_is_looked_for_by_its_key_and_not_among_all_that_is_public(county, published):  # noqa: F811
    item = published()
    for ask in (
        lambda: public_item(county.pk, item.pk),
        lambda: heads_among(county.pk, [item.pk, new_key()]),
        lambda: heads_among(county.pk, [item.pk, *(new_key() for _ in range(20))]),
        lambda: [*standing_links().filter(item=item), item],
    ):
        assert ask()
        if connection.vendor == "sqlite":  # PostgreSQL looks through a table this small, whatever indexes there are
            plan = _plans(ask)
            assert "item_id=?" in plan
            assert "county=?" not in plan
            assert "SCAN" not in plan


def test_the_prepared_release_is_that_of_the_plain_question(county, published):  # noqa: F811
    items = [published() for _ in range(3)]
    for item in items:
        plain = public(county.pk).get(item=item)
        found = public_item(county.pk, item.pk)
        assert found == plain
        for name in (field.attname for field in Release._meta.concrete_fields):
            assert getattr(found, name) == getattr(plain, name)
        assert found.version.metadata == plain.version.metadata
        assert found.version.body == plain.version.body
        assert found.version.text == plain.version.text
        assert found.organ.name == plain.organ.name
    asked = [*(item.pk for item in items), new_key()]
    assert heads_among(county.pk, asked) == {r.item_id: (r.title, r.from_at) for r in public(county.pk)}
    many = [*asked, *(new_key() for _ in range(20))]
    assert heads_among(county.pk, many) == heads_among(county.pk, asked)
    assert heads_among(new_key(), asked) == heads_among(county.pk, []) == {}


def test_a_link_that_was_ended_stands_no_longer_nor_does_the_row_that_ends_it(audit, hands, published):  # noqa: F811
    one, other = published(), published()
    link = relations.link(audit=hands[0], item=one, other=other, kind="responds")
    assert [row.pk for row in standing_links().filter(item=one)] == [link.pk]
    relations.unlink(audit=hands[0], link=link)
    assert Link.objects.filter(item=one).count() == 2
    assert not standing_links().filter(item=one)
