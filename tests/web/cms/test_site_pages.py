"""The desk's pages: a site set up and exported to, a listing compared and decided, an old site brought in."""

from __future__ import annotations

import io
import json
import re
import uuid
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from gongkai.web.cms.models import Exported, Judgement, Listing, Migration, OnLine, Target
from gongkai.web.cms.services import targets
from gongkai.web.jobs.worker import run_waiting
from gongkai.web.proactive.models import Item
from gongkai.web.proactive.selectors.facts import progress
from gongkai.web.proactive.services import drafting, release, review
from gongkai.web.workbench.views import sites
from tests.web.cms.conftest import FIELDS, SECRET, settings_of
from tests.web.cms.test_migration import SITE as PAGES
from tests.web.cms.test_migration import zipped
from tests.web.proactive.conftest import NOTICE

SITE = "http://www.yunling.example/"


@pytest.fixture
def operator_desk(desk, clock, organ, audit):
    """The desk of one who does everything, with an entry that is public."""
    item = drafting.draft(audit=audit, organ=organ, content=NOTICE)
    review.submit(audit=audit, item=item)
    while progress(item).next_stage:
        review.pass_stage(audit=audit, item=item)
    release.release(audit=audit, item=item)
    return desk, item


def words(answer) -> str:
    return re.sub(r"<[^>]+>|\s+", "", answer.content.decode())


def test_a_site_is_set_up_exported_to_and_its_addresses_come_back(operator_desk, root, audit):
    desk, item = operator_desk
    assert "还没有设置网站" in words(desk.get("/sites"))
    wrong = desk.post("/sites/new", {"name": "县政府网站", "kind": "folder", "folder": "../x", "begin": "all"})
    assert (wrong.status_code, "文件夹的名称" in words(wrong)) == (422, True)
    made = desk.post("/sites/new", {"name": "县政府网站", "kind": "folder", "folder": "县政府网站", "begin": "all"})
    site = Target.objects.get()
    assert made.url == f"/sites/{site.pk}"
    desk.post(f"/sites/{site.pk}/now", follow=True)
    run_waiting()
    shown = words(desk.get(f"/sites/{site.pk}"))
    assert "石桥镇农村供水管网改造情况" in shown
    assert "在网站上1其中0条登记了网址" in shown
    form = list(load_workbook(io.BytesIO(desk.get(f"/sites/{site.pk}/form.xlsx").content)).active.values)
    file = SimpleUploadedFile("表.csv", f"索引号,网址\n{form[1][0]},{SITE}1.html\nB/1,{SITE}2\n".encode())
    told = words(desk.post(f"/sites/{site.pk}/table", {"file": file}, follow=True))
    assert "登记上线1条" in told
    assert "有1行没有对上条目" in told
    assert f"上线情况县政府网站已上线{SITE}1.html" in words(desk.get(f"/entries/{item.pk}"))
    assert "请选择填好的" in words(desk.post(f"/sites/{site.pk}/table", follow=True))
    release.withdraw(audit=audit, item=item, reason="有误")
    run_waiting()
    desk.post(f"/sites/{site.pk}/now")
    run_waiting()
    assert "待确认撤下1" in words(desk.get("/sites"))
    bad = desk.post(f"/sites/{site.pk}/note", {"item": "x", "state": "gone"}, follow=True)
    assert "没有这一条目" in words(bad)
    bad = desk.post(f"/sites/{site.pk}/note", {"item": str(item.pk), "state": "gone", "on": "2026年"}, follow=True)
    assert "日期应写成" in words(bad)
    desk.post(f"/sites/{site.pk}/note", {"item": str(item.pk), "state": "gone", "on": "2026-03-02"})
    assert "待确认撤下0" in words(desk.get("/sites"))
    assert "已停用" in words(desk.post(f"/sites/{site.pk}/end", follow=True))
    assert "已经停用" in words(desk.post(f"/sites/{site.pk}/end", follow=True))


def test_an_interface_shows_its_settings_and_never_its_secret(operator_desk, vendor, interface):
    desk, item = operator_desk
    desk.post(f"/sites/{interface.pk}/now", {"item": str(item.pk)})
    run_waiting()
    assert Exported.objects.get().item == item.pk
    assert OnLine.objects.get().address.endswith("/art/1.html")
    shown = desk.get(f"/sites/{interface.pk}").content.decode()
    assert vendor.base in shown
    assert SECRET not in shown
    wrong = desk.post(f"/sites/{interface.pk}/change", settings_of(vendor, seconds="0", fields=FIELDS))
    assert (wrong.status_code, "1至120秒" in words(wrong)) == (422, True)
    changed = desk.post(f"/sites/{interface.pk}/change", settings_of(vendor, seconds="7"), follow=True)
    assert "设置已保存" in words(changed)
    interface.refresh_from_db()
    assert (interface.settings["seconds"], targets.secret_of(interface)) == (7.0, SECRET)
    desk.post(f"/sites/{interface.pk}/note", {"item": str(item.pk), "address": SITE + "x", "on": ""})
    assert OnLine.objects.order_by("-id").first().address == SITE + "x"


def test_an_entry_is_asked_for_once_more_whatever_digits_chance_gives_the_occasion(
    operator_desk, vendor, interface, monkeypatch
):
    desk, item = operator_desk
    digits = uuid.UUID("12345678-1234-4234-8234-123456789012")  # a job refuses long numbers in words, not in keys
    monkeypatch.setattr(sites, "uuid", SimpleNamespace(UUID=uuid.UUID, uuid4=lambda: digits))
    asked = desk.post(f"/sites/{interface.pk}/now", {"item": str(item.pk)}, follow=True)
    assert "已交后台重新导出" in words(asked)
    run_waiting()
    assert Exported.objects.get().item == item.pk


@pytest.mark.parametrize("wrong", ["x", "x" * 36, str(uuid.UUID(int=0))[:-1]])
def test_an_entry_that_is_none_is_refused_with_a_sentence(operator_desk, vendor, interface, wrong):
    desk, _ = operator_desk
    assert "没有这一条目" in words(desk.post(f"/sites/{interface.pk}/now", {"item": wrong}, follow=True))
    assert not Exported.objects.exists()


def test_a_listing_is_compared_on_a_page_and_its_lines_are_decided(operator_desk, organ):
    desk, item = operator_desk
    rows = [{"url": SITE + "9", "title": "谁也没有审查过的通知", "day": "2026-02-01"}]
    file = SimpleUploadedFile("结果.jsonl", "\n".join(map(json.dumps, rows)).encode())
    assert desk.post("/reconciliations", {"taken_on": "2026-03-02"}).status_code == 422
    assert desk.post("/reconciliations", {"taken_on": "", "file": file}).status_code == 422
    file.seek(0)
    made = desk.post("/reconciliations", {"taken_on": "2026-03-02", "file": file, "whole": "1"})
    listing = Listing.objects.get()
    assert made.url == f"/reconciliations/{listing.pk}"
    shown = words(desk.get(made.url))
    assert "网上有，没有审查记录（1）" in shown
    assert "已审查公开，网上没有（1）" in shown
    judge = f"{made.url}/judge"
    told = {"group": "without", "url": SITE + "9", "verdict": "supplement", "organ": str(organ.pk)}
    assert "填写日期" in words(desk.post(judge, told, follow=True))
    desk.post(judge, told | {"due_on": "2026-03-20", "reason": "补办"})
    assert "补办" in words(desk.get("/reconciliations"))
    desk.post(judge, {"group": "missing", "url": "", "item": str(item.pk), "verdict": "elsewhere"})
    assert Judgement.objects.filter(item=item.pk, url="").count() == 1
    assert desk.post(judge, {"group": "missing", "item": "x", "verdict": "elsewhere"}).status_code == 404
    [head, *lines] = load_workbook(io.BytesIO(desk.get(f"{made.url}/export.xlsx").content)).active.values
    assert (head[0], len(lines)) == ("情况", 2)
    assert desk.get(f"/reconciliations/{item.pk}").status_code == 404


def test_an_old_site_is_handed_in_read_and_brought(operator_desk):
    desk, _ = operator_desk
    assert desk.post("/migrations").status_code == 422
    assert "ZIP包" in words(desk.post("/migrations", {"file": SimpleUploadedFile("a.rar", b"Rar!")}))
    made = desk.post("/migrations", {"file": SimpleUploadedFile("旧网站.zip", zipped(PAGES)), "organ": ""})
    migration = Migration.objects.get()
    assert "正在看" in words(desk.get(made.url))
    assert "还没有看完" in words(desk.post(f"{made.url}/bring", follow=True))
    run_waiting()
    shown = words(desk.get(made.url))
    assert "共8个网页" in shown
    assert "疑似个人信息" in shown
    assert "没有读出1" in shown
    before = Item.objects.count()
    for wrong in ({"undated_on": "2099-01-01"}, {"mode": "x"}):
        desk.post(f"{made.url}/bring", wrong)
        run_waiting()
        assert Item.objects.count() == before
    desk.post(f"{made.url}/bring", {"mode": "proactive", "undated_on": ""})
    run_waiting()
    assert Item.objects.count() > before
    assert "已迁入" in words(desk.get(f"{made.url}?state=ready"))
    assert desk.get(f"{made.url}/export.xlsx").status_code == 200
    assert desk.get(f"/migrations/{migration.file_id}").status_code == 404


def test_who_may_not_sees_nothing(onlooker_desk, operator_desk, folder):
    for path in ("/sites", f"/sites/{folder.pk}", "/reconciliations", "/migrations", "/sites/new"):
        assert onlooker_desk.get(path).status_code == 403
