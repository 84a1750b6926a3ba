"""The pages of the words: writing with facts beside, two people at once, what is watched, who may; without scripts."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from gongkai.annual.narrative.facts import Fact, definitions
from gongkai.web.narrative import suppliers
from gongkai.web.narrative.models import Text
from gongkai.web.narrative.selectors.gathering import gathered
from gongkai.web.narrative.selectors.texts import sections
from gongkai.web.narrative.services.settings import set_length
from gongkai.web.narrative.services.writing import MOST, save
from gongkai.web.narrative.suppliers import Opens, Told
from gongkai.web.people import middleware
from gongkai.web.people.models import Person
from gongkai.web.proactive.rulekeys import COLUMNS
from gongkai.web.registers.services.nothing import declare_nothing
from gongkai.web.rules.services import set_value
from tests.web.narrative.conftest import YEAR

OWN = "我局在灌溉季前把各灌区的分水计划和水费标准送到村组公示，逐户核对面积，结果在网上查得到，群众当面问得清。"
OWN += (
    "汛期每天两次把水库水位和放水安排发到沿河各村的微信群，并在公告栏张贴，雨停以后把处置经过整理成问答，供村干部转述。"
)


def at(organ, *rest):
    return "/".join([f"/year/{organ.pk}/{YEAR}/words", *map(str, rest)])


def page(desk: Client, address: str, **sent) -> str:
    answer = desk.post(address, sent) if sent else desk.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_a_text_is_written_and_read_with_its_numbers_each_leading_to_its_source(desk, organ, trained):
    trained(30)
    words = "举办培训{培训次数}次，{培训人次}人次。"
    answer = desk.post(at(organ, "1"), {"words": words, "base": "", "act": "save"}, follow=True)

    assert "已保存为第1稿" in answer.content.decode()
    read = page(desk, at(organ))
    assert re.search(r'<a class="bound" href="/ledgers/trainings\?[^"]*"[^>]*>30</a>人次', read)
    assert "“五、存在的主要问题及改进情况”还没有写" in read


def test_saving_over_an_older_version_keeps_both_and_lets_the_person_join_them(desk, organ, write, second):
    base = write("甲句。\n乙句。")
    write("甲句，先改。\n乙句。", base, by=second)
    sent = {"words": "甲句。\n乙句，后改。", "base": str(base.pk), "act": "save"}
    answer = desk.post(at(organ, "1"), sent, follow=True)
    shown = answer.content.decode()

    assert answer.redirect_chain[-1][0].startswith(at(organ, "1", "join"))
    assert "赵敏保存了第2稿。您写的已经另存为第3稿" in shown
    assert "甲句，先改。\n乙句，后改。" in shown  # the proposal holds what both changed
    one, other = (re.search(rf'name="{n}" value="([^"]+)"', shown)[1] for n in ("one", "other"))
    joined = {"words": "甲句，先改。\n乙句，后改。", "one": one, "other": other}
    assert "两稿已合并为第4稿" in desk.post(at(organ, "1", "join"), joined, follow=True).content.decode()
    again = desk.post(at(organ, "1", "join"), joined | {"words": "别的。"})
    assert again.status_code == 409
    assert "已经有人接着改了" in again.content.decode()
    assert "别的。" in again.content.decode()
    assert [row.number for row in Text.objects.order_by("number")] == [1, 2, 3, 4]
    assert "甲句，先改。" in page(desk, at(organ, "1", 2))


def test_what_is_refused_stays_in_the_form(desk, organ):
    answer = desk.post(at(organ, "1"), {"words": "我写的" + "字" * MOST, "base": "", "act": "save"})
    shown = answer.content.decode()

    assert (answer.status_code, Text.objects.count()) == (409, 0)
    assert "最多" in shown
    assert "我写的" in shown


def test_a_sentence_is_added_and_looked_at_without_a_script_and_without_saving(desk, organ, trained):
    trained(30)
    shown = page(desk, at(organ, "1"), words="已有的字。", base="", add="trainings")

    assert "已有的字。举办、参加业务培训{培训次数}次，{培训人次}人次。" in shown
    assert "还没有保存" in shown
    assert "举办、参加业务培训<a" in page(
        desk, at(organ, "1"), words="举办、参加业务培训{培训次数}次。", base="", act="preview"
    )
    assert "已有的字。{培训人次}" in page(
        desk, at(organ, "1"), words="已有的字。", base="", add="fact:trainings.people"
    )
    assert not Text.objects.exists()


def test_chapter_five_is_offered_no_sentence_whatever_is_known(desk, organ, trained):
    trained(30)

    assert 'name="add" value="trainings"' in page(desk, at(organ, "1"))
    five = page(desk, at(organ, "5"))
    assert "系统不提供句子" in five
    assert not re.search(r'name="add" value="(?!fact:)', five)
    assert "举办" not in page(desk, at(organ, "5"), words="", base="", add="trainings").partition("<textarea")[2][:200]


def test_a_number_without_a_record_is_unknown_and_nothing_said_is_zero(organ, audit):
    def trainings():
        return gathered(organ, YEAR).by_name["培训次数"]

    assert (trainings().value, "没有登记" in trainings().why) == (None, True)
    declare_nothing(
        audit=audit, organ=organ, register="trainings", every="year", day=date(YEAR, 6, 1), reason="没有举办。"
    )
    assert trainings().value == 0


def test_typed_numbers_broken_slots_length_and_topics_are_pointed_out(desk, organ, audit, write, trained):
    trained(30)
    set_length(audit=audit, section="1", characters=100, valid_from=date(YEAR, 1, 1))
    write("主动公开方面，举办培训{培训次数}次，参加培训31人次，走访12家。" + "字" * 100 + "{没有的数}")
    shown = page(desk, at(organ, "1"))

    assert "来源中“培训人次”现为30人次，请核实" in shown
    assert "没有叫“没有的数”的数" in shown
    assert "超过100字" in shown
    assert "手工写的数1个，没有来源" in shown
    assert "没有见到“依申请公开”" in shown
    assert "没有见到“主动公开”" not in shown


def test_likeness_to_last_year_and_to_other_organs_is_told_without_bound_facts(desk, organ, other, audit, write):
    save(audit=audit, organ=organ, year=YEAR - 1, section="1", words=OWN, base=None)
    write("镇政府写的，" + OWN, of=other)
    write("举办、参加业务培训{培训次数}次，{培训人次}人次。\n" + OWN)
    shown = page(desk, at(organ, "1"))

    assert re.search("与上年报告(?:9[0-9]|100)%相同", shown)  # but for the runs across the two sentences
    assert f"与{other.name}的同一部分" in shown


def test_who_may_not_see_other_organs_is_not_told_whose_words_are_alike(county, organ, other, write, monkeypatch):
    clerk = Person.objects.create(county=county.pk, name="赵敏", role="clerk", organ=organ)
    monkeypatch.setattr(middleware, "local_operator", lambda: clerk)
    write("镇政府写的，" + OWN, of=other)
    write(OWN)
    desk = Client()
    shown = page(desk, at(organ, "1"))

    assert "与另一个机关的同一部分" in shown
    assert other.name not in shown
    assert other.name not in page(desk, f"/year/words?year={YEAR}")
    for address in (at(other), at(other, "1"), at(other, "1", 1), at(other, "1", "join")):
        assert desk.get(address).status_code == 403
    assert desk.post(at(other, "1"), {"words": "改。", "base": ""}).status_code == 403
    assert desk.post("/year/words/lengths", {"length-1": "500"}).status_code == 403


def test_what_looks_like_a_persons_number_is_pointed_out_and_not_repeated(desk, organ, write):
    write("联系人13800001234，办公电话0871-65551234。")
    shown = page(desk, at(organ, "1"))

    assert "疑似个人信息" in shown
    assert shown.count("疑似个人信息") == 1
    assert "138＊＊＊＊＊＊＊＊" in shown


def test_how_long_a_part_may_be_is_set_by_the_county_alone(desk, organ):
    answer = desk.post("/year/words/lengths", {"length-1": "1000", "reason": "武政办发〔2025〕54号"}, follow=True)

    assert "已保存字数提示" in answer.content.decode()
    assert 'value="1000"' in page(desk, f"/year/words?year={YEAR}")
    for wrong in ("很多", "50", "-1"):
        again = desk.post("/year/words/lengths", {"length-1": wrong, "length-5": "500"}, follow=True).content.decode()
        assert "say-error" in again
        assert 'value="1000"' in again
        assert 'value="500"' not in again


@pytest.mark.parametrize("rest", [("2",), ("1", "9"), ("preface", "x")])
def test_there_is_no_page_of_what_does_not_exist(desk, organ, rest):
    assert desk.get(at(organ, *rest)).status_code == 404


def test_years_without_a_form_and_to_come_have_no_page(desk, organ):
    for year in (2018, 2999):
        assert desk.get(f"/year/{organ.pk}/{year}/words").status_code == 404


def test_facts_from_above_are_offered_and_may_take_the_place_of_others(desk, organ):
    def told(_organ, year, _known_at):
        fact = Fact("trainings.total", "培训次数", "次", "supervision", year - 2000, "督查记录")
        yield Told(fact, Opens("words"))

    suppliers.supply("trial", told)
    try:
        facts = gathered(organ, YEAR)
        shown = page(desk, at(organ, "1"), words="培训{培训次数}次。", base="", act="preview")
    finally:
        suppliers.withdraw("trial")

    assert facts.by_name["培训次数"].value == YEAR - 2000
    assert re.search(r'<a class="bound" href="/year/words"[^>]*>25</a>次', shown)
    assert gathered(organ, YEAR).by_name["培训次数"].value is None


def test_every_named_fact_of_the_year_is_gathered(organ):
    known = {fact.key for fact in gathered(organ, YEAR).facts}
    assert set(definitions()) - known == set()


def test_columns_of_one_name_are_two_facts_and_what_only_people_may_say_is_none(organ, audit):
    columns = [["one", "甲"], ["two", "甲"], ["told", "投诉举报"], ["plain", "乙"]]
    set_value(audit=audit, key=COLUMNS, value=columns, valid_from=date(YEAR, 1, 1))
    names = [fact.zh for fact in gathered(organ, YEAR).facts if fact.family == "column"]

    assert {"栏目·甲（one）", "栏目·甲（two）", "栏目·乙"} <= set(names)
    assert len(set(names)) == len(names)
    assert not [name for name in names if "投诉" in name]


def test_a_slot_of_one_in_a_list_holds_when_there_is_none_of_it(organ, write):
    write("当面提交{申请渠道·当面提交}件，公开在{渠道·政府信息公开平台}条。")
    [section] = sections(organ, YEAR).values()

    assert section.text == "当面提交{申请渠道·当面提交}件，公开在0条。"
    assert "没有数" in section.broken[0].why  # nobody said whether there were applications


@pytest.mark.parametrize("year", [2019, 2020, 2021])
def test_earlier_years_have_their_page_too(desk, organ, year):
    assert desk.get(f"/year/{organ.pk}/{year}/words/1").status_code == 200
    assert desk.get(f"/year/{organ.pk}/{year}/words").status_code == 200
