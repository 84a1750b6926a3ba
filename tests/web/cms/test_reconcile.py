"""A listing against our entries: every line under its heading, decisions that outlive it, nothing missing that was not fetched."""

from __future__ import annotations

import json
from datetime import date

import pytest

from gongkai.web.audit.models import Entry
from gongkai.web.cms.models import Judgement, OnLine
from gongkai.web.cms.selectors.reconcile import GROUPS, open_tasks, reconcile
from gongkai.web.cms.selectors.standing import pending_removals
from gongkai.web.cms.services import reconciling
from gongkai.web.facts import Refused
from gongkai.web.proactive.selectors import outgoing
from gongkai.web.proactive.selectors.public import public, public_item
from gongkai.web.proactive.services import release

SITE = "http://www.yunling.example/"
TODAY = date(2026, 3, 2)


@pytest.fixture
def listed(audit):
    """Read a listing of rows."""

    def keep(*rows, whole=True, on=TODAY):
        data = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
        return reconciling.keep_listing(audit=audit, name="结果.jsonl", data=data, taken_on=on, whole=whole)

    return keep


def row(name: str, title: str = "", day: str = "", **more) -> dict:
    return {"url": SITE + name, "title": title, "day": day} | more


def counted(listing) -> dict[str, int]:
    return {group: count for group, count in reconcile(listing).counts.items() if count}


def test_every_line_comes_under_one_heading(published, hands, listed, county, clock, audit):
    agree, still = published(title="节水进展情况一"), published(title="节水进展情况二")
    published(title="节水进展情况三")
    published(title="停水公告")
    published(title="停水公告")
    clock.on(minutes=5)
    release.withdraw(audit=hands[0], item=still, reason="有误")
    clock.on(minutes=5)
    number = public_item(county.pk, agree.pk).index_number
    listing = listed(
        row("1", "节水进展情况一", "2026-03-02"),
        row("1b", "节水进展情况一", "2026-03-02"),
        row("2", "节水进展情况二", "2026-03-02"),
        row("3", "节水进展的情况三", "2026-03-02"),
        row("4", "停水公告", "2026-03-02"),
        row("5", "谁也没有审查过的通知", "2026-02-01"),
        row("6", "", "", status="timeout"),
        row("7", "别的名称", "2025-01-01", index_number=number),
        row("8", "", "", status=404),
    )  # fmt: skip
    found = reconcile(listing)
    assert counted(listing) == {
        "agree": 2, "still": 1, "differs": 2, "several": 1, "without": 1, "unfetched": 1, "twice": 1, "unknown": 2,
    }  # fmt: skip
    assert (found.lines, found.entries, found.clean) == (9, 4, False)
    assert [r.says for r in found.of("still")] == ["已撤回"]
    assert sorted(r.says for r in found.of("differs")) == ["名称不同、日期不同", "名称相近，请认定是不是同一篇"]
    assert {c.title for c in found.of("several")[0].candidates} == {"停水公告"}
    assert "没取到的网页" in found.of("unknown")[0].says, "one page was not fetched: nobody says that it is missing"
    assert set(found.counts) == set(GROUPS)


def test_missing_is_said_only_of_a_whole_listing_without_gaps(published, listed, audit):
    item = published()
    line = row("9", "别的一篇信息", "2026-01-01")
    assert counted(listed(line)) == {"without": 1, "missing": 1}
    assert counted(listed(line, whole=False)) == {"without": 1, "unknown": 1}
    reconciling.note_on_line(audit=audit, item=item.pk, address=SITE + "1", on=TODAY)
    gap = row("8", status="blocked")
    assert counted(listed(line, gap)) == {"without": 1, "unfetched": 1, "missing": 1}, "its page is another one"
    assert counted(listed(line, row("1", status=503))) == {"without": 1, "unfetched": 1, "unknown": 1}


def test_what_was_released_after_the_listing_was_taken_is_not_missing(published, listed, clock):
    published()
    assert counted(listed(row("9", "别的一篇信息"), on=date(2026, 3, 1))) == {"without": 1}


def test_of_a_site_only_what_was_exported_there_is_expected(folder, published, run, audit):
    published(title="导出过的一篇")
    run(folder)
    published(title="还没有导出的一篇")
    data = json.dumps(row("9", "别的一篇信息")).encode()
    told = {"audit": audit, "name": "x.jsonl", "data": data, "taken_on": TODAY, "whole": True}
    of_site = reconcile(reconciling.keep_listing(**told, target=folder))
    assert ([r.our_title for r in of_site.of("missing")], of_site.entries) == (["导出过的一篇"], 1)
    assert reconcile(reconciling.keep_listing(**told)).counts["missing"] == 2


def test_what_was_exported_and_listed_does_not_differ(folder, root, published, run, listed, county):
    """Export, then a listing of what was exported, then reconciliation: no difference, whatever the titles are."""
    for title in ("一", "一", "<二>", "三" * 190, "ＡＢＣ通知"):
        published(title=title)
    run(folder)
    said = json.loads((root / "目录.json").read_text("utf-8"))
    rows = [
        row(str(n), each["title"], each["published_on"], index_number=each["index_number"], digest=each["text_digest"])
        for n, each in enumerate(said)
    ]
    listing = listed(*rows)
    found = reconcile(listing)
    assert found.counts["agree"] == len(rows) == public(county.pk).count() == 5
    assert found.clean
    first = rows[0] | {"digest": "0" * 64}
    assert [r.says for r in reconcile(listed(first, *rows[1:])).of("differs")] == ["正文不同"]


def test_every_text_is_compared_however_many_there_are(published, listed, county, monkeypatch):
    monkeypatch.setattr(outgoing, "AT_ONCE", 2)
    for number in range(5):
        published(title=f"节水进展情况{number}")
    rows = [
        row(str(release.pk), release.title, "2026-03-02", index_number=release.index_number, digest="0" * 64)
        for release in public(county.pk)
    ]
    assert [r.says for r in reconcile(listed(*rows)).of("differs")] == ["正文不同"] * 5


def test_a_decision_holds_for_the_listings_to_come(published, listed, audit, county):
    item = published(title="节水进展情况一")
    number = public_item(county.pk, item.pk).index_number
    lines = (row("x", "完全是另一个名称", "2025-01-01"), row("y", "专题首页"))
    listing = listed(*lines)
    assert counted(listing) == {"without": 2, "missing": 1}
    reconciling.judge(audit=audit, verdict="same", url=SITE + "x", named_as=number)
    reconciling.judge(audit=audit, verdict="no_item", url=SITE + "y")
    assert counted(listing) == counted(listed(*lines)) == {"differs": 1, "aside": 1}
    assert OnLine.objects.get().address == SITE + "x"
    reconciling.judge(audit=audit, verdict="not_same", url=SITE + "x", item=item.pk)
    assert counted(listing) == {"without": 1, "aside": 1, "missing": 1}
    reconciling.judge(audit=audit, verdict="done", url=SITE + "y")
    reconciling.judge(audit=audit, verdict="elsewhere", item=item.pk, reason="只在公报上登载")
    assert counted(listing) == {"without": 2, "aside": 1}
    assert Entry.objects.filter(act="cms.judge").count() == Judgement.objects.count() == 5


def test_a_task_has_an_organ_and_a_day_and_is_settled_by_what_comes_after(listed, audit, county, organ, clock):
    listing = listed(row("x", "谁也没有审查过的通知"))
    reconciling.judge(
        audit=audit, verdict="supplement", url=SITE + "x", organ=organ, due_on="2026-03-10", reason="补办"
    )
    [task] = open_tasks(county.pk)
    assert (task.organ, task.due_on) == (organ, date(2026, 3, 10))
    assert reconcile(listing).of("without")[0].task == "云岭县水务局，2026年3月10日前"
    reconciling.judge(audit=audit, verdict="done", url=SITE + "x")
    assert open_tasks(county.pk) == []


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"verdict": "burn"}, "怎么|如何"),
        ({"verdict": "same"}, "哪一条目"),
        ({"verdict": "same", "named_as": "B/1"}, "没有找到"),
        ({"verdict": "supplement"}, "哪个机关"),
        ({"verdict": "supplement", "due_on": "2026-03-01", "organ": True}, "已经过去"),
    ],
)
def test_a_decision_that_says_too_little_is_refused(audit, organ, clock, given, why):
    told = {"url": SITE + "x"} | given | ({"organ": organ} if given.get("organ") else {})
    with pytest.raises(Refused, match=why):
        reconciling.judge(audit=audit, **told)


# ── where entries stand ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_form_comes_back_and_says_the_same_thing_once(folder, root, published, run, audit, hands, county):
    item = published()
    run(folder)
    number = public_item(county.pk, item.pk).index_number
    form = f"索引号,网址,上线日期,状态\n{number},{SITE}1.html,2026-03-02,\nB/1,{SITE}2.html,,\n".encode()
    noted = reconciling.note_table(audit=audit, target=folder, name="登记表.csv", data=form)
    assert (noted.on, noted.gone, noted.same, noted.unknown) == (1, 0, 0, ["B/1"])
    again = reconciling.note_table(audit=audit, target=folder, name="登记表.csv", data=form)
    assert (again.on, again.same, OnLine.objects.count()) == (0, 1, 1)
    release.withdraw(audit=hands[0], item=item, reason="有误")
    run(folder)
    gone = f"索引号,网址,状态\n{number},{SITE}1.html,已撤下\n".encode()
    assert reconciling.note_table(audit=audit, target=folder, name="登记表.csv", data=gone).gone == 1
    assert pending_removals(folder) == []


def test_a_listing_that_says_gone_confirms_a_removal(folder, published, run, audit, hands, listed):
    item = published()
    run(folder)
    reconciling.note_on_line(audit=audit, item=item.pk, address=SITE + "1.html", on=TODAY, target=folder)
    release.withdraw(audit=hands[0], item=item, reason="有误")
    run(folder)
    listed(row("1.html", status="timeout"))
    assert len(pending_removals(folder)) == 1, "not fetched is not gone"
    listed(row("1.html", status=404))
    assert pending_removals(folder) == []


def test_what_is_written_back_must_be_an_address_of_an_entry_by_today(audit, published, folder):
    item = published()
    for told, why in (
        ({"address": "javascript:alert(1)", "on": None}, "http"),
        ({"address": SITE, "on": date(2026, 3, 3)}, "还没有到"),
        ({"address": SITE, "on": None, "item": folder.pk}, "没有这一条目"),
    ):
        with pytest.raises(Refused, match=why):
            reconciling.note_on_line(audit=audit, target=folder, **({"item": item.pk} | told))
    assert not OnLine.objects.exists()
    with pytest.raises(Refused, match="没有从文件中读出"):
        reconciling.note_table(audit=audit, target=folder, name="表.csv", data=b"a,b\n1,2\n")
    with pytest.raises(Refused, match="还没有到"):
        reconciling.keep_listing(audit=audit, name="x", data=b"{}", taken_on=date(2026, 3, 9))
