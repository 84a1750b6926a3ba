"""The office's lists in their three ways of writing; what is wrong with one is said."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from gongkai.readers.errors import Unreadable
from gongkai.readers.precheck import Lists, precheck_text
from gongkai.readers.precheck.lists import Leader, Word, parse_lists

TXT = """# 本县名单
[领导]
县委书记 李鸣
县委副书记 县长 王晓虹
副县长 孙立人 离任
[地名]
石桥镇
[错别字]
云领县 => 云岭县
布置 → 部署
[敏感词]
维稳
[联系方式]
0871-65551234
"""
TOML = """
"领导" = [
  { name = "李鸣", titles = ["县委书记"] },
  { name = "王晓虹", titles = ["县委副书记", "县长"] },
  { name = "孙立人", titles = ["副县长"], former = true },
]
"地名" = ["石桥镇"]
"敏感词" = ["维稳"]
"联系方式" = ["0871-65551234"]
["错别字"]
"云领县" = "云岭县"
"布置" = "部署"
"""
EXPECTED = Lists(
    (
        Leader("李鸣", ("县委书记",)),
        Leader("王晓虹", ("县委副书记", "县长")),
        Leader("孙立人", ("副县长",), former=True),
    ),
    ("石桥镇",),
    (Word("云领县", "云岭县"), Word("布置", "部署"), Word("维稳")),
    ("0871-65551234",),
)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in (
        [
            ("姓名", "职务", "状态"),
            ("李鸣", "县委书记", None),
            ("王晓虹", "县委副书记、县长", None),
            ("孙立人", "副县长", "离任"),
        ],
        [("地名", "备注"), ("石桥镇", "驻地")],
        [("错误", "正确"), ("云领县", "云岭县"), ("布置", "部署")],
        [("词", "说明"), ("维稳", None)],
        [("联系方式", "科室"), ("0871-65551234", "办公室")],
    ):
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.txt", TXT.encode()), ("a.txt", TXT.encode("gb18030")), ("a.toml", TOML.encode()), ("a.xlsx", workbook())],
)
def test_three_ways_of_writing_say_the_same(name: str, data: bytes) -> None:
    assert parse_lists(name, data) == EXPECTED


def test_a_bare_list_of_words_needs_no_section() -> None:
    assert parse_lists("a.txt", "维稳\n云领县 => 云岭县".encode()).words == (Word("云领县", "云岭县"), Word("维稳"))


WRONG = [
    ("a.txt", "[职工]\n张三", "第1行的“[职工]”不是名单的种类"),
    ("a.txt", "[错别字]\n云领县", "错别字“云领县”没有写正确的写法"),
    ("a.txt", "词" * 61, "太长"),
    ("a.toml", "'地名' = ['甲村']\n坏", "第2行写法不对"),
    ("a.toml", "职工 = ['张三']", "写法不对"),
    ("a.toml", "'职工' = ['张三']", "不是名单的种类"),
    ("a.toml", "'地名' = 3", "写法不对"),
]


@pytest.mark.parametrize(("name", "text", "said"), WRONG)
def test_what_is_wrong_with_a_list_is_said(name: str, text: str, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_lists(name, text.encode())
    assert said in refused.value.message and "名单“" in refused.value.message


def test_a_workbook_without_heads_is_refused() -> None:
    book = openpyxl.Workbook()
    for row in (("甲", "乙"), ("丙", "丁")):
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    with pytest.raises(Unreadable, match="表头认不出来"):
        parse_lists("a.xlsx", held.getvalue())


def test_a_folder_of_lists_is_joined_and_a_bad_one_does_not_spoil_the_others(tmp_path: Path) -> None:
    (tmp_path / "1领导.txt").write_text("[领导]\n县长 王晓虹", "utf-8")
    (tmp_path / "2坏.toml").write_text("x", "utf-8")
    (tmp_path / "3词.txt").write_text("布署 => 安排", "utf-8")
    (tmp_path / "说明.md").write_text("不是名单", "utf-8")
    lists, troubles = Lists.of_folder(tmp_path)
    assert [leader.name for leader in lists.leaders] == ["王晓虹"]
    assert [word.instead for word in lists.words if word.word == "布署"] == ["安排"]
    assert len(troubles) == 1 and "2坏.toml" in troubles[0]
    assert Lists.of_folder(tmp_path / "没有") == (Lists.shipped(), ())


def test_the_shipped_list_is_right_about_itself() -> None:
    words = Lists.shipped().words
    assert len(words) > 200 and len({word.word for word in words}) == len(words)
    wrong = {word.word for word in words}
    for word in words:
        assert word.instead and word.word != word.instead
        assert not any(each in word.instead for each in wrong), f"{word.instead} is itself pointed out"
        assert all(word.word in longer for longer in word.but)
        assert [hit.kind for hit in precheck_text(f"甲{word.word}乙").hits] == ["misspelt"]
        assert all(
            hit.says != f"“{word.word}”疑为“{word.instead}”之误。"
            for each in word.but
            for hit in precheck_text(each).hits
        )


@pytest.mark.needs("corpus")
def test_published_reports_hold_hardly_any_of_the_shipped_words(corpus: Path) -> None:
    """A list that cries at good prose is switched off: at most one in fifty thousand characters."""
    texts = [path.read_text("utf-8", errors="ignore") for path in corpus.glob("*.txt")]
    met = sum(hit.kind == "misspelt" for text in texts for hit in precheck_text(text).hits)
    assert met <= sum(map(len, texts)) / 50_000
