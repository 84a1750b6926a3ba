"""Searching what is public: what is found, in which order, what is said when not everything could be asked."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction

from gongkai.web.search import selectors, services
from gongkai.web.search.marks import Filters
from gongkai.web.search.showing import marked
from tests.web.search.conftest import Shelf, at


def words_of(pieces):
    return [piece.text for piece in pieces if piece.found]


@pytest.mark.parametrize(
    "typed",
    ["云政发〔2021〕5号", "云政发[2021]5号", "云政发（2021）5号", "云政发【２０２１】５号", "云政发2021 5号", "雲政發〔2021〕5號",
     "11370000MB2/2021-00005", "ZC 2021", "《关于印发救助办法的通知》", "印發「救助辦法」的通知", "救助办法 财政", "“标准 提高”", "县 救助"],
)  # fmt: skip
def test_an_item_is_found_in_whatever_form_its_words_are_typed(shelf, typed):
    item = shelf.put(
        "云岭县关于印发《救助办法》的通知" if typed[:1] != "《" else "关于印发《救助办法》的通知",
        "财政部门拨付，标准 提高到每月800元。ZC  2021",
        number="云政发〔2021〕5号",
        index_number="11370000MB2/2021-00005",
    )
    shelf.put("云岭县人民政府公告", "另一件事：标准化。", number="云政发〔2020〕6号")
    assert shelf.items(typed) == [item]


@pytest.mark.parametrize("typed", ["云政发〔2021〕6号", "办法救助", "救助 林业", "标准提 低", "级", "abc"])
def test_what_does_not_stand_there_is_not_found(shelf, typed):
    shelf.put("关于印发《救助办法》的通知", "财政部门拨付，标准提高。", number="云政发〔2021〕5号")
    found = shelf.search(typed)
    assert (found.hits, str(found.count), found.complete) == ((), "0", True)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("云政发〔2021〕5号", "05"),
        ("〔2021〕5", "0145"),
        ("〔2021〕50", "14"),
        ("〔2021〕50号", "1"),
        ("发（2021）500", "4"),
    ],
)
def test_numbers_are_found_as_any_other_words(shelf, typed, found):
    texts = (
        "见云政发〔2021〕5号文",
        "云政发〔2021〕50号",
        "云政发〔2022〕5号",
        "2021年5号",
        "云政发〔2021〕500",
        "云政发〔2021〕5号",
    )
    made = [shelf.put(text=text) for text in texts]
    assert {made.index(item) for item in shelf.items(typed)} == set(map(int, found))


def test_a_phrase_does_not_run_from_one_field_into_the_next(shelf):
    shelf.put("救助", "办法", issuer="财政局")
    assert shelf.items("救助办法") == []
    assert shelf.items("财政局办法") == []
    assert len(shelf.items("救助 办法 财政局")) == 1


def test_one_character_is_looked_for_in_titles_and_the_reader_is_told(shelf):
    item = shelf.put("林业公告", "水")
    shelf.put("公告", "林业")
    found = shelf.search("林")
    assert [hit.release for hit in found.hits] == [item]
    assert "只在标题中查找" in found.said[0]
    assert shelf.items("水") == []


@pytest.mark.parametrize("typed", ["，。", "《》", "  、 "])
def test_marks_alone_are_answered_with_a_sentence(shelf, typed):
    shelf.put("公告，。")
    found = shelf.search(typed)
    assert found.hits == ()
    assert found.said == ("请输入要查找的文字，标点符号不作为查找的内容。",)


def test_too_many_words_and_too_long_a_line_are_cut_and_said(shelf):
    item = shelf.put("公告", "".join(chr(0x4E00 + n) for n in range(300)))
    typed = "".join(chr(0x4E00 + n) for n in range(260))
    assert shelf.items(typed) == [item]
    assert "只查找了前200字" in shelf.search(typed).said[0]
    eleven = " ".join(chr(0x4E00 + 2 * n) + chr(0x4E01 + 2 * n) for n in range(10)) + " 没有"
    assert shelf.items(eleven) == [item]
    assert "只查找了前10个" in shelf.search(eleven).said[0]


def test_the_newest_come_first_and_pages_divide_them(shelf):
    made = [shelf.put("公告", "行政处罚", days=n % 7) for n in range(45)]
    pages = [shelf.items("行政处罚", page=page) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [20, 20, 5, 0]
    shown = [item for page in pages for item in page]
    assert sorted(shown) == sorted(made)
    days = {item: n % 7 for n, item in enumerate(made)}
    assert [days[item] for item in shown] == sorted(days.values(), reverse=True)
    assert shelf.search("行政处罚").pages == 3


def test_months_that_lie_far_apart_are_all_asked(shelf):
    made = [shelf.put("公告", "行政处罚", published_on=day) for day in
            (date(1950, 5, 1), date(1999, 12, 31), date(2015, 1, 1), date(2025, 2, 28), date(2025, 3, 1))]  # fmt: skip
    assert shelf.items("行政处罚") == made[::-1]
    assert shelf.items("行政") == made[::-1]
    assert shelf.items("处罚", filters=Filters(since=date(1999, 12, 31), until=date(2025, 2, 28))) == made[3:0:-1]


def test_ranked_puts_titles_first_then_what_says_it_more_often(shelf):
    often = shelf.put("公告", "行政处罚" * 5 + "其他" * 20)
    once = shelf.put("公告", "行政处罚" + "其他" * 38)
    newer = shelf.put("公告", "行政处罚" + "其他" * 38)
    title = shelf.put("行政处罚的公告", "无", days=0)
    exactly = shelf.put("行政处罚", "无", days=0)
    found = shelf.search("行政处罚", order="ranked")
    assert [hit.release for hit in found.hits] == [exactly, title, often, newer, once]
    assert found.order == "ranked"


def test_above_the_cap_the_order_is_by_date_and_the_count_says_more(shelf, monkeypatch):
    monkeypatch.setattr(selectors, "CAP", 5)
    for _ in range(11):
        last = shelf.put("公告", "行政处罚")
    for typed in ("行政", "行政处罚"):
        found = shelf.search(typed, order="ranked", size=2)
        assert found.hits[0].release == last
        assert found.order == "newest"
        assert found.count.more
        assert found.count.number == 5
        assert "按发布日期" in found.said[0]
    assert str(shelf.search("行政").count) == "5+"


def test_at_the_cap_all_are_ranked_and_counted(shelf, monkeypatch):
    monkeypatch.setattr(selectors, "CAP", 5)
    first = shelf.put("行政处罚")
    for _ in range(4):
        shelf.put("公告", "行政处罚")
    found = shelf.search("行政处罚", order="ranked")
    assert (found.hits[0].release, str(found.count), found.order) == (first, "5", "ranked")


def test_a_search_that_could_not_ask_everything_says_so(shelf, monkeypatch):
    monkeypatch.setattr(selectors, "LOOKED_AT", 40)
    old = shelf.put("公告", "行政处罚决定", days=0)
    for _ in range(60):
        shelf.put("公告", "行政处、政处罚、处罚决、罚决定")
    found = shelf.search("行政处罚决定")
    assert found.hits == ()
    assert not found.complete
    assert str(found.count) == "0+"
    assert "更早的没有核对" in found.said[0]
    monkeypatch.setattr(selectors, "LOOKED_AT", 20_000)
    assert shelf.items("行政处罚决定") == [old]


def test_a_count_that_was_not_looked_at_says_about(shelf, monkeypatch):
    monkeypatch.setattr(selectors, "_COUNTED", 10)
    for _ in range(60):
        shelf.put("公告", "行政处罚决定")
        shelf.put("公告", "行政处、政处罚、处罚决、罚决定")
    found = shelf.search("行政处罚决定", facets=True)
    assert len(found.hits) == 20
    assert (found.count.exact, 55 <= found.count.number <= 65) == (False, True)
    assert str(found.count).startswith("约")
    assert not found.facets.complete


def test_a_release_is_found_from_its_beginning_and_before_its_end(shelf):
    item = shelf.put("公示", "拟录用人员", visible_from=at(2025, 5, 1), visible_until=at(2025, 6, 1))
    stays = shelf.put("公示", "拟录用人员")
    for moment, expected in (
        (at(2025, 5, 1) - timedelta(microseconds=1), {stays}), (at(2025, 5, 1), {item, stays}),
        (at(2025, 6, 1) - timedelta(microseconds=1), {item, stays}), (at(2025, 6, 1), {stays}),
    ):  # fmt: skip
        for order in ("newest", "ranked"):
            found = shelf.search("拟录用人员", at=moment, order=order, facets=True)
            assert {hit.release for hit in found.hits} == expected
            assert str(found.count) == str(len(expected))
            assert [f.count for f in found.facets.by["organ"]] == [len(expected)]
        assert selectors.holds(item, at=moment) == (item in expected)


def test_a_version_gives_way_to_the_next_without_any_job(shelf):
    item = uuid.uuid4()
    old = shelf.put("办法", "旧的标准", item=item, visible_until=at(2025, 6, 1))
    new = shelf.put("办法", "新的标准", item=item, visible_from=at(2025, 6, 1))
    assert shelf.items("标准", at=at(2025, 5, 31)) == [old]
    assert shelf.items("标准", at=at(2025, 6, 1)) == [new]
    assert {hit.item for hit in shelf.search("新的标准").hits} == {item}


def test_what_is_taken_out_is_gone_at_once_and_may_come_back(shelf):
    item = shelf.put("公告", "行政处罚决定")
    with transaction.atomic():
        assert services.remove(item)
        assert shelf.items("行政") == []
        assert not services.remove(item)
    assert shelf.items("公告") == []
    again = shelf.put("公告", "行政处罚决定", release=item)
    assert shelf.items("行政处罚") == [again]


def test_a_new_version_takes_the_place_of_the_old(shelf):
    item = shelf.put("旧题", "行政处罚决定", kind="notice", days=3)
    shelf.put("新题", "行政许可决定", release=item, kind="policy", days=3)
    assert shelf.items("行政处罚") == shelf.items("旧题") == []
    assert shelf.items("行政", filters=Filters(kinds=("notice",))) == []
    assert shelf.items("行政许可", filters=Filters(kinds=("policy",))) == [item]
    shelf.put("新题", "行政许可决定", release=item, days=9)
    assert [hit.published_on for hit in shelf.search("行政").hits] == [date(2024, 1, 10)]


def test_a_release_that_fails_leaves_the_search_as_it_was(shelf):
    stays = shelf.put("公告", "行政处罚")

    def release_that_fails():
        with transaction.atomic():
            services.remove(stays)
            shelf.put("公告", "行政处罚")
            raise LookupError

    with pytest.raises(LookupError):
        release_that_fails()
    assert shelf.items("行政处罚") == [stays]
    assert selectors.releases(shelf.county) == {stays}
    with transaction.atomic():
        services.remove(stays)
    assert shelf.items("行政") == []


def test_outside_a_transaction_nothing_is_changed(shelf, monkeypatch):
    item = shelf.put("公告")
    monkeypatch.setattr(services, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(RuntimeError, match="transaction"):
        services.remove(item)
    assert selectors.holds(item)


def test_the_search_can_be_made_anew(shelf):
    shelf.put("公告", "行政处罚")
    entry = services.Entry(
        release=uuid.uuid4(), item=uuid.uuid4(), visible_from=at(1990), county=shelf.county, organ=shelf.organ, kind="notice", title="公告", text="行政许可",
        published_on=date(2024, 1, 1),
    )  # fmt: skip
    assert services.rebuild([entry]) == 1
    assert shelf.items("行政") == [entry.release]
    assert shelf.items("处罚") == []


def test_filters_narrow_and_facets_count(shelf):
    other = uuid.uuid4()
    both = shelf.put("办法", "救助", kind="policy", topics=("民生", "A_b"), columns=("zhengce",), validity="in_force")
    shelf.put("办法", "救助", kind="notice", topics=("民生",), organ=other, published_on=date(2023, 5, 1))
    shelf.put("别的", "无关", kind="policy", topics=("民生",))
    facets = shelf.search("救助", facets=True).facets
    assert facets.complete
    assert {name: [(f.value, f.count) for f in found] for name, found in facets.by.items()} == {
        "organ": [(str(o), 1) for o in sorted((shelf.organ, other), key=str)],
        "kind": [("notice", 1), ("policy", 1)],
        "validity": [("in_force", 1)],
        "columns": [("zhengce", 1)],
        "topics": [("民生", 2), ("A_b", 1)],
        "year": [("2023", 1), ("2024", 1)],
    }
    for filters in (
        Filters(organs=(shelf.organ,)), Filters(kinds=("policy", "report")), Filters(topics=("A_b",)),
        Filters(columns=("zhengce",)), Filters(validities=("in_force",)), Filters(years=(2024,)),
        Filters(topics=("民生",), kinds=("policy",)),
    ):  # fmt: skip
        assert shelf.items("救助", filters=filters) == [both]
    assert shelf.items("救助", filters=Filters(topics=("a_b",))) == []
    assert len(shelf.items("", filters=Filters(kinds=("policy",)))) == 2


def test_another_countys_items_are_not_found(shelf):
    shelf.put("公告", "行政处罚", county=uuid.uuid4())
    assert shelf.items("行政处罚") == shelf.items("") == []
    assert selectors.suggestions("公", county=shelf.county) == ()


@pytest.mark.parametrize(
    ("typed", "filters"),
    [
        ("救助", Filters()),
        ("云政发[2021]5号", Filters()),
        ("云政发〔2021〕5号 救助", Filters()),
        ("办", Filters()),
        ("", Filters()),
        ("", Filters(kinds=("notice",))),
    ],
)
def test_a_county_finds_the_same_alone_and_beside_another(shelf, typed, filters):
    mine = [shelf.put("救助办法", "依照云政发〔2021〕5号文件。"), shelf.put("另一办法", "救助见云政发〔2021〕5号。")]
    alone = shelf.items(typed, filters=filters)
    Shelf().put("救助办法", "依照云政发〔2021〕5号文件。")
    Shelf(county=uuid.UUID(int=0)).put("救助办法", "依照云政发〔2021〕5号文件。")
    assert shelf.items(typed, filters=filters) == alone == mine[::-1]


def test_another_documents_number_is_not_taken_for_it(shelf):
    right = shelf.put("甲", "依照云政发〔2021〕5号文件。")
    shelf.put("乙", "依照云府发〔2021〕5号文件。")
    shelf.put("丙", "依照云政发〔2021〕50号文件，云政发〔2020〕5号文件。")
    assert shelf.items("云政发[2021]5号") == [right]


def test_hits_are_marked_in_the_words_as_printed_and_never_become_markup(shelf):
    shelf.put("<b>行政處罰</b>的公告", "前文" * 100 + "<script>alert(1)</script>關於〔行政處罰〕的決定" + "后文" * 100)
    (hit,) = shelf.search("行政处罚").hits
    assert words_of(hit.title) == words_of(hit.snippet) == ["行政處罰"]
    said = str(marked(hit.snippet))
    assert "<mark>行政處罰</mark>" in said
    assert "<script" not in said
    assert "&lt;script&gt;" in said
    assert str(marked(hit.title)) == "&lt;b&gt;<mark>行政處罰</mark>&lt;/b&gt;的公告"
    assert hit.snippet[0].text == hit.snippet[-1].text == "…"
    assert len("".join(p.text for p in hit.snippet)) < 140


def test_a_hit_in_the_title_alone_shows_how_the_text_begins(shelf):
    shelf.put("行政处罚公告", "首先说明有关情况。")
    (hit,) = shelf.search("行政处罚").hits
    assert "".join(piece.text for piece in hit.snippet) == "首先说明有关情况。"


def test_titles_are_suggested_once_those_that_begin_so_first(shelf):
    shelf.put("救助办法", days=1)
    shelf.put("关于印发救助办法的通知", days=2)
    shelf.put("关于印发救助办法的通知", days=3)
    shelf.put("通知", "救助办法")
    shelf.put("救助公示", visible_until=at(2025))

    def told(typed):
        return selectors.suggestions(typed, county=shelf.county, at=at(2026))

    assert told("救助") == ("救助办法", "关于印发救助办法的通知")
    assert told("救") == told("救助")
    assert told("關於") == ("关于印发救助办法的通知",)
    assert told("") == told("没有") == ()
