"""The standard catalogues as anyone reads them: their lines in words, and on each only what is public at the moment."""

from __future__ import annotations

import re

import pytest

from gongkai.proactive.coverage import Line
from gongkai.web.coverage.services import catalogues, placing
from gongkai.web.proactive.services import release

WATER = Line("供水管理", "管网改造", "改造范围、进度", limit="按季度公开", duty="县水务局")
PRICE = Line("供水管理", "水价", "水价文件", limit="自形成之日起20个工作日内", duty="水务局")


@pytest.fixture
def standard(clock, county, audit, organ):
    return catalogues.keep(audit=audit, field="municipal", lines=[WATER, PRICE], source="云政办〔2026〕1号")


def read(stranger, address="/fields/municipal", status=200):
    answer = stranger.get(address)
    assert answer.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_lines_stand_with_their_limits_and_what_is_public_on_them(stranger, audit, standard, entry, published, clock):
    assert "共2项，0项有公开的信息" in read(stranger)
    old, new = published(title="管网改造一期"), None
    placing.place(audit=audit, entry=old.pk, line=WATER.key("municipal"))
    clock.on(days=1)
    new = published(title="管网改造二期")
    placing.place(audit=audit, entry=new.pk, line=WATER.key("municipal"))
    draft = entry(title="管网改造三期草稿")
    placing.place(audit=audit, entry=draft.pk, line=PRICE.key("municipal"))
    page = read(stranger)
    assert "来源：云政办〔2026〕1号。共2项，1项有公开的信息" in page
    assert "按季度公开" in page and "自形成之日起20个工作日内" in page
    assert page.index("管网改造二期") < page.index("管网改造一期") < page.index("水价文件") < page.index("暂无")
    assert "草稿" not in page
    assert re.search(r"市政服务\S* 2条 目录共2项，1项有公开的信息", read(stranger, "/fields"))


def test_what_is_taken_off_withdrawn_or_of_another_field_stands_there_no_more(stranger, audit, standard, published):
    gone, off = published(title="撤下的一件"), published(title="对错的一件")
    for item in (gone, off):
        placing.place(audit=audit, entry=item.pk, line=WATER.key("municipal"))
    assert "撤下的一件" in read(stranger) and "对错的一件" in read(stranger)
    release.withdraw(audit=audit, item=gone, reason="有误")
    assert "撤下的一件" not in read(stranger)
    placing.take_off(audit=audit, entry=off.pk, line=WATER.key("municipal"))
    assert "对错的一件" not in read(stranger), "a kept page outlives what was taken off"
    catalogues.keep(audit=audit, field="municipal", lines=[PRICE], source="云政办〔2026〕9号")
    assert "云政办〔2026〕9号" in read(stranger)
    assert "管网改造" not in read(stranger)


def test_a_field_without_catalogue_has_no_page(stranger, audit, standard):
    read(stranger, "/fields/tax", 404)
    read(stranger, "/fields/nothing", 404)
    catalogues.take_back(audit=audit, field="municipal", reason="目录修订")
    read(stranger, status=404)
    assert "还没有公布各领域的标准目录" in read(stranger, "/fields")


def test_many_entries_of_a_line_unfold(stranger, audit, standard, published):
    for n in range(7):
        placing.place(audit=audit, entry=published(title=f"第{n}期").pk, line=WATER.key("municipal"))
    page = read(stranger)
    assert "另有2条" in page
    assert all(f"第{n}期" in page for n in range(7))


def test_the_boards_lead_to_the_fields(stranger, standard):
    for address in ("/boards", "/statutory"):
        assert 'href="/fields"' in stranger.get(address).content.decode()
