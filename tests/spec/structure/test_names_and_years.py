"""Other places' and other years' names: what a careful reader asks about, and what is no fault (law.md 10.16)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.annual.names import check_places
from gongkai.annual.years import check_dates, check_period, check_years
from tests.structure.making import ids, made, verbatim

FOREIGN = [
    # organ, sentence, rule, name
    ("上犹县林业局", "我局依托柳林县政务公开系统办理日常发布。", "S-PLACE", "柳林县"),
    ("上犹县人民政府办公室", "在沭阳县委、县政府的坚强领导下，各项任务如期完成。", "S-PLACE", "沭阳县"),
    ("赣州市上犹县水利局", "本报告由平阴县水利局编制。", "S-PLACE", "平阴县"),
    ("上犹县东山镇人民政府", "通过大竹县人民政府门户网站发布各类公告。", "S-PLACE", "大竹县"),
    ("上犹县林业局", "现将永嘉县林业局2023年政府信息公开年度报告公布如下。", "S-PLACE", "永嘉县"),
    ("淮安市洪泽区人民政府", "利用石家庄市政务服务平台公开办事指南。", "S-PLACE-CITY", "石家庄市"),
    ("淮安市洪泽区人民政府", "利用盱眙县政府网站公开办事指南。", "S-PLACE-CITY", "盱眙县"),
    ("上犹县林业局", "全年在柳林县公开栏张贴公告十二期。", "S-PLACE-ELSEWHERE", "柳林县"),
]


@pytest.mark.parametrize(("organ", "sentence", "rule", "name"), FOREIGN)
def test_a_foreign_name_where_the_own_place_must_stand_is_asked_about(
    organ: str, sentence: str, rule: str, name: str
) -> None:
    report = made({1: "我们依法推进公开工作。" + sentence}, organ=organ)
    findings = check_places(report)
    assert ids(findings) == [rule]
    assert findings[0].met == name
    assert name in (findings[0].quote or "")
    assert verbatim(report, findings)


NO_FAULT = [
    ("上犹县林业局", "上犹县政务服务网、赣州市人民政府网站和江西省政务平台均可查询。"),
    ("上犹县林业局", "赴柳林县学习考察政务公开工作。"),
    ("上犹县林业局", "与大竹县结对，依托大竹县政务平台开展跨省通办。"),
    ("上犹县林业局", "转发《柳林县人民政府网站管理办法》供各股室参考。"),
    ("上犹县林业局", "组织三十人到浙江省安吉县参观。"),
    ("上犹县林业局", "通过浙江省政务服务平台查询。"),
    ("上犹县林业局", "全年在信丰县公开栏张贴公告。"),  # a neighbour in the same province
    ("上犹县林业局", "全年在浙江省安吉县公开栏张贴公告。"),  # named in full: meant
    ("上犹县林业局", "申请人住所地为柳林县，已按要求邮寄答复书。"),
    ("上犹县林业局", "在县公安县级机关之间、自然资源县乡两级之间建立同心县域机制，维护和平县域环境。"),
    ("上犹县林业局", "打造沿海城市和新兴城市样板，依托新城区政务平台服务群众。"),
    ("宿迁市人民政府", "宿城区28期、沭阳县5期，通过泗洪县人民政府网站公布。"),
    ("公安县人民政府", "依托公安县政务服务平台公开。"),
    ("重庆市大足区民政局", "通过重庆市政务服务平台和大足区政府网站公开。"),
    ("桥西区民政局", "石家庄市统一部署，我局通过桥西区政府网站公开。"),
    ("退役军人事务局", "依托柳林县政务公开系统办理。"),  # whose report it is cannot be told
    (None, "在沭阳县委、县政府的领导下。"),
]


@pytest.mark.parametrize(("organ", "sentence"), NO_FAULT)
def test_partners_own_hierarchy_and_ordinary_words_are_no_fault(organ: str | None, sentence: str) -> None:
    assert check_places(made({1: sentence}, organ=organ, year=2023)) == []


def test_a_name_broken_over_lines_is_found_and_quoted_as_printed() -> None:
    report = made({1: "我局依托柳\n  林县政务公开系统办理发布。"})
    findings = check_places(report)
    assert ids(findings) == ["S-PLACE"]
    assert findings[0].quote == "我局依托柳\n  林县政务公开系统办理发布"
    assert verbatim(report, findings)


def test_one_name_is_one_finding_and_the_gravest_mention_is_shown() -> None:
    report = made({1: "全年在柳林县公开栏张贴公告。依托柳林县政务系统发布。", 5: "依托柳林县门户网站发布。"})
    findings = check_places(report)
    assert ids(findings) == ["S-PLACE"]
    assert findings[0].quote == "依托柳林县政务系统发布"


YEARS = [
    (2023, "2022年，我局主动公开政府信息三十条。", ["S-YEAR"]),
    (2023, "截至2022年12月31日，我局收到申请。", ["S-YEAR"]),
    (2023, "2021年度全县政府信息公开工作取得成效。", ["S-YEAR"]),
    (2023, "制定2019年政务公开工作要点。", ["S-YEAR"]),
    (2023, "2024年我局收到申请3件。", ["S-YEAR"]),
    # no fault
    (2023, "2023年，我局主动公开政府信息三十条。", []),
    (2023, "较2022年增长一成，2022年我局公开二十条。", []),
    (2023, "2023年与2022年，我局均未收到申请。", []),
    (2023, "根据《2019年政务公开工作要点》（赣府厅字〔2019〕20号）。", []),
    (2023, "2024年，我局将继续做好公开工作。", []),
    (2023, "自2019年我局成立以来，坚持公开。", []),
    (2023, "2020年印发的办法继续施行。", []),
    (2023, "“十四五”规划自2021年实施。", []),
    (2023, "落实2022年政务公开工作要点收尾事项。", []),
    (None, "2019年，我局主动公开政府信息三十条。", []),
]


@pytest.mark.parametrize(("year", "sentence", "rules"), YEARS)
def test_a_year_that_is_not_the_reports(year: int | None, sentence: str, rules: list[str]) -> None:
    report = made({1: sentence}, year=year)
    findings = check_years(report)
    assert ids(findings) == rules
    assert verbatim(report, findings)


def test_a_year_the_words_do_not_bear_out_is_not_held_against_them() -> None:
    report = made({1: "2022年，我局主动公开政府信息三十条。"}, year=2023)
    assert check_years(replace(report, title="某局政府信息公开工作年度报告")) == []
    both = made({1: "2022年，我局收到申请。2023年，我局收到申请。"}, year=2023)
    assert ids(check_years(replace(both, title=None))) == ["S-YEAR"]


PERIODS = [
    ("统计期限自2023年1月1日起至2023年12月31日止。", []),
    ("统计期限为2023年1月1日至12月31日。", []),
    ("所列数据的统计期限自 2023 年 1 月 1 日至 2023 年 12 月 31 日。", []),
    ("统计期限自2023年1月1日至2023年11月30日。", ["S-PERIOD"]),
    ("统计期限自2022年2月1日至2023年1月31日。", ["S-PERIOD"]),
    ("统计期限自2022年1月1日至2022年12月31日。", ["S-PERIOD-YEAR"]),
    ("统计时间为2022年1月1日至12月31日。", ["S-PERIOD-YEAR"]),
    ("本报告由办公室编制。", []),
]


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("本章数据统计期限自2022年1月1日起至2022年12月31日止。", ["S-PERIOD-YEAR"]),
        ("本章数据统计期限自2023年1月1日至2023年11月30日。", ["S-PERIOD"]),
        ("数据统计期限自2023年1月1日起至2023年12月31日止。", []),
        ("上年数据统计期限自2022年1月1日起至2022年12月31日止。", []),
        ("网站测评统计时间为2022年12月1日至2023年11月30日。", []),
    ],
)
def test_a_chapters_own_period_beside_a_sound_preface(words: str, rules: list[str]) -> None:
    report = made({1: words}, preface="本报告数据统计期限自2023年1月1日起至2023年12月31日止。")
    findings = check_period(report)
    assert ids(findings) == rules
    assert verbatim(report, findings)


def test_one_wrong_period_said_twice_is_one_finding() -> None:
    wrong = "统计期限自2022年1月1日起至2022年12月31日止。"
    assert ids(check_period(made({1: wrong}, preface=wrong))) == ["S-PERIOD-YEAR"]


@pytest.mark.parametrize(("preface", "rules"), PERIODS)
def test_the_period_of_the_figures(preface: str, rules: list[str]) -> None:
    report = made(preface=preface)
    findings = check_period(report)
    assert ids(findings) == rules
    assert verbatim(report, findings)


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("统计期限自202311日起至20231231日止。", ["S-DATE"]),
        ("统计期限从20231月1日起。", ["S-DATE"]),
        ("自2023年1月1日起。", []),
        ("网址http://a.example/20230101日志/。", []),
        ("收到申请2023件，12日内答复。", []),
    ],
)
def test_dates_that_lost_signs(words: str, rules: list[str]) -> None:
    assert ids(check_dates(made({1: words}))) == rules
