"""What public pages show beside entries moves their mark, in the transaction that changes it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import transaction

from gongkai.web.changes.selectors import generation, waiting
from gongkai.web.changes.services import touch
from gongkai.web.organs import services as lists
from gongkai.web.organs import tree
from gongkai.web.proactive.selectors.public import stamp
from gongkai.web.rules.services import set_value


def test_every_change_of_an_organ_or_a_setting_moves_the_mark_once(county, audit):
    seen = [stamp(county.pk)]

    def moved(act, **words):
        done = act(audit=audit, **words)
        seen.append(stamp(county.pk))
        assert len(set(seen)) == len(seen), act.__name__
        return done

    moved(lists.name_county, county=county, name="云岭县")
    moved(lists.keep_list, county=county, organs=[("云岭县教育局", ""), ("云岭县档案局", "")])
    organ = moved(tree.found_organ, county=county.pk, name="云岭县水务局", form="department")
    moved(tree.change_organ, organ=organ, phone="0000-1234")
    other = moved(tree.found_organ, county=county.pk, name="云岭县水利局", form="department")
    moved(tree.merge, organ=other, into=organ)
    moved(set_value, key="portal.note", value="一", valid_from=date(2026, 1, 1))
    assert generation(county.pk).touched == len(seen) - 1
    assert waiting(county.pk, "search") == []
    set_value(audit=audit, key="portal.note", value="一", valid_from=date(2026, 1, 2))
    assert stamp(county.pk) == seen[-1]


def test_what_is_not_done_moves_nothing(county):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        touch(county=county.pk)
        assert generation(county.pk).touched == 1
        _ = 1 / 0
    assert generation(county.pk).touched == 0


def test_outside_a_transaction_it_is_a_mistake(county, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(RuntimeError, match="in the transaction"):
        patch.setattr("gongkai.web.changes.services.connection", SimpleNamespace(in_atomic_block=False))
        touch(county=county.pk)
