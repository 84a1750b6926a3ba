"""Many at once is as one by one: the same facts, caches, numbers, news, search and audit; and the same refusals."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from gongkai.web.audit.models import Entry
from gongkai.web.changes.models import Generation, Row
from gongkai.web.facts import Refused
from gongkai.web.memo import page_memory
from gongkai.web.people.models import SmallOrgan
from gongkai.web.proactive.models import (
    Attachment,
    IndexCounter,
    IndexNumber,
    Item,
    ItemAct,
    Link,
    Release,
    Shelf,
    Standing,
    Version,
)
from gongkai.web.proactive.services import drafting, relations, release, review, searching
from gongkai.web.proactive.services.batches import pass_many, release_many, withdraw_many
from gongkai.web.proactive.services.book import Book
from gongkai.web.proactive.services.drafting import NewFile
from gongkai.web.review.models import CheckRun
from gongkai.web.search.models import Document
from gongkai.web.search.selectors import search
from tests.web.clock import NINE
from tests.web.proactive.conftest import NOTICE

NAMELESS = {
    "other_id",
    "version",
    "id",
    "recorded_at",
    "item_id",
    "version_id",
    "release_id",
    "subject",
    "release",
    "file",
    "file_id",
    "digest",
}
TABLES = (
    Item, Version, Attachment, CheckRun, ItemAct, Standing, Release, Shelf, IndexNumber, IndexCounter, Link, Row,
    Generation, Document,
)  # fmt: skip
CONTENTS = (
    replace(NOTICE, title="甲", files=(NewFile("甲.txt", b"abc", "text/plain", text="甲件附件"),)),
    replace(NOTICE, title="乙", kind="notice", public_until=date(2026, 3, 20)),
    replace(NOTICE, title="丙", kind="policy", metadata=NOTICE.metadata | {"document_number": "云水发〔2026〕3号"}),
    replace(NOTICE, title="丙的解读", kind="interpretation"),
    replace(NOTICE, title="丁", mode="not_disclosed", ground="internal_affairs", mode_reason="内部"),
    replace(NOTICE, title="戊", mode=""),
    replace(NOTICE, title="己，联系人身份证号11010519491231002X"),
)


def told():
    """Everything that stands in the database, without keys: by the title it belongs to, in order."""
    title = dict(Version.objects.values_list("item", "title"))
    owner = dict(Version.objects.values_list("pk", "title")) | title
    owner |= {key: title[item] for key, item in ItemAct.objects.values_list("pk", "item")}
    owner |= {row.pk: f"{title[row.item_id]}{row.edition}" for row in Release.objects.all()}
    owner |= {row.pk: title[row.item_id] for row in Link.objects.all()}
    owner |= {row.pk: title[row.item_id] for row in IndexNumber.objects.all()}
    owner |= {row.pk: owner[row.subject] for row in CheckRun.objects.all()}
    found = {}
    for table in TABLES:
        rows = []
        for row in table.objects.all():
            values = {f.attname: getattr(row, f.attname) for f in table._meta.concrete_fields}
            if table in (Document, Generation):
                values.pop("position", None)
            if "search_document" in table._meta.db_table:
                values["whose"] = owner[values["item"]]
                values.pop("item")
            for key in ("item_id", "version_id", "subject", "release_id", "other_id", "version", "release"):
                if values.get(key) in owner:
                    values[f"whose_{key}"] = owner[values[key]]
            rows.append(json.dumps({k: str(v) for k, v in values.items() if k not in NAMELESS}, sort_keys=True))
        found[table._meta.db_table] = sorted(rows)
    said = []
    for entry in Entry.objects.filter(act__regex=r"^(proactive|review)\.").order_by("id"):
        facts = json.loads(bytes(entry.payload))["facts"]
        for key in ("subject", "other", "digest", "organ"):
            facts.pop(key, None)
        said.append((owner[entry.object_id], entry.act, entry.actor.hex, json.dumps(facts, sort_keys=True)))
    found["audit"] = [[row for row in said if row[0] == name] for name in sorted(set(owner.values()))]
    return found


def one_by_one(hands, organ, clock):
    items = []
    for number, content in enumerate(CONTENTS):
        items.append(drafting.draft(audit=hands[0], organ=organ, content=content, once=f"t:{number}"))
    relations.link(audit=hands[0], item=items[3], other=items[2], kind="interprets")
    for item in items[:3] + items[4:]:
        review.submit(audit=hands[0], item=item)
    for minute, audit in enumerate(hands[1:5], start=1):
        clock.now = NINE + timedelta(minutes=minute)
        for item in items[:5]:
            review.pass_stage(audit=audit, item=item, opinion=f"同意{minute}")
    clock.now = NINE + timedelta(hours=1)
    release.release(audit=hands[0], item=items[0])
    release.release(audit=hands[0], item=items[1], from_at=clock.now + timedelta(hours=3))
    release.release(audit=hands[0], item=items[2])
    release.keep(audit=hands[0], item=items[4])
    clock.now = NINE + timedelta(hours=2)
    release.withdraw(audit=hands[3], item=items[0], reason="有误")


def in_a_book(hands, organ, clock):
    book, at = Book(), NINE
    with page_memory():
        items = [book.draft(hands[0], organ, content, at, f"t:{n}") for n, content in enumerate(CONTENTS)]
        book.link(hands[0], items[3], items[2], "interprets", at)
        for item in items[:3] + items[4:]:
            book.submit(hands[0], item, at)
        book.check(dict.fromkeys([item.pk for item in items], hands[0]))
        for minute, audit in enumerate(hands[1:5], start=1):
            for item in items[:5]:
                book.pass_stage(audit, item, NINE + timedelta(minutes=minute), opinion=f"同意{minute}")
        clock.now = at = NINE + timedelta(hours=1)
        book.release(hands[0], items[0], at)
        book.release(hands[0], items[1], at, from_at=at + timedelta(hours=3))
        book.release(hands[0], items[2], at)
        book.keep(hands[0], items[4], at)
        clock.now = at = NINE + timedelta(hours=2)
        book.withdraw(hands[3], items[0], at, "有误")
    book.write()


def undone(work):
    """What a piece of work leaves behind, and nothing of it afterwards."""
    with transaction.atomic():
        work()
        found = told()
        assert not searching.differences()
        transaction.set_rollback(True)
    return found


def test_what_was_done_in_a_book_is_what_would_have_been_done_one_by_one(county, organ, hands, clock):
    single = undone(lambda: one_by_one(hands, organ, clock))
    clock.now = NINE
    book = undone(lambda: in_a_book(hands, organ, clock))
    assert len(single["proactive_act"]) == 40
    assert len(single["proactive_index_number"]) == 4
    for name in single:
        assert book[name] == single[name], name


def test_a_desk_passes_and_releases_many_and_is_told_what_was_refused(county, entry, organ, clock, hands):
    good = [entry(title=f"第{n}条") for n in range(3)]
    bad = entry(title="联系人身份证号11010519491231002X")
    draft = entry(title="草稿")
    for item in (*good, bad):
        review.submit(audit=hands[0], item=item)
    stale = {good[2].pk: Standing.objects.get(item=good[2]).revision - 1}
    done = pass_many(audit=hands[1], items=[*good, bad, draft], opinion="可以公开", seen=stale)
    assert [bool(o.refusal) for o in done] == [False, False, True, True, True]
    refusals = {o.title[:3]: o.refusal for o in done if o.refusal}
    assert "刚刚有人" in refusals["第2条"]
    assert "提示没有人作出判断" in refusals["联系人"]
    assert "不在审查之中" in refusals["草稿"]
    assert set(ItemAct.objects.filter(kind="passed").values_list("reason", "by")) == {("可以公开", hands[1].actor)}
    assert "不同的人办理" in pass_many(audit=hands[1], items=good[:1])[0].refusal
    for audit in hands[2:5]:
        pass_many(audit=audit, items=good[:2])
    done = release_many(audit=hands[0], items=good)
    assert [bool(o.refusal) for o in done] == [False, False, True]
    assert {hit.item for hit in search("改造管网", county=county.pk).hits} == {good[0].pk, good[1].pk}
    assert withdraw_many(audit=hands[3], items=good, reason="整批撤回") == 2
    assert not search("改造管网", county=county.pk).hits
    assert not searching.differences()


def test_a_policy_goes_out_with_its_interpretation_or_not_at_all(county, entry, organ, clock, hands, approve):
    more = {"document_number": "云水发〔2026〕3号"}
    policy = entry(kind="policy", title="办法", metadata=NOTICE.metadata | more)
    reading = entry(kind="interpretation", title="《办法》解读")
    relations.link(audit=hands[0], item=reading, other=policy, kind="interprets")
    approve(policy)
    assert "同步发布" in release_many(audit=hands[0], items=[policy])[0].refusal
    approve.stages(reading)
    assert [o.refusal for o in release_many(audit=hands[0], items=[reading])] == [""]
    assert Release.objects.filter(phase="on").count() == 2


def test_a_small_organ_s_exception_is_recorded_entry_by_entry(county, entry, organ, clock, hands):
    items = [entry(title=f"第{n}条") for n in range(2)]
    for item in items:
        review.submit(audit=hands[0], item=item)
    assert all("不同的人" in o.refusal for o in pass_many(audit=hands[0], items=items))
    SmallOrgan.objects.create(county=county.pk, organ=organ, from_on=date(2026, 1, 1), reason="两人", by=organ.pk)
    assert [o.refusal for o in pass_many(audit=hands[0], items=items)] == ["", ""]
    assert set(ItemAct.objects.filter(kind="passed").values_list("exception", flat=True)) == {
        "人员不足，按登记的例外由一人办理"
    }


def test_more_than_a_page_is_refused(entry, hands):
    item = entry()
    with pytest.raises(Refused, match="分批办理"):
        pass_many(audit=hands[1], items=[item] * 201)
