"""Texts without white space, names of places and likeness: what they give back leads to the words as printed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.flow import squeezed
from gongkai.text.likeness import likeness
from gongkai.text.places import by_code, full_name, lowest, mentions, named, ordinary_names, parents
from gongkai.text.sentences import clause_around, sentence_around

PRINTED = st.text(alphabet="公开县市区，。\n \t\u3000務(wù)１２0a柳林", max_size=60)


@given(PRINTED)
def test_a_squeezed_text_leads_back_to_its_source(source: str) -> None:
    words = squeezed(source)
    assert not any(c.isspace() for c in words.text)
    for i in range(len(words.text)):
        start, end = words.origin(i, i + 1)
        assert 0 <= start < end <= len(source)
        assert not source[start].isspace()
    whole = words.quote(0, len(words.text))
    assert whole in source


@given(PRINTED, st.data())
def test_a_quote_squeezed_again_is_what_was_matched(source: str, data: st.DataObject) -> None:
    words = squeezed(source)
    start = data.draw(st.integers(0, len(words.text)))
    end = data.draw(st.integers(start, len(words.text)))
    sentence = sentence_around(words.text, start, end)
    assert sentence[0] <= start and end <= sentence[1]
    clause = clause_around(words.text, start, end)
    assert sentence[0] <= clause[0] and clause[1] <= sentence[1]
    if "(" not in source and "務" not in source:
        assert squeezed(words.quote(start, end)).text == words.text[start:end]


def test_an_empty_stretch_is_an_empty_quote() -> None:
    words = squeezed(" 公 开 ")
    assert words.quote(0, 0) == "" and words.quote(2, 2) == "" and words.quote(0, 2) == "公 开"


def test_a_mention_ends_where_the_longest_name_ends() -> None:
    (county, *rest) = mentions("在通道侗族自治县和通道县")
    assert county.name == "通道侗族自治县" and [m.name for m in rest] == ["通道县"]
    assert county.divisions == rest[0].divisions


def test_a_county_with_its_city_before_it_is_that_citys() -> None:
    alone = mentions("鼓楼区")[0].divisions
    assert len({d.code[:4] for d in alone}) > 2
    (city, county) = mentions("福州市鼓楼区")
    assert [full_name(d) for d in county.divisions] == ["福建省福州市鼓楼区"]
    assert lowest([city, county]) == county.divisions


def test_the_lowest_level_counts_wherever_it_stands() -> None:
    assert lowest(mentions("上犹县在赣州市")) == named("上犹县")
    assert lowest([]) == ()


def test_a_citys_name_before_a_county_of_another_does_not_narrow() -> None:
    (_, county) = mentions("南昌市上犹县")
    assert full_name(county.divisions[0]) == "江西省赣州市上犹县"


def test_levels_and_relations() -> None:
    county = named("上犹县")[0]
    city, province = parents(county)
    assert (county.level, city.level, province.level) == ("county", "city", "province")
    assert county.within(province) and not province.within(county) and province.related(county)
    assert not county.related(named("柳林县")[0])
    assert by_code("000000") is None and named("无此县") == ()
    assert parents(named("大足区")[0]) == (named("重庆市")[0],)


def test_names_of_two_characters_are_read_only_where_asked() -> None:
    assert mentions("省市和县政府") == []
    assert [m.name for m in mentions("和县人民政府", shortest=2)] == ["和县"]


def test_ordinary_names_are_names() -> None:
    assert {"公安县", "资源县", "同心县", "和平县", "通道县", "前进区"} <= ordinary_names()


def test_likeness_counts_the_newer_texts_runs() -> None:
    same = likeness("甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊己庚辛壬癸子丑")
    assert same.share == 1.0 and same.stretches == ((0, 10),)
    assert likeness("", "甲乙").share == 0.0
    assert likeness("甲乙丙丁戊己庚辛", "子丑寅卯辰巳午未").same == 0


def test_likeness_leaves_out_form_words_and_keeps_places() -> None:
    text = "，甲乙 丙丁12戊己庚辛。子丑寅卯辰巳午未申"
    found = likeness(text, "甲乙丙丁戊己庚辛", leave_out=["子丑寅卯辰巳午未申"])
    (stretch,) = found.stretches
    assert text[slice(*stretch)] == "甲乙 丙丁12戊己庚辛"
    assert likeness("子丑寅卯辰巳午未申", "子丑寅卯辰巳午未申", leave_out=["子丑寅卯辰巳午未申"]).base == 0


@given(st.text(alphabet="甲乙丙丁戊己", max_size=40), st.text(alphabet="甲乙丙丁戊己", max_size=40))
def test_a_share_is_a_share(text: str, other: str) -> None:
    assert 0.0 <= likeness(text, other).share <= 1.0
    assert likeness(text, text).same == likeness(text, text).base
