"""The words of a chapter are kept whole, also where a sentence speaks as a table does."""

from __future__ import annotations

import pytest

from gongkai.readers import read_text
from tests.spec.readers.tables import TITLE, table_three

SENTENCES = (
    "被申请行政复议1件，结果维持。组织培训2次，未发生责任追究情形。",
    "行政复议结果维持2件，结果纠正1件，组织培训2次，另有检查3次。",
    "提起诉讼2件（未经复议直接起诉1件），均已审结，开庭2次，另有3件调解。",
    "复议后起诉1件、未经复议直接起诉2件，结果维持的3件，培训2次。",
    "共有复议4件，其中：结果维持3件；其他结果1件，培训2次，检查5次。",
)


def _report(sentence: str, chapter: int) -> str:
    words = dict.fromkeys((1, 5, 6), "本章无其他情况。") | {chapter: sentence}
    return "\n".join(
        (
            TITLE,
            *("一、总体情况", words[1]),
            *("三、收到和处理政府信息公开申请情况", table_three()),
            *("五、存在的主要问题及改进情况", words[5]),
            *("六、其他需要报告的事项", words[6]),
        )
    )


@pytest.mark.parametrize("chapter", [1, 5, 6])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_with_words_of_a_table_stays_whole(sentence: str, chapter: int) -> None:
    report = read_text(_report(sentence, chapter))

    assert report.sections[chapter].text == sentence
    assert report.cells["applications.received.total"].value == 12
    assert report.unsure == read_text(_report("本章无其他情况。", chapter)).unsure


def test_the_signs_of_the_next_heading_and_the_captions_of_tables_are_no_words() -> None:
    text = "\n\n".join(
        (
            f"# {TITLE}",
            *("## 一、总体情况", "全年正常。"),
            *("## 二、主动公开政府信息情况", "本机关无规章。", "表二　主动公开政府信息情况"),
            *("## 三、收到和处理政府信息公开申请情况", table_three()),
            *("## 五、存在的主要问题及改进情况", "表二　的数据已经核对。"),
            *("## 六、其他需要报告的事项", "没有。"),
        )
    )

    told = {number: section.text for number, section in read_text(text).sections.items()}

    assert told == {1: "全年正常。", 2: "本机关无规章。", 3: "", 5: "表二　的数据已经核对。", 6: "没有。"}
