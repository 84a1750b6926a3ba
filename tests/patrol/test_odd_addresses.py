"""Addresses and column files as a hurried person types them: each has one meaning, or is refused in a sentence."""

from __future__ import annotations

import pytest

from gongkai.patrol import sitefile
from gongkai.patrol.addresses import normal
from gongkai.readers.errors import Unreadable

ADDRESSES = [
    ("http://[::1]:8080/a", "http://[::1]:8080/a"),
    ("http://www.ling.gov.cn./a", "http://www.ling.gov.cn/a"),
    ("http://云岭.中国/", "http://xn--9kqv75a.xn--fiqs8s/"),
    ("http://" + "岭" * 70 + ".cn/", None),
    ("http://a b.cn/", None),
    ("http://www.ling.gov.cn:99999/", None),
    ("http://www.ling.gov.cn/a/./b/../c/", "http://www.ling.gov.cn/a/c/"),
    ("http://www.ling.gov.cn/a/b/..", "http://www.ling.gov.cn/a/"),
    ("javascript:void(0)", None),
    ("http://www.ling.gov.cn/" + "a" * 5000, None),
]


@pytest.mark.parametrize(("said", "means"), ADDRESSES)
def test_an_address_has_one_form_or_none(said, means):
    assert normal(said) == means


COLUMN = """
[["栏目"]]
"名称" = "通知"
"网址" = "http://www.ling.gov.cn/tz/"
"""
REFUSED = [
    ('"名称" = \n', "第1行写法不对"),
    ('"名称" = ', "写法不对"),
    ('"别的" = 1', "中的“别的”不认识"),
    ('"栏目" = 3', "中的“栏目”写法不对"),
    ('"栏目" = [3]', "第1个栏目写法不对"),
    (COLUMN + COLUMN, "第2个栏目的网址与前面的重复"),
    ('"名称" = 7', "中的“名称”写法不对"),
    ('"主机" = 7', "中的“主机”写法不对"),
    ('"主机" = ["a/b"]', "中的主机名“a/b”写法不对"),
    (COLUMN + '"别的" = 1', "第1个栏目中的“别的”不认识"),
]


@pytest.mark.parametrize(("text", "says"), REFUSED)
def test_a_column_file_is_refused_with_what_is_wrong(text, says):
    with pytest.raises(Unreadable, match="栏目文件“栏目.toml”") as refused:
        sitefile.parse("栏目.toml", text.encode())
    assert says in str(refused.value)


def test_a_column_file_that_cannot_be_opened_or_is_too_long(tmp_path):
    with pytest.raises(Unreadable, match="打不开"):
        sitefile.read(tmp_path / "没有.toml")
    with pytest.raises(Unreadable, match="过大"):
        sitefile.parse("栏目.toml", b" " * (sitefile.MOST_BYTES + 1))
    (tmp_path / "栏目.toml").write_text(COLUMN, "utf-8")
    assert [each.name for each in sitefile.read(tmp_path / "栏目.toml").columns] == ["通知"]
