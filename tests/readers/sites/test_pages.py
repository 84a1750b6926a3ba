"""Saved pages of old sites: what is read of each kind, and the refusals beside it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.readers.errors import Unreadable
from gongkai.readers.sites import read_page
from gongkai.readers.sites.labels import day_of, meaning_of
from gongkai.text import sameness

HEAD = "<title>关于节水的通知-通知公告-云岭县人民政府</title>"
TABLE = (
    "<table><tr><td>索 引 号：</td><td>11371522004222241N/2025-00012</td><td>发布机构：</td><td>云岭县水务局</td></tr>"
    "<tr><td>发文字号</td><td>云水发〔2025〕3号</td><td>成文日期</td><td>2025年3月2日</td></tr>"
    "<tr><td>名　称</td><td colspan='3'>关于节水的通知</td></tr><tr><td>主题词</td><td></td></tr></table>"
)
TEXT = "<p>各乡镇人民政府：</p><p>现将节水工作安排通知如下，请认真贯彻执行。</p>"


def page(body: str, head: str = HEAD) -> bytes:
    return f"<html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


def test_a_page_with_its_table_is_read_whole():
    found = read_page(
        page(
            "<div class='top-nav'><a href='/'>首页</a></div>"
            f"<div>{TABLE}</div><h1>关于节水的通知</h1><p>发布时间：2025-03-05 09:30 来源：县水务局 【字号：大 中】</p>"
            f"<div id='zoom'>{TEXT}<p><img src='W1.jpg' alt='管网图'><img src='data:image/png;base64,x'></p>"
            "<p><a href='./P1.pdf'>附件：任务表</a><a href='http://www.gov.cn/x'>国家网站</a><a href='a.html'>上一篇</a></p></div>"
            "<div class='footer'>云岭县人民政府主办</div><p>版权所有 2025</p>"
        )
    )
    assert found.title == "关于节水的通知"
    assert found.metadata == {
        "index_number": "11371522004222241N/2025-00012",
        "issuing_organ": "云岭县水务局",
        "document_number": "云水发〔2025〕3号",
        "written_on": "2025年3月2日",
        "title": "关于节水的通知",
        "published_on": "2025-03-05 09:30",
        "source": "县水务局",
    }
    assert (found.written_on, found.published_on) == (date(2025, 3, 2), date(2025, 3, 5))
    assert found.html == f'{TEXT}<p>附件：任务表<a href="http://www.gov.cn/x">国家网站</a>上一篇</p>'
    assert [(each.href, each.words, each.picture) for each in found.files] == [
        ("./P1.pdf", "附件：任务表", False),
        ("W1.jpg", "管网图", True),
    ]
    assert found.said == ()
    assert found.to_json()["written_on"] == "2025-03-02"


SHAPES = {
    "a list of definitions": "<dl><dt>索引号</dt><dd>A/1</dd><dt>文号</dt><dd>云水发〔2025〕3号</dd></dl>",
    "a line with several": "<p>索引号：A/1　|　文号：云水发〔2025〕3号</p>",
    "a list of lines": "<ul><li>【索引号】：A/1</li><li><b>文号</b>：云水发〔2025〕3号</li></ul>",
    "spans beside each other": "<div><span>索引号：</span><span>A/1</span><span>文号：</span><span>云水发〔2025〕3号</span></div>",
    "the head of the page": "<meta name='IndexNumber' content='A/1'><meta name='documentnumber' content='云水发〔2025〕3号'>",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_metadata_stand_in_many_shapes(shape):
    found = read_page(page(f"{shape}<div class='TRS_Editor'>{TEXT}</div>"))
    assert found.metadata["index_number"] == "A/1"
    assert found.metadata["document_number"] == "云水发〔2025〕3号"
    assert found.html == TEXT


def test_words_of_the_text_are_no_metadata():
    notice = "<p>名称：云岭县节水灌溉项目</p><p>摘要：详见招标文件，投标人应当按时递交。</p>"
    found = read_page(page(f"<div id='zoom'>{notice}</div>"))
    assert found.metadata == {}
    assert found.html == notice


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (HEAD, "", "关于节水的通知"),
        ("<title>关于节水的通知</title>", "", "关于节水的通知"),
        ("<title>政府_公开</title>", "<h1>关于节水的公告</h1>", "关于节水的公告"),
        ("<title>政府_公开</title>", "<h1>县</h1>", "政府"),
        ("<meta name='ArticleTitle' content='关于节水的意见'>", "<h1>云岭县人民政府</h1>", "关于节水的意见"),
        ("", "", "节水"),
    ],
)
def test_the_title_is_the_first_that_is_named(head, body, title):
    found = read_page(page(f"{body}<div id='zoom'>{TEXT}</div>", head), "通知/节水.html")
    assert found.title == title
    assert ("没有找到标题" in found.said) is (not head)


@pytest.mark.parametrize(
    ("body", "html"),
    [
        # no place is named: the innermost that holds nearly all words
        (f"<div><div><a href='/'>首页</a></div><div><div>{TEXT}</div></div></div>", TEXT),
        (f"<table><tr><td><a>栏目</a></td><td>{TEXT}</td></tr></table>", TEXT),
        ("<div id='zoom'>短</div><div>" + TEXT + "</div>", TEXT),
        ("<p hidden>看不见的</p>" + TEXT, TEXT),
        # words outside of paragraphs get one; headings keep their order; unknown elements break lines only
        ("节水<b>通知</b><br>全文如下<div>请遵照执行</div>", "<p>节水<b>通知</b><br>全文如下</p><p>请遵照执行</p>"),
        ("<h1>总则</h1><h5>（一）</h5><p>略</p><p> </p>", "<h2>总则</h2><h4>（一）</h4><p>略</p>"),
        ("<table><tr><td colspan=2>合计</td><td rowspan=0>1</td></tr></table>", '<table><tr><td colspan="2">合计</td><td>1</td></tr></table>'),
        ("<p>甲<p>乙<i> </i>丙 <u>丁</u></p>", "<p>甲</p><p>乙<i> </i>丙 <u>丁</u></p>"),
        ("<a href='https://a.gov.cn/1'>裸链接</a>", "<p>裸链接</p>"),
        ("<ul><li>一</li><li>二<ul><li>三</li></ul></li></ul>", "<ul><li>一</li><li>二<ul><li>三</li></ul></li></ul>"),
        # bold words that a block cuts short are closed; what was left out leaves the words behind it
        ("节<b>水<div>通知</div></b>完", "<p>节<b>水</b></p><p>通知</p><p>完</p>"),
        ("<table>" + "<tr><td>节水任务</td></tr>" * 4 + "</table>", "<table>" + "<tr><td>节水任务</td></tr>" * 4 + "</table>"),
        (f"<div id='zoom'>{TABLE}甲{TEXT}</div>", f"<p>甲</p>{TEXT}"),
        ("<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; <script>alert(2)</script><img src=x onerror=alert(3)>完</p>",
         "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; 完</p>"),
    ],
)  # fmt: skip
def test_the_main_text_comes_out_plain(body, html):
    assert read_page(page(body)).html == html


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-16"])
def test_any_encoding_of_the_country_is_read(encoding):
    text = f"<html><head><title>关于节水的通知</title></head><body><div id=zoom>{TEXT * 4}</div></body></html>"
    assert read_page(text.encode(encoding)).text.startswith("各乡镇人民政府：\n现将节水工作安排通知如下")


def test_the_day_under_the_text_counts_when_it_stands_alone():
    assert read_page(page(f"{TEXT}<p>云岭县水务局</p><p>2025年 3月2日</p>")).written_on == date(2025, 3, 2)
    found = read_page(page(f"{TEXT}<p>自2025年3月2日起施行。</p>"))
    assert (found.written_on, found.said) == (None, ("没有找到日期",))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<p>" + b"<i>" * 300_001, "too_large"),
        (b"<html><frameset><frame src=a.html></frameset></html>", "frames"),
        (b"\x81\x82\xff\xfe\xfd" * 50, "unknown_encoding"),
    ],
)
def test_what_is_no_page_is_refused_in_a_sentence(data, code):
    with pytest.raises(Unreadable) as refused:
        read_page(data)
    assert refused.value.code == code
    assert refused.value.message.endswith("。")


def test_a_page_without_words_says_what_it_lacks():
    found = read_page(page("<script>document.write(1)</script>", ""), "空.htm")
    assert found.said == ("没有找到正文", "没有找到标题", "没有找到日期")


def test_deep_and_broad_pages_are_read_in_bounded_time():
    deep = "<div>" * 1500 + TEXT + "</div>" * 1500
    assert "现将节水" in read_page(page(deep)).text
    assert len(read_page(page("<b>节</b>" * 60_000)).text) == 60_000


@given(st.text(alphabet="<>/=\"' divptablezoomtrscripth1索引号：A2025-03-02年月日\n&;", max_size=300))
def test_whatever_is_in_a_page_comes_out_harmless(words):
    try:
        found = read_page(f"<html><body>节水{words}</body></html>".encode())
    except Unreadable as refused:
        assert refused.message
        return
    assert "<script" not in found.html
    assert found.html.count("<p>") == found.html.count("</p>")
    assert sameness.bare(found.text)


def test_days_and_labels():
    assert day_of("2025年2月30日，改为2025/3/1") == date(2025, 3, 1)
    assert day_of("二〇二五年") is None
    assert meaning_of(" 发 文 字 号：") == "document_number"
    assert meaning_of("任意一栏") == ""


def test_titles_texts_and_numbers_are_compared_by_their_words():
    assert sameness.bare("《关于节水 的通知》（ＡＢ）") == "关于节水的通知ab"
    assert sameness.digest("一，二。") == sameness.digest("一 二") != sameness.digest("一三")
    assert sameness.digest("，。 ") == ""
    assert sameness.number("云政发[2025] 第3号") == sameness.number("云政发〔2025〕3号")
