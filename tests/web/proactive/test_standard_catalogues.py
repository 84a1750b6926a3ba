"""Standard catalogues at the desk: brought in, matched, declared; what is missing, stale or late; who may what."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from gongkai.proactive.coverage import Line
from gongkai.web.coverage.models import Bearing, Catalogue, Declaration, Placement
from gongkai.web.coverage.selectors import matrix, suggest
from gongkai.web.coverage.selectors.catalogues import current
from gongkai.web.coverage.services import catalogues, placing
from gongkai.web.facts import Refused
from gongkai.web.organs.models import Organ
from gongkai.web.organs.services import name_county
from gongkai.web.proactive.services import release, review
from gongkai.web.proactive.services.relations import clarify
from gongkai.web.proactive.services.settings import set_own_limit
from tests.readers.test_catalogues import book, row
from tests.web.clock import NINE
from tests.web.proactive.conftest import NOTICE

TODAY = NINE.date()
WATER = Line("供水管理", "管网改造", "改造范围、进度", limit="按季度公开", duty="县水务局")
PRICE = Line("供水管理", "水价", "水价文件", limit="自形成之日起20个工作日内", duty="水务局、发展改革局")
WHO = Line("供水管理", "举报", "举报电话", limit="长期公开", duty="有关行政部门")


@pytest.fixture
def standard(clock, county, audit, organ):
    """A catalogue of three lines: one of the organ's, one shared, one of which it is not plain whose."""
    name_county(audit=audit, county=county, name="云岭县")
    return catalogues.keep(audit=audit, field="municipal", lines=[WATER, PRICE, WHO], source="云政办〔2026〕1号")


def stands(county, today=TODAY):
    return {
        (cell.row.second, cell.organ.name if cell.organ else ""): str(cell.judged.stand)
        for cell in matrix.cells(county.pk, today)
    }


def test_a_line_is_missing_until_a_public_entry_stands_on_it_and_stale_when_it_grows_old(
    county,
    audit,
    standard,
    entry,
    published,
):
    assert stands(county) == {
        ("管网改造", "云岭县水务局"): "missing",
        ("水价", "云岭县水务局"): "missing",
        ("举报", ""): "unassigned",
    }
    item = published()
    placing.place(audit=audit, entry=item.pk, line=WATER.key("municipal"))
    assert stands(county)["管网改造", "云岭县水务局"] == "present"
    assert stands(county, date(2026, 7, 1))["管网改造", "云岭县水务局"] == "stale"
    with pytest.raises(Refused, match="已经对应"):
        placing.place(audit=audit, entry=item.pk, line=WATER.key("municipal"))
    release.withdraw(audit=audit, item=item, reason="有误")
    assert stands(county)["管网改造", "云岭县水务局"] == "missing"
    placing.take_off(audit=audit, entry=item.pk, line=WATER.key("municipal"))
    assert Placement.objects.count() == 2
    with pytest.raises(Refused, match="没有对应到这一行"):
        placing.take_off(audit=audit, entry=item.pk, line=WATER.key("municipal"))
    late = entry(formed_on=date(2026, 1, 4), title="水价调整文件")
    placing.place(audit=audit, entry=late.pk, line=PRICE.key("municipal"))
    assert stands(county)["水价", "云岭县水务局"] == "late"


def test_what_does_not_concern_an_organ_is_declared_with_a_reason_and_taken_back(
    county, audit, standard, organ, published
):
    key = PRICE.key("municipal")
    with pytest.raises(Refused, match="理由"):
        placing.declare(audit=audit, organ=organ, line=key, reason=" ")
    placing.declare(audit=audit, organ=organ, line=key, reason="本县水价由市里定")
    assert stands(county)["水价", "云岭县水务局"] == "not_applicable"
    [tally] = matrix.by_organ(matrix.cells(county.pk, TODAY))
    assert tally.base == 1
    placing.take_back(audit=audit, organ=organ, line=key)
    assert stands(county)["水价", "云岭县水务局"] == "missing"
    with pytest.raises(Refused, match="没有说明过"):
        placing.take_back(audit=audit, organ=organ, line=key)
    placing.place(audit=audit, entry=published().pk, line=key)
    with pytest.raises(Refused, match="已经有条目"):
        placing.declare(audit=audit, organ=organ, line=key, reason="x")
    assert Declaration.objects.count() == 2


def test_a_new_version_keeps_what_stood_on_equal_lines(county, audit, standard, published):
    placing.place(audit=audit, entry=published().pk, line=WATER.key("municipal"))
    with pytest.raises(Refused, match="完全相同"):
        catalogues.keep(audit=audit, field="municipal", lines=[WATER, PRICE, WHO], source="再发")
    catalogues.keep(
        audit=audit, field="municipal", lines=[replace(WATER, limit="每年公开")], source="云政办〔2026〕9号"
    )
    assert stands(county) == {("管网改造", "云岭县水务局"): "present"}
    assert stands(county, date(2026, 12, 31)) == {("管网改造", "云岭县水务局"): "present"}
    catalogues.take_back(audit=audit, field="municipal", reason="停用")
    assert stands(county) == {}
    assert [each.number for each in Catalogue.objects.order_by("number")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("field", "lines", "source", "why"),
    (
        ("nothing", [WATER], "x", "请选择领域"),
        ("municipal", [], "x", "没有可以收入"),
        ("municipal", [WATER], " ", "来源"),
        ("municipal", [WATER, WATER], "x", "相同"),
        ("municipal", [replace(WATER, content="")], "x", "没有公开事项或者公开内容"),
    ),
)
def test_what_is_no_catalogue_is_not_kept(audit, field, lines, source, why):
    with pytest.raises(Refused, match=why):
        catalogues.keep(audit=audit, field=field, lines=lines, source=source)
    assert not Catalogue.objects.exists()


def test_who_bears_a_line_is_said_by_a_person_where_the_words_are_not_plain(county, audit, standard, organ, desk_of):
    desk = desk_of("competent")
    page = desk.get("/coverage/fields/municipal").content.decode()
    assert "责任机关未对应" in page
    said = {"duty": WHO.duty, "organs": [str(organ.pk)]}
    assert desk.post("/coverage/fields/municipal/bearers", said).status_code == 302
    assert stands(county)["举报", "云岭县水务局"] == "missing"
    desk.post("/coverage/fields/municipal/bearers", {"duty": WHO.duty})
    assert ("举报", "") not in stands(county)
    desk.post("/coverage/fields/municipal/bearers", {"duty": "不在目录里的", "organs": [str(organ.pk)]})
    assert Bearing.objects.count() == 2
    assert desk_of("clerk").post("/coverage/fields/municipal/bearers", said).status_code == 403


def test_a_catalogue_is_shown_before_it_is_kept(county, desk_of):
    desk = desk_of("competent")
    data = book([row(), row("2", content="")])
    answer = desk.post(
        "/coverage/import", {"file": SimpleUploadedFile("目录.xlsx", data), "source": "云政办〔2026〕2号"}
    )
    page = answer.content.decode()
    assert "读出1行" in page
    assert "义务教育!D5" in page
    assert not Catalogue.objects.exists()
    packed = page.split('name="packed" value="')[1].split('"')[0]
    assert desk.post("/coverage/import/keep", {"packed": packed, "source": ""}).status_code == 409
    assert desk.post("/coverage/import/keep", {"packed": packed + "x", "source": "s"}).status_code == 409
    assert desk.post("/coverage/import/keep", {"packed": packed, "source": "云政办〔2026〕2号"}).status_code == 302
    assert current(county.pk)["education"].lines == 1
    for broken in (b"", b"PK\x03\x04x"):
        wrong = desk.post("/coverage/import", {"file": SimpleUploadedFile("坏.xlsx", broken)})
        assert wrong.status_code == 409
    assert desk_of("clerk").get("/coverage/import").status_code == 403
    template = desk_of("competent").get("/coverage/template").content
    assert load_workbook(io.BytesIO(template)).active["E1"].value == "公开依据"


def test_a_clerk_places_confirms_and_declares_on_the_page_of_a_line(
    county, standard, organ, published, entry, desk_of, audit
):
    item = published()
    desk, url = desk_of("clerk"), f"/coverage/lines/{WATER.key('municipal')}/{organ.pk}"
    page = desk.get(url).content.decode()
    assert f"确认“{item.standing.title}”对应这一行" in page
    assert desk.post(url, {"what": "place", "entry": "没有的号"}).status_code == 409
    assert desk.post(url, {"what": "place", "entry": str(item.pk), "suggested": "1"}).status_code == 302
    assert Placement.objects.get().found == "suggested"
    assert "按季度公开" in desk.get(url).content.decode()
    assert desk.post(url, {"what": "declare", "reason": "x"}).status_code == 409
    assert desk.post(url, {"what": "take-off", "entry": str(item.pk)}).status_code == 302
    assert desk.post(url, {"what": "declare", "reason": "没有管网"}).status_code == 302
    assert "没有管网" in desk.get(url).content.decode()
    assert desk.post(url, {"what": "applies"}).status_code == 302
    assert desk.post(url, {"what": "?"}).status_code == 404
    for path in (
        "/coverage",
        f"/coverage/organs/{organ.pk}",
        f"/coverage/organs/{organ.pk}?stand=all",
        "/coverage/limits",
    ):
        assert desk.get(path).status_code == 200, path
    assert desk_of("reviewer").post(url, {"what": "declare", "reason": "x"}).status_code == 403
    other = Organ.objects.create(county=county.pk, name="云岭县教育局", form="department")
    theirs = desk_of("clerk", other)
    assert theirs.get(url).status_code == 403
    assert "云岭县水务局" not in theirs.get("/coverage").content.decode()
    assert "管网改造" not in theirs.get("/coverage/fields/municipal").content.decode()


def test_the_matrix_is_exported_as_it_is_filtered(county, standard, published, audit, desk_of):
    placing.place(audit=audit, entry=published().pk, line=WATER.key("municipal"))
    desk = desk_of("competent")
    sheet = load_workbook(io.BytesIO(desk.get("/coverage/export?field=municipal").content)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [(each[3], each[7], each[8]) for each in rows] == [
        ("管网改造", "云岭县水务局", "有"),
        ("水价", "云岭县水务局", "缺"),
        ("举报", None, "责任机关未对应"),
    ]
    missing = load_workbook(io.BytesIO(desk.get("/coverage/export?field=municipal&stand=open").content)).active
    assert missing.max_row == 2


def test_a_drafter_chooses_lines_and_is_shown_those_like_the_title(county, standard, organ, desk_of):
    from tests.web.proactive.test_pages import typed

    desk, key = desk_of("clerk"), WATER.key("municipal")
    page = desk.get(f"/entries/new?line={key}").content.decode()
    assert f'value="{key}" id="id_lines_0" checked' in page or f'name="lines" value="{key}"' in page
    answer = desk.post("/entries/new", typed(organ, lines=[key]))
    url = answer["location"]
    placed = Placement.objects.get()
    assert (placed.line, placed.found, str(placed.organ_id)) == (key, "drafting", str(organ.pk))
    assert "改造范围、进度" in desk.get(url).content.decode()
    assert desk.post(f"{url}/edit", typed(organ, lines=[PRICE.key("municipal")])).status_code == 302
    assert suggest.placed_on(placed.entry) == [PRICE.key("municipal")]
    assert desk.post(f"{url}/edit", typed(organ, lines=["没有的行"])).status_code == 409
    assert [each.key for each in suggest.lines_for(county.pk, organ.pk, "石桥镇农村供水管网改造情况")] == [key]


def test_stale_columns_are_listed_and_a_county_sets_its_own_interval(county, organ, published, clock, desk_of):
    published(metadata={**NOTICE.metadata, "columns": ["notices", "meetings"]})
    clock.on(days=100)
    desk = desk_of("competent")
    page = desk.get("/coverage/columns").content.decode()
    row = page.split("<tbody>")[1].split("</table>")[0]
    assert "2026-03-02" in row
    assert "2026-09-02" in row
    assert "首页（任何更新）" in row
    assert "会议公开" not in row
    said = {"column": "meetings", "amount": "1", "unit": "month"}
    for wrong in ({"column": "没有"}, {"unit": "年"}, {"amount": "0"}, {"amount": "x"}):
        assert desk.post("/coverage/columns", said | wrong).status_code == 409
    assert desk.post("/coverage/columns", said).status_code == 302
    row = desk.get("/coverage/columns").content.decode().split("<tbody>")[1].split("</tr>")
    assert any("会议公开" in line and "久未更新" in line and "本系统规则" in line for line in row)
    assert desk_of("clerk").post("/coverage/columns", said).status_code == 403
    assert "全县" not in desk_of("clerk").get("/coverage/columns").content.decode()


def test_an_organ_sets_its_own_limit_for_one_kind_of_information(county, organ, desk_of):
    desk, url = desk_of("head"), f"/coverage/limits/{organ.pk}"
    page = desk.get("/coverage/limits").content.decode()
    assert "本级预算" in page
    for wrong in (
        {"limit": "x", "amount": "3"},
        {"limit": "publish", "amount": "0"},
        {"limit": "publish", "amount": "三"},
    ):
        assert desk.post(url, wrong).status_code == 409
    assert desk.post(url, {"limit": "publish", "amount": "7"}).status_code == 302
    page = desk.get("/coverage/limits").content.decode()
    assert "一般政府信息7个工作日" in page
    assert desk_of("clerk").post(url, {"limit": "publish", "amount": "9"}).status_code == 403


def test_the_start_page_counts_what_waits_for_whom(county, standard, audit, hands, organ, entry, desk_of):
    late = entry(formed_on=date(2026, 1, 4), title="水价调整文件")
    sent = entry(title="农村饮水检测结果")
    review.submit(audit=hands[0], item=sent)
    clarify(audit=audit, organ=organ, met_on=TODAY, where="某论坛", words="不实")
    clerk = desk_of("clerk").get("/").content.decode()
    assert '<b class="late">1</b>条已过公开期限' in clerk
    assert "<b>1</b>条虚假、不完整信息" in clerk
    assert "<b>2</b>项标准目录" in clerk
    assert "条等您审查" not in clerk
    secrecy = desk_of("secrecy").get("/").content.decode()
    assert "<b>1</b>条等您审查" in secrecy
    assert "已过公开期限" not in secrecy
    other = Organ.objects.create(county=county.pk, name="云岭县教育局", form="department")
    assert "publishing-waits" not in desk_of("clerk", other).get("/").content.decode()
    page = desk_of("clerk").get("/entries/due").content.decode()
    assert late.standing.title in page
    assert "怎样推算" in page
    assert "起20个工作日内，至2026年1月30日" in page


def test_what_is_past_an_organ_s_own_day_alone_is_listed_apart(county, audit, organ, entry, desk_of, clock):
    set_own_limit(audit=audit, amount=4, valid_from=date(2026, 1, 1), organ=organ.pk)
    entry()
    before = desk_of("clerk").get("/entries/due").content.decode()
    assert "已过本机关自定期限" not in before
    clock.on(days=2)
    page = desk_of("clerk").get("/entries/due").content.decode()
    assert "已过本机关自定期限、未到法定期限（1）" in page
    assert "不是法定期限" in page.rsplit("已过本机关自定期限", 1)[1]
    county_wide = desk_of("competent", Organ.objects.create(county=county.pk, name="办公室", competent=True))
    assert "已过本机关自定期限" in county_wide.get(f"/entries/due?organ={organ.pk}").content.decode()
