"""Names and places against the office's list: what is one character off, what only resembles it, what nobody can tell."""

from __future__ import annotations

import pytest

from gongkai.readers.precheck import Lists, precheck_text
from gongkai.readers.precheck.lists import parse_lists
from gongkai.readers.precheck.names import one_off, sounds_alike


def said(text: str, listed: str) -> list[tuple[str, str]]:
    """The grade and the sentence of each hit, with this list alone."""
    return [(hit.grade, hit.says) for hit in precheck_text(text, parse_lists("名单.txt", listed.encode())).hits]


DIFFERENCES = [
    # name | other | the two characters in which they differ
    ("王晓虹", "王小虹", ("晓", "小")),
    ("王晓虹", "王虹晓", ("晓", "晓")),
    ("王晓虹", "王虹小", None),
    ("王晓虹", "虹王小", None),
    ("王晓虹", "虹晓王", None),
    ("王晓虹", "李晓明", None),
    ("王晓虹", "王晓", None),
    ("王晓虹", "王晓虹", None),
]


@pytest.mark.parametrize(("name", "other", "expected"), DIFFERENCES)
def test_names_differ_in_one_character_or_in_two_exchanged(name: str, other: str, expected: object) -> None:
    assert one_off(name, other) == expected
    back = one_off(other, name)
    assert (back is None) == (expected is None)


def test_two_characters_sound_alike_where_the_order_of_pinyin_tells() -> None:
    assert sounds_alike("晓", "小") and sounds_alike("桥", "乔")
    assert not sounds_alike("桥", "屏")
    # 堃 is pronounced like 坤, but stands in no order of pinyin; a dot is no character at all.
    assert not sounds_alike("堃", "坤") and not sounds_alike("·", "坤")


def test_a_name_like_a_leaders_weighs_more_behind_a_title() -> None:
    listed = "[领导]\n县长 王晓虹"
    assert said("县长王小虹主持会议。", listed) == [("doubt", "“王小虹”与名单中的“王晓虹”只差一字。")]
    assert said("王小虹在会上发言。", listed) == [("note", "“王小虹”与名单中的“王晓虹”相近。")]
    assert said("王大虹在会上发言。", listed) == []
    assert said("王晓虹在会上发言。", listed) == []


def test_a_rare_character_is_compared_only_where_a_title_stands_before() -> None:
    listed = "[领导]\n县长 王堃元"
    assert said("县长王坤元出席。", listed) == [("doubt", "“王坤元”与名单中的“王堃元”只差一字。")]
    assert said("王坤元参加义务植树。", listed) == []


def test_leaders_without_titles_are_compared_by_their_order_alone() -> None:
    listed = "[领导]\n李鸣\n王晓虹"
    assert said("王晓虹、李鸣参加。", listed) == [("note", "“王晓虹”排在“李鸣”之前，与名单的排序不同。")]
    assert said("县长李鸣、县委书记王晓虹参加。", listed) == []


PLACES = [
    # the list | the text | the names that are doubted
    ("石桥镇", "石乔镇人民政府", ["石乔镇"]),
    ("石桥镇", "石桥镇人民政府", []),
    ("石桥镇", "石桥村村民委员会", []),
    ("石桥镇", "石屏镇人民政府", []),
    ("石桥", "石乔小学", []),
    ("石桥镇\n大石乔镇", "大石乔镇人民政府", []),
    ("石桥镇\n大石乔镇", "大石乔镇和石乔镇，还有大石桥镇路", ["石乔镇"]),
    ("梨园新村社区", "梨园新存社区", ["梨园新存社区"]),
]


@pytest.mark.parametrize(("places", "text", "doubted"), PLACES)
def test_a_place_is_doubted_only_where_it_can_be_no_other(places: str, text: str, doubted: list[str]) -> None:
    sentences = [sentence for _, sentence in said(text, f"[地名]\n{places}")]
    assert [sentence.split("”")[0].strip("“") for sentence in sentences] == doubted


def test_without_any_list_no_word_and_no_name_is_doubted() -> None:
    text = "惯彻落实会议精神，县长王小虹主持，石乔镇参加。"
    assert precheck_text(text, Lists()).hits == ()
    assert [hit.kind for hit in precheck_text(text).hits] == ["misspelt"]
