"""This year's report beside last year's: the words that are the same, and when the two cannot be compared."""

from __future__ import annotations

import pytest

from gongkai.annual.previous import check_previous, compare
from tests.structure.making import ids, made, verbatim

FIRST = (
    "本年度围绕林长制、古树保护和采伐许可三项重点公开信息。我局在每季度首月公布森林病虫害监测结果，并把造林补贴发放名单张贴到村。"
    "护林员选聘从报名到公示全程上网，群众可凭编号查询进度。林区道路养护的招标文件、中标结果和验收意见同步挂网。"
    "对涉林纠纷，股室先行会商，能公开的调处结果在隐去姓名后公布。木材检查站的执法记录按月归档并登记公开属性。"
    "湿地公园的游客承载量每日更新，节假日提前三天预告。苗木检疫的办理时限、收费依据和监督电话在窗口上墙。"
    "退耕还林的图斑核查意见逐户送达，异议处理结果七日内反馈。野生动物致害补偿的申报材料压减为两份。"
)
SECOND = (
    "今年我们把公开的重点放在防火、油茶和松材线虫病防治上。防火期前向全县发布禁火令和进山登记办法，瞭望台值守表贴在村口。"
    "油茶低改的补助标准、验收办法和资金拨付清单按乡镇汇总公布，农户可扫码核对面积。疫木清理实行挂图作战，除治小班每周通报。"
    "对采石复绿项目，设计单位、监理单位和工期在工地围挡公示。国有林场的职工招聘简章、成绩和体检结果一次发布到位。"
    "自然教育基地的课程安排提前半月公布，名额由系统随机抽取。林业碳汇的核证进展写成问答，方便合作社了解。"
    "竹产业用地审批改为容缺受理，办结情况逐月晒出。公益林补偿面积有变动的，先入户核实再张榜。"
)


def test_the_same_words_two_years_running_are_a_doubt_with_the_base_stated() -> None:
    last, this = made({1: FIRST}, year=2022), made({1: FIRST.replace("三项", "五项")}, year=2023)
    (found,) = check_previous(this, last)
    assert (found.id, found.grade) == ("X-LIKENESS", "doubt")
    assert "本系统参数" in found.message and str(compare(this, last).base) in found.message
    assert found.quote and len(found.quote) > 100
    assert verbatim(this, [found])


def test_new_words_are_no_finding() -> None:
    assert check_previous(made({1: SECOND}), made({1: FIRST}, year=2022)) == []


def test_the_share_is_a_parameter() -> None:
    last, this = made({1: FIRST}, year=2022), made({1: FIRST + SECOND})
    assert 0.3 < compare(this, last).share < 0.7
    assert check_previous(this, last) == []
    assert ids(check_previous(this, last, most_alike=0.3)) == ["X-LIKENESS"]


def test_figures_and_form_sentences_are_left_aside() -> None:
    statutory = "坚持以公开为常态、不公开为例外的原则，遵循公正、公平、合法、便民的原则，应公开尽公开。"
    assert compare(made({1: statutory}), made({1: statutory}, year=2022)).base < 10
    figures = compare(made({1: FIRST + "公开31条。"}), made({1: FIRST + "公开72条。"}, year=2022))
    assert figures.share == 1.0


def test_a_short_report_is_not_measured() -> None:
    words = "我局未收到申请，股室按月更新栏目。"
    assert check_previous(made({1: words}), made({1: words}, year=2022)) == []


def test_words_alike_only_in_short_pieces_are_told_without_quote() -> None:
    pieces = [FIRST[i : i + 12] for i in range(0, len(FIRST) - 12, 18)]
    last = made({1: "".join(piece + "某" for piece in pieces)}, year=2022)
    (found,) = check_previous(made({1: FIRST}), last, most_alike=0.2)
    assert found.quote is None and "相同" in found.message


def test_the_longest_stretch_of_any_chapter_is_quoted() -> None:
    last = made({1: FIRST}, year=2022)
    (found,) = check_previous(made({1: SECOND[:60] + FIRST[:60], 5: FIRST[60:], 6: "无。"}), last, most_alike=0.3)
    assert found.quote and found.quote in FIRST[60:]


def test_a_number_that_did_not_change_is_a_note() -> None:
    last = made({1: "全年主动公开政府信息318条。发布政策解读21篇。"}, year=2022)
    this = made({1: "全年主动公开政府信息共318条。发布政策解读24篇。"})
    (found,) = check_previous(this, last)
    assert (found.id, found.grade, found.met) == ("X-SAME-NUMBER", "note", "318条")
    assert verbatim(this, [found])


@pytest.mark.parametrize(
    ("organ", "year", "comparable"),
    [
        ("上犹县林业局", 2022, True),
        ("林业局", 2022, True),
        (None, 2022, True),
        ("上犹县林业局", None, True),
        ("上犹县水利局", 2022, False),
        ("上犹县林业局", 2021, False),
        ("上犹县林业局", 2023, False),
    ],
)
def test_another_organ_or_another_year_is_one_note(organ: str | None, year: int | None, comparable: bool) -> None:
    last = made({1: FIRST}, organ=organ, year=year)
    findings = check_previous(made({1: FIRST}), last)
    assert ids(findings) == (["X-LIKENESS"] if comparable else ["X-PREVIOUS"])
    assert comparable or findings[0].grade == "note"


def test_government_and_its_office_are_one_organ() -> None:
    last = made({1: FIRST}, organ="上犹县人民政府办公室", year=2022)
    assert ids(check_previous(made({1: FIRST}, organ="上犹县人民政府"), last)) == ["X-LIKENESS"]
