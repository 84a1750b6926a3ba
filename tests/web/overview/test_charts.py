"""Charts over years and over names: what is missing is a gap, what is told by eye is told in words too."""

from __future__ import annotations

from lxml.etree import fromstring

from gongkai.web.charts import Course, lines, lying


def drawn(svg: str):
    tree = fromstring(svg.encode())
    return lambda path: tree.xpath(path, namespaces={"s": "http://www.w3.org/2000/svg"})


def test_a_line_is_broken_where_a_year_is_missing():
    found = drawn(lines("k", "历年", ["2021", "2022", "2023", "2024"], [Course("收到", (5.0, None, 7.0, 9.0))]))
    assert len(found("//s:circle")) == 3
    assert len(found("//s:line[@class='l0']")) == 1, "only between the two years that follow each other"
    [said] = found("//s:desc/text()")
    assert "2021为5件，2024为9件，1年没有数据" in said
    assert "没有数据" in found("string(//s:svg)")


def test_a_year_that_is_not_of_everyone_is_hollow_and_joined_to_nothing():
    found = drawn(lines("k", "历年", ["a", "b", "c"], [Course("收到", (5.0, 3.0, 7.0), frozenset({1}))]))
    assert [each.get("class") for each in found("//s:circle")] == ["s0", "h0", "s0"]
    assert found("//s:line[@class='l0']") == []
    assert "1年不全" in found("//s:desc/text()")[0]


def test_nothing_at_all_is_said():
    assert "没有数据" in lines("k", "历年", ["2021"], [Course("收到", (None,))])
    assert "没有数据" in lying("k", "各机关", [("云岭县水务局", None)])


def test_a_bar_is_as_long_as_its_figure_and_a_name_is_escaped():
    found = drawn(lying("k", "各机关", [("<b>甲局</b>", 10.0), ("乙局", 5.0), ("丙局", None)], here="乙局"))
    long, short = found("//s:rect")
    assert float(long.get("width")) == 2 * float(short.get("width"))
    assert (long.get("class"), short.get("class")) == ("s1", "s0")
    assert "3个中最多10件，最少5件" in found("//s:desc/text()")[0]
