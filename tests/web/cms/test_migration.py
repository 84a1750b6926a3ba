"""Bringing in an old site: what is understood, what is not, what becomes of it, and that nothing is there twice."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from gongkai.readers.sites import open_saved
from gongkai.web.cms import tasks
from gongkai.web.cms.models import Brought, MigratedPage
from gongkai.web.cms.report import workbook
from gongkai.web.cms.selectors.migration import items_of, lines, made_of, summary
from gongkai.web.cms.services import migrating
from gongkai.web.facts import Refused
from gongkai.web.organs.models import Organ
from gongkai.web.proactive.models import IndexNumber, Item
from gongkai.web.proactive.selectors import entries
from gongkai.web.proactive.selectors.facts import newest_version
from gongkai.web.proactive.selectors.public import public
from gongkai.web.proactive.services.drafting import draft, edit
from gongkai.web.proactive.services.review import submit
from tests.web.proactive.conftest import NOTICE
from tests.zips import zipped

NUMBER = "11371522004222241N/2020-00012"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001"
    "f61738550000000049454e44ae426082"
)


def page(title: str, *, table: str = "", text: str = "各乡镇人民政府：现将有关事项通知如下。") -> bytes:
    rows = f"<table><tr><td>发布机构</td><td>云岭县水务局</td></tr>{table}</table>" if table is not None else ""
    return (
        f"<html><head><title>{title}</title></head><body>{rows}<div id='zoom'><p>{text}</p></div></body></html>".encode(
            "gbk"
        )
    )


def entry_of(key: str, words: str) -> str:
    return f"<tr><td>{key}</td><td>{words}</td></tr>"


DATED = entry_of("成文日期", "2020年3月2日")
SITE = {
    "tz/t1.html": page(
        "关于节水的通知",
        table=entry_of("索引号", NUMBER) + entry_of("文号", "云水发〔2020〕3号") + DATED + entry_of("栏目", "政策文件"),
        text="通知如下。</p><p><img src='w1.png' alt='管网图'></p><p><a href='P1.txt'>任务表.txt</a><a href='P2.doc'>附件二</a>",
    ),
    "tz/P1.txt": "任务".encode(),
    "tz/w1.png": PNG,
    "tz/t2.html": page("没有日期的通报"),
    "tz/t3.html": page("救助名单", table=DATED, text="张某某，身份证号110101199003070038，家住石桥镇。"),
    "tz/t4.html": page("外地的通知", table=None).replace("云岭县水务局".encode("gbk"), b""),
    "tz/t5.html": b"<html><frameset><frame src='a'></frameset></html>",
    "tz/t6.html": page("《节水办法》解读", table=DATED),
    "../../t7.html": page("另一篇通知", table=DATED + entry_of("索引号", "老编号-7")),
}  # fmt: skip
SITE["tz/t1x.htm"] = SITE["tz/t1.html"]


@pytest.fixture
def water(county):
    return Organ.objects.create(county=county.pk, name="云岭县水务局", form="department", word="云水")


@pytest.fixture
def looked(audit, water):
    """A site that was handed in and looked through."""
    migration = migrating.hand_in(audit=audit, name="旧网站.zip", data=zipped(SITE))
    migrating.look(audit=audit, migration=migration)
    return migration


def test_a_site_is_looked_through_page_by_page_before_anything_is_brought(looked, water, county):
    rows = {row.name: row for row in MigratedPage.objects.filter(migration=looked)}
    assert {name: row.state for name, row in rows.items()} == {
        "t7.html": "ready",
        "tz/t1.html": "ready",
        "tz/t1x.htm": "again",
        "tz/t2.html": "undated",
        "tz/t3.html": "ready",
        "tz/t4.html": "no_organ",
        "tz/t5.html": "unread",
        "tz/t6.html": "ready",
    }
    first = rows["tz/t1.html"]
    assert (first.organ, first.files, first.understood["kind"]) == (water.pk, 2, "official")
    assert first.understood["metadata"]["document_number"] == "云水发〔2020〕3号"
    assert "1个附件、图片没有一起保存：附件二" in first.said
    assert rows["tz/t3.html"].hints > 0
    assert rows["tz/t6.html"].understood["kind"] == "interpretation"
    assert "种类没有把握" in " ".join(rows["tz/t3.html"].said)
    assert rows["tz/t5.html"].said == ["这是只有框架的网页，正文在别的文件里。"]
    told = summary(looked)
    assert (told.base, sum(told.states.values()), told.brought, told.hints) == (8, 8, 0, 1)
    assert not Item.objects.exists()


def test_a_page_that_no_entry_takes_is_told_of_and_holds_up_no_other(audit, water, county):
    cells = f"<tr>{'<td>1</td>' * 60}</tr>" * 400
    site = {
        "a.html": page("巨表", table=DATED, text=f"如下。</p><table>{cells}</table><p>"),
        "b.html": page("通知", table=DATED),
    }
    migration = migrating.hand_in(audit=audit, name="旧网站.zip", data=zipped(site))
    migrating.look(audit=audit, migration=migration)
    first, second = MigratedPage.objects.filter(migration=migration)
    assert (first.state, second.state) == ("unread", "ready")
    assert any(words.startswith("正文的标记超过") for words in first.said)
    assert migrating.bring(audit=audit, migration=migration).brought == 1
    assert [item.standing.title for item in Item.objects.all()] == ["通知"]


def test_what_is_refused_when_it_is_brought_is_told_of_and_holds_up_no_other(looked, audit, county, monkeypatch):
    def refuse(*, content, **told):
        if "救助" in content.title:
            raise Refused("名称不能这样写。")
        return draft(content=content, **told)

    ready = summary(looked).states["ready"]
    monkeypatch.setattr(migrating, "draft", refuse)
    done = migrating.bring(audit=audit, migration=looked)
    assert (done.brought, done.left) == (ready - 1, 1)
    assert summary(looked).said == ["“tz/t3.html”没有迁入：名称不能这样写。"]
    monkeypatch.undo()
    assert migrating.bring(audit=audit, migration=looked).brought == 1, "it waits for whoever puts it right"


def test_what_was_understood_becomes_drafts_and_nothing_public(looked, audit, county):
    done = migrating.bring(audit=audit, migration=looked, mode="proactive")
    assert done.brought == summary(looked).states["ready"]
    assert public(county.pk).count() == 0
    page_of = {row.page.name: row for row in Brought.objects.select_related("page")}
    assert "tz/t2.html" not in page_of
    item = Item.objects.get(pk=page_of["tz/t1.html"].item)
    version = newest_version(item)
    assert (item.origin, version.title, version.kind, version.mode) == (
        "import",
        "关于节水的通知",
        "official",
        "proactive",
    )
    assert version.formed_on == date(2020, 3, 2)
    assert version.metadata["columns"] == ["policies"]
    assert version.metadata["document_number"] == "云水发〔2020〕3号"
    assert "items" not in version.metadata
    assert sorted((f.name, f.role, f.alt) for f in version.attachments.all()) == [
        ("w1.png", "picture", "管网图"),
        ("任务表.txt", "attachment", ""),
    ]
    number = IndexNumber.objects.get(item=item)
    assert (number.text, number.given) == (NUMBER, "brought")
    assert any("没有沿用" in words for words in page_of["t7.html"].said)
    assert "<script" not in version.body
    [line] = [each for each in lines(looked) if each.item == item.pk]
    assert (line.state, line.organ, line.kind) == ("已迁入", "云岭县水务局", "其他公文")
    rows = list(load_workbook(io.BytesIO(workbook(looked))).active.iter_rows(values_only=True))
    assert len(rows) == summary(looked).base + 1


def test_brought_twice_it_is_there_once(looked, audit):
    migrating.bring(audit=audit, migration=looked)
    count = Item.objects.count()
    migrating.bring(audit=audit, migration=looked)
    again = migrating.hand_in(audit=audit, name="改了名字.zip", data=zipped({"x/" + k: v for k, v in SITE.items()}))
    migrating.look(audit=audit, migration=again)
    assert summary(again).states["ready"] == 0
    migrating.bring(audit=audit, migration=again)
    assert Item.objects.count() == count == Brought.objects.count()


def test_undated_pages_come_with_the_day_that_a_person_names(looked, audit):
    migrating.bring(audit=audit, migration=looked, undated_on=date(2019, 12, 31))
    item = Item.objects.get(pk=Brought.objects.get(page__name="tz/t2.html").item)
    version = newest_version(item)
    assert (version.formed_on, version.mode, version.metadata.get("written_on")) == (date(2019, 12, 31), "", None)


def test_a_sheet_of_metadata_is_brought_in_by_the_worker(audit, water):
    data = "名称,文号,发布机构,成文日期,正文,批示\n旧通知,云水发〔2020〕9号,云岭县水务局,2020-03-02,第一段,略\n,,,,,\n没有机关,,,2020-03-02,,\n"
    migration = migrating.hand_in(audit=audit, name="目录.csv", data=data.encode())
    tasks.look_through_site.call(str(migration.pk), str(audit.actor), str(water.pk))
    tasks.look_through_site.call(str(migration.pk), str(audit.actor), "none")
    tasks.bring_in_site.call(str(migration.pk), str(audit.actor), "proactive", "none")
    assert [row.state for row in MigratedPage.objects.filter(migration=migration)] == ["ready", "unread"]
    assert summary(migration).said == ["没有认出的栏：批示"]
    version = newest_version(Item.objects.get())
    assert (version.title, version.body) == ("旧通知", "<p>第一段</p>")


def test_a_folder_that_changed_after_it_was_looked_at_leaves_that_page_out(tmp_path, audit, water):
    for name in "ab":
        (tmp_path / f"{name}.html").write_bytes(page(f"通知{name}号", table=DATED))
    migration = migrating.begin_folder(audit=audit, folder=tmp_path)
    migrating.look(audit=audit, migration=migration, site=open_saved(tmp_path))
    (tmp_path / "b.html").write_bytes(page("换过的通知", table=DATED))
    done = migrating.bring(audit=audit, migration=migration, site=open_saved(tmp_path))
    assert (done.brought, done.left) == (1, 1)
    assert "有改动" in summary(migration).said[0]


def test_only_the_organs_of_who_brings_are_brought(audit, water, other_organ):
    migration = migrating.hand_in(audit=audit, name="旧.zip", data=zipped({"a.html": page("通知", table=DATED)}))
    migrating.look(audit=audit, migration=migration, allowed=frozenset({other_organ.pk}))
    row = MigratedPage.objects.get(migration=migration)
    assert (row.state, "您不能为这个机关迁入" in row.said) == ("no_organ", True)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.zip", b"", "是空的"),
        ("a.zip", b"PK\x03\x04broken", "已损坏"),
        ("a.zip", zipped({"a.txt": b"x"}), "没有网页"),
        ("a.rar", b"Rar!", "ZIP"),
    ],
)
def test_what_is_no_site_is_refused(audit, name, data, why):
    with pytest.raises(Refused, match=why):
        migrating.hand_in(audit=audit, name=name, data=data)


def test_hostile_pages_are_said_one_by_one_and_stop_nothing(audit, water):
    files = {
        "bomb.html": b"0" * 40_000_000,
        "tags.html": b"<p>" + b"<i>" * 400_000,
        "noise.html": b"\x81\x82\xff\xfe\xfd" * 400,
        "good.html": page("好的通知", table=DATED, text="<script>alert(1)</script>正文<img src=x onerror=alert(1)>完"),
    }
    migration = migrating.hand_in(audit=audit, name="旧.zip", data=zipped(files))
    assert migrating.look(audit=audit, migration=migration) == 4
    states = dict(MigratedPage.objects.filter(migration=migration).values_list("name", "state"))
    assert states == {"bomb.html": "unread", "tags.html": "unread", "noise.html": "unread", "good.html": "ready"}
    migrating.bring(audit=audit, migration=migration)
    assert newest_version(Item.objects.get()).body == "<p>正文完</p>"
    with pytest.raises(Refused, match="公开属性"):
        migrating.bring(audit=audit, migration=migration, mode="x")


def test_what_came_with_an_old_day_is_not_late_here_but_listed_apart(looked, audit, county, client, water):
    migrating.bring(audit=audit, migration=looked, mode="proactive")
    today, made = timezone.localdate(), items_of(looked)
    assert entries.overdue(county.pk, None, today) == []
    assert entries.brought(county.pk, None, today) == len(made) == 4
    assert {line.late for line in entries.entries(county.pk, None, "drafts")} == {False}
    own = NOTICE.metadata | {"issuing_organ": "云岭县水务局"}
    late = draft(audit=audit, organ=water, content=replace(NOTICE, formed_on=date(2020, 3, 2), metadata=own))
    assert [line.key for line in entries.overdue(county.pk, None, today)] == [late.pk]
    assert entries.brought(county.pk, None, today) == 4
    page = client.get("/entries/due").content.decode()
    assert "从旧网站迁入、还没有公开（4）" in page
    assert page.count("已过期限") == 1


def test_the_report_leads_to_the_review_of_what_it_made_alone(looked, audit, client, water, county):
    migrating.bring(audit=audit, migration=looked, mode="proactive")
    other = draft(audit=audit, organ=water, content=NOTICE)
    mine = Item.objects.get(pk=min(items_of(looked)))
    edit(audit=audit, item=mine, content=replace(NOTICE, title="迁来的通知"))
    submit(audit=audit, item=mine)
    submit(audit=audit, item=other)
    assert made_of(looked)["review"] == 1
    assert made_of(looked)["drafts"] == 3
    report = client.get(f"/migrations/{looked.pk}").content.decode()
    assert f"/entries/review?migration={looked.pk}" in report
    assert "审查中1条" in report
    queue = client.get(f"/entries/review?migration={looked.pk}").content.decode()
    assert "迁来的通知" in queue
    assert NOTICE.title not in queue
    for said in ("", "?migration=x", f"?migration={water.pk}"):
        assert NOTICE.title in client.get(f"/entries/review{said}").content.decode()
